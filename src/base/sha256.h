/* SHA-256 (FIPS 180-4) and the signature that is made of it, HMAC (RFC 2104). For what a stranger
 * must not be able to make: signatures, keys of messages. For tables in memory there is hash.h. */
#ifndef VIGIE_SHA256_H
#define VIGIE_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_BYTES = 32, SHA256_BLOCK = 64, SHA256_HEX = 2 * SHA256_BYTES + 1 };

struct sha256 {
  uint32_t state[8];
  uint64_t n; /* bytes so far */
  uint8_t block[SHA256_BLOCK];
};

void sha256_begin(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *bytes, size_t n);
void sha256_end(struct sha256 *s, uint8_t digest[SHA256_BYTES]);

/* Of one text: the secret makes the signature of the message, in parts as with sha256. */
struct hmac_sha256 {
  struct sha256 inner, outer;
};
void hmac_sha256_begin(struct hmac_sha256 *h, const void *secret, size_t n);
void hmac_sha256_add(struct hmac_sha256 *h, const void *bytes, size_t n);
void hmac_sha256_end(struct hmac_sha256 *h, uint8_t digest[SHA256_BYTES]);

/* 64 small hexadecimal digits and the end. */
void sha256_hex(const uint8_t digest[SHA256_BYTES], char hex[SHA256_HEX]);

#endif
