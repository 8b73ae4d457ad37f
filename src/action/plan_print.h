/* A plan for people, for a pull request, for programs: three forms of one record. */
#ifndef VIGIE_PLAN_PRINT_H
#define VIGIE_PLAN_PRINT_H

#include <stdio.h>

#include "action/plan_view.h"
#include "action/print_text.h"

/* A screen of at most the terminal's width. all: long lists are whole; otherwise what is left out
 * is counted. With style->quiet only the notices, what could not be judged, and the gates. */
void print_plan_text(FILE *f, const struct plan_view *p, const struct text_style *style, bool all);

/* Tables that a pull request shows; long ones are folded. Texts from the data are escaped. */
void print_plan_markdown(FILE *f, const struct plan_view *p);

/* One document: a public interface, see the language page. */
void print_plan_json(FILE *f, const struct plan_view *p);

/* What stands above them: nobody but the rules judges. */
#define NOT_ENOUGH_DATA "Not enough data"
/* "renewal_at_risk: 5 of 400 rows (no health)": a line a rule, in the arena. */
typedef VEC(const char *) text_list;
text_list not_judged_lines(const struct verdicts *v, struct arena *a);

#endif
