/* The calendar block. In: its clauses. Out: fiscal year, holidays table, currency and time zone
 * of the rule set. */
#include <string.h>

#include "base/intern.h"
#include "sema/sema.h"
#include "syntax/habits.h"

static void fiscal(struct ruleset *rs, const struct clause *c) {
  int month = (int)c->num, day = c->dur.n;
  /* 2001 is no leap year: 02-29 is no start either */
  if (day_from_civil(2001, month, day) == DAY_NONE) {
    struct diag *d = diag_add(
        &rs->diags, V0404, c->name_span,
        "a fiscal year cannot start on %02d-%02d: not every year has that day", month, day);
    diag_help(&rs->diags, d, "it is a month and a day, such as 04-01 for the first of April");
    return;
  }
  if (month == 1 && day > 1 && day <= 12)
    diag_help(&rs->diags,
              diag_add(&rs->diags, V0407, c->name_span,
                       "the fiscal year would start on %d January: the month stands first", day),
              "write: %02d-01 if the first of that month is meant", day);
  if (day >= 28 && day_from_civil(2001, month, day + 1) == DAY_NONE)
    diag_help(
        &rs->diags,
        diag_add(&rs->diags, V0407, c->name_span,
                 "the fiscal year would start on the last day of a month, %02d-%02d", month, day),
        "write: %02d-01 if the year before ends on that day", month % 12 + 1);
  rs->calendar.fy_month = month;
  rs->calendar.fy_day = day;
  rs->calendar.fy_by_end = strcmp(c->of, "end") == 0;
}

/* ---- fiscal periods from a table ------------------------------------------------------ */

static bool take_column(struct ruleset *rs, const struct option *o) {
  struct fiscal_source *f = &rs->fiscal;
  const struct {
    const char *word, **column;
  } words[] = {{"start", &f->start},   {"through", &f->end},     {"until", &f->end},
               {"period", &f->period}, {"quarter", &f->quarter}, {"year", &f->year}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (strcmp(o->word, words[i].word) != 0) continue;
    if (*words[i].column)
      diag_help(
          &rs->diags,
          diag_add(&rs->diags, V0403, o->span, "`%s` names a second column for the same", o->word),
          "keep one of them");
    *words[i].column = text_option(rs, o);
    f->through |= strcmp(o->word, "through") == 0;
    return true;
  }
  return false;
}

#define LIKE_THIS                                                                            \
  "write: fiscal periods from \"%s\" start \"first_day\" through \"last_day\" period "       \
  "\"no\" quarter \"quarter\" year \"fiscal_year\"; without `through`, a period ends where " \
  "the next row starts"

static bool fiscal_option(struct ruleset *rs, const struct option *o) {
  if (take_column(rs, o) || form_option(rs, o, &rs->fiscal.form)) return true;
  bool end = strcmp(o->word, "end") == 0;
  struct diag *d = diag_add(&rs->diags, V0403, o->span, "`%s` has no meaning here", o->word);
  if (end)
    diag_help(&rs->diags, d,
              "write `through` before the column with the last day of a period, or `until` before "
              "that with the first day after it");
  else
    diag_help(&rs->diags, d, LIKE_THIS, rs->fiscal.table);
  return false;
}

static void fiscal_periods(struct ruleset *rs, const struct clause *c) {
  struct fiscal_source *f = &rs->fiscal;
  *f = (struct fiscal_source){.table = c->column, .span = c->span};
  rs->calendar.fiscal_table = c->column;
  bool good = true;
  for (size_t i = 0; i < c->options.n; i++) good &= fiscal_option(rs, &c->options.v[i]);
  check_day_form(rs, c->span, &f->form);
  const char *lacks = !f->start ? "start" : !f->period ? "period" : !f->year ? "year" : NULL;
  if (!lacks || !good) return;
  struct diag *d = diag_add(&rs->diags, V0401, c->span,
                            "this line names no column for the `%s` of a fiscal period", lacks);
  diag_help(&rs->diags, d, LIKE_THIS, f->table);
}

static void weeks(struct ruleset *rs, const struct clause *c) {
  size_t n = strlen(c->name);
  int day = strcspn(c->name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == n ? weekday_named(c->name, n) : 0;
  if (day && strlen(weekday_name(day)) == n) {
    rs->calendar.week_start = day;
    return;
  }
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
      case C_FISCAL:
        if (c->column)
          fiscal_periods(rs, c);
        else
          fiscal(rs, c);
        break;
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
        rs->currency = currency_said(rs->arena, c->name); /* amounts beside it are no slips */
        if (rs->currency) rs->currency = intern(rs->arena, rs->currency);
        d = diag_add(&rs->diags, V0404, c->name_span, "`%s` is not a currency code", c->name);
        diag_help(&rs->diags, d,
                  rs->currency ? "write %s" : "write its three letters: EUR, USD, GBP, CHF",
                  rs->currency);
        break;
      case C_TIME:
        rs->tz = c->column;
        if (tz_known(c->column)) break;
        d = diag_add(&rs->diags, V0404, c->span,
                     "\"%s\" is not a time zone that this machine knows", c->column);
        diag_help(&rs->diags, d, "%s",
                  tz_help("it is a region and a city: time zone \"Europe/Paris\""));
        break;
      default: break;
    }
  }
}
