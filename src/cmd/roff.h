/* Pages of the manual as man(7) has them. Whatever is written is plain ASCII, in lines of 80
 * columns at most where its words allow it. */
#ifndef VIGIE_ROFF_H
#define VIGIE_ROFF_H

#include <stdio.h>

/* A paragraph's text, as printf makes it. `back quotes` make bold, a word that begins with -- is
 * bold. */
void roff_text(FILE *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* In the middle of a line, each character as it is. */
void roff_literal(FILE *out, const char *text);
/* The same in bold or italics. */
void roff_bold(FILE *out, const char *text);
void roff_italic(FILE *out, const char *text);

#endif
