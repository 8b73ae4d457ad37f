/* In: items. Out: CSV that a spreadsheet opens without running anything in it. */
#include "action/print_csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void cell(FILE *f, const char *text, const char *end) {
  if (!text) text = "";
  bool risky = *text && strchr("=+-@\t\r\n", *text);
  bool quoted = strpbrk(text, ",\"\r\n") != NULL;
  if (quoted) fputc('"', f);
  if (risky) fputc('\'', f);
  for (; *text; text++) {
    if (*text == '"') fputc('"', f);
    fputc(*text, f);
  }
  if (quoted) fputc('"', f);
  fputs(end, f);
}

static void day_cell(FILE *f, day_t day) {
  char buf[16];
  cell(f, day == DAY_NONE ? NULL : day_text(day, buf), ",");
}

/* A number is no formula: it goes out as it is, a minus sign too. */
static void worth_cells(FILE *f, const struct value *worth) {
  const char *currency = worth->type.currency;
  if (worth->known && isfinite(worth->num)) {
    double x = worth->type.unit == U_MONEY ? worth->num / currency_minor(currency) : worth->num;
    char buf[40];
    snprintf(buf, sizeof buf, "%.15g", x);
    if (strtod(buf, NULL) != x) snprintf(buf, sizeof buf, "%.17g", x);
    fputs(buf, f);
  }
  fputc(',', f);
  cell(f, worth->known ? currency : NULL, ",");
}

void print_items_csv(FILE *f, const struct item *const *items, size_t n) {
  fputs(
      "rule,entity,key,label,team,owner,action,priority,worth,currency,opened,due,state,once,row_"
      "gone,"
      "escalated_to,escalated_on,note\r\n",
      f);
  for (size_t i = 0; i < n; i++) {
    const struct item *it = items[i];
    const char *texts[] = {it->rule, it->entity, it->key,    it->label,
                           it->team, it->owner,  it->action, it->priority};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) cell(f, texts[t], ",");
    worth_cells(f, &it->worth);
    day_cell(f, it->opened);
    day_cell(f, it->due);
    cell(f, item_state_name(it->state), ",");
    cell(f, it->once, ",");
    cell(f, it->row_gone ? "yes" : "no", ",");
    cell(f, it->escalated_to, ",");
    day_cell(f, it->escalated_on);
    cell(f, it->note, "\r\n");
  }
}
