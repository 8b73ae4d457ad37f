/* One text for one formula. In: a term. Out: its canonical text, to be compared, not read. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fn/fn.h"
#include "lint/condition.h"

/* The text so far. Terms are asked for their keys many times, so no stream is opened for it. */
struct writing {
  char *text;
  size_t n, cap;
};

static void write_term(struct writing *w, const struct term *t);

static void write_bytes(struct writing *w, const char *s, size_t n) {
  if (w->cap - w->n < n) {
    w->cap = w->cap * 2 + n + 256;
    w->text = xrealloc(w->text, w->cap);
  }
  memcpy(w->text + w->n, s, n);
  w->n += n;
}

static void write_text(struct writing *w, const char *s) { write_bytes(w, s, strlen(s)); }

static void write_whole(struct writing *w, long long v) {
  char buf[24], *at = buf + sizeof buf;
  unsigned long long left = v < 0 ? 0ULL - (unsigned long long)v : (unsigned long long)v;
  do *--at = (char)('0' + left % 10);
  while (left /= 10);
  if (v < 0) *--at = '-';
  write_bytes(w, at, (size_t)(buf + sizeof buf - at));
}

static void write_int(struct writing *w, int v) { write_whole(w, v); }

/* Nearly all numbers are whole, and the key of each is asked for. */
static void write_number(struct writing *w, double v) {
  enum { EXACT = 1000000000 };
  char buf[40];
  if (fabs(v) < EXACT && v == (double)(long long)v && !signbit(v)) {
    write_whole(w, (long long)v);
    return;
  }
  snprintf(buf, sizeof buf, "%.17g", v);
  write_text(w, buf);
}

static void write_value(struct writing *w, const struct value *v) {
  if (!v->known) {
    write_text(w, "?");
  } else if (v->text) {
    write_text(w, "\"");
    write_text(w, v->text);
    write_text(w, "\"");
  } else {
    write_number(w, v->num);
    if (v->type.unit == U_MONEY && v->type.currency) write_text(w, v->type.currency);
  }
}

static void write_pair(struct writing *w, const char *x, const char *between, const char *y) {
  write_text(w, x);
  write_text(w, between);
  write_text(w, y);
}

static void write_each(struct writing *w, const struct each *e) {
  char buf[40];
  write_int(w, (int)e->fn);
  write_text(w, " ");
  write_number(w, e->percentile);
  write_text(w, " ");
  write_pair(w, period_unit_name(e->unit), " in ", period_text(&e->period, buf));
}

static void write_name(struct writing *w, const struct term *t) {
  char buf[40];
  switch (t->kind) {
    case T_CONST: write_value(w, &t->value); break;
    case T_ASOF:
    case T_ATTR: write_pair(w, t->attr->entity->name, ".", t->attr->name); break;
    case T_KEY:
    case T_LABEL: write_text(w, t->ent ? t->ent->name : ""); break;
    case T_PARENT: write_pair(w, t->edge->column, ">", t->edge->parent->name); break;
    case T_KPI: write_pair(w, t->kpi->name, t->for_all ? " for all" : "", ""); break;
    case T_THRESHOLD: write_text(w, t->threshold->name); break;
    case T_SEGMENT: write_text(w, t->segment->name); break;
    case T_DIM: write_int(w, t->dim); break;
    case T_MATCHES: write_pair(w, "\"", t->pattern, "\""); break;
    case T_EACH: write_each(w, t->each); break;
    case T_CALL: write_text(w, t->fn->name); break;
    case T_RANGE:
    case T_EDGE:
    case T_PERIODOF:
    case T_EDGEOF:
    case T_DAYS_IN: write_text(w, period_text(&t->period, buf)); break;
    default: break;
  }
}

static void write_agg(struct writing *w, const struct agg *g) {
  char buf[40];
  write_int(w, (int)g->fn);
  write_text(w, " ");
  write_number(w, g->percentile);
  write_pair(w, " ", g->entity->name, " ");
  write_pair(w, g->segment ? g->segment->name : "", " ",
             g->has_period ? period_text(&g->period, buf) : "");
  write_pair(w, " ", g->to ? g->to->name : "", " ");
  write_int(w, g->for_all);
  for (size_t i = 0; i < g->path.n; i++) write_pair(w, ">", g->path.v[i]->column, "");
  if (g->up) write_pair(w, g->here ? " here and below" : " below", " ", g->up->column);
  for (size_t i = 0; i < g->values.n; i++) write_term(w, g->values.v[i]);
  write_text(w, "|");
  write_term(w, g->where);
}

static bool commutes(const struct term *t) {
  return t->kind == T_AND || t->kind == T_OR ||
         (t->kind == T_ARITH && (t->op == OP_ADD || t->op == OP_MUL)) ||
         (t->kind == T_CMP && (t->op == OP_EQ || t->op == OP_NE));
}

/* What was written from the first place to the second, and from there to the end: the lesser one
 * comes first. */
static void sort_two(struct writing *w, size_t first, size_t second) {
  size_t nx = second - first, ny = w->n - second;
  int order = memcmp(w->text + first, w->text + second, nx < ny ? nx : ny);
  if (order < 0 || (order == 0 && nx <= ny)) return;
  char *x = xmalloc(nx);
  memcpy(x, w->text + first, nx);
  memmove(w->text + first, w->text + second, ny);
  memcpy(w->text + first + ny, x, nx);
  free(x);
}

static void write_term(struct writing *w, const struct term *t) {
  if (!t) {
    write_text(w, "()");
    return;
  }
  /* 3 <= x is x >= 3 */
  bool turned = t->kind == T_CMP && (t->op == OP_GT || t->op == OP_GE);
  const struct term *a = turned ? t->b : t->a, *b = turned ? t->a : t->b;
  write_text(w, "(");
  write_int(w, (int)t->kind);
  write_text(w, " ");
  write_int(w, !turned ? t->op : t->op == OP_GT ? OP_LT : OP_LE);
  write_text(w, " ");
  write_int(w, t->kind == T_MOVE_CMP ? (int)t->move : 0);
  write_text(w, " ");
  write_name(w, t);
  if (t->dur.n) write_int(w, (int)t->dur.n), write_text(w, dur_unit_name(t->dur.unit));
  size_t first = w->n;
  if (a) write_term(w, a);
  size_t second = w->n;
  if (b) write_term(w, b);
  if (commutes(t))
    sort_two(w, first, second);
  else if (t->c)
    write_term(w, t->c);
  for (size_t i = 0; i < t->list.n; i++) write_term(w, t->list.v[i]);
  if (t->kind == T_AGG) write_agg(w, t->agg);
  write_text(w, ")");
}

const char *term_key(struct arena *a, const struct term *t) {
  struct writing w = {0};
  write_term(&w, t);
  const char *key = arena_strndup(a, w.text, w.n);
  free(w.text);
  return key;
}
