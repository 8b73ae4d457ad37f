/* The calendar block. In: its clauses. Out: fiscal year, holidays table, currency and time zone
 * of the rule set. */
#include <string.h>

#include "sema/sema.h"

static void fiscal(struct ruleset *rs, const struct clause *c) {
  int month = (int)c->num, day = c->dur.n;
  /* 2001 is no leap year: 02-29 is no start either */
  if (day_from_civil(2001, month, day) == DAY_NONE) {
    struct diag *d = diag_add(
        &rs->diags, V0404, c->name_span,
        "a fiscal year cannot start on %02d-%02d: not every year has that day", month, day);
    diag_help(&rs->diags, d, "write month-day, such as 04-01 for the first of April");
    return;
  }
  rs->calendar.fy_month = month;
  rs->calendar.fy_day = day;
  rs->calendar.fy_by_end = strcmp(c->of, "end") == 0;
}

static void weeks(struct ruleset *rs, const struct clause *c) {
  static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                     "friday", "saturday", "sunday"};
  for (int i = 0; i < 7; i++)
    if (strcmp(days[i], c->name) == 0) rs->calendar.week_start = i + 1;
  if (strcmp(days[rs->calendar.week_start - 1], c->name) == 0) return;
  struct diag *d =
      diag_add(&rs->diags, V0404, c->name_span, "`%s` is not a day of the week", c->name);
  diag_help(&rs->diags, d, "write its English name in small letters: weeks start sunday");
}

void declare_calendar(struct ruleset *rs, const struct ast_item *it) {
  if (rs->has_calendar) {
    struct diag *d = diag_add(&rs->diags, V0404, it->head->span, "a second calendar");
    diag_help(&rs->diags, d, "a company has one calendar: put its lines together");
    return;
  }
  rs->has_calendar = true;
  for (size_t i = 0; i < it->body.n; i++) {
    const struct clause *c = it->body.v[i];
    struct diag *d;
    switch (c->kind) {
      case C_FISCAL: fiscal(rs, c); break;
      case C_WEEKS: weeks(rs, c); break;
      case C_HOLIDAYS:
        rs->holidays_table = c->name;
        rs->holidays_column = c->column;
        rs->holidays_span = c->name_span;
        for (size_t k = 0; k < c->options.n; k++)
          if (!form_option(rs, &c->options.v[k], &rs->holidays_form))
            diag_add(&rs->diags, V0403, c->options.v[k].span,
                     "`%s` has no meaning here: after the day of holidays may stand format "
                     "\"DD/MM/YYYY\" and in time zone \"UTC\"",
                     c->options.v[k].word);
        check_day_form(rs, c->span, &rs->holidays_form);
        break;
      case C_CURRENCY:
        rs->currency = c->name;
        if (currency_known(c->name)) break;
        d = diag_add(&rs->diags, V0404, c->name_span, "`%s` is not a currency code", c->name);
        diag_help(&rs->diags, d, "write its three letters: EUR, USD, GBP, CHF");
        break;
      case C_TIME:
        rs->tz = c->column;
        if (tz_known(c->column)) break;
        d = diag_add(&rs->diags, V0404, c->span,
                     "\"%s\" is not a time zone that this machine knows", c->column);
        diag_help(&rs->diags, d, "write region and city: time zone \"Europe/Paris\"");
        break;
      default: break;
    }
  }
}
