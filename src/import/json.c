/* In: JSON: an object a line, a list of objects, or the answer of an API that holds such a list.
 * Out: a header of all keys that occur, then a row an object.
 *
 * The file is read twice, first for its keys. One object is held at a time, which jansson takes
 * apart. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/map.h"
#include "import/number_style.h"
#include "import/reading.h"
#include "import/text_pieces.h"

struct json_ctx {
  struct reading *r;
  struct arena *a;
  struct text_part block; /* what is not read yet of the block */
  long line;
  bool ended, failed; /* the file; with an error */
  bool in_list;       /* between [ and ] */
  size_t taken;       /* bytes of the object */
  size_t objects;

  struct map columns; /* by key: where it stands in keys, from 1 */
  VEC(const char *) keys;
  size_t key_bytes;        /* of all of them */
  struct text_pieces path; /* the key that is looked at, with those above it */
  bool is_row;             /* the second pass */
};

/* ---- bytes ---------------------------------------------------------------------------------- */

static bool fail_json(struct json_ctx *x, const char *what) {
  if (x->failed) return false;
  x->failed = true;
  return diag_fail(x->r->problems, V0707, "%s, line %ld: %s", x->r->path, x->line, what);
}

/* The next byte; 0: there is none. */
static char peek(struct json_ctx *x) {
  if (!x->block.n && !x->ended && !x->failed) {
    x->failed = !text_file_next(x->r->text, x->line, &x->block, x->r->problems);
    if (x->failed) x->block.n = 0;
    x->ended = !x->block.n;
  }
  return x->block.n ? *x->block.text : 0;
}

static void skip(struct json_ctx *x, size_t n) {
  CHECK(n <= x->block.n);
  for (size_t i = 0; i < n; i++) x->line += x->block.text[i] == '\n';
  x->block.text += n;
  x->block.n -= n;
}

static char skip_blanks(struct json_ctx *x) {
  char c;
  while ((c = peek(x)) && strchr(" \t\r\n", c)) skip(x, 1);
  return c;
}

/* An object ends with }: what stands behind is not given to jansson before it asks for more. */
static size_t give(void *buf, size_t cap, void *ctx) {
  struct json_ctx *x = ctx;
  if (!peek(x) || x->taken > JSON_OBJECT_MAX_BYTES) return 0;
  size_t n = x->block.n < cap ? x->block.n : cap;
  const char *brace = memchr(x->block.text, '}', n);
  if (brace) n = (size_t)(brace + 1 - x->block.text);
  memcpy(buf, x->block.text, n);
  skip(x, n);
  x->taken += n;
  return n;
}

/* ---- objects -------------------------------------------------------------------------------- */

static json_t *read_object(struct json_ctx *x) {
  json_error_t error;
  long began = x->line;
  x->taken = 0;
  json_t *object = json_load_callback(give, x, JSON_DISABLE_EOF_CHECK, &error);
  if (object) return object;
  if (x->taken > JSON_OBJECT_MAX_BYTES) {
    x->line = began;
    fail_json(x, "an object is larger than 16 MB, which is no row: export an object a line");
  } else if (json_error_code(&error) == json_error_premature_end_of_input) {
    x->line = began;
    fail_json(x, "an object begins there that does not end: the file was cut off; export it again");
  } else {
    fail_json(x, arena_printf(x->a, "the JSON has a mistake (%s): export it again", error.text));
  }
  return NULL;
}

