/* In: a threshold that was varied. Out: what people read: a table, bars, the candidate. */
#include "backtest/tune_text.h"

#include <math.h>
#include <string.h>

#include "backtest/backtest_text.h"
#include "base/decimal.h"
#include "base/table.h"
#include "base/text.h"

enum {
  SCREEN = 80,
  COLUMNS_MOST = 11,
  RIGHT_ROOM = 8,
  EIGHTHS = 8,
  WORDS_ROOM = 26,
  MONEY_WHOLE = 10000000
};

struct tune_page {
  FILE *f;
  const struct tune *t;
  const struct text_style *style;
  struct arena *a;
};

static void say_paragraph(const struct tune_page *p, const char *text) {
  int width = p->style->width;
  print_paragraph(p->f, width && width < SCREEN ? width : SCREEN, 0, 0, text, p->a);
}

static const struct backtest *backtest_today(const struct tune_page *p) {
  return &p->t->values[p->t->today].backtest;
}

static const char *listed(const name_list *names, struct arena *a) {
  const char *out = "";
  for (size_t i = 0; i < names->n; i++)
    out = arena_printf(a, "%s%s%s", out, !i ? "" : i + 1 == names->n ? " and " : ", ", names->v[i]);
  return out;
}

/* ---- the first lines ------------------------------------------------------------------------- */

static const char *span_words(const struct tune_page *p) {
  const struct backtest *b = backtest_today(p);
  char from[16], to[16], handled[16];
  size_t n = 0;
  for (size_t i = 0; i < b->replayed->days.n; i++) n += b->replayed->days.v[i].day >= b->from;
  const char *unit =
      b->every.unit == DUR_WEEK ? plural((long)n, "week", "weeks") : plural((long)n, "day", "days");
  const char *people = b->handled.n ? arena_printf(p->a, "every item is done %s after its start",
                                                   duration_text(b->handled, handled))
                                    : "nobody closes items by hand";
  return arena_printf(p->a, "%s to %s, %zu %s, each value held for all of them; %s.",
                      day_text(b->from, from), day_text(b->to, to), n, unit, people);
}

static const char *outcome_sentence(const struct tune_page *p) {
  const struct backtest *b = backtest_today(p);
  const struct condition *c = b->outcome;
  char within[16], buf[96];
  if (!c) return "";
  const char *out = arena_printf(
      p->a, " The outcome, %s of %s, began %ld %s (within %s of an item it counts for it)", c->text,
      plural_name(p->a, c->rule->entity->name), b->onsets, plural(b->onsets, "time", "times"),
      duration_text(c->within, within));
  for (size_t m = 0; m < b->together.n_money; m++) {
    const struct backtest_money *x = &b->together.money[m];
    struct value sum = x->caught;
    sum.num += x->missed.num;
    out = arena_printf(p->a, "%s, %s %s", out, value_text(&sum, buf, sizeof buf), x->of->name);
  }
  return arena_printf(p->a, "%s.", out);
}

static void print_tune_head(const struct tune_page *p) {
  const struct tune *t = p->t;
  struct arena *a = p->a;
  const char *name = arena_printf(a, "%s%s", t->what->threshold->name, t->what->scope_text);
  say_paragraph(p, arena_printf(a, "%s, %s today, is used by %s. %s%s", name, t->what->written,
                                listed(&t->use.rules, a), span_words(p), outcome_sentence(p)));
  if (t->use.colors.n)
    say_paragraph(p, arena_printf(a, "Colors move with it too, and are no items: %s.",
                                  listed(&t->use.colors, a)));
}

/* ---- the table ------------------------------------------------------------------------------- */

typedef const char *(*cell_of)(const struct tune_page *p, const struct tuned *v);

struct tune_column {
  const char *above, *header; /* two lines */
  cell_of cell;
};

static const char *number(const struct tune_page *p, long n) {
  return arena_printf(p->a, "%ld", n);
}

static const char *value_cell(const struct tune_page *p, const struct tuned *v) {
  (void)p;
  return v->value->text;
}

static const char *items_cell(const struct tune_page *p, const struct tuned *v) {
  return number(p, v->used.opened);
}

static const char *carried_cell(const struct tune_page *p, const struct tuned *v) {
  return number(p, v->used.carried_in);
}

static bool any_carried(const struct tune_page *p) {
  for (size_t i = 0; i < p->t->n; i++)
    if (p->t->values[i].used.carried_in) return true;
  return false;
}

