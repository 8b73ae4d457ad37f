/* Histories. In: tables of (key, day, value) records, with or without an end. Out: for each row and
 * day asked for, the record that began last among those that hold on that day; one scan a table
 * however many days. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/date_civil.h"
#include "base/text.h"
#include "data/cell_kind.h"
#include "eval/evaluation.h"
#include "eval/kept_history.h"
#include "eval/newest.h"
#include "eval/row_key.h"

enum { KEPT_FEWEST = 4 }; /* days of an attribute: fewer are as fast each for itself */

/* One N_HISTORY node being made: an attribute on a day. Reading writes to it, and not to the
 * evaluation, which gets the column when all records are read. */
struct slot {
  int node;
  day_t on;                 /* the day asked for */
  double ends;              /* the moment after it */
  struct materialised made; /* the node's column, when all is read */
  struct newest newest;     /* of each row, as far as read; its values are those of `made` */
};

/* The days asked for of one attribute, ascending. A record without an end goes to the first of
 * them that it comes before; when all are read, a day without a record of its own takes over what
 * the day before it holds. So a record costs the same however many days are asked for. A record
 * with an end goes to each day on which it holds. */
struct chain {
  const struct attr *attr;
  int value; /* column of the scan */
  VEC(struct slot) slots;
  /* All days that will be asked for; where they are many and records have no end, these are kept
   * (kept_history.h), and the chain has no slots. */
  size_t n_days;
  day_t first, last;
  enum column_kind kind;
  struct kept_history *kept; /* NULL: they are not */
};

enum { KEY, BEGIN, FIRST_VALUE }; /* columns of the scan */

struct history_scan {
  struct evaluation *ev;
  const struct attr *first; /* names table, key and day columns */
  int domain;
  int until; /* column of the scan; -1: records have no end */
  VEC(struct scan_column) columns;
  VEC(struct chain) chains;
  struct dict *texts; /* of the values read so far */
  struct day_set *days;
  int32_t rows[BATCH];
  long orphans;
};

/* Of one domain: are they columns of one scan? */
static bool same_scan(const struct attr *a, const struct attr *b) {
  const struct history *x = &a->history, *y = &b->history;
  return strcmp(x->table, y->table) == 0 && strcmp(x->by, y->by) == 0 &&
         strcmp(x->at, y->at) == 0 && same_text(x->until, y->until) && x->through == y->through &&
         cell_form_same(&x->day_form, &y->day_form);
}

static int value_column(struct history_scan *s, const struct attr *at) {
  enum cell_kind kind = cell_kind_of(&at->type, at->percent_column);
  for (size_t i = FIRST_VALUE; i < s->columns.n; i++)
    if ((int)i != s->until && s->columns.v[i].kind == kind &&
        strcmp(s->columns.v[i].column, at->history.value) == 0 &&
        cell_form_same(&s->columns.v[i].form, &at->form))
      return (int)i;
  struct scan_column c = {.column = at->history.value,
                          .kind = kind,
                          .what = at->name,
                          .form = at->form,
                          .currency = at->type.currency};
  VEC_PUSH(s->ev->arena, &s->columns, c);
  return (int)s->columns.n - 1;
}

/* The first day asked for that is not before a record that began then; NULL: all are. */
static struct slot *slot_of(const struct chain *c, double began) {
  size_t lo = 0, hi = c->slots.n;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (c->slots.v[mid].ends <= began)
      lo = mid + 1;
    else
      hi = mid;
  }
  return lo < c->slots.n ? &c->slots.v[lo] : NULL;
}

/* The first day without the record. */
static day_t end_of(const struct history_scan *s, const struct batch *b, size_t i) {
  if (s->until < 0 || !bit_get(b->columns[s->until].valid, i)) return DAY_NONE;
  return (day_t)b->columns[s->until].num[i] + s->first->history.through;
}

