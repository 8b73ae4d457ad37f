/* Teams as keys of YAML. In: raw tokens at the beginning of a line. Out: one message for the block,
 * with each team as it is written here; headers in its place, so that no team is missed. */
#include "syntax/foreign_teams.h"

#include <string.h>
#include <strings.h>

#include "base/intern.h"
#include "parse.h"
#include "syntax/raw_lines.h"

struct team {
  const char *name, *assigns, *escalates, *capacity;
  int people;
};

/* The value behind the colon, without quotes and brackets; "": nothing stands there. */
static const char *value_behind(const struct tokens *raw, size_t colon, struct raw_line x,
                                struct arena *a) {
  struct raw_line v = {colon + 1, x.to};
  while (v.from < v.to && raw_is_blank(&raw->list.v[v.from])) v.from++;
  const char *text = v.from < v.to ? span_text(a, raw_line_span(raw, v)) : "";
  if (strchr("[\"'", *text) && *text) text++;
  size_t n = strlen(text);
  while (n && strchr("]\"', ", text[n - 1])) n--;
  return arena_strndup(a, text, n);
}

/* Whom the team assigns, in quotes where it is an address. */
static void add_person(struct team *t, const char *text, struct arena *a) {
  while (*text) {
    text += strspn(text, ", \"'");
    size_t n = strcspn(text, ",\"'");
    const char *one = arena_strndup(a, text, n);
    bool path = !strpbrk(one, "@ ") && strchr(one, '.');
    if (n)
      t->assigns = arena_printf(a, path ? "%s%s%s" : "%s%s\"%s\"", t->assigns ? t->assigns : "",
                                t->assigns ? ", " : "", one);
    t->people += n > 0;
    text += n;
  }
}

static bool is_key(const char *key, const char *const *list) {
  for (; *list; list++)
    if (strcasecmp(key, *list) == 0) return true;
  return false;
}

static const char *const of_name[] = {"name", "team", "id", "label", NULL};
static const char *const of_people[] = {
    "assigns", "assign",  "assignee", "owner",   "email",  "emails", "mail",    "address",
    "lead",    "manager", "member",   "members", "people", "users",  "contact", NULL};
static const char *const of_escalation[] = {"escalates",  "escalates_to", "escalate_to",
                                            "escalation", "backup_team",  NULL};

static void read_key(struct team *t, const char *key, const char *value, struct arena *a) {
  if (is_key(key, of_people)) add_person(t, value, a);
  if (is_key(key, of_escalation)) t->escalates = value;
  if (strcasecmp(key, "capacity") == 0) t->capacity = value;
}

static const char *team_written(const struct team *t, struct arena *a) {
  const char *in_turn = t->people > 1 ? "in turn " : "";
  const char *out = arena_printf(a, "team %s, below it: assigns %s%s", t->name, in_turn,
                                 t->assigns ? t->assigns : "account.csm");
  if (t->escalates && *t->escalates)
    out = arena_printf(a, "%s, and: escalates to %s", out, t->escalates);
  return t->capacity && *t->capacity ? arena_printf(a, "%s, and: capacity %s", out, t->capacity)
                                     : out;
}

static const char *as_one_word(const char *text, struct arena *a) {
  char *word = arena_strdup(a, text);
  for (char *p = word; *p; p++)
    if (*p == ' ' || *p == '-') *p = '_';
  return word;
}

static void leave_team(const struct team *t, const struct token *at, struct tokens *out,
                       struct arena *a) {
  struct token word = {.kind = TOK_NAME, .at = at->at, .end = at->end}, name = word, end = word,
               assigns = word, broken = word;
  word.name = intern(a, "team"), name.name = intern(a, t->name),
  assigns.name = intern(a, "assigns");
  end.kind = TOK_NEWLINE, broken.kind = TOK_BROKEN;
  const struct token all[] = {word, name, end, assigns, broken, end};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) VEC_PUSH(a, &out->list, all[i]);
}

