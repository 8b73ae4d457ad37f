/* In: the outcome of a run, or items. Out: what a person reads of it, the items first, then what changed,
 * then what needs a second look. */
#include "action/print_text.h"

#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/item_table.h"
#include "action/stake.h"
#include "base/text.h"

/* How many items of one owner, and how many changes, a run shows before it refers to the full list. */
enum { OWNER_ROWS = 8, CHANGE_ROWS = 12 };

struct report {
  FILE *f;
  const struct outcome *o;
  const struct text_style *style;
  struct arena *a;
};

static void say(const struct report *r, const char *text) { text_print_safe(r->f, text, strlen(text)); }

static void say_scope(const struct report *r) {
  const struct verdicts *v = r->o->verdicts;
  char day[16], buf[64];
  struct value rows = {.type = {.unit = U_COUNT}, .known = true};
  for (size_t n = 0; n < v->n_rules; n++) rows.num += (double)v->rules[n].rows;
  fprintf(r->f, "%s: %zu rule%s judged %s rows\n\n", day_text(v->as_of, day), v->n_rules,
          v->n_rules == 1 ? "" : "s", value_text(&rows, buf, sizeof buf));
}

/* ---- the items, owner by owner ------------------------------------------------------------ */

/* By name, with nobody's last; the order within an owner stays, for the sort compares places too. */
static int by_owner(const void *pa, const void *pb) {
  const struct item *const *a = *(const struct item *const *const *)pa, *const *b = *(
                                                                            const struct item *const *const *)
                                                                                        pb;
  if (!(*a)->owner != !(*b)->owner) return (*a)->owner ? -1 : 1;
  int c = text_cmp((*a)->owner, (*b)->owner);
  return c ? c : (a > b) - (a < b);
}

static void say_owner(const struct report *r, const struct item *const *items, size_t n, const bool *is_new) {
  const char *owner = items[0]->owner;
  struct stake stake = {0};
  for (size_t i = 0; i < n; i++) stake_add(&stake, items[i], r->a);
  say(r, owner ? owner : "Nobody owns these");
  fprintf(r->f, ": %s\n", stake_text(&stake, r->a));
  if (!owner) fputs("  give the rule an `assign`, or its team's `assigns` an `else \"person\"`\n", r->f);
  size_t shown = n > OWNER_ROWS + 1 ? OWNER_ROWS : n;
  struct item_view view = {.as_of = r->o->verdicts->as_of, .brief = true, .is_new = is_new};
  print_item_table(r->f, items, shown, &view, r->style, r->a);
  if (shown < n) {
    fprintf(r->f, "and %zu more: ", n - shown);
    if (r->o->written) {
      fputs("`vigie items --owner ", r->f);
      say(r, owner ? owner : "none");
      if (strcmp(r->o->state_path, STATE_DEFAULT) != 0) {
        fputs(" --state ", r->f);
        say(r, r->o->state_path);
      }
      fputs("` lists them all\n", r->f);
    } else {
      fputs("`--format json` lists them all\n", r->f);
    }
  }
  fputc('\n', r->f);
}

static void say_items(const struct report *r) {
  const struct decision *d = &r->o->decision;
  size_t n = r->o->n_open;
  bool *opened = NEW_N(r->a, bool, d->n_items), *is_new = NEW_N(r->a, bool, n);
  for (size_t c = 0; c < d->n_changes; c++)
    if (d->changes[c].kind == CHANGE_OPEN || d->changes[c].kind == CHANGE_REOPEN)
      opened[d->changes[c].item] = true;

  const struct item *const **places = NEW_N(r->a, const struct item *const *, n);
  const struct item **sorted = NEW_N(r->a, const struct item *, n);
  for (size_t i = 0; i < n; i++) places[i] = &r->o->open[i];
  if (n) qsort(places, n, sizeof *places, by_owner);
  for (size_t i = 0; i < n; i++) {
    sorted[i] = *places[i];
    is_new[i] = opened[sorted[i] - d->items];
  }
  for (size_t first = 0, next; first < n; first = next) {
    for (next = first; next < n && text_same(sorted[next]->owner, sorted[first]->owner);) next++;
    if (!r->style->quiet || !sorted[first]->owner) say_owner(r, sorted + first, next - first, is_new + first);
  }
}

