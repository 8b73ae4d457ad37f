/* In: renewals. Out: a stem each, at its day, as high as its amount: full and red where an action
 * is open, hollow where a rule could not judge, grey where no rule speaks. The largest are named
 * where no stem and no other name is in the way. */
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "report/svg.h"

enum {
  STEM_STEP = 3,    /* between those of one day */
  LETTER = 6,       /* how wide one is, about */
  NAMED = 14,       /* that a name is sought a place for */
  NAME_HEIGHT = 13, /* of its line */
  MONTH_LINES = 62, /* for the name of a month and its sums */
  GRID_LINES = 4,
  STEMS_PAST_EDGE = 4
};

struct stem {
  const struct renewal_line *of;
  double x, y;
};

struct box {
  double left, right, top, bottom;
};

struct plot {
  struct html *h;
  const struct renewals *r;
  bool wide;
  double width, height, floor, ceiling, most; /* floor: the axis; most: amount at the ceiling */
  struct stem *stems;
  size_t n;
  struct box named[NAMED];
  size_t n_named;
};

static const char *class_of(const struct renewal_line *l) {
  static const char *const classes[] = {
      [RENEWAL_QUIET] = "quiet", [RENEWAL_ACTION] = "risk", [RENEWAL_UNJUDGED] = "unk"};
  return classes[l->state];
}

static const char *name_of(const struct renewal_line *l) {
  return l->label && *l->label ? l->label : l->key;
}

/* ---- places --------------------------------------------------------------------------- */

static double x_of_day(const struct plot *p, day_t day) {
  double days = p->r->last - p->h->r->as_of + 1;
  return 4 + (day - p->h->r->as_of) / days * (p->width - 8);
}

static double y_of(const struct plot *p, const struct value *worth) {
  if (!worth->known || p->most <= 0) return p->floor - STEMS_PAST_EDGE;
  double share = worth->num < 0 ? 0 : worth->num / p->most;
  return p->floor - share * (p->floor - p->ceiling);
}

static int most_pressing(const void *pa, const void *pb) {
  const struct renewal_line *a = ((const struct stem *)pa)->of, *b = ((const struct stem *)pb)->of;
  bool quiet_a = a->state == RENEWAL_QUIET, quiet_b = b->state == RENEWAL_QUIET;
  if (quiet_a != quiet_b) return quiet_a ? 1 : -1;
  int c = worth_cmp(&a->worth, &b->worth);
  return c ? c : a->day < b->day ? -1 : a->day > b->day;
}

/* Those of one day stand beside each other, within the width of the day. */
static void place(struct plot *p) {
  double a_day = x_of_day(p, p->h->r->as_of + 1) - x_of_day(p, p->h->r->as_of);
  for (size_t i = 0; i < p->r->coming.n;) {
    size_t end = i;
    while (end < p->r->coming.n && p->r->coming.v[end].day == p->r->coming.v[i].day) end++;
    double step = a_day / (double)(end - i);
    if (step > STEM_STEP) step = STEM_STEP;
    for (size_t k = i; k < end; k++) {
      const struct renewal_line *l = &p->r->coming.v[k];
      p->stems[p->n++] = (struct stem){l, x_of_day(p, l->day) + (double)(k - i) * step + step / 2,
                                       y_of(p, &l->worth)};
    }
    i = end;
  }
  qsort(p->stems, p->n, sizeof *p->stems, most_pressing);
  if (p->n > REPORT_STEMS_MAX) p->n = REPORT_STEMS_MAX;
}

/* ---- the ground ----------------------------------------------------------------------- */

/* A round amount of which a few fit below the ceiling. */
static double grid_step(double most) {
  double step = pow(10, floor(log10(most)));
  while (most / step > GRID_LINES) step *= most / step > GRID_LINES * 2.5 ? 5 : 2;
  return step;
}

static void put_grid(struct plot *p) {
  if (!(p->most >= 1) || !isfinite(p->most)) return;
  struct value v = {.type = p->r->coming.v[0].worth.type, .known = true};
  double step = grid_step(p->most);
  for (v.num = step; v.num < p->most * 1.02; v.num += step) {
    double y = y_of(p, &v);
    html_put(p->h, "<path class=\"grid\" d=\"M0 %.1fH%.1f\"/>", y, p->width);
    html_put(p->h, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>", p->width, y - 3,
             say_short(&p->h->w, &v));
  }
}

static struct renewal_sum sum_between(const struct renewals *r, day_t from, day_t until,
                                      int state) {
  size_t first = 0, end;
  while (first < r->coming.n && r->coming.v[first].day < from) first++;
  for (end = first; end < r->coming.n && r->coming.v[end].day < until;) end++;
  return renewals_sum(r->coming.v + first, end - first, state);
}

static const char *sum_words(struct plot *p, const struct renewal_sum *s, enum page_text id) {
  struct html *h = p->h;
  const char *worth = s->worth.known ? say_amount(&h->w, &s->worth) : say(&h->w, T_WORD_NO_WORTH);
  return id == T_RENEW_MONTH ? say(&h->w, id, say_number(&h->w, s->n), worth)
                             : say_count(&h->w, id, s->n, worth);
}

static void put_sums(struct plot *p, double x, day_t from, day_t until) {
  static const struct {
    int state;
    enum page_text words;
    const char *class;
  } lines[] = {{RENEWAL_STATES, T_RENEW_MONTH, "sum"},
               {RENEWAL_ACTION, T_RENEW_AT_RISK, "risk"},
               {RENEWAL_UNJUDGED, T_RENEW_NOT_JUDGED, "sum"}};
  double y = 28;
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    struct renewal_sum s = sum_between(p->r, from, until, lines[i].state);
    if (!s.n) continue;
    html_put(p->h, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", lines[i].class, x, y,
             sum_words(p, &s, lines[i].words));
    y += 14;
  }
}

