/* Files for the tests of src/import/sheet.h, and what is read from them as one text. */
#ifndef VIGIE_SHEET_WORLD_H
#define VIGIE_SHEET_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "import/sheet.h"

struct sheet_seen {
  char path[64];
  struct arena *a;
  struct diags problems;
  struct sheet_facts facts;
  struct sheet_choice choice;
  char *text; /* "1: a|b\n2: c|d\n"; an exact cell has = before it */
  size_t n;
  FILE *out;
  long rows, wanted; /* wanted: 0 is all */
};

static inline bool sheet_see_row(void *ctx, const struct sheet_row *row) {
  struct sheet_seen *s = ctx;
  bool blank = true;
  fprintf(s->out, "%ld:", row->number);
  for (size_t i = 0; i < row->n; i++) {
    const struct sheet_cell *c = &row->cells[i];
    assert_int_equal(strlen(c->text), c->n);
    blank &= c->n == 0;
    fprintf(s->out, "%c%s%s", i ? '|' : ' ', c->exact ? "=" : "", c->text);
  }
  fputc('\n', s->out);
  assert_int_equal(row->blank, blank);
  return ++s->rows != s->wanted;
}

/* An empty file with a name of its own; the test writes it, or sheet_write does. */
static inline void sheet_new(struct sheet_seen *s) {
  *s = (struct sheet_seen){.a = arena_new()};
  s->problems.arena = s->a;
  strcpy(s->path, "/tmp/vigie_sheet_XXXXXX");
  int fd = mkstemp(s->path);
  assert_true(fd >= 0);
  close(fd);
}

static inline void sheet_write(struct sheet_seen *s, const char *bytes, size_t n) {
  FILE *f = fopen(s->path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes, 1, n, f), n);
  fclose(f);
}

static inline bool sheet_see(struct sheet_seen *s) {
  s->out = open_memstream(&s->text, &s->n);
  bool ok = sheet_read(s->path, &s->choice, s->a, &s->facts, sheet_see_row, s, &s->problems);
  fclose(s->out);
  assert_int_equal(ok, s->problems.errors == 0);
  return ok;
}

static inline void sheet_done(struct sheet_seen *s) {
  unlink(s->path);
  free(s->text);
  arena_free(s->a);
}

/* The message without the path in front. */
static inline const char *sheet_said(const struct sheet_seen *s) {
  const char *said = diags_failure(&s->problems);
  assert_memory_equal(said, s->path, strlen(s->path));
  return said + strlen(s->path);
}

static inline void reads_bytes_as(const char *bytes, size_t n, const char *rows) {
  struct sheet_seen s;
  sheet_new(&s);
  sheet_write(&s, bytes, n);
  if (!sheet_see(&s)) fail_msg("%s", diags_failure(&s.problems));
  assert_string_equal(s.text, rows);
  sheet_done(&s);
}

static inline void fails_bytes_as(const char *bytes, size_t n, const char *said) {
  struct sheet_seen s;
  sheet_new(&s);
  sheet_write(&s, bytes, n);
  assert_false(sheet_see(&s));
  assert_int_equal(s.problems.errors, 1);
  assert_string_equal(diags_error(&s.problems)->kind->code, "V0707");
  assert_string_equal(sheet_said(&s), said);
  sheet_done(&s);
}

/* Of a literal, which may hold NULs. */
#define READS(bytes, rows) reads_bytes_as(bytes, sizeof(bytes) - 1, rows)
#define FAILS(bytes, said) fails_bytes_as(bytes, sizeof(bytes) - 1, said)

#endif
