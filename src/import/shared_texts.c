/* In: the part of a workbook that holds the texts of its cells. Out: all of them in one buffer. */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/limits.h"
#include "import/workbook.h"

struct texts_pass {
  struct shared_texts *texts;
  int inside; /* of a text (t); how it is read aloud (rPh) is none of it */
  bool read_aloud;
  bool too_large;
};

static bool start_text(void *ctx, const char *name, const char *const *attributes) {
  struct texts_pass *x = ctx;
  (void)attributes;
  x->inside += strcmp(name, "t") == 0;
  x->read_aloud |= strcmp(name, "rPh") == 0;
  return true;
}

static bool add_text(void *ctx, const char *text, size_t n) {
  struct texts_pass *x = ctx;
  if (!x->inside || x->read_aloud) return true;
  size_t held = x->texts->n * sizeof *x->texts->ends;
  size_t max = held < WORKBOOK_STRINGS_MAX_BYTES ? WORKBOOK_STRINGS_MAX_BYTES - held : 0;
  x->too_large = max < x->texts->bytes.n || !pieces_add(&x->texts->bytes, text, n, max);
  return !x->too_large;
}

static bool end_text(void *ctx, const char *name) {
  struct texts_pass *x = ctx;
  struct shared_texts *texts = x->texts;
  x->inside -= strcmp(name, "t") == 0;
  if (strcmp(name, "rPh") == 0) x->read_aloud = false;
  if (strcmp(name, "si") != 0) return true;
  if (texts->n == texts->cap) {
    texts->cap = texts->cap ? texts->cap * 2 : 1024;
    texts->ends = xrealloc(texts->ends, texts->cap * sizeof *texts->ends);
  }
  texts->ends[texts->n++] = texts->bytes.n;
  x->too_large = texts->n * sizeof *texts->ends > WORKBOOK_STRINGS_MAX_BYTES;
  return !x->too_large;
}

bool shared_texts_read(struct package *p, const char *part, struct shared_texts *texts) {
  struct texts_pass x = {.texts = texts};
  struct part_handler h = {&x, start_text, end_text, add_text};
  if (!package_read(p, part, WORKBOOK_PART_MAX_MB, &h)) return false;
  return !x.too_large ||
         diag_fail(p->r->problems, V0707,
                   "%s: the texts of the workbook are more than %d MB: export it as CSV",
                   p->r->path, WORKBOOK_STRINGS_MAX_BYTES >> 20);
}

void shared_texts_free(struct shared_texts *texts) {
  free(texts->bytes.bytes);
  free(texts->ends);
  *texts = (struct shared_texts){0};
}
