/* What `vigie deliver` says. */
#ifndef VIGIE_DELIVER_TEXT_H
#define VIGIE_DELIVER_TEXT_H

#include <stdio.h>

#include "action/print_text.h"
#include "deliver/compose.h"
#include "deliver/dispatch.h"

struct delivery_page {
  const struct composed *composed;
  const struct dispatched *dispatched; /* NULL: nothing was sent, for it was only asked for */
  const struct untold *untold;         /* teams whose people nobody tells */
  size_t n_untold;
  int64_t failed; /* messages that failed in a delivery before this one */
};

/* Does anything need a person? */
bool delivery_needs_look(const struct delivery_page *p);
void print_delivery_text(FILE *f, const struct delivery_page *p, const struct text_style *style,
                         struct arena *a);
void print_delivery_json(FILE *f, const struct delivery_page *p);
/* What would be sent, as its readers would see it. */
void print_dry_delivery(FILE *f, const struct delivery_page *p, struct arena *a);
/* Messages of one state, with what went wrong. */
void print_messages_text(FILE *f, const struct message *list, size_t n,
                         const struct text_style *style, struct arena *a);
void print_messages_json(FILE *f, const struct message *list, size_t n);

#endif
