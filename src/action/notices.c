/* In: the outcome of a run or a plan. Out: what to look at first, one paragraph each. */
#include "action/notices.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "action/absence_text.h"
#include "action/compare.h"
#include "action/short_name.h"
#include "base/text.h"
#include "eval/results.h"
#include "judge/judge.h"

struct noticing {
  const struct outcome *o;
  const struct changes *c;
  const struct ledger *money;
  const char *domain;
  notice_list list;
  struct arena *a;
};

static void notice(struct noticing *x, const char *text) { VEC_PUSH(x->a, &x->list, text); }

const char *outcome_items(const struct outcome *o, const char *options, struct arena *a) {
  const char *state = strcmp(o->state_path, STATE_DEFAULT) == 0
                          ? ""
                          : arena_printf(a, " --state %s", text_shell_word(a, o->state_path));
  return arena_printf(a, "vigie items%s%s%s", state, *options ? " " : "", options);
}

/* " (vigie items --late)"; of a plan nothing, for its items are not kept. */
static const char *see(const struct noticing *x, const char *options) {
  if (!x->o->written) return "";
  return arena_printf(x->a, " (%s)", outcome_items(x->o, options, x->a));
}

static const char *money_text(struct stake *s, struct arena *a) {
  const char *money = stake_money(s, true, a);
  return *money ? arena_printf(a, ": %s", money) : "";
}

/* ---- the data ------------------------------------------------------------------------- */

/* Ten times as many as usual, and as many as a person cannot overlook. */
enum { FLOOD_TIMES = 10, FLOOD_LEAST = 20 };

/* Before anybody works on them: perhaps it is a table that was not filled. */
static void notice_flood(struct noticing *x) {
  const struct verdicts *v = x->o->verdicts;
  long opened = x->o->decision.counts.opened, usual = x->o->usual_openings;
  char day[16];
  table_days tables;
  if (usual < 0 || opened < FLOOD_LEAST || opened < FLOOD_TIMES * usual) return;
  const char *text =
      arena_printf(x->a, "%s items %s at once; the last runs opened %s each. Is the data complete?",
                   grouped_count(opened, x->a), x->o->written ? "opened" : "would open",
                   grouped_count(usual, x->a));
  evaluation_newest_days(verdicts_evaluation(v), v->as_of, &tables);
  for (size_t i = 0; i < tables.n; i++)
    text = arena_printf(x->a, "%s%s %s %s", text, i ? "," : " Newest rows:", tables.v[i].table,
                        day_text(tables.v[i].newest, day));
  notice(x, text);
}

/* "feature_usage stopped 20 days ago, nps_answers 3 days ago" */
static const char *stopped_text(const table_days *tables, day_t as_of, struct arena *a) {
  const char *text = "";
  for (size_t i = 0; i < tables->n; i++) {
    long back = as_of - tables->v[i].newest;
    text = arena_printf(a, "%s%s%s stopped %ld %s ago", text, i ? ", " : "", tables->v[i].table,
                        back, plural(back, "day", "days"));
  }
  return text;
}

/* How many items of each rule this run has opened, by rule of the verdicts. */
static const long *opened_by_rule(const struct decision *d, const struct verdicts *v,
                                  struct arena *a) {
  struct map at = {0};
  long *opened = NEW_N(a, long, v->n_rules + 1);
  for (size_t r = 0; r < v->n_rules; r++) map_put(&at, a, v->rules[r].rule, &opened[r]);
  for (size_t i = d->n_before; i < d->n_items; i++) {
    long *n = item_living(&d->items[i]) ? map_get(&at, d->items[i].rule) : NULL;
    if (n) ++*n;
  }
  return opened;
}

/* Sums over a table that is not filled any more only seem to fall. */
static void notice_stopped(struct noticing *x) {
  const struct verdicts *v = x->o->verdicts;
  const long *opened = opened_by_rule(&x->o->decision, v, x->a);
  for (size_t r = 0; r < v->n_rules; r++) {
    long n = opened[r];
    table_days tables;
    if (n < FLOOD_LEAST) continue;
    verdicts_stopped(v, r, &tables);
    if (!tables.n) continue;
    notice(x, arena_printf(x->a,
                           "%s %s %s; %s: probably not real. Load it and run again: what is not "
                           "real closes",
                           grouped_count(n, x->a), v->rules[r].rule,
                           x->o->written ? "opened" : "would open",
                           stopped_text(&tables, v->as_of, x->a)));
  }
}

static void notice_cut_off(struct noticing *x) {
  const struct decision *d = &x->o->decision;
  for (size_t i = 0; i < d->n_cut_off; i++)
    notice(x, arena_printf(
                  x->a,
                  "The table of %s looks cut off: %ld of the %ld that have items are gone at "
                  "once. None of its items was changed; load the table again, then run again.",
                  plural_name(x->a, d->cut_off[i].entity), d->cut_off[i].gone, d->cut_off[i].rows));
}

