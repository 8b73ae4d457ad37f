/* In: the outcome of a run, or items. Out: what a person reads of it: who has how much to do,
 * what is due first, then what changed, then what needs a second look. */
#include "action/print_text.h"

#include <string.h>

#include "action/compare.h"
#include "action/item_table.h"
#include "action/owner_table.h"
#include "action/print_waiting.h"
#include "action/stake.h"
#include "base/text.h"
#include "eval/results.h"
#include "judge/judge.h"
#include "sema/hindsight.h"

/* How much a run shows before it refers to the full list: what it prints is read on one screen. */
enum { OWNER_ROWS = 8, UNOWNED_ROWS = 8, FIRST_ROWS = 8, CHANGE_ROWS = 12 };

struct report {
  FILE *f;
  const struct outcome *o;
  const struct text_style *style;
  struct arena *a;
};

static void print_safe(const struct report *r, const char *text) {
  text_print_safe(r->f, text, strlen(text));
}

static void say_scope(const struct report *r) {
  const struct verdicts *v = r->o->verdicts;
  char day[16];
  long rows = 0;
  for (size_t n = 0; n < v->n_rules; n++) rows += v->rules[n].rows;
  struct stake all = {0};
  for (size_t i = 0; i < r->o->n_open; i++) stake_add(&all, r->o->open[i], r->a);
  fprintf(r->f, "%s: %zu %s judged %s rows. %s: %s\n\n", day_text(v->as_of, day), v->n_rules,
          plural(v->n_rules, "rule", "rules"), grouped_count(rows, r->a),
          r->o->written ? "Open" : "Open after a run", stake_text(&all, 0, r->a));
}

/* ---- the items ------------------------------------------------------------------------ */

/* Which of the open items were not there before this run. */
static const bool *opened_now(const struct report *r) {
  const struct decision *d = &r->o->decision;
  bool *opened = NEW_N(r->a, bool, d->n_items), *is_new = NEW_N(r->a, bool, r->o->n_open);
  for (size_t c = 0; c < d->n_changes; c++)
    if (d->changes[c].kind == CHANGE_OPEN || d->changes[c].kind == CHANGE_REOPEN)
      opened[d->changes[c].item] = true;
  for (size_t i = 0; i < r->o->n_open; i++) is_new[i] = opened[r->o->open[i] - d->items];
  return is_new;
}

static const char *list_command(const struct report *r) {
  if (!r->o->written) return NULL;
  if (strcmp(r->o->state_path, STATE_DEFAULT) == 0) return "vigie items";
  return arena_printf(r->a, "vigie items --state %s", r->o->state_path);
}

static void say_all(const struct report *r, const char *owner) {
  const char *command = list_command(r);
  print_safe(r, command ? command : "--format json");
  if (command && owner) {
    fputs(" --owner ", r->f);
    print_safe(r, owner);
  }
}

static void say_owners(const struct report *r) {
  const struct verdicts *v = r->o->verdicts;
  const struct owner_view view = {.as_of = v->as_of,
                                  .teams = v->teams,
                                  .n_teams = v->n_teams,
                                  .most = OWNER_ROWS,
                                  .width = r->style->width};
  size_t left = print_owner_table(r->f, r->o->open, r->o->n_open, &view, r->style, r->a);
  if (left) {
    fprintf(r->f, "%zu more people: ", left);
    say_all(r, NULL);
    fputs(r->o->written ? " --by owner\n" : "\n", r->f);
  }
  fputc('\n', r->f);
}

/* What nobody would see otherwise: always shown, at the top. */
static void say_unowned(const struct report *r, const bool *is_new) {
  const struct item **nobodys = NEW_N(r->a, const struct item *, r->o->n_open);
  bool *new_ones = NEW_N(r->a, bool, r->o->n_open);
  struct stake stake = {0};
  size_t n = 0;
  for (size_t i = 0; i < r->o->n_open; i++) {
    if (r->o->open[i]->owner) continue;
    stake_add(&stake, r->o->open[i], r->a);
    new_ones[n] = is_new[i];
    nobodys[n++] = r->o->open[i];
  }
  if (!n) return;
  fprintf(r->f, "Nobody owns these: %s\n", stake_text(&stake, 0, r->a));
  fputs("  give the rule an `assign`, or its team's `assigns` an `else \"person\"`\n", r->f);
  size_t shown = n > UNOWNED_ROWS + 1 ? UNOWNED_ROWS : n;
  struct item_view view = {.as_of = r->o->verdicts->as_of, .brief = true, .is_new = new_ones};
  print_item_table(r->f, nobodys, shown, &view, r->style, r->a);
  if (shown < n) {
    fprintf(r->f, "and %zu more: `", n - shown);
    say_all(r, "none");
    fputs("` lists them all\n", r->f);
  }
  fputc('\n', r->f);
}

