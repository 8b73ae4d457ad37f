/* In: a pack. Out: Markdown, short enough to be read before the meeting. */
#include <string.h>

#include "base/markdown.h"
#include "base/text.h"
#include "eval/row_key.h"
#include "review/pack.h"

/* How many lines of each part are shown; what stands around them takes FIXED_LINES at most: titles,
 * heads of tables, what is left out, the people over capacity. */
enum {
  KPIS_SHOWN = 13,
  THRESHOLDS_SHOWN = 7,
  AGENDA_SHOWN = 16,
  TEAMS_SHOWN = 5,
  CHANGES_SHOWN = 4,
  OVER_SHOWN = 2,
  FIXED_LINES = 55
};
_Static_assert(KPIS_SHOWN + THRESHOLDS_SHOWN + AGENDA_SHOWN + TEAMS_SHOWN + CHANGES_SHOWN +
                       FIXED_LINES <=
                   PACK_LINES_MAX,
               "a pack that nobody reads decides nothing");

struct page {
  FILE *f;
  const struct pack *p;
  bool full;
  struct arena *a;
};

static size_t shown(const struct page *g, size_t n, size_t most) {
  return g->full || n <= most ? n : most;
}

static void more(const struct page *g, size_t n, size_t most, const char *what) {
  if (!g->full && n > most) fprintf(g->f, "\n%zu more %s: --full\n", n - most, what);
}

static const char *day_words(const struct page *g, day_t d) {
  char buf[16];
  return arena_strdup(g->a, day_text(d, buf));
}

/* ---- what to decide ------------------------------------------------------------------------- */

static void print_agenda(const struct page *g) {
  const struct pack *p = g->p;
  long n = (long)p->agenda.n, rules = (long)p->rules.n;
  if (!n) {
    fputs("**Nothing to decide**: no KPI is red or behind its target, and every rule is kept.\n",
          g->f);
    return;
  }
  fprintf(g->f, "**%ld %s to decide**: %ld about KPIs that are red or behind, %ld about rules.\n",
          n, plural(n, "thing", "things"), n - rules, rules);
  fputs("\n## Agenda\n\n| | decide | because | who | more |\n|---:|---|---|---|---|\n", g->f);
  for (size_t i = 0; i < shown(g, p->agenda.n, AGENDA_SHOWN); i++) {
    const struct agenda_line *l = &p->agenda.v[i];
    fprintf(g->f, "| %zu | %s | %s | %s | `%s` |\n", i + 1, markdown_text(l->what, g->a),
            markdown_text(l->why, g->a), l->who ? l->who : "nobody", l->command);
  }
  more(g, p->agenda.n, AGENDA_SHOWN, "things");
}

static void print_head(const struct page *g) {
  const struct pack *p = g->p;
  const char *so_far = p->as_of < p->last
                           ? arena_printf(g->a, " so far (to %s, %d days left)",
                                          day_words(g, p->as_of), (int)(p->last - p->as_of))
                           : "";
  fprintf(g->f, "# Quarterly review, %s%s\n\n", p->name, so_far);
  print_agenda(g);
}

/* ---- results -------------------------------------------------------------------------------- */

/* counted: says of how many rows it was computed. */
static const char *value_words(const struct page *g, const struct value *of, bool counted) {
  char buf[96];
  struct value plain = *of, *v = &plain;
  if (!counted) plain.of_rows = 0;
  return v->known ? arena_strdup(g->a, value_text(v, buf, sizeof buf)) : "unknown";
}

static void print_value(const struct page *g, const struct kpi_series *s, size_t at) {
  const struct kpi_day *before = &s->days[0], *now = &s->days[s->n_days - 1];
  const struct kpi_value *v = &now->values[at], *then = NULL;
  for (size_t i = 0; i < before->n; i++)
    if (kpi_same_group(s, &before->values[i], v)) then = &before->values[i];
  const char *name = s->kpi->dims.n ? arena_printf(g->a, "%s %s", s->kpi->name,
                                                   group_name(v->by, s->kpi->dims.n, g->a))
                                    : s->kpi->name;
  const struct target_status *t = at == 0 ? pack_target(g->p, s->kpi) : NULL;
  const char *target = t ? pack_target_words(t, g->a) : NULL;
  const char *state = target ? target : v->band ? v->band : "";
  bool bad = (v->band && strcmp(v->band, "red") == 0) || strstr(state, "behind");
  fprintf(g->f, "| %s%s%s | %s | %s | %s | %s |\n", bad ? "**" : "", markdown_text(name, g->a),
          bad ? "**" : "", value_words(g, &v->value, true),
          then ? value_words(g, &then->value, false) : "–", state,
          at == 0 && s->kpi->decides ? markdown_text(s->kpi->decides, g->a) : "");
}

