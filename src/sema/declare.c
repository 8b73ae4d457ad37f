/* Items to declarations. In: the trees of all files. Out: every name registered, then every
 * expression typed. */
#include <string.h>

#include "base/intern.h"
#include "sema/plausible.h"

static void declare_language(struct ruleset *rs, const struct clause *c) {
  if (c->num == 1) return;
  struct diag *d =
      diag_add(&rs->diags, V0119, c->name_span, "this vigie speaks language 1, not %.15g", c->num);
  diag_help(&rs->diags, d,
            c->num > 1 ? "install a newer vigie, or write `language 1`" : "write `language 1`");
}

static void declare_item(struct ruleset *rs, const struct ast_item *it) {
  switch (it->head->kind) {
    case C_LANGUAGE: declare_language(rs, it->head); break;
    case C_UNREADABLE: declare_unreadable(rs, it->head); break;
    case C_PROJECT: declare_project(rs, it); break;
    case C_PAGE: declare_page(rs, it); break;
    case C_CALENDAR: declare_calendar(rs, it); break;
    case C_ENTITY: declare_entity(rs, it); break;
    case C_SEGMENT: declare_segment(rs, it); break;
    case C_THRESHOLD: declare_threshold(rs, it); break;
    case C_KPI: declare_kpi(rs, it); break;
    case C_DEFINE: declare_define(rs, it); break;
    case C_TEAM: declare_team(rs, it); break;
    case C_PLAYBOOK: declare_playbook(rs, it); break;
    case C_RULE:
    case C_SENTENCE: declare_rule(rs, it); break;
    case C_TARGET: declare_target(rs, it); break;
    case C_TEST: declare_test(rs, it); break;
    case C_BROKEN:
      if (it->head->name) map_put(&rs->poisoned, rs->arena, it->head->name, (void *)it->head);
      break;
    default: break; /* `use` is the loader's */
  }
}

/* A name cannot be a KPI and a threshold, an entity and a segment. */
static void check_shared_names(struct ruleset *rs) {
  for (size_t i = 0; i < rs->thresholds.n; i++) {
    struct threshold *t = rs->thresholds.v[i];
    if (!map_get(&rs->kpi_names, t->name)) continue;
    struct diag *d = diag_add(&rs->diags, V0202, t->span, "`%s` is a KPI and a threshold", t->name);
    diag_help(&rs->diags, d, "give the threshold another name, such as %s_limit", t->name);
  }
  for (size_t i = 0; i < rs->segments.n; i++) {
    struct segment *s = rs->segments.v[i];
    if (!map_get(&rs->entity_names, s->name)) continue;
    struct diag *d =
        diag_add(&rs->diags, V0202, s->span, "`%s` is an entity and a segment", s->name);
    diag_help(&rs->diags, d, "give the segment another name");
  }
}

void declare_all(struct ruleset *rs) {
  calendar_init(&rs->calendar);
  for (size_t i = 0; i < rs->asts.n; i++)
    for (size_t k = 0; k < rs->asts.v[i]->items.n; k++) {
      const struct ast_item *it = rs->asts.v[i]->items.v[k];
      declare_item(rs, it);
      for (size_t b = 0; b < it->body.n; b++) /* what a broken line would have declared */
        if (it->body.v[b]->kind == C_BROKEN && it->body.v[b]->name)
          map_put(&rs->poisoned, rs->arena, it->body.v[b]->name, it->body.v[b]);
    }
  check_shared_names(rs);
  check_define_cycles(rs);
  resolve_heads(rs);
  resolve_edges(rs);
  resolve_known_from(rs);
  resolve_unreadable(rs);
  resolve_thresholds(rs);
  resolve_attributes(rs);
  resolve_segments(rs);
  resolve_links(rs);
  resolve_kpis(rs);
  resolve_teams(rs);
  resolve_playbooks(rs);
  resolve_rules(rs);
  resolve_mutes(rs);
  resolve_targets(rs);
  resolve_page(rs);
  resolve_tests(rs);
  resolve_own_checks(rs);
  mend_loose_words(rs);
  if (rs->diags.errors) return;
  check_complete(rs);
  check_scales(rs);
}
