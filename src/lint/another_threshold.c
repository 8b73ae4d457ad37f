/* Thresholds of another KPI. In: comparisons and bands with a threshold that is named after a KPI,
 * nrr_floor. Out: those of a KPI that has such a threshold of its own, grr < nrr_floor. */
#include <string.h>

#include "lint/check.h"

/* _floor of nrr_floor; NULL: the threshold is not named after it. */
static const char *behind_name(const char *threshold, const char *name) {
  size_t n = strlen(name);
  return strncmp(threshold, name, n) == 0 && threshold[n] == '_' ? threshold + n : NULL;
}

static const struct threshold *threshold_called(const struct lint *l, const char *name) {
  for (size_t i = 0; i < l->rs->thresholds.n; i++)
    if (strcmp(l->rs->thresholds.v[i]->name, name) == 0) return l->rs->thresholds.v[i];
  return NULL;
}

/* The other KPI that the threshold is named after; NULL: none. */
static const struct kpi *named_after(const struct lint *l, const struct threshold *t,
                                     const struct kpi *but, const char **tail) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    if (k != but && (*tail = behind_name(t->name, k->name))) return k;
  }
  return NULL;
}

static bool band_names(const struct kpi *k, const struct threshold *t) {
  const struct band *bands[] = {&k->green, &k->amber, &k->red};
  for (int b = 0; b < 3; b++)
    if (bands[b]->set && bands[b]->a && bands[b]->a->kind == T_THRESHOLD &&
        (!t || bands[b]->a->threshold == t))
      return true;
  return false;
}

/* csat < win_floor, where the red of csat is below csat_floor, and that of win_rate below
 * win_floor. */
static bool check_bands(struct lint *l, const struct kpi *k, const struct threshold *t,
                        struct span at) {
  if (!band_names(k, NULL) || band_names(k, t)) return false;
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *other = l->rs->kpis.v[i];
    if (other == k || !band_names(other, t)) continue;
    struct diag *d = lint_tell(l, at, "`%s` is compared with `%s`, which is a bound of `%s`",
                               k->name, t->name, other->name);
    lint_note(l, d,
              k->red.set     ? k->red.span
              : k->green.set ? k->green.span
                             : k->amber.span,
              "its own is here");
    lint_help(l, d, "take the threshold of `%s`, or %s in place of %s", k->name, other->name,
              k->name);
    return true;
  }
  return false;
}

/* late of late_share_90d and late_share: the first word, which is the subject. */
static bool begins_alike(const char *x, const char *y) {
  size_t n = strcspn(x, "_"), m = strcspn(y, "_");
  return n == m && strncmp(x, y, n) == 0;
}

static bool holds_word(struct lint *l, const char *name, const char *word, size_t n) {
  const char *const words[] = {arena_strndup(l->a, word, n), NULL};
  return lint_has_word(name, words);
}

/* margin_floor, which is neither about late loads nor of another unit: the KPI is company_margin.
 */
static const struct threshold *about_it(struct lint *l, const struct kpi *k,
                                        const struct threshold *but) {
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    size_t n = strcspn(t->name, "_");
    if (t != but && t->type.unit == but->type.unit && t->name[n] &&
        holds_word(l, k->name, t->name, n))
      return t;
  }
  return NULL;
}

/* company_margin < late_share, where late_share_90d is a KPI and margin_floor a threshold. */
static void check_subject(struct lint *l, const struct kpi *k, const struct threshold *t,
                          struct span at) {
  size_t n = strcspn(t->name, "_");
  const struct kpi *other = NULL;
  if (!t->name[n] || holds_word(l, k->name, t->name, n)) return;
  for (size_t i = 0; !other && i < l->rs->kpis.n; i++)
    if (l->rs->kpis.v[i] != k && begins_alike(l->rs->kpis.v[i]->name, t->name))
      other = l->rs->kpis.v[i];
  const struct threshold *own = other ? about_it(l, k, t) : NULL;
  if (!own) return;
  struct diag *d = lint_tell(l, at, "`%s` is compared with `%s`, by its name a bound of `%s`",
                             k->name, t->name, other->name);
  lint_note(l, d, own->span, "this one is called after it");
  lint_help(l, d, "write %s, or %s in place of %s", own->name, other->name, k->name);
}

static void check_pair(struct lint *l, const struct kpi *k, const struct threshold *t,
                       struct span at) {
  const char *tail;
  if (check_bands(l, k, t, at) || behind_name(t->name, k->name)) return;
  const struct kpi *other = named_after(l, t, k, &tail);
  const char *own = other ? arena_printf(l->a, "%s%s", k->name, tail) : NULL;
  if (!own || !threshold_called(l, own)) {
    check_subject(l, k, t, at);
    return;
  }
  struct diag *d = lint_tell(l, at, "`%s` is compared with `%s`, which is named after `%s`",
                             k->name, t->name, other->name);
  lint_help(l, d, "write %s, or %s in place of %s", own, other->name, k->name);
}

static const struct kpi *kpi_of(const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_AGO) t = t->a;
  return t->kind == T_KPI ? t->kpi : NULL;
}

static void check_term(void *ctx, const struct term *t) {
  if (t->kind != T_CMP || !t->src) return;
  bool left = t->a->kind == T_THRESHOLD;
  const struct term *bound = left ? t->a : t->b, *what = left ? t->b : t->a;
  const struct kpi *k = kpi_of(what);
  if (bound->kind == T_THRESHOLD && k) check_pair(ctx, k, bound->threshold, t->src->span);
}

void lint_another_threshold(struct lint *l) {
  terms_each(l, KIND(T_CMP), check_term, l);
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    const struct band *bands[] = {&k->green, &k->amber, &k->red};
    for (int b = 0; b < 3; b++)
      if (bands[b]->set && bands[b]->a->kind == T_THRESHOLD)
        check_pair(l, k, bands[b]->a->threshold, bands[b]->span);
  }
  for (size_t i = 0; i < l->rs->targets.n; i++) {
    const struct target *t = l->rs->targets.v[i];
    bool plain = t->kpi && t->measure && t->measure->kind == T_KPI;
    if (plain && t->goal && t->goal->kind == T_THRESHOLD)
      check_pair(l, t->kpi, t->goal->threshold, t->goal->src->span);
  }
}
