/* In: items. Out: CSV that a spreadsheet opens without running anything in it. */
#include "action/print_csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "action/stake.h"
#include "base/csv_text.h"
#include "base/check.h"

static void day_cell(FILE *f, day_t day) {
  char buf[16];
  csv_text(f, day == DAY_NONE ? NULL : day_text(day, buf));
}

/* A number is no formula: it goes out as it is, a minus sign too. */
static void number_cell(FILE *f, const struct value *v) {
  const char *currency = v->type.currency;
  if (v->known && isfinite(v->num)) {
    double x = v->type.unit == U_MONEY ? v->num / currency_minor(currency) : v->num;
    char buf[40];
    snprintf(buf, sizeof buf, "%.15g", x);
    if (strtod(buf, NULL) != x) snprintf(buf, sizeof buf, "%.17g", x);
    fputs(buf, f);
  }
}

static void value_cells(FILE *f, const struct value *v) {
  number_cell(f, v);
  fputc(',', f);
  csv_text(f, v->known ? v->type.currency : NULL);
}

static void field_cells(FILE *f, const struct item *i, const struct item_field *field) {
  switch (field->kind) {
    case KIND_TEXT:
    case KIND_KEY:
    case KIND_REPEATED:
    case KIND_JSON: csv_text(f, *ITEM_AT(i, field, TEXT)); return;
    case KIND_NUMBER: fprintf(f, "%lld", (long long)*ITEM_AT(i, field, NUMBER)); return;
    case KIND_ITEM:
      if (*ITEM_AT(i, field, ITEM)) fprintf(f, "%lld", (long long)*ITEM_AT(i, field, ITEM));
      return;
    case KIND_FLAG: csv_text(f, *ITEM_AT(i, field, FLAG) ? "yes" : "no"); return;
    case KIND_DAY: day_cell(f, *ITEM_AT(i, field, DAY)); return;
    case KIND_VALUE: value_cells(f, ITEM_AT(i, field, VALUE)); return;
    case KIND_STATE: csv_text(f, item_state_name(*ITEM_AT(i, field, STATE))); return;
  }
  UNREACHABLE("a kind of item.def");
}

/* One line: the names of the fields (item NULL), or an item. counts: its worth is in the sum of
 * what is at stake, so that the column adds up to it. */
static void print_line(FILE *f, const struct item *i, bool counts) {
  const char *before = ",";
  if (!i)
    fputs("number", f);
  else if (i->kept)
    fprintf(f, "%lld", (long long)i->id);
  for (const struct item_field *x = item_fields; x < item_fields + n_item_fields; x++) {
    if (x->where == WHERE_INSIDE) continue;
    fputs(before, f);
    before = ",";
    if (i)
      field_cells(f, i, x);
    else
      fprintf(f, "%s%s", x->name, x->kind == KIND_VALUE ? ",currency" : "");
  }
  fputs(i ? "," : ",at_stake", f);
  if (i && counts) number_cell(f, &i->worth);
  if (i)
    fprintf(f, ",%zu,%zu", i->n_steps, steps_checked(i));
  else
    fputs(",steps,steps_checked", f);
  fputs("\r\n", f);
}

void print_items_csv(FILE *f, const struct item *const *items, size_t n) {
  struct arena *a = arena_new();
  struct stake all = {0};
  print_line(f, NULL, false);
  for (size_t i = 0; i < n; i++) print_line(f, items[i], stake_add(&all, items[i], a));
  arena_free(a);
}
