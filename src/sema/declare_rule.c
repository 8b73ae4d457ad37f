/* Rules and sentences. In: their clauses. Out: typed conditions, deadlines and owners. */
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/suggest.h"
#include "sema/dims.h"
#include "sema/sema.h"
#include "syntax/habits.h"

static void set_due(const struct scope *sc, struct rule *r, const struct actions *a) {
  if (!a->due) return;
  struct due *due = &r->due;
  if (a->due_anchor) {
    struct length_bounds bounds = {0, 0, "`due`", "due 14d before renewal"};
    if (!take_length(sc, a->due, &bounds, &due->dur)) return;
    due->kind = DUE_ANCHOR;
    due->side = a->due_side;
    due->term = type_value(sc, a->due_anchor);
    if (!due->term || due->term->type.unit == U_DATE) return;
    HELP_WITH(sc,
              TELL(sc, V0301, a->due_anchor->span, "`%s` is %s; a date is needed here",
                   quoted(sc, a->due_anchor), unit_phrase(sc, due->term)),
              "name a date of the row: due 14d before renewal");
    return;
  }
  if (is_length(sc, a->due)) {
    struct length_bounds bounds = {0, 0, "`due`", "due 7d"};
    if (take_length(sc, a->due, &bounds, &due->dur)) due->kind = DUE_AFTER_OPENING;
    return;
  }
  due->kind = DUE_DATE;
  due->term = type_value(sc, a->due);
  if (!due->term || due->term->type.unit == U_DATE) return;
  struct diag *d = TELL(sc, V0301, a->due->span, "`%s` is %s; a deadline is a duration or a date",
                        quoted(sc, a->due), unit_phrase(sc, due->term));
  const char *text = quoted(sc, a->due);
  size_t n = strlen(text);
  if (due->term->kind == T_CONST && due->term->bare && text[n - 1] == 'M')
    HELP_WITH(sc, d, "write due %.*smo for months", (int)n - 1, text);
  else if (due->term->kind == T_CONST && due->term->bare)
    HELP_WITH(sc, d, "write due %.15gd for days, or due %.15gbd for business days",
              due->term->value.num, due->term->value.num);
  else
    HELP_WITH(sc, d, "write: 7d; or 5bd, 14d before renewal, end of month, 2026-12-31");
}

static void set_actions(const struct scope *sc, struct rule *r, const struct actions *a) {
  struct ruleset *rs = sc->rs;
  if (!a->assign) {
    HELP_WITH(sc, TELL(sc, V0115, a->span, "this rule does not say who acts"),
              "write: -> assign CS, due 7d");
    return;
  }
  set_due(sc, r, a);
  r->team = find_team(rs, a->assign, a->assign_span);
  if (!r->team) return;
  r->owner = owner_term(sc, r->team, a->assign_span);
  next_owners(sc, r->team, &r->next_owners);
  team_has_people(rs, r->team);
}

static void check_priority(const struct scope *sc, struct rule *r, const char *word,
                           struct span at) {
  static const char *const levels[] = {"high", "normal", "low"};
  r->priority = word;
  for (int i = 0; i < 3; i++)
    if (strcmp(word, levels[i]) == 0) return;
  static const char *const others[][2] = {
      {"urgent", "high"},     {"critical", "high"}, {"highest", "high"}, {"p0", "high"},
      {"p1", "high"},         {"major", "high"},    {"top", "high"},     {"medium", "normal"},
      {"moderate", "normal"}, {"p2", "normal"},     {"mid", "normal"},   {"default", "normal"},
      {"minor", "low"},       {"lowest", "low"},    {"p3", "low"},       {"p4", "low"}};
  const char *near = suggest(word, levels, 3);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (strcasecmp(word, others[i][0]) == 0) near = others[i][1];
  struct diag *d =
      TELL(sc, V0403, at, "`%s` is not a priority: there are high, normal and low", word);
  HELP_WITH(sc, d, "write: %s", near ? near : "normal; or high, low");
}

/* The team above; NULL: there is none. */
static const char *team_above(struct ruleset *rs, const char *name) {
  const struct team *t = name ? map_get(&rs->team_names, name) : NULL;
  return t ? t->escalates_to : NULL;
}

/* The team named, else one step further up than the level before. Above the top is for lint, for
 * the chain may grow; a rule whose first level leads nowhere is a mistake. */
