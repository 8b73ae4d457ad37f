/* Teams, rules and sentences. In: their clauses. Out: typed conditions, deadlines, owners and texts. */
#include <string.h>

#include "base/intern.h"
#include "base/suggest.h"
#include "sema/sema.h"
#include "syntax/parse_file.h"

/* ---- teams ----------------------------------------------------------------------------------------- */

void declare_team(struct ruleset *rs, const struct ast_item *it) {
  const struct clause *h = it->head;
  struct team *t = NEW(rs->arena, struct team);
  t->warned = item_has_broken(it); /* the line that would have said it */
  t->name = h->name;
  t->span = h->name_span;
  t->broken = item_has_broken(it);
  if (!declare_name(rs, &rs->team_names, h, "team", t)) return;
  VEC_PUSH(rs->arena, &rs->teams, t);
  for (size_t i = 0; i < it->body.n; i++) {
    const struct clause *c = it->body.v[i];
    if (c->kind == C_ASSIGNS) t->assigns = c->expr;
    if (c->kind == C_CAPACITY) t->capacity = (int)c->num;
    if (c->kind == C_ESCALATES) t->escalates_to = c->name, t->escalates_span = c->name_span;
  }
}

/* An owner's expression can be typed from the entity that its path begins with. */
static void check_assigns(struct ruleset *rs, const struct team *t) {
  const struct expr *first = t->assigns;
  while (first && first->kind == E_ELSE) first = first->a;
  struct scope sc = {.rs = rs};
  if (first && first->kind == E_PATH) {
    sc.ent = map_get(&rs->entity_names, first->path.v[0]);
    if (first->path.n == 1) return; /* looked up on the rows of each rule */
    if (!sc.ent) {
      type_value(&sc, first);
      return;
    }
  }
  struct term *owner = t->assigns ? type_value(&sc, t->assigns) : NULL;
  if (!owner || unit_class(owner->type.unit) == CLASS_TXT) return;
  struct diag *d = diag_add(&rs->diags, V0301, t->assigns->span, "an owner is a person, `%s` is %s", quoted(&sc, t->assigns), unit_phrase(&sc, owner));
  diag_help(&rs->diags, d, "write: assigns account.csm else \"lead@company.example\"");
}

void resolve_teams(struct ruleset *rs) {
  for (size_t i = 0; i < rs->teams.n; i++) {
    struct team *t = rs->teams.v[i];
    if (t->assigns) check_assigns(rs, t);
    if (t->escalates_to) find_team(rs, t->escalates_to, t->escalates_span);
  }
}

/* ---- the entity of a sentence ------------------------------------------------------------------------- */

/* Counts the bare and dotted names of e (outside aggregates) that are of rows: in all, and those that ent has. */
static void count_names(struct ruleset *rs, const struct expr *e, struct entity *ent, int *of_rows, int *has) {
  if (!e || e->kind == E_AGG) return;
  if (e->kind == E_PATH) {
    const char *head = e->path.v[0];
    struct kpi *k = map_get(&rs->kpi_names, head);
    bool global = e->path.n == 1 && ((k && !k->of) || map_get(&rs->threshold_names, head) || head == intern("today"));
    if (global && !entity_attr(ent, head)) return;
    (*of_rows)++;
    edge_path way;
    struct entity *named = map_get(&rs->entity_names, head);
    if (e->path.n == 1) *has += ent && (entity_attr(ent, head) || entity_kpi(rs, ent, head) || (k && k->of == ent->name));
    else *has += ent && named && find_way(rs->arena, ent, named, &way) == WAY_ONE;
  }
  if (e->kind == E_INSEG && !e->a) {
    struct segment *s = map_get(&rs->segment_names, e->name);
    edge_path way;
    (*of_rows)++;
    *has += ent && s && s->entity && find_way(rs->arena, ent, s->entity, &way) == WAY_ONE;
  }
  for (size_t i = 0; i < expr_kid_count(e); i++) count_names(rs, expr_kid(e, i), ent, of_rows, has);
}

