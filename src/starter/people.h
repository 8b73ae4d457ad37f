/* The staff of the company in the story: who looks after customers, sells, collects. Static;
 * nothing to free. */
#ifndef VIGIE_STARTER_PEOPLE_H
#define VIGIE_STARTER_PEOPLE_H

#include <stddef.h>

struct sink;

enum role { ROLE_CSM, ROLE_AE, ROLE_SDR, ROLE_LEAD };

const char *person_email(enum role role, size_t i); /* i wraps around */

void write_people(struct sink *s);

#endif