static const char *level_team(struct ruleset *rs, const struct rule *r, const struct clause *c) {
  if (c->of) return find_team(rs, c->of, c->name_span) ? c->of : NULL;
  if (!r->team) return NULL; /* reported with its name */
  if (r->levels.n) return team_above(rs, r->levels.v[r->levels.n - 1].to);
  if (r->team->escalates_to || r->team->broken) return r->team->escalates_to;
  struct diag *d = diag_add(&rs->diags, V0401, c->span,
                            "this rule escalates, and team %s does not say to whom", r->team->name);
  diag_help(&rs->diags, d,
            "add under team %s: escalates to TEAM; or here: escalate %s after due to TEAM",
            r->team->name, span_text(rs->arena, c->name_span));
  return NULL;
}

/* Are both counted in days, or both in business days, or in months, and the second no longer? What
 * thresholds say changes with the day. */
static bool no_later(const struct length *x, const struct length *y) {
  struct duration first = x->dur, second = y->dur;
  if (x->of || y->of) return false;
  if (dur_unit_base(first.unit) != dur_unit_base(second.unit)) return false;
  return (int64_t)second.n * dur_unit_size(second.unit) <=
         (int64_t)first.n * dur_unit_size(first.unit);
}

static void add_level(const struct scope *sc, struct rule *r, const struct clause *c) {
  struct ruleset *rs = sc->rs;
  struct rule_level level = {.to = level_team(rs, r, c), .span = c->span};
  struct length_bounds bounds = {0, 0, "`escalate`", "escalate 3bd after due"};
  if (!take_length(sc, c->expr, &bounds, &level.after)) return;
  if (r->levels.n == LEVELS_MAX) {
    diag_help(&rs->diags,
              diag_add(&rs->diags, V0117, c->span, "a rule escalates at most %d times", LEVELS_MAX),
              "leave out levels that the team above would not act on");
    return;
  }
  const struct rule_level *before = r->levels.n ? &r->levels.v[r->levels.n - 1] : NULL;
  if (before && no_later(&before->after, &level.after)) {
    char first[16], second[16];
    duration_text(before->after.dur, first);
    duration_text(level.after.dur, second);
    struct diag *d =
        diag_add(&rs->diags, V0117, c->span,
                 "this level comes no later than the one before it, %s after due", first);
    diag_note(&rs->diags, d, before->span, "the one before is here");
    diag_help(&rs->diags, d,
              "write the levels from the first to the last, each with a longer delay");
  }
  VEC_PUSH(rs->arena, &r->levels, level);
}

/* The length of a clause that takes a day at least. */
static struct length some_time(const struct scope *sc, const struct clause *c, const char *what,
                               const char *example) {
  struct length_bounds bounds = {1, 0, what, example};
  struct length out;
  take_length(sc, c->expr, &bounds, &out);
  return out;
}

static void set_row_gone(const struct scope *sc, struct rule *r, const struct clause *c) {
  r->row_gone_resolves = strcmp(c->name, "resolve") == 0;
  if (r->row_gone_resolves || strcmp(c->name, "keep") == 0) return;
  HELP_WITH(sc, TELL(sc, V0403, c->name_span, "`if row gone` is followed by keep or resolve"),
            "write: if row gone keep");
}

/* A name is given up once, by one rule, and nobody has it now. */
static void take_old_name(struct ruleset *rs, struct rule *r, const struct clause *c) {
  const struct rule *has = rule_named(rs, c->name);
  if (has) {
    struct diag *d = diag_add(
        &rs->diags, V0202, c->name_span,
        has == r ? "`%s` is the name that this rule has" : "`%s` is still the name of a rule",
        c->name);
    diag_help(&rs->diags, d, "write the name that this rule had before, or take out the line");
    return;
  }
  for (size_t i = 0; i < rs->rules.n; i++)
    for (size_t k = 0; k < rs->rules.v[i]->was.n; k++) {
      if (strcmp(rs->rules.v[i]->was.v[k], c->name) != 0) continue;
      struct diag *d =
          diag_add(&rs->diags, V0202, c->name_span, "`%s` was the name of the rule `%s` already",
                   c->name, rs->rules.v[i]->name);
      diag_help(&rs->diags, d, "its items can move to one rule only: take out one of the lines");
      return;
    }
  VEC_PUSH(rs->arena, &r->was, c->name);
}

