/* In: bytes. Out: their SHA-256, or their HMAC under a secret. */
#include "base/sha256.h"

#include <string.h>

static const uint32_t ROUND[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turned(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void fill_schedule(uint32_t w[64], const uint8_t *p) {
  for (int i = 0; i < 16; i++, p += 4)
    w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
  for (int i = 16; i < 64; i++) {
    uint32_t s0 = turned(w[i - 15], 7) ^ turned(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t s1 = turned(w[i - 2], 17) ^ turned(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
}

/* The letters of the standard: a to h are s[0] to s[7]. */
static void take_block(struct sha256 *h, const uint8_t *block) {
  uint32_t w[64], s[8];
  fill_schedule(w, block);
  memcpy(s, h->state, sizeof s);
  for (int i = 0; i < 64; i++) {
    uint32_t s1 = turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25);
    uint32_t t1 = s[7] + s1 + ((s[4] & s[5]) ^ (~s[4] & s[6])) + ROUND[i] + w[i];
    uint32_t s0 = turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22);
    uint32_t t2 = s0 + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += t1;
    s[0] = t1 + t2;
  }
  for (int i = 0; i < 8; i++) h->state[i] += s[i];
}

void sha256_begin(struct sha256 *s) {
  static const uint32_t START[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  memcpy(s->state, START, sizeof START);
  s->n = 0;
}

void sha256_add(struct sha256 *s, const void *bytes, size_t n) {
  const uint8_t *p = bytes;
  while (n) {
    size_t at = s->n % SHA256_BLOCK, take = SHA256_BLOCK - at < n ? SHA256_BLOCK - at : n;
    memcpy(s->block + at, p, take);
    s->n += take;
    p += take;
    n -= take;
    if (at + take == SHA256_BLOCK) take_block(s, s->block);
  }
}

void sha256_end(struct sha256 *s, uint8_t digest[SHA256_BYTES]) {
  static const uint8_t PAD[SHA256_BLOCK] = {0x80};
  uint64_t bits = s->n * 8;
  uint8_t length[8];
  for (int i = 0; i < 8; i++) length[i] = (uint8_t)(bits >> (56 - 8 * i));
  size_t at = s->n % SHA256_BLOCK;
  sha256_add(s, PAD, at < 56 ? 56 - at : SHA256_BLOCK + 56 - at);
  sha256_add(s, length, sizeof length);
  for (int i = 0; i < SHA256_BYTES; i++) digest[i] = (uint8_t)(s->state[i / 4] >> (24 - i % 4 * 8));
}

void hmac_sha256_begin(struct hmac_sha256 *h, const void *secret, size_t n) {
  uint8_t key[SHA256_BLOCK] = {0};
  sha256_begin(&h->inner);
  if (n > SHA256_BLOCK) {
    sha256_add(&h->inner, secret, n);
    sha256_end(&h->inner, key);
    sha256_begin(&h->inner);
  } else if (n) {
    memcpy(key, secret, n);
  }
  sha256_begin(&h->outer);
  for (int i = 0; i < SHA256_BLOCK; i++) key[i] ^= 0x36;
  sha256_add(&h->inner, key, sizeof key);
  for (int i = 0; i < SHA256_BLOCK; i++) key[i] ^= 0x36 ^ 0x5c;
  sha256_add(&h->outer, key, sizeof key);
}

void hmac_sha256_add(struct hmac_sha256 *h, const void *bytes, size_t n) {
  sha256_add(&h->inner, bytes, n);
}

void hmac_sha256_end(struct hmac_sha256 *h, uint8_t digest[SHA256_BYTES]) {
  sha256_end(&h->inner, digest);
  sha256_add(&h->outer, digest, SHA256_BYTES);
  sha256_end(&h->outer, digest);
}

void sha256_hex(const uint8_t digest[SHA256_BYTES], char hex[SHA256_HEX]) {
  static const char DIGITS[] = "0123456789abcdef";
  for (int i = 0; i < SHA256_BYTES; i++) {
    hex[2 * i] = DIGITS[digest[i] >> 4];
    hex[2 * i + 1] = DIGITS[digest[i] & 15];
  }
  hex[2 * SHA256_BYTES] = '\0';
}
