/* Lines of French, and rules that are said as an `if`. In: a line that cannot be read. Out: the
 * same line in English words of rule files. The words are rows of translate.def; the sentences in
 * it are those of mistakes_prose.c. */
#include <string.h>
#include <strings.h>

#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/retell.h"
#include "syntax/told.h"
#include "syntax/words.h"

/* ---- lines of another language -------------------------------------------------------- */

static const struct {
  const char *word, *english;
  bool beside; /* says nothing of the language of its line */
} translations[] = {
#define TRANSLATE(word, english) {word, english, false},
#define TRANSLATE_BESIDE(word, english) {word, english, true},
#include "syntax/translate.def"
#undef TRANSLATE
#undef TRANSLATE_BESIDE
};

static bool is_english_too(const char *word) {
  for (size_t i = 0; i < sizeof translations / sizeof *translations; i++)
    if (translations[i].beside && strcasecmp(translations[i].word, word) == 0) return true;
  return false;
}

const char *english_word(const char *word) {
  for (size_t i = 0; i < sizeof translations / sizeof *translations; i++)
    if (strcasecmp(translations[i].word, word) == 0) return translations[i].english;
  return NULL;
}

static const char *english(const struct token *t) {
  return t->name && t->kind != TOK_STRING ? english_word(t->name) : NULL;
}

/* The tokens of the line that t stands in, of those of the clause. */
static struct stretch line_around(const struct mistake *m, const struct token *t) {
  const char *text = m->px->words->src->text;
  struct stretch s = {t, t};
  while (s.from > m->first && !memchr(text + s.from[-1].end, '\n', s.from->at - s.from[-1].end))
    s.from--;
  while (!ends_clause(s.to) &&
         (s.to == t || !memchr(text + s.to[-1].end, '\n', s.to->at - s.to[-1].end)))
    s.to++;
  return s;
}

/* The word of rule files for the token: `when` for an `if` under a rule, `->` for `then`. */
static const char *retold_word(struct mistake *m, const struct token *t, bool in_rule) {
  const char *text = english(t);
  bool formula =
      m->first->kind == TOK_K_KPI || m->first->kind == TOK_ATTR || word_is(m->first, "indicateur");
  if (text && formula && strcmp(text, "when") == 0) return "if";
  if (text && formula && strcmp(text, "->") == 0) return "then";
  bool behind_comma = t > m->first && t[-1].kind == TOK_COMMA;
  bool counted = t[1].kind == TOK_NUMBER || t[1].kind == TOK_DURATION;
  bool before = text && strcmp(text, "before") == 0;
  if (before && behind_comma) return "due";
  bool team = before && counted && t - 2 > m->first && t[-1].kind == TOK_NAME;
  if (team && (word_is(t - 2, "à") || word_is(t - 2, "affecter"))) return ", due";
  if (text && strcmp(text, "since") == 0 && t[1].kind == TOK_STRING) return "from";
  bool due = text && strcmp(text, "due") == 0 && t > m->first;
  if (due && !behind_comma && t[-1].kind == TOK_NAME) return ", due";
  bool of = text && !*text && t > m->first && english(t - 1);
  if (of && aggregate_word(english(t - 1))) return "of";
  bool then = t->kind == TOK_THEN || t->kind == TOK_IF_ELSE || word_is(t, "then");
  if (!text && t->kind == TOK_IF && t == m->first) text = "when";
  if (!text && then) text = "->";
  if (!text) return span_text(m->px->arena, place(m, t));
  if (strcmp(text, "->") == 0 && (ends_clause(t + 1) || t[1].kind == TOK_ARROW)) return "";
  bool twice = t > m->first && (t[-1].kind == TOK_K_WHEN || word_is(t - 1, "when"));
  return strcmp(text, "when") == 0 && (!in_rule || twice) ? "" : text;
}

/* `<` of `inférieur à`, `within 60d` of `dans les 60 jours`: what a sentence that begins at t says
 * between its two sides; NULL: none does. *behind is behind its words. */
static const char *retold_sentence(struct mistake *m, const struct token *t,
                                   const struct token **behind) {
  const char *best = NULL;
  const struct sentence_row *row;
  for (size_t i = 0; (row = sentence_row(i)); i++) {
    struct told x = {0};
    const char *write = row->write;
    if (strncmp(write, "$L ", 3) != 0 || write[3] == '$') continue;
    const struct token *end = behind_words(m, t, row->words, &x);
    if (!end || (best && end <= *behind)) continue;
    if (strstr(write,
               "$O > $R")) { /* baisse de 30% sur 90 jours: the length stands before the sign */
      x.right = right_of(end, false);
      split_off_length(m, &x);
      if (x.over.to > x.over.from) {
        best = retell(m->px->arena, write + 3, told_part, &(struct telling){m, &x});
        *behind = x.over.to;
        continue;
      }
    }
    size_t n = strlen(write), tail = n > 6 && strcmp(write + n - 3, " $R") == 0 ? 3 : 0;
    const char *text = words(m, "%.*s", (int)(n - 3 - tail), write + 3);
    if (strstr(text, "$R") || strstr(text, "$L") || strstr(text, "$T") || strstr(text, "$P") ||
        strstr(text, "$A") || strstr(text, "$Z"))
      continue;
    text = retell(m->px->arena, text, told_part, &(struct telling){m, &x});
    if (text) best = text, *behind = end;
  }
  return best;
}

