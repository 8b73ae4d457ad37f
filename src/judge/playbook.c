/* Playbooks. In: those of the rule set. Out: what the life of items has to know of each, and of the
 * steps that a rule asks for. */
#include "base/hash.h"
#include "judge/rule_plan.h"
#include "sema/threshold_line.h"

static const char *after_text(struct judge_ctx *x, const struct playbook_step *s) {
  char buf[16];
  return s->has_due ? arena_strdup(x->arena, duration_text(length_on(&s->due, x->entry->day), buf))
                    : NULL;
}

/* The words of the steps, and nothing of how they are laid out. */
static const char *digest_of(struct judge_ctx *x, const struct playbook *p) {
  const char *words = "";
  for (size_t i = 0; i < p->steps.n; i++) {
    const struct playbook_step *s = &p->steps.v[i];
    const char *after = after_text(x, s);
    words = arena_printf(x->arena, "%s%s\n%s\n%s\n", words, s->text, after ? after : "",
                         s->team ? s->team : "");
  }
  return arena_printf(x->arena, "%016llx", (unsigned long long)hash_bytes(words, strlen(words)));
}

void judge_playbooks(struct judge_ctx *x, struct verdicts *v) {
  const struct ruleset *rs = x->entry->rs;
  struct playbook_facts *list = NEW_N(x->arena, struct playbook_facts, rs->playbooks.n + 1);
  for (size_t i = 0; i < rs->playbooks.n; i++)
    list[i] = (struct playbook_facts){rs->playbooks.v[i]->name, digest_of(x, rs->playbooks.v[i])};
  v->playbooks = list;
  v->n_playbooks = rs->playbooks.n;
}

void set_playbook(struct judge_ctx *x, const struct verdicts *all, const struct rule *r,
                  struct rule_verdict *v) {
  if (!r->playbook) return;
  struct step_facts *steps = NEW_N(x->arena, struct step_facts, r->steps.n + 1);
  for (size_t i = 0; i < r->steps.n; i++)
    steps[i] = (struct step_facts){r->steps.v[i].team ? r->steps.v[i].team->name : NULL,
                                   after_text(x, r->steps.v[i].of)};
  v->playbook = playbook_named(all->playbooks, all->n_playbooks, r->playbook->name);
  v->steps = steps;
  v->n_steps = r->steps.n;
}
