/* Bounds where nobody or everybody is in. In: comparisons, targets and bands, and what the columns
 * and KPIs were on the days looked at. Out: a floor of 6% of what is never below 90%, a target of
 * 13.4k for what is 11M. */
#include <math.h>

#include "lint/data.h"
#include "sema/threshold_line.h"

enum { FAR_FACTOR = 10, FAR_OF_A_SHARE = 5, FAR_OF_A_SCORE = 2, LEAST_VALUES = 3 };

static const double LARGE_SHARE = 0.3;

struct held { /* what the data holds: the lowest and highest value, the lowest above 0 */
  double lo, hi, least;
};

static bool held_of(const struct lint *l, const struct term *t, struct held *out) {
  while (t->kind == T_PARENT || t->kind == T_AGO) t = t->a;
  const struct kpi_facts *k = t->kind == T_KPI ? values_of(l, t->kpi) : NULL;
  const struct column_facts *f = t->kind == T_ATTR ? column_of(l, t->attr) : NULL;
  if (k && k->known >= LEAST_VALUES) *out = (struct held){k->lo, k->hi, k->least};
  if (f && f->known >= LEAST_VALUES) *out = (struct held){f->lo, f->hi, f->least};
  return (k && k->known >= LEAST_VALUES) || (f && f->known >= LEAST_VALUES);
}

/* The bound, in the unit of what is compared; a bare threshold takes its unit. */
static bool bound_of(const struct term *t, double *lo, double *hi) {
  if (t->kind == T_CONST && t->value.known && unit_class(t->type.unit) == CLASS_NUM) {
    *lo = *hi = t->value.num;
    return true;
  }
  if (t->kind != T_THRESHOLD || t->threshold->is_duration) return false;
  threshold_limits(t->threshold, lo, hi);
  double scale =
      t->threshold->bare && t->type.unit == U_MONEY ? currency_minor(t->type.currency) : 1;
  *lo *= scale, *hi *= scale;
  return *lo <= *hi;
}

static const char *shown_as(struct lint *l, const struct term *t, double v) {
  struct value x = {.type = t->type, .known = true, .num = v};
  char buf[80];
  return arena_strdup(l->a, value_text(&x, buf, sizeof buf));
}

static const char *const scales[] = {"score", "scores", "stars", "rating", "ratings", "nps",
                                     "csat",  "grade",  "note",  "notes",  NULL};

/* A column of a score, or the mean, the best or the middle of one: of its scale. */
static bool is_a_score(const struct term *what) {
  const struct term *core = term_core(what);
  if (core->kind == T_AGG && core->agg->fn != AGG_SUM && core->agg->values.n)
    core = core->agg->values.v[0];
  core = term_core(core);
  if (core->kind != T_ATTR) return false;
  bool called = core->type.unit != U_MONEY && core->type.unit != U_SHARE &&
                lint_has_word(core->attr->name, scales);
  return what->type.unit == U_SCORE || called;
}

/* How many times the highest value is too much: shares do not grow as amounts do. */
static int far_above(const struct term *what) {
  if (is_a_score(what)) return FAR_OF_A_SCORE; /* its scale ends */
  return what->type.unit == U_SHARE ? FAR_OF_A_SHARE : FAR_FACTOR;
}

/* A floor of 9 % of what is never below 60 %: of a large share, a fifth is too little already. */
static bool is_far_below(const struct term *what, const struct held *h, double bound) {
  bool large = what->type.unit == U_SHARE && h->least >= LARGE_SHARE;
  return bound * (large ? FAR_OF_A_SHARE : FAR_FACTOR) < h->least && h->lo >= 0;
}

/* Of such numbers V1320 tells. */
static bool of_another_scale(const struct term *what, const struct held *h, double lo, double hi) {
  bool scaled = what->type.unit != U_MONEY && what->type.unit != U_SHARE;
  return scaled && ((hi < 1 && h->least >= 1) || (h->hi <= 1 && lo >= FAR_FACTOR));
}

