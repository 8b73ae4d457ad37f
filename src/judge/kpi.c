/* KPIs on a day. In: a KPI and a day; an evaluation of what was planned for them. Out: its value
 * for each row or group, with its band. */
#include "judge/kpi.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "eval/row_key.h"
#include "judge/rule_plan.h"

/* ---- planning ------------------------------------------------------------------------- */

static int limit(struct plan *p, const struct band *b, const struct term *t, int domain,
                 day_t day) {
  return b->set && t ? plan_term(p, t, domain, day) : -1;
}

struct kpi_plan kpi_plan(struct plan *p, struct kpi *k, day_t day) {
  struct kpi_plan kp = {.kpi = k, .exists = -1, .label = -1};
  kp.domain = k->entity   ? plan_entity_domain(p, k->entity, true)
              : k->dims.n ? plan_group_domain(p, &k->dims, day)
                          : 0;
  p->in_kpi = k->dims.n > 0;
  kp.node = plan_kpi(p, k, kp.domain, day);
  p->in_kpi = 0;
  if (k->entity) {
    kp.exists = plan_exists(p, kp.domain, day);
    kp.label = plan_label(p, kp.domain);
  }
  const struct band *bands[] = {&k->green, &k->amber, &k->red};
  for (int i = 0; i < 3; i++) {
    kp.limits[i * 2] = limit(p, bands[i], bands[i]->a, kp.domain, day);
    kp.limits[i * 2 + 1] = limit(p, bands[i], bands[i]->b, kp.domain, day);
  }
  return kp;
}

void kpi_roots(struct plan *p, const struct kpi_plan *kp, node_list *roots) {
  const int nodes[] = {kp->node, kp->exists, kp->label};
  for (int i = 0; i < 3; i++)
    if (nodes[i] >= 0) VEC_PUSH(p->arena, roots, nodes[i]);
  for (int i = 0; i < BAND_LIMITS; i++)
    if (kp->limits[i] >= 0) VEC_PUSH(p->arena, roots, kp->limits[i]);
}

/* ---- reading -------------------------------------------------------------------------- */

static bool holds(enum op op, double x, const struct value *limit) {
  return limit->known && op_holds(op, x, limit->num);
}

static const char *band_of(const struct kpi *k, const struct value *v, const struct value *limits) {
  static const char *const names[] = {"green", "amber", "red"};
  const struct band *bands[] = {&k->green, &k->amber, &k->red};
  for (int i = 0; i < 3 && v->known; i++) {
    if (!bands[i]->set || !holds(bands[i]->op, v->num, &limits[i * 2])) continue;
    if (!bands[i]->b || holds(bands[i]->op2, v->num, &limits[i * 2 + 1])) return names[i];
  }
  /* Between a green and a red that leave room, without an amber of its own. */
  return v->known && k->green.set && k->red.set && !k->amber.set ? "amber" : NULL;
}

struct kpi_ctx {
  const struct kpi_plan *plan;
  struct arena *arena;
  struct kpi_day *out;
};

/* Values: the KPI, the label, the limits of the bands. */
static void take_values(void *ctx, size_t i, const struct value *values) {
  struct kpi_ctx *x = ctx;
  CHECK(i == x->out->n); /* rows come in their order */
  struct kpi_value *out = &x->out->values[x->out->n++];
  out->value = values[0];
  const struct type *type = &x->plan->kpi->term->type;
  out->value.type = *type;
  if (same_text(type->currency, CURRENCY_OWN)) out->value.type.currency = values[0].type.currency;
  if (out->value.text) out->value.text = arena_strdup(x->arena, out->value.text);
  if (values[1].known && values[1].text) out->label = arena_strdup(x->arena, values[1].text);
  out->band = band_of(x->plan->kpi, &out->value, values + 2);
  for (int i = 0; i < BAND_LIMITS; i++) {
    struct value limit = values[2 + i];
    if (x->plan->limits[i] >= 0) values_compared(&out->value, &limit);
  }
}

int kpi_compare_values(const struct value *a, const struct value *b) {
  if (a->known != b->known) return a->known ? -1 : 1;
  if (!a->known) return 0;
  return a->text ? strcmp(a->text, b->text) : (a->num > b->num) - (a->num < b->num);
}

bool kpi_has_sizes(const struct kpi *k) {
  return k->entity && unit_class(k->term->type.unit) == CLASS_NUM;
}

int kpi_compare_sizes(const struct value *a, const struct value *b) {
  if (a->known != b->known) return a->known ? -1 : 1;
  return a->known ? (a->num < b->num) - (a->num > b->num) : 0;
}

static int by_values(const void *pa, const void *pb, void *ctx) {
  size_t n = *(const size_t *)ctx;
  const struct kpi_value *a = pa, *b = pb;
  for (size_t i = 0; i < n; i++) {
    int c = kpi_compare_values(&a->by[i], &b->by[i]);
    if (c) return c;
  }
  return 0;
}

