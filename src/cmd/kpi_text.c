/* KPI reports for people. In: series and targets. Out: a board of the company's numbers, a table
 * for each KPI that has groups, rows or several days, and a table of targets. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/plot.h"
#include "base/table.h"
#include "cmd/kpi_print.h"
#include "eval/row_key.h"
#include "sema/hindsight.h"
#include "base/text.h"

struct sheet { /* where it goes */
  FILE *f;
  int width;
  bool color;
  struct arena *a;
};

/* ---- values in columns ---------------------------------------------------------------- */

/* A value without "4 of 5 rows", which has a column of its own. */
static const char *bare(const struct value *v, struct arena *a) {
  char buf[128];
  struct value plain = *v;
  plain.of_rows = 0;
  if (v->known && v->text && unit_class(v->type.unit) == CLASS_TXT) return v->text;
  return arena_strdup(a, value_text(&plain, buf, sizeof buf));
}

static const char *rows_text(const struct value *v, struct arena *a) {
  if (!v->of_rows) return "";
  const char *what = v->of_what ? arena_printf(a, " %s", v->of_what) : "";
  return arena_printf(a, "%s of %s%s", grouped_count(v->rows, a), grouped_count(v->of_rows, a),
                      what);
}

static size_t number_end(const char *s) { return strspn(s, "-0123456789,."); }

static size_t decimals(const char *s) {
  const char *point = memchr(s, '.', number_end(s));
  return point ? number_end(s) - (size_t)(point - s) - 1 : 0;
}

/* Values that stand below each other have as many decimals as the one with most: 60.0% above
 * 63.7%. */
static void align(const char **texts, size_t n, const struct type *t, struct arena *a) {
  size_t most = 0;
  if (unit_class(t->unit) != CLASS_NUM || t->unit == U_DATE) return;
  if (t->currency == CURRENCY_OWN) return; /* yen have no cents */
  for (size_t i = 0; i < n; i++)
    if (decimals(texts[i]) > most) most = decimals(texts[i]);
  for (size_t i = 0; i < n && most <= 2; i++) {
    size_t end = number_end(texts[i]), has = decimals(texts[i]);
    if (!end || has == most) continue;
    texts[i] = arena_printf(a, "%.*s%s%.*s%s", (int)end, texts[i], has ? "" : ".",
                            (int)(most - has), "00", texts[i] + end);
  }
}

/* Against the step before: relative for amounts, in points for percents. */
static const char *change(const struct kpi_value *then, const struct kpi_value *at,
                          struct arena *a) {
  const struct value *before = then ? &then->value : NULL, *now = at ? &at->value : NULL;
  if (!before || !now || !before->known || !now->known || unit_class(now->type.unit) != CLASS_NUM ||
      now->type.unit == U_DATE)
    return "";
  double d = now->num - before->num;
  if (now->type.percent) return fabs(d) < 0.0005 ? "=" : arena_printf(a, "%+.1fpp", d * 100);
  if (before->num == 0) return d == 0 ? "=" : "";
  double share = d / fabs(before->num) * 100;
  return fabs(share) < 0.05 ? "=" : arena_printf(a, "%+.1f%%", share);
}

static const char *sparkline(const struct kpi_value *const *values, size_t n, struct arena *a) {
  double *numbers = NEW_N(a, double, n + 1);
  for (size_t i = 0; i < n; i++)
    numbers[i] = values[i] && values[i]->value.known ? values[i]->value.num : NAN;
  return plot_sparkline(numbers, n, a);
}

/* ---- tables without empty columns ----------------------------------------------------- */

enum { COLUMNS_MOST = 9 };

struct line {
  const char *cells[COLUMNS_MOST];
};

typedef VEC(struct line) line_list;

static bool is_used(const line_list *lines, size_t column) {
  for (size_t i = 0; i < lines->n; i++)
    if (lines->v[i].cells[column] && *lines->v[i].cells[column]) return true;
  return false;
}

/* The first two columns always, the others where they say something. What `below` says of
 * a line stands under it; NULL: nothing does. */