/* ---- people --------------------------------------------------------------------------- */

static const char *rules_text(const struct map *rules, struct arena *a) {
  const char *text = "";
  for (size_t i = 0; i < rules->cap; i++)
    if (rules->slots[i].key)
      text = arena_printf(a, "%s%s%s", text, *text ? ", " : "", rules->slots[i].key);
  return text;
}

struct nobodys {
  struct stake stake;
  struct map rules;
  struct arena *a;
};

static void take_nobodys(void *ctx, const char *owner, const struct measure_sum *of, double amount,
                         bool shared) {
  struct nobodys *n = ctx;
  (void)shared;
  if (!owner) stake_add_row(&n->stake, of, amount, n->a);
}

static void count_nobodys(const struct noticing *x, struct nobodys *n) {
  for (size_t i = 0; i < x->o->n_open; i++) {
    const struct item *it = x->o->open[i];
    if (it->owner) continue;
    n->stake.items++;
    map_put(&n->rules, x->a, it->rule, (void *)it->rule);
  }
  for (size_t k = 0; k < x->o->standing.n_groups; k++) {
    const struct standing_group *g = &x->o->standing.groups[k];
    if (g->owner) continue;
    n->stake.items += g->n;
    map_put(&n->rules, x->a, g->rule->rule, (void *)g->rule->rule);
  }
  if (n->stake.items) ledger_each(x->money, take_nobodys, n);
}

/* What nobody would see otherwise. */
static void notice_nobodys(struct noticing *x) {
  struct nobodys n = {.a = x->a};
  count_nobodys(x, &n);
  struct stake stake = n.stake;
  if (!stake.items) return;
  notice(x, arena_printf(x->a,
                         "%ld %s no owner (%s)%s. Give the rule an `assign`, or its team's "
                         "`assigns` an `else \"person\"`%s",
                         stake.items, plural(stake.items, "item has", "items have"),
                         rules_text(&n.rules, x->a), money_text(&stake, x->a),
                         see(x, "--owner none")));
}

static void notice_absences(struct noticing *x, bool need) {
  const struct decision *d = &x->o->decision;
  for (size_t i = 0; i < d->n_absences; i++)
    if (absence_needs_a_look(&d->absences[i]) == need)
      notice(x, absence_line(&d->absences[i], x->a));
}

static void notice_absent_needs(struct noticing *x) { notice_absences(x, true); }
static void notice_absent(struct noticing *x) { notice_absences(x, false); }

enum { NEED_ROWS = 5 };

/* Due days that pass first, then priority high; both in the order of items_sort. */
static void notice_needs(struct noticing *x) {
  day_t today = x->o->verdicts->as_of;
  size_t n = 0, shown = 0;
  for (size_t i = 0; i < x->o->n_open; i++) n += waits_in_need(x->o->open[i], today);
  for (int past = 1; past >= 0; past--)
    for (size_t i = 0; i < x->o->n_open && shown < NEED_ROWS; i++) {
      const struct item *it = x->o->open[i];
      if (!waits_in_need(it, today) || is_due_past(it, today) != (past == 1)) continue;
      char due[16];
      const char *why = past ? arena_printf(x->a, "was due on %s", day_text(it->due, due))
                             : "is of priority high";
      const char *number = it->kept ? arena_printf(x->a, "#%lld ", (long long)it->id) : "";
      notice(x, arena_printf(x->a, "%s%s (%s) waits for room and %s: %s", number, item_subject(it),
                             it->rule, why, short_name(it->owner, x->domain, x->a)));
      shown++;
    }
  if (shown < n)
    notice(x,
           arena_printf(x->a, "%zu more wait that should not%s", n - shown, see(x, "--waiting")));
}

static void notice_went_up(struct noticing *x) {
  changed_sums sums = changes_sums(x->c, x->a);
  for (size_t i = 0; i < sums.n; i++) {
    struct changed_sum *s = &sums.v[i];
    if (s->group->kind != CHANGED_ESCALATED) continue;
    const char *options = arena_printf(x->a, "--late --rule %s", text_shell_word(x->a, s->rule));
    notice(x, arena_printf(x->a, "%ld of %s went up to %s%s%s", s->n, s->rule, s->group->to,
                           money_text(&s->stake, x->a), see(x, options)));
  }
}

/* ---- rules ---------------------------------------------------------------------------- */

/* How the items of a rule stand. */
struct rule_load {
  const char *rule;
  long to_do, late;
  day_t first;  /* when the first of them opened */
  int priority; /* priority_rank: high first */
  bool touched, went_up;
};
typedef VEC(struct rule_load) rule_loads;

struct loading {
  struct arena *a;
  struct map by_rule; /* places in the list, + 1 */
  rule_loads list;
};

