/* In: the record of a run. Out: its first screen. */
#include <string.h>

#include "action/day_word.h"
#include "action/owner_table.h"
#include "action/plan_print.h"
#include "action/run_view.h"
#include "action/short_name.h"
#include "action/state.h"
#include "base/table.h"
#include "base/text.h"
#include "sema/hindsight.h"

/* How much is shown before the rest is counted. */
enum { PEOPLE_ROWS = 8, CHANGED_ITEMS = 5 };
/* Indentations: of what stands under a heading, and of its second line. */
enum { UNDER = 2, BELOW = 4 };

struct run_page {
  FILE *f;
  const struct run_view *v;
  const struct text_style *style;
  struct arena *a;
};

static void say(const struct run_page *x, const char *text) {
  print_paragraph(x->f, x->style->width, 0, BELOW, text, x->a);
}

static void say_under(const struct run_page *x, const char *heading, const char *const *lines,
                      size_t n) {
  if (n) text_print_line(x->f, "%s", heading);
  for (size_t i = 0; i < n; i++)
    print_paragraph(x->f, x->style->width, UNDER, BELOW, lines[i], x->a);
}

static const char *listed(const char *text, const char *more, struct arena *a) {
  return *text ? arena_printf(a, "%s, %s", text, more) : more;
}

static void say_head(const struct run_page *x) {
  const struct run_view *v = x->v;
  size_t rules = v->o->verdicts->n_rules;
  const char *line =
      arena_printf(x->a, "%s: %zu %s looked at %s %s. %s %s to do",
                   day_with_weekday(v->as_of, x->a), rules, plural((long)rules, "rule", "rules"),
                   grouped_count(v->rows, x->a), plural(v->rows, "row", "rows"),
                   grouped_count(v->counts.to_do, x->a), plural(v->counts.to_do, "item", "items"));
  if (v->counts.late)
    line = arena_printf(x->a, "%s, %s late", line, grouped_count(v->counts.late, x->a));
  if (v->counts.gone)
    line = arena_printf(x->a, "%s, %s whose row or rule is gone", line,
                        grouped_count(v->counts.gone, x->a));
  say(x, line);
  const char *sums = stake_sums((struct stake *)&v->at_stake, x->a);
  static const char at_stake[] = "At stake: ";
  if (*sums)
    print_paragraph(x->f, x->style->width, 0, (int)strlen(at_stake),
                    arena_printf(x->a, "%s%s", at_stake, sums), x->a);
  fputc('\n', x->f);
}

/* ---- held back ------------------------------------------------------------------------ */

static const char *held_word(enum item_hold h, long n) {
  switch (h) {
    case HOLD_WAITING: return plural(n, "waits for room", "wait for room");
    case HOLD_SNOOZED: return plural(n, "sleeps", "sleep");
    default: return "muted";
  }
}

static void say_held(const struct run_page *x) {
  const struct run_view *v = x->v;
  struct table_col cols[] = {{.header = "", .align = ALIGN_RIGHT},
                             {.header = ""},
                             {.header = "", .align = ALIGN_RIGHT, .fit = FIT_WRAP, .min_width = 20},
                             {.header = "", .fit = FIT_WRAP, .min_width = 20}};
  if (!v->held.n) return;
  struct table *t = table_new(x->a, cols, sizeof cols / sizeof *cols);
  table_line(t, 0, "Held back, and in the sums above");
  for (size_t i = 0; i < v->held.n; i++) {
    const struct held_sum *h = &v->held.v[i];
    long n = h->stake.items;
    table_row(t, (const char *const[]){arena_printf(x->a, "  %s", grouped_count(n, x->a)),
                                       held_word(h->hold, n),
                                       stake_money((struct stake *)&h->stake, true, x->a), h->who});
  }
  table_print(t, x->f, x->style->width, false);
  fputc('\n', x->f);
}

static void say_owners(const struct run_page *x) {
  const struct outcome *o = x->v->o;
  const struct owner_view view = {.as_of = x->v->as_of,
                                  .teams = o->verdicts->teams,
                                  .n_teams = o->verdicts->n_teams,
                                  .standing = &o->standing,
                                  .money = &x->v->money,
                                  .most = PEOPLE_ROWS,
                                  .width = x->style->width};
  if (!o->n_open && !o->standing.n) return;
  size_t left = print_owner_table(x->f, o->open, o->n_open, &view, x->style, x->a);
  if (left)
    say(x, arena_printf(x->a, "%zu more people: %s", left, outcome_items(o, "--by owner", x->a)));
  fputc('\n', x->f);
}

/* ---- what changed --------------------------------------------------------------------- */

/* How many of what, and since when; what is not there is mostly not said. */
static const char *counts_text(const struct run_page *x) {
  const struct counts *c = &x->v->o->decision.counts;
  const struct {
    long n;
    const char *word;
    bool always;
  } parts[] = {{c->opened, "opened", true},
               {c->resolved, "resolved", true},
               {c->started, "started", false},
               {c->escalated, "escalated", false},
               {c->settled, "settled", false},
               {c->reminded, "reminded", false},
               {c->not_asked, "no longer asked", false},
               {c->baseline, "taken as the baseline", false},
               {c->updated, "updated", true},
               {c->unchanged, "unchanged", true}};
  const char *text = "";
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (parts[i].n || parts[i].always)
      text = listed(
          text, arena_printf(x->a, "%s %s", grouped_count(parts[i].n, x->a), parts[i].word), x->a);
  return text;
}