/* A sentence is about the entity that has all its names; nothing is guessed when two have. */
static bool infer_entity(struct ruleset *rs, struct rule *r) {
  int of_rows = 0, none = 0, best_has = 0;
  count_names(rs, r->when_expr, NULL, &of_rows, &none);
  if (!of_rows) return true; /* only KPIs of the company */
  struct entity *fit = NULL, *second = NULL, *best = NULL;
  for (size_t i = 0; i < rs->entities.n; i++) {
    int n = 0, has = 0;
    struct entity *ent = rs->entities.v[i];
    count_names(rs, r->when_expr, ent, &n, &has);
    if (has == n && ent->key) {
      if (fit) second = ent;
      else fit = ent;
    }
    if (has > best_has) best_has = has, best = ent;
  }
  if (second) {
    struct diag *d = diag_add(&rs->diags, V0203, r->span, "this sentence could be about %s or about %s", fit->name, second->name);
    diag_help(&rs->diags, d, "say which: rule NAME for %s, and under it: when …", fit->name);
    return false;
  }
  r->entity = fit ? fit : best;
  if (!r->entity && rs->entities.n == 1) r->entity = rs->entities.v[0];
  return true; /* with the best fit, the missing names are told one by one */
}

/* renewal overdue and mrr > 0: "renewal_overdue_and_mrr". Numbers are left out, so that an edited threshold keeps
 * its items. */
static void name_tokens(const struct expr *e, char *out, size_t size) {
  const char *text = e->span.src->text;
  bool in_word = false, in_text = false;
  size_t n = 0;
  for (uint32_t i = e->span.at; i < e->span.end && n + 5 < size && n < 72; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c == '"') in_text = !in_text;
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    bool digit = c >= '0' && c <= '9';
    if (digit && !in_word && !in_text) { /* a literal: over it and its suffix */
      while (i + 1 < e->span.end && strchr("0123456789.-%kMdwmoqybp", text[i + 1]) && text[i + 1]) i++;
      char code[4] = "";
      if (i + 4 < e->span.end && text[i + 1] == ' ') memcpy(code, text + i + 2, 3);
      if (currency_known(code)) i += 4;
      continue;
    }
    if (letter || digit) {
      if (!in_word && n && out[n - 1] != '_') out[n++] = '_';
      out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
      in_word = true;
    } else in_word = false;
  }
  while (n && ((unsigned char)out[n - 1] & 0xC0) == 0x80 && n > 72) n--;
  out[n] = 0;
}

const char *name_from_words(struct ruleset *rs, const struct expr *e, const char *prefix, void *thing) {
  char words[96];
  name_tokens(e, words, sizeof words);
  const char *stem = arena_printf(rs->arena, "%s%s", prefix, *words ? words : "sentence"), *name = intern(stem);
  for (int k = 2; map_get(&rs->rule_names, name); k++) name = intern(arena_printf(rs->arena, "%s_%d", stem, k));
  map_put(&rs->rule_names, rs->arena, name, thing);
  return name;
}

/* ---- templates ---------------------------------------------------------------------------------------- */

/* The `do` text between its quotes, with {expressions} of the rule's row. */
static void parse_template(const struct scope *sc, struct rule *r, struct span at) {
  struct ruleset *rs = sc->rs;
  const char *text = at.src->text;
  char *buf = arena_alloc(rs->arena, at.end - at.at + 1), *w = buf;
#define FLUSH                                                            \
  if (w > buf) {                                                         \
    struct template_part p = {arena_strndup(rs->arena, buf, (size_t)(w - buf)), NULL}; \
    VEC_PUSH(rs->arena, &r->action, p);                                  \
    w = buf;                                                             \
  }
  for (uint32_t i = at.at + 1; i + 1 < at.end; i++) {
    if (text[i] == '\\' && (text[i + 1] == '"' || text[i + 1] == '\\')) {
      *w++ = text[++i];
      continue;
    }
    if (text[i] != '{') {
      *w++ = text[i];
      continue;
    }
    if (text[i + 1] == '{') {
      HELP_WITH(sc, TELL(sc, V0405, ((struct span){at.src, i, i + 2}), "one brace is enough"), "write: {label}");
      return;
    }
    uint32_t end = i + 1;
    while (end + 1 < at.end && text[end] != '}') end++;
    if (end + 1 >= at.end) {
      HELP_WITH(sc, TELL(sc, V0405, ((struct span){at.src, i, at.end - 1}), "this `{` is never closed"), "write the missing `}`: {health}");
      return;
    }
    FLUSH
    struct expr *e = parse_expression(rs->arena, at.src, i + 1, end, &rs->diags);
    if (end == i + 1) HELP_WITH(sc, TELL(sc, V0405, ((struct span){at.src, i, end + 1}), "nothing stands between { and }"), "write a name, such as {label}");
    struct term *t = e ? type_expr(sc, e) : NULL;
    struct template_part p = {NULL, t};
    if (t) VEC_PUSH(rs->arena, &r->action, p);
    i = end;
  }
  FLUSH
#undef FLUSH
}

