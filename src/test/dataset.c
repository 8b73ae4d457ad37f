/* Rows of a test to tables. In: facts. Out: a dataset in memory, and what the plan is told of
 * KPIs that are given. */
#include "test/dataset.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/date_format.h"
#include "data/memory/memory.h"

#define DOUBT "something is unknown" /* a flag column of every entity: see plan.h */

enum {
  LONG_AGO = -25567, /* 1900-01-01 */
  LONG_AFTER = 73049 /* 2170-01-01 */
};

struct slot {
  bool set;
  struct raw_cell cell;
};

struct grid { /* a table being filled; all its columns come before its first row */
  const char *name;
  VEC(const char *) columns;
  VEC(struct slot *) rows;
};

struct placed { /* a row of the test in its table */
  const struct entity *entity;
  const char *key; /* NULL: none can be, the entity has no key */
  const char *name;
  struct grid *grid;
  size_t row;
  day_t day;                            /* when it was given first */
  VEC(const struct test_fact *) active; /* what it says of its flag `active` */
};

struct record { /* a row of a history table */
  struct grid *grid;
  const struct history *history;
  const char *key;
  day_t day;
  size_t row;
};

struct world {
  struct arena *a;
  struct plan *plan;
  struct ruleset *rs;
  const struct zone *zone; /* of the calendar; NULL: UTC */
  VEC(struct grid *) grids;
  VEC(struct placed *) placed;
  VEC(struct record) records;
};

/* ---- tables and columns --------------------------------------------------------------- */

static struct grid *grid_of(struct world *w, const char *table) {
  for (size_t i = 0; i < w->grids.n; i++)
    if (strcasecmp(w->grids.v[i]->name, table) == 0) return w->grids.v[i];
  struct grid *g = NEW(w->a, struct grid);
  g->name = table;
  VEC_PUSH(w->a, &w->grids, g);
  return g;
}

static size_t find_column(const struct grid *g, const char *name) {
  size_t i = 0;
  while (i < g->columns.n && strcasecmp(g->columns.v[i], name) != 0) i++;
  return i;
}

static void add_column(struct world *w, struct grid *g, const char *name) {
  if (name && find_column(g, name) == g->columns.n) VEC_PUSH(w->a, &g->columns, name);
}

static void add_attr_columns(struct world *w, struct grid *g, const struct attr *at) {
  if (at->kind == ATTR_COLUMN) {
    add_column(w, g, at->column);
    add_column(w, g, at->currency_column);
  }
  if (at->kind != ATTR_HISTORY) return;
  struct grid *h = grid_of(w, at->history.table);
  add_column(w, h, at->history.by);
  add_column(w, h, at->history.at);
  add_column(w, h, at->history.value);
  add_column(w, h, at->history.until);
}

static void add_entity_columns(struct world *w, const struct entity *ent) {
  struct grid *g = grid_of(w, ent->table);
  add_column(w, g, ent->key);
  add_column(w, g, ent->label);
  add_column(w, g, ent->life.from);
  add_column(w, g, ent->life.until);
  for (size_t i = 0; i < ent->edges.n; i++) add_column(w, g, ent->edges.v[i]->column);
  for (size_t i = 0; i < ent->attrs.n; i++) add_attr_columns(w, g, ent->attrs.v[i]);
  add_column(w, g, DOUBT);
}

/* ---- cells ---------------------------------------------------------------------------- */

static struct slot *slot_of(struct grid *g, size_t row, const char *column) {
  return &g->rows.v[row][find_column(g, column)];
}

static void set_cell(struct grid *g, size_t row, const char *column, struct raw_cell c) {
  if (column) *slot_of(g, row, column) = (struct slot){true, c};
}

/* A day as the column writes it: "31/12/2026" for DD/MM/YYYY. */
static struct raw_cell day_cell(struct world *w, day_t d, const struct cell_form *form) {
  char text[DAY_WRITTEN_MAX];
  struct day_format f = {0};
  struct zone_clock clock = {.zone = w->zone};
  struct day_clocks clocks = {.company = &clock};
  if (form) CHECK(day_format_read(form->format, &f));
  return raw_text(arena_strdup(w->a, day_write(&f, d, &clocks, text)));
}

