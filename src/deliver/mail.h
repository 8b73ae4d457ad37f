/* The two bodies of a mail, in the arena. */
#ifndef VIGIE_MAIL_H
#define VIGIE_MAIL_H

#include "deliver/digest.h"

/* "2 items to do"; of a team with its name before. */
const char *mail_title(const struct digest *d, struct arena *a);
const char *mail_plain(const struct digest *d, struct arena *a);
const char *mail_html(const struct digest *d, struct arena *a);

#endif