/* ---- rules -------------------------------------------------------------------------------------------- */

static void set_due(const struct scope *sc, struct rule *r, const struct actions *a) {
  if (!a->due) return;
  struct due *due = &r->due;
  if (a->due_anchor) {
    if (!take_duration(sc, a->due, &due->dur)) return;
    due->kind = DUE_ANCHOR;
    due->side = a->due_side;
    due->term = type_value(sc, a->due_anchor);
    if (!due->term || due->term->type.unit == U_DATE) return;
    HELP_WITH(sc, TELL(sc, V0301, a->due_anchor->span, "`%s` is %s; a date is needed here", quoted(sc, a->due_anchor), unit_phrase(sc, due->term)), "write: due 14d before renewal");
    return;
  }
  if (a->due->kind == E_DURATION) {
    due->kind = DUE_AFTER_OPENING;
    due->dur = a->due->dur;
    return;
  }
  due->kind = DUE_DATE;
  due->term = type_value(sc, a->due);
  if (!due->term || due->term->type.unit == U_DATE) return;
  struct diag *d = TELL(sc, V0301, a->due->span, "`%s` is %s; a deadline is a duration or a date", quoted(sc, a->due), unit_phrase(sc, due->term));
  if (due->term->bare) HELP_WITH(sc, d, "write due %.15gd for days, or due %.15gbd for business days", due->term->value.num, due->term->value.num);
  else HELP_WITH(sc, d, "write due 7d, due 5bd, due 14d before renewal, due end of month, or due 2026-12-31");
}

struct term *owner_term(const struct scope *sc, const struct team *t, struct span at) {
  const struct expr *e = t->assigns;
  if (!e) return NULL;
  while (e->kind == E_ELSE && e->a->kind == E_PATH) {
    const char *head = e->a->path.v[0];
    struct entity *ent = map_get(&sc->rs->entity_names, head);
    edge_path way;
    bool reach = e->a->path.n > 1 ? sc->ent && ent && find_way(sc->rs->arena, sc->ent, ent, &way) == WAY_ONE : sc->ent && entity_attr(sc->ent, head);
    if (reach) break;
    e = e->b;
  }
  if (e->kind == E_PATH && e->path.n > 1) {
    struct entity *ent = map_get(&sc->rs->entity_names, e->path.v[0]);
    edge_path way;
    if (ent && !(sc->ent && find_way(sc->rs->arena, sc->ent, ent, &way) == WAY_ONE)) {
      struct diag *d = TELL(sc, V0206, at, "team %s assigns `%s`, which this rule does not reach", t->name, quoted(sc, e));
      HELP_WITH(sc, d, "give the team someone else for such rules: assigns %s else \"lead@company.example\"", quoted(sc, e));
      return NULL;
    }
  }
  return type_value(sc, e);
}

static void set_actions(const struct scope *sc, struct rule *r, const struct actions *a) {
  struct ruleset *rs = sc->rs;
  if (!a->assign) {
    HELP_WITH(sc, TELL(sc, V0115, a->span, "this rule does not say who acts"), "write: -> assign CS, due 7d");
    return;
  }
  set_due(sc, r, a);
  r->team = find_team(rs, a->assign, a->assign_span);
  if (!r->team) return;
  r->owner = owner_term(sc, r->team, a->assign_span);
  if (!r->team->assigns && !r->team->warned) {
    r->team->warned = true;
    struct diag *d = diag_add(&rs->diags, V0401, r->team->span, "team %s does not say which person gets its items", r->team->name);
    diag_help(&rs->diags, d, "write under team %s: assigns account.csm else \"lead@company.example\"", r->team->name);
  }
}

