/* In: the values and what they caught. Out: why one of them is the candidate, in one paragraph. */
#include <stdlib.h>
#include <string.h>

#include "backtest/tune.h"
#include "backtest/tune_text.h"
#include "base/check.h"
#include "base/text.h"

enum { LOST_NAMED = 5 };

static const struct part_score *part(const struct tune *t, size_t i, enum tune_part p) {
  return &t->values[i].parts[p];
}

/* ---- who is given up ------------------------------------------------------------------------- */

struct lost {
  const struct onset *onset;
  double money; /* of the first measure that is known */
};

static int by_lost_money(const void *pa, const void *pb) {
  const struct lost *a = pa, *b = pb;
  if (a->money != b->money) return a->money > b->money ? -1 : 1;
  return strcmp(a->onset->key, b->onset->key);
}

static const struct value *money_of(const struct condition *c, const struct onset *o) {
  for (size_t m = 0; o->worth && m < c->measures.n; m++)
    if (o->worth[m].known) return &o->worth[m];
  return NULL;
}

static struct lost *lost_by(const struct tune *t, size_t pick, struct arena *a, size_t *n) {
  const struct condition *c = t->values[pick].backtest.outcome;
  struct lost *out = NEW_N(a, struct lost, c->onsets.n + 1);
  *n = 0;
  for (size_t i = 0; i < c->onsets.n; i++) {
    if (!t->values[t->today].caught[i] || t->values[pick].caught[i]) continue;
    const struct value *v = money_of(c, &c->onsets.v[i]);
    out[(*n)++] = (struct lost){&c->onsets.v[i], v ? v->num : 0};
  }
  if (*n) qsort(out, *n, sizeof *out, by_lost_money);
  return out;
}

/* "It gives up 2 of 37 caught: Acme (792 EUR), Brume (12 EUR)." */
static const char *given_up(const struct tune *t, struct arena *a) {
  const struct condition *c = t->values[t->pick].backtest.outcome;
  size_t n;
  char buf[96];
  const struct lost *lost = lost_by(t, t->pick, a, &n);
  if (!n) return "It gives up nobody that today's value catches.";
  const char *out = arena_printf(a, "It gives up %zu of %ld caught today:", n,
                                 part(t, t->today, PART_WHOLE)->caught);
  for (size_t i = 0; i < n && i < LOST_NAMED; i++) {
    const struct value *v = money_of(c, lost[i].onset);
    out = arena_printf(a, "%s%s %s", out, i ? "," : "", lost[i].onset->label);
    if (v) out = arena_printf(a, "%s (%s)", out, value_text(v, buf, sizeof buf));
  }
  if (n > LOST_NAMED) return arena_printf(a, "%s and %zu more.", out, n - LOST_NAMED);
  return arena_printf(a, "%s.", out);
}

/* ---- what is gained -------------------------------------------------------------------------- */

static const char *right_share(const struct score *s, struct arena *a) {
  long decided = s->right + s->wrong;
  if (decided < FEW_DECIDED) return arena_printf(a, "%ld of %ld", s->right, decided);
  return arena_printf(a, "%.0f%%", 100.0 * (double)s->right / (double)decided);
}

static const char *fewer(const struct tune *t, struct arena *a) {
  long is = part(t, t->pick, PART_WHOLE)->opened_used,
       was = part(t, t->today, PART_WHOLE)->opened_used;
  const struct score *now = &t->values[t->today].used, *then = &t->values[t->pick].used;
  const char *out =
      arena_printf(a, "%ld %s %s (%ld for %ld)", labs(was - is),
                   plural(labs(was - is), "item", "items"), is <= was ? "fewer" : "more", is, was);
  const char *then_right = right_share(then, a), *now_right = right_share(now, a);
  if (then->right + then->wrong && now->right + now->wrong && strcmp(then_right, now_right) != 0)
    out = arena_printf(a, "%s, %s right instead of %s", out, then_right, now_right);
  return arena_printf(a, "%s.", out);
}

static const char *warning(const struct tune *t, struct arena *a) {
  const struct score *now = &t->values[t->today].used, *then = &t->values[t->pick].used;
  if (!now->caught || !then->caught || now->lead[1] == then->lead[1]) return "";
  return arena_printf(a, " The warning comes %ld %s before, not %ld.", then->lead[1],
                      plural(then->lead[1], "day", "days"), now->lead[1]);
}

static const char *weeks(const struct tune *t, struct arena *a) {
  long is = t->values[t->pick].weeks_over, was = t->values[t->today].weeks_over;
  if (is == was) return "";
  return arena_printf(a, " Weeks over capacity: %ld for %ld.", is, was);
}

static const char *last_third(const struct tune *t, const char *end, struct arena *a) {
  const struct part_score *is = part(t, t->pick, PART_LAST), *was = part(t, t->today, PART_LAST);
  char day[16];
  return arena_printf(a,
                      "In the last third alone, from %s, it opens %ld for %ld and catches %ld for "
                      "%ld: %s.",
                      day_text(t->last_part, day), is->opened_used, was->opened_used, is->caught,
                      was->caught, end);
}

/* ---- the paragraph --------------------------------------------------------------------------- */

static const char *why_not(const struct tune *t, enum tune_part failed, struct arena *a) {
  const struct part_score *is = part(t, t->pick, failed), *was = part(t, t->today, failed);
  return arena_printf(
      a,
      "No candidate. %s would open the fewest items of those that keep %d%% over "
      "the whole span, but %s it catches %ld for %ld%s: what holds in a part of "
      "the span only may be chance.",
      t->values[t->pick].value->text, KEPT_PERCENT,
      failed == PART_FIRST ? "in the first two thirds" : "in the last third", is->caught,
      was->caught, is->caught * 100 < was->caught * KEPT_PERCENT ? "" : ", and too little money");
}

const char *tune_why(const struct tune *t, struct arena *a) {
  const char *today = t->values[t->today].value->text;
  switch (t->answer) {
    case TUNE_NO_OUTCOME:
      return "No candidate: without an outcome nobody can tell which items were worth asking. Add "
             "one, such as --outcome \"mrr = 0\" --within 90d.";
    case TUNE_NOTHING_CAUGHT:
      if (!part(t, t->today, PART_WHOLE)->onsets)
        return "No candidate: the outcome does not begin within the span.";
      return arena_printf(a,
                          "No candidate: the outcome began %ld %s, and the policy of today catches "
                          "none of it, so that no value can lose any.",
                          part(t, t->today, PART_WHOLE)->onsets,
                          plural(part(t, t->today, PART_WHOLE)->onsets, "time", "times"));
    case TUNE_KEEP:
      return arena_printf(a,
                          "Keep %s: no other of these values opens fewer items, keeps %d%% of what "
                          "is caught and has nobody over capacity for longer.",
                          today, KEPT_PERCENT);
    case TUNE_CHANGE:
      return arena_printf(a, "Candidate %s: %s %s%s%s %s", t->values[t->pick].value->text,
                          fewer(t, a), given_up(t, a), warning(t, a), weeks(t, a),
                          last_third(t, "it holds", a));
    case TUNE_FAILS_FIRST: return why_not(t, PART_FIRST, a);
    case TUNE_FAILS_LAST: return why_not(t, PART_LAST, a);
  }
  UNREACHABLE("an answer that enum tune_answer does not have");
}
