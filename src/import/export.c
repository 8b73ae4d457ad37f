/* In: a file, and what a person says of it. Out: what it is of and its columns; then its rows. */
#include "import/export.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/text.h"

/* Which columns may name a row is counted while the rows go by: a set of hashes each. */
struct key_trial {
  size_t column;
  uint64_t *slots;
  size_t n, cap;
  bool twice, missing;
};
enum { KEY_TRIALS = 3 };

struct looking {
  struct export *e;
  struct export_said *said;
  const char *table; /* that a person named; NULL */
  struct arena *a;
  struct diags *problems;
  struct key_trial trials[KEY_TRIALS];
  size_t n_trials;
  size_t n_rows;
  bool failed;
};

/* ---- names ---------------------------------------------------------------------------- */

const char *export_name(struct arena *a, const char *text) {
  const char *folded = text_folded(a, text);
  char *name = arena_alloc(a, strlen(folded) + 3), *w = name;
  for (const char *c = folded; *c; c++) {
    bool letter = isalnum((unsigned char)*c);
    if (letter && w == name && isdigit((unsigned char)*c)) *w++ = 'c', *w++ = '_';
    if (letter)
      *w++ = *c;
    else if (w > name && w[-1] != '_')
      *w++ = '_';
  }
  while (w > name && w[-1] == '_') w--;
  *w = 0;
  return name;
}

static bool name_taken(const struct export *e, const char *name) {
  for (size_t i = 0; i < e->n; i++)
    if (strcmp(e->columns[i].name, name) == 0) return true;
  return strcmp(name, "imported_on") == 0 || strcmp(name, "gone_on") == 0;
}

static const char *free_name(const struct export *e, const char *wanted, size_t at,
                             struct arena *a) {
  const char *base = *wanted ? wanted : arena_printf(a, "column_%zu", at + 1), *name = base;
  for (int i = 2; name_taken(e, name); i++) name = arena_printf(a, "%s_%d", base, i);
  return name;
}

static const char *table_of_file(struct arena *a, const char *path) {
  const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
  const char *dot = strrchr(base, '.');
  const char *name = export_name(a, dot ? arena_strndup(a, base, (size_t)(dot - base)) : base);
  return *name ? name : "rows";
}

/* ---- the header ----------------------------------------------------------------------- */

static const char *mapped_to(struct export_said *said, const char *header, struct arena *a) {
  for (size_t i = 0; i < said->n_maps; i++)
    if (strcmp(text_word(a, said->maps[i].header), text_word(a, header)) == 0) {
      said->maps[i].used = true;
      return said->maps[i].column;
    }
  return NULL;
}

static enum thing_id find_thing(struct looking *x, const char *const *words, size_t n) {
  const struct shape *shape = shape_of(words, n, x->a);
  enum thing_id said = x->table ? thing_named(x->table) : THING_UNKNOWN;
  if (shape && (said == THING_UNKNOWN || said == shape->thing)) {
    x->e->vendor = shape->vendor;
    x->e->case_safe = shape->case_safe;
    return shape->thing;
  }
  return said != THING_UNKNOWN ? said
                               : thing_of_headers(words, n, table_of_file(x->a, x->e->path), x->a);
}

static void add_column(struct looking *x, size_t at, const char *header,
                       const struct field *field) {
  struct export *e = x->e;
  const char *said = *header ? mapped_to(x->said, header, x->a) : NULL;
  struct column c = {.at = at, .header = header, .field = field};
  if (said) {
    c.name = free_name(e, said, at, x->a);
    c.mapped = true;
    c.field = e->thing == THING_UNKNOWN ? NULL : field_of_column(e->thing, said);
  } else {
    c.name = free_name(e, field ? field->column : export_name(x->a, header), at, x->a);
  }
  e->columns[e->n++] = c;
}

/* Names of columns that a person gave or that a field has go before those that are made. */
static void name_columns(struct looking *x, const struct sheet_row *row,
                         const struct field *const *found) {
  x->e->columns = NEW_N(x->a, struct column, row->n * 2 + 1); /* and their currencies */
  for (int turn = 0; turn < 2; turn++)
    for (size_t i = 0; i < row->n; i++) {
      const char *header = arena_strndup(x->a, row->cells[i].text, row->cells[i].n);
      bool first = found[i] || (*header && mapped_to(x->said, header, x->a));
      if (first == (turn == 0)) add_column(x, i, header, found[i]);
    }
  /* back into the order of the file */
  for (size_t i = 1; i < x->e->n; i++)
    for (size_t k = i; k > 0 && x->e->columns[k].at < x->e->columns[k - 1].at; k--) {
      struct column c = x->e->columns[k];
      x->e->columns[k] = x->e->columns[k - 1];
      x->e->columns[k - 1] = c;
    }
}

