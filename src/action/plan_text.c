/* In: the record of a plan. Out: the screen of `vigie plan`. */
#include <string.h>

#include "action/plan_print.h"
#include "action/short_name.h"
#include "base/table.h"
#include "base/text.h"
#include "judge/judge.h"
#include "sema/hindsight.h"

/* How much is shown before the rest is counted. */
enum { GROUP_ROWS = 5, SUM_ROWS = 20, QUEUE_ROWS = 10 };
/* Indentations: of what stands under a heading, and of its second line. */
enum { UNDER = 2, BELOW = 4 };

struct plan_page {
  FILE *f;
  const struct plan_view *p;
  const struct text_style *style;
  bool all;
  struct arena *a;
};

static void say(const struct plan_page *x, const char *text) {
  print_paragraph(x->f, x->style->width, 0, 0, text, x->a);
}

/* One more than allowed makes it whole: a line that counts one is no shorter. */
static size_t shown_of(const struct plan_page *x, size_t n, size_t most) {
  return x->all || n <= most + 1 ? n : most;
}

static const char *more(const struct plan_page *x, size_t n) {
  return arena_printf(x->a, "%zu more: --all", n);
}

static void say_notices(const struct plan_page *x) {
  const notice_list *l = &x->p->notices;
  if (!l->n) return;
  fputs("First\n", x->f);
  for (size_t i = 0; i < l->n; i++)
    print_paragraph(x->f, x->style->width, UNDER, BELOW, l->v[i], x->a);
  fputc('\n', x->f);
}

/* ---- what changes --------------------------------------------------------------------- */

static void say_sums(const struct plan_page *x) {
  const changed_sums *sums = &x->p->sums;
  struct table_col cols[] = {{.header = "", .align = ALIGN_RIGHT},
                             {.header = "", .fit = FIT_WRAP, .min_width = 8},
                             {.header = "", .fit = FIT_WRAP, .min_width = 14},
                             {.header = "", .align = ALIGN_RIGHT, .fit = FIT_WRAP, .min_width = 24},
                             {.header = "", .fit = FIT_WRAP, .min_width = 10}};
  struct table *t = table_new(x->a, cols, sizeof cols / sizeof *cols);
  size_t shown = shown_of(x, sums->n, SUM_ROWS);
  for (size_t i = 0; i < shown; i++) {
    const struct changed_sum *s = &sums->v[i];
    table_row(t, (const char *const[]){arena_printf(x->a, "  %s", grouped_count(s->n, x->a)),
                                       changed_does(s->group->kind, s->n), s->rule,
                                       stake_money((struct stake *)&s->stake, true, x->a),
                                       plan_sum_remark(x->p, s, x->style->width)});
  }
  if (shown < sums->n) table_line(t, 1, more(x, sums->n - shown));
  table_print(t, x->f, x->style->width, false);
  fputc('\n', x->f);
}

static void add_group(const struct plan_page *x, struct table *t, const struct changed_group *g) {
  size_t rules = changed_rules(g, x->a), shown = shown_of(x, g->items.n, GROUP_ROWS);
  table_line(t, 0, changed_heading(g, x->a));
  for (size_t i = 0; i < shown; i++) {
    struct plan_line l = plan_line_of(x->p, g, &g->items.v[i], rules, x->style->width);
    table_row(t,
              (const char *const[]){arena_printf(x->a, "  %s", l.number), l.about, l.worth, l.who});
    if (l.detail) table_line(t, 1, l.detail);
  }
  if (shown < g->items.n) table_line(t, 1, more(x, g->items.n - shown));
}

static void say_groups(const struct plan_page *x) {
  struct table_col cols[] = {{.header = ""},
                             {.header = "", .fit = FIT_WRAP, .min_width = 20},
                             {.header = "", .align = ALIGN_RIGHT},
                             {.header = "", .fit = FIT_WRAP, .min_width = 18}};
  struct table *t = table_new(x->a, cols, sizeof cols / sizeof *cols);
  for (size_t g = 0; g < x->p->changes.groups.n; g++) add_group(x, t, &x->p->changes.groups.v[g]);
  table_print(t, x->f, x->style->width, false);
  fputc('\n', x->f);
}

