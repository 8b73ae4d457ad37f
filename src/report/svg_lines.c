/* In: values by day, what they should not cross. Out: lines, each named beside its end; the names
 * are pushed apart, so that no one stands on another or on a line. */
#include <math.h>
#include <utf8proc.h>

#include "base/text.h"
#include "report/svg.h"

enum {
  WIDTH = 312,
  HEIGHT = 112,
  TOP = 12,
  BOTTOM = 96,       /* the axis */
  APART = 12,        /* of two names */
  NAME_MARGIN = 8,   /* from the line to its name */
  LETTER = 6,        /* how wide one is, about */
  FIRST_WIDTH = 36,  /* of the first value */
  NAME_LETTERS = 24, /* letters of a name */
  LABELS = REPORT_LINES_MAX + SVG_REFS_MAX
};

struct label {
  const char *text, *class;
  double y;
};

struct drawing {
  struct html *h;
  const struct svg_lines *x;
  double low, high, right; /* right: where the lines end */
  struct label labels[LABELS];
  size_t n_labels;
};

/* ---- the scale ------------------------------------------------------------------------ */

static void widen(struct drawing *d, double v) {
  if (!(v >= d->low)) d->low = v;
  if (!(v <= d->high)) d->high = v;
}

/* Data, floor and goal, and 8% more; from 0 where a half of it would look like nothing. */
static bool find_scale(struct drawing *d) {
  const struct svg_lines *x = d->x;
  d->low = d->high = NAN;
  for (size_t l = 0; l < x->n_lines; l++)
    for (size_t i = 0; i < x->n_days; i++)
      if (x->lines[l].at[i].known && isfinite(x->lines[l].at[i].num))
        widen(d, x->lines[l].at[i].num);
  if (isnan(d->low)) return false;
  for (size_t r = 0; r < x->n_refs; r++)
    if (isfinite(x->refs[r].at)) widen(d, x->refs[r].at);
  if (x->from_zero) widen(d, 0);
  double room = (d->high - d->low) * 0.08;
  if (room == 0) room = fabs(d->high) * 0.08 + 1e-9;
  if (!x->from_zero || d->low < 0) d->low -= room;
  d->high += room;
  return isfinite(d->high - d->low);
}

static double y_of(const struct drawing *d, double v) {
  return BOTTOM - (v - d->low) / (d->high - d->low) * (BOTTOM - TOP);
}

static double x_of(const struct drawing *d, day_t day) {
  const struct svg_lines *x = d->x;
  double days = x->days[x->n_days - 1] - x->days[0];
  return 3 + (days > 0 ? (day - x->days[0]) / days : 1) * (d->right - 4);
}

/* ---- names ---------------------------------------------------------------------------- */

/* Not longer than beside the chart fits; the whole name is in the table. */
static const char *cut(struct html *h, const char *text) {
  const char *p = text;
  for (int n = 0; *p && n < NAME_LETTERS; n++) {
    utf8proc_int32_t c;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)p, -1, &c);
    p += size > 0 ? size : 1;
  }
  return *p ? arena_printf(h->a, "%.*s…", (int)(p - text), text) : text;
}

static void add_label(struct drawing *d, const char *text, const char *class, double at) {
  d->labels[d->n_labels++] = (struct label){text, class, y_of(d, at) + 4};
}

/* The last day with a value; n: none. */
static size_t last_known(const struct svg_lines *x, const struct svg_line *l) {
  for (size_t i = x->n_days; i > 0; i--)
    if (l->at[i - 1].known && isfinite(l->at[i - 1].num)) return i - 1;
  return x->n_days;
}

static void name_all(struct drawing *d) {
  const struct svg_lines *x = d->x;
  struct html *h = d->h;
  for (size_t l = 0; l < x->n_lines; l++) {
    size_t last = last_known(x, &x->lines[l]);
    if (last == x->n_days) continue;
    const struct value *v = &x->lines[l].at[last];
    const char *name = *x->lines[l].name ? arena_printf(h->a, "%s ", cut(h, x->lines[l].name)) : "";
    add_label(d, arena_printf(h->a, "%s%s", name, say_short(&h->w, v)),
              x->lines[l].red ? "lab red" : "lab", v->num);
  }
  for (size_t r = 0; r < x->n_refs; r++)
    if (isfinite(x->refs[r].at)) add_label(d, x->refs[r].text, x->refs[r].class, x->refs[r].at);
}

static void sort_labels(struct drawing *d) {
  for (size_t i = 1; i < d->n_labels; i++)
    for (size_t k = i; k > 0 && d->labels[k].y < d->labels[k - 1].y; k--) {
      struct label other = d->labels[k];
      d->labels[k] = d->labels[k - 1];
      d->labels[k - 1] = other;
    }
}

