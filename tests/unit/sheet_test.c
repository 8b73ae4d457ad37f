/* Exports as they come: separators, quotes, line ends, encodings, and what is no table. */
#include "sheet_world.h"

#include "base/limits.h"

/* ---- separators --------------------------------------------------------------------------- */

static void what_divides_the_rows_alike_separates(void **state) {
  (void)state;
  READS("a,b\n1,2\n", "1: a|b\n2: 1|2\n");
  READS("a;b\n1,5;2,5\n", "1: a|b\n2: 1,5|2,5\n");
  READS("a\tb\n1,5\t2\n", "1: a|b\n2: 1,5|2\n");
  READS("a|b\n1|x, y\n", "1: a|b\n2: 1|x, y\n");
  READS("name\nAcme\n", "1: name\n2: Acme\n");
  READS("Owner; team|Name\n1|Gamma; SA\n", "1: Owner; team|Name\n2: 1|Gamma; SA\n");
  READS("Nom;Montant, EUR;Le\nA;1,5;x\nB;2,5;y\n",
        "1: Nom|Montant, EUR|Le\n2: A|1,5|x\n3: B|2,5|y\n");
}

static void a_list_in_each_row_does_not_separate(void **state) {
  (void)state;
  READS("id,tags\n1,a;b;c;d;e\n2,a;b;c;d;e\n", "1: id|tags\n2: 1|a;b;c;d;e\n3: 2|a;b;c;d;e\n");
  READS("id,note\n1,\"a;b\nc;d\"\n2,\"e;f\ng;h\"\n", "1: id|note\n2: 1|a;b\nc;d\n4: 2|e;f\ng;h\n");
}

static void a_title_above_the_table_does_not_mislead(void **state) {
  (void)state;
  READS("Deals of the quarter\n\nid;name;amount\n1;A;1,5\n2;B;2,5\n",
        "1: Deals of the quarter\n2:\n3: id|name|amount\n4: 1|A|1,5\n5: 2|B|2,5\n");
}

static void a_first_line_may_say_it(void **state) {
  (void)state;
  READS("sep=;\r\na;b\r\n1,2,3;4\r\n", "2: a|b\n3: 1,2,3|4\n");
  READS("\xEF\xBB\xBFSEP=|\na|b\n", "2: a|b\n");
  READS("sep=,", "1: sep=|\n");
}

/* ---- quotes ------------------------------------------------------------------------------- */

static void quotes_hold_separators_and_lines(void **state) {
  (void)state;
  READS("a,b\n\"x,\"\"y\"\"\",\"l1\r\nl2\rl3\nl4\"\nz,w\n",
        "1: a|b\n2: x,\"y\"|l1\nl2\nl3\nl4\n6: z|w\n");
  READS("a,b\n\"\",\" x \"\n", "1: a|b\n2: |x\n");
}

static void a_stray_quote_is_read(void **state) {
  (void)state;
  READS("a,b\n5\" pipe,6\" pipe\n", "1: a|b\n2: 5\" pipe|6\" pipe\n");
  READS("a,b\n\"he said \"hi\" twice\",2\n", "1: a|b\n2: he said \"hi\" twice|2\n");
  READS("a,b\n\"he\nsaid \"hi\" and left\",2\n", "1: a|b\n2: he\nsaid \"hi\" and left|2\n");
}

static void a_quote_that_is_not_closed_is_named_where_it_opens(void **state) {
  (void)state;
#define NOT_CLOSED                                                                                 \
  ": a quote opens a text there that is not closed: the file was cut off, or a quote is missing; " \
  "export it again"
  FAILS("a,b\n1,\"cut\noff", ", line 2" NOT_CLOSED);
  FAILS("a,b\n\"x\ny\",\"cut\n\noff", ", line 3" NOT_CLOSED);
  FAILS("a,b\n1,\"abc,2\n2,\"def\",3\n", ", line 2" NOT_CLOSED);
  FAILS("a,b\n1,\"abc\n\"2\",3\n", ", line 2" NOT_CLOSED);
}

/* ---- lines -------------------------------------------------------------------------------- */

static void lines_end_in_all_ways(void **state) {
  (void)state;
  READS("a,b\r\n1,2\r\n", "1: a|b\n2: 1|2\n");
  READS("a,b\r1,2\r", "1: a|b\n2: 1|2\n");
  READS("a,b\n1,2\r\n3,4\r5,6", "1: a|b\n2: 1|2\n3: 3|4\n4: 5|6\n");
  READS("a,b\r\r\n1,\"x\r\r\ny\"\r\r\n\r\r\n3,4", "1: a|b\n2: 1|x\ny\n4:\n5: 3|4\n");
}

