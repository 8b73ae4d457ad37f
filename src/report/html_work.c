/* Who does what. In: the people with something to do. Out: a row a person, who is late first;
 * inside a row a customer, with the evidence. */
#include "base/text.h"
#include "report/section.h"

bool html_work_there(const struct html *h) {
  (void)h;
  return true;
}

void html_work_lead(struct html *h) {
  const struct report *r = h->r;
  const char *actions = say_count(&h->w, T_N_ACTIONS, r->counts.to_do);
  if (!r->owners.n) return;
  html_paragraph(h, "about",
                 r->person ? say(&h->w, T_WORK_OWN_LEAD, actions)
                           : say(&h->w, T_WORK_LEAD, actions,
                                 say_count(&h->w, T_N_PEOPLE, (long)r->owners.n)));
}

/* ---- teams ---------------------------------------------------------------------------- */

static void put_filter(struct html *h) {
  const struct report *r = h->r;
  if (r->teams.n < 2 || r->person || r->team) return;
  html_put(h, "<fieldset class=\"filter\"><legend class=\"vh\">%s</legend>",
           say(&h->w, T_WORK_FILTER));
  html_put(h, "<label><input type=\"radio\" name=\"team\" checked>%s</label>",
           say(&h->w, T_WORK_EVERYONE));
  for (size_t t = 0; t < r->teams.n; t++)
    html_put(h, "<label><input type=\"radio\" name=\"team\" id=\"team-%zu\">%s</label>", t,
             say_inside(&h->w, r->teams.v[t]));
  html_put(h, "</fieldset>\n");
}

static bool has_team(const struct owner_line *o, const char *team) {
  for (size_t c = 0; c < o->customers.n; c++)
    for (size_t i = 0; i < o->customers.v[c].items.n; i++) {
      const char *of = o->customers.v[c].items.v[i]->team;
      if (of && strcmp(of, team) == 0) return true;
    }
  return false;
}

/* The classes of the row, for the filter; names of the teams. */
static const char *teams_of(struct html *h, const struct owner_line *o, const char **names) {
  const char *classes = "";
  *names = "";
  for (size_t t = 0; t < h->r->teams.n; t++) {
    if (!has_team(o, h->r->teams.v[t])) continue;
    classes = arena_printf(h->a, "%s team-%zu", classes, t);
    *names = arena_printf(h->a, "%s%s%s", *names, **names ? ", " : "",
                          say_inside(&h->w, h->r->teams.v[t]));
  }
  return classes;
}

/* ---- a person ------------------------------------------------------------------------- */

/* The measure of which most money is at stake has a column of its own. */
static const struct measure_sum *main_measure(const struct html *h) {
  return h->r->stake.sums.n ? h->r->stake.sums.v : NULL;
}

/* The amount and, small, what it is the amount of. */
static void put_sum(struct html *h, const struct measure_sum *m, const char *of) {
  html_put(h, "%s <small>%s</small>", say_amount(&h->w, &m->money), of);
}

static void put_money(struct html *h, const struct owner_line *o) {
  const struct measure_sum *first = main_measure(h);
  html_put(h, "<span class=\"r money\">");
  for (size_t i = 0; first && i < o->stake.sums.n; i++)
    if (same_measure(&o->stake.sums.v[i], first))
      put_sum(h, &o->stake.sums.v[i], first->name ? say_measure(&h->w, first->name) : "");
  html_put(h, "</span><span class=\"r other\">");
  for (size_t i = 0, n = 0; first && i < o->stake.sums.n; i++) {
    if (same_measure(&o->stake.sums.v[i], first)) continue;
    if (n++) html_put(h, "<br>");
    put_sum(h, &o->stake.sums.v[i], say_kind(&h->w, h->r->rs, o->stake.sums.v[i].entity, 2));
  }
  html_put(h, "</span>");
}

enum { SQUARE_STEP = 9, SQUARE_HEIGHT = 12 };

/* A square an action: full and red is late. */
static void put_squares(struct html *h, const struct owner_line *o) {
  long shown = o->to_do < REPORT_SQUARES_MAX ? o->to_do : REPORT_SQUARES_MAX;
  html_put(h,
           "<span class=\"squares\"><svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
           "aria-hidden=\"true\">",
           REPORT_SQUARES_MAX * SQUARE_STEP, SQUARE_HEIGHT, REPORT_SQUARES_MAX * SQUARE_STEP,
           SQUARE_HEIGHT);
  for (long i = 0; i < shown; i++)
    html_put(h, "<rect class=\"%s\" x=\"%.1f\" y=\"1.5\" width=\"6\" height=\"9\" rx=\"1\"/>",
             i < o->late ? "l" : "o", (double)(i * SQUARE_STEP) + 0.5);
  html_put(h, "</svg></span>");
}

static void put_counts(struct html *h, const struct owner_line *o) {
  html_put(h, "<span class=\"r count%s\">%s</span>", o->late ? " red" : "",
           o->late ? say_count(&h->w, T_WORK_N_LATE, o->late) : "");
  html_put(h, "<span class=\"r todo%s\">%s<span class=\"vh\"> %s</span>",
           o->capacity && o->to_do > o->capacity ? " red" : "", say_number(&h->w, o->to_do),
           say(&h->w, T_WORK_OPEN));
  if (o->capacity)
    html_put(h, " <small>%s</small>",
             say(&h->w, T_WORK_OF_CAPACITY, say_number(&h->w, o->capacity)));
  html_put(h, "</span>");
}

