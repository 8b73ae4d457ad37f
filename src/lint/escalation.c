/* Escalations. In: rules and teams. Out: those that never come, and those that come back to where
 * they began. */
#include "lint/check.h"

static const struct clause *escalate_clause(const struct ast_item *it) {
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->kind == C_ESCALATE) return it->body.v[i];
  return NULL;
}

void lint_escalates_without_due(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    const struct clause *c = escalate_clause(f->item);
    if (!c || !f->rule->team || f->rule->due.kind != DUE_NONE) continue;
    struct diag *d = lint_tell(l, c->span, "%s escalates after a due day that it does not have",
                               rule_title(l, f->rule));
    lint_help(l, d, "give it one: -> assign %s, due 7d", f->rule->team->name);
  }
}

/* The chain may grow later, so that this is no mistake of the rule. */
void lint_escalates_above_the_top(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    for (size_t k = 1; k < r->levels.n; k++) {
      if (r->levels.v[k].to || !r->levels.v[k - 1].to) continue;
      struct diag *d =
          lint_tell(l, r->levels.v[k].span, "nobody is above %s: this level tells nobody",
                    r->levels.v[k - 1].to);
      lint_help(l, d, "say who: add `to TEAM` to the line, or under team %s: escalates to TEAM",
                r->levels.v[k - 1].to);
    }
  }
}

void lint_escalation_circle(struct lint *l) {
  for (size_t i = 0; i < l->rs->teams.n; i++) {
    const struct team *t = l->rs->teams.v[i], *at = t;
    for (size_t step = 0; at && step <= l->rs->teams.n; step++) {
      at = team_called(l, at->escalates_to);
      if (at != t) continue;
      struct diag *d =
          lint_tell(l, t->escalates_span, "what team %s escalates comes back to it", t->name);
      lint_help(l, d, "let the last team of the chain escalate to nobody");
      break;
    }
  }
}
