/* From the grammar to text. In: a symbol and where it stands. Out: one of the ways to write it. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "policy.h"

enum { LEAF = 1, NOW = 2, PAST = 4, ROWS = 8 };

struct row {
  const char *symbol;
  int weight;
  unsigned flags;
  const char *form;
};
static const struct row rows[] = {
#define ROW(symbol, weight, flags, form) {#symbol, weight, flags, form},
#include "grammar.def"
#undef ROW
};
enum { N_ROWS = sizeof rows / sizeof *rows, STEPS_MAX = 4000, TRIES = 10 };

/* ---- texts ---------------------------------------------------------------------------- */

void put(struct gen *g, text_buf *out, const char *s) {
  for (; *s; s++) VEC_PUSH(g->arena, out, *s);
}

void putf(struct gen *g, text_buf *out, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  put(g, out, arena_vprintf(g->arena, fmt, ap));
  va_end(ap);
}

const char *text_of(struct gen *g, text_buf *b) {
  return arena_strndup(g->arena, b->v ? b->v : "", b->n);
}

const char *choice(struct gen *g, const char *words) {
  int n = 1;
  for (const char *p = words; *p; p++) n += *p == '|';
  for (int i = rng_int(&g->rng, 0, n - 1); i > 0; i--) words = strchr(words, '|') + 1;
  return arena_strndup(g->arena, words, strcspn(words, "|"));
}

/* ---- units ---------------------------------------------------------------------------- */

static const struct {
  const char *name;
  bool numeric;
  int weight;
  const char *constants;
} units[] = {
    {"num", true, 6, "0|1|2|3|5|10|12|20|50|100|2.5|0.25|1k"},
    {"money", true, 5, "0 EUR|1 EUR|100 EUR|99.99 EUR|500 EUR|1k EUR|1.5k EUR|2M EUR"},
    {"share", true, 4, "0%|5%|10%|33.3%|50%|90%|100%|150%"},
    {"score", true, 3, "0|10|50|65|80|100"},
    {"days", true, 2, "0d|1d|7d|14d|30d|2w|90d|400d"},
    {"months", false, 1, "0mo|1mo|3mo|2q|1y|14mo"},
    {"date", false, 2, "2026-03-01|2026-02-28|2025-12-31|2024-02-29|2026-04-15|2027-01-01"},
    {"text", false, 2,
     "\"Basic\"|\"Pro\"|\"Max\"|\"a, b\"|\"unknown\"|\"\"|\"été\"|\"17\"|\"say \\\"x\\\"\""},
    {"cond", false, 1, "true|false"},
};
enum { N_UNITS = sizeof units / sizeof *units };

static int unit_index(const char *name) {
  for (int i = 0; i < N_UNITS; i++)
    if (strcmp(units[i].name, name) == 0) return i;
  return -1;
}

bool is_numeric(const char *unit) {
  return unit_index(unit) >= 0 && units[unit_index(unit)].numeric;
}

const char *random_unit(struct gen *g) {
  int weights[N_UNITS];
  for (int i = 0; i < N_UNITS; i++) weights[i] = units[i].weight;
  return units[rng_weighted(&g->rng, weights, N_UNITS)].name;
}

void write_constant(struct gen *g, const char *unit, text_buf *out) {
  int i = unit_index(unit);
  put(g, out, choice(g, units[i < 0 ? 0 : i].constants));
}

/* ---- places: what stands between braces and is no symbol ------------------------------ */

