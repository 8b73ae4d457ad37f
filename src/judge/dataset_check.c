/* Declared names and types against a dataset. In: a rule set and a dataset. Out: diagnostics in
 * the rule files. */
#include "judge/dataset_check.h"

#include <string.h>

#include "base/suggest.h"
#include "base/text.h"
#include "data/cell_kind.h"
#include "judge/times_check.h"
#include "eval/evaluate.h"

/* ---- names ---------------------------------------------------------------------------- */

static const struct table_info *find_table(struct ruleset *rs, struct dataset *dataset,
                                           const char *name, struct span at, int *wrong) {
  const struct table_info *t = dataset_table(dataset, name);
  if (t && !t->broken) return t;
  (*wrong)++;
  if (t) {
    diag_add(&rs->diags, V0509, at, "\"%s\" cannot be read: %s", t->name, t->broken);
    return NULL;
  }
  name_list all = {0};
  const struct table_info *const *tables = dataset_tables(dataset);
  for (size_t i = 0; tables[i]; i++) VEC_PUSH(rs->arena, &all, tables[i]->name);
  size_t n = all.n;
  const char *near = suggest(name, all.v, n), **names = all.v;
  struct diag *d =
      diag_add(&rs->diags, V0501, at, "the database has no table or view called \"%s\"", name);
  if (near)
    diag_help(&rs->diags, d, "did you mean \"%s\"?", near);
  else if (!n)
    diag_help(&rs->diags, d, "it holds no tables at all: is --db the right file?");
  else
    diag_help(&rs->diags, d, "its first tables are: %s%s%s%s%s", names[0], n > 1 ? ", " : "",
              n > 1 ? names[1] : "", n > 2 ? ", " : "", n > 2 ? names[2] : "");
  return NULL;
}

static void need_column(struct ruleset *rs, const struct table_info *t, const char *column,
                        struct span at, int *wrong) {
  if (!t || !column || table_column(t, column)) return;
  size_t n = 0;
  while (t->columns[n]) n++;
  const char *near = suggest(column, t->columns, n);
  struct diag *d = diag_add(&rs->diags, V0502, at, "the table \"%s\" has no column called \"%s\"",
                            t->name, column);
  if (near)
    diag_help(&rs->diags, d, "did you mean \"%s\"?", near);
  else {
    const char *list = "";
    for (size_t i = 0; i < n && i < 12; i++)
      list = arena_printf(rs->arena, "%s%s%s", list, i ? ", " : "", t->columns[i]);
    diag_help(&rs->diags, d, "its columns are: %s%s", list, n > 12 ? ", …" : "");
  }
  (*wrong)++;
}

static void check_entity(struct ruleset *rs, struct dataset *dataset, const struct entity *e,
                         int *wrong) {
  const struct table_info *t = find_table(rs, dataset, e->table, e->table_span, wrong);
  need_column(rs, t, e->key, e->key_span, wrong);
  need_column(rs, t, e->label, e->label_span, wrong);
  need_column(rs, t, e->life.from, e->life_span, wrong);
  need_column(rs, t, e->life.until, e->life_span, wrong);
  for (size_t i = 0; i < e->edges.n; i++)
    need_column(rs, t, e->edges.v[i]->column, e->edges.v[i]->span, wrong);
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *a = e->attrs.v[i];
    if (a->kind == ATTR_COLUMN) {
      need_column(rs, t, a->column, a->span, wrong);
      need_column(rs, t, a->currency_column, a->span, wrong);
    } else if (a->kind == ATTR_HISTORY) {
      const struct table_info *h =
          find_table(rs, dataset, a->history.table, a->history.span, wrong);
      need_column(rs, h, a->history.by, a->history.span, wrong);
      need_column(rs, h, a->history.at, a->history.span, wrong);
      need_column(rs, h, a->history.value, a->history.span, wrong);
      need_column(rs, h, a->history.until, a->history.span, wrong);
    }
  }
}

