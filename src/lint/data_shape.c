/* Columns and tables that are not what the declarations say. In: facts about the data. Out:
 * ratios in a percent column, tables that nobody fills any more, keys that stand twice, rows
 * without their parent. */
#include <string.h>

#include "base/check.h"
#include "lint/data.h"
#include "base/text.h"

void lint_percent_holds_ratios(struct lint *l) {
  for (size_t i = 0; i < l->data->columns.n; i++) {
    const struct column_facts *f = l->data->columns.v[i];
    if (!f->attr || f->attr->type.unit != U_SHARE || f->known < 3 || f->hi <= 0) continue;
    /* A percent column is read as a ratio: 0.6 in it has become 0.006. */
    if (f->attr->percent_column && f->hi <= 0.01) {
      struct diag *d = lint_tell(
          l, f->span,
          "`%s` is declared as percent (0 to 100), and the largest value in the data is %.4g",
          f->what, f->hi * 100);
      lint_help(l, d, "the column holds ratios: %s ratio \"%s\"", f->what, f->column);
    } else if (!f->attr->percent_column && f->hi > 5) {
      struct diag *d = lint_tell(
          l, f->span,
          "`%s` is declared as a ratio (0 to 1), and the largest value in the data is %.4g",
          f->what, f->hi);
      lint_help(l, d, "the column holds percents: %s percent \"%s\"", f->what, f->column);
    }
  }
}

void lint_stale_table(struct lint *l) {
  char buf[16];
  for (size_t i = 0; i < l->data->columns.n; i++) {
    const struct column_facts *f = l->data->columns.v[i];
    if (f->attr || f->known == 0) continue;
    double quiet = l->options->today - f->hi,
           usual = (f->hi - f->lo) / (double)(f->days ? f->days : 1);
    if (quiet <= 14 || quiet <= 5 * usual) continue;
    struct diag *d = lint_tell(
        l, f->span, "the newest row of \"%s\" is of %s, %.0f days before the day that is judged",
        f->table, day_text((day_t)f->hi, buf), quiet);
    lint_help(l, d,
              "see whether the table is still filled; to judge the past, say the day: --as-of %s",
              buf);
  }
}

void lint_duplicate_key(struct lint *l) {
  for (size_t i = 0; i < l->data->keys.n; i++) {
    const struct key_facts *f = l->data->keys.v[i];
    if (!f->doubled) continue;
    struct diag *d = lint_tell(l, f->entity->key_span,
                               "%s %s of \"%s\" have a key that another row has too, such as %s",
                               grouped_count(f->doubled, l->a), plural(f->doubled, "row", "rows"),
                               f->entity->table, f->example);
    lint_help(
        l, d,
        "declare the column that is different for every row, or remove the copies from the data");
  }
}

/* Texts that are alike but for their case, in the order in which they came. */
static void report_spellings(struct lint *l, const struct column_facts *f) {
  struct map folded = {0};
  const char *list = "", *kept = NULL;
  size_t n = 0;
  for (size_t i = 0; i < f->texts.n; i++) {
    const char *one =
        map_put(&folded, l->a, text_lower(l->a, f->texts.v[i]), (void *)f->texts.v[i]);
    if (one && !kept) kept = one;
    if (one && ++n <= 3)
      list =
          arena_printf(l->a, "%s%s\"%s\" and \"%s\"", list, n > 1 ? "; " : "", one, f->texts.v[i]);
  }
  if (!n) return;
  struct diag *d = lint_tell(l, f->span, "`%s` holds one value in several spellings: %s%s", f->what,
                             list, n > 3 ? " and others" : "");
  lint_help(l, d,
            "correct the data, and say what may stand there: one of \"%s\"; or compare a computed "
            "attribute: lower_%s text = lower(%s)",
            kept, f->what, f->what);
}

void lint_spellings_of_one_value(struct lint *l) {
  for (size_t i = 0; i < l->data->columns.n; i++) {
    const struct column_facts *f = l->data->columns.v[i];
    if (f->attr && f->attr->type.unit == U_TEXT && !f->too_many) report_spellings(l, f);
  }
}

void lint_several_ids_in_a_cell(struct lint *l) {
  for (size_t i = 0; i < l->data->edges.n; i++) {
    const struct edge_facts *f = l->data->edges.v[i];
    if (!f->lists) continue;
    struct diag *d = lint_tell(l, f->edge->span,
                               "%s of %s rows of \"%s\" name several of %s in one cell, such as %s",
                               grouped_count(f->lists, l->a), grouped_count(f->rows, l->a),
                               f->edge->child->table, f->edge->parent->table, f->list_example);
    const char *first = strpbrk(f->list_example, ";,|");
    CHECK(first); /* what makes it a list */
    lint_help(l, d,
              "make a view with a row for each key, and an entity of it: create view links as "
              "select t.*, j.value as one_key from \"%s\" t, json_each('[\"' || replace(t.\"%s\", "
              "'%c', '\",\"') || '\"]') j",
              f->edge->child->table, f->edge->column, *first);
  }
}

void lint_person_without_address(struct lint *l) {
  for (size_t i = 0; i < l->data->columns.n; i++) {
    const struct column_facts *f = l->data->columns.v[i];
    const char *example = NULL;
    size_t n = 0;
    if (!f->attr || f->attr->type.unit != U_PERSON) continue;
    for (size_t k = 0; k < f->texts.n; k++)
      if (!strchr(f->texts.v[k], '@') && !n++) example = f->texts.v[k];
    if (!n) continue;
    struct diag *d =
        n == f->texts.n
            ? lint_tell(l, f->span, "nobody in `%s` has an address, such as \"%s\"", f->what,
                        example)
            : lint_tell(l, f->span, "%zu of %zu persons in `%s` %s no address, such as \"%s\"", n,
                        f->texts.n, f->what, n == 1 ? "has" : "have", example);
    lint_help(l, d,
              "name the column with the mailbox, or add it to \"%s\" by a view that joins "
              "the table of people",
              f->table);
  }
}

void lint_orphans(struct lint *l) {
  for (size_t i = 0; i < l->data->edges.n; i++) {
    const struct edge_facts *f = l->data->edges.v[i];
    if (!f->orphans) continue;
    struct diag *d = lint_tell(
        l, f->edge->span, "%s of %s rows of \"%s\" belong to no %s: none has the key %s%s",
        grouped_count(f->orphans, l->a), grouped_count(f->rows, l->a), f->edge->child->table,
        f->edge->parent->name, f->example, f->orphans > 1 ? ", for one" : "");
    lint_help(
        l, d,
        "these rows count for nobody: see whether \"%s\" is the right column, and whether rows are "
        "missing in \"%s\"",
        f->edge->column, f->edge->parent->table);
  }
}