static void print_kpis(const struct page *g) {
  const struct kpi_report *r = g->p->kpis;
  size_t lines = 0, left = 0;
  fprintf(g->f,
          "\n## Results\n\n| KPI | %s | %s | target or colour | it decides |\n"
          "|---|---|---|---|---|\n",
          day_words(g, g->p->as_of), day_words(g, g->p->before));
  for (size_t i = 0; i < r->n; i++) {
    const struct kpi_series *s = &r->series[i];
    for (size_t k = 0; k < s->days[s->n_days - 1].n; k++) {
      if (!g->full && lines >= KPIS_SHOWN)
        left++;
      else
        print_value(g, s, k), lines++;
    }
  }
  more(g, lines + left, lines, "values");
  const char *fault = g->p->strategic > 10 ? "more than ten cannot be steered by"
                      : !g->p->leading     ? "none moves before the results do"
                      : !g->p->strategic   ? "none is marked strategic"
                                           : NULL;
  if (fault)
    fprintf(g->f, "\n%ld strategic %s, %ld leading: %s.\n", g->p->strategic,
            plural(g->p->strategic, "KPI", "KPIs"), g->p->leading, fault);
}

/* ---- thresholds ------------------------------------------------------------------------------ */

static void print_threshold(const struct page *g, const struct threshold_review *v) {
  const char *changed = v->changed == DAY_MIN ? "never" : day_words(g, v->changed);
  if (v->next != DAY_NONE)
    changed = arena_printf(g->a, "%s; %s from %s", changed, v->next_value, day_words(g, v->next));
  const char *reviewed =
      v->threshold->reviewed == DAY_NONE ? "never" : day_words(g, v->threshold->reviewed);
  const char *caught = v->onsets ? arena_printf(g->a, "%ld of %ld", v->caught, v->onsets) : "";
  const char *useful = v->told ? arena_printf(g->a, "%ld of %ld", v->useful, v->told) : "";
  const char *mark = v->say != RULE_KEEP ? "**" : "";
  fprintf(g->f, "| %s%s%s | %s | %s | %s%s | %s | %s | %s |\n", mark, v->threshold->name, mark,
          markdown_text(v->value, g->a), changed, reviewed, v->overdue ? ", overdue" : "", caught,
          useful, *mark ? verdict_name(v->say) : "");
}

static const char *step_word(const struct backtest *b) {
  return b->every.unit == DUR_WEEK ? "week" : "day";
}

static void print_thresholds(const struct page *g) {
  size_t n = g->p->thresholds.n;
  const struct backtest *b = g->p->year;
  if (!n) return;
  fputs(
      "\n## Thresholds\n\n"
      "| threshold | value | last changed | reviewed | caught | useful | say |\n"
      "|---|---|---|---|---|---|---|\n",
      g->f);
  for (size_t i = 0; i < shown(g, n, THRESHOLDS_SHOWN); i++)
    print_threshold(g, &g->p->thresholds.v[i]);
  more(g, n, THRESHOLDS_SHOWN, "thresholds");
  if (b && b->outcome)
    fprintf(g->f,
            "\nCaught: by the rules on it, of the times that %s of %s began in the last year, "
            "replayed %s by %s. Useful: of their items, as people told.\n",
            b->outcome->text, plural_name(g->a, b->outcome->rule->entity->name), step_word(b),
            step_word(b));
  else
    fputs(
        "\nUseful: of the items of its rules, as people told. `--outcome \"mrr = 0\"` says what "
        "the rules caught.\n",
        g->f);
  if (b && b->every.unit == DUR_WEEK)
    fputs(
        "\nThe year was replayed week by week: what opened and closed between two weeks is in no "
        "figure of it; `--every day` sees it.\n",
        g->f);
}

/* ---- rules ----------------------------------------------------------------------------------- */