/* "2 done, 1 snoozed": what people have done since the run before. */
static const char *moves_text(const struct run_page *x) {
  const char *text = "";
  for (size_t i = 0; i < x->v->o->n_moves; i++) {
    const struct move_count *m = &x->v->o->moves[i];
    text = listed(text, arena_printf(x->a, "%s %s", grouped_count(m->n, x->a), m->word), x->a);
  }
  return text;
}

/* The command that shows the rest of them. */
static const char *rest_option(enum changed_kind k) {
  switch (k) {
    case CHANGED_RESOLVED: return "--status resolved";
    case CHANGED_SETTLED: return "--status done";
    case CHANGED_NOT_ASKED: return "--status not_asked";
    case CHANGED_WAITS: return "--waiting";
    case CHANGED_MUTED: return "--muted";
    default: return "--all";
  }
}

/* Counted above, or said in the part "First". */
static bool is_said_elsewhere(enum changed_kind k) {
  return k == CHANGED_ESCALATED || k == CHANGED_REMINDED || k == CHANGED_BASELINE ||
         k == CHANGED_RULE_GONE;
}

static const char *moved_text(const struct run_page *x, const struct changed_item *c) {
  const char *domain = x->v->domain;
  return arena_printf(x->a, "from %s to %s", short_name(c->change->old, domain, x->a),
                      short_name(c->change->now, domain, x->a));
}

/* "#91 Coppergate Energy (usage_collapse): health_alarm 10 → 12" */
static const char *changed_text(const struct run_page *x, const struct changed_group *g,
                                const struct changed_item *c, bool rule) {
  const struct item *i = c->item;
  const char *text = arena_printf(x->a, "#%lld %s", (long long)i->id, item_subject(i));
  if (rule) text = arena_printf(x->a, "%s (%s)", text, i->rule);
  if (item_hold(i) == HOLD_SNOOZED && g->kind != CHANGED_UPDATED && !c->why) {
    char day[16];
    text = arena_printf(x->a, "%s, asleep until %s", text, day_text(i->snoozed_until, day));
  }
  if (g->kind == CHANGED_MOVED) return arena_printf(x->a, "%s: %s", text, moved_text(x, c));
  if (c->fields) return arena_printf(x->a, "%s: %s", text, c->fields);
  return c->why && !g->why ? arena_printf(x->a, "%s: %s", text, c->why) : text;
}

/* Those of one kind in one cell. Of one rule, the rule stands behind the last. */
static const char *group_text(const struct run_page *x, const struct changed_group *g) {
  size_t n = g->items.n, shown = n <= CHANGED_ITEMS + 1 ? n : CHANGED_ITEMS;
  bool several = changed_rules(g, x->a) > 1;
  const char *text = "";
  for (size_t i = 0; i < shown; i++) {
    bool rule = several || (i + 1 == shown && shown == n);
    text = listed(text, changed_text(x, g, &g->items.v[i], rule), x->a);
  }
  if (shown < n) {
    const char *rule = several ? "" : arena_printf(x->a, " of %s", g->items.v[0].item->rule);
    text = arena_printf(x->a, "%s; %s more%s: %s", text, grouped_count((long)(n - shown), x->a),
                        rule, outcome_items(x->v->o, rest_option(g->kind), x->a));
  }
  return g->why ? arena_printf(x->a, "%s: %s", text, g->why) : text;
}

static void say_changes(const struct run_page *x) {
  const struct outcome *o = x->v->o;
  char day[16];
  const char *moves = moves_text(x);
  const char *since = o->since == DAY_NONE || o->since > x->v->as_of
                          ? ""
                          : arena_printf(x->a, " since %s", day_text(o->since, day));
  const char *line = arena_printf(x->a, "Changes: %s%s", counts_text(x), since);
  if (*moves) line = arena_printf(x->a, "%s; by people: %s", line, moves);
  say(x, line);
  if (x->v->due_at_once)
    text_print_line(x->f, "  late at opening, so due at once: %ld", x->v->due_at_once);
  struct table_col cols[] = {{.header = ""}, {.header = "", .fit = FIT_WRAP, .min_width = 30}};
  struct table *t = table_new(x->a, cols, 2);
  for (size_t g = 0; g < x->v->changes.groups.n; g++) {
    const struct changed_group *group = &x->v->changes.groups.v[g];
    if (is_said_elsewhere(group->kind)) continue;
    table_row(t, (const char *const[]){arena_printf(x->a, "  %s", changed_word(group->kind)),
                                       group_text(x, group)});
  }
  table_print(t, x->f, x->style->width, false);
}

void print_run_text(FILE *f, const struct run_view *v, const struct text_style *style) {
  struct run_page x = {.f = f, .v = v, .style = style, .a = v->a};
  text_list unknown = not_judged_lines(v->o->verdicts, v->a);
  if (!style->quiet) say_head(&x);
  say_under(&x, "First", v->notices.v, v->notices.n);
  if (!style->quiet) {
    if (v->notices.n) fputc('\n', f);
    say_held(&x);
    say_owners(&x);
    say_changes(&x);
  }
  if (unknown.n && !style->quiet) fputc('\n', f);
  say_under(&x, NOT_ENOUGH_DATA, unknown.v, unknown.n);
  if (v->o->hindsight) say(&x, arena_printf(x.a, "%s.", hindsight_line(v->o->hindsight, x.a)));
}