static const struct {
  const char *name, *words;
} word_places[] = {
    {"(", "{"},
    {")", "}"},
    {"op", "<|<=|>|>=|=|!="},
    {"eq", "=|!="},
    {"least", ">=|>|<=|<"},
    {"int", "0|1|2|3|5|10|12|20|50|100"},
    {"digit", "0|1|2|-1"},
    {"percent", "0%|5%|10%|30%|50%|100%|120%"},
    {"points", "1pp|5pp|10pp|0.5pp"},
    {"percentile", "0|50|90|95|100"},
    {"move", "drop|rise|change"},
    {"fold", "avg|min|max|median"},
    {"dur_lit", "0d|1d|7d|14d|30d|2w|3mo|1q|2q|1y|5bd|1bd|90d"},
    {"days_lit", "1d|7d|30d|2w|60d|90d"},
    {"for_days", "1d|2d|3d|1w|10d"},
    {"edge", "start|end"},
    {"period_unit", "week|month|quarter|year|fiscal month|fiscal quarter|fiscal year"},
    {"review_unit", "month|quarter|year"},
    {"frequency", "daily|weekly|monthly|quarterly"},
    {"standing", "behind|on track|met|reached|missed|unknown"},
    {"fixed_period", "2026-Q1|2026-03|2025|FY2026|FY2026-Q1|FY2026-M02|2026-12"},
    {"date_lit", "2026-03-01|2026-02-28|2025-12-31|2024-02-29|2026-04-15|2025-01-01"},
    {"pattern", "\"^P\"|\"(?i)pro|max\"|\"a.*b\"|\"[0-9]+$\"|\"é\"|\"^(a|b)*$\"|\"\""},
};

typedef bool place_fn(struct gen *g, const struct scope *sc, const char *arg, text_buf *out);

/* One of the symbols that fit; NULL: none does. */
static const struct symbol *any_symbol(struct gen *g,
                                       bool (*fits)(const struct gen *g, const struct scope *sc,
                                                    const struct symbol *s, const char *arg),
                                       const struct scope *sc, const char *arg) {
  const struct symbol *found = NULL;
  int n = 0;
  for (size_t i = 0; i < g->symbols.n; i++)
    if (fits(g, sc, &g->symbols.v[i], arg) && rng_int(&g->rng, 0, n++) == 0)
      found = &g->symbols.v[i];
  return found;
}

static bool of_unit(const struct symbol *s, const char *arg) {
  return !arg || strcmp(arg, "any_unit") == 0 || (s->unit && strcmp(s->unit, arg) == 0);
}

static bool fits_attr(const struct gen *g, const struct scope *sc, const struct symbol *s,
                      const char *arg) {
  return s->kind == SYMBOL_ATTR && of_unit(s, arg) && sc->entity >= 0 && (!sc->past || s->past) &&
         leads_to(g, sc->entity, s->entity);
}

static bool fits_own(const struct gen *g, const struct scope *sc, const struct symbol *s,
                     const char *arg) {
  (void)g;
  return s->kind == SYMBOL_ATTR && of_unit(s, arg) && s->entity == sc->entity && !s->computed;
}

static bool fits_kpi(const struct gen *g, const struct scope *sc, const struct symbol *s,
                     const char *arg) {
  (void)g;
  if (s->kind != SYMBOL_KPI || !of_unit(s, arg)) return false;
  if (s->dims) return sc->dims && strcmp(s->dims, sc->dims) == 0;
  return s->entity < 0 || s->entity == sc->entity;
}

static bool fits_threshold(const struct gen *g, const struct scope *sc, const struct symbol *s,
                           const char *arg) {
  (void)g;
  return s->kind == SYMBOL_THRESHOLD && of_unit(s, arg) &&
         (s->entity < 0 || s->entity == sc->entity);
}

static bool fits_segment(const struct gen *g, const struct scope *sc, const struct symbol *s,
                         const char *arg) {
  (void)g;
  return s->kind == SYMBOL_SEGMENT && (arg || s->entity == sc->entity);
}

static bool fits_parent_segment(const struct gen *g, const struct scope *sc, const struct symbol *s,
                                const char *arg) {
  (void)arg;
  return s->kind == SYMBOL_SEGMENT && sc->entity >= 0 && s->entity != sc->entity &&
         leads_to(g, sc->entity, s->entity);
}

static bool fits_define(const struct gen *g, const struct scope *sc, const struct symbol *s,
                        const char *arg) {
  (void)g, (void)sc, (void)arg;
  return s->kind == SYMBOL_DEFINE;
}

