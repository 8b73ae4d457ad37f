/* In: an explanation. Out: what a person reads: the answer, the rule, its parts with their
 * values, and what follows. */
#include <string.h>

#include "base/text.h"
#include "explain/phrase.h"
#include "explain/print.h"
#include "sema/threshold_line.h"

struct printing {
  FILE *f;
  const struct explanation *e;
  struct arena *a;
};

enum { UNDER = 4 /* how far a line that goes on stands in */ };

__attribute__((format(printf, 3, 4))) static void line(const struct printing *x, int indent,
                                                       const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  const char *text = arena_vprintf(x->a, fmt, ap);
  va_end(ap);
  fprintf(x->f, "%*s", indent, "");
  text_print_from(x->f, indent, indent + UNDER, text, strlen(text));
}

/* ---- the source ----------------------------------------------------------------------- */

const char *item_source(const struct ast_item *it, struct arena *a) {
  const struct source *src = it->head->span.src;
  uint32_t at = it->head->span.at, end = it->head->span.end;
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->span.end > end) end = it->body.v[i]->span.end;
  while (at > 0 && src->text[at - 1] != '\n') at--;
  return arena_strndup(a, src->text + at, end - at);
}

static void print_source(const struct printing *x, const struct ast_item *it) {
  for (const char *p = item_source(it, x->a); *p;) {
    size_t n = strcspn(p, "\n");
    line(x, 2, "%.*s", (int)n, p);
    p += n + (p[n] == '\n');
  }
}

/* ---- the parts ------------------------------------------------------------------------ */

static const char *value_word(const struct value *v) {
  return !v->known ? "unknown" : v->num != 0 ? "true" : "false";
}

const char *line_reason(const struct threshold_line *l, struct arena *a) {
  char day[16];
  const char *out = "";
  if (l->segment) out = arena_printf(a, "for %s", l->segment->name);
  if (l->entries.n) out = arena_printf(a, "for \"%s\"", line_entries(l, "\", \"", a));
  if (l->from != DAY_MIN)
    out = arena_printf(a, "%s%sfrom %s", out, *out ? ", " : "", day_text(l->from, day));
  if (l->because) out = arena_printf(a, "%s%sbecause \"%s\"", out, *out ? ", " : "", l->because);
  return out;
}

static void print_choices(const struct printing *x, const struct part *p, int indent) {
  for (size_t i = 0; i < p->choices.n; i++) {
    const struct choice *c = &p->choices.v[i];
    struct value v = c->line->value;
    v.type = p->term->type;
    const char *reason = line_reason(c->line, x->a), *why = "";
    if (c != p->chosen)
      why = c->node < 0       ? ": not used, a segment goes first"
            : !c->holds.known ? ": not known whether it applies"
            : c->holds.num != 0
                ? (c->line->entries.n ? ": not used, a line with more entries goes first"
                                      : ": not used, a narrower segment goes first")
                : ": does not apply here";
    if (p->choices.n == 1 && !*reason) continue;
    line(x, indent, "%s %s%s%s%s", c == p->chosen ? "counts:" : "other: ",
         p->term->threshold->is_duration
             ? arena_strdup(x->a, duration_text(c->line->dur, (char[16]){0}))
             : shown_value(&v, x->a),
         *reason ? " " : "", reason, why);
  }
}

static void print_rows(const struct printing *x, const struct part *p, int indent) {
  const struct agg_rows *r = p->rows;
  const char *entity = p->term->agg->entity->name;
  char day[16];
  line(x, indent, "%ld %s%s", r->n, counted_name(x->a, r->n, entity),
       (size_t)r->n > r->n_shown ? ", of these:"
       : r->n                    ? ":"
                                 : "");
  for (size_t i = 0; i < r->n_shown; i++) {
    const struct agg_row *row = &r->shown[i];
    const char *name = row->key ? row->key : entity;
    if (row->label) name = arena_printf(x->a, "%s (%s)", name, row->label);
    const char *when =
        row->day.known ? arena_printf(x->a, ", %s", day_text((day_t)row->day.num, day)) : "";
    const char *what =
        r->value >= 0 ? arena_printf(x->a, ": %s", shown_value(&row->value, x->a)) : "";
    line(x, indent + 2, "%s%s%s", name, when, what);
  }
  if (r->n_unknown)
    line(x, indent, "%ld more %s left out: something about %s is unknown", r->n_unknown,
         counted_name(x->a, r->n_unknown, entity), plural(r->n_unknown, "it", "them"));
}

