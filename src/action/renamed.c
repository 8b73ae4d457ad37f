/* In: a rule with the values that were renamed, and the key of one of its groups. Out: the key that
 * it has now. */
#include "action/renamed.h"

#include <string.h>

#include "action/value_json.h"
#include "eval/row_key.h"

const char *renamed_key(const struct verdicts *v, const struct rule_verdict *r, const char *key,
                        struct arena *a) {
  const char *now = NULL;
  for (size_t i = 0; key && i < r->n_renamed; i++) {
    const struct group_rename *n = &r->renamed[i];
    const char *next = group_key_renamed(now ? now : key, r->n_dims, n->dim, n->from, n->to, a);
    if (next) now = next;
  }
  if (!now) return NULL;
  bool still = v->standing(v, r, key).present && !v->standing(v, r, now).present;
  return still ? NULL : now;
}

const char *renamed_values(const struct rule_verdict *r, const char *group_values,
                           struct arena *a) {
  json_t *list = group_values ? json_loads(group_values, 0, NULL) : NULL;
  if (!json_is_array(list)) {
    json_decref(list);
    return group_values;
  }
  for (size_t i = 0; i < r->n_renamed; i++) {
    const char *was = json_string_value(json_array_get(list, r->renamed[i].dim));
    if (was && strcmp(was, r->renamed[i].from) == 0)
      json_array_set_new(list, r->renamed[i].dim, text_json(r->renamed[i].to));
  }
  return json_text(list, a);
}
