/* Clauses to items. In: the flat clauses of a file. Out: heads with their bodies; a message for a
 * clause in the wrong place, but none for the clauses of a header that could not be read. */
#include <stdint.h>
#include <string.h>

#include "base/check.h"
#include "parse.h"
#include "syntax/mistake.h"
#include "syntax/parse_file.h"
#include "syntax/words.h"
#include "syntax/yaml_keys.h"
#include "base/suggest.h"

#define HEAD 0
#define ANY UINT64_MAX
#define IN(k) (UINT64_C(1) << (k))
static const uint64_t parents[] = {
#define CLAUSE(id, word, parents, doc, example) parents,
#include "syntax/clause.def"
};

_Static_assert(C_TEST < 64, "the heads stand first, and a set of them is 64 bits");

bool clause_is_head(enum clause_kind k) { return parents[k] == HEAD; }

bool clause_fits(enum clause_kind k, enum clause_kind head) {
  return parents[k] == ANY || (parents[k] & IN(head));
}

static const char *article(const char *word) { return strchr("aeiou", *word) ? "an" : "a"; }

/* These may stand several times under one header. */
static bool repeats(enum clause_kind k) {
  return k == C_ATTR || k == C_BELONGS || k == C_INTERVAL || k == C_FOR || k == C_FROM ||
         k == C_GIVEN || k == C_ROW || k == C_EXPECT || k == C_BROKEN || k == C_HOLIDAYS ||
         k == C_ON || k == C_ESCALATE || k == C_MUTES || k == C_WAS || k == C_STEP || k == C_LINT ||
         k == C_REJECT || k == C_TELL || k == C_BRIDGE || k == C_RENEWALS || k == C_PIPELINE;
}

/* The comment lines right above a header are its doc text. */
static const char *doc_above(struct arena *a, const struct source *src, uint32_t at) {
  const char *t = src->text;
  uint32_t line = at;
  while (line > 0 && t[line - 1] != '\n') line--;
  uint32_t first = line;
  while (first > 0) {
    uint32_t prev = first - 1;
    while (prev > 0 && t[prev - 1] != '\n') prev--;
    uint32_t i = prev;
    while (i < first && (t[i] == ' ' || t[i] == '\t')) i++;
    if (t[i] != '#') break;
    first = prev;
  }
  if (first == line) return NULL;
  char *doc = arena_alloc(a, line - first + 1), *w = doc;
  for (uint32_t i = first; i < line;) {
    while (i < line && (t[i] == ' ' || t[i] == '\t' || t[i] == '#')) i++;
    while (i < line && t[i] != '\n') {
      if (t[i] != '\r') *w++ = t[i];
      i++;
    }
    *w++ = '\n';
    i++;
  }
  while (w > doc && (w[-1] == '\n' || w[-1] == ' ')) w--;
  *w = 0;
  return doc;
}

const char *clause_places(enum clause_kind clause, struct arena *a) {
  const char *where = NULL;
  for (int k = 0; k < CLAUSE_KINDS; k++) {
    if (parents[k] != HEAD || k == C_SENTENCE) continue;
    if (parents[clause] == ANY || !(parents[clause] & IN(k))) continue;
    const char *word = clause_word((enum clause_kind)k);
    where = where ? arena_printf(a, "%s or %s", where, word)
                  : arena_printf(a, "%s %s", article(word), word);
  }
  CHECK(where); /* a clause that is no head stands somewhere */
  return where;
}

/* seuil sante_min = 40: a clause in French that reads as an attribute. */
static bool say_in_english(struct diags *ds, const struct clause *c) {
  const char *english = c->kind == C_ATTR && c->name ? english_word(c->name) : NULL;
  bool header = false;
  for (int k = 0; english && k < CLAUSE_KINDS; k++) {
    const char *word = clause_word((enum clause_kind)k);
    header |= word && strcmp(word, english) == 0;
  }
  if (!header) return false;
  struct span rest = {c->span.src, c->span.at + (uint32_t)strlen(c->name), c->span.end};
  struct diag *d = diag_add(ds, V0106, c->span,
                            "the words of the language are English: `%s` is none of them", c->name);
  diag_help(ds, d, "write: %s %s", english, span_text(ds->arena, rest));
  return true;
}

