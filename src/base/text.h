/* Unicode text: validity, NFC, width on a terminal. A thin layer over utf8proc. */
#ifndef VIGIE_TEXT_H
#define VIGIE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct arena;

/* True for well-formed UTF-8; otherwise *bad is the offset of the first bad byte. */
bool text_utf8_valid(const char *s, size_t n, size_t *bad);
/* Cells of a terminal that the text takes. Control characters count one (they print as "?"). */
int text_width(const char *s, size_t n);
/* How many bytes of it fill so many cells: all n where they do not. The last sign may go beyond. */
size_t text_within(const char *s, size_t n, int room);
/* Prints with control characters replaced by "?", so that data cannot drive the terminal; line
 * ends and the bytes of broken UTF-8 too. */
void text_print_safe(FILE *out, const char *s, size_t n);
/* The same from column `at` of a line on, and the end of the line. On a terminal it goes on below,
 * indented by `under`, where the line has no room: no word is cut. Elsewhere it is one line. */
void text_print_from(FILE *out, int at, int under, const char *s, size_t n);
/* A line of it, wrapped likewise: whatever names files, arguments or data goes through here. */
void text_print_line(FILE *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* NFC, white space trimmed at both ends; owned by the arena. *out_n gets its length. The bytes
 * must be valid UTF-8; otherwise they come back as they are, trimmed. */
const char *text_clean(struct arena *a, const char *s, size_t n, size_t *out_n);
/* The text is plain ASCII without a blank at either end: text_clean would change nothing. */
bool text_is_clean_ascii(const char *s, size_t n);
/* May the character at s start (or continue) a name? Returns its length in bytes, 0 for no. */
int text_name_char(const char *s, size_t n, bool start);
/* Case mapping by code point, into the arena. */
const char *text_lower(struct arena *a, const char *s);
const char *text_upper(struct arena *a, const char *s);
/* For searching: small letters without accents, "Élodie" and "elodie" alike; into the arena. Bytes
 * that are no UTF-8 stay as they are. */
const char *text_folded(struct arena *a, const char *s);
/* As it stands in an address: whatever is no letter or digit of ASCII, and none of the signs kept,
 * as %XX; into the arena. */
const char *text_percent(struct arena *a, const char *s, const char *kept);
/* What is compared of a header or a status that another program wrote: folded, letters and digits
 * alone, so that "Deal Stage*" and "dealstage" are alike; into the arena. */
const char *text_word(struct arena *a, const char *s);
/* As a shell takes it, in single quotes where it has to be; into the arena. */
const char *text_shell_word(struct arena *a, const char *word);
size_t text_length(const char *s); /* in code points */
/* The same bytes; NULL is the same as NULL alone. */
bool same_text(const char *a, const char *b);

/* The word that goes with a number: "%ld %s", n, plural(n, "row", "rows"). Both forms stand in full
 * where they are used: a word is never glued from its parts. Neither is copied. */
const char *plural(long n, const char *one, const char *many);
/* Of a name that people gave to one row, the word for several, as English makes it: account,
 * accounts; company, companies; box, boxes. In the arena. */
const char *plural_name(struct arena *a, const char *name);
/* The one that goes with a number: 1 account, 2 accounts. */
const char *counted_name(struct arena *a, long n, const char *name);

#endif
