/* In: an address. Out: its scheme, its host, and the parts that must never be shown.
 *
 * libcurl takes it apart, because libcurl will follow it: two readers could differ. */
#include "deliver/web_address.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

struct url_reader {
  const struct libcurl *curl;
  CURLU *url;
  struct arena *arena;
};

/* "" when the address has no such part. */
static const char *part_of(const struct url_reader *r, CURLUPart part, unsigned flags) {
  char *text = NULL;
  if (r->curl->url_get(r->url, part, &text, flags) != CURLUE_OK) return "";
  const char *copy = arena_strdup(r->arena, text);
  r->curl->free(text);
  return copy;
}

/* Words of an address that everybody knows: a receiver's answer may hold them. */
static bool is_public_word(const char *word) {
  static const char *const WORDS[] = {"calendars", "hooks",    "invoke",   "manual",
                                      "paths",     "services", "triggers", "webhook",
                                      "webhookb2", "webhooks", "workflows"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (same_text(word, WORDS[i])) return true;
  return false;
}

/* Of a path or a query: fewer letters are no secret, but a part of many words. */
enum { SECRET_MIN_BYTES = 4 };

static void add_pieces(struct web_address *w, struct arena *a, const char *text) {
  while (*text) {
    size_t n = strcspn(text, "/&=;,+");
    const char *piece = arena_strndup(a, text, n);
    if (n >= SECRET_MIN_BYTES && !is_public_word(piece)) VEC_PUSH(a, &w->secrets, piece);
    text += n + (text[n] != '\0');
  }
}

static const char *base64(struct arena *a, const char *text) {
  static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  size_t n = strlen(text);
  char *out = arena_alloc(a, n / 3 * 4 + 5), *to = out;
  for (size_t i = 0; i < n; i += 3) {
    unsigned long bits = (unsigned long)(unsigned char)text[i] << 16;
    if (i + 1 < n) bits |= (unsigned long)(unsigned char)text[i + 1] << 8;
    if (i + 2 < n) bits |= (unsigned char)text[i + 2];
    for (int k = 0; k < 4 && i + (size_t)k <= n; k++) *to++ = DIGITS[bits >> (18 - 6 * k) & 63];
  }
  return out;
}

/* User and password in each form in which they go over the line. */
static void add_sign_in(struct web_address *w, const struct url_reader *r) {
  static const unsigned FORMS[] = {0, CURLU_URLDECODE};
  for (int i = 0; i < 2; i++) {
    const char *user = part_of(r, CURLUPART_USER, FORMS[i]);
    const char *password = part_of(r, CURLUPART_PASSWORD, FORMS[i]);
    if (*user) VEC_PUSH(r->arena, &w->secrets, user);
    if (*password) VEC_PUSH(r->arena, &w->secrets, password);
    if (*user || *password)
      VEC_PUSH(r->arena, &w->secrets,
               base64(r->arena, arena_printf(r->arena, "%s:%s", user, password)));
  }
}

static void add_secrets(struct web_address *w, const struct url_reader *r) {
  static const CURLUPart PARTS[] = {CURLUPART_PATH, CURLUPART_QUERY, CURLUPART_FRAGMENT};
  add_sign_in(w, r);
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
    add_pieces(w, r->arena, part_of(r, PARTS[i], 0));
    add_pieces(w, r->arena, part_of(r, PARTS[i], CURLU_URLDECODE));
  }
}

static const char *trimmed(struct arena *a, const char *text) {
  static const char BLANKS[] = " \t\r\n";
  text += strspn(text, BLANKS);
  size_t n = strlen(text);
  while (n && strchr(BLANKS, text[n - 1])) n--;
  return arena_strndup(a, text, n);
}

static const char *printable_host(struct arena *a, const char *host) {
  char *copy = arena_strdup(a, host);
  for (char *p = copy; *p; p++)
    if (!isalnum((unsigned char)*p) && !strchr(".-_:[]", *p)) *p = '?';
  return copy;
}

bool web_address_read(const struct libcurl *curl, struct arena *a, const char *text,
                      struct web_address *out) {
  struct url_reader r = {curl, curl->url(), a};
  *out = (struct web_address){.text = trimmed(a, text)};
  bool read = r.url && strstr(out->text, "://") &&
              curl->url_set(r.url, CURLUPART_URL, out->text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
  if (read) {
    out->scheme = text_lower(a, part_of(&r, CURLUPART_SCHEME, 0));
    out->host = printable_host(a, part_of(&r, CURLUPART_HOST, 0));
    add_secrets(out, &r);
  }
  curl->url_cleanup(r.url);
  return read;
}
