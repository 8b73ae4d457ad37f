/* Defines, expanded where they are used (call by name). In: a call. Out: a copy of the formula
 * with the arguments in the places of the parameters, ready to be typed at the place of use. */
#include <string.h>

#include "base/limits.h"
#include "sema/sema.h"
#include "base/text.h"

struct expansion {
  const struct scope *sc;
  const struct define *d;
  const struct expr *call;
  bool failed;
};

static const struct expr *argument(const struct expansion *x, const char *name) {
  for (size_t i = 0; name && i < x->d->params.n; i++)
    if (strcmp(x->d->params.v[i].name, name) == 0) return x->call->list.v[i];
  return NULL;
}

static const char *name_argument(struct expansion *x, const char *name, const char *what) {
  const struct expr *arg = argument(x, name);
  if (!arg) return name;
  if (arg->kind == E_PATH && arg->path.n == 1) return arg->path.v[0];
  if (!x->failed)
    HELP_WITH(
        x->sc,
        TELL(x->sc, V0306, arg->span, "`%s` takes the name of %s for `%s`", x->d->name, what, name),
        "write the name alone: account");
  x->failed = true;
  return name;
}

/* Formulas that use each other twice double at every step: the parts of one use, copied so far, are
 * counted. False: they are too many, or too deep, which is reported at the use. */
static bool may_copy(struct expansion *x, int depth) {
  struct ruleset *rs = x->sc->rs;
  if (x->failed) return false;
  if (++rs->expanded == EXPANSION_MAX_PARTS + 1)
    HELP_WITH(x->sc,
              TELL(x->sc, V0112, x->call->span, "`%s` expands to more than %d parts",
                   quoted(x->sc, x->call), EXPANSION_MAX_PARTS),
              "give a repeated part a name with `kpi`, or use fewer formulas inside each other");
  if (depth > EXPR_MAX_DEPTH) too_deep(rs, x->call->span);
  x->failed = rs->expanded > EXPANSION_MAX_PARTS || depth > EXPR_MAX_DEPTH;
  return !x->failed;
}

/* An argument as it stands; NULL when something of it is too much. */
static struct expr *copy_argument(struct expansion *x, const struct expr *e, int depth) {
  if (!e || !may_copy(x, depth)) return NULL;
  struct arena *a = x->sc->rs->arena;
  struct expr *n = NEW(a, struct expr);
  *n = *e;
  n->a = copy_argument(x, e->a, depth + 1);
  n->b = copy_argument(x, e->b, depth + 1);
  n->c = copy_argument(x, e->c, depth + 1);
  n->list = (expr_list){0};
  for (size_t i = 0; i < e->list.n; i++)
    VEC_PUSH(a, &n->list, copy_argument(x, e->list.v[i], depth + 1));
  return n;
}

static struct expr *substitute(struct expansion *x, const struct expr *e, int depth) {
  if (!e || !may_copy(x, depth)) return NULL;
  struct arena *a = x->sc->rs->arena;
  const struct expr *arg = e->kind == E_PATH ? argument(x, e->path.v[0]) : NULL;
  if (arg && e->path.n == 1) {
    struct expr *copy = copy_argument(x, arg, depth);
    if (copy) copy->parens = true;
    return copy;
  }
  struct expr *n = NEW(a, struct expr);
  *n = *e;
  /* messages point at the use: the formula may be in the standard library */
  n->span = x->call->span;
  n->name_span = x->call->span;
  if (arg) { /* e.plan: the entity's name takes the place of the parameter */
    n->path = (name_list){0};
    VEC_PUSH(a, &n->path, name_argument(x, e->path.v[0], "an entity"));
    for (size_t i = 1; i < e->path.n; i++) VEC_PUSH(a, &n->path, e->path.v[i]);
  }
  n->a = substitute(x, e->a, depth + 1);
  n->b = substitute(x, e->b, depth + 1);
  n->c = substitute(x, e->c, depth + 1);
  n->list = (expr_list){0};
  for (size_t i = 0; i < e->list.n; i++)
    VEC_PUSH(a, &n->list, substitute(x, e->list.v[i], depth + 1));
  if (e->kind == E_AGG) n->name = name_argument(x, e->name, "an entity or a segment");
  if (e->kind == E_INSEG) n->name = name_argument(x, e->name, "a segment");
  if (e->has_period && e->period.dur_name) {
    const struct expr *dur = argument(x, e->period.dur_name);
    if (dur && dur->kind == E_DURATION) {
      n->period.dur = dur->dur;
      n->period.dur_name = NULL;
    } else {
      if (!x->failed)
        HELP_WITH(
            x->sc,
            TELL(x->sc, V0306, dur ? dur->span : x->call->span,
                 "`%s` takes a duration that is written for `%s`", x->d->name, e->period.dur_name),
            "write it: 30d 2w 3mo 2q 1y");
      x->failed = true;
    }
  }
  return n;
}

