/* Marks of hits. In: the rows on which a rule acts. Out: of each hit a number that stands for all
 * that an item that is there already would take of it; and, when somebody needs them, the hits. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"
#include "eval/chunk.h"
#include "eval/evaluation.h"
#include "eval/results.h"
#include "judge/rule_plan.h"

/* ---- making them ---------------------------------------------------------------------- */

struct marking {
  const struct judged *j;
  const int32_t *rows;
  uint64_t *marks;
  node_list nodes; /* each once */
};

static void add_node(struct marking *m, struct arena *a, int node) {
  if (node < 0) return;
  for (size_t i = 0; i < m->nodes.n; i++)
    if (m->nodes.v[i] == node) return;
  VEC_PUSH(a, &m->nodes, node);
}

/* What describe_hits reads of a row, but for what an item has from its opening on: its action, its
 * steps and its due day, which moves with the occasion alone. Who is next where the owner is away,
 * and what a row leads to, is of items that do not stand (action/stand.c). */
static void add_nodes(struct marking *m, struct arena *a) {
  const struct rule_plan *rp = &m->j->plan;
  const int single[] = {rp->owner, rp->label, rp->once, rp->worth};
  for (size_t i = 0; i < sizeof single / sizeof *single; i++) add_node(m, a, single[i]);
  for (size_t i = 0; i < rp->rule->measure.key.n; i++) add_node(m, a, rp->worth_key[i]);
  for (size_t i = 0; i < rp->n_above; i++) {
    add_node(m, a, rp->above[i].key);
    add_node(m, a, rp->above[i].label);
  }
  for (size_t i = 0; i < rp->rule->link.n; i++) add_node(m, a, rp->link[i]);
  for (size_t i = 0; i < rp->reasons.n; i++)
    for (int k = 0; k < REASON_NODES; k++) add_node(m, a, rp->reasons.v[i].nodes[k]);
  for (size_t i = 0; i < rp->margins.n; i++) {
    add_node(m, a, rp->margins.v[i].a);
    add_node(m, a, rp->margins.v[i].b);
  }
}

static inline uint64_t mix(uint64_t h, uint64_t word) {
  h = (h ^ word) * UINT64_C(0xff51afd7ed558ccd);
  return h ^ h >> 32;
}

/* Its unit is that of its node, which one policy gives to every row. */
static uint64_t mix_value(uint64_t h, const struct value *v) {
  uint64_t num;
  memcpy(&num, &v->num, sizeof num);
  h = mix(mix(h, v->known), num);
  if (v->text) h = mix(h, hash_text(v->text));
  if (v->type.unit == U_MONEY) h = mix(h, hash_text(v->type.currency));
  if (v->of_rows || v->needs)
    h = mix(mix(mix(mix(h, (uint64_t)v->rows), (uint64_t)v->of_rows), (uint64_t)v->has),
            (uint64_t)v->needs);
  return h;
}

/* As mix_value of each value of a column that is plain (evaluation_is_plain). */
static void mix_column(const struct column *c, const struct type *t, uint64_t *marks, size_t n) {
  uint64_t currency = t->unit == U_MONEY ? hash_text(t->currency) : 0;
  for (size_t i = 0; i < n; i++) {
    bool known = bit_get(c->valid, i);
    double num = c->txt || !known ? 0 : c->num ? c->num[i] : (double)bit_get(c->yes, i);
    uint64_t bits;
    memcpy(&bits, &num, sizeof bits);
    marks[i] = mix(mix(marks[i], known), bits);
    if (c->txt && known) marks[i] = mix(marks[i], hash_bytes(c->txt[i]->s, c->txt[i]->n));
    if (t->unit == U_MONEY) marks[i] = mix(marks[i], currency);
  }
}

static void mix_values(struct chunk *f, int node, uint64_t *marks) {
  for (size_t i = 0; i < f->n; i++) {
    struct value v = chunk_value(f, node, i);
    marks[i] = mix_value(marks[i], &v);
  }
}

