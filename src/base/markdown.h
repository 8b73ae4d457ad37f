/* Texts from the data in Markdown, where they must become no table, link, tag, reference to an
 * issue or mention of a person, and cannot drive a terminal. */
#ifndef VIGIE_MARKDOWN_H
#define VIGIE_MARKDOWN_H

#include <stdio.h>

#include "base/arena.h"

void markdown_print(FILE *f, const char *text);
/* The same as a text, in the arena. */
const char *markdown_text(const char *text, struct arena *a);

#endif
