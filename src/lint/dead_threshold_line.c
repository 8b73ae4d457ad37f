/* Lines of a threshold that no row ever reads. In: thresholds. Out: entries of a table that the
 * attribute never holds, segments without rows, values that change nothing. */
#include <string.h>

#include "base/suggest.h"
#include "lint/check.h"

/* The attribute that a threshold table is looked up by, when its values are listed. */
static const struct attr *listed_by(const struct lint *l, const struct threshold *t) {
  const char *name = t->by ? t->by->path.v[t->by->path.n - 1] : NULL;
  const struct attr *found = NULL;
  for (size_t i = 0; name && i < l->rs->entities.n; i++)
    for (size_t k = 0; k < l->rs->entities.v[i]->attrs.n; k++) {
      const struct attr *at = l->rs->entities.v[i]->attrs.v[k];
      if (strcmp(at->name, name) != 0) continue;
      if (found) return NULL; /* two entities have one of that name */
      found = at;
    }
  return found && found->one_of.n ? found : NULL;
}

static void check_entry(struct lint *l, const struct threshold_line *line, const struct attr *at) {
  name_list names = {0};
  for (size_t i = 0; i < at->one_of.n; i++) {
    if (strcmp(at->one_of.v[i]->name, line->entry) == 0) return;
    VEC_PUSH(l->a, &names, at->one_of.v[i]->name);
  }
  const char *near = suggest(line->entry, names.v, names.n);
  struct diag *d = lint_tell(l, line->span, "`%s` never holds \"%s\", so this line is never read",
                             at->name, line->entry);
  lint_note(l, d, at->span, "its values are listed here");
  if (near)
    lint_help(l, d, "did you mean \"%s\"?", near);
  else
    lint_help(l, d, "remove the line, or add the value where %s is declared", at->name);
}

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
    const struct attr *at = listed_by(l, t);
    for (size_t k = 0; k < t->lines.n; k++) {
      if (t->lines.v[k].entry && at) check_entry(l, &t->lines.v[k], at);
      if (t->lines.v[k].segment) check_segment(l, &t->lines.v[k]);
    }
  }
}

void lint_table_gap(struct lint *l) {
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    const struct attr *at = listed_by(l, t);
    char *missing = NULL;
    for (size_t v = 0; at && v < at->one_of.n; v++) {
      bool found = false;
      for (size_t k = 0; k < t->lines.n; k++)
        found |= !t->lines.v[k].entry || strcmp(t->lines.v[k].entry, at->one_of.v[v]->name) == 0;
      if (!found)
        missing = arena_printf(l->a, "%s%s\"%s\"", missing ? missing : "", missing ? ", " : "",
                               at->one_of.v[v]->name);
    }
    if (!missing) continue;
    struct diag *d =
        lint_tell(l, t->span, "`%s` has no value for %s: what compares with it is unknown there",
                  t->name, missing);
    lint_note(l, d, at->span, "the values are listed here");
    lint_help(l, d, "add the line: for %s = …", missing);
  }
}
