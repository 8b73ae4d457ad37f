/* Rows that stand twice. In: tables of events and of intervals. Out: events of which a second row
 * says all the same, intervals of one parent that look alike and overlap.
 *
 * Rows are told apart by 64-bit hashes of their cells: of ten million rows two different ones are
 * taken for the same once in 300,000 runs. An event takes some 50 bytes while it is looked at, an
 * interval 48. */
#include <stdlib.h>
#include <string.h>

#include "data/cell_kind.h"
#include "data/column.h"
#include "lint/data.h"
#include "base/text.h"

/* ---- a row as numbers ------------------------------------------------------------------- */

enum column_role { ROLE_NAMES, ROLE_VALUE, ROLE_FROM, ROLE_UNTIL };

/* A scan of an entity's table; `add` says what a column is for. */
struct row_scan {
  struct lint *l;
  const struct entity *entity;
  VEC(struct scan_column) columns;
  VEC(enum column_role) roles;
  int parent; /* the column of the first parent's key; -1: none */
  struct dict *texts;
  bool (*take)(void *ctx, const struct batch *b);
};

static uint64_t mix(uint64_t h, const void *bytes, size_t n) {
  for (const unsigned char *p = bytes; n--; p++) h = (h ^ *p) * UINT64_C(1099511628211);
  return h;
}

static uint64_t mix_cell(uint64_t h, const struct column *c, size_t i) {
  if (!bit_get(c->valid, i)) return mix(h, "", 1);
  if (c->num) return mix(h, &c->num[i], sizeof c->num[i]);
  if (c->txt) return mix(mix(h, "t", 1), c->txt[i]->s, c->txt[i]->n);
  if (c->yes) return mix(h, bit_get(c->yes, i) ? "y" : "n", 1);
  const struct key *k = &c->key[i];
  return k->text ? mix(mix(h, "t", 1), k->text->s, k->text->n)
                 : mix(h, &k->number, sizeof k->number);
}

/* The cells of a role as one number; 0 is none of them. */
static uint64_t hash_of(const struct row_scan *x, const struct batch *b, size_t i,
                        enum column_role role) {
  uint64_t h = UINT64_C(14695981039346656037);
  for (size_t k = 0; k < x->columns.n; k++)
    if (x->roles.v[k] == role) h = mix_cell(h, &b->columns[k], i);
  return h ? h : 1;
}

static void add(struct row_scan *x, struct scan_column c, enum column_role role) {
  VEC_PUSH(x->l->a, &x->columns, c);
  VEC_PUSH(x->l->a, &x->roles, role);
}

static void add_edges(struct row_scan *x) {
  const struct entity *e = x->entity;
  for (size_t i = 0; i < e->edges.n; i++) {
    const struct edge *to = e->edges.v[i];
    if (!to->parent || to->parent == e) continue; /* a tree: its rows are of one kind */
    if (x->parent < 0) x->parent = (int)x->columns.n;
    add(x,
        (struct scan_column){
            .column = to->column, .kind = CELL_KEY, .what = to->parent->name, .form = to->form},
        ROLE_NAMES);
  }
}

/* What is counted is a value; texts, persons, flags and days say of what. */
static void add_attributes(struct row_scan *x) {
  const struct entity *e = x->entity;
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *at = e->attrs.v[i];
    if (at->kind != ATTR_COLUMN) continue;
    bool value = unit_class(at->type.unit) == CLASS_NUM;
    struct scan_column c = {.column = at->column,
                            .kind = cell_kind_of(&at->type, at->percent_column),
                            .what = at->name,
                            .form = at->form,
                            .currency = at->currency_column ? NULL : at->type.currency};
    c.form.one_of = NULL; /* V1301 tells of these */
    c.form.n_one_of = 0;
    add(x, c, value ? ROLE_VALUE : ROLE_NAMES);
    if (at->currency_column)
      add(x,
          (struct scan_column){.column = at->currency_column, .kind = CELL_TEXT, .what = at->name},
          ROLE_NAMES);
  }
}

static bool has_role(const struct row_scan *x, enum column_role role) {
  for (size_t i = 0; i < x->roles.n; i++)
    if (x->roles.v[i] == role) return true;
  return false;
}

