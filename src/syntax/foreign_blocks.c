/* Blocks of other tools and of pages. In: raw tokens at the beginning of a line. Out: one message
 * for all lines of the block. */
#include "syntax/foreign_blocks.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/intern.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/unit.h"
#include "parse.h"
#include "syntax/foreign_branches.h"
#include "syntax/foreign_teams.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/raw_lines.h"
#include "syntax/spelling_signs.h"
#include "syntax/words.h"
#include "syntax/yaml_keys.h"

/* ---- blocks of dbt and of others ---------------------------------------------------------- */

static const struct block_row {
  const char *word, *tool, *write;
} block_rows[] = {
#define BLOCK(word, tool, write) {word, tool, write},
#include "syntax/foreign_block.def"
#undef BLOCK
};

static const struct block_row *block_at(const struct tokens *raw, struct raw_line x) {
  if (raw_is_empty(x) || !raw_colon_of(raw, x) || raw_column(raw, x) > 0) return NULL;
  for (size_t k = 0; k < sizeof block_rows / sizeof *block_rows; k++)
    if (strcmp(raw->list.v[x.from].name, block_rows[k].word) == 0) return &block_rows[k];
  return NULL;
}

static size_t take_block(const struct tokens *raw, size_t from, struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from), last = x, next;
  const struct block_row *row = block_at(raw, x), *said = row;
  if (!row) return 0;
  for (next = raw_next_line(raw, x);; next = raw_next_line(raw, next)) {
    const struct block_row *further = block_at(raw, next);
    if (!further && !raw_is_inner(raw, next)) break;
    if (further && raw_column(raw, last) == 0) said = further;
    last = next;
  }
  bool more = last.from != x.from;
  diag_help(ds,
            diag_add(ds, V0104, raw_line_span(raw, x), "`%s:` is of %s, and says nothing to rules",
                     said->word, said->tool),
            "leave it out%s; %s", more ? ", with the lines below it" : "", said->write);
  return raw_tokens_to(raw, from, last);
}

/* ---- forms ------------------------------------------------------------------------------- */

enum form_part { ASKED, LASTING, TEAM, ACTION, DAY, NAME, ROWS, TEXT, OTHER, FORM_PARTS };
static const struct {
  const char *words;
  enum form_part part;
} labels[] = {
#define LABEL(words, part) {words, part},
#include "syntax/form_label.def"
#undef LABEL
};
enum { N_LABELS = sizeof labels / sizeof *labels };

/* - **When:** health < 40, Enrollment trigger: health < 40. In: the line. Out: its part and what it
 * says, which stands in text; FORM_PARTS: it has no label. bold: it has signs, or several words. */
static enum form_part label_of(const struct tokens *raw, struct raw_line x, struct span *text,
                               bool *marked, struct arena *a) {
  if (raw_is_empty(x)) return FORM_PARTS;
  struct span s = raw_line_span(raw, x);
  const char *p = s.src->text + s.at, *end = s.src->text + s.end, *from, *to, *colon;
  p += (*p == '-' || *p == '*' || *p == '#') && p[1] == ' ' ? 2 : 0;
  p += strspn(p, "#* _");
  *marked = p > s.src->text && (p[-1] == '*' || p[-1] == '_');
  colon = memchr(p, ':', (size_t)(end - p));
  for (from = to = p; colon && to < colon && !strchr("*_", *to); to++) {
  }
  while (to > from && to[-1] == ' ') to--;
  if (!colon || colon - from > 40 || to == from) return FORM_PARTS;
  const char *word = text_lower(a, arena_strndup(a, from, (size_t)(to - from)));
  size_t k = 0; /* most lines with a colon are comments, and have none of the labels */
  while (k < N_LABELS && (*word != *labels[k].words || strcmp(word, labels[k].words) != 0)) k++;
  if (k == N_LABELS) return FORM_PARTS;
  *marked |= strchr(word, ' ') != NULL || english_word(word);
  for (from = colon + 1; from < end && strchr("*_ ", *from); from++) {
  }
  text->src = s.src, text->at = (uint32_t)(from - s.src->text), text->end = s.end;
  return labels[k].part;
}