static void put_first_due(struct html *h, const struct owner_line *o) {
  struct item first = item_none();
  first.due = o->first_due;
  html_put(h, "<span class=\"first\">");
  html_due(h, &first);
  html_put(h, "</span>");
}

/* ---- a customer ----------------------------------------------------------------------- */

/* What else is asked of the same customer. */
static const char *others(struct html *h, const struct customer_line *c) {
  const char *out = "";
  for (size_t i = 1; i < c->items.n; i++)
    out =
        arena_printf(h->a, "%s%s%s", out, i > 1 ? ", " : "", say_title(&h->w, c->items.v[i]->rule));
  return say_count(&h->w, T_WORK_MORE, (long)c->items.n - 1, out);
}

static void put_what(struct html *h, const struct item *i) {
  html_put(h, "%s", say_title(&h->w, i->rule));
  html_put(h, "<small>%s</small>",
           i->no_do ? say(&h->w, T_WORK_NO_DO, i->action) : html_asked(h, i));
}

static void put_customer(struct html *h, const struct customer_line *c, bool evidence) {
  const struct item *first = c->items.v[0];
  html_put(h, "<li><details><summary><span class=\"who\">%s</span><span class=\"what\">",
           c->name ? c->name : item_subject(first));
  put_what(h, first);
  if (c->items.n > 1) html_put(h, "<small>%s</small>", others(h, c));
  html_put(h, "</span><span class=\"due\">");
  html_due(h, first);
  html_put(h, "</span><span class=\"r\">");
  html_worth(h, &first->worth, first->worth_of);
  html_put(h, "</span></summary><div class=\"in\">");
  for (size_t i = 0; i < c->items.n; i++) {
    if (i) html_paragraph(h, "also", html_asked(h, c->items.v[i]));
    if (evidence) html_evidence(h, c->items.v[i]);
  }
  if (!evidence) html_paragraph(h, "fine", say(&h->w, T_WORK_NO_EVIDENCE));
  html_put(h, "</div></details></li>\n");
}

static void put_customers(struct html *h, const struct owner_line *o) {
  bool own = h->r->person != NULL;
  size_t most = own ? REPORT_OWN_MAX : REPORT_CUSTOMERS_MAX, n = o->customers.n;
  size_t shown = n < most ? n : most;
  html_put(h, "<ul class=\"items\">");
  for (size_t i = 0; i < shown; i++)
    put_customer(h, &o->customers.v[i], own || i < REPORT_EVIDENCE_FIRST);
  html_put(h, "</ul>");
  if (n > shown)
    html_paragraph(h, "fine",
                   say_count(&h->w, T_WORK_CUT, (long)(n - shown), say_person(&h->w, o->owner)));
}

static void put_owner(struct html *h, const struct owner_line *o, bool open) {
  const char *names, *classes = teams_of(h, o, &names);
  html_put(h,
           "<details class=\"owner%s\"%s><summary><span class=\"who\">%s <small>%s</small></span>",
           classes, open ? " open" : "", say_person(&h->w, o->owner), names);
  put_squares(h, o);
  put_counts(h, o);
  put_first_due(h, o);
  put_money(h, o);
  html_put(h, "</summary>");
  put_customers(h, o);
  html_put(h, "</details>\n");
}

/* ---- the section ---------------------------------------------------------------------- */

static void put_heads(struct html *h) {
  const struct measure_sum *m = main_measure(h);
  html_put(h, "<div class=\"heads\" aria-hidden=\"true\"><span>%s</span>", say(&h->w, T_COL_OWNER));
  html_put(h, "<span><i class=\"key l\"></i> %s <i class=\"key o\"></i> %s</span>",
           say(&h->w, T_WORD_LATE), say(&h->w, T_WORD_NOT_DUE));
  html_put(h,
           "<span class=\"r\">%s</span><span class=\"r\">%s</span><span class=\"first\">%s</span>",
           say(&h->w, T_WORK_LATE), say(&h->w, T_WORK_OPEN), say(&h->w, T_WORK_FIRST));
  html_put(h, "<span class=\"r\">%s</span><span class=\"r\">%s</span></div>\n",
           m && m->name ? say(&h->w, T_WORK_STAKE, capital(h->a, say_measure(&h->w, m->name)))
                        : say(&h->w, T_COL_STAKE),
           h->r->stake.sums.n > 1 ? say(&h->w, T_WORK_OTHER) : "");
}

/* Open from the beginning, so that nobody has to find out that it can be opened; not a long one,
 * behind which the others would not be seen. */
static bool is_short(const struct owner_line *o) { return o->customers.n <= REPORT_OPEN_MAX; }

static void put_owners(struct html *h) {
  const struct report *r = h->r;
  size_t n = r->owners.n, shown = n < REPORT_OWNERS_MAX ? n : REPORT_OWNERS_MAX;
  put_filter(h);
  put_heads(h);
  for (size_t i = 0; i < shown; i++)
    put_owner(h, &r->owners.v[i], i == 0 && is_short(&r->owners.v[i]));
  if (n > shown) html_paragraph(h, "fine", say_count(&h->w, T_WORK_CUT_OWNERS, (long)(n - shown)));
}

void html_work_body(struct html *h) {
  if (h->r->owners.n)
    put_owners(h);
  else
    html_paragraph(h, "none", say(&h->w, T_WORK_NONE));
  html_items_command(h);
}
