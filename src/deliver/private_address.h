/* Which addresses lie inside: this machine, the company's own network, and what is no place at all.
 * A rule file or a variable that leads there could make vigie talk to machines that trust it. */
#ifndef VIGIE_PRIVATE_ADDRESS_H
#define VIGIE_PRIVATE_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* Of an address that a name was resolved to. Whatever is neither IPv4 nor IPv6 counts as private.
 */
bool address_is_private(const struct sockaddr *address);

#endif
