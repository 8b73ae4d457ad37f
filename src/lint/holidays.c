/* Holidays that are in the data and in no calendar. In: the names of its tables, how rules count
 * days. Out: a table of holidays that nothing reads, beside rules that count business days. */
#include <string.h>
#include <strings.h>

#include "lint/data.h"

/* Few columns: the day, its name, where it holds. */
enum { COLUMNS_MOST = 4 };

static bool is_list_of_days(const struct table_info *t) {
  static const char *const parts[] = {"holiday",    "feries",   "fériés",  "feiertag", "bank_day",
                                      "closed_day", "days_off", "day_off", NULL};
  size_t n = 0;
  while (t->columns[n]) n++;
  for (const char *const *p = parts; *p; p++)
    if (strcasestr(t->name, *p)) return n > 0 && n <= COLUMNS_MOST;
  return false;
}

static const struct table_info *table_of_holidays(const struct lint *l) {
  for (const struct table_info *const *t = dataset_tables(l->options->db); *t; t++)
    if (is_list_of_days(*t)) return *t;
  return NULL;
}

static bool is_read(const struct lint *l, const char *table) {
  for (size_t i = 0; i < l->rs->entities.n; i++)
    if (strcasecmp(l->rs->entities.v[i]->table, table) == 0) return true;
  return false;
}

/* The first rule that counts business days. */
static const struct rule *counts_business_days(const struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    if (r->due.kind != DUE_NONE && r->due.dur.dur.n && r->due.dur.dur.unit == DUR_BDAY) return r;
    for (size_t k = 0; k < r->levels.n; k++)
      if (r->levels.v[k].after.dur.n && r->levels.v[k].after.dur.unit == DUR_BDAY) return r;
  }
  return NULL;
}

void lint_holidays_not_read(struct lint *l) {
  if (l->rs->holidays_table || l->rs->calendar.n_holidays) return;
  const struct table_info *t = table_of_holidays(l);
  const struct rule *r = t ? counts_business_days(l) : NULL;
  if (!r || is_read(l, t->name) || !t->columns[0]) return;
  struct diag *d = lint_tell(
      l, rule_span(r), "%s counts business days, and the table \"%s\" of holidays is not read",
      rule_title(l, r), t->name);
  lint_help(l, d, "add under `calendar`: holidays from \"%s\" day \"%s\"", t->name, t->columns[0]);
}
