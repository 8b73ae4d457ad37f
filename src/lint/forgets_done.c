/* What is done and still asked for. In: aggregates of KPIs and conditions of rules. Out: those that
 * look for days that have passed, and not whether what was due then was done; and the one KPI that
 * does not ask for a flag that all others over these rows ask for. */
#include <string.h>

#include "lint/check.h"
#include "lint/selection.h"

/* Names of a day by which somebody has to do something. */
static const char *const duties[] = {"due",     "pay_by", "payable",  "deadline", "due_date",
                                     "due_on",  "sla",    "echeance", "échéance", "due_by",
                                     "faellig", "fällig", "maturity", NULL};
/* Names of what says that it was done. */
static const char *const done_words[] = {
    "paid",   "settled", "collected", "cleared", "reglee",    "réglée",   "regle",     "réglé",
    "payee",  "payée",   "paye",      "payé",    "encaisse",  "encaissé", "encaissee", "encaissée",
    "soldee", "soldée",  "bezahlt",   "done",    "completed", "resolved", NULL};
/* Names of what says as much: the state of the row, or what is left of its amount. */
static const char *const states[] = {
    "open",   "status",  "state",       "stage",  "statut",    "etat",    "état",  "balance",
    "unpaid", "left",    "outstanding", "owed",   "remaining", "overdue", "solde", "restant",
    "ouvert", "ouverte", "impayé",      "impaye", "reste",     "pending", NULL};
static const char *const of_all[] = {"ever",  "total", "all",    "gross",      "lifetime",
                                     "brut",  "tous",  "toutes", "cumulative", "booked",
                                     "share", "rate",  "taux",   "part",       NULL};

/* A day of an entity that somebody asks to have passed, and what all selections make of it. */
struct duty {
  const struct attr *day;
  const struct attr *done;       /* what says that it was done; NULL: nothing does */
  const struct selection *asked; /* the first that looks at both; NULL: nobody does */
  bool undone;                   /* somebody looks at the day, and asks for what is open */
};

struct choosing {
  struct lint *l;
  selection_list list;
  VEC(struct duty) duties; /* each day once */
};

static struct choosing choices_of(struct lint *l) {
  return (struct choosing){.l = l, .list = selections_of(l)};
}

/* ---- a day that has passed ------------------------------------------------------------ */

static bool is_own_day(const struct term *t, const struct entity *e) {
  return t->kind == T_ATTR && t->type.unit == U_DATE && t->attr->entity == e;
}

static const struct attr *duty_passed(const struct term *t, const struct entity *e) {
  if (!t) return NULL;
  if (t->kind == T_FOR) return duty_passed(t->a, e);
  if (t->kind == T_AND) {
    const struct attr *found = duty_passed(t->a, e);
    return found ? found : duty_passed(t->b, e);
  }
  const struct term *day = selection_day_passed(t);
  return day && is_own_day(day, e) ? day->attr : NULL;
}

/* ---- and what says that it was done --------------------------------------------------- */

static bool is_called(const struct attr *at, const char *const *words) {
  return lint_has_word(at->name, words) || (at->column && lint_has_word(at->column, words));
}

static const struct attr *done_of(const struct entity *e) {
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *at = e->attrs.v[i];
    bool says = at->type.unit == U_DATE || at->type.unit == U_FLAG;
    if (says && is_called(at, done_words) && !is_called(at, duties)) return at;
  }
  return NULL;
}

static bool asks_its_state(const struct selection *s) {
  for (size_t i = 0; i < s->asked.n; i++)
    if (is_called(s->asked.v[i], states) || is_called(s->asked.v[i], done_words) ||
        s->asked.v[i]->kind == ATTR_ACTIVE || s->asked.v[i]->known_from)
      return true;
  return false;
}

static struct duty new_duty(const struct choosing *x, const struct attr *day) {
  struct duty d = {.day = day, .done = done_of(day->entity)};
  for (size_t i = 0; d.done && i < x->list.n; i++) {
    const struct selection *s = &x->list.v[i];
    if (!selection_asks(s, day)) continue;
    if (!d.asked && selection_asks(s, d.done)) d.asked = s;
    d.undone |= selection_way(s->where, d.done) < 0;
  }
  return d;
}

/* Found once for each day: thousands of rules ask for the same few. */
static struct duty duty_of(struct choosing *x, const struct attr *day) {
  for (size_t i = 0; i < x->duties.n; i++)
    if (x->duties.v[i].day == day) return x->duties.v[i];
  struct duty d = new_duty(x, day);
  VEC_PUSH(x->l->a, &x->duties, d);
  return d;
}

static void tell_done(struct lint *l, const struct selection *s, const struct duty *duty) {
  bool flag = duty->done->type.unit == U_FLAG;
  struct diag *d = lint_tell(l, s->at, "%s takes every %s whose `%s` has passed, also where `%s`%s",
                             selection_title(l, s), s->entity->name, duty->day->name,
                             duty->done->name, flag ? " holds" : " is known");
  if (duty->asked) lint_note(l, d, duty->asked->at, "here it is asked");
  lint_help(l, d, "add: and %s%s%s", flag ? "not " : "", duty->done->name,
            flag ? "" : " is unknown");
}