static void check_fiscal(struct ruleset *rs, struct dataset *dataset, int *wrong) {
  const struct fiscal_source *f = &rs->fiscal;
  const struct table_info *t = find_table(rs, dataset, f->table, f->span, wrong);
  const char *const columns[] = {f->start, f->end, f->period, f->quarter, f->year};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    need_column(rs, t, columns[i], f->span, wrong);
}

int dataset_check_names(struct ruleset *rs, struct dataset *dataset) {
  int wrong = 0;
  for (size_t i = 0; i < rs->entities.n; i++) check_entity(rs, dataset, rs->entities.v[i], &wrong);
  if (rs->holidays_table) {
    const struct table_info *t =
        find_table(rs, dataset, rs->holidays_table, rs->holidays_span, &wrong);
    need_column(rs, t, rs->holidays_column, rs->holidays_span, &wrong);
  }
  if (rs->fiscal.table) check_fiscal(rs, dataset, &wrong);
  return wrong;
}

/* ---- values --------------------------------------------------------------------------- */

/* Columns whose cells are only read; and rows without a day from which they exist. */
struct looked_at {
  int from, until; /* columns of the days of a row's life; -1 */
  bool through;    /* until is the last day, not the one after it */
  bool absence;    /* the days are those of an absence, which a row need not have */
  bool leave_out_keyless;
  long undated;
  long rows; /* of the table; -1: nothing of it was looked at */
};

static bool count_undated(void *ctx, const struct batch *b) {
  struct looked_at *l = ctx;
  l->undated += batch_undated(b, l->from, l->until, l->through, l->absence);
  return true;
}

struct columns {
  VEC(struct scan_column) list;
};

static void warn_unreadable(struct ruleset *rs, const struct scan *s,
                            const struct unreadable_cells *u) {
  size_t i = 0;
  while (s->columns[i].column != u->column || s->columns[i].what != u->what) i++;
  struct diag *d =
      diag_add_finding(&rs->diags, V0512, s->columns[i].at, "%s", unreadable_text(u, rs->arena));
  bool listed = s->columns[i].form.n_one_of > 0;
  diag_help(&rs->diags, d, "%s: what is computed over them is partial",
            listed ? "add to `one of` what may stand there, and correct the rest in the data"
                   : "correct them in the data");
}

static void add(struct ruleset *rs, struct columns *c, struct scan_column s, struct span at) {
  s.at = at;
  if (s.column) VEC_PUSH(rs->arena, &c->list, s);
}

static int check_columns(struct ruleset *rs, struct dataset *dataset, const char *table,
                         const struct columns *c, int key, struct looked_at *l) {
  struct scan s = {.table = table,
                   .columns = c->list.v,
                   .n_columns = c->list.n,
                   .key_column = key,
                   .leave_out_keyless = l->leave_out_keyless,
                   .tz = rs->tz,
                   .take = count_undated,
                   .ctx = l,
                   .look = times_check_look,
                   .look_ctx = times_check_new(rs, c->list.v, c->list.n)};
  l->rows = -1;
  if (!c->list.n) return 0;
  bool good = dataset_scan(dataset, &s, &rs->diags);
  if (good) l->rows = s.rows;
  times_check_report(s.look_ctx, table, &rs->diags);
  for (size_t i = 0; good && i < s.n_unreadable; i++) warn_unreadable(rs, &s, &s.unreadable[i]);
  return !good;
}

/* ---- keys: a run stops at a row without one, and at two rows with the same ------------ */

struct keys {
  struct arena *a;
  struct keymap *seen;
  size_t rows, empty;  /* empty: the number of the first row without a key, from 1 */
  const char *doubled; /* the first key that comes again */
};

static bool take_keys(void *ctx, const struct batch *b) {
  struct keys *k = ctx;
  const struct column *c = &b->columns[0];
  for (size_t i = 0; i < b->n; i++) {
    bool added = true;
    k->rows++;
    if (bit_get(c->valid, i))
      keymap_add(k->seen, c->key[i], &added);
    else if (!k->empty)
      k->empty = k->rows;
    if (!added && !k->doubled) k->doubled = key_text(k->a, c->key[i]);
  }
  return true;
}

