/* Owners who are not among the people. In: the columns that teams assign from, and the table of
 * people if there is one. Out: owners who have left, or never were. */
#include <string.h>
#include <strings.h>

#include "lint/data.h"

static bool named(const char *name, const char *const *words, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (strcasecmp(name, words[i]) == 0) return true;
  return false;
}

/* The column that names a person in a table that looks like one of people. */
static bool people_column(const struct lint *l, const char **table, const char **column) {
  static const char *const tables[] = {"people",       "users",  "employees",  "staff",
                                       "team_members", "owners", "sales_reps", "persons"};
  static const char *const columns[] = {"email",      "e_mail",       "mail",
                                        "user_email", "person_email", "work_email"};
  const struct table_info *const *t = dataset_tables(l->options->db);
  for (; *t; t++) {
    if (!named((*t)->name, tables, sizeof tables / sizeof *tables)) continue;
    for (const char *const *c = (*t)->columns; *c; c++)
      if (named(*c, columns, sizeof columns / sizeof *columns)) {
        *table = (*t)->name;
        *column = *c;
        return true;
      }
  }
  return false;
}

static void check_column(struct lint *l, const struct column_facts *f,
                         const struct column_facts *people) {
  const char *missing = NULL;
  size_t n = 0;
  for (size_t i = 0; i < f->texts.n; i++)
    if (!map_get(&people->seen, f->texts.v[i]) && !n++) missing = f->texts.v[i];
  /* Most must be there: otherwise it is another kind of name. */
  if (!n || n * 2 > f->texts.n) return;
  struct diag *d =
      lint_tell(l, f->span, "%zu of the %zu people in `%s` are not in \"%s\", such as %s", n,
                f->texts.n, f->what, people->table, missing);
  lint_help(l, d, "their items reach nobody: give their rows another owner, or add them to \"%s\"",
            people->table);
}

void lint_owner_not_in_people(struct lint *l) {
  const char *table, *column;
  struct column_facts people;
  if (!people_column(l, &table, &column) || !column_texts(l, table, column, &people) ||
      people.too_many)
    return;
  for (size_t i = 0; i < l->data->columns.n; i++) {
    const struct column_facts *f = l->data->columns.v[i];
    if (f->attr && f->attr->type.unit == U_PERSON && !f->too_many &&
        strcasecmp(f->table, table) != 0)
      check_column(l, f, &people);
  }
}
