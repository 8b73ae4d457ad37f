/* Clauses. In: what an action of the grammar holds. Out: one flat clause in the arena. */
#include "syntax/build.h"

#include <string.h>

#include "base/check.h"
#include "base/key_text.h"
#include "parse.h"
#include "syntax/words.h"

static struct span span_of(const struct parse_state *px, const struct token *t) {
  return token_span(px->words, t);
}

struct clause *build(struct parse_state *px, enum clause_kind k) {
  struct clause *c = NEW(px->arena, struct clause);
  c->kind = k;
  return c;
}

static void name_it(struct parse_state *px, struct clause *c, const struct token *name) {
  if (!name) return;
  c->name = name->name;
  c->name_span = span_of(px, name);
}

struct clause *build_number(struct parse_state *px, enum clause_kind k, const struct token *num) {
  struct clause *c = build(px, k);
  c->num = num->num;
  c->name_span = span_of(px, num);
  return c;
}

struct clause *build_needs(struct parse_state *px, const struct token *n,
                           const struct token *rows) {
  struct clause *c = build_number(px, C_NEEDS, n);
  c->name = rows->name;
  return c;
}

struct clause *build_expr(struct parse_state *px, enum clause_kind k, struct expr *e) {
  struct clause *c = build(px, k);
  c->expr = e;
  return c;
}

struct clause *build_expr2(struct parse_state *px, enum clause_kind k, struct expr *e,
                           struct expr *e2) {
  struct clause *c = build_expr(px, k, e);
  c->expr2 = e2;
  return c;
}

struct clause *build_text(struct parse_state *px, enum clause_kind k, const struct token *text) {
  struct clause *c = build(px, k);
  c->text = text->name;
  c->name_span = span_of(px, text);
  return c;
}

struct clause *build_named(struct parse_state *px, enum clause_kind k, const struct token *name,
                           struct expr *e) {
  struct clause *c = build_expr(px, k, e);
  name_it(px, c, name);
  return c;
}

struct clause *build_column(struct parse_state *px, enum clause_kind k, const struct token *name,
                            const struct token *col) {
  struct clause *c = build(px, k);
  name_it(px, c, name ? name : col);
  c->column = col->name;
  return c;
}

struct clause *build_of(struct parse_state *px, struct clause *c, const struct token *of) {
  c->of = of->name;
  c->of_span = span_of(px, of);
  return c;
}

struct clause *build_dims(struct parse_state *px, struct clause *c, dim_list *dims) {
  (void)px;
  c->dims = *dims;
  return c;
}

struct clause *build_because(struct parse_state *px, struct clause *c, struct expr *text) {
  (void)px;
  if (text) c->text = text->name;
  return c;
}

struct clause *build_day(struct parse_state *px, struct clause *c, const struct token *day) {
  c->day = day->day;
  if (!c->name_span.src) c->name_span = span_of(px, day);
  c->num = 1; /* a day was given */
  return c;
}

struct clause *build_define(struct parse_state *px, const struct token *name, param_list *params,
                            struct expr *body) {
  struct clause *c = build_named(px, C_DEFINE, name, body);
  c->params = *params;
  return c;
}

static bool word_is(const struct token *t, const char *word) {
  return t && t->name && strcmp(t->name, word) == 0;
}

struct clause *build_fiscal(struct parse_state *px, const struct token *year,
                            const struct token *starts, const struct token *md,
                            const struct token *named, const struct token *side) {
  struct clause *c = build(px, C_FISCAL);
  c->name_span = span_of(px, md);
  const char *text = px->words->src->text + md->at;
  c->num = (text[0] - '0') * 10 + (text[1] - '0');
  c->dur.n = (text[3] - '0') * 10 + (text[4] - '0');
  c->of = word_is(side, "end") ? "end" : "start";
  bool good = word_is(year, "year") && word_is(starts, "starts") &&
              (!named || word_is(named, "named")) &&
              (!side || word_is(side, "end") || word_is(side, "start"));
  if (!good) {
    struct diag *d = diag_add(px->diags, V0404, span_of(px, year),
                              "this line does not say when the fiscal year starts");
    diag_help(px->diags, d,
              "write: fiscal year starts 04-01 named by end year (or: by start year)");
  }
  return c;
}

