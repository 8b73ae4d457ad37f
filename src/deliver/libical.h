/* libical, loaded for the first calendar: ical->component_new(…) is icalcomponent_new(…). */
#ifndef VIGIE_LIBICAL_H
#define VIGIE_LIBICAL_H

#include <libical/ical.h>
#include <stdbool.h>

struct diags;

struct libical {
#define ICAL_FUNCTION(name) typeof(ical##name) *name;
#include "deliver/libical.def"
#undef ICAL_FUNCTION
};

/* False with one error when this machine has no libical. */
bool libical_load(struct libical *ical, struct diags *problems);

#endif
