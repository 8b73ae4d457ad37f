/* In: the page. Out: the same for a terminal, each block cut to its first lines. */
#include <string.h>

#include "action/item_text.h"
#include "action/short_name.h"
#include "base/table.h"
#include "base/text.h"
#include "report/report.h"
#include "sema/threshold_line.h"

enum { LINES = 8 }; /* of a block; what is left is counted */

struct printing {
  FILE *f;
  const struct report *r;
  int width;
  bool color;
  struct arena *a;
};

static void heading(const struct printing *x, const char *text) {
  fprintf(x->f, x->color ? "\n\033[1m%s\033[0m\n" : "\n%s\n", text);
}

static void left(const struct printing *x, size_t n) {
  if (n > LINES) fprintf(x->f, "  and %s more\n", grouped_count((long)(n - LINES), x->a));
}

static const char *money(const struct printing *x, const struct value *v) {
  char buf[96];
  return v->known ? arena_strdup(x->a, value_text(v, buf, sizeof buf)) : "unknown";
}

/* The value, whose rows have a column of their own. */
static const char *bare(const struct printing *x, struct value v) {
  v.of_rows = 0;
  return money(x, &v);
}

static const char *amount(const struct printing *x, double n, const struct type *type) {
  const struct value v = {.type = *type, .known = true, .num = n};
  return money(x, &v);
}

static const char *due_of(const struct printing *x, const struct item *i) {
  char day[16];
  if (item_late(i, x->r->as_of))
    return arena_printf(x->a, "%d %s late", x->r->as_of - i->due,
                        plural(x->r->as_of - i->due, "day", "days"));
  return i->due == DAY_NONE ? "" : arena_strdup(x->a, day_text(i->due, day));
}

/* ---- blocks --------------------------------------------------------------------------- */

static void print_first(const struct printing *x) {
  const struct report *r = x->r;
  char day[16];
  struct stake stake = r->stake;
  const char *at_stake = stake_sums(&stake, x->a);
  const char *unjudged =
      r->person || r->team || !r->unjudged_rows /* how many are theirs nobody knows */
          ? ""
          : arena_printf(x->a, "; %s %s could not be judged", grouped_count(r->unjudged_rows, x->a),
                         plural(r->unjudged_rows, "row", "rows"));
  print_paragraph(
      x->f, x->width, 0, 0,
      arena_printf(x->a, "%s: %s of %s %s late%s.", day_text(r->as_of, day),
                   grouped_count(r->counts.late, x->a), grouped_count(r->counts.to_do, x->a),
                   plural(r->counts.to_do, "action is", "actions are"), unjudged),
      x->a);
  if (*at_stake)
    print_paragraph(x->f, x->width, 0, 0, arena_printf(x->a, "At stake: %s", at_stake), x->a);
}

/* What to do, and of which group, where the text does not name it. */
static const char *decision_text(const struct printing *x, const struct item *i) {
  const char *about = item_subject(i);
  if (!i->group_values || strstr(i->action, about)) return i->action;
  return arena_printf(x->a, "%s: %s", about, i->action);
}

static void print_decisions(const struct printing *x) {
  const struct report *r = x->r;
  struct table_col cols[] = {{.header = "to decide", .fit = FIT_WRAP},
                             {.header = "today", .align = ALIGN_RIGHT},
                             {.header = "who"},
                             {.header = "due"}};
  struct table *t = table_new(x->a, cols, 4);
  heading(x, "To decide");
  for (size_t i = 0; i < r->decisions.n && i < LINES; i++) {
    const struct decision_line *d = &r->decisions.v[i];
    const struct item *it = d->item;
    const char *cells[] = {decision_text(x, it), d->value ? bare(x, d->value->value) : "",
                           short_name(it->owner, r->domain, x->a), due_of(x, it)};
    table_row(t, cells);
  }
  if (r->decisions.n)
    table_print(t, x->f, x->width, x->color);
  else
    fputs("Nothing of the company waits for a decision.\n", x->f);
  left(x, r->decisions.n);
}