static bool is_condition_part(const struct part *p) {
  return unit_class(p->term->type.unit) == CLASS_BOOL;
}

static void print_part(const struct printing *x, const struct part *p, int indent) {
  char day[16], mark[24] = "";
  const char *on = p->day == x->e->day ? "" : arena_printf(x->a, " on %s", day_text(p->day, day));
  if (is_condition_part(p)) snprintf(mark, sizeof mark, "%-9s", value_word(&p->value));
  const char *above =
      p->above && (p->term->kind == T_KPI || p->term->kind == T_SEGMENT) ? " (see above)" : "";
  if (is_condition_part(p))
    line(x, 2, "%s%*s%s%s%s", mark, indent, "", p->text, on, above);
  else
    line(x, 11, "%*s%s%s = %s%s", indent, "", p->text, on, shown_value(&p->value, x->a), above);
  if (p->choices.n) print_choices(x, p, indent + 13);
  if (p->rows) print_rows(x, p, indent + 13);
  for (size_t i = 0; i < p->parts.n; i++) print_part(x, p->parts.v[i], indent + 2);
}

/* ---- what follows --------------------------------------------------------------------- */

static void print_since(const struct printing *x) {
  static const char *const words[] = {"false", "true", "unknown"};
  const struct since *s = &x->e->since;
  char day[16];
  int days = x->e->day - s->first + 1;
  if (s->longer)
    line(x, 0, "The condition has been %s on each of the %d days looked at.", words[x->e->truth],
         s->days + 1);
  else
    line(x, 0, "The condition has been %s since %s (%d %s).", words[x->e->truth],
         day_text(s->first, day), days, plural(days, "day", "days"));
  for (size_t i = 0; i < x->e->hindsight.n; i++)
    line(x, 2, "`%s` has no history: its value of today stands for every day.",
         x->e->hindsight.v[i]);
}

static const char *why_missing(const struct printing *x, const struct term *t) {
  const struct attr *at = t->kind == T_ATTR ? t->attr : NULL;
  if (at && at->known_from)
    return arena_printf(x->a, " (not yet, or never: known from %s)", at->known_from->name);
  if (!at || at->kind != ATTR_HISTORY) return "";
  return at->history.until ? " (no record that holds)" : " (no record, or none fresh enough)";
}

static void print_missing(const struct printing *x) {
  char day[16];
  for (size_t i = 0; i < x->e->missing.n; i++) {
    const struct part *p = x->e->missing.v[i];
    line(x, 0, "Missing: `%s` on %s%s.", p->text, day_text(p->day, day), why_missing(x, p->term));
  }
}

static void print_flips(const struct printing *x) {
  const struct flips *f = &x->e->flips;
  const char *how = f->list.n < 2 ? "" : f->all ? " (all of these)" : " (any of these)";
  line(x, 0, "%s%s:",
       x->e->truth == TRUTH_TRUE ? "For the condition to stop being true"
                                 : "For the condition to be true",
       how);
  for (size_t i = 0; i < f->list.n; i++) line(x, 2, "%s.", f->list.v[i]);
}

/* What its clauses mean for the item, once it is open. */
static void print_life(const struct printing *x) {
  const struct rule *r = x->e->rule;
  struct speaker english = {x->a, TONGUE_EN, x->e->day};
  for (size_t i = 0; i < r->muted_by.n; i++)
    line(x, 2, "rests  while an item of %s is open for the same customer", r->muted_by.v[i]->name);
  for (size_t i = 0; i < r->mutes.n; i++)
    line(x, 2, "mutes  items of %s for the same customer, while it is open", r->mutes.v[i]->name);
  if (length_is_said(&r->reminds))
    line(x, 2, "told   again every %s while it is to do",
         say_duration(&english, length_on(&r->reminds, x->e->day)));
  if (length_is_said(&r->reopens))
    line(x, 2, "again  when this still holds %s after a person has closed it",
         say_duration(&english, length_on(&r->reopens, x->e->day)));
  if (r->row_gone_resolves) line(x, 2, "gone   from the data, it is resolved");
}

