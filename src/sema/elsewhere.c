/* Functions and words of other languages. In: a call or a comparison that names nothing here. Out:
 * what to write, made of what its author wrote. */
#include "sema/elsewhere.h"

#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "syntax/habits.h"
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

struct called {
  const struct scope *sc;
  const struct expr *call;
  const char **args; /* of the call, as they are written here */
};

/* As it is written, a call of another language as it is written here. */
static const char *written(const struct scope *sc, const struct expr *e) {
  static const char *const truth[] = {"true", "false"};
  const char *here = e->kind == E_CALL ? as_written_here(sc, e) : NULL;
  const char *word = e->kind == E_PATH && e->path.n == 1 ? e->path.v[0] : NULL;
  const char *habit = word && !names_something(sc->rs, word) ? habit_help(word) : NULL;
  for (size_t i = 0; word && i < 2; i++)
    if (strcasecmp(word, truth[i]) == 0) return truth[i];
  if (habit && strcmp(habit, "write: today") == 0) return "today";
  const char *own = word && !names_something(sc->rs, word) ? crm_name(sc->rs->arena, word) : NULL;
  if (own && names_something(sc->rs, own)) return own;
  if (here && *here != '!') return here;
  const char *text = quoted(sc, e);
  size_t n = strlen(text);
  bool single = n > 2 && *text == '\'' && text[n - 1] == '\''; /* 'Pro' */
  return single ? arena_printf(sc->rs->arena, "\"%.*s\"", (int)n - 2, text + 1) : text;
}

/* A part of a chain: in parentheses when it is one of the other kind. */
static const char *link(const struct called *x, size_t i, bool any) {
  const struct expr *e = x->call->list.v[i];
  bool other = e->kind == (any ? E_AND : E_OR) && !e->parens;
  return other ? arena_printf(x->sc->rs->arena, "(%s)", quoted(x->sc, e)) : x->args[i];
}

static const char *joined(const struct called *x, char sign) {
  const char *out = "", *with = sign == '|' ? " or " : sign == '&' ? " and " : ", ";
  for (size_t i = 0; i < x->call->list.n; i++)
    out = arena_printf(x->sc->rs->arena, "%s%s%s", out, i ? with : "",
                       sign == ',' ? x->args[i] : link(x, i, sign == '|'));
  return x->call->list.n ? out : NULL;
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

static const char *last_name(const struct expr *e) {
  return e->kind == E_PATH ? e->path.v[e->path.n - 1] : NULL;
}

/* The name of a value as the rows of `rows` have it: account.plan of a subscription. */
static const char *name_seen_from(const struct scope *sc, const char *rows, const struct expr *e) {
  const char *name = last_name(e), *of = entity_of(sc, e);
  const struct entity *ent = rows ? map_get(&sc->rs->entity_names, rows) : NULL;
  if (!name || !of || !ent || of == ent->name) return name;
  for (size_t i = 0; e->path.n == 1 && i < ent->attrs.n; i++)
    if (ent->attrs.v[i]->name == name) return name;
  return arena_printf(sc->rs->arena, "%s.%s", of, name);
}

/* health < 40 for health, "<40"; plan is "Pro"; region is known for region, "<>". */
static const char *criterion(const struct scope *sc, const char *rows, const struct expr *of,
                             const struct expr *e, const char *as_written) {
  static const struct {
    const char *said, *sign;
  } signs[] = {{">=", ">="}, {"<=", "<="}, {"<>", "!="}, {"!=", "!="},
               {">", ">"},   {"<", "<"},   {"=", "="}};
  struct arena *a = sc->rs->arena;
  const char *name = name_seen_from(sc, rows, of), *sign = "=", *text = e->name;
  if (!name) return NULL;
  if (e->kind != E_STRING) return arena_printf(a, "%s = %s", name, as_written);
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    size_t n = strlen(signs[i].said);
    if (strncmp(text, signs[i].said, n) != 0) continue;
    sign = signs[i].sign, text += n;
    break;
  }
  bool denied = strcmp(sign, "!=") == 0;
  if (!*text) return arena_printf(a, "%s is %s", name, denied ? "known" : "unknown");
  bool number = strspn(text, "0123456789.%-") == strlen(text);
  if (number) return arena_printf(a, "%s %s %s", name, sign, text);
  if (strpbrk(text, "*%"))
    return arena_printf(a, "%s %smatches %s", name, denied ? "not " : "",
                        wildcard_pattern(a, text, 0));
  return arena_printf(a, "%s is %s\"%s\"", name, denied ? "not " : "", text);
}