static void print_owners(const struct printing *x) {
  const struct report *r = x->r;
  struct table_col cols[] = {{.header = "who"},
                             {.header = "late", .align = ALIGN_RIGHT},
                             {.header = "to do", .align = ALIGN_RIGHT},
                             {.header = "at stake", .fit = FIT_WRAP}};
  struct table *t = table_new(x->a, cols, 4);
  heading(x, "Who does what");
  for (size_t i = 0; i < r->owners.n && i < LINES; i++) {
    const struct owner_line *o = &r->owners.v[i];
    struct stake stake = o->stake;
    const char *cells[] = {short_name(o->owner, r->domain, x->a), grouped_count(o->late, x->a),
                           grouped_count(o->to_do, x->a), stake_money(&stake, true, x->a)};
    table_row(t, cells);
  }
  if (r->owners.n)
    table_print(t, x->f, x->width, x->color);
  else
    fputs("There is nothing to do.\n", x->f);
  left(x, r->owners.n);
}

/* Today's value, and what is said of its rows. */
static void kpi_rows(const struct printing *x, struct table *t, const struct report_kpi *k) {
  const struct kpi_series *s = k->series;
  const struct kpi_day *today = &s->days[s->n_days - 1];
  bool total = s->totals && s->totals[s->n_days - 1].n;
  const struct kpi_value *v = total ? s->totals[s->n_days - 1].values : today->values;
  size_t n = total ? 1 : today->n;
  for (size_t i = 0; i < n; i++) {
    char by[96];
    const char *group = total || !s->n_dims ? "" : value_text(&v[i].by[0], by, sizeof by);
    const char *known =
        v[i].known_rows < v[i].all_rows
            ? arena_printf(x->a, "%s of %s known", grouped_count(v[i].known_rows, x->a),
                           grouped_count(v[i].all_rows, x->a))
            : "";
    const char *target = !k->n_targets             ? ""
                         : !k->targets[0]->judged  ? "not known"
                         : k->targets[0]->on_track ? "on track"
                                                   : "behind";
    const char *cells[] = {arena_printf(x->a, "%s%s%s", s->kpi->name, *group ? " " : "", group),
                           bare(x, v[i].value), v[i].band ? v[i].band : "", target, known};
    table_row(t, cells);
  }
}

static void print_kpis(const struct printing *x, const char *title, const struct report_kpi *v,
                       size_t n) {
  struct table_col cols[] = {{.header = "KPI"},
                             {.header = "today", .align = ALIGN_RIGHT},
                             {.header = "band"},
                             {.header = "target"},
                             {.header = "rows", .fit = FIT_WRAP}};
  struct table *t = table_new(x->a, cols, 5);
  if (!n) return;
  heading(x, title);
  for (size_t i = 0; i < n; i++) kpi_rows(x, t, &v[i]);
  table_print(t, x->f, x->width, x->color);
}

static const struct {
  const char *name;
  bool level;
} steps[] = {
#define STEP(id, name, kind, en, fr) {en, kind == BRIDGE_LEVEL},
#include "report/bridge.def"
#undef STEP
};

static void print_bridge(const struct printing *x, const struct bridges *b,
                         const struct bridge *of) {
  struct table_col cols[] = {{.header = ""},
                             {.header = "customers", .align = ALIGN_RIGHT},
                             {.header = "of start", .align = ALIGN_RIGHT},
                             {.header = "amount", .align = ALIGN_RIGHT}};
  struct table *t = table_new(x->a, cols, 4);
  for (int s = 0; s < BRIDGE_STEPS; s++) {
    if (!of->rows[s] && !steps[s].level) continue;
    const struct value share = {.type = {.unit = U_SHARE, .percent = true},
                                .known = of->amount[BRIDGE_BASE] != 0,
                                .num = of->amount[s] / of->amount[BRIDGE_BASE]};
    bool of_start = s >= BRIDGE_BASE && s <= BRIDGE_PAID;
    const char *cells[] = {steps[s].name, grouped_count(of->rows[s], x->a),
                           of_start ? money(x, &share) : "", amount(x, of->amount[s], &b->type)};
    table_row(t, cells);
  }
  table_print(t, x->f, x->width, x->color);
}

static void print_bridges(const struct printing *x) {
  char day[16];
  for (size_t i = 0; i < x->r->bridges.n; i++) {
    const struct bridges *b = &x->r->bridges.v[i];
    heading(x, arena_printf(x->a, "What became of the %s of %s", b->measure->name,
                            day_text(b->then, day)));
    for (size_t k = 0; k < b->of.n; k++) {
      const char *group = b->of.v[k].group ? b->of.v[k].group : "unknown";
      if (k) text_print_line(x->f, "%s %s", b->by, group);
      print_bridge(x, b, &b->of.v[k]);
    }
  }
}

