/* Items: in, item.def and state.def; out, the same as data, the words for states, and the order in
 * which people read items. */
#include "action/item.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "base/check.h"

enum closer { NOBODY, PERSON, RUN };

static const struct {
  const char *name, *word;
  enum closer who;
} states[ITEM_STATES] = {
#define STATE(id, name, word, who) {name, word, who},
#include "action/state.def"
#undef STATE
};

static const struct {
  const char *word;
  bool to_do;
} holds[HOLD_NONE] = {
#define HOLD(id, word, to_do, holds) {word, to_do},
#include "action/hold.def"
#undef HOLD
};

const struct item_field item_fields[] = {
#define FIELD(name, kind, when, where, sql) \
  {#name, KIND_##kind, WHEN_##when, WHERE_##where, offsetof(struct item, name)},
#include "action/item.def"
#undef FIELD
};
const size_t n_item_fields = sizeof item_fields / sizeof *item_fields;

const struct item_field step_fields[] = {
#define FIELD(name, kind, when, where, sql) \
  {#name, KIND_##kind, WHEN_##when, WHERE_##where, offsetof(struct item_step, name)},
#include "action/item_step.def"
#undef FIELD
};
const size_t n_step_fields = sizeof step_fields / sizeof *step_fields;

size_t steps_checked(const struct item *i) {
  size_t n = 0;
  for (size_t k = 0; k < i->n_steps; k++) n += !step_open(&i->steps[k]);
  return n;
}

const char *steps_open_text(const struct item *i, struct arena *a) {
  const char *text = "";
  for (size_t k = 0; k < i->n_steps; k++)
    if (step_open(&i->steps[k])) text = arena_printf(a, "%s%s%zu", text, *text ? ", " : "", k + 1);
  return text;
}

const char *step_owner(const struct item *i, const struct item_step *s) {
  return s->team ? s->owner : i->owner;
}

struct item item_none(void) {
  struct item i = {.state = ITEM_OPEN};
  for (const struct item_field *f = item_fields; f < item_fields + n_item_fields; f++)
    if (f->kind == KIND_DAY) *(item_DAY *)(void *)((char *)&i + f->offset) = DAY_NONE;
  return i;
}

int item_columns(const struct item_field *f) { return f->kind == KIND_VALUE ? 6 : 1; }

const char *item_state_name(enum item_state s) {
  CHECK(s < ITEM_STATES);
  return states[s].name;
}

const char *item_state_word(enum item_state s) {
  CHECK(s < ITEM_STATES);
  return states[s].word;
}

bool item_state_by_person(enum item_state s) {
  CHECK(s < ITEM_STATES);
  return states[s].who == PERSON;
}

bool item_state_from_name(const char *name, enum item_state *out) {
  for (int i = 0; name && i < ITEM_STATES; i++) {
    if (strcmp(states[i].name, name) != 0) continue;
    *out = (enum item_state)i;
    return true;
  }
  return false;
}

enum item_hold item_hold(const struct item *i) {
  if (!item_living(i)) return HOLD_NONE;
#define HOLD(id, word, to_do, holds) \
  if (holds) return HOLD_##id;
#include "action/hold.def"
#undef HOLD
  return HOLD_NONE;
}

bool item_to_do(const struct item *i) {
  enum item_hold h = item_hold(i);
  return item_living(i) && (h == HOLD_NONE || holds[h].to_do);
}

const char *item_word(const struct item *i) {
  enum item_hold h = item_hold(i);
  return h == HOLD_NONE ? item_state_word(i->state) : holds[h].word;
}

bool item_late(const struct item *i, day_t today) {
  return (item_to_do(i) || item_hold(i) == HOLD_SNOOZED) && i->due != DAY_NONE && i->due < today;
}

int priority_rank(const char *word) {
  return strcmp(word, "high") == 0 ? 0 : strcmp(word, "low") == 0 ? 2 : 1;
}

bool item_counts(const struct item *i) { return !i->row_gone && i->rule_gone == DAY_NONE; }

void item_end_snooze(struct item *i) {
  i->snoozed_until = DAY_NONE;
  i->snoozed_margins = NULL;
}

void item_end_ack(struct item *i) {
  i->acknowledged = DAY_NONE;
  i->acknowledged_by = NULL;
}

/* The most first. Amounts of one currency, nearly all there are, compare as they stand. */
int worth_cmp(const struct value *a, const struct value *b) {
  if (a->known != b->known) return a->known ? -1 : 1;
  if (!a->known) return 0;
  double x = a->num, y = b->num;
  if (!text_same(a->type.currency, b->type.currency)) {
    x /= currency_minor(a->type.currency);
    y /= currency_minor(b->type.currency);
  }
  return (x < y) - (x > y);
}

/* What mostly decides, beside the item: a sort of many looks into few of them. */
struct urgency {
  day_t due;
  const struct item *item;
  struct {
    bool known;
    double num;
    const char *currency;
  } worth;
};

/* worth_cmp, without the rest of a value. */
static int by_worth(const struct urgency *a, const struct urgency *b) {
  if (a->worth.known && b->worth.known && a->worth.currency == b->worth.currency)
    return (a->worth.num < b->worth.num) - (a->worth.num > b->worth.num);
  return worth_cmp(&a->item->worth, &b->item->worth);
}

static int by_urgency(const void *pa, const void *pb) {
  const struct urgency *x = pa, *y = pb;
  if (x->due != y->due) {
    if (x->due == DAY_NONE) return 1;
    if (y->due == DAY_NONE) return -1;
    return x->due < y->due ? -1 : 1;
  }
  const struct item *a = x->item, *b = y->item;
  int c = by_worth(x, y);
  if (!c) c = text_cmp(a->rule, b->rule);
  if (!c) c = text_cmp(a->key, b->key);
  if (!c) c = text_cmp(a->once, b->once);
  return c ? c : (a->seq > b->seq) - (a->seq < b->seq);
}

void items_sort(const struct item **items, size_t n) {
  struct urgency *list = xmalloc(n * sizeof *list);
  for (size_t k = 0; k < n; k++) {
    const struct item *i = items[k];
    list[k] = (struct urgency){i->due, i, {i->worth.known, i->worth.num, i->worth.type.currency}};
  }
  if (n) qsort(list, n, sizeof *list, by_urgency);
  for (size_t k = 0; k < n; k++) items[k] = list[k].item;
  free(list);
}

const char *item_subject(const struct item *i) {
  return i->label ? i->label : i->key ? i->key : "(unknown)";
}

const char *item_about(const struct item *i, struct arena *a) {
  const char *subject = item_subject(i);
  bool said = !i->account || strstr(subject, i->account);
  return said ? subject : arena_printf(a, "%s, %s", subject, i->account);
}

int item_money_cmp(const struct item *a, const struct item *b) {
  int c = worth_cmp(&a->worth, &b->worth);
  if (!c) c = (a->due > b->due) - (a->due < b->due);
  return c ? c : (a->id > b->id) - (a->id < b->id);
}

struct item_counts items_count(const struct item *const *items, size_t n, day_t as_of) {
  struct item_counts c = {0};
  for (size_t i = 0; i < n; i++) {
    const struct item *it = items[i];
    bool to_do = item_to_do(it);
    c.gone += to_do && !item_counts(it);
    c.to_do += to_do && item_counts(it);
    c.late += to_do && item_counts(it) && item_late(it, as_of);
    enum item_hold h = item_hold(it);
    if (h != HOLD_NONE) c.held[h]++;
  }
  return c;
}
