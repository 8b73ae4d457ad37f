/* Entities and their attributes. In: the clauses under `entity`. Out: columns, histories,
 * intervals, parents. */
#include <string.h>
#include <strings.h>

#include "base/date_format.h"
#include "base/suggest.h"
#include "sema/sema.h"

void unknown_option(struct ruleset *rs, const struct option *o, const char *known) {
  if (strcmp(o->word, "per") == 0) {
    struct diag *d = diag_add(&rs->diags, V0403, o->span, "`per` stands before the column");
    diag_help(&rs->diags, d, "write: mrr money per month \"column\"");
    return;
  }
  struct diag *d = diag_add(&rs->diags, V0403, o->span, "`%s` has no meaning here", o->word);
  diag_help(&rs->diags, d, "what may stand here: %s", known);
}

/* money per month */
static bool amount_per(struct ruleset *rs, const struct clause *c, struct attr *at) {
  if (!c->per) return true;
  if (at->type.unit == U_MONEY) return read_per(rs, c->per, c->per_span, &at->type.per);
  struct diag *d = diag_add(&rs->diags, V0403, c->per_span,
                            "only money is per month or per year, not a %s", c->of);
  diag_help(&rs->diags, d, "write %s alone, or money per month if it is an amount", c->of);
  return false;
}

/* The type that other systems have another name for; NULL: none of these. */
static const char *type_called(const char *word) {
  static const char *const others[][2] = {
      {"currency", "money"}, {"euro", "money"},         {"euros", "money"},   {"eur", "money"},
      {"amount", "money"},   {"dollar", "money"},       {"string", "text"},   {"varchar", "text"},
      {"char", "text"},      {"picklist", "text"},      {"enum", "text"},     {"dropdown", "text"},
      {"str", "text"},       {"texte", "text"},         {"int", "count"},     {"integer", "count"},
      {"bigint", "count"},   {"entier", "count"},       {"float", "number"},  {"double", "number"},
      {"decimal", "number"}, {"numeric", "number"},     {"nombre", "number"}, {"bool", "flag"},
      {"boolean", "flag"},   {"checkbox", "flag"},      {"booléen", "flag"},  {"datetime", "date"},
      {"timestamp", "date"}, {"day", "date"},           {"user", "person"},   {"owner", "person"},
      {"email", "person"},   {"percentage", "percent"}, {"pct", "percent"}};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (strcasecmp(word, others[i][0]) == 0) return others[i][1];
  return NULL;
}

static bool column_type(struct ruleset *rs, const struct clause *c, struct attr *at) {
  enum unit u;
  if (strcmp(c->of, "percent") == 0 || strcmp(c->of, "ratio") == 0) {
    at->type = (struct type){.unit = U_SHARE, .percent = c->of[0] == 'p'};
    at->percent_column = c->of[0] == 'p';
    return true;
  }
  if (unit_from_name(c->of, &u)) {
    at->type = (struct type){
        .unit = u,
    };
    return true;
  }
  const char *names[UNIT_COUNT + 2];
  size_t n = 0;
  for (int i = 0; i < UNIT_COUNT; i++) names[n++] = unit_name((enum unit)i);
  names[n++] = "percent";
  names[n++] = "ratio";
  const char *near = suggest(c->of, names, n), *first = type_called(c->name);
  for (size_t i = 0; !first && i < n; i++)
    if (strcmp(c->name, names[i]) == 0) first = names[i];
  if (first && !type_called(c->of)) { /* text plan "plan_tier" */
    struct span both = span_join(c->name_span, c->of_span);
    diag_help(
        &rs->diags,
        diag_add(&rs->diags, V0402, both, "`%s` is a type, and stands behind the name", c->name),
        "write: %s %s", c->of, first);
    return false;
  }
  if (type_called(c->of)) near = type_called(c->of);
  bool word = strcmp(c->of, "key") == 0 || strcmp(c->of, "label") == 0;
  bool clause = word && c->column; /* primary key "id" */
  struct diag *d =
      diag_add(&rs->diags, V0402, clause ? c->span : c->of_span, "`%s` is not a type", c->of);
  if (clause)
    diag_help(&rs->diags, d, "write: %s \"%s\"", c->of, c->column);
  else if (near)
    diag_help(&rs->diags, d, "did you mean `%s`?", near);
  else
    diag_help(&rs->diags, d,
              "types are number, count, money, share, percent, ratio, score, date, duration, text, "
              "flag, person");
  return false;
}

