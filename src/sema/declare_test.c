/* Tests. In: their clauses. Out: days, each with the rows it is given and what is expected of it,
 * typed; messages where names, units or tables do not fit. */
#include <string.h>

#include "base/check.h"
#include "base/key_text.h"
#include "base/suggest.h"
#include "sema/dims.h"
#include "sema/given_periods.h"
#include "sema/own_currency.h"
#include "sema/expect_target.h"
#include "sema/test_case.h"
#include "base/text.h"

struct test_reading { /* one test block */
  struct ruleset *rs;
  struct test *test;
  struct test_step *step;     /* being filled; NULL before the first */
  const struct clause *table; /* the `given` whose rows follow; NULL */
  struct entity *entity;      /* of the table */
  struct given_periods periods;
  bool in_periods; /* the rows that follow are fiscal periods */
  VEC(day_t) holidays;
  /* every row that the test names, and every `account "Acme"` in a fact: */
  VEC(struct test_row *) named;
  VEC(struct span) links; /* checked at the end, when all rows are known */
  VEC(struct test_fact) linked;
};

void declare_test(struct ruleset *rs, const struct ast_item *it) {
  struct test *t = NEW(rs->arena, struct test);
  *t = (struct test){.name = it->head->text, .span = it->head->span, .item = (struct ast_item *)it};
  VEC_PUSH(rs->arena, &rs->tests, t);
}

/* ---- facts ---------------------------------------------------------------------------- */

static day_t day_of(const struct test_reading *x, const struct fact *f) {
  return f->ago ? day_back(&x->rs->calendar, x->step->day, f->ago->dur) : x->step->day;
}

static void add_fact(struct test_reading *x, struct test_row *row, struct test_fact f) {
  VEC_PUSH(x->rs->arena, &row->facts, f);
}

/* account "Acme" */
static void read_parent(struct test_reading *x, struct test_row *row, struct edge *e,
                        const struct fact *f, const struct expr *value) {
  struct scope sc = {.rs = x->rs};
  if (value->kind != E_STRING && value->kind != E_UNKNOWN) {
    HELP_WITH(&sc,
              TELL(&sc, V0401, value->span, "the %s of a %s is named in quotes", e->parent->name,
                   e->child->name),
              "write: %s \"Acme\"", e->parent->name);
    return;
  }
  struct test_fact fact = {
      .kind = FACT_PARENT, .edge = e, .day = x->step->day, .value = {.type = type_of(U_TEXT)}};
  if (f->ago)
    HELP_WITH(&sc, TELL(&sc, V0307, f->path->span, "`%s` has only today's value", e->parent->name),
              "give today's value: %s \"Acme\"", e->parent->name);
  if (value->kind == E_STRING) {
    fact.value.known = true;
    fact.value.text = value->name;
    VEC_PUSH(x->rs->arena, &x->links, value->span);
    VEC_PUSH(x->rs->arena, &x->linked, fact);
  }
  add_fact(x, row, fact);
}

/* at 2026-02-20, exists from 2025-01-01 until 2026-02-01, active from 2025-01-01 */
static bool read_life(struct test_reading *x, struct test_row *row, const struct fact *f,
                      const struct expr *value) {
  struct scope sc = {.rs = x->rs};
  struct entity *ent = row->entity;
  const char *name = f->path->path.v[0];
  struct attr *at = entity_attr(ent, name);
  bool event = ent->event && !at && strcmp(name, "at") == 0 && value && value->kind == E_DATE;
  bool said = !value && !x->table && (f->from != DAY_NONE || f->end_word);
  if (!event && !said) return false;
  bool own = event || (ent->life.from && !ent->event &&
                       (at ? at->kind == ATTR_ACTIVE : strcmp(name, "exists") == 0));
  if (!own || f->path->path.n > 1) {
    bool row = !at && f->path->path.n == 1 && strcmp(name, "exists") != 0 &&
               strcmp(name, "at") != 0 && strcmp(name, "active") != 0;
    if (row) {
      HELP_WITH(&sc, TELL(&sc, V0401, f->path->span, "the name of a row stands in quotes"),
                "write: \"%s\"; days of a row are said like this: active from 2025-01-01", name);
      return true;
    }
    struct diag *d = TELL(&sc, V0401, f->path->span, "`%s` is nothing that begins and ends",
                          quoted(&sc, f->path));
    HELP_WITH(&sc, d,
              "write: given subscription active from 2025-01-01 until 2026-02-01, or: given "
              "account \"Acme\" exists from 2025-01-01");
    return true;
  }
  bool through = f->end_word && strcmp(f->end_word, "through") == 0;
  if (f->end_word && !through && strcmp(f->end_word, "until") != 0) {
    HELP_WITH(&sc, TELL(&sc, V0401, f->end_span, "`%s` does not say when it ends", f->end_word),
              "write: until; the day behind it is the first one without it");
    return true;
  }
  if (f->end_word && !ent->life.until) {
    HELP_WITH(
        &sc,
        TELL(&sc, V0401, f->end_span, "a %s has no end: no column is declared for it", ent->name),
        "add the column where it is declared: %s from \"%s\" until \"column\"",
        quoted(&sc, f->path), ent->life.from);
    return true;
  }
  struct test_fact fact = {
      .kind = FACT_BORN, .day = x->step->day, .value = {.type = type_of(U_DATE), .known = true}};
  fact.value.num = event ? value->day : f->from;
  if (event || f->from != DAY_NONE) add_fact(x, row, fact);
  fact.kind = FACT_ENDED;
  fact.value.num = through ? (double)f->end + 1 : f->end;
  if (f->end_word) add_fact(x, row, fact);
  return true;
}

