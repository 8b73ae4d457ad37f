/* What was said and what the same days give today, for people. In: a report. Out: a table for each
 * day. Of one number all digits are shown that it takes to see how it differs, and its parts are
 * made of what is printed: so they add up on paper too. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/table.h"
#include "base/text.h"
#include "cmd/published.h"
#include "sema/hindsight.h"

/* ---- numbers as they are printed ------------------------------------------------------ */

enum { DECIMALS_MOST = 9 };

/* A number as people read it: in euros, in percent. */
struct printed {
  double scale;     /* what the value is multiplied by; of money it is moved to major units */
  int decimals;     /* after the point */
  const char *unit; /* behind a value; "" */
  const char *step; /* behind a difference */
};

static double shown(const struct printed *p, const struct value *v) {
  return v->type.unit == U_MONEY ? decimal_major(v->num, currency_minor(v->type.currency))
                                 : v->num * p->scale;
}

/* In units of the last decimal, so that differences are whole. */
static double in_steps(const struct printed *p, const struct value *v) {
  return round(shown(p, v) * pow(10, p->decimals));
}

static bool looks_same(const struct printed *p, const struct value *a, const struct value *b) {
  return a->num != b->num && in_steps(p, a) == in_steps(p, b);
}

static struct printed printed_of(const struct value *v, struct arena *a) {
  struct printed p = {1, v->num == round(v->num) ? 0 : 2, "", ""};
  if (v->type.unit == U_MONEY) {
    p.decimals = (int)lround(log10(currency_minor(v->type.currency)));
    p.unit = v->type.currency ? arena_printf(a, " %s", v->type.currency) : "";
  } else if (v->type.unit == U_SHARE && v->type.percent) {
    p = (struct printed){100, 1, "%", "pp"};
  } else if (v->type.unit == U_DURATION) {
    p.unit = p.step = arena_printf(a, " %s", dur_unit_name(v->type.counted_in));
  }
  return p;
}

static const char *grouped(double steps, int decimals, bool sign, struct arena *a) {
  char digits[64];
  double size = fabs(steps) / pow(10, decimals);
  int n = snprintf(digits, sizeof digits, "%.*f", decimals, size);
  if (n < 0 || n >= (int)sizeof digits) return arena_printf(a, "%g", steps / pow(10, decimals));
  int whole = (int)strcspn(digits, ".");
  const char *out = steps < 0 ? "-" : sign && steps > 0 ? "+" : "";
  for (int i = 0; i < n; i++)
    out = arena_printf(a, "%s%s%c", out, i && i < whole && (whole - i) % 3 == 0 ? "," : "",
                       digits[i]);
  return out;
}

static const char *level(const struct printed *p, const struct value *v, struct arena *a) {
  char buf[128];
  struct value plain = *v;
  plain.of_rows = 0;
  if (!comparable(v, v)) return arena_strdup(a, value_text(&plain, buf, sizeof buf));
  return arena_printf(a, "%s%s", grouped(in_steps(p, v), p->decimals, false, a), p->unit);
}

static const char *step(const struct printed *p, double steps, struct arena *a) {
  return arena_printf(a, "%s%s", grouped(steps, p->decimals, true, a), p->step);
}

/* As many decimals as it takes to tell the three apart that are not equal. */
static struct printed digits_of(const struct compared *c, const struct value *said,
                                struct arena *a) {
  struct printed p = printed_of(said->known ? said : &c->now, a);
  bool differs = c->status != SAID_SAME && comparable(said, &c->now);
  while (differs && p.decimals < DECIMALS_MOST &&
         (looks_same(&p, said, &c->now) || (c->in_parts && (looks_same(&p, said, &c->by_then) ||
                                                            looks_same(&p, &c->by_then, &c->now)))))
    p.decimals++;
  return p;
}

/* ---- one number ----------------------------------------------------------------------- */

