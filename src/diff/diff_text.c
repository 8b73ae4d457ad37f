/* In: a difference. Out: what people read of it on a terminal. */
#include <string.h>

#include "action/short_name.h"
#include "base/table.h"
#include "base/text.h"
#include "diff/diff.h"

enum { ITEMS_SHOWN = 8, QUEUES_SHOWN = 8 };

struct page {
  FILE *f;
  const struct policy_diff *d;
  const struct text_style *style;
  struct arena *a;
};

static void print_table(const struct page *p, struct table *t) {
  table_print(t, p->f, p->style->width, false);
}

/* Lines under a table's row, from its second column on. */
static void under(struct table *t, const char *text) {
  if (text) table_line(t, 1, text);
}

static void print_meaning(const struct page *p) {
  const struct table_col columns[] = {{.header = ""}, {.header = "", .fit = FIT_WRAP}};
  struct table *t = table_new(p->a, columns, 2);
  const meanings *list = &p->d->meanings;
  fputs("Meaning\n", p->f);
  if (!list->n) fputs("  both say the same\n", p->f);
  for (size_t i = 0; i < list->n; i++) {
    const struct meaning *m = &list->v[i];
    bool again =
        i && strcmp(list->v[i - 1].name, m->name) == 0 && strcmp(list->v[i - 1].what, m->what) == 0;
    const char *subject = again ? "" : arena_printf(p->a, "  %s", meaning_subject(m, p->a));
    table_row(t, (const char *const[]){subject, meaning_words(m, p->a)});
    if (m->rewrites_past) under(t, "rewrites the past: days that were judged are judged anew");
    under(t, m->note);
    if (m->rules && strcmp(m->what, "rule") != 0)
      under(t, arena_printf(p->a, "used by %s", m->rules));
  }
  print_table(p, t);
}

static void print_proof(const struct page *p, const struct rule_proof *r) {
  const struct table_col columns[] = {{.header = ""}, {.header = "", .fit = FIT_WRAP}};
  struct table *t = table_new(p->a, columns, 2);
  table_row(t, (const char *const[]){arena_printf(p->a, "  %s", r->now->name),
                                     proof_words(r, p->d->now, p->a)});
  print_table(p, t);
  if (r->test) print_test_block(p->f, r->test);
}

static void print_proofs(const struct page *p) {
  long same = 0, said = 0;
  if (!p->d->proofs.n) return;
  fputs("\nProof\n", p->f);
  for (size_t i = 0; i < p->d->proofs.n; i++) {
    const struct rule_proof *r = &p->d->proofs.v[i];
    same += r->answer == PROOF_SAME;
    if (r->answer == PROOF_SAME) continue;
    print_proof(p, r);
    said++;
  }
  if (same)
    fprintf(p->f, "  %ld %s: the same for every row%s\n", same,
            said ? plural(same, "other rule", "other rules") : plural(same, "rule", "rules"),
            proof_day(p->d, p->a));
}

/* ---- consequence -------------------------------------------------------------------------- */

static const char *domain_of(const struct page *p, const struct moved_item *list, size_t n) {
  const struct item **items = NEW_N(p->a, const struct item *, n + 1);
  for (size_t i = 0; i < n; i++) items[i] = list[i].item;
  return common_domain(items, n, p->a);
}

static void print_items(const struct page *p, const char *word, const struct moved_item *list,
                        size_t n) {
  const char *domain = domain_of(p, list, n);
  const struct table_col columns[] = {{.header = ""},
                                      {.header = "", .fit = FIT_WRAP},
                                      {.header = "", .align = ALIGN_RIGHT},
                                      {.header = ""}};
  struct table *t = table_new(p->a, columns, 4);
  for (size_t i = 0; i < n && i < ITEMS_SHOWN; i++) {
    const struct item *it = list[i].item;
    bool again = i && strcmp(list[i - 1].item->rule, it->rule) == 0;
    if (!again) table_line(t, 0, arena_printf(p->a, "  %s  %s", word, it->rule));
    table_row(t, (const char *const[]){"   ", item_words(it), item_worth(it, p->a),
                                       short_name(it->owner, domain, p->a)});
    bool next = i + 1 < n && i + 1 < ITEMS_SHOWN && same_text(list[i + 1].reason, list[i].reason);
    if (!next) table_line(t, 1, list[i].reason);
  }
  print_table(p, t);
  if (n > ITEMS_SHOWN) fprintf(p->f, "     %zu more: --format json\n", n - ITEMS_SHOWN);
}

