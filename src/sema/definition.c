/* Definitions of KPIs. In: a rule set, a KPI. Out: the lines that it stands on, as a text that can
 * be loaded again. What it stands on is found by names: whatever has a name that stands in a line
 * is below it. That may be a line too many, and never one too few. */
#include "sema/definition.h"

#include <string.h>

#include "base/hash.h"
#include "syntax/loader.h"

struct gathered {
  struct arena *a;
  struct map names; /* that stand in the lines taken so far */
  struct map taken; /* lines by their clause, as text */
  bool more;        /* did this round take something? */
  const struct kpi *kpi;
};

static bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool goes_on(char c) { return starts_name(c) || (c >= '0' && c <= '9'); }

/* The names in a line; texts in quotes name nothing. */
static void add_names(struct gathered *g, const char *line) {
  for (const char *p = line; *p;) {
    const char *from = p;
    if (*p == '"')
      for (p++; *p && *p != '"'; p++) p += p[0] == '\\' && p[1];
    if (*p && goes_on(*p)) {
      while (goes_on(*p)) p++;
      map_put(&g->names, g->a, arena_strndup(g->a, from, (size_t)(p - from)), g);
    } else if (*p) {
      p++;
    }
  }
}

static const char *id_of(const struct gathered *g, const struct clause *c) {
  return arena_printf(g->a, "%p", (const void *)c);
}

static const char *taken(const struct gathered *g, const struct clause *c) {
  return map_get(&g->taken, id_of(g, c));
}

static void take(struct gathered *g, const struct clause *c) {
  if (taken(g, c)) return;
  const char *line = span_text(g->a, c->span);
  map_put(&g->taken, g->a, id_of(g, c), (void *)line);
  add_names(g, line);
  g->more = true;
}

static bool is_named(const struct gathered *g, const char *name) {
  return name && map_get(&g->names, name);
}

static bool stands_below(const struct gathered *g, const struct clause *head) {
  switch ((int)head->kind) {
    case C_LANGUAGE:
    case C_CALENDAR:
    case C_UNREADABLE: return true;
    case C_KPI: return head->expr == g->kpi->expr || is_named(g, head->name);
    case C_ENTITY:
    case C_SEGMENT:
    case C_THRESHOLD:
    case C_DEFINE: return is_named(g, head->name);
    default: return false; /* who acts, and when */
  }
}

/* Does the line under its header count? Only what the value depends on. */
static bool counts(const struct gathered *g, const struct clause *head, const struct clause *c) {
  switch ((int)head->kind) {
    case C_CALENDAR: return true;
    case C_ENTITY: return c->kind == C_ATTR ? is_named(g, c->name) : c->kind != C_LINK;
    case C_THRESHOLD: return c->kind == C_FOR || c->kind == C_FROM;
    case C_KPI: return c->kind == C_NEEDS || c->kind == C_IN;
    default: return false;
  }
}

static void take_item(struct gathered *g, const struct ast_item *it) {
  if (!stands_below(g, it->head)) return;
  take(g, it->head);
  for (size_t i = 0; i < it->body.n; i++)
    if (counts(g, it->head, it->body.v[i])) take(g, it->body.v[i]);
}

/* The version of the language once, though each file says it. */
static const char *item_text(struct gathered *g, const struct ast_item *it, const char *text) {
  const char *head = taken(g, it->head);
  if (!head || (it->head->kind == C_LANGUAGE && *text)) return text;
  text = arena_printf(g->a, "%s%s\n", text, head);
  for (size_t i = 0; i < it->body.n; i++) {
    const char *line = taken(g, it->body.v[i]);
    if (line) text = arena_printf(g->a, "%s  %s\n", text, line);
  }
  return text;
}

const char *kpi_definition(const struct ruleset *rs, const struct kpi *k, struct arena *a) {
  struct gathered g = {.a = a, .kpi = k, .more = true};
  const char *text = "";
  while (g.more) {
    g.more = false;
    for (size_t f = 0; f < rs->asts.n; f++)
      for (size_t i = 0; i < rs->asts.v[f]->items.n; i++) take_item(&g, rs->asts.v[f]->items.v[i]);
  }
  for (size_t f = 0; f < rs->asts.n; f++)
    for (size_t i = 0; i < rs->asts.v[f]->items.n; i++)
      text = item_text(&g, rs->asts.v[f]->items.v[i], text);
  return text;
}

const char *definition_digest(const char *text, struct arena *a) {
  uint64_t h = hash_bytes(text, strlen(text)), one = hash_mix(h),
           two = hash_mix(0x51ed270b7a3f9c11ULL + (h << 1 | h >> 63));
  return arena_printf(a, "%016llx%016llx", (unsigned long long)one, (unsigned long long)two);
}

struct ruleset *definition_load(const char *text, struct arena *a) {
  static const char *const path = "definition.vigie";
  struct memory_file file = {path, text, strlen(text)};
  struct memory_files memory = {.files = &file, .n = 1};
  struct loader loader = memory_loader(&memory);
  struct load_request request = {.paths = &path, .n_paths = 1, .from = &loader};
  struct ruleset *rs = NULL;
  struct diags quiet = {.arena = a};
  return ruleset_load(&request, a, &rs, &quiet) && !rs->diags.errors ? rs : NULL;
}
