/* Workbooks: what a cell is by its type and its style, what may be left out, and what is hostile. */
#include "workbook_world.h"

#include "base/limits.h"

/* ---- cells ---------------------------------------------------------------------------------- */

static void texts_are_shared_or_stand_in_cells(void **state) {
  (void)state;
  book_reads(
      (struct book){.rows =
                        "<row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1' t='inlineStr'><is><t>in"
                        "</t></is></c><c r='C1' t='str'><f>A1</f><v>x&amp;y</v></c></row>",
                    .texts = "<si><t>zero</t></si><si><r><t>o</t></r><r><t xml:space='preserve'> "
                             "ne</t></r><rPh sb='0' eb='1'><t>aloud</t></rPh></si>"},
      "1: o ne|in|x&y\n");
}

static void what_xml_cannot_hold_is_unescaped(void **state) {
  (void)state;
  book_reads((struct book){.rows = "<row><c t='str'><v>a_x000D_\nb_x005F_c_x_</v></c></row>"},
             "1: a\nb_c_x_\n");
}

static void numbers_flags_and_errors_are_exact(void **state) {
  (void)state;
  book_reads(
      (struct book){.rows = "<row r='1'><c><v>1.1000000000000001</v></c><c><v>-2</v></c><c "
                            "t='b'><v>1</v></c><c t='b'><v>0</v></c><c "
                            "t='e'><v>#N/A</v></c><c><v>1E-3</v></c><c><v>1.5E+16</v></c></row>"},
      "1: =1.1|=-2|=true|=false||=0.001|=15000000000000000\n");
}

#define DAYS                                                                                       \
  "<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='20'/><xf numFmtId='46'/>" \
  "<xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='167'/>"
#define FORMATS                                                                               \
  "<numFmt numFmtId='164' formatCode='[$-40C]d\\ mmmm\\ yyyy;@'/><numFmt numFmtId='165' "     \
  "formatCode='dd/mm/yy\\ hh:mm'/><numFmt numFmtId='166' formatCode='0.0\" days\"'/><numFmt " \
  "numFmtId='167' formatCode='[Red]#,##0.00\\ \"EUR\"'/>"

static void days_are_known_by_their_style(void **state) {
  (void)state;
  book_reads(
      (struct book){.rows =
                        "<row><c s='0'><v>46082</v></c><c s='1'><v>46082</v></c><c "
                        "s='2'><v>46082.3958333333</v></c><c s='3'><v>0.395833333333333</v></c><c "
                        "s='4'><v>1.5</v></c><c s='5'><v>46082.9</v></c><c "
                        "s='6'><v>46082</v></c><c s='7'><v>3</v></c><c s='8'><v>4.5</v></c></row>",
                    .styles = DAYS,
                    .formats = FORMATS},
      "1: "
      "=46082|=2026-03-01|=2026-03-01T09:30:00|09:30:00|36:00:00|=2026-03-01|=2026-03-01T00:00:00|="
      "3|"
      "=4.5\n");
}

static void days_count_from_1900_or_1904(void **state) {
  (void)state;
  static const char rows[] =
      "<row><c s='1'><v>0</v></c><c s='1'><v>1</v></c><c s='1'><v>59</v></c><c "
      "s='1'><v>61</v></c><c s='1'><v>44620</v></c><c s='1'><v>-1</v></c><c "
      "s='1'><v>2958465</v></c><c s='1'><v>99999999</v></c></row>";
  book_reads((struct book){.rows = rows, .styles = DAYS},
             "1: |=1900-01-01|=1900-02-28|=1900-03-01|=2022-02-28|=-1|=9999-12-31|=99999999\n");
  book_reads(
      (struct book){.rows = "<row><c s='1'><v>0</v></c><c s='1'><v>44620</v></c></row>",
                    .styles = DAYS,
                    .workbook = "<workbook xmlns:r='x'><workbookPr date1904='1'/><sheets><sheet "
                                "name='Deals' r:id='r1'/></sheets></workbook>"},
      "1: =1904-01-01|=2026-03-01\n");
}

static void a_strict_workbook_writes_days(void **state) {
  (void)state;
  book_reads(
      (struct book){
          .rows = "<row><c t='d' s='1'><v>2026-03-01T00:00:00.000</v></c><c t='d' "
                  "s='2'><v>2026-03-01T09:30:00.000Z</v></c><c "
                  "t='d'><v>2026-03-01</v></c><c t='d'><v>early in March, or so</v></c></row>",
          .styles = DAYS},
      "1: =2026-03-01|=2026-03-01T09:30:00|=2026-03-01|early in March, or so\n");
}

static void names_may_have_a_prefix(void **state) {
  (void)state;
  book_reads(
      (struct book){.sheet = "<x:worksheet xmlns:x='y'><x:sheetData><x:row r='1'><x:c "
                             "r='A1'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"},
      "1: =1\n");
}

/* ---- where cells stand ---------------------------------------------------------------------- */