static bool fits_total(const struct gen *g, const struct scope *sc, const struct symbol *s,
                       const char *arg) {
  (void)g, (void)sc, (void)arg;
  return s->kind == SYMBOL_TOTAL;
}

static bool fits_team(const struct gen *g, const struct scope *sc, const struct symbol *s,
                      const char *arg) {
  (void)g, (void)sc, (void)arg;
  return s->kind == SYMBOL_TEAM;
}

static bool fits_rule(const struct gen *g, const struct scope *sc, const struct symbol *s,
                      const char *arg) {
  (void)g, (void)arg;
  return s->kind == SYMBOL_RULE && s->entity == sc->entity;
}

static bool fits_target(const struct gen *g, const struct scope *sc, const struct symbol *s,
                        const char *arg) {
  (void)g, (void)sc, (void)arg;
  return s->kind == SYMBOL_TARGET;
}

static bool fits_playbook(const struct gen *g, const struct scope *sc, const struct symbol *s,
                          const char *arg) {
  (void)g, (void)arg;
  return s->kind == SYMBOL_PLAYBOOK && s->entity == sc->entity;
}

static bool fits_person(const struct gen *g, const struct scope *sc, const struct symbol *s,
                        const char *arg) {
  (void)g, (void)sc, (void)arg;
  return s->kind == SYMBOL_ATTR && s->person;
}

static bool fits_listed(const struct gen *g, const struct scope *sc, const struct symbol *s,
                        const char *arg) {
  return fits_attr(g, sc, s, arg) && s->listed;
}

static bool put_name(struct gen *g, const struct scope *sc, const struct symbol *s, text_buf *out) {
  if (!s) return false;
  if (s->kind == SYMBOL_ATTR && s->entity != sc->entity)
    putf(g, out, "%s.", g->entities.v[s->entity].name);
  put(g, out, s->name);
  return true;
}

#define NAME_PLACE(name, fits)                                                              \
  static bool name(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) { \
    return put_name(g, sc, any_symbol(g, fits, sc, arg), out);                              \
  }
NAME_PLACE(place_attr, fits_attr)
NAME_PLACE(place_own, fits_own)
NAME_PLACE(place_kpi, fits_kpi)
NAME_PLACE(place_threshold, fits_threshold)
NAME_PLACE(place_segment, fits_segment)
NAME_PLACE(place_define, fits_define)
NAME_PLACE(place_total, fits_total)
NAME_PLACE(place_team, fits_team)
NAME_PLACE(place_rule, fits_rule)
NAME_PLACE(place_playbook, fits_playbook)
NAME_PLACE(place_target, fits_target)

static bool place_any_segment(struct gen *g, const struct scope *sc, const char *arg,
                              text_buf *out) {
  (void)arg;
  return put_name(g, sc, any_symbol(g, fits_segment, sc, ""), out);
}

static bool place_parent_in_segment(struct gen *g, const struct scope *sc, const char *arg,
                                    text_buf *out) {
  const struct symbol *s = any_symbol(g, fits_parent_segment, sc, arg);
  if (!s) return false;
  putf(g, out, "%s %s segment %s", g->entities.v[s->entity].name, choice(g, "in|not in"), s->name);
  return true;
}

static bool place_person(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  const struct symbol *s = any_symbol(g, fits_person, sc, arg);
  if (s) putf(g, out, "%s.%s", g->entities.v[s->entity].name, s->name);
  return s != NULL;
}

static bool fits_flag(const struct gen *g, const struct scope *sc, const struct symbol *s,
                      const char *arg) {
  (void)g;
  return s->kind == SYMBOL_ATTR && !s->computed && s->entity == sc->entity && of_unit(s, arg);
}