/* alors, then, -> and assign behind a comma: an arrow says it. *t is the last token of them. */
static const char *arrow_behind_comma(const struct token **t, const struct token *to) {
  const struct token *next = *t + 1;
  if ((*t)->kind != TOK_COMMA || next >= to) return NULL;
  const char *said = english(next);
  if (next->kind == TOK_ARROW || next->kind == TOK_THEN || word_is(next, "then") ||
      (said && strcmp(said, "->") == 0)) {
    const char *act = next + 1 < to && next[1].name ? english(next + 1) : NULL;
    bool arrow = next + 1 < to && next[1].kind == TOK_ARROW;
    *t = arrow ? next + 1 : next;
    return (act && *act) || arrow || next + 1 < to ? "->" : "";
  }
  bool acts = word_is(next, "assign") || (said && strcmp(said, "assign") == 0);
  return acts ? "->" : NULL;
}

/* The words of the stretch translated. */
const char *stretch_in_english(struct mistake *m, struct stretch line) {
  const char *out = "";
  uint32_t end = 0;
  bool in_rule = indented(m, m->first), acts = false;
  const char *split = NULL;
  for (const struct token *t = line.from; t < line.to; t++) {
    const struct token *behind = NULL;
    const char *text = retold_sentence(m, t, &behind);
    if (text && behind <= line.to) {
      out = words(m, "%s%s%s", out, *out ? " " : "", text);
      end = (t = behind - 1)->end;
      continue;
    }
    const char *arrow = acts ? NULL : arrow_behind_comma(&t, line.to);
    acts |= arrow || t->kind == TOK_ARROW;
    if (arrow) {
      out = words(m, "%s%s%s", out, *out ? " " : "", arrow), end = t->end;
      continue;
    }
    const struct token *day = word_is(t, "le") && t + 1 < line.to ? t + 1 : t, *end_of_day;
    const char *written = day_said(m, day, &end_of_day);
    if (written && end_of_day <= line.to) {
      out = words(m, "%s%s%s", out, *out ? " " : "", written);
      end = (t = end_of_day - 1)->end;
      continue;
    }
    bool par = word_is(t, "par") && m->first->kind == TOK_K_KPI && t + 2 == line.to;
    if (par && t[1].kind == TOK_NAME) {
      split = quote(m->px, t + 1);
      break;
    }
    text = retold_word(m, t, in_rule);
    bool belongs = word_is(t, "de") && t == m->first + 2;
    if (belongs && (m->first->kind == TOK_K_SEGMENT || m->first->kind == TOK_K_KPI)) text = "of";
    if (!t->name || t->kind == TOK_STRING || currency_known(t->name)) text = mended_spelling(m, t);
    const struct token *behind_length;
    const char *length = t->kind == TOK_NUMBER ? length_said(m, t, &behind_length) : NULL;
    if (length && behind_length <= line.to) text = length, t = behind_length - 1;
    bool gap = *out && *text && *text != ',' && t->at > end;
    out = words(m, "%s%s%s", out, gap ? " " : "", text);
    end = t->end;
  }
  const char *eq = split ? strstr(out, " = ") : NULL; /* the split stands before the formula */
  return eq ? words(m, "%.*s by %s%s", (int)(eq - out), out, split, eq) : out;
}

/* The line of t with its words translated; m->at is the line. */
static const char *retold(struct mistake *m, const struct token *t) {
  struct stretch line = line_around(m, t);
  m->at = places(m, line.from, line.to - 1);
  return stretch_in_english(m, line);
}

/* Is a word of it French, and no English one? */
bool stretch_is_foreign(struct stretch s) {
  for (const struct token *t = s.from; t < s.to; t++)
    if (english(t) && *english(t) && !is_english_too(t->name)) return true;
  return false;
}

static bool foreign_line(struct mistake *m) {
  size_t n = 0;
  const struct token *word = NULL;
  for (const struct token *t = m->first; !ends_clause(t); t++)
    if (english(t) && *english(t)) {
      n += !is_english_too(t->name);
      if (!word) word = t;
    }
  const struct token *behind = NULL;
  if (!n) return false;
  bool header = is_header_keyword(m->first->kind);
  if (word > m->t && !header) { /* only with a sentence that is French, too, and ends before it */
    bool said = retold_sentence(m, m->t, &behind) != NULL;
    if (!said && m->prev) said = retold_sentence(m, m->prev, &behind) != NULL;
    if (!said || behind > word) return false;
  }
  const char *line = retold(m, word);
  take_back_spelling(m);
  return tell(
      m, V0106,
      words(m, "the words of the language are English: `%s` is none of them", quote(m->px, word)),
      words(m, "write: %s", line));
}

