/* Formulas of programs. In: raw tokens. Out: one message for the whole formula, with what is the
 * same here, made of its own words. */
#include "syntax/foreign_program.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/raw_lines.h"
#include "syntax/spelling_signs.h"

static const char *singular_of(struct arena *a, const char *name) {
  const char *low = text_lower(a, name);
  size_t n = strlen(low);
  if (n > 4 && strcmp(low + n - 3, "ies") == 0) return arena_printf(a, "%.*sy", (int)n - 3, low);
  return n > 2 && low[n - 1] == 's' ? arena_strndup(a, low, n - 1) : low;
}

/* The raw token of the bracket that goes with the one at i, on its line; 0: none. */
static size_t closing(const struct tokens *raw, size_t i) {
  int depth = 0;
  for (; !raw_ends_line(raw, i); i++) {
    char c = raw->src->text[raw->list.v[i].at];
    bool sign = raw->list.v[i].end == raw->list.v[i].at + 1;
    depth += sign && strchr("([{", c) ? 1 : sign && strchr(")]}", c) ? -1 : 0;
    if (depth == 0) return i;
  }
  return 0;
}

/* The text of the tokens in signs of rule files, without `row.` before names. */
static const char *without_row(const struct tokens *raw, struct raw_line x, const char *row,
                               struct arena *a) {
  const char *out = "";
  for (size_t i = x.from; i < x.to; i++) {
    bool named = raw_word_is(raw, i, row) && i + 1 < x.to && raw->list.v[i + 1].kind == TOK_DOT;
    if (named && ++i) continue;
    const char *text = raw_written_here(raw, (struct raw_line){i, i + 1}, a);
    out = arena_printf(a, "%s%s", out, raw_is_blank(&raw->list.v[i]) ? " " : text);
  }
  while (*out == ' ') out++;
  size_t n = strlen(out);
  while (n && out[n - 1] == ' ') n--;
  return arena_strndup(a, out, n);
}

/* The word of the list behind i, before `end`; 0: none. */
static size_t find_word(const struct tokens *raw, size_t i, size_t end, const char *word) {
  for (; i < end; i++)
    if (raw_word_is(raw, i, word)) return i;
  return 0;
}

/* Behind the `=` of a formula, and the last of its line: it needs no parentheses. */
static bool stands_alone(const struct tokens *raw, size_t i, size_t last) {
  const struct token *before = raw_beside(raw, i, -1), *next = raw_beside(raw, last, 1);
  return before && before->kind == TOK_EQ && !next;
}

/* sum(a.mrr for a in accounts if a.plan == "Pro"), len([t for t in tickets]), any(… for …) */
static size_t take_list(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  const struct token *v = raw->list.v;
  struct arena *a = ds->arena;
  if (v[i].kind < 0 || !raw_is_word(&v[i]) || i + 1 >= raw->list.n) return 0;
  if (v[i + 1].kind != TOK_LPAREN || v[i + 1].at != v[i].end) return 0;
  size_t last = closing(raw, i + 1), from = i + 2, to = last;
  if (!last) return 0;
  if (raw_is_char(raw, from, '[') && closing(raw, from) == last - 1) from++, to--;
  size_t loop = find_word(raw, from, to, "for"), in = loop ? find_word(raw, loop, to, "in") : 0;
  if (!in || loop + 2 >= in || in + 2 >= to || !raw_is_word(&v[loop + 2])) return 0;
  const char *row = v[loop + 2].name, *rows = v[in + 2].name;
  if (!rows) return 0;
  size_t asks = find_word(raw, in, to, "if");
  const char *what = without_row(raw, (struct raw_line){from, loop}, row, a);
  const char *where = asks ? without_row(raw, (struct raw_line){asks + 1, to}, row, a) : "";
  const char *of = singular_of(a, rows), *fn = aggregate_word(text_lower(a, v[i].name)), *out;
  bool any = raw_word_is(raw, i, "any"), all = raw_word_is(raw, i, "all"), alone;
  bool counts = raw_word_is(raw, i, "len") || strcmp(what, row) == 0 || strcmp(what, "1") == 0;
  if (any || all)
    out = arena_printf(a, all ? "(count of %s where not (%s)) = 0" : "(count of %s where %s) > 0",
                       of, what);
  else if (counts)
    out = arena_printf(a, "count of %s%s%s", of, *where ? " where " : "", where);
  else if (fn)
    out = arena_printf(a, "%s of %s over %s%s%s", fn, what, of, *where ? " where " : "", where);
  else
    return 0;
  *t = v[i], t->kind = TOK_BROKEN, t->end = v[last].end;
  alone = any || all || stands_alone(raw, i, last);
  diag_help(ds,
            diag_add(ds, V0106, token_span(raw, t),
                     "rows are put together without a loop: an aggregate names them"),
            alone ? "write: %s" : "write: (%s)", out);
  return last + 1 - i;
}