static const char *right_cell(const struct tune_page *p, const struct tuned *v) {
  long decided = v->used.right + v->used.wrong;
  return decided ? arena_printf(p->a, "%ld of %ld", v->used.right, decided) : "–";
}

static const char *used_cell(const struct tune_page *p, const struct tuned *v) {
  return number(p, v->used.caught);
}

static const char *any_cell(const struct tune_page *p, const struct tuned *v) {
  return number(p, v->backtest.together.caught);
}

/* Whole major units, thousands of them where there are many. */
static const char *whole_money(const struct value *sum, struct arena *a) {
  double major = decimal_major(sum->num, currency_minor(sum->type.currency));
  bool thousands = fabs(major) >= MONEY_WHOLE;
  return arena_printf(a, "%s%s", grouped_count(lround(thousands ? major / 1000 : major), a),
                      thousands ? "k" : "");
}

static const char *money_cell(const struct tune_page *p, const struct tuned *v) {
  return whole_money(&v->backtest.together.money[0].caught, p->a);
}

static const char *warning_cell(const struct tune_page *p, const struct tuned *v) {
  return v->used.caught ? number(p, v->used.lead[1]) : "–";
}

static const char *weeks_cell(const struct tune_page *p, const struct tuned *v) {
  return number(p, v->weeks_over);
}

static const char *median_cell(const struct tune_page *p, const struct tuned *v) {
  return number(p, v->used.open_median);
}

static const char *most_cell(const struct tune_page *p, const struct tuned *v) {
  return number(p, v->used.open_max);
}

static const char *short_cell(const struct tune_page *p, const struct tuned *v) {
  return number(p, v->used.short_lived);
}

static const char *again_cell(const struct tune_page *p, const struct tuned *v) {
  return number(p, v->used.back_again);
}

static const char *mark_cell(const struct tune_page *p, const struct tuned *v) {
  if (v->value->today) return "now";
  return p->t->candidate != NO_VALUE && v == &p->t->values[p->t->candidate] ? "<" : "";
}

/* "> 15", where all people have one capacity. */
static const char *capacity_words(const struct tune_page *p) {
  const struct backtest *b = backtest_today(p);
  for (size_t i = 1; i < b->n_loads; i++)
    if (b->loads[i].capacity != b->loads[0].capacity) return "over";
  return arena_printf(p->a, "> %d", b->loads[0].capacity);
}

static size_t columns_of_tune(const struct tune_page *p, struct tune_column *out) {
  const struct backtest *b = backtest_today(p);
  size_t n = 0;
  bool one = p->t->use.rules.n == 1;
  out[n++] = (struct tune_column){"", "value", value_cell};
  out[n++] = (struct tune_column){"", "items", items_cell};
  if (any_carried(p)) out[n++] = (struct tune_column){"carried", "in", carried_cell};
  if (b->outcome) {
    out[n++] = (struct tune_column){"right of", "decided", right_cell};
    out[n++] = (struct tune_column){"caught", one ? "by this" : "by these", used_cell};
    out[n++] = (struct tune_column){"by any", "rule", any_cell};
    if (b->together.n_money == 1) {
      const struct outcome_measure *m = b->together.money[0].of;
      const char *what = arena_printf(p->a, "%s %s", m->currency ? m->currency : "", m->name);
      out[n++] = (struct tune_column){what, "by any", money_cell};
    }
    out[n++] = (struct tune_column){"days of", "warning", warning_cell};
  } else {
    out[n++] = (struct tune_column){"open at", "a time", median_cell};
    out[n++] = (struct tune_column){"", "most", most_cell};
    out[n++] = (struct tune_column){"short-", "lived", short_cell};
    out[n++] = (struct tune_column){"back", "again", again_cell};
  }
  if (b->n_loads) out[n++] = (struct tune_column){"weeks", capacity_words(p), weeks_cell};
  out[n++] = (struct tune_column){"", "", mark_cell};
  return n;
}

