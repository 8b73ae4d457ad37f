/* The two bodies of a mail, in the arena. */
#ifndef VIGIE_MAIL_H
#define VIGIE_MAIL_H

#include "deliver/digest.h"

const char *mail_plain(const struct digest *d, struct arena *a);
const char *mail_html(const struct digest *d, struct arena *a);

#endif
