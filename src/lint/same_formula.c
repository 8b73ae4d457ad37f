/* KPIs that are one. In: KPIs. Out: two with the same formula, two with the same name in other
 * words. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "lint/check.h"

void lint_same_formula(struct lint *l) {
  struct map seen = {0};
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    if (!k->term || from_library(k->span)) continue;
    if (k->term->kind == T_KPI && !k->dims.n && !k->term->for_all && !k->term->kpi->dims.n) {
      struct diag *d =
          lint_tell(l, k->span, "`%s` is `%s` under another name", k->name, k->term->kpi->name);
      lint_note(l, d, k->term->kpi->span, "the other KPI is here");
      lint_help(l, d,
                "one number, one name: keep one of them, or write the formula that was meant");
      continue;
    }
    char *key =
        arena_printf(l->a, "%s %s", k->entity ? k->entity->name : "", term_key(l->a, k->term));
    for (size_t d = 0; d < k->dims.n; d++)
      key = arena_printf(l->a, "%s by %s", key, span_text(l->a, k->dims.v[d].path->span));
    const struct kpi *first = map_get(&seen, key);
    if (!first) {
      map_put(&seen, l->a, key, (void *)k);
      continue;
    }
    struct diag *d =
        lint_tell(l, k->span, "`%s` and `%s` have the same formula", k->name, first->name);
    lint_note(l, d, first->span, "the other KPI is here");
    lint_help(l, d, "one number, one name: keep one of them");
  }
}

static int by_text(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* monthly_revenues, revenue_monthly, MonthlyRevenue: "monthly revenue" */
static const char *words_of(struct lint *l, const char *name) {
  char *spaced = arena_alloc(l->a, strlen(name) * 2 + 1), *w = spaced;
  for (const char *p = name; *p; p++) {
    bool upper = *p >= 'A' && *p <= 'Z', after_lower = p > name && p[-1] >= 'a' && p[-1] <= 'z';
    if (upper && after_lower) *w++ = ' ';
    *w++ = *p == '_' ? ' ' : *p;
  }
  *w = 0;
  name_list words = {0};
  char *text = arena_strdup(l->a, text_lower(l->a, spaced)), *rest = NULL;
  for (char *p = strtok_r(text, " ", &rest); p; p = strtok_r(NULL, " ", &rest)) {
    size_t len = strlen(p);
    if (len > 3 && p[len - 1] == 's' && p[len - 2] != 's') p[len - 1] = 0;
    VEC_PUSH(l->a, &words, p);
  }
  if (words.n) qsort(words.v, words.n, sizeof *words.v, by_text);
  char *out = arena_strdup(l->a, "");
  for (size_t i = 0; i < words.n; i++) out = arena_printf(l->a, "%s %s", out, words.v[i]);
  return out;
}

void lint_same_name(struct lint *l) {
  struct map seen = {0};
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    if (from_library(k->span)) continue;
    const char *key = words_of(l, k->name);
    const struct kpi *first = map_get(&seen, key);
    if (!first) {
      map_put(&seen, l->a, key, (void *)k);
      continue;
    }
    struct diag *d =
        lint_tell(l, k->span, "`%s` and `%s` are one name in other words", k->name, first->name);
    lint_note(l, d, first->span, "the other KPI is here");
    lint_help(l, d, "if they differ, let the names say in what; if not, keep one of them");
  }
}
