/* Lines of a chat, of a page and of lists. In: raw tokens at the beginning of a line. Out: one
 * message for all lines of a kind; what is left of them for the parser. */
#include "syntax/foreign_lines.h"

#include <string.h>

#include "base/intern.h"
#include "base/text.h"
#include "parse.h"
#include "syntax/foreign_blocks.h"
#include "syntax/foreign_speech.h"
#include "syntax/words.h"
#include "syntax/yaml_keys.h"

static bool ends_line(const struct tokens *raw, size_t i) {
  return i >= raw->list.n || raw->list.v[i].kind == TRIVIA_LINE_END || raw->list.v[i].kind == 0;
}

/* A sign that is none of rule files is trivia too, and is none of these. */
static bool is_blank(const struct token *t) { return t->kind == TRIVIA_SPACE && !t->bad; }

static size_t skip_blanks(const struct tokens *raw, size_t i) {
  while (!ends_line(raw, i) && is_blank(&raw->list.v[i])) i++;
  return i;
}

static size_t line_end(const struct tokens *raw, size_t i) {
  while (!ends_line(raw, i)) i++;
  return i;
}

static const char *text_of(const struct tokens *raw, const struct token *t) {
  return raw->src->text + t->at;
}

static bool starts_with(const struct tokens *raw, const struct token *t, const char *sign) {
  return t->end > t->at && strncmp(text_of(raw, t), sign, strlen(sign)) == 0;
}

/* ---- what was copied with the rules --------------------------------------------------- */

static void say_copied(const struct tokens *raw, size_t from, size_t to, struct foreign_lines *told,
                       struct diags *ds) {
  struct span at = {raw->src, raw->list.v[from].at, raw->list.v[to - 1].end};
  if (!told->copied)
    diag_help(ds,
              diag_add(ds, V0104, at, "this line was copied with the rules from a page or a chat"),
              "remove it, and those like it below");
  told->copied = true;
}

/* Here is the rule you asked for: a sentence that begins and ends as one. */
static bool is_sentence(const struct tokens *raw, size_t from, size_t to, struct arena *a) {
  const struct token *v = raw->list.v;
  char first = *text_of(raw, &v[from]), last = raw->src->text[v[to - 1].end - 1];
  int n = 0;
  if (first < 'A' || first > 'Z' || !strchr(":.!?", last)) return false;
  const char *word = v[from].name ? text_lower(a, v[from].name) : "";
  for (const char *const *w = clause_words(); *w; w++)
    if (strcmp(*w, word) == 0) return false;
  for (size_t k = from; k < to; k++) {
    const struct token *t = &v[k];
    if (is_blank(t)) continue;
    n += t->name && t->kind != TOK_STRING;
    bool sign = strchr("'`:!?.,()", *text_of(raw, t)) != NULL;
    if (!t->name && t->kind != TOK_COMMA && t->kind != TOK_DOT && t->kind != TOK_NUMBER && !sign)
      return false;
    if (k + 1 < to && *text_of(raw, t) == ':') return false; /* a key, and what it says */
  }
  return n >= 4;
}

/* """Rules of CS""", the text that a file of Python begins with. */
static bool say_text_of_python(const struct tokens *raw, size_t from, size_t to, struct diags *ds) {
  struct span s = {raw->src, raw->list.v[from].at, raw->list.v[to - 1].end};
  const char *text = raw->src->text + s.at;
  size_t n = s.end - s.at;
  if (n < 7 || strncmp(text, "\"\"\"", 3) != 0 || strncmp(text + n - 3, "\"\"\"", 3) != 0)
    return false;
  diag_help(ds, diag_add(ds, V0106, s, "what is for the reader stands behind `#`"), "write: # %.*s",
            (int)(n - 6), text + 3);
  return true;
}

