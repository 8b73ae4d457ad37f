/* Words that the parser could not place. In: its messages, and every declaration. Out: their helps,
 * written anew where a name tells what was meant: an entity has rows, an attribute a value. */
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/intern.h"
#include "sema/sema.h"
#include "syntax/retell.h"

/* `deals` and `Deal` for deal. */
static bool is_called(const char *said, const char *name) {
  size_t n = strlen(name), m = strlen(said);
  if (strcasecmp(said, name) == 0) return true;
  if (m == n + 1 && (said[n] == 's' || said[n] == 'S')) return strncasecmp(said, name, n) == 0;
  bool ies = n > 1 && m == n + 2 && name[n - 1] == 'y' && strcasecmp(said + n - 1, "ies") == 0;
  return ies && strncasecmp(said, name, n - 1) == 0;
}

static const struct {
  const char *word, *entity;
} nouns[] = {
#define NOUN(word, entity) {word, entity},
#include "sema/noun.def"
#undef NOUN
};

const struct entity *entity_called(const struct ruleset *rs, const char *said) {
  for (size_t i = 0; i < rs->entities.n; i++)
    if (is_called(said, rs->entities.v[i]->name)) return rs->entities.v[i];
  for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++)
    for (size_t i = 0; i < rs->entities.n && is_called(said, nouns[k].word); i++)
      if (strcmp(rs->entities.v[i]->name, nouns[k].entity) == 0) return rs->entities.v[i];
  return NULL;
}

static const struct attr *attr_called(const struct entity *ent, const char *said) {
  for (size_t i = 0; i < ent->attrs.n; i++)
    if (strcasecmp(ent->attrs.v[i]->name, said) == 0) return ent->attrs.v[i];
  return NULL;
}

static const struct attr *column_called(const struct ruleset *rs, const char *said) {
  for (size_t i = 0; i < rs->entities.n; i++) {
    const struct attr *at = attr_called(rs->entities.v[i], said);
    if (at) return at;
  }
  return NULL;
}

/* What has a value, by its name as it is declared; NULL: nothing has. */
static const char *value_called(const struct ruleset *rs, const char *said) {
  const struct attr *at = column_called(rs, said);
  if (at) return at->name;
  for (size_t i = 0; i < rs->kpis.n; i++)
    if (strcasecmp(rs->kpis.v[i]->name, said) == 0) return rs->kpis.v[i]->name;
  return NULL;
}

/* ---- none of them, so many of them ---------------------------------------------------- */

static const char *filled(void *ctx, char sign) {
  const struct loose_words *w = ctx;
  return sign == '1' ? w->name : w->second;
}

/* open tickets, where nothing is called so: those that are active. */
static bool is_open(const char *said) {
  static const char *const words[] = {"open", "opened", "active", "current", "live", "unresolved"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcasecmp(said, words[i]) == 0) return true;
  return false;
}

/* urgency is "Urgent", of the attribute that lists the word among its texts; NULL: none does. */
static const char *value_listed(struct arena *a, const struct entity *ent, const char *said) {
  for (size_t i = 0; i < ent->attrs.n; i++)
    for (size_t k = 0; k < ent->attrs.v[i]->one_of.n; k++) {
      const struct expr *text = ent->attrs.v[i]->one_of.v[k];
      if (text->kind == E_STRING && strcasecmp(text->name, said) == 0)
        return arena_printf(a, "%s is \"%s\"", ent->attrs.v[i]->name, text->name);
    }
  return NULL;
}

static void mend_named(struct ruleset *rs, const struct loose_words *w) {
  const struct entity *ent = entity_called(rs, w->name);
  const char *name = ent ? ent->name : value_called(rs, w->name);
  if (!name && is_named_rule(rs, intern(rs->arena, w->name)))
    diag_help(&rs->diags, w->said, RULE_IN_CONDITION, w->name);
  if (!name) return;
  const struct attr *at = column_called(rs, w->name);
  bool flag = at && at->type.unit == U_FLAG;
  const char *write = ent ? w->rows : flag ? w->flag : w->value;
  if (!write) return;
  struct loose_words found = *w;
  found.name = name;
  const struct attr *which = ent && w->second ? attr_called(ent, w->second) : NULL;
  if (which)
    found.second = which->name;
  else if (ent && w->second && ent->life.until && is_open(w->second))
    found.second = "active";
  else if (ent && w->second && value_listed(rs->arena, ent, w->second))
    found.second = value_listed(rs->arena, ent, w->second);
  const char *help = retell(rs->arena, write, filled, &found);
  if (help) diag_help(&rs->diags, w->said, "%s", help);
}

