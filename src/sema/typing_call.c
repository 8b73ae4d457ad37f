/* Functions, defines and thresholds. In: a call or a threshold's name. Out: its term. */
#include <string.h>
#include <strings.h>

#include "base/embedded.h"
#include "base/limits.h"
#include "base/suggest.h"
#include "fn/fn.h"
#include "sema/elsewhere.h"
#include "sema/sema.h"
#include "syntax/habits.h"
#include "base/text.h"

static struct term *tell_args(const struct scope *sc, const struct expr *e, const struct fn *f) {
  HELP_WITH(sc,
            TELL(sc, V0306, e->span, "`%s` does not take %zu %s", f->name, e->list.n,
                 plural(e->list.n, "argument", "arguments")),
            "it is written %s: %s", f->signature, f->doc);
  return NULL;
}

static struct term *days_in(const struct scope *sc, const struct expr *e) {
  struct period p;
  if (e->list.n == 1 && e->list.v[0]->kind == E_PERIOD)
    p = e->list.v[0]->period;
  else if (e->list.n == 1 && e->list.v[0]->kind == E_NUMBER)
    p = (struct period){.kind = PERIOD_FIXED, .unit = PU_YEAR, .year = (int)e->list.v[0]->num};
  else {
    HELP_WITH(sc, TELL(sc, V0306, e->span, "`days_in` takes one period"),
              "write days_in(this month) or days_in(2026-Q3)");
    return NULL;
  }
  if (!period_exists(sc, e->span, &p)) return NULL;
  struct term *t = term_new(sc, T_DAYS_IN, e, type_of(U_DURATION));
  t->period = p;
  return t;
}

static bool text_function(const struct fn *f) {
  return f->result == FN_TEXT || strcmp(f->name, "length") == 0;
}

/* All arguments of one unit; the result has it. */
static bool agree_all(const struct scope *sc, struct term *t) {
  struct term *lead = t->list.v[0];
  for (size_t i = 1; i < t->list.n; i++)
    if (lead->bare && !t->list.v[i]->bare) lead = t->list.v[i];
  t->type = lead->type;
  t->bare = lead->bare;
  t->ratio = lead->ratio;
  for (size_t i = 0; i < t->list.n; i++) {
    if (t->list.v[i] == lead) continue;
    if (!agree(sc, t->list.v[i]->src->span, lead, t->list.v[i], "used together")) return false;
    t->type = plain_wins(&(struct term){.type = t->type}, t->list.v[i]);
  }
  return true;
}

static struct term *call_builtin(const struct scope *sc, const struct expr *e, const struct fn *f) {
  if ((int)e->list.n < f->least || (int)e->list.n > f->most) return tell_args(sc, e, f);
  struct term *t = term_new(sc, T_CALL, e, type_of(U_NUMBER));
  t->fn = f;
  for (size_t i = 0; i < e->list.n; i++) {
    struct term *x = type_value(sc, e->list.v[i]);
    if (!x) return NULL;
    bool text = unit_class(x->type.unit) == CLASS_TXT, number = is_number(x),
         date = x->type.unit == U_DATE;
    bool good = text_function(f) ? text : number || (date && f->result == FN_SAME);
    if (!good) {
      HELP_WITH(
          sc,
          TELL(sc, V0306, e->list.v[i]->span, "`%s` is %s; `%s` takes %s", quoted(sc, e->list.v[i]),
               unit_phrase(sc, x), f->name, text_function(f) ? "texts" : "numbers"),
          "%s: %s", f->signature, f->doc);
      return NULL;
    }
    VEC_PUSH(sc->rs->arena, &t->list, x);
  }
  t->type = t->list.v[0]->type;
  if (f->result == FN_TEXT)
    t->type = type_of(U_TEXT);
  else if (f->result == FN_COUNT)
    t->type = type_of(U_COUNT);
  else if (f->result == FN_SAME && !agree_all(sc, t))
    return NULL;
  else if (f->result == FN_FIRST)
    t->bare = t->list.v[0]->bare && t->list.n == 1, t->ratio = t->list.v[0]->ratio;
  return t;
}