/* | rule | when |: a table of a page; the first line of it speaks for all. */
static bool say_table(const struct tokens *raw, size_t from, size_t to, struct foreign_lines *told,
                      struct diags *ds) {
  struct span s = {raw->src, raw->list.v[from].at, raw->list.v[to - 1].end};
  if (raw->src->text[s.at] != '|' || raw->src->text[s.end - 1] != '|' || s.end - s.at < 3)
    return false;
  if (!told->table)
    diag_help(
        ds, diag_add(ds, V0104, s, "a rule file has no tables"),
        "a line of the table is a rule: rule NAME for account, below it: when …, and below that: "
        "-> assign CS, due 7d");
  told->table = true;
  return true;
}

static size_t copied(const struct tokens *raw, size_t i, size_t from, struct foreign_lines *told,
                     struct diags *ds) {
  size_t to = line_end(raw, from);
  while (to > from && is_blank(&raw->list.v[to - 1])) to--;
  if (to == from) return 0;
  if (say_text_of_python(raw, from, to, ds)) return line_end(raw, from) - i;
  if (say_table(raw, from, to, told, ds)) return line_end(raw, from) - i;
  bool fence = starts_with(raw, &raw->list.v[from], "```");
  if (!fence && !is_sentence(raw, from, to, ds->arena)) return 0;
  say_copied(raw, from, to, told, ds);
  return line_end(raw, from) - i;
}

/* **rule a for account**: a line in the bold letters of a chat. */
static size_t bold(const struct tokens *raw, size_t i, size_t from, struct foreign_lines *told,
                   struct tokens *out, struct diags *ds) {
  const struct token *v = raw->list.v;
  size_t to = line_end(raw, from), first = from;
  while (to > from && is_blank(&v[to - 1])) to--;
  while (first < to && v[first].kind == TOK_STAR) first++;
  size_t last = to;
  while (last > first && v[last - 1].kind == TOK_STAR) last--;
  if (first == from || last == to || last == first || first - from != to - last) return 0;
  struct span at = {raw->src, v[from].at, v[to - 1].end};
  struct span inner = {raw->src, v[first].at, v[last - 1].end};
  if (!told->bold)
    diag_help(ds, diag_add(ds, V0104, at, "a line has no signs around it, as a chat or a page has"),
              "write: %s", span_text(ds->arena, inner));
  told->bold = true;
  for (size_t k = first; k < last; k++)
    if (v[k].kind >= 0) VEC_PUSH(ds->arena, &out->list, v[k]);
  return line_end(raw, from) - i;
}

/* ---- items with a sign before them ---------------------------------------------------- */

static bool is_dot(const struct tokens *raw, const struct token *t) {
  static const char *const dots[] = {"\u2022", "\u25CF", "\u25E6", "\u00B7", "\u2023"};
  for (size_t k = 0; k < sizeof dots / sizeof *dots; k++)
    if (starts_with(raw, t, dots[k])) return true;
  return false;
}

static bool is_dash(const struct token *t) {
  return t->kind == TOK_MINUS || t->kind == TOK_STAR || t->kind == TOK_GT;
}

static bool acts(const struct tokens *raw, size_t i) {
  for (; !ends_line(raw, i); i++)
    if (raw->list.v[i].kind == TOK_ARROW) return true;
  return false;
}

/* Does a clause begin behind the sign? Then the sign is that of a quoted mail. */
static bool begins_clause_at(const struct tokens *raw, size_t i) {
  size_t word = skip_blanks(raw, i);
  if (ends_line(raw, word)) return false;
  if (raw->list.v[word].kind == TOK_ARROW) return true;
  for (const char *const *w = clause_words(); raw->list.v[word].name && *w; w++)
    if (strcmp(*w, raw->list.v[word].name) == 0) return true;
  return false;
}

