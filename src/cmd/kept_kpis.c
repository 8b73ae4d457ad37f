/* What a run says of KPIs. In: a rule set, and verdicts or a dataset. Out: what the state keeps. */
#include "cmd/kept_kpis.h"

#include "cmd/problems.h"
#include "judge/judge.h"

struct kept_kpis kept_kpis(const struct ruleset *rs, struct arena *a) {
  struct kept_kpis k = {.kpis = NEW_N(a, struct kpi *, rs->kpis.n + 1)};
  for (size_t i = 0; i < rs->kpis.n; i++)
    if (kpi_is_kept(rs->kpis.v[i])) k.kpis[k.n++] = rs->kpis.v[i];
  k.said = NEW_N(a, struct published_kpi, k.n + 1);
  return k;
}

void kept_take(const struct ruleset *rs, const struct verdicts *v, struct kept_kpis *k,
               struct arena *a) {
  for (size_t i = 0; i < k->n; i++)
    k->said[k->n_said++] = published_kpi(rs, k->kpis[i], &v->kpis[i], a);
}

static bool is_filled(const struct verdicts *v, struct diags *problems) {
  for (size_t i = 0; i < v->n_reads; i++)
    if (!v->reads[i].history && table_empty(&v->reads[i]))
      return diag_fail(problems, V0518, "the table \"%s\" has no rows", v->reads[i].table);
  return true;
}

static bool value_one(struct ruleset *rs, struct dataset *dataset, day_t day,
                      struct kpi *const *kpi, struct arena *a, struct published_kpi *out,
                      struct diags *problems) {
  struct judge_entry entry = {.rs = rs, .day = day, .kpis = kpi, .n_kpis = 1, .arena = a};
  struct judge_request request = {
      .dataset = dataset, .entries = &entry, .n_entries = 1, .plan = plan_new(rs, a), .arena = a};
  struct judgement *j = judge_begin(&request);
  struct verdicts *v;
  bool good = judge_next(j, &v, problems) && is_filled(v, problems);
  if (good) *out = published_kpi(rs, *kpi, &v->kpis[0], a);
  judge_end(j);
  return good;
}

void kept_value_apart(const struct args *args, struct ruleset *rs, struct dataset *dataset,
                      day_t day, struct kept_kpis *k, struct arena *a) {
  char text[16];
  for (size_t i = 0; i < k->n; i++) {
    struct diags problems = {.arena = a};
    if (value_one(rs, dataset, day, &k->kpis[i], a, &k->said[k->n_said], &problems))
      k->n_said++;
    else if (!args->quiet)
      print_note(arena_printf(a, "nothing is said of %s on %s: %s", k->kpis[i]->name,
                              day_text(day, text), diags_failure(&problems)));
  }
}
