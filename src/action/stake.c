/* In: items. Out: what they are worth together, in words. */
#include "action/stake.h"
#include "base/text.h"

#include "action/compare.h"

void stake_add(struct stake *s, const struct item *i, struct arena *a) {
  s->items++;
  if (!i->worth.known || i->worth.type.unit != U_MONEY) return;
  for (size_t n = 0; n < s->sums.n; n++) {
    /* without a currency in the calendar, amounts are in none: that is one too */
    if (!text_same(s->sums.v[n].type.currency, i->worth.type.currency)) continue;
    s->sums.v[n].num += i->worth.num;
    return;
  }
  struct value first = {.type = i->worth.type, .known = true, .num = i->worth.num};
  VEC_PUSH(a, &s->sums, first);
}

const char *stake_money(const struct stake *s, struct arena *a) {
  char buf[96];
  const char *text = "";
  for (size_t n = 0; n < s->sums.n; n++)
    text = arena_printf(a, "%s%s%s", text,
                        n == 0              ? ""
                        : n + 1 < s->sums.n ? ", "
                                            : " and ",
                        value_text(&s->sums.v[n], buf, sizeof buf));
  return text;
}

const char *stake_text(const struct stake *s, struct arena *a) {
  const char *items = arena_printf(a, "%ld %s", s->items, plural(s->items, "item", "items"));
  return s->sums.n ? arena_printf(a, "%s, %s at stake", items, stake_money(s, a)) : items;
}
