/* In: the headers of a file. Out: what it is of, and which field each column is. */
#include "import/field.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"

static const struct thing things[] = {
#define THING(id, table, entity, is) {#id, table, entity, is},
#define FIELD(...)
#include "import/thing.def"
#undef THING
#undef FIELD
};

static const struct field fields[] = {
#define THING(id, table, entity, is)
#define FIELD(thing, role, kind, column, ...) \
  {THING_##thing, ROLE_##role, FIELD_##kind, column, {__VA_ARGS__}},
#include "import/thing.def"
#undef THING
#undef FIELD
};
enum { FIELDS = sizeof fields / sizeof *fields };

enum { AS_WRITTEN = false, CASE_SAFE = true };
static const struct shape shapes[] = {
#define SHAPE(vendor, thing, ids, ...) {vendor, THING_##thing, ids, {__VA_ARGS__}},
#include "import/shape.def"
#undef SHAPE
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

const struct thing *thing_of(enum thing_id id) { return &things[id]; }

enum thing_id thing_named(const char *name) {
  for (int i = 0; i < THINGS; i++)
    if (strcasecmp(name, things[i].table) == 0 || strcasecmp(name, things[i].entity) == 0 ||
        strcasecmp(name, things[i].id) == 0)
      return (enum thing_id)i;
  return THING_UNKNOWN;
}

enum thing_id thing_of_file(const char *table) {
  const char *last = strrchr(table, '_');
  return thing_named(last ? last + 1 : table);
}

/* Which of the words is the header; n: none. */
static size_t find_word(const char *header, const char *const *words, size_t n, struct arena *a) {
  const char *word = text_word(a, header);
  size_t i = 0;
  while (i < n && strcmp(words[i], word) != 0) i++;
  return i;
}

static bool shape_fits(const struct shape *s, const char *const *words, size_t n, struct arena *a) {
  for (const char *const *h = s->headers; *h; h++)
    if (find_word(*h, words, n, a) == n) return false;
  return true;
}

const struct shape *shape_of(const char *const *words, size_t n, struct arena *a) {
  for (size_t i = 0; i < SHAPES; i++)
    if (shape_fits(&shapes[i], words, n, a)) return &shapes[i];
  return NULL;
}

void fields_of(enum thing_id thing, const char *const *words, size_t n, const struct field **out,
               struct arena *a) {
  for (size_t i = 0; i < n; i++) out[i] = NULL;
  for (size_t f = 0; f < FIELDS; f++) {
    size_t at = n;
    if (fields[f].thing != thing) continue;
    for (const char *const *h = fields[f].headers; *h && at == n; h++) {
      at = find_word(*h, words, n, a);
      if (at < n && out[at]) at = n;
    }
    if (at < n) out[at] = &fields[f];
  }
}

/* Headers that any export may have for its key or its label. */
static bool says_nothing(const char *word) {
  static const char *const words[] = {"id",      "recordid", "identifiant", "externalid",
                                      "name",    "nom",      "title",       "number",
                                      "subject", "objet",    "email"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(word, words[i]) == 0) return true;
  return false;
}

/* What few things have. */
static bool says_thing(enum field_role r) {
  static const enum field_role roles[] = {ROLE_AT,       ROLE_PAYABLE, ROLE_STAGE,
                                          ROLE_STARTED,  ROLE_HEALTH,  ROLE_RENEWAL,
                                          ROLE_INTERVAL, ROLE_OPENS,   ROLE_QUALIFIED};
  for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
    if (r == roles[i]) return true;
  return false;
}

enum { KNOWN_FIT = 2, CLEAR_FIT = 6 };

/* How many headers are fields of the thing; a key or a label of its own name counts more. 0 where
 * nothing says that it is this thing: an amount and an owner are of many. */
static size_t fit_of(enum thing_id thing, const char *const *words, size_t n, size_t *known,
                     struct arena *a) {
  const struct field **found = NEW_N(a, const struct field *, n + 1);
  size_t fit = 0;
  bool named = false;
  *known = 0;
  fields_of(thing, words, n, found, a);
  for (size_t i = 0; i < n; i++) {
    if (!found[i]) continue;
    enum field_role r = found[i]->role;
    bool own = (r == ROLE_KEY || r == ROLE_LABEL) && !says_nothing(words[i]);
    fit += KNOWN_FIT + own;
    (*known)++;
    named |= own || says_thing(r);
    named |= thing == THING_person && r == ROLE_EMAIL;
  }
  return named ? fit : 0;
}

/* Three headers, or two of which both are its own; two where the file has no others. */
static bool is_clear(size_t fit, size_t known, size_t n) {
  return fit >= CLEAR_FIT || (known == 2 && n == 2);
}

enum thing_id thing_of_headers(const char *const *words, size_t n, const char *file,
                               struct arena *a) {
  enum thing_id best = THING_UNKNOWN, called = thing_of_file(file);
  size_t most = 0, known;
  for (int t = 0; t < THINGS; t++) {
    size_t fit = fit_of((enum thing_id)t, words, n, &known, a);
    bool clear = is_clear(fit, known, n) || ((enum thing_id)t == called && fit > KNOWN_FIT);
    if ((enum thing_id)t == called) fit += KNOWN_FIT;
    if (fit > most && clear) best = (enum thing_id)t, most = fit;
  }
  return best;
}

const struct field *field_of_column(enum thing_id thing, const char *column) {
  for (size_t f = 0; f < FIELDS; f++)
    if (fields[f].thing == thing && strcmp(fields[f].column, column) == 0) return &fields[f];
  return NULL;
}

const struct field *field_of_role(enum thing_id thing, enum field_role role) {
  for (size_t f = 0; f < FIELDS; f++)
    if (fields[f].thing == thing && fields[f].role == role) return &fields[f];
  return NULL;
}
