/* Values that have another name now: renamed "Pro" to "Premium" at their attribute. In: the options
 * of its line. Out: for each old value the newest one, so that items of groups can move to it. */
#include <string.h>

#include "sema/sema.h"

static const struct value_rename *rename_from(const struct attr *at, const char *from) {
  for (size_t i = 0; i < at->renames.n; i++)
    if (strcmp(at->renames.v[i].from, from) == 0) return &at->renames.v[i];
  return NULL;
}

static const struct value_rename *rename_to(const struct attr *at, const char *to) {
  for (size_t i = 0; i < at->renames.n; i++)
    if (strcmp(at->renames.v[i].to, to) == 0) return &at->renames.v[i];
  return NULL;
}

/* What the value is called in the end. */
static const char *newest(const struct attr *at, const char *value) {
  const struct value_rename *r = rename_from(at, value);
  return r ? newest(at, r->to) : value; /* no circle: add_rename */
}

/* A name is given up once, and taken by one value, for the items of two cannot move to one. */
static void add_rename(struct ruleset *rs, struct attr *at, const struct value_rename *r) {
  const struct value_rename *gives = rename_from(at, r->from), *takes = rename_to(at, r->to);
  struct diag *d = NULL;
  const char *help = "leave one of the two out";
  if (strcmp(r->from, r->to) == 0) {
    d = diag_add(&rs->diags, V0403, r->span, "both names are the same");
    help = "write the name that it had, then the name that it has: renamed \"Pro\" to \"Premium\"";
  } else if (gives) {
    d = diag_add(&rs->diags, V0117, r->span, "\"%s\" is renamed twice", r->from);
    diag_note(&rs->diags, d, gives->span, "the first time is here");
  } else if (takes) {
    d = diag_add(&rs->diags, V0117, r->span, "two values are renamed to \"%s\"", r->to);
    diag_note(&rs->diags, d, takes->span, "the first time is here");
    help = "items of two values cannot move to one: leave one of the two out";
  } else if (strcmp(newest(at, r->to), r->from) == 0) {
    d = diag_add(&rs->diags, V0207, r->span, "these values are renamed in a circle");
    help = "leave out the names that the value no longer has";
  }
  if (d)
    diag_help(&rs->diags, d, "%s", help);
  else
    VEC_PUSH(rs->arena, &at->renames, *r);
}

bool renamed_option(struct ruleset *rs, const struct clause *c, size_t *at_option,
                    struct attr *at) {
  const struct option *o = &c->options.v[*at_option];
  bool last = *at_option + 1 == c->options.n;
  if (strcmp(o->word, "renamed") != 0) return false;
  const struct option *to = last || strcmp(o[1].word, "to") != 0 ? NULL : &o[1];
  const char *from_text = text_option(rs, o);
  if (to) ++*at_option;
  if (!from_text) return true;
  const char *to_text = to ? text_option(rs, to) : NULL;
  struct diag *d = NULL;
  if (!to)
    d = diag_add(&rs->diags, V0403, o->span, "`renamed` does not say what \"%s\" is called now",
                 from_text);
  else if (unit_class(at->type.unit) != CLASS_TXT)
    d = diag_add(&rs->diags, V0403, o->span, "texts are renamed, and `%s` is a %s", at->name,
                 unit_name(at->type.unit));
  diag_help(&rs->diags, d, "write: %s text \"column\" renamed \"Pro\" to \"Premium\"", at->name);
  if (d || !to_text) return true;
  struct value_rename r = {.from = from_text, .to = to_text, .span = span_join(o->span, to->span)};
  r.span.end = to->value->span.end;
  add_rename(rs, at, &r);
  return true;
}

void check_renames(struct ruleset *rs, struct attr *at) {
  for (size_t i = 0; i < at->renames.n; i++) {
    const struct value_rename *r = &at->renames.v[i];
    bool listed = !at->one_of.n || rename_from(at, r->to);
    for (size_t k = 0; k < at->one_of.n; k++)
      listed |= at->one_of.v[k]->name && strcmp(at->one_of.v[k]->name, r->to) == 0;
    if (listed) continue;
    struct diag *d = diag_add(&rs->diags, V0310, r->span,
                              "\"%s\" is not among the values that `%s` may hold", r->to, at->name);
    diag_help(&rs->diags, d, "add it to the list: one of …, \"%s\"", r->to);
  }
  for (size_t i = 0; i < at->renames.n; i++)
    at->renames.v[i].newest = newest(at, at->renames.v[i].to);
}

/* ---- of a group ----------------------------------------------------------------------- */

const struct attr *dim_renamed(const struct ruleset *rs, const struct dim *d) {
  const name_list *path = &d->path->path;
  const char *last = path->v[path->n - 1];
  if (d->of != PU_DAY) return NULL; /* a month of it */
  for (size_t i = 0; i < rs->entities.n; i++) {
    const struct entity *ent = rs->entities.v[i];
    bool meant = path->n == 1 || ent->name == path->v[path->n - 2]; /* names are interned */
    const struct attr *at = meant ? entity_attr(ent, last) : NULL;
    if (at && at->renames.n) return at;
  }
  return NULL;
}