static void print_names(const struct page *g, const char *front, const name_list *names,
                        const char *end) {
  const char *list = "";
  size_t n = shown(g, names->n, 6);
  if (!names->n) return;
  for (size_t i = 0; i < n; i++)
    list = arena_printf(g->a, "%s%s%s", list, i ? ", " : "", names->v[i]);
  if (n < names->n) list = arena_printf(g->a, "%s and %zu more", list, names->n - n);
  fprintf(g->f, "\n%s: %s. %s\n", front, list, end);
}

static void print_rules(const struct page *g) {
  const struct pack *p = g->p;
  fprintf(g->f, "\n## Rules\n\n%zu of %zu are kept: no figure speaks against them.\n", p->kept,
          p->rs->rules.n);
  print_names(g, "Nobody answers for", &p->ownerless, "Write under each: owner TEAM.");
  if (p->untested.n == p->rs->rules.n && p->untested.n)
    fputs("\nNo rule has a test. `vigie test rules --mutate` writes the first ones.\n", g->f);
  else
    print_names(g, "No test looks at", &p->untested,
                "`vigie test rules --mutate` shows what is missing.");
  if (p->no_year) fprintf(g->f, "\nLast year was not replayed: %s.\n", p->no_year);
}

/* ---- actions --------------------------------------------------------------------------------- */

static void print_actions(const struct page *g) {
  const struct actions_review *r = &g->p->actions;
  fprintf(g->f, "\n## Actions, %s to %s\n\n", day_words(g, g->p->first), day_words(g, g->p->as_of));
  if (!r->known) {
    fputs("There are no items: `vigie run` keeps them.\n", g->f);
    return;
  }
  fprintf(g->f, "%ld opened, %ld done, %ld dismissed, %ld settled by the data, %ld late today. ",
          r->opened, r->done, r->dismissed, r->by_data, r->late);
  fprintf(g->f, "Outcomes told: %ld useful, %ld false %s, %ld known before.\n", r->useful,
          r->false_alarm, plural(r->false_alarm, "alarm", "alarms"), r->knew);
  if (!r->teams.n) return;
  fputs("\n| who | to do | late | waits |\n|---|---:|---:|---:|\n", g->f);
  for (size_t i = 0; i < shown(g, r->teams.n, TEAMS_SHOWN); i++) {
    const struct team_review *t = &r->teams.v[i];
    const char *people = t->people > 1 ? arena_printf(g->a, " (%ld people)", t->people) : "";
    fprintf(g->f, "| %s%s | %ld | %ld | %ld |\n", t->team, people, t->to_do, t->late, t->waiting);
  }
  more(g, r->teams.n, TEAMS_SHOWN, "teams");
}

static void print_over(const struct page *g) {
  const struct backtest *b = g->p->year;
  for (size_t i = 0; b && i < b->n_loads && b->loads[i].weeks_over >= 2 && i < OVER_SHOWN; i++) {
    const struct load *l = &b->loads[i];
    fprintf(g->f, "\n%s was over capacity (%d) in %ld weeks of the last year, most %ld on %s.\n",
            l->owner, l->capacity, l->weeks_over, l->max, day_words(g, l->worst));
  }
}

static void print_changes(const struct page *g) {
  size_t n = g->p->changes.n, due = 0;
  if (n) fputs("\n## Changed in the rules this quarter\n\n", g->f);
  for (size_t i = 0; i < shown(g, n, CHANGES_SHOWN); i++)
    fprintf(g->f, "- %s\n", markdown_text(g->p->changes.v[i], g->a));
  more(g, n, CHANGES_SHOWN, "changes");
  for (size_t i = 0; i < g->p->thresholds.n; i++)
    due += g->p->thresholds.v[i].threshold->has_review;
  if (due)
    fprintf(g->f,
            "\nAfter the meeting, `vigie review rules --done` writes the day at %zu %s "
            "with a `review` clause.\n",
            due, plural((long)due, "threshold", "thresholds"));
}

void print_pack_markdown(FILE *f, const struct pack *p, bool full, struct arena *a) {
  struct page g = {f, p, full, a};
  print_head(&g);
  print_kpis(&g);
  print_thresholds(&g);
  print_rules(&g);
  print_actions(&g);
  print_over(&g);
  print_changes(&g);
}
