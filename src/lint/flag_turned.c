/* Flags that are turned around. In: KPIs that are named after a flag, calls of formulas. Out: a
 * refund_rate of `not refunded`; `not open` where a formula wants what is_open. */
#include <string.h>
#include <strings.h>

#include "lint/check.h"

enum { STEM_LEAST = 5 };

static const char *const denials[] = {"not",    "no",   "non",   "without",   "excl",  "excluding",
                                      "except", "ex",   "sans",  "hors",      "never", "yet",
                                      "unpaid", "kept", "left",  "remaining", "good",  "clean",
                                      "less",   "net",  "after", "still",     "ohne",  NULL};

/* paid_late: what is still to come may be called after what comes. */
static const char *const yet_to_come[] = {"to",          "due", "open", "late", "overdue",
                                          "outstanding", "bad", "un",   "be",   NULL};

/* refund of refund_rate begins refunded. */
static bool begins_word_of(const char *flag, const char *name) {
  for (const char *p = name; *p;) {
    size_t n = strcspn(p, "_"), k = n;
    if (k > STEM_LEAST && p[k - 1] == 's') k--;
    if (k >= STEM_LEAST && strncasecmp(flag, p, k) == 0) return true;
    if (strlen(flag) == n && strncasecmp(flag, p, n) == 0) return true; /* open of open_deals */
    p += n + (p[n] == '_');
  }
  return false;
}

/* The flag that stands behind a `not` among the parts of the condition, and is in the name. */
static const struct term *flag_denied(const struct term *t, const char *name, bool *asked) {
  if (!t) return NULL;
  if (t->kind == T_AND) {
    const struct term *a = flag_denied(t->a, name, asked);
    return a ? a : flag_denied(t->b, name, asked);
  }
  const struct term *flag = t->kind == T_NOT ? t->a : t;
  const struct term *day = flag->kind == T_KNOWN && flag->a->kind == T_ATTR ? flag->a : NULL;
  if (day) { /* converted_share of those whose `converted` is unknown */
    const char *const called[] = {day->attr->name, NULL};
    if (!day->attr->known_from || !lint_has_word(name, called)) return NULL;
    if (t->kind != T_NOT) *asked = true;
    return t->kind == T_NOT ? t : NULL;
  }
  if (flag->kind != T_ATTR || flag->type.unit != U_FLAG) return NULL;
  if (!begins_word_of(flag->attr->name, name)) return NULL;
  if (t->kind != T_NOT) *asked = true;
  return t->kind == T_NOT ? t : NULL;
}

struct looking {
  struct lint *l;
  const struct kpi *kpi;
  const struct term *found;
  bool asked;
};

static void check_rows(void *ctx, const struct term *t) {
  struct looking *x = ctx;
  if (t->kind != T_AGG || (t->src && from_library(t->src->span))) return;
  const struct term *denied = flag_denied(t->agg->where, x->kpi->name, &x->asked);
  if (!x->found) x->found = denied;
}

/* ---- a flag that none of the rows has ----------------------------------------------------- */

static const char *const win_words[] = {"win", "wins", "won", NULL};

static bool named_after_flag(const char *name, const struct attr *at) {
  const char *const own[] = {at->name, NULL};
  bool win = strcmp(at->name, "won") == 0 && lint_has_word(name, win_words);
  return win || (strlen(at->name) >= STEM_LEAST && lint_has_word(name, own));
}

/* quotes_pending = … where status is "Won": what is asked leaves out all that are pending. */
static void check_none(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  if (t && t->kind == T_ARITH && t->op == OP_DIV) t = t->a;
  bool rows = t && t->kind == T_AGG && t->agg->where && t->src && !from_library(t->src->span);
  if (!rows || lint_has_word(k->name, denials)) return;
  const struct term *where = t->agg->where;
  for (size_t i = 0; i < t->agg->entity->attrs.n; i++) {
    const struct attr *at = t->agg->entity->attrs.v[i];
    bool flag = at->kind == ATTR_COMPUTED && at->type.unit == U_FLAG && at->term;
    if (!flag || !named_after_flag(k->name, at) || !where->src) continue;
    if (lint_told(l, l->now->kind.code, where->src->span)) continue;
    if (!conditions_exclude(&l->subjects, condition_of(&l->subjects, where),
                            condition_of(&l->subjects, at->term)))
      continue;
    struct diag *d =
        lint_tell(l, where->src->span, "`%s` is named after `%s`, and takes none that are", k->name,
                  at->name);
    lint_note(l, d, at->span, "declared here");
    lint_help(l, d, "write: %s; or give the KPI another name", at->name);
    return;
  }
}