static void push_apart(struct drawing *d) {
  size_t n = d->n_labels;
  sort_labels(d);
  for (size_t i = 0; i < n; i++) {
    double least = i ? d->labels[i - 1].y + APART : TOP + 4;
    if (d->labels[i].y < least) d->labels[i].y = least;
  }
  for (size_t i = n; i > 0; i--) {
    double most = i == n ? BOTTOM + 2 : d->labels[i].y - APART;
    if (d->labels[i - 1].y > most) d->labels[i - 1].y = most;
  }
}

static void find_right(struct drawing *d) {
  size_t longest = 0;
  for (size_t i = 0; i < d->n_labels; i++) {
    size_t n = text_length(d->labels[i].text);
    if (n > longest) longest = n;
  }
  d->right = WIDTH - NAME_MARGIN - (double)longest * LETTER;
  if (d->right < WIDTH / 3) d->right = WIDTH / 3.0;
}

/* ---- drawing -------------------------------------------------------------------------- */

static const char *color_of(size_t line, bool red) {
  static const char *const colors[REPORT_LINES_MAX] = {"", "s2", "s3"};
  return red ? "red" : colors[line];
}

static void put_line(struct drawing *d, size_t line) {
  const struct svg_lines *x = d->x;
  const struct svg_line *l = &x->lines[line];
  struct html *h = d->h;
  bool pen = false;
  html_put(h, "<path class=\"line %s\" d=\"", color_of(line, l->red));
  for (size_t i = 0; i < x->n_days; i++) {
    bool known = l->at[i].known && isfinite(l->at[i].num);
    if (known)
      html_put(h, "%s%.1f %.1f", pen ? "L" : "M", x_of(d, x->days[i]), y_of(d, l->at[i].num));
    pen = known;
  }
  html_put(h, "\"/>");
  size_t last = last_known(x, l);
  if (last < x->n_days)
    html_put(h, "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\"/>",
             color_of(line, l->red), x_of(d, x->days[last]), y_of(d, l->at[last].num));
}

/* The value that the only line begins with, above the line. */
static void put_first(struct drawing *d) {
  const struct svg_line *l = &d->x->lines[0];
  if (d->x->n_lines != 1 || !l->at[0].known || !isfinite(l->at[0].num)) return;
  double y = y_of(d, l->at[0].num);
  for (size_t i = 1; i < d->x->n_days && x_of(d, d->x->days[i]) < FIRST_WIDTH; i++)
    if (l->at[i].known && y_of(d, l->at[i].num) < y) y = y_of(d, l->at[i].num);
  html_put(d->h, "<text class=\"first\" x=\"1\" y=\"%.1f\">%s</text>",
           y < TOP + 2 ? TOP - 3.0 : y - 5, say_short(&d->h->w, &l->at[0]));
}

static void put_axis(struct drawing *d) {
  const struct svg_lines *x = d->x;
  struct html *h = d->h;
  html_put(h, "<path class=\"axis\" d=\"M1 %.1fH%.1f\"/>", BOTTOM - 0.5, d->right + 1);
  html_put(h, "<text x=\"1\" y=\"109\">%s</text>", say_month(&h->w, x->days[0]));
  html_put(h, "<text x=\"%.1f\" y=\"109\" text-anchor=\"end\">%s</text>", d->right + 1,
           say_short_day(&h->w, x->days[x->n_days - 1]));
}

/* "NRR, from Mar 2025 to 1 Mar: Basic 92.9%, Pro 105.8%, floor 100%" */
static const char *sentence(struct drawing *d) {
  const struct svg_lines *x = d->x;
  struct html *h = d->h;
  const char *out = "";
  for (size_t i = 0; i < d->n_labels; i++)
    out = arena_printf(h->a, "%s%s%s", out, i ? ", " : "", d->labels[i].text);
  return say(&h->w, T_CHART_OF, x->title, say_month(&h->w, x->days[0]),
             say_short_day(&h->w, x->days[x->n_days - 1]), out);
}

bool svg_lines(struct html *h, const struct svg_lines *x) {
  struct drawing d = {.h = h, .x = x};
  if (!x->n_days || !find_scale(&d)) return false;
  name_all(&d);
  find_right(&d);
  html_put(h, "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH,
           HEIGHT, sentence(&d));
  push_apart(&d);
  put_axis(&d);
  for (size_t r = 0; r < x->n_refs; r++)
    if (isfinite(x->refs[r].at))
      html_put(h, "<path class=\"ref %s\" d=\"M1 %.1fH%.1f\"/>", x->refs[r].class,
               y_of(&d, x->refs[r].at), d.right + 1);
  for (size_t l = x->n_lines; l > 0; l--) put_line(&d, l - 1);
  put_first(&d);
  for (size_t i = 0; i < d.n_labels; i++)
    html_put(h, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", d.labels[i].class,
             d.right + NAME_MARGIN, d.labels[i].y, d.labels[i].text);
  html_put(h, "</svg>\n");
  return true;
}
