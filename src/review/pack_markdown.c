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
  RULES_SHOWN = 8, /* once with their reasons, once on the agenda */
  TEAMS_SHOWN = 5,
  CHANGES_SHOWN = 4,
  OVER_SHOWN = 2,
  FIXED_LINES = 55
};
_Static_assert(KPIS_SHOWN + THRESHOLDS_SHOWN + 2 * RULES_SHOWN + TEAMS_SHOWN + CHANGES_SHOWN +
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

static void print_decisions(const struct page *g) {
  const struct pack *p = g->p;
  const char *list = "";
  size_t n = p->rules.n < 4 ? p->rules.n : 4;
  if (!n) {
    fputs("**Nothing to decide**: every rule is kept.\n", g->f);
    return;
  }
  for (size_t i = 0; i < n; i++)
    list = arena_printf(g->a, "%s%s%s", list,
                        i == 0       ? ""
                        : i + 1 == n ? " and "
                                     : ", ",
                        p->rules.v[i].agenda);
  fprintf(g->f, "**Decide %zu %s**: %s.\n", p->rules.n, plural((long)p->rules.n, "thing", "things"),
          list);
}

static void print_head(const struct page *g) {
  const struct pack *p = g->p;
  const char *so_far = p->as_of < p->last
                           ? arena_printf(g->a, " so far (to %s, %d days left)",
                                          day_words(g, p->as_of), (int)(p->last - p->as_of))
                           : "";
  fprintf(g->f, "# Quarterly review, %s%s\n\n", p->name, so_far);
  print_decisions(g);
}

/* ---- results -------------------------------------------------------------------------------- */

static const char *value_words(const struct page *g, const struct value *v) {
  char buf[96];
  return v->known ? arena_strdup(g->a, value_text(v, buf, sizeof buf)) : "unknown";
}

/* How the target of the KPI stands; NULL: it has none. */
static const char *target_words(const struct page *g, const struct kpi *k) {
  for (size_t i = 0; i < g->p->kpis->n_targets; i++) {
    const struct target_status *t = &g->p->kpis->targets[i];
    if (t->target->kpi != k || t->by || !t->goal.known) continue;
    const char *how = !t->judged ? "not known" : t->on_track ? "on track" : "**behind**";
    return arena_printf(g->a, "%s by %s: %s", target_level(&t->goal, g->a), day_words(g, t->due),
                        how);
  }
  return NULL;
}

static void print_value(const struct page *g, const struct kpi_series *s, size_t at) {
  const struct kpi_day *before = &s->days[0], *now = &s->days[s->n_days - 1];
  const struct kpi_value *v = &now->values[at], *then = NULL;
  for (size_t i = 0; i < before->n; i++)
    if (kpi_same_group(s, &before->values[i], v)) then = &before->values[i];
  const char *name = s->kpi->dims.n ? arena_printf(g->a, "%s %s", s->kpi->name,
                                                   group_name(v->by, s->kpi->dims.n, g->a))
                                    : s->kpi->name;
  const char *target = target_words(g, s->kpi);
  const char *state = target ? target : v->band ? v->band : "";
  bool bad = (v->band && strcmp(v->band, "red") == 0) || strstr(state, "behind");
  fprintf(g->f, "| %s%s%s | %s | %s | %s | %s |\n", bad ? "**" : "", markdown_text(name, g->a),
          bad ? "**" : "", value_words(g, &v->value), then ? value_words(g, &then->value) : "–",
          state, at == 0 && s->kpi->decides ? markdown_text(s->kpi->decides, g->a) : "");
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
  fprintf(g->f, "\n%ld strategic %s, %ld leading: %s.\n", g->p->strategic,
          plural(g->p->strategic, "KPI", "KPIs"), g->p->leading,
          g->p->strategic > 10 ? "more than ten cannot be steered by"
          : !g->p->leading     ? "none moves before the results do"
          : !g->p->strategic   ? "none is marked strategic"
                               : "fine");
}

/* ---- thresholds ------------------------------------------------------------------------------ */

static void print_threshold(const struct page *g, const struct threshold_review *v) {
  const char *changed = v->changed == DAY_MIN ? "never" : day_words(g, v->changed);
  if (v->next != DAY_NONE)
    changed = arena_printf(g->a, "%s; %s from %s", changed, v->next_value, day_words(g, v->next));
  const char *reviewed =
      v->threshold->reviewed == DAY_NONE ? "never" : day_words(g, v->threshold->reviewed);
  const char *caught = v->onsets ? arena_printf(g->a, "%ld of %ld", v->caught, v->onsets) : "–";
  bool look = v->say != RULE_KEEP;
  fprintf(g->f, "| %s%s%s | %s | %s | %s%s | %s | %s%s%s |\n", look ? "**" : "", v->threshold->name,
          look ? "**" : "", markdown_text(v->value, g->a), changed, reviewed,
          v->overdue ? ", overdue" : "", caught, look ? "**" : "", verdict_name(v->say),
          look ? "**" : "");
}

static void print_thresholds(const struct page *g) {
  size_t n = g->p->thresholds.n;
  if (!n) return;
  fputs(
      "\n## Thresholds\n\n| threshold | value | last changed | reviewed | caught, last year | say "
      "|\n"
      "|---|---|---|---|---|---|\n",
      g->f);
  for (size_t i = 0; i < shown(g, n, THRESHOLDS_SHOWN); i++)
    print_threshold(g, &g->p->thresholds.v[i]);
  more(g, n, THRESHOLDS_SHOWN, "thresholds");
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
  fprintf(g->f, "\n## Rules to look at (%zu of %zu are kept)\n\n", p->kept, p->rs->rules.n);
  for (size_t i = 0; i < shown(g, p->rules.n, RULES_SHOWN); i++) {
    const struct rule_review *r = &p->rules.v[i];
    fprintf(g->f, "%zu. **%s, %s.** %s. `%s` (owner: %s)\n", i + 1, r->rule->name,
            verdict_name(r->say), markdown_text(r->why, g->a), r->command,
            r->owner ? r->owner : "nobody");
  }
  more(g, p->rules.n, RULES_SHOWN, "rules");
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

static void print_agenda(const struct page *g) {
  size_t n = 0;
  for (size_t i = 0; i < shown(g, g->p->rules.n, RULES_SHOWN); i++) {
    const struct rule_review *r = &g->p->rules.v[i];
    if (!n++) fputs("\n## Agenda\n\n| what | who | figure |\n|---|---|---|\n", g->f);
    fprintf(g->f, "| %s | %s | %s |\n", r->agenda, r->owner ? r->owner : "nobody", r->figure);
  }
}

static void print_changes(const struct page *g) {
  size_t n = g->p->changes.n, due = 0;
  if (n) fputs("\nChanged in the rules this quarter:\n\n", g->f);
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
  print_agenda(&g);
  print_changes(&g);
}