static void blank_rows_are_handed_over(void **state) {
  (void)state;
  READS("a,b\n\n  \n1,2\n,\n\n", "1: a|b\n2:\n3:\n4: 1|2\n5: |\n6:\n");
  READS("a,b\r\n\r\n1,2\r\n", "1: a|b\n2:\n3: 1|2\n");
  READS("a,b\r\r1,2", "1: a|b\n2:\n3: 1|2\n");
}

static void rows_of_other_lengths_are_handed_over(void **state) {
  (void)state;
  READS("a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,\n",
        "1: a|b|c\n2: 1|2|3\n3: 1|2\n4: 1|2|3|4\n5: 1|2|3|\n");
}

static void a_header_alone_is_a_table(void **state) {
  (void)state;
  READS("id,name", "1: id|name\n");
}

static void a_file_of_many_blocks_is_one_text(void **state) {
  (void)state;
  struct sheet_seen s;
  sheet_new(&s);
  FILE *f = fopen(s.path, "wb");
  assert_non_null(f);
  fputs("id,note\r\n", f);
  for (int i = 0; i < 20000; i++) fprintf(f, "%d,\"\xC3\xA9t\xC3\xA9\r\n%d\"\r\n", i, i);
  fclose(f);
  assert_true(sheet_see(&s));
  assert_int_equal(s.rows, 20001);
  assert_non_null(strstr(s.text, "\n40000: 19999|\xC3\xA9t\xC3\xA9\n19999\n"));
  sheet_done(&s);
}

/* The block ends at each byte of a line end once. */
static void a_line_end_may_stand_between_blocks(void **state) {
  (void)state;
  for (size_t less = 0; less < 6; less++) {
    struct sheet_seen s;
    sheet_new(&s);
    FILE *f = fopen(s.path, "wb");
    assert_non_null(f);
    fputs("a,b\r\r\n", f);
    for (size_t n = 7; n < SHEET_BLOCK_BYTES - less; n++) fputc('x', f);
    fputs("\r\r\n1,\"\r\r\n2\"\r\r\n", f);
    fclose(f);
    assert_true(sheet_see(&s));
    assert_int_equal(s.rows, 3);
    assert_non_null(strstr(s.text, "\n3: 1|2\n"));
    sheet_done(&s);
  }
}

static void who_has_enough_stops(void **state) {
  (void)state;
  struct sheet_seen s;
  sheet_new(&s);
  s.wanted = 2;
  sheet_write(&s, "a\n1\n2\n\"cut", 10);
  assert_true(sheet_see(&s));
  assert_string_equal(s.text, "1: a\n2: 1\n");
  sheet_done(&s);
}

/* ---- encodings ---------------------------------------------------------------------------- */

static void facts_of(struct sheet_seen *s, const char *bytes, size_t n) {
  sheet_new(s);
  sheet_write(s, bytes, n);
  assert_true(sheet_see(s));
}

static void utf16_is_read(void **state) {
  (void)state;
  READS(
      "\xFF\xFE"
      "a\0\t\0\xE9\0\n\0"
      "1\0\t\0\xAC\x20\n\0",
      "1: a|\xC3\xA9\n2: 1|\xE2\x82\xAC\n");
  READS(
      "\xFE\xFF"
      "\0a\0,\0b\0\n\xD8\x3D\xDE\x00\0,\0b",
      "1: a|b\n2: \xF0\x9F\x98\x80|b\n");
  READS(
      "a\0,\0b\0\n\0"
      "1\0,\0"
      "2\0\n\0",
      "1: a|b\n2: 1|2\n");
  READS(
      "\0a\0,\0b\0\n\0"
      "1\0,\0"
      "2",
      "1: a|b\n2: 1|2\n");
}

static void windows_1252_is_read(void **state) {
  (void)state;
  struct sheet_seen s;
  static const char text[] = "id;nom\n1;Soci\xE9t\xE9\n2;10 \x80\n";
  facts_of(&s, text, sizeof text - 1);
  assert_string_equal(s.text, "1: id|nom\n2: 1|Soci\xC3\xA9t\xC3\xA9\n3: 2|10 \xE2\x82\xAC\n");
  assert_string_equal(s.facts.kind, "CSV");
  assert_string_equal(s.facts.encoding, "Windows-1252");
  assert_int_equal(s.facts.separator, ';');
  assert_int_equal(s.facts.recoded, 0);
  sheet_done(&s);
}

static void a_row_in_another_encoding_is_counted(void **state) {
  (void)state;
  struct sheet_seen s;
  static const char text[] = "id,nom\n1,\xC3\xA9t\xC3\xA9\n2,\xC3\xA9t\xC3\xA9\n3,\xE9t\xE9\n";
  facts_of(&s, text, sizeof text - 1);
  assert_non_null(strstr(s.text, "4: 3|\xC3\xA9t\xC3\xA9\n"));
  assert_string_equal(s.facts.encoding, "UTF-8");
  assert_int_equal(s.facts.recoded, 1);
  assert_int_equal(s.facts.recoded_first, 4);
  sheet_done(&s);
}

