/* To decide. In: the numbers that crossed a line. Out: a row each: what it is, what it has to be,
 * what is to be decided, by whom and when; beside them what the renewals leave open. */
#include "report/section.h"

static const struct html_column columns[] = {{T_COL_NUMBER, false},
                                             {T_COL_TODAY, true},
                                             {T_COL_DECIDE, false},
                                             {T_COL_OWNER, false},
                                             {T_COL_DUE, false}};

bool html_decide_there(const struct html *h) {
  (void)h;
  return true;
}

void html_decide_lead(struct html *h) {
  bool own = h->r->person || h->r->team;
  html_paragraph(h, "about", say(&h->w, own ? T_DECIDE_OWN_LEAD : T_DECIDE_LEAD));
}

/* ---- a row ---------------------------------------------------------------------------- */

/* "NRR, Basic" */
static const char *name_of(struct html *h, const struct decision_line *d) {
  const char *name = say_title(&h->w, d->kpi ? d->kpi->name : d->item->rule);
  const char *group = d->kpi && d->item->label ? d->item->label : NULL;
  if (d->value && d->kpi && d->kpi->dims.n && d->value->by)
    group = say_group(&h->w, d->value->by, d->kpi->dims.n);
  return group ? arena_printf(h->a, "%s, %s", name, group) : name;
}

/* What it is held against: the goal of a target, the parts of a rule. */
static const char *line_of(struct html *h, const struct decision_line *d) {
  if (d->target) return html_target_words(h, d->target);
  const char *out = "";
  for (size_t i = 0; i < d->item->n_because; i++) {
    const struct because *b = &d->item->because[i];
    out = arena_printf(h->a, "%s%s%s%s%s", out, i ? ", " : "", b->expr, b->bound ? " " : "",
                       b->bound ? b->bound : "");
  }
  return out;
}

static void put_number(struct html *h, const struct decision_line *d) {
  const struct kpi_value *v = d->value;
  html_cell_open(h, "");
  html_text(h, name_of(h, d));
  html_put(h, "<small>%s</small>", line_of(h, d));
  if (v && v->all_rows > v->known_rows)
    html_put(
        h, "<small>%s</small>",
        say(&h->w, T_KNOWN_OF, say_number(&h->w, v->known_rows), say_number(&h->w, v->all_rows)));
  html_cell_close(h);
}

/* Of a target its own number, which may be how far the KPI moved. */
static const struct value *today_of(const struct decision_line *d) {
  return d->target ? &d->target->now : d->value ? &d->value->value : NULL;
}

static void put_today(struct html *h, const struct decision_line *d) {
  const struct value *v = today_of(d);
  html_cell_open(h, "big");
  html_text(h, v ? say_amount(&h->w, v) : say(&h->w, T_WORD_UNKNOWN));
  if (d->target)
    html_target_mark(h, d->target);
  else if (d->value && d->value->band)
    html_band(h, d->value->band, say_band(&h->w, d->value->band));
  html_cell_close(h);
}

static void put_question(struct html *h, const struct decision_line *d) {
  const char *decides = d->kpi ? d->kpi->decides : NULL;
  html_cell_open(h, "");
  html_text(h, html_asked(h, d->item));
  html_put(h, "<small>%s</small>",
           decides ? say(&h->w, T_DECIDES, decides) : say(&h->w, T_DECIDES_UNSAID));
  html_fold(h, say(&h->w, T_EVIDENCE));
  html_evidence(h, d->item);
  html_fold_end(h);
  html_cell_close(h);
}

static void put_decision(struct html *h, const struct decision_line *d) {
  html_row(h, "");
  put_number(h, d);
  put_today(h, d);
  put_question(h, d);
  html_cell_open(h, "who");
  html_text(h, say_person(&h->w, d->item->owner));
  if (d->item->team) html_put(h, "<small>%s</small>", say_inside(&h->w, d->item->team));
  html_cell_close(h);
  html_cell_open(h, "due");
  html_due(h, d->item);
  html_cell_close(h);
  html_row_end(h);
}

/* ---- what the renewals leave open ----------------------------------------------------- */

static const struct renewal_line *largest(const struct renewals *x) {
  const struct renewal_line *best = NULL;
  for (size_t i = 0; i < x->coming.n; i++) {
    const struct renewal_line *l = &x->coming.v[i];
    if (l->state == RENEWAL_UNJUDGED && (!best || worth_cmp(&l->worth, &best->worth) < 0)) best = l;
  }
  return best;
}

static const char *label_of(const struct renewal_line *l) {
  return l->label && *l->label ? l->label : l->key;
}

static void put_unjudged(struct html *h, const struct renewals *x) {
  struct renewal_sum sum = renewals_sum(x->coming.v, x->coming.n, RENEWAL_UNJUDGED);
  const struct renewal_line *most = largest(x);
  if (!most) return;
  html_put(h, "<p><b>%s</b> ", say_count(&h->w, T_NOTE_UNJUDGED, sum.n));
  if (sum.worth.known && most->worth.known)
    html_put(h, "%s ",
             say(&h->w, T_NOTE_UNJUDGED_WORTH, say_amount(&h->w, &sum.worth),
                 say_of_measure(&h->w, x->worth_name), label_of(most),
                 say_short_day(&h->w, most->day), say_amount(&h->w, &most->worth)));
  html_put(h, "%s <a href=\"#unjudged\">%s</a></p>\n", say(&h->w, T_NOTE_UNJUDGED_BARE),
           say(&h->w, T_NOTE_WHICH));
}

static void put_past(struct html *h, const struct renewals *x) {
  struct value sum = {0};
  long acted = 0;
  for (size_t i = 0; i < x->past.n; i++) {
    acted += x->past.v[i].state == RENEWAL_ACTION;
    if (!x->past.v[i].worth.known) continue;
    sum.num += x->past.v[i].worth.num;
    sum.type = x->past.v[i].worth.type;
    sum.known = true;
  }
  if (!x->past.n) return;
  html_put(h, "<p><b>%s</b> ", say_count(&h->w, T_NOTE_PAST, (long)x->past.n));
  if (sum.known)
    html_put(h, "%s ",
             say(&h->w, T_NOTE_PAST_WORTH, say_amount(&h->w, &sum),
                 say_of_measure(&h->w, x->worth_name), say_number(&h->w, acted)));
  html_put(h, "<a href=\"#renewals\">%s</a></p>\n", say(&h->w, T_NOTE_WHICH));
}

static void put_notes(struct html *h) {
  if (h->r->person || h->r->team || !h->r->renewals.n) return;
  html_put(h, "<div class=\"notes\">");
  for (size_t i = 0; i < h->r->renewals.n; i++) {
    put_unjudged(h, &h->r->renewals.v[i]);
    put_past(h, &h->r->renewals.v[i]);
  }
  html_put(h, "</div>\n");
}

void html_decide_body(struct html *h) {
  size_t n = h->r->decisions.n, shown = n < REPORT_ROWS_MAX ? n : REPORT_ROWS_MAX;
  if (!n) html_paragraph(h, "none", say(&h->w, T_DECIDE_NONE));
  if (n) {
    html_table(h, "decide hide", say(&h->w, T_DECIDE_CAPTION), columns,
               sizeof columns / sizeof *columns);
    for (size_t i = 0; i < shown; i++) put_decision(h, &h->r->decisions.v[i]);
    html_table_end(h);
    html_more_rows(h, n, shown);
  }
  put_notes(h);
  html_items_command(h);
}