/* Which rows have a value: the rows that exist, the groups that rows fall into. */
static size_t choose_rows(struct evaluation *ev, enum domain_kind kind, const struct kpi_plan *kp,
                          int32_t *rows) {
  size_t all = evaluation_rows(ev, kp->domain), n = 0;
  uint64_t *there = xcalloc(bit_words(all) + 1, 8);
  if (kind == DOM_GROUPS)
    evaluation_groups(ev, kp->node, there);
  else if (kp->exists >= 0)
    evaluation_flags(ev, kp->exists, there);
  else
    memset(there, 0xFF, bit_words(all) * 8);
  for (size_t i = 0; i < all; i++)
    if (bit_get(there, i)) rows[n++] = (int32_t)i;
  free(there);
  if (kind != DOM_GROUPS) evaluation_order_rows(ev, kp->domain, rows, n);
  return n;
}

/* ---- the largest rows ------------------------------------------------------------------- */

struct candidate {
  struct value value;
  int32_t row;
  size_t at; /* in the order of rows */
};

static void take_candidate(void *ctx, size_t i, const struct value *values) {
  struct candidate *list = ctx;
  list[i].value = values[0];
}

static int by_size(const void *pa, const void *pb) {
  const struct candidate *a = pa, *b = pb;
  int c = kpi_compare_sizes(&a->value, &b->value);
  return c ? c : (a->at > b->at) - (a->at < b->at);
}

static int by_row(const void *pa, const void *pb) {
  int32_t a = *(const int32_t *)pa, b = *(const int32_t *)pb;
  return (a > b) - (a < b);
}

static bool make_choice(struct evaluation *ev, const struct kpi_plan *kp, const int32_t *rows,
                        size_t n, struct diags *problems) {
  struct kpi_choice *c = kp->choice;
  struct candidate *list = xcalloc(n + 1, sizeof *list);
  for (size_t i = 0; i < n; i++) list[i].row = rows[i], list[i].at = i;
  bool sized = kpi_has_sizes(kp->kpi);
  bool good = !sized || evaluation_values(ev, kp->domain, rows, n, &kp->node, 1, take_candidate,
                                          list, problems);
  if (good && sized) qsort(list, n, sizeof *list, by_size);
  c->n = n < c->most ? n : c->most;
  c->rows = NEW_N(c->arena, int32_t, c->n + 1);
  for (size_t i = 0; i < c->n; i++) c->rows[i] = list[i].row;
  qsort(c->rows, c->n, sizeof *c->rows, by_row);
  c->made = true;
  free(list);
  return good;
}

/* Of n rows in their order those that were chosen stay: so many. */
static size_t keep_chosen(const struct kpi_choice *c, int32_t *rows, size_t n) {
  size_t kept = 0;
  for (size_t i = 0; i < n; i++)
    if (bsearch(&rows[i], c->rows, c->n, sizeof *rows, by_row)) rows[kept++] = rows[i];
  return kept;
}

/* What names the row: its key, or the values of its group. */
static const struct value *by_of(struct evaluation *ev, const struct kpi_plan *kp, int32_t row,
                                 struct arena *a) {
  size_t n = kp->kpi->entity ? 1 : kp->kpi->dims.n;
  struct value *by = NEW_N(a, struct value, n + 1);
  if (kp->kpi->entity)
    by[0] = (struct value){.type = {.unit = U_TEXT},
                           .known = true,
                           .text = evaluation_row_key(ev, kp->domain, row, a)};
  for (size_t k = 0; k < n && !kp->kpi->entity; k++) {
    by[k] = evaluation_dim(ev, kp->domain, row, (int)k);
    if (by[k].text) by[k].text = arena_strdup(a, by[k].text);
  }
  return by;
}

/* Of a row of an entity nobody asks it. */
static void count_rows(struct evaluation *ev, const struct kpi_plan *kp, const int32_t *rows,
                       struct kpi_day *out) {
  if (kp->kpi->entity || !out->n) return;
  struct rows_behind *behind = xcalloc(out->n, sizeof *behind);
  evaluation_rows_behind(ev, kp->domain, rows, out->n, kp->node, behind);
  for (size_t i = 0; i < out->n; i++) {
    out->values[i].known_rows = behind[i].known;
    out->values[i].all_rows = behind[i].all;
  }
  free(behind);
}

bool kpi_read(struct evaluation *ev, const struct plan *p, const struct kpi_plan *kp,
              struct arena *a, struct kpi_day *out, struct diags *problems) {
  enum domain_kind kind = p->domains.v[kp->domain].kind;
  int32_t *rows = xmalloc((evaluation_rows(ev, kp->domain) + 1) * sizeof *rows);
  size_t n = choose_rows(ev, kind, kp, rows), n_dims = kp->kpi->dims.n, all = n;
  if (kp->choice && !kp->choice->made && !make_choice(ev, kp, rows, n, problems)) {
    free(rows);
    return false;
  }
  if (kp->choice) n = keep_chosen(kp->choice, rows, n);
  out->left_out = all - n;
  out->values = NEW_N(a, struct kpi_value, n + 1);
  for (size_t i = 0; i < n; i++) out->values[i].by = by_of(ev, kp, rows[i], a);
  struct kpi_ctx x = {kp, a, out};
  int nodes[2 + BAND_LIMITS] = {kp->node, kp->label};
  memcpy(nodes + 2, kp->limits, sizeof kp->limits);
  bool good =
      evaluation_values(ev, kp->domain, rows, n, nodes, 2 + BAND_LIMITS, take_values, &x, problems);
  if (good) count_rows(ev, kp, rows, out);
  if (kind == DOM_GROUPS) qsort_r(out->values, out->n, sizeof *out->values, by_values, &n_dims);
  free(rows);
  return good;
}