/* ---- names ----------------------------------------------------------------------------- */

static void check_name(struct lint *l, const struct kpi *k) {
  struct looking x = {.l = l, .kpi = k};
  bool says_no = lint_has_word(k->name, denials) || (k->means && lint_has_word(k->means, denials));
  if (!k->term || says_no) return;
  term_walk(k->term, check_rows, &x);
  if (!x.found || x.asked || !x.found->src) return;
  const struct term *flag = x.found->a;
  const char *name = (flag->kind == T_KNOWN ? flag->a : flag)->attr->name;
  struct diag *d = lint_tell(l, x.found->src->span,
                             "`%s` is named after `%s`, and takes the others", k->name, name);
  lint_help(l, d, "write: %s%s; or say in the name that they are left out", name,
            x.found->a->kind == T_KNOWN ? " is known" : "");
}

/* dispute_open of those that are not disputed */
static void check_rule(struct lint *l, const struct rule *r) {
  bool asked = false;
  if (lint_has_word(r->name, denials)) return;
  const struct term *denied = flag_denied(r->when, r->name, &asked);
  const struct term *flag = denied ? denied->a : NULL;
  if (!flag || asked || !denied->src || flag->kind != T_ATTR || flag->type.unit != U_FLAG) return;
  if (r->action_text && lint_has_word(r->action_text, denials)) return;
  struct diag *d = lint_tell(l, denied->src->span, "%s is named after `%s`, and takes the others",
                             rule_title(l, r), flag->attr->name);
  lint_help(l, d, "write: %s; or give the rule another name", flag->attr->name);
}

/* ---- what came in ------------------------------------------------------------------------ */

static const char *const came_words[] = {
    "collected", "received",  "paid",       "settled",  "encaissé",   "encaisse",  "payé", "reglé",
    "réglé",     "recovered", "collection", "progress", "completion", "completed", NULL};
static const char *const came_flags[] = {"settled", "paid",      "collected", "received",
                                         "cleared", "payé",      "réglé",     "encaissé",
                                         "done",    "completed", NULL};

/* The flag or day that the condition asks not to be; NULL: none. */
static const struct term *denied_in(const struct term *t, const char *const *words) {
  if (!t) return NULL;
  if (t->kind == T_AND) {
    const struct term *a = denied_in(t->a, words);
    return a ? a : denied_in(t->b, words);
  }
  if (t->kind != T_NOT) return NULL;
  const struct term *flag = t->a->kind == T_KNOWN ? t->a->a : t->a;
  bool named = flag->kind == T_ATTR && lint_has_word(flag->attr->name, words);
  return named && (flag->type.unit == U_FLAG || flag->type.unit == U_DATE) ? t : NULL;
}

/* collected_share of what is not settled */
static void check_came(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  if (t && t->kind == T_ARITH && t->op == OP_DIV) t = term_core(t->a);
  if (!t || t->kind != T_AGG || !lint_has_word(k->name, came_words)) return;
  if (lint_has_word(k->name, denials) || lint_has_word(k->name, yet_to_come)) return;
  const struct term *denied = denied_in(t->agg->where, came_flags);
  if (!denied || !denied->src || lint_told(l, l->now->kind.code, denied->src->span)) return;
  struct diag *d = lint_tell(l, denied->src->span,
                             "by its name, `%s` is of what came, and takes the others", k->name);
  lint_help(l, d, "take the `not` out, or ask whether it is known; or give the KPI another name");
}

/* ---- a flag of a day -------------------------------------------------------------------- */

static const char *const not_yet[] = {"open",    "pending", "running",  "outstanding",
                                      "ongoing", "ouvert",  "ouverte",  "unpaid",
                                      "is_open", "offen",   "en_cours", NULL};
