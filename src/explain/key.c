/* Keys. In: what a person typed. Out: the row, or a message with the nearest key or label. */
#include "explain/key.h"

#include <string.h>

#include "base/suggest.h"
#include "eval/evaluation.h"

enum { KEYS_COMPARED = 20000 }; /* for did-you-mean */

static const char *row_key(struct evaluation *ev, int domain, int32_t row, struct arena *a) {
  const struct domain *d = &ev->plan->domains.v[domain];
  if (d->kind == DOM_ENTITY) return arena_strdup(a, evaluation_key(ev, domain, row));
  const char *key = NULL;
  for (size_t i = 0; i < d->dims->n; i++) {
    const char *part = evaluation_dim(ev, domain, row, (int)i);
    if (!part) part = "unknown";
    key = key ? arena_printf(a, "%s, %s", key, part) : arena_strdup(a, part);
  }
  return key;
}

static bool no_such_key(struct evaluation *ev, int domain, const char *key, const char *what,
                        struct arena *a, const char **message) {
  const struct domain *d = &ev->plan->domains.v[domain];
  bool keyless = d->kind == DOM_ENTITY && !d->entity->key;
  size_t n = keyless ? 0 : evaluation_rows(ev, domain),
         some = n < KEYS_COMPARED ? n : KEYS_COMPARED;
  const char **keys = NEW_N(a, const char *, some + 1);
  for (size_t i = 0; i < some; i++) keys[i] = row_key(ev, domain, (int32_t)i, a);
  const char *near = suggest(key, keys, some);
  if (keyless)
    *message =
        arena_printf(a, "%s has no key: add a line `key \"column\"` under entity %s", what, what);
  else if (near)
    *message = arena_printf(a, "there is no %s with the key \"%s\": did you mean --key \"%s\"?",
                            what, key, near);
  else if (!n)
    *message =
        arena_printf(a, "there is no %s with the key \"%s\": the data hold none at all", what, key);
  else
    *message = arena_printf(a, "there is no %s with the key \"%s\": keys look like \"%s\"", what,
                            key, keys[0]);
  return false;
}

bool key_find(struct evaluation *ev, int domain, const char *key, const char *what, struct arena *a,
              int32_t *row, const char **found, const char **message) {
  const struct domain *d = &ev->plan->domains.v[domain];
  *row = 0;
  *found = "company";
  if (d->kind == DOM_COMPANY) return true;
  size_t n = evaluation_rows(ev, domain);
  if (d->kind == DOM_ENTITY)
    *row = evaluation_find(ev, domain, key);
  else
    while ((size_t)*row < n && strcmp(row_key(ev, domain, *row, a), key) != 0) ++*row;
  if (*row < 0 || (size_t)*row >= n) return no_such_key(ev, domain, key, what, a, message);
  *found = row_key(ev, domain, *row, a);
  return true;
}
