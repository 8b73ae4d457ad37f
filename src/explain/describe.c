/* The policy in plain words. In: a rule set and a tongue. Out: Markdown, from the phrases of its
 * terms. */
#include "explain/describe.h"

#include <string.h>

#include "explain/words.h"
#include "sema/dims.h"
#include "sema/own_check.h"
#include "sema/threshold_line.h"

enum text {
#define TEXT(id, en, fr) id,
#include "explain/describe.def"
#undef TEXT
};

static const char *const texts[][2] = {
#define TEXT(id, en, fr) {en, fr},
#include "explain/describe.def"
#undef TEXT
};

struct describing {
  const struct ruleset *rs;
  struct speaker s;
  FILE *out;
};

static const char *text_in(const struct speaker *s, enum text t) {
  return texts[t][s->tongue == TONGUE_FR];
}

#define PUT(x, id, ...) fprintf((x)->out, text_in(&(x)->s, id), __VA_ARGS__)
#define PUT_PLAIN(x, id) fputs(text_in(&(x)->s, id), (x)->out)

static bool french(const struct speaker *s) { return s->tongue == TONGUE_FR; }

/* Texts of authors: nothing in them is markup. */
static const char *plain(struct arena *a, const char *text) {
  char *out = arena_alloc(a, strlen(text) * 2 + 1), *p = out;
  for (; *text; text++) {
    if (strchr("*_`<[]", *text)) *p++ = '\\';
    *p++ = *text;
  }
  *p = 0;
  return out;
}

/* A sentence of an author without its full stop: ours follows. */
static const char *sentence(struct arena *a, const char *text) {
  size_t n = strlen(text);
  return plain(a, n && text[n - 1] == '.' ? arena_strndup(a, text, n - 1) : text);
}

/* "renewal_at_risk" -> "Renewal at risk" */
static const char *heading(struct arena *a, const char *name) {
  char *out = arena_strdup(a, capital(a, name));
  for (char *p = out; *p; p++)
    if (*p == '_') *p = ' ';
  return out;
}

/* ---- a rule --------------------------------------------------------------------------- */

static const char *filled_text(const struct speaker *s, const template_parts *t) {
  const char *out = "";
  for (size_t i = 0; i < t->n; i++) {
    const struct template_part *p = &t->v[i];
    out = p->text ? arena_printf(s->a, "%s%s", out, p->text)
                  : arena_printf(s->a, "%s‹%s›", out, say_term(s, p->term));
  }
  return out;
}

/* "7 days", or the name of the threshold that says it with what it says on the day. */
static const char *say_length(const struct speaker *s, const struct length *l) {
  return l->of ? say_term(s, l->of) : say_duration(s, l->dur);
}

static const char *deadline(const struct speaker *s, const struct rule *r) {
  const struct due *d = &r->due;
  const char *team = r->team ? r->team->name : NULL, *day;
  if (!team) return text_in(s, D_REPORT);
  switch (d->kind) {
    case DUE_AFTER_OPENING:
      return arena_printf(s->a, text_in(s, D_ACT_IN), team, say_length(s, &d->dur));
    case DUE_ANCHOR:
      return arena_printf(s->a, text_in(s, d->side < 0 ? D_ACT_BEFORE : D_ACT_AFTER), team,
                          say_length(s, &d->dur), say_term(s, d->term));
    case DUE_DATE:
      day = say_term(s, d->term);
      return arena_printf(s->a, text_in(s, D_ACT_BY), team, french(s) ? french_to(s->a, day) : day);
    default: return arena_printf(s->a, text_in(s, D_ACT), team);
  }
}

const char *describe_rule(const struct speaker *s, const struct rule *r) {
  const char *when = arena_printf(s->a, text_in(s, D_WHEN) + 1, say_condition(s, r->when));
  return arena_printf(s->a, "%s%s", when, deadline(s, r));
}

static const char *dims_text(const struct speaker *s, const dim_list *dims) {
  const char *out = "";
  for (size_t i = 0; i < dims->n; i++) {
    const char *link = !i ? "" : i + 1 < dims->n ? ", " : french(s) ? " et " : " and ";
    out = arena_printf(s->a, "%s%s%s", out, link, say_name(s, dim_name(dims, i, s->a), U_TEXT));
  }
  return out;
}

static const char *priority_word(const struct speaker *s, const char *priority) {
  if (!french(s)) return priority;
  return strcmp(priority, "high") == 0  ? "haute"
         : strcmp(priority, "low") == 0 ? "basse"
                                        : "normale";
}

