/* Tokens and the tree as text, the form of the golden files. In: the lossless token list, or an
 * AST. Out: one line a token with its place and bytes, or one line a node, indented. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "syntax/build.h"
#include "syntax/parse_file.h"

void tokens_dump(const struct tokens *raw, struct arena *a, FILE *out) {
  for (size_t i = 0; i < raw->list.n; i++) {
    const struct token *t = &raw->list.v[i];
    int line, col;
    source_place(raw->src, a, t->at, &line, &col);
    fprintf(out, "%d:%d %s ", line, col, token_name(t->kind));
    text_print_safe(out, raw->src->text + t->at, t->end - t->at);
    fputc('\n', out);
  }
}

static void pad(FILE *out, int indent) { fprintf(out, "%*s", indent * 2, ""); }

static void dump_value(const struct expr *e, FILE *out) {
  char buf[40];
  switch (e->kind) {
    case E_NUMBER:
    case E_PERCENT:
    case E_POINTS: fprintf(out, " %.15g", e->num); break;
    case E_MONEY: fprintf(out, " %.15g %s", e->num, e->name); break;
    case E_DURATION: fprintf(out, " %s", duration_text(e->dur, buf)); break;
    case E_DATE: fprintf(out, " %s", day_text(e->day, buf)); break;
    case E_STRING: fprintf(out, " \"%s\"", e->name); break;
    case E_PATH:
      for (size_t i = 0; i < e->path.n; i++) fprintf(out, "%c%s", i ? '.' : ' ', e->path.v[i]);
      break;
    case E_CALL: fprintf(out, " %s", e->name); break;
    case E_EDGE: fprintf(out, " %s of", e->op ? "end" : "start"); break;
    case E_ARITH:
    case E_CMP: fprintf(out, " %s", op_text((enum op)e->op)); break;
    case E_MATCHES: fprintf(out, " \"%s\"", e->name); break;
    case E_PER:
    case E_INSEG: fprintf(out, " %s", e->name); break;
    case E_SINCE:
      fputs(e->op & SINCE_BUSINESS ? " business" : "", out);
      fputs(e->op & SINCE_UNTIL ? " until" : "", out);
      break;
    case E_MOVE: fprintf(out, " %s", move_text((enum move)e->op)); break;
    case E_AGG:
      fprintf(out, " %s", agg_text((enum agg_fn)e->op));
      if (e->op == AGG_PERCENTILE) fprintf(out, " %.15g", e->num);
      fprintf(out, " over %s%s", e->name, tree_part_text(e->tree));
      break;
    default: break;
  }
  if (e->negated) fputs(" not", out);
  if (e->has_period) {
    if (e->period.dur_name)
      fprintf(out, " in last or next %s", e->period.dur_name);
    else
      fprintf(out, " %s", period_text(&e->period, buf));
  }
  if (e->for_all) fputs(" for all", out);
}

void expr_dump(const struct expr *e, FILE *out, int indent) {
  if (!e) return;
  pad(out, indent);
  fputs(expr_kind_name(e->kind), out);
  dump_value(e, out);
  fputc('\n', out);
  if (e->kind == E_AGG) { /* what is aggregated before the condition */
    for (size_t i = 0; i < e->list.n; i++) expr_dump(e->list.v[i], out, indent + 1);
    if (e->a) pad(out, indent + 1), fputs("where\n", out), expr_dump(e->a, out, indent + 2);
    return;
  }
  for (size_t i = 0; i < expr_kid_count(e); i++) expr_dump(expr_kid(e, i), out, indent + 1);
}

static void dump_labelled(const char *label, const struct expr *e, FILE *out, int indent) {
  if (!e) return;
  pad(out, indent);
  fprintf(out, "%s\n", label);
  expr_dump(e, out, indent + 1);
}

static void dump_actions(const struct actions *a, FILE *out, int indent) {
  if (!a) return;
  pad(out, indent);
  fprintf(out, "-> assign %s\n", a->assign ? a->assign : "nobody");
  dump_labelled("due", a->due, out, indent + 1);
  dump_labelled(a->due_side < 0 ? "before" : "after", a->due_anchor, out, indent + 1);
  if (a->playbook) pad(out, indent + 1), fprintf(out, "do %s\n", a->playbook);
  dump_labelled("do", a->text, out, indent + 1);
  dump_labelled("priority", a->priority, out, indent + 1);
  dump_labelled("worth", a->worth, out, indent + 1);
}

static bool has_day(enum clause_kind k) { return k == C_FROM || k == C_REVIEWED || k == C_ON; }
static bool is_band(enum clause_kind k) { return k == C_GREEN || k == C_AMBER || k == C_RED; }

