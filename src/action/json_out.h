/* JSON written as it is said, value by value: what is long need not be there whole.
 *
 *   struct json_out o = json_lines(stdout, digits);
 *   json_open(&o, '{');
 *   json_name(&o, "due"), json_put_day(&o, i->due);
 *   json_close(&o, '}');
 *   json_finish(&o);
 *
 * Bytes are those of json_print and json_text (value_json.h), which jansson makes of a whole
 * document. All numbers of a document have as many digits as the one that takes most: so a document
 * is said twice, first to json_measure, then to print it. */
#ifndef VIGIE_JSON_OUT_H
#define VIGIE_JSON_OUT_H

#include "action/value_json.h"

struct json_out {
  FILE *f;     /* NULL: it is kept until the end */
  bool counts; /* nothing is written, numbers are measured */
  bool lines;  /* a line a value, indented; else all on one */
  int digits;  /* that numbers are written with, or take */
  int depth;
  bool begun; /* what is open has a value already */
  bool named; /* the name of the next value is written */
  char *text;
  size_t n, cap;
};

/* Only finds out how many digits the numbers take. */
struct json_out json_measure(void);
struct json_out json_lines(FILE *f, int digits);
struct json_out json_one_line(int digits);

void json_open(struct json_out *o, char bracket); /* '{' or '[' */
void json_close(struct json_out *o, char bracket);
void json_name(struct json_out *o, const char *name); /* of the next value, in an object */

void json_put_null(struct json_out *o);
void json_put_text(struct json_out *o, const char *text); /* as text_json */
void json_put_integer(struct json_out *o, long long n);
void json_put_real(struct json_out *o, double x); /* null where it is infinite, or none */
void json_put_flag(struct json_out *o, bool is);
void json_put_day(struct json_out *o, day_t day);
void json_put_value(struct json_out *o, const struct value *v); /* as value_json */
/* A document that is there whole; NULL is null. */
void json_put_tree(struct json_out *o, json_t *tree);

/* Of lines: prints what is left, and a line end. */
void json_finish(struct json_out *o);
/* Of one line: the text, in the arena; `before` itself where that is the same (NULL: it is new). */
const char *json_finished(struct json_out *o, const char *before, struct arena *a);

/* Says a document twice, and prints it. */
void json_print_said(FILE *f, void (*say)(struct json_out *o, const void *ctx), const void *ctx);
/* The same as a text on one line; before: as in json_finished. */
const char *json_text_said(void (*say)(struct json_out *o, const void *ctx), const void *ctx,
                           const char *before, struct arena *a);

#endif
