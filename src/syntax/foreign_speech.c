/* Lines as people say them, and as programs for people have them. In: raw tokens at the beginning
 * of a line. Out: one message for all lines of a kind: greetings, whole sentences, scenarios of
 * tests, functions of a program. Nothing is guessed of what they mean. */
#include "syntax/foreign_speech.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/raw_lines.h"
#include "syntax/words.h"

static char first_char(const struct tokens *raw, const struct token *t) {
  return t->end > t->at ? raw->src->text[t->at] : 0;
}

/* Every line of every file is held against these lists: most words differ in their first letter. */
static bool in_list(const char *word, const char *const *list) {
  int first = tolower((unsigned char)*word);
  for (; *list; list++)
    if (**list == first && strcasecmp(word, *list) == 0) return true;
  return false;
}

/* ---- speech ---------------------------------------------------------------------------- */

/* Words that no rule file has, and that hardly any data is called. */
static const char *const speech[] = {
    "we",       "us",     "our",       "ours",     "they",     "them",    "their",    "theirs",
    "you",      "your",   "yours",     "i",        "me",       "my",      "mine",     "he",
    "she",      "his",    "her",       "it",       "please",   "someone", "somebody", "anyone",
    "everyone", "should", "would",     "could",    "might",    "want",    "wants",    "need",
    "think",    "maybe",  "these",     "those",    "there",    "can",     "must",     "don't",
    "nous",     "vous",   "notre",     "nos",      "votre",    "vos",     "ils",      "elles",
    "leur",     "leurs",  "veuillez",  "faut",     "faudrait", "svp",     "quelqu",   "wir",
    "uns",      "unsere", "bitte",     "sie",      "which",    "make",    "sure",     "going",
    "gets",     "got",    "something", "anything", NULL};
static const char *const greetings[] = {
    "hi",    "hello", "hey",       "dear",      "thanks", "thank", "cheers",
    "best",  "kind",  "regards",   "bonjour",   "merci",  "salut", "cordialement",
    "hallo", "danke", "sincerely", "greetings", NULL};

/* Of these one is enough, at the beginning. */
static const char *const begins[] = {"please", "can",  "could", "would",    "we",    "you",
                                     "i",      "nous", "vous",  "veuillez", "bitte", NULL};

/* What stands between the apostrophes of l'équipe and d'un: words, and no text in quotes. */
static bool is_elided(const struct tokens *raw, const struct token *t) {
  const char *text = raw->src->text;
  bool quoted = t->bad == BAD_SINGLE_QUOTES && t->at > 0 && t->end < raw->src->size;
  return quoted && isalpha((unsigned char)text[t->at - 1]) &&
         isalpha((unsigned char)text[t->end - 2]) && text[t->end] != ' ';
}

/* A sign of a rule: then it is one, however it is worded. */
static bool is_sign_of_rules(const struct tokens *raw, const struct token *t) {
  if (is_elided(raw, t)) return false;
  switch (t->kind) {
    case TOK_ARROW:
    case TOK_EQ:
    case TOK_NE:
    case TOK_LT:
    case TOK_LE:
    case TOK_GT:
    case TOK_GE:
    case TOK_STRING: return true;
    default: return first_char(raw, t) != 0 && strchr("=<>{}[]|;@#$", first_char(raw, t)) != NULL;
  }
}

struct heard { /* what a line holds */
  size_t words, speech;
  bool signs;
};