/* What a fact names must be of the row itself, and no formula. */
static bool givable(const struct scope *sc, const struct fact *f, const struct term *t) {
  if (t->kind == T_KPI && t->kpi->entity) return true;
  if (t->kind == T_ATTR && t->attr->kind != ATTR_COMPUTED) return true;
  struct diag *d = TELL(sc, V0401, f->path->span, "`%s` cannot be given", quoted(sc, f->path));
  if (t->kind == T_ATTR)
    HELP_WITH(sc, d, "it is computed: give the attributes that its formula names");
  else if (t->kind == T_PARENT)
    HELP_WITH(sc, d, "give it where it is: given %s \"Acme\" …", f->path->path.v[0]);
  else
    HELP_WITH(sc, d, "give an attribute or a KPI of one %s", sc->ent->name);
  return false;
}

/* What is known from a day has one value, and its day says when. */
static bool has_one_value(const struct scope *sc, const struct fact *f, const struct term *t) {
  if (!f->ago || t->kind != T_ATTR || !t->attr->known_from) return true;
  const char *day = t->attr->known_from->name;
  HELP_WITH(
      sc,
      TELL(sc, V0313, f->path->span, "`%s` is known from `%s`: it has one value, no past ones",
           quoted(sc, f->path), day),
      "give the day itself: %s 2026-02-01", day);
  return false;
}

/* 4mo is no number of quarters that a column holds. */
static bool fits_unit(const struct scope *sc, const struct expr *e, const struct term *t,
                      const struct value *v) {
  if (t->kind != T_ATTR || !t->attr->form.duration) return true;
  const struct cell_form *form = &t->attr->form;
  if (duration_fits(form, v->num / dur_unit_size(form->in))) return true;
  HELP_WITH(sc,
            TELL(sc, V0403, e->span, "`%s` is a column of whole %s", t->attr->name,
                 dur_unit_name(form->in)),
            "give a number of %s, not below 0", dur_unit_name(form->in));
  return false;
}

/* An amount beside a column of currencies may be in any: amount 500 USD. */
static bool names_its_currency(const struct test_fact *fact, const struct term *v) {
  return fact->attr && fact->attr->currency_column && !v->bare && v->type.unit == U_MONEY &&
         v->type.currency;
}