/* The condition in signs: is less than as <, and AND as and. */
static const char *asked_here(const struct tokens *raw, struct span s, struct arena *a) {
  struct raw_line x = {0, 0};
  while (x.from < raw->list.n && raw->list.v[x.from].at < s.at) x.from++;
  for (x.to = x.from; x.to < raw->list.n && raw->list.v[x.to].end <= s.end && raw->list.v[x.to].end;
       x.to++) {
  }
  static const char *const said[][2] = {
      {" is less than ", " < "}, {" is greater than ", " > "}, {" is more than ", " > "},
      {" is below ", " < "},     {" is above ", " > "},        {" is at least ", " >= "},
      {" is at most ", " <= "},  {" is equal to ", " = "},     {" less than ", " < "},
      {" greater than ", " > "}, {" more than ", " > "},       {" below ", " < "},
      {" above ", " > "}};
  const char *text = raw_written_here(raw, x, a);
  for (size_t k = 0; k < sizeof said / sizeof *said; k++)
    for (const char *at; (at = strstr(text, said[k][0]));)
      text =
          arena_printf(a, "%.*s%s%s", (int)(at - text), text, said[k][1], at + strlen(said[k][0]));
  return text;
}

/* CS of `create task for CS, due in 7 days`: behind `for` or `to`, or the last word with a large
 * letter. */
static const char *team_named_in(const char *text, struct arena *a) {
  const char *found = NULL, *p = text;
  bool to = false;
  while (*p) {
    p += strspn(p, " ,.");
    size_t n = strcspn(p, " ,.");
    bool large = isupper((unsigned char)*p) && (p > text || n == strlen(text) || text[n] == ',');
    if (to || large) found = arena_strndup(a, p, n);
    if (to) break;
    to = (n == 2 && strncmp(p, "to", 2) == 0) || (n == 3 && strncmp(p, "for", 3) == 0);
    p += n;
  }
  return found;
}

/* 7d of `7 days`, `in 7 days`, `within 7d`; NULL: no length. */
static const char *length_named_in(const char *text, struct arena *a) {
  const char *p = strpbrk(text, "0123456789");
  if (!p) return NULL;
  size_t n = strspn(p, "0123456789"), gap = strspn(p + n, " ");
  const char *unit = p + n + gap;
  size_t m = strcspn(unit, " ,.;");
  const char *word = arena_strndup(a, unit, m), *sign = unit_sign(word);
  struct duration dur;
  const char *own = arena_printf(a, "%.*s%s", (int)n, p, word);
  if (strcmp(word, "m") != 0 && duration_parse(own, strlen(own), &dur)) return own;
  if (strncasecmp(word, "business", 8) == 0 || strncasecmp(word, "working", 7) == 0) sign = "bd";
  return sign ? arena_printf(a, "%.*s%s", (int)n, p, sign) : NULL;
}

static const char *rule_name_of(const char *text, struct arena *a) {
  char *name = arena_strdup(a, *text ? text_lower(a, text) : "my_rule");
  for (char *p = name; *p; p++)
    if (!isalnum((unsigned char)*p) && (unsigned char)*p < 0x80) *p = '_';
  return isdigit((unsigned char)*name) ? "my_rule" : name;
}

/* account for Accounts. */
static const char *rows_of(const char *text, struct arena *a) {
  char *rows = arena_strdup(a, text_lower(a, text));
  size_t n = strcspn(rows, " ,");
  if (n > 2 && rows[n - 1] == 's') n--;
  return arena_strndup(a, rows, n);
}