/* A person who may be away, with the lines that say what then. */
static bool place_away(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  const struct symbol *person = any_symbol(g, fits_person, sc, arg);
  struct scope rows = *sc;
  if (!person) return false;
  rows.entity = person->entity;
  const struct symbol *flag = any_symbol(g, fits_flag, &rows, "cond");
  if (!flag) return false;
  const char *entity = g->entities.v[person->entity].name;
  putf(g, out, "%s.%s unless %s%s.%s else \"lead@acme.example\"\n", entity, person->name,
       rng_int(&g->rng, 0, 1) ? "not " : "", entity, flag->name);
  if (rng_int(&g->rng, 0, 1))
    putf(g, out, "  left when not %s.%s or %s\n", entity, flag->name, flag->name);
  if (rng_int(&g->rng, 0, 1)) putf(g, out, "  covered by %s.%s\n", entity, person->name);
  return true;
}

static bool place_listed(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)arg;
  if (!put_name(g, sc, any_symbol(g, fits_listed, sc, "text"), out)) return false;
  putf(g, out, " %s \"%s\"", choice(g, "is|is not"), choice(g, "Basic|Pro|Max"));
  return true;
}

static bool place_constant(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  if (sc->past) return false;
  write_constant(g, arg, out);
  return true;
}

static bool place_text(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)sc, (void)arg;
  write_constant(g, "text", out);
  return true;
}

static bool place_dur(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)arg;
  if (rng_chance(&g->rng, 200) && place_threshold(g, sc, "days", out)) return true;
  put(g, out, choice(g, "0d|1d|7d|14d|30d|2w|3mo|1q|1y|5bd|1bd|90d"));
  return true;
}

static bool place_entity(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)arg;
  if (sc->entity < 0) return false;
  put(g, out, g->entities.v[sc->entity].name);
  return true;
}

static bool place_other(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)arg;
  put(g, out, g->entities.v[sc->other].name);
  return true;
}

static bool place_new(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)arg;
  put(g, out, sc->name);
  return true;
}

static bool place_set(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)arg;
  struct scope inner = {.entity = sc->inner};
  if (rng_chance(&g->rng, 250) && place_segment(g, &inner, NULL, out)) return true;
  put(g, out, g->entities.v[sc->inner].name);
  return true;
}

/* Only rows with a day can be chosen by period. */
static bool place_period(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)arg;
  if (g->entities.v[sc->inner].life == LIFE_NONE || rng_chance(&g->rng, 600)) return true;
  put(g, out, " in ");
  return write_symbol(g, sc, "period_words", out);
}

static bool place_keyish(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)sc, (void)arg;
  put(g, out, choice(g, "key|label"));
  return true;
}

static bool place_parent(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)arg;
  const struct gen_entity *e = &g->entities.v[sc->entity];
  if (!e->n_parents) return false;
  put(g, out, g->entities.v[e->parents[rng_int(&g->rng, 0, e->n_parents - 1)]].name);
  return true;
}

static bool place_dims(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)arg;
  if (!sc->dims) return false;
  put(g, out, sc->dims);
  return true;
}

static bool place_dim(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  (void)arg;
  if (!sc->dims || sc->entity >= 0) return false;
  char *dims = arena_strdup(g->arena, sc->dims);
  for (char *p = dims; *p; p++) *p = *p == ',' ? '|' : *p;
  const char *one = choice(g, dims);
  put(g, out, one + strspn(one, " "));
  return true;
}

/* An expression that can stand inside a quoted text. */
static bool place_quoteless(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  for (int i = 0; i < TRIES; i++) {
    text_buf b = {0};
    struct scope small = *sc;
    small.depth = 2;
    if (!write_symbol(g, &small, arg, &b)) return false;
    const char *s = text_of(g, &b);
    if (strchr(s, '"') || strchr(s, '{')) continue;
    put(g, out, s);
    return true;
  }
  return false;
}

static bool place_in_percent(struct gen *g, const struct scope *sc, const char *arg,
                             text_buf *out) {
  (void)arg;
  if (strcmp(sc->unit, "share") == 0) put(g, out, "  in percent\n");
  return true;
}

static bool fits_fact(const struct gen *g, const struct scope *sc, const struct symbol *s,
                      const char *arg) {
  (void)g, (void)arg;
  bool given = (s->kind == SYMBOL_ATTR && !s->computed) || s->kind == SYMBOL_KPI;
  return given && s->entity == sc->entity && sc->entity >= 0;
}