/* ---- two names side by side ----------------------------------------------------------- */

void help_rows_of(struct ruleset *rs, struct diag *d, const struct entity *ent,
                  const struct attr *at) {
  const char *rows = ent->name, *name = at->name;
  bool mean = at->type.unit == U_SCORE || at->type.unit == U_SHARE;
  switch (unit_class(at->type.unit)) {
    case CLASS_NUM:
      diag_help(&rs->diags, d, "write: (%s of %s over %s); or max, min, %s, if that is meant",
                mean ? "avg" : "sum", name, rows, mean ? "latest" : "avg");
      return;
    case CLASS_DAY:
      diag_help(&rs->diags, d, "write: (max of %s over %s); or min, if the first is meant", name,
                rows);
      return;
    case CLASS_TXT:
      diag_help(&rs->diags, d, "count those that are meant: (count of %s where %s is \"…\") > 0",
                rows, name);
      return;
    case CLASS_BOOL:
      diag_help(&rs->diags, d, "write: (count of %s where %s) > 0", rows, name);
      return;
  }
  UNREACHABLE("a class of units that is none");
}

/* Words that join two others: what stands before them is no part of a name. */
static bool joins_words(const char *word) {
  static const char *const words[] = {"to",   "at",   "should", "must",    "will", "by",
                                      "with", "the",  "a",      "reaches", "into", "until",
                                      "goes", "gets", "from",   "than",    "as",   "that"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcasecmp(words[i], word) == 0) return true;
  return false;
}

/* won deals: rows of which a yes or no is asked. */
static bool say_counted(struct ruleset *rs, const struct loose_words *w) {
  const struct entity *rows = entity_called(rs, w->second);
  const struct attr *at = rows ? attr_called(rows, w->name) : NULL;
  if (!at || at->type.unit != U_FLAG) return false;
  diag_help(&rs->diags, w->said,
            "write: (count of %s where %s); or a sum, if money is meant: (sum "
            "of … over %s where %s)",
            rows->name, at->name, rows->name, at->name);
  return true;
}

/* deal amount, Health Score, renewal date, usage 30d */
static void mend_pair(struct ruleset *rs, const struct loose_words *w) {
  const struct entity *ent = entity_called(rs, w->name);
  const struct attr *at = ent ? attr_called(ent, w->second) : NULL;
  if (at && w->here && strcmp(w->here, ent->name) == 0) {
    diag_help(&rs->diags, w->said, "write: %s", at->name);
    return;
  }
  if (at) {
    help_rows_of(rs, w->said, ent, at);
    return;
  }
  if (say_counted(rs, w)) return;
  const char *whole = value_called(rs, arena_printf(rs->arena, "%s_%s", w->name, w->second));
  if (!whole) whole = value_called(rs, arena_printf(rs->arena, "%s%s", w->name, w->second));
  const char *one = value_called(rs, w->name), *other = value_called(rs, w->second);
  if (!whole && one && joins_words(w->second)) {
    diag_help(&rs->diags, w->said,
              "behind `%s` stands a sign or a word of rule files: =, <, >=, is, in, within, and",
              one);
    return;
  }
  if (!whole && !one != !other && !ent) whole = one ? one : other;
  if (whole) diag_help(&rs->diags, w->said, "did you mean `%s`?", whole);
}

void mend_loose_words(struct ruleset *rs) {
  for (size_t i = 0; i < rs->asts.n; i++)
    for (size_t k = 0; k < rs->asts.v[i]->loose.n; k++) {
      const struct loose_words *w = &rs->asts.v[i]->loose.v[k];
      const struct attr *at = w->plain ? column_called(rs, w->name) : NULL;
      if (w->plain && at && at->type.unit != U_SHARE)
        diag_help(&rs->diags, w->said, "%s", w->plain);
      else if (w->plain)
        continue;
      else if (w->rows)
        mend_named(rs, w);
      else
        mend_pair(rs, w);
    }
}