static void say_form(struct diags *ds, struct diag *d, const struct tokens *raw,
                     const struct span *found) {
  struct arena *a = ds->arena;
  const char *said[FORM_PARTS];
  for (int k = 0; k < FORM_PARTS; k++) said[k] = found[k].src ? span_text(a, found[k]) : "";
  const char *team = *said[TEAM] ? team_named_in(said[TEAM], a) : team_named_in(said[ACTION], a);
  const char *asked = found[ASKED].src ? asked_here(raw, found[ASKED], a) : "health < 40";
  const char *lasting = length_named_in(said[LASTING], a);
  if (lasting) asked = arena_printf(a, "(%s) for %s", asked, lasting);
  const char *due = length_named_in(*said[DAY] ? said[DAY] : said[ACTION], a);
  diag_help(ds, d, "write: rule %s for %s, below it: when %s, and below that: -> assign %s, due %s",
            rule_name_of(said[NAME], a), *said[ROWS] ? rows_of(said[ROWS], a) : "account", asked,
            team ? team : "CS", due ? due : "7d");
}

static size_t take_form(const struct tokens *raw, size_t from, struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from), last = x, next;
  struct span found[FORM_PARTS] = {{0}}, text;
  bool marked = false, any = false;
  int n = 0;
  for (next = x;; next = raw_next_line(raw, next), n++) {
    enum form_part part = label_of(raw, next, &text, &marked, ds->arena);
    if (part == FORM_PARTS || (n == 0 && !marked)) break;
    if (text.end > text.at) found[part] = text;
    any |= part == ASKED || part == ACTION || part == TEAM;
    last = next;
  }
  if (n == 0 || !any || (n == 1 && !found[ASKED].src)) return 0;
  struct diag *d = diag_add(ds, V0104, raw_line_span(raw, x), "a rule is no form with labels");
  say_form(ds, d, raw, found);
  return raw_tokens_to(raw, from, last);
}

/* groups:, and below it the alerts of Prometheus: the first of them is shown as a rule. */
static size_t take_alerts(const struct tokens *raw, size_t from, struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from), last = x, next;
  struct span found[FORM_PARTS] = {{0}};
  if (raw_is_empty(x) || raw_column(raw, x) > 0 || !raw_word_is(raw, from, "groups")) return 0;
  if (!raw_colon_of(raw, x)) return 0;
  for (next = raw_next_line(raw, x); raw_is_inner(raw, next); next = raw_next_line(raw, next)) {
    struct raw_line line = next;
    last = next;
    while (line.from < line.to &&
           (raw->list.v[line.from].kind == TOK_MINUS || raw_is_blank(&raw->list.v[line.from])))
      line.from++;
    size_t sign = raw_colon_of(raw, line), value = sign + 1;
    while (sign && value < line.to && raw_is_blank(&raw->list.v[value])) value++;
    if (!sign || value >= line.to) continue;
    const char *key = raw->list.v[line.from].name;
    enum form_part part = strcmp(key, "alert") == 0  ? NAME
                          : strcmp(key, "expr") == 0 ? ASKED
                          : strcmp(key, "for") == 0  ? LASTING
                          : strcmp(key, "team") == 0 ? TEAM
                                                     : OTHER;
    if (!found[part].src) found[part] = raw_line_span(raw, (struct raw_line){value, line.to});
  }
  if (!found[ASKED].src) return 0;
  struct diag *d = diag_add(ds, V0104, raw_line_span(raw, x),
                            "`groups:` is of Prometheus: in rule files each alert is a rule");
  say_form(ds, d, raw, found);
  return raw_tokens_to(raw, from, last);
}

/* ---- templates --------------------------------------------------------------------------- */