/* health 65, health 30d ago 80 */
static bool place_fact(struct gen *g, const struct scope *sc, const char *arg, text_buf *out) {
  const struct gen_entity *e = &g->entities.v[sc->entity];
  if (e->n_parents && rng_chance(&g->rng, 250)) {
    putf(g, out, "%s \"%s\"", g->entities.v[e->parents[0]].name, choice(g, "A|B|C"));
    return true;
  }
  const struct symbol *s = any_symbol(g, fits_fact, sc, arg);
  if (!s) return false;
  putf(g, out, "%s %s", s->name,
       s->past && rng_chance(&g->rng, 400) ? choice(g, "30d ago |7d ago |1mo ago ") : "");
  if (rng_chance(&g->rng, 150))
    put(g, out, "unknown");
  else if (s->listed)
    putf(g, out, "\"%s\"", choice(g, "Basic|Pro|Max"));
  else
    write_constant(g, s->unit, out);
  return true;
}

static bool place_other_fact(struct gen *g, const struct scope *sc, const char *arg,
                             text_buf *out) {
  struct scope other = {.entity = sc->other};
  return place_fact(g, &other, arg, out);
}

static const struct {
  const char *name;
  place_fn *write;
} places[] = {
    {"attr", place_attr},
    {"own", place_own},
    {"kpi", place_kpi},
    {"threshold", place_threshold},
    {"segment", place_segment},
    {"any_segment", place_any_segment},
    {"parent_in_segment", place_parent_in_segment},
    {"define", place_define},
    {"total", place_total},
    {"team", place_team},
    {"rule", place_rule},
    {"playbook", place_playbook},
    {"target", place_target},
    {"person_path", place_person},
    {"away", place_away},
    {"table_path", place_own},
    {"listed_is", place_listed},
    {"lit", place_constant},
    {"str", place_text},
    {"dur", place_dur},
    {"here", place_entity},
    {"other", place_other},
    {"new", place_new},
    {"set", place_set},
    {"period", place_period},
    {"keyish", place_keyish},
    {"parent", place_parent},
    {"dims", place_dims},
    {"dim", place_dim},
    {"quoteless", place_quoteless},
    {"in_percent", place_in_percent},
    {"fact", place_fact},
    {"other_fact", place_other_fact},
};

/* ---- near misses ---------------------------------------------------------------------- */

/* Something that should not stand here. */
static void write_miss(struct gen *g, const struct scope *sc, text_buf *out) {
  struct scope small = *sc;
  small.depth = 1;
  small.past = false;
  size_t i = g->symbols.n ? (size_t)rng_int(&g->rng, 0, (int)g->symbols.n - 1) : 0;
  switch (rng_int(&g->rng, 0, 6)) {
    case 0: put(g, out, "unknown"); break;
    case 1: break; /* an operand that is missing */
    case 2:
      put(g, out,
          choice(g,
                 "30|1,000|30 %|2026-02-30|1000 USD|99999999999999999999|3mo|5bd|today|true|1e9"));
      break;
    case 3: put(g, out, g->symbols.n ? g->symbols.v[i].name : "nothing"); break;
    case 4: put(g, out, g->entities.v[rng_int(&g->rng, 0, (int)g->entities.n - 1)].name); break;
    /* declared later, or never: a circle */
    case 5:
      putf(g, out, "%c%d", "kfst"[rng_int(&g->rng, 0, 3)], g -> serial + rng_int(&g->rng, -3, 12));
      break;
    default: write_symbol(g, &small, random_unit(g), out);
  }
}

/* ---- rows of the grammar -------------------------------------------------------------- */

static bool usable(const struct row *r, const struct scope *sc, const char *symbol) {
  bool unit = unit_index(symbol) >= 0;
  bool mine = strcmp(r->symbol, symbol) == 0 || (unit && strcmp(r->symbol, "any") == 0) ||
              (is_numeric(symbol) && strcmp(r->symbol, "numeric") == 0);
  if (!mine || (sc->depth <= 0 && unit && !(r->flags & LEAF))) return false;
  return !(sc->past && r->flags & NOW) && !(sc->entity < 0 && r->flags & ROWS);
}