static struct raw_cell value_cell(struct world *w, const struct value *v,
                                  const struct cell_form *form, bool percent) {
  if (!v->known) return (struct raw_cell){0};
  switch (unit_class(v->type.unit)) {
    case CLASS_TXT: return raw_text(v->text);
    case CLASS_BOOL: return raw_text(v->num != 0 ? "true" : "false");
    case CLASS_DAY: return day_cell(w, (day_t)v->num, form);
    default: break;
  }
  double x = v->num;
  if (v->type.unit == U_MONEY) x /= currency_minor(v->type.currency);
  if (form && form->duration) x /= dur_unit_size(form->in);
  if (percent) x = round(x * 100 * 1e9) / 1e9; /* 0.65 * 100 is not 65 */
  return raw_real(x);
}

/* ---- rows ----------------------------------------------------------------------------- */

static size_t new_row(struct world *w, struct grid *g) {
  VEC_PUSH(w->a, &g->rows, NEW_N(w->a, struct slot, g->columns.n));
  return g->rows.n - 1;
}

/* Two entities may read one table: a row of one name is one row of it. */
static struct placed *find_placed(struct world *w, const struct test_row *r) {
  for (size_t i = 0; i < w->placed.n && r->name; i++) {
    struct placed *p = w->placed.v[i];
    if (p->entity == r->entity && p->name && strcmp(p->name, r->name) == 0) return p;
  }
  return NULL;
}

static struct grid *same_row_elsewhere(struct world *w, const struct test_row *r, size_t *row) {
  for (size_t i = 0; i < w->placed.n && r->name && r->entity->key; i++) {
    const struct placed *p = w->placed.v[i];
    bool table = strcasecmp(p->entity->table, r->entity->table) == 0 && p->entity->key &&
                 strcasecmp(p->entity->key, r->entity->key) == 0;
    if (!table || !p->name || strcmp(p->name, r->name) != 0) continue;
    *row = p->row;
    return p->grid;
  }
  return NULL;
}

static struct placed *place_row(struct world *w, const struct test_row *r, day_t day) {
  struct placed *p = find_placed(w, r);
  if (p) return p;
  p = NEW(w->a, struct placed);
  *p = (struct placed){.entity = r->entity, .name = r->name, .key = r->name, .day = day};
  p->grid = same_row_elsewhere(w, r, &p->row);
  if (!p->grid) {
    p->grid = grid_of(w, r->entity->table);
    p->row = new_row(w, p->grid);
  }
  if (!p->key) p->key = arena_printf(w->a, "%s %zu", r->entity->name, w->placed.n + 1);
  set_cell(p->grid, p->row, r->entity->key, raw_text(p->key));
  if (r->name) set_cell(p->grid, p->row, r->entity->label, raw_text(r->name));
  VEC_PUSH(w->a, &w->placed, p);
  return p;
}

static void put_record(struct world *w, struct placed *p, const struct test_fact *f) {
  const struct attr *at = f->attr;
  const struct history *h = &at->history;
  struct record rec = {.grid = grid_of(w, h->table), .history = h, .key = p->key, .day = f->day};
  size_t i = 0;
  for (; i < w->records.n; i++) {
    const struct record *x = &w->records.v[i];
    bool same = x->grid == rec.grid && strcasecmp(x->history->by, h->by) == 0 &&
                strcasecmp(x->history->at, h->at) == 0;
    if (same && x->day == rec.day && strcmp(x->key, rec.key) == 0) break;
  }
  if (i == w->records.n) {
    rec.row = new_row(w, rec.grid);
    set_cell(rec.grid, rec.row, h->by, raw_text(rec.key));
    set_cell(rec.grid, rec.row, h->at, day_cell(w, rec.day, &h->day_form));
    VEC_PUSH(w->a, &w->records, rec);
  }
  set_cell(rec.grid, w->records.v[i].row, h->value,
           value_cell(w, &f->value, &at->form, at->percent_column));
}

/* A record of a table with several values says something of each: what it does not name is as it
 * was. */
static void fill_records(struct world *w) {
  for (size_t i = 0; i < w->records.n; i++) {
    const struct record *r = &w->records.v[i];
    for (size_t c = 0; c < r->grid->columns.n; c++) {
      struct slot *s = &r->grid->rows.v[r->row][c];
      const struct record *best = NULL;
      for (size_t k = 0; k < w->records.n && !s->set; k++) {
        const struct record *x = &w->records.v[k];
        bool earlier = x->grid == r->grid && x->day < r->day && strcmp(x->key, r->key) == 0 &&
                       (!best || x->day > best->day);
        if (earlier && x->grid->rows.v[x->row][c].set) best = x;
      }
      if (best) s->cell = best->grid->rows.v[best->row][c].cell;
    }
  }
}