static void print_tune_table(const struct tune_page *p) {
  struct tune_column columns[COLUMNS_MOST];
  struct table_col looks[COLUMNS_MOST] = {{0}};
  const char *cells[COLUMNS_MOST];
  size_t n = columns_of_tune(p, columns);
  for (size_t k = 0; k + 1 < n; k++) {
    looks[k].align = ALIGN_RIGHT;
    if (columns[k].cell != right_cell) continue;
    looks[k].fit = FIT_WRAP; /* "1,234 of 12,345" */
    looks[k].min_width = RIGHT_ROOM;
  }
  struct table *t = table_new(p->a, looks, n);
  for (size_t k = 0; k < n; k++) cells[k] = columns[k].above;
  table_row(t, cells);
  for (size_t k = 0; k < n; k++) cells[k] = columns[k].header;
  table_row(t, cells);
  for (size_t i = 0; i < p->t->n; i++) {
    for (size_t k = 0; k < n; k++) cells[k] = columns[k].cell(p, &p->t->values[i]);
    table_row(t, cells);
  }
  fputc('\n', p->f);
  table_print(t, p->f, SCREEN, p->style->color);
}

/* ---- what has no room in the table ----------------------------------------------------------- */

static const struct score *score_of(const struct tuned *v, const char *rule) {
  for (size_t i = 0; i < v->backtest.n_rules; i++)
    if (strcmp(v->backtest.rules[i].rule, rule) == 0) return &v->backtest.rules[i];
  return NULL;
}

/* Several rules: how many items each would have, value by value. */
static void print_each_rule(const struct tune_page *p) {
  const struct tune *t = p->t;
  const struct table_col looks[] = {{.header = "rule", .fit = FIT_WRAP},
                                    {.header = "items", .fit = FIT_WRAP, .min_width = 30}};
  struct table *table = table_new(p->a, looks, 2);
  if (t->use.rules.n < 2) return;
  for (size_t r = 0; r < t->use.rules.n; r++) {
    const char *items = "";
    for (size_t i = 0; i < t->n; i++) {
      const struct score *s = score_of(&t->values[i], t->use.rules.v[r]);
      items = arena_printf(p->a, "%s%s%s: %ld", items, i ? ", " : "", t->values[i].value->text,
                           s ? s->opened : 0);
    }
    table_row(table, (const char *const[]){t->use.rules.v[r], items});
  }
  fputc('\n', p->f);
  table_print(table, p->f, SCREEN, p->style->color);
}

/* Several measures: what any rule catches of each. */
static void print_each_measure(const struct tune_page *p) {
  const struct score *today = &backtest_today(p)->together;
  if (!backtest_today(p)->outcome || today->n_money < 2) return;
  struct table_col *looks = NEW_N(p->a, struct table_col, today->n_money + 1);
  const char **cells = NEW_N(p->a, const char *, today->n_money + 1);
  looks[0] = (struct table_col){.header = "value", .align = ALIGN_RIGHT};
  for (size_t m = 0; m < today->n_money; m++) {
    const struct outcome_measure *of = today->money[m].of;
    const char *header = arena_printf(p->a, "%s %s", of->currency ? of->currency : "", of->name);
    looks[m + 1] = (struct table_col){.header = header, .align = ALIGN_RIGHT};
  }
  struct table *t = table_new(p->a, looks, today->n_money + 1);
  for (size_t i = 0; i < p->t->n; i++) {
    const struct score *s = &p->t->values[i].backtest.together;
    cells[0] = p->t->values[i].value->text;
    for (size_t m = 0; m < s->n_money; m++) cells[m + 1] = whole_money(&s->money[m].caught, p->a);
    table_row(t, cells);
  }
  fputs("\nMoney caught by any rule\n", p->f);
  table_print(t, p->f, SCREEN, p->style->color);
}

/* ---- the bars -------------------------------------------------------------------------------- */

static const char *bar_words(const struct tune *t, size_t i, struct arena *a) {
  const char *words[3], *out = "";
  size_t n = 0;
  if (i == t->today) words[n++] = "now";
  if (i == t->candidate && i != t->today) words[n++] = "candidate";
  if (i == t->knee) words[n++] = "the knee";
  for (size_t k = 0; k < n; k++) out = arena_printf(a, "%s%s%s", out, k ? ", " : "", words[k]);
  return out;
}

static const char *bar_of(long n, long most, int room, struct arena *a) {
  static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  long eighths = (n * room * EIGHTHS + most - 1) / most;
  const char *out = "";
  for (long k = 0; k < eighths / EIGHTHS; k++) out = arena_printf(a, "%s█", out);
  return arena_printf(a, "%s%s", out, parts[eighths % EIGHTHS]);
}

