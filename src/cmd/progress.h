/* How far a long run is, on a terminal. */
#ifndef VIGIE_CMD_PROGRESS_H
#define VIGIE_CMD_PROGRESS_H

/* Shows on standard error what is read now; ctx is unused. A run of less than a second, and one
 * without a terminal, shows nothing. */
void show_progress(void *ctx, const char *what);
/* Wipes the line, before anything else is printed. */
void progress_end(void);

#endif