/* A bound of the comparison: as a whole, or a line of its threshold. */
struct bound {
  double lo, hi;
  const char *text;
  struct span at;
};

static bool is_far_above(const struct term *what, const struct held *h, const struct bound *b) {
  return b->lo > h->hi * far_above(what);
}

static bool is_far(const struct term *what, const struct held *h, const struct bound *b) {
  if (b->lo <= 0 || (what->kind == T_ATTR && of_another_scale(what, h, b->lo, b->hi))) return false;
  double one = what->type.unit == U_MONEY ? currency_minor(what->type.currency) : 1;
  if (is_far_below(what, h, b->hi)) return b->hi > one || what->type.unit == U_SHARE;
  return is_far_above(what, h, b);
}

static void tell_bound(struct lint *l, const struct term *what, const struct held *h,
                       const struct bound *b) {
  bool nobody = is_far_above(what, h, b);
  const char *name = lint_quote(l, what->src->span);
  struct diag *d =
      lint_tell(l, b->at,
                nobody ? "`%s` was never above %s: `%s` is far more"
                       : "`%s`, where it is not 0, was never below %s: `%s` is far below it",
                name, shown_as(l, what, nobody ? h->hi : h->least), b->text);
  lint_help(l, d, "is a k, an M, a point or a percent sign missing, or one too many?");
}

/* The lines of a threshold that count today, each of them: one for a segment, one of a table. */
static void check_lines(struct lint *l, const struct term *what, const struct held *h,
                        const struct term *bound) {
  const struct threshold *t = bound->threshold;
  bool major = t->bare && bound->type.unit == U_MONEY;
  double scale = major ? currency_minor(bound->type.currency) : 1;
  for (size_t i = 0; t->lines.n > 1 && i < t->lines.n; i++) {
    const struct threshold_line *line = &t->lines.v[i];
    double v = line->value.num * scale;
    struct bound b = {v, v, NULL, line->span};
    if (!is_far(what, h, &b) || lint_told(l, l->now->kind.code, line->span)) continue;
    if (threshold_line_on(t, line, l->options->today) != line) continue;
    b.text = threshold_line_value(t, line, l->a);
    tell_bound(l, what, h, &b);
  }
}

static void check_bound(struct lint *l, const struct term *what, const struct term *bound) {
  struct held h;
  struct bound b = {.text = lint_quote(l, bound->src->span), .at = bound->src->span};
  if (unit_class(what->type.unit) != CLASS_NUM || what->type.unit == U_DURATION) return;
  if (!held_of(l, what, &h) || !bound_of(bound, &b.lo, &b.hi) || h.hi <= 0) return;
  if (is_far(what, &h, &b))
    tell_bound(l, what, &h, &b);
  else if (bound->kind == T_THRESHOLD)
    check_lines(l, what, &h, bound);
}

/* ---- how old a day may be -------------------------------------------------------------- */

enum { FAR_IN_DAYS = 3, LEAST_AGE = 90 };

/* How long the condition asks a day of the row to be over, in days: older than 10y; older than a
 * threshold. 0: it asks nothing of the kind. */
static double age_asked(const struct term *t, const struct term **day) {
  if (t->kind == T_OLDER && t->dur.n) {
    *day = t->a;
    return duration_is_months(t->dur) ? duration_months(t->dur) * 30.0 : duration_days(t->dur);
  }
  bool before = t->kind == T_CMP && (t->op == OP_LE || t->op == OP_LT);
  const struct term *moved = !before ? NULL : t->b->kind == T_DATE_DAYS ? t->b : t->a;
  if (!moved || moved->kind != T_DATE_DAYS || moved->b->kind != T_THRESHOLD) return 0;
  const struct threshold *of = moved->b->threshold;
  *day = moved == t->b ? t->a : moved->a;
  if (!of->is_duration || !of->lines.n || (moved == t->b && moved->op > 0)) return 0;
  struct duration d = of->lines.v[0].dur;
  return duration_is_months(d) ? duration_months(d) * 30.0 : duration_days(d);
}