static void describe_steps(const struct describing *x, const struct rule *r) {
  const struct speaker *s = &x->s;
  if (r->steps.n) PUT_PLAIN(x, D_PLAYBOOK);
  for (size_t i = 0; i < r->steps.n; i++) {
    const struct rule_step *step = &r->steps.v[i];
    const char *in = "", *by = "";
    if (step->of->has_due)
      in = arena_printf(s->a, text_in(s, D_STEP_IN), say_length(s, &step->of->due));
    if (step->team) by = arena_printf(s->a, text_in(s, D_STEP_BY), step->team->name);
    PUT(x, D_STEP, i + 1, plain(s->a, filled_text(s, &step->text)), in, by);
  }
}

static void describe_details(const struct describing *x, const struct rule *r) {
  const struct speaker *s = &x->s;
  if (r->entity)
    PUT(x, D_WATCHES, say_rows(s, r->entity, true));
  else if (r->dims.n)
    PUT(x, D_WATCHES,
        arena_printf(s->a, french(s) ? "les valeurs %s" : "the values of %s",
                     french(s) ? french_de(s->a, dims_text(s, &r->dims)) : dims_text(s, &r->dims)));
  else
    PUT_PLAIN(x, D_COMPANY);
  if (r->priority && strcmp(r->priority, "normal") != 0)
    PUT(x, D_PRIORITY, priority_word(s, r->priority));
  if (r->worth) PUT(x, D_WORTH, say_term(s, r->worth));
  if (r->once)
    PUT(x, D_ONCE, french(s) ? french_de(s->a, say_term(s, r->once)) : say_term(s, r->once));
  if (r->clear) PUT(x, D_CLEAR, say_condition(s, r->clear));
  const char *weaker = "";
  for (size_t i = 0; i < r->mutes.n; i++)
    weaker = arena_printf(s->a, "%s%s%s", weaker, i ? ", " : "", r->mutes.v[i]->name);
  if (r->mutes.n) PUT(x, D_MUTES, weaker);
  for (size_t i = 0; i < r->levels.n; i++)
    if (r->levels.v[i].to || !i)
      PUT(x, D_ESCALATE, r->levels.v[i].to ? r->levels.v[i].to : text_in(s, D_UPPER_TEAM),
          say_length(s, &r->levels.v[i].after));
  if (r->settled) PUT(x, D_DONE_WHEN, say_condition(s, r->settled));
  if (length_is_said(&r->reopens)) PUT(x, D_REOPEN, say_length(s, &r->reopens));
  if (r->row_gone_resolves) PUT_PLAIN(x, D_ROW_GONE);
  if (length_is_said(&r->reminds)) PUT(x, D_REMIND, say_length(s, &r->reminds));
  if (r->at_most) PUT(x, D_AT_MOST, r->at_most);
  describe_steps(x, r);
  if (r->unknown == UNKNOWN_FIRE) PUT_PLAIN(x, D_FIRE);
  if (r->unknown == UNKNOWN_IGNORE) PUT_PLAIN(x, D_IGNORE);
}

static void describe_one(const struct describing *x, const struct rule *r) {
  const struct speaker *s = &x->s;
  PUT(x, D_RULE,
      r->named ? heading(s->a, r->name) : capital(s->a, span_text(s->a, r->when_expr->span)));
  if (r->means) PUT(x, D_MEANS, sentence(s->a, r->means));
  fprintf(x->out, "\n%s", describe_rule(s, r));
  if (r->action.n)
    PUT(x, D_DO, plain(s->a, filled_text(s, &r->action)));
  else
    PUT_PLAIN(x, D_NO_DO);
  describe_details(x, r);
}

/* ---- teams ---------------------------------------------------------------------------- */

static const struct rule *first_rule(const struct ruleset *rs, const struct team *t) {
  for (size_t i = 0; i < rs->rules.n; i++)
    if (rs->rules.v[i]->team == t) return rs->rules.v[i];
  return NULL;
}

/* "to Bob", in the tongue. */
static const char *receiver(const struct speaker *s, const char *who) {
  return french(s) ? french_to(s->a, who) : who;
}

/* Who is not there, and who has their items. */
static void describe_people(const struct describing *x, const struct team *t) {
  const struct speaker *s = &x->s;
  const struct team_people *p = &t->people;
  if (p->away) PUT(x, D_AWAY, say_condition(s, p->away));
  if (p->left) PUT(x, D_LEFT, say_condition(s, p->left));
  if (!p->entity) return;
  const struct expr *last = t->turn.n ? t->otherwise : t->assigns;
  while (last && last->kind == E_ELSE) last = last->b;
  const char *otherwise = last && last->kind == E_STRING ? receiver(s, last->name) : NULL;
  const char *stand_in = p->stand_in ? receiver(s, say_term(s, p->stand_in)) : NULL;
  if (stand_in && otherwise)
    PUT(x, D_COVERED_ELSE, stand_in, otherwise);
  else if (stand_in || otherwise)
    PUT(x, D_COVERED, stand_in ? stand_in : otherwise);
}

