/* In: the text of a cell. Out: the ids in it. */
#include "import/id_cell.h"

#include <ctype.h>
#include <string.h>

static bool is_digit(char c) { return isdigit((unsigned char)c) != 0; }

static size_t digits_of(const char *text, size_t n) {
  size_t digits = 0;
  while (digits < n && is_digit(text[digits])) digits++;
  return digits;
}

/* The id without its fraction. */
static size_t without_fraction(const char *text, size_t n) {
  size_t digits = digits_of(text, n);
  return digits && n == digits + 2 && memcmp(text + digits, ".0", 2) == 0 ? digits : n;
}

/* Five characters of a Salesforce id say in one which of them are capitals. */
static char capitals_of(const char *five) {
  enum { CHARACTERS = 5 };
  unsigned bits = 0;
  for (unsigned i = 0; i < CHARACTERS; i++) bits |= (isupper((unsigned char)five[i]) != 0) << i;
  return "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits];
}

static size_t without_capitals(const char *text, size_t n) {
  enum { LONG_ID = 18, SHORT_ID = 15 };
  if (n != LONG_ID) return n;
  for (size_t i = 0; i < n; i++)
    if (!isalnum((unsigned char)text[i])) return n;
  for (size_t k = 0; k < LONG_ID - SHORT_ID; k++)
    if (toupper((unsigned char)text[SHORT_ID + k]) != capitals_of(text + k * 5)) return n;
  return SHORT_ID;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

struct id_text id_read(const char *text, size_t n) {
  while (n && is_blank(*text)) text++, n--;
  while (n && is_blank(text[n - 1])) n--;
  n = without_fraction(text, n);
  return (struct id_text){text, without_capitals(text, n)};
}

static bool separates(char c) { return strchr(";,|\r\n", c) && c; }

struct id_text id_next(const char *text, size_t n, size_t *at) {
  struct id_text id = {text, 0};
  while (!id.n && *at < n) {
    size_t from = *at, to = from;
    while (to < n && !separates(text[to])) to++;
    *at = to + 1;
    id = id_read(text + from, to - from);
  }
  return id;
}

/* Letters, digits, - and _. In a list with commas, which names of companies have, too, a digit is
 * among them. */
static bool is_plain(const struct id_text *id, bool needs_digit) {
  bool digit = false;
  for (size_t i = 0; i < id->n; i++) {
    if (!isalnum((unsigned char)id->text[i]) && !strchr("-_", id->text[i])) return false;
    digit |= is_digit(id->text[i]);
  }
  return digit || !needs_digit;
}

static bool has_plain_ids(const struct sheet_cell *c) {
  bool several = memchr(c->text, ',', c->n) || memchr(c->text, '|', c->n);
  size_t at = 0;
  for (struct id_text id; (id = id_next(c->text, c->n, &at)).n;)
    if (!is_plain(&id, several)) return false;
  return c->n > 0;
}

static bool has_separator(const struct sheet_cell *c) {
  for (size_t i = 0; i < c->n; i++)
    if (separates(c->text[i])) return true;
  return false;
}

bool cell_is_id(const struct sheet_cell *c) { return !has_separator(c) && has_plain_ids(c); }

bool cell_is_list(const struct sheet_cell *c) { return has_separator(c) && has_plain_ids(c); }

bool cell_is_fraction_of_id(const struct sheet_cell *c) {
  return without_fraction(c->text, c->n) < c->n;
}

bool cell_is_rounded_id(const struct sheet_cell *c) {
  size_t whole = digits_of(c->text, c->n), at = whole;
  if (whole != 1) return false;
  if (at < c->n && (c->text[at] == '.' || c->text[at] == ','))
    at += 1 + digits_of(c->text + at + 1, c->n - at - 1);
  if (c->n < at + 3 || (c->text[at] != 'E' && c->text[at] != 'e') || c->text[at + 1] != '+')
    return false;
  return at + 2 + digits_of(c->text + at + 2, c->n - at - 2) == c->n;
}
