/* Hostile exports: whatever the bytes, rows come that are UTF-8, or an error. Bytes that begin with W
 * are no file but parts of a workbook, with a NUL between: a sheet, its texts, its styles, the list of
 * sheets. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "import/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held) {
  if (!held) abort();
}

/* ---- a workbook of parts, not compressed ---------------------------------------------------- */

enum { PARTS = 8 };

struct stored {
  const char *name;
  const uint8_t *bytes;
  uint32_t n, crc, at;
};

static uint32_t crc_of(const uint8_t *bytes, size_t n) {
  uint32_t crc = ~0u;
  for (size_t i = 0; i < n; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

static void put(FILE *f, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; i++) fputc((int)(value >> 8 * i & 0xFF), f);
}

/* What the two headers of a part have in common. */
static void put_part(FILE *f, const struct stored *p) {
  put(f, 10, 2), put(f, 0, 2), put(f, 0, 2), put(f, 0, 4);
  put(f, p->crc, 4), put(f, p->n, 4), put(f, p->n, 4), put(f, (uint32_t)strlen(p->name), 2),
      put(f, 0, 2);
}

static void put_archive(FILE *f, struct stored *parts, size_t n) {
  for (struct stored *p = parts; p < parts + n; p++) {
    p->at = (uint32_t)ftell(f);
    p->crc = crc_of(p->bytes, p->n);
    put(f, 0x04034b50, 4);
    put_part(f, p);
    fputs(p->name, f);
    fwrite(p->bytes, 1, p->n, f);
  }
  uint32_t list = (uint32_t)ftell(f);
  for (struct stored *p = parts; p < parts + n; p++) {
    put(f, 0x02014b50, 4), put(f, 10, 2);
    put_part(f, p);
    put(f, 0, 2), put(f, 0, 2), put(f, 0, 2), put(f, 0, 4), put(f, p->at, 4);
    fputs(p->name, f);
  }
  uint32_t end = (uint32_t)ftell(f);
  put(f, 0x06054b50, 4), put(f, 0, 4), put(f, (uint32_t)n, 2), put(f, (uint32_t)n, 2);
  put(f, end - list, 4), put(f, list, 4), put(f, 0, 2);
}

static struct stored text_part_of(const char *name, const char *text) {
  return (struct stored){.name = name, .bytes = (const uint8_t *)text, .n = (uint32_t)strlen(text)};
}

#define IS(id, type, target) "<Relationship Id='" id "' Type='x/" type "' Target='" target "'/>"

static void put_workbook(FILE *f, const uint8_t *data, size_t size) {
  static const char *const NAMES[] = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                                      "xl/styles.xml", "xl/workbook.xml"};
  struct stored parts[PARTS];
  size_t n = 0, named = 0;
  parts[n++] = text_part_of("[Content_Types].xml", "<Types/>");
  parts[n++] =
      text_part_of("_rels/.rels", "<R>" IS("a", "officeDocument", "xl/workbook.xml") "</R>");
  parts[n++] = text_part_of("xl/_rels/workbook.xml.rels",
                            "<R>" IS("r1", "worksheet", "worksheets/sheet1.xml")
                                IS("r2", "sharedStrings", "sharedStrings.xml")
                                    IS("r3", "styles", "styles.xml") "</R>");
  while (named < sizeof NAMES / sizeof *NAMES && size) {
    const uint8_t *end = memchr(data, 0, size);
    size_t bytes = end ? (size_t)(end - data) : size;
    parts[n++] = (struct stored){.name = NAMES[named++], .bytes = data, .n = (uint32_t)bytes};
    data += bytes + (end != NULL);
    size -= bytes + (end != NULL);
  }
  if (named < sizeof NAMES / sizeof *NAMES)
    parts[n++] =
        text_part_of("xl/workbook.xml", "<w><sheets><sheet name='A' id='r1'/></sheets></w>");
  put_archive(f, parts, n);
}

/* ---- what comes ----------------------------------------------------------------------------- */

static bool look_at_row(void *ctx, const struct sheet_row *row) {
  bool blank = true;
  (void)ctx;
  for (size_t i = 0; i < row->n; i++) {
    const struct sheet_cell *c = &row->cells[i];
    must(strlen(c->text) == c->n && text_utf8_valid(c->text, c->n, NULL));
    must(c->n || !c->exact);
    blank &= !c->n;
  }
  must(row->blank == blank && row->number >= 0);
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char path[40];
  int fd = memfd_create("sheet", 0);
  FILE *f = fdopen(fd, "wb");
  must(f);
  if (size && *data == 'W')
    put_workbook(f, data + 1, size - 1);
  else
    fwrite(data, 1, size, f);
  fflush(f);
  sprintf(path, "/proc/self/fd/%d", fd);
  struct arena *a = arena_new();
  struct diags problems = {.arena = a};
  struct sheet_facts facts;
  bool ok = sheet_read(path, NULL, a, &facts, look_at_row, NULL, &problems);
  must(ok == (problems.errors == 0) && problems.errors <= 1);
  arena_free(a);
  fclose(f);
  return 0;
}
