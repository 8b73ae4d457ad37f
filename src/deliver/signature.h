/* The signature of a plain JSON webhook: the receiver, who holds the same secret, sees that the
 * message came from here, whole, and when. */
#ifndef VIGIE_SIGNATURE_H
#define VIGIE_SIGNATURE_H

#include <stddef.h>
#include <stdint.h>

struct arena;

#define SIGNATURE_HEADER "X-Vigie-Signature"

/* "t=1772355600,v1=5257a869…": v1 is the HMAC-SHA256, in hexadecimal, of "1772355600.BODY" under
 * the secret, whose bytes are taken as they are. The time, in seconds since 1970, is signed too, so
 * that the receiver can refuse what somebody sends again later. In the arena. */
const char *sign_body(struct arena *a, const char *secret, int64_t time, const char *body,
                      size_t n);

#endif