static bool argument_fits(struct expansion *x, const struct param *p, const struct expr *arg) {
  if (!p->type) return true;
  struct segment *s;
  if (strcmp(p->type, "entity") == 0) {
    if (arg->kind == E_PATH && arg->path.n == 1 && set_entity(x->sc->rs, arg->path.v[0], &s))
      return true;
    if (arg->kind == E_PATH && map_get(&x->sc->rs->poisoned, arg->path.v[0])) return false;
    HELP_WITH(
        x->sc,
        TELL(x->sc, V0306, arg->span, "`%s` takes an entity or a segment for `%s`; `%s` is neither",
             x->d->name, p->name, quoted(x->sc, arg)),
        "write the name of an entity, such as account");
    return false;
  }
  if (strcmp(p->type, "duration") == 0 && !is_length(x->sc, arg)) {
    HELP_WITH(x->sc,
              TELL(x->sc, V0306, arg->span, "`%s` takes a duration for `%s`", x->d->name, p->name),
              "write a duration, 30d 2w 3mo 2q 1y, or the name of a threshold that is one");
    return false;
  }
  return true;
}

struct expr *expand_define(const struct scope *sc, const struct expr *call, struct define *d) {
  struct expansion x = {.sc = sc, .d = d, .call = call};
  if (call->list.n != d->params.n) {
    const char *params = "";
    for (size_t i = 0; i < d->params.n; i++)
      params = arena_printf(sc->rs->arena, "%s%s%s", params, i ? ", " : "", d->params.v[i].name);
    struct diag *t = TELL(sc, V0306, call->span, "`%s` takes %zu %s, not %zu", d->name, d->params.n,
                          plural(d->params.n, "argument", "arguments"), call->list.n);
    HELP_WITH(sc, t, "write %s(%s)", d->name, params);
    return NULL;
  }
  for (size_t i = 0; i < d->params.n; i++)
    if (!argument_fits(&x, &d->params.v[i], call->list.v[i])) return NULL;
  struct expr *body = substitute(&x, d->expr, 0);
  return x.failed ? NULL : body;
}

/* ---- cycles: a define whose formula leads back to itself ------------------------------ */

static bool check_define(struct ruleset *rs, struct define *d, int depth);

static bool check_calls(struct ruleset *rs, const struct expr *e, int depth) {
  if (!e) return true;
  if (depth > EXPR_MAX_DEPTH) return !too_deep(rs, e->span);
  if (e->kind == E_CALL) {
    struct define *d = map_get(&rs->define_names, e->name);
    if (d && !check_define(rs, d, depth + 1)) return false;
  }
  for (size_t i = 0; i < expr_kid_count(e); i++)
    if (!check_calls(rs, expr_kid(e, i), depth + 1)) return false;
  return true;
}

static bool check_define(struct ruleset *rs, struct define *d, int depth) {
  if (d->visiting == 2) return true;
  if (d->visiting == 1) {
    struct diag *x =
        diag_add(&rs->diags, V0207, d->span, "the formula `%s` is defined by itself", d->name);
    diag_help(&rs->diags, x,
              "follow its formula: somewhere it uses `%s` again; break the circle there", d->name);
    return false;
  }
  d->visiting = 1;
  bool good = check_calls(rs, d->expr, depth);
  d->visiting = 2;
  /* nothing may expand it any more */
  if (!good) d->expr = expr_new(rs->arena, E_UNKNOWN, d->span);
  return good;
}

void check_define_cycles(struct ruleset *rs) {
  for (size_t i = 0; i < rs->defines.n; i++) check_define(rs, rs->defines.v[i], 0);
}