/* What cannot be read was reported when the facts were gathered. */
static bool scan_rows(struct row_scan *x, void *ctx) {
  struct diags again = {.arena = x->l->a};
  struct scan s = {.table = x->entity->table,
                   .columns = x->columns.v,
                   .n_columns = x->columns.n,
                   .key_column = -1,
                   .tz = x->l->rs->tz,
                   .texts = x->texts,
                   .keep_texts = true,
                   .take = x->take,
                   .ctx = ctx};
  return dataset_scan(x->l->options->db, &s, &again);
}

/* ---- events that stand twice ------------------------------------------------------------ */

enum {
  SAMPLE = 4096, /* values from which the chance of two equal ones is told */
  FEW_ROWS = 20, /* of fewer, nothing is told by chance */
  MOSTLY = 5,    /* copies for each row that differs */
  RARE = 5       /* one parent of so many may have intervals that overlap */
};

struct events {
  struct row_scan scan;
  struct keymap *rows, *names; /* whole rows; what they are about */
  long n, copies, others;      /* others: a second row of the same that has another value */
  struct key example;          /* the parent of the first copy */
  double example_day;
  uint64_t sample[SAMPLE]; /* values of rows that are no copies */
  size_t n_sample;
};

static bool is_new(struct keymap *m, uint64_t hash) {
  bool added = false;
  keymap_add(m, (struct key){.number = (int64_t)hash}, &added);
  return added;
}

static void take_event(struct events *x, const struct batch *b, size_t i) {
  const struct row_scan *s = &x->scan;
  uint64_t names = hash_of(s, b, i, ROLE_NAMES), value = hash_of(s, b, i, ROLE_VALUE);
  x->n++;
  if (!is_new(x->rows, mix(names, &value, sizeof value))) {
    if (x->copies++) return;
    x->example = b->columns[s->parent].key[i];
    x->example_day = b->columns[0].num[i];
    return;
  }
  x->others += !is_new(x->names, names);
  if (x->n_sample < SAMPLE) x->sample[x->n_sample++] = value;
}

static bool take_events(void *ctx, const struct batch *b) {
  struct events *x = ctx;
  for (size_t i = 0; i < b->n; i++)
    if (bit_get(b->columns[0].valid, i) && bit_get(b->columns[x->scan.parent].valid, i))
      take_event(x, b, i);
  return true;
}

