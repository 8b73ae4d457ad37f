/* In: values, one after the other. Out: JSON, the bytes that jansson writes. */
#include "action/json_out.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/decimal.h"

enum { PRINTED_AT_ONCE = 64 * 1024, FIRST_ROOM = 256, LEAST_DIGITS = 15 };

struct json_out json_measure(void) {
  return (struct json_out){.counts = true, .digits = LEAST_DIGITS};
}

struct json_out json_lines(FILE *f, int digits) {
  return (struct json_out){.f = f, .lines = true, .digits = digits};
}

struct json_out json_one_line(int digits) {
  return (struct json_out){.digits = digits};
}

/* ---- bytes ---------------------------------------------------------------------------- */

static void print_kept(struct json_out *o) {
  fwrite(o->text, 1, o->n, o->f);
  o->n = 0;
}

/* Room for so many bytes more. */
static char *room_for(struct json_out *o, size_t n) {
  if (o->f && o->n >= PRINTED_AT_ONCE) print_kept(o);
  if (o->cap - o->n < n) {
    o->cap = 2 * o->cap + n + FIRST_ROOM;
    o->text = xrealloc(o->text, o->cap);
  }
  return o->text + o->n;
}

static void put_bytes(struct json_out *o, const char *bytes, size_t n) {
  memcpy(room_for(o, n), bytes, n);
  o->n += n;
}

static void put_word(struct json_out *o, const char *word) { put_bytes(o, word, strlen(word)); }

static void put_line_end(struct json_out *o) {
  if (!o->lines) return;
  size_t n = (size_t)o->depth + 1;
  char *to = room_for(o, n);
  *to = '\n';
  memset(to + 1, ' ', n - 1);
  o->n += n;
}

/* What stands between the value before and this one. */
static void begin_value(struct json_out *o) {
  if (o->named || !o->depth) {
    o->named = false;
    return;
  }
  if (o->begun) put_word(o, ",");
  put_line_end(o);
  o->begun = true;
}

/* ---- texts ---------------------------------------------------------------------------- */

/* What stands for the byte in a text; NULL: itself. */
static const char *escape_of(unsigned char c, char buf[8]) {
  switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default:
      if (c >= ' ') return NULL;
      snprintf(buf, 8, "\\u%04X", c);
      return buf;
  }
}

static bool is_ascii(const char *text) {
  for (; *text; text++)
    if ((unsigned char)*text >= 0x80) return false;
  return true;
}

static void put_quoted(struct json_out *o, const char *text) {
  char buf[8];
  const char *from = text;
  put_word(o, "\"");
  for (; *text; text++) {
    const char *escape = escape_of((unsigned char)*text, buf);
    if (!escape) continue;
    put_bytes(o, from, (size_t)(text - from));
    put_word(o, escape);
    from = text + 1;
  }
  put_bytes(o, from, (size_t)(text - from));
  put_word(o, "\"");
}

/* What is no UTF-8 is mended by text_json. */
static void put_mended(struct json_out *o, const char *text) {
  if (is_ascii(text)) {
    put_quoted(o, text);
    return;
  }
  json_t *j = text_json(text);
  put_quoted(o, json_string_value(j));
  json_decref(j);
}

void json_put_text(struct json_out *o, const char *text) {
  if (o->counts) return;
  begin_value(o);
  if (text)
    put_mended(o, text);
  else
    put_word(o, "null");
}

void json_name(struct json_out *o, const char *name) {
  if (o->counts) return;
  CHECK(o->depth && !o->named);
  begin_value(o);
  put_mended(o, name);
  put_word(o, o->lines ? ": " : ":");
  o->named = true;
}

/* ---- other values --------------------------------------------------------------------- */

void json_open(struct json_out *o, char bracket) {
  if (o->counts) return;
  begin_value(o);
  put_bytes(o, &bracket, 1);
  o->depth++;
  o->begun = false;
}

void json_close(struct json_out *o, char bracket) {
  if (o->counts) return;
  CHECK(o->depth && !o->named);
  o->depth--;
  if (o->begun) put_line_end(o);
  put_bytes(o, &bracket, 1);
  o->begun = true;
}

void json_put_null(struct json_out *o) { json_put_text(o, NULL); }

void json_put_flag(struct json_out *o, bool is) {
  if (o->counts) return;
  begin_value(o);
  put_word(o, is ? "true" : "false");
}

void json_put_integer(struct json_out *o, long long n) {
  char buf[24];
  if (o->counts) return;
  begin_value(o);
  put_bytes(o, buf, (size_t)snprintf(buf, sizeof buf, "%lld", n));
}

void json_put_day(struct json_out *o, day_t day) {
  char buf[16];
  json_put_text(o, day == DAY_NONE || o->counts ? NULL : day_text(day, buf));
}

