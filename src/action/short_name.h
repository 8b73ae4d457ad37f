/* People as a list shows them: without the part of the address that nearly all share. */
#ifndef VIGIE_SHORT_NAME_H
#define VIGIE_SHORT_NAME_H

#include "action/stand.h"
#include "base/arena.h"

/* "@acme.example" where more than half of the owners' addresses end with it; NULL: none does. */
const char *common_domain(const struct item *const *items, size_t n, struct arena *a);

/* The same with those of items that stand; NULL: there are none. */
const char *owners_domain(const struct item *const *items, size_t n,
                          const struct items_standing *standing, struct arena *a);

/* The same of people of whom each has so many items. */
const char *common_domain_of(const char *const *people, const size_t *items, size_t n,
                             struct arena *a);

/* The address without the domain (NULL: in full); "nobody" for NULL. */
const char *short_name(const char *address, const char *domain, struct arena *a);

#endif