/* sent older than patience, which is 10 years, where the first one was sent a year ago. */
static void check_age(struct lint *l, const struct term *t) {
  const struct term *day = NULL;
  double asked = age_asked(t, &day);
  const struct column_facts *f = asked && day->kind == T_ATTR ? column_of(l, day->attr) : NULL;
  if (!f || f->known < LEAST_VALUES || !t->src) return;
  double oldest = l->options->today - f->lo;
  if (oldest < LEAST_AGE || asked <= FAR_IN_DAYS * oldest) return;
  char first[16];
  struct diag *d = lint_tell(l, t->src->span,
                             "this asks for a `%s` of %.0f days ago, and the first one is of %s: "
                             "nobody is in",
                             day->attr->name, asked, day_text((day_t)f->lo, first));
  lint_help(l, d, "days are written 10d, months 10mo, years 10y: is the letter or a 0 wrong?");
}

static void check_term(void *ctx, const struct term *t) {
  check_age(ctx, t);
  if (t->kind != T_CMP) return;
  bool left = t->a->kind == T_CONST || t->a->kind == T_THRESHOLD;
  const struct term *bound = left ? t->a : t->b, *what = left ? t->b : t->a;
  if (what->src && bound->src) check_bound(ctx, what, bound);
}

static void check_band(struct lint *l, const struct kpi *k, const struct band *b) {
  if (!b->set) return;
  struct term what = {
      .kind = T_KPI, .type = k->term->type, .kpi = (struct kpi *)k, .src = b->a->src};
  struct held h;
  double lo, hi;
  if (!held_of(l, &what, &h) || !bound_of(b->a, &lo, &hi) || lo <= 0 || h.hi <= 0) return;
  bool nobody = lo > h.hi * far_above(&what), everybody = is_far_below(&what, &h, hi);
  if (!nobody && !everybody) return;
  struct diag *d = lint_tell(
      l, b->span, "`%s` was between %s and %s on the days looked at: this band is far %s", k->name,
      shown_as(l, &what, h.lo), shown_as(l, &what, h.hi), nobody ? "above" : "below");
  lint_help(l, d, "is a k, an M, a point or a percent sign missing, or one too many?");
}

/* A segment that chooses nobody out: all that have any are above. */
static void check_segment(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  struct held h;
  double lo, hi;
  if (t->kind != T_CMP || (t->op != OP_GT && t->op != OP_GE) || !t->b->src) return;
  const struct term *what = t->a;
  double one = what->type.unit == U_MONEY ? currency_minor(what->type.currency) : 1;
  if (unit_class(what->type.unit) != CLASS_NUM || what->type.unit == U_DURATION) return;
  if (!held_of(l, what, &h) || !bound_of(t->b, &lo, &hi) || h.lo < 0) return;
  if (lo > h.hi && h.hi > 0 && !is_far_above(what, &h, &(struct bound){lo, hi, NULL, {0}})) {
    struct diag *d =
        lint_tell(l, t->b->src->span,
                  "`%s` was never above %s on the days looked at: nobody is in the segment",
                  lint_quote(l, what->src->span), shown_as(l, what, h.hi));
    lint_help(l, d, "is a k, an M or a percent sign too many, or a month meant and a year asked?");
    return;
  }
  if (hi <= one || hi >= h.least || hi * FAR_FACTOR < h.least) return; /* the last is told above */
  struct diag *d =
      lint_tell(l, t->b->src->span,
                "`%s`, where it is not 0, was never below %s: everybody is in the segment",
                lint_quote(l, what->src->span), shown_as(l, what, h.least));
  lint_help(l, d, "is a k, an M or a percent sign missing?");
}

