/* This month against the whole previous one. In: formulas of KPIs, conditions of rules. Out: those
 * that set what is not over yet against what is. */
#include <string.h>

#include "base/check.h"
#include "lint/check.h"
#include "sema/to_date.h"

static const char *one_back(enum period_unit unit) {
  switch (unit) {
    case PU_WEEK: return "1w";
    case PU_MONTH:
    case PU_FMONTH: return "1mo";
    case PU_QUARTER:
    case PU_FQUARTER: return "1q";
    case PU_YEAR:
    case PU_FYEAR: return "1y";
    default: UNREACHABLE("a unit that is not over today"); /* a day is */
  }
}

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  struct part_of_period found;
  if (!sets_part_against_whole(t, &found)) return;
  const char *unit = period_unit_name(found.unit), *part = lint_quote(l, found.part->src->span),
             *shifted = strchr(part, ' ') && !found.part->src->parens
                            ? arena_printf(l->a, "(%s)", part)
                            : part;
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` is of a %s that is not over, and is set against a whole one",
                part, unit);
  if (l->rs->fiscal.table && period_unit_is_fiscal(found.unit)) {
    lint_help(l, d, "of two that are over: %s on end of previous %s", shifted, unit);
    return;
  }
  lint_help(l, d,
            "against the same days of the %s before: %s %s ago; of two that are over: %s on end of "
            "previous %s",
            unit, shifted, one_back(found.unit), shifted, unit);
}

void lint_part_against_whole(struct lint *l) { ruleset_walk(l->rs, check_term, l); }