/* Of a line with a sign of rules nothing else is asked. */
static struct heard listen(const struct tokens *raw, struct raw_line x) {
  struct heard h = {0};
  if (first_char(raw, &raw->list.v[x.from]) == '@') x.from++; /* @vigie please … */
  for (size_t i = x.from; i < x.to; i++)
    if (is_sign_of_rules(raw, &raw->list.v[i])) return (struct heard){.signs = true};
  for (size_t i = x.from; i < x.to; i++) {
    const struct token *t = &raw->list.v[i];
    h.words += raw_is_word(t);
    h.speech += raw_is_word(t) && in_list(t->name, speech);
    bool inside = i > x.from && i + 1 < x.to && raw_is_word(t - 1) && raw_is_word(t + 1);
    h.speech += inside && first_char(raw, t) == '\''; /* customer's */
    if (is_elided(raw, t)) h.speech += 2, h.words += 2;
  }
  h.speech += in_list(raw->list.v[x.from].name ? raw->list.v[x.from].name : "", begins);
  char last = raw->src->text[raw->list.v[x.to - 1].end - 1];
  h.speech += h.words > 3 && strchr(".!?", last) != NULL;
  return h;
}

enum { WORDS_LEAST = 5, SPEECH_LEAST = 2, GREETING_MOST = 5 };

static bool begins_clause(const struct token *t) {
  for (const char *const *w = clause_words(); *w; w++)
    if (strcmp(*w, t->name) == 0) return true;
  return false;
}

static bool is_speech(const struct tokens *raw, struct raw_line x) {
  bool called = first_char(raw, &raw->list.v[x.from]) == '@' && x.from + 1 < x.to;
  const struct token *first = &raw->list.v[x.from + called];
  struct heard h = listen(raw, x);
  h.speech += called;
  if (!raw_is_word(first) || h.signs || h.words < WORDS_LEAST) return false;
  return h.speech >= SPEECH_LEAST + (begins_clause(first) ? 1 : 0);
}

/* Thanks! Hi team, Best regards, */
static bool is_greeting(const struct tokens *raw, struct raw_line x) {
  const struct token *first = &raw->list.v[x.from];
  if (!raw_is_word(first) || !in_list(first->name, greetings)) return false;
  struct heard h = listen(raw, x);
  char last = raw->src->text[raw->list.v[x.to - 1].end - 1];
  bool closed = strchr(",!.:", last) != NULL || h.words > 1;
  return closed && !h.signs && h.words <= GREETING_MOST;
}

/* Maria, below the greeting. */
static bool is_signature(const struct tokens *raw, struct raw_line x,
                         const struct foreign_lines *told) {
  if (!told->signed_at || told->signed_at != x.from) return false;
  size_t words = 0;
  for (size_t i = x.from; i < x.to; i++) {
    const struct token *t = &raw->list.v[i];
    if (raw_is_blank(t)) continue;
    char c = first_char(raw, t);
    if (!raw_is_word(t) || c < 'A' || c > 'Z') return false;
    words++;
  }
  return words <= 3;
}

static void say_speech(const struct tokens *raw, struct raw_line x, struct foreign_lines *told,
                       struct diags *ds) {
  if (!told->speech)
    diag_help(ds,
              diag_add(ds, V0104, raw_line_span(raw, x),
                       "this is a sentence as people say it, and none of rule files"),
              "a rule says what is compared and who acts, as in: health < 40 and mrr > 0 -> assign "
              "CS, due 7d; what is for the reader stands behind #");
  told->speech = true;
}

static void say_copied_line(const struct tokens *raw, struct raw_line x, struct foreign_lines *told,
                            struct diags *ds) {
  if (!told->copied)
    diag_help(ds,
              diag_add(ds, V0104, raw_line_span(raw, x),
                       "this line was copied with the rules from a page or a chat"),
              "remove it, and those like it below");
  told->copied = true;
  told->signed_at = raw_line_below(raw, x).from;
}

/* ---- scenarios -------------------------------------------------------------------------- */

static const char *const of_features[] = {"Feature",        "Scenario", "Background", "Examples",
                                          "Fonctionnalité", "Scénario", NULL};
static const char *const of_steps[] = {"Given", "When", "Then", "And", "But", NULL};

static bool is_written(const char *word, const char *const *list) {
  for (; *list; list++)
    if (strcmp(word, *list) == 0) return true;
  return false;
}

