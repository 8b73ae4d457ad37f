/* What one person, or a team, is told in one message: the items, the most money first, in words.
 * The same for all channels; how a channel writes it stands in writer.def. */
#ifndef VIGIE_DIGEST_H
#define VIGIE_DIGEST_H

#include "action/outbox.h"

struct digest_line {
  const struct item *item;
  enum event_kind kind;
  size_t step;        /* the number of the step that it is about; 0: the item */
  const char *number; /* "#12", "#12, step 2" */
  const char *about;  /* "Brume Conseil"; with its customer where that says more */
  const char *task;   /* what to do; of a step, the step */
  const char *news;   /* "new", "late 3 days", "with VP_CS since 2026-03-04" */
  const char *due;    /* "due Sunday", "late 2 days", "no due day" */
  day_t due_day;      /* the same as a day; DAY_NONE */
  const char *to;     /* whom it is for: an address, or a team */
  bool to_team;
  const char *money; /* "25,470 EUR"; "" where it is not known */
  const char *why;   /* "health drop 21 (74 to 53) > 10, renewal 2026-04-12"; "" */
};

struct digest {
  const char *to; /* an address, or the name of a team */
  bool of_team, sample;
  bool answers; /* it says how to answer: its reader sees no more than the message */
  day_t day;
  const char *title;               /* "3 items to do, 1 of them late: 84,000 EUR arr at stake" */
  const struct digest_line *lines; /* what is to do, the most money first */
  size_t n_lines;
  const struct digest_line *over; /* there is nothing to do any more */
  size_t n_over;
  long to_do, late; /* on the whole list of the person; of a team 0 */
};

/* What a person can answer, and with which command: a row of reply.def, said of one item. */
struct reply {
  const char *when, *command;
};
/* Of the first line, in the arena, *n of them; none where nothing is to do, or nobody answers. */
const struct reply *digest_replies(const struct digest *d, struct arena *a, size_t *n);
/* "Step 2 of 3: Ask Finance": the first that is not done; NULL: it has none, or is one itself. */
const char *digest_step(const struct digest_line *l, struct arena *a);

/* How many lines a message shows in full, and how many besides in one line each. */
enum { DIGEST_FULL = 5, DIGEST_SHORT = 20 };
/* Characters of a text of the data; bytes of a link: one that is longer is left out. */
enum { DIGEST_TEXT_MAX = 300, DIGEST_LINK_MAX = 1000 };

/* Of tellings of one recipient; items[k] is the item of tellings[k]. An item that several tell of
 * is one line, of the most urgent of them. Everything lent stays lent; texts in the arena. */
struct digest *digest_make(const struct telling *const *of, const struct item *const *items,
                           size_t n, day_t today, struct arena *a);

#endif