/* {% set floor = 40 %}, {{ config(…) }}, {# … #}, alone on their line. */
static size_t take_template(const struct tokens *raw, size_t from, struct foreign_lines *told,
                            struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from);
  if (x.to < x.from + 2 || !raw_is_char(raw, from, '{')) return 0;
  struct span s = raw_line_span(raw, x);
  const char *p = s.src->text + s.at;
  size_t n = s.end - s.at;
  if (n < 5 || !strchr("%{#", p[1]) || strncmp(p + n - 1, "}", 1) != 0) return 0;
  if (p[1] == '{' && !memchr(p, '(', n)) return 0;
  const char *said = arena_strndup(ds->arena, p + 2, n - 4);
  said += strspn(said, " -");
  size_t m = strlen(said);
  while (m && strchr(" -", said[m - 1])) m--;
  bool sets = strncmp(said, "set ", 4) == 0;
  if (told->template && !sets && p[1] != '#') return raw_tokens_to(raw, from, x);
  told->template = true;
  struct diag *d = diag_add(ds, V0104, s, "a rule file is no template, and nothing is filled in");
  if (p[1] == '#')
    diag_help(ds, d, "write: # %.*s", (int)m, said);
  else if (sets)
    diag_help(ds, d, "write: threshold %.*s", (int)m - 4, said + 4);
  else
    diag_help(ds, d, "leave it out, and such lines below it");
  return raw_tokens_to(raw, from, x);
}

/* ---- lists of KPIs and segments ------------------------------------------------------------ */

/* total_arr = sum of arr over account, as a header of the kind. */
static const char *declared_as(const char *kind, const char *name, const char *formula,
                               struct arena *a) {
  if (strcmp(kind, "segment") == 0)
    return arena_printf(a, "segment %s of account where %s", name, formula);
  return arena_printf(a, "%s %s = %s", kind, name, formula);
}

static const char *kind_of_heading(const char *word) {
  static const char *const kinds[][2] = {
      {"kpis", "kpi"},        {"metrics", "kpi"},   {"measures", "kpi"},   {"segments", "segment"},
      {"cohorts", "segment"}, {"lists", "segment"}, {"indicateurs", "kpi"}};
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    if (strcmp(word, kinds[k][0]) == 0) return kinds[k][1];
  return NULL;
}

/* kpis:, and below it - name: a, formula: …; segments:, and below it big: mrr > 5k */
static size_t take_things(const struct tokens *raw, size_t from, struct diags *ds) {
  static const char *const formulas[] = {"formula", "expr",  "expression", "sql",
                                         "value",   "where", "condition",  "definition",
                                         "filter",  "calc",  "measure",    "calculation"};
  struct raw_line x = raw_line_at(raw, from), last = x, next;
  struct arena *a = ds->arena;
  if (raw_is_empty(x) || raw_column(raw, x) > 0 || !raw_is_word(&raw->list.v[from])) return 0;
  if (!raw_colon_of(raw, x)) return 0;
  const char *kind = kind_of_heading(raw->list.v[from].name), *name = NULL, *all = "";
  size_t colon = kind ? raw_colon_of(raw, x) : 0;
  uint32_t column = 0;
  bool items = false;
  if (!colon || colon + 1 < x.to) return 0;
  for (next = raw_next_line(raw, x); raw_is_inner(raw, next); next = raw_next_line(raw, next)) {
    struct raw_line line = next;
    last = next;
    while (line.from < line.to &&
           (raw->list.v[line.from].kind == TOK_MINUS || raw_is_blank(&raw->list.v[line.from])))
      items = true, line.from++;
    size_t sign = raw_colon_of(raw, line), value = sign + 1;
    if (!column) column = raw_column(raw, next) + 1;
    while (sign && value < line.to && raw_is_blank(&raw->list.v[value])) value++;
    if (!sign || value >= line.to) continue;
    const char *key = raw->list.v[line.from].name, *formula = NULL;
    const char *text = raw_written_here(raw, (struct raw_line){value, line.to}, a);
    bool says_how = strcmp(key, "type") == 0 || strncmp(key, "agg", 3) == 0 ||
                    strcmp(key, "calculation_method") == 0;
    if ((says_how && aggregate_word(text)) || strcmp(key, "alert") == 0) return 0;
    if (items && strcmp(key, "name") == 0) name = rule_name_of(text, a);
    for (size_t k = 0; name && k < sizeof formulas / sizeof *formulas; k++)
      if (strcmp(key, formulas[k]) == 0)
        formula =
            strcmp(key, "measure") == 0 ? arena_printf(a, "sum of %s over account", text) : text;
    if (!items && raw_column(raw, next) + 1 == column) name = key, formula = text;
    if (!formula) continue;
    if (*formula == '"' && strlen(formula) > 2)
      formula = arena_strndup(a, formula + 1, strlen(formula) - 2);
    all =
        arena_printf(a, "%s%s%s", all, *all ? "; then: " : "", declared_as(kind, name, formula, a));
    name = NULL;
  }
  if (!*all) return 0;
  struct diag *d = diag_add(ds, V0104, raw_line_span(raw, x),
                            "`%s:` is how YAML writes it: each %s has a line of its own",
                            raw->list.v[from].name, kind);
  diag_help(ds, d, "write: %s, in place of the lines below it", all);
  return raw_tokens_to(raw, from, last);
}