static void read_fact(struct test_reading *x, struct test_row *row, const struct fact *f,
                      const struct expr *value) {
  struct scope sc = {.rs = x->rs, .ent = row->entity};
  struct edge *e =
      f->path->path.n == 1 && value ? edge_named(row->entity, f->path->path.v[0]) : NULL;
  if (e && !entity_attr(row->entity, f->path->path.v[0])) {
    read_parent(x, row, e, f, value);
    return;
  }
  if (read_life(x, row, f, value)) return;
  struct term *t = type_path(&sc, f->path);
  if (!t) return;
  if (f->ago && !has_past(t)) {
    HELP_WITH(&sc,
              TELL(&sc, V0307, f->path->span, "`%s` has only today's value", quoted(&sc, f->path)),
              "give today's value: %s …", quoted(&sc, f->path));
    return;
  }
  if (!givable(&sc, f, t) || !has_one_value(&sc, f, t)) return;
  bool kpi = t->kind == T_KPI;
  struct test_fact fact = {.kind = kpi ? FACT_KPI : FACT_ATTR,
                           .attr = kpi ? NULL : t->attr,
                           .kpi = kpi ? t->kpi : NULL,
                           .day = day_of(x, f),
                           .value = {.type = t->type}};
  if (value->kind != E_UNKNOWN) {
    struct term *v = type_expr(&sc, value);
    if (!v) return;
    fact.bare = v->bare;
    if (!names_its_currency(&fact, v) && !agree(&sc, value->span, t, v, "the same")) return;
    check_listed(&sc, t, v);
    CHECK(v->kind == T_CONST); /* the grammar takes literals here, and type_neg their minus */
    if (!fits_unit(&sc, value, t, &v->value)) return;
    fact.value = v->value;
  }
  add_fact(x, row, fact);
}

/* ---- rows and tables ------------------------------------------------------------------ */

static struct entity *given_entity(struct test_reading *x, const struct clause *c) {
  struct ruleset *rs = x->rs;
  struct entity *ent = map_get(&rs->entity_names, c->name);
  if (ent || map_get(&rs->poisoned, c->name)) return ent;
  tell_no_entity(rs, c->name, c->name_span, "write: given account \"Acme\" health 65, …");
  return NULL;
}

static struct test_row *new_row(struct test_reading *x, struct entity *ent, const char *name,
                                struct span at) {
  struct test_row row = {.entity = ent, .name = name, .span = at};
  VEC_PUSH(x->rs->arena, &x->step->rows, row);
  return &x->step->rows.v[x->step->rows.n - 1];
}

static bool gives(const struct test_row *row, const struct attr *at) {
  for (size_t i = 0; i < row->facts.n; i++)
    if (row->facts.v[i].kind == FACT_ATTR && row->facts.v[i].attr == at) return true;
  return false;
}

/* Was it given of the row that is called so, here or earlier in the test? */
static bool is_given(const struct test_reading *x, const struct test_row *row,
                     const struct attr *at) {
  if (gives(row, at)) return true;
  for (size_t i = 0; row->name && i < x->named.n; i++) {
    const struct test_row *other = x->named.v[i];
    bool same = other->entity == row->entity && other->name && strcmp(other->name, row->name) == 0;
    if (same && gives(other, at)) return true;
  }
  return false;
}

/* A reason that is known from the closing day says nothing without that day. */
static void check_days_given(struct test_reading *x, const struct test_row *row) {
  for (size_t i = 0; i < row->facts.n; i++) {
    const struct test_fact *f = &row->facts.v[i];
    const struct attr *day = f->kind == FACT_ATTR ? f->attr->known_from : NULL;
    if (!day || !f->value.known || is_given(x, row, day)) continue;
    struct diag *d =
        diag_add(&x->rs->diags, V0313, row->span,
                 "`%s` is known from `%s`, which is not given: it would never be known",
                 f->attr->name, day->name);
    diag_help(&x->rs->diags, d, "give the day too: %s 2026-02-01", day->name);
    return;
  }
}

static void keep_row_name(struct test_reading *x, const struct test_row *row) {
  check_days_given(x, row);
  struct test_row *copy = NEW(x->rs->arena, struct test_row);
  *copy = *row;
  VEC_PUSH(x->rs->arena, &x->named, copy);
}

/* Fiscal periods, unless an entity has the name. */
static bool gives_periods(const struct test_reading *x, const struct clause *c) {
  return strcmp(c->name, "calendar") == 0 && !map_get(&x->rs->entity_names, c->name);
}

static void tell_unknown_name(struct ruleset *rs, const struct clause *c, bool value) {
  if (map_get(&rs->poisoned, c->name)) return;
  name_list names = {0};
  for (size_t i = 0; value && i < rs->kpis.n; i++) VEC_PUSH(rs->arena, &names, rs->kpis.v[i]->name);
  for (size_t i = 0; !value && i < rs->rules.n; i++)
    VEC_PUSH(rs->arena, &names, rs->rules.v[i]->name);
  if (c->kind == C_GIVEN) VEC_PUSH(rs->arena, &names, "holiday");
  const char *near = suggest(c->name, names.v, names.n);
  struct diag *d = diag_add(&rs->diags, V0201, c->name_span, "there is no %s called `%s`",
                            value ? "KPI" : "rule", c->name);
  bool nothing = !value && (strcmp(c->name, "nothing") == 0 || strcmp(c->name, "none") == 0);
  if (nothing)
    diag_help(&rs->diags, d, "write: exactly 0; or no and the name of a rule");
  else if (near)
    diag_help(&rs->diags, d, "did you mean `%s`?", near);
  else
    diag_help(&rs->diags, d, "%s names a %s of these files", clause_word(c->kind),
              value ? "KPI" : "rule");
}