/* ---- what changed ------------------------------------------------------------------------- */

static void say_change(const struct report *r, const struct change *c) {
  const struct item *i = &r->o->decision.items[c->item];
  fprintf(r->f, "  %s: ", change_name(c->kind));
  say(r, item_subject(i));
  fputs(" (", r->f);
  say(r, i->rule);
  fputc(')', r->f);
  if (c->kind == CHANGE_UPDATE) {
    fprintf(r->f, ", %s from ", strcmp(c->field, "once") == 0 ? "occasion" : c->field);
    say(r, c->old ? c->old : "nothing");
    fputs(" to ", r->f);
    say(r, c->now ? c->now : "nothing");
  }
  fputc('\n', r->f);
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
  fprintf(r->f, "%s: %ld opened, %ld resolved, %ld updated, %ld unchanged\n",
          r->o->written ? "Changes" : "Changes that a run would make (nothing is written)", c->opened,
          c->resolved, c->updated, c->unchanged);
  if (late) fprintf(r->f, "  late at opening, so due at once: %ld\n", late);
  for (size_t n = 0; n < d->n_changes; n++) {
    const struct change *change = &d->changes[n];
    if (change->kind == CHANGE_OPEN || change->kind == CHANGE_REOPEN) continue; /* "new" in the tables */
    if (shown < CHANGE_ROWS) {
      say_change(r, change);
      shown++;
    } else {
      rest++;
    }
  }
  if (rest) fprintf(r->f, "  and %zu more\n", rest);
}

/* ---- what needs a second look ------------------------------------------------------------- */

static void say_rules_gone(const struct report *r) {
  const struct decision *d = &r->o->decision;
  if (!d->counts.rule_gone) return;
  fprintf(r->f, "Kept as they are, for their rule is no longer in the files: %ld item%s\n",
          d->counts.rule_gone, d->counts.rule_gone == 1 ? "" : "s");
  long n = 0;
  const char *rule = NULL; /* items of a rule stand side by side */
  for (size_t i = 0; i <= d->n_items; i++) {
    bool gone = i < d->n_items && d->rule_gone[i];
    if (n && (i == d->n_items || strcmp(d->items[i].rule, rule) != 0)) {
      fputs("  ", r->f);
      say(r, rule);
      fprintf(r->f, ": %ld\n", n);
      n = 0;
    }
    if (!gone || d->items[i].state != ITEM_OPEN) continue;
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
    say(r, rule->rule);
    fprintf(r->f, ": %ld of %ld rows", rule->unknown, rule->rows);
    for (size_t m = 0; m < rule->n_missing; m++) {
      fputs(m ? ", " : "; unknown: ", r->f);
      say(r, rule->missing[m].name);
      if (rule->n_missing > 1) fprintf(r->f, " (%ld)", rule->missing[m].rows);
    }
    fputc('\n', r->f);
  }
}

void print_run_text(FILE *f, const struct outcome *o, const struct text_style *style, struct arena *a) {
  struct report r = {.f = f, .o = o, .style = style, .a = a};
  if (!style->quiet) say_scope(&r);
  say_items(&r);
  if (!style->quiet) {
    struct stake all = {0};
    for (size_t i = 0; i < o->n_open; i++) stake_add(&all, o->open[i], a);
    fprintf(f, "Open in all: %s\n", stake_text(&all, a));
    say_changes(&r);
  }
  say_rules_gone(&r);
  say_unknown(&r);
}

void print_items_text(FILE *f, day_t as_of, const struct item *const *items, size_t n,
                      const struct text_style *style, struct arena *a) {
  struct stake all = {0};
  struct item_view view = {.as_of = as_of, .owners = true};
  long overdue = 0;
  for (size_t i = 0; i < n; i++) {
    stake_add(&all, items[i], a);
    overdue += items[i]->state == ITEM_OPEN && items[i]->due != DAY_NONE && items[i]->due < as_of;
  }
  if (n) {
    print_item_table(f, items, n, &view, style, a);
  }
  if (style->quiet) return;
  fprintf(f, "%s%s", n ? "\n" : "", stake_text(&all, a));
  if (overdue) fprintf(f, ", %ld overdue", overdue);
  fputc('\n', f);
}
