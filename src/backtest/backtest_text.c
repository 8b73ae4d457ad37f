/* In: a backtest. Out: what people read of it. */
#include "backtest/backtest_text.h"

#include <string.h>

#include "base/plot.h"
#include "base/check.h"
#include "base/table.h"
#include "base/terminal.h"
#include "base/text.h"
#include "sema/hindsight.h"

enum { MISSED_SHOWN = 5, LOADS_SHOWN = 8 };

struct page {
  FILE *f;
  const struct backtest *b;
  const struct text_style *style;
  struct arena *a;
};

static void paragraph(const struct page *p, const char *text) {
  print_paragraph(p->f, p->style->width, 0, 0, text, p->a);
}

static const char *day_of(const struct page *p, day_t d) {
  char buf[16];
  return arena_strdup(p->a, day_text(d, buf));
}

static const char *money(const struct page *p, const struct value *v) {
  char buf[96];
  return arena_strdup(p->a, value_text(v, buf, sizeof buf));
}

/* ---- the first lines ------------------------------------------------------------------------- */

static const char *outcome_words(const struct page *p) {
  const struct condition *c = p->b->outcome;
  char within[16];
  const char *out = arena_printf(p->a, "The outcome, %s of %s, began %ld %s.", c->text,
                                 plural_name(p->a, c->rule->entity->name), p->b->onsets,
                                 plural(p->b->onsets, "time", "times"));
  if (!p->b->base.days) return out;
  return arena_printf(p->a,
                      "%s It follows within %s of %.1f%% of all days on which it is false: what "
                      "chance would get right.",
                      out, duration_text(c->within, within),
                      100.0 * (double)p->b->base.followed / (double)p->b->base.days);
}

static const char *span_words(const struct page *p) {
  const struct backtest *b = p->b;
  char handled[16];
  size_t n = 0;
  for (size_t i = 0; i < b->replayed->days.n; i++) n += b->replayed->days.v[i].day >= b->from;
  const char *unit =
      b->every.unit == DUR_WEEK ? plural((long)n, "week", "weeks") : plural((long)n, "day", "days");
  const char *policy = b->policy_of == DAY_NONE ? "each with the policy of its day"
                                                : arena_printf(p->a, "all with the policy of %s",
                                                               day_of(p, b->policy_of));
  const char *people = b->handled.n ? arena_printf(p->a, "every item is done %s after its start",
                                                   duration_text(b->handled, handled))
                                    : "nobody closes items by hand";
  const char *text = arena_printf(p->a, "%s to %s, %zu %s, %s; %s.", day_of(p, b->from),
                                  day_of(p, b->to), n, unit, policy, people);
  return b->outcome ? arena_printf(p->a, "%s %s", text, outcome_words(p)) : text;
}

const char *backtest_words(const struct backtest *b, struct arena *a) {
  struct page p = {.b = b, .a = a};
  return span_words(&p);
}

/* ---- rules ----------------------------------------------------------------------------------- */

const char *share_words(long part, long whole, struct arena *a) {
  double low, high;
  if (!whole) return "–";
  if (whole < FEW_DECIDED) return arena_printf(a, "%ld of %ld", part, whole);
  const char *text = arena_printf(a, "%.0f%%", 100.0 * (double)part / (double)whole);
  if (whole >= RANGE_DECIDED) return text;
  share_range(part, whole, &low, &high);
  return arena_printf(a, "%s (%.0f–%.0f)", text, low * 100, high * 100);
}

/* Days of warning, the median and the quartiles: "91 (19 to 109)". */
static const char *warning_words(const struct score *s, struct arena *a) {
  return s->caught ? arena_printf(a, "%ld (%ld to %ld)", s->lead[1], s->lead[0], s->lead[2]) : "–";
}

static const char *count(const struct page *p, long n) { return arena_printf(p->a, "%ld", n); }

static bool is_silent(const struct score *s) { return !s->opened && !s->carried_in; }

/* Precision against chance: "33% (25–42), 10x". */
static const char *precision(const struct page *p, const struct score *s) {
  const struct base_rate *base = &p->b->base;
  long decided = s->right + s->wrong;
  const char *text = share_words(s->right, decided, p->a);
  if (decided < FEW_DECIDED || !base->followed || !base->days) return text;
  double chance = (double)base->followed / (double)base->days;
  double times = (double)s->right / (double)decided / chance;
  return arena_printf(p->a, "%s, %.*fx chance", text, times < 1 ? 1 : 0, times);
}