/* A person's mapping takes a field from the header that would have had it. */
static void give_mapped(struct looking *x, const char *const *words, size_t n,
                        const struct field **found) {
  for (size_t m = 0; m < x->said->n_maps; m++)
    for (size_t i = 0; i < n; i++)
      if (found[i] && strcmp(found[i]->column, x->said->maps[m].column) == 0 &&
          strcmp(words[i], text_word(x->a, x->said->maps[m].header)) != 0)
        found[i] = NULL;
}

static bool is_key_word(const char *word, size_t n) {
  static const char *const words[] = {"id",        "number", "key",    "no",        "code",
                                      "email",     "ref",    "numero", "reference", "identifiant",
                                      "matricule", "serial", "sku",    "uuid"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strlen(words[i]) == n && memcmp(word, words[i], n) == 0) return true;
  return false;
}

/* order_number, and what English puts last stands first in French: id_de_l_enregistrement. */
static bool may_be_key(const struct column *c) {
  const char *last = strrchr(c->name, '_');
  last = last ? last + 1 : c->name;
  bool named = is_key_word(last, strlen(last)) || is_key_word(c->name, strcspn(c->name, "_")) ||
               strncmp(c->name, "n_", 2) == 0;
  return named && (!c->field || c->field->role == ROLE_EMAIL);
}

static void begin_trials(struct looking *x) {
  struct export *e = x->e;
  int known = export_role(e, ROLE_KEY), label = export_role(e, ROLE_LABEL);
  if (known != NO_COLUMN) x->trials[x->n_trials++].column = (size_t)known;
  if (known != NO_COLUMN) return;
  for (size_t i = 0; i < e->n && x->n_trials + 1 < KEY_TRIALS; i++)
    if (may_be_key(&e->columns[i])) x->trials[x->n_trials++].column = i;
  /* some exports know their rows by their names alone */
  if (label != NO_COLUMN) x->trials[x->n_trials++].column = (size_t)label;
  /* and what begins with S-0041 is called so */
  else if (e->n && e->thing == THING_UNKNOWN && !may_be_key(&e->columns[0]))
    x->trials[x->n_trials++].column = 0;
}

/* "S-0041" names a row, and so does what its header calls a number or a name; "Blue Door", 12 and
 * a day do not. */
static bool names_rows(const struct looking *x, const struct key_trial *t) {
  const struct column *c = &x->e->columns[t->column];
  if (t->twice || t->missing || !x->n_rows) return false;
  return c->field || may_be_key(c) || c->tally.marks == c->tally.n;
}

static bool take_header(void *ctx, const struct sheet_row *row) {
  struct looking *x = ctx;
  const char **words = NEW_N(x->a, const char *, row->n + 1);
  const struct field **found = NEW_N(x->a, const struct field *, row->n + 1);
  for (size_t i = 0; i < row->n; i++)
    words[i] = text_word(x->a, arena_strndup(x->a, row->cells[i].text, row->cells[i].n));
  x->e->thing = find_thing(x, words, row->n);
  if (x->e->thing != THING_UNKNOWN) fields_of(x->e->thing, words, row->n, found, x->a);
  give_mapped(x, words, row->n, found);
  name_columns(x, row, found);
  begin_trials(x);
  return true;
}

/* ---- the rows ------------------------------------------------------------------------- */

static void grow(struct key_trial *t) {
  size_t cap = t->cap ? t->cap * 2 : 1024;
  uint64_t *slots = xcalloc(cap, sizeof *slots);
  for (size_t i = 0; i < t->cap; i++) {
    if (!t->slots[i]) continue;
    size_t k = t->slots[i] & (cap - 1);
    while (slots[k]) k = (k + 1) & (cap - 1);
    slots[k] = t->slots[i];
  }
  free(t->slots);
  t->slots = slots;
  t->cap = cap;
}

