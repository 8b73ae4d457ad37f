/* Branches and formulas of other languages. In: raw tokens. Out: one message for all the lines of
 * one, with the rules or the formula that say the same here. */
#include "syntax/foreign_branches.h"

#include <string.h>
#include <strings.h>

#include "base/intern.h"
#include "base/text.h"
#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/raw_lines.h"
#include "syntax/words.h"

static bool said(const struct tokens *raw, size_t i, const char *const *list) {
  const struct token *t = &raw->list.v[i];
  for (; raw_is_word(t) && *list; list++)
    if (strcasecmp(t->name, *list) == 0) return true;
  return false;
}

/* ---- if, else --------------------------------------------------------------------------- */

static const char *const ifs[] = {"if", "si", NULL};
static const char *const else_ifs[] = {"elif", "elseif", "elsif", NULL};
static const char *const elses[] = {"else", "otherwise", "sinon", NULL};

/* What a branch asks, and what it does; asked is NULL for the last one. */
struct branch {
  const char *asked, *acts;
};

/* The first token of the line that the action begins with: an arrow, then, a colon at the end. */
static size_t end_of_condition(const struct tokens *raw, struct raw_line x) {
  static const char *const thens[] = {"then", "alors", NULL};
  for (size_t i = x.from; i < x.to; i++) {
    bool colon =
        raw->list.v[i].bad == BAD_CHARACTER && strchr(":{,", raw->src->text[raw->list.v[i].at]);
    if (raw->list.v[i].kind == TOK_ARROW || raw->list.v[i].kind == TOK_COMMA || colon ||
        said(raw, i, thens))
      return i;
  }
  return x.to;
}

/* The team that is named: behind `assign` and `to`, or what begins with a large letter. */
static const char *team_in(const struct tokens *raw, struct raw_line x) {
  static const char *const before[] = {"assign", "to",       "for",      "notify", "alert",
                                       "task",   "assigner", "affecter", "\u00E0", NULL};
  for (size_t i = x.from; i + 1 < x.to; i++) {
    size_t next = i + 1;
    while (next < x.to &&
           (raw_is_blank(&raw->list.v[next]) || raw->list.v[next].kind == TOK_LPAREN))
      next++;
    const struct token *t = &raw->list.v[next];
    if (next < x.to && said(raw, i, before) && t->name && *t->name >= 'A' && *t->name <= 'Z')
      return t->name;
  }
  return NULL;
}

/* 7d of due 7d, in 7 days; NULL: no length is said. */
static const char *length_in(const struct tokens *raw, struct raw_line x, struct arena *a) {
  for (size_t i = x.from; i < x.to; i++) {
    const struct token *t = &raw->list.v[i];
    const char *text = span_text(a, token_span(raw, t));
    if (t->kind == TOK_DURATION) return text;
    if (t->kind == TOK_NUMBER && i + 1 < x.to && t[1].kind == TOK_RPAREN)
      return arena_printf(a, "%sd", text); /* assign("CS", 7) */
    if (t->kind != TOK_NUMBER || i + 2 >= x.to || !raw_is_word(&raw->list.v[i + 2])) continue;
    const char *sign = unit_sign(raw->list.v[i + 2].name);
    if (sign) return arena_printf(a, "%s%s", text, sign);
  }
  return NULL;
}

/* -> assign CS, due 7d of what the lines say; NULL: they do nothing that a rule does. */
static const char *action_of(const struct tokens *raw, struct raw_line x, struct arena *a) {
  if (x.from >= x.to) return NULL;
  if (raw->list.v[x.from].kind == TOK_ARROW && x.to > x.from + 3)
    return raw_written_here(raw, x, a);
  const char *team = team_in(raw, x), *due = length_in(raw, x, a);
  return team ? arena_printf(a, "-> assign %s, due %s", team, due ? due : "7d") : NULL;
}

