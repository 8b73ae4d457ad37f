/* The life cycle. In: the newest item of each identity and today's verdicts. Out: the changes,
 * the counts, and the items as they are after. Items are sorted by rule, entity and key, so the
 * items of a row stand side by side. */
#include "action/decide.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "action/compare.h"
#include "action/value_json.h"
#include "base/vec.h"

/* Items [first, last) of one rule, or of one row of it. */
struct stretch {
  size_t first, last;
};

struct decide_ctx {
  struct arena *a;
  const struct verdicts *v;
  const struct rule_verdict *rule; /* the one being decided */
  struct stretch mine;             /* its items, among those before */
  VEC(struct item) items;
  size_t n_before;
  bool *hit;       /* before items: their row is one that the rule acts on */
  bool *rule_seen; /* before items: their rule is in the files */
  VEC(struct change) changes;
  struct counts counts;
};

const char *change_name(enum change_kind k) {
  switch (k) {
    case CHANGE_OPEN: return "opened";
    case CHANGE_REOPEN: return "opened again";
    case CHANGE_UPDATE: return "updated";
    case CHANGE_RESOLVE: return "resolved";
    case CHANGE_ROW_GONE: return "row gone";
    case CHANGE_ROW_BACK: return "row back";
    case CHANGE_ESCALATE: return "escalated";
    case CHANGE_REARM: return "may open again";
  }
  return "";
}

static int by_row(const void *pa, const void *pb) {
  const struct item *a = pa, *b = pb;
  int c = text_cmp(a->rule, b->rule);
  if (!c) c = text_cmp(a->entity, b->entity);
  if (!c) c = text_cmp(a->key, b->key);
  if (!c) c = (a->id > b->id) - (a->id < b->id);
  return c;
}

static void record_change(struct decide_ctx *d, enum change_kind kind, size_t item,
                          const char *field, const char *old, const char *now) {
  struct change c = {.kind = kind, .item = item, .field = field, .old = old, .now = now};
  VEC_PUSH(d->a, &d->changes, c);
}

/* ---- finding a row's items ------------------------------------------------------------ */

static int against_rule(const struct item *i, const struct rule_verdict *r, const char *key) {
  (void)key;
  int c = strcmp(i->rule, r->rule);
  return c ? c : strcmp(i->entity, r->entity);
}

static int against_key(const struct item *i, const struct rule_verdict *r, const char *key) {
  (void)r;
  return text_cmp(i->key, key);
}

/* The items in `among` that compare equal. */
static struct stretch find(const struct decide_ctx *d, struct stretch among, const char *key,
                           int (*against)(const struct item *, const struct rule_verdict *,
                                          const char *)) {
  struct stretch s = among;
  for (size_t hi = among.last; s.first < hi;) {
    size_t mid = s.first + (hi - s.first) / 2;
    if (against(&d->items.v[mid], d->rule, key) < 0)
      s.first = mid + 1;
    else
      hi = mid;
  }
  for (s.last = s.first; s.last < among.last && against(&d->items.v[s.last], d->rule, key) == 0;)
    s.last++;
  return s;
}

/* ---- a row on which the rule acts ----------------------------------------------------- */

static bool text_field(struct decide_ctx *d, size_t item, const char *field, const char **have,
                       const char *now) {
  if (text_same(*have, now)) return false;
  record_change(d, CHANGE_UPDATE, item, field, *have, now);
  *have = now;
  return true;
}

static char *worth_text(struct arena *a, const struct value *w) {
  char buf[128];
  return arena_strdup(a, value_text(w, buf, sizeof buf));
}

static bool worth_field(struct decide_ctx *d, size_t item, struct value *have,
                        const struct value *now) {
  if (!have->known && !now->known) return false;
  if (have->known && now->known && have->num == now->num && have->type.unit == now->type.unit &&
      have->rows == now->rows && have->of_rows == now->of_rows &&
      text_same(have->type.currency, now->type.currency))
    return false;
  record_change(d, CHANGE_UPDATE, item, "worth", have->known ? worth_text(d->a, have) : NULL,
                now->known ? worth_text(d->a, now) : NULL);
  *have = *now;
  return true;
}

/* Whose money it is. */
static bool measure_fields(struct decide_ctx *d, size_t item, const char *key) {
  struct item *i = &d->items.v[item];
  bool known = i->worth.known, first = !i->worth_of;
  bool changed = text_field(d, item, "worth_of", &i->worth_of, known ? d->rule->worth_name : NULL);
  i->worth_entity = known ? d->rule->worth_entity : NULL;
  if (known && !first) return text_field(d, item, "worth_key", &i->worth_key, key) || changed;
  i->worth_key = known ? key : NULL;
  return changed;
}

