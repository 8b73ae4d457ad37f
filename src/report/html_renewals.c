/* Renewals of the next days. In: who renews when, for how much, and what stands open. Out: a stem
 * each by day, those that need somebody in a table, all of them behind. */
#include "report/svg.h"
#include "report/section.h"

static const struct html_column columns[] = {{T_RENEW_CUSTOMER, false},
                                             {T_RENEW_RENEWS, false},
                                             {T_COL_STAKE, true},
                                             {T_RENEW_WHY, false},
                                             {T_RENEW_WHO, false}};
static const struct html_column month_columns[] = {
    {T_COL_MONTH, false}, {T_COL_ALL, true}, {T_COL_RISK, true}, {T_COL_UNJUDGED, true}};

bool html_renewals_there(const struct html *h) { return h->r->renewals.n; }

/* "74 renew, 2,459,692 EUR of ARR. 15 have an action open; 5 could not be judged." */
static const char *part(struct html *h, const struct renewals *x, int state, enum page_text words) {
  struct renewal_sum sum = renewals_sum(x->coming.v, x->coming.n, state);
  const char *text = say_count(&h->w, words, sum.n);
  if (!sum.worth.known || !x->worth_name) return text;
  return arena_printf(h->a, "%s%s", text,
                      say(&h->w, T_RENEW_WORTH, say_amount(&h->w, &sum.worth),
                          say_of_measure(&h->w, x->worth_name)));
}

void html_renewals_lead(struct html *h) {
  for (size_t i = 0; i < h->r->renewals.n; i++) {
    const struct renewals *x = &h->r->renewals.v[i];
    if (!x->coming.n) continue;
    const char *text = arena_printf(h->a, "%s. %s.", part(h, x, RENEWAL_STATES, T_RENEW_LEAD),
                                    part(h, x, RENEWAL_ACTION, T_RENEW_RISK));
    if (!h->r->person && !h->r->team)
      text = arena_printf(h->a, "%s %s.", text, part(h, x, RENEWAL_UNJUDGED, T_RENEW_UNJUDGED));
    html_paragraph(h, "about", text);
  }
}

/* ---- tables --------------------------------------------------------------------------- */

static const char *joined_rules(struct html *h, const struct renewal_line *l) {
  const char *out = "";
  for (size_t i = 0; i < l->items.n; i++)
    out = arena_printf(h->a, "%s%s%s", out, i ? ", " : "", say_title(&h->w, l->items.v[i]->rule));
  if (!l->unjudged_by.n) return out;
  const char *rules = "";
  for (size_t i = 0; i < l->unjudged_by.n; i++)
    rules =
        arena_printf(h->a, "%s%s%s", rules, i ? ", " : "", say_title(&h->w, l->unjudged_by.v[i]));
  return arena_printf(h->a, "%s%s%s", out, *out ? "; " : "", say(&h->w, T_RENEW_NOT_BY, rules));
}

static void put_renewal(struct html *h, const struct renewals *x, const struct renewal_line *l) {
  html_row(h, "");
  html_cell(h, l->label && *l->label ? l->label : l->key);
  html_cell(h, say_short_day(&h->w, l->day));
  html_cell_open(h, "");
  html_worth(h, &l->worth, x->worth_name);
  html_cell_close(h);
  html_cell(h, joined_rules(h, l));
  html_cell(h, l->items.n ? say_person(&h->w, l->items.v[0]->owner) : "");
  html_row_end(h);
}

typedef VEC(const struct renewal_line *) line_refs;

static void put_lines(struct html *h, const struct renewals *x, const char *caption,
                      const line_refs *lines, size_t most) {
  size_t shown = lines->n < most ? lines->n : most;
  html_table(h, "list", caption, columns, sizeof columns / sizeof *columns);
  for (size_t i = 0; i < shown; i++) put_renewal(h, x, lines->v[i]);
  html_table_end(h);
  html_more_rows(h, lines->n, shown);
}

static line_refs all_of(struct html *h, const struct renewal_line *v, size_t n) {
  line_refs out = {0};
  for (size_t i = 0; i < n; i++) VEC_PUSH(h->a, &out, &v[i]);
  return out;
}

/* Those that need somebody, the most at stake first. */
static line_refs pressing(struct html *h, const struct renewals *x) {
  line_refs out = {0};
  for (size_t i = 0; i < x->coming.n; i++) {
    const struct renewal_line *l = &x->coming.v[i];
    if (l->state == RENEWAL_QUIET) continue;
    VEC_PUSH(h->a, &out, l);
    for (size_t k = out.n - 1; k > 0 && worth_cmp(&out.v[k]->worth, &out.v[k - 1]->worth) < 0;
         k--) {
      const struct renewal_line *other = out.v[k];
      out.v[k] = out.v[k - 1];
      out.v[k - 1] = other;
    }
  }
  return out;
}