/* An item that is there has the owner and the day that people gave it. */
static void print_standing(const struct printing *x, const struct item *i) {
  char day[16];
  if (!item_living(i)) {
    line(x, 0, "#%lld is closed: %s.", (long long)i->id, item_word(i));
    return;
  }
  line(x, 0, "#%lld stands, %s: with %s%s%s.", (long long)i->id, item_word(i),
       i->owner ? i->owner : "nobody", i->due == DAY_NONE ? "" : ", due ",
       i->due == DAY_NONE ? "" : day_text(i->due, day));
}

static void print_item(const struct printing *x) {
  const struct hit *h = x->e->item;
  const struct rule *r = x->e->rule;
  char day[16];
  if (x->e->is) print_standing(x, x->e->is);
  if (x->e->done)
    line(x, 0, "No action item opens: `settled when` is true, so an open one closes as done.");
  if (!h) return;
  line(x, 0, x->e->is ? "A run that opens it anew gives it:" : "The action item that a run opens:");
  if (r->team) line(x, 2, "team   %s", r->team->name);
  line(x, 2, "owner  %s", h->owner ? h->owner : "nobody: the data name no one");
  if (h->due != DAY_NONE)
    line(x, 2, "due    %s%s", day_text(h->due, day), h->due_late ? " (late at opening)" : "");
  if (r->worth) line(x, 2, "worth  %s", shown_value(&h->worth, x->a));
  line(x, 2, "to do  %s", h->action);
  for (size_t i = 0; h->steps && i < r->steps.n; i++)
    line(x, 2, "step %zu %s%s%s", i + 1, h->steps[i].text, r->steps.v[i].team ? ", by " : "",
         r->steps.v[i].team ? r->steps.v[i].team->name : "");
  print_life(x);
}

static void print_answer(const struct printing *x) {
  static const char *const because[] = {"does not act: the condition is false", "acts",
                                        "not enough data: something is unknown"};
  const struct explanation *e = x->e;
  char day[16];
  const char *what = because[e->truth];
  if (!e->present)
    what = "does not look at it: it does not exist on that day";
  else if (e->truth == TRUTH_UNKNOWN && e->rule->unknown == UNKNOWN_FIRE)
    what = "acts, as `if unknown fire` says: something is unknown";
  else if (e->truth == TRUTH_UNKNOWN && e->rule->unknown == UNKNOWN_IGNORE)
    what = "stays silent, as `if unknown ignore` says: something is unknown";
  const char *name = strcmp(e->key, "company") == 0 && strcmp(e->entity, "company") == 0
                         ? "the company"
                         : arena_printf(x->a, "%s %s", e->entity, e->key);
  line(x, 0, "%s, %s%s%s%s, %s: %s", e->rule->name, name, e->label ? " (" : "",
       e->label ? e->label : "", e->label ? ")" : "", day_text(e->day, day), what);
}

void print_parts(FILE *f, const struct part *p, day_t day, struct arena *a) {
  struct explanation e = {.day = day};
  struct printing x = {f, &e, a};
  print_part(&x, p, 0);
}

void explain_print_text(FILE *f, const struct explanation *e, const struct ast_item *written,
                        struct arena *a) {
  struct printing x = {f, e, a};
  print_answer(&x);
  line(&x, 0, "%s.", e->sentence);
  fputc('\n', f);
  print_source(&x, written);
  fputc('\n', f);
  print_part(&x, e->when, 0);
  if (e->clear) {
    line(&x, 2, "clear when");
    print_part(&x, e->clear, 0);
  }
  if (e->settled) {
    line(&x, 2, "settled when");
    print_part(&x, e->settled, 0);
  }
  fputc('\n', f);
  if (e->present) print_since(&x);
  print_missing(&x);
  if (e->present) print_flips(&x);
  print_item(&x);
}