/* Tells the team above, once in the life of an item. The team and the owner keep it: they still
 * act. On the day an item opens its owner has had no time, whatever the delay. */
static bool escalate(struct decide_ctx *d, size_t at) {
  struct item *i = &d->items.v[at];
  const struct rule_verdict *r = d->rule;
  if (!r->escalates_to || i->escalated_to || i->due == DAY_NONE || d->v->as_of <= i->opened)
    return false;
  if (d->v->as_of < day_shift(d->v->calendar, i->due, r->escalate_after, 1)) return false;
  record_change(d, CHANGE_ESCALATE, at, "escalated_to", NULL, r->escalates_to);
  i->escalated_to = r->escalates_to;
  i->escalated_on = d->v->as_of;
  d->counts.escalated++;
  return true;
}

/* The seq of the next item of this identity. */
static int next_seq(const struct decide_ctx *d, struct stretch row, const char *once) {
  int seq = 0;
  for (size_t i = row.first; i < row.last; i++) {
    const struct item *it = &d->items.v[i];
    if (text_same(it->once, once) && it->seq > seq) seq = it->seq;
  }
  return seq + 1;
}

/* An item that was open and still is. */
static void count_open(struct decide_ctx *d, size_t at, bool updated) {
  bool escalated = escalate(d, at);
  d->counts.updated += updated;
  d->counts.unchanged += !updated && !escalated;
}

/* The open item of a row follows the data; what was said at opening and what a person set stays. */
static void follow(struct decide_ctx *d, struct stretch row, size_t at, const struct hit *h) {
  struct item *i = &d->items.v[at];
  bool changed = false;
  if (i->row_gone) {
    record_change(d, CHANGE_ROW_BACK, at, "row_gone", "yes", "no");
    i->row_gone = false;
    changed = true;
  }
  if (h->once && !text_same(i->once, h->once)) { /* an unknown once value keeps the old one */
    i->seq = next_seq(d, row, h->once);
    changed |= text_field(d, at, "once", &i->once, h->once);
  }
  if (!i->group_values) i->group_values = values_json_text(h->by, h->n_by, d->a);
  if (!i->owner_by_person) changed |= text_field(d, at, "owner", &i->owner, h->owner);
  changed |= text_field(d, at, "label", &i->label, h->label);
  changed |= text_field(d, at, "team", &i->team, d->rule->team);
  changed |= text_field(d, at, "priority", &i->priority, d->rule->priority);
  changed |= worth_field(d, at, &i->worth, &h->worth);
  changed |= measure_fields(d, at, h->worth_key);
  count_open(d, at, changed);
}

static void open_item(struct decide_ctx *d, struct stretch row, const struct item *prior,
                      const struct hit *h) {
  struct item i = {.rule = d->rule->rule,
                   .entity = d->rule->entity,
                   .key = h->key,
                   .group_values = values_json_text(h->by, h->n_by, d->a),
                   .once = h->once,
                   .seq = next_seq(d, row, h->once),
                   .label = h->label,
                   .team = d->rule->team,
                   .owner = h->owner,
                   .action = h->action,
                   .priority = d->rule->priority,
                   .worth = h->worth,
                   .worth_of = h->worth.known ? d->rule->worth_name : NULL,
                   .worth_entity = h->worth.known ? d->rule->worth_entity : NULL,
                   .worth_key = h->worth.known ? h->worth_key : NULL,
                   .opened = d->v->as_of,
                   .due = h->due,
                   .due_late = h->due_late,
                   .state = ITEM_OPEN,
                   .closed = DAY_NONE,
                   .escalated_on = DAY_NONE,
                   .because = h->because,
                   .n_because = h->n_because};
  enum change_kind kind = prior ? CHANGE_REOPEN : CHANGE_OPEN;
  const char *old = prior ? item_state_name(prior->state) : NULL;
  VEC_PUSH(d->a, &d->items, i);
  record_change(d, kind, d->items.n - 1, "state", old, item_state_name(ITEM_OPEN));
  d->counts.opened++;
}

/* The closed item that speaks for a hit: the newest with its once value. Where that value is
 * unknown, or the rule has no `once per`, the row's newest whatever its value, for it may well be
 * the same occasion. */
static const struct item *prior_of(const struct decide_ctx *d, struct stretch row,
                                   const char *once) {
  const struct item *prior = NULL;
  /* ascending by id: the last match is the newest */
  for (size_t i = row.first; i < row.last; i++) {
    const struct item *it = &d->items.v[i];
    if (!once || text_same(it->once, once)) prior = it;
  }
  return prior;
}