/* The first to do of each rule, so that a page shows what every rule asks for; or, of a plan,
 * those that would open. */
static void say_first(const struct report *r, const bool *is_new) {
  const struct item **first = NEW_N(r->a, const struct item *, r->o->n_open);
  size_t n = 0, all = 0;
  for (size_t i = 0; i < r->o->n_open; i++) {
    const struct item *it = r->o->open[i];
    if (!r->o->written && !is_new[i]) continue;
    all++;
    if (n == FIRST_ROWS) continue;
    bool seen = false;
    for (size_t k = 0; r->o->written && k < n && !seen; k++)
      seen = strcmp(first[k]->rule, it->rule) == 0;
    if (!seen) first[n++] = it;
  }
  if (!n) return;
  fputs(r->o->written ? "What is due first, of each rule:\n" : "Would open:\n", r->f);
  print_first_table(r->f, first, n, r->style, r->a);
  if (n < all) {
    fprintf(r->f, "and %zu more: `", all - n);
    say_all(r, NULL);
    fputs("` lists them all\n", r->f);
  }
  fputc('\n', r->f);
}

static void say_items(const struct report *r) {
  const bool *is_new = opened_now(r);
  say_unowned(r, is_new);
  if (r->style->quiet || !r->o->n_open) return;
  say_owners(r);
  say_first(r, is_new);
}

/* ---- what changed --------------------------------------------------------------------- */

static void say_change(const struct report *r, const struct change *c) {
  const struct item *i = &r->o->decision.items[c->item];
  fprintf(r->f, "  %s: ", change_name(c->kind));
  print_safe(r, item_subject(i));
  fputs(" (", r->f);
  print_safe(r, i->rule);
  fputc(')', r->f);
  if (c->kind == CHANGE_ESCALATE) {
    fputs(" to ", r->f);
    print_safe(r, c->now);
  }
  if (c->why) {
    fputs(c->kind == CHANGE_NOT_ASKED ? ": " : ", ", r->f);
    print_safe(r, c->why);
  }
  if (c->kind == CHANGE_UPDATE) {
    fprintf(r->f, ", %s from ", strcmp(c->field, "once") == 0 ? "occasion" : c->field);
    print_safe(r, c->old ? c->old : "nothing");
    fputs(" to ", r->f);
    print_safe(r, c->now ? c->now : "nothing");
  }
  fputc('\n', r->f);
}

/* Openings are "new" in the tables, unless there is more to say of them; reminders are counted, and
 * of an escalation through several levels the last is said. */
static bool is_said_elsewhere(const struct change *c) {
  bool opens = c->kind == CHANGE_OPEN || c->kind == CHANGE_REOPEN;
  return (opens && !c->why) || c->kind == CHANGE_REMIND || c->kind == CHANGE_BASELINE ||
         c->kind == CHANGE_WAIT || c->kind == CHANGE_RULE_GONE ||
         (c->kind == CHANGE_ESCALATE && c->why);
}

static void say_changes(const struct report *r) {
  const struct decision *d = &r->o->decision;
  const struct counts *c = &d->counts;
  size_t shown = 0, rest = 0;
  long late = 0;
  for (size_t n = 0; n < d->n_changes; n++) {
    enum change_kind k = d->changes[n].kind;
    late += (k == CHANGE_OPEN || k == CHANGE_REOPEN) && d->items[d->changes[n].item].due_late;
  }
  fprintf(r->f, "%s: %ld opened, %ld resolved, ",
          r->o->written ? "Changes" : "Changes that a run would make (nothing is written)",
          c->opened, c->resolved);
  if (c->escalated) fprintf(r->f, "%ld escalated, ", c->escalated);
  if (c->settled) fprintf(r->f, "%ld settled, ", c->settled);
  if (c->reminded) fprintf(r->f, "%ld reminded, ", c->reminded);
  if (c->not_asked) fprintf(r->f, "%ld no longer asked, ", c->not_asked);
  if (c->baseline) fprintf(r->f, "%ld taken as the baseline, ", c->baseline);
  fprintf(r->f, "%ld updated, %ld unchanged\n", c->updated, c->unchanged);
  if (late) fprintf(r->f, "  late at opening, so due at once: %ld\n", late);
  for (size_t n = 0; n < d->n_changes; n++) {
    const struct change *change = &d->changes[n];
    if (is_said_elsewhere(change)) continue;
    if (shown < CHANGE_ROWS) {
      say_change(r, change);
      shown++;
    } else {
      rest++;
    }
  }
  if (rest) fprintf(r->f, "  and %zu more\n", rest);
}

