/* In: a rule set. Out: its names and their places. */
#include "editor/symbols.h"

#include <stdlib.h>
#include <string.h>

#include "lint/check.h"
#include "syntax/token.h"
#include "syntax/words.h"
#include "parse.h"

const struct symbol_words symbol_words[SYMBOL_KINDS] = {
#define SYMBOL(id, word, outline, completion) {word, outline, completion},
#include "editor/symbol.def"
#undef SYMBOL
};

struct gathering {
  struct ruleset *rs;
  struct arena *a;
  struct symbols *s;
  struct pointer_map by_thing; /* struct kpi … -> struct symbol */
  struct map by_name;          /* name -> struct namesakes */
};

struct namesakes {
  VEC(const struct symbol *) list;
};

/* ---- words in a text -------------------------------------------------------------------- */

static bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (unsigned char)c >= 0x80;
}

bool span_of_word(struct span in, const char *word, uint32_t from, struct span *out) {
  size_t n = strlen(word);
  if (!in.src || !n) return false;
  const char *text = in.src->text;
  for (uint32_t i = from > in.at ? from : in.at; i + n <= in.end; i++) {
    if (memcmp(text + i, word, n) != 0 || (i > 0 && is_word_byte(text[i - 1])) ||
        is_word_byte(text[i + n]))
      continue;
    *out = (struct span){in.src, i, (uint32_t)(i + n)};
    return true;
  }
  return false;
}

static bool last_word(struct span in, const char *word, struct span *out) {
  struct span next;
  bool found = false;
  for (uint32_t from = in.at; span_of_word(in, word, from, &next); from = next.end) {
    *out = next;
    found = true;
  }
  return found;
}

/* ---- declarations ----------------------------------------------------------------------- */

static void add_place(struct gathering *g, struct span at, const struct symbol *of) {
  VEC_PUSH(g->a, &g->s->places, ((struct occurrence){at, of}));
}

static void declare_symbol(struct gathering *g, enum symbol_kind kind, const char *name,
                           const void *of, struct span in) {
  struct symbol *s = NEW(g->a, struct symbol);
  *s = (struct symbol){.kind = kind, .name = name, .of = of};
  if (!name || !span_of_word(in, name, in.at, &s->at)) return;
  VEC_PUSH(g->a, &g->s->all, s);
  pointer_map_put(&g->by_thing, g->a, of, s);
  struct namesakes *same = map_get(&g->by_name, name);
  if (!same) {
    same = NEW(g->a, struct namesakes);
    map_put(&g->by_name, g->a, name, same);
  }
  VEC_PUSH(g->a, &same->list, s);
  add_place(g, s->at, s);
}

static void declare_entities(struct gathering *g) {
  for (size_t i = 0; i < g->rs->entities.n; i++) {
    struct entity *e = g->rs->entities.v[i];
    declare_symbol(g, SYMBOL_ENTITY, e->name, e, e->name_span.src ? e->name_span : e->span);
    for (size_t k = 0; k < e->attrs.n; k++)
      declare_symbol(g, SYMBOL_ATTRIBUTE, e->attrs.v[k]->name, e->attrs.v[k], e->attrs.v[k]->span);
  }
}

#define DECLARE_LIST(g, KIND, list, place)                                         \
  for (size_t i = 0; i < (g)->rs->list.n; i++)                                     \
  declare_symbol((g), SYMBOL_##KIND, (g)->rs->list.v[i]->name, (g)->rs->list.v[i], \
                 (g)->rs->list.v[i]->place)

static void declare_symbols(struct gathering *g) {
  declare_entities(g);
  DECLARE_LIST(g, SEGMENT, segments, span);
  DECLARE_LIST(g, THRESHOLD, thresholds, span);
  DECLARE_LIST(g, KPI, kpis, span);
  DECLARE_LIST(g, DEFINE, defines, span);
  DECLARE_LIST(g, TEAM, teams, span);
  DECLARE_LIST(g, PLAYBOOK, playbooks, span);
  for (size_t i = 0; i < g->rs->rules.n; i++)
    if (g->rs->rules.v[i]->named)
      declare_symbol(g, SYMBOL_RULE, g->rs->rules.v[i]->name, g->rs->rules.v[i],
                     g->rs->rules.v[i]->name_span);
}

/* ---- what the rule set resolved --------------------------------------------------------- */

