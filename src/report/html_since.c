/* Since the last meeting. In: what was opened and closed, which thresholds changed. Out: counts,
 * who did what and what it was worth. */
#include "base/text.h"
#include "report/section.h"
#include "sema/threshold_line.h"

static const struct html_column closed_columns[] = {{T_COL_ABOUT, false},
                                                    {T_COL_ACTION, false},
                                                    {T_SINCE_HOW, false},
                                                    {T_SINCE_ON, false},
                                                    {T_COL_STAKE, true}};
static const struct html_column opened_columns[] = {
    {T_COL_RULE, false}, {T_SINCE_ACTIONS, true}, {T_COL_STAKE, true}};
static const struct html_column changed_columns[] = {{T_SINCE_THRESHOLD, false},
                                                     {T_SINCE_FROM, false},
                                                     {T_SINCE_BEFORE, true},
                                                     {T_SINCE_NOW, true},
                                                     {T_COL_BECAUSE, false}};

static const struct html_column edit_columns[] = {{T_SINCE_WHAT, false},
                                                  {T_SINCE_PART, false},
                                                  {T_SINCE_BEFORE, false},
                                                  {T_SINCE_NOW, false},
                                                  {T_COL_BECAUSE, false}};

bool html_since_there(const struct html *h) { return !h->r->person && !h->r->team; }

void html_since_lead(struct html *h) { html_paragraph(h, "about", say(&h->w, T_SINCE_LEAD)); }

static void put_flow(struct html *h) {
  const struct since *s = &h->r->since;
  const struct {
    long n;
    enum page_text word;
    bool always;
  } parts[] = {{s->opened, T_SINCE_OPENED, true},
               {s->by_data, T_SINCE_DATA, true},
               {s->done, T_SINCE_DONE, true},
               {s->dismissed, T_SINCE_DISMISSED, true},
               {s->not_asked, T_SINCE_NOT_ASKED, false},
               {s->escalated, T_SINCE_ESCALATED, true},
               {s->still, T_SINCE_STILL, true}};
  html_put(h, "<p class=\"flow\">");
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (parts[i].n || parts[i].always)
      html_put(h, "<span><b>%s</b> %s</span>", say_number(&h->w, parts[i].n),
               say_count(&h->w, parts[i].word, parts[i].n));
  html_put(h, "</p>\n");
}

/* ---- closed --------------------------------------------------------------------------- */

static const char *how(struct html *h, const struct item *i) {
  switch (i->state) {
    case ITEM_DONE:
      return i->closed_by ? say(&h->w, T_SINCE_DONE_BY, say_person(&h->w, i->closed_by))
                          : say(&h->w, T_SINCE_BY_DATA);
    case ITEM_DISMISSED: return say(&h->w, T_SINCE_DISMISSED_BY, say_person(&h->w, i->closed_by));
    case ITEM_NOT_ASKED: return say(&h->w, T_SINCE_NO_LONGER);
    case ITEM_BASELINE: return say(&h->w, T_SINCE_BASELINE);
    default: return say(&h->w, T_SINCE_BY_DATA);
  }
}

static void put_closed_rows(struct html *h, const item_refs *items, size_t n) {
  html_table(h, "list", say(&h->w, T_SINCE_CLOSED), closed_columns,
             sizeof closed_columns / sizeof *closed_columns);
  for (size_t k = 0; k < n; k++) {
    const struct item *i = items->v[k];
    html_row(h, "");
    html_cell(h, item_about(i, h->a));
    html_cell(h, say_title(&h->w, i->rule));
    html_cell(h, how(h, i));
    html_cell(h, say_short_day(&h->w, i->closed));
    html_cell_open(h, "");
    html_worth(h, &i->worth, i->worth_of);
    html_cell_close(h);
    html_row_end(h);
  }
  html_table_end(h);
}

static void put_closed(struct html *h) {
  const item_refs *items = &h->r->since.closed;
  size_t shown = items->n < REPORT_FIRST_ROWS ? items->n : REPORT_FIRST_ROWS;
  html_put(h, "<div>");
  if (shown)
    put_closed_rows(h, items, shown);
  else
    html_paragraph(h, "none", say(&h->w, T_SINCE_CLOSED_NONE));
  html_more_rows(h, items->n, shown);
  html_put(h, "</div>\n");
}

/* ---- opened --------------------------------------------------------------------------- */