/* Record i of the batch goes to the days of the chain on which it holds. */
static void take_record(struct history_scan *s, const struct chain *c, const struct batch *b,
                        size_t i) {
  const struct column *values = &b->columns[c->value];
  double began = b->columns[BEGIN].num[i];
  struct slot *x = slot_of(c, began), *last = c->slots.v + c->slots.n;
  if (x && s->until < 0) {
    newest_take(&x->newest, s->texts, values, i, (size_t)s->rows[i], began);
    return;
  }
  day_t end = end_of(s, b, i);
  for (; x && x < last && (end == DAY_NONE || x->on < end); x++)
    newest_take(&x->newest, s->texts, values, i, (size_t)s->rows[i], began);
}

/* The records of the batch with a day and a row. */
static void take_good_records(struct history_scan *s, const struct chain *c, const struct batch *b,
                              const uint64_t *good) {
  for (size_t w = 0; w < bit_words(b->n); w++)
    for (uint64_t bits = good[w]; bits; bits &= bits - 1) {
      size_t i = w * 64 + (size_t)__builtin_ctzll(bits);
      if (c->kept)
        kept_history_add(c->kept, (size_t)s->rows[i], b->columns[BEGIN].num[i],
                         &b->columns[c->value], i);
      else
        take_record(s, c, b, i);
    }
}

static bool take_records(void *ctx, const struct batch *b) {
  struct history_scan *s = ctx;
  const struct column *key = &b->columns[KEY], *begin = &b->columns[BEGIN];
  uint64_t good[BATCH / 64];
  day_set_add_moments(s->days, begin, b->n);
  keymap_find_many(s->ev->rows[s->domain].keys, key, b->n, s->rows);
  for (size_t w = 0; w < bit_words(b->n); w++) {
    uint64_t nobody = 0;
    size_t end = b->n - w * 64 < 64 ? b->n - w * 64 : 64;
    for (size_t j = 0; j < end; j++) nobody |= (uint64_t)(s->rows[w * 64 + j] < 0) << j;
    good[w] = begin->valid[w] & ~nobody;
    s->orphans += __builtin_popcountll(nobody & key->valid[w]);
  }
  for (size_t k = 0; k < s->chains.n; k++) take_good_records(s, &s->chains.v[k], b, good);
  return true;
}

static void take_over(const struct slot *before, struct slot *x, size_t rows) {
  const struct column *from = &before->made.col;
  struct column *to = &x->made.col;
  for (size_t r = 0; r < rows; r++) {
    if (x->newest.began[r] != NO_RECORD || before->newest.began[r] == NO_RECORD) continue;
    x->newest.began[r] = before->newest.began[r];
    bit_put(x->newest.tie, r, bit_get(before->newest.tie, r));
    column_copy(to, r, from, r);
  }
}

/* A value that is too old is unknown; so is one of a moment that says two things. */
static void forget_stale(struct slot *x, int fresh, size_t rows) {
  struct column *c = &x->made.col;
  for (size_t r = 0; r < rows; r++) {
    bool stale = fresh >= 0 && x->newest.began[r] != NO_RECORD &&
                 x->on - moment_day(x->newest.began[r]) > fresh;
    if (!stale && !bit_get(x->newest.tie, r)) continue;
    bit_clear(c->valid, r);
    if (c->yes) bit_clear(c->yes, r);
  }
}

/* The column becomes the evaluation's, its texts too. */
static void hand_over(struct evaluation *ev, struct slot *x, size_t rows) {
  struct column *c = &x->made.col;
  for (size_t r = 0; c->txt && r < rows; r++)
    c->txt[r] = bit_get(c->valid, r) ? dict_add_str(ev->texts, c->txt[r]) : NULL;
  materialised_free(&ev->materialised[x->node]);
  ev->materialised[x->node] = x->made;
  ev->materialised[x->node].ready = true;
  x->made = (struct materialised){0};
}

