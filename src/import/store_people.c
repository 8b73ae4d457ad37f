/* Names of people become their addresses. In: the table people, as it was imported. Out: the
 * address of a name or id. */
#include <string.h>

#include "base/text.h"
#include "import/store_db.h"

static void know(struct store *s, const char *name, const char *address) {
  const char *word = text_folded(s->a, name), *before = map_get(&s->addresses, word);
  if (!*name) return;
  bool other = before && strcmp(before, address) != 0;
  map_put(&s->addresses, s->a, word, (void *)(other ? "" : address));
}

static const char *cell(struct store *s, sqlite3_stmt *st, int at) {
  const unsigned char *t = sqlite3_column_text(st, at);
  return t ? arena_strdup(s->a, (const char *)t) : "";
}

/* Read anew, it knows nothing of before: an address may have changed. */
bool store_people_read(struct store *s, struct diags *problems) {
  static const char *const columns[] = {"email", "person_id", "name", "first_name", "last_name"};
  enum { COLUMNS = sizeof columns / sizeof *columns };
  const char *sql = "SELECT ";
  bool has, ends;
  s->addresses = (struct map){0};
  for (int i = 0; i < COLUMNS; i++) {
    if (!store_has_column(s, "people", columns[i], &has, problems)) return false;
    if (!has && i == 0) return true;
    sql = arena_printf(s->a, "%s%s%s", sql, i ? ", " : "", has ? columns[i] : "''");
  }
  if (!store_has_column(s, "people", "gone_on", &ends, problems)) return false;
  sqlite3_stmt *st;
  sql = arena_printf(s->a, "%s FROM people WHERE email IS NOT NULL%s", sql,
                     ends ? " AND gone_on IS NULL" : "");
  if (!store_prepare(s, sql, &st, problems)) return false;
  s->people_known = true;
  while (sqlite3_step(st) == SQLITE_ROW) {
    const char *address = cell(s, st, 0), *first = cell(s, st, 3), *last = cell(s, st, 4);
    const char *id = cell(s, st, 1);
    know(s, id, address);
    if (strlen(id) == 18) know(s, arena_strndup(s->a, id, 15), address);
    know(s, cell(s, st, 2), address);
    if (*first && *last) {
      know(s, arena_printf(s->a, "%s %s", first, last), address);
      know(s, arena_printf(s->a, "%s, %s", last, first), address);
    }
  }
  sqlite3_finalize(st);
  return true;
}

const char *store_address(struct store *s, const char *name) {
  return map_get(&s->addresses, text_folded(s->a, name));
}

void store_miss(struct store *s, struct stored *said, const char *column, const char *name,
                bool twice) {
  for (size_t i = 0; i < said->n_misses; i++) {
    struct stored_miss *m = &said->misses[i];
    if (strcmp(m->column, column) != 0 || strcmp(m->name, name) != 0) continue;
    m->rows++;
    return;
  }
  struct stored_miss *grown = NEW_N(s->a, struct stored_miss, said->n_misses + 1);
  if (said->n_misses) memcpy(grown, said->misses, said->n_misses * sizeof *grown);
  grown[said->n_misses++] = (struct stored_miss){column, arena_strdup(s->a, name), 1, twice, NULL};
  said->misses = grown;
}
