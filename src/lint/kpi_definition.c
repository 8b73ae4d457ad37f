/* What a KPI says of itself. In: KPIs. Out: those without meaning, owner or decision. */
#include "lint/check.h"

void lint_kpi_without_meaning(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    if (k->means) continue;
    struct diag *d =
        lint_tell(l, k->span, "the KPI `%s` does not say in words what it means", k->name);
    lint_help(l, d, "add under it: means \"…\", one sentence that Finance and CS would both sign");
  }
}

void lint_kpi_without_owner(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    if (k->owner) continue;
    lint_help(l, lint_tell(l, k->span, "nobody answers for the KPI `%s`", k->name),
              "add under it: owner TEAM");
  }
}

void lint_kpi_without_decision(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    if (!k->strategic || k->decides) continue;
    struct diag *d = lint_tell(
        l, k->span, "the strategic KPI `%s` does not say which decision stands on it", k->name);
    lint_help(l, d, "add under it: decides \"…\", what would be done otherwise if it moved");
  }
}