static void what_is_left_out_is_empty(void **state) {
  (void)state;
  book_reads(
      (struct book){.rows =
                        "<row r='2'><c r='B2'><v>1</v></c><c><v>2</v></c></row><row r='3'/><row "
                        "r='9'><c r='C9'><v>3</v></c><c r='A9'><v>4</v></c></row><row><c "
                        "r='AA10'><v>5</v></c></row>"},
      "2: |=1|=2\n3:\n4:\n9: =4||=3\n10: ||||||||||||||||||||||||||=5\n");
}

static void what_is_merged_stands_in_each_row(void **state) {
  (void)state;
  book_reads(
      (struct book){.rows =
                        "<row r='1'><c r='A1' t='str'><v>Deals of March</v></c></row>"
                        "<row r='2'><c r='A2' t='str'><v>Acme</v></c><c r='B2'><v>1</v></c></row>"
                        "<row r='3'><c r='B3'><v>2</v></c></row>"
                        "<row r='4'><c r='A4'/><c r='B4'><v>3</v></c></row>"
                        "<row r='5'><c r='B5'><v>4</v></c></row>",
                    .merged = "<mergeCells count='2'><mergeCell ref='A2:A4'/><mergeCell "
                              "ref='A1:D1'/></mergeCells>"},
      "1: Deals of March\n2: Acme|=1\n3: Acme|=2\n4: Acme|=3\n5: |=4\n");
}

/* ---- sheets --------------------------------------------------------------------------------- */

#define ONE "<row><c><v>1</v></c></row>"
#define TWO "<row><c><v>2</v></c></row>"
#define SHEETS(first, second)                                          \
  "<workbook xmlns:r='x'><sheets><sheet name='Notes' r:id='r1' " first \
  "/><sheet name='Deals' r:id='r2' " second "/></sheets></workbook>"

static void reads_sheet(struct book b, const char *wanted, const char *name, size_t others,
                        const char *rows) {
  struct sheet_seen s;
  sheet_new(&s);
  s.choice.sheet = wanted;
  write_book(&s, b);
  assert_true(sheet_see(&s));
  assert_string_equal(s.facts.kind, "workbook");
  assert_string_equal(s.facts.sheet, name);
  assert_int_equal(s.facts.others, others);
  assert_string_equal(s.text, rows);
  sheet_done(&s);
}

static void the_first_sheet_that_has_rows_is_read(void **state) {
  (void)state;
  reads_sheet((struct book){.workbook = SHEETS("", ""), .rows = ONE, .other_rows = TWO}, NULL,
              "Notes", 1, "1: =1\n");
  reads_sheet(
      (struct book){.workbook = SHEETS("", ""), .rows = "<row><c s='1'/></row>", .other_rows = TWO},
      NULL, "Deals", 0, "1: =2\n");
  reads_sheet(
      (struct book){.workbook = SHEETS("state='hidden'", ""), .rows = ONE, .other_rows = TWO}, NULL,
      "Deals", 0, "1: =2\n");
  reads_sheet(
      (struct book){.workbook = SHEETS("", "state='veryHidden'"), .rows = ONE, .other_rows = TWO},
      NULL, "Notes", 0, "1: =1\n");
  reads_sheet((struct book){.workbook = SHEETS("state='hidden'", ""), .rows = ONE}, NULL, "Notes",
              0, "1: =1\n");
}

static void a_sheet_is_chosen_by_its_name(void **state) {
  (void)state;
  struct book b = {.workbook = SHEETS("", "state='hidden'"), .rows = ONE, .other_rows = TWO};
  reads_sheet(b, "deals", "Deals", 0, "1: =2\n");
  struct sheet_seen s;
  sheet_new(&s);
  s.choice.sheet = "Deal";
  write_book(&s, b);
  assert_false(sheet_see(&s));
  assert_string_equal(sheet_said(&s), " has no sheet \"Deal\"; it has \"Notes\", \"Deals\"");
  sheet_done(&s);
}

static void a_workbook_without_rows_is_empty(void **state) {
  (void)state;
  book_fails((struct book){.rows = "<row/>"}, " is empty: no sheet has a row");
  book_fails((struct book){.rows = "<row><c t='str'><v> </v></c></row>"},
             " is empty: there are only blanks in it");
}

/* ---- no workbook, and hostile ones ---------------------------------------------------------- */

#define SAVE_ANEW ": download it again, or open it in Excel and save it as XLSX or CSV"
#define SAVE_SHEET ": open it in Excel and save it anew, or as CSV"
#define DAMAGED \
  " is damaged, or has a password (xl/worksheets/sheet1.xml in it cannot be read)" SAVE_ANEW

static void archive_fails(const char *part, const char *said) {
  struct sheet_seen s;
  sheet_new(&s);
  write_parts(&s, &(struct part){part, "x"}, 1);
  assert_false(sheet_see(&s));
  assert_string_equal(sheet_said(&s), said);
  sheet_done(&s);
}