static bool is_then(const struct token *t) {
  return t->kind == TOK_THEN || t->kind == TOK_ARROW || word_is(t, "then");
}

static bool is_else(const struct token *t) {
  return t->kind == TOK_ELSE || t->kind == TOK_IF_ELSE || word_is(t, "otherwise");
}

/* if C then assign A else assign B: a rule for each of them. */
static bool two_actions(struct mistake *m) {
  const struct token *then = m->first + 1, *other, *last = last_of_clause(m->first);
  while (then < last && !is_then(then) && !word_is(then, "assign")) then++;
  for (other = then; other < last && !is_else(other);) other++;
  if (then == last || other == last || then == m->first + 1) return false;
  const char *condition = stretch_text(m, (struct stretch){m->first + 1, then});
  const struct token *act = then + is_then(then), *act_else = other + 1 + is_then(other + 1);
  if (act >= other || act_else > last || !word_is(act, "assign") || !word_is(act_else, "assign"))
    return false;
  const char *first = stretch_text(m, (struct stretch){act, other - (other[-1].kind == TOK_COMMA)});
  const char *second = stretch_text(m, (struct stretch){act_else, last + 1});
  m->at = places(m, m->first, last);
  return tell(m, V0114, "a rule has one action, and begins with its condition, without `if`",
              words(m, "write: when %s -> %s; and a second rule: when not (%s) -> %s", condition,
                    first, condition, second));
}

/* if C -> assign …, if C then assign …, when C then assign …: a rule is no `if`. */
static bool rule_as_if(struct mistake *m) {
  bool then = m->t->kind == TOK_THEN || word_is(m->t, "then");
  bool comma = m->t->kind == TOK_COMMA && m->t > m->first && m->first->kind != TOK_ARROW;
  then |= comma &&
          (m->next->kind == TOK_THEN || word_is(m->next, "then") || word_is(m->next, "assign") ||
           (m->next->kind == TOK_ARROW && m->prev->kind != TOK_STRING));
  bool acts = m->t->kind == TOK_ARROW || word_is(m->t, "assign") || word_is(m->prev, "assign");
  bool in_rule = head_above(m->px) == C_RULE && indented(m, m->first), asks = ends_clause(m->t);
  if (m->first->kind == TOK_IF && asks && !in_rule && m->t > m->first + 1) {
    const char *condition = stretch_text(m, (struct stretch){m->first + 1, m->t});
    m->at = places(m, m->first, m->t - 1);
    const char *text = m->px->words->src->text;
    m->at.end += text[m->at.end] == ':'; /* as in Python */
    return tell(m, V0114,
                "a rule begins with its condition, without `if`, and ends with its action",
                words(m, "write: %s -> assign CS, due 7d", condition));
  }
  asks = asks && in_rule;
  if (m->first->kind == TOK_IF && acts && two_actions(m)) return true;
  if (m->first->kind == TOK_IF && (acts || asks)) {
    const char *line = retold(m, m->first);
    return tell(m, V0114, "a rule begins with its condition, without `if`",
                words(m, "write: %s", line));
  }
  if (!then || m->first->kind == TOK_IF || m->first->kind == TOK_K_KPI) return false;
  const char *line = retold(m, m->t);
  return tell(m, V0114, "a rule has no `then`: its action begins with `->`",
              words(m, "write: %s", line));
}

/* alert when health < 40; notify if …: a rule is what follows. */
static bool alert_when(struct mistake *m) {
  static const char *const verbs[] = {"alert", "notify", "warn", "flag", "trigger", "tell", "show"};
  const struct token *t = m->first + 1;
  bool said = false;
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) said |= word_is(m->first, verbs[i]);
  if (!said) return false;
  while (!ends_clause(t) && !word_is(t, "when") && t->kind != TOK_IF && t->kind != TOK_K_WHEN) t++;
  if (ends_clause(t) || ends_clause(t + 1)) return false;
  const struct token *end = t + 1;
  bool acts = false;
  for (; !ends_clause(end); end++) acts |= end->kind == TOK_ARROW;
  m->at = places(m, m->first, end - 1);
  return tell(m, V0114, "a rule begins with its condition: the action stands behind it",
              words(m, "write: %s%s", stretch_text(m, (struct stretch){t + 1, end}),
                    acts ? "" : " -> assign CS, due 7d"));
}

const mistake_pattern prose_patterns[] = {
    opens_in_prose, rule_as_if, alert_when, foreign_line, said_in_prose, NULL,
};