static bool heads_scenario(const struct tokens *raw, struct raw_line x) {
  const struct token *first = &raw->list.v[x.from];
  if (x.from >= x.to || !raw_is_word(first) || !is_written(first->name, of_features)) return false;
  size_t sign = x.from + 1;
  if (sign < x.to && strcmp(first->name, "Scenario") == 0)
    while (sign < x.to && first_char(raw, &raw->list.v[sign]) != ':') sign++;
  return sign < x.to && first_char(raw, &raw->list.v[sign]) == ':';
}

static bool is_step(const struct tokens *raw, struct raw_line x) {
  return x.from < x.to && raw_is_word(&raw->list.v[x.from]) &&
         is_written(raw->list.v[x.from].name, of_steps);
}

/* Feature: …, and all lines of it; the last one. */
static struct raw_line say_scenario(const struct tokens *raw, struct raw_line x, struct diags *ds) {
  struct raw_line last = x, next = raw_line_below(raw, x);
  while (heads_scenario(raw, next) || is_step(raw, next))
    last = next, next = raw_line_below(raw, next);
  diag_help(ds,
            diag_add(ds, V0104, raw_line_span(raw, x),
                     "this is a scenario of another tool, and no line of rule files"),
            "a rule is: rule NAME for account, below it: when …, and below that: -> assign CS, due "
            "7d; an example of it is a test: test \"…\", below it `on`, `given` and `expect`");
  return last;
}

/* ---- functions of a program -------------------------------------------------------------- */

static bool is_function(const struct tokens *raw, struct raw_line x) {
  static const char *const words[] = {"def", "function", "func", "fn", "sub", NULL};
  const struct token *v = raw->list.v;
  if (!raw_is_word(&v[x.from]) || !is_written(v[x.from].name, words)) return false;
  if (x.from + 3 >= x.to || !raw_is_blank(&v[x.from + 1]) || !raw_is_word(&v[x.from + 2]))
    return false;
  char last = raw->src->text[v[x.to - 1].end - 1];
  return v[x.from + 3].kind == TOK_LPAREN && strchr(":{)", last) != NULL;
}

/* def big(account): and what stands further in. */
static struct raw_line say_function(const struct tokens *raw, struct raw_line x, struct diags *ds) {
  struct raw_line last = x, next = raw_line_below(raw, x);
  while (next.from < next.to && raw_column(raw, next) > raw_column(raw, x))
    last = next, next = raw_line_below(raw, next);
  if (next.from < next.to && first_char(raw, &raw->list.v[next.from]) == '}') last = next;
  const char *name = raw->list.v[x.from + 2].name;
  diag_help(ds,
            diag_add(ds, V0104, raw_line_span(raw, x),
                     "rule files have no functions of a program: what is computed has a name"),
            "a number of each row is: kpi %s of account = mrr * 12; a group of rows is: segment %s "
            "of account where mrr > 1000",
            name, name);
  return last;
}

/* ---- notes, blocks and sections ---------------------------------------------------------- */

static const char *const notes[] = {"todo",     "fixme",  "note", "notes",    "nb",   "ps",
                                    "question", "remark", "idea", "remarque", "hint", NULL};

static bool is_note(const struct tokens *raw, struct raw_line x) {
  const struct token *v = raw->list.v;
  size_t colon = x.from + 1;
  while (colon < x.to && raw_is_blank(&v[colon])) colon++;
  return raw_is_word(&v[x.from]) && in_list(v[x.from].name, notes) && colon + 1 < x.to &&
         first_char(raw, &v[colon]) == ':';
}

static void say_note(const struct tokens *raw, struct raw_line x, struct diags *ds) {
  struct span s = raw_line_span(raw, x);
  diag_help(ds, diag_add(ds, V0106, s, "what is for the reader stands behind `#`"), "write: # %s",
            span_text(ds->arena, s));
}

static bool ends_with(const struct tokens *raw, struct raw_line x, char c) {
  return x.from < x.to && raw->src->text[raw->list.v[x.to - 1].end - 1] == c;
}

