/* Hostile database cells and options: whatever the bytes, a day is read or refused. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data;
  char printed[32];
  day_t day;
  static struct zone_clock paris;
  if (!paris.zone) paris.zone = zone_read(arena_new(), "Europe/Paris");
  if (day_parse(text, size, &day)) day_text(day, printed);
  if (day_parse_cell(text, size, &paris, &day)) day_text(day, printed);
  if (day_parse_format(text, size, "DD/MM/YYYY", &day)) day_text(day, printed);
  struct duration duration;
  if (duration_parse(text, size, &duration)) duration_text(duration, printed);
  struct period period;
  if (period_parse_fixed(text, size, &period)) period_text(&period, printed);
  return 0;
}
