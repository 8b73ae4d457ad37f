/* In: a CSV file that somebody in the company keeps. Out: the id of each person. */
#include "deliver/person_ids.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/csv_file.h"
#include "base/text.h"

struct person_ids {
  const char *path;
  struct csv_file file;
  size_t person, id; /* their columns */
  struct arena *a;
};

/* Without blanks around it; "" where the row is shorter. */
static const char *cell_at(const struct csv_row *row, size_t column, struct arena *a) {
  size_t n;
  return column < row->n ? text_clean(a, row->cells[column], strlen(row->cells[column]), &n) : "";
}

static bool find_column(struct person_ids *x, const char *name, size_t *out,
                        struct diags *problems) {
  const struct csv_row *head = &x->file.rows[0];
  for (*out = 0; *out < head->n; ++*out)
    if (strcasecmp(cell_at(head, *out, x->a), name) == 0) return true;
  return diag_fail(problems, V0707,
                   "%s has no column %s: its first line has to be person,id, and each line below "
                   "an address and the number of that person",
                   x->path, name);
}

const struct person_ids *person_ids_read(const char *path, struct arena *a,
                                         struct diags *problems) {
  struct person_ids *x = NEW(a, struct person_ids);
  *x = (struct person_ids){.path = path, .a = a};
  if (access(path, F_OK) != 0) {
    diag_fail(problems, V0701,
              "%s is not there, from which tell tasks salesforce takes the id of each person: "
              "make it, its first line person,id",
              path);
    return NULL;
  }
  bool ok = csv_file_read(path, a, &x->file, problems) &&
            find_column(x, "person", &x->person, problems) &&
            find_column(x, "id", &x->id, problems);
  return ok ? x : NULL;
}

/* 15 that tell capitals apart, or these and 3 more that do not need it. */
enum { ID_SIGNS = 15, ID_SIGNS_LONG = 18 };

bool salesforce_id(const char *text) {
  size_t n = 0;
  while (isalnum((unsigned char)text[n])) n++;
  return !text[n] && (n == ID_SIGNS || n == ID_SIGNS_LONG);
}

static const char *find(const struct person_ids *x, const char *person) {
  for (size_t i = 1; person && i < x->file.n; i++) {
    const struct csv_row *row = &x->file.rows[i];
    if (strcasecmp(cell_at(row, x->person, x->a), person) == 0) return cell_at(row, x->id, x->a);
  }
  return NULL;
}

const char *person_of_id(const struct person_ids *ids, const char *id) {
  for (size_t i = 1; salesforce_id(id) && i < ids->file.n; i++) {
    const struct csv_row *row = &ids->file.rows[i];
    const char *cell = cell_at(row, ids->id, ids->a), *person = cell_at(row, ids->person, ids->a);
    if (*person && salesforce_id(cell) && strncmp(cell, id, ID_SIGNS) == 0) return person;
  }
  return NULL;
}

const char *person_id(const struct person_ids *ids, const char *to, const char *address,
                      struct diags *problems) {
  const char *id = find(ids, to);
  if (!id) id = find(ids, address);
  if (id && salesforce_id(id)) return id;
  if (id && *id)
    diag_fail(problems, V0802,
              "%s has the id \"%s\" for %s: ids of Salesforce are 15 or 18 letters and digits, and "
              "those of people begin with 005",
              ids->path, id, to);
  else
    diag_fail(problems, V0802,
              "%s has no id for %s: add a line with it; until then those items wait", ids->path,
              to);
  return NULL;
}
