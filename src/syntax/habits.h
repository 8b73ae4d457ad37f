/* What people write out of habit, and what Vigie wants instead. The words are rows of habit.def. */
#ifndef VIGIE_HABITS_H
#define VIGIE_HABITS_H

#include <stdbool.h>

#include "base/arena.h"

/* "write: region matches …" for "contains" (any case); NULL for a word that is nobody's habit. */
const char *habit_help(const char *word);
/* The same where the word begins a line; NULL for a word that may be a name there. */
const char *habit_first_help(const char *word);
/* EUR for euro, euros and eur; NULL: no currency. In the arena. */
const char *currency_said(struct arena *a, const char *word);
/* Is it a unit of the clock ("h", "hours", "min")? Vigie counts in days. */
bool clock_unit(const char *word);
/* "d" for "days", "mo" for "months", "%" for "percent": the sign of a unit spelt out; NULL for
 * another word. */
const char *unit_sign(const char *word);
/* 2 for two and deux, up to twelve; 0 for another word. */
int number_said(const char *word);
/* The spelling of an aggregate's first word: "sum", "count" …; NULL when it is none. */
const char *aggregate_word(const char *word);

/* 3 for march, mars and Mar; 0: the word is no month (mistakes_day.c). */
int month_called(const char *word);
/* The sign of a comparison that is said by a word, "<" for lt, less_than and below; NULL: the word
 * says none. */
const char *comparison_said(const char *word);

/* What a sentence of prose.def that is about nothing but one value is here: "health drop > 0" of
 * "is declining" about health; moves: it is a number, which may drop. NULL: no row has these words
 * (mistakes_prose.c). */
const char *sentence_about(struct arena *a, const char *said, const char *value, bool moves);

#endif
