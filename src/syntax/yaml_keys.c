/* Lines of another format: `owner: CS`, `when: x > 1`. In: a colon after the first word of a line.
 * Out: one message for the lines that stand together, which says how they are written here. */
#include "syntax/yaml_keys.h"

#include <string.h>
#include <strings.h>

#include "parse.h"
#include "syntax/habits.h"
#include "syntax/words.h"

static bool line_end(const struct tokens *raw, size_t i) {
  int k = raw->list.v[i].kind;
  return k == TRIVIA_LINE_END || k == 0;
}

static size_t next_line(const struct tokens *raw, size_t i) {
  while (i < raw->list.n && !line_end(raw, i)) i++;
  return i < raw->list.n ? i + 1 : i;
}

static size_t skip_blanks(const struct tokens *raw, size_t i) {
  while (i < raw->list.n && raw->list.v[i].kind == TRIVIA_SPACE && !raw->list.v[i].bad) i++;
  return i;
}

static bool is_sign(const struct tokens *raw, size_t i, char sign) {
  return i < raw->list.n && raw->list.v[i].bad == BAD_CHARACTER &&
         raw->src->text[raw->list.v[i].at] == sign;
}

static bool is_colon(const struct tokens *raw, size_t i) { return is_sign(raw, i, ':'); }

/* Does `, "next":` begin here: the next key of a line of JSON? */
static bool next_key(const struct tokens *raw, size_t i) {
  if (raw->list.v[i].kind != TOK_COMMA) return false;
  size_t key = skip_blanks(raw, i + 1);
  return key < raw->list.n && raw->list.v[key].name && is_colon(raw, skip_blanks(raw, key + 1));
}

/* `key: value` at i, after a `-`, a brace or a comma: where key and value are. The index behind it;
 * 0: none. */
static size_t key_at(const struct tokens *raw, size_t i, const struct token **key,
                     struct span *value) {
  i = skip_blanks(raw, i);
  if (i < raw->list.n && (raw->list.v[i].kind == TOK_MINUS || is_sign(raw, i, '{') ||
                          raw->list.v[i].kind == TOK_COMMA))
    i = skip_blanks(raw, i + 1);
  if (i >= raw->list.n || !raw->list.v[i].name) return 0;
  *key = &raw->list.v[i];
  size_t colon = skip_blanks(raw, i + 1);
  bool named = colon < raw->list.n && raw->list.v[colon].name &&
               strcasecmp((*key)->name, "rule") == 0 &&
               strcasecmp(raw->list.v[colon].name, "name") == 0; /* Rule name: a */
  if (named) colon = skip_blanks(raw, colon + 1);
  if (!is_colon(raw, colon)) return 0;
  size_t first = skip_blanks(raw, colon + 1), last = first, k = first;
  if (first >= raw->list.n || line_end(raw, first)) return 0;
  for (; k < raw->list.n && !line_end(raw, k) && !next_key(raw, k); k++)
    if (raw->list.v[k].kind >= 0 && !is_sign(raw, k, '}') && raw->list.v[k].kind != TOK_COMMA)
      last = k;
  const struct token *text = &raw->list.v[first];
  *value = (struct span){raw->src, text->at, raw->list.v[last].end};
  bool quoted = first == last && text->kind == TOK_STRING && (*key)->kind == TOK_STRING;
  static const char *const asks[] = {"when", "if", "condition", "criteria", "expr", "filter"};
  for (size_t w = 0; first == last && text->kind == TOK_STRING && w < 6; w++)
    quoted |= strcasecmp((*key)->name, asks[w]) == 0;
  if (quoted) value->at++, value->end--;
  return k;
}

static bool key_line(const struct tokens *raw, size_t i, const struct token **key,
                     struct span *value) {
  return key_at(raw, i, key, value) != 0;
}

