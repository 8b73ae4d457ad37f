/* In: exports that were imported. Out: the texts of a first policy. */
#include "import/draft.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "import/draft_parts.h"

/* ---- the parts ------------------------------------------------------------------------ */

bool part_has(const struct part *p, const char *name) {
  for (size_t i = 0; i < p->attributes.n; i++)
    if (strcmp(p->attributes.v[i], name) == 0) return true;
  return false;
}

struct part *draft_part(const struct drafting *d, enum thing_id thing) {
  for (size_t i = 0; i < d->n; i++)
    if (d->parts[i].e->thing == thing) return &d->parts[i];
  return NULL;
}

const struct column *part_column(const struct export *e, enum field_role r) {
  int at = export_role(e, r);
  return at == NO_COLUMN || e->columns[at].is == IS_EMPTY ? NULL : &e->columns[at];
}

void draft_begin(struct drafting *d, struct draft_text *t) {
  d->out = open_memstream(&t->text, &t->n);
  CHECK(d->out);
}

const char *draft_end(struct drafting *d, struct draft_text *t) {
  fclose(d->out);
  while (t->n > 1 && t->text[t->n - 1] == '\n' && t->text[t->n - 2] == '\n') t->text[--t->n] = 0;
  const char *kept = arena_strdup(d->a, t->text);
  free(t->text);
  return kept;
}

void draft_note(struct drafting *d, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  const char *text = arena_vprintf(d->a, format, ap);
  va_end(ap);
  VEC_PUSH(d->a, &d->notes, text);
}

/* ---- offers --------------------------------------------------------------------------- */

struct offer {
  const char *entity, *needs, *team, *kpi, *rule, *test;
};
static const struct offer offers[] = {
#define OFFER(entity, needs, team, kpi, rule, test) {entity, needs, team, kpi, rule, test},
#include "import/offer.def"
#undef OFFER
};
enum { OFFERS = sizeof offers / sizeof *offers };

/* Has it each attribute that is named, and none behind a `-`? */
static bool has_all(const struct part *p, const char *names, struct arena *a) {
  bool all = true;
  for (const char *at = names; *at && all;) {
    size_t n = strcspn(at, " ");
    bool no = *at == '-';
    all = part_has(p, arena_strndup(a, at + no, n - no)) != no;
    at += n + (at[n] == ' ');
  }
  return all;
}

static struct part *part_called(const struct drafting *d, const char *name) {
  for (size_t i = 0; i < d->n; i++)
    if (strcmp(d->parts[i].name, name) == 0) return &d->parts[i];
  return NULL;
}

static struct part *part_for(const struct drafting *d, const struct offer *o) {
  struct part *p = part_called(d, o->entity);
  return p && has_all(p, o->needs, d->a) ? p : NULL;
}

/* The offers that fit, each with the part that it is about. */
struct fitting {
  const struct offer *o;
  const struct part *p;
};
typedef VEC(struct fitting) fitting_list;

static fitting_list find_fitting(struct drafting *d) {
  fitting_list list = {0};
  for (size_t i = 0; i < OFFERS; i++) {
    const struct fitting f = {&offers[i], part_for(d, &offers[i])};
    if (f.p) VEC_PUSH(d->a, &list, f);
  }
  return list;
}

/* What rules bring together has one currency. */
static const char *worth_line(const struct part *p, const char *money, struct arena *a) {
  if (!part_has(p, "one_currency")) return "";
  if (strcmp(money, "mrr") == 0 && !part_has(p, "mrr")) money = "arr";
  for (size_t i = 0; i < p->money.n; i++)
    if (strcmp(p->money.v[i], money) == 0) return arena_printf(a, "  worth %s\n", money);
  return "";
}

/* How a row of a test leads to an account: by itself, or through a subscription. */
static const char *leading(const struct part *p, const char *account, bool parent,
                           struct arena *a) {
  bool direct = part_has(p, "account");
  if (parent)
    return direct ? ""
                  : arena_printf(a, "  given subscription \"S %s\" account \"%s\"\n", account,
                                 account);
  return direct ? arena_printf(a, "account \"%s\"", account)
                : arena_printf(a, "subscription \"S %s\"", account);
}

