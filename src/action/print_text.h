/* What people read of run, plan and items. Texts from the data are printed safely: they cannot
 * drive the terminal. */
#ifndef VIGIE_PRINT_TEXT_H
#define VIGIE_PRINT_TEXT_H

#include <stdio.h>

#include "action/apply.h"

struct text_style {
  int width;  /* of the terminal, in cells; 0: no limit */
  bool color; /* bold headers */
  /* only what someone should look into: items without an owner, rows not judged, rules that left */
  bool quiet;
};

/* run and plan: who has how much to do and by when, with the money at stake; what is due first;
 * what changed; what could not be judged. Long lists are cut, and say how to see the rest. a is
 * for scratch work. */
void print_run_text(FILE *f, const struct outcome *o, const struct text_style *style,
                    struct arena *a);

#endif