/* Has the group as many values as there are things that split it? False: reported. */
static bool group_fits(const struct scope *sc, const struct clause *c, const char *name,
                       const dim_list *dims) {
  const char *none;
  size_t n = c->rows.n;
  if (n == 1 && dims->n > 1) n = key_texts(c->text, &none, 0, sc->rs->arena);
  if (n == dims->n) return true;
  struct diag *d =
      TELL(sc, V0401, c->span, "`%s` is split by %s: a group of it has %zu %s", name,
           dims_name(dims, sc->rs->arena), dims->n, plural((long)dims->n, "value", "values"));
  const char *some = "";
  for (size_t i = 0; i < dims->n; i++)
    some = arena_printf(sc->rs->arena, "%s%s\"%s\"", some, i ? ", " : "",
                        i < c->rows.n ? c->rows.v[i] : "…");
  HELP_WITH(sc, d, "name each in quotes of its own: for %s", some);
  return false;
}

/* May the KPI be given alone, without a row? False: reported. */
static bool totals_fit(struct test_reading *x, const struct clause *c, const struct kpi *k) {
  struct scope sc = {.rs = x->rs};
  if (k->entity) {
    HELP_WITH(&sc,
              TELL(&sc, V0401, c->name_span, "`%s` is a KPI of each %s: of which one?", k->name,
                   k->entity->name),
              "write: given %s \"%s\" %s %s", k->entity->name, c->text ? c->text : "Acme", k->name,
              quoted(&sc, c->expr));
    return false;
  }
  if (!c->text) return true;
  if (k->dims.n) return group_fits(&sc, c, k->name, &k->dims);
  HELP_WITH(&sc, TELL(&sc, V0401, c->span, "`%s` has no groups", k->name), "write: given %s %s",
            k->name, quoted(&sc, c->expr));
  return false;
}

/* Its values: written one by one, or as the key that people read: "EMEA, Pro". */
static name_list group_of(const struct test_reading *x, const struct clause *c,
                          const dim_list *dims) {
  name_list group = {0};
  if (!c->text) return group;
  if (c->rows.n == dims->n) return c->rows;
  const char **texts = NEW_N(x->rs->arena, const char *, dims->n);
  size_t n = key_texts(c->text, texts, dims->n, x->rs->arena);
  CHECK(n == dims->n); /* group_fits has looked */
  for (size_t i = 0; i < n; i++) VEC_PUSH(x->rs->arena, &group, texts[i]);
  return group;
}

/* given holiday 2026-04-03, 2026-04-06: through the whole test. */
static void read_holiday(struct test_reading *x, const struct clause *c) {
  struct scope sc = {.rs = x->rs};
  if (c->expr->kind == E_DATE && !c->text && !c->expr2) {
    VEC_PUSH(x->rs->arena, &x->holidays, c->expr->day);
    for (size_t i = 0; i < c->facts.n; i++)
      VEC_PUSH(x->rs->arena, &x->holidays, c->facts.v[i].value->day);
    return;
  }
  HELP_WITH(&sc, TELL(&sc, V0401, c->span, "a holiday is one day, or several with commas"),
            "write: given holiday 2026-05-01");
}

/* The calendar of the test: with its fiscal periods and holidays; NULL: it gives none. */
static const struct calendar *calendar_of(struct test_reading *x) {
  const struct calendar *given = given_periods_end(x->rs, &x->periods);
  if (!x->holidays.n) return given;
  struct calendar *c = NEW(x->rs->arena, struct calendar);
  *c = given ? *given : x->rs->calendar;
  calendar_set_holidays(c, x->rs->arena, x->holidays.v, x->holidays.n);
  return c;
}