static void describe_tells(const struct describing *x, const struct team *t) {
  for (size_t i = 0; i < t->tells.n; i++) {
    const struct tell *is = &t->tells.v[i].is;
    PUT(x, D_TOLD, channel_name(is->channel));
    if (is->working_days) PUT_PLAIN(x, D_TOLD_DAYS);
    if (is->from_hour > 0 || is->to_hour < 24) PUT(x, D_TOLD_HOURS, is->from_hour, is->to_hour);
    if (is->at_once) PUT_PLAIN(x, D_TOLD_ONCE);
    fputc('.', x->out);
  }
}

static void describe_team(const struct describing *x, const struct team *t) {
  const struct rule *first = first_rule(x->rs, t);
  const struct speaker *s = &x->s;
  if (!first) return;
  if (!t)
    PUT_PLAIN(x, D_NO_TEAM);
  else
    PUT(x, D_TEAM, t->name);
  if (t && first->owner)
    PUT(x, D_ASSIGNS,
        french(s) ? french_to(s->a, say_term(s, first->owner)) : say_term(s, first->owner));
  const char *turn = "";
  for (size_t i = 0; t && i < t->turn.n; i++)
    turn = arena_printf(s->a, "%s%s%s", turn, i ? ", " : "", t->turn.v[i]);
  if (*turn) PUT(x, D_IN_TURN, turn);
  if (t) describe_people(x, t);
  if (t && t->capacity) PUT(x, D_CAPACITY, t->capacity);
  if (t && t->escalates_to) PUT(x, D_ESCALATES, t->escalates_to);
  if (t) describe_tells(x, t);
  if (t && (first->owner || t->turn.n || t->capacity || t->escalates_to || t->tells.n))
    fputc('\n', x->out);
  for (size_t i = 0; i < x->rs->rules.n; i++)
    if (x->rs->rules.v[i]->team == t) describe_one(x, x->rs->rules.v[i]);
}

/* ---- vocabulary ----------------------------------------------------------------------- */

static void describe_segments(const struct describing *x) {
  const struct speaker *s = &x->s;
  if (x->rs->segments.n) PUT_PLAIN(x, D_SEGMENTS);
  for (size_t i = 0; i < x->rs->segments.n; i++) {
    const struct segment *g = x->rs->segments.v[i];
    const char *rows = say_rows(s, g->entity, true);
    if (!g->inside) PUT(x, D_SEGMENT, g->name, rows, say_term(s, g->term));
    /* The term of a segment of a segment is: in the outer one, and its own condition. */
    else
      PUT(x, D_WITHIN_SEG, g->name, g->inside->name, rows,
          say_term(s, g->term->kind == T_AND ? g->term->b : g->term));
  }
}

static const char *band_text(const struct speaker *s, const struct kpi *k, const struct band *b) {
  struct term own = {.kind = T_KPI, .kpi = (struct kpi *)k, .type = k->term->type};
  struct term low = {.kind = T_CMP, .op = b->op, .a = &own, .b = b->a, .type = {.unit = U_FLAG}};
  if (!b->b) return say_term(s, &low);
  struct term high = {.kind = T_CMP, .op = b->op2, .a = &own, .b = b->b, .type = {.unit = U_FLAG}};
  return arena_printf(s->a, text_in(s, D_BAND_AND), say_term(s, &low), say_term(s, &high));
}

static void describe_kpi(const struct describing *x, const struct kpi *k) {
  const struct speaker *s = &x->s;
  PUT(x, D_KPI, k->name);
  if (k->means) PUT(x, D_KPI_MEANS, sentence(s->a, k->means));
  PUT(x, D_FORMULA, say_term(s, k->term));
  if (k->entity) PUT(x, D_FORMULA_OF, say_rows(s, k->entity, true));
  if (k->dims.n) PUT(x, D_SPLIT, dims_text(s, &k->dims));
  PUT_PLAIN(x, D_END);
  if (k->term->type.per) PUT_PLAIN(x, k->term->type.per == PER_MONTH ? D_PER_MONTH : D_PER_YEAR);
  if (k->owner) PUT(x, D_OWNER, k->owner);
  if (k->decides) PUT(x, D_DECIDES, sentence(s->a, k->decides));
  if (k->needs) PUT(x, D_NEEDS, k->needs);
  if (k->better) PUT_PLAIN(x, k->better > 0 ? D_HIGHER : D_LOWER);
  if (k->strategic) PUT_PLAIN(x, D_STRATEGIC);
  if (k->published) PUT_PLAIN(x, D_PUBLISHED);
  if (k->final.n) PUT(x, D_FINAL, say_duration(s, k->final));
  if (k->leading) PUT_PLAIN(x, D_LEADING);
  if (k->lagging) PUT_PLAIN(x, D_LAGGING);
  if (k->green.set) PUT(x, D_GREEN, band_text(s, k, &k->green));
  if (k->amber.set) PUT(x, D_AMBER, band_text(s, k, &k->amber));
  if (k->red.set) PUT(x, D_RED, band_text(s, k, &k->red));
}

