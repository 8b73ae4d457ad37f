/* In: a statement that writes one row. Out: one that writes many, and arrays of their values. */
#include "action/store/rows.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/text_buffer.h"

static const struct table {
  const char *name;
  int behind;
} tables[] = {
#define ROWS(table, behind) {#table, behind},
#include "action/store/rows.def"
#undef ROWS
};

/* ---- the statement -------------------------------------------------------------------- */

static const struct table *table_named(const char *at) {
  size_t n = strcspn(at, " ");
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    if (strlen(tables[i].name) == n && strncmp(tables[i].name, at, n) == 0) return &tables[i];
  return NULL;
}

/* "$3" as "r.v3", up to `end`; a text of ours never holds a $. */
static const char *of_rows(const char *from, const char *end, struct arena *a) {
  struct text_buffer t = {.a = a};
  for (const char *at; (at = memchr(from, '$', (size_t)(end - from))); from = at + 1) {
    text_add_n(&t, from, (size_t)(at - from));
    CHECK(isdigit((unsigned char)at[1])); /* never */
    text_add(&t, "r.v");
  }
  text_add_n(&t, from, (size_t)(end - from));
  return text_of_buffer(&t);
}

#define VALUES " VALUES ( "
#define ON_CONFLICT " ) ON CONFLICT DO NOTHING"

static bool read_insert(struct rows_form *f, const char *sql, struct arena *a) {
  const char *values = strstr(sql, VALUES), *end = sql + strlen(sql);
  if (!values) return false;
  const char *conflict = strstr(values, ON_CONFLICT);
  if (conflict ? conflict + strlen(ON_CONFLICT) != end : end[-1] != ')') return false;
  const char *first = values + strlen(VALUES), *last = conflict ? conflict : end - 1;
  f->head = arena_printf(a, "%.*s SELECT %s", (int)(values - sql), sql, of_rows(first, last, a));
  f->tail = conflict ? conflict + 2 : "";
  return true;
}

static bool read_update(struct rows_form *f, const char *sql, int n, struct arena *a) {
  const char *where = strstr(sql, " WHERE "), *end = sql + strlen(sql);
  if (!where || strstr(sql, " FROM ")) return false;
  f->head = of_rows(sql, where, a);
  f->tail = of_rows(where, end, a);
  f->changes = true;
  f->is_key = NEW_N(a, bool, n);
  for (const char *at = where; (at = strchr(at, '$')); at++) f->is_key[atoi(at + 1) - 1] = true;
  return true;
}

const struct rows_form *rows_form_of(const char *sql, int n, struct arena *a) {
  bool adds = strncmp(sql, "INSERT INTO ", 12) == 0, changes = strncmp(sql, "UPDATE ", 7) == 0;
  if ((!adds && !changes) || !n || strstr(sql, "SELECT ") || strstr(sql, " RETURNING "))
    return NULL;
  const struct table *t = table_named(sql + (adds ? 12 : 7));
  if (!t) return NULL;
  struct rows_form *f = NEW(a, struct rows_form);
  *f = (struct rows_form){.table = t->name, .behind = t->behind};
  return (adds ? read_insert(f, sql, a) : read_update(f, sql, n, a)) ? f : NULL;
}

const char *rows_sql(const struct rows_form *f, const char *const *types, int n, struct arena *a) {
  struct text_buffer t = {.a = a};
  text_add(&t, f->head);
  for (int k = 0; k < n; k++)
    text_add(&t, arena_printf(a, "%s$%d::%s[]", k ? ", " : " FROM unnest(", k + 1, types[k]));
  for (int k = 0; k < n; k++) text_add(&t, arena_printf(a, "%sv%d", k ? ", " : ") AS r (", k + 1));
  text_add(&t, ")");
  text_add(&t, f->tail);
  return text_of_buffer(&t);
}

/* ---- values --------------------------------------------------------------------------- */

static void add_element(struct text_buffer *t, const char *value) {
  if (!value) {
    text_add(t, "NULL");
    return;
  }
  text_add(t, "\"");
  for (size_t n; *value; value += n) {
    n = strcspn(value, "\"\\");
    text_add_n(t, value, n);
    if (!value[n]) break;
    text_add(t, "\\");
    text_add_n(t, value + n++, 1);
  }
  text_add(t, "\"");
}

const char *rows_array(const char *const *values, size_t n, size_t every, struct arena *a) {
  struct text_buffer t = {.a = a};
  for (size_t i = 0; i < n; i++) {
    text_add(&t, i ? "," : "{");
    add_element(&t, values[i * every]);
  }
  text_add(&t, n ? "}" : "{}");
  return text_of_buffer(&t);
}
