/* Slips in the checks of a company. In: the unexpected token under a `define`. Out: a message, when
 * the line is one that refuses something of the rule files in other words. */
#include <string.h>

#include "parse.h"
#include "syntax/mistake.h"

static const char *rest_of_line(struct mistake *m, const struct token *from) {
  return span_text(m->px->arena, places(m, from, last_of_clause(from)));
}

static bool is_any(const struct token *t, const char *const *list) {
  for (; *list; list++)
    if (word_is(t, *list)) return true;
  return false;
}

static bool is_subject(const char *word) {
  static const char *const subjects[] = {"rule", "kpi", "segment", "threshold", "team", "target"};
  for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
    if (strcmp(word, subjects[i]) == 0) return true;
  return false;
}

/* team is unknown because "…", from the words behind `where` on: what is asked, and why. */
static const char *asked_and_why(struct mistake *m, const struct token *from, bool turned) {
  const struct token *why = from, *last;
  while (!ends_clause(why) && why->kind != TOK_BECAUSE) why++;
  last = why > from ? why - 1 : from;
  const char *asked = span_text(m->px->arena, places(m, from, last));
  return words(m, "%s%s%s %s", turned ? "not (" : "", asked, turned ? ")" : "",
               ends_clause(why) ? "because \"the reason\"" : rest_of_line(m, why));
}

/* warn rule where …, reject rules when …, require kpi where …: under a define. */
static bool line_of_a_check(struct mistake *m) {
  static const char *const refuses[] = {"reject", "warn", "forbid", "deny",  "refuse", "disallow",
                                        "flag",   "fail", "error",  "never", "no",     NULL};
  static const char *const asks[] = {"require", "ensure", "assert", "every", "each",
                                     "all",     "expect", "must",   NULL};
  static const char *const joins[] = {"when", "if", "that", "which", "whose", "with", "has", NULL};
  const struct token *first = m->first, *subject = first + 1, *join = first + 2;
  bool asking = is_any(first, asks);
  if (head_above(m->px) != C_DEFINE || (!asking && !is_any(first, refuses))) return false;
  if (ends_clause(first) || ends_clause(subject) || ends_clause(join) || ends_clause(join + 1))
    return false;
  const char *one = singular(m, subject->name ? subject->name : "");
  bool where = join->kind == TOK_WHERE;
  if (!is_subject(one)) return false;
  if ((!where && !is_any(join, joins)) || (where && word_is(first, "reject"))) return false;
  m->at = places(m, first, last_of_clause(first));
  return tell(m, V0114, "this is not how a check says what it finds",
              words(m, "%s: reject %s where %s", asking ? "say what must not be" : "write", one,
                    asked_and_why(m, join + 1, asking)));
}

/* define quick = reject rule where …, define quick() = reject …: on one line. */
static bool check_on_one_line(struct mistake *m) {
  const struct token *reject = m->first;
  if (m->first->kind != TOK_K_DEFINE) return false;
  while (!ends_clause(reject) && !word_is(reject, "reject")) reject++;
  if (ends_clause(reject) || reject < m->first + 2) return false;
  m->at = places(m, reject, last_of_clause(reject));
  return tell(m, V0114, "what a check finds stands on the line below its `define`",
              words(m, "the first line is `define %s` alone, the next: %s",
                    quote(m->px, m->first + 1), rest_of_line(m, reject)));
}

/* How a declaration is asked whether it lacks what people call so: its property is a yes or no, or
 * is unknown. */
static const char *lacking(struct mistake *m, const struct token *t) {
  static const struct {
    const char *word, *write;
  } flags[] = {{"test", "not tested"},
               {"tests", "not tested"},
               {"due", "not has_due"},
               {"deadline", "not has_due"},
               {"do", "not has_do"},
               {"action", "not has_do"},
               {"worth", "not has_worth"},
               {"once", "not has_once"},
               {"clear", "not has_clear"},
               {"settled", "not has_settled"},
               {"escalate", "not escalates"},
               {"escalation", "not escalates"},
               {"reminder", "reminds is unknown"},
               {"remind", "reminds is unknown"},
               {"review", "not has_review"},
               {"bands", "not has_bands"},
               {"target", "not has_target"},
               {"because", "not explained"},
               {"reason", "not explained"},
               {"description", "means is unknown"}};
  const char *name = quote(m->px, t);
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
    if (strcmp(name, flags[i].word) == 0) return flags[i].write;
  return words(m, "%s is unknown", name);
}

/* reject rule without owner, reject rule where no owner, reject rule where it has no owner */
static bool property_that_lacks(struct mistake *m) {
  static const char *const none[] = {"without", "no", "missing", "lacks", "lacking", NULL};
  static const char *const fill[] = {"where", "it", "there", "is",  "has", "have",
                                     "with",  "a",  "an",    "any", NULL};
  const struct token *subject = m->first + 1, *t = m->first + 2, *why;
  bool lacks = false;
  if (m->first->kind != TOK_K_REJECT || ends_clause(subject) || ends_clause(t)) return false;
  for (; !ends_clause(t); t++) {
    bool no = is_any(t, none) || t->kind == TOK_NO;
    lacks |= no;
    if (!no && t->kind != TOK_WHERE && t->kind != TOK_IS && !is_any(t, fill)) break;
  }
  if (!lacks || t->kind != TOK_NAME) return false;
  why = t + 1;
  if (!ends_clause(why) && why->kind != TOK_BECAUSE && !word_is(why, "because")) return false;
  const char *because = ends_clause(why) ? "because \"the reason\"" : rest_of_line(m, why);
  m->at = places(m, m->first, last_of_clause(m->first));
  return tell(
      m, V0114, "this is not how a check says what it finds",
      words(m, "write: reject %s where %s %s", quote(m->px, subject), lacking(m, t), because));
}

/* reject rule where, reject rule where because "…" */
static bool check_of_nothing(struct mistake *m) {
  bool where = m->prev && m->prev->kind == TOK_WHERE;
  if (m->first->kind != TOK_K_REJECT || !where) return false;
  if (!ends_clause(m->t) && m->t->kind != TOK_BECAUSE) return false;
  m->at = place(m, m->prev);
  return tell(m, V0114, "this line does not say which ones are rejected",
              words(m, "say it behind `where`, such as: reject %s where means is unknown",
                    quote(m->px, m->first + 1)));
}

const mistake_pattern check_patterns[] = {line_of_a_check, check_on_one_line, property_that_lacks,
                                          check_of_nothing, NULL};