static void take_marks(void *ctx, size_t at, struct chunk *f) {
  struct marking *m = ctx;
  uint64_t *marks = m->marks + at;
  for (size_t i = 0; i < f->n; i++)
    marks[i] = m->j->settled && bit_get(m->j->settled, (size_t)m->rows[at + i]);
  for (size_t k = 0; k < m->nodes.n; k++) {
    int node = m->nodes.v[k];
    if (evaluation_is_plain(f->ev, node))
      mix_column(chunk_column(f, node), &f->ev->plan->nodes.v[node].type, marks, f->n);
    else
      mix_values(f, node, marks);
  }
  for (size_t i = 0; i < f->n; i++) {
    uint64_t h = hash_mix(marks[i]);
    marks[i] = h ? h : 1;
  }
}

/* So that the hit of a row is found at once. */
static void index_rows(struct arena *a, struct hit_marks *m, size_t rows) {
  uint64_t *acts = NEW_N(a, uint64_t, bit_words(rows) + 1);
  uint32_t *before = NEW_N(a, uint32_t, bit_words(rows) + 1);
  for (size_t i = 0; i < m->n; i++) bit_set(acts, (size_t)m->rows[i]);
  for (size_t w = 1; w < bit_words(rows); w++)
    before[w] = before[w - 1] + (uint32_t)__builtin_popcountll(acts[w - 1]);
  m->acts = acts;
  m->before = before;
}

bool mark_hits(struct judge_ctx *x, const struct judged *j, const int32_t *rows, size_t n,
               struct rule_verdict *v) {
  int32_t *mine = NEW_N(x->arena, int32_t, n + 1);
  struct marking m = {.j = j, .rows = mine, .marks = NEW_N(x->arena, uint64_t, n + 1)};
  if (n) memcpy(mine, rows, n * sizeof *mine);
  v->marks = NEW(x->arena, struct hit_marks);
  *v->marks = (struct hit_marks){.rows = mine,
                                 .marks = m.marks,
                                 .left_out = NEW_N(x->arena, bool, n + 1),
                                 .n = n,
                                 .n_rows = evaluation_rows(x->ev, j->plan.domain)};
  index_rows(x->arena, v->marks, v->marks->n_rows);
  add_nodes(&m, x->arena);
  return evaluation_columns(x->ev, j->plan.domain, mine, n, m.nodes.v, m.nodes.n, take_marks, &m,
                            x->problems);
}

/* ---- asking for them ------------------------------------------------------------------ */

int32_t verdicts_row(const struct verdicts *v, const struct rule_verdict *r, const char *key) {
  return judged_row(v->ctx, r->judged->plan.domain, key);
}

size_t verdicts_hit(const struct verdicts *v, const struct rule_verdict *r, const char *key,
                    uint64_t *mark) {
  const struct hit_marks *m = r->marks;
  int32_t row = m ? verdicts_row(v, r, key) : -1;
  if (!m || row < 0 || !bit_get(m->acts, (size_t)row)) return NO_HIT;
  size_t word = (size_t)row / 64;
  uint64_t lower = m->acts[word] & ((UINT64_C(1) << (row % 64)) - 1);
  size_t hit = m->before[word] + (size_t)__builtin_popcountll(lower);
  CHECK(hit < m->n && m->rows[hit] == row);
  *mark = m->marks[hit];
  return hit;
}

static bool describe_rest(struct judge_ctx *x, const struct judged *j, struct rule_verdict *v) {
  const struct hit_marks *m = v->marks;
  struct described_rows rest = {0};
  int32_t *rows = xmalloc((m->n + 1) * sizeof *rows);
  uint64_t *marks = xmalloc((m->n + 1) * sizeof *marks);
  for (size_t i = 0; i < m->n; i++) {
    if (m->left_out[i]) continue;
    rows[rest.n] = m->rows[i];
    marks[rest.n++] = m->marks[i];
  }
  rest.rows = rows;
  rest.marks = marks;
  bool good = describe_hits(x, j, &rest, v);
  free(rows);
  free(marks);
  return good;
}

bool verdicts_describe(const struct verdicts *v, struct diags *problems) {
  struct judge_ctx *x = v->ctx;
  for (size_t r = 0; r < v->n_rules; r++) {
    if (!v->rules[r].marks || v->rules[r].hits) continue;
    x->problems = problems;
    if (!describe_rest(x, &x->judged[r], &x->verdicts[r])) return false;
  }
  return true;
}
