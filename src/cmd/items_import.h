/* A task export while it is taken back, and what is said of it. */
#ifndef VIGIE_ITEMS_IMPORT_H
#define VIGIE_ITEMS_IMPORT_H

#include "action/move.h"
#include "action/state.h"
#include "action/task_export.h"
#include "base/map.h"
#include "cmd/item_choice.h"

/* An item that the export closes. */
struct imported {
  struct item item; /* as it is, then as it becomes */
  struct mover by;
  day_t day;
  int64_t rev;     /* when it was shown */
  const char *say; /* what is to be known besides; NULL */
};

struct importing {
  const struct args *args;
  const char *path;
  struct arena *a;
  struct diags problems;
  struct task_export export;
  struct settings settings;
  day_t today;
  struct map ids;     /* files of ids that were read: person_ids.h */
  struct mover mover; /* of the line; person NULL: nobody was needed yet */
  VEC(struct imported) closed;
  VEC(struct task_left) left; /* those of the export, then what the state knows */
  size_t closed_before;
  VEC(const char *) unknown; /* people of the export whom nothing here names */
};

void import_say_preview(const struct importing *x, bool would);
/* Each reason once, with its rows. */
void import_say_left(struct importing *x);
void import_say_text(const struct importing *x);
void import_say_json(const struct importing *x);

#endif