/* given company_arr 5M EUR, given nrr for "Pro" 95% */
static void read_total(struct test_reading *x, const struct clause *c) {
  struct scope sc = {.rs = x->rs};
  struct kpi *k = map_get(&x->rs->kpi_names, c->name);
  if (!k && strcmp(c->name, "holiday") == 0) {
    read_holiday(x, c);
    return;
  }
  if (c->facts.n) {
    HELP_WITH(&sc, TELL(&sc, V0401, c->span, "several days are given of holidays alone"),
              "write: given holiday %s, %s", quoted(&sc, c->expr),
              quoted(&sc, c->facts.v[0].value));
    return;
  }
  if (!k) {
    tell_unknown_name(x->rs, c, true);
    return;
  }
  struct term *body = kpi_term(x->rs, k, c->name_span);
  if (!body || !totals_fit(x, c, k)) return;
  day_t day = x->step->day;
  if (c->expr2) day = day_back(&x->rs->calendar, day, c->expr2->dur);
  struct test_total total = {
      .kpi = k, .group = group_of(x, c, &k->dims), .day = day, .value = {.type = body->type}};
  if (c->expr->kind != E_UNKNOWN) {
    struct term *v = type_expr(&sc, c->expr);
    if (!v) return;
    struct expr *named = expr_new(x->rs->arena, E_PATH, c->name_span);
    struct term side = {
        .kind = T_KPI, .kpi = k, .type = body->type, .ratio = body->ratio, .src = named};
    side.type.percent |= k->percent;
    CHECK(v->kind == T_CONST); /* a literal, by the grammar */
    if (!agree(&sc, c->expr->span, &side, v, "the same")) return;
    total.value = v->value;
  }
  VEC_PUSH(x->rs->arena, &x->step->totals, total);
}

static void read_given(struct test_reading *x, const struct clause *c) {
  if (c->word_count == GIVEN_TOTAL) {
    read_total(x, c);
    return;
  }
  x->in_periods = gives_periods(x, c);
  if (x->in_periods) {
    given_periods_begin(x->rs, &x->periods, c);
    return;
  }
  struct entity *ent = given_entity(x, c);
  x->table = c->word_count == GIVEN_TABLE ? c : NULL;
  x->entity = ent;
  if (!ent || x->table) return;
  struct test_row *row = new_row(x, ent, c->text, c->span);
  for (size_t i = 0; i < c->facts.n; i++) read_fact(x, row, &c->facts.v[i], c->facts.v[i].value);
  keep_row_name(x, row);
}

/* A row has a cell for each column, and may begin with its name. */
static void read_row(struct test_reading *x, const struct clause *c) {
  struct scope sc = {.rs = x->rs};
  if (!x->table) {
    HELP_WITH(&sc, TELL(&sc, V0116, c->span, "no table stands above this row"),
              "write the names of its columns first: given account renewal, health");
    return;
  }
  if (!x->entity) return;
  size_t cells = c->facts.n, columns = x->table->facts.n;
  bool named = cells == columns + 1 && c->facts.v[0].value->kind == E_STRING;
  if (cells != columns && !named) {
    struct diag *d =
        TELL(&sc, V0401, c->span, "this row has %zu %s, and its table %zu %s", cells,
             plural(cells, "value", "values"), columns, plural(columns, "column", "columns"));
    diag_note(&x->rs->diags, d, x->table->span, "the columns are named here");
    HELP_WITH(&sc, d,
              "a row is its name in quotes and a value for each column; what is not known is "
              "written unknown");
    return;
  }
  struct test_row *row = new_row(x, x->entity, named ? c->facts.v[0].value->name : NULL, c->span);
  for (size_t i = 0; i < columns; i++)
    read_fact(x, row, &x->table->facts.v[i], c->facts.v[i + named].value);
  keep_row_name(x, row);
}

static void check_links(struct test_reading *x) {
  for (size_t i = 0; i < x->links.n; i++) {
    const struct entity *parent = x->linked.v[i].edge->parent;
    const char *name = x->linked.v[i].value.text;
    bool found = false;
    for (size_t k = 0; k < x->named.n && !found; k++)
      found = x->named.v[k]->entity == parent && x->named.v[k]->name &&
              strcmp(x->named.v[k]->name, name) == 0;
    if (found) continue;
    struct diag *d = diag_add(&x->rs->diags, V0201, x->links.v[i],
                              "no %s of this test is called \"%s\"", parent->name, name);
    diag_help(&x->rs->diags, d, "give it too: given %s \"%s\"", parent->name, name);
  }
}

/* ---- expectations --------------------------------------------------------------------- */