static bool is_judged(const struct ruleset *rs, const struct entity *e) {
  for (size_t i = 0; i < rs->rules.n; i++)
    if (rs->rules.v[i]->entity == e) return true;
  for (size_t i = 0; i < rs->kpis.n; i++)
    if (rs->kpis.v[i]->entity == e) return true;
  return false;
}

static int check_keys(struct ruleset *rs, struct dataset *dataset, const struct entity *e) {
  if (!e->key || !is_judged(rs, e)) return 0;
  struct keys k = {.a = rs->arena, .seen = keymap_new()};
  struct scan_column key = {.column = e->key, .kind = CELL_KEY, .what = "key", .form = e->key_form};
  struct scan s = {.table = e->table,
                   .columns = &key,
                   .n_columns = 1,
                   .key_column = 0,
                   .leave_out_keyless = e->key_form.lenient,
                   .tz = rs->tz,
                   .take = take_keys,
                   .ctx = &k};
  struct diags again = {.arena = rs->arena}; /* check_values has reported what cannot be read */
  bool read = dataset_scan(dataset, &s, &again);
  keymap_free(k.seen);
  if (!read || (!k.empty && !k.doubled)) return 0;
  struct diag *d;
  if (k.empty)
    d = diag_add(&rs->diags, V0505, e->key_span,
                 "%s: row %zu has no key, the column %s is empty: every %s needs one", e->table,
                 k.empty, e->key, e->name);
  else
    d = diag_add(&rs->diags, V0505, e->key_span,
                 "%s: several rows have the key %s, in the column %s: each %s must be there once",
                 e->table, k.doubled, e->key, e->name);
  diag_help(
      &rs->diags, d,
      k.empty
          ? "leave such rows out with a view"
          : "remove the copies from the data, or choose a column that is different for every row");
  return 1;
}

static int check_history(struct ruleset *rs, struct dataset *dataset, const struct attr *a) {
  struct columns c = {0};
  const struct history *h = &a->history;
  add(rs, &c,
      (struct scan_column){.column = h->by,
                           .kind = CELL_KEY,
                           .what = a->entity->name,
                           .form = lenient_form(&h->day_form)},
      h->span);
  add(rs, &c,
      (struct scan_column){
          .column = h->at, .kind = CELL_DATE, .what = a->name, .form = h->day_form},
      h->span);
  struct cell_form until = h->day_form;
  until.lenient = false;
  add(rs, &c,
      (struct scan_column){.column = h->until, .kind = CELL_DATE, .what = a->name, .form = until},
      h->span);
  add(rs, &c,
      (struct scan_column){.column = h->value,
                           .kind = cell_kind_of(&a->type, a->percent_column),
                           .what = a->name,
                           .form = a->form,
                           .currency = a->type.currency},
      h->span);
  struct looked_at l = {.from = -1, .until = -1};
  return check_columns(rs, dataset, h->table, &c, 0, &l);
}

static void warn_undated(struct ruleset *rs, const struct entity *e, long n) {
  const struct life *l = &e->life;
  struct diag *d = diag_add_finding(
      &rs->diags, V0511, e->life_span, "%s: %s %s %s undated, the column %s is empty%s%s%s",
      e->table, grouped_count(n, rs->arena), counted_name(rs->arena, n, e->name),
      plural(n, "is", "are"), l->from, l->until ? ", or " : "", l->until ? l->until : "",
      l->until ? " comes before it" : "");
  diag_help(&rs->diags, d,
            "what is computed over them says `2 of 5 rows`: mend the data, or leave such rows out "
            "with a view");
}

/* A run refuses it too, where its rules read the table (action/filled.h). */
static int tell_empty(struct ruleset *rs, const struct entity *e) {
  struct diag *d =
      diag_add(&rs->diags, V0518, e->table_span,
               "the table \"%s\" has no rows: a run that reads it judges nothing", e->table);
  diag_help(&rs->diags, d, "load it; if it is meant, write under entity %s: may be empty", e->name);
  return 1;
}

