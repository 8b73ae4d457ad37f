/* The terminal that a stream leads to: how wide it is, in character cells. */
#ifndef VIGIE_TERMINAL_H
#define VIGIE_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

/* Width of the terminal on standard output; where that is no terminal, what the environment
 * variable COLUMNS says; otherwise 100. */
int term_width(void);
/* From this width on a line need not give way. */
enum { TERM_WIDE = 100 };
/* Of the terminal that the stream leads to; 0: it leads to a file or a pipe, where a line may be
 * as long as it is. */
int term_room(FILE *f);
bool term_is_tty(FILE *f);

#endif
