/* `opened` in `settled when`: the day on which the item opened. In: the condition. Out: its term; a
 * message where the day is asked for in a way that only rows can be, not items. */
#include <string.h>

#include "sema/sema.h"

bool is_opened(const char *name) { return strcmp(name, "opened") == 0; }

bool reads_opened(const struct term *t) {
  if (!t) return false;
  if (t->kind == T_OPENED) return true;
  for (size_t i = 0; i < t->list.n; i++)
    if (reads_opened(t->list.v[i])) return true;
  return reads_opened(t->a) || reads_opened(t->b) || reads_opened(t->c);
}

/* What an item decides by itself, where a part of it is that day (judge/opened.c). */
static bool is_decided_by_item(const struct term *t) {
  switch (t->kind) {
    case T_OPENED:
    case T_AND:
    case T_OR:
    case T_NOT:
    case T_IF:
    case T_ELSE:
    case T_CMP:
    case T_DATE_DIFF:
    case T_DATE_ADD:
    case T_DATE_DAYS:
    case T_BDAYS:
    case T_RANGE:
    case T_WITHIN:
    case T_OVERDUE:
    case T_OLDER: return true;
    default: return false;
  }
}

/* The outermost part that asks for the day as if rows had it; NULL: none. */
static const struct term *asks_a_row(const struct term *t) {
  if (!reads_opened(t)) return NULL;
  if (!is_decided_by_item(t)) return t;
  const struct term *const parts[] = {t->a, t->b, t->c};
  for (int i = 0; i < 3; i++) {
    const struct term *found = asks_a_row(parts[i]);
    if (found) return found;
  }
  return NULL;
}

struct term *type_settled(const struct scope *sc, const struct expr *e) {
  struct scope of_item = *sc;
  of_item.of_item = true;
  struct term *t = type_condition(&of_item, e);
  const struct term *row = t ? asks_a_row(t) : NULL;
  if (!row) return t;
  HELP_WITH(
      sc,
      TELL(sc, V0206, row->src->span, "`opened` is the day of one item, and `%s` is asked of rows",
           quoted(sc, row->src)),
      "compare it with a day: last_call after opened; or count from it: days since opened > "
      "14, opened + 7d < today");
  return NULL;
}

struct term *opened_term(const struct scope *sc, const struct expr *e) {
  const struct ruleset *rs = sc->rs;
  const char *name = e->path.v[0];
  bool of_row = sc->ent && has_name(rs, sc->ent, name);
  if (!of_row && !map_get(&rs->kpi_names, name) && !map_get(&rs->threshold_names, name))
    return term_new(sc, T_OPENED, e, type_of(U_DATE));
  struct diag *d = TELL(sc, V0203, e->span,
                        "in `settled when`, `opened` is the day on which the item opened, and %s "
                        "called so, too: which one is meant?",
                        of_row ? arena_printf(rs->arena, "something of %s is", sc->ent->name)
                               : "a KPI or threshold is");
  if (of_row)
    HELP_WITH(sc, d,
              "write: %s.opened; for the day of the item, give the other one "
              "another name",
              sc->ent->name);
  else
    HELP_WITH(sc, d, "give the KPI or threshold another name");
  return NULL;
}

void help_opened(const struct scope *sc, struct diag *d, const char *near) {
  for (const struct scope *s = sc; s; s = s->outer)
    if (s->of_item) {
      HELP_WITH(sc, d,
                "the day on which the item opened is not known to these rows: compare it with a "
                "day that is made of them, (latest of day over call) after opened");
      return;
    }
  HELP_WITH(sc, d,
            "%s%sthe day on which an item opened is known in `settled when` alone: settled when "
            "last_call after opened",
            near ? arena_printf(sc->rs->arena, "did you mean `%s`? ", near) : "",
            near ? "Else: " : "");
}
