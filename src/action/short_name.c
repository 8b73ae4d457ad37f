/* In: the owners of items. Out: the domain that most of them share, and names without it. */
#include "action/short_name.h"

#include <stdint.h>
#include <string.h>

#include "base/map.h"
#include "base/vec.h"

struct domain {
  const char *name;
  size_t items, people;
};

/* From so many people on a name without its domain is one that everybody knows. */
enum { KNOWN_PEOPLE = 5 };

struct domains {
  struct arena *a;
  struct map by_name, people;
  const struct domain *most;
  size_t addresses;
};

static void add_items(struct domains *x, const char *person, size_t items) {
  const char *at = person ? strrchr(person, '@') : NULL;
  if (!at) return;
  x->addresses += items;
  struct domain *d = map_get(&x->by_name, at);
  if (!d) {
    d = NEW(x->a, struct domain);
    d->name = at;
    map_put(&x->by_name, x->a, at, d);
  }
  d->items += items;
  d->people += !map_put(&x->people, x->a, person, d);
  if (!x->most || d->items > x->most->items) x->most = d;
}

static const char *most_common(const struct domains *x) {
  const struct domain *most = x->most;
  return most && most->people >= KNOWN_PEOPLE && most->items * 2 > x->addresses ? most->name : NULL;
}

struct person_items {
  const char *person;
  size_t n;
};

struct people {
  struct arena *a;
  struct map places; /* in the list, + 1 */
  VEC(struct person_items) list;
};

static void add_person(struct people *p, const char *person, size_t n) {
  if (!person) return;
  size_t at = (size_t)(uintptr_t)map_get(&p->places, person);
  if (!at) {
    VEC_PUSH(p->a, &p->list, ((struct person_items){person, 0}));
    map_put(&p->places, p->a, person, (void *)(uintptr_t)(at = p->list.n));
  }
  p->list.v[at - 1].n += n;
}

/* There are many items, and few who have them. */
const char *owners_domain(const struct item *const *items, size_t n,
                          const struct items_standing *standing, struct arena *a) {
  struct domains x = {.a = a};
  struct people people = {.a = a};
  for (size_t i = 0; i < n; i++) add_person(&people, items[i]->owner, 1);
  for (size_t k = 0; standing && k < standing->n_groups; k++)
    add_person(&people, standing->groups[k].owner, (size_t)standing->groups[k].n);
  for (size_t k = 0; k < people.list.n; k++)
    add_items(&x, people.list.v[k].person, people.list.v[k].n);
  return most_common(&x);
}

const char *common_domain(const struct item *const *items, size_t n, struct arena *a) {
  return owners_domain(items, n, NULL, a);
}

const char *common_domain_of(const char *const *people, const size_t *items, size_t n,
                             struct arena *a) {
  struct domains x = {.a = a};
  for (size_t i = 0; i < n; i++) add_items(&x, people[i], items[i]);
  return most_common(&x);
}

const char *short_name(const char *address, const char *domain, struct arena *a) {
  if (!address) return "nobody";
  size_t n = strlen(address), m = domain ? strlen(domain) : 0;
  if (!m || n <= m || strcmp(address + n - m, domain) != 0) return address;
  return arena_strndup(a, address, n - m);
}
