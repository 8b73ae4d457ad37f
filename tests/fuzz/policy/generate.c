/* A random policy. In: a seed. Out: declarations over invented entities, in an order of chance;
 * most fit together, a few of one policy in three do not. */
#include <stdio.h>
#include <string.h>

#include "policy.h"

enum seen { SEEN_ROW, SEEN_COMPANY, SEEN_GROUP };

/* What a policy declares, in the order in which names come into being: an expression names only
 * what was there, so that circles are near misses. */
static const struct {
  const char *symbol, *prefix;
  enum symbol_kind kind;
  enum seen seen;
  int least, most, depth;
} declarations[] = {
    {"project", "", SYMBOL_NONE, SEEN_COMPANY, 0, 1, 2},
    {"calendar", "", SYMBOL_NONE, SEEN_COMPANY, 0, 1, 2},
    {"segment", "s", SYMBOL_SEGMENT, SEEN_ROW, 0, 3, 3},
    {"threshold", "limit", SYMBOL_THRESHOLD, SEEN_ROW, 0, 4, 2},
    {"define", "f", SYMBOL_DEFINE, SEEN_COMPANY, 0, 3, 2},
    {"define_total", "total", SYMBOL_TOTAL, SEEN_COMPANY, 0, 1, 2},
    {"team", "T", SYMBOL_TEAM, SEEN_COMPANY, 1, 3, 2},
    {"row_kpi", "k", SYMBOL_KPI, SEEN_ROW, 0, 4, 4},
    {"company_kpi", "k", SYMBOL_KPI, SEEN_COMPANY, 0, 3, 4},
    {"group_kpi", "k", SYMBOL_KPI, SEEN_GROUP, 0, 3, 4},
    {"row_kpi", "k", SYMBOL_KPI, SEEN_ROW, 0, 2, 4},
    {"segment", "s", SYMBOL_SEGMENT, SEEN_ROW, 0, 1, 3},
    {"playbook", "book", SYMBOL_PLAYBOOK, SEEN_ROW, 0, 2, 3},
    {"playbook", "book", SYMBOL_PLAYBOOK, SEEN_COMPANY, 0, 1, 3},
    {"row_rule", "r", SYMBOL_RULE, SEEN_ROW, 1, 4, 5},
    {"company_rule", "r", SYMBOL_RULE, SEEN_COMPANY, 0, 1, 4},
    {"group_rule", "r", SYMBOL_RULE, SEEN_GROUP, 0, 2, 4},
    {"sentence", "", SYMBOL_NONE, SEEN_ROW, 0, 1, 4},
    {"own_check", "check", SYMBOL_NONE, SEEN_COMPANY, 0, 2, 3},
    {"target", "", SYMBOL_TARGET, SEEN_COMPANY, 0, 1, 3},
    {"test", "", SYMBOL_NONE, SEEN_ROW, 0, 2, 2},
};
enum { N_DECLARATIONS = sizeof declarations / sizeof *declarations };

static void add_block(struct gen *g, const char *text) { VEC_PUSH(g->arena, &g->blocks, text); }

/* Attributes that rows of the entity can be split by: "plan1" or "plan1, region2". */
static const char *random_dims(struct gen *g, int entity) {
  const char *dims = NULL;
  for (size_t i = 0; i < g->symbols.n; i++) {
    const struct symbol *s = &g->symbols.v[i];
    bool good =
        s->kind == SYMBOL_ATTR && s->entity == entity && rng_chance(&g->rng, s->listed ? 700 : 150);
    if (good && dims) return arena_printf(g->arena, "%s, %s", dims, s->name);
    if (good) dims = s->name;
  }
  return dims;
}

/* KPIs that are split alike can stand in one rule: the dimensions of one before, most times. */
static const char *dims_of(struct gen *g, int entity) {
  for (size_t i = 0; i < g->symbols.n; i++)
    if (g->symbols.v[i].dims && rng_chance(&g->rng, 500)) return g->symbols.v[i].dims;
  return random_dims(g, entity);
}

static struct scope scope_of(struct gen *g, enum seen seen, int depth) {
  struct scope sc = {
      .entity = -1, .inner = -1, .group = -1, .depth = depth, .unit = random_unit(g)};
  int last = (int)g->entities.n - 1;
  sc.other = rng_int(&g->rng, 0, last);
  if (seen == SEEN_ROW) sc.entity = rng_int(&g->rng, 0, 2) ? 0 : rng_int(&g->rng, 0, last);
  if (seen == SEEN_GROUP && (sc.dims = dims_of(g, 0))) sc.group = 0;
  return sc;
}

/* Word number n of the text, from 0. */
static const char *word_of(struct gen *g, const char *text, int n) {
  for (; n > 0; n--) text += strcspn(text, " ") + 1;
  return arena_strndup(g->arena, text, strcspn(text, " "));
}

