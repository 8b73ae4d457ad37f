/* A message that is a file. */
#ifndef VIGIE_MESSAGE_FILE_H
#define VIGIE_MESSAGE_FILE_H

#include "action/outbox.h"

/* Writes it into the folder under its name, whole or not at all; a second time is the same file.
 * False: *why is one sentence. */
bool message_file_write(const struct message *m, const char *folder, struct arena *a,
                        const char **why);

#endif
