/* --profile. In: moments, scans and rules as they come. Out: a table on standard error. */
#include "cmd/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "base/text.h"

enum { DEAREST_SHOWN = 5, NAME_WIDTH = 32, ROWS_WIDTH = 14 };

struct profile profile_begin(struct arena *a) {
  return (struct profile){.arena = a, .began = clock_seconds()};
}

void profile_end_stage(struct profile *p, const char *name) {
  double now = clock_seconds();
  struct profile_stage stage = {name, now - p->began};
  VEC_PUSH(p->arena, &p->stages, stage);
  p->began = now;
}

static int dearest_first(const void *a, const void *b) {
  const struct profile_stage *x = a, *y = b;
  return (x->seconds < y->seconds) - (x->seconds > y->seconds);
}

void profile_rules(struct profile *p, const struct verdicts *v) {
  struct profile_stage *list = NEW_N(p->arena, struct profile_stage, v->n_rules + 1);
  for (size_t i = 0; i < v->n_rules; i++)
    list[i] = (struct profile_stage){v->rules[i].rule, v->rules[i].seconds};
  qsort(list, v->n_rules, sizeof *list, dearest_first);
  p->rules = list;
  p->n_rules = v->n_rules;
}

static const char *way_of(enum scan_way way) {
  static const char *const ways[] = {[SCAN_SQL] = "through SQL",
                                     [SCAN_PAGES] = "straight from the pages",
                                     [SCAN_BOTH] = "from the pages, then through SQL",
                                     [SCAN_COPY] = "as a stream",
                                     [SCAN_GROUPED] = "added up by the server"};
  return ways[way];
}

static void print_line(const char *name, const char *rows, double seconds, const char *way) {
  fprintf(stderr, "%-*s %*s %8.3f s%s%s\n", NAME_WIDTH, name, ROWS_WIDTH, rows, seconds,
          *way ? "  " : "", way);
}

static void print_rules(const struct profile *p) {
  size_t shown = p->n_rules < DEAREST_SHOWN ? p->n_rules : DEAREST_SHOWN;
  if (!shown) return;
  fprintf(stderr, "\nthe dearest rules (what several share is the first one's)\n");
  for (size_t i = 0; i < shown; i++)
    print_line(arena_printf(p->arena, "  %s", p->rules[i].name), "", p->rules[i].seconds, "");
}

void profile_print(const struct profile *p) {
  double all = 0;
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  fputs("\n", stderr);
  for (size_t i = 0; i < p->stages.n; i++) {
    print_line(p->stages.v[i].name, "", p->stages.v[i].seconds, "");
    all += p->stages.v[i].seconds;
  }
  print_line("in all", arena_printf(p->arena, "%ld MB", used.ru_maxrss / 1024), all, "");
  fprintf(stderr, "\ntables as they were read\n");
  for (size_t i = 0; i < p->scans.scans.n; i++) {
    const struct scan_profile *s = &p->scans.scans.v[i];
    const char *rows = arena_printf(p->arena, "%s rows", grouped_count(s->rows, p->arena));
    print_line(arena_printf(p->arena, "  %s", s->table), rows, s->seconds, way_of(s->way));
    if (s->not_grouped) fprintf(stderr, "    not added up by the server: %s\n", s->not_grouped);
  }
  print_rules(p);
}
