/* What could not be judged. In: rows on which a rule had to be silent, numbers that leave rows out.
 * Out: how many, for want of what, and which. */
#include "report/section.h"

static const struct html_column rule_columns[] = {
    {T_COL_RULE, false}, {T_UNJUDGED_ROWS, true}, {T_UNJUDGED_MISSING, false}, {T_COL_STAKE, true}};
static const struct html_column row_columns[] = {{T_UNJUDGED_ROW, false}, {T_COL_STAKE, true}};
static const struct html_column left_columns[] = {
    {T_COL_NUMBER, false}, {T_UNJUDGED_KNOWN, true}, {T_UNJUDGED_LEFT_OUT, true}};

bool html_unjudged_there(const struct html *h) { return !h->r->person && !h->r->team; }

void html_unjudged_lead(struct html *h) { html_paragraph(h, "about", say(&h->w, T_UNJUDGED_LEAD)); }

static const char *missing_words(struct html *h, const struct rule_verdict *r) {
  const char *out = "";
  for (size_t i = 0; i < r->n_missing; i++) {
    const char *name = r->missing[i].name == MISSING_NO_INPUT ? say(&h->w, T_UNJUDGED_NO_INPUT)
                                                              : r->missing[i].name;
    out = arena_printf(h->a, "%s%s%s", out, i ? ", " : "", name);
  }
  return out;
}

static void put_rules(struct html *h) {
  html_table(h, "list", say(&h->w, T_UNJUDGED_RULES), rule_columns,
             sizeof rule_columns / sizeof *rule_columns);
  for (size_t i = 0; i < h->r->unjudged.n; i++) {
    const struct unjudged_rule *u = &h->r->unjudged.v[i];
    html_row(h, "");
    html_cell(h, say_title(&h->w, u->rule->rule));
    html_cell(h, say(&h->w, T_OF_ALL, say_number(&h->w, u->rule->unknown),
                     say_number(&h->w, u->rule->rows)));
    html_cell(h, missing_words(h, u->rule));
    html_cell_open(h, "");
    html_worth(h, &u->worth, u->rule->worth_name);
    html_cell_close(h);
    html_row_end(h);
  }
  html_table_end(h);
}

static void put_rows(struct html *h, const struct unjudged_rule *u) {
  size_t shown = u->n < REPORT_FIRST_ROWS ? u->n : REPORT_FIRST_ROWS;
  if (!shown) return;
  const char *title = say(&h->w, T_UNJUDGED_WHICH, say_title(&h->w, u->rule->rule));
  html_fold(h, title);
  html_table(h, "list", title, row_columns, sizeof row_columns / sizeof *row_columns);
  for (size_t i = 0; i < shown; i++) {
    const struct unjudged_row *row = &u->rows[i];
    html_row(h, "");
    html_cell(h, row->label && *row->label ? row->label
                 : row->key                ? row->key
                                           : say(&h->w, T_WORD_UNKNOWN));
    html_cell_open(h, "");
    html_worth(h, &row->worth, u->rule->worth_name);
    html_cell_close(h);
    html_row_end(h);
  }
  html_table_end(h);
  html_more_rows(h, (size_t)u->rule->unknown, shown);
  html_fold_end(h);
}

static void put_left_out(struct html *h) {
  html_table(h, "list", say(&h->w, T_UNJUDGED_LEFT), left_columns,
             sizeof left_columns / sizeof *left_columns);
  for (size_t i = 0; i < h->r->left_out.n; i++) {
    const struct left_out *l = &h->r->left_out.v[i];
    html_row(h, "");
    html_cell(h, say_title(&h->w, l->kpi->name));
    html_cell(h, say(&h->w, T_OF_ALL, say_number(&h->w, l->known), say_number(&h->w, l->all)));
    html_cell(h, say_number(&h->w, l->all - l->known));
    html_row_end(h);
  }
  html_table_end(h);
}

void html_unjudged_body(struct html *h) {
  const struct report *r = h->r;
  if (!r->unjudged.n && !r->left_out.n) html_paragraph(h, "none", say(&h->w, T_UNJUDGED_NONE));
  if (r->unjudged.n) put_rules(h);
  for (size_t i = 0; i < r->unjudged.n; i++) put_rows(h, &r->unjudged.v[i]);
  if (r->left_out.n) put_left_out(h);
  for (size_t i = 0; r->notes && r->notes[i]; i++) html_paragraph(h, "fine", r->notes[i]);
  html_command(h, html_where(h, "plan", ""));
}
