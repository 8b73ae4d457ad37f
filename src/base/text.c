/* Unicode text. In: bytes. Out: validity, normal forms, widths. */
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/terminal.h"

static utf8proc_ssize_t next(const char *s, size_t n, utf8proc_int32_t *cp) {
  return utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, cp);
}

bool text_utf8_valid(const char *s, size_t n, size_t *bad) {
  for (size_t i = 0; i < n;) {
    if ((unsigned char)s[i] < 0x80) {
      i++;
      continue;
    }
    utf8proc_int32_t cp;
    utf8proc_ssize_t len = next(s + i, n - i, &cp);
    if (len <= 0) {
      if (bad) *bad = i;
      return false;
    }
    i += (size_t)len;
  }
  return true;
}

/* How many bytes from s on are printed as they are: plain ASCII, most of what there is. */
static size_t plain_run(const char *s, size_t n) {
  size_t i = 0;
  while (i < n && s[i] >= ' ' && s[i] <= '~') i++;
  return i;
}

/* How wide the sign at s is; *bytes: how long. 1 and 1: of ASCII, or no UTF-8. */
static int sign_width(const char *s, size_t n, size_t *bytes) {
  utf8proc_int32_t cp;
  utf8proc_ssize_t len = (unsigned char)*s < 0x80 ? 0 : next(s, n, &cp);
  *bytes = len > 0 ? (size_t)len : 1;
  return len > 0 ? utf8proc_charwidth(cp) : 1;
}

int text_width(const char *s, size_t n) {
  int w = 0;
  for (size_t i = 0, bytes; i < n; i += bytes) {
    size_t plain = plain_run(s + i, n - i);
    w += (int)plain, i += plain;
    if (i == n) break;
    w += sign_width(s + i, n - i, &bytes);
  }
  return w;
}

size_t text_within(const char *s, size_t n, int room) {
  size_t i = 0;
  for (size_t bytes; i < n && room > 0; i += bytes) room -= sign_width(s + i, n - i, &bytes);
  return i;
}

void text_print_safe(FILE *out, const char *s, size_t n) {
  for (size_t i = 0; i < n;) {
    size_t plain = plain_run(s + i, n - i);
    if (plain) {
      fwrite(s + i, 1, plain, out);
      i += plain;
      continue;
    }
    utf8proc_int32_t cp;
    utf8proc_ssize_t len = next(s + i, n - i, &cp);
    if (len <= 0) {
      fputc('?', out);
      i++;
      continue;
    }
    if (cp == '\t')
      fputc(' ', out);
    else if (utf8proc_category(cp) == UTF8PROC_CATEGORY_CC)
      fputc('?', out);
    else
      fwrite(s + i, 1, (size_t)len, out);
    i += (size_t)len;
  }
}

/* How much of the text stands in a line of so many cells: up to a space. A first word that has no
 * room stays whole all the same, unless it may go below. */
static size_t line_end(const char *s, size_t n, int room, bool may_go_below) {
  size_t end = 0;
  for (size_t i = 0; i <= n; i++) {
    if (i < n && s[i] != ' ') continue;
    if ((end || may_go_below) && text_width(s, i) > room) break;
    end = i;
    while (i + 1 < n && s[i + 1] == ' ') i++;
  }
  return end;
}

void text_print_from(FILE *out, int at, int under, const char *s, size_t n) {
  int width = term_room(out);
  while (width > 0 && at + text_width(s, n) > width) {
    size_t lead = 0; /* what a line begins with is not where it ends */
    while (lead < n && s[lead] == ' ') lead++;
    size_t end = lead + line_end(s + lead, n - lead, width - at - (int)lead, at > under);
    text_print_safe(out, s, end);
    while (end < n && s[end] == ' ') end++;
    s += end, n -= end;
    if (!n) break;
    fprintf(out, "\n%*s", at = under, "");
  }
  text_print_safe(out, s, n);
  fputc('\n', out);
}

void text_print_line(FILE *out, const char *fmt, ...) {
  enum { UNDER = 2 };
  char *line = NULL;
  va_list ap;
  va_start(ap, fmt);
  int n = vasprintf(&line, fmt, ap);
  va_end(ap);
  if (n < 0) return; /* no memory to say it in */
  text_print_from(out, 0, (int)strspn(line, " ") + UNDER, line, (size_t)n);
  free(line);
}

static bool is_blank(utf8proc_int32_t cp) {
  if (cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0xFEFF) return true;
  return cp >= 0x80 && (utf8proc_category(cp) == UTF8PROC_CATEGORY_ZS ||
                        utf8proc_category(cp) == UTF8PROC_CATEGORY_ZL ||
                        utf8proc_category(cp) == UTF8PROC_CATEGORY_ZP);
}

bool text_is_clean_ascii(const char *s, size_t n) {
  if (n == 0) return true;
  if ((unsigned char)s[0] <= ' ' || (unsigned char)s[n - 1] <= ' ') return false;
  unsigned char any = 0;
  for (size_t i = 0; i < n; i++) any |= (unsigned char)s[i];
  return any < 0x80;
}