static void check_priority(const struct scope *sc, struct rule *r, const char *word, struct span at) {
  static const char *const levels[] = {"high", "normal", "low"};
  r->priority = word;
  for (int i = 0; i < 3; i++)
    if (strcmp(word, levels[i]) == 0) return;
  const char *near = suggest(word, levels, 3);
  struct diag *d = TELL(sc, V0403, at, "`%s` is not a priority", word);
  HELP_WITH(sc, d, "write: priority %s", near ? near : "high, normal or low");
}

static void check_worth(const struct scope *sc, struct rule *r, const struct expr *e) {
  r->worth = type_value(sc, e);
  if (!r->worth || r->worth->type.unit == U_MONEY) return;
  HELP_WITH(sc, TELL(sc, V0301, e->span, "`%s` is %s; `worth` is money", quoted(sc, e), unit_phrase(sc, r->worth)), "write a money attribute or KPI, such as worth arr");
}

/* The team named, else the one above the rule's own. */
static void set_escalation(struct ruleset *rs, struct rule *r, const struct clause *c) {
  if (c->of) {
    if (find_team(rs, c->of, c->name_span)) r->escalates_to = c->of;
    return;
  }
  if (!r->team) return; /* told with its name */
  r->escalates_to = r->team->escalates_to;
  if (r->escalates_to || r->team->broken) return;
  struct diag *d = diag_add(&rs->diags, V0401, c->span, "this rule escalates, and team %s does not say to whom", r->team->name);
  diag_help(&rs->diags, d, "add under team %s: escalates to TEAM; or here: escalate %s after due to TEAM", r->team->name,
            span_text(rs->arena, c->name_span));
}

