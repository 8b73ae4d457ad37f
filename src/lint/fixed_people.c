/* People whose address is written in the files. In: teams and rules. Out: addresses that are none,
 * escalations to who has the item already. */
#include <string.h>
#include <strings.h>

#include "lint/check.h"

/* name@company.example: one @ between a name and a domain with a point in it, and no blanks. */
static bool is_mailbox(const char *text) {
  const char *at = strchr(text, '@');
  if (!at || at == text || strchr(at + 1, '@') || strpbrk(text, " \t,;")) return false;
  const char *point = strrchr(at, '.');
  return point && point > at + 1 && point[1];
}

static void check_address(struct lint *l, struct span at, const char *text) {
  if (!*text || is_mailbox(text) || *text == '#' || strstr(text, "://")) return;
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

/* ---- escalations to who has the item -------------------------------------------------- */

/* What a team assigns first: an address, or the column that names a person. */
static const struct expr *first_person(const struct team *t) {
  const struct expr *e = t ? t->assigns : NULL;
  while (e && e->kind == E_ELSE) e = e->a;
  return e && (e->kind == E_STRING || e->kind == E_PATH) ? e : NULL;
}

/* As it is written: an address, or account.csm. NULL: the two teams are not one person. */
static const char *same_person(struct lint *l, const struct team *x, const struct team *y) {
  const struct expr *a = first_person(x), *b = first_person(y);
  if (!a || !b || x == y || a->kind != b->kind) return NULL;
  const char *here = a->kind == E_STRING ? a->name : span_text(l->a, a->span),
             *there = b->kind == E_STRING ? b->name : span_text(l->a, b->span);
  return strcasecmp(here, there) == 0 ? here : NULL;
}

static void check_team(struct lint *l, const struct team *t) {
  const struct team *up = team_called(l, t->escalates_to);
  const char *who = same_person(l, t, up);
  if (!who) return;
  struct diag *d = lint_tell(l, t->escalates_span,
                             "team %s escalates to team %s, and both are %s: nobody new is told",
                             t->name, up->name, who);
  lint_help(l, d, "give the team above another person");
}

static void check_level(struct lint *l, const struct rule *r, size_t level) {
  const struct team *to = level_team_of_its_own(l, r, level);
  const char *who = same_person(l, r->team, to);
  if (!to || (to != r->team && !who)) return;
  struct span at = r->levels.v[level].span;
  struct diag *d = who ? lint_tell(l, at, "%s escalates to team %s, and both it and team %s are %s",
                                   rule_title(l, r), to->name, r->team->name, who)
                       : lint_tell(l, at, "%s escalates to team %s, which has its items already",
                                   rule_title(l, r), to->name);
  lint_help(l, d, "name the team above");
}

void lint_escalates_to_the_same(struct lint *l) {
  for (size_t i = 0; i < l->rs->teams.n; i++) check_team(l, l->rs->teams.v[i]);
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    for (size_t k = 0; k < r->levels.n; k++) check_level(l, r, k);
  }
}