/* once per month, once a month: what a person has closed comes again after a time. */
static bool tell_once_per_time(const struct scope *sc, const struct clause *c) {
  const struct expr *e = c->expr;
  const char *word = e->kind == E_PATH && e->path.n == 1 ? e->path.v[0] : NULL;
  const char *sign = word && !names_something(sc->rs, word) ? unit_sign(word) : NULL;
  if (!sign) return false;
  HELP_WITH(sc, TELL(sc, V0106, c->span, "`once per` is followed by a value of the row"),
            "write: reopen after 1%s; what a person has closed is asked again after it", sign);
  return true;
}

static void rule_clause(const struct scope *sc, struct rule *r, const struct clause *c) {
  static const char *const policies[] = {"report", "fire", "ignore"};
  struct diag *d;
  switch (c->kind) {
    case C_DO:
      if (c->text) read_template(sc, &r->action, c->name_span), r->action_text = c->text;
      if (c->of) rule_does_playbook(sc, r, c->of, c->of_span);
      break;
    case C_PRIORITY: check_priority(sc, r, c->name, c->name_span); break;
    case C_WORTH: resolve_worth(sc, r, c->expr); break;
    case C_ONCE:
      if (tell_once_per_time(sc, c)) break;
      if (strcmp(c->name, "per") != 0)
        HELP_WITH(sc, TELL(sc, V0114, c->name_span, "`once` is followed by `per`"),
                  "write: once per renewal");
      r->once = type_value(sc, c->expr);
      break;
    case C_WAS: take_old_name(sc->rs, r, c); break;
    case C_SETTLED: r->settled = type_settled(sc, c->expr); break;
    case C_CLEAR: r->clear = type_condition(sc, c->expr); break;
    case C_MEANS: r->means = c->text; break;
    case C_OWNER:
      r->responsible = c->name ? c->name : c->text;
      r->responsible_span = c->name_span;
      if (c->name) find_team(sc->rs, c->name, c->name_span);
      break;
    case C_ESCALATE: add_level(sc, r, c); break;
    case C_REMIND: r->reminds = some_time(sc, c, "`remind every`", "remind every 2bd"); break;
    case C_REOPEN: r->reopens = some_time(sc, c, "`reopen after`", "reopen after 30d"); break;
    case C_IFROW: set_row_gone(sc, r, c); break;
    case C_ATMOST: r->at_most = take_count(sc->rs, c, "at most 20 open"); break;
    case C_IFUNKNOWN:
      for (int i = 0; i < 3; i++)
        if (strcmp(c->name, policies[i]) == 0) {
          r->unknown = (enum unknown_policy)i;
          return;
        }
      d = TELL(sc, V0403, c->name_span, "`if unknown` is followed by report, fire or ignore");
      HELP_WITH(sc, d, "write: if unknown report");
      break;
    default: break;
  }
}

/* A KPI in a grouped rule has a value for each of its groups, or it is a total; anything between
 * would be a guess. */
static bool splits_like(const struct scope *sc, const struct rule *r, const struct term *t,
                        bool *any) {
  if (!t) return true;
  bool good = true;
  if (t->kind == T_KPI && !t->kpi->entity && t->kpi->dims.n && !t->for_all) {
    size_t shared = 0;
    for (size_t i = 0; i < r->dims.n; i++) {
      bool found = false;
      for (size_t j = 0; j < t->kpi->dims.n; j++)
        found |= same_dim(&t->kpi->dims.v[j], &r->dims.v[i]);
      shared += found;
    }
    *any |= shared == r->dims.n;
    if (shared && shared < r->dims.n) {
      HELP_WITH(sc,
                TELL(sc, V0206, t->src->span,
                     "`%s` is not split by everything that this rule is split by", t->kpi->name),
                "split the KPI the same way: kpi %s by …, or write the rule `for each` of the "
                "KPI's own groups",
                t->kpi->name);
      good = false;
    }
  }
  *any |= t->kind == T_AGG && !t->agg->for_all;
  const struct term *const kids[] = {t->a, t->b, t->c};
  for (int i = 0; i < 3; i++) good &= splits_like(sc, r, kids[i], any);
  for (size_t i = 0; i < t->list.n; i++) good &= splits_like(sc, r, t->list.v[i], any);
  return good;
}

