/* Partial values. In: aggregates with their counts of rows, and what is computed from them. Out:
 * which values went without some row, and how many of how many went into one. */
#include "eval/partial.h"

bool *partial_nodes(const struct plan *p, struct arena *a) {
  bool *out = NEW_N(a, bool, p->nodes.n + 1);
  for (size_t i = 0; i < p->nodes.n; i++) { /* operands stand before what is made of them */
    const struct node *n = &p->nodes.v[i];
    bool any = n->op == N_AGG || n->op == N_FOLD || (n->a >= 0 && out[n->a]) ||
               (n->b >= 0 && out[n->b]) || (n->c >= 0 && out[n->c]);
    for (int k = 0; k < n->n_list && !any; k++) any = node_lists_node(n, k) && out[n->list[k]];
    out[i] = any && n->op != N_KNOWN && n->op != N_GROUP;
  }
  return out;
}

/* ---- rows of a chunk ------------------------------------------------------------------ */

static bool is_partial(const struct materialised *h, size_t row) {
  if (h->of) return h->of[row] > h->seen[row];
  return h->partial && bit_get(h->partial, row);
}

static void or_into(uint64_t *out, const uint64_t *mask, size_t words) {
  for (size_t w = 0; mask && w < words; w++) out[w] |= mask[w];
}

static uint64_t word(const uint64_t *mask, size_t w) { return mask ? mask[w] : 0; }

static void partial_choice(struct chunk *f, const struct node *n, uint64_t *out) {
  const struct column *a = chunk_column(f, n->a);
  const uint64_t *pa = chunk_partial(f, n->a), *pb = chunk_partial(f, n->b),
                 *pc = n->op == N_IF ? chunk_partial(f, n->c) : NULL;
  for (size_t w = 0; w < bit_words(f->n); w++)
    out[w] = n->op == N_IF ? word(pa, w) | (word(pb, w) & a->yes[w]) | (word(pc, w) & ~a->yes[w])
                           : (word(pa, w) & a->valid[w]) | (word(pb, w) & ~a->valid[w]);
}

/* `false and x` is decided by its first side, `true or x` too. */
static void logic(struct chunk *f, const struct node *n, uint64_t *out) {
  const struct column *a = chunk_column(f, n->a), *b = chunk_column(f, n->b);
  const uint64_t *pa = chunk_partial(f, n->a), *pb = chunk_partial(f, n->b);
  for (size_t w = 0; w < bit_words(f->n); w++) {
    uint64_t by_a = n->op == N_OR ? a->yes[w] : a->valid[w] & ~a->yes[w],
             by_b = n->op == N_OR ? b->yes[w] : b->valid[w] & ~b->yes[w];
    out[w] = (word(pa, w) | word(pb, w)) & ~(by_a & ~word(pa, w)) & ~(by_b & ~word(pb, w));
  }
}

/* Of an N_GROUP column; -1: unknown. */
static int32_t group_at(const struct column *c, size_t i) {
  return bit_get(c->valid, i) ? (int32_t)c->num[i] : -1;
}

static void elsewhere(struct chunk *f, const struct node *n, uint64_t *out) {
  const struct materialised *h = &f->ev->materialised[n->a];
  const int32_t *link = n->op == N_GATHER ? chunk_links(f, n->edge) : NULL;
  const struct column *group = n->op == N_OF_GROUP ? chunk_column(f, n->b) : NULL;
  for (size_t i = 0; i < f->n; i++) {
    int32_t row = link ? link[i] : group ? group_at(group, i) : 0;
    if (row >= 0 && is_partial(h, (size_t)row)) bit_set(out, i);
  }
}

static void operands(struct chunk *f, const struct node *n, uint64_t *out) {
  size_t words = bit_words(f->n);
  or_into(out, chunk_partial(f, n->a), words);
  or_into(out, chunk_partial(f, n->b), words);
  or_into(out, chunk_partial(f, n->c), words);
  for (int i = 0; i < n->n_list; i++)
    if (node_lists_node(n, i)) or_into(out, chunk_partial(f, n->list[i]), words);
}

/* A day of which the value is unknown makes what is put together partial. */
static void days_missing(struct chunk *f, const struct node *n, uint64_t *out) {
  operands(f, n, out);
  for (int i = 0; i < n->n_list; i++) {
    const struct column *c = chunk_column(f, n->list[i]);
    for (size_t w = 0; w < bit_words(f->n); w++) out[w] |= ~c->valid[w];
  }
}

static void find(struct chunk *f, int node, uint64_t *out) {
  const struct node *n = &f->ev->plan->nodes.v[node];
  const struct materialised *h = &f->ev->materialised[node];
  for (size_t w = 0; w < BATCH / 64; w++) out[w] = 0;
  if (!f->batch && h->ready && (h->of || h->partial)) {
    for (size_t i = 0; i < f->n; i++)
      if (is_partial(h, (size_t)chunk_row(f, i))) bit_set(out, i);
  } else if (n->op == N_GATHER || n->op == N_SCALAR || n->op == N_OF_GROUP) {
    elsewhere(f, n, out);
  } else if (n->op == N_IF || n->op == N_ELSE) {
    partial_choice(f, n, out);
  } else if (n->op == N_AND || n->op == N_OR) {
    logic(f, n, out);
  } else if (n->op == N_FOLD) {
    days_missing(f, n, out);
  } else {
    operands(f, n, out);
  }
}

const uint64_t *chunk_partial(struct chunk *f, int node) {
  if (node < 0 || !f->ev->may_be_partial[node]) return NULL;
  struct partial_rows *p = &f->partial[node];
  if (p->stamp != f->stamp) {
    if (!p->mask) p->mask = NEW_N(f->arena, uint64_t, BATCH / 64);
    p->stamp = f->stamp;
    find(f, node, p->mask);
    p->any = false;
    for (size_t w = 0; w < bit_words(f->n); w++) p->any |= p->mask[w] != 0;
  }
  return p->any ? p->mask : NULL;
}

