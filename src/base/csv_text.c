/* In: a text. Out: a cell that a spreadsheet opens without running anything in it. */
#include "base/csv_text.h"

#include <stdbool.h>
#include <string.h>

void csv_text(FILE *f, const char *text) {
  if (!text) text = "";
  bool risky = *text && strchr("=+-@\t\r\n", *text);
  bool quoted = strpbrk(text, ",\"\r\n") != NULL;
  if (quoted) fputc('"', f);
  if (risky) fputc('\'', f);
  for (; *text; text++) {
    if (*text == '"') fputc('"', f);
    fputc(*text, f);
  }
  if (quoted) fputc('"', f);
}