/* A record with an end says itself how long it holds. */
static void check_history_end(struct ruleset *rs, const struct clause *c, const struct attr *at) {
  const struct history *h = &at->history;
  struct day_format f;
  if (!h->until) return;
  if (h->fresh >= 0)
    diag_help(&rs->diags,
              diag_add(&rs->diags, V0403, c->span,
                       "the records of `%s` end on a day of their own, so `fresh` has no meaning",
                       at->name),
              "remove `fresh`, or `%s \"%s\"`", h->through ? "through" : "until", h->until);
  if (h->through && day_format_read(h->day_form.format, &f) && !day_format_has_day(&f))
    diag_help(
        &rs->diags,
        diag_add(&rs->diags, V0403, c->span,
                 "`through` needs a last day, and \"%s\" holds only months", h->day_form.format),
        "say `until`, with a column of the first month without the record");
}

static void history_options(struct ruleset *rs, const struct clause *c, struct attr *at) {
  struct history *h = &at->history;
  h->table = c->column;
  h->fresh = -1;
  h->span = c->span;
  for (size_t i = 0; i < c->options.n; i++) {
    const struct option *o = &c->options.v[i];
    if (strcmp(o->word, "by") == 0)
      h->by = text_option(rs, o);
    else if (strcmp(o->word, "at") == 0)
      h->at = text_option(rs, o);
    else if (strcmp(o->word, "value") == 0)
      h->value = text_option(rs, o);
    else if (strcmp(o->word, "until") == 0 || strcmp(o->word, "through") == 0)
      h->until = text_option(rs, o), h->through = o->word[0] == 't';
    else if (history_form_option(rs, o, at))
      continue;
    else if (list_option(rs, o, at) || duration_option(rs, o, at) || renamed_option(rs, c, &i, at))
      continue;
    else if (lenient_option(o, &at->form))
      lenient_option(o, &h->day_form);
    else if (strcmp(o->word, "fresh") == 0 && o->value && o->value->kind == E_DURATION &&
             duration_days(o->value->dur) >= 0)
      h->fresh = duration_days(o->value->dur);
    else
      unknown_option(rs, o,
                     "by \"key\", at \"day\", until \"day\", value \"column\", fresh 45d, "
                     "renamed \"Pro\" to \"Premium\", format \"DD/MM/YYYY\", unreadable is "
                     "unknown");
  }
  check_renames(rs, at);
  check_day_form(rs, c->span, &h->day_form);
  check_value_form(rs, c->span, at);
  check_history_end(rs, c, at);
  if (h->by && h->at && h->value) return;
  struct diag *d = diag_add(&rs->diags, V0401, c->span,
                            "the history of `%s` does not say which columns to read", at->name);
  diag_help(&rs->diags, d, "write: %s %s history \"%s\" by \"key\" at \"day\" value \"column\"",
            at->name, c->of, h->table);
}

static void column_options(struct ruleset *rs, const struct clause *c, struct attr *at) {
  for (size_t i = 0; i < c->options.n; i++) {
    const struct option *o = &c->options.v[i];
    if (list_option(rs, o, at) || form_option(rs, o, &at->form) || lenient_option(o, &at->form) ||
        duration_option(rs, o, at) || renamed_option(rs, c, &i, at))
      continue;
    if (strcmp(o->word, "known from") == 0)
      at->known_from_name = o->value;
    else if (strcmp(o->word, "currency") == 0 && at->type.unit == U_MONEY) {
      const char *cur = text_option(rs, o);
      if (cur && currency_known(cur))
        at->type.currency = cur;
      else
        at->currency_column = cur;
    } else
      unknown_option(rs, o,
                     "one of \"a\", \"b\"; renamed \"a\" to \"b\"; format \"DD/MM/YYYY\" or "
                     "\"1,234.50\"; currency "
                     "\"column\" for money; known from DATE for what happened on a day; "
                     "unreadable is unknown");
  }
  check_renames(rs, at);
  check_value_form(rs, c->span, at);
}

