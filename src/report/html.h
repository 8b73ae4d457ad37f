/* Writing the page: markup is a literal of ours, every text in it is escaped.
 *
 * html_put is the only way to the file. Its first text is markup; each %s is a text of the rules
 * or of the data, and goes through the one function that escapes: & < > " ' as entities, control
 * characters, bytes that are no UTF-8 and marks that turn the direction of what follows as �.
 * So no text can be markup, in an element or in an attribute between quotes. */
#ifndef VIGIE_REPORT_HTML_H
#define VIGIE_REPORT_HTML_H

#include "base/limits.h"
#include "report/page_words.h"

struct html_column {
  enum page_text head;
  bool number; /* set to the right */
};

struct html {
  FILE *f;
  const struct report *r;
  struct arena *a;
  struct words w;
  int evidence_left;                 /* of how many items the evidence still fits the file */
  int charts;                        /* drawn so far: each needs an id of its own */
  const struct html_column *columns; /* of the table that is being written */
  size_t n_columns, at;
  const char *first_head; /* of the next table, in place of that of its first column; NULL */
};

/* %s: a text; %d, %ld, %zu: whole numbers; %.1f: a length; %%. No others. */
void html_put(struct html *h, const char *markup, ...) __attribute__((format(printf, 2, 3)));
void html_text(struct html *h, const char *text);

/* ---- tables --------------------------------------------------------------------------- */

/* A table that scrolls by itself where it is too wide, with a caption that is heard, and seen where
 * the class does not hide it. On narrow screens a row is a record: cells show their column. */
void html_table(struct html *h, const char *class, const char *caption,
                const struct html_column *columns, size_t n);
void html_table_end(struct html *h);
void html_row(struct html *h, const char *class); /* "" for none */
void html_row_end(struct html *h);
/* The next cell of the row: the first one is its head. */
void html_cell(struct html *h, const char *text);
/* The same with markup inside, or with a class besides. */
void html_cell_open(struct html *h, const char *class);
void html_cell_close(struct html *h);
/* "13,105,156 EUR" with what it is the amount of after it, small; "no worth". */
void html_worth(struct html *h, const struct value *v, const char *of);

/* ---- pieces --------------------------------------------------------------------------- */

void html_fold(struct html *h, const char *summary); /* details, closed */
void html_fold_end(struct html *h);
void html_code(struct html *h, const char *command);    /* breaks between words alone */
void html_command(struct html *h, const char *command); /* "Printed by vigie …" */
void html_paragraph(struct html *h, const char *class, const char *text);
/* A word with its mark: a full, half or empty dot; band as in kpi_value. */
void html_band(struct html *h, const char *band, const char *word);
/* "4 days late" in red with its square; else the day. */
void html_due(struct html *h, const struct item *i);
/* Closes what a list leaves out: nothing is cut without a word. */
void html_more_rows(struct html *h, size_t all, size_t shown);

/* ---- what sections share -------------------------------------------------------------- */

/* html_evidence.c: why an item opened, how that is today, the commands that print it. */
void html_evidence(struct html *h, const struct item *i);
/* html_shared.c: how a target stands: its mark, goal, pace, what becomes of it. */
void html_target(struct html *h, const struct target_status *t);
void html_target_mark(struct html *h, const struct target_status *t);
const char *html_target_words(struct html *h, const struct target_status *t);
/* "vigie kpi rules --db data.db --only nrr": the command with where its rules and data are. */
/* What an item asks: its action; of a target what is missing today, for its action says what was
 * on the day it opened. */
const char *html_asked(struct html *h, const struct item *i);
void html_items_command(struct html *h); /* that lists the items of the page */
const char *html_where(struct html *h, const char *command, const char *options);
/* The same of a KPI at the ends of the months of the page. */
const char *html_months(struct html *h, const struct report_kpi *k, const char *options);

#endif
