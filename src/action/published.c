/* What a run says of KPIs. In: a KPI with its values on a day. Out: what is kept of them. */
#include "action/published.h"

#include "action/value_json.h"
#include "base/check.h"
#include "sema/definition.h"
#include "sema/dims.h"

const char *published_group(const struct kpi *k, const struct value *by, struct arena *a) {
  if (!k->dims.n) return "";
  json_t *o = json_object();
  for (size_t i = 0; i < k->dims.n; i++)
    json_object_set_new(o, dim_name(&k->dims, i, a), value_json(&by[i]));
  return json_text(o, a);
}

struct published_kpi published_kpi(const struct ruleset *rs, const struct kpi *k,
                                   const struct kpi_day *day, struct arena *a) {
  CHECK(kpi_is_kept(k));
  struct published *values = NEW_N(a, struct published, day->n + 1);
  for (size_t i = 0; i < day->n; i++)
    values[i] = (struct published){.group = published_group(k, day->values[i].by, a),
                                   .value = day->values[i].value,
                                   .known = day->values[i].known_rows,
                                   .rows = day->values[i].all_rows};
  const char *definition = kpi_definition(rs, k, a);
  return (struct published_kpi){.name = k->name,
                                .was = &k->was,
                                .digest = definition_digest(definition, a),
                                .definition = definition,
                                .said_on = day_today(rs->tz),
                                .values = values,
                                .n = day->n};
}
