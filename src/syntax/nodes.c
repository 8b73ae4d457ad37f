/* Nodes of expressions. In: what an action of the grammar holds. Out: one node in the arena. */
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/unit.h"
#include "parse.h"
#include "syntax/build.h"
#include "syntax/habits.h"

static struct span span_of(const struct parse_state *px, const struct token *t) {
  return token_span(px->words, t);
}

struct expr *ast_node(struct parse_state *px, enum expr_kind k, int op, struct expr *a,
                      struct expr *b, struct expr *c, struct span at) {
  struct expr *e = expr_new(px->arena, k, at);
  e->op = op;
  e->a = a;
  e->b = b;
  e->c = c;
  return e;
}

/* 1.500 EUR: with three decimals it may be one and a half, or fifteen hundred. */
static void check_decimals(struct parse_state *px, const struct token *t, const char *currency) {
  const char *s = px->words->src->text + t->at;
  size_t whole = strspn(s, "0123456789"), end = whole + 1 + strspn(s + whole + 1, "0123456789");
  if (s[whole] != '.' || end != whole + 4 || whole > 3 || *s == '0') return;
  if (t->at + end < t->end && strchr("kKM", s[end])) return;
  if (currency_minor(currency) >= 1000) return;
  struct span at = span_of(px, t);
  size_t gap = strspn(px->words->src->text + at.end, " ");
  if (strncmp(px->words->src->text + at.end + gap, currency, 3) == 0) at.end += (uint32_t)gap + 3;
  struct diag *d =
      diag_add(px->diags, V0102, at, "`%.*s` may be %.15g or %.*s%.3s: no %s has three decimals",
               (int)end, s, t->num, (int)whole, s, s + whole + 1, currency);
  diag_help(px->diags, d, "write %.*s%.3s %s, or %.15g %s", (int)whole, s, s + whole + 1, currency,
            t->num, currency);
}

struct expr *ast_literal(struct parse_state *px, enum expr_kind k, const struct token *t) {
  struct expr *e = expr_new(px->arena, k, span_of(px, t));
  e->num = t->num;
  e->day = t->day;
  e->dur = t->dur;
  if (k != E_NUMBER) return e;
  /* 100k€: the sign is part of the number's token. */
  const char *text = px->words->src->text;
  for (uint32_t i = t->at; i < t->end; i++)
    if ((unsigned char)text[i] >= 0x80 || text[i] == '$') {
      e->kind = E_MONEY;
      size_t n = strcspn(text + i, "0123456789"); /* $100 is reported, and understood */
      const char *code = currency_from_symbol(text + i, n < t->end - i ? n : t->end - i);
      e->name = intern(px->arena, code ? code : "EUR");
      check_decimals(px, t, e->name);
      break;
    }
  return e;
}

struct expr *ast_text(struct parse_state *px, enum expr_kind k, const struct token *t) {
  struct expr *e = expr_new(px->arena, k, span_of(px, t));
  e->name = t->name;
  return e;
}

struct expr *ast_money(struct parse_state *px, const struct token *num,
                       const struct token *currency) {
  struct expr *e = ast_literal(px, E_NUMBER, num);
  e->kind = E_MONEY;
  e->name = currency->name;
  check_decimals(px, num, e->name);
  e->span = span_join(e->span, span_of(px, currency));
  return e;
}

struct expr *ast_path(struct parse_state *px, struct expr *path, const struct token *name) {
  if (!path) path = expr_new(px->arena, E_PATH, span_of(px, name));
  VEC_PUSH(px->arena, &path->path, name->name);
  path->span = span_join(path->span, span_of(px, name));
  return path;
}

struct expr *ast_call(struct parse_state *px, const struct token *name, expr_list *args,
                      struct span at) {
  struct expr *e = expr_new(px->arena, E_CALL, at);
  e->name = name->name;
  e->name_span = span_of(px, name);
  if (args) e->list = *args;
  return e;
}

struct expr *ast_parens(struct expr *e, struct span at) {
  e->parens = true;
  e->span = at;
  return e;
}

struct expr *ast_for_all(struct expr *path, struct span at) {
  path->for_all = true;
  return ast_parens(path, at);
}

struct expr *ast_edge(struct parse_state *px, int op, struct period p, struct span at) {
  struct expr *e = ast_period(px, p, at);
  e->kind = E_EDGE;
  e->op = op;
  return e;
}

struct expr *ast_edge_of(struct parse_state *px, int op, const struct token *unit, struct expr *day,
                         struct span at) {
  struct expr *e = ast_node(px, E_EDGEOF, op, day, NULL, NULL, at);
  e->period = period_of(PERIOD_RELATIVE, unit, 0);
  e->has_period = true;
  return e;
}

struct expr *ast_period(struct parse_state *px, struct period p, struct span at) {
  struct expr *e = expr_new(px->arena, E_PERIOD, at);
  e->period = p;
  e->has_period = true;
  return e;
}

struct expr *ast_period_of(struct parse_state *px, const struct token *unit, struct expr *day,
                           struct span at) {
  struct expr *e = ast_node(px, E_PERIODOF, 0, day, NULL, NULL, at);
  e->period = period_of(PERIOD_RELATIVE, unit, 0);
  e->has_period = true;
  return e;
}