static void print_bars(const struct tune_page *p) {
  const struct tune *t = p->t;
  long most = 0;
  int wide = 0;
  for (size_t i = 0; i < t->n; i++) {
    int width = text_width(t->values[i].value->text, strlen(t->values[i].value->text));
    if (t->values[i].used.opened > most) most = t->values[i].used.opened;
    if (width > wide) wide = width;
  }
  if (!most) return;
  fputc('\n', p->f);
  for (size_t i = 0; i < t->n; i++) {
    const char *text = t->values[i].value->text, *words = bar_words(t, i, p->a),
               *bar = bar_of(t->values[i].used.opened, most, SCREEN - WORDS_ROOM - wide - 9, p->a);
    const char *line = arena_printf(p->a, "  %-5s  %*s%s %s%s%s", i ? "" : "items",
                                    wide - text_width(text, strlen(text)), "", text, bar,
                                    *words ? "  " : "", words);
    size_t n = strlen(line);
    while (n && line[n - 1] == ' ') n--;
    text_print_safe(p->f, line, n);
    fputc('\n', p->f);
  }
}

/* ---- all ------------------------------------------------------------------------------------- */

/* "3d 20 (59%), 5d 12 (35%)". */
static const char *late_words(const struct tune_page *p) {
  const struct tune *t = p->t;
  const char *out = "";
  for (size_t i = 0; i < t->n; i++)
    out = arena_printf(p->a, "%s%s%s %ld (%.0f%%)", out, i ? ", " : "", t->values[i].value->text,
                       t->values[i].late, 100.0 * (double)t->values[i].late / (double)t->closed);
  return out;
}

/* "10% (0 of 12), 20% (1 of 40)": the values at which items hardly ever close; "": none. */
static const char *staying_words(const struct tune_page *p) {
  const struct tune *t = p->t;
  const char *out = "";
  for (size_t i = 0; i < t->n; i++)
    if (tune_hardly_closes(t, i))
      out = arena_printf(p->a, "%s%s%s (%ld of %ld)", out, *out ? ", " : "",
                         t->values[i].value->text, t->values[i].closed, t->values[i].had_time);
  return out;
}

static void print_staying(const struct tune_page *p) {
  const struct tuned *now = &p->t->values[p->t->today];
  const char *values = staying_words(p);
  if (!*values) return;
  say_paragraph(p, arena_printf(p->a,
                                "Items hardly ever close at %s; today %ld of %ld do. There are "
                                "fewer because they stay: no candidate.",
                                values, now->closed, now->had_time));
}

static const char *untold_words(const struct tune_page *p) {
  long n = p->t->untold;
  if (!n) return "";
  return arena_printf(p->a,
                      " Of %ld more nobody can tell: what they were due by had passed when they "
                      "opened, or counts in months.",
                      n);
}

static void print_deadline(const struct tune_page *p) {
  const name_list *of = &p->t->use.deadlines;
  if (!of->n) return;
  if (p->t->closed) {
    say_paragraph(p, arena_printf(p->a,
                                  "Of %ld %s of %s that people have done, so many would have "
                                  "been late: %s.%s",
                                  p->t->closed, plural(p->t->closed, "item", "items"),
                                  listed(&p->t->moves_due, p->a), late_words(p), untold_words(p)));
    return;
  }
  say_paragraph(p, arena_printf(p->a,
                                "It moves the due days of %s: a backtest has no people, and cannot "
                                "say who would have been late.",
                                listed(of, p->a)));
}

void print_tune_text(FILE *f, const struct tune *t, const char *command,
                     const struct text_style *style, struct arena *a) {
  struct tune_page p = {f, t, style, a};
  print_tune_head(&p);
  print_tune_table(&p);
  print_each_rule(&p);
  print_each_measure(&p);
  print_bars(&p);
  fputc('\n', f);
  say_paragraph(&p, tune_why(t, a));
  print_staying(&p);
  print_deadline(&p);
  if (t->answer == TUNE_CHANGE) {
    fputs("\nTo write it from tomorrow on:\n", f);
    const char *value = t->values[t->candidate].value->text;
    text_print_line(f, "  %s %s --because \"…\"", command,
                    strchr(value, ' ') ? text_shell_word(a, value) : value);
  }
  struct text_style narrow = *style;
  if (!narrow.width || narrow.width > SCREEN) narrow.width = SCREEN;
  print_backtest_doubts(f, backtest_today(&p), &narrow, a);
}
