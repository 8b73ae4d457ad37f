/* The holidays of the calendar. In: the table it names. Out: its days in the rule set's calendar.
 */
#include "judge/judge.h"

struct days {
  struct arena *arena;
  VEC(day_t) list;
};

static bool take_days(void *ctx, const struct batch *b) {
  struct days *d = ctx;
  for (size_t i = 0; i < b->n; i++)
    if (bit_get(b->columns[0].valid, i)) VEC_PUSH(d->arena, &d->list, (day_t)b->columns[0].num[i]);
  return true;
}

bool load_holidays(struct ruleset *rs, struct dataset *dataset, struct diags *problems) {
  if (!rs->holidays_table) return true;
  struct days d = {.arena = rs->arena};
  struct scan_column c = {.column = rs->holidays_column,
                          .kind = CELL_DATE,
                          .what = "holidays",
                          .form = rs->holidays_form};
  struct scan s = {.table = rs->holidays_table,
                   .columns = &c,
                   .n_columns = 1,
                   .key_column = -1,
                   .tz = rs->tz,
                   .take = take_days,
                   .ctx = &d};
  if (!dataset_scan(dataset, &s, problems)) return false;
  calendar_set_holidays(&rs->calendar, rs->arena, d.list.v, d.list.n);
  return true;
}