struct expr *ast_per(struct parse_state *px, struct expr *a, const struct token *per,
                     struct span at) {
  struct expr *e = ast_node(px, E_PER, 0, a, NULL, NULL, at);
  e->name = per->name;
  e->name_span = span_of(px, per);
  return e;
}

static struct expr *negatable(struct parse_state *px, enum expr_kind k, struct expr *a,
                              bool negated, struct span at) {
  struct expr *e = ast_node(px, k, 0, a, NULL, NULL, at);
  e->negated = negated;
  return e;
}

struct expr *ast_is(struct parse_state *px, struct expr *a, struct expr *b, bool negated,
                    struct span at) {
  struct expr *e = negatable(px, E_IS, a, negated, at);
  e->b = b;
  return e;
}

struct expr *ast_known(struct parse_state *px, struct expr *a, bool negated, struct span at) {
  return negatable(px, E_ISKNOWN, a, negated, at);
}

struct expr *ast_oneof(struct parse_state *px, struct expr *a, expr_list *list, bool negated,
                       struct span at) {
  struct expr *e = negatable(px, E_ONEOF, a, negated, at);
  e->list = *list;
  return e;
}

struct expr *ast_matches(struct parse_state *px, struct expr *a, const struct token *pattern,
                         bool negated, struct span at) {
  struct expr *e = negatable(px, E_MATCHES, a, negated, at);
  e->name = pattern->name;
  e->name_span = span_of(px, pattern);
  return e;
}

struct expr *ast_segment(struct parse_state *px, struct expr *a, const struct token *name,
                         bool negated, struct span at) {
  struct expr *e = negatable(px, E_INSEG, a, negated, at);
  e->name = name->name;
  e->name_span = span_of(px, name);
  return e;
}

struct expr *ast_inperiod(struct parse_state *px, struct expr *a, struct period p, bool negated,
                          struct span at) {
  struct expr *e = negatable(px, E_INPERIOD, a, negated, at);
  e->period = p;
  e->has_period = true;
  return e;
}

struct expr *ast_tail(struct parse_state *px, struct period *p, struct expr *where, bool for_all) {
  struct expr *e = expr_new(px->arena, E_AGG, (struct span){0});
  e->a = where;
  e->for_all = for_all;
  if (p) e->period = *p, e->has_period = true;
  return e;
}

static int agg_of(const struct token *t) {
  static const char *const names[] = {"sum", "avg", "min", "max", "median", "latest"};
  for (int i = 0; i < 6; i++)
    if (strcmp(t->name, names[i]) == 0) return AGG_SUM + i;
  return t->kind == TOK_DISTINCT ? AGG_DISTINCT : t->kind == TOK_COUNT ? AGG_COUNT : AGG_SHARE;
}

struct expr *ast_agg(struct parse_state *px, const struct token *fn, expr_list *list,
                     const struct token *set, int tree, struct expr *tail, struct span at) {
  tail->op = agg_of(fn);
  tail->tree = (enum tree_part)tree;
  if (list) tail->list = *list;
  tail->name = set->name;
  tail->name_span = span_of(px, set);
  tail->span = at;
  return tail;
}

struct expr *ast_percentile(struct parse_state *px, const struct token *fn, const struct token *p,
                            struct expr *e, const struct token *set, int tree, struct expr *tail,
                            struct span at) {
  expr_list *list = build_list(px, NULL, e);
  struct expr *agg = ast_agg(px, fn, list, set, tree, tail, at);
  agg->op = AGG_PERCENTILE;
  agg->num = p->num;
  return agg;
}

struct expr *ast_each(struct parse_state *px, const struct token *fn, const struct token *p,
                      struct expr *a, const struct token *unit, struct period in, struct span at) {
  struct expr *e = expr_new(px->arena, E_EACH, at);
  e->op = p ? AGG_PERCENTILE : agg_of(fn);
  e->num = p ? p->num : 0;
  e->a = a;
  e->each = period_unit_from_name(unit->name);
  e->period = in;
  e->has_period = true;
  return e;
}

struct period period_of(enum period_kind k, const struct token *t, int step) {
  if (k == PERIOD_FIXED) return t->period;
  struct period p = {.kind = k, .dur = t->dur, .step = step};
  if (k == PERIOD_RELATIVE) p.unit = period_unit_from_name(t->name);
  return p;
}

struct period period_year(struct parse_state *px, const struct token *t) {
  struct period p = {.kind = PERIOD_FIXED, .unit = PU_YEAR, .year = (int)t->num};
  if (t->num >= 1900 && t->num <= 2999 && t->num == p.year) return p;
  const struct token *next = t + 1; /* a clause ends with NEWLINE */
  p.year = 2000;
  if (next->kind == TOK_NAME && unit_sign(next->name)) return p; /* in 60 days: said at `days` */
  bool dashed = next->kind == TOK_MINUS && next->at == t->end && next[1].at == next->end;
  if (dashed && next[1].kind == TOK_NAME && unit_sign(next[1].name)) return p; /* in 90-day … */
  struct diag *d =
      diag_add(px->diags, V0114, token_span(px->words, t), "a period is needed after `in`");
  diag_help(px->diags, d, "for example `in last 30d`, `in this month`, `in 2026-Q3`, `in FY2026`");
  return p;
}

struct period period_param(enum period_kind k, const struct token *name) {
  return (struct period){.kind = k, .dur_name = name->name};
}