/* What is largest stands open, the rest behind it. */
static void put_first(struct html *h, const struct renewals *x) {
  line_refs lines = pressing(h, x), rest = {0};
  html_put(h, "<div class=\"renewals-table\">");
  if (!lines.n) html_paragraph(h, "none", say(&h->w, T_RENEW_FIRST_NONE));
  for (; lines.n > REPORT_FIRST_ROWS; lines.n--) rest.n++;
  if (lines.n) put_lines(h, x, say(&h->w, T_RENEW_FIRST), &lines, REPORT_FIRST_ROWS);
  html_put(h, "</div>\n");
  if (!rest.n) return;
  rest.v = lines.v + lines.n;
  const char *title = say_count(&h->w, T_RENEW_REST, (long)rest.n);
  html_fold(h, title);
  put_lines(h, x, title, &rest, REPORT_ROWS_MAX);
  html_fold_end(h);
}

/* ---- by month ------------------------------------------------------------------------- */

static bool same_month(day_t a, day_t b) {
  int ya, ma, yb, mb, day;
  day_to_civil(a, &ya, &ma, &day);
  day_to_civil(b, &yb, &mb, &day);
  return ya == yb && ma == mb;
}

static void put_sum(struct html *h, const struct renewals *part, int state) {
  struct renewal_sum s = renewals_sum(part->coming.v, part->coming.n, state);
  const char *n = say_number(&h->w, s.n);
  html_cell(h, s.worth.known ? say(&h->w, T_RENEW_MONTH, n, say_amount(&h->w, &s.worth)) : n);
}

static void put_months(struct html *h, const struct renewals *x) {
  html_table(h, "list", say(&h->w, T_RENEW_MONTHS), month_columns,
             sizeof month_columns / sizeof *month_columns);
  for (size_t i = 0; i < x->coming.n;) {
    struct renewals part = *x;
    part.coming.v += i;
    for (part.coming.n = 0; i < x->coming.n && same_month(x->coming.v[i].day, part.coming.v->day);
         i++)
      part.coming.n++;
    html_row(h, "");
    html_cell(h, say_month(&h->w, part.coming.v->day));
    put_sum(h, &part, RENEWAL_STATES);
    put_sum(h, &part, RENEWAL_ACTION);
    put_sum(h, &part, RENEWAL_UNJUDGED);
    html_row_end(h);
  }
  html_table_end(h);
}

/* ---- the section ---------------------------------------------------------------------- */

static void put_key(struct html *h) {
  static const struct {
    const char *class;
    enum page_text word;
  } keys[] = {
      {"risk", T_RENEW_KEY_RISK}, {"unk", T_RENEW_KEY_UNJUDGED}, {"quiet", T_RENEW_KEY_QUIET}};
  html_put(h, "<p class=\"legend\">");
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    html_put(h, "<span><i class=\"mark %s\"></i>%s</span>", keys[i].class,
             say(&h->w, keys[i].word));
  html_put(h, "</p>\n");
}

static void put_past(struct html *h, const struct renewals *x) {
  line_refs lines = all_of(h, x->past.v, x->past.n);
  if (!lines.n) return;
  const char *title = say_count(&h->w, T_RENEW_PAST, (long)lines.n);
  html_fold(h, title);
  put_lines(h, x, title, &lines, REPORT_ROWS_MAX);
  html_fold_end(h);
}

static void put_coming(struct html *h, const struct renewals *x) {
  line_refs lines = all_of(h, x->coming.v, x->coming.n);
  put_key(h);
  svg_renewals(h, x, true);
  svg_renewals(h, x, false);
  put_first(h, x);
  html_fold(h, say(&h->w, T_RENEW_TABLE));
  put_lines(h, x, say(&h->w, T_RENEW_TABLE), &lines, REPORT_ROWS_MAX);
  html_fold_end(h);
  html_fold(h, say(&h->w, T_RENEW_MONTHS));
  put_months(h, x);
  html_fold_end(h);
}

void html_renewals_body(struct html *h) {
  for (size_t i = 0; i < h->r->renewals.n; i++) {
    const struct renewals *x = &h->r->renewals.v[i];
    if (x->coming.n)
      put_coming(h, x);
    else
      html_paragraph(h, "none", say(&h->w, T_RENEW_NONE));
    put_past(h, x);
    bool everybodys = !h->r->person && !h->r->team;
    if (x->undated && everybodys)
      html_paragraph(h, "fine", say_count(&h->w, T_RENEW_UNDATED, x->undated));
  }
  html_command(h, html_where(h, "report", "--format json"));
}
