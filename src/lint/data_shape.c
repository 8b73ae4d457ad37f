/* Columns and tables that are not what the declarations say. In: facts about the data. Out:
 * ratios in a percent column, tables that nobody fills any more, keys that stand twice, rows
 * without their parent. */
#include "lint/data.h"
#include "base/text.h"

void lint_percent_holds_ratios(struct lint *l) {
  for (size_t i = 0; i < l->data->columns.n; i++) {
    const struct column_facts *f = l->data->columns.v[i];
    if (!f->attr || f->attr->type.unit != U_SHARE || f->known < 5 || f->hi <= 0) continue;
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
    struct diag *d = lint_tell(
        l, f->entity->key_span, "%ld %s of \"%s\" have a key that another row has too, such as %s",
        f->doubled, plural(f->doubled, "row", "rows"), f->entity->table, f->example);
    lint_help(
        l, d,
        "declare the column that is different for every row, or remove the copies from the data");
  }
}

void lint_orphans(struct lint *l) {
  for (size_t i = 0; i < l->data->edges.n; i++) {
    const struct edge_facts *f = l->data->edges.v[i];
    if (!f->orphans) continue;
    struct diag *d = lint_tell(l, f->edge->span,
                               "%ld of %ld rows of \"%s\" belong to no %s: none has the key %s%s",
                               f->orphans, f->rows, f->edge->child->table, f->edge->parent->name,
                               f->example, f->orphans > 1 ? ", for one" : "");
    lint_help(
        l, d,
        "these rows count for nobody: see whether \"%s\" is the right column, and whether rows are "
        "missing in \"%s\"",
        f->edge->column, f->edge->parent->table);
  }
}