/* ---- tables and titles ------------------------------------------------------------------- */

/* How many cells the line has, of one value each, with the sign between them; 0: it is no row. */
static int cells_of(const struct tokens *raw, struct raw_line x, char sign) {
  int cells = 1, values = 0;
  for (size_t i = x.from; i < x.to; i++) {
    const struct token *t = &raw->list.v[i];
    bool tab = memchr(raw->src->text + t->at, '\t', t->end - t->at) != NULL;
    bool gap = sign == '\t'  ? tab
               : sign == ';' ? raw_is_char(raw, i, ';')
                             : t->kind == TOK_COMMA || t->kind == TOK_LIST_COMMA;
    if (gap) cells++, values = 0;
    if (gap || raw_is_blank(t)) continue;
    bool value = raw_is_word(t) || t->kind == TOK_STRING || t->kind == TOK_NUMBER ||
                 t->kind == TOK_PERCENT || t->kind == TOK_DURATION || t->kind == TOK_DATE;
    value |= sign == ';' && t->kind != TOK_ARROW && !t->bad;
    if (!value || (++values > 1 && sign == ',')) return 0;
  }
  return cells > (sign == '\t' ? 1 : 2) ? cells : 0;
}

/* name, threshold, team as the header of a table, and rows below it. */
static size_t take_rows(const struct tokens *raw, size_t from, struct foreign_lines *told,
                        struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from), last = x, next;
  bool cell = !raw_is_empty(x) && from + 1 < x.to && raw->list.v[from + 1].kind == TOK_COMMA;
  if (raw_is_empty(x) || raw_column(raw, x) > 0 || !raw_is_word(&raw->list.v[from])) return 0;
  const struct token *behind = raw_beside(raw, from, 1);
  cell |= behind && raw->src->text[behind->at] == ';';
  char sign = '\t';
  int cells = cells_of(raw, x, sign);
  if (!cells) cells = cells_of(raw, x, sign = ',');
  if (!cells) cells = cells_of(raw, x, sign = ';');
  for (size_t i = x.from; cells && i < x.to; i++)
    if (raw->list.v[i].kind == TOK_NUMBER || raw->list.v[i].kind == TOK_PERCENT) return 0;
  if (!cells || (!cell && raw_begins_clause(raw, from, ds->arena))) return 0;
  for (next = raw_line_below(raw, x); !raw_is_empty(next) && cells_of(raw, next, sign) == cells;
       next = raw_line_below(raw, next))
    last = next;
  if (last.from == x.from) return 0;
  if (!told->table)
    diag_help(ds, diag_add(ds, V0104, raw_line_span(raw, x), "a rule file has no tables"),
              "a line of the table is a rule: rule NAME for account, below it: when …, and below "
              "that: -> assign CS, due 7d");
  told->table = true;
  return raw_tokens_to(raw, from, last);
}

