/* In: the outcome of a run. Out: what waits for room, of whom, and what of it somebody should see.
 */
#include "action/print_waiting.h"

#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/gate.h"
#include "action/item_table.h"
#include "base/text.h"

enum { NEED_ROWS = 8, PEOPLE_SHOWN = 6 };

static int by_waiting(const void *pa, const void *pb) {
  const struct queue *a = *(const struct queue *const *)pa, *b = *(const struct queue *const *)pb;
  if (a->waiting != b->waiting) return a->waiting > b->waiting ? -1 : 1;
  int c = text_cmp(a->owner, b->owner);
  return c ? c : text_cmp(a->team, b->team);
}

/* Due days that pass first, then priority high; both in the order of items_sort. */
static void say_needs(FILE *f, const struct outcome *o, struct arena *a) {
  day_t today = o->verdicts->as_of;
  size_t n = 0;
  for (size_t i = 0; i < o->n_open; i++) n += waits_in_need(o->open[i], today);
  if (!n) return;
  fputs("They wait for room, and should not:\n", f);
  size_t shown = 0;
  for (int past = 1; past >= 0; past--)
    for (size_t i = 0; i < o->n_open && shown < NEED_ROWS; i++) {
      const struct item *it = o->open[i];
      if (!waits_in_need(it, today) || is_due_past(it, today) != (past == 1)) continue;
      char due[16];
      const char *why = past ? arena_printf(a, "was due on %s", day_text(it->due, due)) : "high";
      const char *number = it->kept ? arena_printf(a, "#%lld ", (long long)it->id) : "";
      text_print_line(f, "  %s%s (%s), %s: %s", number, item_subject(it), it->rule, why,
                      it->owner ? it->owner : "nobody");
      shown++;
    }
  if (shown < n) text_print_line(f, "  and %zu more", n - shown);
  fputc('\n', f);
}

/* "benoit.lacroix@acme.example 1, elise.dandrea@acme.example 1" */
static const char *people_text(const struct queue *const *waiting, size_t n, struct arena *a) {
  const char *text = "";
  for (size_t i = 0; i < n && i < PEOPLE_SHOWN; i++)
    text =
        arena_printf(a, "%s%s%s %ld", text, i ? ", " : "", waiting[i]->owner, waiting[i]->waiting);
  if (n > PEOPLE_SHOWN) text = arena_printf(a, "%s, %zu more people", text, n - PEOPLE_SHOWN);
  return text;
}

void print_waiting(FILE *f, const struct outcome *o, const struct text_style *style,
                   struct arena *a) {
  struct stake all = {0};
  for (size_t i = 0; i < o->n_open; i++)
    if (item_hold(o->open[i]) == HOLD_WAITING && item_counts(o->open[i]))
      stake_add(&all, o->open[i], a);
  if (!all.items) return;
  say_needs(f, o, a);
  if (style->quiet) return;
  const struct queue **waiting = NEW_N(a, const struct queue *, o->n_queues + 1);
  size_t n = 0;
  for (size_t i = 0; i < o->n_queues; i++)
    if (o->queues[i].waiting) waiting[n++] = &o->queues[i];
  if (n) qsort(waiting, n, sizeof *waiting, by_waiting);
  const char *money = stake_money(&all, true, a);
  text_print_line(f, "Waiting for room: %ld %s%s%s; %s", all.items,
                  plural(all.items, "item", "items"), *money ? ", " : "", money,
                  people_text(waiting, n, a));
  fputc('\n', f);
}