static const char *const over_days[] = {"closed",  "paid",   "settled",  "done",      "decided",
                                        "ended",   "solved", "resolved", "completed", "delivered",
                                        "cloture", "réglé",  "payée",    "payé",      NULL};

/* open flag = expected is unknown, of rows that have a day on which they were closed */
static void check_flag_of_plan(struct lint *l, const struct attr *at, const struct attr *day,
                               struct span place) {
  static const char *const planned[] = {"expected", "closing",  "planned", "due",
                                        "deadline", "forecast", "prevue",  "prévue",
                                        "by",       "renewal",  NULL};
  bool plan =
      !day->known_from && lint_has_word(day->name, planned) && !lint_has_word(day->name, over_days);
  if (!plan || !(lint_has_word(at->name, not_yet) || lint_has_word(at->name, over_days))) return;
  for (size_t i = 0; i < at->entity->attrs.n; i++) {
    const struct attr *came = at->entity->attrs.v[i];
    if (came->type.unit != U_DATE || !came->known_from || !lint_has_word(came->name, over_days))
      continue;
    struct diag *d =
        lint_tell(l, place, "`%s` is a day that is planned, and says nothing of what is `%s`",
                  day->name, at->name);
    lint_help(l, d, "ask for `%s`", came->name);
    return;
  }
}

/* open flag = closed is known, paid flag = paid_on is unknown */
static void check_flag_of_day(struct lint *l, const struct attr *at) {
  const struct term *t = at->term;
  bool denied = t && t->kind == T_NOT;
  const struct term *known = denied ? t->a : t;
  bool flag = at->kind == ATTR_COMPUTED && at->type.unit == U_FLAG && known && t->src;
  if (!flag || known->kind != T_KNOWN || known->a->kind != T_ATTR) return;
  const char *day = known->a->attr->name;
  if (known->a->type.unit == U_DATE) check_flag_of_plan(l, at, known->a->attr, t->src->span);
  if (known->a->type.unit != U_DATE || !lint_has_word(day, over_days)) return;
  bool yet = lint_has_word(at->name, not_yet), over = lint_has_word(at->name, over_days);
  if (yet == over || lint_has_word(day, denials) || yet == denied) return;
  if (over && lint_has_word(at->name, denials)) return;
  struct diag *d = lint_tell(l, t->src->span, "by its name `%s` is what %s, and these %s", at->name,
                             yet ? "is not over yet" : "is over", yet ? "are" : "are not");
  lint_help(l, d, "write: %s is %s", day, yet ? "unknown" : "known");
}

/* ---- arguments ------------------------------------------------------------------------- */

/* open of is_open: the argument says the reverse of what the formula calls it. */
static bool is_called(const char *param, const char *name) {
  const char *p = strncmp(param, "is_", 3) == 0 ? param + 3 : param;
  return strcmp(p, name) == 0;
}

static const struct define *define_called(const struct lint *l, const char *name) {
  for (size_t i = 0; i < l->rs->defines.n; i++)
    if (strcmp(l->rs->defines.v[i]->name, name) == 0) return l->rs->defines.v[i];
  return NULL;
}

/* The attribute of the entity that the call is about, by name; NULL: none is called so. */
static const struct attr *attribute_called(const struct lint *l, const struct expr *call,
                                           const char *name) {
  const struct expr *of = call->list.n ? call->list.v[0] : NULL;
  const char *rows = of && of->kind == E_PATH && of->path.n == 1 ? of->path.v[0] : "";
  for (size_t i = 0; i < l->rs->entities.n; i++) {
    const struct entity *e = l->rs->entities.v[i];
    for (size_t k = 0; strcmp(e->name, rows) == 0 && k < e->attrs.n; k++)
      if (is_called(name, e->attrs.v[k]->name)) return e->attrs.v[k];
  }
  return NULL;
}