static int by_hash(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* The chance that two rows have one value, and whether there is more than one. */
static double chance(struct events *x, bool *vary) {
  double sum = 0;
  qsort(x->sample, x->n_sample, sizeof *x->sample, by_hash);
  for (size_t i = 0, run; i < x->n_sample; i += run) {
    for (run = 1; i + run < x->n_sample && x->sample[i + run] == x->sample[i];) run++;
    double part = (double)run / (double)x->n_sample;
    sum += part * part;
  }
  *vary = x->n_sample && x->sample[0] != x->sample[x->n_sample - 1];
  return sum;
}

/* Are the copies more than what happens: a table with a row for each click has many that are
 * alike, and as many that are not; where nearly all values are 1, equal rows say nothing. */
static bool are_suspicious(struct events *x) {
  bool vary;
  double p = chance(x, &vary);
  return x->copies > 0 && vary && x->copies >= MOSTLY * x->others && (x->n < FEW_ROWS || p <= 0.5);
}

static void look_at_events(struct lint *l, const struct entity *e) {
  struct events *x = xcalloc(1, sizeof *x);
  x->scan = (struct row_scan){
      .l = l, .entity = e, .parent = -1, .texts = dict_new(), .take = take_events};
  add(&x->scan,
      (struct scan_column){
          .column = e->life.from, .kind = CELL_MOMENT, .what = "at", .form = e->life.from_form},
      ROLE_NAMES);
  add_edges(&x->scan);
  add_attributes(&x->scan);
  x->rows = keymap_new();
  x->names = keymap_new();
  if (x->scan.parent >= 0 && has_role(&x->scan, ROLE_VALUE) && scan_rows(&x->scan, x) &&
      are_suspicious(x)) {
    char day[16];
    struct diag *d = lint_tell(
        l, e->table_span, "%s %s of \"%s\" %s all that another one says, such as one of %s on %s",
        grouped_count(x->copies, l->a), plural(x->copies, "row", "rows"), e->table,
        plural(x->copies, "says", "say"), key_text(l->a, x->example),
        day_text((day_t)(x->example_day / (double)MICROSECONDS_A_DAY), day));
    lint_help(l, d,
              "was it loaded twice? Read it through a view: create view events_once as select "
              "distinct * from \"%s\"; if both happened, declare the column that tells them apart",
              e->table);
  }
  keymap_free(x->rows);
  keymap_free(x->names);
  dict_free(x->scan.texts);
  free(x);
}

void lint_event_twice(struct lint *l) {
  for (size_t i = 0; i < l->rs->entities.n; i++) {
    const struct entity *e = l->rs->entities.v[i];
    if (e->event && !e->key) look_at_events(l, e); /* of keys V1307 tells */
  }
}

/* ---- intervals that overlap -------------------------------------------------------------- */

struct stretch {
  uint64_t of; /* parents, texts and flags: what the interval is of */
  day_t from, until;
  struct key parent;
};

struct intervals {
  struct row_scan scan;
  struct stretch *v;
  size_t n, cap;
  struct keymap *parents;
};

static void take_interval(struct intervals *x, const struct batch *b, size_t i) {
  const struct column *parent = &b->columns[x->scan.parent];
  struct stretch t = {.of = hash_of(&x->scan, b, i, ROLE_NAMES), .until = DAY_MAX};
  for (size_t k = 0; k < x->scan.columns.n; k++) {
    const struct column *c = &b->columns[k];
    if (x->scan.roles.v[k] == ROLE_FROM) t.from = bit_get(c->valid, i) ? (day_t)c->num[i] : DAY_MAX;
    if (x->scan.roles.v[k] == ROLE_UNTIL && bit_get(c->valid, i))
      t.until = (day_t)c->num[i] + x->scan.entity->life.through;
  }
  if (!bit_get(parent->valid, i) || t.from >= t.until) return;
  bool added;
  t.parent = parent->key[i];
  keymap_add(x->parents, t.parent, &added);
  if (x->n == x->cap) {
    x->cap = x->cap ? 2 * x->cap : SAMPLE;
    x->v = xrealloc(x->v, x->cap * sizeof *x->v);
  }
  x->v[x->n++] = t;
}

static bool take_intervals(void *ctx, const struct batch *b) {
  for (size_t i = 0; i < b->n; i++) take_interval(ctx, b, i);
  return true;
}

static int by_thing_and_day(const void *a, const void *b) {
  const struct stretch *x = a, *y = b;
  if (x->of != y->of) return x->of < y->of ? -1 : 1;
  return (x->from > y->from) - (x->from < y->from);
}

static void report_overlap(struct intervals *x, const struct stretch *a, const struct stretch *b,
                           size_t n) {
  struct lint *l = x->scan.l;
  const struct entity *e = x->scan.entity;
  char from[16], until[16], next[16];
  struct diag *d = lint_tell(
      l, e->life_span,
      "rows of \"%s\" that look alike overlap for %zu of %zu %s: of %s one begins on %s%s%s, and "
      "another on %s",
      e->table, n, keymap_size(x->parents), plural_name(l->a, e->edges.v[0]->parent->name),
      key_text(l->a, a->parent), day_text(a->from, from),
      a->until == DAY_MAX ? " and has no end" : " and ends on ",
      a->until == DAY_MAX ? "" : day_text(a->until - e->life.through, until),
      day_text(b->from, next));
  lint_help(l, d,
            "both count while they overlap: end the first on the day on which the second begins; "
            "if both are right, declare the column that tells them apart, such as the product");
}

/* How many rows begin on the day on which the one before them ends, by what is declared; how many
 * a day earlier or later. */
struct joints {
  size_t meet, early, late;
};

static struct joints joints_of(const struct intervals *x) {
  struct joints j = {0};
  for (size_t i = 1; i < x->n; i++) {
    const struct stretch *a = &x->v[i - 1], *b = &x->v[i];
    if (a->of != b->of || a->until == DAY_MAX) continue;
    long gap = (long)b->from - (long)a->until;
    j.meet += gap == 0, j.early += gap == -1, j.late += gap == 1;
  }
  return j;
}

enum { JOINTS_LEAST = 5, JOINTS_MOST = 4 }; /* four in five of those that nearly meet */

/* `through` where rows end on the day on which the next one begins, `until` where they end on the
 * day before. */
static void look_at_joints(struct intervals *x) {
  struct lint *l = x->scan.l;
  const struct entity *e = x->scan.entity;
  if (x->n) qsort(x->v, x->n, sizeof *x->v, by_thing_and_day);
  struct joints j = joints_of(x);
  bool through = e->life.through;
  size_t off = through ? j.early : j.late, all = j.meet + j.early + j.late;
  if (off < JOINTS_LEAST || off * (JOINTS_MOST + 1) < all * JOINTS_MOST) return;
  struct diag *d = lint_tell(
      l, e->life_span,
      through ? "in %zu of %zu rows of \"%s\" that follow each other, the next begins on the day "
                "that is declared the last: on this day both count"
              : "in %zu of %zu rows of \"%s\" that follow each other, the next begins a day after "
                "the one declared as the first without: on this day none counts",
      off, all, e->table);
  lint_help(l, d, through ? "write: until \"%s\"" : "write: through \"%s\"", e->life.until);
}

/* Where several things are sold at once without a column that tells them apart, most parents have
 * rows that overlap: nothing is said of it then. */
static void look_for_overlaps(struct intervals *x) {
  size_t n = 0;
  const struct stretch *first = NULL, *second = NULL;
  struct keymap *met = keymap_new();
  if (x->n) qsort(x->v, x->n, sizeof *x->v, by_thing_and_day);
  for (size_t i = 1, open = 0; i < x->n; i++) {
    if (x->v[i].of != x->v[open].of) open = i;
    if (open == i) continue;
    bool added = false;
    if (x->v[i].from < x->v[open].until) keymap_add(met, x->v[i].parent, &added);
    if (added && !n++) first = &x->v[open], second = &x->v[i];
    if (x->v[i].until > x->v[open].until) open = i; /* the one that ends last */
  }
  if (n == 1 || (n && n * RARE <= keymap_size(x->parents))) report_overlap(x, first, second, n);
  keymap_free(met);
}

static void look_at_intervals(struct lint *l, const struct entity *e,
                              void (*look)(struct intervals *)) {
  struct intervals x = {.parents = keymap_new()};
  x.scan = (struct row_scan){
      .l = l, .entity = e, .parent = -1, .texts = dict_new(), .take = take_intervals};
  add(&x.scan,
      (struct scan_column){
          .column = e->life.from, .kind = CELL_DATE, .what = "from", .form = e->life.from_form},
      ROLE_FROM);
  add(&x.scan,
      (struct scan_column){
          .column = e->life.until, .kind = CELL_DATE, .what = "until", .form = e->life.until_form},
      ROLE_UNTIL);
  add_edges(&x.scan);
  add_attributes(&x.scan);
  if (x.scan.parent >= 0 && scan_rows(&x.scan, &x)) look(&x);
  free(x.v);
  keymap_free(x.parents);
  dict_free(x.scan.texts);
}

static const char *const sold_words[] = {"subscription",
                                         "subscriptions",
                                         "contract",
                                         "contracts",
                                         "licence",
                                         "licences",
                                         "license",
                                         "licenses",
                                         "plan",
                                         "plans",
                                         "membership",
                                         "memberships",
                                         "retainer",
                                         "retainers",
                                         "lease",
                                         "leases",
                                         "abonnement",
                                         "abonnements",
                                         "contrat",
                                         "contrats",
                                         "line",
                                         "lines",
                                         "seat",
                                         "seats",
                                         "abo",
                                         "abos",
                                         "vertrag",
                                         "rental",
                                         "entitlement",
                                         "mrr",
                                         "arr",
                                         "recurring",
                                         "monthly",
                                         "annual",
                                         "sub",
                                         "subs",
                                         NULL};

/* Tickets, disputes and projects are many at once by their nature, also where money stands beside
 * them; what is subscribed to is once. */
static bool is_sold_over_time(const struct entity *e) {
  bool named = lint_has_word(e->name, sold_words) || lint_has_word(e->table, sold_words);
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *at = e->attrs.v[i];
    if (at->kind != ATTR_COLUMN || at->type.unit != U_MONEY) continue;
    if (named || at->type.per || lint_has_word(at->name, sold_words) ||
        lint_has_word(at->column, sold_words))
      return true;
  }
  return false;
}

static void look_at_what_is_sold(struct lint *l, void (*look)(struct intervals *)) {
  for (size_t i = 0; i < l->rs->entities.n; i++) {
    const struct entity *e = l->rs->entities.v[i];
    bool interval = e->life.from && e->life.until && !e->event && !e->life.ends;
    if (interval && is_sold_over_time(e)) look_at_intervals(l, e, look);
  }
}

void lint_intervals_overlap(struct lint *l) { look_at_what_is_sold(l, look_for_overlaps); }

void lint_last_day_differs(struct lint *l) { look_at_what_is_sold(l, look_at_joints); }