static const char *of_health_scale(const struct part *p, const char *of_100, struct arena *a) {
  CHECK(p->health_scale > 0);
  return arena_printf(a, "%g", strtod(of_100, NULL) * p->health_scale / 100);
}

static const char *value_mark(const struct part *p, const char *mark) {
  bool first = strncmp(mark, "first ", 6) == 0;
  for (size_t i = 0; i < VALUES_ASKED; i++)
    if (strcmp(values_asked[i].name, first ? mark + 6 : mark) == 0)
      return first ? p->first_value[i] : p->values[i];
  return NULL;
}

/* What stands for a mark; NULL: it is not one of ours, and stays. */
static const char *meant_by(const struct part *p, const char *mark, struct arena *a) {
  if (strcmp(mark, "open") == 0) return p->open;
  if (strcmp(mark, "closed") == 0) return p->closed;
  if (strcmp(mark, "%") == 0) return p->health_percent ? "%" : "";
  if (strcmp(mark, "pp") == 0) return p->health_percent ? "pp" : "";
  if (strcmp(mark, "by") == 0) return part_has(p, "one_currency") ? "" : " by currency";
  if (strcmp(mark, "owner") == 0)
    return part_has(p, "owner") ? ", owner \"ana@company.example\"" : "";
  const char *value = value_mark(p, mark);
  if (value) return value;
  if (strncmp(mark, "health ", 7) == 0 && mark[7 + strspn(mark + 7, "0123456789")] == 0)
    return of_health_scale(p, mark + 7, a);
  if (strncmp(mark, "parent ", 7) == 0) return leading(p, mark + 7, true, a);
  if (strncmp(mark, "link ", 5) == 0) return leading(p, mark + 5, false, a);
  if (strncmp(mark, "worth ", 6) == 0) return worth_line(p, mark + 6, a);
  return NULL;
}

static const char *filled_in(struct drafting *d, const struct part *p, const char *text) {
  const char *out = "";
  for (const char *open; (open = strchr(text, '{'));) {
    const char *close = strchr(open, '}');
    CHECK(close);
    const char *mark = arena_strndup(d->a, open + 1, (size_t)(close - open - 1));
    const char *with = meant_by(p, mark, d->a);
    if (!with) with = arena_printf(d->a, "{%s}", mark);
    out = arena_printf(d->a, "%s%.*s%s", out, (int)(open - text), text, with);
    text = close + 1;
  }
  return arena_printf(d->a, "%s%s", out, text);
}

/* ---- teams ---------------------------------------------------------------------------- */

/* Do most rows name somebody with an address? Names of people who are not known assign nobody. */
static bool owners_are_addresses(const struct drafting *d, const struct part *p) {
  const struct part *list = p->e->thing == THING_account ? draft_part(d, THING_health) : NULL;
  if (list && !part_column(p->e, ROLE_OWNER)) p = list; /* which lends them */
  const struct column *c = part_column(p->e, ROLE_OWNER);
  size_t unknown = 0;
  if (!c) return false;
  for (size_t i = 0; i < p->stored->n_misses; i++)
    if (strcmp(p->stored->misses[i].column, c->name) == 0) unknown += p->stored->misses[i].rows;
  return c->tally.addresses == c->tally.n || unknown * 2 < c->tally.n;
}

static const struct {
  const char *team;
  enum thing_id thing;
} owned[] = {{"Sales", THING_deal}, {"CS", THING_account}, {"SDR", THING_contact}};

static void write_team(struct drafting *d, const char *team) {
  fprintf(d->out, "team %s\n  assigns ", team);
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
    struct part *p = draft_part(d, owned[i].thing);
    if (strcmp(owned[i].team, team) == 0 && p && part_has(p, "owner") && owners_are_addresses(d, p))
      fprintf(d->out, "%s.owner else ", p->name);
  }
  fprintf(d->out, "\"%s\"\n\n", d->lead);
}