static void print_lines_over(const struct sheet *p, const struct table_col *cols, size_t n,
                             const line_list *lines,
                             const char *below(const struct sheet *, const struct line *)) {
  struct table_col chosen[COLUMNS_MOST];
  size_t from[COLUMNS_MOST], k = 0;
  for (size_t c = 0; c < n; c++) {
    if (c > 1 && !is_used(lines, c)) continue;
    chosen[k] = cols[c];
    from[k++] = c;
  }
  struct table *t = table_new(p->a, chosen, k);
  for (size_t i = 0; i < lines->n; i++) {
    const char *cells[COLUMNS_MOST], *rest = below ? below(p, &lines->v[i]) : "";
    for (size_t c = 0; c < k; c++) cells[c] = lines->v[i].cells[from[c]];
    table_row(t, cells);
    if (*rest) table_line(t, 1, rest);
  }
  table_print(t, p->f, p->width, p->color);
}

static void print_lines(const struct sheet *p, const struct table_col *cols, size_t n,
                        const line_list *lines) {
  print_lines_over(p, cols, n, lines, NULL);
}

/* ---- the company on one day ----------------------------------------------------------- */

/* What steers the company, then what moves before it does, then the rest. */
enum part { PART_STRATEGIC, PART_LEADING, PART_DETAILS, PARTS };
static const char *const part_names[PARTS] = {"Strategic", "Leading", "Details"};

static enum part part_of(const struct kpi *k) {
  return k->strategic ? PART_STRATEGIC : k->leading ? PART_LEADING : PART_DETAILS;
}

static bool on_board(const struct kpi_series *s) {
  return !s->n_dims && s->n_days == 1 && s->days[0].n;
}

static void print_board(const struct sheet *p, const struct kpi_report *r, enum part part) {
  const struct table_col cols[] = {
      {"KPI", ALIGN_LEFT, FIT_WHOLE, 0},
      {"value", ALIGN_RIGHT, FIT_WHOLE, 0},
      {"", ALIGN_LEFT, FIT_WHOLE, 0},
      {"known rows", ALIGN_RIGHT, FIT_WHOLE, 0},
      {"owner", ALIGN_LEFT, FIT_SHORTEN, 8},
      {part == PART_STRATEGIC ? "what it decides" : "what it says", ALIGN_LEFT, FIT_WRAP, 16}};
  line_list lines = {0};
  for (size_t k = 0; k < r->n; k++) {
    const struct kpi_series *s = &r->series[k];
    if (part_of(s->kpi) != part || !on_board(s)) continue;
    const struct kpi_value *v = &s->days[0].values[0];
    const char *says = part == PART_STRATEGIC && s->kpi->decides ? s->kpi->decides : s->kpi->means;
    struct line line = {{s->kpi->name, bare(&v->value, p->a), v->band, rows_text(&v->value, p->a),
                         s->kpi->owner, says}};
    VEC_PUSH(p->a, &lines, line);
  }
  if (!lines.n) return;
  fputc('\n', p->f);
  print_lines(p, cols, 6, &lines);
}

/* ---- one KPI -------------------------------------------------------------------------- */

#define DECIDES "It decides: "

/* " of account", " by plan, region" */
static const char *split_of(const struct sheet *p, const struct kpi_series *s) {
  if (s->kpi->entity) return arena_printf(p->a, " of %s", s->kpi->entity->name);
  const char *text = "";
  for (size_t i = 0; i < s->n_dims; i++)
    text = arena_printf(p->a, "%s%s%s", text, i ? ", " : " by ", s->dims[i]);
  return text;
}

static int cells(const char *text) { return text_width(text, strlen(text)); }

/* What it means stands beside its name, or under it where there is no room. */
static void heading(const struct sheet *p, const struct kpi_series *s, const char *spark) {
  const struct kpi *k = s->kpi;
  const char *split = split_of(p, s), *means = k->means ? k->means : "";
  if (!spark) spark = "";
  int room = p->width - cells(k->name) - cells(split) - cells(spark);
  bool beside = !p->width || cells(means) + 4 <= room;
  fprintf(p->f, "\n%s%s%s%s", p->color ? "\033[1m" : "", k->name, p->color ? "\033[0m" : "", split);
  if (*means && beside) fprintf(p->f, ": %s", means);
  if (*spark) fprintf(p->f, "  %s", spark);
  fputc('\n', p->f);
  if (*means && !beside) print_paragraph(p->f, p->width, 2, 2, means, p->a);
  if (k->strategic && k->decides)
    print_paragraph(p->f, p->width, 0, (int)strlen(DECIDES),
                    arena_printf(p->a, DECIDES "%s", k->decides), p->a);
}

