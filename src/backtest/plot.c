/* In: counts by day. Out: lines of block characters. */
#include "backtest/plot.h"

#include <string.h>

enum { LINES = 6, EIGHTHS = 8, MARGIN = 8, COLUMNS_MAX = 66, COLUMNS_MIN = 12, LABEL = 4 };

struct columns {
  long *most;
  day_t *first; /* the day that a column begins with */
  size_t n;
};

static struct columns columns_of(const struct plot *p, struct arena *a) {
  size_t room = p->width > MARGIN + COLUMNS_MIN ? (size_t)(p->width - MARGIN) : COLUMNS_MIN;
  if (room > COLUMNS_MAX) room = COLUMNS_MAX;
  size_t per = (p->n + room - 1) / room;
  struct columns c = {NEW_N(a, long, room + 1), NEW_N(a, day_t, room + 1), 0};
  for (size_t i = 0; i < p->n; i++) {
    if (i % per == 0) c.first[c.n++] = p->days[i];
    if (p->counts[i] > c.most[c.n - 1]) c.most[c.n - 1] = p->counts[i];
  }
  return c;
}

/* The height of a line: a round number, so that six of them hold the most. */
static long line_height(long most) {
  static const long round[] = {1, 2, 3, 5, 10, 15, 20, 25, 50};
  long tens = 1;
  while (true) {
    for (size_t i = 0; i < sizeof round / sizeof *round; i++)
      if (round[i] * tens * LINES >= most) return round[i] * tens;
    tens *= 10;
  }
}

static void print_line(FILE *f, const struct columns *c, long base, long height) {
  static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  size_t last = c->n;
  while (last && c->most[last - 1] <= base) last--;
  for (size_t i = 0; i < last; i++) {
    long over = c->most[i] - base, eighths = over > 0 ? (over * EIGHTHS + height - 1) / height : 0;
    fputs(blocks[eighths > EIGHTHS ? EIGHTHS : eighths], f);
  }
  fputc('\n', f);
}

/* A tick and a name where a month begins and there is room since the one before. */
static void print_months(FILE *f, const struct columns *c, struct arena *a) {
  static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char *line = arena_alloc(a, c->n + LABEL + 1), buf[16];
  memset(line, ' ', c->n + LABEL);
  size_t free_at = 0;
  int before = 0;
  fputs("      └", f);
  for (size_t i = 0; i < c->n; i++) {
    day_text(c->first[i], buf);
    int month = (buf[5] - '0') * 10 + buf[6] - '0';
    bool named = month != before && i >= free_at;
    fputs(named ? "┬" : "─", f);
    before = month;
    if (!named) continue;
    memcpy(line + i, names[month - 1], 3);
    free_at = i + LABEL;
  }
  size_t n = c->n + LABEL;
  while (n && line[n - 1] == ' ') n--;
  fprintf(f, "\n       %.*s\n", (int)n, line);
}

void plot_print(FILE *f, const struct plot *p, struct arena *a) {
  struct columns c = columns_of(p, a);
  long most = 0;
  for (size_t i = 0; i < c.n; i++)
    if (c.most[i] > most) most = c.most[i];
  if (!most) return;
  long height = line_height(most), lines = (most + height - 1) / height;
  for (long k = lines; k > 0; k--) {
    fprintf(f, "%5ld │", k * height);
    print_line(f, &c, (k - 1) * height, height);
  }
  print_months(f, &c, a);
}
