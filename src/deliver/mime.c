/* In: texts. Out: lines of an internet message. */
#include "deliver/mime.h"

#include <string.h>

#include "base/text.h"

enum { WORD_BYTES = 42, LINE_BYTES = 57 }; /* a word of at most 75 signs; 76 signs of base64 */

static void base64(const char *s, size_t n, char *out) {
  static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < n; i += 3) {
    unsigned b = (unsigned char)s[i];
    b = b << 8 | (i + 1 < n ? (unsigned char)s[i + 1] : 0);
    b = b << 8 | (i + 2 < n ? (unsigned char)s[i + 2] : 0);
    *out++ = signs[b >> 18];
    *out++ = signs[b >> 12 & 63];
    *out++ = i + 1 < n ? signs[b >> 6 & 63] : '=';
    *out++ = i + 2 < n ? signs[b & 63] : '=';
  }
  *out = 0;
}

/* At most max bytes from s on that end with a whole character. */
static size_t whole_characters(const char *s, size_t n, size_t max) {
  if (n <= max) return n;
  size_t k = max;
  while (k > 0 && ((unsigned char)s[k] & 0xC0) == 0x80) k--;
  return k ? k : max;
}

const char *mime_header(const char *name, const char *text, struct arena *a) {
  char *clean = arena_strdup(a, text);
  bool plain = true;
  for (char *p = clean; *p; p++) {
    if ((unsigned char)*p < ' ' || *p == 0x7F) *p = ' ';
    plain &= (unsigned char)*p < 0x80;
  }
  size_t n = strlen(clean);
  if (plain && n <= 60) return arena_printf(a, "%s: %s\r\n", name, clean);
  const char *out = arena_printf(a, "%s:", name);
  for (const char *p = clean; *p;) {
    char word[(WORD_BYTES + 2) / 3 * 4 + 1];
    size_t k = whole_characters(p, strlen(p), WORD_BYTES);
    base64(p, k, word);
    out = arena_printf(a, "%s%s =?UTF-8?B?%s?=", out, p == clean ? "" : "\r\n", word);
    p += k;
  }
  return arena_printf(a, "%s\r\n", out);
}

bool mime_address_ok(const char *address) {
  const char *at = strchr(address, '@');
  if (!at || at == address || !at[1] || strchr(at + 1, '@')) return false;
  for (const char *p = address; *p; p++)
    if ((unsigned char)*p <= ' ' || *p == 0x7F || strchr("<>()[],;:\\\"", *p)) return false;
  return strlen(address) < 255;
}

const char *mime_address(const char *name, const char *address, struct arena *a) {
  return arena_printf(a, "%s: <%s>\r\n", name, address);
}

const char *mime_part(const char *content_type, const char *text, struct arena *a) {
  size_t n = strlen(text), lines = n / LINE_BYTES + 1;
  char *out = arena_alloc(a, lines * (76 + 2) + 1), *p = out;
  for (size_t i = 0; i < n; i += LINE_BYTES) {
    base64(text + i, n - i < LINE_BYTES ? n - i : LINE_BYTES, p);
    p += strlen(p);
    *p++ = '\r';
    *p++ = '\n';
  }
  *p = 0;
  return arena_printf(a,
                      "Content-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
                      "\r\n%s",
                      content_type, out);
}
