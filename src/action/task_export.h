/* What a task list of a CRM says of the items that it was sent. */
#ifndef VIGIE_TASK_EXPORT_H
#define VIGIE_TASK_EXPORT_H

#include "base/csv_file.h"
#include "base/date.h"

/* What a column may be called in --map; the enum follows TASK_FIELD_NAMES. */
enum task_field { TASK_STATUS, TASK_CLOSED, TASK_OWNER, TASK_COMPLETED, TASK_FIELDS };

/* An item whose task is done. */
struct task_done {
  int64_t number;
  const char *who; /* as the export writes it; NULL: it does not say */
  day_t day;       /* in the company's time zone; DAY_NONE: it does not say */
  size_t row;
};

/* A row that holds an item's key and is not taken. */
struct task_left {
  size_t row;
  const char *why; /* a sentence */
};

struct task_export {
  struct task_done *done; /* each number once, in the order of the rows */
  size_t n_done;
  struct task_left *left;
  size_t n_left;
  size_t n_keys;  /* rows that hold a key */
  size_t n_other; /* rows whose keys are of other states alone */
};

/* How to read it. */
struct task_reading {
  const char *path;
  const char *map; /* "Header=field, Header=field …"; behind the field stands how a day is written,
                      or the word of a status that means done. NULL: none */
  const char *tz;  /* the company's; NULL: UTC */
  const char *mark; /* of the state whose items are meant: a key with another is not its own */
};

/* False: one error, for no row could be understood. */
bool task_export_read(const struct csv_file *file, const struct task_reading *how, struct arena *a,
                      struct task_export *out, struct diags *problems);

#endif
