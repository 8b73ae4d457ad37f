/* In: the owners of items. Out: the domain that most of them share, and names without it. */
#include "action/short_name.h"

#include <string.h>

#include "base/map.h"

struct domain {
  const char *name;
  size_t items, people;
};

/* From so many people on a name without its domain is one that everybody knows. */
enum { KNOWN_PEOPLE = 5 };

const char *common_domain(const struct item *const *items, size_t n, struct arena *a) {
  struct map domains = {0}, people = {0};
  const struct domain *most = NULL;
  size_t addresses = 0;
  for (size_t i = 0; i < n; i++) {
    const char *at = items[i]->owner ? strrchr(items[i]->owner, '@') : NULL;
    if (!at) continue;
    addresses++;
    struct domain *d = map_get(&domains, at);
    if (!d) {
      d = NEW(a, struct domain);
      d->name = at;
      map_put(&domains, a, at, d);
    }
    d->items++;
    d->people += !map_put(&people, a, items[i]->owner, d);
    if (!most || d->items > most->items) most = d;
  }
  return most && most->people >= KNOWN_PEOPLE && most->items * 2 > addresses ? most->name : NULL;
}

const char *short_name(const char *address, const char *domain, struct arena *a) {
  if (!address) return "nobody";
  size_t n = strlen(address), m = domain ? strlen(domain) : 0;
  if (!m || n <= m || strcmp(address + n - m, domain) != 0) return address;
  return arena_strndup(a, address, n - m);
}