static void add_attr(struct ruleset *rs, struct entity *ent, struct attr *at) {
  const struct attr *first = entity_attr(ent, at->name);
  if (first) {
    struct diag *d =
        diag_add(&rs->diags, V0202, at->span, "a second attribute called `%s`", at->name);
    diag_note(&rs->diags, d, first->span, "the first one is here");
    diag_help(&rs->diags, d, "give one of them another name");
    return;
  }
  entity_add_attr(rs->arena, ent, at);
}

static void declare_attr(struct ruleset *rs, struct entity *ent, const struct clause *c) {
  struct attr *at = NEW(rs->arena, struct attr);
  at->name = c->name;
  at->entity = ent;
  at->span = c->name_span;
  at->expr = c->expr;
  at->column = c->column;
  at->kind = c->expr ? ATTR_COMPUTED : c->text ? ATTR_HISTORY : ATTR_COLUMN;
  if (!column_type(rs, c, at) || !amount_per(rs, c, at)) {
    map_put(&rs->poisoned, rs->arena, c->name, (void *)c);
    return;
  }
  if (at->kind == ATTR_HISTORY)
    history_options(rs, c, at);
  else
    column_options(rs, c, at);
  duration_unit(rs, c, at);
  add_attr(rs, ent, at);
}

/* What is said once holds for both columns. */
static void share_form(struct cell_form *from, struct cell_form *until) {
  if (!until->format) until->format = from->format;
  if (!from->format) from->format = until->format;
  if (!until->zone) until->zone = from->zone;
  if (!from->zone) from->zone = until->zone;
}

/* How a table of events is filled. */
static bool event_option(const struct option *o, struct life *l) {
  bool days = o->value && o->value->kind == E_DURATION && duration_days(o->value->dur) >= 0;
  if (days && strcmp(o->word, "fresh") == 0)
    l->fresh = duration_days(o->value->dur);
  else if (days && strcmp(o->word, "complete") == 0)
    l->complete_after = duration_days(o->value->dur);
  else
    return false;
  return true;
}

static void set_life(struct ruleset *rs, struct entity *ent, const struct clause *c, bool ends) {
  struct life *l = &ent->life;
  if (l->from) {
    struct diag *d =
        diag_add(&rs->diags, V0117, c->span, "%s already says from when its rows exist", ent->name);
    diag_note(&rs->diags, d, ent->life_span, "here");
    diag_help(&rs->diags, d, "keep one of `at`, `exists from` and `… from … until`");
    return;
  }
  *l = (struct life){.from = c->column, .fresh = -1, .ends = ends};
  ent->life_span = c->span;
  for (size_t i = 0; i < c->options.n; i++) {
    const struct option *o = &c->options.v[i];
    bool until = strcmp(o->word, "until") == 0, through = strcmp(o->word, "through") == 0;
    if (c->kind != C_AT && (until || through))
      l->until = text_option(rs, o), l->through = through;
    else if (form_option(rs, o, l->until ? &l->until_form : &l->from_form))
      continue;
    else if (lenient_option(o, &l->from_form) || (c->kind == C_AT && event_option(o, l)))
      continue;
    else
      unknown_option(rs, o,
                     c->kind == C_AT ? "format \"DD/MM/YYYY\", in time zone \"UTC\", fresh 7d, "
                                       "complete after 2d, unreadable is unknown"
                                     : "until \"column\" (the first day without), or through "
                                       "\"column\" (the last day with); unreadable is unknown");
  }
  share_form(&l->from_form, &l->until_form);
  check_day_form(rs, c->span, &l->from_form);
  if (!cell_form_same(&l->from_form, &l->until_form)) check_day_form(rs, c->span, &l->until_form);
  struct day_format f;
  if (!l->through || !day_format_read(l->until_form.format, &f) || day_format_has_day(&f)) return;
  struct diag *d =
      diag_add(&rs->diags, V0403, c->span,
               "`through` needs a last day, and \"%s\" holds only months", l->until_form.format);
  diag_help(&rs->diags, d,
            "name a column with days after `through`, or one with the first month without it after "
            "`until`");
}

static void declare_interval(struct ruleset *rs, struct entity *ent, const struct clause *c) {
  set_life(rs, ent, c, false);
  struct attr *at = NEW(rs->arena, struct attr);
  at->name = c->name;
  at->entity = ent;
  at->span = c->name_span;
  at->kind = ATTR_ACTIVE;
  at->type = type_of(U_FLAG);
  add_attr(rs, ent, at);
}

