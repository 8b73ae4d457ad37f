/* In: values by day. Out: lines of block characters. */
#include "base/plot.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/unit.h"

enum {
  LINES = 6,
  EIGHTHS = 8,
  MARGIN = 8,
  COLUMNS_MAX = 66,
  COLUMNS_MIN = 12,
  NAME = 4,      /* of a month, and the blank behind it */
  BAR_MAX = 4,   /* columns of a day, where there is room; the last of them is blank */
  NUMBER_MIN = 5 /* cells of a number at the left */
};

struct columns {
  double *most;
  day_t *first; /* the day that a column begins with */
  size_t n;
  size_t wide; /* of each, in cells */
};

static struct columns columns_of(const struct plot *p, struct arena *a) {
  size_t room = p->width > MARGIN + COLUMNS_MIN ? (size_t)(p->width - MARGIN) : COLUMNS_MIN;
  if (room > COLUMNS_MAX) room = COLUMNS_MAX;
  size_t per = (p->n + room - 1) / room;
  struct columns c = {NEW_N(a, double, room + 1), NEW_N(a, day_t, room + 1), 0, 1};
  for (size_t i = 0; i < p->n; i++) {
    if (i % per == 0) {
      c.most[c.n] = NAN;
      c.first[c.n++] = p->days[i];
    }
    c.most[c.n - 1] = fmax(c.most[c.n - 1], p->values[i]); /* of a number and NAN, the number */
  }
  while (c.n && c.wide < BAR_MAX && c.n * (c.wide + 1) <= room) c.wide++;
  return c;
}

/* The height of a line: a round number, so that six of them hold the span. */
static double line_height(double span, bool whole) {
  static const double round[] = {1, 2, 3, 5, 10, 15, 20, 25, 50};
  double tens = whole ? 1 : pow(10, floor(log10(span / LINES)) - 1);
  for (;; tens *= 10)
    for (size_t i = 0; i < sizeof round / sizeof *round; i++)
      if (round[i] * tens * LINES >= span) return round[i] * tens;
}

struct scale {
  double base, height;
  int lines;
};

/* False: there is nothing to draw. */
static bool scale_of(const struct plot *p, const struct columns *c, struct scale *out) {
  double least = p->from_zero ? 0 : INFINITY, most = -INFINITY;
  bool whole = true;
  for (size_t i = 0; i < c->n; i++) {
    if (isnan(c->most[i])) continue;
    least = fmin(least, c->most[i]);
    most = fmax(most, c->most[i]);
    whole &= c->most[i] == floor(c->most[i]);
  }
  if (!(most > -INFINITY) || (least == 0 && most == 0)) return false;
  double span = most > least ? most - least : fabs(most);
  if (p->from_zero && least >= 0) {
    *out = (struct scale){0, line_height(most, whole), 0};
  } else {
    double height = line_height(span, false);
    double base = floor((least - height / 2) / height) * height;
    if (most - base > height * LINES) height = line_height(most - base, false);
    *out = (struct scale){floor((least - height / 2) / height) * height, height, 0};
  }
  out->lines = (int)ceil((most - out->base) / out->height - 1e-9);
  return true;
}

static void print_line(FILE *f, const struct columns *c, double base, double height) {
  static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  size_t last = c->n;
  while (last && !(c->most[last - 1] > base)) last--;
  for (size_t i = 0; i < last; i++) {
    double over = c->most[i] - base;
    int eighths = over > 0 ? (int)fmin(ceil(over * EIGHTHS / height - 1e-9), EIGHTHS) : 0;
    size_t bar = c->wide > 1 ? c->wide - 1 : 1;
    for (size_t k = 0; k < c->wide && (i + 1 < last || k < bar); k++)
      fputs(blocks[k < bar ? eighths : 0], f);
  }
  fputc('\n', f);
}

/* A tick and a name where a month begins and there is room since the one before. */
static void print_months(FILE *f, const struct columns *c, int margin, struct arena *a) {
  static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  size_t cells = c->n * c->wide;
  char *line = arena_alloc(a, cells + NAME + 1), buf[16];
  memset(line, ' ', cells + NAME);
  size_t free_at = 0;
  int before = 0;
  fprintf(f, "%*s└", margin, "");
  for (size_t i = 0; i < cells; i++) {
    day_text(c->first[i / c->wide], buf);
    int month = (buf[5] - '0') * 10 + buf[6] - '0';
    bool named = i % c->wide == 0 && month != before && i >= free_at;
    fputs(named ? "┬" : "─", f);
    if (i % c->wide == 0) before = month;
    if (!named) continue;
    memcpy(line + i, names[month - 1], 3);
    free_at = i + NAME;
  }
  size_t n = cells + NAME;
  while (n && line[n - 1] == ' ') n--;
  fprintf(f, "\n%*s%.*s\n", margin + 1, "", (int)n, line);
}

static const char *number(const struct plot *p, double at, struct arena *a) {
  char buf[96];
  const struct value v = {.type = {.unit = U_NUMBER}, .known = true, .num = at};
  return arena_printf(a, "%s%s", value_text(&v, buf, sizeof buf), p->unit);
}

void plot_print(FILE *f, const struct plot *p, struct arena *a) {
  struct columns c = columns_of(p, a);
  struct scale s;
  int wide = NUMBER_MIN;
  if (!scale_of(p, &c, &s)) return;
  for (int k = 0; k <= s.lines; k++) {
    const char *text = number(p, s.base + k * s.height, a);
    int cells = text_width(text, strlen(text));
    if (cells > wide) wide = cells;
  }
  for (int k = s.lines; k > 0; k--) {
    const char *text = number(p, s.base + k * s.height, a);
    fprintf(f, "%*s%s │", wide - text_width(text, strlen(text)), "", text);
    print_line(f, &c, s.base + (k - 1) * s.height, s.height);
  }
  if (s.base == 0) {
    print_months(f, &c, wide + 1, a);
    return;
  }
  const char *text = number(p, s.base, a); /* where a bar begins is said when it is not 0 */
  fprintf(f, "%*s%s ┼\n", wide - text_width(text, strlen(text)), "", text);
  print_months(f, &c, wide + 1, a);
}

const char *plot_sparkline(const double *values, size_t n, struct arena *a) {
  static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  double lo = INFINITY, hi = -INFINITY;
  for (size_t i = 0; i < n; i++) {
    if (isnan(values[i])) continue;
    lo = fmin(lo, values[i]);
    hi = fmax(hi, values[i]);
  }
  char *out = arena_alloc(a, n * 3 + 1), *end = out;
  *end = 0;
  for (size_t i = 0; i < n; i++) {
    bool known = !isnan(values[i]);
    int level = known && hi > lo ? (int)((values[i] - lo) / (hi - lo) * 7.999) : 0;
    end = stpcpy(end, known ? bars[level] : "·");
  }
  return out;
}