/* One value a day: the days are the rows. */
static void print_days(const struct sheet *p, const struct kpi_series *s) {
  const struct kpi_value **values = NEW_N(p->a, const struct kpi_value *, s->n_days);
  const char **texts = NEW_N(p->a, const char *, s->n_days);
  for (size_t d = 0; d < s->n_days; d++) {
    values[d] = s->days[d].n ? &s->days[d].values[0] : NULL;
    texts[d] = values[d] ? bare(&values[d]->value, p->a) : "";
  }
  align(texts, s->n_days, &s->kpi->term->type, p->a);
  heading(p, s, s->n_days > 2 ? sparkline(values, s->n_days, p->a) : NULL);
  static const struct table_col cols[] = {{"day", ALIGN_LEFT, FIT_WHOLE, 0},
                                          {"value", ALIGN_RIGHT, FIT_WHOLE, 0},
                                          {"change", ALIGN_RIGHT, FIT_WHOLE, 0},
                                          {"", ALIGN_LEFT, FIT_WHOLE, 0},
                                          {"known rows", ALIGN_RIGHT, FIT_WHOLE, 0}};
  line_list lines = {0};
  for (size_t d = 0; d < s->n_days; d++) {
    if (!values[d]) continue;
    char day[16];
    struct line line = {{arena_strdup(p->a, day_text(s->days[d].day, day)), texts[d],
                         change(d ? values[d - 1] : NULL, values[d], p->a), values[d]->band,
                         rows_text(&values[d]->value, p->a)}};
    VEC_PUSH(p->a, &lines, line);
  }
  print_lines(p, cols, 5, &lines);
}

static const struct kpi_value *find(const struct kpi_series *s, size_t day,
                                    const struct kpi_value *like) {
  for (size_t i = 0; i < s->days[day].n; i++)
    if (kpi_same_group(s, &s->days[day].values[i], like)) return &s->days[day].values[i];
  return NULL;
}

static const char *row_name(const struct kpi_series *s, const struct kpi_value *v,
                            struct arena *a) {
  const char *name = s->kpi->entity ? v->by[0].text : group_name(v->by, s->n_dims, a);
  return v->label ? arena_printf(a, "%s (%s)", v->label, name) : name;
}

/* As in the table where they are equal. */
static int by_size(const void *pa, const void *pb) {
  const struct kpi_value *a = *(const struct kpi_value *const *)pa,
                         *b = *(const struct kpi_value *const *)pb;
  int c = kpi_compare_sizes(&a->value, &b->value);
  return c ? c : (a > b) - (a < b);
}

/* Of all groups together, where there are several; NULL. */
static const struct kpi_value *total_on(const struct kpi_series *s, size_t day) {
  bool has = s->totals && s->totals[day].n && s->days[s->n_days - 1].n > 1;
  return has ? &s->totals[day].values[0] : NULL;
}

/* Its decimals are its own: 50% of a group stays 50%. */
static void add_total(const struct sheet *p, const struct kpi_series *s, line_list *lines) {
  const struct kpi_value **course = NEW_N(p->a, const struct kpi_value *, s->n_days);
  size_t n = s->n_days;
  for (size_t d = 0; d < n; d++) course[d] = total_on(s, d);
  const struct kpi_value *v = course[n - 1];
  struct line line = {{"all", bare(&v->value, p->a), n > 1 ? change(course[n - 2], v, p->a) : "",
                       "", rows_text(&v->value, p->a), n > 1 ? sparkline(course, n, p->a) : ""}};
  VEC_PUSH(p->a, lines, line);
}

enum { ROWS_ALONE = KPI_ROWS_SHOWN, ROWS_AMONG_OTHERS = 5 };

/* Groups or rows: one line each, with the course over the days. Of an entity's rows, the largest.
 */
