/* How a workbook shows a number, and so what it is: a number, a percent, a day, a time of a day. */
#ifndef VIGIE_NUMBER_STYLE_H
#define VIGIE_NUMBER_STYLE_H

#include <stdbool.h>
#include <stddef.h>

enum number_style {
  STYLE_NUMBER,
  STYLE_PERCENT, /* 45%, which is 0.45 */
  STYLE_DAY,     /* 2026-03-01 */
  STYLE_MOMENT,  /* 2026-03-01T09:30:00 */
  STYLE_TIME,    /* 09:30:00, of no day */
  STYLE_ELAPSED  /* 36:00:00, longer than a day */
};

/* "dd/mm/yyyy hh:mm", "[h]:mm", "0.00 \"d\"": a format as the workbook holds it. */
enum number_style number_style_of_format(const char *format);
/* Of a format that every Excel knows by its number alone. */
enum number_style number_style_of_id(long id);

enum { NUMBER_TEXT_BYTES = 400 };
/* A finite number with so many digits that count, at most 17, and without an exponent; buf has
 * NUMBER_TEXT_BYTES. Returns its length. */
size_t number_plain_text(double value, int significant, char *buf);
/* The number as people read it in this style, without more digits than Excel has; buf has
 * NUMBER_TEXT_BYTES. Empty: a day 0, which an empty cell shows. *exact: as in struct sheet_cell. */
size_t number_style_text(enum number_style style, double value, bool from_1904, char *buf,
                         bool *exact);

#endif
