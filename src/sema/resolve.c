/* Names that stand for terms. In: an attribute with a formula, a segment, a KPI, or a threshold
 * where it is used. Out: its term, made when something first names it, so that nothing depends on
 * the order of the lines.
 *
 * Whatever is being made stands on a stack: who meets himself there closes a circle, through
 * whatever mixture of kinds, and that is reported once. */
#include <string.h>

#include "base/check.h"
#include "base/limits.h"
#include "sema/own_currency.h"

/* ---- circles -------------------------------------------------------------------------- */

/* Something whose term is being made; it lives in the frame of the function that makes it. */
struct resolve_ctx {
  const char *what, *name;
  const void *thing;
  const struct entity *seen_from; /* a threshold: the rows it is used on; NULL otherwise */
  struct span at;
  const struct resolve_ctx *outer;
};

static bool is_same(const struct resolve_ctx *a, const struct resolve_ctx *b) {
  return a->thing == b->thing && a->seen_from == b->seen_from;
}

/* "segment quiet, threshold quiet_days": from the outermost on. */
static const char *name_steps(struct ruleset *rs, const struct resolve_ctx *now,
                              const struct resolve_ctx *first) {
  const char *text = arena_printf(rs->arena, "%s %s", now->what, now->name);
  for (const struct resolve_ctx *m = now->outer; now != first && m; m = m->outer) {
    text = arena_printf(rs->arena, "%s %s, %s", m->what, m->name, text);
    if (m == first) break;
  }
  return text;
}

static bool one_kind(const struct resolve_ctx *now, const struct resolve_ctx *first) {
  for (const struct resolve_ctx *m = now; m != first; m = m->outer)
    if (strcmp(m->what, first->what) != 0) return false;
  return true;
}

/* first: where it was begun, further out on the stack that ends with `now`. */
static void tell_circle(struct ruleset *rs, const struct resolve_ctx *now,
                        const struct resolve_ctx *first, struct span at) {
  struct diag *d =
      diag_add(&rs->diags, V0207, at, "the %s `%s` is defined by itself", first->what, first->name);
  if (!one_kind(now, first))
    diag_help(&rs->diags, d, "the circle is %s, %s %s: break it at one of them",
              name_steps(rs, now, first), first->what, first->name);
  else if (strcmp(first->what, "segment") == 0)
    diag_help(&rs->diags, d, "break the circle: one of its conditions uses `%s` again",
              first->name);
  else
    diag_help(&rs->diags, d,
              "follow its formula: somewhere it uses `%s` again; break the circle there",
              first->name);
}

/* False: it is being made already, and that was reported at `at`. Not inlined: GCC would see the
 * address of a local stored, and not that end_making takes it back. */
__attribute__((noinline)) static bool begin_making(struct ruleset *rs, struct resolve_ctx *m,
                                                   struct span at) {
  for (const struct resolve_ctx *outer = rs->making; outer; outer = outer->outer)
    if (is_same(outer, m)) {
      /* a line that could not be read may have declared what is meant here */
      if (!map_get(&rs->poisoned, outer->name)) tell_circle(rs, rs->making, outer, at);
      return false;
    }
  m->outer = rs->making;
  rs->making = m;
  return true;
}

static void end_making(struct ruleset *rs, const struct resolve_ctx *m) {
  CHECK(rs->making == m);
  rs->making = m->outer;
}

/* ---- how high a term stands ----------------------------------------------------------- */

static int max(int a, int b) { return a > b ? a : b; }

/* Of what a name stands for: made by now, and so no higher than the limit. */
static int height_below(const struct term *t) {
  switch (t->kind) {
    case T_ATTR:
      CHECK(t->attr->kind != ATTR_COMPUTED || t->attr->made.done);
      return t->attr->made.height;
    case T_KPI: CHECK(t->kpi->made.done); return t->kpi->made.height;
    case T_SEGMENT: CHECK(t->segment->made.done); return t->segment->made.height;
    case T_THRESHOLD: {
      int h = 0;
      for (size_t i = 0; i < t->threshold->lines.n; i++) {
        const struct segment *s = t->threshold->lines.v[i].segment;
        if (s) h = max(h, s->made.height + 1);
      }
      return h;
    }
    default: return 0;
  }
}