bool keyed_line_at(const struct source *src, uint32_t at) {
  const char *s = src->text + at, *end = src->text + src->size;
  if (s < end && (*s == '-' || *s == '{' || *s == ',')) s++;
  while (s < end && (*s == ' ' || *s == '\t')) s++;
  bool quoted = s < end && *s == '"';
  if (quoted) s++;
  const char *word = s;
  while (s < end && ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || *s == '_' ||
                     (s > word && *s >= '0' && *s <= '9') || (unsigned char)*s >= 0x80))
    s++;
  if (s == word) return false;
  if (s - word == 4 && strncasecmp(word, "rule name", 9) == 0 && s + 5 < end) s += 5;
  if (quoted && s < end && *s == '"') s++;
  while (s < end && (*s == ' ' || *s == '\t')) s++;
  if (s >= end || *s != ':') return false;
  for (s++; s < end && (*s == ' ' || *s == '\t'); s++) {
  }
  if (s < end && *s != '\n' && *s != '\r') return true;
  while (s < end && (*s == '\n' || *s == '\r' || *s == ' ')) s++;
  return s < end && (size_t)(s - src->text) > at && keyed_line_at(src, (uint32_t)(s - src->text));
}

enum part {
  NAME,
  ENTITY,
  CONDITION,
  TEAM,
  DEADLINE,
  METRIC,
  OPERATOR,
  VALUE,
  LASTING,
  AGGREGATE,
  FORMULA,
  TOP_SIDE,
  LOW_SIDE,
  PARTS
};
static const struct {
  const char *key;
  enum part part;
} parts[] = {{"rule", NAME},
             {"name", NAME},
             {"for", ENTITY},
             {"entity", ENTITY},
             {"when", CONDITION},
             {"if", CONDITION},
             {"condition", CONDITION},
             {"trigger", CONDITION},
             {"criteria", CONDITION},
             {"filter", CONDITION},
             {"action", TEAM},
             {"assign", TEAM},
             {"then", TEAM},
             {"assignee", TEAM},
             {"team", TEAM},
             {"due", DEADLINE},
             {"deadline", DEADLINE},
             {"alert", NAME},
             {"expr", CONDITION},
             {"metric", METRIC},
             {"field", METRIC},
             {"property", METRIC},
             {"measure", METRIC},
             {"column", METRIC},
             {"operator", OPERATOR},
             {"op", OPERATOR},
             {"value", VALUE},
             {"threshold", VALUE},
             {"below", VALUE},
             {"above", VALUE},
             {"lt", VALUE},
             {"gt", VALUE},
             {"lte", VALUE},
             {"gte", VALUE},
             {"duration", LASTING},
             {"type", AGGREGATE},
             {"agg", AGGREGATE},
             {"aggregation", AGGREGATE},
             {"calculation_method", AGGREGATE},
             {"aggregate", AGGREGATE},
             {"model", ENTITY},
             {"table", ENTITY},
             {"source", ENTITY},
             {"object", ENTITY},
             {"sql", FORMULA},
             {"expression", FORMULA},
             {"formula", FORMULA},
             {"numerator", TOP_SIDE},
             {"denominator", LOW_SIDE}};

/* Is it a length of time, as `for: 7d` is, which is no entity? */
static bool is_length(const struct tokens *raw, struct span value) {
  char c = raw->src->text[value.at];
  return c >= '0' && c <= '9';
}

enum clause_kind header_of_line(const struct tokens *raw, size_t i) {
  while (i > 0 && !line_end(raw, i - 1)) i--;
  for (; i > 0;) {
    for (i--; i > 0 && !line_end(raw, i - 1);) i--;
    const char *word = raw->list.v[i].name;
    int kind = word ? header_word(word) : 0;
    if (word && !kind) kind = misspelt_header(word);
    if (kind) return clause_of_keyword(kind);
  }
  return CLAUSE_KINDS;
}

/* health < 40 of the `when` above the line, under the same header; NULL: there is none. */
static const char *condition_over(const struct tokens *raw, size_t i, struct arena *a) {
  while (i > 0 && !line_end(raw, i - 1)) i--;
  while (i > 0) {
    size_t start = i - 1, word, end;
    while (start > 0 && !line_end(raw, start - 1)) start--;
    i = start, word = skip_blanks(raw, start);
    const char *name = word < raw->list.n ? raw->list.v[word].name : NULL;
    if (name && word == start && header_word(name)) return NULL;
    if (!name || strcmp(name, "when") != 0) continue;
    for (end = word; !line_end(raw, end);) end++;
    word = skip_blanks(raw, word + 1);
    return end > word ? span_text(a, (struct span){raw->src, raw->list.v[word].at,
                                                   raw->list.v[end - 1].end})
                      : NULL;
  }
  return NULL;
}

