/* Why NRR is what it is. In: what customers paid then, and what became of it. Out: a table a group
 * whose bars float on one scale: losses first, so that the level passes GRR, then what lifts it to
 * NRR. */
#include <math.h>

#include "report/svg.h"
#include "report/section.h"

static const struct html_column columns[] = {
    {T_BRIDGE_STEP, false}, {T_BRIDGE_BAR, false}, {T_BRIDGE_SHARE, true}, {T_COL_VALUE, true}};

static const struct step {
  enum bridge_kind kind;
  const char *name[2]; /* by tongue */
} steps[] = {
#define STEP(id, name, kind, en, fr) {kind, {en, fr}},
#include "report/bridge.def"
#undef STEP
};

bool html_bridge_there(const struct html *h) {
  return !h->r->person && !h->r->team && h->r->bridges.n;
}

void html_bridge_lead(struct html *h) {
  const struct bridges *x = &h->r->bridges.v[0];
  html_paragraph(h, "about", say(&h->w, T_BRIDGE_LEAD, say_full_day(&h->w, x->then)));
}

/* ---- the scale ------------------------------------------------------------------------ */

struct scale {
  double low, high; /* shares of the start */
};

static double share(const struct bridge *b, enum bridge_step s) {
  return b->amount[BRIDGE_BASE] > 0 ? b->amount[s] / b->amount[BRIDGE_BASE] : NAN;
}

static size_t drawn(const struct bridges *x) {
  return x->of.n < REPORT_BRIDGES_MAX ? x->of.n : REPORT_BRIDGES_MAX;
}

/* From below the lowest level to above the highest, of all groups. */
static struct scale scale_of(const struct bridges *x) {
  static const enum bridge_step levels[] = {BRIDGE_KEPT, BRIDGE_PAID};
  struct scale s = {1, 1};
  for (size_t i = 0; i < drawn(x); i++)
    for (size_t k = 0; k < sizeof levels / sizeof *levels; k++) {
      double at = share(&x->of.v[i], levels[k]);
      if (at < s.low) s.low = at;
      if (at > s.high) s.high = at;
    }
  double room = (s.high - s.low) * 0.08 + 0.005;
  return (struct scale){s.low - room, s.high + room};
}

static double on(const struct scale *s, double at) { return (at - s->low) / (s->high - s->low); }

/* ---- a step --------------------------------------------------------------------------- */

/* Where the level stands after the step: parts have their signs. */
static double level_after(const struct bridge *b, enum bridge_step s) {
  double base = b->amount[BRIDGE_BASE], at = base;
  for (int k = BRIDGE_BASE; k <= (int)s; k++)
    if (steps[k].kind == BRIDGE_PART) at += b->amount[k];
  return base > 0 ? at / base : NAN;
}

/* What is not known is no loss. */
static const char *color_of(const struct bridge *b, enum bridge_step s) {
  if (s == BRIDGE_PARTLY_KNOWN) return "unsure";
  return b->amount[s] < 0 ? "loss" : "gain";
}

static void put_bar(struct html *h, const struct bridge *b, enum bridge_step s,
                    const struct scale *scale) {
  double after = level_after(b, s), one = on(scale, 1);
  html_cell_open(h, "");
  if (!isnan(after) && steps[s].kind == BRIDGE_PART) {
    struct svg_span span = {on(scale, after - share(b, s)), on(scale, after), color_of(b, s)};
    svg_bar(h, &span, b->amount[s] != 0, -1, one);
  } else if (!isnan(after) && s >= BRIDGE_BASE && s <= BRIDGE_PAID)
    svg_bar(h, NULL, 0, on(scale, share(b, s)), one);
  html_cell_close(h);
}

static const char *step_name(struct html *h, const struct bridges *x, enum bridge_step s) {
  if (s == BRIDGE_NEW && !x->knows_new) return say(&h->w, T_BRIDGE_NEW_OR_RETURNED);
  const char *name = steps[s].name[h->w.tongue == TONGUE_FR];
  return s == BRIDGE_START ? arena_printf(h->a, "%s, %s", name, say_short_day(&h->w, x->then))
                           : name;
}