/* - health < 40 -> assign CS; • when health < 40: an item of a list. */
static size_t bullet(const struct tokens *raw, size_t i, size_t from, struct foreign_lines *told,
                     struct diags *ds) {
  const struct token *t = &raw->list.v[from];
  if (ends_line(raw, from + 1)) return 0;
  bool blank = is_blank(&raw->list.v[from + 1]);
  const char *sign_text = raw->src->text + t->at;
  bool long_dash = strncmp(sign_text, "\u2013", 3) == 0 || strncmp(sign_text, "\u2014", 3) == 0;
  bool dash = (is_dash(t) || long_dash) && i == from && blank &&
              (acts(raw, from) || (t->kind == TOK_GT && begins_clause_at(raw, from + 1)));
  if (!dash && !is_dot(raw, t)) return 0;
  struct span sign = token_span(raw, t);
  const char *box = raw->src->text + sign.end + strspn(raw->src->text + sign.end, " ");
  size_t inside = *box == '[' && box[1] && strchr(" xX", box[1]) ? 2 : 1;
  bool task = *box == '[' && box[inside] == ']'; /* - [ ] of a list of tasks */
  if (task) sign.end = (uint32_t)(box + inside + 1 - raw->src->text);
  if (!told->listed)
    diag_help(
        ds,
        diag_add(ds, V0104, sign, "a rule is no item of a list: `%s`", span_text(ds->arena, sign)),
        "remove it");
  told->listed = true;
  return from + 1 - i;
}

/* ---- lists of YAML -------------------------------------------------------------------- */

/* The dash of an item that is no key and its value; 0: none begins at the line of i. */
static size_t item_at(const struct tokens *raw, size_t i) {
  size_t dash = skip_blanks(raw, i);
  if (ends_line(raw, dash) || raw->list.v[dash].kind != TOK_MINUS) return 0;
  if (ends_line(raw, dash + 1) || !is_blank(&raw->list.v[dash + 1])) return 0;
  return keyed_line_at(raw->src, raw->list.v[dash].at) ? 0 : dash;
}

enum { STEPS = -1 }; /* in the place of a token that joins: its items are steps */

static const struct {
  const char *word;
  int joins; /* 0: the items are steps */
} headings[] = {
    {"when", TOK_AND},     {"if", TOK_AND},  {"condition", TOK_AND}, {"conditions", TOK_AND},
    {"all", TOK_AND},      {"and", TOK_AND}, {"any", TOK_OR},        {"or", TOK_OR},
    {"criteria", TOK_AND}, {"steps", 0},     {"actions", 0}};

static struct span item_span(const struct tokens *raw, size_t dash) {
  size_t from = skip_blanks(raw, dash + 1), to = line_end(raw, from);
  while (to > from && is_blank(&raw->list.v[to - 1])) to--;
  return (struct span){raw->src, raw->list.v[from].at, raw->list.v[to > from ? to - 1 : from].end};
}

/* The items below the heading, joined by the word; *last is the end of the last line. */
static const char *joined(const struct tokens *raw, size_t dash, const char *word, size_t *last,
                          struct arena *a) {
  const char *out = "";
  for (; dash; dash = item_at(raw, *last + 1)) {
    out = arena_printf(a, "%s%s%s", out, *out ? word : "", span_text(a, item_span(raw, dash)));
    *last = line_end(raw, dash);
    if (*last + 1 >= raw->list.n) break;
  }
  return out;
}

static const char *as_step(struct arena *a, struct span s) {
  const char *text = span_text(a, s);
  return *text == '"' ? text : arena_printf(a, "\"%s\"", text);
}

/* A word and a colon with items below them. */
static bool heads_items(const struct tokens *raw, size_t i) {
  size_t word = skip_blanks(raw, i), end = line_end(raw, word);
  if (word == end || !raw->list.v[word].name || end + 1 >= raw->list.n) return false;
  return *text_of(raw, &raw->list.v[end - 1]) == ':' && item_at(raw, end + 1) != 0;
}