static void print_rules(const struct page *p) {
  const struct table_col columns[] = {{.header = "rule", .fit = FIT_WRAP},
                                      {.header = "opened", .align = ALIGN_RIGHT},
                                      {.header = "at a time", .align = ALIGN_RIGHT},
                                      {.header = "most", .align = ALIGN_RIGHT},
                                      {.header = "short-lived", .align = ALIGN_RIGHT},
                                      {.header = "back again", .align = ALIGN_RIGHT}};
  struct table *t = table_new(p->a, columns, 6);
  for (size_t i = 0; i <= p->b->n_rules; i++) {
    const struct score *s = i < p->b->n_rules ? &p->b->rules[i] : &p->b->together;
    if (i < p->b->n_rules && is_silent(s)) continue;
    table_row(t, (const char *const[]){s->rule ? s->rule : "together", count(p, s->opened),
                                       count(p, s->open_median), count(p, s->open_max),
                                       count(p, s->short_lived), count(p, s->back_again)});
  }
  fputc('\n', p->f);
  table_print(t, p->f, p->style->width, p->style->color);
}

static void print_silent(const struct page *p) {
  const char *names = "";
  size_t n = 0;
  for (size_t i = 0; i < p->b->n_rules; i++) {
    if (!is_silent(&p->b->rules[i])) continue;
    names = arena_printf(p->a, "%s%s%s", names, n++ ? ", " : "", p->b->rules[i].rule);
  }
  if (n) paragraph(p, arena_printf(p->a, "Silent: %s", names));
}

static void print_not_asked(const struct page *p) {
  const char *names = "";
  for (size_t i = 0; i < p->b->n_rules; i++) {
    const struct score *s = &p->b->rules[i];
    if (s->not_asked)
      names = arena_printf(p->a, "%s%s%s %ld", names, *names ? ", " : "", s->rule, s->not_asked);
  }
  if (*names)
    paragraph(p, arena_printf(p->a, "No longer asked, because a threshold changed: %s", names));
}

/* The rules whose items can be right or wrong, and the policy. */
static bool is_scored(const struct page *p, size_t i) {
  return i == p->b->n_rules || (p->b->rules[i].counts && !is_silent(&p->b->rules[i]));
}

static const struct score *score_at(const struct page *p, size_t i) {
  return i < p->b->n_rules ? &p->b->rules[i] : &p->b->together;
}

static void print_right(const struct page *p) {
  bool narrow = p->style->width && p->style->width < TERM_WIDE;
  enum fit fit = narrow ? FIT_WRAP : FIT_WHOLE;
  const struct table_col columns[] = {
      {.header = "rule", .fit = FIT_WRAP, .min_width = narrow ? 20 : 0},
      {.header = "right", .align = ALIGN_RIGHT},
      {.header = "wrong", .align = ALIGN_RIGHT},
      {.header = "too early", .align = ALIGN_RIGHT, .fit = fit, .min_width = 5},
      {.header = "precision", .fit = fit, .min_width = 14},
      {.header = "caught", .align = ALIGN_RIGHT},
      {.header = "days of warning", .fit = fit, .min_width = 10}};
  struct table *t = table_new(p->a, columns, 7);
  for (size_t i = 0; i <= p->b->n_rules; i++) {
    const struct score *s = score_at(p, i);
    if (!is_scored(p, i)) continue;
    const char *caught = arena_printf(p->a, "%ld of %ld", s->caught, s->onsets);
    bool all = !s->rule;
    table_row(
        t, (const char *const[]){all ? "together" : s->rule, all ? "" : count(p, s->right),
                                 all ? "" : count(p, s->wrong), all ? "" : count(p, s->too_early),
                                 all ? "" : precision(p, s), caught, warning_words(s, p->a)});
  }
  fputc('\n', p->f);
  table_print(t, p->f, p->style->width, p->style->color);
}

static void print_money(const struct page *p) {
  const struct table_col columns[] = {{.header = "rule", .fit = FIT_WRAP},
                                      {.header = "money caught", .align = ALIGN_RIGHT},
                                      {.header = "missed", .align = ALIGN_RIGHT},
                                      {.header = ""}};
  struct table *t = table_new(p->a, columns, 4);
  if (!p->b->outcome->measures.n || !p->b->onsets) return;
  for (size_t i = 0; i <= p->b->n_rules; i++) {
    const struct score *s = score_at(p, i);
    for (size_t m = 0; is_scored(p, i) && m < s->n_money; m++)
      table_row(t, (const char *const[]){m         ? ""
                                         : s->rule ? s->rule
                                                   : "together",
                                         money(p, &s->money[m].caught),
                                         money(p, &s->money[m].missed), s->money[m].of->name});
  }
  fputc('\n', p->f);
  table_print(t, p->f, p->style->width, p->style->color);
}

static const char *first_money(const struct page *p, const struct onset *o) {
  for (size_t m = 0; o->worth && m < p->b->outcome->measures.n; m++)
    if (o->worth[m].known) return money(p, &o->worth[m]);
  return "";
}