/* The longest way down from a term, through names: what walkers must be able to go down. */
static int height_of(const struct term *t) {
  if (!t) return 0;
  int h = max(height_of(t->a), max(height_of(t->b), height_of(t->c)));
  for (size_t i = 0; i < t->list.n; i++) h = max(h, height_of(t->list.v[i]));
  if (t->kind == T_AGG) {
    h = max(h, height_of(t->agg->where));
    for (size_t i = 0; i < t->agg->values.n; i++) h = max(h, height_of(t->agg->values.v[i]));
    if (t->agg->segment) h = max(h, t->agg->segment->made.height);
  }
  return 1 + max(h, height_below(t));
}

bool not_too_high(struct ruleset *rs, const struct term *t, struct span at, int *height) {
  *height = height_of(t);
  return *height <= EXPR_MAX_DEPTH || !too_deep(rs, at);
}

/* ---- each kind of name ---------------------------------------------------------------- */

static void tell_declared_per(const struct scope *sc, const struct attr *at, const struct term *t) {
  struct diag *d = TELL(sc, V0301, at->expr->span, "`%s` is money per %s, and its formula gives %s",
                        at->name, per_word(at->type.per), unit_phrase(sc, t));
  HELP_WITH(sc, d, "write: %s money per %s = %s", at->name, per_word(at->type.per),
            as_per(sc, at->expr, at->type.per));
}

/* False: the formula gives something else than is declared, which is reported. */
static bool fits_declared(const struct scope *sc, struct attr *at, struct term *t) {
  if (t->bare) adapt(sc, t, at->type, NULL);
  struct term said = {
      .type = at->type, .src = at->expr, .points = t->points, .kind = T_ATTR, .attr = at};
  bool same =
      t->type.unit == at->type.unit ||
      (unit_class(t->type.unit) == CLASS_TXT && unit_class(at->type.unit) == CLASS_TXT) ||
      ((at->type.unit == U_NUMBER || at->type.unit == U_COUNT || at->type.unit == U_SCORE) &&
       is_number(t) && t->type.unit != U_MONEY) ||
      (at->type.unit == U_SHARE && t->ratio);
  if (same && t->type.unit == U_MONEY && !same_per(&said, t)) {
    tell_declared_per(sc, at, t);
    return false;
  }
  if (same) return true;
  struct diag *d =
      TELL(sc, V0301, at->expr->span, "`%s` is declared as %s, and its formula gives %s", at->name,
           unit_phrase(sc, &said), unit_phrase(sc, t));
  HELP_WITH(sc, d, "write: %s %s = …", at->name, unit_name(t->type.unit));
  return false;
}

struct term *attr_term(struct ruleset *rs, struct attr *at) {
  if (at->made.done || !at->expr) return at->term;
  struct resolve_ctx m = {.what = "attribute", .name = at->name, .thing = at};
  if (!begin_making(rs, &m, at->span)) return NULL;
  struct scope sc = {.rs = rs, .ent = at->entity, .own = at->own};
  struct term *t =
      at->type.unit == U_FLAG ? type_condition(&sc, at->expr) : type_value(&sc, at->expr);
  end_making(rs, &m);
  at->made.done = true;
  if (!t || !fits_declared(&sc, at, t)) return NULL;
  if (!not_too_high(rs, t, at->span, &at->made.height)) return NULL;
  at->type.counted_in = t->type.counted_in;
  if (at->type.unit == U_MONEY && t->type.currency) at->type.currency = t->type.currency;
  if (at->type.unit == U_MONEY && t->type.per) at->type.per = t->type.per;
  return at->term = t;
}