static void print_groups(const struct sheet *p, const struct kpi_series *s, bool alone) {
  const struct kpi_day *last = &s->days[s->n_days - 1];
  size_t most = alone ? ROWS_ALONE : ROWS_AMONG_OTHERS,
         shown = s->kpi->entity && last->n > most ? most : last->n;
  bool series = s->n_days > 1;
  const struct kpi_value **order = NEW_N(p->a, const struct kpi_value *, last->n + 1);
  const struct kpi_value *total = total_on(s, s->n_days - 1);
  const char **texts = NEW_N(p->a, const char *, shown + 1);
  for (size_t i = 0; i < last->n; i++) order[i] = &last->values[i];
  bool sized = kpi_has_sizes(s->kpi);
  if (sized) qsort(order, last->n, sizeof *order, by_size);
  for (size_t i = 0; i < shown; i++) texts[i] = bare(&order[i]->value, p->a);
  align(texts, shown, &s->kpi->term->type, p->a);
  heading(p, s, NULL);
  const struct table_col cols[] = {{s->kpi->entity   ? s->kpi->entity->name
                                    : s->n_dims == 1 ? s->dims[0]
                                                     : "group",
                                    ALIGN_LEFT, FIT_SHORTEN, 12},
                                   {"value", ALIGN_RIGHT, FIT_WHOLE, 0},
                                   {"change", ALIGN_RIGHT, FIT_WHOLE, 0},
                                   {"", ALIGN_LEFT, FIT_WHOLE, 0},
                                   {"known rows", ALIGN_RIGHT, FIT_WHOLE, 0},
                                   {"", ALIGN_LEFT, FIT_SHORTEN, 6}};
  line_list lines = {0};
  for (size_t i = 0; i < shown; i++) {
    const struct kpi_value **course = NEW_N(p->a, const struct kpi_value *, s->n_days);
    for (size_t d = 0; series && d < s->n_days; d++) course[d] = find(s, d, order[i]);
    struct line line = {{row_name(s, order[i], p->a), texts[i],
                         series ? change(course[s->n_days - 2], order[i], p->a) : "",
                         order[i]->band, rows_text(&order[i]->value, p->a),
                         series ? sparkline(course, s->n_days, p->a) : ""}};
    VEC_PUSH(p->a, &lines, line);
  }
  if (total) add_total(p, s, &lines);
  print_lines(p, cols, 6, &lines);
  if (!last->n) fputs("no rows on that day\n", p->f);
  if (shown < last->n + last->left_out)
    fprintf(p->f, "the %s %zu of %zu; --format csv lists them all\n", sized ? "largest" : "first",
            shown, last->n + last->left_out);
}

/* ---- the parts ------------------------------------------------------------------------ */

static size_t in_part(const struct kpi_report *r, enum part part) {
  size_t n = 0;
  for (size_t k = 0; k < r->n; k++) n += part_of(r->series[k].kpi) == part;
  return n;
}

static size_t count_parts(const struct kpi_report *r) {
  size_t n = 0;
  for (int part = 0; part < PARTS; part++) n += in_part(r, (enum part)part) > 0;
  return n;
}

static void print_part(const struct sheet *p, const struct kpi_report *r, enum part part,
                       bool named) {
  size_t n = in_part(r, part);
  if (!n) return;
  if (named)
    fprintf(p->f, "\n%s%s: %zu%s\n", p->color ? "\033[1m" : "", part_names[part], n,
            p->color ? "\033[0m" : "");
  print_board(p, r, part);
  for (size_t k = 0; k < r->n; k++) {
    const struct kpi_series *s = &r->series[k];
    if (part_of(s->kpi) != part) continue;
    if (s->n_dims)
      print_groups(p, s, r->n == 1);
    else if (!on_board(s))
      print_days(p, s);
  }
}

/* ---- targets -------------------------------------------------------------------------- */

/* A level that meets its target before its day has not reached it: where would the trend end? */
static const char *standing_before_its_day(const struct target_status *t, struct arena *a) {
  bool at_most = t->target->op == OP_LT || t->target->op == OP_LE;
  const char *side = t->gap.num == 0 ? "at" : at_most ? "below" : "above";
  bool falls_back = t->projected.known && !t->ends_met;
  return arena_printf(a, "%s target%s", side, falls_back ? ", trend ends short of it" : "");
}

static const char *standing(const struct target_status *t, struct arena *a) {
  if (t->judged && t->met && !t->reached) return standing_before_its_day(t, a);
  if (t->judged) return t->reached ? "reached" : t->on_track ? "on track" : "behind";
  if (t->row < 0) return "no rows";
  return !t->now.known ? "unknown today" : !t->goal.known ? "goal unknown" : "start unknown";
}

enum { TARGET_WHOLE = 20, OF_TARGET = 6, TARGET_COLUMNS = 9 };