static void declare(struct gen *g, int d) {
  struct scope sc = scope_of(g, declarations[d].seen, declarations[d].depth);
  text_buf b = {0};
  sc.name = arena_printf(g->arena, "%s%d", declarations[d].prefix, g->serial++);
  /* of these, other kinds have no constants that may stand there */
  if (declarations[d].kind == SYMBOL_THRESHOLD)
    sc.unit = choice(g, "num|num|money|share|score|days");
  else if (declarations[d].kind == SYMBOL_KPI || strcmp(declarations[d].symbol, "target") == 0)
    sc.unit = choice(g, "num|num|money|money|share|score|days|date");
  g->steps = 0;
  if (!write_symbol(g, &sc, declarations[d].symbol, &b)) return;
  const char *text = text_of(g, &b);
  add_block(g, text);
  if (declarations[d].kind == SYMBOL_NONE) return;
  if (declarations[d].kind == SYMBOL_TARGET) sc.name = word_of(g, text, 1);
  bool table = declarations[d].kind == SYMBOL_THRESHOLD && strstr(text, " by ");
  bool row =
      declarations[d].seen == SEEN_ROW && (declarations[d].kind != SYMBOL_THRESHOLD || table);
  struct symbol s = {
      .kind = declarations[d].kind,
      .name = sc.name,
      .unit = sc.unit,
      .entity = row ? sc.entity : -1,
      .dims = sc.dims,
      .past = declarations[d].kind == SYMBOL_KPI || declarations[d].kind == SYMBOL_THRESHOLD};
  VEC_PUSH(g->arena, &g->symbols, s);
}

/* ---- pairs that must agree ------------------------------------------------------------ */

/* Two rules of which one says `A and B`, the other `B and A`: pair3a, pair3b. */
static void add_swapped(struct gen *g) {
  static const char *const words[] = {"and", "or"};
  struct scope sc = scope_of(g, SEEN_ROW, 3);
  const char *part[2], *word = words[rng_int(&g->rng, 0, 1)],
                       *entity = g->entities.v[sc.entity].name;
  for (int i = 0; i < 2; i++) {
    text_buf b = {0};
    g->steps = 0;
    write_symbol(g, &sc, "cond", &b);
    part[i] = text_of(g, &b);
  }
  for (int i = 0; i < 2; i++)
    add_block(
        g, arena_printf(g->arena, "rule pair%d%c for %s\n  when (%s) %s (%s)\n  -> assign Pairs\n",
                        g->n_pairs, 'a' + i, entity, part[i], word, part[!i]));
  g->n_pairs++;
}

/* A sum over everything, and the same split: whole3, split3. */
static void add_split(struct gen *g) {
  struct scope sc = {
      .entity = -1, .inner = -1, .group = 0, .depth = 2, .unit = choice(g, "num|money")};
  const char *dims = random_dims(g, 0);
  text_buf b = {0};
  if (!dims) return;
  g->steps = 0;
  if (!write_symbol(g, &sc, "whole_sum", &b)) return;
  const char *sum = text_of(g, &b);
  add_block(g, arena_printf(g->arena, "kpi whole%d = %s\n", g->n_pairs, sum));
  add_block(g, arena_printf(g->arena, "kpi split%d by %s = %s\n", g->n_pairs, dims, sum));
  g->n_pairs++;
}

/* ---- all of it ------------------------------------------------------------------------ */

static void shuffle(struct gen *g) {
  for (size_t i = g->blocks.n; i > 1; i--) {
    size_t k = (size_t)rng_int(&g->rng, 0, (int)i - 1);
    const char *keep = g->blocks.v[i - 1];
    g->blocks.v[i - 1] = g->blocks.v[k];
    g->blocks.v[k] = keep;
  }
}

static void split_lines(struct gen *g) {
  for (size_t i = 0; i < g->blocks.n; i++) {
    char *text = arena_strdup(g->arena, g->blocks.v[i]), *rest;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
      struct policy_line l = {.text = line};
      VEC_PUSH(g->arena, &g->lines, l);
    }
  }
}

struct gen *generate_policy(long seed) {
  struct arena *a = arena_new();
  struct gen *g = NEW(a, struct gen);
  *g = (struct gen){.arena = a, .rng = rng_stream("policy", (size_t)seed), .seed = seed};
  g->misses = rng_chance(&g->rng, 330) ? rng_int(&g->rng, 2, 30) : 0;
  invent_entities(g);
  for (size_t i = 0; i < g->entities.n; i++) add_block(g, text_of(g, &g->entities.v[i].text));
  for (int d = 0; d < N_DECLARATIONS; d++)
    for (int n = rng_int(&g->rng, declarations[d].least, declarations[d].most); n > 0; n--)
      declare(g, d);
  int misses = g->misses;
  g->misses = 0;
  add_block(g, "team Pairs\n  assigns \"pairs@acme.example\"\n");
  for (int n = rng_int(&g->rng, 0, 2); n > 0; n--) add_swapped(g);
  for (int n = rng_int(&g->rng, 0, 2); n > 0; n--) add_split(g);
  g->misses = misses;
  shuffle(g);
  if (rng_chance(&g->rng, 300)) add_block(g, "use std.retention\n");
  split_lines(g);
  return g;
}