static bool is_among(const char *word, const char *const *list) {
  for (; *list; list++)
    if (strcasecmp(word, *list) == 0) return true;
  return false;
}

/* The pairs of COUNTIFS from an argument on; of SUMIF, whose third is another, the first pair. */
static const char *criteria(const struct called *x, size_t from) {
  const struct scope *sc = x->sc;
  const struct expr *call = x->call;
  size_t n = call->list.n;
  const char *out = NULL;
  static const char *const value_last[] = {"sumif", "averageif", "somme.si", "moyenne.si", NULL};
  if (is_among(call->name, value_last)) n = 2;
  if (n < from + 2 || (n - from) % 2) return NULL;
  for (size_t i = from; i + 1 < n; i += 2) {
    const char *one = criterion(sc, entity_of(sc, call->list.v[0]), call->list.v[i],
                                call->list.v[i + 1], x->args[i + 1]);
    if (!one) return NULL;
    out = out ? arena_printf(sc->rs->arena, "%s and %s", out, one) : one;
  }
  return out;
}

/* IFS(c, v, …) and SWITCH(x, a, v, …, otherwise) as a chain of `if`. */
static const char *chain(const struct called *x, bool cases) {
  const char *out = "", *otherwise = "unknown";
  struct arena *a = x->sc->rs->arena;
  size_t i = cases ? 1 : 0, n = x->call->list.n;
  if (n < i + 2) return NULL;
  for (; i + 1 < n; i += 2) {
    const char *asked = x->args[i];
    if (cases) asked = arena_printf(a, "%s = %s", x->args[0], asked);
    out = arena_printf(a, "%sif %s then %s else ", out, asked, x->args[i + 1]);
    if (!cases && i + 3 < n && x->call->list.v[i + 2]->kind == E_TRUE) {
      otherwise = x->args[i + 3];
      break;
    }
  }
  if (cases && i < n) otherwise = x->args[i];
  return arena_printf(a, "%s%s", out, otherwise);
}

/* 2026-03-01 of DATE(2026, 3, 1); NULL: these are the numbers of no day. */
static const char *date_of(const struct scope *sc, const struct expr *call) {
  int part[3];
  for (size_t i = 0; i < 3; i++) {
    const struct expr *e = call->list.n == 3 ? call->list.v[i] : NULL;
    if (!e || e->kind != E_NUMBER || e->num < 1 || e->num > 9999) return NULL;
    part[i] = (int)e->num;
    if (part[i] != e->num) return NULL;
  }
  if (day_from_civil(part[0], part[1], part[2]) == DAY_NONE) return NULL;
  return arena_printf(sc->rs->arena, "%04d-%02d-%02d", part[0], part[1], part[2]);
}

static const char *number_of(const struct scope *sc, const struct expr *e, double times) {
  return e->kind == E_NUMBER ? arena_printf(sc->rs->arena, "%.15g", e->num * times) : NULL;
}

/* The word of a unit in the first argument, day of 'day'. */
static const char *unit_word(const struct expr *e) {
  return e->kind == E_STRING ? e->name : last_name(e);
}

static const char *period_word(const struct expr *e) {
  static const char *const units[] = {"week", "month", "quarter", "year"};
  const char *word = unit_word(e);
  for (size_t i = 0; word && i < sizeof units / sizeof *units; i++)
    if (strcasecmp(word, units[i]) == 0) return units[i];
  return NULL;
}