/* Is it the team of an offer, or the owner of its KPI? */
static bool team_needed(struct drafting *d, const fitting_list *list, const char *team) {
  const char *owner = arena_printf(d->a, "owner %s\n", team);
  for (size_t i = 0; i < list->n; i++)
    if (strcmp(list->v[i].o->team, team) == 0 || strstr(list->v[i].o->kpi, owner)) return true;
  return false;
}

static void write_teams(struct drafting *d, const fitting_list *list) {
  static const char *const teams[] = {"Sales",   "CS",      "CS_lead",  "SDR",
                                      "Support", "Finance", "Marketing"};
  if (!list->n) return;
  fprintf(d->out, "# ---- people: who gets what nobody is named for ----\n\n");
  for (size_t t = 0; t < sizeof teams / sizeof *teams; t++)
    if (team_needed(d, list, teams[t])) write_team(d, teams[t]);
}

/* ---- the texts ------------------------------------------------------------------------ */

/* What stands above the KPIs that they need. */
static void write_needs(struct drafting *d, const fitting_list *list) {
  const char *use = "", *floor = "";
  for (size_t i = 0; i < list->n; i++) {
    const struct fitting *f = &list->v[i];
    if (strstr(f->o->kpi, "net_revenue_retention")) use = "use std.retention\n";
    if (strstr(f->o->rule, "health_floor"))
      floor = filled_in(d, f->p, "threshold health_floor = {health 50}{%}\n\n");
  }
  fprintf(d->out, "%s\n%s", use, floor);
}

/* A rule as it might be, for the first day or number that somebody may watch. */
static const struct column *watched(const struct part *p) {
  const struct column *number = NULL;
  for (size_t i = 0; i < p->e->n; i++) {
    const struct column *c = &p->e->columns[i];
    if (c->is == IS_DAY && part_has(p, c->name)) return c;
    if (!number && c->is == IS_NUMBER && (int)i != p->e->key && part_has(p, c->name)) number = c;
  }
  return number;
}

static const char *in_words(struct arena *a, const char *name) {
  char *words = arena_strdup(a, name);
  for (char *c = words; *c; c++)
    if (*c == '_') *c = ' ';
  return words;
}

static void write_example(struct drafting *d) {
  for (size_t i = 0; i < d->n; i++) {
    const struct part *p = &d->parts[i];
    const struct column *c = p->e->key == NO_COLUMN ? NULL : watched(p);
    if (!c) continue;
    fprintf(d->out,
            "# No rule that we know fits these data. One has this form; take the # away and put "
            "your words in:\n#\n"
            "# team Ops\n#   assigns \"%s\"\n#\n"
            "# rule %s_watched for %s\n#   when %s %s\n#   -> assign Ops, due 5bd\n"
            "#   do \"Look at {label}: %s is {%s}\"\n",
            d->lead, c->name, p->name, c->name, c->is == IS_DAY ? "within 14d" : "> 100",
            in_words(d->a, c->name), c->name);
    return;
  }
}

static const char *policy_text(struct drafting *d, const fitting_list *list, struct drafted *out) {
  struct draft_text t;
  draft_begin(d, &t);
  fprintf(d->out,
          "# What we watch, and who does what when it moves: rules that fit these data, to begin "
          "with.\n"
          "# Change a number, and `vigie plan` says what it does.\nlanguage 1\n");
  write_needs(d, list);
  for (size_t i = 0; i < list->n; i++) {
    if (!*list->v[i].o->kpi) continue;
    fprintf(d->out, "%s\n", filled_in(d, list->v[i].p, list->v[i].o->kpi));
    out->n_kpis++;
  }
  write_teams(d, list);
  for (size_t i = 0; i < list->n; i++) {
    if (!*list->v[i].o->rule) continue;
    fprintf(d->out, "%s\n", filled_in(d, list->v[i].p, list->v[i].o->rule));
    out->n_rules++;
  }
  if (!out->n_rules) write_example(d);
  return draft_end(d, &t);
}

static const char *tests_text(struct drafting *d, const fitting_list *list) {
  struct draft_text t;
  bool any = false;
  draft_begin(d, &t);
  fprintf(d->out,
          "# What must come out of a few rows. `vigie test rules` runs them, without a database.\n"
          "language 1\n\n");
  for (size_t i = 0; i < list->n; i++) {
    if (!*list->v[i].o->test) continue;
    any = true;
    fprintf(d->out, "%s\n", filled_in(d, list->v[i].p, list->v[i].o->test));
  }
  const char *tests = draft_end(d, &t);
  return any ? tests : "";
}

