/* In: a socket address. Out: whether it lies in one of the ranges of private_range.def. */
#include "deliver/private_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

#include "base/check.h"

struct address_range {
  const char *text;
  int bits;
  int embedded_at; /* -1: nothing is embedded */
};

static const struct address_range RANGES[] = {
#define PRIVATE_RANGE(text, bits, what) {text, bits, -1},
#define EMBEDDING_RANGE(text, bits, at) {text, bits, at},
#include "deliver/private_range.def"
#undef PRIVATE_RANGE
#undef EMBEDDING_RANGE
};

struct ip {
  int family;
  uint8_t bytes[16]; /* of IPv4 the first four */
};

static bool lies_in(const struct ip *x, const struct address_range *r) {
  struct ip start = {.family = strchr(r->text, ':') ? AF_INET6 : AF_INET};
  if (x->family != start.family) return false;
  CHECK(inet_pton(start.family, r->text, start.bytes) == 1);
  for (int bit = 0; bit < r->bits; bit += 8) {
    int left = r->bits - bit < 8 ? r->bits - bit : 8;
    uint8_t mask = (uint8_t)(0xff << (8 - left));
    if ((x->bytes[bit / 8] & mask) != start.bytes[bit / 8]) return false;
  }
  return true;
}

static bool ip_is_private(const struct ip *x) {
  for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++) {
    const struct address_range *r = &RANGES[i];
    if (!lies_in(x, r)) continue;
    if (r->embedded_at < 0) return true;
    struct ip inside = {.family = AF_INET};
    memcpy(inside.bytes, x->bytes + r->embedded_at, 4);
    return ip_is_private(&inside);
  }
  return false;
}

bool address_is_private(const struct sockaddr *address) {
  struct ip x = {.family = address->sa_family};
  if (x.family == AF_INET)
    memcpy(x.bytes, &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
  else if (x.family == AF_INET6)
    memcpy(x.bytes, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, 16);
  else
    return true;
  return ip_is_private(&x);
}
