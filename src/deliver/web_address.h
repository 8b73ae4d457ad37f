/* The address that an environment variable holds, in its parts. They are secrets, but for the
 * scheme and the host. */
#ifndef VIGIE_WEB_ADDRESS_H
#define VIGIE_WEB_ADDRESS_H

#include <stdbool.h>

#include "base/vec.h"
#include "deliver/libcurl.h"

struct web_address {
  const char *text;          /* whole, without blanks and line ends around it */
  const char *scheme;        /* "https", small letters */
  const char *host;          /* "hooks.slack.com", what can be printed of it */
  VEC(const char *) secrets; /* what no text that comes out may hold a part of */
};

/* False: this is no address of the web or of a mail server. Everything is in the arena. */
bool web_address_read(const struct libcurl *curl, struct arena *a, const char *text,
                      struct web_address *out);

#endif
