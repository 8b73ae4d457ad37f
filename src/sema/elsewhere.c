/* Functions and words of other languages. In: a call or a comparison that names nothing here. Out:
 * what to write, made of what its author wrote. */
#include "sema/elsewhere.h"

#include <string.h>
#include <strings.h>

#include "syntax/retell.h"

/* ---- functions ------------------------------------------------------------------------ */

static const struct {
  const char *name;
  int args;
  const char *write;
} functions[] = {
#define FUNCTION(name, args, write) {name, args, write},
#include "sema/function.def"
#undef FUNCTION
};

/* A part of a chain: in parentheses when it is one of the other kind. */
static const char *link(const struct scope *sc, const struct expr *e, bool any) {
  bool other = e->kind == (any ? E_AND : E_OR) && !e->parens;
  return other ? arena_printf(sc->rs->arena, "(%s)", quoted(sc, e)) : quoted(sc, e);
}

static const char *joined(const struct scope *sc, const struct expr *call, bool any) {
  const char *out = "";
  for (size_t i = 0; i < call->list.n; i++)
    out = arena_printf(sc->rs->arena, "%s%s%s", out,
                       i == 0 ? ""
                       : any  ? " or "
                              : " and ",
                       link(sc, call->list.v[i], any));
  return call->list.n ? out : NULL;
}

/* "retail" of "%retail%"; NULL: it is no text. */
static const char *pattern_of(const struct scope *sc, const struct expr *e, char at) {
  return e->kind == E_STRING ? wildcard_pattern(sc->rs->arena, e->name, at) : NULL;
}

/* The entity of which the first argument is a value; NULL: it is none. */
static const char *entity_of(const struct scope *sc, const struct expr *e) {
  if (e->kind != E_PATH || e->path.n > 2) return NULL;
  if (e->path.n == 2) return map_get(&sc->rs->entity_names, e->path.v[0]) ? e->path.v[0] : NULL;
  const struct entity *ent = entity_with(sc->rs, e->path.v[0]);
  return ent ? ent->name : NULL;
}

/* The entity that the argument names, as tickets does ticket; NULL: none. */
static const char *rows_named(const struct scope *sc, const struct expr *e) {
  const struct entity *ent =
      e->kind == E_PATH && e->path.n == 1 ? entity_called(sc->rs, e->path.v[0]) : NULL;
  return ent ? ent->name : NULL;
}

struct called {
  const struct scope *sc;
  const struct expr *call;
};

static const char *argument(void *ctx, char sign) {
  const struct scope *sc = ((struct called *)ctx)->sc;
  const struct expr *call = ((struct called *)ctx)->call;
  switch (sign) {
    case '&':
    case '|': return joined(sc, call, sign == '|');
    case 'E': return entity_of(sc, call->list.v[0]);
    case 'S': return rows_named(sc, call->list.v[0]);
    case 'Z': return pattern_of(sc, call->list.v[1], '$');
    case 'A':
      if (call->list.v[0]->kind != E_PATH) return NULL;
      return call->list.v[0]->path.v[call->list.v[0]->path.n - 1];
    case 'P': return pattern_of(sc, call->list.v[1], 0);
    case '^': return pattern_of(sc, call->list.v[1], '^');
    default: return quoted(sc, call->list.v[sign - '1']);
  }
}

const char *as_written_here(const struct scope *sc, const struct expr *call) {
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    bool fits = functions[i].args < 0 || (size_t)functions[i].args == call->list.n;
    if (!fits || strcasecmp(functions[i].name, call->name) != 0) continue;
    const char *write =
        retell(sc->rs->arena, functions[i].write, argument, &(struct called){sc, call});
    if (write) return write;
  }
  return NULL;
}

/* ---- words ---------------------------------------------------------------------------- */

static bool is_word(const char *word, const char *const *list) {
  for (; *list; list++)
    if (strcasecmp(word, *list) == 0) return true;
  return false;
}

bool tell_word_as_value(const struct scope *sc, const struct expr *e) {
  static const char *const none[] = {"none",    "null", "empty", "blank", "missing",
                                     "nothing", "nil",  "na",    "vide",  NULL};
  static const char *const yes[] = {"yes", "y", "on", "oui", "true", "vrai", NULL};
  static const char *const no[] = {"no", "n", "off", "non", "false", "faux", NULL};
  const char *word = e->b && e->b->kind == E_PATH && e->b->path.n == 1 ? e->b->path.v[0] : NULL;
  bool denied = e->kind == E_IS ? e->negated : e->op == OP_NE;
  if (!word || (e->kind == E_CMP && e->op != OP_EQ && e->op != OP_NE) ||
      names_something(sc->rs, word))
    return false;
  bool is_none = is_word(word, none), is_yes = is_word(word, yes);
  if (!is_none && !is_yes && !is_word(word, no)) return false;
  const char *name = quoted(sc, e->a);
  struct diag *d = TELL(sc, V0106, e->span, "`%s` is no value of rule files", word);
  if (is_none)
    HELP_WITH(sc, d, "write: %s is %s", name, denied ? "known" : "unknown");
  else
    HELP_WITH(sc, d, "write: %s%s", is_yes == !denied ? "" : "not ", name);
  return true;
}

/* The comparison at the end of a chain of and, or. */
static const struct expr *last_comparison(const struct expr *e) {
  while ((e->kind == E_AND || e->kind == E_OR) && !e->parens) e = e->b;
  return e;
}

bool tell_text_as_condition(const struct scope *sc, const struct expr *e) {
  const struct expr *before = last_comparison(e->a);
  if (!e->b || e->b->kind != E_STRING) return false;
  bool equal = (before->kind == E_IS && !before->negated) ||
               (before->kind == E_CMP && before->op == OP_EQ) ||
               (before->kind == E_ONEOF && !before->negated);
  bool denied = (before->kind == E_IS && before->negated) ||
                (before->kind == E_CMP && before->op == OP_NE) ||
                (before->kind == E_ONEOF && before->negated);
  const struct expr *first = before->kind == E_ONEOF ? NULL : before->b;
  if ((!equal && !denied) || (first && first->kind != E_STRING) || before->parens) return false;
  const char *list = first ? quoted(sc, first) : "";
  for (size_t i = 0; !first && i < before->list.n; i++)
    list =
        arena_printf(sc->rs->arena, "%s%s%s", list, i ? ", " : "", quoted(sc, before->list.v[i]));
  HELP_WITH(sc,
            TELL(sc, V0302, span_join(before->span, e->b->span),
                 "`%s` is a text; a condition is needed here", quoted(sc, e->b)),
            "write: %s %sone of %s, %s", quoted(sc, before->a), denied ? "not " : "", list,
            quoted(sc, e->b));
  return true;
}