static const char *readme_text(struct drafting *d, const char *day) {
  struct draft_text t;
  draft_begin(d, &t);
  fprintf(d->out,
          "# Our policy\n\n`rules/` says what we watch and who does what when it moves; `data.db` "
          "has our exports.\n\n"
          "```sh\nvigie run      # judges the data, keeps the items\n"
          "vigie items    # what is to do\n"
          "vigie plan     # what an edit of the rules would change\n```\n\n"
          "Each week, take the new exports in, then run again. What changed since the last ones is "
          "kept:\n\n"
          "```sh\nvigie import");
  for (size_t i = 0; i < d->x->n; i++) {
    const struct export *e = &d->x->exports[i];
    const char *path = arena_printf(d->a, "%s%s", *e->path == '/' ? "" : d->back, e->path);
    const char *word = e->given ? arena_printf(d->a, "%s=%s", e->given, path) : path;
    fprintf(d->out, " %s", text_shell_word(d->a, word));
  }
  fprintf(d->out, " --into data.db\nvigie run\n```\n\nThe first exports are of %s.\n", day);
  return draft_end(d, &t);
}

/* ---- what is missing ------------------------------------------------------------------ */

static const struct lacking {
  const char *entity, *has, *lacks, *is, *not_drafted;
} lackings[] = {
#define LACKING(entity, has, lacks, is, not_drafted) {entity, has, lacks, is, not_drafted},
#include "import/lacking.def"
#undef LACKING
};

/* One that is there and of no use to rules is no day, or no number. */
static bool has_column(const struct export *e, const char *name) {
  for (size_t i = 0; i < e->n; i++)
    if (strcmp(e->columns[i].name, name) == 0) return e->columns[i].is != IS_EMPTY;
  return false;
}

static void note_lacking(struct drafting *d) {
  const char *map = NULL;
  for (size_t i = 0; i < sizeof lackings / sizeof *lackings; i++) {
    const struct lacking *l = &lackings[i];
    const struct part *p = part_called(d, l->entity);
    if (!p || part_has(p, l->lacks) || !has_all(p, l->has, d->a)) continue;
    bool there = has_column(p->e, l->lacks);
    draft_note(d, "Not drafted: %s, for the table %s has no %s%s.", l->not_drafted, p->e->table,
               l->is, there ? " that rules can read" : "");
    if (!map && !there && field_of_column(p->e->thing, l->lacks)) map = l->lacks;
  }
  if (map)
    draft_note(d, "Where a file has it under another header, name that one: --map \"Header=%s\".",
               map);
}

/* Owners who are names alone, where no list of people is there to make addresses of them. */
static const char *names_without_address(const struct drafting *d) {
  for (size_t i = 0; i < d->n; i++) {
    const struct column *c = part_column(d->parts[i].e, ROLE_OWNER);
    if (c && c->tally.addresses * 2 < c->tally.n && !draft_part(d, THING_person)) return c->header;
  }
  return NULL;
}

void draft_make(const struct imported *x, day_t day, const char *lead, const char *back,
                struct arena *a, struct drafted *out) {
  struct drafting d = {.x = x, .a = a, .lead = lead, .back = back, .day = day};
  char text[16];
  day_text(day, text);
  *out = (struct drafted){0};
  out->data = draft_data(&d, text);
  fitting_list list = find_fitting(&d);
  out->policy = policy_text(&d, &list, out);
  out->tests = tests_text(&d, &list);
  out->readme = readme_text(&d, text);
  out->names = names_without_address(&d);
  note_lacking(&d);
  out->notes = d.notes.v;
  out->n_notes = d.notes.n;
  for (size_t i = 0; i < d.n; i++)
    if (part_has(&d.parts[i], "health_past") && part_has(&d.parts[i], "renewal_date"))
      out->waits = d.parts[i].health_waits;
}