/* The branch that begins at the line; *last is its last line. */
static struct branch read_branch(const struct tokens *raw, struct raw_line x, struct raw_line *last,
                                 struct arena *a) {
  struct branch b = {0};
  size_t word = x.from + 1, end;
  bool otherwise = said(raw, x.from, elses);
  while (word < x.to && raw_is_blank(&raw->list.v[word])) word++;
  if (otherwise && word < x.to && said(raw, word, ifs)) otherwise = false, word++;
  end = otherwise ? word : end_of_condition(raw, (struct raw_line){word, x.to});
  if (!otherwise) b.asked = raw_written_here(raw, (struct raw_line){word, end}, a);
  while (end < x.to && raw->list.v[end].kind != TOK_ARROW && !(raw_is_word(&raw->list.v[end])))
    end++;
  b.acts = action_of(raw, (struct raw_line){end, x.to}, a);
  *last = x;
  struct raw_line next = raw_line_below(raw, x);
  for (; next.from < next.to && raw_column(raw, next) > 0; next = raw_line_below(raw, next)) {
    if (!b.acts) b.acts = action_of(raw, next, a);
    *last = next;
  }
  return b;
}

/* Behind the brace that the branch above ends with, on the same line. */
static struct raw_line behind_brace(const struct tokens *raw, struct raw_line x) {
  if (x.from >= x.to || raw->src->text[raw->list.v[x.from].at] != '}') return x;
  for (x.from++; x.from < x.to && raw_is_blank(&raw->list.v[x.from]);) x.from++;
  return x;
}

static bool goes_on(const struct tokens *raw, struct raw_line x, uint32_t column) {
  if (x.from >= x.to || raw_column(raw, x) != column) return false;
  x = behind_brace(raw, x);
  return x.from < x.to && (said(raw, x.from, elses) || said(raw, x.from, else_ifs));
}

/* Branches of a cell of a sheet or of a program, each a rule of its own. */
size_t take_branches(const struct tokens *raw, size_t from, struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from), last = x, next;
  if (x.from >= x.to || !said(raw, x.from, ifs) || raw_column(raw, x) > 0) return 0;
  const char *rules = "", *before = "";
  int branches = 0;
  for (next = x; branches == 0 || goes_on(raw, next, 0); next = raw_line_below(raw, last)) {
    struct branch b = read_branch(raw, behind_brace(raw, next), &last, ds->arena);
    const char *asked = b.asked && *before ? arena_printf(ds->arena, "%s and %s", before, b.asked)
                        : b.asked          ? b.asked
                                           : before;
    if (b.acts)
      rules = arena_printf(ds->arena, "%s%s%s %s", rules, *rules ? "; and: " : "", asked, b.acts);
    if (b.asked)
      before = arena_printf(ds->arena, "%s%snot (%s)", before, *before ? " and " : "", b.asked);
    branches++;
  }
  if (branches < 2) return 0;
  if (next.from < next.to && raw->src->text[raw->list.v[next.from].at] == '}') last = next;
  diag_help(
      ds,
      diag_add(ds, V0114, raw_line_span(raw, x),
               "a rule has one condition and one action: each branch is a rule of its own"),
      *rules ? "on lines of their own: %s" : "for example: health < 40 -> assign CS, due 7d%s",
      rules);
  size_t end = last.to;
  while (!raw_ends_line(raw, end)) end++;
  return end - from;
}

/* ---- case ------------------------------------------------------------------------------- */

enum { CASE_LINES_MOST = 60 };

/* The token `end` of the `case` at i, on a later line; 0: there is none. */
static size_t end_of_case(const struct tokens *raw, size_t i) {
  static const char *const ends[] = {"end", NULL}, *const whens[] = {"when", NULL};
  int lines = 0, whens_seen = 0;
  for (size_t k = i + 1; k < raw->list.n && lines < CASE_LINES_MOST; k++) {
    lines += raw->list.v[k].kind == TRIVIA_LINE_END;
    whens_seen += said(raw, k, whens);
    if (said(raw, k, ends)) return lines && whens_seen ? k : 0;
    if (header_word(raw->list.v[k].name ? raw->list.v[k].name : "")) return 0;
  }
  return 0;
}