static void both_encodings_in_one_row_are_read(void **state) {
  (void)state;
  READS("a,b\n\xC3\xA9,\xE9\n", "1: a|b\n2: \xC3\xA9|\xC3\xA9\n");
}

static void blanks_around_cells_are_none_of_theirs(void **state) {
  (void)state;
  READS("a,b\n \xC2\xA0x\xC2\xA0 ,\xEF\xBB\xBFy\n", "1: a|b\n2: x|y\n");
}

/* ---- JSON --------------------------------------------------------------------------------- */

static void objects_become_rows_of_all_keys(void **state) {
  (void)state;
  READS(
      "{\"id\": 1, \"name\": \"Acme\"}\n\n{\"id\": 2, \"won\": true, \"name\": null, \"mrr\": "
      "0.1}\n",
      "0: id|name|won|mrr\n1: =1|Acme||\n3: =2||=true|=0.1\n");
  READS("{\"a\":1}{\"a\":12345678901234567}", "0: a\n1: =1\n1: =12345678901234567\n");
  READS("{\"a\":1234567.891234567,\"b\":1e21,\"c\":-2.50}",
        "0: a|b|c\n1: =1234567.891234567|=1000000000000000000000|=-2.5\n");
}

static void objects_in_objects_have_dots_and_lists_are_joined(void **state) {
  (void)state;
  READS(
      "{\"id\":\"A\",\"owner\":{\"name\":\"Ana\",\"team\":{\"id\":7}},\"tags\":[\"x\",2,null,true],"
      "\"none\":[],"
      "\"items\":[{\"a\":1},{\"b\":[2]}]}",
      "0: id|owner.name|owner.team.id|tags|none|items\n1: "
      "A|Ana|=7|x;2;;true||{\"a\":1};{\"b\":[2]}\n");
}

static void a_list_of_objects_is_a_table(void **state) {
  (void)state;
  READS("\xEF\xBB\xBF[\n  {\"a\": \"}\",\n   \"b\": 1},\n  {\"a\": \"\\u00e9\"}\n]\n",
        "0: a|b\n2: }|=1\n4: \xC3\xA9|\n");
}

static void the_answer_of_an_api_is_the_list_in_it(void **state) {
  (void)state;
  READS("{\"object\":\"list\",\"data\":[{\"id\":1},{\"id\":2}],\"has_more\":false}",
        "0: id\n1: =1\n2: =2\n");
  READS("{\"id\":1,\"data\":[3]}\n", "0: id|data\n1: =1|3\n");
}

static void json_that_cannot_be_read_is_named_with_its_line(void **state) {
  (void)state;
  FAILS(
      "{\"a\":1}\n{\"a\":\n\"cut",
      ", line 2: an object begins there that does not end: the file was cut off; export it again");
  FAILS("[{\"a\":1},\n", ", line 2: the list does not end: the file was cut off; export it again");
  FAILS("{\"a\":1}\n{\"a\" 2}\n",
        ", line 2: the JSON has a mistake (':' expected near '2'): export it again");
  FAILS("{\"a\":1}\n7\n",
        ", line 2: a row has to be an object, such as {\"id\": 1}: export an object a line");
  FAILS("[{\"a\":1},[2]]",
        ", line 1: a row has to be an object, such as {\"id\": 1}: export an object a line");
  FAILS("[]", " is empty: no object in it has a key");
  READS("[Account],Owner\n1,2\n", "1: [Account]|Owner\n2: 1|2\n");
}

static void json_too_deep_is_refused(void **state) {
  (void)state;
  char text[600] = "";
  for (int i = 0; i < 21; i++) strcat(text, "{\"a\":");
  strcat(text, "1");
  for (int i = 0; i < 21; i++) strcat(text, "}");
  fails_bytes_as(text, strlen(text), ", line 1: objects stand more than 20 deep in each other");
}

/* ---- no table ----------------------------------------------------------------------------- */

static void what_is_no_table_is_named(void **state) {
  (void)state;
  FAILS("", " is empty");
  FAILS("\xEF\xBB\xBF", " is empty: there are only blanks in it");
  FAILS("\n \n,,\n", " is empty: there are only blanks in it");
  FAILS("%PDF-1.7\n", " is a PDF document, which is made for reading: export it as CSV or XLSX");
  FAILS("\xD0\xCF\x11\xE0\xA1\xB1",
        " is a workbook of the old kind (.xls), or one with a password: save it in Excel as XLSX "
        "without a "
        "password, or as CSV");
  FAILS("\x1F\x8B\x08", " is packed (gzip): unpack it first");
#define WEB_PAGE                                                                             \
  " is a web page or XML, no table (a page to sign in looks so, and some programs call one " \
  ".xls): open "                                                                             \
  "it to see what it is, and export it as CSV or XLSX"
  FAILS("\xEF\xBB\xBF\n<!DOCTYPE html>\n<title>Sign in</title>", WEB_PAGE);
  FAILS("<table><tr><td>id</td></tr></table>", WEB_PAGE);
}