struct entity *segment_entity(struct ruleset *rs, struct segment *s) {
  if (s->of_found) return s->entity;
  struct resolve_ctx m = {.what = "segment", .name = s->name, .thing = s};
  if (!begin_making(rs, &m, s->span)) return NULL;
  s->entity = map_get(&rs->entity_names, s->of);
  s->inside = s->entity ? NULL : map_get(&rs->segment_names, s->of);
  if (s->inside) s->entity = segment_entity(rs, s->inside);
  if (!s->entity && !s->inside && !map_get(&rs->poisoned, s->of))
    tell_no_entity(rs, s->of, s->of_span, NULL);
  end_making(rs, &m);
  s->of_found = true;
  return s->entity;
}

/* In the narrower segment are rows of the wider one. */
static struct term *narrowed(const struct scope *sc, const struct segment *s, struct term *t) {
  if (!t || !s->inside) return t;
  if (!segment_term(sc->rs, s->inside)) return NULL;
  struct term *wide = term_new(sc, T_SEGMENT, s->expr, type_of(U_FLAG)),
              *both = term_new(sc, T_AND, s->expr, type_of(U_FLAG));
  if (!(wide->segment = segment_here(sc, s->inside))) return NULL;
  both->a = wide;
  both->b = t;
  return both;
}

struct term *segment_term(struct ruleset *rs, struct segment *s) {
  if (s->made.done) return s->term;
  if (!segment_entity(rs, s)) return NULL;
  struct resolve_ctx m = {.what = "segment", .name = s->name, .thing = s};
  if (!begin_making(rs, &m, s->span)) return NULL;
  struct scope sc = {.rs = rs, .ent = s->entity, .own = s->own};
  struct term *t = narrowed(&sc, s, type_condition(&sc, s->expr));
  end_making(rs, &m);
  s->made.done = true;
  if (!t || !not_too_high(rs, t, s->span, &s->made.height)) return NULL;
  return s->term = t;
}

/* kpi growth_pct = gained / all * 100, in percent: 4% would be shown as 400%. */
static void check_hundredfold(const struct scope *sc, const struct kpi *k, const struct term *t) {
  if (!k->percent || t->kind != T_ARITH || t->op != OP_MUL) return;
  bool left = t->a->kind == T_CONST && t->a->value.num == 100;
  bool right = t->b->kind == T_CONST && t->b->value.num == 100;
  const struct term *share = left ? t->b : t->a;
  if (left == right || !(share->ratio || share->type.unit == U_SHARE) || !share->src) return;
  HELP_WITH(
      sc,
      TELL(sc, V0323, k->span,
           "`in percent` shows a share times 100 already: with `* 100` 4%% is shown as 400%%"),
      "leave `* 100` out: %s", span_text(sc->rs->arena, share->src->span));
}

static bool fits_percent(const struct scope *sc, const struct kpi *k, struct term *t) {
  if (k->percent && t->type.unit == U_NUMBER && t->ratio) t->type.unit = U_SHARE;
  if (!k->percent || t->type.unit == U_SHARE) return true;
  struct diag *d = TELL(sc, V0301, k->span, "`%s` is %s: it cannot be printed in percent", k->name,
                        unit_phrase(sc, t));
  HELP_WITH(sc, d, "remove `in percent`, or divide by a whole of the same unit");
  return false;
}

struct term *kpi_term(struct ruleset *rs, struct kpi *k, struct span at) {
  if (k->made.done) return k->term;
  if (k->of && !k->entity) return NULL;
  struct resolve_ctx m = {.what = "KPI", .name = k->name, .thing = k};
  if (!begin_making(rs, &m, at)) return NULL;
  const dim_list *dims = k->split ? k->split : k->dims.n ? &k->dims : NULL;
  struct scope sc = {.rs = rs, .ent = k->entity, .dims = dims, .is_kpi = true, .own = k->own};
  struct term *t = type_value(&sc, k->expr);
  end_making(rs, &m);
  k->made.done = true;
  if (!t) return NULL;
  t->bare = false;
  check_hundredfold(&sc, k, t);
  if (!fits_percent(&sc, k, t) || !not_too_high(rs, t, k->span, &k->made.height)) return NULL;
  t->type.percent |= k->percent;
  return k->term = t;
}