/* The next object and the line on which it begins; NULL: there is none, or x->failed. */
static json_t *next_object(struct json_ctx *x, long *line) {
  for (;;) {
    char c = skip_blanks(x);
    *line = x->line;
    if (c == '{') return read_object(x);
    if (!c && x->in_list)
      fail_json(x, "the list does not end: the file was cut off; export it again");
    if (!c) return NULL;
    bool opens = c == '[' && !x->in_list, closes = c == ']' && x->in_list;
    if (!opens && !closes && c != ',') {
      fail_json(x, "a row has to be an object, such as {\"id\": 1}: export an object a line");
      return NULL;
    }
    if (opens || closes) x->in_list = opens;
    skip(x, 1);
  }
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* The column of x->path, from 1; it gets one in the first pass. 0: none, with an error. */
static size_t column_of(struct json_ctx *x) {
  uintptr_t at = (uintptr_t)map_get(&x->columns, x->path.bytes);
  if (at) return at;
  x->key_bytes += x->path.n + 1;
  if (x->keys.n == SHEET_MAX_COLUMNS || x->key_bytes > SHEET_ROW_MAX_BYTES)
    return (size_t)fail_json(x, "there are more keys than a table has columns (16,384)");
  const char *kept = arena_strndup(x->a, x->path.bytes, x->path.n);
  VEC_PUSH(x->a, &x->keys, kept);
  map_put(&x->columns, x->a, kept, (void *)(uintptr_t)x->keys.n);
  return x->keys.n;
}

/* As many digits as it takes to read the same number again. */
static size_t real_text(double value, char *buf) {
  size_t n = 0;
  for (int digits = 15; digits <= 17; digits++) {
    n = number_plain_text(value, digits, buf);
    if (strtod(buf, NULL) == value) break;
  }
  return n;
}

/* Of a value that is neither object nor list; in buf, or in the value. */
static struct text_part scalar_text(const json_t *value, char *buf) {
  size_t n = 0;
  if (json_is_string(value))
    return (struct text_part){json_string_value(value), json_string_length(value)};
  if (json_is_integer(value))
    n = (size_t)sprintf(buf, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
  if (json_is_real(value)) n = real_text(json_real_value(value), buf);
  if (json_is_boolean(value))
    n = (size_t)sprintf(buf, "%s", json_is_true(value) ? "true" : "false");
  return (struct text_part){buf, n};
}

/* A list, its values joined by ; and what is no plain value among them as JSON. The caller frees
 * it. */
static char *list_text(json_t *list, size_t *n) {
  char *text = NULL, buf[NUMBER_TEXT_BYTES];
  size_t i;
  json_t *value;
  FILE *out = open_memstream(&text, n);
  CHECK(out);
  json_array_foreach(list, i, value) {
    struct text_part plain = scalar_text(value, buf);
    if (i) fputc(';', out);
    if (json_is_object(value) || json_is_array(value))
      json_dumpf(value, out, JSON_COMPACT);
    else
      fwrite(plain.text, 1, plain.n, out);
  }
  fclose(out);
  return text;
}

static void set_value(struct json_ctx *x, json_t *value) {
  char buf[NUMBER_TEXT_BYTES];
  size_t column = column_of(x), n;
  if (!column || !x->is_row) return;
  if (json_is_array(value)) {
    char *text = list_text(value, &n);
    row_set(&x->r->row, column - 1, text, n, false);
    free(text);
    return;
  }
  struct text_part plain = scalar_text(value, buf);
  row_set(&x->r->row, column - 1, plain.text, plain.n, !json_is_string(value));
}

/* Below the key that stands in x->path. */
static void set_object(struct json_ctx *x, json_t *object, int depth) {
  const char *key;
  json_t *value;
  size_t above = x->path.n;
  if (depth > JSON_MAX_DEPTH) fail_json(x, "objects stand more than 20 deep in each other");
  json_object_foreach(object, key, value) {
    if (x->failed) return;
    x->path.n = above;
    if ((above && !pieces_add(&x->path, ".", 1, SHEET_CELL_MAX_BYTES)) ||
        !pieces_add(&x->path, key, strlen(key), SHEET_CELL_MAX_BYTES))
      fail_json(x, "a key is larger than 1 MB");
    else if (json_is_object(value))
      set_object(x, value, depth + 1);
    else
      set_value(x, value);
  }
  x->path.n = above;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static bool take_object(struct json_ctx *x, json_t *object, long line) {
  x->path.n = 0;
  set_object(x, object, 1);
  if (x->failed) return false;
  if (!x->is_row) return true;
  if (x->r->row.n < x->keys.n) row_set(&x->r->row, x->keys.n - 1, "", 0, false);
  return reading_hand_over(x->r, "line", line) && !x->r->enough;
}

/* The rows in the answer of an API, which is one object: Stripe's, HubSpot's, Salesforce's,
 * Microsoft's. NULL: it is a row itself. */
static json_t *rows_in(json_t *object) {
  static const char *const NAMES[] = {"data", "results", "records", "value"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
    json_t *list = json_object_get(object, NAMES[i]);
    if (json_is_object(json_array_get(list, 0))) return list;
  }
  return NULL;
}

static bool take_rows_in(struct json_ctx *x, json_t *list) {
  size_t i;
  json_t *row;
  json_array_foreach(list, i, row) {
    if (!json_is_object(row)) return fail_json(x, "a row in the list is no object");
    if (!take_object(x, row, (long)i + 1)) return false;
  }
  return true;
}

static bool take_next(struct json_ctx *x, json_t *object, long line) {
  bool only = !x->objects++ && !x->in_list && !skip_blanks(x);
  json_t *list = only && !x->failed ? rows_in(object) : NULL;
  return list ? take_rows_in(x, list) : take_object(x, object, line);
}

/* False: with an error, or enough came. */
static bool pass_over(struct json_ctx *x) {
  long line;
  json_t *object;
  bool goes_on = true;
  x->line = 1;
  x->objects = 0;
  x->block.n = 0;
  x->ended = false;
  while (goes_on && (object = next_object(x, &line))) {
    goes_on = take_next(x, object, line);
    json_decref(object);
  }
  return goes_on && !x->failed;
}

static bool hand_over_keys(struct json_ctx *x) {
  for (size_t i = 0; i < x->keys.n; i++)
    row_set(&x->r->row, i, x->keys.v[i], strlen(x->keys.v[i]), false);
  return reading_hand_over(x->r, "line", 0);
}

static bool read_twice(struct json_ctx *x) {
  struct reading *r = x->r;
  if (!pass_over(x)) return false;
  if (!x->keys.n)
    return diag_fail(r->problems, V0707, "%s is empty: no object in it has a key", r->path);
  if (!text_file_rewind(r->text, r->problems) || !hand_over_keys(x)) return false;
  x->is_row = true;
  return r->enough || pass_over(x) || r->enough;
}

/* { and a key, or [ and an object: a header of a CSV file may begin with one of them. */
bool json_looks(const struct reading *r) {
  struct text_part x = text_file_begins(r->text);
  char signs[2] = "";
  size_t n = 0;
  for (size_t i = 0; i < x.n && n < 2; i++)
    if (!strchr(" \t\r\n", x.text[i])) signs[n++] = x.text[i];
  return n == 2 && ((signs[0] == '{' && strchr("\"}", signs[1])) ||
                    (signs[0] == '[' && strchr("{[]", signs[1])));
}

bool json_reads(struct reading *r) {
  struct json_ctx x = {.r = r, .a = r->a};
  r->facts->encoding = text_file_encoding(r->text) ? text_file_encoding(r->text) : "UTF-8";
  bool ok = read_twice(&x);
  free(x.path.bytes);
  return ok;
}