/* What the lines that stand together say; how many there are. */
static size_t read_block(const struct tokens *raw, size_t i, struct span found[PARTS]) {
  size_t n = 0;
  const struct token *key;
  struct span value;
  for (size_t end; i < raw->list.n && (end = key_at(raw, i, &key, &value)) != 0; n++) {
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
      if (strcasecmp(key->name, parts[k].key) == 0) {
        bool length = parts[k].part == ENTITY && is_length(raw, value);
        found[length ? LASTING : parts[k].part] = value;
        bool says_how = parts[k].part == VALUE && comparison_said(key->name);
        if (says_how) found[OPERATOR] = (struct span){raw->src, key->at, key->end};
      }
    i = end < raw->list.n && next_key(raw, end) ? end : next_line(raw, end);
  }
  return n;
}

static const char *or_text(struct arena *a, struct span s, const char *otherwise) {
  return s.src ? span_text(a, s) : otherwise;
}

/* CS of `assign CS`, behind a key that says so already. */
static const char *team_said(struct arena *a, struct span s) {
  const char *team = or_text(a, s, "CS");
  if (strncasecmp(team, "assign ", 7) == 0) team += 7;
  return strncasecmp(team, "to ", 3) == 0 ? team + 3 : team;
}

/* at_risk for "at risk": what may be the name of a rule. */
static const char *as_name(struct arena *a, struct span s) {
  char *name = arena_strdup(a, or_text(a, s, "my_rule"));
  if (*name == '"' || *name == '\'') name++;
  for (char *p = name; *p; p++)
    if (*p == ' ' || *p == '-')
      *p = '_';
    else if (*p == '"' || *p == '\'')
      *p = 0;
  return *name ? name : "my_rule";
}

/* orders of ref("orders") and of orders; ENTITY: nothing says whose rows they are. */
static const char *rows_said(struct arena *a, struct span s) {
  const char *text = or_text(a, s, "ENTITY"), *quote = strpbrk(text, "\"'");
  if (!quote) return text;
  size_t n = strcspn(quote + 1, "\"'");
  return n ? arena_strndup(a, quote + 1, n) : "ENTITY";
}

/* Can it stand after `for` here? Minutes and hours cannot. */
static bool is_days(const char *length) {
  const char *unit = length + strspn(length, "0123456789 ");
  bool short_unit = strchr("msh", *unit) && strncmp(unit, "mo", 2) != 0;
  return unit > length && *unit && !short_unit;
}

/* strategic: true */
static bool stands_alone(const char *key) {
  static const char *const flags[] = {"strategic", "leading", "lagging", "published"};
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
    if (strcmp(key, flags[i]) == 0) return true;
  return false;
}

/* "Call {label}" of a key whose value is a text; NULL: it has its quotes, or is another. */
static const char *text_here(struct arena *a, const char *key, struct span value) {
  static const char *const texts[] = {"do", "means", "decides", "because"};
  const char *text = span_text(a, value);
  if (strchr(text, '{') && value.src->text[value.end] == '}')
    text = span_text(a, (struct span){value.src, value.at, value.end + 1});
  for (size_t i = 0; *text != '"' && strchr(text, ' ') && i < sizeof texts / sizeof *texts; i++)
    if (strcmp(key, texts[i]) == 0) return arena_printf(a, "\"%s\"", text);
  return NULL;
}

/* ann@acme.example and [a, b] as they are written here: in quotes, without brackets. */
static const char *value_here(struct arena *a, struct span value) {
  const char *text = span_text(a, value), *out = "";
  if (*text == '[') text = arena_strndup(a, text + 1, strcspn(text + 1, "]"));
  while (*text) {
    text += strspn(text, ", ");
    size_t m = strcspn(text, ",");
    const char *one = arena_strndup(a, text, m);
    bool address = strchr(one, '@') && !strpbrk(one, "\"\' ");
    out = arena_printf(a, address ? "%s%s\"%s\"" : "%s%s%s", out, *out ? ", " : "", one);
    text += m;
  }
  return out;
}