/* if (health < 40) { */
static bool opens_block(const struct tokens *raw, struct raw_line x) {
  static const char *const words[] = {"if", "when", NULL};
  const struct token *first = &raw->list.v[x.from];
  return raw_is_word(first) && in_list(first->name, words) && ends_with(raw, x, '{') &&
         x.to > x.from + 2;
}

/* What stands in the block, up to its brace: the last line of it. */
static struct raw_line say_braces(const struct tokens *raw, struct raw_line x, struct diags *ds) {
  struct raw_line last = x, next = raw_line_below(raw, x);
  const char *act = "assign CS, due 7d";
  while (next.from < next.to && !ends_with(raw, last, '}')) {
    const struct token *word = &raw->list.v[next.from];
    if (raw_is_word(word) && strcmp(word->name, "assign") == 0)
      act = span_text(ds->arena, raw_line_span(raw, next));
    last = next, next = raw_line_below(raw, next);
  }
  struct span asked = {raw->src, raw->list.v[x.from].end, raw->list.v[x.to - 1].at};
  const char *text = span_text(ds->arena, asked);
  text += strspn(text, " ");
  size_t n = strlen(text);
  while (n && text[n - 1] == ' ') n--;
  diag_help(ds,
            diag_add(ds, V0104, raw_line_span(raw, x),
                     "what belongs to a rule stands on the lines below it, without braces"),
            "write: %.*s -> %s", (int)n, text, act);
  return last;
}

/* The value of `key: value` on the line, without the signs around it; NULL: it has another key. */
static const char *value_of_key(const struct tokens *raw, struct raw_line x, const char *key,
                                struct arena *a) {
  const struct token *word = &raw->list.v[x.from];
  if (x.from >= x.to || !raw_is_word(word) || strcmp(word->name, key) != 0) return NULL;
  const char *p = raw->src->text + word->end, *end = raw->src->text + raw->list.v[x.to - 1].end;
  p += strspn(p, " ");
  if (*p++ != ':') return NULL;
  p += strspn(p, " \"");
  if (strncmp(p, "${TABLE}.", 9) == 0) p += 9;
  if (p > end) p = end; /* blanks alone stand behind the colon */
  while (end > p && strchr(" ;{}\"", end[-1])) end--;
  return arena_strndup(a, p, (size_t)(end - p));
}

/* measure: total_mrr { */
static bool is_lookml(const struct tokens *raw, struct raw_line x) {
  static const char *const blocks[] = {"measure", "dimension", "dimension_group", "view",
                                       "explore", "filter",    "parameter",       NULL};
  const struct token *first = &raw->list.v[x.from];
  if (!raw_is_word(first) || !is_written(first->name, blocks) || !ends_with(raw, x, '{'))
    return false;
  const char *behind = raw->src->text + first->end;
  return behind[strspn(behind, " ")] == ':';
}

/* How many braces of the line open, less those that close. */
static int braces_of(const struct tokens *raw, struct raw_line x) {
  int n = 0;
  const char *p = raw->src->text + raw->list.v[x.from].at;
  for (const char *end = raw->src->text + raw->list.v[x.to - 1].end; p < end; p++) {
    bool named = p > raw->src->text && p[-1] == '$'; /* ${TABLE} */
    if (named && *p == '{') p += strcspn(p, "}\n");
    n += *p == '{' && !named;
    n -= *p == '}' && !named;
  }
  return n;
}

