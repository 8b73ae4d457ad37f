/* In: figures of a policy. Out: words for them. */
#include "editor/counted.h"

#include "base/text.h"

static const json_t *counts_of(const json_t *figures, const char *rule) {
  return rule ? json_object_get(json_object_get(figures, "rules"), rule) : NULL;
}

const char *items_open_text(const json_t *figures, const char *rule, struct arena *a) {
  const json_t *counts = counts_of(figures, rule);
  const char *day = json_string_value(json_object_get(figures, "day"));
  long n = (long)json_integer_value(json_object_get(counts, "open"));
  const char *stale = json_object_get(figures, "stale") ? " …" : "";
  return counts && day ? arena_printf(a, "%ld %s%s%s", n, plural(n, "item", "items"), day, stale)
                       : NULL;
}

const char *items_counted_text(const json_t *figures, const char *rule, struct arena *a) {
  const char *open = items_open_text(figures, rule, a);
  long n = (long)json_integer_value(json_object_get(counts_of(figures, rule), "lived"));
  return open ? arena_printf(a, "%s, %ld last quarter", open, n) : NULL;
}