/* Rows of which two records began at the same time with different values, on one of the days. */
static void note_ties(struct evaluation *ev, int domain, const struct attr *at,
                      const uint64_t *ties) {
  size_t n = 0, first = 0;
  for (size_t r = ev->rows[domain].n; r-- > 0;)
    if (bit_get(ties, r)) n++, first = r;
  if (!n) return;
  const char *name = evaluation_row_name(ev, domain, (int32_t)first, ev->arena);
  evaluation_note(
      ev, "%s: records of the same time have different values, so %s is unknown of %s %s (%s%s)",
      at->history.table, at->name, grouped_count((long)n, ev->arena),
      counted_name(ev->arena, (long)n, at->entity->name), name, n == 1 ? "" : ", …");
}

static void note_ties_of(struct history_scan *s, const struct chain *c, size_t rows) {
  uint64_t *ties = xcalloc(bit_words(rows) + 1, sizeof *ties);
  for (size_t k = 0; k < c->slots.n; k++)
    for (size_t w = 0; w < bit_words(rows); w++) ties[w] |= c->slots.v[k].newest.tie[w];
  note_ties(s->ev, s->domain, c->attr, ties);
  free(ties);
}

static void finish_chain(struct history_scan *s, struct chain *c) {
  size_t rows = s->ev->rows[s->domain].n;
  for (size_t k = 1; k < c->slots.n && s->until < 0; k++)
    take_over(&c->slots.v[k - 1], &c->slots.v[k], rows);
  for (size_t k = 0; k < c->slots.n; k++)
    forget_stale(&c->slots.v[k], c->attr->history.fresh, rows);
  note_ties_of(s, c, rows);
  for (size_t k = 0; k < c->slots.n; k++) hand_over(s->ev, &c->slots.v[k], rows);
}

static struct chain *chain_of(struct history_scan *s, const struct attr *at) {
  for (size_t k = 0; k < s->chains.n; k++)
    if (same_history(s->chains.v[k].attr, at)) return &s->chains.v[k];
  struct chain c = {.attr = at, .value = value_column(s, at)};
  VEC_PUSH(s->ev->arena, &s->chains, c);
  return &s->chains.v[s->chains.n - 1];
}

static void add_slot(struct history_scan *s, struct chain *c, int node) {
  struct evaluation *ev = s->ev;
  const struct node *n = &ev->plan->nodes.v[node];
  size_t rows = ev->rows[s->domain].n;
  struct slot x = {
      .node = node, .on = n->day, .ends = ((double)n->day + 1) * (double)MICROSECONDS_A_DAY};
  newest_begin(&x.newest, rows);
  materialised_make_room(&x.made, n->col, rows + 64);
  x.newest.col = x.made.col;
  VEC_PUSH(ev->arena, &c->slots, x);
  /* in the order of days */
  for (size_t k = c->slots.n - 1; k > 0 && c->slots.v[k - 1].on > x.on; k--) {
    c->slots.v[k] = c->slots.v[k - 1];
    c->slots.v[k - 1] = x;
  }
}

static void plan_columns(struct history_scan *s) {
  const struct attr *at = s->first;
  struct scan_column key = {.column = at->history.by,
                            .kind = CELL_KEY,
                            .what = at->entity->name,
                            .form = lenient_form(&at->history.day_form)};
  struct scan_column day = {.column = at->history.at,
                            .kind = CELL_MOMENT,
                            .what = at->name,
                            .form = at->history.day_form};
  VEC_PUSH(s->ev->arena, &s->columns, key);
  VEC_PUSH(s->ev->arena, &s->columns, day);
  if (!at->history.until) return;
  day.kind = CELL_DATE;
  day.column = at->history.until;
  day.form.lenient = false; /* an empty one says that the record still holds */
  s->until = (int)s->columns.n;
  VEC_PUSH(s->ev->arena, &s->columns, day);
}