static void rule_clause(const struct scope *sc, struct rule *r, const struct clause *c) {
  static const char *const policies[] = {"report", "fire", "ignore"};
  struct diag *d;
  switch (c->kind) {
    case C_DO: parse_template(sc, r, c->name_span); r->action_text = c->text; break;
    case C_PRIORITY: check_priority(sc, r, c->name, c->name_span); break;
    case C_WORTH: check_worth(sc, r, c->expr); break;
    case C_ONCE:
      if (strcmp(c->name, "per") != 0) HELP_WITH(sc, TELL(sc, V0114, c->name_span, "`once` is followed by `per`"), "write: once per renewal");
      r->once = type_value(sc, c->expr);
      break;
    case C_CLEAR: r->clear = type_condition(sc, c->expr); break;
    case C_MEANS: r->means = c->text; break;
    case C_ESCALATE:
      r->escalates = true;
      r->escalate_after = c->dur;
      set_escalation(sc->rs, r, c);
      break;
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

/* A KPI in a grouped rule has a value for each of its groups, or it is a total; anything between would be a guess. */
static bool splits_like(const struct scope *sc, const struct rule *r, const struct term *t, bool *any) {
  if (!t) return true;
  bool good = true;
  if (t->kind == T_KPI && !t->kpi->entity && t->kpi->dims.n) {
    size_t shared = 0;
    for (size_t i = 0; i < r->dims.n; i++) {
      const name_list *d = &r->dims.v[i].path->path;
      for (size_t j = 0; j < t->kpi->dims.n; j++) {
        const name_list *x = &t->kpi->dims.v[j].path->path;
        shared += x->v[x->n - 1] == d->v[d->n - 1];
      }
    }
    *any |= shared == r->dims.n;
    if (shared && shared < r->dims.n) {
      HELP_WITH(sc, TELL(sc, V0206, t->src->span, "`%s` is not split by everything that this rule is split by", t->kpi->name), "split the KPI the same way: kpi %s by …, or write the rule `for each` of the KPI's own groups", t->kpi->name);
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
  struct diag *d = TELL(sc, V0206, h->dims.v[0].path->span, "nothing in this condition is split by `%s`", quoted(sc, dim));
  HELP_WITH(sc, d, "split a KPI that it uses: kpi NAME by %s = …", quoted(sc, dim));
}

static void resolve_rule(struct ruleset *rs, struct rule *r, const struct ast_item *it) {
  const struct clause *h = it->head, *when = h->kind == C_SENTENCE ? h : find_clause(it, C_WHEN);
  if (h->of && !r->entity) return; /* told with its name */
  struct scope sc = {.rs = rs, .ent = r->entity, .dims = r->dims.n ? &r->dims : NULL};
  r->priority = "normal";
  if (when && when->expr) r->when = type_condition(&sc, when->expr);
  check_groups(&sc, r, h);
  if (when && when->actions) {
    const struct actions *a = when->actions;
    set_actions(&sc, r, a);
    if (a->text) parse_template(&sc, r, a->text->span), r->action_text = a->text->name;
    if (a->priority) check_priority(&sc, r, a->priority->name, a->priority->span);
    if (a->worth) check_worth(&sc, r, a->worth);
  } else if (when && h->kind != C_SENTENCE && !item_has_broken(it)) {
    struct diag *d = diag_add(&rs->diags, V0115, h->name_span, "the rule `%s` does not say who acts", r->name);
    diag_help(&rs->diags, d, "add under its `when` line: -> assign TEAM, due 7d");
  } else if (!when && !item_has_broken(it)) {
    struct diag *d = diag_add(&rs->diags, V0401, h->name_span, "the rule `%s` has no condition", r->name);
    diag_help(&rs->diags, d, "add: when health drop > 10, and under it: -> assign TEAM, due 7d");
  }
  if (r->entity && !r->entity->key && !r->entity->broken) {
    struct diag *d = diag_add(&rs->diags, V0401, h->of ? h->of_span : h->span, "%s has no key, so its rows cannot be told apart", r->entity->name);
    diag_help(&rs->diags, d, "add under entity %s: key \"column\"", r->entity->name);
  }
  for (size_t i = 0; i < it->body.n; i++) rule_clause(&sc, r, it->body.v[i]);
}

void declare_rule(struct ruleset *rs, const struct ast_item *it) {
  const struct clause *h = it->head;
  if (h->kind == C_SENTENCE && !h->actions) return; /* told by the parser */
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

/* for each plan: an attribute of some entity, or account.plan. */
static bool check_dims(struct ruleset *rs, const dim_list *dims) {
  static const char *names[2000];
  struct scope sc = {.rs = rs};
  for (size_t i = 0; i < dims->n; i++) {
    const struct expr *p = dims->v[i].path;
    const char *name = p->path.v[p->path.n - 1];
    if (names_something(rs, name) || map_get(&rs->poisoned, name)) continue;
    size_t n = 0;
    for (size_t e = 0; e < rs->entities.n; e++)
      for (size_t k = 0; k < rs->entities.v[e]->attrs.n && n < 2000; k++) names[n++] = rs->entities.v[e]->attrs.v[k]->name;
    const char *near = suggest(name, names, n);
    struct diag *d = diag_add(&rs->diags, V0201, p->span, "no entity has an attribute called `%s`", name);
    if (near) HELP_WITH(&sc, d, "did you mean `%s`?", near);
    else HELP_WITH(&sc, d, "`for each` is followed by an attribute that makes groups, such as plan");
    return false;
  }
  return true;
}

static bool find_entity(struct ruleset *rs, struct rule *r, const struct clause *h) {
  if (!r->named) return infer_entity(rs, r);
  if (!h->of && r->dims.n) return check_dims(rs, &r->dims);
  if (!h->of) return r->when_expr ? infer_entity(rs, r) : true;
  r->entity = map_get(&rs->entity_names, h->of);
  if (r->entity) return true;
  if (map_get(&rs->poisoned, h->of)) return false;
  tell_no_entity(rs, h->of, h->of_span, NULL);
  return false;
}

void resolve_rules(struct ruleset *rs) {
  for (size_t i = 0; i < rs->rules.n; i++) {
    struct rule *r = rs->rules.v[i];
    int errors = rs->diags.errors;
    if (!r->named) r->name = name_from_words(rs, r->when_expr, "", r);
    if (find_entity(rs, r, rs->rule_items.v[i]->head)) resolve_rule(rs, r, rs->rule_items.v[i]);
    r->broken = rs->diags.errors > errors || !r->when;
  }
}