/* fiscal periods from "table", and its columns as options */
struct clause *build_fiscal_periods(struct parse_state *px, const struct token *periods,
                                    const struct token *table) {
  struct clause *c = build_column(px, C_FISCAL, NULL, table);
  if (word_is(periods, "periods")) return c;
  struct diag *d = diag_add(px->diags, V0404, span_of(px, periods),
                            "`%s` is not read from a table: the fiscal periods are", periods->name);
  diag_help(px->diags, d,
            "write: fiscal periods from \"%s\" start \"first_day\" period \"no\" "
            "year \"fiscal_year\"",
            table->name);
  return c;
}

/* unreadable values at most 1% */
struct clause *build_unreadable(struct parse_state *px, const struct token *values,
                                const struct token *at, const struct token *most,
                                const struct token *limit) {
  struct clause *c = build_number(px, C_UNREADABLE, limit);
  if (word_is(values, "values") && word_is(at, "at") && word_is(most, "most")) return c;
  struct diag *d = diag_add(px->diags, V0114, span_of(px, values),
                            "this line does not say how many values may be unreadable");
  diag_help(px->diags, d, "write: unreadable values at most 1%%");
  c->num = -1; /* not said */
  return c;
}

struct clause *build_weeks(struct parse_state *px, const struct token *start,
                           const struct token *day) {
  struct clause *c = build_named(px, C_WEEKS, day, NULL);
  if (word_is(start, "start")) return c;
  struct diag *d = diag_add(px->diags, V0404, span_of(px, start),
                            "this line does not say on which day a week starts");
  diag_help(px->diags, d, "write: weeks start sunday");
  return c;
}

struct clause *build_holidays(struct parse_state *px, const struct token *table,
                              const struct token *word, const struct token *col) {
  struct clause *c = build_column(px, C_HOLIDAYS, table, col);
  if (!word_is(word, "day")) {
    struct diag *d = diag_add(px->diags, V0404, span_of(px, word),
                              "the holidays line names the column with `day`");
    diag_help(px->diags, d, "write: holidays from \"%s\" day \"%s\"", table->name, col->name);
  }
  return c;
}

struct clause *build_belongs(struct parse_state *px, const struct token *to,
                             const struct token *parent, const struct token *as,
                             const struct token *role, const struct token *col) {
  struct clause *c = build_of(px, build_column(px, C_BELONGS, role, col), parent);
  c->has_role = role != NULL;
  if (as && !word_is(as, "as")) {
    struct diag *d =
        diag_add(px->diags, V0114, span_of(px, as), "`%s` stands where `as` is needed", as->name);
    diag_help(px->diags, d, "write: belongs to %s as %s by \"%s\"", parent->name, role->name,
              col->name);
  }
  if (!word_is(to, "to")) {
    struct diag *d = diag_add(px->diags, V0114, span_of(px, to), "`belongs` is followed by `to`");
    diag_help(px->diags, d, "write: belongs to %s by \"%s\"", parent->name, col->name);
  }
  return c;
}

struct clause *build_attr(struct parse_state *px, const struct token *name,
                          const struct token *type, const struct token *col,
                          struct expr *computed) {
  struct clause *c = build_of(px, build_named(px, C_ATTR, name, computed), type);
  if (col) c->column = col->name;
  return c;
}

struct clause *build_history(struct parse_state *px, const struct token *name,
                             const struct token *type, const struct token *word,
                             const struct token *table) {
  struct clause *c = build_attr(px, name, type, table, NULL);
  c->text = "history";
  if (!word_is(word, "history")) {
    struct diag *d =
        diag_add(px->diags, V0114, span_of(px, word), "`%s` is not known here", word->name);
    diag_help(px->diags, d,
              "write: %s %s \"column\", or %s %s history \"table\" by \"key\" at \"day\" value "
              "\"column\"",
              name->name, type->name, name->name, type->name);
  }
  return c;
}