/* 1.1 Renewal at risk; Renewals of the quarter, above a header: a title. */
static size_t take_title(const struct tokens *raw, size_t from, struct foreign_lines *told,
                         struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from);
  if (raw_is_empty(x) || raw_column(raw, x) > 0 || told->copied) return 0;
  const struct token *v = raw->list.v;
  bool counted = v[from].kind == TOK_NUMBER || v[from].bad == BAD_DOTS;
  size_t i = from + counted;
  while (counted && i < x.to &&
         (raw_is_blank(&v[i]) || v[i].kind == TOK_DOT || v[i].kind == TOK_RPAREN))
    i++;
  if (i >= x.to || !raw_is_word(&v[i]) || !isupper((unsigned char)*v[i].name)) return 0;
  int words = 0;
  for (size_t k = i; k < x.to; k++) {
    bool fine = raw_is_word(&v[k]) || raw_is_blank(&v[k]) || v[k].kind == TOK_MINUS ||
                raw_is_char(raw, k, '&');
    if (!fine || v[k].kind == TOK_IS) return 0;
    words += raw_is_word(&v[k]);
  }
  struct raw_line next = raw_next_line(raw, x);
  bool heads = !raw_is_empty(next) && raw_is_word(&v[next.from]) && header_word(v[next.from].name);
  if (!heads || (!counted && (words < 2 || raw_begins_clause(raw, i, ds->arena)))) return 0;
  diag_help(ds,
            diag_add(ds, V0106, raw_line_span(raw, x),
                     "a title is for the reader, and stands behind `#`"),
            "write: # %s", span_text(ds->arena, raw_line_span(raw, x)));
  return raw_tokens_to(raw, from, x);
}

/* Page 3 of 12; Marie [9:41 AM]: the margins of a page, and who wrote when. */
static size_t take_margin(const struct tokens *raw, size_t from, struct foreign_lines *told,
                          struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from);
  if (raw_is_empty(x) || raw_column(raw, x) > 0 || !raw->list.v[from].name) return 0;
  struct span s = raw_line_span(raw, x);
  const char *text = raw->src->text + s.at, *end = raw->src->text + s.end, *p = text;
  bool footer = strncasecmp(text, "page ", 5) == 0 && isdigit((unsigned char)text[5]);
  bool clock = false;
  for (; p + 3 < end && !clock; p++)
    clock = isdigit((unsigned char)p[0]) && p[1] == ':' && isdigit((unsigned char)p[2]) &&
            isdigit((unsigned char)p[3]);
  clock = clock && !strpbrk(span_text(ds->arena, s), "<>=\"");
  if (!footer && (!clock || raw_begins_clause(raw, from, ds->arena))) return 0;
  if (!told->copied)
    diag_help(ds,
              diag_add(ds, V0104, s, "this line was copied with the rules from a page or a chat"),
              "remove it, and those like it below");
  told->copied = true;
  return raw_tokens_to(raw, from, x);
}

static bool says_something(const struct token *t) {
  switch (t->kind) {
    case TOK_EQ:
    case TOK_NE:
    case TOK_LT:
    case TOK_LE:
    case TOK_GT:
    case TOK_GE:
    case TOK_STRING:
    case TOK_ARROW:
    case TOK_IS:
    case TOK_WITHIN:
    case TOK_OVERDUE:
    case TOK_MATCHES:
    case TOK_OLDER:
    case TOK_KNOWN:
    case TOK_UNKNOWN:
    case TOK_AND:
    case TOK_OR:
    case TOK_NOT:
    case TOK_IN: return true;
    default: return false;
  }
}

/* CREATE ROLE reader; Next steps: a line at the margin with no word of rule files at its beginning,
 * and no condition. */