static void declare_edge(struct ruleset *rs, struct entity *ent, const struct clause *c) {
  struct edge *e = NEW(rs->arena, struct edge);
  e->child = ent;
  e->is_role = c->has_role;
  e->name = c->has_role ? c->name : c->of;
  e->column = c->column;
  e->span = c->of_span;
  lenient_options(rs, c, &e->form);
  VEC_PUSH(rs->arena, &ent->edges, e);
  /* the clause, until names are known: resolve_edges */
  e->parent = (struct entity *)(void *)c;
}

/* may be empty */
static void declare_may(struct ruleset *rs, struct entity *ent, const struct clause *c) {
  ent->may_be_empty = strcmp(c->name, "be") == 0 && strcmp(c->of, "empty") == 0;
  if (ent->may_be_empty) return;
  struct diag *d = diag_add(&rs->diags, V0403, c->span, "only `may be empty` is said of a table");
  diag_help(&rs->diags, d, "write: may be empty");
}

static void declare_line(struct ruleset *rs, struct entity *ent, const struct clause *c) {
  switch (c->kind) {
    case C_KEY:
      ent->key = c->column;
      ent->key_span = c->name_span;
      lenient_options(rs, c, &ent->key_form);
      break;
    case C_LABEL:
      ent->label = c->column;
      ent->label_span = c->name_span;
      break;
    case C_LINK: ent->link_at = c->name_span; break;
    case C_AT:
      set_life(rs, ent, c, false);
      ent->event = true;
      break;
    case C_EXISTS: set_life(rs, ent, c, true); break;
    case C_MAY: declare_may(rs, ent, c); break;
    case C_BELONGS: declare_edge(rs, ent, c); break;
    case C_INTERVAL: declare_interval(rs, ent, c); break;
    case C_ATTR: declare_attr(rs, ent, c); break;
    default: break;
  }
}

/* What the lines of a second entity of one name say that the first does not: it is added to the
 * first, so that nothing else is reported for want of it. */
static bool adds_to(const struct entity *first, const struct clause *c) {
  switch (c->kind) {
    case C_KEY: return !first->key;
    case C_LABEL: return !first->label;
    case C_AT:
    case C_EXISTS:
    case C_INTERVAL: return !first->life.from;
    case C_ATTR: return !entity_attr(first, c->name);
    case C_BELONGS:
      for (size_t i = 0; i < first->edges.n; i++)
        if (strcmp(first->edges.v[i]->name, c->has_role ? c->name : c->of) == 0) return false;
      return true;
    default: return false;
  }
}

void declare_entity(struct ruleset *rs, const struct ast_item *it) {
  const struct clause *h = it->head;
  struct entity *ent = NEW(rs->arena, struct entity);
  ent->name = h->name;
  ent->name_span = h->name_span;
  ent->span = h->span;
  ent->table = h->column;
  ent->table_span = h->span;
  ent->broken = item_has_broken(it);
  bool second = !declare_name(rs, &rs->entity_names, h, "entity", ent);
  if (second) {
    ent = map_get(&rs->entity_names, h->name);
  } else {
    ent->index = (int)rs->entities.n;
    VEC_PUSH(rs->arena, &rs->entities, ent);
  }
  for (size_t i = 0; i < it->body.n; i++)
    if (!second || adds_to(ent, it->body.v[i])) declare_line(rs, ent, it->body.v[i]);
}

void need_key(struct ruleset *rs, const struct entity *ent, struct span at, const char *so) {
  if (ent->key || ent->broken) return;
  struct diag *d = diag_add(&rs->diags, V0401, at, "%s has no key, so %s", ent->name, so);
  diag_help(&rs->diags, d, "add under entity %s: key \"column\"", ent->name);
}

static void check_histories(struct ruleset *rs, const struct entity *ent) {
  for (size_t i = 0; i < ent->attrs.n; i++)
    if (ent->attrs.v[i]->kind == ATTR_HISTORY)
      need_key(rs, ent, ent->attrs.v[i]->span, "the records of a history name no row of it");
}