static void say_misplaced(struct diags *ds, const struct clause *c, const struct ast_item *under) {
  if (keyed_line_at(c->span.src, c->span.at) || say_in_english(ds, c)) return;
  const char *where = clause_places(c->kind, ds->arena), *word = clause_word(c->kind);
  bool rule = c->kind == C_WHEN && c->expr && c->actions;
  if (c->kind == C_ATTR) word = c->name;
  struct diag *d =
      under ? diag_add(ds, V0116, c->span, "`%s` says nothing about %s %s%s", word,
                       article(clause_word(under->head->kind)), clause_word(under->head->kind),
                       rule ? ": a rule of its own begins with its condition" : "")
            : diag_add(ds, V0116, c->span, "`%s` belongs to %s, and none stands above it", word,
                       where);
  uint32_t begin = c->span.at, behind = begin + (uint32_t)strlen(word);
  struct span rest = {c->span.src, behind < c->span.end ? behind + 1 : c->span.end, c->span.end};
  const char *write =
      under && word ? opening_of_key(ds->arena, under->head->kind, word, span_text(ds->arena, rest))
                    : NULL;
  if (write) {
    bool whole = strncmp(write, "leave it out", 12) == 0;
    diag_help(ds, d, whole ? "%s%s" : "%s%s", whole ? "" : "write: ", write);
    return;
  }
  static const char *const declares[] = {"def", "let",    "const",   "var",
                                         "set", "metric", "measure", "dim"};
  for (size_t i = 0; c->kind == C_ATTR && i < sizeof declares / sizeof *declares; i++)
    if (strcmp(c->name, declares[i]) == 0 && c->of && c->expr) {
      diag_help(ds, d, "write: threshold %s = %s; or kpi %s = …, if it is measured", c->of,
                span_text(ds->arena, c->expr->span), c->of);
      return;
    }
  if (rule) {
    /* an action on the next line goes on with it */
    uint32_t n = c->span.end - c->expr->span.at;
    const char *line = memchr(c->span.src->text + c->expr->span.at, '\n', n);
    struct span text = {c->span.src, c->expr->span.at, line ? c->expr->span.end : c->span.end};
    diag_help(ds, d, "write: %s", span_text(ds->arena, text));
    return;
  }
  diag_help(ds, d, "write it under the line of %s", where);
}

/* A line that is a lone word: a clause keyword misspelt, or a condition without its action. */
static void say_no_action(struct diags *ds, const struct clause *c) {
  if (c->expr->kind == E_PATH && c->expr->path.n == 1) {
    const char *word = c->expr->path.v[0];
    size_t n = 0;
    while (clause_words()[n]) n++;
    const char *near = suggest(word, clause_words(), n);
    struct diag *d = diag_add(ds, V0118, c->span, "`%s` is not a clause", word);
    if (near)
      diag_help(ds, d, "did you mean `%s`?", near);
    else
      diag_help(ds, d, "a rule is: condition -> assign TEAM, due 7d");
    return;
  }
  const struct expr *e = c->expr;
  bool equals = e->kind == E_CMP && e->op == OP_EQ && e->a->kind == E_PATH && e->a->path.n == 1;
  for (const char *const *w = clause_words(); equals && *w; w++) {
    if (strcmp(*w, e->a->path.v[0]) != 0) continue;
    struct diag *d = diag_add(ds, V0114, c->span, "no sign stands behind `%s`", *w);
    diag_help(ds, d, "write: %s %s", *w, span_text(ds->arena, e->b->span));
    return;
  }
  struct span end = {c->span.src, c->span.end > c->span.at ? c->span.end - 1 : c->span.at,
                     c->span.end};
  struct diag *d = diag_add(ds, V0115, end, "this condition does not say who acts");
  diag_help(ds, d, "add the action: %s -> assign TEAM, due 7d", span_text(ds->arena, c->span));
}