size_t take_unknown_line(const struct tokens *raw, size_t from, struct foreign_lines *told,
                         struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from), next = raw_line_below(raw, x);
  if (raw_is_empty(x) || raw_column(raw, x) > 0 || !raw_is_word(&raw->list.v[from])) return 0;
  if (!raw_is_empty(next) && raw->list.v[next.from].kind == TOK_ARROW) return 0;
  size_t names = 0, signs = 0;
  for (size_t i = x.from; i < x.to; i++) {
    const struct token *t = &raw->list.v[i];
    if (says_something(t)) return 0;
    names += raw_is_word(t);
    signs += t->bad == BAD_CHARACTER && !strchr("'`[{", raw->src->text[t->at]);
  }
  if (names < 2 || !signs || raw_colon_of(raw, x)) return 0;
  enum clause_kind head = header_of_line(raw, from);
  if (head == C_ENTITY || head == C_PAGE || raw_begins_clause(raw, from, ds->arena)) return 0;
  size_t n = 0;
  while (clause_words()[n]) n++;
  if (suggest(raw->list.v[from].name, clause_words(), n)) return 0;
  if (!told->speech)
    diag_help(ds,
              diag_add(ds, V0104, raw_line_span(raw, x),
                       "this line is none of rule files: `%s` begins none, and nothing is compared",
                       raw->list.v[from].name),
              "what is for the reader stands behind #; a rule is: rule NAME for account, below it: "
              "when …, and below that: -> assign CS, due 7d");
  told->speech = true;
  return raw_tokens_to(raw, from, x);
}

/* AND alone on its line: it joins what stands below it. */
static size_t take_lone_word(const struct tokens *raw, size_t from, struct tokens *out,
                             struct diags *ds) {
  static const char *const words[][2] = {{"and", "and"}, {"or", "or"}, {"et", "and"}, {"ou", "or"}};
  struct raw_line x = raw_line_at(raw, from), next;
  if (x.to != x.from + 1 || !raw_is_word(&raw->list.v[from])) return 0;
  for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
    if (strcasecmp(raw->list.v[from].name, words[k][0]) != 0) continue;
    next = raw_line_below(raw, x);
    if (raw_is_empty(next)) return 0;
    diag_help(ds,
              diag_add(ds, V0114, raw_line_span(raw, x),
                       "the word that joins two conditions stands before the second one"),
              "leave this line out; the one below it becomes: %s %s", words[k][1],
              span_text(ds->arena, raw_line_span(raw, next)));
    struct token joins = raw->list.v[from];
    joins.kind = k % 2 ? TOK_OR : TOK_AND;
    joins.name = intern(ds->arena, words[k][1]);
    VEC_PUSH(ds->arena, &out->list, joins);
    size_t end = x.to;
    while (!raw_ends_line(raw, end)) end++;
    return end + 1 - from; /* with the end of its line */
  }
  return 0;
}

/* Does the line above go on here: kpi x of account =, and below it if … Lines are asked one after
 * the other, and what is above is looked at once: a block of comments can be long. */
static bool goes_on_from_above(const struct tokens *raw, size_t from, struct foreign_lines *told) {
  for (; told->looked < from; told->looked++) {
    const struct token *t = &raw->list.v[told->looked];
    if (t->kind >= 0 || t->bad) told->before = t->kind;
  }
  int before = told->before;
  return before == TOK_EQ || before == TOK_COMMA || before == TOK_LPAREN || before == TOK_THEN ||
         before == TOK_PLUS || before == TOK_MINUS || before == TOK_STAR || before == TOK_SLASH;
}

size_t take_foreign_block(const struct tokens *raw, size_t from, struct foreign_lines *told,
                          struct tokens *out, struct diags *ds) {
  if (goes_on_from_above(raw, from, told)) return 0;
  size_t taken = take_block(raw, from, ds);
  if (!taken) taken = take_teams(raw, from, out, ds);
  if (!taken) taken = take_things(raw, from, ds);
  if (!taken) taken = take_alerts(raw, from, ds);
  if (!taken) taken = take_template(raw, from, told, ds);
  if (!taken) taken = take_form(raw, from, ds);
  if (!taken) taken = take_branches(raw, from, ds);
  if (!taken) taken = take_rows(raw, from, told, ds);
  if (!taken) taken = take_title(raw, from, told, ds);
  if (!taken) taken = take_lone_word(raw, from, out, ds);
  if (!taken) taken = take_margin(raw, from, told, ds);
  return taken ? taken : take_measure(raw, from, out, ds);
}