/* ---- data frames ------------------------------------------------------------------------- */

/* accounts["mrr"].sum(), accounts[accounts["plan"] == "Pro"]["mrr"].mean(), accounts.groupby(…) */
static size_t take_frame(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  const struct token *v = raw->list.v;
  struct arena *a = ds->arena;
  if (v[i].kind != TOK_NAME || i + 4 >= raw->list.n || v[i + 1].at != v[i].end) return 0;
  bool grouped = v[i + 1].kind == TOK_DOT && raw_word_is(raw, i + 2, "groupby");
  if (!grouped && !raw_is_char(raw, i + 1, '[')) return 0;
  const char *rows = singular_of(a, v[i].name), *column = NULL, *where = NULL, *group = NULL;
  size_t k = i + 1;
  for (size_t end; !raw_ends_line(raw, k) && v[k].at == v[k - 1].end; k = end + 1) {
    bool call = v[k].kind == TOK_DOT && k + 2 < raw->list.n && raw_is_word(&v[k + 1]) &&
                v[k + 2].kind == TOK_LPAREN;
    if (!call && !raw_is_char(raw, k, '[')) break;
    if (!(end = closing(raw, call ? k + 2 : k))) return 0;
    const struct token *inner = &v[call ? k + 3 : k + 1];
    const char *fn = call ? aggregate_word(text_lower(a, v[k + 1].name)) : NULL;
    if (call && raw_word_is(raw, k + 1, "groupby")) {
      group = inner->name;
    } else if (call) {
      if (!fn) return 0;
      bool counts = strcmp(fn, "count") == 0 || !column;
      const char *tail = where ? arena_printf(a, " where %s", where) : "";
      const char *out = counts ? arena_printf(a, "count of %s%s", rows, tail)
                               : arena_printf(a, "%s of %s over %s%s", fn, column, rows, tail);
      *t = v[i], t->kind = TOK_BROKEN, t->end = v[end].end;
      struct diag *d = diag_add(ds, V0106, token_span(raw, t),
                                "what is put together of a table is an aggregate");
      if (group)
        diag_help(ds, d, "write: %s; and before the `=`: by %s", out, group);
      else
        diag_help(ds, d, stands_alone(raw, i, end) ? "write: %s" : "write: (%s)", out);
      return end + 1 - i;
    } else if (inner + 1 == &v[end] && inner->name) {
      column = inner->name;
    } else { /* accounts["plan"] == "Pro" */
      const char *asks = "";
      for (const struct token *x = inner; x < &v[end]; x++) {
        bool path = x->kind == TOK_NAME && raw_is_char(raw, (size_t)(x + 1 - v), '[');
        if (path && x[2].name && x + 3 < &v[end]) {
          asks = arena_printf(a, "%s%s", asks, x[2].name), x += 3;
          continue;
        }
        size_t at = (size_t)(x - v);
        bool blank = raw_is_blank(x);
        asks = arena_printf(a, "%s%s", asks,
                            blank ? " " : raw_written_here(raw, (struct raw_line){at, at + 1}, a));
      }
      where = asks;
    }
  }
  return 0;
}

/* ---- tables in braces -------------------------------------------------------------------- */

/* threshold floors = {"Pro": 40, "Basic": 30}, [("Pro", 40), ("Basic", 30)] */
static size_t take_pairs(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  const struct token *v = raw->list.v;
  bool opens = raw_is_char(raw, i, '{') || raw_is_char(raw, i, '[');
  if (!opens || !raw_word_is(raw, first_of_line(raw, i), "threshold")) return 0;
  size_t last = closing(raw, i);
  const struct token *before = raw_beside(raw, i, -1), *name = NULL;
  if (!last || !before || before->kind != TOK_EQ) return 0;
  const char *out = "";
  for (size_t k = i + 1; k < last; k++) {
    bool value = v[k].kind == TOK_NUMBER || v[k].kind == TOK_PERCENT || v[k].kind == TOK_DURATION;
    if (v[k].name) name = &v[k];
    if (!value || !name) continue;
    out = arena_printf(ds->arena, "%s%sfor \"%s\" = %s", out, *out ? ", and: " : "", name->name,
                       span_text(ds->arena, token_span(raw, &v[k])));
    name = NULL;
  }
  if (!*out) return 0;
  const struct token *called = raw_beside(raw, first_of_line(raw, i), 1);
  *t = v[i], t->kind = TOK_BROKEN, t->end = v[last].end;
  diag_help(ds,
            diag_add(ds, V0104, token_span(raw, t),
                     "a threshold has a line below it for each value it depends on"),
            "write: threshold %s by plan, below it: %s; with what it depends on in place of plan",
            called->name ? called->name : "floor", out);
  return last + 1 - i;
}

size_t take_program(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  size_t n = take_list(raw, i, t, ds);
  if (!n) n = take_frame(raw, i, t, ds);
  return n ? n : take_pairs(raw, i, t, ds);
}
