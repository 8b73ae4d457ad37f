/* Terms made and named. In: a scope, what was written, a type. Out: a term of the rule set; its
 * words for messages. */
#include <string.h>

#include "base/limits.h"
#include "sema/sema.h"

struct type type_of(enum unit u) {
  return (struct type){.unit = u};
}

bool is_condition(const struct term *t) { return t->type.unit == U_FLAG; }
bool no_day_count(const struct term *t) {
  return t->type.unit == U_DURATION && t->type.counted_in != DUR_DAY;
}
bool is_number(const struct term *t) { return unit_class(t->type.unit) == CLASS_NUM; }

const char *quoted(const struct scope *sc, const struct expr *e) {
  const char *t = e && e->span.src ? span_text(sc->rs->arena, e->span) : "";
  return strlen(t) > 60 ? arena_printf(sc->rs->arena, "%.57s…", t) : t;
}

const char *unit_phrase(const struct scope *sc, const struct term *t) {
  if (t->bare) return "a plain number";
  if (no_day_count(t) && t->kind == T_CONST) return "a duration in months or business days";
  if (no_day_count(t))
    return arena_printf(sc->rs->arena, "a number of %s", dur_unit_name(t->type.counted_in));
  switch (t->type.unit) {
    case U_MONEY:
      return arena_printf(sc->rs->arena, "money%s%s%s%s", t->type.currency ? " in " : "",
                          t->type.currency ? t->type.currency : "", t->type.per ? " per " : "",
                          per_word(t->type.per));
    case U_SHARE:
      return t->points         ? "points of a percent"
             : t->type.percent ? "a percent"
                               : "a share (a ratio)";
    default: return unit_doc(t->type.unit);
  }
}

struct term *term_new(const struct scope *sc, enum term_kind k, const struct expr *src,
                      struct type type) {
  struct term *t = NEW(sc->rs->arena, struct term);
  t->kind = k;
  t->src = src;
  t->type = type;
  t->ent = sc->ent;
  t->lasting = true;
  sc->rs->n_terms++;
  return t;
}

struct term *term_const(const struct scope *sc, const struct expr *src, struct type type,
                        double num) {
  struct term *t = term_new(sc, T_CONST, src, type);
  t->value = (struct value){.type = type, .known = true, .num = num};
  return t;
}

bool too_deep(struct ruleset *rs, struct span at) {
  if (!rs->told_too_deep) {
    struct diag *d =
        diag_add(&rs->diags, V0111, at, "definitions lead into each other more than %d steps deep",
                 EXPR_MAX_DEPTH);
    diag_help(&rs->diags, d,
              "shorten the chain of KPIs, segments or formulas that this one stands on");
  }
  return rs->told_too_deep = true;
}

/* ---- does it have a past -------------------------------------------------------------- */

static bool below_has_past(const struct term *t, struct resolution *made) {
  if (!made->past) made->past = has_past(t) ? 1 : -1;
  return made->past > 0;
}

bool reads_today(const struct attr *at) {
  const struct life *life = &at->entity->life;
  return at->kind == ATTR_COLUMN && !at->known_from && !at->entity->event &&
         (!life->from || life->ends);
}

const struct attr *recorded_day(const struct term *t) {
  if (!t) return NULL;
  switch (t->kind) {
    case T_ATTR:
      if (t->attr->kind == ATTR_COMPUTED) return recorded_day(t->attr->term);
      return t->type.unit == U_DATE && t->attr->known_from ? t->attr : NULL;
    case T_PARENT:
    case T_AGO: return recorded_day(t->a);
    case T_KPI: return t->kpi->entity ? recorded_day(t->kpi->term) : NULL;
    default: return NULL;
  }
}

bool has_past(const struct term *t) {
  if (!t) return false;
  switch (t->kind) {
    case T_ATTR:
      if (t->attr->kind == ATTR_COMPUTED) return below_has_past(t->attr->term, &t->attr->made);
      return t->attr->kind != ATTR_COLUMN || t->attr->known_from;
    case T_KPI: return below_has_past(t->kpi->term, &t->kpi->made);
    case T_SEGMENT: return below_has_past(t->segment->term, &t->segment->made);
    case T_THRESHOLD:
    case T_AGG:
    case T_TODAY:
    case T_OPENED:
    case T_WITHIN:
    case T_OVERDUE:
    case T_OLDER:
    case T_RANGE:
    case T_EDGE:
    case T_DAYS_IN:
    case T_AGO:
    case T_ON:
    case T_ASOF:
    case T_MOVE:
    case T_MOVE_CMP:
    case T_EACH:
    case T_FOR: return true;
    default: break;
  }
  for (size_t i = 0; i < t->list.n; i++)
    if (has_past(t->list.v[i])) return true;
  return has_past(t->a) || has_past(t->b) || has_past(t->c);
}
