/* Owners who are not among the people. In: the columns that teams assign from, and the table of
 * people: the one that a team asks who is away, else one that is called so. Out: owners who
 * have left, or never were. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
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

/* ---- the list that a team declares ---------------------------------------------------- */

/* The first entity of people that a team asks, with the column of its addresses. */
static const struct team_people *declared_people(const struct lint *l, const char **column) {
  for (size_t i = 0; i < l->rs->teams.n; i++) {
    const struct team_people *p = &l->rs->teams.v[i]->people;
    const struct term *t = p->address;
    if (!p->entity) continue;
    if (t->kind == T_KEY)
      *column = p->entity->key;
    else if (t->kind == T_ATTR && t->attr->kind == ATTR_COLUMN)
      *column = t->attr->column;
    else
      continue;
    return p;
  }
  return NULL;
}

struct finding_attr {
  const struct attr *attr;
  bool found;
};

static void find_attr(void *ctx, const struct term *t) {
  struct finding_attr *f = ctx;
  f->found |= t->kind == T_ATTR && t->attr == f->attr;
}

/* Does a team take its owners from there? */
static bool is_assigned(const struct lint *l, const struct attr *at) {
  struct finding_attr f = {.attr = at};
  for (size_t i = 0; i < l->rs->rules.n; i++) term_walk(l->rs->rules.v[i]->owner, find_attr, &f);
  return f.found;
}

/* ---- the columns ---------------------------------------------------------------------- */

/* Of whom a column speaks, and what comes of it when they are in no list. */
struct role {
  const char *who, *help;
  bool all; /* whoever is not there counts; false: most must be, or it is another kind of name */
};

static void check_column(struct lint *l, const struct column_facts *f, const char *table,
                         const struct map *people, const struct role *role) {
  const char *missing = NULL;
  size_t n = 0;
  for (size_t i = 0; i < f->texts.n; i++)
    if (!map_get(people, text_lower(l->a, f->texts.v[i])) && !n++) missing = f->texts.v[i];
  if (!n || (!role->all && n * 2 > f->texts.n)) return;
  struct diag *d =
      lint_tell(l, f->span, "%zu of the %zu %s in `%s` %s not in \"%s\", such as %s", n, f->texts.n,
                role->who, f->what, n == 1 ? "is" : "are", table, missing);
  lint_help(l, d, role->help, table);
}

static struct map names_of(struct lint *l, const struct column_facts *people) {
  struct map names = {0};
  for (size_t i = 0; i < people->texts.n; i++)
    map_put(&names, l->a, text_lower(l->a, people->texts.v[i]), l);
  return names;
}

void lint_owner_not_in_people(struct lint *l) {
  static const struct role stand_in = {
      "stand-ins",
      "the items of whom they stand in for pass them over: correct them, or add them "
      "to \"%s\"",
      true};
  struct role owner = {"people",
                       "their items reach nobody: give their rows another owner, or add "
                       "them to \"%s\"",
                       false};
  const char *table, *column;
  struct column_facts people;
  const struct team_people *declared = declared_people(l, &column);
  if (declared) table = declared->entity->table;
  if ((!declared && !people_column(l, &table, &column)) ||
      !column_texts(l, table, column, &people) || people.too_many)
    return;
  struct map names = names_of(l, &people);
  const struct term *s = declared ? declared->stand_in : NULL;
  for (size_t i = 0; i < l->data->columns.n; i++) {
    const struct column_facts *f = l->data->columns.v[i];
    if (!f->attr || f->too_many) continue;
    owner.all = declared && is_assigned(l, f->attr);
    if (s && s->kind == T_ATTR && s->attr == f->attr)
      check_column(l, f, table, &names, &stand_in);
    else if (f->attr->type.unit == U_PERSON && strcasecmp(f->table, table) != 0)
      check_column(l, f, table, &names, &owner);
  }
}
