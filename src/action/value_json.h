/* Values as JSON, through jansson: numbers as numbers, money in major units, shares as ratios,
 * dates and texts as strings, flags as booleans, unknown as null. */
#ifndef VIGIE_VALUE_JSON_H
#define VIGIE_VALUE_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/unit.h"
#include "data/dataset.h"
#include "syntax/ast.h"

/* Gives the object the member; lets go of the value. */
static inline void set_member(json_t *object, const char *name, json_t *value) {
  json_object_set_new(object, name, value);
}

/* New references. NULL is null; bytes that are not UTF-8 become U+FFFD. */
json_t *text_json(const char *text);
json_t *names_json(const name_list *names);
json_t *day_json(day_t day);
json_t *value_json(const struct value *v);

/* An array of the values on one line, in the arena; NULL for none. */
const char *values_json_text(const struct value *values, size_t n, struct arena *a);

/* Columns with cells that could not be read; a new reference. */
json_t *unreadable_json(const struct unreadable_cells *list, size_t n);

/* Is it written as an integer where it is no money? */
bool number_is_whole(double x);
/* Does it have at most two decimals and thirteen digits? */
bool number_is_short(double x);
/* How many significant digits it takes for the number to read back as itself: 15 to 17. */
int number_digits(double x);

/* The most that any number of the document takes, 15 at least: jansson prints all with as many. */
int json_digits(json_t *document);

/* The document on one line, in the arena, numbers as json_print has them; lets go of it. */
const char *json_text(json_t *document, struct arena *a);

/* Prints the document with its numbers in full precision and the fewest digits, one line end
 * after it, and lets go of it. */
void json_print(FILE *f, json_t *document);

#endif