void lint_bound_beyond_data(struct lint *l) {
  for (size_t i = 0; i < l->rs->segments.n; i++)
    term_walk(l->rs->segments.v[i]->term, check_segment, l);
  terms_each(l, KIND(T_CMP) | KIND(T_OLDER), check_term, l);
  for (size_t i = 0; i < l->rs->targets.n; i++) {
    const struct target *t = l->rs->targets.v[i];
    if (t->measure && t->goal && t->measure->kind == T_KPI) check_bound(l, t->measure, t->goal);
  }
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    check_band(l, k, &k->green);
    check_band(l, k, &k->amber);
    check_band(l, k, &k->red);
  }
}

/* ---- records further apart than `fresh` ----------------------------------------------- */

enum { LEAST_DAYS = 5 };

static const struct column_facts *days_of(const struct lint *l, const char *table,
                                          const char *column) {
  for (size_t i = 0; i < l->data->columns.n; i++) {
    const struct column_facts *f = l->data->columns.v[i];
    if (!f->attr && f->table == table && f->column == column) return f;
  }
  return NULL;
}

/* How many rows the entity has; 0: not known. */
static long rows_of(const struct lint *l, const struct entity *e) {
  for (size_t i = 0; i < l->data->keys.n; i++)
    if (l->data->keys.v[i]->entity == e) return l->data->keys.v[i]->rows;
  return 0;
}

/* Each row may have days of its own: 15 days between two records of one, and some every day. Rows
 * that came late have fewer, so that is an upper bound: it counts where it is twice `fresh`. */
static double gap_of_a_row(const struct lint *l, const struct attr *at,
                           const struct column_facts *days) {
  long rows = rows_of(l, at->entity);
  double each = rows ? (double)days->known / (double)rows : 0;
  double gap = each > LEAST_DAYS ? (days->hi - days->lo) / (each - 1) : 0;
  return 2 * gap > 3 * at->history.fresh ? gap : 0;
}

static void tell_gap(struct lint *l, struct span at, const char *name, double gap, int fresh) {
  struct diag *d = lint_tell(l, at,
                             "`%s` is recorded every %.0f days, and stale after %d: between two "
                             "records it is unknown",
                             name, gap, fresh);
  lint_help(l, d, "give it at least two records: fresh %.0fd", 2 * ceil(gap));
}

static double gap_of_days(const struct column_facts *f) {
  return f && f->days >= LEAST_DAYS ? (f->hi - f->lo) / (double)(f->days - 1) : 0;
}

static void check_fresh(struct lint *l, const struct attr *at) {
  const struct column_facts *f =
      at->history.fresh >= 0 ? days_of(l, at->history.table, at->history.at) : NULL;
  if (!f) return;
  double gap = gap_of_days(f);
  if (gap > 0 && at->history.fresh >= gap) gap = gap_of_a_row(l, at, f);
  if (gap > 0 && at->history.fresh < gap) tell_gap(l, at->span, at->name, gap, at->history.fresh);
}

/* at "month_end" fresh 7d */
static void check_events(struct lint *l, const struct entity *e) {
  bool said = e->event && e->life.fresh >= 0;
  double gap = said ? gap_of_days(days_of(l, e->table, e->life.from)) : 0;
  if (said && gap > e->life.fresh) tell_gap(l, e->life_span, e->name, gap, e->life.fresh);
}

void lint_fresh_below_gap(struct lint *l) {
  for (size_t i = 0; i < l->rs->entities.n; i++) check_events(l, l->rs->entities.v[i]);
  for (size_t i = 0; i < l->rs->entities.n; i++)
    for (size_t k = 0; k < l->rs->entities.v[i]->attrs.n; k++)
      if (l->rs->entities.v[i]->attrs.v[k]->kind == ATTR_HISTORY)
        check_fresh(l, l->rs->entities.v[i]->attrs.v[k]);
}