/* threshold: above floor: 10, or lint: above V1015: off; NULL: the heading says nothing of the
 * lines below it. */
static const char *under_heading(struct arena *a, const char *heading, const char *key,
                                 struct span value) {
  static const char *const equals[] = {"threshold", "thresholds", "kpi", "kpis", "metrics"};
  for (size_t i = 0; heading && i < sizeof equals / sizeof *equals; i++)
    if (strcmp(heading, equals[i]) == 0)
      return arena_printf(a, "%s %s = %s", i < 2 ? "threshold" : "kpi", key, span_text(a, value));
  if (heading && strcmp(heading, "lint") == 0)
    return arena_printf(a, "lint %s %s%s", key, span_text(a, value),
                        strcmp(span_text(a, value), "off") == 0 ? " because \"the reason\"" : "");
  return NULL;
}

/* health < 40 for 7d, of a condition or of a metric, an operator and a value; NULL: none. */
static const char *condition_of(struct arena *a, const struct span found[PARTS]) {
  const char *text = found[CONDITION].src ? span_text(a, found[CONDITION]) : NULL;
  if (!text && found[METRIC].src && found[OPERATOR].src && found[VALUE].src) {
    const char *word = span_text(a, found[OPERATOR]);
    if (*word == '"' || *word == '\'') word = arena_strndup(a, word + 1, strlen(word) - 2);
    const char *sign = comparison_said(word);
    if (sign)
      text = arena_printf(a, "%s %s %s", span_text(a, found[METRIC]), sign,
                          span_text(a, found[VALUE]));
  }
  if (!text || !found[LASTING].src || !is_days(span_text(a, found[LASTING]))) return text;
  bool several = strstr(text, " and ") || strstr(text, " or ");
  return arena_printf(a, "%s%s%s for %s", several ? "(" : "", text, several ? ")" : "",
                      span_text(a, found[LASTING]));
}

/* Does the line above begin with an arrow? */
static bool arrow_above(const struct tokens *raw, size_t at) {
  while (at > 0 && !line_end(raw, at - 1)) at--;
  if (at == 0) return false;
  for (at--; at > 0 && !line_end(raw, at - 1);) at--;
  at = skip_blanks(raw, at);
  return at < raw->list.n && raw->list.v[at].kind == TOK_ARROW;
}