static const struct row *any_row(struct gen *g, const struct scope *sc, const char *symbol) {
  const struct row *found = NULL;
  int sum = 0;
  for (int i = 0; i < N_ROWS; i++) {
    if (!usable(&rows[i], sc, symbol)) continue;
    sum += rows[i].weight;
    if (rng_int(&g->rng, 1, sum) <= rows[i].weight) found = &rows[i];
  }
  return found;
}

/* An entity whose rows can be put together here; -1: there is none. */
static int any_set(struct gen *g, const struct scope *sc) {
  int found = -1, n = 0;
  for (int i = 0; i < (int)g->entities.n; i++) {
    bool good = sc->entity >= 0  ? i != sc->entity && leads_to(g, i, sc->entity)
                : sc->group >= 0 ? leads_to(g, i, sc->group)
                                 : true;
    if (good && rng_int(&g->rng, 0, n++) == 0) found = i;
  }
  return found;
}

static bool write_place(struct gen *g, const struct scope *sc, const char *name, const char *arg,
                        text_buf *out) {
  if (strcmp(name, "same") == 0) name = sc->unit;
  if (arg && strcmp(arg, "same") == 0) arg = sc->unit;
  for (size_t i = 0; i < sizeof word_places / sizeof *word_places; i++)
    if (strcmp(word_places[i].name, name) == 0)
      return put(g, out, choice(g, word_places[i].words)), true;
  for (size_t i = 0; i < sizeof places / sizeof *places; i++)
    if (strcmp(places[i].name, name) == 0) {
      if (rng_chance(&g->rng, g->misses)) return write_miss(g, sc, out), true;
      return places[i].write(g, sc, arg, out);
    }
  return write_symbol(g, sc, name, out);
}

/* One place: its words are between p and end. */
static bool fill_place(struct gen *g, const struct scope *sc, const char *p, const char *end,
                       text_buf *out) {
  struct scope at = *sc;
  if (*p == '?') {
    if (!rng_chance(&g->rng, 330)) return true;
    p++;
  }
  bool inner = false, past = false;
  for (; end > p && (end[-1] == '^' || end[-1] == '<'); end--)
    *(end[-1] == '^' ? &inner : &past) = true;
  if (inner)
    at = (struct scope){
        .entity = sc->inner, .inner = -1, .group = -1, .depth = sc->depth, .unit = sc->unit};
  at.past |= past;
  char *word = arena_strndup(g->arena, p, (size_t)(end - p)), *arg = strchr(word, ':');
  if (arg) *arg++ = '\0';
  return write_place(g, &at, word, arg, out);
}

static bool write_row(struct gen *g, const struct scope *sc, const struct row *r, text_buf *out) {
  size_t mark = out->n;
  struct scope at = *sc;
  at.depth--;
  if (r->flags & PAST) at.past = false;
  if (strstr(r->form, "{set}") && (at.inner = any_set(g, sc)) < 0) return false;
  for (const char *p = r->form; *p; p++) {
    if (*p != '{') {
      VEC_PUSH(g->arena, out, *p);
      continue;
    }
    const char *end = strchr(p, '}');
    if (!fill_place(g, &at, p + 1, end, out)) return out->n = mark, false;
    p = end;
  }
  return true;
}

bool write_symbol(struct gen *g, const struct scope *sc, const char *symbol, text_buf *out) {
  bool unit = unit_index(symbol) >= 0;
  struct scope at = *sc;
  if (unit) at.unit = symbol;
  if (unit && rng_chance(&g->rng, g->misses)) return write_miss(g, &at, out), true;
  for (int i = 0; i < TRIES && g->steps++ < STEPS_MAX; i++) {
    const struct row *r = any_row(g, &at, symbol);
    if (!r) break;
    if (write_row(g, &at, r, out)) return true;
  }
  if (!unit || sc->past) return false;
  write_constant(g, symbol, out);
  return true;
}