static void describe_threshold(const struct describing *x, const struct threshold *t) {
  const struct speaker *s = &x->s;
  PUT(x, D_THRESHOLD, t->name);
  if (t->means) PUT(x, D_KPI_MEANS, sentence(s->a, t->means));
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *l = &t->lines.v[i];
    const char *whom = "";
    if (l->segment) whom = arena_printf(s->a, text_in(s, D_FOR_SEGMENT), l->segment->name);
    if (l->entries.n)
      whom = arena_printf(s->a, text_in(s, D_FOR_ENTRY),
                          line_entries(l, french(s) ? " », « " : "”, “", s->a));
    PUT(x, D_LINE, say_threshold_value(s, t, l), whom);
    if (l->from != DAY_MIN)
      PUT(x, D_FROM, french(s) ? french_de(s->a, say_day(s, l->from)) : say_day(s, l->from));
    if (l->because) PUT(x, D_BECAUSE, sentence(s->a, l->because));
    PUT_PLAIN(x, D_END);
  }
  if (t->has_review) PUT(x, D_REVIEW, say_unit_alone(s, t->review));
  if (t->has_review && t->reviewed != DAY_NONE) PUT(x, D_REVIEWED, say_day(s, t->reviewed));
  if (t->has_review) PUT_PLAIN(x, D_END);
  if (t->owner) PUT(x, D_OWNER, t->owner);
}

static void describe_targets(const struct describing *x) {
  const struct speaker *s = &x->s;
  if (x->rs->targets.n) PUT_PLAIN(x, D_TARGETS);
  for (size_t i = 0; i < x->rs->targets.n; i++) {
    const struct target *t = x->rs->targets.v[i];
    if (!t->measure || !t->goal || !t->by) continue;
    struct term claim = {
        .kind = T_CMP, .op = t->op, .a = t->measure, .b = t->goal, .type = {.unit = U_FLAG}};
    bool moves = t->measure->kind == T_MOVE_CMP; /* which holds its goal */
    const char *says = say_term(s, moves ? t->measure : &claim);
    if (t->dims.n)
      PUT(x, D_TARGET_EACH, dims_name(&t->dims, s->a), says, say_term(s, t->by));
    else
      PUT(x, D_TARGET, capital(s->a, says), say_term(s, t->by));
    if (t->owner) PUT(x, D_TARGET_OWNER, t->owner);
    fputc('\n', x->out);
  }
}

/* A condition as it is written, on one line: blanks around line ends become one. */
static const char *written(struct arena *a, const struct expr *e) {
  char *out = arena_strdup(a, span_text(a, e->span)), *w = out;
  for (const char *p = out; *p; p++)
    if (*p != '\n' && (*p != ' ' || (w > out && w[-1] != ' ')))
      *w++ = *p;
    else if (*p == '\n' && w > out && w[-1] != ' ')
      *w++ = ' ';
  *w = 0;
  return out;
}

/* What the company refuses of its rule files is about words, not data: it is shown as written. */
static void describe_own_checks(const struct describing *x) {
  struct arena *a = x->s.a;
  if (x->rs->own_checks.n) PUT_PLAIN(x, D_OWN_CHECKS);
  for (size_t i = 0; i < x->rs->own_checks.n; i++) {
    const struct own_check *c = x->rs->own_checks.v[i];
    for (size_t k = 0; k < c->rejects.n; k++) {
      const struct own_reject *r = &c->rejects.v[k];
      PUT(x, D_OWN_CHECK, c->name, sentence(a, r->because), own_subject_word(r->subject),
          written(a, r->where));
    }
  }
}

void describe(const struct ruleset *rs, enum tongue tongue, day_t day, FILE *out) {
  struct describing x = {rs, {arena_new(), tongue, day}, out};
  PUT(&x, D_TITLE, say_day(&x.s, day));
  for (size_t i = 0; i < rs->teams.n; i++) describe_team(&x, rs->teams.v[i]);
  describe_team(&x, NULL);
  describe_segments(&x);
  if (rs->kpis.n) PUT_PLAIN(&x, D_KPIS);
  for (size_t i = 0; i < rs->kpis.n; i++) describe_kpi(&x, rs->kpis.v[i]);
  if (rs->thresholds.n) PUT_PLAIN(&x, D_THRESHOLDS);
  for (size_t i = 0; i < rs->thresholds.n; i++) describe_threshold(&x, rs->thresholds.v[i]);
  describe_targets(&x);
  describe_own_checks(&x);
  arena_free(x.s.a);
}
