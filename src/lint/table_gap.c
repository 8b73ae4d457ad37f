/* Rows that no line of a table of a threshold is for. In: tables, and where they are read. Out:
 * values that may be held, are looked up and have no line. */
#include <string.h>

#include "lint/check.h"
#include "sema/threshold_line.h"

/* The attribute that a threshold table is looked up by, when its values are listed. */
static const struct attr *listed_by(const struct lint *l, const struct expr *by) {
  const char *name = by->path.v[by->path.n - 1];
  const struct attr *found = NULL;
  for (size_t i = 0; i < l->rs->entities.n; i++)
    for (size_t k = 0; k < l->rs->entities.v[i]->attrs.n; k++) {
      const struct attr *at = l->rs->entities.v[i]->attrs.v[k];
      if (strcmp(at->name, name) != 0) continue;
      if (found) return NULL; /* two entities have one of that name */
      found = at;
    }
  return found && found->one_of.n ? found : NULL;
}

/* ---- where a table is read ------------------------------------------------------------ */

/* Rows for which a table is looked up. */
struct lookup {
  const struct term *table;          /* its T_THRESHOLD */
  const struct condition *guards[2]; /* which rows: of the `where` and the segment; NULL: all */
};

typedef VEC(struct lookup) lookup_list;

struct lookups { /* of all tables: gathered once, when the first gap is met */
  struct lint *l;
  const struct condition *guards[2]; /* of the aggregate or rule that is walked */
  struct map seen;                   /* names that were followed under these guards: each once */
  struct map tables;                 /* name of a table -> lookup_list */
  bool done;
};

static void find_lookup(void *ctx, const struct term *t);

/* What a row's KPI or attribute is made of is looked up for the rows that ask for it. */
static void follow(struct lookups *x, const struct term *t) {
  const struct term *core = t->kind == T_KPI || t->kind == T_ATTR ? term_core(t) : t;
  if (core == t || !t->ent) return;
  const char *key = arena_printf(x->l->a, "%p", (const void *)core);
  if (!map_put(&x->seen, x->l->a, key, x)) term_walk(core, find_lookup, x);
}

static void note_lookup(struct lookups *x, const struct term *t) {
  const char *name = t->threshold->name;
  lookup_list *list = map_get(&x->tables, name);
  if (!list) map_put(&x->tables, x->l->a, name, list = NEW(x->l->a, lookup_list));
  VEC_PUSH(x->l->a, list, ((struct lookup){t, {x->guards[0], x->guards[1]}}));
}

static void find_lookup(void *ctx, const struct term *t) {
  struct lookups *x = ctx;
  if (t->kind == T_THRESHOLD && t->threshold->by.n) note_lookup(x, t);
  follow(x, t);
}

/* sum of amount * odds over deal where open */
static void find_in_rows(void *ctx, const struct term *t) {
  struct lookups *x = ctx;
  if (t->kind != T_AGG) return;
  const struct segment *segment = t->agg->segment;
  x->seen = (struct map){0};
  x->guards[0] = condition_of(&x->l->subjects, t->agg->where);
  x->guards[1] = segment ? condition_of(&x->l->subjects, segment->term) : NULL;
  for (size_t i = 0; i < t->agg->values.n; i++) term_walk(t->agg->values.v[i], find_lookup, x);
  x->guards[0] = x->guards[1] = NULL;
}

/* Of all places in rules and in KPIs of the company and of groups; a KPI of a row counts where one
 * of these names it. */
static void gather_lookups(struct lookups *x) {
  struct lint *l = x->l;
  x->done = true;
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    x->seen = (struct map){0};
    x->guards[0] = f->when;
    term_walk(f->rule->when, find_lookup, x);
    x->guards[0] = NULL;
    rule_walk(f->rule, find_in_rows, x);
  }
  for (size_t i = 0; i < l->rs->kpis.n; i++) term_walk(l->rs->kpis.v[i]->term, find_in_rows, x);
}

bool leaves_out(struct lint *l, const struct condition *c, const struct term *path,
                const char *text) {
  const char *key = term_key(l->a, path);
  for (size_t i = 0; c && i < c->any.n; i++) {
    bool out = false;
    const struct conjunction *way = &c->any.v[i];
    for (size_t k = 0; k < way->left.n && !out; k++) {
      struct set one = set_text(l->a, text);
      if (strcmp(way->left.v[k].subject->key, key) != 0) continue;
      one = set_and(l->a, &one, &way->left.v[k].set);
      out = set_empty(&one);
    }
    if (!out) return false;
  }
  return c && c->any.n && !c->opaque;
}

