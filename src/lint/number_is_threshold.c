/* Numbers that have a name already. In: comparisons with a literal. Out: the threshold that holds
 * the same value. */
#include <math.h>
#include <string.h>

#include "lint/check.h"

typedef VEC(const struct threshold *) threshold_list;

struct looking {
  struct lint *l;
  struct map subjects; /* "key of what is compared" -> threshold that is used for it */
  struct map prefixes; /* "nps" -> threshold_list: those called nps_floor, nps_goal */
  threshold_list idle; /* that nothing uses */
  bool collect;
};

/* What is compared, a movement with its direction and window: 40% may be much for a drop and
 * little for a rise. */
static const char *compared_key(struct lint *l, const struct term *t) {
  const struct term *a = t->a->kind == T_CONST || t->a->kind == T_THRESHOLD ? t->b : t->a;
  char buf[20];
  int move = t->kind == T_MOVE_CMP ? (int)t->move : -1;
  return arena_printf(l->a, "%d %s %s", move, move < 0 ? "" : duration_text(t->dur, buf),
                      term_key(l->a, a));
}

static bool holds(const struct threshold *th, const struct term *literal) {
  double scale =
      th->bare && literal->type.unit == U_MONEY ? currency_minor(literal->type.currency) : 1;
  bool share = literal->type.unit == U_SHARE, money = literal->type.unit == U_MONEY;
  if (th->bare ? share : (th->type.unit == U_SHARE) != share || (th->type.unit == U_MONEY) != money)
    return false;
  for (size_t i = 0; i < th->lines.n; i++)
    if (fabs(th->lines.v[i].value.num * scale - literal->value.num) <
        1e-9 * fmax(1, fabs(literal->value.num)))
      return true;
  return false;
}

/* nps_floor is named after the KPI or attribute nps. */
static const struct threshold *named_after(const struct looking *x, const struct term *t,
                                           const struct term *side) {
  const struct term *what = side == t->a ? t->b : t->a;
  const char *name = what->kind == T_KPI    ? what->kpi->name
                     : what->kind == T_ATTR ? what->attr->name
                                            : NULL;
  if (!name || t->kind != T_CMP) return NULL; /* how far it moves is another number */
  const threshold_list *list = map_get(&x->prefixes, name);
  for (size_t i = 0; list && i < list->n; i++)
    if (holds(list->v[i], side)) return list->v[i];
  return NULL;
}

static void note_prefixes(struct looking *x, const struct threshold *th) {
  struct arena *a = x->l->a;
  for (const char *p = strchr(th->name, '_'); p; p = strchr(p + 1, '_')) {
    const char *name = arena_strndup(a, th->name, (size_t)(p - th->name));
    threshold_list *list = map_get(&x->prefixes, name);
    if (!list) map_put(&x->prefixes, a, name, list = NEW(a, threshold_list));
    VEC_PUSH(a, list, th);
  }
}

static void note_thresholds(struct looking *x) {
  const struct ruleset *rs = x->l->rs;
  for (size_t i = 0; i < rs->thresholds.n; i++) {
    const struct uses *u = uses_of(&x->l->facts.thresholds, rs->thresholds.v[i]->name);
    note_prefixes(x, rs->thresholds.v[i]);
    if (!u->rules && !u->kpis && !u->others && !u->targets)
      VEC_PUSH(x->l->a, &x->idle, rs->thresholds.v[i]);
  }
}

static void check_term(void *ctx, const struct term *t) {
  struct looking *x = ctx;
  struct lint *l = x->l;
  if (t->kind != T_CMP && t->kind != T_MOVE_CMP) return;
  const struct term *side = t->a->kind == T_CONST || t->a->kind == T_THRESHOLD ? t->a : t->b;
  if (x->collect) {
    if (side->kind == T_THRESHOLD) map_put(&x->subjects, l->a, compared_key(l, t), side->threshold);
    return;
  }
  if (side->kind != T_CONST || !side->value.known || unit_class(side->type.unit) != CLASS_NUM)
    return;
  if (side->value.num == 0 || side->value.num == 1) return; /* these are what they are */
  const struct threshold *th = map_get(&x->subjects, compared_key(l, t));
  if (!th || !holds(th, side)) th = named_after(x, t, side);
  for (size_t i = 0; !th && i < x->idle.n; i++) /* it was meant for some place */
    if (holds(x->idle.v[i], side)) th = x->idle.v[i];
  if (!th) return;
  struct diag *d = lint_tell(l, side->src->span, "`%s` is the value of the threshold `%s`",
                             lint_quote(l, side->src->span), th->name);
  lint_note(l, d, th->span, "the threshold is here");
  lint_help(l, d, "write %s, so that the rule follows when the threshold changes", th->name);
}

void lint_number_is_threshold(struct lint *l) {
  struct looking x = {.l = l, .collect = true};
  if (!l->rs->thresholds.n) return;
  note_thresholds(&x);
  terms_each(l, KIND(T_CMP) | KIND(T_MOVE_CMP), check_term, &x);
  x.collect = false;
  for (size_t i = 0; i < l->rs->rules.n; i++) term_walk(l->rs->rules.v[i]->when, check_term, &x);
}