const char *compared_group(const struct compared *c, struct arena *a) {
  json_t *o = *c->group ? json_loads(c->group, 0, NULL) : NULL, *part;
  const char *text = "", *name;
  json_object_foreach(o, name, part) {
    const char *one = json_is_string(part)    ? json_string_value(part)
                      : json_is_number(part)  ? arena_printf(a, "%.15g", json_number_value(part))
                      : json_is_boolean(part) ? (json_is_true(part) ? "yes" : "no")
                                              : "unknown";
    text = arena_printf(a, "%s%s%s", text, *text ? ", " : "", one);
  }
  json_decref(o);
  return text;
}

static const char *name_of(const struct compared *c, struct arena *a) {
  const char *group = compared_group(c, a);
  const char *was = c->was ? arena_printf(a, " (was %s)", c->was) : "";
  return arena_printf(a, "%s%s%s%s", c->kpi, was, *group ? " " : "", group);
}

struct section {
  const struct published_report *r;
  struct table *t;
  struct arena *a;
};

static void row(const struct section *s, const char *name, const char *said, const char *now,
                const char *says) {
  table_row(s->t, (const char *const[]){name, said, now, says});
}

static const char *known_text(long known, long rows, struct arena *a) {
  if (!rows) return "";
  return arena_printf(a, "%s of %s known", grouped_count(known, a), grouped_count(rows, a));
}

static void print_known(const struct section *s, const struct compared *c) {
  if (c->said && (c->said->known != c->known || c->said->rows != c->rows))
    row(s, "", known_text(c->said->known, c->said->rows, s->a),
        c->now.known ? known_text(c->known, c->rows, s->a) : "", "");
}

/* Of the rows whose values the number is made of: "1 row fewer is known". */
static const char *rows_moved(const struct compared *c, struct arena *a) {
  long by = c->then_known - c->said->known, n = labs(by);
  if (!by) return "";
  return arena_printf(
      a, "%s %s %s known", grouped_count(n, a), plural(n, "row", "rows"),
      by < 0 ? plural(n, "fewer is", "fewer are") : plural(n, "more is", "more are"));
}

static const char *cause(const struct compared *c, struct arena *a) {
  const name_list *h = c->hindsight;
  const char *more = h->n > 1 ? arena_printf(a, " and %zu more", h->n - 1) : "";
  return arena_printf(a, "  data, or hindsight: %s%s %s only today's value", h->v[0], more,
                      h->n > 1 ? "have" : "has");
}

/* Where the number came from, and where it went: the parts add up to the difference above them. */
static void print_parts(const struct section *s, const struct compared *c, const struct printed *p,
                        const struct value *said) {
  const char *changed = !c->redefined ? "" : c->changed ? c->changed : "what it reads has changed";
  if (!c->in_parts) {
    if (c->redefined) table_line(s->t, 0, arena_printf(s->a, "  the definition: %s", changed));
    return;
  }
  double data = in_steps(p, &c->by_then) - in_steps(p, said),
         definition = in_steps(p, &c->now) - in_steps(p, &c->by_then);
  row(s, "  by the data", step(p, data, s->a), "", rows_moved(c, s->a));
  row(s, "  by the definition", step(p, definition, s->a), "", definition != 0 ? c->changed : "");
}

static void print_compared(const struct section *s, const struct compared *c) {
  const struct value none = {.known = false}, *said = c->said ? &c->said->value : &none;
  struct printed p = digits_of(c, said, s->a),
                 other = printed_of(&c->now, s->a); /* today's unit, where it is another */
  bool answered = c->status != SAID_GONE && c->status != SAID_UNTOLD;
  const char *word = c->status == SAID_SAME ? "same" : said_status_word(c->status);
  if (answered && c->status != SAID_SAME && comparable(said, &c->now))
    word = arena_printf(s->a, "%s %s", word,
                        step(&p, in_steps(&p, &c->now) - in_steps(&p, said), s->a));
  row(s, name_of(c, s->a), c->said ? level(&p, said, s->a) : "not said",
      answered ? level(comparable(said, &c->now) ? &p : &other, &c->now, s->a) : "", word);
  if (c->status == SAID_UNTOLD) table_line(s->t, 0, arena_printf(s->a, "  %s", c->why));
  if (!answered || c->status == SAID_SAME) return;
  print_known(s, c);
  if (c->status == SAID_RESTATED) print_parts(s, c, &p, said);
  if (c->hindsight) table_line(s->t, 0, cause(c, s->a));
}