/* "12.5", of hundredths: the same as put_number writes, sooner. */
static void put_short(struct json_out *o, double x) {
  long long hundredths = llabs((long long)(x * 100));
  int rest = (int)(hundredths % 100);
  char buf[40];
  int n = snprintf(buf, sizeof buf, rest % 10 ? "%s%lld.%02d" : "%s%lld.%d", x < 0 ? "-" : "",
                   hundredths / 100, rest % 10 ? rest : rest / 10);
  put_bytes(o, buf, (size_t)n);
}

/* As jansson does: a sign that it is no integer, and no more of an exponent than is needed. */
static void put_number(struct json_out *o, double x) {
  char buf[40];
  int n = snprintf(buf, sizeof buf, "%.*g", o->digits, x);
  char *e = strchr(buf, 'e');
  if (e) {
    char *digits = e + 1, *from = e + 2; /* behind the sign, which there always is */
    if (*digits == '-') digits++;
    while (*from == '0') from++;
    memmove(digits, from, strlen(from) + 1);
  }
  put_bytes(o, buf, strlen(buf));
  if (!memchr(buf, '.', (size_t)n) && !e) put_word(o, ".0");
}

void json_put_real(struct json_out *o, double x) {
  if (!isfinite(x)) {
    json_put_null(o);
    return;
  }
  if (o->counts) {
    int digits = number_digits(x);
    if (digits > o->digits) o->digits = digits;
    return;
  }
  begin_value(o);
  if (o->digits == LEAST_DIGITS && number_is_short(x) && x != 0)
    put_short(o, x);
  else
    put_number(o, x);
}

static void put_numeric(struct json_out *o, const struct value *v) {
  if (!isfinite(v->num))
    json_put_null(o);
  else if (v->type.unit == U_MONEY)
    json_put_real(o, decimal_major(v->num, currency_minor(v->type.currency)));
  else if (number_is_whole(v->num))
    json_put_integer(o, (long long)v->num);
  else
    json_put_real(o, v->num);
}

void json_put_value(struct json_out *o, const struct value *v) {
  if (!v->known) {
    json_put_null(o);
    return;
  }
  switch (unit_class(v->type.unit)) {
    case CLASS_TXT: json_put_text(o, v->text); return;
    case CLASS_BOOL: json_put_flag(o, v->num != 0); return;
    case CLASS_DAY: json_put_day(o, (day_t)v->num); return;
    case CLASS_NUM: put_numeric(o, v); return;
  }
  UNREACHABLE("a class of unit.h");
}

static void put_members(struct json_out *o, json_t *tree) {
  const char *name;
  json_t *member;
  json_open(o, '{');
  json_object_foreach(tree, name, member) {
    json_name(o, name);
    json_put_tree(o, member);
  }
  json_close(o, '}');
}

static void put_elements(struct json_out *o, json_t *tree) {
  json_open(o, '[');
  for (size_t i = 0; i < json_array_size(tree); i++) json_put_tree(o, json_array_get(tree, i));
  json_close(o, ']');
}

void json_put_tree(struct json_out *o, json_t *tree) {
  switch (tree ? json_typeof(tree) : JSON_NULL) {
    case JSON_OBJECT: put_members(o, tree); return;
    case JSON_ARRAY: put_elements(o, tree); return;
    case JSON_STRING: json_put_text(o, json_string_value(tree)); return;
    case JSON_INTEGER: json_put_integer(o, json_integer_value(tree)); return;
    case JSON_REAL: json_put_real(o, json_real_value(tree)); return;
    case JSON_TRUE: json_put_flag(o, true); return;
    case JSON_FALSE: json_put_flag(o, false); return;
    case JSON_NULL: json_put_null(o); return;
  }
  UNREACHABLE("a type of jansson");
}

/* ---- the end -------------------------------------------------------------------------- */

void json_finish(struct json_out *o) {
  CHECK(o->f && !o->depth);
  put_word(o, "\n");
  print_kept(o);
  free(o->text);
}

static bool is_text(const struct json_out *o, const char *text) {
  return text && strlen(text) == o->n && memcmp(text, o->text, o->n) == 0;
}

const char *json_finished(struct json_out *o, const char *before, struct arena *a) {
  CHECK(!o->f && !o->depth);
  const char *text = is_text(o, before) ? before : arena_strndup(a, o->text, o->n);
  free(o->text);
  return text;
}

static int digits_said(void (*say)(struct json_out *o, const void *ctx), const void *ctx) {
  struct json_out measure = json_measure();
  say(&measure, ctx);
  return measure.digits;
}

void json_print_said(FILE *f, void (*say)(struct json_out *o, const void *ctx), const void *ctx) {
  struct json_out o = json_lines(f, digits_said(say, ctx));
  say(&o, ctx);
  json_finish(&o);
}

const char *json_text_said(void (*say)(struct json_out *o, const void *ctx), const void *ctx,
                           const char *before, struct arena *a) {
  struct json_out o = json_one_line(digits_said(say, ctx));
  say(&o, ctx);
  return json_finished(&o, before, a);
}