static void try_key(struct key_trial *t, const struct sheet_cell *cell) {
  if (cell_is_nothing(cell)) t->missing = true;
  if (t->twice || t->missing) return;
  if (t->n * 2 >= t->cap) grow(t);
  uint64_t hash = hash_bytes(cell->text, cell->n) | 1;
  size_t k = (hash >> 1) & (t->cap - 1);
  while (t->slots[k] && t->slots[k] != hash) k = (k + 1) & (t->cap - 1);
  t->twice = t->slots[k] == hash;
  if (!t->slots[k]) t->n++;
  t->slots[k] = hash;
}

static const struct sheet_cell no_cell = {"", 0, false};

static const struct sheet_cell *cell_at(const struct sheet_row *row, size_t at) {
  return at < row->n ? &row->cells[at] : &no_cell;
}

static size_t width_of(const struct export *e) { return e->n ? e->columns[e->n - 1].at + 1 : 0; }

static bool too_wide(struct looking *x, const struct sheet_row *row) {
  for (size_t i = width_of(x->e); i < row->n; i++)
    if (row->cells[i].n)
      return !diag_fail(x->problems, V0707,
                        "%s, line %ld: it has %zu cells, and the header %zu: a separator stands "
                        "inside of a text, which has to be in quotes",
                        x->e->path, row->number, row->n, width_of(x->e));
  return false;
}

static bool take_row(void *ctx, const struct sheet_row *row) {
  struct looking *x = ctx;
  if (too_wide(x, row)) x->failed = true;
  x->n_rows++;
  for (size_t i = 0; i < x->e->n; i++)
    tally_cell(&x->e->columns[i], cell_at(row, x->e->columns[i].at), x->a);
  for (size_t i = 0; i < x->n_trials; i++)
    try_key(&x->trials[i], cell_at(row, x->e->columns[x->trials[i].column].at));
  return x->problems->errors < IMPORT_ERRORS_MAX;
}

/* ---- what it comes to ----------------------------------------------------------------- */

/* Columns without a header and without a cell. */
static void drop_empty(struct export *e) {
  size_t n = 0;
  for (size_t i = 0; i < e->n; i++) {
    if (e->columns[i].dropped) continue;
    if (e->key == (int)i) e->key = (int)n;
    if (e->key_second == (int)i) e->key_second = (int)n;
    e->columns[n++] = e->columns[i];
  }
  e->n = n;
}

static bool is_day_of_all(const struct column *c, size_t n_rows) {
  const size_t *fits = c->tally.fits[DOUBT_ORDER];
  return !c->field && c->tally.n == n_rows && (fits[0] == n_rows || fits[1] == n_rows);
}

/* The one day that nobody knows is that of the score, whatever its header. */
static void find_day_of_score(struct looking *x) {
  const struct field *at = field_of_role(x->e->thing, ROLE_AT);
  struct column *day = NULL;
  if (x->e->thing != THING_health || export_role(x->e, ROLE_AT) != NO_COLUMN) return;
  for (size_t i = 0; i < x->e->n; i++) {
    struct column *c = &x->e->columns[i];
    if (!is_day_of_all(c, x->n_rows)) continue;
    if (day) return;
    day = c;
  }
  if (!day || name_taken(x->e, at->column)) return;
  day->field = at;
  day->name = at->column;
  day->why = "guessed: the day of the score";
}

/* Of a key that is known the store says which rows have the same, and which none. */
static void find_key(struct looking *x) {
  struct export *e = x->e;
  e->key = export_role(e, ROLE_KEY);
  for (size_t i = 0; i < x->n_trials && e->key == NO_COLUMN; i++)
    if (names_rows(x, &x->trials[i])) e->key = (int)x->trials[i].column;
  if (e->key == NO_COLUMN && e->thing == THING_health) {
    e->key = export_role(e, ROLE_ACCOUNT);
    if (e->key == NO_COLUMN) e->key = export_role(e, ROLE_ACCOUNT_NAME);
    e->key_second = export_role(e, ROLE_AT);
  }
  if (e->key != NO_COLUMN && e->key_second == NO_COLUMN && export_role(e, ROLE_KEY) == NO_COLUMN)
    e->key_why = "no two rows have the same";
}

/* A pipe is empty the second time. What is not there is said where it is opened. */
static bool is_read_twice(const char *path, struct diags *problems) {
  struct stat st;
  return stat(path, &st) != 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) ||
         diag_fail(problems, V0702,
                   "%s is a stream, and an export is read twice: save it to a file", path);
}

