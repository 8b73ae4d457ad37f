/* Checks of a company. In: `define NAME` with `reject` lines. Out: their conditions as the rules of
 * a rule set about rules; or what is wrong with them. */
#include "sema/own_check.h"

#include <string.h>

#include "base/check.h"
#include "base/intern.h"
#include "base/suggest.h"
#include "sema/own_words.h"

const struct own_property own_properties[] = {
#define PROPERTY(subject, name, type, values, doc) {OWN_##subject, #name, OWN_##type, values, doc},
#include "sema/own_subject.def"
};
const size_t n_own_properties = sizeof own_properties / sizeof *own_properties;

static const char *const words[] = {
#define SUBJECT(word, title) #word,
#include "sema/own_subject.def"
};
static const char *const titles[] = {
#define SUBJECT(word, title) title,
#include "sema/own_subject.def"
};

const char *own_subject_word(enum own_subject s) {
  CHECK(s < OWN_SUBJECTS);
  return words[s];
}

const char *own_subject_title(enum own_subject s) {
  CHECK(s < OWN_SUBJECTS);
  return titles[s];
}

/* ---- declarations --------------------------------------------------------------------- */

static bool find_subject(struct ruleset *rs, const struct clause *c, enum own_subject *out) {
  for (int i = 0; i < OWN_SUBJECTS; i++)
    if (strcmp(words[i], c->name) == 0) {
      *out = (enum own_subject)i;
      return true;
    }
  const char *near = suggest(c->name, words, OWN_SUBJECTS);
  struct diag *d =
      diag_add(&rs->diags, V0422, c->name_span, "`%s` is nothing that a check can reject", c->name);
  if (near)
    diag_help(&rs->diags, d, "did you mean `%s`?", near);
  else
    diag_help(&rs->diags, d,
              "what can be rejected: rule, kpi, segment, threshold, team, target; a sentence is a "
              "rule");
  return false;
}

/* What is missing of the line is reported. False: something is. */
static bool is_whole(struct ruleset *rs, const struct clause *c, enum own_subject s) {
  if (!c->expr) {
    struct diag *d = diag_add(&rs->diags, V0422, c->span,
                              "this line does not say which %ss are rejected", titles[s]);
    diag_help(&rs->diags, d,
              "say which, such as: reject %s where name matches \"^old_\" because \"…\"", words[s]);
    return false;
  }
  if (c->text && *c->text) return true;
  struct diag *d = diag_add(&rs->diags, V0422, c->span,
                            "this line does not say why, and that is what people will read");
  diag_help(&rs->diags, d, "write: reject %s where %s because \"the reason\"", words[s],
            span_text(rs->arena, c->expr->span));
  return false;
}

static void declare_reject(struct ruleset *rs, struct own_check *own, const struct clause *c) {
  struct own_reject r = {.span = c->span, .where = c->expr, .because = c->text};
  if (find_subject(rs, c, &r.subject) && is_whole(rs, c, r.subject))
    VEC_PUSH(rs->arena, &own->rejects, r);
}

void declare_own_check(struct ruleset *rs, const struct ast_item *it) {
  const struct clause *h = it->head;
  struct own_check *own = NEW(rs->arena, struct own_check);
  *own = (struct own_check){.name = h->name, .span = h->name_span};
  if (!find_clause(it, C_REJECT) && !item_has_broken(it))
    diag_help(&rs->diags,
              diag_add(&rs->diags, V0422, h->span, "`%s` has neither a formula nor a `reject` line",
                       h->name),
              "write define %s(e entity) = sum of … over e, or under it: reject rule where team is "
              "unknown because \"…\"",
              h->name);
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->kind == C_REJECT) declare_reject(rs, own, it->body.v[i]);
  if (declare_name(rs, &rs->own_names, h, "check", own)) VEC_PUSH(rs->arena, &rs->own_checks, own);
}

/* A name is a formula or a check. */
static void check_own_names(struct ruleset *rs) {
  for (size_t i = 0; i < rs->own_checks.n; i++) {
    const struct own_check *own = rs->own_checks.v[i];
    const struct define *formula = map_get(&rs->define_names, own->name);
    if (!formula) continue;
    struct diag *d =
        diag_add(&rs->diags, V0202, own->span, "`%s` is a formula and a check", own->name);
    diag_note(&rs->diags, d, formula->span, "the formula is here");
    diag_help(&rs->diags, d, "give one of them another name");
  }
}