/* "ann@acme.example", "bob" of the items below: texts as they stand, addresses in quotes. */
static const char *listed(const struct tokens *raw, size_t dash, size_t *last, struct arena *a) {
  const char *out = "";
  for (; dash; dash = *last + 1 < raw->list.n ? item_at(raw, *last + 1) : 0) {
    const char *one = span_text(a, item_span(raw, dash));
    bool address = strchr(one, '@') && !strchr(one, '"');
    out = arena_printf(a, address ? "%s%s\"%s\"" : "%s%s%s", out, *out ? ", " : "", one);
    *last = line_end(raw, dash);
  }
  return out;
}

/* Leaves a clause that cannot be read behind, so that what depends on it stays quiet. */
static void leave_broken(const struct token *word, struct tokens *out, struct arena *a) {
  struct token broken = {.kind = TOK_BROKEN, .at = word->end, .end = word->end};
  VEC_PUSH(a, &out->list, *word);
  VEC_PUSH(a, &out->list, broken);
}

/* members:, and below it - ann@acme.example: all of them on the line of the word. */
static size_t values_of_yaml(const struct tokens *raw, size_t i, size_t from, size_t colon,
                             size_t dash, struct tokens *left, struct diags *ds) {
  const struct token *word = &raw->list.v[from];
  size_t last = line_end(raw, from);
  const char *all = listed(raw, dash, &last, ds->arena);
  const char *write = opening_of_key(ds->arena, header_of_line(raw, i), word->name, all);
  if (!write) return 0;
  bool out = strncmp(write, "leave it out", 12) == 0;
  struct span at = {raw->src, word->at, raw->list.v[colon].end};
  diag_help(ds, diag_add(ds, V0104, at, "what a word says stands on its line, and is no list"),
            out ? "%s%s, with the lines below it" : "%s%s, in place of the lines below it",
            out ? "" : "write: ", write);
  leave_broken(word, left, ds->arena);
  return last - i;
}

/* ---- texts of several lines ----------------------------------------------------------- */

/* The column that the line of i begins at. */
static uint32_t column_of(const struct tokens *raw, size_t i) {
  size_t word = skip_blanks(raw, i);
  return raw->list.v[word].at - raw->list.v[i].at;
}

static bool says_condition(const char *word) {
  static const char *const words[] = {"when", "if", "condition", "expr", "criteria"};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (strcmp(words[k], word) == 0) return true;
  return false;
}

/* do: |, and a text on the lines below it, which are further in. */
static size_t block_of_yaml(const struct tokens *raw, size_t i, size_t from, struct tokens *out,
                            struct diags *ds) {
  const struct token *v = raw->list.v, *word = &v[from];
  size_t colon = skip_blanks(raw, from + 1), sign = skip_blanks(raw, colon + 1);
  if (!word->name || ends_line(raw, colon) || *text_of(raw, &v[colon]) != ':') return 0;
  if (ends_line(raw, sign) || !strchr("|>", *text_of(raw, &v[sign]))) return 0;
  size_t end = line_end(raw, sign);
  if (v[end - 1].end - v[sign].at > 2) return 0;
  const char *all = "";
  size_t lines = 0;
  for (size_t next = end + 1; next < raw->list.n; next = end + 1, lines++) {
    size_t first = skip_blanks(raw, next);
    if (ends_line(raw, first) || column_of(raw, next) <= column_of(raw, i)) break;
    end = line_end(raw, first);
    struct span text = {raw->src, v[first].at, v[end - 1].end};
    all = arena_printf(ds->arena, "%s%s%s", all, *all ? " " : "", span_text(ds->arena, text));
  }
  if (!lines) return 0;
  bool asks = says_condition(word->name);
  const char *write = asks ? arena_printf(ds->arena, "when %s", all)
                           : opening_of_key(ds->arena, header_of_line(raw, i), word->name,
                                            arena_printf(ds->arena, "\"%s\"", all));
  if (!write) write = arena_printf(ds->arena, "%s \"%s\"", word->name, all);
  struct span at = {raw->src, word->at, v[sign].end};
  diag_help(ds,
            diag_add(ds, V0104, at, "a text is one line, in quotes, without `%s`",
                     span_text(ds->arena, token_span(raw, &v[sign]))),
            "write: %s, in place of the lines below it", write);
  leave_broken(word, out, ds->arena);
  return end - i;
}

