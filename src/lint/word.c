/* Words of names. In: a name and words. Out: is one of them a word of it? */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "lint/check.h"

/* The é of départ is a letter; the ’ of l’essai is none, nor the _ of new_mrr. */
static bool is_letter(const char *p) {
  bool wide = (unsigned char)*p >= 0x80;
  return wide ? text_name_char(p, strlen(p), false) > 0 : isalnum((unsigned char)*p) != 0;
}

static bool follows_letter(const char *text, const char *p) {
  if (p == text) return false;
  do p--;
  while (p > text && ((unsigned char)*p & 0xC0) == 0x80);
  return is_letter(p);
}

/* Most words are ruled out by their first letter: all names are held against hundreds of words. */
bool lint_has_word(const char *name, const char *const *words) {
  bool has[256] = {false};
  for (const char *p = name; *p; p++) has[tolower((unsigned char)*p)] = true;
  for (size_t i = 0; words[i]; i++) {
    if (!has[tolower((unsigned char)*words[i])]) continue;
    size_t n = strlen(words[i]);
    for (const char *p = strcasestr(name, words[i]); p; p = strcasestr(p + 1, words[i]))
      if (!follows_letter(name, p) && !is_letter(p + n)) return true;
  }
  return false;
}

/* Words of states in which nothing more happens. */
static const char *const over[] = {
    "won",       "lost",      "closed",       "cancelled", "canceled", "churned",  "rejected",
    "withdrawn", "abandoned", "disqualified", "expired",   "gagné",    "gagnée",   "gagne",
    "gagnee",    "perdu",     "perdue",       "clos",      "close",    "fermé",    "fermée",
    "annulé",    "annulée",   "annule",       "annulee",   "résilié",  "résiliée", "resilie",
    "resiliee",  "abandonné", "abandonnée",   "refusé",    "refusée",  "gewonnen", "verloren",
    "storniert", "abgesagt",  "accepté",      "acceptée",  "accepted", "declined", "refused",
    NULL};

bool lint_is_over(const char *state) { return lint_has_word(state, over); }

/* Names of days that matter while something is open. */
static const char *const of_the_open[] = {
    "closing",   "close_date", "expected",    "planned",   "forecast", "prevue",  "prévue",
    "prevu",     "prévu",      "prévision",   "activity",  "touch",    "touched", "contact",
    "contacted", "engaged",    "next_step",   "follow_up", "followup", "renewal", "renews",
    "echeance",  "échéance",   "relance",     "deadline",  "due",      "payable", "last_step",
    "rappel",    "suivi",      "stage_since", "answer_by", NULL};

bool lint_is_ahead(const char *day) { return lint_has_word(day, of_the_open); }
