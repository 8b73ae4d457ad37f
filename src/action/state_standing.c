/* Items that stand. In: a few columns of each living item, and hits that have marks. Out: the items
 * of which the run would change nothing, their hits left out, and the numbers of the others. */
#include "action/sql.h"
#include "action/stand.h"
#include "action/state_db.h"
#include "base/map.h"
#include "base/vec.h"
#include "judge/judge.h"

static const struct item_field seen_fields[] = {
#define SEEN(name, kind) \
  {#name, KIND_##kind, WHEN_ALWAYS, WHERE_INSIDE, offsetof(struct item, name)},
#include "action/seen.def"
#undef SEEN
};
enum { N_SEEN = sizeof seen_fields / sizeof *seen_fields };
/* The columns, in the order of sql_standing. */
enum { AT_ID, AT_STANDS, AT_STANDS_TO, AT_RULE, AT_ENTITY, AT_KEY, AT_TEAM, AT_OWNER };

/* A rule whose items may stand. */
struct standing_rule {
  const struct rule_verdict *rule;
  uint64_t stands; /* rule_stands */
};

struct standing_reader {
  struct state *s;
  const struct verdicts *v;
  struct map rules;                 /* by name: struct standing_rule */
  const struct standing_rule *last; /* of the row before; NULL */
  struct item none;                 /* with nothing in it */
  VEC(struct item) items;
  VEC(int64_t) others;
  struct diags *problems;
};

static const struct standing_rule *rule_of(struct standing_reader *x, const char *name,
                                           const char *entity) {
  if (!x->last || strcmp(x->last->rule->rule, name) != 0) x->last = map_get(&x->rules, name);
  return x->last && strcmp(x->last->rule->entity, entity) == 0 ? x->last : NULL;
}

/* The hit that the item has, of which nothing is new for it; NO_HIT: it is to be looked at. */
static size_t same_hit(struct standing_reader *x, struct statement *st) {
  uint64_t mark, stands = (uint64_t)column_int(st, AT_STANDS);
  day_t to;
  if (!stands || !state_day(st, AT_STANDS_TO, &to)) return NO_HIT;
  if (to != DAY_NONE && x->v->as_of >= to) return NO_HIT;
  const struct standing_rule *r = rule_of(x, column_text(st, AT_RULE), column_text(st, AT_ENTITY));
  const char *key = column_text(st, AT_KEY);
  size_t hit = r ? verdicts_hit(x->v, r->rule, key, &mark) : NO_HIT;
  if (hit == NO_HIT || stands_with(r->stands, mark) != stands) return NO_HIT;
  return owner_stays(x->v, r->rule, column_text(st, AT_OWNER)) ? hit : NO_HIT;
}

/* What the first screen shows of it. */
static bool take_item(struct standing_reader *x, struct statement *st) {
  const char *what;
  int at = AT_RULE;
  VEC_PUSH(x->s->a, &x->items, x->none);
  struct item *i = &x->items.v[x->items.n - 1];
  const struct item *before = x->items.n > 1 ? i - 1 : &x->none;
  i->id = column_int(st, AT_ID);
  for (size_t k = 0; k < N_SEEN; k++) {
    if (!state_field(x->s, st, at, &seen_fields[k], before, i, &what))
      return state_damaged(x->s, what, i->id, x->problems);
    at += item_columns(&seen_fields[k]);
  }
  return true;
}

static bool take_row(struct standing_reader *x, struct statement *st) {
  size_t hit = same_hit(x, st);
  if (hit == NO_HIT) {
    VEC_PUSH(x->s->a, &x->others, column_int(st, AT_ID));
    return true;
  }
  x->last->rule->marks->left_out[hit] = true;
  return take_item(x, st);
}

static void map_rules(struct standing_reader *x) {
  struct standing_rule *list = NEW_N(x->s->a, struct standing_rule, x->v->n_rules + 1);
  for (size_t r = 0; r < x->v->n_rules; r++) {
    list[r] = (struct standing_rule){&x->v->rules[r], rule_stands(x->v, &x->v->rules[r])};
    if (list[r].stands) map_put(&x->rules, x->s->a, x->v->rules[r].rule, &list[r]);
  }
}

bool state_standing_items(struct state *s, const struct verdicts *v, struct items_standing *out,
                          struct diags *problems) {
  struct standing_reader x = {.s = s, .v = v, .none = item_none(), .problems = problems};
  x.none.kept = true;
  size_t living;
  bool most, ok = state_count_living(s, &living, &most, problems);
  struct statement *st =
      ok ? state_prepare_many(s, most ? sql_all_standing : sql_standing, problems) : NULL;
  enum step is = STEP_DONE;
  map_rules(&x);
  if (st) VEC_RESERVE(s->a, &x.items, living);
  ok = st != NULL;
  while (ok && (is = statement_step(st)) == STEP_ROW) ok = take_row(&x, st);
  if (ok && is != STEP_DONE) ok = state_fail(s, problems);
  statement_end(st);
  *out = (struct items_standing){x.items.v, x.items.n, x.others.v, x.others.n};
  return ok;
}