static const struct symbol *symbol_named(const struct gathering *g, enum symbol_kind kind,
                                         const char *name, const struct entity *of) {
  const struct namesakes *same = map_get(&g->by_name, name);
  for (size_t i = 0; same && i < same->list.n; i++) {
    const struct symbol *s = same->list.v[i];
    if (s->kind == kind && (!of || ((const struct attr *)s->of)->entity == of)) return s;
  }
  return NULL;
}

/* Copies of a thing, made where money is in the currency of a group, are that thing. */
static const struct symbol *symbol_of_term(const struct gathering *g, const struct term *t) {
  const void *thing = t->kind == T_ATTR        ? (const void *)t->attr
                      : t->kind == T_KPI       ? (const void *)t->kpi
                      : t->kind == T_THRESHOLD ? (const void *)t->threshold
                      : t->kind == T_SEGMENT   ? (const void *)t->segment
                                               : NULL;
  const struct symbol *s = thing ? pointer_map_get(&g->by_thing, thing) : NULL;
  if (!thing || s) return s;
  switch (t->kind) {
    case T_ATTR: return symbol_named(g, SYMBOL_ATTRIBUTE, t->attr->name, t->attr->entity);
    case T_KPI: return symbol_named(g, SYMBOL_KPI, t->kpi->name, NULL);
    case T_SEGMENT: return symbol_named(g, SYMBOL_SEGMENT, t->segment->name, NULL);
    default: return NULL;
  }
}

static void take_term(void *ctx, const struct term *t) {
  struct gathering *g = ctx;
  const struct symbol *s = t->src ? symbol_of_term(g, t) : NULL;
  struct span at;
  if (s && (t->src->kind == E_PATH || t->src->kind == E_INSEG) &&
      last_word(t->src->span, s->name, &at))
    add_place(g, at, s);
}

/* ---- names that nothing has resolved ---------------------------------------------------- */

/* What may stand after a word. */
static const struct {
  int before;
  enum symbol_kind kind;
} after_word[] = {
    {TOK_K_SEGMENT, SYMBOL_SEGMENT},   {TOK_K_TEAM, SYMBOL_TEAM},   {TOK_K_DO, SYMBOL_PLAYBOOK},
    {TOK_K_PLAYBOOK, SYMBOL_PLAYBOOK}, {TOK_K_RULE, SYMBOL_RULE},   {TOK_K_KPI, SYMBOL_KPI},
    {TOK_K_MUTES, SYMBOL_RULE},        {TOK_K_EXPECT, SYMBOL_RULE},
};

struct name_place {
  const struct tokens *words;
  size_t at;
  const struct entity *here; /* of whose rows the item speaks; NULL: not known */
};

static int kind_at(const struct tokens *t, size_t i) {
  return i < t->list.n ? t->list.v[i].kind : 0;
}

/* How well a symbol fits a place; 0: not at all. */
static int fit(const struct name_place *p, const struct symbol *s) {
  int before = p->at ? kind_at(p->words, p->at - 1) : 0, next = kind_at(p->words, p->at + 1);
  bool dotted = before == TOK_DOT;
  const char *head = dotted && p->at > 1 ? p->words->list.v[p->at - 2].name : NULL;
  if (dotted && s->kind != SYMBOL_ATTRIBUTE && s->kind != SYMBOL_KPI) return 0;
  if (next == TOK_DOT) return s->kind == SYMBOL_ENTITY ? 4 : 0;
  if (s->kind == SYMBOL_DEFINE) return next == TOK_LPAREN ? 4 : 0;
  if (s->kind == SYMBOL_ATTRIBUTE) {
    const struct entity *of = ((const struct attr *)s->of)->entity;
    if (head && strcmp(head, of->name) == 0) return 5;
    return of == p->here && !dotted ? 4 : 1;
  }
  for (size_t i = 0; i < sizeof after_word / sizeof *after_word; i++)
    if (after_word[i].before == before && after_word[i].kind == s->kind) return 5;
  return 2;
}

/* The one that fits best; NULL: none does, or two do. */
static const struct symbol *guess(const struct gathering *g, const struct name_place *p) {
  const struct namesakes *same = map_get(&g->by_name, p->words->list.v[p->at].name);
  const struct symbol *best = NULL;
  int most = 0;
  bool two = false;
  for (size_t i = 0; same && i < same->list.n; i++) {
    int f = fit(p, same->list.v[i]);
    two = f == most ? f > 0 : two && f < most;
    if (f <= most) continue;
    most = f;
    best = same->list.v[i];
    two = false;
  }
  return two ? NULL : best;
}