size_t take_case_of_lines(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  static const char *const cases[] = {"case", NULL}, *const whens[] = {"when", NULL},
                           *const thens[] = {"then", NULL}, *const last[] = {"else", NULL};
  if (!said(raw, i, cases)) return 0;
  size_t end = end_of_case(raw, i), from = i + 1, k;
  if (!end) return 0;
  const struct token *before = i ? &raw->list.v[i - 1] : NULL;
  while (before > raw->list.v && before->kind < 0) before--;
  bool alone = !before || before->kind == TOK_EQ;
  const char *out = "", *of = "";
  bool otherwise = false;
  int n = 0;
  for (k = i + 1; k <= end; k++) {
    bool when = said(raw, k, whens), then = said(raw, k, thens), other = said(raw, k, last);
    if (!when && !then && !other && k < end) continue;
    const char *part = raw_written_here(raw, (struct raw_line){from, k}, ds->arena);
    if (!n && *part) of = arena_printf(ds->arena, " %s is", part);
    out = n ? arena_printf(ds->arena, "%s %s", out, part) : out;
    if (when) out = arena_printf(ds->arena, "%s%s%s", out, n++ ? " else if" : "if", of);
    if (then) out = arena_printf(ds->arena, "%s then", out);
    if (other) out = arena_printf(ds->arena, "%s else", out), otherwise = true;
    from = k + 1;
  }
  *t = raw->list.v[i], t->kind = TOK_BROKEN;
  diag_help(ds, diag_add(ds, V0106, token_span(raw, t), "`case` is written with `if`"),
            alone ? "write: %s%s, in place of the lines below it, up to `end`"
                  : "write: (%s%s), in place of the lines below it, up to `end`",
            out, otherwise ? "" : " else unknown");
  return end + 1 - i;
}

/* ---- measures --------------------------------------------------------------------------- */

static bool is_bracket(const struct tokens *raw, size_t i) {
  const struct token *t = &raw->list.v[i];
  return t->bad == BAD_CHARACTER && strchr("[]", raw->src->text[t->at]) != NULL;
}

/* The `=` or `:=` behind words alone; 0: none. */
static size_t sign_of_measure(const struct tokens *raw, struct raw_line x) {
  size_t i = x.from;
  while (i < x.to &&
         (raw_is_word(&raw->list.v[i]) || raw_is_blank(&raw->list.v[i]) || is_bracket(raw, i)))
    i++;
  while (i < x.to && raw->list.v[i].bad == BAD_CHARACTER &&
         raw->src->text[raw->list.v[i].at] == ':')
    i++;
  return i > x.from && i + 1 < x.to && raw->list.v[i].kind == TOK_EQ && !raw->list.v[i].bad ? i : 0;
}

/* Total ARR, the words before the sign, as one name: total_arr. */
static const char *name_of_measure(const struct tokens *raw, struct raw_line x, size_t sign,
                                   struct arena *a) {
  const char *out = "";
  for (size_t i = x.from; i < sign; i++)
    if (raw_is_word(&raw->list.v[i]))
      out = arena_printf(a, "%s%s%s", out, *out ? "_" : "", text_lower(a, raw->list.v[i].name));
  return out;
}

/* sum of arr over account for SUM(account[arr]); NULL: it is more, or has no table. */
static const char *measured(const struct tokens *raw, struct raw_line x, struct arena *a) {
  static const struct {
    const char *call, *fn;
  } calls[] = {{"sum", "sum"}, {"average", "avg"}, {"avg", "avg"},         {"min", "min"},
               {"max", "max"}, {"count", "count"}, {"countrows", "count"}, {"median", "median"}};
  while (x.from < x.to && raw_is_blank(&raw->list.v[x.from])) x.from++;
  const struct token *v = &raw->list.v[x.from];
  const char *table = NULL, *column = NULL;
  if (x.to < x.from + 4 || !raw_is_word(v) || v[1].kind != TOK_LPAREN) return NULL;
  for (size_t i = x.from + 2; i + 1 < x.to; i++) {
    const struct token *t = &raw->list.v[i];
    bool sign = t->kind == TOK_DOT || is_bracket(raw, i);
    if (t->bad == BAD_SINGLE_QUOTES || raw_is_word(t)) {
      if (table)
        column = t->name;
      else
        table = t->name;
    } else if (!sign && !raw_is_blank(t)) {
      return NULL;
    }
  }
  if (raw->list.v[x.to - 1].kind != TOK_RPAREN || !table) return NULL;
  char *rows = arena_strdup(a, text_lower(a, table));
  size_t n = strlen(rows);
  if (n > 2 && rows[n - 1] == 's') rows[n - 1] = 0;
  for (size_t k = 0; k < sizeof calls / sizeof *calls; k++) {
    if (strcasecmp(v->name, calls[k].call) != 0) continue;
    if (strcmp(calls[k].fn, "count") == 0) return arena_printf(a, "count of %s", rows);
    return column ? arena_printf(a, "%s of %s over %s", calls[k].fn, text_lower(a, column), rows)
                  : NULL;
  }
  return NULL;
}

