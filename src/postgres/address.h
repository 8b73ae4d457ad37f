/* Which addresses (--db, --state) are those of PostgreSQL; all others are files. */
#ifndef VIGIE_POSTGRES_ADDRESS_H
#define VIGIE_POSTGRES_ADDRESS_H

#include <stdbool.h>

/* postgresql://…, postgres://…, service=NAME. */
bool is_postgres_address(const char *address);

#endif
