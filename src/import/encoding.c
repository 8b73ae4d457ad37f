/* In: a file. Out: blocks of text, decoded where the file is UTF-16; cells as UTF-8. Decoding is
 * done here: the iconv of glibc loads files that a small machine may not have. */
#include "import/encoding.h"

#include <errno.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"

#define SAVE_AS "export it again as \"CSV UTF-8\" or as XLSX"
enum { HEAD_BYTES = 64 };

struct text_file {
  const char *path;
  FILE *file;
  const struct mark *mark;          /* NULL: nothing says what it is written in */
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
  const char *name;
  bool pairs, big; /* UTF-16; the greater byte of each pair comes first */
} MARKS[] = {{"\xEF\xBB\xBF", 3, "UTF-8", false, false},
             {"\xFF\xFE", 2, "UTF-16", true, false},
             {"\xFE\xFF", 2, "UTF-16", true, true}};
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

static unsigned pair_at(const struct text_file *t, size_t at) {
  unsigned char a = (unsigned char)t->raw[at], b = (unsigned char)t->raw[at + 1];
  return t->mark->big ? a << 8 | b : b << 8 | a;
}

/* The letter at `at`, and how many bytes it has; 0: it goes on behind the block; -1: it is none. */
static int letter_at(const struct text_file *t, size_t at, int32_t *code) {
  if (t->n_raw - at < 2) return 0;
  unsigned first = pair_at(t, at);
  *code = (int32_t)first;
  if (first < 0xD800 || first > 0xDFFF) return 2;
  if (first > 0xDBFF) return -1;
  if (t->n_raw - at < 4) return 0;
  unsigned second = pair_at(t, at + 2);
  *code = 0x10000 + (int32_t)((first & 0x3FF) << 10 | (second & 0x3FF));
  return second < 0xDC00 || second > 0xDFFF ? -1 : 4;
}

/* Back comes how many bytes of raw were decoded. */
static size_t decode_pairs(struct text_file *t) {
  size_t at = 0;
  int32_t code;
  int bytes;
  for (t->n = 0; (bytes = letter_at(t, at, &code)) > 0; at += (size_t)bytes) {
    CHECK(t->n + 4 <= sizeof t->text); /* each two bytes of raw have four of text */
    t->n += (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)t->text + t->n);
  }
  t->undone = bytes < 0 || (t->ended && at < t->n_raw);
  return at;
}

/* What cannot be decoded stays in raw; half a letter at the end of the block does, too. */
static void decode(struct text_file *t) {
  size_t done = t->n_raw;
  if (t->mark && t->mark->pairs) {
    done = decode_pairs(t);
  } else {
    memcpy(t->text, t->raw, t->n_raw);
    t->n = t->n_raw;
  }
  t->n_raw -= done;
  memmove(t->raw, t->raw + done, t->n_raw);
}

static bool look(struct text_file *t, struct diags *problems) {
  if (!read_raw(t, problems)) return false;
  t->n_head = t->n_raw < HEAD_BYTES ? t->n_raw : HEAD_BYTES;
  memcpy(t->head, t->raw, t->n_head);
  t->mark = mark_of(t->raw, t->n_raw);
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
  if (look(t, problems)) return t;
  text_file_close(t);
  return NULL;
}

void text_file_close(struct text_file *t) {
  if (!t) return;
  fclose(t->file);
}

bool text_file_rewind(struct text_file *t, struct diags *problems) {
  if (fseek(t->file, 0, SEEK_SET) != 0)
    return diag_fail(problems, V0701, "%s is no file that can be read twice: save it to one first",
                     t->path);
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

enum { HIGH = 0x80, LATIN_1 = 0xA0 };

/* From HIGH to LATIN_1; what follows is as in Latin-1. 0: no letter. */
static const uint16_t WINDOWS_1252[LATIN_1 - HIGH] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static bool recode(struct recoder *r, const char **text, size_t *n) {
  size_t made = 0;
  if (r->cap < *n * 3) r->out = xrealloc(r->out, r->cap = *n * 3);
  for (size_t i = 0; i < *n; i++) {
    unsigned char c = (unsigned char)(*text)[i];
    int32_t code = c < HIGH || c >= LATIN_1 ? c : WINDOWS_1252[c - HIGH];
    if (!code && c) return false;
    made += (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)r->out + made);
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
  free(r->out);
  *r = (struct recoder){0};
}
