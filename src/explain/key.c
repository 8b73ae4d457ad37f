/* Keys. In: what a person typed. Out: the row, or a message with the nearest key or label. */
#include "explain/key.h"

#include <string.h>

#include "base/suggest.h"
#include "eval/row_key.h"

enum { KEYS_COMPARED = 20000 }; /* for did-you-mean */

static bool no_such_key(struct evaluation *ev, int domain, const char *key, const char *what,
                        struct arena *a, struct diags *problems) {
  const struct domain *d = &evaluation_plan(ev)->domains.v[domain];
  bool keyless = d->kind == DOM_ENTITY && !d->entity->key;
  size_t n = keyless ? 0 : evaluation_rows(ev, domain),
         some = n < KEYS_COMPARED ? n : KEYS_COMPARED;
  const char **keys = NEW_N(a, const char *, some + 1);
  for (size_t i = 0; i < some; i++) keys[i] = evaluation_row_name(ev, domain, (int32_t)i, a);
  const char *near = suggest(key, keys, some);
  if (keyless)
    return diag_fail(problems, V0704, "%s has no key: add a line `key \"column\"` under entity %s",
                     what, what);
  if (near)
    return diag_fail(problems, V0703,
                     "there is no %s with the key \"%s\": did you mean --key \"%s\"?", what, key,
                     near);
  if (!n)
    return diag_fail(problems, V0703,
                     "there is no %s with the key \"%s\": the data hold none at all", what, key);
  return diag_fail(problems, V0703, "there is no %s with the key \"%s\": keys look like \"%s\"",
                   what, key, keys[0]);
}

bool key_find(struct evaluation *ev, int domain, const char *key, const char *what, struct arena *a,
              int32_t *row, const char **found, struct diags *problems) {
  struct row_matches m = evaluation_rows_called(ev, domain, key, a);
  if (!m.n) return no_such_key(ev, domain, key, what, a, problems);
  if (m.n > 1)
    return diag_fail(problems, V0703, "--key \"%s\" may mean %zu of the groups: write %s in full",
                     key, m.n, m.forms);
  *row = m.first;
  *found = evaluation_row_name(ev, domain, m.first, a);
  return true;
}