static void say_block(const struct tokens *raw, size_t at, struct diags *ds, struct diag *d,
                      const struct token *key, struct span value, const struct span found[PARTS],
                      size_t n, const char *heading) {
  struct arena *a = ds->arena;
  enum clause_kind header = header_of_line(raw, at);
  bool action = found[TEAM].src || found[DEADLINE].src;
  const char *team = team_said(a, found[TEAM]), *due = or_text(a, found[DEADLINE], "7d");
  const char *under = under_heading(a, heading, key->name, value);
  static const char *const idle[] = {"enabled",  "active",   "version",  "uuid",
                                     "interval", "schedule", "frequency"};
  for (size_t i = 0; n == 1 && i < sizeof idle / sizeof *idle; i++)
    if (strcasecmp(key->name, idle[i]) == 0) {
      diag_help(ds, d, "leave it out: a rule that stands here is judged whenever `vigie run` runs");
      return;
    }
  if (strcmp(key->name, "record") == 0 && found[CONDITION].src) {
    diag_help(ds, d, "write: kpi %s = %s, in place of the lines below it", span_text(a, value),
              span_text(a, found[CONDITION]));
    return;
  }
  if (found[TOP_SIDE].src && found[LOW_SIDE].src && found[NAME].src) {
    diag_help(ds, d, "write: kpi %s = %s / %s, in place of the lines below it",
              as_name(a, found[NAME]), span_text(a, found[TOP_SIDE]),
              span_text(a, found[LOW_SIDE]));
    return;
  }
  const char *agg = found[AGGREGATE].src ? aggregate_word(span_text(a, found[AGGREGATE])) : NULL;
  if (agg && (found[METRIC].src || found[NAME].src)) {
    const char *what = or_text(a, found[FORMULA].src ? found[FORMULA] : found[CONDITION], "amount");
    bool rows = strcmp(agg, "count") == 0;
    diag_help(ds, d, "write: kpi %s = %s of %s%s%s, in place of the lines below it",
              as_name(a, found[METRIC].src ? found[METRIC] : found[NAME]), agg, rows ? "" : what,
              rows ? "" : " over ", rows_said(a, found[ENTITY]));
    return;
  }
  bool top = key->at == 0 || raw->src->text[key->at - 1] == '\n';
  if (top && strcmp(key->name, "team") == 0 && !found[CONDITION].src && !found[NAME].src) {
    diag_help(ds, d, "write: team %s%s", value_here(a, value),
              n > 1 ? "; the lines below it without a colon too" : "");
    return;
  }
  const char *condition = condition_of(a, found), *value_text = value_here(a, value);
  const char *opening = opening_of_key(a, header, key->name, value_text);
  if (n == 1 && !condition && found[LASTING].src) {
    const char *over = condition_over(raw, at, a);
    diag_help(ds, d, "leave it out; what has to last is said in the condition: when (%s) for %s",
              over ? over : "health < 40", span_text(a, found[LASTING]));
    return;
  }
  bool alone = n == 1 || !condition;
  if (opening && alone && !under && !found[NAME].src && !action) {
    bool out = strncmp(opening, "leave it out", 12) == 0;
    diag_help(ds, d, "%s%s%s", out ? "" : "write: ", opening,
              n > 1 && !out ? "; the lines below it without a colon too" : "");
    return;
  }
  if (under && found[NAME].src && found[FORMULA].src) {
    diag_help(ds, d,
              "write: kpi %s = %s, in place of the lines below it; its other lines without a colon",
              as_name(a, found[NAME]), span_text(a, found[FORMULA]));
    return;
  }
  if (n == 1 && found[DEADLINE].src && arrow_above(raw, at)) {
    diag_help(ds, d, "remove it; on the line above: -> assign %s, due %s", team, due);
    return;
  }
  bool made = condition && (!found[CONDITION].src || strcmp(key->name, "when") != 0);
  if (under)
    diag_help(ds, d, "write: %s%s", under, n > 1 ? "; and so the next lines" : "");
  else if (condition && action && !found[NAME].src && !found[ENTITY].src)
    diag_help(ds, d, "write: when %s, and below it: -> assign %s, due %s", condition, team, due);
  else if (condition && (action || found[NAME].src))
    diag_help(ds, d,
              "write: rule %s for %s, below it: when %s, and below that: -> assign %s, due %s",
              as_name(a, found[NAME]), or_text(a, found[ENTITY], "account"), condition, team, due);
  else if (made)
    diag_help(ds, d, "write: when %s%s", condition,
              n > 1 ? ", in place of the lines below it" : "");
  else if (action)
    diag_help(ds, d, "write: -> assign %s, due %s", team, due);
  else if (stands_alone(key->name))
    diag_help(ds, d, "write: %s", key->name);
  else if (text_here(a, key->name, value))
    diag_help(ds, d, "write: %s %s%s", key->name, text_here(a, key->name, value),
              n > 1 ? "; the lines below it without a colon too" : "");
  else
    diag_help(ds, d, "write: %s %s%s", key->name, value_here(a, value),
              n > 1 ? "; the lines below it without a colon too" : "");
}

/* `given:` alone on its line: the word; NULL: it is no such line. */
static const char *lone_heading(const struct tokens *raw, size_t start) {
  size_t word = skip_blanks(raw, start), colon = skip_blanks(raw, word + 1);
  if (word >= raw->list.n || !raw->list.v[word].name || !is_colon(raw, colon)) return NULL;
  return line_end(raw, skip_blanks(raw, colon + 1)) ? raw->list.v[word].name : NULL;
}

/* `rules:` above a list of keys: the first of them says it all. */
static bool heads_block(const struct tokens *raw, size_t start, size_t colon) {
  const struct token *key;
  struct span value;
  size_t end = skip_blanks(raw, colon + 1);
  if (end < raw->list.n && !line_end(raw, end)) return false;
  size_t next = next_line(raw, start);
  if (next < raw->list.n && lone_heading(raw, next)) next = next_line(raw, next);
  return key_line(raw, next, &key, &value);
}