static const char *why(const struct printing *x, const struct renewal_line *l) {
  if (l->state == RENEWAL_ACTION)
    return arena_printf(x->a, "%s, %s", l->items.v[0]->rule,
                        short_name(l->items.v[0]->owner, x->r->domain, x->a));
  return l->state == RENEWAL_UNJUDGED ? arena_printf(x->a, "not judged by %s", l->unjudged_by.v[0])
                                      : "";
}

/* "5 (337,066 EUR)": how many of the lines are so, and their worth. */
static const char *sum_of(const struct printing *x, const struct renewal_line *v, size_t n,
                          int state) {
  struct renewal_sum sum = renewals_sum(v, n, state);
  const char *count = grouped_count(sum.n, x->a);
  return sum.worth.known ? arena_printf(x->a, "%s (%s)", count, bare(x, sum.worth)) : count;
}

static void print_renewal_sums(const struct printing *x, const struct renewals *n) {
  const struct renewal_line *v = n->coming.v;
  print_paragraph(x->f, x->width, 0, 0,
                  arena_printf(x->a, "With an action: %s; not judged: %s; quiet: %s",
                               sum_of(x, v, n->coming.n, RENEWAL_ACTION),
                               sum_of(x, v, n->coming.n, RENEWAL_UNJUDGED),
                               sum_of(x, v, n->coming.n, RENEWAL_QUIET)),
                  x->a);
  if (n->past.n)
    print_paragraph(x->f, x->width, 0, 0,
                    arena_printf(x->a, "Past their day, and paying: %s",
                                 sum_of(x, n->past.v, n->past.n, RENEWAL_STATES)),
                    x->a);
}

/* By day, as the calendar of the meeting is; the quiet ones are counted. */
static void print_renewals(const struct printing *x) {
  for (size_t i = 0; i < x->r->renewals.n; i++) {
    const struct renewals *n = &x->r->renewals.v[i];
    struct table_col cols[] = {{.header = "day"},
                               {.header = n->entity->name, .fit = FIT_SHORTEN},
                               {.header = "worth", .align = ALIGN_RIGHT},
                               {.header = "why", .fit = FIT_WRAP}};
    struct table *t = table_new(x->a, cols, 4);
    size_t told = 0;
    heading(x, arena_printf(x->a, "Renewals of the next %d days: %s", REPORT_RENEWAL_DAYS,
                            sum_of(x, n->coming.v, n->coming.n, RENEWAL_STATES)));
    for (size_t k = 0; k < n->coming.n; k++) {
      const struct renewal_line *l = &n->coming.v[k];
      char day[16];
      if (l->state == RENEWAL_QUIET || told++ >= LINES) continue;
      const char *cells[] = {day_text(l->day, day), l->label ? l->label : l->key,
                             l->worth.known ? money(x, &l->worth) : "", why(x, l)};
      table_row(t, cells);
    }
    if (told) table_print(t, x->f, x->width, x->color);
    left(x, told);
    print_renewal_sums(x, n);
  }
}

static void pipeline_row(const struct printing *x, struct table *t, const struct pipeline *p,
                         const struct pipeline_line *l) {
  char by[96];
  const char *cells[] = {
      l->by ? value_text(l->by, by, sizeof by) : "all", grouped_count(l->rows, x->a),
      bare(x, l->open), p->weighted ? bare(x, l->weighted) : NULL,
      l->known < l->rows ? arena_printf(x->a, "%s of %s", grouped_count(l->known, x->a),
                                        grouped_count(l->rows, x->a))
                         : NULL};
  table_row(t, cells);
}