static void add_to_body(struct arena *a, struct ast_item *it, struct clause *c, struct diags *ds) {
  if (!repeats(c->kind) && it->head->kind != C_BROKEN)
    for (size_t i = 0; i < it->body.n; i++)
      if (it->body.v[i]->kind == c->kind) {
        struct diag *d = diag_add(ds, V0117, c->span, "a second `%s` for this %s",
                                  clause_word(c->kind), clause_word(it->head->kind));
        diag_note(ds, d, it->body.v[i]->span, "the first one is here");
        bool conditions = c->kind == C_WHEN && c->expr && it->body.v[i]->expr;
        if (conditions)
          diag_help(ds, d, "one rule has one condition: join them with `and` or `or`");
        else
          diag_help(ds, d, "keep one of them");
        /* who acts was said all the same */
        if (!it->body.v[i]->actions) it->body.v[i]->actions = c->actions;
        return;
      }
  VEC_PUSH(a, &it->body, c);
}

/* Is a condition under this item the rule's, though its `when` is missing? */
static bool lacks_when(const struct ast_item *it) {
  if (!it || it->head->kind != C_RULE) return false;
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->kind == C_WHEN || it->body.v[i]->kind == C_BROKEN) return false;
  return true;
}

static void say_missing_when(struct diags *ds, struct clause *c) {
  struct span first = {c->span.src, c->expr->span.at, c->expr->span.end};
  const char *text = span_text(ds->arena, first);
  bool or = strncmp(text, "when or ", 8) == 0, joined = or || strncmp(text, "when and ", 9) == 0;
  struct diag *d = joined
                       ? diag_add(ds, V0114, first, "nothing stands before `%s`", or ? "or" : "and")
                       : diag_add(ds, V0401, first, "`when` is missing before this condition");
  diag_help(ds, d, "write: when %s", joined ? text + (or ? 8 : 9) : text);
  c->kind = C_WHEN;
}

/* `rule: at_risk`: its lines are no clauses, and were reported as such. */
static void break_header(struct clause *c) {
  c->kind = C_BROKEN;
  c->word_count = TOK_K_RULE;
}

static bool has_actions(const struct ast_item *it) {
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->actions || it->body.v[i]->kind == C_BROKEN) return true;
  return false;
}

/* Does the clause stand right below the one before it, and further right than a header? */
static bool stands_below(const struct clause *before, const struct clause *c) {
  const char *text = c->span.src->text;
  int line_ends = 0;
  for (uint32_t i = before->span.end; i < c->span.at; i++) line_ends += text[i] == '\n';
  bool indented = c->span.at > 0 && (text[c->span.at - 1] == ' ' || text[c->span.at - 1] == '\t');
  return line_ends == 1 && indented;
}

/* when health < 40, and on the next line: mrr > 0. The second line was meant to go on. */
static bool continues_condition(const struct ast_item *now, const struct ast *ast, size_t i) {
  const struct clause *c = ast->clauses.v[i], *before = i ? ast->clauses.v[i - 1] : NULL;
  if (!now || !before || c->kind != C_SENTENCE || c->expr->kind == E_PATH) return false;
  if (!before->expr || !stands_below(before, c)) return false;
  if (before->kind == C_WHEN) return now->head->kind == C_RULE && !has_actions(now);
  return !c->actions && (before->kind == C_CLEAR || before->kind == C_SEGMENT ||
                         before->kind == C_KPI || before->kind == C_ATTR);
}

