/* In: margins of a row and of an item. Out: the field of the item, and whether it got worse. */
#include "action/margins.h"

#include <jansson.h>
#include <math.h>

#include "action/json_out.h"

static const double WORSE_SHARE = 0.1, ROUNDING = 1e-9;

struct margins_said {
  const struct rule_verdict *r;
  const struct hit *h;
};

static void say_margins(struct json_out *o, const void *ctx) {
  const struct margins_said *s = ctx;
  json_open(o, '[');
  for (size_t i = 0; i < s->r->n_measured; i++) json_put_real(o, s->h->margins[i]);
  json_close(o, ']');
}

const char *margins_text(const struct rule_verdict *r, const struct hit *h, const char *before,
                         struct arena *a) {
  return r->n_measured ? json_text_said(say_margins, &(struct margins_said){r, h}, before, a)
                       : NULL;
}

static const char *say(const struct measured *m, double now, double before, struct arena *a) {
  struct value v = {.type = m->type, .known = true, .num = now};
  char is[96], was[96];
  value_text(&v, is, sizeof is);
  v.num = before;
  return arena_printf(a, "worse: %s is %s beyond its bound, and was %s", m->expr, is,
                      value_text(&v, was, sizeof was));
}

const char *margins_worse(const struct rule_verdict *r, const struct hit *h, const char *before,
                          struct arena *a) {
  json_t *list = json_loads(before, 0, NULL);
  const char *why = NULL;
  /* another condition: what it was to be held against is gone */
  if (json_array_size(list) != r->n_measured) why = "its rule compares other numbers now";
  for (size_t i = 0; !why && i < r->n_measured; i++) {
    double then = json_number_value(json_array_get(list, i)), now = h->margins[i];
    double least = fmax(WORSE_SHARE * then, r->measured[i].least_step);
    if (!isnan(now) && now - then >= least * (1 - ROUNDING))
      why = say(&r->measured[i], now, then, a);
  }
  json_decref(list);
  return why;
}