size_t yaml_heading(const struct tokens *raw, size_t i) {
  if (raw->list.v[i].kind != TOK_NAME) return 0;
  size_t colon = skip_blanks(raw, i + 1);
  size_t before = i;
  while (before > 0 && raw->list.v[before - 1].kind == TRIVIA_SPACE) before--;
  bool first = before == 0 || line_end(raw, before - 1);
  if (!first || !is_colon(raw, colon)) return 0;
  return heads_block(raw, i, colon) ? next_line(raw, i) - 1 - i : 0;
}

static size_t line_before(const struct tokens *raw, size_t start) {
  size_t i = start - 1;
  while (i > 0 && !line_end(raw, i - 1)) i--;
  return i;
}

static const char *heading_above(const struct tokens *raw, size_t start) {
  return start > 0 ? lone_heading(raw, line_before(raw, start)) : NULL;
}

/* Does a key of the lines right above say it for this one too? Headings may stand between. */
static bool told_above(const struct tokens *raw, size_t start) {
  const struct token *key;
  struct span value;
  while (start > 0) {
    start = line_before(raw, start);
    if (key_line(raw, start, &key, &value)) return true;
    if (!lone_heading(raw, start)) return false;
  }
  return false;
}

bool heads_keyed_lines(const struct tokens *raw, size_t colon) {
  const struct token *key;
  struct span value;
  size_t next = next_line(raw, colon);
  return next < raw->list.n && (key_line(raw, next, &key, &value) || lone_heading(raw, next));
}

/* Does `threshold floors:` stand right above the first of the keys? The parser says it there. */
static bool below_table(const struct tokens *raw, size_t start) {
  size_t word = start > 0 ? skip_blanks(raw, line_before(raw, start)) : raw->list.n;
  return word < raw->list.n && raw->list.v[word].name &&
         strcmp(raw->list.v[word].name, "threshold") == 0;
}

bool told_with_lines_above(const struct tokens *raw, size_t i) {
  const struct token *key;
  struct span value;
  while (i > 0 && !line_end(raw, i - 1)) i--;
  return key_line(raw, i, &key, &value) && told_above(raw, i);
}

bool say_yaml_key(const struct tokens *raw, size_t i, struct diags *ds) {
  size_t start = i;
  while (start > 0 && !line_end(raw, start - 1)) start--;
  const struct token *key;
  struct span value, found[PARTS] = {{0}};
  if (!key_line(raw, start, &key, &value)) return false;
  bool braces = raw->src->text[value.at] == '{';
  if (braces && raw->list.v[i].at > value.at) return true;
  if (raw->list.v[i].at > value.at) { /* of a further key of the line: its first one says it */
    size_t word = i;
    while (word > start && raw->list.v[word - 1].kind == TRIVIA_SPACE) word--;
    if (word < 2) return false;
    for (word -= 2; word > start && raw->list.v[word].kind == TRIVIA_SPACE; word--) {
    }
    return next_key(raw, word);
  }
  const char *heading = heading_above(raw, start);
  if (told_above(raw, start) || below_table(raw, start)) return true;
  size_t n = read_block(raw, start, found);
  if (braces) {
    struct span line = {raw->src, key->at, value.end};
    while (raw->src->text[line.end] == '}' || raw->src->text[line.end] == ' ') line.end++;
    diag_help(ds,
              diag_add(ds, V0104, line,
                       "what is in braces stands on lines of its own, without a "
                       "colon"),
              "remove it; for example: priority high");
    return true;
  }
  bool whole = under_heading(ds->arena, heading, key->name, value) != NULL;
  whole |= n == 1;
  struct span at = {raw->src, key->at, whole ? value.end : raw->list.v[i].end};
  if (whole && (raw->src->text[at.end] == ']' || raw->src->text[at.end] == '}')) at.end++;
  struct diag *d = diag_add(ds, V0104, at,
                            "`%s:` is how YAML writes it: in rule files no colon stands between a "
                            "word and what it says",
                            key->name);
  say_block(raw, i, ds, d, key, value, found, n, heading);
  return true;
}