static void print_changed(const struct page *p, const struct consequence *c) {
  const struct table_col columns[] = {
      {.header = ""}, {.header = "", .fit = FIT_WRAP}, {.header = "", .fit = FIT_WRAP}};
  struct table *t = table_new(p->a, columns, 3);
  for (size_t i = 0; i < c->changed.n && i < ITEMS_SHOWN; i++) {
    const struct changed_item *x = &c->changed.v[i];
    bool again = i && c->changed.v[i - 1].now == x->now;
    const char *what = arena_printf(p->a, "%s (%s)", item_words(x->now), x->now->rule);
    const char *change = arena_printf(p->a, "%s: %s → %s", x->field, x->was ? x->was : "none",
                                      x->is ? x->is : "none");
    table_row(t, (const char *const[]){again ? "" : "  changes", again ? "" : what, change});
  }
  print_table(p, t);
  if (c->changed.n > ITEMS_SHOWN)
    fprintf(p->f, "     %zu more: --format json\n", c->changed.n - ITEMS_SHOWN);
}

static void print_queues(const struct page *p, const struct consequence *c) {
  const struct table_col columns[] = {{.header = "  queue"},
                                      {.header = "old", .align = ALIGN_RIGHT},
                                      {.header = "new", .align = ALIGN_RIGHT},
                                      {.header = "capacity", .align = ALIGN_RIGHT}};
  struct table *t = table_new(p->a, columns, 4);
  if (!c->queues.n) return;
  for (size_t i = 0; i < c->queues.n && i < QUEUES_SHOWN; i++) {
    const struct moved_queue *q = &c->queues.v[i];
    table_row(t, (const char *const[]){arena_printf(p->a, "  %s", q->owner ? q->owner : "nobody"),
                                       arena_printf(p->a, "%ld", q->before),
                                       arena_printf(p->a, "%ld", q->after),
                                       q->capacity ? arena_printf(p->a, "%d", q->capacity) : ""});
  }
  fputc('\n', p->f);
  print_table(p, t);
  if (c->queues.n > QUEUES_SHOWN)
    fprintf(p->f, "  %zu more people: --format json\n", c->queues.n - QUEUES_SHOWN);
}

static bool money_moves(const struct moved_money *m) {
  return m->before.num != m->after.num || m->rows_before != m->rows_after;
}

static void print_figures(const struct page *p, const struct consequence *c) {
  const struct table_col columns[] = {
      {.header = ""}, {.header = "", .fit = FIT_WRAP}, {.header = "", .fit = FIT_WRAP}};
  struct table *t = table_new(p->a, columns, 3);
  size_t said = 0;
  for (size_t i = 0; i < c->money.n; i++)
    if (money_moves(&c->money.v[i]))
      table_row(t, (const char *const[]){said++ ? "" : "  at stake", c->money.v[i].measure,
                                         money_words(&c->money.v[i], p->a)});
  if (!said && c->money.n) table_row(t, (const char *const[]){"  at stake", "the same", ""});
  for (size_t i = 0; i < c->kpis.n; i++)
    table_row(t, (const char *const[]){i ? "" : "  kpi", kpi_subject(&c->kpis.v[i], p->a),
                                       kpi_words(&c->kpis.v[i], p->a)});
  if (c->money.n || c->kpis.n) fputc('\n', p->f);
  print_table(p, t);
}

static void print_counts(const struct page *p, const struct consequence *c) {
  fprintf(p->f, "  %zu would open, %zu would close, %zu %s\n", c->opened.n, c->closed.n,
          c->changed.n,
          plural((long)c->changed.n, "change of the others", "changes of the others"));
}

static void print_now(const struct page *p) {
  const struct consequence *c = p->d->now;
  char day[16];
  const char *from = p->d->state ? arena_printf(p->a, "both from the items of %s", p->d->state)
                                 : "both from nothing";
  fprintf(p->f, "\nConsequence on %s, %s: %ld items → %ld\n", day_text(c->day, day), from,
          c->before, c->after);
  print_counts(p, c);
  print_items(p, "opens", c->opened.v, c->opened.n);
  print_items(p, "closes", c->closed.v, c->closed.n);
  print_changed(p, c);
  print_queues(p, c);
  print_figures(p, c);
}

static void print_later(const struct page *p) {
  char day[16];
  for (size_t i = 0; i < p->d->later.n; i++) {
    const struct consequence *c = p->d->later.v[i];
    fprintf(p->f, "\nFrom %s, values of that day on the data of today: %ld items → %ld\n",
            day_text(c->day, day), c->before, c->after);
    print_counts(p, c);
    print_items(p, "opens", c->opened.v, c->opened.n);
    print_items(p, "closes", c->closed.v, c->closed.n);
  }
}

static void print_gates(const struct page *p) {
  for (size_t i = 0; i < p->d->gates.n; i++) {
    const struct diff_gate *g = &p->d->gates.v[i];
    fprintf(p->f, "%s%s: %s\n", i ? "" : "\n", diff_gate_words(g, p->a),
            g->failed ? "failed" : "ok");
  }
}

void print_diff_text(FILE *f, const struct policy_diff *d, const struct text_style *style,
                     struct arena *a) {
  struct page p = {f, d, style, a};
  print_meaning(&p);
  print_proofs(&p);
  if (d->now) print_now(&p);
  print_later(&p);
  if (d->backtests) print_two_backtests_text(f, d->backtests, style, a);
  print_gates(&p);
}
