/* Texts of rows. In: a row, or the values of a group. Out: its key, its name, and the rows that a
 * text may mean. */
#include "eval/row_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/key_text.h"
#include "eval/evaluation.h"

/* How the values of a group are written. */
enum key_form {
  FORM_SHORT, /* quotes where they are needed among others */
  FORM_NAME,  /* quotes where they are needed, for a value that stands alone too */
  FORM_BARE,  /* no quotes */
  FORM_FULL   /* quotes around every text */
};

static const char *value_form(const struct value *v, enum key_form form, bool alone,
                              struct arena *a) {
  char buf[96];
  if (!v->known) return form == FORM_FULL ? "(unknown)" : "unknown";
  if (unit_class(v->type.unit) != CLASS_TXT)
    return arena_strdup(a, value_exact_text(v, buf, sizeof buf));
  bool quotes = form == FORM_FULL || (form != FORM_BARE && key_needs_quotes(v->text, alone));
  return quotes ? key_in_quotes(v->text, a) : v->text;
}

static const char *group_form(const struct value *values, size_t n, enum key_form form,
                              struct arena *a) {
  CHECK(n > 0);
  const char *out = value_form(&values[0], form, n == 1, a);
  for (size_t k = 1; k < n; k++)
    out = arena_printf(a, "%s, %s", out, value_form(&values[k], form, false, a));
  return out;
}

const char *group_key(const struct value *values, size_t n, struct arena *a) {
  if (n == 1 && !values[0].known) return NULL;
  return group_form(values, n, n == 1 ? FORM_BARE : FORM_SHORT, a);
}

const char *group_name(const struct value *values, size_t n, struct arena *a) {
  return group_form(values, n, FORM_NAME, a);
}

const char *group_key_renamed(const char *key, size_t n, size_t at, const char *from,
                              const char *to, struct arena *a) {
  CHECK(at < n);
  if (n == 1) return key && strcmp(key, from) == 0 ? to : NULL;
  struct value old = {.type = {.unit = U_TEXT}, .text = from, .known = true}, now = old;
  now.text = to;
  const char *first = key;
  for (size_t i = 0; i < at && *first; i++) {
    const char *end = key_value_end(first);
    first = *end ? end + 2 : end;
  }
  const char *end = key_value_end(first), *was = value_form(&old, FORM_SHORT, false, a);
  if (strlen(was) != (size_t)(end - first) || strncmp(first, was, (size_t)(end - first)) != 0)
    return NULL;
  return arena_printf(a, "%.*s%s%s", (int)(first - key), key,
                      value_form(&now, FORM_SHORT, false, a), end);
}

static const struct value *group_values(struct evaluation *ev, int domain, int32_t row, size_t *n,
                                        struct arena *a) {
  *n = evaluation_dims(ev, domain);
  struct value *values = NEW_N(a, struct value, *n);
  for (size_t k = 0; k < *n; k++) values[k] = evaluation_dim(ev, domain, row, (int)k);
  return values;
}

static const char *row_form(struct evaluation *ev, int domain, int32_t row, enum key_form form,
                            struct arena *a) {
  size_t n;
  if (domain == 0) return "company";
  if (!evaluation_dims(ev, domain)) return evaluation_key(ev, domain, row, a);
  const struct value *values = group_values(ev, domain, row, &n, a);
  return arena_strdup(a, group_form(values, n, form, a));
}

const char *evaluation_row_key(struct evaluation *ev, int domain, int32_t row, struct arena *a) {
  size_t n;
  if (!evaluation_dims(ev, domain)) return row_form(ev, domain, row, FORM_BARE, a);
  const struct value *values = group_values(ev, domain, row, &n, a);
  const char *key = group_key(values, n, a);
  return key ? arena_strdup(a, key) : NULL;
}

const char *evaluation_row_name(struct evaluation *ev, int domain, int32_t row, struct arena *a) {
  return row_form(ev, domain, row, FORM_NAME, a);
}

/* ---- their order ---------------------------------------------------------------------- */

static int compare_values(const struct value *a, const struct value *b) {
  if (!a->known || !b->known) return b->known - a->known;
  return a->text ? strcmp(a->text, b->text) : (a->num > b->num) - (a->num < b->num);
}

int evaluation_compare_rows(const struct evaluation *ev, int domain, int32_t a, int32_t b) {
  int c = 0;
  size_t dims = evaluation_dims(ev, domain);
  const struct keymap *keys = ev->rows[domain].keys;
  for (size_t k = 0; k < dims && !c; k++) {
    struct value va = evaluation_dim(ev, domain, a, (int)k);
    struct value vb = evaluation_dim(ev, domain, b, (int)k);
    c = compare_values(&va, &vb);
  }
  if (keys) c = key_compare(keymap_key(keys, a), keymap_key(keys, b));
  return c ? c : (a > b) - (a < b);
}

struct ordering {
  const struct evaluation *ev;
  int domain;
};

static int in_order(const void *pa, const void *pb, void *ctx) {
  const struct ordering *x = ctx;
  return evaluation_compare_rows(x->ev, x->domain, *(const int32_t *)pa, *(const int32_t *)pb);
}

void evaluation_order_rows(const struct evaluation *ev, int domain, int32_t *rows, size_t n) {
  struct ordering x = {ev, domain};
  size_t i = 1;
  while (i < n && in_order(&rows[i - 1], &rows[i], &x) <= 0) i++;
  if (i < n) qsort_r(rows, n, sizeof *rows, in_order, &x);
}

/* ---- what a person typed -------------------------------------------------------------- */

enum { FORMS_NAMED = 4 };

static bool is_called(struct evaluation *ev, int domain, int32_t row, const char *text, bool *fully,
                      struct arena *a) {
  *fully = strcmp(row_form(ev, domain, row, FORM_FULL, a), text) == 0;
  return *fully || strcmp(row_form(ev, domain, row, FORM_BARE, a), text) == 0 ||
         strcmp(row_form(ev, domain, row, FORM_NAME, a), text) == 0;
}

struct row_matches evaluation_rows_called(struct evaluation *ev, int domain, const char *text,
                                          struct arena *a) {
  struct row_matches m = {.first = -1, .forms = ""};
  if (!evaluation_dims(ev, domain)) {
    m.first = domain == 0 ? 0 : evaluation_find(ev, domain, text);
    m.n = m.first >= 0;
    return m;
  }
  size_t rows = evaluation_rows(ev, domain);
  for (size_t i = 0; i < rows; i++) {
    bool fully;
    if (!is_called(ev, domain, (int32_t)i, text, &fully, a)) continue;
    if (fully) return (struct row_matches){(int32_t)i, 1, ""};
    if (m.n < FORMS_NAMED)
      m.forms = arena_printf(a, "%s%s%s", m.forms, m.n ? " or " : "",
                             row_form(ev, domain, (int32_t)i, FORM_FULL, a));
    if (!m.n++) m.first = (int32_t)i;
  }
  return m;
}