static bool is_today(const char *text) { return strcmp(text, "today") == 0; }

/* days since signed, days until renewal; between two dates of a row, their difference. */
static const char *days_from(const struct called *x, size_t from, size_t to) {
  struct arena *a = x->sc->rs->arena;
  const char *first = x->args[from], *last = x->args[to];
  if (is_today(last)) return arena_printf(a, "days since %s", first);
  if (is_today(first)) return arena_printf(a, "days until %s", last);
  return arena_printf(a, "%s - %s", last, first);
}

static const char *business_days(const struct called *x) {
  struct arena *a = x->sc->rs->arena;
  const char *first = x->args[0], *last = x->args[1];
  if (is_today(first)) return arena_printf(a, "business days until %s", last);
  return is_today(last) ? arena_printf(a, "business days since %s", first) : NULL;
}

/* What a sign stands for that is about one argument; NULL: there is none such. */
static const char *of_argument(const struct called *x, char sign) {
  const struct scope *sc = x->sc;
  struct expr *const *v = x->call->list.v;
  switch (sign) {
    case 'A': return last_name(v[0]);
    case 'B': return last_name(v[1]);
    case 'C': return last_name(v[2]);
    case 'E': return entity_of(sc, v[0]);
    case 'S': return rows_named(sc, v[0]);
    case 'P': return pattern_of(sc, v[1], 0);
    case '^': return pattern_of(sc, v[1], '^');
    case 'Z': return pattern_of(sc, v[1], '$');
    case 'p': return pattern_of(sc, v[0], 0);
    case '%': return number_of(sc, v[1], v[1]->num <= 1 ? 100 : 1);
    case 'Q': return number_of(sc, v[1], 25);
    case 'n': return number_of(sc, v[1], 1);
    case 'u': return unit_sign(unit_word(v[0]));
    case 'T': return period_word(v[0]);
    default: return x->args[sign - '1'];
  }
}

/* end of month of (today + 1mo): months on from the first argument. */
static const char *month_on(const struct called *x) {
  const struct expr *n = x->call->list.n > 1 ? x->call->list.v[1] : NULL;
  double months = n && n->kind == E_NEG && n->a->kind == E_NUMBER ? -n->a->num
                  : n && n->kind == E_NUMBER                      ? n->num
                                                                  : 0.5;
  struct arena *a = x->sc->rs->arena;
  if (months != (int)months || months < -120 || months > 120) return NULL;
  if (months == 0) return x->args[0];
  return arena_printf(a, "(%s %c %.0fmo)", x->args[0], months < 0 ? '-' : '+',
                      months < 0 ? -months : months);
}

static const char *argument(void *ctx, char sign) {
  const struct called *x = ctx;
  switch (sign) {
    case '&':
    case '|':
    case ',': return joined(x, sign);
    case 'X': return criteria(x, 1);
    case 'x': return criteria(x, 0);
    case 'I': return chain(x, false);
    case 'W': return chain(x, true);
    case 'D': return date_of(x->sc, x->call);
    case 'b': return business_days(x);
    case 'o': return month_on(x);
    case 'd': return days_from(x, 1, 0);
    case 'f': return days_from(x, 0, 1);
    case 'e': return days_from(x, 1, 2);
    default: return x->call->list.n ? of_argument(x, sign) : NULL;
  }
}

enum { WRITTEN_MOST = 600 }; /* what is longer nobody would copy: nested calls repeat arguments */

/* Each once, however often what is written repeats it: calls stand inside calls. */
static const char **arguments_of(const struct scope *sc, const struct expr *call) {
  const char **args = NEW_N(sc->rs->arena, const char *, call->list.n + 1);
  for (size_t i = 0; i < call->list.n; i++) args[i] = written(sc, call->list.v[i]);
  return args;
}

static bool is_choice(const char *name) {
  return is_among(name, (const char *const[]){"if", "si", "iif", "iff", NULL});
}

static bool is_truth(const char *word, bool yes) {
  static const char *const truths[] = {"true", "vrai", "1", NULL};
  static const char *const lies[] = {"false", "faux", "0", NULL};
  return is_among(word, yes ? truths : lies);
}