static void put_opened_rule(struct html *h, const struct opened_sum *o) {
  html_row(h, "");
  html_cell(h, say_title(&h->w, o->rule));
  html_cell(h, say_number(&h->w, o->n));
  html_cell_open(h, "");
  if (!o->stake.sums.n) html_worth(h, &(struct value){.known = false}, NULL);
  for (size_t i = 0; i < o->stake.sums.n; i++) {
    if (i) html_put(h, "<br>");
    html_worth(h, &o->stake.sums.v[i].money, o->stake.sums.v[i].name);
  }
  html_cell_close(h);
  html_row_end(h);
}

static void put_opened(struct html *h) {
  const struct since *s = &h->r->since;
  html_put(h, "<div>");
  if (!s->openings.n) html_paragraph(h, "none", say(&h->w, T_SINCE_OPENINGS_NONE));
  if (s->openings.n) {
    html_table(h, "list", say(&h->w, T_SINCE_OPENINGS), opened_columns,
               sizeof opened_columns / sizeof *opened_columns);
    for (size_t i = 0; i < s->openings.n; i++) put_opened_rule(h, &s->openings.v[i]);
    html_table_end(h);
  }
  html_put(h, "</div>\n");
}

/* ---- changed -------------------------------------------------------------------------- */

static void put_change(struct html *h, const struct changed_line *c) {
  const char *day = say_short_day(&h->w, c->line->from);
  html_row(h, "");
  html_cell(h, arena_printf(h->a, "%s%s", say_title(&h->w, c->threshold->name),
                            threshold_line_scope(c->line, h->a)));
  html_cell(h, c->coming ? say(&h->w, T_SINCE_COMING, day) : day);
  html_cell(h, c->before ? c->before : say(&h->w, T_UNSAID));
  html_cell(h, c->now ? c->now : say(&h->w, T_UNSAID));
  html_cell(h, c->line->because ? c->line->because : say(&h->w, T_UNSAID));
  html_row_end(h);
}

static void put_changed(struct html *h) {
  const struct since *s = &h->r->since;
  html_put(h, "<h3>%s</h3>\n", say(&h->w, T_SINCE_CHANGED));
  if (!s->changed.n) {
    html_paragraph(h, "none", say(&h->w, T_SINCE_CHANGED_NONE));
    return;
  }
  html_table(h, "list hide", say(&h->w, T_SINCE_CHANGED), changed_columns,
             sizeof changed_columns / sizeof *changed_columns);
  for (size_t i = 0; i < s->changed.n; i++) put_change(h, &s->changed.v[i]);
  html_table_end(h);
}

/* ---- edited --------------------------------------------------------------------------- */

static const char *or_unsaid(struct html *h, const char *text) {
  return text ? text : say(&h->w, T_UNSAID);
}

static const char *part_of(struct html *h, const struct meaning *e) {
  static const enum page_text whole[] = {[MEANING_ADDED] = T_SINCE_ADDED,
                                         [MEANING_REMOVED] = T_SINCE_REMOVED,
                                         [MEANING_CHANGED] = T_UNSAID,
                                         [MEANING_RENAMED] = T_SINCE_RENAMED};
  return e->part ? e->part : say(&h->w, whole[e->kind]);
}

static void put_edits(struct html *h) {
  const struct since *s = &h->r->since;
  size_t shown = s->edits.n < REPORT_FIRST_ROWS ? s->edits.n : REPORT_FIRST_ROWS;
  if (!shown) return;
  html_put(h, "<h3>%s</h3>\n", say(&h->w, T_SINCE_EDITS));
  html_table(h, "list hide", say(&h->w, T_SINCE_EDITS), edit_columns,
             sizeof edit_columns / sizeof *edit_columns);
  for (size_t i = 0; i < shown; i++) {
    const struct meaning *e = &s->edits.v[i];
    html_row(h, "");
    html_cell(h, arena_printf(h->a, "%s %s", e->what, e->name));
    html_cell(h, part_of(h, e));
    html_cell(h, or_unsaid(h, e->old));
    html_cell(h, or_unsaid(h, e->now));
    html_cell(h, or_unsaid(h, e->because));
    html_row_end(h);
  }
  html_table_end(h);
  html_more_rows(h, s->edits.n, shown);
}

void html_since_body(struct html *h) {
  put_flow(h);
  html_put(h, "<div class=\"two\">");
  put_closed(h);
  put_opened(h);
  html_put(h, "</div>\n");
  put_changed(h);
  put_edits(h);
  html_command(h, "vigie items --status all");
}
