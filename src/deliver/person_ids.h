/* Which number a program of tasks gives to a person: a file with the columns person and id. */
#ifndef VIGIE_PERSON_IDS_H
#define VIGIE_PERSON_IDS_H

struct arena;
struct diags;
struct map;
struct person_ids;

/* Each file is read once: `files` keeps it, and is empty at first. NULL: it cannot be read, or a
 * column is missing; the first time with one error. */
const struct person_ids *person_ids_read(struct map *files, const char *path, struct arena *a,
                                         struct diags *problems);

/* The id of `to`, an address or a team, else of the address of whoever leads that (NULL: nobody).
 * NULL with one error: the file has none, or what Salesforce has no use for. */
const char *person_id(const struct person_ids *ids, const char *to, const char *address,
                      struct diags *problems);

/* Who has the id, as the file writes it: an address, or a team; NULL: nobody. 15 signs of an id are
 * the first of 18. */
const char *person_of_id(const struct person_ids *ids, const char *id);

/* 15 or 18 letters and digits. */
_Bool salesforce_id(const char *text);

#endif
