/* In: a difference. Out: Markdown that reads well in a pull request. */
#include <string.h>

#include "base/markdown.h"
#include "base/text.h"
#include "diff/diff.h"

enum { ITEMS_OPEN = 10 }; /* longer lists are folded */

struct page {
  FILE *f;
  const struct policy_diff *d;
  struct arena *a;
};

static void print_meaning(const struct page *p) {
  fputs("### Meaning\n\n", p->f);
  if (!p->d->meanings.n) fputs("Both versions say the same.\n", p->f);
  for (size_t i = 0; i < p->d->meanings.n; i++) {
    const struct meaning *m = &p->d->meanings.v[i];
    fprintf(p->f, "- **%s**: %s", markdown_text(meaning_subject(m, p->a), p->a),
            markdown_text(meaning_words(m, p->a), p->a));
    if (m->rewrites_past) fputs(" — **rewrites the past**", p->f);
    if (m->note) fprintf(p->f, " — %s", markdown_text(m->note, p->a));
    if (m->rules && strcmp(m->what, "rule") != 0)
      fprintf(p->f, " (used by %s)", markdown_text(m->rules, p->a));
    fputc('\n', p->f);
  }
}

static void print_proofs(const struct page *p) {
  long same = 0;
  if (!p->d->proofs.n) return;
  fputs("\n### Proof\n\n", p->f);
  for (size_t i = 0; i < p->d->proofs.n; i++) {
    const struct rule_proof *r = &p->d->proofs.v[i];
    same += r->answer == PROOF_SAME;
    if (r->answer == PROOF_SAME) continue;
    fprintf(p->f, "- **%s**: %s\n", markdown_text(r->now->name, p->a),
            markdown_text(proof_words(r, p->d->now, p->a), p->a));
    if (r->test) fprintf(p->f, "\n```\n%s```\n\n", r->test);
  }
  if (same)
    fprintf(p->f, "- %ld %s: the same for every row%s\n", same, plural(same, "rule", "rules"),
            proof_day(p->d, p->a));
}

static void print_items(const struct page *p, const char *title, const struct moved_item *list,
                        size_t n) {
  bool folded = n > ITEMS_OPEN;
  if (!n) return;
  if (folded)
    fprintf(p->f, "\n<details><summary>%zu %s</summary>\n\n", n, title);
  else
    fprintf(p->f, "\n%zu %s:\n\n", n, title);
  fputs("| rule | what | worth | owner | why |\n|---|---|---:|---|---|\n", p->f);
  for (size_t i = 0; i < n; i++) {
    const struct item *it = list[i].item;
    fprintf(p->f, "| %s | %s | %s | %s | %s |\n", markdown_text(it->rule, p->a),
            markdown_text(item_words(it), p->a), markdown_text(item_worth(it, p->a), p->a),
            markdown_text(it->owner ? it->owner : "nobody", p->a),
            markdown_text(list[i].reason, p->a));
  }
  if (folded) fputs("\n</details>\n", p->f);
}

static void print_changed(const struct page *p, const struct consequence *c) {
  if (!c->changed.n) return;
  bool folded = c->changed.n > ITEMS_OPEN;
  fprintf(p->f,
          folded ? "\n<details><summary>%zu changes of the others</summary>\n\n"
                 : "\n%zu changes of the others:\n\n",
          c->changed.n);
  fputs("| rule | what | field | old | new |\n|---|---|---|---|---|\n", p->f);
  for (size_t i = 0; i < c->changed.n; i++) {
    const struct changed_item *x = &c->changed.v[i];
    fprintf(p->f, "| %s | %s | %s | %s | %s |\n", markdown_text(x->now->rule, p->a),
            markdown_text(item_words(x->now), p->a), x->field,
            markdown_text(x->was ? x->was : "", p->a), markdown_text(x->is ? x->is : "", p->a));
  }
  if (folded) fputs("\n</details>\n", p->f);
}

static void print_queues(const struct page *p, const struct consequence *c) {
  if (!c->queues.n) return;
  fputs("\n| queue | old | new | capacity |\n|---|---:|---:|---:|\n", p->f);
  for (size_t i = 0; i < c->queues.n; i++) {
    const struct moved_queue *q = &c->queues.v[i];
    bool over = q->capacity && q->after > q->capacity;
    fprintf(p->f, "| %s | %ld | %s%ld%s | ", markdown_text(q->owner ? q->owner : "nobody", p->a),
            q->before, over ? "**" : "", q->after, over ? "**" : "");
    fprintf(p->f, q->capacity ? "%d |\n" : " |\n", q->capacity);
  }
}

static void print_figures(const struct page *p, const struct consequence *c) {
  if (c->money.n || c->kpis.n) fputc('\n', p->f);
  for (size_t i = 0; i < c->money.n; i++)
    fprintf(p->f, "- at stake, %s: %s\n", markdown_text(c->money.v[i].measure, p->a),
            markdown_text(money_words(&c->money.v[i], p->a), p->a));
  for (size_t i = 0; i < c->kpis.n; i++)
    fprintf(p->f, "- %s: %s\n", markdown_text(kpi_subject(&c->kpis.v[i], p->a), p->a),
            markdown_text(kpi_words(&c->kpis.v[i], p->a), p->a));
}

static void print_consequence(const struct page *p, const struct consequence *c, bool later) {
  char day[16];
  day_text(c->day, day);
  if (later)
    fprintf(p->f, "\n### From %s, on the data of today\n\n", day);
  else
    fprintf(p->f, "\n### Consequence on %s, %s\n\n", day,
            p->d->state ? "both from the items that are there" : "both from nothing");
  fprintf(p->f, "%ld items → %ld: %zu would open, %zu would close.\n", c->before, c->after,
          c->opened.n, c->closed.n);
  print_items(p, "would open", c->opened.v, c->opened.n);
  print_items(p, "would close", c->closed.v, c->closed.n);
  print_changed(p, c);
  print_queues(p, c);
  print_figures(p, c);
}

void print_diff_markdown(FILE *f, const struct policy_diff *d, struct arena *a) {
  struct page p = {f, d, a};
  print_meaning(&p);
  print_proofs(&p);
  if (d->now) print_consequence(&p, d->now, false);
  for (size_t i = 0; i < d->later.n; i++) print_consequence(&p, d->later.v[i], true);
  if (d->backtests) print_two_backtests_markdown(f, d->backtests, a);
  for (size_t i = 0; i < d->gates.n; i++) {
    const struct diff_gate *g = &d->gates.v[i];
    fprintf(f, "%s- %s: %s\n", i ? "" : "\n", diff_gate_words(g, a),
            g->failed ? "**failed**" : "ok");
  }
}
