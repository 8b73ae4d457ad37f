/* One text for one formula. In: a term. Out: its canonical text, to be compared, not read. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "fn/fn.h"
#include "lint/condition.h"

struct writing {
  FILE *out;
  struct arena *a;
};

static void write_term(struct writing *w, const struct term *t);

static void write_value(struct writing *w, const struct value *v) {
  if (!v->known)
    fputs("?", w->out);
  else if (v->text)
    fprintf(w->out, "\"%s\"", v->text);
  else
    fprintf(w->out, "%.17g%s", v->num,
            v->type.unit == U_MONEY && v->type.currency ? v->type.currency : "");
}

static void write_name(struct writing *w, const struct term *t) {
  char buf[40];
  switch (t->kind) {
    case T_CONST: write_value(w, &t->value); break;
    case T_ASOF:
    case T_ATTR: fprintf(w->out, "%s.%s", t->attr->entity->name, t->attr->name); break;
    case T_KEY:
    case T_LABEL: fputs(t->ent ? t->ent->name : "", w->out); break;
    case T_PARENT: fprintf(w->out, "%s>%s", t->edge->column, t->edge->parent->name); break;
    case T_KPI: fprintf(w->out, "%s%s", t->kpi->name, t->for_all ? " for all" : ""); break;
    case T_THRESHOLD: fputs(t->threshold->name, w->out); break;
    case T_SEGMENT: fputs(t->segment->name, w->out); break;
    case T_DIM: fprintf(w->out, "%d", t->dim); break;
    case T_MATCHES: fprintf(w->out, "\"%s\"", t->pattern); break;
    case T_EACH:
      fprintf(w->out, "%d %.17g %s in %s", (int)t->each->fn, t->each->percentile,
              period_unit_name(t->each->unit), period_text(&t->each->period, buf));
      break;
    case T_CALL: fputs(t->fn->name, w->out); break;
    case T_RANGE:
    case T_EDGE:
    case T_PERIODOF:
    case T_EDGEOF:
    case T_DAYS_IN: fputs(period_text(&t->period, buf), w->out); break;
    default: break;
  }
}

static void write_agg(struct writing *w, const struct agg *g) {
  char buf[40];
  fprintf(w->out, "%d %.17g %s %s %s %s %d", (int)g->fn, g->percentile, g->entity->name,
          g->segment ? g->segment->name : "", g->has_period ? period_text(&g->period, buf) : "",
          g->to ? g->to->name : "", g->for_all);
  for (size_t i = 0; i < g->path.n; i++) fprintf(w->out, ">%s", g->path.v[i]->column);
  if (g->up) fprintf(w->out, " %s %s", g->here ? "here and below" : "below", g->up->column);
  for (size_t i = 0; i < g->values.n; i++) write_term(w, g->values.v[i]);
  fputs("|", w->out);
  write_term(w, g->where);
}

static bool commutes(const struct term *t) {
  return t->kind == T_AND || t->kind == T_OR ||
         (t->kind == T_ARITH && (t->op == OP_ADD || t->op == OP_MUL)) ||
         (t->kind == T_CMP && (t->op == OP_EQ || t->op == OP_NE));
}

static void write_term(struct writing *w, const struct term *t) {
  char buf[20];
  if (!t) {
    fputs("()", w->out);
    return;
  }
  /* 3 <= x is x >= 3 */
  bool turned = t->kind == T_CMP && (t->op == OP_GT || t->op == OP_GE);
  const struct term *a = turned ? t->b : t->a, *b = turned ? t->a : t->b;
  int op = !turned ? t->op : t->op == OP_GT ? OP_LT : OP_LE;
  fprintf(w->out, "(%d %d %d ", (int)t->kind, op, t->kind == T_MOVE_CMP ? (int)t->move : 0);
  write_name(w, t);
  if (t->dur.n) fputs(duration_text(t->dur, buf), w->out);
  if (commutes(t)) {
    const char *x = term_key(w->a, t->a), *y = term_key(w->a, t->b);
    bool swap = strcmp(x, y) > 0;
    fprintf(w->out, "%s%s", swap ? y : x, swap ? x : y);
  } else {
    if (a) write_term(w, a);
    if (b) write_term(w, b);
    if (t->c) write_term(w, t->c);
  }
  for (size_t i = 0; i < t->list.n; i++) write_term(w, t->list.v[i]);
  if (t->kind == T_AGG) write_agg(w, t->agg);
  fputc(')', w->out);
}

const char *term_key(struct arena *a, const struct term *t) {
  char *text = NULL;
  size_t n = 0;
  struct writing w = {open_memstream(&text, &n), a};
  CHECK(w.out);
  write_term(&w, t);
  fclose(w.out);
  const char *key = arena_strndup(a, text, n);
  free(text);
  return key;
}