static void other_archives_are_named(void **state) {
  (void)state;
  archive_fails("deals.csv", " is a packed archive (zip), no workbook: unpack it first");
  archive_fails("xl/workbook.bin",
                " is a binary workbook (.xlsb): save it in Excel as XLSX, or as CSV");
  archive_fails("content.xml", " is a sheet of OpenDocument (.ods): save it as XLSX, or as CSV");
  archive_fails("../../../etc/passwd", " is a packed archive (zip), no workbook: unpack it first");
  FAILS("PK\3\4cut off", " is a workbook or an archive that is damaged or was cut off" SAVE_ANEW);
}

static void damage_is_named(void **state) {
  (void)state;
  book_fails((struct book){.sheet = "<worksheet><sheetData><row><c><v>1</v></c></row>"}, DAMAGED);
  book_fails(
      (struct book){.rows = "<row><c t='s'><v>7</v></c></row>", .texts = "<si><t>a</t></si>"},
      ", sheet Deals, row 1: a text is missing" SAVE_SHEET);
  book_fails(
      (struct book){.rows = "<row><c t='s'><v>-1</v></c></row>", .texts = "<si><t>a</t></si>"},
      ", sheet Deals, row 1: a text is missing" SAVE_SHEET);
}

static void a_place_outside_of_a_sheet_is_refused(void **state) {
  (void)state;
#define NO_ROW ", sheet Deals, row 1: the next row has a number that no sheet has" SAVE_SHEET
#define NO_COLUMN ", sheet Deals, row 1: a cell stands in a column that no sheet has" SAVE_SHEET
  book_fails((struct book){.rows = "<row r='1000000000'><c><v>1</v></c></row>"}, NO_ROW);
  book_fails((struct book){.rows = "<row r='-5'><c><v>1</v></c></row>"}, NO_ROW);
  book_fails((struct book){.rows = "<row r='0'><c><v>1</v></c></row>"}, NO_ROW);
  book_fails((struct book){.rows = "<row r='99999999999999999999999'><c><v>1</v></c></row>"},
             NO_ROW);
  book_fails((struct book){.rows = "<row><c r='XFE1'><v>1</v></c></row>"}, NO_COLUMN);
  book_fails((struct book){.rows = "<row><c r='ZZZZZZZZZZZZZZZZZZZZZZ1'><v>1</v></c></row>"},
             NO_COLUMN);
  book_reads((struct book){.rows = "<row r='1048576'><c r='1' s='-3'><v>1</v></c></row>"},
             "1048576: =1\n");
}

static char *repeated(struct arena *a, const char *before, const char *part, size_t times,
                      const char *behind) {
  size_t n = strlen(part), at = strlen(before);
  char *text = arena_alloc(a, at + n * times + strlen(behind) + 1);
  memcpy(text, before, at);
  for (size_t i = 0; i < times; i++, at += n) memcpy(text + at, part, n);
  strcpy(text + at, behind);
  return text;
}

static void entities_depth_and_endless_tags_are_refused(void **state) {
  (void)state;
  struct arena *a = arena_new();
  book_fails(
      (struct book){.sheet =
                        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><worksheet>"
                        "<sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>"},
      DAMAGED);
  book_fails((struct book){.sheet = repeated(a, "", "<a>", 100000, "")}, DAMAGED);
  book_fails(
      (struct book){.sheet = repeated(a, "<a b='", "xxxxxxxxxx", XML_TOKEN_MAX_BYTES / 5, "'/>")},
      DAMAGED);
  book_fails((struct book){.rows = repeated(a, "<row><c t='str'><v>", "xxxxxxxxxx",
                                            SHEET_CELL_MAX_BYTES / 10 + 1, "</v></c></row>")},
             ", sheet Deals, row 1: a text is larger than 1 MB" SAVE_SHEET);
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(texts_are_shared_or_stand_in_cells),
                                     cmocka_unit_test(what_xml_cannot_hold_is_unescaped),
                                     cmocka_unit_test(numbers_flags_and_errors_are_exact),
                                     cmocka_unit_test(days_are_known_by_their_style),
                                     cmocka_unit_test(days_count_from_1900_or_1904),
                                     cmocka_unit_test(a_strict_workbook_writes_days),
                                     cmocka_unit_test(names_may_have_a_prefix),
                                     cmocka_unit_test(what_is_left_out_is_empty),
                                     cmocka_unit_test(what_is_merged_stands_in_each_row),
                                     cmocka_unit_test(the_first_sheet_that_has_rows_is_read),
                                     cmocka_unit_test(a_sheet_is_chosen_by_its_name),
                                     cmocka_unit_test(a_workbook_without_rows_is_empty),
                                     cmocka_unit_test(other_archives_are_named),
                                     cmocka_unit_test(damage_is_named),
                                     cmocka_unit_test(a_place_outside_of_a_sheet_is_refused),
                                     cmocka_unit_test(entities_depth_and_endless_tags_are_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
