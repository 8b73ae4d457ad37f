/* In: an address of a dataset or a state. Out: whether PostgreSQL is meant. */
#include "postgres/address.h"

#include <stddef.h>
#include <string.h>

bool is_postgres_address(const char *address) {
  static const char *const beginnings[] = {"postgresql://", "postgres://", "service="};
  for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
    if (strncmp(address, beginnings[i], strlen(beginnings[i])) == 0) return true;
  return false;
}
