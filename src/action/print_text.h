/* How what people read is printed: on run, plan, items and whatever else fits a terminal. Texts
 * from the data are printed safely: they cannot drive it. */
#ifndef VIGIE_PRINT_TEXT_H
#define VIGIE_PRINT_TEXT_H

#include <stdbool.h>

struct text_style {
  int width;  /* of the terminal, in cells; 0: no limit */
  bool color; /* bold headers */
  /* only what someone should look into: items without an owner, rows not judged, rules that left */
  bool quiet;
};

#endif
