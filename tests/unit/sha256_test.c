/* SHA-256 and HMAC: the examples of FIPS 180-4 and of RFC 4231, whole and in pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "deliver/signature.h"

static const char *digest_of(const char *text, size_t n, size_t piece) {
  static char hex[SHA256_HEX];
  struct sha256 s;
  uint8_t digest[SHA256_BYTES];
  sha256_begin(&s);
  for (size_t i = 0; i < n; i += piece) sha256_add(&s, text + i, n - i < piece ? n - i : piece);
  sha256_end(&s, digest);
  sha256_hex(digest, hex);
  return hex;
}

static const char *hmac_of(const char *secret, size_t n_secret, const char *text, size_t n) {
  static char hex[SHA256_HEX];
  struct hmac_sha256 h;
  uint8_t digest[SHA256_BYTES];
  hmac_sha256_begin(&h, secret, n_secret);
  hmac_sha256_add(&h, text, n / 2);
  hmac_sha256_add(&h, text + n / 2, n - n / 2);
  hmac_sha256_end(&h, digest);
  sha256_hex(digest, hex);
  return hex;
}

static void the_examples_of_the_standard(void **state) {
  (void)state;
  const char *two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  assert_string_equal(digest_of("", 0, 1),
                      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert_string_equal(digest_of("abc", 3, 3),
                      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  for (size_t piece = 1; piece <= 56; piece++)
    assert_string_equal(digest_of(two, 56, piece),
                        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  char *million = xmalloc(1000000);
  memset(million, 'a', 1000000);
  assert_string_equal(digest_of(million, 1000000, 4097),
                      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  free(million);
}

/* RFC 4231, cases 1, 2, 3, 4, 6 and 7. */
static void the_signatures_of_the_standard(void **state) {
  (void)state;
  char key[131];
  memset(key, 0x0b, 20);
  assert_string_equal(hmac_of(key, 20, "Hi There", 8),
                      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  assert_string_equal(hmac_of("Jefe", 4, "what do ya want for nothing?", 28),
                      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  char dd[50];
  memset(dd, 0xdd, sizeof dd);
  memset(key, 0xaa, sizeof key);
  assert_string_equal(hmac_of(key, 20, dd, 50),
                      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  char counted[25];
  memset(dd, 0xcd, sizeof dd);
  for (int i = 0; i < 25; i++) counted[i] = (char)(i + 1);
  assert_string_equal(hmac_of(counted, 25, dd, 50),
                      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
  const char *hash_first = "Test Using Larger Than Block-Size Key - Hash Key First";
  assert_string_equal(hmac_of(key, 131, hash_first, strlen(hash_first)),
                      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  const char *larger =
      "This is a test using a larger than block-size key and a larger than block-size data. The "
      "key needs to be hashed before being used by the HMAC algorithm.";
  assert_string_equal(hmac_of(key, 131, larger, strlen(larger)),
                      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

/* Made with: printf '1772355600.{"text":"hello"}' | openssl dgst -sha256 -hmac whsec */
static void a_webhook_is_signed_with_its_time(void **state) {
  (void)state;
  struct arena *a = arena_new();
  assert_string_equal(
      sign_body(a, "whsec", 1772355600, "{\"text\":\"hello\"}", 16),
      "t=1772355600,v1=f0f3ac0236c7d1165ae1f325501536aed5eb0ac3b4350753ba7884f62eeb56ec");
  assert_string_not_equal(
      sign_body(a, "whsec", 1772355601, "{\"text\":\"hello\"}", 16) + strlen("t=1772355601"),
      sign_body(a, "whsec", 1772355600, "{\"text\":\"hello\"}", 16) + strlen("t=1772355600"));
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_examples_of_the_standard),
                                     cmocka_unit_test(the_signatures_of_the_standard),
                                     cmocka_unit_test(a_webhook_is_signed_with_its_time)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
