/* Groups of a `by`. In: the dimension values of source rows. Out: a dense row for each different
 * tuple of values, and the values of a row. */
#include "eval/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/limits.h"
#include "eval/tuple.h"

/* Do values of the two types mean the same thing where they are equal, and print alike? */
static bool same_kind(const struct type *a, const struct type *b) {
  bool currency = a->currency == b->currency ||
                  (a->currency && b->currency && strcmp(a->currency, b->currency) == 0);
  return unit_class(a->unit) == unit_class(b->unit) && currency && a->percent == b->percent &&
         (a->unit == U_DURATION) == (b->unit == U_DURATION) && a->counted_in == b->counted_in;
}

/* The type of a dimension: that of the column behind it. Where the tables of one split disagree,
 * its values are compared as the texts that they are printed with. */
static struct type dim_type(const struct plan *p, int domain, size_t dim) {
  struct type type = {.unit = U_TEXT};
  bool any = false;
  for (size_t i = 0; i < p->groupings.n; i++) {
    const struct grouping *g = &p->groupings.v[i];
    const struct node *n = &p->nodes.v[g->dims[dim]];
    if (g->groups != domain || n->op == N_UNKNOWN) continue;
    if (any && !same_kind(&type, &n->type)) return (struct type){.unit = U_TEXT};
    if (!any) type = n->type;
    any = true;
  }
  return type;
}

bool group_given(const struct evaluation *ev, const struct given_group *g,
                 struct tuple_value *values) {
  const struct rows *rows = &ev->rows[g->domain];
  size_t n = ev->plan->domains.v[g->domain].dims->n;
  for (size_t k = 0; k < n; k++) {
    const char *name = g->names[k];
    bool known = strcmp(name, "unknown") != 0;
    if (known && unit_class(rows->dim_types[k].unit) != CLASS_TXT) return false;
    values[k] = (struct tuple_value){.known = known};
    if (known) values[k].text = dict_add(ev->texts, name, strlen(name));
  }
  return true;
}

/* Those that a test gives a value are there before any row. */
static void add_given(struct evaluation *ev, int domain, size_t n) {
  struct rows *rows = &ev->rows[domain];
  struct tuple_value *values = NEW_N(ev->arena, struct tuple_value, n + 1);
  for (size_t i = 0; i < ev->plan->given_groups.n; i++) {
    const struct given_group *g = &ev->plan->given_groups.v[i];
    if (g->domain == domain && group_given(ev, g, values)) tuple_set_add(rows->groups, values);
  }
  rows->n = tuple_set_size(rows->groups);
}

void groups_init(struct evaluation *ev, int domain) {
  size_t n = ev->plan->domains.v[domain].dims->n;
  struct rows *rows = &ev->rows[domain];
  rows->groups = tuple_set_new(n, ev->texts);
  rows->dim_types = NEW_N(ev->arena, struct type, n);
  for (size_t k = 0; k < n; k++) rows->dim_types[k] = dim_type(ev->plan, domain, k);
  add_given(ev, domain, n);
}

static struct value value_of(struct type type, const struct tuple_value *t) {
  struct value v = {.type = type, .known = t->known, .num = t->num};
  if (t->text) v.text = t->text->s;
  return v;
}

/* The values of a dimension as texts. */
static const struct column *as_texts(struct chunk *f, const struct column *c, struct type type) {
  struct column *out = NEW(f->scratch, struct column);
  *out = column_new(f->scratch, COL_TXT, f->n);
  for (size_t i = 0; i < f->n; i++) {
    char buf[96];
    if (!bit_get(c->valid, i)) continue;
    struct value v = {
        .type = type, .known = true, .num = c->num ? c->num[i] : (double)bit_get(c->yes, i)};
    value_exact_text(&v, buf, sizeof buf);
    out->txt[i] = dict_add(f->texts, buf, strlen(buf));
    bit_put(out->valid, i, out->txt[i] != NULL);
  }
  return out;
}

static void refuse_groups(struct chunk *f, int domain) {
  chunk_fail(f, V0516,
             "there are more than %d groups by %s, and no more are held in memory: split by "
             "something with fewer values, or leave rows out with a segment or `where`",
             GROUPS_MAX, dims_name(f->ev->plan->domains.v[domain].dims, f->arena));
}

void chunk_group_rows(struct chunk *f, const struct grouping *g, const uint64_t *mask,
                      int32_t *out) {
  const struct rows *rows = &f->ev->rows[g->groups];
  size_t n = f->ev->plan->domains.v[g->groups].dims->n;
  const struct column **columns = NEW_N(f->scratch, const struct column *, n);
  for (size_t k = 0; k < n; k++) {
    const struct node *node = &f->ev->plan->nodes.v[g->dims[k]];
    columns[k] = chunk_column(f, g->dims[k]);
    if (!columns[k]->txt && unit_class(rows->dim_types[k].unit) == CLASS_TXT)
      columns[k] = as_texts(f, columns[k], node->type);
  }
  if (!f->groups[g->groups]) f->groups[g->groups] = tuple_set_new(n, NULL);
  tuple_set_add_rows(f->groups[g->groups], columns, f->n, mask, out);
  if (!f->failed && tuple_set_size(f->groups[g->groups]) > GROUPS_MAX) refuse_groups(f, g->groups);
}

void chunk_own_groups(struct chunk *f, const struct grouping *g, struct column *out) {
  const struct rows *rows = &f->ev->rows[g->groups];
  size_t n = f->ev->plan->domains.v[g->groups].dims->n, words = bit_words(f->n);
  uint64_t named[BATCH / 64] = {0};
  int32_t own[BATCH];
  for (size_t w = 0; w < words; w++) named[w] = UINT64_MAX;
  for (size_t k = 0; k < n; k++) {
    const struct column *c = chunk_column(f, g->dims[k]);
    for (size_t w = 0; w < words; w++) named[w] &= c->valid[w];
  }
  chunk_group_rows(f, g, named, own);
  for (size_t w = 0; w < words; w++) out->valid[w] = named[w];
  for (size_t i = 0; i < f->n; i++) {
    if (own[i] < 0) continue;
    int32_t row = tuple_set_find(rows->groups, tuple_set_get(f->groups[g->groups], own[i]));
    CHECK(row >= 0); /* the groups of these rows were counted before */
    out->num[i] = row;
  }
}

size_t chunk_groups(const struct chunk *f, int domain) {
  return f->groups[domain] ? tuple_set_size(f->groups[domain]) : 0;
}

int32_t chunk_group_of(const struct chunk *f, int domain, int32_t row) {
  if (!f->groups[domain]) return -1;
  return tuple_set_find(f->groups[domain], tuple_set_get(f->ev->rows[domain].groups, row));
}

const int32_t *chunk_groups_merge(struct chunk *f, int domain) {
  struct rows *rows = &f->ev->rows[domain];
  size_t n = chunk_groups(f, domain);
  int32_t *out = NEW_N(f->arena, int32_t, n + 1);
  for (size_t i = 0; i < n; i++)
    out[i] = tuple_set_add(rows->groups, tuple_set_get(f->groups[domain], (int32_t)i));
  rows->n = tuple_set_size(rows->groups);
  return out;
}

struct value group_dim(const struct evaluation *ev, int domain, int32_t row, int dim) {
  const struct rows *rows = &ev->rows[domain];
  CHECK(dim >= 0 && (size_t)dim < ev->plan->domains.v[domain].dims->n);
  return value_of(rows->dim_types[dim], tuple_set_get(rows->groups, row) + dim);
}