/* win_rate(deal, open, …) of deals that have a `won`, which is what the formula wants there. */
static void check_argument(struct lint *l, const struct define *f, const struct expr *call,
                           size_t i) {
  const struct expr *arg = call->list.v[i];
  const char *param = f->params.v[i].name;
  if (i == 0 || arg->kind != E_PATH || arg->path.n != 1 || is_called(param, arg->path.v[0])) return;
  const struct attr *own = attribute_called(l, call, param),
                    *given = attribute_called(l, call, arg->path.v[0]);
  bool chooses = own && (own->type.unit == U_FLAG || own->type.unit == U_DATE);
  if (!chooses || !given || given->type.unit != own->type.unit) return;
  for (size_t k = 0; k < call->list.n; k++) /* it has its place elsewhere */
    if (k != i && call->list.v[k]->kind == E_PATH &&
        strcmp(call->list.v[k]->path.v[0], own->name) == 0)
      return;
  struct diag *d = lint_tell(l, arg->span, "`%s` wants what is `%s` here, and gets `%s`", f->name,
                             own->name, given->name);
  lint_help(l, d, "write: %s", own->name);
}

static void check_call(struct lint *l, const struct expr *e) {
  if (!e) return;
  const struct define *f = e->kind == E_CALL && e->name ? define_called(l, e->name) : NULL;
  for (size_t i = 0; f && i < e->list.n && i < f->params.n; i++) {
    const struct expr *arg = e->list.v[i];
    check_argument(l, f, e, i);
    if (arg->kind != E_NOT || !arg->a || arg->a->kind != E_PATH) continue;
    const char *name = lint_quote(l, arg->a->span);
    if (!is_called(f->params.v[i].name, name)) continue;
    struct diag *d =
        lint_tell(l, arg->span, "`%s` wants what is `%s` here, and gets the others", f->name, name);
    lint_help(l, d, "write: %s", name);
  }
  for (size_t i = 0; i < expr_kid_count(e); i++) check_call(l, expr_kid(e, i));
}

/* ---- segments -------------------------------------------------------------------------- */

/* segment fixed_price of project where not fixed */
static void check_segment_name(struct lint *l, const struct segment *s) {
  bool asked = false;
  if (!s->term || lint_has_word(s->name, denials)) return;
  const struct term *denied = flag_denied(s->term, s->name, &asked);
  if (!denied || asked || !denied->src || denied->a->kind != T_ATTR) return;
  struct diag *d = lint_tell(l, denied->src->span, "`%s` is named after `%s`, and takes the others",
                             s->name, denied->a->attr->name);
  lint_help(l, d, "write: %s; or give the segment another name", denied->a->attr->name);
}

/* paying_but_quiet, of those not in segment quiet_sites */
static void check_segment(struct lint *l, const struct rule *r, const struct term *t) {
  if (t->kind == T_AND) {
    check_segment(l, r, t->a);
    check_segment(l, r, t->b);
    return;
  }
  if (t->kind != T_NOT || t->a->kind != T_SEGMENT || !t->src) return;
  const char *segment = t->a->segment->name;
  size_t n = strcspn(segment, "_");
  const char *const first[] = {arena_strndup(l->a, segment, n), NULL}, *const whole[] = {segment,
                                                                                         NULL};
  if (n < STEM_LEAST || !(lint_has_word(r->name, first) || lint_has_word(r->name, whole))) return;
  if (lint_has_word(r->name, denials)) return;
  struct diag *d =
      lint_tell(l, t->src->span, "%s is named after the segment `%s`, and leaves it out",
                rule_title(l, r), segment);
  lint_help(l, d, "write: in segment %s; or give the rule another name", segment);
}

void lint_flag_turned(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    check_name(l, l->rs->kpis.v[i]);
    check_none(l, l->rs->kpis.v[i]);
    check_came(l, l->rs->kpis.v[i]);
    check_call(l, l->rs->kpis.v[i]->expr);
  }
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    if (!r->named || !r->when) continue;
    check_segment(l, r, r->when);
    check_rule(l, r);
  }
  for (size_t i = 0; i < l->rs->segments.n; i++) check_segment_name(l, l->rs->segments.v[i]);
  for (size_t i = 0; i < l->rs->entities.n; i++)
    for (size_t k = 0; k < l->rs->entities.v[i]->attrs.n; k++)
      check_flag_of_day(l, l->rs->entities.v[i]->attrs.v[k]);
}