static void act_on(struct decide_ctx *d, const struct hit *h) {
  struct stretch row = find(d, d->mine, h->key, against_key);
  size_t open = row.last;
  for (size_t i = row.first; i < row.last; i++) {
    d->hit[i] = true;
    if (d->items.v[i].state == ITEM_OPEN) open = i;
  }
  if (open < row.last) {
    follow(d, row, open, h);
    return;
  }
  const struct item *prior = prior_of(d, row, h->once);
  if (!prior || prior->armed) open_item(d, row, prior, h);
}

/* ---- a row on which it does not ------------------------------------------------------- */

static void close_or_keep(struct decide_ctx *d, size_t at, struct standing s) {
  struct item *i = &d->items.v[at];
  bool cleared =
      d->rule->has_clear ? s.clear == TRUTH_TRUE && s.when != TRUTH_TRUE : s.when == TRUTH_FALSE;
  bool was_gone = i->row_gone;
  if (was_gone == s.present) {
    i->row_gone = !s.present;
    record_change(d, s.present ? CHANGE_ROW_BACK : CHANGE_ROW_GONE, at, "row_gone",
                  was_gone ? "yes" : "no", s.present ? "no" : "yes");
  }
  if (s.present && cleared) {
    i->state = ITEM_RESOLVED;
    i->closed = d->v->as_of;
    i->armed = true;
    record_change(d, CHANGE_RESOLVE, at, "state", item_state_name(ITEM_OPEN),
                  item_state_name(ITEM_RESOLVED));
    d->counts.resolved++;
  } else {
    bool worth = s.present && d->rule->worth_name && worth_field(d, at, &i->worth, &s.worth);
    count_open(d, at, was_gone == s.present || worth);
  }
}

static void settle(struct decide_ctx *d, size_t at) {
  struct item *i = &d->items.v[at];
  if (i->state != ITEM_OPEN && i->armed) return;
  struct standing s = d->v->standing(d->v, d->rule, i->key);
  if (i->state == ITEM_OPEN) {
    close_or_keep(d, at, s);
  } else if (s.present && s.when == TRUTH_FALSE) {
    i->armed = true;
    record_change(d, CHANGE_REARM, at, "armed", "no", "yes");
  }
}

/* ---- all of it ------------------------------------------------------------------------ */

static void decide_rule(struct decide_ctx *d, const struct rule_verdict *r) {
  d->rule = r;
  d->mine = find(d, (struct stretch){0, d->n_before}, NULL, against_rule);
  for (size_t h = 0; h < r->n_hits; h++) act_on(d, &r->hits[h]);
  for (size_t i = d->mine.first; i < d->mine.last; i++) {
    d->rule_seen[i] = true;
    if (!d->hit[i]) settle(d, i);
  }
}

/* The state's unique index sees to it (item_sql.c); two would be two people with one task. */
static void check_one_open(const struct item *items, size_t n) {
  const struct item *open = NULL;
  for (size_t i = 0; i < n; i++) {
    if (items[i].state != ITEM_OPEN) continue;
    CHECK(!open || text_cmp(open->rule, items[i].rule) || text_cmp(open->entity, items[i].entity) ||
          text_cmp(open->key, items[i].key));
    open = &items[i];
  }
}

void decide(const struct item *before, size_t n_before, const struct verdicts *v, struct arena *a,
            struct decision *out) {
  struct decide_ctx d = {.a = a, .v = v, .n_before = n_before};
  for (size_t i = 0; i < n_before; i++) VEC_PUSH(a, &d.items, before[i]);
  if (n_before) qsort(d.items.v, n_before, sizeof *d.items.v, by_row);
  check_one_open(d.items.v, n_before);
  d.hit = NEW_N(a, bool, n_before);
  d.rule_seen = NEW_N(a, bool, n_before);
  for (size_t r = 0; r < v->n_rules; r++) decide_rule(&d, &v->rules[r]);

  bool *rule_gone = NEW_N(a, bool, d.items.n);
  for (size_t i = 0; i < n_before; i++) {
    if (d.rule_seen[i]) continue;
    rule_gone[i] = true;
    if (d.items.v[i].state != ITEM_OPEN) continue;
    d.counts.unchanged++;
    d.counts.rule_gone++;
  }
  *out = (struct decision){.items = d.items.v,
                           .n_items = d.items.n,
                           .rule_gone = rule_gone,
                           .changes = d.changes.v,
                           .n_changes = d.changes.n,
                           .counts = d.counts};
}