const char *text_clean(struct arena *a, const char *s, size_t n, size_t *out_n) {
  utf8proc_int32_t cp;
  utf8proc_ssize_t len;
  while (n && (len = next(s, n, &cp)) > 0 && is_blank(cp)) s += len, n -= (size_t)len;
  while (n) { /* back over one character */
    size_t k = 1;
    while (k < n && k < 4 && ((unsigned char)s[n - k] & 0xC0) == 0x80) k++;
    if (next(s + n - k, k, &cp) <= 0 || !is_blank(cp)) break;
    n -= k;
  }
  bool ascii = true;
  for (size_t i = 0; i < n && ascii; i++) ascii = (unsigned char)s[i] < 0x80;
  utf8proc_uint8_t *nfc = NULL;
  utf8proc_ssize_t m = -1;
  if (!ascii)
    m = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &nfc,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  const char *r = m >= 0 ? arena_strndup(a, (const char *)nfc, (size_t)m) : arena_strndup(a, s, n);
  *out_n = m >= 0 ? (size_t)m : n;
  free(nfc);
  return r;
}

int text_name_char(const char *s, size_t n, bool start) {
  utf8proc_int32_t cp;
  utf8proc_ssize_t len = next(s, n, &cp);
  if (len <= 0) return 0;
  if (cp < 0x80) {
    bool letter = (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || cp == '_';
    return letter || (!start && cp >= '0' && cp <= '9') ? 1 : 0;
  }
  switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL: return (int)len;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND: return start ? 0 : (int)len;
    default: return 0;
  }
}

static const char *map_case(struct arena *a, const char *s,
                            utf8proc_int32_t (*f)(utf8proc_int32_t)) {
  size_t n = strlen(s);
  char *out = arena_alloc(a, n * 3 + 1), *w = out;
  for (size_t i = 0; i < n;) {
    utf8proc_int32_t cp;
    utf8proc_ssize_t len = next(s + i, n - i, &cp);
    if (len <= 0) {
      *w++ = s[i++];
      continue;
    }
    w += utf8proc_encode_char(f(cp), (utf8proc_uint8_t *)w);
    i += (size_t)len;
  }
  *w = 0;
  return out;
}

const char *text_lower(struct arena *a, const char *s) { return map_case(a, s, utf8proc_tolower); }
const char *text_upper(struct arena *a, const char *s) { return map_case(a, s, utf8proc_toupper); }

size_t text_length(const char *s) {
  size_t k = 0;
  for (; *s; s++) k += ((unsigned char)*s & 0xC0) != 0x80;
  return k;
}

bool same_text(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

static bool ends_in(const char *s, size_t n, const char *end) {
  size_t k = strlen(end);
  return n >= k && memcmp(s + n - k, end, k) == 0;
}

const char *plural_name(struct arena *a, const char *name) {
  static const char *const hiss[] = {"s", "x", "z", "ch", "sh"};
  size_t n = strlen(name);
  if (n > 1 && name[n - 1] == 'y' && !strchr("aeiou", name[n - 2]))
    return arena_printf(a, "%.*sies", (int)n - 1, name);
  for (size_t i = 0; i < sizeof hiss / sizeof *hiss; i++)
    if (ends_in(name, n, hiss[i])) return arena_printf(a, "%ses", name);
  return arena_printf(a, "%ss", name);
}

const char *counted_name(struct arena *a, long n, const char *name) {
  return n == 1 ? name : plural_name(a, name);
}

const char *plural(long n, const char *one, const char *many) { return n == 1 ? one : many; }

const char *text_folded(struct arena *a, const char *s) {
  utf8proc_uint8_t *folded = NULL;
  utf8proc_map((const utf8proc_uint8_t *)s, 0, &folded,
               UTF8PROC_NULLTERM | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
                   UTF8PROC_CASEFOLD);
  const char *out = arena_strdup(a, folded ? (const char *)folded : s);
  free(folded);
  return out;
}

const char *text_percent(struct arena *a, const char *s, const char *kept) {
  char *out = arena_alloc(a, strlen(s) * 3 + 1), *w = out;
  for (; *s; s++) {
    unsigned char c = (unsigned char)*s;
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 strchr(kept, c);
    if (plain)
      *w++ = *s;
    else
      w += sprintf(w, "%%%02X", c);
  }
  *w = 0;
  return out;
}

/* Bytes of a sign beyond ASCII that is no letter, such as ’ and °. */
static size_t sign_bytes(const char *s) {
  size_t n = strncmp(s, "\xE2\x80", 2) == 0 ? 3 : (unsigned char)*s == 0xC2 ? 2 : 0;
  return strnlen(s, n) == n ? n : 0;
}

const char *text_word(struct arena *a, const char *s) {
  char *word = arena_strdup(a, text_folded(a, s)), *w = word;
  for (const char *c = word; *c; c++) {
    size_t sign = sign_bytes(c);
    if (sign)
      c += sign - 1;
    else if (isalnum((unsigned char)*c) || (unsigned char)*c > 0x7F)
      *w++ = *c;
  }
  *w = 0;
  return word;
}

const char *text_shell_word(struct arena *a, const char *word) {
  const char *plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./@+:,=";
  if (*word && strspn(word, plain) == strlen(word)) return word;
  const char *out = "'";
  for (; *word; word++)
    out = *word == '\'' ? arena_printf(a, "%s'\\''", out) : arena_printf(a, "%s%c", out, *word);
  return arena_printf(a, "%s'", out);
}