bool export_look(const struct export_file *file, struct export_said *said, struct arena *a,
                 struct export *out, struct diags *problems) {
  const char *path = file->path;
  struct looking x = {.e = out, .said = said, .table = file->table, .a = a, .problems = problems};
  *out = (struct export){
      .path = path, .given = file->table, .key = NO_COLUMN, .key_second = NO_COLUMN};
  out->walk = (struct export_walk){.path = path,
                                   .choice = {.sheet = said->sheet},
                                   .header = take_header,
                                   .row = take_row,
                                   .ctx = &x};
  bool ok = is_read_twice(path, problems) && export_walk(&out->walk, a, problems) && !x.failed;
  if (ok && !x.n_rows)
    ok = diag_fail(problems, V0707, "%s: there is a header and no row below it", path);
  if (ok) {
    find_day_of_score(&x);
    find_key(&x);
    out->table = file->table                   ? export_name(a, file->table)
                 : out->thing != THING_UNKNOWN ? thing_of(out->thing)->table
                                               : table_of_file(a, path);
  }
  for (size_t i = 0; i < x.n_trials; i++) free(x.trials[i].slots);
  return ok;
}

/* Amounts with signs are no amounts without them: a column beside says which currency each has. */
static void add_currencies(struct export *e, struct arena *a) {
  size_t n = e->n;
  for (size_t i = 0; i < n; i++) {
    const struct column *c = &e->columns[i];
    if (c->is != IS_NUMBER || (!c->tally.currency && !c->had_currency)) continue;
    struct column of = {.at = c->at,
                        .header = arena_printf(a, "%s, its currency", c->header),
                        .is = IS_TEXT,
                        .way = {[DOUBT_POINT] = c->way[DOUBT_POINT]},
                        .of_currency = true};
    of.name = free_name(e, arena_printf(a, "%s_currency", c->name), c->at, a);
    of.tally.n = c->tally.n;
    e->columns[e->n++] = of;
  }
}

bool export_decide(struct export *e, const struct export_said *said, struct arena *a,
                   struct diags *problems) {
  if (e->key != NO_COLUMN) e->columns[e->key].is_id = true;
  bool ok = columns_decide(e->columns, e->n, &said->habits, e->path, a, problems);
  if (ok) drop_empty(e);
  if (ok) add_currencies(e, a);
  if (ok && e->n > IMPORT_COLUMNS_MAX)
    return diag_fail(problems, V0709,
                     "%s: it has %zu columns, and a table takes %d: leave some out of the export",
                     e->path, e->n, IMPORT_COLUMNS_MAX);
  return ok;
}

int export_role(const struct export *e, enum field_role role) {
  for (size_t i = 0; i < e->n; i++)
    if (e->columns[i].field && e->columns[i].field->role == role) return (int)i;
  return NO_COLUMN;
}

/* ---- reading again -------------------------------------------------------------------- */

struct rereading {
  struct export *e;
  struct arena *a;
  export_take *take;
  void *ctx;
  struct kept_cell *cells;
};

static bool skip_header(void *ctx, const struct sheet_row *row) {
  (void)ctx;
  (void)row;
  return true;
}

/* The first 15 of the 18 characters of an id are the id; the rest repeats its case. */
static void shorten_id(const struct export *e, const struct column *c, struct kept_cell *cell) {
  enum { LONG_ID = 18, SHORT_ID = 15 };
  if (!e->case_safe || cell->as != KEPT_TEXT || cell->n != LONG_ID) return;
  if (!c->field || c->field->kind == FIELD_MONEY) return;
  for (size_t i = 0; i < cell->n; i++)
    if (!isalnum((unsigned char)cell->text[i])) return;
  cell->n = SHORT_ID;
}

static bool take_again(void *ctx, const struct sheet_row *row) {
  struct rereading *x = ctx;
  for (size_t i = 0; i < x->e->n; i++) {
    struct column *c = &x->e->columns[i];
    x->cells[i] = column_keep(c, cell_at(row, c->at), row->number, x->a);
    shorten_id(x->e, c, &x->cells[i]);
  }
  return x->take(x->ctx, row->number, x->cells);
}

bool export_read(struct export *e, struct arena *a, export_take *take, void *ctx,
                 struct diags *problems) {
  struct rereading x = {.e = e, .a = a, .take = take, .ctx = ctx};
  x.cells = NEW_N(a, struct kept_cell, e->n + 1);
  for (size_t i = 0; i < e->n; i++) e->columns[i].misfits = 0;
  e->walk.header = skip_header;
  e->walk.row = take_again;
  e->walk.ctx = &x;
  return export_walk(&e->walk, a, problems);
}