const char *as_written_here(const struct scope *sc, const struct expr *call) {
  struct called x = {.sc = sc, .call = call};
  if (call->list.n == 3 && is_choice(call->name) && is_truth(written(sc, call->list.v[1]), true) &&
      is_truth(written(sc, call->list.v[2]), false))
    return written(sc, call->list.v[0]); /* IF(C, TRUE, FALSE) */
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    bool fits = functions[i].args < 0 || (size_t)functions[i].args == call->list.n;
    if (!fits || strcasecmp(functions[i].name, call->name) != 0) continue;
    if (!x.args) x.args = arguments_of(sc, call);
    const char *write = retell(sc->rs->arena, functions[i].write, argument, &x);
    if (write && strlen(write) <= WRITTEN_MOST) return write;
  }
  return NULL;
}

bool tell_moved_today(const struct scope *sc, const struct expr *e) {
  bool moves = e->op == OP_ADD || e->op == OP_SUB;
  if (!moves || e->a->kind != E_CALL || e->b->kind != E_NUMBER || !is_today(written(sc, e->a)))
    return false;
  struct diag *d = TELL(sc, V0205, e->span, "there is no function called `%s`", e->a->name);
  HELP_WITH(sc, d, "write: today %s %.15gd", op_text((enum op)e->op), e->b->num);
  return true;
}

/* ---- words ---------------------------------------------------------------------------- */

bool tell_word_as_value(const struct scope *sc, const struct expr *e) {
  static const char *const none[] = {"none", "null", "empty", "blank", "missing", "nothing",
                                     "nil",  "na",   "vide",  "never", NULL};
  static const char *const yes[] = {"yes", "y", "on", "oui", "true", "vrai", NULL};
  static const char *const no[] = {"no", "n", "off", "non", "false", "faux", NULL};
  const char *word = e->b && e->b->kind == E_PATH && e->b->path.n == 1 ? e->b->path.v[0] : NULL;
  bool denied = e->kind == E_IS ? e->negated : e->op == OP_NE;
  if (!word || (e->kind == E_CMP && e->op != OP_EQ && e->op != OP_NE) ||
      names_something(sc->rs, word))
    return false;
  bool is_none = is_among(word, none), is_yes = is_among(word, yes);
  if (!is_none && !is_yes && !is_among(word, no)) return false;
  const char *name = quoted(sc, e->a);
  struct diag *d = TELL(sc, V0106, e->span, "`%s` is no value of rule files", word);
  if (is_none)
    HELP_WITH(sc, d, "write: %s is %s", name, denied ? "known" : "unknown");
  else
    HELP_WITH(sc, d, "write: %s%s", is_yes == !denied ? "" : "not ", name);
  return true;
}

bool tell_sentence_as_value(const struct scope *sc, const struct expr *e, const struct term *a) {
  const char *word = e->b && e->b->kind == E_PATH && e->b->path.n == 1 ? e->b->path.v[0] : NULL;
  if (!word || e->kind != E_IS || !a || names_something(sc->rs, word)) return false;
  const char *said = arena_printf(sc->rs->arena, "is %s%s", e->negated ? "not " : "", word);
  bool moves = unit_class(a->type.unit) == CLASS_NUM;
  const char *write = sentence_about(sc->rs->arena, said, quoted(sc, e->a), moves);
  if (!write) return false;
  HELP_WITH(sc, TELL(sc, V0106, e->span, "`%s` is written otherwise in rule files", said),
            "write: %s", write);
  return true;
}

/* The comparison at the end of a chain of and, or. */
static const struct expr *last_comparison(const struct expr *e) {
  while ((e->kind == E_AND || e->kind == E_OR) && !e->parens) e = e->b;
  return e;
}

