/* In: the record of a plan. Out: what a reviewer reads in a pull request. */
#include <string.h>

#include "action/plan_print.h"
#include "action/short_name.h"
#include "base/markdown.h"
#include "base/text.h"
#include "sema/hindsight.h"

/* Longer lists are folded behind these. */
enum { OPEN_ROWS = 10 };

/* A row of a table; NULL is an empty cell. */
static void put_row(FILE *f, const char *const *cells, size_t n) {
  for (size_t i = 0; i < n; i++) {
    fputs(i ? " | " : "| ", f);
    markdown_print(f, cells[i] ? cells[i] : "");
  }
  fputs(" |\n", f);
}

/* right: for each column whether it holds numbers. */
static void put_head(FILE *f, const char *const *names, const char *right, size_t n) {
  put_row(f, names, n);
  for (size_t i = 0; i < n; i++) fputs(right[i] == 'r' ? "|--:" : "|---", f);
  fputs("|\n", f);
}

static void put_list(FILE *f, const char *title, const char *const *lines, size_t n) {
  if (!n) return;
  fprintf(f, "**%s**\n\n", title);
  for (size_t i = 0; i < n; i++) {
    fputs("- ", f);
    markdown_print(f, lines[i]);
    fputc('\n', f);
  }
  fputc('\n', f);
}

static void put_sums(FILE *f, const struct plan_view *p) {
  if (!p->sums.n) return;
  put_head(f, (const char *const[]){"items", "", "rule", "money", ""}, "rllrl", 5);
  for (size_t i = 0; i < p->sums.n; i++) {
    const struct changed_sum *s = &p->sums.v[i];
    const char *money = stake_money((struct stake *)&s->stake, true, p->a);
    put_row(f,
            (const char *const[]){grouped_count(s->n, p->a), changed_does(s->group->kind, s->n),
                                  s->rule, money, plan_sum_remark(p, s, 0)},
            5);
  }
  fputc('\n', f);
}

static void put_items(FILE *f, const struct plan_view *p, const struct changed_group *g,
                      size_t from, size_t to) {
  size_t rules = changed_rules(g, p->a);
  put_head(f, (const char *const[]){"no.", "about", "worth", "who", "what"}, "rlrll", 5);
  for (size_t i = from; i < to; i++) {
    struct plan_line l = plan_line_of(p, g, &g->items.v[i], rules, 0);
    const char *number = *l.number ? l.number + 1 : ""; /* #12 would be an issue */
    put_row(f, (const char *const[]){number, l.about, l.worth, l.who, l.detail}, 5);
  }
  fputc('\n', f);
}

static void put_groups(FILE *f, const struct plan_view *p) {
  for (size_t k = 0; k < p->changes.groups.n; k++) {
    const struct changed_group *g = &p->changes.groups.v[k];
    size_t n = g->items.n, open = n <= OPEN_ROWS + 1 ? n : OPEN_ROWS;
    fputs("#### ", f);
    markdown_print(f, changed_heading(g, p->a));
    fputs("\n\n", f);
    put_items(f, p, g, 0, open);
    if (open == n) continue;
    fprintf(f, "<details><summary>%zu more</summary>\n\n", n - open);
    put_items(f, p, g, open, n);
    fputs("</details>\n\n", f);
  }
}

static void put_queues(FILE *f, const struct plan_view *p) {
  size_t rows = 0;
  for (size_t i = 0; i < p->queues.n; i++) rows += p->queues.v[i].shown;
  if (!rows) return;
  fputs("#### Queues\n\n", f);
  if (rows > OPEN_ROWS)
    fprintf(f, "<details><summary>%zu people</summary>\n\n", p->people - p->kept);
  put_head(f, (const char *const[]){"who", "team", "before", "after", "", "late", ""}, "llrrlrl",
           7);
  for (size_t i = 0; i < p->queues.n; i++) {
    const struct plan_queue *q = &p->queues.v[i];
    if (!q->shown) continue;
    put_row(f,
            (const char *const[]){short_name(q->owner, p->domain, p->a), q->team,
                                  queue_to_do(&q->before, p->a), queue_to_do(&q->after, p->a),
                                  queue_fill(&q->after), grouped_count(q->after.late, p->a),
                                  queue_held(&q->after, p->a)},
            7);
  }
  fputc('\n', f);
  if (rows > OPEN_ROWS) fputs("</details>\n\n", f);
  if (p->kept)
    fprintf(f, "%zu %s\n\n", p->kept,
            plural((long)p->kept, "person keeps theirs.", "people keep theirs."));
}

static void put_totals(FILE *f, const struct plan_view *p) {
  struct arena *a = p->a;
  put_head(f, (const char *const[]){"", "before", "after"}, "lrr", 3);
  put_row(f,
          (const char *const[]){"to do", grouped_count(p->before.to_do, a),
                                grouped_count(p->after.to_do, a)},
          3);
  put_row(f,
          (const char *const[]){"late", grouped_count(p->before.late, a),
                                grouped_count(p->after.late, a)},
          3);
  for (size_t i = 0; i < p->stake.n; i++) {
    const struct plan_measure *m = &p->stake.v[i];
    char before[96], after[96];
    put_row(f,
            (const char *const[]){arena_printf(a, "at stake, %s", measure_text(&m->after, a)),
                                  value_text(&m->before.money, before, sizeof before),
                                  value_text(&m->after.money, after, sizeof after)},
            3);
  }
  fputc('\n', f);
}

static void put_gates(FILE *f, const struct plan_view *p) {
  if (!p->gates.n) return;
  put_head(f, (const char *const[]){"gate", "is", "limit", ""}, "lrrl", 4);
  for (size_t i = 0; i < p->gates.n; i++) {
    const struct gate_result *r = &p->gates.v[i];
    const char *limit =
        arena_printf(p->a, "%s%s", r->gate->or_equal ? "below " : "", r->limit_text);
    put_row(f, (const char *const[]){r->what, r->is_text, limit, r->failed ? "failed" : "ok"}, 4);
  }
  fputc('\n', f);
}

void print_plan_markdown(FILE *f, const struct plan_view *p) {
  text_list unknown = not_judged_lines(p->o->verdicts, p->a);
  fputs("### ", f);
  markdown_print(f, plan_title(p));
  fputs("\n\n", f);
  put_gates(f, p);
  put_list(f, "First", p->notices.v, p->notices.n);
  put_sums(f, p);
  put_groups(f, p);
  put_queues(f, p);
  put_totals(f, p);
  put_list(f, NOT_ENOUGH_DATA, unknown.v, unknown.n);
  if (!p->o->hindsight) return;
  markdown_print(f, hindsight_line(p->o->hindsight, p->a));
  fputs(".\n", f);
}