/* The block that is being read. */
struct team_block {
  const struct tokens *raw;
  struct arena *a;
  bool one, many;            /* team:, teams: */
  const struct token *named; /* Renewals of `team Renewals:`; NULL: none */
  uint32_t column;           /* of its first line; 0: none was read */
  VEC(struct team) teams;
};

static struct team *last_team(struct team_block *b) {
  return b->teams.n ? &b->teams.v[b->teams.n - 1] : NULL;
}

/* False: the line is a clause, and no part of such a block. */
static bool read_line(struct team_block *b, struct raw_line x) {
  const struct tokens *raw = b->raw;
  struct raw_line line = x;
  if (!b->column) b->column = raw_column(raw, x) + 1;
  while (line.from < line.to &&
         (raw->list.v[line.from].kind == TOK_MINUS || raw_is_blank(&raw->list.v[line.from])))
    line.from++;
  size_t sign = raw_colon_of(raw, line);
  if (!sign && b->named && line.from == x.from) return false;
  struct team *team = last_team(b);
  if (!sign) { /* - ann@acme.example */
    if (team && !raw_is_empty(line))
      add_person(team, span_text(b->a, raw_line_span(raw, line)), b->a);
    return true;
  }
  const char *key = raw->list.v[line.from].name, *value = value_behind(raw, sign, line, b->a);
  bool outer = raw_column(raw, x) + 1 == b->column;
  if (is_key(key, of_name) && *value) {
    VEC_PUSH(b->a, &b->teams, ((struct team){.name = as_one_word(value, b->a)}));
  } else if (outer && b->many && !is_key(key, of_people)) { /* CS: "cs@acme.example" */
    VEC_PUSH(b->a, &b->teams, ((struct team){.name = key}));
    add_person(last_team(b), value, b->a);
  } else if (team) {
    read_key(team, key, value, b->a);
  }
  return true;
}

/* Does `teams:`, `team:` or `team Renewals:` stand on the line, and nothing more? */
static bool heads_teams(struct team_block *b, struct raw_line x) {
  const struct tokens *raw = b->raw;
  if (raw_is_empty(x) || raw_column(raw, x) > 0 || !raw_is_word(&raw->list.v[x.from])) return false;
  b->one = strcmp(raw->list.v[x.from].name, "team") == 0;
  b->many = strcmp(raw->list.v[x.from].name, "teams") == 0;
  struct raw_line name = {x.from + 2, x.to};
  size_t colon = b->one || b->many ? raw_colon_of(raw, x) : 0;
  if (b->one && !colon && name.from < x.to && raw_is_word(&raw->list.v[name.from])) {
    colon = raw_colon_of(raw, name);
    b->named = &raw->list.v[name.from];
    VEC_PUSH(b->a, &b->teams, ((struct team){.name = b->named->name}));
  }
  return colon && colon + 1 == x.to;
}

size_t take_teams(const struct tokens *raw, size_t from, struct tokens *out, struct diags *ds) {
  struct raw_line x = raw_line_at(raw, from), last = x, next;
  struct team_block b = {.raw = raw, .a = ds->arena};
  if (!heads_teams(&b, x)) return 0;
  for (next = raw_next_line(raw, x); raw_is_inner(raw, next); next = raw_next_line(raw, next)) {
    if (!read_line(&b, next)) return 0;
    last = next;
  }
  if (!b.teams.n || last.from == x.from) return 0;
  const char *all = "", *head = span_text(b.a, raw_line_span(raw, x));
  for (size_t i = 0; i < b.teams.n; i++) {
    const char *then = *all ? "; then: " : "";
    all = arena_printf(b.a, "%s%s%s", all, then, team_written(&b.teams.v[i], b.a));
    leave_team(&b.teams.v[i], &raw->list.v[from], out, b.a);
  }
  struct diag *d =
      diag_add(ds, V0104, raw_line_span(raw, x),
               "`%s` is how YAML writes it: a team has a line of its own, without a colon", head);
  diag_help(ds, d, "write: %s", all);
  return raw_tokens_to(raw, from, last);
}