/* Is a row that is over left out: cloture is unknown, active? */
static bool asks_open(const struct conjunction *way) {
  for (size_t i = 0; i < way->atoms.n; i++) {
    const struct atom *b = way->atoms.v[i];
    const struct term *t = b->term;
    bool active = t->kind == T_ATTR && t->attr->kind == ATTR_ACTIVE;
    if (active && !b->negated) return true;
    bool not_yet = t->kind == T_KNOWN && t->a->kind == T_ATTR && t->a->attr->known_from;
    if (not_yet && b->negated) return true;
  }
  return false;
}

static bool only_open(const struct condition *c) {
  for (size_t i = 0; c && i < c->any.n; i++)
    if (!asks_open(&c->any.v[i])) return false;
  return c && c->any.n && !c->opaque;
}

struct gaps {
  struct lint *l;
  struct lookups *lookups;
  const struct threshold *t;
  const struct attr **listed; /* for each path; NULL where its values are not listed */
  struct threshold_line row;  /* the values of the paths so far */
  name_list missing;          /* entries of which a line is missing, in their quotes */
};

/* Do the first n entries of the line stand in the row? */
static bool agrees(const struct threshold_line *line, const struct threshold_line *row, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(line->entries.v[i], row->entries.v[i]) != 0) return false;
  return true;
}

/* No row that is looked up has these entries: odds of what is won, where only open deals count. */
static bool nobody_looks(struct gaps *g) {
  if (!g->lookups->done) gather_lookups(g->lookups);
  const lookup_list *list = map_get(&g->lookups->tables, g->t->name);
  for (size_t i = 0; list && i < list->n; i++) {
    const struct lookup *x = &list->v[i];
    bool out = false;
    for (size_t k = 0; k < g->row.entries.n; k++)
      for (int w = 0; w < 2; w++)
        out |= leaves_out(g->l, x->guards[w], x->table->list.v[k], g->row.entries.v[k]) ||
               (lint_is_over(g->row.entries.v[k]) && only_open(x->guards[w]));
    if (!out) return false;
  }
  return list;
}

/* Goes down as far as lines tell the values of the next path apart. */
static void find_gaps(struct gaps *g) {
  size_t n = g->row.entries.n;
  bool further = false;
  for (size_t k = 0; k < g->t->lines.n; k++) {
    const struct threshold_line *line = &g->t->lines.v[k];
    if (line->entries.n <= n && agrees(line, &g->row, line->entries.n)) return; /* any goes */
    further |= line->entries.n > n && agrees(line, &g->row, n);
  }
  if (n && !further) {
    if (nobody_looks(g)) return;
    const char *entries = line_entries(&g->row, "\", \"", g->l->a);
    VEC_PUSH(g->l->a, &g->missing, arena_printf(g->l->a, "\"%s\"", entries));
    return;
  }
  const struct attr *at = g->listed[n];
  for (size_t v = 0; at && v < at->one_of.n; v++) {
    VEC_PUSH(g->l->a, &g->row.entries, at->one_of.v[v]->name);
    find_gaps(g);
    g->row.entries.n = n;
  }
}

void lint_table_gap(struct lint *l) {
  struct lookups lookups = {.l = l};
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    struct gaps g = {.l = l,
                     .t = t,
                     .lookups = &lookups,
                     .listed = NEW_N(l->a, const struct attr *, t->by.n + 1)};
    for (size_t k = 0; k < t->by.n; k++) g.listed[k] = listed_by(l, t->by.v[k]);
    if (t->by.n) find_gaps(&g);
    if (!g.missing.n) continue;
    const char *missing = "";
    for (size_t k = 0; k < g.missing.n; k++)
      missing = arena_printf(l->a, "%s%s%s", missing,
                             !k            ? ""
                             : t->by.n > 1 ? "; "
                                           : ", ",
                             g.missing.v[k]);
    struct diag *d =
        lint_tell(l, t->span, "`%s` has no value for %s: what compares with it is unknown there",
                  t->name, missing);
    for (size_t k = 0; k < t->by.n; k++)
      if (g.listed[k]) lint_note(l, d, g.listed[k]->span, "the values are listed here");
    lint_help(l, d, "add the line: for %s = …", g.missing.v[0]);
  }
}
