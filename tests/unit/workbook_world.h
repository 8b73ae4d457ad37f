/* Workbooks for tests: parts of XML that become an XLSX file. */
#ifndef VIGIE_WORKBOOK_WORLD_H
#define VIGIE_WORKBOOK_WORLD_H

#include <zip.h>

#include "base/shared_library.h"
#include "sheet_world.h"

struct zip_writer {
  typeof(zip_open) *open;
  typeof(zip_source_buffer) *source_buffer;
  typeof(zip_file_add) *file_add;
  typeof(zip_close) *close;
};

static inline const struct zip_writer *zip_writer(void) {
  static struct zip_writer w;
  static const char *const NAMES[] = {"zip_open", "zip_source_buffer", "zip_file_add", "zip_close"};
  struct diags problems = {.arena = arena_new()};
  if (!w.open)
    assert_true(shared_library_load(shared_library(LIBRARY_ZIP), NAMES, 4, &w, &problems));
  arena_free(problems.arena);
  return &w;
}

struct part {
  const char *name, *text;
};

static inline void write_parts(struct sheet_seen *s, const struct part *parts, size_t n) {
  const struct zip_writer *w = zip_writer();
  int error;
  zip_t *z = w->open(s->path, ZIP_CREATE | ZIP_TRUNCATE, &error);
  assert_non_null(z);
  for (size_t i = 0; i < n; i++) {
    if (!parts[i].text) continue;
    zip_source_t *source = w->source_buffer(z, parts[i].text, strlen(parts[i].text), 0);
    assert_true(w->file_add(z, parts[i].name, source, ZIP_FL_OVERWRITE) >= 0);
  }
  assert_int_equal(w->close(z), 0);
}

/* What differs from a workbook with one sheet, "Deals". */
struct book {
  const char *workbook, *rows, *texts, *formats, *styles, *merged, *other_rows;
  const char *sheet; /* all of its XML, instead of rows */
};

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static inline void write_book(struct sheet_seen *s, struct book b) {
#define XML_OF(...) arena_printf(s->a, "<?xml version=\"1.0\"?>\n" __VA_ARGS__)
  const struct part parts[] = {
      {"[Content_Types].xml", "<Types/>"},
      {"_rels/.rels", XML_OF("<Relationships><Relationship Id=\"a\" Type=\"" OFFICE
                             "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")},
      {"xl/workbook.xml",
       b.workbook ? b.workbook
                  : XML_OF("<workbook xmlns:r=\"x\"><sheets><sheet name=\"Deals\" sheetId=\"1\" "
                           "r:id=\"r1\"/></sheets></workbook>")},
      {"xl/_rels/workbook.xml.rels",
       XML_OF("<Relationships><Relationship Id=\"r1\" Type=\"" OFFICE
              "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" OFFICE
              "worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/><Relationship Id=\"r3\" "
              "Type=\"" OFFICE
              "sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r4\" Type=\"" OFFICE
              "styles\" Target=\"../xl/./styles.xml\"/></Relationships>")},
      {"xl/worksheets/sheet1.xml",
       b.sheet ? b.sheet
               : XML_OF("<worksheet><sheetData>%s</sheetData>%s</worksheet>", b.rows ? b.rows : "",
                        b.merged ? b.merged : "")},
      {"xl/worksheets/sheet2.xml", XML_OF("<worksheet><sheetData>%s</sheetData></worksheet>",
                                          b.other_rows ? b.other_rows : "")},
      {"xl/sharedStrings.xml", b.texts ? XML_OF("<sst>%s</sst>", b.texts) : NULL},
      {"xl/styles.xml", b.styles ? XML_OF("<styleSheet><numFmts>%s</numFmts><cellStyleXfs><xf "
                                          "numFmtId=\"14\"/></cellStyleXfs>"
                                          "<cellXfs>%s</cellXfs></styleSheet>",
                                          b.formats ? b.formats : "", b.styles)
                                 : NULL}};
  write_parts(s, parts, sizeof parts / sizeof *parts);
}

static inline void book_reads(struct book b, const char *rows) {
  struct sheet_seen s;
  sheet_new(&s);
  write_book(&s, b);
  if (!sheet_see(&s)) fail_msg("%s", diags_failure(&s.problems));
  assert_string_equal(s.text, rows);
  sheet_done(&s);
}

static inline void book_fails(struct book b, const char *said) {
  struct sheet_seen s;
  sheet_new(&s);
  write_book(&s, b);
  assert_false(sheet_see(&s));
  assert_int_equal(s.problems.errors, 1);
  assert_string_equal(sheet_said(&s), said);
  sheet_done(&s);
}

#endif
