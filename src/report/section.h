/* The family of the sections of the page: section.def. */
#ifndef VIGIE_REPORT_SECTION_H
#define VIGIE_REPORT_SECTION_H

#include "report/html.h"

#define SECTION(name, en, fr, short_en, short_fr) \
  bool html_##name##_there(const struct html *h); \
  void html_##name##_lead(struct html *h);        \
  void html_##name##_body(struct html *h);
#include "report/section.def"
#undef SECTION

#endif
