/* In: a task export, before it is taken back or after. Out: what is said of it, as text or JSON. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "action/short_name.h"
#include "action/stake.h"
#include "action/value_json.h"
#include "base/table.h"
#include "base/terminal.h"
#include "base/text.h"
#include "cmd/items_import.h"

enum { ITEMS_SHOWN = 20, ROWS_SHOWN = 5, REASONS_SHOWN = 30, NAMES_SHOWN = 4 };

static const char *domain_of(const struct importing *x) {
  const struct item **items = NEW_N(x->a, const struct item *, x->closed.n + 1);
  for (size_t i = 0; i < x->closed.n; i++) items[i] = &x->closed.v[i].item;
  return common_domain(items, x->closed.n, x->a);
}

static void list_closed(const struct importing *x) {
  const struct table_col cols[] = {{.header = ""},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 20},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 12},
                                   {.header = ""},
                                   {.header = "", .align = ALIGN_RIGHT}};
  struct table *t = table_new(x->a, cols, sizeof cols / sizeof *cols);
  const char *domain = domain_of(x);
  for (size_t i = 0; i < x->closed.n && i < ITEMS_SHOWN; i++) {
    const struct imported *one = &x->closed.v[i];
    const struct item *it = &one->item;
    char money[96], day[16];
    table_row(t, (const char *const[]){
                     arena_printf(x->a, "  #%lld", (long long)it->id), item_subject(it),
                     short_name(one->by.person, domain, x->a),
                     arena_strdup(x->a, day_text(one->day, day)),
                     it->worth.known ? value_text(&it->worth, money, sizeof money) : ""});
  }
  table_print(t, stdout, term_width(), false);
  if (x->closed.n > ITEMS_SHOWN)
    text_print_line(stdout, "  and %zu more", x->closed.n - ITEMS_SHOWN);
}

static const char *counted(const struct importing *x) {
  return arena_printf(x->a, "%zu %s", x->closed.n, plural((long)x->closed.n, "item", "items"));
}

/* Where the export names people whom nothing here names, or who may be several. */
static void say_unknown(const struct importing *x) {
  const char *names = "";
  for (size_t i = 0; i < x->unknown.n && i < NAMES_SHOWN; i++)
    names = arena_printf(x->a, "%s%s\"%s\"", names, i ? ", " : "", x->unknown.v[i]);
  if (x->unknown.n)
    text_print_line(stdout, "Not known here: %s%s. %s is said to have done it.", names,
                    x->unknown.n > NAMES_SHOWN ? ", …" : "", x->mover.person);
}

void import_say_preview(const struct importing *x, bool would) {
  puts(would ? "Would be done:" : "To be done:");
  list_closed(x);
  text_print_line(stdout, "%s.", counted(x));
  say_unknown(x);
  fflush(stdout); /* what is wrong is said below it */
}

/* ---- what is not taken ---------------------------------------------------------------- */

/* "rows 4, 9, 12" */
static const char *rows_text(const struct importing *x, const size_t *rows, size_t n) {
  const char *text = n == 1 ? "row" : "rows";
  for (size_t i = 0; i < n && i < ROWS_SHOWN; i++)
    text = arena_printf(x->a, "%s%s %zu", text, i ? "," : "", rows[i]);
  return n > ROWS_SHOWN ? arena_printf(x->a, "%s and %zu more", text, n - ROWS_SHOWN) : text;
}

struct reason {
  const char *why;
  VEC(size_t) rows;
};
typedef VEC(struct reason *) reason_list;

static reason_list reasons_of(const struct importing *x) {
  reason_list all = {0};
  struct map by_why = {0};
  for (size_t i = 0; i < x->left.n; i++) {
    struct reason *r = map_get(&by_why, x->left.v[i].why);
    if (!r) {
      r = NEW(x->a, struct reason);
      *r = (struct reason){.why = x->left.v[i].why};
      map_put(&by_why, x->a, r->why, r);
      VEC_PUSH(x->a, &all, r);
    }
    VEC_PUSH(x->a, &r->rows, x->left.v[i].row);
  }
  return all;
}

void import_say_left(struct importing *x) {
  reason_list all = reasons_of(x);
  for (size_t i = 0; i < all.n && i < REASONS_SHOWN; i++)
    diag_add(&x->problems, V0614, NO_SPAN, "%s, %s: %s%s", x->path,
             rows_text(x, all.v[i]->rows.v, all.v[i]->rows.n), all.v[i]->rows.n > 1 ? "each " : "",
             all.v[i]->why);
  if (all.n > REASONS_SHOWN)
    diag_add(&x->problems, V0614, NO_SPAN, "%s: %zu more reasons, which --format json lists",
             x->path, all.n - REASONS_SHOWN);
}

/* ---- after ---------------------------------------------------------------------------- */

static void say_way_back(const struct importing *x) {
  fputs("To take it back: vigie items reopen", stdout);
  for (size_t i = 0; i < x->closed.n; i++) printf(" %lld", (long long)x->closed.v[i].item.id);
  putchar('\n');
}

static void say_each(const struct importing *x) {
  char day[16];
  for (size_t i = 0; i < x->closed.n; i++) {
    const struct imported *one = &x->closed.v[i];
    text_print_line(stdout, "#%lld %s: done by %s on %s%s%s.", (long long)one->item.id,
                    item_subject(&one->item), one->by.person, day_text(one->day, day),
                    one->say ? "; it " : "", one->say ? one->say : "");
  }
}

void import_say_text(const struct importing *x) {
  if (x->closed.n > ITEMS_SHOWN)
    text_print_line(stdout, "%s: done, as %s says.", counted(x), x->path);
  else
    say_each(x);
  say_unknown(x);
  if (!x->closed.n) puts("Nothing new is done: nothing was changed.");
  if (x->export.n_other)
    text_print_line(stdout, "%zu %s of other states, and left.", x->export.n_other,
                    plural((long)x->export.n_other, "row is", "rows are"));
  if (x->closed_before)
    text_print_line(stdout, "%zu %s closed already.", x->closed_before,
                    plural((long)x->closed_before, "was", "were"));
  if (x->closed.n) say_way_back(x);
}

void import_say_json(const struct importing *x) {
  json_t *j = json_object(), *closed = json_array(), *left = json_array(), *undo = json_array();
  for (size_t i = 0; i < x->closed.n; i++) {
    const struct imported *one = &x->closed.v[i];
    json_t *item = json_object();
    json_object_set_new(item, "number", json_integer(one->item.id));
    json_object_set_new(item, "by", text_json(one->by.person));
    json_object_set_new(item, "how_known", text_json(one->by.known_by));
    json_object_set_new(item, "day", day_json(one->day));
    json_object_set_new(item, "rev", json_integer(one->item.rev));
    json_array_append_new(closed, item);
    json_array_append_new(
        undo, text_json(arena_printf(x->a, "vigie items reopen %lld", (long long)one->item.id)));
  }
  for (size_t i = 0; i < x->left.n; i++) {
    json_t *row = json_object();
    json_object_set_new(row, "row", json_integer((json_int_t)x->left.v[i].row));
    json_object_set_new(row, "why", text_json(x->left.v[i].why));
    json_array_append_new(left, row);
  }
  json_object_set_new(j, "move", text_json("import"));
  json_object_set_new(j, "changed", closed);
  json_object_set_new(j, "closed_already", json_integer((json_int_t)x->closed_before));
  json_object_set_new(j, "of_other_states", json_integer((json_int_t)x->export.n_other));
  json_object_set_new(j, "left_out", left);
  json_object_set_new(j, "undo", undo);
  json_print(stdout, j);
}