/* Who paid is reminded: a rule; or a KPI beside others that ask for what is open. */
static void check_turned(struct lint *l, const struct selection *s, const struct duty *duty) {
  static const char *const late_words[] = {"late", "tard", "retard", "delay", "days_to_pay", NULL};
  if (selection_way(s->where, duty->done) <= 0) return;
  bool beside = s->kpi && duty->undone && !lint_has_word(s->kpi->name, late_words);
  if (!s->rule && !beside) return;
  bool flag = duty->done->type.unit == U_FLAG;
  struct diag *d = lint_tell(l, s->at, "%s takes every %s whose `%s` has passed and which was done",
                             selection_title(l, s), s->entity->name, duty->day->name);
  lint_help(l, d, "for what is still open: and %s%s%s", flag ? "not " : "", duty->done->name,
            flag ? "" : " is unknown");
}

/* Below the line stand all, above it those that were done, or not: the other side asks. */
static bool is_whole_of_part(const struct choosing *x, const struct selection *s,
                             const struct attr *done) {
  const struct term *core = s->kpi ? s->kpi->term : NULL;
  if (!core || core->kind != T_ARITH || core->op != OP_DIV) return false;
  for (size_t i = 0; i < x->list.n; i++) {
    const struct selection *other = &x->list.v[i];
    if (other != s && other->kpi == s->kpi && other->entity == s->entity &&
        selection_asks(other, done))
      return true;
  }
  return false;
}

static void check_done(struct choosing *x, const struct selection *s) {
  const struct attr *day = duty_passed(s->where, s->entity);
  struct duty duty = day ? duty_of(x, day) : (struct duty){0};
  if (!duty.done) return;
  check_turned(x->l, s, &duty);
  if (is_whole_of_part(x, s, duty.done)) return;
  if (!asks_its_state(s) && (duty.asked || is_called(day, duties))) tell_done(x->l, s, &duty);
}

/* ---- a flag that all others ask for --------------------------------------------------- */

static bool asks_no_more(const struct selection *s, const struct selection *other) {
  for (size_t i = 0; i < s->asked.n; i++)
    if (!selection_asks(other, s->asked.v[i])) return false;
  return true;
}

struct others { /* KPIs over the same rows that ask for the flag, all of them the same way */
  const struct selection *first;
  size_t n;
  bool differ;
};

static struct others who_asks(const struct choosing *x, const struct selection *s,
                              const struct attr *flag) {
  struct others o = {NULL, 0, false};
  const struct kpi *last = NULL;
  for (size_t i = 0; i < x->list.n; i++) {
    const struct selection *other = &x->list.v[i];
    if (other->entity != s->entity || !other->kpi || other == s) continue;
    int way = selection_way(other->where, flag);
    if (!o.first) o.first = other;
    o.differ |= !way || way != selection_way(o.first->where, flag) || other->kpi == s->kpi ||
                !asks_no_more(s, other);
    if (other->kpi != last) o.n++, last = other->kpi;
  }
  return o;
}

/* The only one over rows of the entity that does not ask; NULL: there are more, or none. */
static const struct selection *only_one_without(const struct choosing *x, const struct attr *flag) {
  const struct selection *only = NULL;
  for (size_t i = 0; i < x->list.n; i++) {
    const struct selection *s = &x->list.v[i];
    if (!s->kpi || s->entity != flag->entity || selection_asks(s, flag)) continue;
    if (only) return NULL;
    only = s;
  }
  return only;
}

enum { OTHERS_LEAST = 2 };

static void check_flag(struct choosing *x, const struct attr *flag) {
  struct lint *l = x->l;
  const struct selection *s = only_one_without(x, flag);
  if (!s || lint_has_word(s->kpi->name, of_all)) return;
  struct others o = who_asks(x, s, flag);
  if (o.n < OTHERS_LEAST || o.differ) return;
  const char *no = selection_way(o.first->where, flag) < 0 ? "not " : "";
  struct diag *d = lint_tell(l, s->at, "`%s` is the only KPI over %s that does not ask for `%s%s`",
                             s->kpi->name, s->entity->name, no, flag->name);
  lint_note(l, d, o.first->at, "`%s` does, and so do the others", o.first->kpi->name);
  lint_help(l, d, "add to its `where`: %s%s; or say in the name that all count: total_%s", no,
            flag->name, s->kpi->name);
}

void lint_forgets_done(struct lint *l) {
  struct choosing x = choices_of(l);
  for (size_t i = 0; i < x.list.n; i++) check_done(&x, &x.list.v[i]);
}

void lint_forgets_flag(struct lint *l) {
  struct choosing x = choices_of(l);
  for (size_t i = 0; i < l->rs->entities.n; i++)
    for (size_t k = 0; k < l->rs->entities.v[i]->attrs.n; k++) {
      const struct attr *at = l->rs->entities.v[i]->attrs.v[k];
      if (at->type.unit == U_FLAG && at->kind != ATTR_ACTIVE) check_flag(&x, at);
    }
}