/* ---- before and after ----------------------------------------------------------------- */

static const char *queue_name(const struct plan_page *x, const struct plan_queue *q) {
  const char *who = short_name(q->owner, x->p->domain, x->a);
  return q->several && q->team ? arena_printf(x->a, "%s, %s", who, q->team) : who;
}

/* Before the first run nobody has a queue. */
static void say_queues(const struct plan_page *x) {
  const struct plan_view *p = x->p;
  bool first = p->o->since == DAY_NONE;
  struct table_col cols[6] = {{.header = "Queue", .fit = FIT_WRAP, .min_width = 14}};
  size_t n_cols = 1, rows = 0, shown = 0;
  if (!first) cols[n_cols++] = (struct table_col){.header = "before", .align = ALIGN_RIGHT};
  cols[n_cols++] = (struct table_col){.header = "after", .align = ALIGN_RIGHT};
  cols[n_cols++] = (struct table_col){.header = ""};
  cols[n_cols++] = (struct table_col){.header = "late", .align = ALIGN_RIGHT};
  cols[n_cols++] = (struct table_col){.header = "", .fit = FIT_WRAP, .min_width = 10};
  for (size_t i = 0; i < p->queues.n; i++) rows += p->queues.v[i].shown;
  if (!rows) return;
  size_t most = shown_of(x, rows, QUEUE_ROWS);
  struct table *t = table_new(x->a, cols, n_cols);
  for (size_t i = 0; i < p->queues.n && shown < most; i++) {
    const struct plan_queue *q = &p->queues.v[i];
    const char *cells[6];
    size_t c = 0;
    if (!q->shown) continue;
    cells[c++] = arena_printf(x->a, "  %s", queue_name(x, q));
    if (!first) cells[c++] = queue_to_do(&q->before, x->a);
    cells[c++] = queue_to_do(&q->after, x->a);
    cells[c++] = queue_fill(&q->after);
    cells[c++] = q->after.late ? grouped_count(q->after.late, x->a) : "";
    cells[c] = queue_held(&q->after, x->a);
    table_row(t, cells);
    shown++;
  }
  table_print(t, x->f, x->style->width, x->style->color);
  if (shown < rows) fprintf(x->f, "  %s\n", more(x, rows - shown));
  if (p->kept)
    fprintf(x->f, "  %zu %s\n", p->kept,
            plural((long)p->kept, "person keeps theirs", "people keep theirs"));
  fputc('\n', x->f);
}

static const char *money_text(const struct measure_sum *m, struct arena *a) {
  char text[96];
  return arena_strdup(a, value_text(&m->money, text, sizeof text));
}

/* "80 before, 82 after"; before the first run there was nothing. */
static const char *both(const struct plan_page *x, const char *before, const char *after) {
  if (x->p->o->since == DAY_NONE) return after;
  return arena_printf(x->a, "%s before, %s after", before, after);
}

static const char *counts_text(const struct plan_page *x, long before, long after) {
  return both(x, grouped_count(before, x->a), grouped_count(after, x->a));
}

/* "arr of accounts 2,533,070.40 EUR before, 2,537,733.60 EUR after", and what stays. */
static const char *stake_change(const struct plan_page *x) {
  const char *text = "", *same = "";
  long n_same = 0;
  for (size_t i = 0; i < x->p->stake.n; i++) {
    const struct plan_measure *m = &x->p->stake.v[i];
    const char *name = measure_text(&m->after, x->a);
    const char *before = money_text(&m->before, x->a), *after = money_text(&m->after, x->a);
    if (strcmp(before, after) == 0)
      same = arena_printf(x->a, "%s%s%s", same, n_same++ ? ", " : "", name);
    else
      text = arena_printf(x->a, "%s%s%s %s", text, *text ? "; " : "", name, both(x, before, after));
  }
  if (!n_same) return text;
  return arena_printf(x->a, "%s%s%s %s", text, *text ? "; " : "", same,
                      n_same == 1 ? "does not change" : "do not change");
}