struct clause *build_per(struct parse_state *px, struct clause *attr, const struct token *per) {
  attr->per = per->name;
  attr->per_span = span_of(px, per);
  return attr;
}

struct clause *build_options(struct parse_state *px, struct clause *c, option_list *options) {
  (void)px;
  c->options = *options;
  return c;
}

struct clause *build_entries(struct parse_state *px, const name_list *texts, struct expr *value) {
  struct clause *c = build_expr(px, C_FOR, value);
  c->name = c->column = texts->v[0]; /* a table entry, not a segment */
  c->names = *texts;
  return c;
}

struct clause *build_band(struct parse_state *px, enum clause_kind k, int op, struct expr *a,
                          int op2, struct expr *b) {
  struct clause *c = build_expr2(px, k, a, b);
  c->num = op;
  c->word_count = op2;
  return c;
}

struct clause *build_to(struct parse_state *px, enum clause_kind k, const struct token *to,
                        const struct token *team) {
  struct clause *c = build_named(px, k, team, NULL);
  if (!word_is(to, "to"))
    diag_help(px->diags,
              diag_add(px->diags, V0114, span_of(px, to), "`escalates` is followed by `to`"),
              "write: escalates to %s", team->name);
  return c;
}

struct clause *build_page_word(struct parse_state *px, struct clause *c, const struct token *said,
                               const char *word, const struct token *name) {
  if (!word_is(said, word))
    diag_help(px->diags,
              diag_add(px->diags, V0114, span_of(px, said), "here a page says `%s`, not `%s`", word,
                       said->name),
              "write `%s` in place of `%s`", word, said->name);
  return name ? build_of(px, c, name) : c;
}

struct clause *build_bridge(struct parse_state *px, const struct token *measure,
                            const struct token *over, struct expr *by) {
  struct clause *c = build_named(px, C_BRIDGE, measure, by);
  c->dur = over->dur;
  return c;
}

static void name_after(struct clause *c, struct expr *dur) {
  c->expr = dur;
  c->name = dur->kind == E_PATH ? dur->path.v[0] : NULL;
  c->name_span = dur->span;
}

struct clause *build_length(struct parse_state *px, enum clause_kind k, struct expr *dur) {
  struct clause *c = build(px, k);
  name_after(c, dur);
  return c;
}

struct clause *build_escalate(struct parse_state *px, struct expr *dur, const struct token *due,
                              const struct token *to, const struct token *team) {
  CHECK(!to == !team);
  struct clause *c = build(px, C_ESCALATE);
  name_after(c, dur);
  if (team) name_it(px, c, team);
  c->of = team ? team->name : NULL;
  if (due->kind != TOK_DUE)
    diag_help(px->diags,
              diag_add(px->diags, V0114, span_of(px, due), "an item escalates after its due day"),
              "write: escalate 3bd after due");
  if (team && !word_is(to, "to"))
    diag_help(px->diags, diag_add(px->diags, V0114, span_of(px, to), "`to` and a team may follow"),
              "write: escalate 3bd after due to %s", team->name);
  return c;
}

struct clause *build_duration(struct parse_state *px, enum clause_kind k, const struct token *dur) {
  struct clause *c = build(px, k);
  c->dur = dur->dur;
  name_it(px, c, dur);
  return c;
}

/* assigns in turn "ana@…", "bob@…" */
struct clause *build_in_turn(struct parse_state *px, const struct token *turn, name_list *people) {
  struct clause *c = build(px, C_ASSIGNS);
  c->names = *people;
  c->name_span = span_of(px, turn);
  if (word_is(turn, "turn")) return c;
  struct diag *d = diag_add(px->diags, V0114, c->name_span, "`assigns in` is followed by `turn`");
  diag_help(px->diags, d, "write: assigns in turn \"%s\", …", people->v[0]);
  return c;
}

