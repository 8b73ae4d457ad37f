/* A place in the analysis of a file that is open, and places as the protocol wants them. */
#ifndef VIGIE_EDITOR_NAMING_H
#define VIGIE_EDITOR_NAMING_H

#include "editor/server.h"
#include "editor/symbols.h"

/* The source that the analysis read of this one name; NULL: none. */
struct source *analysis_source(const struct analysis *x, const char *id);
/* The address of a source as the editor knows it; NULL: it is no file (the library inside the
 * program). In the arena. */
const char *source_uri(const struct editor *e, const struct analysis *x, const struct source *src,
                       struct arena *a);
/* The name at params.position of an open file. NULL: there is none, or the answer is refused. */
const struct occurrence *asked_name(struct asked *q);

/* Does the line of params.position stand in the newest reading as it stands in the file? Then what
 * was read says what it is, and nobody has to wait for the reading of a key elsewhere. */
bool place_is_read(const struct document *d, const json_t *params);

/* Places one after the other, by source. */
struct place_list {
  struct asked *q;
  const struct source *src; /* of the last one */
  struct lines lines;       /* of the file as it stands in the editor, where it is open */
  struct text_shift shift;  /* from the source to that */
};
/* {start, end} of a span, in the file as it stands in the editor. */
json_t *place_range(struct place_list *l, struct span at);

#endif