/* ---- a day ---------------------------------------------------------------------------- */

/* The day on which all of it was said, for the heading; without one the column says only that. */
static const char *said_heading(const struct compared *list, size_t n, struct arena *a) {
  char day[16];
  day_t on = DAY_NONE;
  for (size_t i = 0; i < n; i++) {
    if (!list[i].said) continue;
    if (on != DAY_NONE && on != list[i].said->said_on) return "said";
    on = list[i].said->said_on;
  }
  return on == DAY_NONE ? "said" : arena_printf(a, "said %s", day_text(on, day));
}

static bool any_differs(const struct compared *list, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (list[i].status != SAID_SAME) return true;
  return false;
}

/* Over several days only what differs. */
static void print_day(FILE *f, const struct published_report *r, const struct compared *list,
                      size_t n, int width, bool color, struct arena *a) {
  char day[16];
  const struct table_col cols[] = {{"KPI", ALIGN_LEFT, FIT_WRAP, 18},
                                   {said_heading(list, n, a), ALIGN_RIGHT, FIT_WHOLE, 0},
                                   {"today", ALIGN_RIGHT, FIT_WHOLE, 0},
                                   {"", ALIGN_LEFT, FIT_WRAP, 12}};
  struct section s = {r, table_new(a, cols, 4), a};
  for (size_t i = 0; i < n; i++)
    if (r->newest || list[i].status != SAID_SAME) print_compared(&s, &list[i]);
  fprintf(f, "What was said for %s, and what the same day gives today\n\n",
          day_text(list[0].day, day));
  table_print(s.t, f, width, color);
  fputc('\n', f);
}

/* ---- all of it ------------------------------------------------------------------------ */

static const char *counted(const struct published_report *r, struct arena *a) {
  size_t counts[SAID_STATUSES] = {0};
  const char *text = "";
  for (size_t i = 0; i < r->n; i++) counts[r->list[i].status]++;
  for (int k = 0; k < SAID_STATUSES; k++)
    if (counts[k])
      text = arena_printf(a, "%s%s%s %s", text, *text ? ", " : "",
                          grouped_count((long)counts[k], a), said_status_word((enum said_status)k));
  return text;
}

static size_t count_days(const struct published_report *r) {
  size_t n = 0;
  for (size_t i = 0; i < r->n; i++) n += i == 0 || r->list[i].day != r->list[i - 1].day;
  return n;
}

static void print_end(FILE *f, const struct published_report *r, struct arena *a) {
  char day[16], last[16];
  size_t days = count_days(r);
  if (!r->newest && r->n)
    fprintf(f, "%s to %s, %s %s: ", day_text(r->list[0].day, day),
            day_text(r->list[r->n - 1].day, last), grouped_count((long)days, a),
            plural((long)days, "day", "days"));
  if (r->n) fprintf(f, "%s.\n", counted(r, a));
  if (r->smaller)
    fprintf(f, "Not shown: %s within the tolerance.\n", grouped_count((long)r->smaller, a));
  if (r->more_days)
    fprintf(f, "Said of %s more %s: --from %s\n", grouped_count((long)r->more_days, a),
            plural((long)r->more_days, "day", "days"), day_text(r->first_day, day));
}

void published_text(FILE *f, const struct published_report *r, int width, bool color,
                    struct arena *a) {
  if (!r->n && !r->smaller) {
    fprintf(f,
            "Nothing was said%s: `vigie run` keeps what it says of the KPIs of the company that\n"
            "are strategic or published.\n",
            r->newest ? "" : " in that time");
    return;
  }
  for (size_t i = 0, end; i < r->n; i = end) {
    end = i + 1;
    while (end < r->n && r->list[end].day == r->list[i].day) end++;
    if (r->newest || any_differs(r->list + i, end - i))
      print_day(f, r, r->list + i, end - i, width, color, a);
  }
  print_end(f, r, a);
}
