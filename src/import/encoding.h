/* A file as UTF-8, block after block, whatever it is written in. */
#ifndef VIGIE_ENCODING_H
#define VIGIE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diags;
struct text_file;

/* Opens the file and looks at its first block. NULL with one error. */
struct text_file *text_file_open(const char *path, struct arena *a, struct diags *problems);
void text_file_close(struct text_file *t); /* NULL is fine */

/* How the file begins: its bytes as they are, and as text. Both stay to be read, and live until
 * the next text_file_next. */
struct text_part {
  const char *text;
  size_t n;
};
struct text_part text_file_bytes(const struct text_file *t);
struct text_part text_file_begins(const struct text_file *t);

/* The next block, without a NUL in it; it lives until the next call; n is 0 at the end. In a file
 * that is not UTF-16 its bytes may be no UTF-8: cells are looked at one by one (as_utf8). False
 * with one error, which names `line`, on which the block begins: what follows is no text. */
bool text_file_next(struct text_file *t, long line, struct text_part *block,
                    struct diags *problems);
/* Begins anew. False with one error: a pipe cannot. */
bool text_file_rewind(struct text_file *t, struct diags *problems);

/* What the beginning says it is written in; NULL: nothing. */
const char *text_file_encoding(const struct text_file *t);

/* A text that came out of text_file_next, as UTF-8: what is none is read as Windows-1252. */
struct recoder {
  char *out;
  size_t cap;
  bool recoded; /* the last text was none */
  bool foreign; /* a text had valid UTF-8 beyond ASCII */
};
/* False: one of its bytes is no letter in Windows-1252 either. */
bool as_utf8(struct recoder *r, const char **text, size_t *n);
void recoder_free(struct recoder *r);

#endif