static void print_pipelines(const struct printing *x) {
  for (size_t i = 0; i < x->r->pipelines.n; i++) {
    const struct pipeline *p = &x->r->pipelines.v[i];
    struct table_col cols[] = {
        {.header = p->by},
        {.header = "rows", .align = ALIGN_RIGHT},
        {.header = p->open->name, .align = ALIGN_RIGHT},
        {.header = p->weighted ? p->weighted->name : NULL, .align = ALIGN_RIGHT},
        {.header = "known rows"}};
    struct table *t = table_new(x->a, cols, 5);
    heading(x, "Pipeline");
    for (size_t k = 0; k < p->lines.n; k++) pipeline_row(x, t, p, &p->lines.v[k]);
    if (p->total.open.known || p->total.weighted.known) pipeline_row(x, t, p, &p->total);
    table_print(t, x->f, x->width, x->color);
  }
}

static const char *const edit_words[] = {[MEANING_ADDED] = "new",
                                         [MEANING_REMOVED] = "removed",
                                         [MEANING_CHANGED] = "edited",
                                         [MEANING_RENAMED] = "renamed"};

static void print_edits(const struct printing *x, const struct since *s) {
  for (size_t i = 0; i < s->edits.n && i < LINES; i++) {
    const struct meaning *e = &s->edits.v[i];
    const char *text = arena_printf(x->a, "%s %s: %s", e->what, e->name, edit_words[e->kind]);
    if (e->part) text = arena_printf(x->a, "%s, %s", text, e->part);
    if (e->old && e->now) text = arena_printf(x->a, "%s: %s to %s", text, e->old, e->now);
    text_print_line(x->f, "%s", text);
  }
  left(x, s->edits.n);
}

static void print_since(const struct printing *x) {
  const struct since *s = &x->r->since;
  char day[16];
  heading(x, arena_printf(x->a, "Since %s", day_text(s->day, day)));
  print_paragraph(x->f, x->width, 0, 0,
                  arena_printf(x->a,
                               "%ld opened; %ld closed by the data, %ld done, %ld dismissed, %ld "
                               "no longer asked; %ld escalated; %ld open from before",
                               s->opened, s->by_data, s->done, s->dismissed, s->not_asked,
                               s->escalated, s->still),
                  x->a);
  for (size_t i = 0; i < s->changed.n; i++) {
    const struct changed_line *c = &s->changed.v[i];
    text_print_line(x->f, "%s%s from %s: %s to %s", c->threshold->name,
                    threshold_line_scope(c->line, x->a), day_text(c->line->from, day),
                    c->before ? c->before : "none", c->now);
  }
  print_edits(x, s);
}

static void print_unjudged(const struct printing *x) {
  const struct report *r = x->r;
  struct table_col cols[] = {{.header = "not enough data"},
                             {.header = "rows", .align = ALIGN_RIGHT},
                             {.header = "worth", .align = ALIGN_RIGHT},
                             {.header = "such as", .fit = FIT_WRAP}};
  struct table *t = table_new(x->a, cols, 4);
  if (!r->unjudged.n) return;
  heading(x, "What could not be judged");
  for (size_t i = 0; i < r->unjudged.n; i++) {
    const struct unjudged_rule *u = &r->unjudged.v[i];
    const char *first = !u->n ? "" : u->rows[0].label ? u->rows[0].label : u->rows[0].key;
    const char *cells[] = {u->rule->rule,
                           arena_printf(x->a, "%s of %s", grouped_count(u->rule->unknown, x->a),
                                        grouped_count(u->rule->rows, x->a)),
                           u->worth.known ? money(x, &u->worth) : "", first ? first : ""};
    table_row(t, cells);
  }
  table_print(t, x->f, x->width, x->color);
}

static void print_notes(const struct printing *x) {
  if (*x->r->notes) fputc('\n', x->f);
  for (const char *const *n = x->r->notes; *n; n++)
    print_paragraph(x->f, x->width, 0, 2, arena_printf(x->a, "%s.", *n), x->a);
}

void print_report_text(FILE *f, const struct report *r, int width, bool color, struct arena *a) {
  const struct printing x = {f, r, width, color, a};
  print_first(&x);
  print_decisions(&x);
  print_owners(&x);
  if (r->person || r->team) { /* what is not theirs stands on everybody's page */
    print_renewals(&x);
    return;
  }
  print_kpis(&x, "Results", r->results.v, r->results.n);
  print_kpis(&x, "What moves first", r->leading.v, r->leading.n);
  print_bridges(&x);
  print_renewals(&x);
  print_pipelines(&x);
  print_since(&x);
  print_unjudged(&x);
  print_notes(&x);
}
