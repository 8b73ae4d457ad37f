/* The names of the starter dataset: companies, people, places. All static text; nothing is owned
 * by the caller. */
#ifndef VIGIE_STARTER_NAMES_H
#define VIGIE_STARTER_NAMES_H

#include <stddef.h>

struct arena;

/* How many different company names there are. */
size_t company_count(void);
/* The i-th of them (0 <= i < company_count()), French ones first, allocated in the arena. */
const char *company_name(struct arena *a, size_t i);
size_t company_french_count(void);

/* "Zoë", "Le Gall": i wraps around. */
const char *first_name(size_t i);
const char *last_name(size_t i);

/* "Zoë Le Gall" and "example.com" to "zoe.legall@example.com": ASCII lower case, in the arena. */
const char *email_of(struct arena *a, const char *first, const char *last, const char *domain);

#endif