static int check_values(struct ruleset *rs, struct dataset *dataset, const struct entity *e) {
  struct columns c = {0};
  int wrong = 0;
  add(rs, &c,
      (struct scan_column){.column = e->key, .kind = CELL_KEY, .what = "key", .form = e->key_form},
      e->key_span);
  add(rs, &c,
      (struct scan_column){
          .column = e->life.from, .kind = CELL_DATE, .what = "from", .form = e->life.from_form},
      e->life_span);
  add(rs, &c,
      (struct scan_column){
          .column = e->life.until, .kind = CELL_DATE, .what = "until", .form = e->life.until_form},
      e->life_span);
  for (size_t i = 0; i < e->edges.n; i++)
    if (e->edges.v[i]->parent)
      add(rs, &c,
          (struct scan_column){.column = e->edges.v[i]->column,
                               .kind = CELL_KEY,
                               .what = e->edges.v[i]->parent->name,
                               .form = e->edges.v[i]->form},
          e->edges.v[i]->span);
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *a = e->attrs.v[i];
    if (a->kind == ATTR_HISTORY) wrong += check_history(rs, dataset, a);
    if (a->kind != ATTR_COLUMN) continue;
    add(rs, &c,
        (struct scan_column){.column = a->column,
                             .kind = cell_kind_of(&a->type, a->percent_column),
                             .what = a->name,
                             .form = a->form,
                             .currency = a->type.currency},
        a->span);
    bool one = !a->currency_column || in_one_currency(rs, a);
    add(rs, &c,
        (struct scan_column){.column = a->currency_column,
                             .kind = one ? CELL_CURRENCY : CELL_CODE,
                             .what = a->name,
                             .form = lenient_form(&a->form),
                             .currency = a->type.currency},
        a->span);
  }
  struct looked_at l = {.from = e->life.from ? e->key != NULL : -1,
                        .until = e->life.until ? (e->key != NULL) + 1 : -1,
                        .through = e->life.through,
                        .absence = e->life.absence,
                        .leave_out_keyless = e->key_form.lenient && e->key};
  wrong += check_columns(rs, dataset, e->table, &c, e->key ? 0 : -1, &l);
  if (l.undated) warn_undated(rs, e, l.undated);
  if (l.rows == 0 && !e->may_be_empty) wrong += tell_empty(rs, e);
  return wrong;
}

/* Rows that belong to rows of their own table in a circle: loading the edge finds them. */
static int check_trees_of(struct ruleset *rs, struct dataset *dataset, struct entity *e) {
  int wrong = 0;
  for (size_t i = 0; i < e->edges.n && !wrong; i++) {
    struct edge *edge = e->edges.v[i];
    if (edge->parent != e) continue;
    struct plan *p = plan_new(rs, rs->arena);
    int domain = plan_entity_domain(p, e, true);
    struct term key = {.kind = T_KEY, .ent = e, .type = {.unit = U_TEXT}};
    struct term up = {
        .kind = T_PARENT, .ent = e, .edge = edge, .a = &key, .type = {.unit = U_TEXT}};
    int root = plan_term(p, &up, domain, DAY_NONE);
    struct diags problems = {.arena = rs->arena};
    struct evaluation *ev = NULL;
    evaluation_run(p, dataset, &root, 1, NULL, NULL, &ev, &problems);
    const struct diag *d = problems.errors ? diags_error(&problems) : NULL;
    if (d && d->kind == diag_kind(V0515)) {
      diag_add(&rs->diags, V0515, edge->span, "%s", d->message);
      wrong++;
    }
    evaluation_free(ev);
  }
  return wrong;
}

int dataset_check_values(struct ruleset *rs, struct dataset *dataset) {
  int wrong = 0;
  for (size_t i = 0; i < rs->entities.n; i++) {
    struct entity *e = rs->entities.v[i];
    wrong +=
        check_values(rs, dataset, e) + check_keys(rs, dataset, e) + check_trees_of(rs, dataset, e);
  }
  return wrong;
}
