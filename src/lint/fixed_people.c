/* People whose address is written in the files. In: teams and rules. Out: addresses that are none,
 * escalations to who has the item already. */
#include <string.h>

#include "lint/check.h"

static void check_address(struct lint *l, struct span at, const char *text) {
  if (!*text || strchr(text, '@') || *text == '#' || strstr(text, "://")) return;
  struct diag *d = lint_tell(l, at, "\"%s\" is no address: no mail reaches it", text);
  lint_help(l, d, "write the mailbox: \"name@company.example\"");
}

/* What a team may assign: not the texts of a condition. */
static void check_addresses(struct lint *l, const struct expr *e) {
  if (!e) return;
  if (e->kind == E_STRING) check_address(l, e->span, e->name);
  if (e->kind == E_ELSE) check_addresses(l, e->a);
  if (e->kind == E_ELSE || e->kind == E_IF) check_addresses(l, e->b);
  if (e->kind == E_IF) check_addresses(l, e->c);
}

void lint_address_without_mailbox(struct lint *l) {
  for (size_t i = 0; i < l->rs->teams.n; i++) {
    const struct team *t = l->rs->teams.v[i];
    check_addresses(l, t->assigns);
    check_addresses(l, t->otherwise);
    for (size_t k = 0; k < t->turn.n; k++) check_address(l, t->span, t->turn.v[k]);
  }
}

static const char *only_person(const struct team *t) {
  return t && t->assigns && t->assigns->kind == E_STRING ? t->assigns->name : NULL;
}

static void check_level(struct lint *l, const struct rule *r, const struct rule_level *level) {
  if (!level->to || !r->team || strcmp(level->to, r->team->name) != 0) return;
  struct diag *d = lint_tell(l, level->span, "%s escalates to team %s, which has its items already",
                             rule_title(l, r), level->to);
  lint_help(l, d, "name the team above");
}

void lint_escalates_to_the_same(struct lint *l) {
  for (size_t i = 0; i < l->rs->teams.n; i++) {
    const struct team *t = l->rs->teams.v[i],
                      *up = t->escalates_to ? map_get(&l->rs->team_names, t->escalates_to) : NULL;
    const char *below = only_person(t), *above = only_person(up);
    if (!below || !above || up == t || strcmp(below, above) != 0) continue;
    struct diag *d = lint_tell(l, t->escalates_span,
                               "team %s escalates to team %s, and both are %s: nobody new is told",
                               t->name, up->name, below);
    lint_help(l, d, "give the team above another person");
  }
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    for (size_t k = 0; k < r->levels.n; k++) check_level(l, r, &r->levels.v[k]);
  }
}
