/* Lines of a threshold that no row ever reads, and rows that no line of a table is for. In:
 * thresholds. Out: segments without rows; values that may be held and have no line. */
#include <string.h>

#include "lint/check.h"
#include "sema/threshold_line.h"

static void check_segment(struct lint *l, const struct threshold_line *line) {
  const struct condition *c = condition_of(&l->subjects, line->segment->term);
  const struct atom *x, *y;
  size_t bad = 0;
  for (size_t i = 0; c && i < c->any.n; i++)
    bad += conjunction_contradicts(&l->subjects, &c->any.v[i], &x, &y);
  if (!c || c->opaque || bad < c->any.n) return;
  lint_help(l,
            lint_tell(l, line->span, "the segment `%s` has no rows, so this line is never read",
                      line->segment->name),
            "correct the segment, or remove the line");
}

void lint_dead_threshold_line(struct lint *l) {
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    for (size_t k = 0; k < t->lines.n; k++)
      if (t->lines.v[k].segment) check_segment(l, &t->lines.v[k]);
  }
}

static bool same_rows(const struct threshold_line *x, const struct threshold_line *y) {
  if (x->segment != y->segment || x->entries.n != y->entries.n) return false;
  for (size_t i = 0; i < x->entries.n; i++)
    if (strcmp(x->entries.v[i], y->entries.v[i]) != 0) return false;
  return true;
}

/* from 2025-04-01 below from 2026-01-01: the later day counts, wherever it stands. */
void lint_lines_out_of_order(struct lint *l) {
  char day[16], later[16];
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    for (size_t k = 1; k < t->lines.n; k++) {
      const struct threshold_line *x = &t->lines.v[k], *above = NULL;
      for (size_t j = 0; j < k && x->from > DAY_MIN; j++)
        if (same_rows(&t->lines.v[j], x) && t->lines.v[j].from > x->from) above = &t->lines.v[j];
      if (!above) continue;
      struct diag *d =
          lint_tell(l, x->span, "this line of %s no longer counts: since %s another one does",
                    day_text(x->from, day), day_text(above->from, later));
      lint_note(l, d, above->span, "this one");
      lint_help(l, d, "correct the year, or move the line above that of the later day");
    }
  }
}

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

struct gaps {
  struct lint *l;
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
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    struct gaps g = {.l = l, .t = t, .listed = NEW_N(l->a, const struct attr *, t->by.n + 1)};
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