/* when:, and below it - health < 40; steps: likewise. */
static size_t list_of_yaml(const struct tokens *raw, size_t i, size_t from,
                           struct foreign_lines *told, struct tokens *out, struct diags *ds) {
  const struct token *word = &raw->list.v[from];
  size_t colon = skip_blanks(raw, from + 1), end = line_end(raw, from), row = 0, last = 0;
  if (!word->name || ends_line(raw, colon) || *text_of(raw, &raw->list.v[colon]) != ':') return 0;
  if (skip_blanks(raw, colon + 1) != end || end + 1 >= raw->list.n) return 0;
  size_t dash = item_at(raw, end + 1), n = sizeof headings / sizeof *headings;
  while (row < n && strcmp(headings[row].word, word->name) != 0) row++;
  if (row == n) return dash ? values_of_yaml(raw, i, from, colon, dash, out, ds) : 0;
  if (!dash) return heads_items(raw, end + 1) ? end + 1 - i : 0; /* when:, and below it any: */
  struct span at = {raw->src, word->at, raw->list.v[colon].end};
  int joins = headings[row].joins;
  const char *all = joined(raw, dash, joins == TOK_OR ? " or " : " and ", &last, ds->arena);
  if (!joins) {
    diag_help(ds, diag_add(ds, V0104, at, "each step is a line of its own, without a list"),
              "write: step %s, and so the lines below it",
              as_step(ds->arena, item_span(raw, dash)));
    told->joins = STEPS;
    return end - i;
  }
  diag_help(ds,
            diag_add(ds, V0104, at, "conditions are joined with `and` or `or`, and are no list"),
            "write: when %s, in place of the lines below it", all);
  struct token when = {.kind = TOK_NAME, .at = word->at, .end = word->end};
  when.name = intern(ds->arena, "when");
  VEC_PUSH(ds->arena, &out->list, when);
  told->joins = joins;
  return dash + 1 - i;
}

/* Leaves a step with the text of the item. */
static void leave_step(struct span item, struct tokens *out, struct arena *a) {
  struct token step = {.kind = TOK_NAME, .at = item.at - 1, .end = item.at - 1};
  /* where its quotes would be */
  struct token text = {.kind = TOK_STRING, .at = item.at - 1, .end = item.end + 1};
  step.name = intern(a, "step");
  text.name = span_text(a, item);
  VEC_PUSH(a, &out->list, step);
  VEC_PUSH(a, &out->list, text);
}

/* The text of `- Call`, `* Call`, `1. Call`, `2) Call` on the line of i; empty: it is none. */
static struct span step_at(const struct tokens *raw, size_t i) {
  size_t from = skip_blanks(raw, i), to = line_end(raw, from);
  while (to > from && is_blank(&raw->list.v[to - 1])) to--;
  struct span s = {raw->src, raw->list.v[from].at, raw->list.v[to > from ? to - 1 : from].end};
  const char *text = raw->src->text + s.at, *p = text + strspn(text, "0123456789");
  bool counted = p > text && (*p == '.' || *p == ')') && p[1] == ' ';
  bool marked = (*text == '-' || *text == '*') && text[1] == ' ';
  if (!counted && !marked) return (struct span){raw->src, s.at, s.at};
  s.at += (uint32_t)((counted ? p : text) + 2 - text);
  return s;
}

