/* In: a secret, a time, the body of a message. Out: the value of the header that signs it. */
#include "deliver/signature.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"

const char *sign_body(struct arena *a, const char *secret, int64_t time, const char *body,
                      size_t n) {
  char stamp[32], hex[SHA256_HEX];
  uint8_t digest[SHA256_BYTES];
  struct hmac_sha256 h;
  int stamped = snprintf(stamp, sizeof stamp, "%" PRId64 ".", time);
  hmac_sha256_begin(&h, secret, strlen(secret));
  hmac_sha256_add(&h, stamp, (size_t)stamped);
  hmac_sha256_add(&h, body, n);
  hmac_sha256_end(&h, digest);
  sha256_hex(digest, hex);
  return arena_printf(a, "t=%" PRId64 ",v1=%s", time, hex);
}