static void dump_life(const struct fact *f, FILE *out, int indent) {
  char buf[16];
  if (f->from != DAY_NONE) pad(out, indent), fprintf(out, "from %s\n", day_text(f->from, buf));
  if (f->end_word) pad(out, indent), fprintf(out, "%s %s\n", f->end_word, day_text(f->end, buf));
}

static void dump_lists(const struct clause *c, FILE *out, int indent) {
  for (size_t i = 0; i < c->params.n; i++) {
    pad(out, indent);
    fprintf(out, "parameter %s%s%s\n", c->params.v[i].name, c->params.v[i].type ? " " : "",
            c->params.v[i].type ? c->params.v[i].type : "");
  }
  for (size_t i = 0; i < c->dims.n; i++) {
    dump_labelled("by", c->dims.v[i].path, out, indent);
    dump_labelled("by ago", c->dims.v[i].ago, out, indent + 1);
  }
  for (size_t i = 0; i < c->options.n; i++)
    dump_labelled(c->options.v[i].word, c->options.v[i].value, out, indent);
  for (size_t i = 0; i < c->facts.n; i++) {
    dump_labelled("fact", c->facts.v[i].path, out, indent);
    dump_labelled("ago", c->facts.v[i].ago, out, indent + 1);
    dump_life(&c->facts.v[i], out, indent + 1);
    expr_dump(c->facts.v[i].value, out, indent + 1);
  }
  const char *word = c->kind == C_FOR ? "and" : c->kind == C_ASSIGNS ? "turn" : "because";
  for (size_t i = c->kind == C_FOR; i < c->names.n; i++) /* the first entry was printed */
    pad(out, indent), fprintf(out, "%s %s\n", word, c->names.v[i]);
}

/* What is expected of the rule or KPI that was named. */
static void dump_expect(const struct clause *c, FILE *out) {
  static const char *const kinds[] = {[EXPECT_FIRES] = "fires",
                                      [EXPECT_UNKNOWN] = "unknown",
                                      [EXPECT_NOTHING] = "nothing",
                                      [EXPECT_COUNT] = "exactly",
                                      [EXPECT_VALUE] = "value",
                                      [EXPECT_ESCALATED] = "escalated",
                                      [EXPECT_NOT_ESCALATED] = "not escalated",
                                      [EXPECT_IGNORED] = "ignored",
                                      [EXPECT_FIRED_UNKNOWN] = "fired unknown",
                                      [EXPECT_TARGET] = "target"};
  fprintf(out, " (%s)", kinds[c->word_count]);
  if (c->word_count == EXPECT_COUNT) fprintf(out, " %.15g", c->num);
  if (c->word_count == EXPECT_TARGET)
    fprintf(out, " %s", standing_word((enum target_standing)c->num));
}

static void dump_clause(const struct clause *c, FILE *out, int indent) {
  char buf[32];
  pad(out, indent);
  fputs(clause_word(c->kind), out);
  if (c->name) fprintf(out, " %s", c->name);
  if (c->of) fprintf(out, " of %s", c->of);
  if (c->per) fprintf(out, " per %s", c->per);
  if (c->column) fprintf(out, " \"%s\"", c->column);
  if (c->text) fprintf(out, " \"%s\"", c->text);
  if (c->kind == C_LANGUAGE || c->kind == C_UNREADABLE || c->kind == C_CAPACITY ||
      c->kind == C_ATMOST || (c->kind == C_FISCAL && !c->column))
    fprintf(out, " %.15g", c->num);
  if (c->kind == C_FISCAL && !c->column) fprintf(out, " %d", c->dur.n);
  if (c->kind == C_FINAL) fprintf(out, " %s", duration_text(c->dur, buf));
  if (c->kind == C_EXPECT) dump_expect(c, out);
  if (has_day(c->kind) || (c->kind == C_FOR && c->num)) fprintf(out, " %s", day_text(c->day, buf));
  if (is_band(c->kind)) fprintf(out, " %s", op_text((enum op)c->num));
  if (is_band(c->kind) && c->expr2) fprintf(out, " and %s", op_text((enum op)c->word_count));
  fputc('\n', out);
  dump_lists(c, out, indent + 1);
  expr_dump(c->expr, out, indent + 1);
  expr_dump(c->expr2, out, indent + 1);
  dump_actions(c->actions, out, indent + 1);
}

void ast_dump(const struct ast *ast, FILE *out) {
  for (size_t i = 0; i < ast->items.n; i++) {
    const struct ast_item *it = ast->items.v[i];
    dump_clause(it->head, out, 0);
    for (size_t j = 0; j < it->body.n; j++) dump_clause(it->body.v[j], out, 1);
  }
}