/* ---- what needs a second look --------------------------------------------------------- */

static void say_rules_gone(const struct report *r) {
  const struct decision *d = &r->o->decision;
  if (!d->counts.rule_gone) return;
  fprintf(r->f, "Kept as they are, for their rule is no longer in the files: %ld %s\n",
          d->counts.rule_gone, plural(d->counts.rule_gone, "item", "items"));
  long n = 0;
  const char *rule = NULL; /* items of a rule stand side by side */
  for (size_t i = 0; i <= d->n_items; i++) {
    bool gone = i < d->n_items && d->items[i].rule_gone != DAY_NONE;
    if (rule && (i == d->n_items || strcmp(d->items[i].rule, rule) != 0)) {
      fputs("  ", r->f);
      print_safe(r, rule);
      fprintf(r->f, ": %ld\n", n);
      n = 0;
      rule = NULL;
    }
    if (!gone || !item_living(&d->items[i])) continue;
    rule = d->items[i].rule;
    n++;
  }
}

static void say_unknown(const struct report *r) {
  const struct verdicts *v = r->o->verdicts;
  if (!r->o->unknown) return;
  fputs("Could not be judged:\n", r->f);
  for (size_t n = 0; n < v->n_rules; n++) {
    const struct rule_verdict *rule = &v->rules[n];
    if (!unknown_reported(rule)) continue;
    fputs("  ", r->f);
    print_safe(r, rule->rule);
    fprintf(r->f, ": %s of %s rows", grouped_count(rule->unknown, r->a),
            grouped_count(rule->rows, r->a));
    for (size_t m = 0; m < rule->n_missing; m++) {
      fputs(m ? ", " : "; unknown: ", r->f);
      print_safe(r, rule->missing[m].name);
      if (rule->n_missing > 1) fprintf(r->f, " (%ld)", rule->missing[m].rows);
    }
    fputc('\n', r->f);
  }
}

/* Ten times as many as usual, and as many as a person cannot overlook. */
enum { FLOOD_TIMES = 10, FLOOD_LEAST = 20 };

/* Before anybody works on them: perhaps it is a table that was not filled. */
static void say_flood(const struct report *r) {
  const struct verdicts *v = r->o->verdicts;
  long opened = r->o->decision.counts.opened, usual = r->o->usual_openings;
  char day[16];
  table_days tables;
  if (usual < 0 || opened < FLOOD_LEAST || opened < FLOOD_TIMES * usual) return;
  text_print_line(r->f, "%s items %s at once; the last runs opened %s each. Is the data complete?",
                  grouped_count(opened, r->a), r->o->written ? "opened" : "would open",
                  grouped_count(usual, r->a));
  evaluation_newest_days(verdicts_evaluation(v), v->as_of, &tables);
  for (size_t i = 0; i < tables.n; i++)
    text_print_line(r->f, "  %s: newest row of %s", tables.v[i].table,
                    day_text(tables.v[i].newest, day));
  fputc('\n', r->f);
}

static void say_cut_off(const struct report *r) {
  const struct decision *d = &r->o->decision;
  for (size_t i = 0; i < d->n_cut_off; i++) {
    const struct cut_off *c = &d->cut_off[i];
    text_print_line(
        r->f,
        "The table of %s looks cut off: %ld of the %ld rows that have items are gone at "
        "once. None of its items was changed; load the table again, then run again.",
        c->entity, c->gone, c->rows);
  }
}

/* What waits is counted apart. */
static void leave_out_waiting(struct outcome *o, struct arena *a) {
  const struct item **shown = NEW_N(a, const struct item *, o->n_open + 1);
  size_t n = 0;
  for (size_t i = 0; i < o->n_open; i++)
    if (item_hold(o->open[i]) != HOLD_WAITING) shown[n++] = o->open[i];
  o->open = shown;
  o->n_open = n;
}

void print_run_text(FILE *f, const struct outcome *o, const struct text_style *style,
                    struct arena *a) {
  struct outcome counted = *o;
  struct report r = {.f = f, .o = &counted, .style = style, .a = a};
  leave_out_waiting(&counted, a);
  if (!style->quiet) say_scope(&r);
  say_flood(&r);
  say_cut_off(&r);
  print_waiting(f, o, style, a);
  say_items(&r);
  if (!style->quiet) say_changes(&r);
  say_rules_gone(&r);
  say_unknown(&r);
  if (o->hindsight) fprintf(f, "%s.\n", hindsight_line(o->hindsight, a));
}
