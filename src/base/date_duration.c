/* Durations as they are written. In: "60d". Out: a number and a unit, and back. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/date_civil.h"
#include "base/limits.h"

static const struct {
  const char *suffix, *name;
  int days, months; /* in one of it; -1: not a number of them */
} units[] = {
    [DUR_DAY] = {"d", "days", 1, -1},      [DUR_WEEK] = {"w", "weeks", 7, -1},
    [DUR_MONTH] = {"mo", "months", -1, 1}, [DUR_QUARTER] = {"q", "quarters", -1, 3},
    [DUR_YEAR] = {"y", "years", -1, 12},   [DUR_BDAY] = {"bd", "business days", -1, -1},
};

bool duration_parse(const char *s, size_t n, struct duration *out) {
  size_t i = 0;
  int32_t count = 0;
  for (; i < n && digits(s + i, 1) >= 0; i++) {
    count = count * 10 + digits(s + i, 1);
    if (count > DURATION_MAX) return false;
  }
  if (i == 0) return false;
  for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
    size_t length = strlen(units[u].suffix);
    if (n - i != length || memcmp(s + i, units[u].suffix, length) != 0) continue;
    *out = (struct duration){.n = count, .unit = (enum dur_unit)u};
    return true;
  }
  return false;
}

char *duration_text(struct duration d, char *buf) {
  snprintf(buf, 16, "%d%s", (int)d.n, units[d.unit].suffix);
  return buf;
}

const char *dur_unit_name(enum dur_unit u) { return units[u].name; }

bool dur_unit_from_name(const char *name, enum dur_unit *out) {
  for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
    if (strcmp(units[u].name, name) != 0) continue;
    *out = (enum dur_unit)u;
    return true;
  }
  return false;
}

enum dur_unit dur_unit_base(enum dur_unit u) {
  return units[u].days > 0 ? DUR_DAY : units[u].months > 0 ? DUR_MONTH : DUR_BDAY;
}

int dur_unit_size(enum dur_unit u) {
  return units[u].days > 0 ? units[u].days : units[u].months > 0 ? units[u].months : 1;
}

bool duration_is_months(struct duration d) { return units[d.unit].months > 0; }

static int32_t times(int32_t n, int each) {
  int64_t product = (int64_t)n * each;
  return product > INT32_MAX ? INT32_MAX : product < INT32_MIN ? INT32_MIN : (int32_t)product;
}

int32_t duration_days(struct duration d) {
  int each = units[d.unit].days;
  return each < 0 ? -1 : times(d.n, each);
}

int32_t duration_months(struct duration d) {
  int each = units[d.unit].months;
  return each < 0 ? -1 : times(d.n, each);
}