static void say_totals(const struct plan_page *x) {
  const struct plan_view *p = x->p;
  const char *stake = stake_change(x);
  say(x, arena_printf(x->a, "To do: %s; late: %s", counts_text(x, p->before.to_do, p->after.to_do),
                      counts_text(x, p->before.late, p->after.late)));
  if (*stake) say(x, arena_printf(x->a, "At stake: %s", stake));
}

/* ---- what could not be judged --------------------------------------------------------- */

/* "no health"; "no health on 2026-01-30" where it is there today; with how many rows each:
 * "no health: 3, no renewal: 2". */
static const char *missing_text(const struct rule_verdict *r, struct arena *a) {
  const char *text = "";
  for (size_t m = 0; m < r->n_missing; m++) {
    char day[16];
    day_t on = r->missing[m].on;
    text = arena_printf(a, "%s%sno %s%s%s", text, m ? ", " : "", r->missing[m].name,
                        on == DAY_NONE ? "" : " on ", on == DAY_NONE ? "" : day_text(on, day));
    if (r->n_missing > 1)
      text = arena_printf(a, "%s: %s", text, grouped_count(r->missing[m].rows, a));
  }
  return text;
}

/* Which they are: those with the most at stake. */
static const char *unjudged_text(const struct verdicts *v, size_t rule, struct arena *a) {
  enum { NAMED = 3 };
  size_t n;
  const struct unjudged_row *rows = verdicts_unjudged(v, rule, NAMED, a, &n);
  const char *text = "";
  for (size_t i = 0; i < n; i++) {
    char worth[96];
    const char *name = rows[i].label ? rows[i].label : rows[i].key ? rows[i].key : "unknown";
    text = arena_printf(a, "%s%s%s", text, i ? ", " : "", name);
    if (rows[i].worth.known)
      text = arena_printf(a, "%s (%s)", text, value_text(&rows[i].worth, worth, sizeof worth));
  }
  long more = v->rules[rule].unknown - (long)n;
  return n && more ? arena_printf(a, "%s, %s more", text, grouped_count(more, a)) : text;
}

text_list not_judged_lines(const struct verdicts *v, struct arena *a) {
  text_list list = {0};
  for (size_t n = 0; n < v->n_rules; n++) {
    const struct rule_verdict *r = &v->rules[n];
    if (!unknown_reported(r)) continue;
    const char *missing = missing_text(r, a);
    const char *which =
        r->n_dims || strcmp(r->entity, "company") == 0 ? "" : unjudged_text(v, n, a);
    const char *line =
        arena_printf(a, "%s: %s of %s rows%s%s%s%s%s", r->rule, grouped_count(r->unknown, a),
                     grouped_count(r->rows, a), *missing ? " (" : "", missing, *missing ? ")" : "",
                     *which ? ": " : "", which);
    VEC_PUSH(a, &list, line);
  }
  return list;
}

static void say_not_judged(const struct plan_page *x) {
  text_list lines = not_judged_lines(x->p->o->verdicts, x->a);
  if (lines.n) fputs(x->style->quiet ? NOT_ENOUGH_DATA "\n" : "\n" NOT_ENOUGH_DATA "\n", x->f);
  for (size_t i = 0; i < lines.n; i++)
    print_paragraph(x->f, x->style->width, UNDER, BELOW, lines.v[i], x->a);
}

void print_plan_text(FILE *f, const struct plan_view *p, const struct text_style *style, bool all) {
  struct plan_page x = {.f = f, .p = p, .style = style, .all = all, .a = p->a};
  if (!style->quiet) {
    say(&x, plan_title(p));
    fputc('\n', f);
  }
  say_notices(&x);
  if (!style->quiet) {
    if (p->changes.n_items) {
      say_sums(&x);
      say_groups(&x);
    }
    say_queues(&x);
    say_totals(&x);
  }
  say_not_judged(&x);
  if (p->o->hindsight) say(&x, arena_printf(x.a, "%s.", hindsight_line(p->o->hindsight, x.a)));
  for (size_t i = 0; i < p->gates.n; i++) say(&x, gate_line(&p->gates.v[i], x.a));
}