/* A block of LookML with the blocks in it, up to its brace: the last line of it. */
static struct raw_line say_lookml(const struct tokens *raw, struct raw_line x, struct diags *ds) {
  struct arena *a = ds->arena;
  const char *kind = raw->list.v[x.from].name, *name = value_of_key(raw, x, kind, a);
  const char *type = NULL, *sql = NULL;
  struct raw_line last = x, next = raw_line_below(raw, x);
  for (int depth = 1; next.from < next.to; last = next, next = raw_line_below(raw, next)) {
    depth += braces_of(raw, next);
    if (depth == 1 && !type) type = value_of_key(raw, next, "type", a);
    if (depth == 1 && !sql) sql = value_of_key(raw, next, "sql", a);
    if (depth > 0) continue;
    last = next;
    break;
  }
  const char *fn = type ? aggregate_word(type) : NULL;
  struct diag *d = diag_add(ds, V0104, raw_line_span(raw, x),
                            "this is a block of LookML: rule files have no braces and no colons");
  bool rows = fn && strcmp(fn, "count") == 0;
  if (strcmp(kind, "measure") == 0)
    diag_help(ds, d, "write: kpi %s = %s of %s%s, in place of the block", name, fn ? fn : "sum",
              rows  ? "ENTITY"
              : sql ? sql
                    : "amount",
              rows ? "" : " over ENTITY");
  else if (strncmp(kind, "dimension", 9) == 0)
    diag_help(ds, d, "it is a column of an entity; below its line: %s %s \"%s\"", name,
              strcmp(kind, "dimension") == 0 ? "text" : "date", sql ? sql : name);
  else
    diag_help(ds, d, "a table is an entity: entity %s from \"%s\"; its columns stand below it",
              name, name);
  return last;
}

/* [rule.at_risk], and below it: when = "…" */
static bool is_section(const struct tokens *raw, struct raw_line x) {
  const struct token *v = raw->list.v;
  if (first_char(raw, &v[x.from]) != '[' || !ends_with(raw, x, ']') || x.to < x.from + 3)
    return false;
  struct raw_line next = raw_line_below(raw, x);
  size_t sign = next.from + 1;
  if (next.from >= next.to || !raw_is_word(&v[next.from])) return false;
  while (sign < next.to && raw_is_blank(&v[sign])) sign++;
  return sign < next.to && v[sign].kind == TOK_EQ;
}

static struct raw_line say_section(const struct tokens *raw, struct raw_line x, struct diags *ds) {
  struct raw_line last = x, next = raw_line_below(raw, x);
  while (next.from < next.to && (is_section(raw, next) || raw_is_word(&raw->list.v[next.from]))) {
    bool keyed = is_section(raw, next);
    for (size_t i = next.from; i < next.to; i++) keyed |= raw->list.v[i].kind == TOK_EQ;
    if (!keyed || header_word(raw->list.v[next.from].name ? raw->list.v[next.from].name : ""))
      break;
    last = next, next = raw_line_below(raw, next);
  }
  diag_help(
      ds,
      diag_add(ds, V0104, raw_line_span(raw, x),
               "rule files have no sections in brackets, and no `=` between a word and what it "
               "says"),
      "a rule is: rule NAME for account, below it: when health < 40, and below that: -> "
      "assign CS, due 7d");
  return last;
}

/* ---- which it is ------------------------------------------------------------------------ */

size_t take_speech(const struct tokens *raw, size_t i, size_t from, struct foreign_lines *told,
                   struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from), last = x;
  if (x.from >= x.to) return 0;
  if (heads_scenario(raw, x))
    last = say_scenario(raw, x, ds);
  else if (is_function(raw, x))
    last = say_function(raw, x, ds);
  else if (opens_block(raw, x))
    last = say_braces(raw, x, ds);
  else if (is_lookml(raw, x))
    last = say_lookml(raw, x, ds);
  else if (is_section(raw, x))
    last = say_section(raw, x, ds);
  else if (is_note(raw, x))
    say_note(raw, x, ds);
  else if (is_greeting(raw, x) || is_signature(raw, x, told))
    say_copied_line(raw, x, told, ds);
  else if (is_speech(raw, x))
    say_speech(raw, x, told, ds);
  else
    return 0;
  size_t end = last.to;
  while (!raw_ends_line(raw, end)) end++;
  return end - i;
}