static bool scan_records(struct history_scan *s) {
  struct evaluation *ev = s->ev;
  const struct attr *at = s->first;
  struct scan scan = {.table = at->history.table,
                      .columns = s->columns.v,
                      .n_columns = s->columns.n,
                      .key_column = KEY,
                      .any_order = true,
                      .tz = ev->plan->domains.v[s->domain].tz,
                      .take = take_records,
                      .ctx = s};
  struct diags problems = {.arena = ev->arena};
  if (ev->progress) ev->progress(ev->progress_ctx, at->history.table);
  bool good = dataset_scan(ev->dataset, &scan, &problems);
  evaluation_scanned(ev, &scan, at->entity, at);
  if (problems.errors) evaluation_fail_as(ev, diags_error(&problems));
  if (s->orphans)
    evaluation_note(ev, "%s: in %s %s the column %s names nothing in %s", at->history.table,
                    grouped_count(s->orphans, ev->arena), plural(s->orphans, "record", "records"),
                    at->history.by, at->entity->table);
  return good;
}

static void free_slots(struct chain *c) {
  for (size_t i = 0; i < c->slots.n; i++) {
    newest_end(&c->slots.v[i].newest);
    materialised_free(&c->slots.v[i].made); /* what was not handed over */
  }
}

/* ---- what is kept over the windows ------------------------------------------------------ */

struct history_kept {
  const struct attr *attr;
  int domain;
  struct kept_history *history; /* refused: each window reads the records anew */
};

static struct history_kept *kept_of(const struct evaluation *ev, int domain,
                                    const struct attr *at) {
  for (size_t i = 0; i < ev->histories_kept.n; i++) {
    struct history_kept *k = ev->histories_kept.v[i];
    if (k->domain == domain && same_history(k->attr, at)) return k;
  }
  return NULL;
}

bool history_is_kept(const struct evaluation *ev, int node) {
  const struct node *n = &ev->plan->nodes.v[node];
  const struct history_kept *k = kept_of(ev, n->domain, n->attr);
  return k && !kept_history_refused(k->history);
}

void histories_free(struct evaluation *ev) {
  for (size_t i = 0; i < ev->histories_kept.n; i++)
    kept_history_free(ev->histories_kept.v[i]->history);
}

/* The days that the chains will be asked for: now, and by the windows after this one. */
static void find_days(struct history_scan *s) {
  struct evaluation *ev = s->ev;
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    const struct node *n = &ev->plan->nodes.v[i];
    if (n->op != N_HISTORY || n->domain != s->domain || (!ev->needed[i] && !ev->wanted[i]) ||
        !same_scan(n->attr, s->first))
      continue;
    struct chain *c = chain_of(s, n->attr);
    if (!c->n_days || n->day < c->first) c->first = n->day;
    if (!c->n_days || n->day > c->last) c->last = n->day;
    c->kind = n->col;
    c->n_days++;
  }
}

static void keep_records(struct history_scan *s, struct chain *c) {
  struct evaluation *ev = s->ev;
  if (s->until >= 0 || c->n_days < KEPT_FEWEST || kept_of(ev, s->domain, c->attr)) return;
  struct history_kept *k = NEW(ev->arena, struct history_kept);
  c->kept = kept_history_new(c->attr, c->kind, ev->rows[s->domain].n, c->first, c->last);
  *k = (struct history_kept){c->attr, s->domain, c->kept};
  VEC_PUSH(ev->arena, &ev->histories_kept, k);
}

static int by_day(const void *pa, const void *pb, void *ctx) {
  const struct evaluation *ev = ctx;
  day_t a = ev->plan->nodes.v[*(const int *)pa].day, b = ev->plan->nodes.v[*(const int *)pb].day;
  return (a > b) - (a < b);
}

