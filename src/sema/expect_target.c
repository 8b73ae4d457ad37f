/* In: an expectation of a target, and the rule set. Out: the target, or what is wrong with the
 * line. */
#include "sema/expect_target.h"

#include "base/suggest.h"
#include "base/text.h"
#include "sema/dims.h"
#include "sema/sema.h"

static bool is_called(const struct target *t, const char *name) {
  return t->kpi && (same_text(t->name, name) || same_text(t->kpi->name, name));
}

static void tell_no_target(struct ruleset *rs, const struct clause *c) {
  name_list measured = {0};
  for (size_t i = 0; i < rs->targets.n; i++)
    if (rs->targets.v[i]->kpi) VEC_PUSH(rs->arena, &measured, rs->targets.v[i]->kpi->name);
  const char *near = suggest(c->name, measured.v, measured.n);
  bool kpi = map_get(&rs->kpi_names, c->name);
  struct diag *d = diag_add(&rs->diags, V0201, c->name_span, "there is no target of `%s`", c->name);
  if (near)
    diag_help(&rs->diags, d, "did you mean `%s`?", near);
  else if (kpi)
    diag_help(&rs->diags, d, "declare it: target %s >= … by end of FY2027", c->name);
  else
    diag_help(&rs->diags, d, "expect target names the KPI that a target of these files measures");
}

/* Several targets measure the KPI: each has a name of its own. */
static void tell_several(struct ruleset *rs, const struct clause *c) {
  const char *names = "";
  for (size_t i = 0; i < rs->targets.n; i++)
    if (is_called(rs->targets.v[i], c->name))
      names = arena_printf(rs->arena, "%s%s%s", names, *names ? ", " : "", rs->targets.v[i]->name);
  struct diag *d = diag_add(&rs->diags, V0401, c->name_span,
                            "several targets measure `%s`: which one is meant?", c->name);
  diag_help(&rs->diags, d, "write the name that its items have, one of: %s", names);
}

/* Only a target that is checked has items, and only while it is behind. */
static bool items_fit(struct ruleset *rs, const struct clause *c, const struct target *t) {
  if (!c->actions || t->check) return true;
  struct diag *d = diag_add(&rs->diags, V0401, c->actions->span,
                            "this target is not checked, so it makes no items");
  diag_note(&rs->diags, d, t->span, "the target is declared here");
  diag_help(&rs->diags, d, "add `check monthly` to the target, or leave out what begins with ->");
  return false;
}

static bool groups_fit(struct ruleset *rs, const struct clause *c, const struct target *t) {
  if (!t->dims.n == !c->text) return true;
  const char *word = standing_word((enum target_standing)c->num);
  struct diag *d =
      t->dims.n ? diag_add(&rs->diags, V0401, c->span, "`%s` is for each %s: which one is meant?",
                           c->name, dims_name(&t->dims, rs->arena))
                : diag_add(&rs->diags, V0401, c->span,
                           "the target of `%s` is one of the whole company", c->name);
  if (t->dims.n)
    diag_help(&rs->diags, d, "write: expect target %s for \"…\" %s", c->name, word);
  else
    diag_help(&rs->diags, d, "write: expect target %s %s", c->name, word);
  return false;
}

bool read_target_name(struct ruleset *rs, const struct clause *c, struct test_expect *e) {
  size_t n = 0;
  for (size_t i = 0; i < rs->targets.n; i++) {
    struct target *t = rs->targets.v[i];
    if (!is_called(t, c->name)) continue;
    e->target = t;
    n++;
    if (!same_text(t->name, c->name)) continue;
    n = 1;
    break;
  }
  if (n > 1)
    tell_several(rs, c);
  else if (!n && !map_get(&rs->poisoned, c->name))
    tell_no_target(rs, c);
  return n == 1 && groups_fit(rs, c, e->target) && items_fit(rs, c, e->target);
}

bool tell_target_alone(struct ruleset *rs, const struct clause *c) {
  for (size_t i = 0; i < rs->targets.n; i++) {
    const struct target *t = rs->targets.v[i];
    if (!t->kpi || !same_text(t->name, c->name)) continue;
    struct diag *d = diag_add(&rs->diags, V0401, c->span, "`%s` is a target, not a rule", c->name);
    diag_help(&rs->diags, d, "say how it stands: expect target %s %s", t->kpi->name,
              c->word_count == EXPECT_NOTHING ? "on track" : "behind");
    return true;
  }
  return false;
}