/* A test names the day itself, so that it does not repeat what the rule computes. */
static void read_actions(struct test_reading *x, struct test_expect *e, const struct actions *a) {
  struct scope sc = {.rs = x->rs, .ent = e->rule ? e->rule->entity : NULL};
  e->actions = a;
  if (a->assign) find_team(x->rs, a->assign, a->assign_span);
  if (a->playbook) find_playbook(x->rs, a->playbook, a->playbook_span);
  if (a->due && (a->due_anchor ||
                 (a->due->kind != E_DATE && a->due->kind != E_DURATION && a->due->kind != E_EDGE)))
    HELP_WITH(&sc,
              TELL(&sc, V0403,
                   a->due_anchor ? span_join(a->due->span, a->due_anchor->span) : a->due->span,
                   "a test says on which day the item is due"),
              "write: 2026-03-08, or the day that is meant");
  if (a->due && a->due->kind == E_EDGE) period_exists(&sc, a->due->span, &a->due->period);
  if (!a->worth) return;
  struct term *v = type_value(&sc, a->worth);
  if (!v) return;
  if (v->kind != T_CONST)
    HELP_WITH(&sc,
              TELL(&sc, V0403, a->worth->span, "a test says what the item is worth as an amount"),
              "write: worth 1200 EUR");
  else if (!e->rule || !e->rule->worth || agree(&sc, a->worth->span, e->rule->worth, v, "the same"))
    e->worth = v->value;
}

/* Digits behind the point of a literal; -1: none, or a literal with k or M. */
static int decimals_of(struct ruleset *rs, const struct expr *e) {
  const char *s = strchr(span_text(rs->arena, e->span), '.');
  int n = s ? (int)strspn(s + 1, "0123456789") : 0;
  return n && s[n + 1] != 'k' && s[n + 1] != 'M' ? n : -1;
}

static bool one_row_of(const struct test_reading *x, const struct entity *ent) {
  const struct test_row *first = NULL;
  for (size_t i = 0; i < x->named.n; i++) {
    const struct test_row *r = x->named.v[i];
    if (r->entity != ent) continue;
    bool same = first && r->name && first->name && strcmp(r->name, first->name) == 0;
    if (first && !same) return false;
    first = r;
  }
  return first != NULL;
}

static void read_value(struct test_reading *x, struct test_expect *e, const struct clause *c) {
  struct scope sc = {.rs = x->rs, .ent = e->kpi->entity};
  struct term *body = kpi_term(x->rs, e->kpi, e->span);
  if (!body) return;
  e->value.type = body->type;
  e->decimals = decimals_of(x->rs, c->expr);
  if (c->expr->kind != E_UNKNOWN) {
    struct term *v = type_expr(&sc, c->expr);
    if (!v) return;
    struct term side = {
        .kind = T_KPI, .kpi = e->kpi, .type = body->type, .ratio = body->ratio, .src = c->expr};
    side.type.percent |= e->kpi->percent;
    CHECK(v->kind == T_CONST); /* a literal, by the grammar */
    bool own = body->type.currency == CURRENCY_OWN && v->type.unit == U_MONEY && v->type.currency;
    if (own || agree(&sc, c->expr->span, &side, v, "the same")) e->value = v->value;
  }
  struct expr *named = expr_new(x->rs->arena, E_PATH, e->span);
  VEC_PUSH(x->rs->arena, &named->path, e->kpi->name);
  if (!e->row && !one_currency_meant(&sc, e->kpi, named)) return;
  if (!e->kpi->entity || e->row || one_row_of(x, e->kpi->entity)) return;
  struct diag *d = TELL(&sc, V0401, c->span, "`%s` is of each %s: which one is meant?",
                        e->kpi->name, e->kpi->entity->name);
  HELP_WITH(&sc, d, "write: expect %s for \"Acme\" = %s", e->kpi->name, quoted(&sc, c->expr));
}

/* for "Acme": a row has one name, a group a value for each thing that splits it. */
static bool row_fits(struct test_reading *x, const struct clause *c, const struct test_expect *e) {
  struct scope sc = {.rs = x->rs};
  const char *name = c->name;
  const struct entity *ent = e->rule ? e->rule->entity : e->kpi ? e->kpi->entity : NULL;
  const dim_list *dims = e->rule     ? &e->rule->dims
                         : e->target ? &e->target->dims
                         : e->kpi    ? &e->kpi->dims
                                     : NULL;
  if (!c->rows.n || !dims) return true;
  if (!ent && dims->n) return group_fits(&sc, c, name, dims);
  if (c->rows.n == 1) return true;
  struct diag *d = TELL(&sc, V0401, c->span, "`%s` is of each %s: an expectation is about one",
                        name, ent ? ent->name : "company");
  HELP_WITH(&sc, d, "write a line for each: expect %s for \"%s\"", name, c->rows.v[0]);
  return false;
}

