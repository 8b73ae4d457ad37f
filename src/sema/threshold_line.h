/* Which line of a threshold counts. */
#ifndef VIGIE_THRESHOLD_LINE_H
#define VIGIE_THRESHOLD_LINE_H

#include "sema/ruleset.h"

/* Are both for everybody, for one segment, or for the same entries of a table? Their days
 * differ. */
bool same_scope(const struct threshold_line *a, const struct threshold_line *b);
/* What `scope` of the line is to be: of the same scope the same, never 0. A line of which it is 0
 * is compared in full. */
uint64_t scope_hash(const struct threshold_line *l);
/* For everybody: no segment, no entries. */
bool is_base_line(const struct threshold_line *l);
/* The latest line of the scope of `like` (NULL: the base) that has come by the day; NULL: none
 * has. */
const struct threshold_line *threshold_line_on(const struct threshold *t,
                                               const struct threshold_line *like, day_t day);
/* Everybody of whom lines speak, in the order of their first lines: that line, and the one that has
 * come by the day (NULL: none has). One pass, however many lines there are. In the arena. */
struct scope_on_day {
  const struct threshold_line *first, *now;
};
typedef VEC(struct scope_on_day) scope_list;
scope_list threshold_scopes_on(const struct threshold *t, day_t day, struct arena *a);
/* Of each line, the one of the same scope that holds until it begins, by their days; NULL: none.
 * first: the first in the file with its scope and its day, perhaps itself; higher: the
 * nearest above it, of its scope, with a later day. As many as lines, in their order, in the
 * arena. */
struct line_neighbours {
  const struct threshold_line *before, *first, *higher;
};
struct line_neighbours *threshold_line_neighbours(const struct threshold *t, struct arena *a);
/* How long it is on the day. */
struct duration length_on(const struct length *l, day_t day);
static inline bool length_is_said(const struct length *l) { return l->of || l->dur.n; }
/* How far a term looks back from the day: the window of a movement, of `ago` and of `for`. */
struct duration term_duration(const struct term *t, day_t day);
/* How particular a segment is: 1, and one more for each segment around it; 0 for the base. */
int segment_rank(const struct segment *s);
/* How particular a line is: by its segment, or by how many entries it names; 0 for the base. The
 * higher one wins. */
int threshold_line_rank(const struct threshold_line *l);
/* The entries of a line with a text between them, without the outer quotes; lives in the arena. */
const char *line_entries(const struct threshold_line *l, const char *between, struct arena *a);

/* As same_scope, of two versions of a threshold: scopes are compared by their names. */
bool same_written_scope(const struct threshold_line *x, const struct threshold_line *y);
/* " for self_serve", " for \"FR\""; "" of the base. In the arena. */
const char *threshold_line_scope(const struct threshold_line *l, struct arena *a);
/* "10", "40%", "30d"; "none" of NULL. In the arena. */
const char *threshold_line_value(const struct threshold *t, const struct threshold_line *l,
                                 struct arena *a);

#endif