static void check_groups(const struct scope *sc, const struct rule *r, const struct clause *h) {
  bool any = false;
  if (!r->dims.n || !r->when || !splits_like(sc, r, r->when, &any) || any) return;
  const struct expr *dim = r->dims.v[0].path;
  struct diag *d = TELL(sc, V0206, h->dims.v[0].path->span,
                        "nothing in this condition is split by `%s`", quoted(sc, dim));
  HELP_WITH(sc, d, "split a KPI that it uses: kpi NAME by %s = …", quoted(sc, dim));
}

static bool reads_attr(const struct term *t, const struct attr *attr) {
  if (!t) return false;
  if (t->kind == T_ATTR && t->attr == attr) return true;
  for (size_t i = 0; i < t->list.n; i++)
    if (reads_attr(t->list.v[i], attr)) return true;
  return reads_attr(t->a, attr) || reads_attr(t->b, attr) || reads_attr(t->c, attr);
}

/* Is an attribute of `once` read by `due`? */
static bool share_attr(const struct term *once, const struct term *due) {
  if (!once || !due) return false;
  if (once->kind == T_ATTR && reads_attr(due, once->attr)) return true;
  for (size_t i = 0; i < once->list.n; i++)
    if (share_attr(once->list.v[i], due)) return true;
  return share_attr(once->a, due) || share_attr(once->b, due) || share_attr(once->c, due);
}

static void resolve_rule(struct ruleset *rs, struct rule *r, const struct ast_item *it) {
  const struct clause *h = it->head, *when = h->kind == C_SENTENCE ? h : find_clause(it, C_WHEN);
  if (h->of && !r->entity) return; /* reported with its name */
  struct scope sc = {.rs = rs, .ent = r->entity, .dims = r->dims.n ? &r->dims : NULL};
  r->priority = "normal";
  if (when && when->expr) r->when = type_condition(&sc, when->expr);
  check_groups(&sc, r, h);
  if (when && when->actions) {
    const struct actions *a = when->actions;
    set_actions(&sc, r, a);
    if (a->text) read_template(&sc, &r->action, a->text->span), r->action_text = a->text->name;
    if (a->playbook) rule_does_playbook(&sc, r, a->playbook, a->playbook_span);
    if (a->priority) check_priority(&sc, r, a->priority->name, a->priority->span);
    if (a->worth) resolve_worth(&sc, r, a->worth);
  } else if (when && h->kind != C_SENTENCE && !item_has_broken(it)) {
    struct diag *d =
        diag_add(&rs->diags, V0115, h->name_span, "the rule `%s` does not say who acts", r->name);
    diag_help(&rs->diags, d, "add under its `when` line: -> assign TEAM, due 7d");
  } else if (!when && !item_has_broken(it)) {
    struct diag *d =
        diag_add(&rs->diags, V0401, h->name_span, "the rule `%s` has no condition", r->name);
    diag_help(&rs->diags, d, "add: when health drop > 10, and under it: -> assign TEAM, due 7d");
  }
  if (r->entity)
    need_key(rs, r->entity, h->of ? h->of_span : h->span, "its rows cannot be told apart");
  if (r->entity && r->entity->key) resolve_account(rs, r);
  for (size_t i = 0; i < it->body.n; i++) rule_clause(&sc, r, it->body.v[i]);
  r->due_by_once = share_attr(r->once, r->due.term);
}

void declare_rule(struct ruleset *rs, const struct ast_item *it) {
  const struct clause *h = it->head;
  if (h->kind == C_SENTENCE && !h->actions) return; /* reported by the parser */
  struct rule *r = NEW(rs->arena, struct rule);
  r->span = h->span;
  r->named = h->kind == C_RULE;
  r->name = h->name;
  r->name_span = h->name_span;
  r->dims = h->dims;
  const struct clause *when = r->named ? find_clause(it, C_WHEN) : h;
  r->when_expr = when ? when->expr : NULL;
  if (r->named && !declare_name(rs, &rs->rule_names, h, "rule", r)) return;
  VEC_PUSH(rs->arena, &rs->rules, r);
  VEC_PUSH(rs->arena, &rs->rule_items, it);
}

void resolve_rules(struct ruleset *rs) {
  for (size_t i = 0; i < rs->rules.n; i++) {
    struct rule *r = rs->rules.v[i];
    int errors = rs->diags.errors;
    if (!r->named) r->name = name_from_words(rs, r->when_expr, "", r);
    if (rule_entity(rs, r, rs->rule_items.v[i]->head)) resolve_rule(rs, r, rs->rule_items.v[i]);
    r->broken = rs->diags.errors > errors || !r->when;
  }
}