static const struct entity *rows_of_item(const struct ruleset *rs, const struct ast_item *it) {
  const char *name = it->head->kind == C_ENTITY ? it->head->name : it->head->of;
  if (!name) return NULL;
  const struct segment *s = map_get(&rs->segment_names, name);
  return s ? s->entity : map_get(&rs->entity_names, name);
}

/* Of a test, each `given` says whose row it is. */
static void take_given(const struct gathering *g, struct name_place *p) {
  if (!p->at || kind_at(p->words, p->at - 1) != TOK_K_GIVEN || !p->words->list.v[p->at].name)
    return;
  const struct entity *e = map_get(&g->rs->entity_names, p->words->list.v[p->at].name);
  if (e) p->here = e;
}

/* A parameter of the formula around it is nobody else's name. */
static bool is_parameter(const struct ast_item *it, const char *name) {
  for (size_t i = 0; it && i < it->head->params.n; i++)
    if (strcmp(it->head->params.v[i].name, name) == 0) return true;
  return false;
}

static void guess_names(struct gathering *g, const struct ast *ast) {
  struct ruleset *rs = g->rs;
  struct arena *scratch = arena_new();
  struct diags quiet = {.arena = scratch};
  struct name_place p = {0};
  p.words =
      words_for_parser(scratch, scratch, lex_source(scratch, scratch, ast->src), true, &quiet);
  size_t item = 0;
  for (p.at = 0; p.at < p.words->list.n; p.at++) {
    const struct token *k = &p.words->list.v[p.at];
    while (item < ast->items.n && ast->items.v[item]->head->span.at <= k->at)
      p.here = rows_of_item(rs, ast->items.v[item++]);
    take_given(g, &p);
    bool named = k->kind == TOK_NAME && k->name &&
                 !is_parameter(item ? ast->items.v[item - 1] : NULL, k->name);
    const struct symbol *s = named ? guess(g, &p) : NULL;
    if (s) add_place(g, (struct span){ast->src, k->at, k->end}, s);
  }
  arena_free(scratch);
}

/* ---- all together ----------------------------------------------------------------------- */

struct placed { /* of two symbols at one place the one that was found first counts */
  struct occurrence o;
  size_t n;
};

static int by_place(const void *x, const void *y) {
  const struct placed *a = x, *b = y;
  if (a->o.at.src != b->o.at.src) return a->o.at.src->order < b->o.at.src->order ? -1 : 1;
  if (a->o.at.at != b->o.at.at) return a->o.at.at < b->o.at.at ? -1 : 1;
  return a->n < b->n ? -1 : a->n > b->n;
}

static void sort_places(struct gathering *g) {
  size_t n = g->s->places.n, kept = 0;
  struct placed *all = xcalloc(n + 1, sizeof *all);
  for (size_t i = 0; i < n; i++) all[i] = (struct placed){g->s->places.v[i], i};
  qsort(all, n, sizeof *all, by_place);
  for (size_t i = 0; i < n; i++) {
    const struct occurrence *last = kept ? &g->s->places.v[kept - 1] : NULL;
    if (!last || last->at.src != all[i].o.at.src || last->at.at != all[i].o.at.at)
      g->s->places.v[kept++] = all[i].o;
  }
  g->s->places.n = kept;
  free(all);
}

struct symbols *symbols_of(struct ruleset *rs) {
  struct gathering g = {.rs = rs, .a = rs->arena, .s = NEW(rs->arena, struct symbols)};
  declare_symbols(&g);
  ruleset_walk(rs, take_term, &g);
  for (size_t i = 0; i < rs->asts.n; i++) guess_names(&g, rs->asts.v[i]);
  sort_places(&g);
  return g.s;
}

static bool lies_before(const struct occurrence *o, const struct source *src, size_t at) {
  return o->at.src->order != src->order ? o->at.src->order < src->order : o->at.end < at;
}

const struct occurrence *symbols_at(const struct symbols *s, const struct source *src, size_t at) {
  size_t lo = 0, hi = s->places.n;
  while (lo < hi) {
    size_t mid = (lo + hi) / 2;
    if (lies_before(&s->places.v[mid], src, at))
      lo = mid + 1;
    else
      hi = mid;
  }
  /* `a<b`: at the end of one and the beginning of the next, the next */
  for (size_t i = lo; i < s->places.n && i < lo + 2; i++) {
    const struct occurrence *o = &s->places.v[i];
    bool here = o->at.src == src && o->at.at <= at && at <= o->at.end;
    if (here && (at < o->at.end || i + 1 == s->places.n || s->places.v[i + 1].at.at != at ||
                 s->places.v[i + 1].at.src != src))
      return o;
  }
  return NULL;
}