struct clause *build_tell(struct parse_state *px, struct clause *tell, const struct token *word,
                          const struct token *second) {
  bool text = second && second->kind == TOK_STRING;
  struct option o = {.word = word->kind == TOK_FROM ? "from" : word->name,
                     .span = span_of(px, word),
                     .value = text ? ast_text(px, E_STRING, second) : NULL};
  if (second && !text) {
    o.word = arena_printf(px->arena, "%s %s", word->name, second->name);
    o.span.end = span_of(px, second).end;
  }
  VEC_PUSH(px->arena, &tell->options, o);
  return tell;
}

struct clause *build_tell_hours(struct parse_state *px, struct clause *tell,
                                const struct token *word, const struct token *from,
                                const struct token *to) {
  struct option o = {.word = word->name, .span = span_of(px, word)};
  o.value = expr_new(px->arena, E_ONEOF, o.span);
  VEC_PUSH(px->arena, &o.value->list, ast_literal(px, E_NUMBER, from));
  VEC_PUSH(px->arena, &o.value->list, ast_literal(px, E_NUMBER, to));
  o.span.end = o.value->span.end = span_of(px, to).end;
  VEC_PUSH(px->arena, &tell->options, o);
  return tell;
}

static void say_twice(struct parse_state *px, struct span at, const char *what) {
  diag_help(px->diags, diag_add(px->diags, V0117, at, "this step already has a %s", what),
            "keep one: what two teams do, or what is due on two days, is two steps");
}

struct clause *build_step_due(struct parse_state *px, struct clause *step, struct expr *due) {
  if (step->expr) say_twice(px, due->span, "due day");
  step->expr = due;
  return step;
}

struct clause *build_step_team(struct parse_state *px, struct clause *step,
                               const struct token *team) {
  if (step->of) say_twice(px, span_of(px, team), "team");
  return build_of(px, step, team);
}

/* account.csm else "lead@…", with more behind its last `else` */
static struct expr *with_else(struct parse_state *px, struct expr *e, struct expr *more) {
  struct expr *first = e->kind == E_ELSE ? e->a : e;
  struct expr *rest = e->kind == E_ELSE ? with_else(px, e->b, more) : more;
  struct expr *both = expr_new(px->arena, E_ELSE, e->span);
  both->a = first;
  both->b = rest;
  return both;
}

struct clause *build_unless(struct parse_state *px, struct clause *c, struct expr *away,
                            struct expr *otherwise) {
  c->expr2 = away;
  if (otherwise) c->expr = c->expr ? with_else(px, c->expr, otherwise) : otherwise;
  return c;
}

/* at most 20 open */
struct clause *build_at_most(struct parse_state *px, const struct token *n,
                             const struct token *open) {
  struct clause *c = build_number(px, C_ATMOST, n);
  if (word_is(open, "open")) return c;
  struct diag *d = diag_add(px->diags, V0114, span_of(px, open ? open : n),
                            "this line does not say what there may be at most");
  diag_help(px->diags, d, "write: at most %.15g open", n->num);
  return c;
}

struct clause *build_given(struct parse_state *px, const struct token *entity,
                           const struct token *label, fact_list *facts) {
  struct clause *c = build_named(px, C_GIVEN, entity, NULL);
  if (label) c->text = label->name;
  c->facts = *facts;
  return c;
}

static void name_rows(struct parse_state *px, struct clause *c, const name_list *rows) {
  if (!rows) return;
  c->rows = *rows;
  c->text = key_of_texts(rows->v, rows->n, px->arena);
}

struct clause *build_about(struct parse_state *px, const struct token *name, name_list *rows) {
  struct clause *c = build_named(px, C_EXPECT, name, NULL);
  name_rows(px, c, rows);
  return c;
}

struct clause *build_expect(struct parse_state *px, struct clause *about, enum expect_kind k) {
  (void)px;
  about->word_count = k;
  return about;
}

