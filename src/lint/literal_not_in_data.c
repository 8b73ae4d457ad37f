/* Texts that the data never holds. In: comparisons with a text, and the different texts of the
 * column. Out: the literal, with the nearest value that is there. */
#include "base/pattern.h"
#include "base/suggest.h"
#include "lint/data.h"

static const struct column_facts *texts_of(const struct lint *l, const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_AGO) t = t->a;
  if (t->kind != T_ATTR || unit_class(t->type.unit) != CLASS_TXT) return NULL;
  const struct column_facts *f = column_of(l, t->attr);
  return f && f->known && !f->too_many ? f : NULL;
}

static void check_literal(struct lint *l, const struct column_facts *f, const char *text,
                          struct span at) {
  if (map_get(&f->seen, text)) return;
  const char *near = suggest(text, f->texts.v, f->texts.n);
  struct diag *d =
      lint_tell(l, at, "no row of \"%s\" holds \"%s\" in `%s`", f->table, text, f->what);
  if (near)
    lint_help(l, d, "did you mean \"%s\"? Upper and lower case and accents count", near);
  else if (f->texts.n <= 12) {
    const char *list = "";
    for (size_t i = 0; i < f->texts.n; i++)
      list = arena_printf(l->a, "%s%s\"%s\"", list, i ? ", " : "", f->texts.v[i]);
    lint_help(l, d, "what it holds: %s", list);
  } else
    lint_help(l, d, "it holds %zu other values, such as \"%s\"", f->texts.n, f->texts.v[0]);
}

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind == T_CMP) {
    const struct term *literal = t->a->kind == T_CONST ? t->a : t->b,
                      *path = literal == t->a ? t->b : t->a;
    const struct column_facts *f =
        literal->kind == T_CONST && literal->value.text ? texts_of(l, path) : NULL;
    if (f) check_literal(l, f, literal->value.text, literal->src->span);
  }
  if (t->kind != T_ONEOF) return;
  const struct column_facts *f = texts_of(l, t->a);
  for (size_t i = 0; f && i < t->list.n; i++)
    if (t->list.v[i]->value.text)
      check_literal(l, f, t->list.v[i]->value.text, t->list.v[i]->src->span);
}

/* The reverse: a text of the data that the `one of` of its attribute does not list. */
static void check_list(struct lint *l, const struct column_facts *f) {
  if (!f->attr || !f->attr->one_of.n || !f->known || f->too_many) return;
  const char *others = "";
  size_t n = 0;
  for (size_t i = 0; i < f->texts.n; i++)
    if (!attr_lists(f->attr, f->texts.v[i]) && ++n <= 3)
      others = arena_printf(l->a, "%s%s\"%s\"", others, *others ? ", " : "", f->texts.v[i]);
  if (!n) return;
  struct diag *d =
      lint_tell(l, f->span, "\"%s\" holds %s%s in `%s`, which its `one of` does not list", f->table,
                others, n > 3 ? " and others" : "", f->what);
  lint_help(l, d, "correct the data, or add to `one of`: %s", others);
}

void lint_literal_not_in_data(struct lint *l) {
  terms_each(l, KIND(T_CMP) | KIND(T_ONEOF), check_term, l);
  for (size_t i = 0; i < l->data->columns.n; i++) check_list(l, l->data->columns.v[i]);
}

static void look_pattern(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  const struct column_facts *f = t->kind == T_MATCHES ? texts_of(l, t->a) : NULL;
  if (!f) return;
  struct pattern *p = pattern_new(t->pattern);
  bool found = false;
  for (size_t i = 0; i < f->texts.n && !found; i++)
    found = pattern_match(p, f->texts.v[i], strlen(f->texts.v[i])) == 1;
  pattern_free(p);
  if (found) return;
  struct diag *d =
      lint_tell(l, t->src->span, "no value of `%s` matches \"%s\"", f->what, t->pattern);
  lint_help(l, d,
            "`%s` holds values such as \"%s\"; (?i) at the beginning ignores upper and lower case",
            f->what, f->texts.v[0]);
}

void lint_pattern_not_in_data(struct lint *l) { terms_each(l, KIND(T_MATCHES), look_pattern, l); }