/* ---- one value ------------------------------------------------------------------------ */

struct search {
  struct evaluation *ev;
  struct chunk *f; /* of the value's own domain */
  size_t i;
  struct value *v;
  bool full; /* what is full is taken too */
};

/* what: of what there are so many; NULL: rows. */
static void take_share(struct value *v, long rows, long of_rows, const char *what) {
  if (!of_rows) return; /* of no rows all are known */
  double have = v->of_rows ? (double)v->rows / (double)v->of_rows : 1,
         now = (double)rows / (double)of_rows;
  if (v->of_rows && (now > have || (now == have && of_rows <= v->of_rows))) return;
  v->rows = rows;
  v->of_rows = of_rows;
  v->of_what = what;
}

static void search(struct search *s, int domain, int node, int32_t row);

static void search_operands(struct search *s, int domain, const struct node *n, int32_t row) {
  int b = n->b, c = n->c, a = n->a;
  if (domain == s->f->domain && (n->op == N_IF || n->op == N_ELSE)) { /* the branch it took */
    const struct column *first = chunk_column(s->f, n->a);
    bool yes = bit_get(n->op == N_IF ? first->yes : first->valid, s->i);
    if (n->op == N_IF && yes) c = -1;
    if (n->op == N_IF && !yes) b = -1;
    if (n->op == N_ELSE && yes) b = -1;
    if (n->op == N_ELSE && !yes) a = -1;
  }
  search(s, domain, a, row);
  search(s, domain, b, row);
  search(s, domain, c, row);
  for (int i = 0; i < n->n_list; i++)
    if (node_lists_node(n, i)) search(s, domain, n->list[i], row);
}

/* The group of a held row, which need not be the one whose value is asked for. */
static int32_t group_of(struct search *s, int domain, int node, int32_t row) {
  if (domain == s->f->domain) return group_at(chunk_column(s->f, node), s->i);
  struct chunk *f = reader_borrow(s->ev, domain);
  chunk_chosen_rows(f, &row, 1);
  int32_t group = group_at(chunk_column(f, node), 0);
  reader_return(s->ev, f);
  return group;
}

/* The number at a held row; false: it is unknown. */
static bool number_at(struct search *s, int domain, int node, int32_t row, double *out) {
  bool here = domain == s->f->domain;
  struct chunk *f = here ? s->f : reader_borrow(s->ev, domain);
  size_t i = here ? s->i : 0;
  if (!here) chunk_chosen_rows(f, &row, 1);
  const struct column *c = chunk_column(f, node);
  bool known = bit_get(c->valid, i);
  if (known) *out = c->num[i];
  if (!here) reader_return(s->ev, f);
  return known;
}

/* `5 of 6 months`: of how many days the value was known. What an unknown one went without is not
 * in the result. */
static void search_days(struct search *s, int domain, const struct node *n, int32_t row) {
  long known = 0;
  double x;
  for (int i = 0; i < n->n_list; i++) {
    if (!number_at(s, domain, n->list[i], row, &x)) continue;
    known++;
    search(s, domain, n->list[i], row);
  }
  if (known < n->n_list) take_share(s->v, known, n->n_list, period_unit_plural(n->each));
}

/* Of several KPIs below each other with too few rows, the outermost says it. */
static void note_too_few(struct search *s, int domain, const struct node *n, int32_t row) {
  if (s->v->known || s->v->needs) return;
  double rows;
  if (!number_at(s, domain, n->b, row, &rows) || rows >= n->k) return;
  s->v->needs = (long)n->k;
  s->v->has = (long)rows;
}

static void search(struct search *s, int domain, int node, int32_t row) {
  struct evaluation *ev = s->ev;
  if (node < 0 || row < 0 || !ev->may_be_partial[node]) return;
  const struct node *n = &ev->plan->nodes.v[node];
  const struct materialised *h = &ev->materialised[node];
  struct visit *been = &s->f->visits[node];
  if (been->walk == s->f->walks && been->row == row) return; /* nodes are shared */
  *been = (struct visit){s->f->walks, row};
  if (n->op == N_ENOUGH) note_too_few(s, domain, n, row);
  if (h->of) {
    if (s->full || is_partial(h, (size_t)row)) take_share(s->v, h->seen[row], h->of[row], NULL);
  } else if (n->op == N_SCALAR) {
    search(s, 0, n->a, 0);
  } else if (n->op == N_GATHER) {
    const int32_t *links = ev->rows[domain].links ? ev->rows[domain].links[n->edge->index] : NULL;
    if (links) search(s, ev->plan->nodes.v[n->a].domain, n->a, links[row]);
  } else if (n->op == N_OF_GROUP) {
    int groups = ev->plan->nodes.v[n->a].domain;
    search(s, groups, n->a, group_of(s, domain, n->b, row));
  } else if (n->op == N_FOLD) {
    search_days(s, domain, n, row);
  } else {
    search_operands(s, domain, n, row);
  }
}

void chunk_rows_behind(struct chunk *f, int node, size_t i, struct value *v) {
  struct search s = {f->ev, f, i, v, false};
  f->walks++;
  search(&s, f->domain, node, chunk_row(f, i));
}

struct rows_behind chunk_all_rows_behind(struct chunk *f, int node, size_t i) {
  struct value v = {.known = true};
  struct search s = {f->ev, f, i, &v, true};
  f->walks++;
  search(&s, f->domain, node, chunk_row(f, i));
  return (struct rows_behind){v.rows, v.of_rows};
}
