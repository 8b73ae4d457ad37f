/* The things that exports are of (thing.def), the exports that are known at sight (shape.def), and
 * whose column is whose. Everything here is constant. */
#ifndef VIGIE_IMPORT_FIELD_H
#define VIGIE_IMPORT_FIELD_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum thing_id {
#define THING(id, table, entity, is) THING_##id,
#define FIELD(...)
#include "import/thing.def"
#undef THING
#undef FIELD
  THINGS,
  THING_UNKNOWN = THINGS
};

/* What the draft of the rules does with a column. */
enum field_role {
  ROLE_KEY,
  ROLE_LABEL,
  ROLE_CREATED,
  ROLE_CLOSED,
  ROLE_CLOSING,
  ROLE_CANCELLED,
  ROLE_STARTED,
  ROLE_AT,
  ROLE_PAYABLE,
  ROLE_RENEWAL,
  ROLE_TOUCHED,
  ROLE_QUALIFIED,
  ROLE_ACCEPTED,
  ROLE_WON_ON,
  ROLE_TRIAL_END,
  ROLE_OWNER,
  ROLE_ACCOUNT,
  ROLE_ACCOUNT_NAME,
  ROLE_SUBSCRIPTION,
  ROLE_INVOICE,
  ROLE_DEAL,
  ROLE_PARENT,
  ROLE_STAGE,
  ROLE_STATUS,
  ROLE_PRIORITY,
  ROLE_PLAN,
  ROLE_SOURCE,
  ROLE_INTERVAL,
  ROLE_AMOUNT,
  ROLE_PAID_AMOUNT,
  ROLE_REFUNDED,
  ROLE_RECURRING,
  ROLE_YEARLY,
  ROLE_CURRENCY,
  ROLE_QUANTITY,
  ROLE_OPENS,
  ROLE_CLICKS,
  ROLE_ODDS,
  ROLE_HEALTH,
  ROLE_EMAIL,
  ROLE_FIRST_NAME,
  ROLE_LAST_NAME,
  ROLE_IS_CLOSED,
  ROLE_IS_WON,
  ROLE_TRIAL,
  ROLE_FIELD_NAME,
  ROLE_OLD_VALUE,
  ROLE_NEW_VALUE,
  ROLES
};

enum field_kind {
  FIELD_ANY,
  FIELD_TEXT,
  FIELD_DAY,
  FIELD_NUMBER,
  FIELD_MONEY,
  FIELD_FLAG,
  FIELD_PERSON
};

enum { FIELD_HEADERS_MAX = 40, SHAPE_HEADERS_MAX = 4 };

struct field {
  enum thing_id thing;
  enum field_role role;
  enum field_kind kind;
  const char *column;
  const char *headers[FIELD_HEADERS_MAX + 1]; /* NULL ends them */
};

struct thing {
  const char *id, *table, *entity, *is;
};

struct shape {
  const char *vendor;
  enum thing_id thing;
  bool case_safe; /* ids of 18 characters are kept as their first 15 */
  const char *headers[SHAPE_HEADERS_MAX + 1];
};

const struct thing *thing_of(enum thing_id id); /* not of THING_UNKNOWN */
/* By its table, entity or id; THING_UNKNOWN. */
enum thing_id thing_named(const char *name);
/* The same by the last word of a name: support_tickets. */
enum thing_id thing_of_file(const char *table);

/* The shape that fits the words of a file's headers; NULL: none. */
const struct shape *shape_of(const char *const *words, size_t n, struct arena *a);
/* The thing whose fields most of the headers are; THING_UNKNOWN where it is not clear. Of a file
 * that is called after a thing, two headers are clear. */
enum thing_id thing_of_headers(const char *const *words, size_t n, const char *file,
                               struct arena *a);

/* For each of the n words its field of the thing, or NULL. One field goes to one word. */
void fields_of(enum thing_id thing, const char *const *words, size_t n, const struct field **out,
               struct arena *a);
/* The field of this role; NULL. */
const struct field *field_of_role(enum thing_id thing, enum field_role role);
/* The field of this column; NULL. */
const struct field *field_of_column(enum thing_id thing, const char *column);

#endif