/* A row of the scope asks for each segment that it leads to whether it is in it. */
static void make_segments(const struct scope *sc, const struct threshold *th) {
  for (size_t i = 0; sc->ent && i < th->lines.n; i++) {
    struct segment *s = th->lines.v[i].segment;
    edge_path way;
    if (s && s->entity && find_way(sc->rs->arena, sc->ent, s->entity, &way) == WAY_ONE)
      segment_term(sc->rs, s);
  }
}

/* The entries of a table are quoted texts, so texts are looked up. */
static bool is_text_path(const struct scope *sc, const struct expr *src, const struct expr *by,
                         const struct term *path) {
  if (unit_class(path->type.unit) == CLASS_TXT) return true;
  struct diag *d = TELL(sc, V0301, by->span, "`%s` is %s: the entries of a table are texts",
                        quoted(sc, by), unit_phrase(sc, path));
  diag_note(&sc->rs->diags, d, src->span, "it is looked up here");
  HELP_WITH(sc, d, "name a text after `by`, or write `for SEGMENT = …` for parts of %s",
            path->ent ? path->ent->name : "the rows");
  return false;
}

/* The quoted text of the entry on its line. */
static struct span place_of_entry(const struct scope *sc, const struct threshold_line *line,
                                  size_t k) {
  struct span at = line->span;
  const char *text = at.src->text, *quoted_text, *found;
  quoted_text = arena_printf(sc->rs->arena, "\"%s\"", line->entries.v[k]);
  found = strstr(text + at.at, quoted_text);
  if (!found || found >= text + at.end) return at;
  at.at = (uint32_t)(found - text);
  at.end = at.at + (uint32_t)strlen(quoted_text);
  return at;
}

/* An entry that its attribute never holds would leave the value to a less particular line. Said
 * once, at the first place of use. */
static void check_entries(const struct scope *sc, struct threshold *th, const term_list *paths) {
  if (th->entries_known) return;
  th->entries_known = true;
  for (size_t i = 0; i < th->lines.n; i++)
    for (size_t k = 0; k < th->lines.v[i].entries.n; k++) {
      struct expr line = {.span = place_of_entry(sc, &th->lines.v[i], k)};
      struct term entry = {.kind = T_CONST,
                           .type = {.unit = U_TEXT},
                           .src = &line,
                           .value = {.known = true, .text = th->lines.v[i].entries.v[k]}};
      check_listed(sc, paths->v[k], &entry);
    }
}

struct term *type_threshold(const struct scope *sc, const struct expr *src, struct threshold *th) {
  if (!th->lines.n && !th->by.n) return NULL; /* its lines were reported */
  struct resolve_ctx m = {.what = "threshold", .name = th->name, .thing = th, .seen_from = sc->ent};
  if (!begin_making(sc->rs, &m, src->span)) return NULL;
  make_segments(sc, th);
  bool reached = true;
  term_list paths = {0};
  for (size_t i = 0; i < th->by.n; i++) {
    struct expr *by = th->by.v[i];
    struct dim named = {.path = by};
    struct term *path = sc->ent ? dim_term(sc->rs, sc->ent, &named, src->span) : type_path(sc, by);
    reached &= path && is_text_path(sc, src, by, path);
    VEC_PUSH(sc->rs->arena, &paths, path);
  }
  end_making(sc->rs, &m);
  if (!reached) return NULL;
  check_entries(sc, th, &paths);
  struct term *t = term_new(sc, T_THRESHOLD, src, th->type);
  t->threshold = th;
  t->bare = th->bare;
  t->points = th->points;
  t->list = paths;
  return t;
}