static const char *share_words(struct html *h, const struct bridge *b, enum bridge_step s) {
  bool of_start = steps[s].kind == BRIDGE_PART || (s >= BRIDGE_BASE && s <= BRIDGE_PAID);
  if (!of_start || isnan(share(b, s))) return "";
  const char *text = say_percent(&h->w, share(b, s));
  return steps[s].kind == BRIDGE_PART && share(b, s) > 0 ? arena_printf(h->a, "+%s", text) : text;
}

static void put_step(struct html *h, const struct bridges *x, const struct bridge *b,
                     enum bridge_step s, const struct scale *scale) {
  static const char *const classes[] = {
      [BRIDGE_LEVEL] = "sum", [BRIDGE_PART] = "", [BRIDGE_BESIDE] = "beside"};
  struct value v = {.type = x->type, .known = true, .num = b->amount[s]};
  html_row(h, s == BRIDGE_END ? "sum end" : classes[steps[s].kind]);
  html_cell_open(h, "");
  html_put(h, "%s <small>%s</small>", step_name(h, x, s), say_number(&h->w, b->rows[s]));
  html_cell_close(h);
  put_bar(h, b, s, scale);
  html_cell(h, share_words(h, b, s));
  html_cell(h, steps[s].kind == BRIDGE_LEVEL ? amount_of(&h->w, &v).number : say_signed(&h->w, &v));
  html_row_end(h);
}

/* A step that nobody took goes without saying where it is about what is not known. */
static bool is_shown(const struct bridges *x, const struct bridge *b, enum bridge_step s) {
  if (s == BRIDGE_RETURNED) return x->knows_new;
  if (s == BRIDGE_UNKNOWN_THEN || s == BRIDGE_PARTLY_KNOWN) return b->rows[s] > 0;
  if (s == BRIDGE_UNKNOWN_NOW || s == BRIDGE_START)
    return b->rows[BRIDGE_UNKNOWN_NOW] > 0 || s == BRIDGE_START;
  return s != BRIDGE_BASE || b->rows[BRIDGE_UNKNOWN_NOW] > 0;
}

/* ---- a group -------------------------------------------------------------------------- */

static const char *title_of(struct html *h, const struct bridge *b, bool first) {
  const char *name = b->group         ? b->group
                     : first          ? say(&h->w, T_BRIDGE_ALL)
                     : b->known_group ? say(&h->w, T_BRIDGE_ALL)
                                      : say(&h->w, T_WORD_UNKNOWN);
  bool started = b->amount[BRIDGE_BASE] > 0;
  return arena_printf(h->a, "%s · %s", name,
                      started
                          ? say(&h->w, T_BRIDGE_SHARES, say_percent(&h->w, share(b, BRIDGE_PAID)),
                                say_percent(&h->w, share(b, BRIDGE_KEPT)))
                          : say(&h->w, T_BRIDGE_NO_START));
}

static void put_bridges(struct html *h, const struct bridges *x) {
  struct scale scale = scale_of(x);
  html_put(h, "<div class=\"bridges\">\n");
  for (size_t i = 0; i < drawn(x); i++) {
    const struct bridge *b = &x->of.v[i];
    html_table(h, "bridge", title_of(h, b, i == 0), columns, sizeof columns / sizeof *columns);
    for (int s = 0; s < BRIDGE_STEPS; s++)
      if (is_shown(x, b, s)) put_step(h, x, b, s, &scale);
    html_table_end(h);
  }
  html_put(h, "</div>\n");
  if (x->of.n > drawn(x))
    html_paragraph(h, "fine", say_count(&h->w, T_BRIDGE_CUT, (long)(x->of.n - drawn(x))));
}

void html_bridge_body(struct html *h) {
  for (size_t i = 0; i < h->r->bridges.n; i++) put_bridges(h, &h->r->bridges.v[i]);
  html_paragraph(h, "fine", say(&h->w, T_BRIDGE_FINE));
  html_command(h, html_where(h, "report", ""));
}
