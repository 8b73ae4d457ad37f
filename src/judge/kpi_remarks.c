/* What has to be said beside a KPI. In: a report. Out: sentences about values that are to date, and
 * about totals that move against all of their groups. */
#include <string.h>

#include "base/text.h"
#include "judge/kpi.h"
#include "sema/ended.h"
#include "sema/to_date.h"

/* ---- groups -----------------------------------------------------------------------------*/

bool kpi_same_group(const struct kpi_series *s, const struct kpi_value *a,
                    const struct kpi_value *b) {
  for (size_t i = 0; i < s->n_dims; i++)
    if (a->by[i].known != b->by[i].known ||
        (a->by[i].known && (a->by[i].text ? strcmp(a->by[i].text, b->by[i].text) != 0
                                          : a->by[i].num != b->by[i].num)))
      return false;
  return true;
}

/* ---- to date -------------------------------------------------------------------------- */

static void add_to_date(const struct ruleset *rs, struct kpi_series *s, struct arena *a) {
  struct part_of_period found;
  if (!s->n_days || !holds_part_against_whole(s->kpi->term, &found)) return;
  day_t day = s->days[s->n_days - 1].day;
  struct period p = {.kind = PERIOD_RELATIVE, .unit = found.unit};
  struct dayrange range = period_range(&p, day, &rs->calendar);
  if (range.last <= day || range.first > day) return;
  char text[16];
  const char *said =
      arena_printf(a, "%s on %s is to date: %d of the %d days of this %s against a whole one",
                   s->kpi->name, day_text(day, text), (int)(day - range.first + 1),
                   (int)(range.last - range.first + 1), period_unit_name(found.unit));
  VEC_PUSH(a, &s->remarks, said);
}

/* ---- rows that have ended -------------------------------------------------------------- */

static void add_ended(struct kpi_series *s, struct arena *a) {
  const struct term *found = find_ended_rows(s->kpi->term);
  if (!found) return;
  const char *said = arena_printf(a, "%s also counts rows of %s that have ended", s->kpi->name,
                                  found->agg->entity->name);
  VEC_PUSH(a, &s->remarks, said);
}

/* ---- a total against its groups ------------------------------------------------------- */

static bool is_formula_of(const struct kpi *k, const struct kpi *other) {
  return k->term->kind == T_KPI && k->term->kpi == other;
}

/* Do the two say one formula, one of them split and the other not? */
static bool is_total_of(const struct kpi_series *total, const struct kpi_series *split,
                        struct arena *a) {
  if (total->n_dims || !split->n_dims || split->kpi->entity || total->n_days != split->n_days)
    return false;
  return is_formula_of(total->kpi, split->kpi) || is_formula_of(split->kpi, total->kpi) ||
         strcmp(span_text(a, total->kpi->expr->span), span_text(a, split->kpi->expr->span)) == 0;
}

/* 1 up, -1 down, 0 neither, or not known. */
static int direction(const struct value *before, const struct value *now) {
  if (!before->known || !now->known || unit_class(now->type.unit) != CLASS_NUM) return 0;
  return (now->num > before->num) - (now->num < before->num);
}

static const struct value *value_of_group(const struct kpi_series *s, const struct kpi_day *day,
                                          const struct kpi_value *like) {
  for (size_t i = 0; i < day->n; i++)
    if (kpi_same_group(s, &day->values[i], like)) return &day->values[i].value;
  return NULL;
}

/* Did every group that is there on both days move the other way? */
static bool all_move(const struct kpi_series *s, int way) {
  const struct kpi_day *before = &s->days[s->n_days - 2], *now = &s->days[s->n_days - 1];
  size_t moved = 0;
  for (size_t i = 0; i < now->n; i++) {
    const struct value *then = value_of_group(s, before, &now->values[i]);
    if (!then) continue;
    if (direction(then, &now->values[i].value) != way) return false;
    moved++;
  }
  return moved > 1;
}

static void add_against_groups(struct kpi_report *r, struct kpi_series *total, struct arena *a) {
  if (total->n_days < 2 || total->n_dims) return;
  const struct kpi_day *before = &total->days[total->n_days - 2], *now = before + 1;
  if (!before->n || !now->n) return;
  int way = direction(&before->values[0].value, &now->values[0].value);
  for (size_t k = 0; way && k < r->n; k++) {
    const struct kpi_series *split = &r->series[k];
    if (!is_total_of(total, split, a) || !all_move(split, -way)) continue;
    char from[16], to[16];
    const char *said = arena_printf(
        a, "%s %s from %s to %s while it %s in every %s: what moved is how much each weighs",
        total->kpi->name, way > 0 ? "rose" : "fell", day_text(before->day, from),
        day_text(now->day, to), way > 0 ? "fell" : "rose", split->dims[0]);
    VEC_PUSH(a, &total->remarks, said);
  }
}

void kpi_report_remarks(const struct ruleset *rs, struct kpi_report *r, struct arena *a) {
  for (size_t k = 0; k < r->n; k++) {
    add_to_date(rs, &r->series[k], a);
    add_ended(&r->series[k], a);
    add_against_groups(r, &r->series[k], a);
  }
}