static day_t next_month(day_t d) {
  int year, month, day;
  day_to_civil(d, &year, &month, &day);
  return day_from_civil(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1);
}

/* A month of a few days at the end has no room for its sums. */
static void put_months(struct plot *p) {
  struct html *h = p->h;
  for (day_t from = h->r->as_of; from <= p->r->last; from = next_month(from)) {
    day_t until = next_month(from) < p->r->last + 1 ? next_month(from) : p->r->last + 1;
    double x = x_of_day(p, from), room = x_of_day(p, until) - x;
    html_put(h, "<path class=\"grid\" d=\"M%.1f 4V%.1f\"/>", x, p->floor);
    if (room < 60) continue;
    html_put(h, "<text class=\"month\" x=\"%.1f\" y=\"13\">%s</text>", x + 4,
             capital(h->a, say_month_name(&h->w, from)));
    if (p->wide && room > 160) put_sums(p, x + 4, from, until);
    html_put(h, "<text x=\"%.1f\" y=\"%.1f\">%s</text>", x + 4, p->floor + 16,
             say_short_day(&h->w, from));
  }
}

/* ---- stems and their names ------------------------------------------------------------ */

static void put_stem(struct plot *p, const struct stem *s) {
  struct html *h = p->h;
  const char *class = class_of(s->of);
  html_put(h, "<path class=\"stem %s\" d=\"M%.1f %.1fV%.1f\"/>", class, s->x, p->floor, s->y);
  html_put(
      h, "<circle class=\"head %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>",
      class, s->x, s->y, s->of->state == RENEWAL_QUIET ? 2.4 : 3.6,
      say(&h->w, T_RENEW_POINT, name_of(s->of), say_short_day(&h->w, s->of->day),
          say_amount(&h->w, &s->of->worth)));
}

static bool meets(const struct box *a, const struct box *b) {
  return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

static bool is_free(const struct plot *p, const struct box *b, const struct stem *own) {
  if (b->left < 0 || b->right > p->width - 44 || b->top < MONTH_LINES - NAME_HEIGHT) return false;
  for (size_t i = 0; i < p->n_named; i++)
    if (meets(b, &p->named[i])) return false;
  for (size_t i = 0; i < p->n; i++) {
    const struct stem *s = &p->stems[i];
    if (s != own && s->x > b->left - 4 && s->x < b->right + 4 && s->y - 4 < b->bottom) return false;
  }
  return true;
}

static void put_name(struct plot *p, const struct stem *s) {
  const char *name = name_of(s->of);
  double width = (double)text_length(name) * LETTER;
  for (int left = 0; left < 2; left++) {
    double x = left ? s->x - 7 : s->x + 7;
    struct box b = {left ? x - width : x, left ? x : x + width, s->y - NAME_HEIGHT / 2.0,
                    s->y + NAME_HEIGHT / 2.0};
    if (!is_free(p, &b, s)) continue;
    p->named[p->n_named++] = b;
    html_put(p->h, "<text class=\"lab %s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
             class_of(s->of), x, s->y + 4, left ? "end" : "start", name);
    return;
  }
}

/* What is pressing first; of the rest only what is large. */
static void put_names(struct plot *p) {
  for (size_t i = 0; i < p->n && p->n_named < NAMED; i++) {
    const struct stem *s = &p->stems[i];
    if (s->of->worth.known && s->of->worth.num >= p->most * 0.12) put_name(p, s);
  }
}

static double most_of(const struct renewals *r) {
  double most = 0;
  for (size_t i = 0; i < r->coming.n; i++)
    if (r->coming.v[i].worth.known && r->coming.v[i].worth.num > most)
      most = r->coming.v[i].worth.num;
  return most;
}

static const char *sentence(struct plot *p) {
  static const struct {
    int state;
    enum page_text words;
  } parts[] = {{RENEWAL_STATES, T_RENEW_LEAD},
               {RENEWAL_ACTION, T_RENEW_RISK},
               {RENEWAL_UNJUDGED, T_RENEW_UNJUDGED}};
  const char *out = "";
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    out = arena_printf(p->h->a, "%s%s%s", out, i ? ", " : "",
                       say_count(&p->h->w, parts[i].words,
                                 renewals_sum(p->r->coming.v, p->r->coming.n, parts[i].state).n));
  return say(&p->h->w, T_RENEW_CHART, out);
}

void svg_renewals(struct html *h, const struct renewals *r, bool wide) {
  struct plot p = {.h = h, .r = r, .wide = wide, .most = most_of(r)};
  p.width = wide ? 984 : 358;
  p.height = wide ? 268 : 200;
  p.floor = p.height - 22;
  p.ceiling = wide ? MONTH_LINES : 28;
  p.stems = NEW_N(h->a, struct stem, r->coming.n + 1);
  place(&p);
  html_put(h, "<svg class=\"chart %s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
           wide ? "wide" : "narrow", (int)p.width, (int)p.height, sentence(&p));
  put_grid(&p);
  html_put(h, "<path class=\"axis\" d=\"M0 %.1fH%.1f\"/>", p.floor + 0.5, p.width);
  put_months(&p);
  for (size_t i = p.n; i > 0; i--) put_stem(&p, &p.stems[i - 1]);
  if (wide) put_names(&p);
  html_put(h, "</svg>\n");
}