/* What the line is about. False: reported, or a name without a declaration that can be read. */
static bool read_name(struct test_reading *x, const struct clause *c, struct test_expect *e) {
  struct ruleset *rs = x->rs;
  if (!c->name) return true;
  if (e->kind == EXPECT_TARGET) return read_target_name(rs, c, e);
  if (e->kind == EXPECT_VALUE)
    e->kpi = map_get(&rs->kpi_names, c->name);
  else
    e->rule = rule_named(rs, c->name);
  if (e->kpi || e->rule) return true;
  if (e->kind == EXPECT_VALUE || !tell_target_alone(rs, c))
    tell_unknown_name(rs, c, e->kind == EXPECT_VALUE);
  return false;
}

static void read_expect(struct test_reading *x, const struct clause *c) {
  struct ruleset *rs = x->rs;
  struct test_expect e = {.kind = (enum expect_kind)c->word_count,
                          .span = c->span,
                          .row = c->text,
                          .n = (long)c->num,
                          .standing = (enum target_standing)c->num,
                          .team = c->of,
                          .because = c->names,
                          .decimals = -1};
  if (!read_name(x, c, &e) || !row_fits(x, c, &e)) return;
  if (e.kind == EXPECT_VALUE) read_value(x, &e, c);
  if (c->actions) read_actions(x, &e, c->actions);
  if (e.team) find_team(rs, e.team, c->of_span);
  VEC_PUSH(rs->arena, &x->step->expects, e);
}

/* ---- the block ------------------------------------------------------------------------ */

static void new_step(struct test_reading *x, day_t day) {
  x->step = NEW(x->rs->arena, struct test_step);
  x->step->day = day;
  VEC_PUSH(x->rs->arena, &x->test->steps, x->step);
}

static void next_step(struct test_reading *x, const struct clause *on) {
  if (on->day > x->step->day) {
    new_step(x, on->day);
    return;
  }
  struct diag *d = diag_add(
      &x->rs->diags, V0401, on->span,
      "the days of a test follow each other, and this one is not later than the one before");
  diag_help(&x->rs->diags, d, "write a later day, or a test of its own");
}

/* What stands before the first `on` belongs to its day. */
static day_t first_day(struct test_reading *x, const struct ast_item *it) {
  const struct clause *on = find_clause(it, C_ON);
  if (on) return on->day;
  if (!item_has_broken(it)) {
    struct diag *d = diag_add(&x->rs->diags, V0401, it->head->span,
                              "this test does not say on which day it looks");
    diag_help(&x->rs->diags, d, "add: on 2026-03-01");
  }
  return 0;
}

static void resolve_test(struct ruleset *rs, struct test *t) {
  const struct ast_item *it = t->item;
  struct test_reading x = {.rs = rs, .test = t};
  bool seen_on = false;
  new_step(&x, first_day(&x, it));
  for (size_t k = 0; k < it->body.n; k++) {
    const struct clause *c = it->body.v[k];
    if (c->kind == C_ON && seen_on) next_step(&x, c);
    seen_on |= c->kind == C_ON;
    if (c->kind == C_GIVEN) read_given(&x, c);
    if (c->kind == C_ROW && x.in_periods)
      given_periods_row(rs, &x.periods, c);
    else if (c->kind == C_ROW)
      read_row(&x, c);
    else
      x.table = c->kind == C_GIVEN ? x.table : NULL;
    x.in_periods &= c->kind == C_GIVEN || c->kind == C_ROW;
    if (c->kind == C_EXPECT) read_expect(&x, c);
  }
  check_links(&x);
  t->calendar = calendar_of(&x);
  if (find_clause(it, C_EXPECT) || item_has_broken(it)) return;
  struct diag *d = diag_add(&rs->diags, V0401, it->head->span, "this test expects nothing");
  diag_help(&rs->diags, d, "add: expect RULE, or: expect no RULE");
}

void resolve_tests(struct ruleset *rs) {
  for (size_t i = 0; i < rs->tests.n; i++) resolve_test(rs, rs->tests.v[i]);
}