static struct rule_load *load_of(struct loading *x, const char *rule, day_t opened,
                                 const char *priority) {
  size_t at = (size_t)(uintptr_t)map_get(&x->by_rule, rule);
  if (!at) {
    VEC_PUSH(
        x->a, &x->list,
        ((struct rule_load){.rule = rule, .first = opened, .priority = priority_rank(priority)}));
    map_put(&x->by_rule, x->a, rule, (void *)(uintptr_t)(at = x->list.n));
  }
  struct rule_load *l = &x->list.v[at - 1];
  if (opened < l->first) l->first = opened;
  return l;
}

static void load_standing(struct loading *x, const struct items_standing *s) {
  for (size_t k = 0; k < s->n_groups; k++) {
    const struct standing_group *g = &s->groups[k];
    struct rule_load *l = load_of(x, g->rule->rule, g->opened, g->rule->priority);
    l->to_do += g->n;
    l->late += g->late;
    l->touched |= g->touched;
  }
}

static rule_loads loads_of(const struct noticing *x) {
  struct loading to = {.a = x->a};
  day_t today = x->o->verdicts->as_of;
  for (size_t i = 0; i < x->o->n_open; i++) {
    const struct item *it = x->o->open[i];
    if (!item_to_do(it) || !item_counts(it)) continue;
    struct rule_load *l = load_of(&to, it->rule, it->opened, it->priority);
    l->to_do++;
    l->late += item_late(it, today);
    l->touched |= it->touched != DAY_NONE || it->acknowledged != DAY_NONE;
    l->went_up |= it->escalated_on == today;
  }
  load_standing(&to, &x->o->standing);
  return to.list;
}

/* The urgent before the many. */
static int by_late(const void *pa, const void *pb) {
  const struct rule_load *a = pa, *b = pb;
  if (a->priority != b->priority) return a->priority < b->priority ? -1 : 1;
  return a->late != b->late ? (a->late < b->late) - (a->late > b->late) : strcmp(a->rule, b->rule);
}

/* From so many on nobody works on them; a few rules are news, more are noise. */
enum { UNTOUCHED_LEAST = 5, UNTOUCHED_RULES = 2 };

static void notice_untouched(struct noticing *x) {
  rule_loads list = loads_of(x);
  char day[16];
  long said = 0;
  if (list.n) qsort(list.v, list.n, sizeof *list.v, by_late);
  for (size_t i = 0; i < list.n; i++) {
    const struct rule_load *l = &list.v[i];
    if (l->late < UNTOUCHED_LEAST || l->late < l->to_do || l->touched || l->went_up) continue;
    if (said++ >= UNTOUCHED_RULES) continue;
    const char *options = arena_printf(x->a, "--rule %s", text_shell_word(x->a, l->rule));
    notice(x, arena_printf(x->a, "All %ld of %s are late, and nobody has touched one since %s%s",
                           l->late, l->rule, day_text(l->first, day), see(x, options)));
  }
  if (said > UNTOUCHED_RULES)
    notice(x, arena_printf(x->a, "The same of %ld more %s%s", said - UNTOUCHED_RULES,
                           plural((size_t)(said - UNTOUCHED_RULES), "rule", "rules"),
                           see(x, "--late")));
}

static void notice_rules_gone(struct noticing *x) {
  rule_loads gone = {0};
  long n = 0;
  for (size_t i = 0; i < x->o->n_open; i++) {
    const struct item *it = x->o->open[i];
    if (it->rule_gone == DAY_NONE) continue;
    size_t k = 0;
    while (k < gone.n && strcmp(gone.v[k].rule, it->rule) != 0) k++;
    if (k == gone.n) VEC_PUSH(x->a, &gone, ((struct rule_load){.rule = it->rule}));
    gone.v[k].to_do++;
    n++;
  }
  if (!n) return;
  const char *text =
      arena_printf(x->a, "Kept as they are, for their rule is no longer in the files: %ld %s", n,
                   plural(n, "item", "items"));
  for (size_t k = 0; k < gone.n; k++)
    text = arena_printf(x->a, "%s %s %ld",
                        k ? arena_printf(x->a, "%s,", text) : arena_printf(x->a, "%s:", text),
                        gone.v[k].rule, gone.v[k].to_do);
  notice(x, text);
}

enum where { BOTH, RUN };
enum when { ALWAYS, NEWS };

notice_list notices_of(const struct outcome *o, const struct changes *c, const struct ledger *money,
                       const char *domain, bool quiet, struct arena *a) {
  static const struct {
    void (*add)(struct noticing *);
    enum where where;
    enum when when;
  } rows[] = {
#define NOTICE(name, where, when) {notice_##name, where, when},
#include "action/notice.def"
#undef NOTICE
  };
  struct noticing x = {.o = o, .c = c, .money = money, .domain = domain, .a = a};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    if ((rows[i].where == RUN && !o->written) || (rows[i].when == NEWS && quiet)) continue;
    rows[i].add(&x);
  }
  return x.list;
}