/* ---- lives ---------------------------------------------------------------------------- */

/* `active true` after `active false` is a beginning, the reverse an end; alone they speak of all
 * days. */
static void put_active(struct world *w, struct placed *p) {
  const struct life *l = &p->entity->life;
  day_t from = LONG_AGO, until = DAY_NONE, last = LONG_AGO;
  int before = -1;
  for (size_t i = 0; i < p->active.n; i++) {
    const struct test_fact *f = p->active.v[i];
    if (!f->value.known) {
      set_cell(p->grid, p->row, l->from, (struct raw_cell){0});
      if (l->absence) /* without any day it would be none */
        set_cell(p->grid, p->row, l->until, day_cell(w, LONG_AFTER, &l->until_form));
      return;
    }
    bool on = f->value.num != 0;
    if (on && before == 0) from = f->day, until = DAY_NONE;
    if (!on && before != 0) until = before == 1 ? f->day : LONG_AGO + 1;
    before = on;
    last = f->day;
  }
  if (until != DAY_NONE && !l->until) from = last + 1; /* it cannot end, so it has not begun */
  if (!slot_of(p->grid, p->row, l->from)->set)
    set_cell(p->grid, p->row, l->from, day_cell(w, from, &l->from_form));
  if (until != DAY_NONE && l->until && !slot_of(p->grid, p->row, l->until)->set)
    set_cell(p->grid, p->row, l->until,
             day_cell(w, l->through ? until - 1 : until, &l->until_form));
}

static void add_active(struct world *w, struct placed *p, const struct test_fact *f) {
  VEC_PUSH(w->a, &p->active, f);
  for (size_t i = p->active.n - 1; i > 0 && p->active.v[i - 1]->day > f->day; i--) {
    p->active.v[i] = p->active.v[i - 1];
    p->active.v[i - 1] = f;
  }
}

static void put_life(struct world *w, struct placed *p) {
  const struct life *l = &p->entity->life;
  if (p->active.n)
    put_active(w, p);
  else if (l->from && !l->absence && !slot_of(p->grid, p->row, l->from)->set)
    set_cell(p->grid, p->row, l->from,
             day_cell(w, p->entity->event ? p->day : LONG_AGO, &l->from_form));
}

/* ---- facts ---------------------------------------------------------------------------- */

static const char *given_column(struct world *w, const struct test_fact *f, const char *what) {
  char day[16];
  return arena_printf(w->a, "%s on %s %s", f->kpi->name, day_text(f->day, day), what);
}

static void add_given_kpi(struct world *w, const struct test_fact *f) {
  struct grid *g = grid_of(w, f->kpi->entity->table);
  struct given_kpi s = {.kpi = f->kpi, .day = f->day};
  s.value = (struct cell){
      .column = given_column(w, f, "value"), .what = f->kpi->name, .type = f->kpi->term->type};
  s.given = (struct cell){
      .column = given_column(w, f, "given"), .what = f->kpi->name, .type = {.unit = U_FLAG}};
  if (find_column(g, s.value.column) < g->columns.n) return;
  add_column(w, g, s.value.column);
  add_column(w, g, s.given.column);
  VEC_PUSH(w->a, &w->plan->given_kpis, s);
}

/* The currency beside an amount; one that is given besides stays. */
static void put_currency(struct placed *p, const struct test_fact *f) {
  const char *column = f->attr->currency_column;
  const struct type *type = f->value.known ? &f->value.type : &f->attr->type;
  if (f->bare && slot_of(p->grid, p->row, column)->set) return;
  set_cell(p->grid, p->row, column, raw_text(type->currency));
}

