/* In: a file. Out: blocks of text, decoded where the file is UTF-16; cells as UTF-8. Decoding is
 * done by the iconv of glibc. */
#include "import/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"

#define SAVE_AS "export it again as \"CSV UTF-8\" or as XLSX"
#define NO_DECODER ((iconv_t)-1)
enum { HEAD_BYTES = 64 };

struct text_file {
  const char *path;
  FILE *file;
  iconv_t decoder; /* of UTF-16 */
  const struct mark *mark;
  char head[HEAD_BYTES];            /* how the file begins, as it is */
  char raw[SHEET_BLOCK_BYTES];      /* what is not decoded yet */
  char text[2 * SHEET_BLOCK_BYTES]; /* two bytes of UTF-16 make at most three of UTF-8 */
  size_t n_head, n_raw, n;
  bool looked; /* the text is the first block, and nobody took it yet */
  bool ended;  /* the file was read to its end */
  bool undone; /* behind the block stands what cannot be decoded */
};

/* ---- what it is written in ---------------------------------------------------------------- */

static const struct mark {
  const char *bytes;
  size_t n;
  const char *name, *iconv; /* iconv: NULL needs none */
} MARKS[] = {{"\xEF\xBB\xBF", 3, "UTF-8", NULL},
             {"\xFF\xFE", 2, "UTF-16", "UTF-16LE"},
             {"\xFE\xFF", 2, "UTF-16", "UTF-16BE"}};
enum { MARK_NONE_LE = 1, MARK_NONE_BE = 2, N_MARKS = sizeof MARKS / sizeof *MARKS };

/* UTF-16 without a mark: letters of Latin, digits and separators have a zero in each pair. */
static const struct mark *unmarked(const char *raw, size_t n) {
  size_t zeros[2] = {0};
  if (n > 1024) n = 1024;
  for (size_t i = 0; i < n; i++) zeros[i % 2] += raw[i] == 0;
  for (size_t side = 0; side < 2; side++)
    if (zeros[side] * 4 >= n / 2 && zeros[side] > 1 && zeros[1 - side] * 20 <= zeros[side])
      return &MARKS[side ? MARK_NONE_LE : MARK_NONE_BE];
  return NULL;
}

static const struct mark *mark_of(const char *raw, size_t n) {
  for (size_t i = 0; i < N_MARKS; i++)
    if (n >= MARKS[i].n && memcmp(raw, MARKS[i].bytes, MARKS[i].n) == 0) return &MARKS[i];
  return unmarked(raw, n);
}

/* ---- blocks ------------------------------------------------------------------------------- */

static bool read_raw(struct text_file *t, struct diags *problems) {
  while (!t->ended && t->n_raw < sizeof t->raw) {
    errno = 0;
    size_t got = fread(t->raw + t->n_raw, 1, sizeof t->raw - t->n_raw, t->file);
    t->n_raw += got;
    if (got) continue;
    if (ferror(t->file)) return diag_fail(problems, V0701, "%s: %s", t->path, strerror(errno));
    t->ended = true;
  }
  return true;
}

/* What cannot be decoded stays in raw; half a letter at the end of the block does, too. */
static void decode(struct text_file *t) {
  char *in = t->raw, *out = t->text;
  size_t left = t->n_raw, room = sizeof t->text;
  if (t->decoder == NO_DECODER) {
    memcpy(t->text, t->raw, t->n_raw);
    t->n = t->n_raw;
    t->n_raw = 0;
    return;
  }
  size_t made = iconv(t->decoder, &in, &left, &out, &room);
  CHECK(made != (size_t)-1 || errno != E2BIG);
  t->undone = left > 0 && (errno == EILSEQ || t->ended);
  t->n = sizeof t->text - room;
  memmove(t->raw, in, left);
  t->n_raw = left;
}

static bool open_decoder(struct text_file *t, struct diags *problems) {
  if (!t->mark || !t->mark->iconv || t->decoder != NO_DECODER) return true;
  t->decoder = iconv_open("UTF-8", t->mark->iconv);
  return t->decoder != NO_DECODER ||
         diag_fail(
             problems, V0706,
             "%s is written in UTF-16, which the C library of this machine cannot read: " SAVE_AS,
             t->path);
}

static bool look(struct text_file *t, struct diags *problems) {
  if (!read_raw(t, problems)) return false;
  t->n_head = t->n_raw < HEAD_BYTES ? t->n_raw : HEAD_BYTES;
  memcpy(t->head, t->raw, t->n_head);
  t->mark = mark_of(t->raw, t->n_raw);
  if (!open_decoder(t, problems)) return false;
  size_t skip = t->mark && memcmp(t->raw, t->mark->bytes, t->mark->n) == 0 ? t->mark->n : 0;
  t->n_raw -= skip;
  memmove(t->raw, t->raw + skip, t->n_raw);
  decode(t);
  t->looked = true;
  return true;
}

