/* Playbooks. In: their clauses, and the rules that do them. Out: their steps, and for each rule the
 * texts and the owners of these steps as its rows see them. */
#include <ctype.h>
#include <string.h>

#include "base/limits.h"
#include "base/suggest.h"
#include "sema/sema.h"

/* ---- the playbook --------------------------------------------------------------------- */

/* Days count from the start of the item, so that there is nothing to write but how many. */
static void set_step_due(struct ruleset *rs, struct playbook_step *s) {
  const struct expr *due = s->due_expr;
  if (!due) return;
  struct scope sc = {.rs = rs};
  struct length_bounds bounds = {0, 0, "`due`", "due 2d; or due 2bd for business days"};
  if (is_length(&sc, due)) {
    s->has_due = take_length(&sc, due, &bounds, &s->due);
    return;
  }
  struct diag *d =
      diag_add(&rs->diags, V0103, due->span, "the day of a step counts from the start of its item");
  diag_help(&rs->diags, d, "write: due 2d; or due 2bd for business days");
}

static const struct playbook_step *step_alike(const struct playbook *p, const char *text) {
  for (size_t i = 0; i < p->steps.n; i++)
    if (strcmp(p->steps.v[i].text, text) == 0) return &p->steps.v[i];
  return NULL;
}

static void add_step(struct ruleset *rs, struct playbook *p, const struct clause *c) {
  struct playbook_step s = {.text = c->text,
                            .text_span = c->name_span,
                            .span = c->span,
                            .due_expr = c->expr,
                            .team = c->of,
                            .team_span = c->of_span};
  const struct playbook_step *first = step_alike(p, c->text);
  struct diag *d = NULL;
  if (!*c->text)
    d = diag_add(&rs->diags, V0401, c->name_span, "this step does not say what to do");
  else if (first)
    d = diag_add(&rs->diags, V0117, c->name_span, "two steps of this playbook say the same");
  else if (p->steps.n == STEPS_MAX)
    d = diag_add(&rs->diags, V0117, c->span, "a playbook has at most %d steps", STEPS_MAX);
  if (first) diag_note(&rs->diags, d, first->text_span, "the first one is here");
  diag_help(&rs->diags, d,
            !*c->text ? "write: step \"Call the champion of {label}\", due 2d"
            : first   ? "remove one, or say what is different"
                      : "nobody checks off so many: put together what one person does in one go");
  if (!d) VEC_PUSH(rs->arena, &p->steps, s);
}

void declare_playbook(struct ruleset *rs, const struct ast_item *it) {
  const struct clause *h = it->head, *means = find_clause(it, C_MEANS);
  struct playbook *p = NEW(rs->arena, struct playbook);
  p->name = h->name;
  p->span = h->name_span;
  p->means = means ? means->text : NULL;
  p->broken = item_has_broken(it);
  if (!declare_name(rs, &rs->playbook_names, h, "playbook", p)) return;
  VEC_PUSH(rs->arena, &rs->playbooks, p);
  int errors = rs->diags.errors;
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->kind == C_STEP) add_step(rs, p, it->body.v[i]);
  p->broken |= rs->diags.errors > errors;
  if (p->steps.n || p->broken) return;
  struct diag *d =
      diag_add(&rs->diags, V0401, h->name_span, "the playbook `%s` has no steps", p->name);
  diag_help(&rs->diags, d, "add under it: step \"Call the champion of {label}\", due 2d");
}

void resolve_playbooks(struct ruleset *rs) {
  for (size_t i = 0; i < rs->playbooks.n; i++) {
    struct playbook *p = rs->playbooks.v[i];
    for (size_t k = 0; k < p->steps.n; k++) {
      struct playbook_step *s = &p->steps.v[k];
      set_step_due(rs, s);
      struct team *t = s->team ? find_team(rs, s->team, s->team_span) : NULL;
      if (t) team_has_people(rs, t);
    }
  }
}

/* ---- as a rule does it ---------------------------------------------------------------- */

struct playbook *find_playbook(struct ruleset *rs, const char *name, struct span at) {
  struct playbook *p = map_get(&rs->playbook_names, name);
  if (p || map_get(&rs->poisoned, name)) return p;
  name_list names = {0};
  for (size_t i = 0; i < rs->playbooks.n; i++)
    VEC_PUSH(rs->arena, &names, rs->playbooks.v[i]->name);
  const char *near = suggest(name, names.v, names.n);
  struct diag *d = diag_add(&rs->diags, V0201, at, "there is no playbook called `%s`", name);
  if (near)
    diag_help(&rs->diags, d, "did you mean `%s`?", near);
  else
    diag_help(&rs->diags, d,
              "declare it: playbook %s, and under it: step \"Call {label}\", due 2d; or write the "
              "text in quotes: do \"Call {label}\"",
              name);
  return NULL;
}

/* What a playbook says of rows is read anew for each rule: what one of them does not have is a
 * mistake of that rule, too. */
static void name_the_rule(struct ruleset *rs, size_t first, const struct rule *r, struct span at) {
  for (size_t i = first; i < rs->diags.list.n; i++)
    diag_note(&rs->diags, rs->diags.list.v[i], at, "`%s` does this playbook for its rows", r->name);
}

/* save_renewal: Save renewal */
static const char *in_words(struct arena *a, const char *name) {
  char *text = arena_strdup(a, name);
  for (char *c = text; *c; c++)
    if (*c == '_') *c = ' ';
  *text = (char)toupper((unsigned char)*text);
  return text;
}

static void take_title(struct ruleset *rs, struct rule *r) {
  const struct playbook *p = r->playbook;
  r->action_text = p->means && *p->means ? p->means : in_words(rs->arena, p->name);
  struct template_part part = {r->action_text, NULL};
  VEC_PUSH(rs->arena, &r->action, part);
}

void rule_does_playbook(const struct scope *sc, struct rule *r, const char *name, struct span at) {
  struct ruleset *rs = sc->rs;
  struct playbook *p = find_playbook(rs, name, at);
  if (!p) return;
  r->playbook = p;
  r->steps.n = 0;
  size_t said = rs->diags.list.n;
  for (size_t i = 0; i < p->steps.n; i++) {
    const struct playbook_step *of = &p->steps.v[i];
    struct rule_step s = {.of = of};
    read_template(sc, &s.text, of->text_span);
    s.team = of->team ? map_get(&rs->team_names, of->team) : NULL;
    if (s.team == r->team) s.team = NULL; /* the owner of the item does it */
    if (s.team) s.owner = owner_term(sc, s.team, of->team_span);
    VEC_PUSH(rs->arena, &r->steps, s);
  }
  name_the_rule(rs, said, r, at);
  if (!r->action.n) take_title(rs, r);
}
