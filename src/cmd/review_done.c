/* In: thresholds with a `review` clause, and a day. Out: their files with that day; or as they
 * were, and why. */
#include "cmd/review_done.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/text.h"
#include "cmd/problems.h"
#include "cmd/rules.h"
#include "format/replace_file.h"

/* A file that changes. */
struct changed_file {
  struct source *src;
  const char *text;
};

struct marking {
  const struct args *args;
  struct ruleset *rs;
  day_t on;
  const char *day; /* the same, as text */
  struct arena *a;
  struct diags problems;
  VEC(struct changed_file) files;
  name_list names;
  VEC(const struct threshold *) kept; /* reviewed on a later day */
  bool any;                           /* is there one with a `review` clause? */
};

static const struct clause *clause_of(const struct ast_item *it, enum clause_kind kind) {
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->kind == kind) return it->body.v[i];
  return NULL;
}

/* The blanks before the clause on its line. */
static const char *indent_of(const struct marking *m, struct span s) {
  const char *text = s.src->text;
  uint32_t at = s.at;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) at--;
  return arena_strndup(m->a, text + at, s.at - at);
}

/* The text of the file with the day at one more threshold. Thresholds are taken from the end of a
 * file to its beginning, so that the places of those before stay. */
static const char *with_day(const struct marking *m, const char *text, const struct ast_item *it) {
  const struct clause *old = clause_of(it, C_REVIEWED), *review = clause_of(it, C_REVIEW);
  const char *said = arena_printf(m->a, "reviewed %s", m->day);
  CHECK(review); /* thresholds without one are passed over */
  if (old)
    return arena_printf(m->a, "%.*s%s%s", (int)old->span.at, text, said, text + old->span.end);
  uint32_t end = review->span.end;
  while (text[end] && text[end] != '\n' && text[end] != '\r') end++;
  const char *line_end = strncmp(text + end, "\r\n", 2) == 0 ? "\r\n" : "\n";
  return arena_printf(m->a, "%.*s%s%s%s%s", (int)end, text, line_end, indent_of(m, review->span),
                      said, text + end);
}

static struct changed_file *file_of(struct marking *m, struct source *src) {
  for (size_t i = 0; i < m->files.n; i++)
    if (m->files.v[i].src == src) return &m->files.v[i];
  struct changed_file f = {src, src->text};
  VEC_PUSH(m->a, &m->files, f);
  return &m->files.v[m->files.n - 1];
}

/* The next threshold to take: the one that stands last among those before `before`. */
static size_t last_before(const struct marking *m, const struct source *src, uint32_t before) {
  size_t found = m->rs->thresholds.n;
  for (size_t i = 0; i < m->rs->thresholds.n; i++) {
    struct span s = m->rs->threshold_items.v[i]->head->span;
    if (!m->rs->thresholds.v[i]->has_review || s.src != src || s.at >= before) continue;
    if (found == m->rs->thresholds.n || s.at > m->rs->threshold_items.v[found]->head->span.at)
      found = i;
  }
  return found;
}

/* A review of an earlier day does not take back a later one. */
static void mark_one(struct marking *m, struct source *src, size_t i) {
  const struct threshold *t = m->rs->thresholds.v[i];
  m->any = true;
  if (t->reviewed != DAY_NONE && t->reviewed > m->on) {
    VEC_PUSH(m->a, &m->kept, t);
    return;
  }
  if (t->reviewed == m->on) return;
  struct changed_file *file = file_of(m, src);
  file->text = with_day(m, file->text, m->rs->threshold_items.v[i]);
  VEC_PUSH(m->a, &m->names, t->name);
}

static void mark_all(struct marking *m) {
  for (size_t f = 0; f < m->rs->sources.n; f++) {
    struct source *src = m->rs->sources.v[f];
    uint32_t before = (uint32_t)src->size + 1;
    size_t i;
    while ((i = last_before(m, src, before)) < m->rs->thresholds.n) {
      before = m->rs->threshold_items.v[i]->head->span.at;
      mark_one(m, src, i);
    }
  }
}

static void say_kept(const struct marking *m) {
  char later[16];
  for (size_t i = 0; i < m->kept.n; i++)
    text_print_line(stdout, "threshold %s: was reviewed on %s, which stays", m->kept.v[i]->name,
                    day_text(m->kept.v[i]->reviewed, later));
}

static bool agreed(struct marking *m, bool *go) {
  bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
  *go = true;
  if (!m->args->quiet || terminal)
    for (size_t i = 0; i < m->names.n; i++)
      text_print_line(stdout, "threshold %s: reviewed %s", m->names.v[i], m->day);
  if (m->args->yes) return true;
  if (!terminal)
    return diag_fail(&m->problems, V0612,
                     "nothing was written: without a terminal, --done needs --yes");
  fputs("Write it? [y/N] ", stdout);
  fflush(stdout);
  int c = getchar();
  *go = c == 'y' || c == 'Y';
  return true;
}

static void take_back(struct marking *m, size_t n) {
  for (size_t i = 0; i < n; i++)
    replace_file(m->files.v[i].src->path, m->files.v[i].src->text, m->files.v[i].src->size, m->a,
                 &m->problems);
}

static int write_files(struct marking *m) {
  int status = EXIT_CLEAN;
  for (size_t i = 0; i < m->files.n; i++) {
    const struct changed_file *f = &m->files.v[i];
    if (replace_file(f->src->path, f->text, strlen(f->text), m->a, &m->problems)) continue;
    take_back(m, i);
    return print_problems(m->args, "vigie review", &m->problems);
  }
  if (rules_read(m->args, m->a, &status)) return EXIT_CLEAN;
  take_back(m, m->files.n);
  diag_add(&m->problems, V0702, NO_SPAN,
           "the files are as they were: with the days, the rules would not be valid");
  print_problems(m->args, "vigie review", &m->problems);
  return status;
}

int review_done(const struct args *args, struct ruleset *rs, day_t day, struct arena *a) {
  char text[16];
  struct marking m = {.args = args,
                      .rs = rs,
                      .on = day,
                      .day = day_text(day, text),
                      .a = a,
                      .problems = {.arena = a}};
  bool go;
  mark_all(&m);
  if (!m.any)
    return refuse_option(args, "vigie review",
                         "no threshold has a `review` clause, such as: review every quarter");
  if (!args->quiet) say_kept(&m);
  if (!m.names.n) {
    text_print_line(stdout, "Nothing was written: all were reviewed on %s or later.", m.day);
    return EXIT_CLEAN;
  }
  if (!agreed(&m, &go)) return print_problems(args, "vigie review", &m.problems);
  if (go) return write_files(&m);
  fputs("Nothing was written.\n", stdout);
  return EXIT_CLEAN;
}
