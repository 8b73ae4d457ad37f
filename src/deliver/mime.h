/* Parts of an internet message (RFC 5322, 2045, 2047), with CR LF at the end of every line; in the
 * arena. */
#ifndef VIGIE_MIME_H
#define VIGIE_MIME_H

#include <stdbool.h>

#include "base/arena.h"

/* "Subject: …": in words of RFC 2047 where the text is more than printable ASCII. Control
 * characters become blanks, so that a text from the data cannot add a header. */
const char *mime_header(const char *name, const char *text, struct arena *a);
/* "To: <ana@acme.example>" */
const char *mime_address(const char *name, const char *address, struct arena *a);
/* Can it stand between < and >? One @, no blanks, no signs of a header's grammar. */
bool mime_address_ok(const char *address);
/* The head and the body of a part; its text in base64, 76 signs a line. */
const char *mime_part(const char *content_type, const char *text, struct arena *a);

#endif