/* Does a call in large letters, or a column in brackets, stand on the line? */
static bool is_of_sheets(const struct tokens *raw, struct raw_line x, struct arena *a) {
  for (size_t i = x.from; i + 1 < x.to; i++) {
    const struct token *t = &raw->list.v[i];
    bool column = i > x.from && t->bad == BAD_CHARACTER && raw->src->text[t->at] == '[';
    bool call = raw_is_word(t) && t[1].kind == TOK_LPAREN && t[1].at == t->end &&
                strcmp(t->name, text_lower(a, t->name)) != 0;
    if (column || call) return true;
  }
  return false;
}

static bool divides(const struct tokens *raw, struct raw_line x) {
  static const char *const calls[] = {"divide", "ratio", NULL};
  for (size_t i = x.from; i < x.to; i++)
    if (raw->list.v[i].kind == TOK_SLASH || said(raw, i, calls)) return true;
  return false;
}

/* A sentence that is a rule compares with `=`, too. */
static bool acts(const struct tokens *raw, struct raw_line x) {
  struct raw_line next = raw_line_below(raw, x);
  bool below = next.from < next.to && raw->list.v[next.from].kind == TOK_ARROW;
  for (size_t i = x.from; i < x.to; i++) below |= raw->list.v[i].kind == TOK_ARROW;
  return below;
}

/* Total ARR = SUM(account[arr]): a KPI without its word. */
size_t take_measure(const struct tokens *raw, size_t from, struct tokens *out, struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from);
  bool named = x.from < x.to && (raw_is_word(&raw->list.v[from]) || is_bracket(raw, from));
  if (!named || raw_column(raw, x) > 0) return 0;
  size_t sign = sign_of_measure(raw, x);
  if (!sign) return 0;
  const char *name = name_of_measure(raw, x, sign, ds->arena);
  struct raw_line formula = {sign + 1, x.to};
  bool sheet = is_of_sheets(raw, formula, ds->arena),
       titled = strchr(name, '_') && name[0] != raw->src->text[raw->list.v[from].at];
  if ((!sheet && !titled) || acts(raw, x) || raw_begins_clause(raw, from, ds->arena)) return 0;
  const char *written = measured(raw, formula, ds->arena);
  if (!written && !sheet) written = raw_written_here(raw, formula, ds->arena);
  struct diag *d =
      diag_add(ds, V0116, raw_line_span(raw, x), "what is computed begins with its word, `kpi`");
  if (written)
    diag_help(ds, d, "write: kpi %s = %s", name, written);
  else
    diag_help(ds, d,
              divides(raw, formula)
                  ? "for example: kpi %s = (count of deal where won) / (count of deal)"
                  : "for example: kpi %s = sum of arr over account where plan is \"Pro\"",
              name);
  struct token word = raw->list.v[from], called = word, broken = word;
  word.name = intern(ds->arena, "kpi");
  called.name = intern(ds->arena, name);
  broken.kind = TOK_BROKEN;
  VEC_PUSH(ds->arena, &out->list, word);
  VEC_PUSH(ds->arena, &out->list, called);
  VEC_PUSH(ds->arena, &out->list, broken);
  size_t end = x.to;
  while (!raw_ends_line(raw, end)) end++;
  return end - from;
}