/* 1) Call, 2. Call below a playbook: the line becomes a step. */
static size_t counted_step(const struct tokens *raw, size_t i, size_t from,
                           struct foreign_lines *told, struct tokens *out, struct diags *ds) {
  const char *text = text_of(raw, &raw->list.v[from]);
  if (*text < '0' || *text > '9' || header_of_line(raw, i) != C_PLAYBOOK) return 0;
  struct span item = step_at(raw, i);
  if (item.end == item.at || raw->src->text[item.at] == '"') return 0;
  struct span line = {raw->src, raw->list.v[from].at, item.end};
  if (!told->listed)
    diag_help(ds, diag_add(ds, V0114, line, "a step of a playbook has no number"),
              "write: step %s; and so the lines below it", as_step(ds->arena, item));
  told->listed = true;
  leave_step(item, out, ds->arena);
  return line_end(raw, from) - i;
}

/* do:, and below it - Call, or 1. Call: the steps of a playbook. */
static size_t steps_of_do(const struct tokens *raw, size_t i, size_t from, struct tokens *out,
                          struct diags *ds) {
  const struct token *word = &raw->list.v[from];
  if (!word->name || strcmp(word->name, "do") != 0) return 0;
  size_t end = line_end(raw, from), behind = skip_blanks(raw, from + 1);
  bool colon = behind < end && *text_of(raw, &raw->list.v[behind]) == ':';
  if (skip_blanks(raw, behind + colon) != end || end + 1 >= raw->list.n) return 0;
  struct span first = step_at(raw, end + 1);
  if (first.end == first.at) return 0;
  for (size_t next = end + 1; next < raw->list.n; next = end + 1) {
    struct span step = step_at(raw, next);
    if (step.end == step.at) break;
    end = line_end(raw, skip_blanks(raw, next));
  }
  diag_help(ds,
            diag_add(ds, V0104, token_span(raw, word),
                     "the steps of a rule are those of a playbook, and `do` names it"),
            "write: do NAME, in place of the lines below it; and on lines of their own: playbook "
            "NAME, below it: step %s, due 2d, and so the others",
            as_step(ds->arena, first));
  leave_broken(word, out, ds->arena);
  return end - i;
}

/* A further item of the list above: its dash is an `and`. */
static size_t further_item(const struct tokens *raw, size_t i, struct foreign_lines *told,
                           struct tokens *out, struct diags *ds) {
  size_t dash = told->joins ? item_at(raw, i) : 0;
  if (!dash) {
    told->joins = 0;
    return 0;
  }
  if (told->joins == STEPS) {
    leave_step(item_span(raw, dash), out, ds->arena);
    return line_end(raw, dash) - i;
  }
  struct token join = {
      .kind = told->joins, .at = raw->list.v[dash].at, .end = raw->list.v[dash].end};
  VEC_PUSH(ds->arena, &out->list, join);
  return dash + 1 - i;
}

size_t take_foreign_line(const struct tokens *raw, size_t i, struct foreign_lines *told,
                         struct tokens *out, struct diags *ds) {
  if (i > 0 && raw->list.v[i - 1].kind != TRIVIA_LINE_END) return 0;
  size_t from = skip_blanks(raw, i), taken = further_item(raw, i, told, out, ds);
  if (taken || ends_line(raw, from)) return taken;
  size_t block = take_foreign_block(raw, from, told, out, ds);
  if (block) return from - i + block;
  taken = bold(raw, i, from, told, out, ds);
  if (!taken) taken = take_speech(raw, i, from, told, ds);
  if (!taken) taken = copied(raw, i, from, told, ds);
  if (!taken) taken = counted_step(raw, i, from, told, out, ds);
  if (!taken) taken = steps_of_do(raw, i, from, out, ds);
  if (!taken) taken = block_of_yaml(raw, i, from, out, ds);
  if (!taken) taken = list_of_yaml(raw, i, from, told, out, ds);
  if (!taken) taken = bullet(raw, i, from, told, ds);
  size_t unknown = taken ? 0 : take_unknown_line(raw, from, told, ds);
  return unknown ? from - i + unknown : taken;
}