static void print_missed(const struct page *p) {
  const struct table_col columns[] = {{.header = ""},
                                      {.header = "", .fit = FIT_WRAP},
                                      {.header = "", .align = ALIGN_RIGHT},
                                      {.header = ""}};
  const struct score *s = &p->b->together;
  struct table *t = table_new(p->a, columns, 4);
  if (!s->n_missed) return;
  fputs("\nMissed by every rule\n", p->f);
  for (size_t i = 0; i < s->n_missed && i < MISSED_SHOWN; i++) {
    const struct onset *o = s->missed[i];
    const char *label = strcmp(o->label, o->key) == 0 ? "" : o->label;
    table_row(t, (const char *const[]){arena_printf(p->a, "  %s", o->key), label, first_money(p, o),
                                       day_of(p, o->day)});
  }
  table_print(t, p->f, p->style->width, false);
  if (s->n_missed > MISSED_SHOWN)
    fprintf(p->f, "  %zu more: --format json\n", s->n_missed - MISSED_SHOWN);
}

/* ---- the rule that had most at a time -------------------------------------------------------- */

static void print_plot(const struct page *p) {
  const struct backtest *b = p->b;
  const struct replayed *r = b->replayed;
  size_t most = 0, n = 0;
  for (size_t i = 0; i < b->n_rules; i++)
    if (b->rules[i].open_max > b->rules[most].open_max) most = i;
  if (!b->n_rules || !b->rules[most].open_max) return;
  const struct score *s = &b->rules[most];
  day_t *days = NEW_N(p->a, day_t, r->days.n + 1);
  double *counts = NEW_N(p->a, double, r->days.n + 1);
  for (size_t d = 0; d < r->days.n; d++) {
    if (r->days.v[d].day < b->from) continue;
    days[n] = r->days.v[d].day;
    counts[n++] = (double)r->days.v[d].open[most];
  }
  fprintf(p->f, "\n%s, open at a time: median %ld, most %ld (%s)\n", s->rule, s->open_median,
          s->open_max, day_of(p, s->open_max_day));
  plot_print(p->f,
             &(struct plot){.days = days,
                            .values = counts,
                            .n = n,
                            .unit = "",
                            .from_zero = true,
                            .width = p->style->width},
             p->a);
}

/* ---- people ---------------------------------------------------------------------------------- */

static void print_loads(const struct page *p) {
  const struct backtest *b = p->b;
  size_t over = 0;
  while (over < b->n_loads && b->loads[over].weeks_over) over++;
  if (!over) return;
  fputs("\nOver capacity\n", p->f);
  for (size_t i = 0; i < over && i < LOADS_SHOWN; i++) {
    const struct load *l = &b->loads[i];
    fprintf(p->f, "  %s (%d): %ld %s, most %ld on %s\n", l->owner, l->capacity, l->weeks_over,
            plural(l->weeks_over, "week", "weeks"), l->max, day_of(p, l->worst));
  }
  if (over > LOADS_SHOWN) fprintf(p->f, "  %zu more people: --format json\n", over - LOADS_SHOWN);
}

/* ---- what to doubt --------------------------------------------------------------------------- */

name_list backtest_doubts(const struct backtest *b, const name_list *hindsight, struct arena *a) {
  name_list out = {0};
  if (hindsight) VEC_PUSH(a, &out, arena_printf(a, "%s.", hindsight_line(hindsight, a)));
  if (b->late.n)
    VEC_PUSH(a, &out,
             arena_printf(a, "Nothing is known before a history begins: %s.",
                          late_histories_text(&b->late, a)));
  VEC_PUSH(a, &out, "Rows deleted since then cannot be seen.");
  if (b->every.unit == DUR_WEEK)
    VEC_PUSH(a, &out, "What opened and closed between two weeks was not seen: --every day.");
  return out;
}

void print_backtest_doubts(FILE *f, const struct backtest *b, const struct text_style *style,
                           struct arena *a) {
  struct page p = {f, b, style, a};
  name_list doubts = backtest_doubts(b, b->hindsight, a);
  fputc('\n', f);
  for (size_t i = 0; i < doubts.n; i++) paragraph(&p, doubts.v[i]);
}

void print_backtest_text(FILE *f, const struct backtest *b, const struct text_style *style,
                         struct arena *a) {
  struct page p = {f, b, style, a};
  paragraph(&p, span_words(&p));
  print_rules(&p);
  print_silent(&p);
  print_not_asked(&p);
  if (b->outcome) {
    print_right(&p);
    print_money(&p);
    print_missed(&p);
  }
  print_plot(&p);
  print_loads(&p);
  print_backtest_doubts(f, b, style, a);
}