struct text_file *text_file_open(const char *path, struct arena *a, struct diags *problems) {
  FILE *file = fopen(path, "rbe");
  if (!file) {
    diag_fail(problems, V0701, "%s: %s", path, strerror(errno));
    return NULL;
  }
  struct text_file *t = NEW(a, struct text_file);
  t->path = path;
  t->file = file;
  t->decoder = NO_DECODER;
  if (look(t, problems)) return t;
  text_file_close(t);
  return NULL;
}

void text_file_close(struct text_file *t) {
  if (!t) return;
  if (t->decoder != NO_DECODER) iconv_close(t->decoder);
  fclose(t->file);
}

bool text_file_rewind(struct text_file *t, struct diags *problems) {
  if (fseek(t->file, 0, SEEK_SET) != 0)
    return diag_fail(problems, V0701, "%s is no file that can be read twice: save it to one first",
                     t->path);
  if (t->decoder != NO_DECODER) iconv(t->decoder, NULL, NULL, NULL, NULL);
  t->n_raw = 0;
  t->ended = t->undone = false;
  return look(t, problems);
}

struct text_part text_file_bytes(const struct text_file *t) {
  return (struct text_part){t->head, t->n_head};
}

struct text_part text_file_begins(const struct text_file *t) {
  return (struct text_part){t->text, t->n};
}

const char *text_file_encoding(const struct text_file *t) { return t->mark ? t->mark->name : NULL; }

static bool no_text(const struct text_file *t, long line, struct diags *problems) {
  return diag_fail(problems, V0707, "%s, line %ld: there are bytes that are no text: " SAVE_AS,
                   t->path, line);
}

/* What stands before a NUL is handed over first, so that the line of the NUL can be named. */
static void cut_at_nul(struct text_file *t) {
  const char *nul = memchr(t->text, 0, t->n);
  if (!nul) return;
  t->n = (size_t)(nul - t->text);
  t->undone = true;
}

bool text_file_next(struct text_file *t, long line, struct text_part *block,
                    struct diags *problems) {
  if (!t->looked) {
    if (t->undone) return no_text(t, line, problems);
    if (!read_raw(t, problems)) return false;
    decode(t);
  }
  t->looked = false;
  cut_at_nul(t);
  *block = (struct text_part){t->text, t->n};
  return t->n || !t->undone || no_text(t, line, problems);
}

/* ---- Windows-1252 ------------------------------------------------------------------------- */

enum { HIGH = 0x80 };

static void load_letters(struct recoder *r) {
  r->letters = xcalloc(HIGH, sizeof *r->letters);
  r->windows = iconv_open("UTF-8", "CP1252");
  for (int i = 0; i < HIGH && r->windows != NO_DECODER; i++) {
    char byte = (char)(HIGH + i), *in = &byte, *out = r->letters[i];
    size_t left = 1, room = sizeof *r->letters - 1;
    if (iconv(r->windows, &in, &left, &out, &room) == (size_t)-1) *r->letters[i] = 0;
  }
}

static bool recode(struct recoder *r, const char **text, size_t *n) {
  size_t made = 0;
  if (!r->letters) load_letters(r);
  if (r->cap < *n * 3) r->out = xrealloc(r->out, r->cap = *n * 3);
  for (size_t i = 0; i < *n; i++) {
    unsigned char c = (unsigned char)(*text)[i];
    const char *letter = c < HIGH ? NULL : r->letters[c - HIGH];
    if (!letter) r->out[made++] = (char)c;
    if (letter && !*letter) return false;
    for (; letter && *letter; letter++) r->out[made++] = *letter;
  }
  *text = r->out;
  *n = made;
  return true;
}

bool as_utf8(struct recoder *r, const char **text, size_t *n) {
  size_t plain = 0;
  while (plain < *n && !((*text)[plain] & HIGH)) plain++;
  r->recoded = false;
  if (plain == *n) return true;
  r->recoded = !text_utf8_valid(*text + plain, *n - plain, NULL);
  r->foreign |= !r->recoded;
  return !r->recoded || recode(r, text, n);
}

void recoder_free(struct recoder *r) {
  if (r->letters && r->windows != NO_DECODER) iconv_close(r->windows);
  free(r->letters);
  free(r->out);
  *r = (struct recoder){0};
}
