/* What waits for room: on the first screen of a run. */
#ifndef VIGIE_PRINT_WAITING_H
#define VIGIE_PRINT_WAITING_H

#include "action/print_text.h"

/* First the items that wait though they are of priority high or their due day has passed; then how
 * many wait, whose they are and the money in them. Nothing, where nothing waits. */
void print_waiting(FILE *f, const struct outcome *o, const struct text_style *style,
                   struct arena *a);

#endif