static void say_missing_and(struct arena *a, struct diags *ds, struct ast_item *now,
                            struct clause *before, struct clause *c) {
  struct diag *d = diag_add(ds, V0114, c->expr->span,
                            "`and` (or `or`) is missing before this line: it goes on with the "
                            "condition above it");
  diag_help(ds, d, "write: and %s", span_text(ds->arena, c->expr->span));
  c->kind = before->kind; /* a third line goes on with this one */
  for (size_t i = 0; before->kind == C_WHEN && i < now->body.n; i++) {
    struct clause *when = now->body.v[i];
    if (when->kind != C_WHEN) continue;
    struct expr *both = expr_new(a, E_AND, span_join(when->expr->span, c->expr->span));
    both->a = when->expr, both->b = c->expr;
    when->expr = both;
    when->actions = c->actions;
  }
}

static bool is_indented(const struct clause *c) {
  const char *text = c->span.src->text;
  return c->span.at > 0 && (text[c->span.at - 1] == ' ' || text[c->span.at - 1] == '\t');
}

/* playbook save_renewal, or team CS, under a rule and with nothing under it: the rule names it. */
static bool names_of_a_rule(const struct ast_item *now, const struct ast *ast, size_t i) {
  const struct clause *c = ast->clauses.v[i];
  const struct clause *next = i + 1 < ast->clauses.n ? ast->clauses.v[i + 1] : NULL;
  if (!now || now->head->kind != C_RULE || !is_indented(c) || !c->name) return false;
  if (c->kind != C_PLAYBOOK && c->kind != C_TEAM) return false;
  return !next || !(clause_fits(next->kind, c->kind) && !clause_fits(next->kind, C_RULE));
}

static void say_named_under_rule(struct diags *ds, const struct clause *c) {
  bool playbook = c->kind == C_PLAYBOOK;
  struct diag *d = diag_add(ds, V0116, c->span,
                            playbook ? "a rule names its playbook after `do`"
                                     : "a rule names its team after `-> assign`");
  diag_help(ds, d, playbook ? "write: do %s" : "write: -> assign %s, due 7d", c->name);
}

void attach_clauses(struct arena *a, struct ast *ast, struct diags *ds) {
  struct ast_item *now = NULL;
  for (size_t i = 0; i < ast->clauses.n; i++) {
    struct clause *c = ast->clauses.v[i];
    if (continues_condition(now, ast, i)) {
      say_missing_and(a, ds, now, ast->clauses.v[i - 1], c);
      continue;
    }
    if (c->kind == C_SENTENCE && lacks_when(now)) say_missing_when(ds, c);
    if (parents[c->kind] == HEAD && (c->kind == C_RULE || is_indented(c)) &&
        keyed_line_at(c->span.src, c->span.at))
      break_header(c);
    if (names_of_a_rule(now, ast, i)) {
      say_named_under_rule(ds, c);
      continue;
    }
    bool head = parents[c->kind] == HEAD ||
                (c->kind == C_BROKEN && (is_header_keyword(c->word_count) || !now));
    if (head) {
      bool of_broken = i > 0 && ast->clauses.v[i - 1]->kind == C_BROKEN &&
                       stands_below(ast->clauses.v[i - 1], c);
      if (c->kind == C_SENTENCE && !c->actions && !of_broken) say_no_action(ds, c);
      now = NEW(a, struct ast_item);
      now->head = c;
      c->doc = doc_above(a, ast->src, c->span.at);
      VEC_PUSH(a, &ast->items, now);
      continue;
    }
    if (!now) {
      say_misplaced(ds, c, NULL);
      continue;
    }
    /* A sentence that lost its arrow is no reason to blame what stands under it. */
    bool mute =
        now->head->kind == C_BROKEN || (now->head->kind == C_SENTENCE && !now->head->actions);
    if (!mute && parents[c->kind] != ANY && !(parents[c->kind] & IN(now->head->kind))) {
      bool nothing_under = now->head->kind == C_LANGUAGE || now->head->kind == C_USE ||
                           now->head->kind == C_UNREADABLE;
      say_misplaced(ds, c, nothing_under ? NULL : now);
      continue;
    }
    add_to_body(a, now, c, ds);
  }
}