static void put_fact(struct world *w, struct placed *p, const struct test_fact *f) {
  const struct life *l = &p->entity->life;
  struct value v = f->value;
  if (!v.known) set_cell(p->grid, p->row, DOUBT, raw_text("true"));
  switch (f->kind) {
    case FACT_PARENT:
      set_cell(p->grid, p->row, f->edge->column, value_cell(w, &v, NULL, false));
      return;
    case FACT_BORN:
      set_cell(p->grid, p->row, l->from, value_cell(w, &v, &l->from_form, false));
      return;
    case FACT_ENDED:
      v.num -= l->through;
      set_cell(p->grid, p->row, l->until, value_cell(w, &v, &l->until_form, false));
      return;
    case FACT_KPI:
      set_cell(p->grid, p->row, given_column(w, f, "value"), value_cell(w, &v, NULL, false));
      set_cell(p->grid, p->row, given_column(w, f, "given"), raw_text("true"));
      return;
    case FACT_ATTR: break;
  }
  if (f->attr->kind == ATTR_ACTIVE) add_active(w, p, f);
  if (f->attr->kind == ATTR_HISTORY) put_record(w, p, f);
  if (f->attr->kind != ATTR_COLUMN) return;
  set_cell(p->grid, p->row, f->attr->column,
           value_cell(w, &v, &f->attr->form, f->attr->percent_column));
  if (f->attr->currency_column) put_currency(p, f);
}

/* Rows that came into a table by another way (records of a history that is also an entity) need
 * keys too. */
static void complete_rows(struct world *w, const struct entity *ent) {
  struct grid *g = grid_of(w, ent->table);
  for (size_t r = 0; r < g->rows.n; r++) {
    if (!slot_of(g, r, DOUBT)->set) set_cell(g, r, DOUBT, raw_text("false"));
    if (ent->key && !slot_of(g, r, ent->key)->set)
      set_cell(g, r, ent->key, raw_text(arena_printf(w->a, "row %zu", r + 1)));
  }
}

/* ---- the whole ------------------------------------------------------------------------ */

static void fill(struct world *w, const struct test *t, size_t last) {
  for (size_t s = 0; s <= last; s++)
    for (size_t i = 0; i < t->steps.v[s]->rows.n; i++) {
      const struct test_row *r = &t->steps.v[s]->rows.v[i];
      struct placed *p = place_row(w, r, t->steps.v[s]->day);
      for (size_t k = 0; k < r->facts.n; k++) put_fact(w, p, &r->facts.v[k]);
    }
  fill_records(w);
  for (size_t i = 0; i < w->placed.n; i++) put_life(w, w->placed.v[i]);
  for (size_t i = 0; i < w->rs->entities.n; i++) complete_rows(w, w->rs->entities.v[i]);
}

static struct memory_table table_of(struct world *w, const struct grid *g) {
  struct memory_table t = {
      .name = g->name, .columns = g->columns.v, .n_columns = g->columns.n, .n_rows = g->rows.n};
  const struct raw_cell **rows = NEW_N(w->a, const struct raw_cell *, g->rows.n + 1);
  for (size_t r = 0; r < g->rows.n; r++) {
    struct raw_cell *cells = NEW_N(w->a, struct raw_cell, g->columns.n);
    for (size_t c = 0; c < g->columns.n; c++) cells[c] = g->rows.v[r][c].cell;
    rows[r] = cells;
  }
  t.rows = rows;
  return t;
}

struct dataset *open_test_dataset(struct plan *plan, const struct test *t, size_t last) {
  struct world w = {.a = plan->arena, .plan = plan, .rs = plan->rs};
  plan->excerpt = DOUBT;
  w.zone = zone_read(w.a, plan->rs->tz);
  for (size_t i = 0; i < w.rs->entities.n; i++) add_entity_columns(&w, w.rs->entities.v[i]);
  for (size_t s = 0; s <= last; s++)
    for (size_t i = 0; i < t->steps.v[s]->rows.n; i++)
      for (size_t k = 0; k < t->steps.v[s]->rows.v[i].facts.n; k++)
        if (t->steps.v[s]->rows.v[i].facts.v[k].kind == FACT_KPI)
          add_given_kpi(&w, &t->steps.v[s]->rows.v[i].facts.v[k]);
  for (size_t s = 0; s <= last; s++)
    for (size_t i = 0; i < t->steps.v[s]->totals.n; i++) {
      const struct test_total *g = &t->steps.v[s]->totals.v[i];
      struct given_total given = {g->kpi, g->group.n ? g->group.v : NULL, g->day, g->value};
      VEC_PUSH(w.a, &plan->given_totals, given);
    }
  fill(&w, t, last);
  struct memory_table *tables = NEW_N(w.a, struct memory_table, w.grids.n + 1);
  for (size_t i = 0; i < w.grids.n; i++) tables[i] = table_of(&w, w.grids.v[i]);
  return memory_dataset("the test", tables, w.grids.n, w.a);
}