/* ---- the rule set about rules ---------------------------------------------------------- */

static struct type type_of_property(const struct own_property *p) {
  switch (p->type) {
    case OWN_TEXT:
    case OWN_WORD:
    case OWN_NAME: return type_of(U_TEXT);
    case OWN_DATE: return type_of(U_DATE);
    case OWN_COUNT: return type_of(U_COUNT);
    case OWN_FLAG: return type_of(U_FLAG);
    case OWN_LENGTH: return type_of(U_DURATION);
  }
  UNREACHABLE("a property of no type");
}

static void add_entity(struct ruleset *world, enum own_subject s) {
  struct entity *ent = NEW(world->arena, struct entity);
  ent->name = intern(world->arena, words[s]);
  ent->table = ent->name;
  ent->key = "name";
  ent->index = (int)world->entities.n;
  ent->life = (struct life){.fresh = -1};
  VEC_PUSH(world->arena, &world->entities, ent);
  map_put(&world->entity_names, world->arena, ent->name, ent);
}

static void add_property(struct ruleset *world, const struct own_property *p) {
  struct entity *ent = world->entities.v[p->of], *leads;
  struct attr *at = NEW(world->arena, struct attr);
  *at = (struct attr){.name = intern(world->arena, p->name),
                      .entity = ent,
                      .kind = ATTR_COLUMN,
                      .type = type_of_property(p),
                      .column = p->name};
  if (p->type == OWN_LENGTH) at->form = (struct cell_form){.duration = true, .in = DUR_DAY};
  entity_add_attr(world->arena, ent, at);
  leads = p->type == OWN_NAME ? map_get(&world->entity_names, p->values) : NULL;
  if (!leads) return;
  struct edge *up = NEW(world->arena, struct edge);
  *up = (struct edge){.child = ent,
                      .parent = leads,
                      .name = at->name,
                      .is_role = strcmp(p->name, p->values) != 0,
                      .column = p->name};
  VEC_PUSH(world->arena, &ent->edges, up);
}

static struct ruleset *world_new(struct ruleset *rs) {
  struct ruleset *world = NEW(rs->arena, struct ruleset);
  *world = (struct ruleset){.arena = rs->arena,
                            .diags = {.arena = rs->arena},
                            .calendar = rs->calendar,
                            .has_calendar = rs->has_calendar,
                            .tz = rs->tz,
                            .digest = rs->digest};
  for (int s = 0; s < OWN_SUBJECTS; s++) add_entity(world, (enum own_subject)s);
  for (size_t i = 0; i < n_own_properties; i++) add_property(world, &own_properties[i]);
  return world;
}

/* ---- conditions ------------------------------------------------------------------------ */

/* What is wrong with a condition stands in the files of the company. */
static void take_messages(struct ruleset *rs, struct ruleset *world) {
  for (size_t i = 0; i < world->diags.list.n; i++)
    VEC_PUSH(rs->arena, &rs->diags.list, world->diags.list.v[i]);
  rs->diags.errors += world->diags.errors;
  rs->diags.warnings += world->diags.warnings;
  world->diags = (struct diags){.arena = rs->arena};
}

static void resolve_reject(struct ruleset *rs, const struct own_check *own, struct own_reject *r) {
  struct ruleset *world = rs->own_world;
  struct scope sc = {.rs = world, .ent = world->entities.v[r->subject]};
  const struct expr *where = own_words(rs, r->subject, r->where);
  struct term *t = where ? type_condition(&sc, where) : NULL;
  int height;
  take_messages(rs, world);
  if (!t || !not_too_high(rs, t, r->span, &height)) return;
  struct rule *rule = NEW(rs->arena, struct rule);
  *rule = (struct rule){.name = own->name,
                        .named = true,
                        .span = r->span,
                        .name_span = own->span,
                        .entity = sc.ent,
                        .when = t,
                        .priority = "normal"};
  r->rule = world->rules.n;
  VEC_PUSH(rs->arena, &world->rules, rule);
}

void resolve_own_checks(struct ruleset *rs) {
  if (!rs->own_checks.n) return;
  check_own_names(rs);
  rs->own_world = world_new(rs);
  for (size_t i = 0; i < rs->own_checks.n; i++) {
    struct own_check *own = rs->own_checks.v[i];
    for (size_t k = 0; k < own->rejects.n; k++) resolve_reject(rs, own, &own->rejects.v[k]);
  }
}