/* The theme of the standard library that holds the formula: "retention"; NULL: none does. */
static const char *theme_of(const struct scope *sc, const char *formula) {
  const char *head = arena_printf(sc->rs->arena, "\ndefine %s(", formula);
  for (size_t i = 0; i < n_embedded_files; i++) {
    const struct embedded *f = &embedded_files[i];
    if (strncmp(f->path, "stdlib/", 7) != 0 || !strstr(f->text, head)) continue;
    return arena_strndup(sc->rs->arena, f->path + 7, strcspn(f->path + 7, "."));
  }
  return NULL;
}

__attribute__((noinline)) static void tell_no_function(const struct scope *sc,
                                                       const struct expr *e) {
  struct ruleset *rs = sc->rs;
  name_list names = {0};
  for (size_t i = 0; fn_names()[i]; i++) VEC_PUSH(rs->arena, &names, fn_names()[i]);
  for (size_t i = 0; i < rs->defines.n; i++) VEC_PUSH(rs->arena, &names, rs->defines.v[i]->name);
  struct span at = as_written_here(sc, e) || !e->name_span.src ? e->span : e->name_span;
  const char *theme = theme_of(sc, e->name);
  if (aggregate_word(e->name)) {
    const char *what = e->list.n == 1 ? quoted(sc, e->list.v[0]) : "amount";
    bool rows = strcmp(e->name, "count") == 0 || strcmp(e->name, "share") == 0;
    struct diag *d =
        TELL(sc, V0205, at, "`%s` puts rows together: it is followed by `of`", e->name);
    const char *known = rows ? NULL : as_written_here(sc, e);
    if (known)
      HELP_WITH(sc, d, "write: %s", known);
    else
      HELP_WITH(sc, d, rows ? "write: %s of %s" : "write: %s of %s over ENTITY", e->name, what);
    return;
  }
  if (as_written_here(sc, e)) diags_drop_inside(&rs->diags, V0107, at); /* the help has them */
  struct diag *d = TELL(sc, V0205, at, "there is no function called `%s`", e->name);
  const char *near = suggest(e->name, names.v, names.n), *habit = habit_help(e->name);
  const char *here = as_written_here(sc, e);
  if (here)
    HELP_WITH(sc, d, "%s%s", *here == '!' ? "" : "write: ", here + (*here == '!'));
  else if (theme)
    HELP_WITH(sc, d,
              "it is a formula of the standard library: write `use std.%s` at the top of the file",
              theme);
  else if (near)
    HELP_WITH(sc, d, "did you mean `%s`?", near);
  else if (habit)
    HELP_WITH(sc, d, "%s", habit);
  else
    HELP_WITH(sc, d,
              "functions are abs, min, max, clamp, round, floor, ceil, lower, upper, trim, length, "
              "days_in; formulas come with `use` or `define`");
}

static struct term *type_formula(const struct scope *sc, const struct expr *e, struct define *d) {
  if (sc->rs->expanded > EXPANSION_MAX_PARTS) return NULL; /* reported at the use */
  struct expr *body = expand_define(sc, e, d);
  if (!body) return NULL;
  struct scope inner = *sc;
  inner.depth++;
  struct term *t = type_expr(&inner, body);
  if (t) t->src = e;
  return t;
}

/* A use that stands in no other: its parts are counted for themselves. */
static struct term *type_use(const struct scope *sc, const struct expr *e, struct define *d) {
  struct ruleset *rs = sc->rs;
  if (sc->depth > 0) return type_formula(sc, e, d);
  long outside = rs->expanded;
  rs->expanded = 0;
  struct term *t = type_formula(sc, e, d);
  rs->expanded = outside;
  return t;
}

struct term *type_call(const struct scope *sc, const struct expr *e) {
  struct ruleset *rs = sc->rs;
  struct define *d = map_get(&rs->define_names, e->name);
  if (d) return type_use(sc, e, d);
  if (strcmp(e->name, "days_in") == 0) return days_in(sc, e);
  const struct fn *f = fn_find(e->name);
  if (f) return call_builtin(sc, e, f);
  if (map_get(&rs->poisoned, e->name)) return NULL;
  tell_no_function(sc, e);
  return NULL;
}
