/* KPIs that nothing looks at. In: KPIs and their uses. Out: those that no rule, target or other
 * KPI names. A number of the company or of groups that somebody owns is reported: `vigie kpi` shows
 * it, and people read it. */
#include "lint/check.h"

void lint_unused_kpi(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    const struct uses *u = uses_of(&l->facts.kpis, k->name);
    bool watched = k->strategic || k->published || k->leading || k->lagging || k->decides ||
                   k->green.set || k->amber.set || k->red.set;
    watched |= !k->entity && k->owner && k->means;
    if (u->rules || u->kpis || u->targets || u->others || watched) continue;
    struct diag *d = lint_tell(l, k->span, "no rule, target or other KPI uses `%s`", k->name);
    lint_help(l, d,
              "act on it with a rule, mark it `strategic`, say what it `decides`, or remove it");
  }
}