static void bytes_that_are_no_text_are_named_with_their_line(void **state) {
  (void)state;
#define NO_TEXT ": there are bytes that are no text: export it again as \"CSV UTF-8\" or as XLSX"
  FAILS("a,b\n1,2\n3,\0\n", ", line 3" NO_TEXT);
  FAILS(
      "\xFF\xFE"
      "a\0\n\0\x00\xD8"
      "b\0",
      ", line 2" NO_TEXT);
  FAILS(
      "\xFF\xFE"
      "a\0\n\0b",
      ", line 2" NO_TEXT);
  FAILS("a,b\n\x81,2\n",
        ", line 2: a letter is written neither in UTF-8 nor in Windows-1252: export it again as "
        "\"CSV "
        "UTF-8\" or as XLSX");
}

static void a_file_that_is_not_there_is_named(void **state) {
  (void)state;
  struct sheet_seen s;
  sheet_new(&s);
  unlink(s.path);
  assert_false(sheet_see(&s));
  assert_string_equal(diags_error(&s.problems)->kind->code, "V0701");
  assert_string_equal(sheet_said(&s), ": No such file or directory");
  sheet_done(&s);
}

/* ---- limits ------------------------------------------------------------------------------- */

static char *many(const char *part, size_t times, size_t *n) {
  size_t bytes = strlen(part);
  *n = bytes * times;
  char *text = xmalloc(*n);
  for (size_t i = 0; i < times; i++) memcpy(text + i * bytes, part, bytes);
  return text;
}

static void past_a_limit_is_an_error(void **state) {
  (void)state;
  size_t n;
  char *wide = many("a,", SHEET_MAX_COLUMNS, &n);
  fails_bytes_as(wide, n, ", line 1: it has more than 16384 cells: is this a table?");
  free(wide);
  char *large = many("abcdefgh", SHEET_CELL_MAX_BYTES / 8 + 1, &n);
  fails_bytes_as(
      large, n,
      ", line 1: a cell is larger than 1 MB, or all of them than 64 MB: leave its column out of "
      "the export");
  free(large);
  char *open = many("\n\"\"\"\"", SHEET_CELL_MAX_BYTES / 4, &n);
  memcpy(open, "\n\"a", 3);
  fails_bytes_as(open, n, ", line 2" NOT_CLOSED);
  free(open);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_divides_the_rows_alike_separates),
      cmocka_unit_test(a_list_in_each_row_does_not_separate),
      cmocka_unit_test(a_title_above_the_table_does_not_mislead),
      cmocka_unit_test(a_first_line_may_say_it),
      cmocka_unit_test(quotes_hold_separators_and_lines),
      cmocka_unit_test(a_stray_quote_is_read),
      cmocka_unit_test(a_quote_that_is_not_closed_is_named_where_it_opens),
      cmocka_unit_test(lines_end_in_all_ways),
      cmocka_unit_test(blank_rows_are_handed_over),
      cmocka_unit_test(rows_of_other_lengths_are_handed_over),
      cmocka_unit_test(a_header_alone_is_a_table),
      cmocka_unit_test(a_file_of_many_blocks_is_one_text),
      cmocka_unit_test(a_line_end_may_stand_between_blocks),
      cmocka_unit_test(who_has_enough_stops),
      cmocka_unit_test(utf16_is_read),
      cmocka_unit_test(windows_1252_is_read),
      cmocka_unit_test(a_row_in_another_encoding_is_counted),
      cmocka_unit_test(both_encodings_in_one_row_are_read),
      cmocka_unit_test(blanks_around_cells_are_none_of_theirs),
      cmocka_unit_test(objects_become_rows_of_all_keys),
      cmocka_unit_test(objects_in_objects_have_dots_and_lists_are_joined),
      cmocka_unit_test(a_list_of_objects_is_a_table),
      cmocka_unit_test(the_answer_of_an_api_is_the_list_in_it),
      cmocka_unit_test(json_that_cannot_be_read_is_named_with_its_line),
      cmocka_unit_test(json_too_deep_is_refused),
      cmocka_unit_test(what_is_no_table_is_named),
      cmocka_unit_test(bytes_that_are_no_text_are_named_with_their_line),
      cmocka_unit_test(a_file_that_is_not_there_is_named),
      cmocka_unit_test(past_a_limit_is_an_error)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