static const struct table_col target_cols[TARGET_COLUMNS] = {
    {"target", ALIGN_LEFT, FIT_WRAP, TARGET_WHOLE},
    {"due", ALIGN_LEFT, FIT_WHOLE, 0},
    {"for", ALIGN_LEFT, FIT_WHOLE, 0},
    {"", ALIGN_LEFT, FIT_WHOLE, 0},
    {"goal", ALIGN_RIGHT, FIT_WHOLE, 0},
    {"now", ALIGN_RIGHT, FIT_WHOLE, 0},
    {"to go", ALIGN_RIGHT, FIT_WHOLE, 0},
    {"pace", ALIGN_RIGHT, FIT_WHOLE, 0},
    {"at this speed", ALIGN_RIGHT, FIT_WHOLE, 0}};

static struct line target_line(const struct sheet *p, const struct target_status *x) {
  char due[16];
  return (struct line){{span_text(p->a, x->target->expr->span),
                        arena_strdup(p->a, day_text(x->due, due)),
                        x->by ? group_name(x->by, x->target->dims.n, p->a) : "", standing(x, p->a),
                        x->by ? target_level(&x->goal, p->a) : "", target_level(&x->now, p->a),
                        x->reached || !x->gap.known ? "" : target_distance(&x->gap, p->a),
                        x->pace.known ? target_level(&x->pace, p->a) : "",
                        x->projected.known ? target_level(&x->projected, p->a) : ""}};
}

/* The first column gives way down to its least. */
static int width_of_targets(const line_list *lines) {
  enum { GAP = 2 };
  int total = -GAP;
  for (size_t c = 0; c < TARGET_COLUMNS; c++) {
    int most = cells(target_cols[c].header);
    for (size_t i = 0; i < lines->n; i++)
      if (cells(lines->v[i].cells[c]) > most) most = cells(lines->v[i].cells[c]);
    if (c == 0 && most > TARGET_WHOLE) most = TARGET_WHOLE;
    if (c < 2 || is_used(lines, c)) total += most + GAP;
  }
  return total;
}

/* "to go 294,844 EUR, pace 13,027,381 EUR" */
static const char *rest_of_target(const struct sheet *p, const struct line *line) {
  const char *text = "";
  for (size_t c = OF_TARGET; c < TARGET_COLUMNS; c++)
    if (*line->cells[c])
      text = arena_printf(p->a, "%s%s%s %s", text, *text ? ", " : "", target_cols[c].header,
                          line->cells[c]);
  return text;
}

static void print_targets(const struct sheet *p, const struct kpi_report *r) {
  line_list lines = {0};
  if (!r->n_targets) return;
  for (size_t i = 0; i < r->n_targets; i++) {
    const struct line line = target_line(p, &r->targets[i]);
    VEC_PUSH(p->a, &lines, line);
  }
  fputc('\n', p->f);
  /* where the terminal is too narrow, what is still to do has a line of its own */
  if (p->width > 0 && width_of_targets(&lines) > p->width)
    print_lines_over(p, target_cols, OF_TARGET, &lines, rest_of_target);
  else
    print_lines(p, target_cols, TARGET_COLUMNS, &lines);
}

/* What has to be said beside numbers. */
static void print_remarks(const struct sheet *p, const struct kpi_report *r) {
  bool first = true;
  for (size_t k = 0; k < r->n; k++)
    for (size_t i = 0; i < r->series[k].remarks.n; i++, first = false) {
      if (first) fputc('\n', p->f);
      print_paragraph(p->f, p->width, 0, 0, arena_printf(p->a, "%s.", r->series[k].remarks.v[i]),
                      p->a);
    }
}

void kpi_print_text(FILE *f, const struct kpi_report *r, day_t as_of, int width, bool color,
                    struct arena *a) {
  char day[16];
  struct sheet p = {f, width, color, a};
  char first[16];
  size_t n = r->series[0].n_days;
  if (n > 1)
    fprintf(f, "%s to %s, %zu steps: ", day_text(r->series[0].days[0].day, first),
            day_text(as_of, day), n);
  else
    fprintf(f, "%s: ", day_text(as_of, day));
  fprintf(f, "%zu %s\n", r->n, plural(r->n, "KPI", "KPIs"));
  bool several = count_parts(r) > 1;
  for (int part = 0; part < PARTS; part++) print_part(&p, r, (enum part)part, several);
  print_targets(&p, r);
  print_remarks(&p, r);
  if (r->hindsight) fprintf(f, "\n%s.\n", hindsight_line(r->hindsight, a));
}
