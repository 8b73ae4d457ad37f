/* Texts of a row: the one place where rows of entities, groups and the company get them.
 *
 * A group is the tuple of its values. Its *key* is one text from which the tuple can be read back,
 * so that two groups of a rule never have the same: values follow each other with ", " between
 * them; numbers have all their digits; an unknown value is the word unknown. A text value stands
 * as it is, and in quotes ("a, b", with \" and \\ inside) where it could be taken for something
 * else: when it holds ", ", begins with a quote or a parenthesis, or is the word unknown. A group
 * of one known text has that text for its key, and one whose only value is unknown has no key.
 * Its *name*, for people, is the same text, with the one known text in quotes too where it needs
 * them, and "unknown" for the group without a key. */
#ifndef VIGIE_ROW_KEY_H
#define VIGIE_ROW_KEY_H

#include "eval/results.h"

/* The key of the row: canonical text of an entity's key, a group's key, or "company". NULL: the
 * group whose one value is unknown. In the arena. */
const char *evaluation_row_key(struct evaluation *ev, int domain, int32_t row, struct arena *a);
/* Its name for people; never NULL. In the arena. */
const char *evaluation_row_name(struct evaluation *ev, int domain, int32_t row, struct arena *a);

/* Where rows stand in lists, wherever they are stored: those of an entity by key (key_compare),
 * groups by their values, unknown ones last. */
int evaluation_compare_rows(const struct evaluation *ev, int domain, int32_t a, int32_t b);
void evaluation_order_rows(const struct evaluation *ev, int domain, int32_t *rows, size_t n);

/* The key and the name of a group of n values, at least one. In the arena. */
const char *group_key(const struct value *values, size_t n, struct arena *a);
const char *group_name(const struct value *values, size_t n, struct arena *a);

/* The key of the group whose value number `at` is the text `to`, where that of `key` is `from`;
 * NULL: it is another. n: the values of the group. In the arena. */
const char *group_key_renamed(const char *key, size_t n, size_t at, const char *from,
                              const char *to, struct arena *a);

/* The rows that a person may mean by `text`: their key or name is that, or would be without quotes.
 * A form that means one row alone has every text in quotes, and (unknown) for an unknown value. */
struct row_matches {
  int32_t first;     /* -1: none */
  size_t n;          /* 1: it is the row */
  const char *forms; /* of several: up to four of their full forms, joined by " or " */
};
struct row_matches evaluation_rows_called(struct evaluation *ev, int domain, const char *text,
                                          struct arena *a);

#endif