struct clause *build_expect_because(struct parse_state *px, struct clause *about,
                                    enum expect_kind k, name_list *because) {
  if (because) about->names = *because;
  return build_expect(px, about, k);
}

static const char *const standing_words[] = {
#define STANDING(name, word, meaning) word,
#include "syntax/standing.def"
};
enum { N_STANDINGS = sizeof standing_words / sizeof *standing_words };

const char *standing_word(enum target_standing s) {
  CHECK((int)s < N_STANDINGS);
  return standing_words[s];
}

static void tell_no_standing(struct parse_state *px, const struct clause *c, const char *word,
                             struct span at) {
  const char *others = "";
  for (int i = 0; i < N_STANDINGS; i++)
    if (i != STANDING_BEHIND)
      others = arena_printf(px->arena, "%s%s%s", others, *others ? ", " : "", standing_words[i]);
  struct diag *d = diag_add(px->diags, V0114, at, "`%s` does not say how a target stands", word);
  diag_help(px->diags, d, "write: expect target %s%s behind, or one of: %s", c->name,
            c->text ? arena_printf(px->arena, " for \"%s\"", c->text) : "", others);
}

struct clause *build_expect_target(struct parse_state *px, struct clause *about, name_list *words,
                                   struct span at) {
  const char *word = "unknown";
  int i = 0;
  if (words && words->n == 1) word = words->v[0];
  if (words && words->n == 2) word = arena_printf(px->arena, "%s %s", words->v[0], words->v[1]);
  while (i < N_STANDINGS && strcmp(standing_words[i], word) != 0) i++;
  if (i == N_STANDINGS) tell_no_standing(px, about, word, at);
  about->num = i < N_STANDINGS ? i : STANDING_UNKNOWN;
  return build_expect(px, about, EXPECT_TARGET);
}

struct clause *build_expect_escalated(struct parse_state *px, struct clause *c,
                                      const struct token *to, const struct token *team) {
  c->of = team->name;
  c->of_span = span_of(px, team);
  if (!word_is(to, "to"))
    diag_help(px->diags,
              diag_add(px->diags, V0114, span_of(px, to), "`escalated` is followed by `to`"),
              "write: expect %s escalated to %s", c->name, team->name);
  return c;
}

struct clause *build_expect_count(struct parse_state *px, const struct token *name,
                                  const struct token *n) {
  struct clause *c = build_number(px, C_EXPECT, n);
  name_it(px, c, name);
  c->word_count = EXPECT_COUNT;
  return c;
}

static struct actions *acts_of(struct parse_state *px, struct actions *a) {
  return a ? a : NEW(px->arena, struct actions);
}

struct actions *build_assign(struct parse_state *px, struct actions *acts,
                             const struct token *team) {
  struct actions *a = acts_of(px, acts);
  if (a->assign)
    diag_help(
        px->diags,
        diag_add(px->diags, V0117, span_of(px, team), "this rule already assigns %s", a->assign),
        "one item has one team: write a second rule for the other team");
  a->assign = team->name;
  a->assign_span = span_of(px, team);
  a->span = span_join(a->span, a->assign_span);
  return a;
}

/* due D+7, as in the plan of a project: D is no name of anything. */
static struct expr *due_of_a_plan(struct parse_state *px, struct expr *due) {
  bool letter = due->kind == E_ARITH && due->op == OP_ADD && due->a->kind == E_PATH &&
                due->a->path.n == 1 && strlen(due->a->path.v[0]) == 1 &&
                strchr("DJTdjt", due->a->path.v[0][0]) && due->b->kind == E_NUMBER;
  if (!letter) return due;
  struct diag *d =
      diag_add(px->diags, V0114, due->span,
               "`due` is followed by a duration or a date, without `%s+`", due->a->path.v[0]);
  diag_help(px->diags, d, "write: due %.15gd", due->b->num);
  struct expr *days = expr_new(px->arena, E_DURATION, due->span);
  days->dur = (struct duration){(int32_t)(due->b->num < 1e6 ? due->b->num : 1e6), DUR_DAY};
  return days;
}