/* seats >= 100 or more */
static bool tell_or_more(const struct scope *sc, const struct expr *e, const struct expr *before) {
  static const char *const more[] = {"more", "above", "higher", "greater", "plus", "over", NULL};
  static const char *const less[] = {"less", "below", "lower", "fewer", "under", NULL};
  const char *word = e->b && e->b->kind == E_PATH && e->b->path.n == 1 ? e->b->path.v[0] : NULL;
  bool compares = before->kind == E_CMP || (before->kind == E_IS && !before->negated);
  if (!word || e->kind != E_OR || !compares || names_something(sc->rs, word)) return false;
  bool up = is_among(word, more);
  if (!up && !is_among(word, less)) return false;
  HELP_WITH(sc,
            TELL(sc, V0106, span_join(before->span, e->b->span),
                 "`or %s` is said by the sign of the comparison", word),
            "write: %s %s %s", quoted(sc, before->a), up ? ">=" : "<=", quoted(sc, before->b));
  return true;
}

static bool is_logic(const struct expr *e) {
  return e->kind == E_AND || e->kind == E_OR || e->kind == E_NOT;
}

/* Is every part of it a small whole number? */
static bool of_numbers(const struct expr *e) {
  if (is_logic(e)) return of_numbers(e->a) && (!e->b || of_numbers(e->b));
  return e->kind == E_NUMBER && e->num >= 1 && e->num <= 30 && e->num == (int)e->num;
}

bool tell_numbers_of_criteria(const struct scope *sc, const struct expr *e) {
  if (!is_logic(e) || !e->b || !of_numbers(e)) return false;
  diags_drop_inside(&sc->rs->diags, V0106, e->span); /* AND, OR: the same slip */
  HELP_WITH(sc,
            TELL(sc, V0302, e->span,
                 "`%s` joins criteria by their numbers; a condition is needed here", quoted(sc, e)),
            "put each condition in the place of its number: health < 40 and (mrr > 0 or renewal "
            "overdue)");
  return true;
}

/* csm is unknown or empty: unknown is both. */
static bool tell_or_empty(const struct scope *sc, const struct expr *e, const struct expr *before) {
  static const char *const empty[] = {"empty", "blank", "null", "missing", "none", "nil", NULL};
  const struct expr *b = e->b;
  const char *word = b && b->kind == E_PATH && b->path.n == 1 ? b->path.v[0] : NULL;
  bool same = word && e->kind == E_OR && before->kind == E_ISKNOWN && is_among(word, empty);
  if (!same || names_something(sc->rs, word)) return false;
  HELP_WITH(
      sc,
      TELL(sc, V0106, span_join(before->span, b->span), "`%s` is no condition of its own", word),
      "write: %s", quoted(sc, before));
  return true;
}

/* health < 40 or 50 */
static bool tell_number_alone(const struct scope *sc, const struct expr *e,
                              const struct expr *before) {
  if (!e->b) return false;
  bool number = e->b->kind == E_NUMBER || e->b->kind == E_PERCENT || e->b->kind == E_MONEY;
  if (!number || before->kind != E_CMP || before->parens) return false;
  HELP_WITH(sc, TELL(sc, V0302, e->b->span, "each comparison names what it compares"),
            "write: %s %s %s", quoted(sc, before->a), op_text((enum op)before->op),
            quoted(sc, e->b));
  return true;
}

bool tell_text_as_condition(const struct scope *sc, const struct expr *e) {
  const struct expr *before = last_comparison(e->a);
  if (tell_or_more(sc, e, before) || tell_or_empty(sc, e, before)) return true;
  if (tell_number_alone(sc, e, before)) return true;
  const struct expr *text = e->b; /* plan is not "Pro" or "Basic" and health < 40 */
  while (e->kind == E_OR && text && text->kind == E_AND && !text->parens) text = text->a;
  if (!text || text->kind != E_STRING) return false;
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
            TELL(sc, V0302, span_join(before->span, text->span),
                 "`%s` is a text; a condition is needed here", quoted(sc, text)),
            "write: %s %sone of %s, %s", quoted(sc, before->a), denied ? "not " : "", list,
            quoted(sc, text));
  return true;
}
