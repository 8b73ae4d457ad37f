/* What the page says, in its tongue: sentences of page_text.def, numbers, money, days, names.
 *
 * English: 13,105,156 EUR with a blank that does not break, a minus that is one. French: narrow
 * blanks between thousands, a decimal comma, no-break blanks before : ; ! ? and %. Every text
 * lives in the arena of the words. */
#ifndef VIGIE_PAGE_WORDS_H
#define VIGIE_PAGE_WORDS_H

#include "report/report.h"

enum page_text {
#define TEXT(id, en, fr) T_##id,
#define COUNT(id, one_en, many_en, one_fr, many_fr) T_##id,
#include "report/page_text.def"
#undef TEXT
#undef COUNT
  PAGE_TEXTS
};

struct words {
  struct arena *a;
  enum tongue tongue; /* TONGUE_EN or TONGUE_FR */
  day_t as_of;        /* the year of days that say none */
  const char *domain; /* of addresses, left out of names; NULL */
};

struct words words_of(const struct report *r, struct arena *a);

/* Literals of ours with slots: a blank that must not break, in French. */
const char *typeset(const struct words *w, const char *text);
/* The sentence with its slots filled; each is a text. */
const char *say(const struct words *w, enum page_text id, ...);
/* The form of a COUNT that goes with n, whose first slot is n. */
const char *say_count(const struct words *w, enum page_text id, long n, ...);

/* A number and its unit apart: "13,105,156" and "EUR", "92.9%" and "". */
struct amount {
  const char *number, *unit;
};
struct amount amount_of(const struct words *w, const struct value *v);
/* Both together: "13,105,156 EUR"; of what is not known the word for that. */
const char *say_amount(const struct words *w, const struct value *v);
/* With its sign: "+1,558,652", "−5.5%"; without a unit. */
const char *say_signed(const struct words *w, const struct value *v);
/* How far it is from a goal: of percents in points. */
const char *say_distance(const struct words *w, const struct value *v);
/* Short, for a chart: "13.1 M", "28 k", "92.9%". */
const char *say_short(const struct words *w, const struct value *v);
const char *say_number(const struct words *w, long n);        /* "2,744" */
const char *say_percent(const struct words *w, double share); /* "90.2%", always one decimal */

/* "2 Mar", with the year where it is not that of the page; "1er mars". */
const char *say_short_day(const struct words *w, day_t d);
const char *say_long_day(const struct words *w, day_t d);   /* "Sunday 1 March 2026" */
const char *say_full_day(const struct words *w, day_t d);   /* "1 March 2026" */
const char *say_month(const struct words *w, day_t d);      /* "Mar 2025" */
const char *say_month_name(const struct words *w, day_t d); /* "March" */
const char *say_iso_day(const struct words *w, day_t d);    /* "2026-03-01" */

/* usage_collapse: "Usage collapse"; nrr: "NRR". */
const char *say_title(const struct words *w, const char *name);
const char *say_inside(const struct words *w, const char *name); /* the same inside a sentence */
/* "ARR", "montant": what there is an amount of; and the same after the amount, "of ARR". */
const char *say_measure(const struct words *w, const char *name);
const char *say_of_measure(const struct words *w, const char *name);
const char *say_person(const struct words *w, const char *address);
/* "accounts", "comptes": the rows of an entity of that name; without an article. */
const char *say_kind(const struct words *w, const struct ruleset *rs, const char *entity, long n);
/* The values of a group: "Enterprise, FR". */
const char *say_group(const struct words *w, const struct value *by, size_t n);
/* "green"; "" of NULL. */
const char *say_band(const struct words *w, const char *band);

#endif