struct actions *build_due(struct parse_state *px, struct actions *acts, struct expr *due,
                          struct expr *anchor, int side, struct span at) {
  struct actions *a = acts_of(px, acts);
  if (a->due)
    diag_help(px->diags, diag_add(px->diags, V0117, due->span, "this rule already has a due day"),
              "keep one");
  a->due = due_of_a_plan(px, due);
  a->due_anchor = anchor;
  a->due_side = side;
  a->span = span_join(a->span, at);
  return a;
}

struct actions *build_do(struct parse_state *px, struct actions *a, const struct token *playbook,
                         const struct token *text) {
  if (text) a->text = ast_text(px, E_STRING, text);
  if (!playbook) return a;
  a->playbook = playbook->name;
  a->playbook_span = span_of(px, playbook);
  return a;
}

#define LIST(T) (l ? l : NEW(px->arena, T))

dim_list *build_dim(struct parse_state *px, dim_list *l, struct expr *path, struct expr *ago) {
  l = LIST(dim_list);
  struct dim d = {.path = path, .ago = ago};
  VEC_PUSH(px->arena, l, d);
  return l;
}

dim_list *build_dim_period(struct parse_state *px, dim_list *l, const struct token *unit) {
  (void)px;
  l->v[l->n - 1].of = period_unit_from_name(unit->name);
  return l;
}

param_list *build_param(struct parse_state *px, param_list *l, const struct token *name,
                        const struct token *type) {
  l = LIST(param_list);
  if (!name) return l;
  struct param p = {name->name, type ? type->name : NULL, span_of(px, name)};
  VEC_PUSH(px->arena, l, p);
  return l;
}

fact_list *build_fact(struct parse_state *px, fact_list *l, struct fact *f) {
  l = LIST(fact_list);
  if (f) VEC_PUSH(px->arena, l, *f);
  return l;
}

struct fact *fact_value(struct parse_state *px, struct expr *path, const struct token *ago,
                        struct expr *value) {
  struct fact *f = NEW(px->arena, struct fact);
  *f = (struct fact){.path = path,
                     .ago = ago ? ast_literal(px, E_DURATION, ago) : NULL,
                     .value = value,
                     .from = DAY_NONE,
                     .end = DAY_NONE};
  return f;
}

struct fact *fact_life(struct parse_state *px, struct expr *path, const struct token *from,
                       const struct token *word, const struct token *end) {
  struct fact *f = fact_value(px, path, NULL, NULL);
  if (from) f->from = from->day;
  if (!end) return f;
  f->end_word = word->name;
  f->end_span = span_of(px, word);
  f->end = end->day;
  return f;
}

struct clause *build_given_table(struct parse_state *px, const struct token *entity,
                                 fact_list *columns) {
  struct clause *c = build_given(px, entity, NULL, columns);
  c->word_count = GIVEN_TABLE; /* its rows follow */
  return c;
}

struct actions *build_expect_owner(struct parse_state *px, struct actions *a,
                                   const struct token *word, const struct token *text) {
  if (!a) {
    a = NEW(px->arena, struct actions);
    a->span = span_of(px, word);
  }
  if (!word_is(word, "owner")) {
    struct diag *d = diag_add(px->diags, V0114, span_join(span_of(px, word), span_of(px, text)),
                              "`%s` is nothing that is expected of an item", word->name);
    diag_help(px->diags, d, "write: owner \"%s\"", text->name);
  }
  a->owner = ast_text(px, E_STRING, text);
  return a;
}

struct clause *build_given_total(struct parse_state *px, const struct token *kpi, name_list *group,
                                 const struct token *ago, struct expr *value) {
  struct clause *c = build_named(px, C_GIVEN, kpi, value);
  c->word_count = GIVEN_TOTAL;
  name_rows(px, c, group);
  if (ago) c->expr2 = ast_literal(px, E_DURATION, ago);
  return c;
}