/* A role is a name of the entity like its attributes. */
static void check_role(struct ruleset *rs, const struct entity *ent, size_t at,
                       const struct clause *c) {
  const struct attr *attr = entity_attr(ent, c->name);
  const struct entity *other = map_get(&rs->entity_names, c->name);
  bool twice = false;
  for (size_t i = 0; i < at; i++) twice |= ent->edges.v[i]->name == c->name;
  if (!attr && !other && !twice) return;
  struct diag *d = diag_add(&rs->diags, V0202, c->name_span, "`%s` is already %s", c->name,
                            attr    ? "an attribute"
                            : twice ? "what another row is to this one"
                                    : "an entity");
  diag_help(&rs->diags, d, "say with another name what the %s is to a %s", c->of, ent->name);
}

static void find_parents(struct ruleset *rs, struct entity *ent) {
  for (size_t i = 0; i < ent->edges.n; i++) {
    struct edge *e = ent->edges.v[i];
    const struct clause *c = (const struct clause *)(void *)e->parent;
    e->parent = map_get(&rs->entity_names, c->of);
    if (e->is_role) check_role(rs, ent, i, c);
    if (!e->parent) {
      if (map_get(&rs->poisoned, c->of)) continue;
      tell_no_entity(rs, c->of, c->of_span, NULL);
    } else {
      need_key(rs, e->parent, c->of_span, "nothing can belong to it");
    }
  }
}

/* What names the day is a date column of the same row, and known from no other day. */
static bool names_day(struct ruleset *rs, const struct attr *at, const struct attr *day) {
  const struct expr *name = at->known_from_name;
  struct diag *d;
  if (day->type.unit != U_DATE || day->kind != ATTR_COLUMN) {
    d = diag_add(&rs->diags, V0313, name->span, "`%s` is not a date column of the %s", day->name,
                 at->entity->name);
    diag_help(&rs->diags, d, "name the date on which it is known: known from closed");
    return false;
  }
  if (day == at || !day->known_from_name || day->known_from_name->path.v[0] == day->name)
    return true;
  d = diag_add(&rs->diags, V0313, name->span, "`%s` is itself known from another day", day->name);
  diag_help(&rs->diags, d, "write: %s", day->known_from_name->path.v[0]);
  return false;
}

static void find_known_from(struct ruleset *rs, struct attr *at) {
  const struct expr *name = at->known_from_name;
  const struct entity *ent = at->entity;
  if (!name) return;
  struct attr *day = entity_attr(ent, name->path.v[0]);
  if (day) {
    if (names_day(rs, at, day)) at->known_from = day;
    return;
  }
  if (map_get(&rs->poisoned, name->path.v[0])) return;
  const char **dates = NEW_N(rs->arena, const char *, ent->attrs.n + 1);
  size_t n = 0;
  for (size_t i = 0; i < ent->attrs.n; i++)
    if (ent->attrs.v[i]->type.unit == U_DATE) dates[n++] = ent->attrs.v[i]->name;
  const char *near = suggest(name->path.v[0], dates, n);
  struct diag *d = diag_add(&rs->diags, V0201, name->span, "%s has no date called `%s`", ent->name,
                            name->path.v[0]);
  if (near)
    diag_help(&rs->diags, d, "did you mean `%s`?", near);
  else
    diag_help(&rs->diags, d, "declare it too: %s date \"column\"", name->path.v[0]);
}

void resolve_known_from(struct ruleset *rs) {
  for (size_t i = 0; i < rs->entities.n; i++)
    for (size_t k = 0; k < rs->entities.v[i]->attrs.n; k++)
      find_known_from(rs, rs->entities.v[i]->attrs.v[k]);
}

void resolve_edges(struct ruleset *rs) {
  for (size_t i = 0; i < rs->entities.n; i++) /* the calendar may stand in a later file */
    for (size_t k = 0; k < rs->entities.v[i]->attrs.n; k++) {
      struct type *t = &rs->entities.v[i]->attrs.v[k]->type;
      if (t->unit == U_MONEY && !t->currency) t->currency = rs->currency;
    }
  for (size_t i = 0; i < rs->entities.n; i++) {
    find_parents(rs, rs->entities.v[i]);
    check_histories(rs, rs->entities.v[i]);
  }
}

void resolve_attributes(struct ruleset *rs) {
  for (size_t i = 0; i < rs->entities.n; i++)
    for (size_t k = 0; k < rs->entities.v[i]->attrs.n; k++)
      attr_term(rs, rs->entities.v[i]->attrs.v[k]);
}
