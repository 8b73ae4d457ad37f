/* In: a policy, the project's data. Out: the rows on which each rule acts on the last day of the
 * data, those with the most at stake first, and why it acts on the first. */

#include "editor/counting.h"
#include "judge/judge.h"

enum { ROWS_NAMED = 5 };

static const char *row_words(const struct hit *h) {
  if (h->label) return h->label;
  return h->key ? h->key : "unknown";
}

static double weight(const struct hit *h) { return h->worth.known ? h->worth.num : 0; }

/* Of the hits that have not been named the one with the most at stake; NULL: none is left. */
static const struct hit *next_hit(const struct rule_verdict *r, bool *named) {
  const struct hit *best = NULL;
  for (size_t i = 0; i < r->n_hits; i++)
    if (!named[i] && (!best || weight(&r->hits[i]) > weight(best))) best = &r->hits[i];
  if (best) named[best - r->hits] = true;
  return best;
}

/* "health drop in last 1mo: 21 (74 to 53), > 10" */
static const char *reason_words(const struct because *b, struct arena *a) {
  char value[96];
  const char *out = arena_join(
      a, b->expr, ": ", b->value.known ? value_text(&b->value, value, sizeof value) : "unknown");
  if (b->moved) out = arena_printf(a, "%s (%s)", out, b->moved);
  return b->bound ? arena_printf(a, "%s, %s", out, b->bound) : out;
}

/* As Markdown: "Today: Acme, Basalt and 3 more. Acme, because:" and a line a reason. */
static const char *acting_words(const struct counting *c, const struct rule_verdict *r) {
  bool *named = NEW_N(c->a, bool, r->n_hits + 1);
  const struct hit *first = next_hit(r, named);
  if (!first) return NULL;
  const char *out = row_words(first);
  for (size_t n = 1; n < r->n_hits && n < ROWS_NAMED; n++)
    out = arena_join(c->a, out, ", ", row_words(next_hit(r, named)));
  if (r->n_hits > ROWS_NAMED)
    out = arena_printf(c->a, "%s and %zu more", out, r->n_hits - ROWS_NAMED);
  out = arena_printf(c->a, "It acts%s on %s.", counting_day(c, c->a), out);
  if (first->n_because) out = arena_printf(c->a, "%s On %s because of", out, row_words(first));
  for (size_t i = 0; i < first->n_because; i++)
    out = arena_printf(c->a, "%s%s%s", out, i ? "\n- " : "\n\n- ",
                       reason_words(&first->because[i], c->a));
  return out;
}

void count_acting(struct counting *c) {
  struct judge_entry today = {.rs = c->x->rs, .day = c->day, .want = WANT_RULES, .arena = c->a};
  struct diags unheard = {.arena = c->a};
  struct verdicts *v;
  struct judgement *j = judge_begin(&(struct judge_request){.dataset = c->dataset,
                                                            .entries = &today,
                                                            .n_entries = 1,
                                                            .plan = plan_new(today.rs, c->a),
                                                            .arena = c->a});
  if (judge_next(j, &v, &unheard)) {
    json_t *all = json_object();
    for (size_t i = 0; i < v->n_rules; i++) {
      const char *text = acting_words(c, &v->rules[i]);
      if (text) json_object_set_new(all, v->rules[i].rule, json_string(text));
    }
    job_write(c->to, json_pack("{s:o}", "acting", all));
  }
  judge_end(j);
}
