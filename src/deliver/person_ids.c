/* In: a CSV file that somebody in the company keeps. Out: the id of each person. */
#include "deliver/person_ids.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/csv_file.h"
#include "base/map.h"
#include "base/text.h"
#include "base/vec.h"

struct row {
  const char *person, *id; /* "" where the row is shorter */
};

struct person_ids {
  const char *path;
  bool can_be_read;
  VEC(struct row) rows;
};

/* Without blanks around it; "" where the row is shorter. */
static const char *cell_at(const struct csv_row *row, size_t column, struct arena *a) {
  size_t n;
  return column < row->n ? text_clean(a, row->cells[column], strlen(row->cells[column]), &n) : "";
}

static bool find_column(const char *path, const struct csv_row *head, const char *name,
                        struct arena *a, size_t *out, struct diags *problems) {
  for (*out = 0; *out < head->n; ++*out)
    if (strcasecmp(cell_at(head, *out, a), name) == 0) return true;
  return diag_fail(problems, V0707,
                   "%s has no column %s: its first line has to be person,id, and each line below "
                   "an address and the number of that person",
                   path, name);
}

static bool read_file(struct person_ids *x, struct arena *a, struct diags *problems) {
  struct csv_file file;
  size_t person, id;
  if (access(x->path, F_OK) != 0)
    return diag_fail(problems, V0701,
                     "%s is not there, from which tell tasks salesforce takes the id of each "
                     "person: make it, its first line person,id",
                     x->path);
  if (!csv_file_read(x->path, a, &file, problems) ||
      !find_column(x->path, &file.rows[0], "person", a, &person, problems) ||
      !find_column(x->path, &file.rows[0], "id", a, &id, problems))
    return false;
  for (size_t i = 1; i < file.n; i++)
    VEC_PUSH(a, &x->rows,
             ((struct row){cell_at(&file.rows[i], person, a), cell_at(&file.rows[i], id, a)}));
  return true;
}

const struct person_ids *person_ids_read(struct map *files, const char *path, struct arena *a,
                                         struct diags *problems) {
  struct person_ids *x = map_get(files, path);
  if (!x) {
    x = NEW(a, struct person_ids);
    *x = (struct person_ids){.path = path};
    x->can_be_read = read_file(x, a, problems);
    map_put(files, a, path, x);
  }
  return x->can_be_read ? x : NULL;
}

/* 15 that tell capitals apart, or these and 3 more that do not need it. */
enum { ID_SIGNS = 15, ID_SIGNS_LONG = 18 };

bool salesforce_id(const char *text) {
  size_t n = 0;
  while (isalnum((unsigned char)text[n])) n++;
  return !text[n] && (n == ID_SIGNS || n == ID_SIGNS_LONG);
}

static const char *find(const struct person_ids *x, const char *person) {
  for (size_t i = 0; person && i < x->rows.n; i++)
    if (strcasecmp(x->rows.v[i].person, person) == 0) return x->rows.v[i].id;
  return NULL;
}

const char *person_of_id(const struct person_ids *ids, const char *id) {
  for (size_t i = 0; salesforce_id(id) && i < ids->rows.n; i++) {
    const struct row *r = &ids->rows.v[i];
    if (*r->person && strncmp(r->id, id, ID_SIGNS) == 0 && salesforce_id(r->id)) return r->person;
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