static struct clause *with_cells(struct parse_state *px, struct clause *c, const expr_list *cells,
                                 size_t from) {
  for (size_t i = from; i < cells->n; i++) {
    struct fact f = {.value = cells->v[i], .from = DAY_NONE, .end = DAY_NONE};
    VEC_PUSH(px->arena, &c->facts, f);
  }
  return c;
}

struct clause *build_given_days(struct parse_state *px, const struct token *name, expr_list *days) {
  return with_cells(px, build_given_total(px, name, NULL, NULL, days->v[0]), days, 1);
}

struct clause *build_row(struct parse_state *px, expr_list *cells) {
  return with_cells(px, build(px, C_ROW), cells, 0);
}

option_list *build_option(struct parse_state *px, option_list *l, const struct token *word,
                          struct expr *value, expr_list *values) {
  l = LIST(option_list);
  if (!word) return l;
  if (values) {
    value = expr_new(px->arena, E_ONEOF, span_of(px, word));
    value->list = *values;
  }
  const char *name = word->kind == TOK_BY      ? "by"
                     : word->kind == TOK_ONE   ? "one of"
                     : word->kind == TOK_KNOWN ? "known from"
                     : word->kind == TOK_PER   ? "per"
                                               : word->name;
  struct option o = {name, span_of(px, word), value};
  VEC_PUSH(px->arena, l, o);
  return l;
}

option_list *build_zone_option(struct parse_state *px, option_list *l, const struct token *time,
                               const struct token *zone, const struct token *name) {
  l = build_option(px, l, time, ast_text(px, E_STRING, name), NULL);
  l->v[l->n - 1].word = arena_printf(px->arena, "in %s %s", time->name, zone->name);
  return l;
}

name_list *build_texts(struct parse_state *px, name_list *l, const struct token *text) {
  l = LIST(name_list);
  VEC_PUSH(px->arena, l, text->name);
  return l;
}

name_list *build_names(struct parse_state *px, name_list *l, struct expr *path) {
  l = LIST(name_list);
  VEC_PUSH(px->arena, l, span_text(px->arena, path->span));
  return l;
}

expr_list *build_list(struct parse_state *px, expr_list *l, struct expr *e) {
  l = LIST(expr_list);
  VEC_PUSH(px->arena, l, e);
  return l;
}

void build_clause(struct parse_state *px, struct clause *c, struct span at) {
  c->span = at;
  if (c->kind == C_SENTENCE && !c->actions && !px->in_text && opening_in_prose(px))
    build_broken(px);
  else
    VEC_PUSH(px->arena, &px->ast->clauses, c);
}

/* A line that could not be read leaves a clause behind, so that what depends on it stays quiet: a
 * header keeps its name and its clauses, an attribute its name. */
void build_broken(struct parse_state *px) {
  struct clause *c = build(px, C_BROKEN);
  const struct token *t = &px->words->list.v[px->clause_at];
  int header = t->kind == TOK_NAME ? misspelt_header(t->name) : 0;
  bool top = t->at == 0 || px->words->src->text[t->at - 1] == '\n';
  if (top && !header && t->kind == TOK_NAME) header = header_said(t->name);
  bool behind =
      top && !header && t->kind == TOK_NAME && t[1].kind == TOK_NAME && header_word(t[1].name);
  if (behind) header = header_word((++t)->name); /* retired rule nps_low */
  c->word_count = header ? header : t->kind;
  size_t n = px->words->list.n;
  const struct token *name = t->kind == TOK_ATTR || (t->kind == TOK_NAME && !header) ? t
                             : px->clause_at + 1 < n                                 ? t + 1
                                                                                     : NULL;
  if (name && name->name && (name->kind == TOK_NAME || name->kind == TOK_ATTR))
    c->name = name->name;
  c->span = span_of(px, t);
  VEC_PUSH(px->arena, &px->ast->clauses, c);
}
