/* What a task in another program says, whatever program it is. */
#ifndef VIGIE_TASK_TEXT_H
#define VIGIE_TASK_TEXT_H

#include "deliver/digest.h"

enum { SUBJECT_MAX = 255 }; /* characters: what a subject of Salesforce takes */

/* What to do, on one line. */
const char *task_subject(const struct digest_line *l, struct arena *a);
/* The same with the key behind it, for a list of tasks that shows no more than subjects. */
const char *task_subject_keyed(const struct digest_line *l, const char *mark, struct arena *a);
/* Whom it is about, the money, why, the link, and last the key by which `vigie items import` knows
 * the item when the task comes back: "[vigie 12-3f9a1c2e]", the item of that state (writer.h, its
 * mark). Lines end with \n; the last does not. */
const char *task_description(const struct digest_line *l, const char *mark, struct arena *a);
/* Does the text lead to a page of the web? NULL does not. */
bool task_link(const char *text);
/* As a part of the name of a file: letters, digits and @ . _ - stay. */
const char *task_file_word(const char *text, struct arena *a);

#endif