/* The columns that are needed of what is kept, day by day. */
static void make_kept(struct evaluation *ev, struct history_kept *k) {
  size_t rows = ev->rows[k->domain].n, n = 0;
  int *nodes = xmalloc((ev->plan->nodes.n + 1) * sizeof *nodes);
  uint64_t *ties = xcalloc(bit_words(rows) + 1, sizeof *ties);
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    const struct node *at = &ev->plan->nodes.v[i];
    if (at->op == N_HISTORY && ev->needed[i] && !ev->materialised[i].ready &&
        at->domain == k->domain && same_history(at->attr, k->attr))
      nodes[n++] = (int)i;
  }
  qsort_r(nodes, n, sizeof *nodes, by_day, ev);
  for (size_t i = 0; i < n; i++) {
    struct materialised *h = &ev->materialised[nodes[i]];
    kept_history_day(k->history, ev->plan->nodes.v[nodes[i]].day, h, ties);
    h->ready = true;
  }
  note_ties(ev, k->domain, k->attr, ties);
  free(ties);
  free(nodes);
}

/* ---- a table ---------------------------------------------------------------------------- */

/* Is the node one of those that the scan reads for? */
static bool is_read(const struct history_scan *s, int node, const bool *done) {
  const struct node *n = &s->ev->plan->nodes.v[node];
  return n->op == N_HISTORY && n->domain == s->domain && s->ev->needed[node] && !done[node] &&
         same_scan(n->attr, s->first);
}

static void plan_slots(struct history_scan *s, bool *done) {
  find_days(s);
  for (size_t k = 0; k < s->chains.n; k++) keep_records(s, &s->chains.v[k]);
  for (size_t i = 0; i < s->ev->plan->nodes.n; i++) {
    if (!is_read(s, (int)i, done)) continue;
    struct chain *c = chain_of(s, s->ev->plan->nodes.v[i].attr);
    if (!c->kept) add_slot(s, c, (int)i);
    done[i] = true;
  }
}

/* Those of a chain that could not be kept have to be read again. */
static void finish_table(struct history_scan *s, bool *done) {
  bool refused = false;
  for (size_t k = 0; k < s->chains.n; k++) {
    struct chain *c = &s->chains.v[k];
    if (!c->kept) {
      finish_chain(s, c);
      continue;
    }
    kept_history_finish(c->kept);
    refused |= kept_history_refused(c->kept);
  }
  for (size_t i = 0; refused && i < s->ev->plan->nodes.n; i++) {
    const struct node *n = &s->ev->plan->nodes.v[i];
    if (n->op == N_HISTORY && n->domain == s->domain && same_scan(n->attr, s->first))
      done[i] &= s->ev->materialised[i].ready || history_is_kept(s->ev, (int)i);
  }
}

static bool load_table(struct evaluation *ev, int domain, const struct attr *first, bool *done) {
  struct history_scan s = {
      .ev = ev, .first = first, .domain = domain, .until = -1, .texts = dict_new()};
  s.days = history_days(ev, first);
  plan_columns(&s);
  plan_slots(&s, done);
  bool good = scan_records(&s);
  if (good) finish_table(&s, done);
  for (size_t k = 0; k < s.chains.n; k++) free_slots(&s.chains.v[k]);
  dict_free(s.texts);
  return good;
}

bool load_histories(struct evaluation *ev) {
  bool *done = NEW_N(ev->arena, bool, ev->plan->nodes.n + 1);
  for (size_t i = 0; i < ev->plan->nodes.n; i++)
    done[i] = ev->materialised[i].ready ||
              (ev->plan->nodes.v[i].op == N_HISTORY && history_is_kept(ev, (int)i));
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    const struct node *n = &ev->plan->nodes.v[i];
    while (n->op == N_HISTORY && ev->needed[i] && !done[i])
      if (!load_table(ev, n->domain, n->attr, done)) return false;
  }
  for (size_t i = 0; i < ev->histories_kept.n; i++)
    if (!kept_history_refused(ev->histories_kept.v[i]->history))
      make_kept(ev, ev->histories_kept.v[i]);
  return true;
}
