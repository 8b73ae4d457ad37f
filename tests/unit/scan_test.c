/* Scans of every kind of dataset: what cells become, what is said about those that cannot be
 * read, how rows come. */
#include "scan_world.h"

/* ---- cells ---------------------------------------------------------------------------- */

static void numbers(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (c); INSERT INTO t VALUES (3), (2.5), ('1234.5'), (' -3 '), ('1e3'), "
        "(NULL), ('  '), "
        "('.5')");
  read_c(w, CELL_NUMBER);
  static const double want[] = {3, 2.5, 1234.5, -3, 1000, 0, 0, 0.5};
  for (int i = 0; i < KEPT; i++) {
    assert_int_equal(w->valid[i], i != 5 && i != 6);
    if (w->valid[i]) assert_true(w->num[i] == want[i]);
  }
  assert_int_equal(w->scan.rows, 8);
  assert_int_equal(w->bad, -1);
}

static void money_keeps_its_digits(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (c); INSERT INTO t VALUES (19.99), ('0.07'), (123456785.005), (-1.239), "
        "(12), "
        "(90071992547409.91), (1.005), (NULL)");
  read_c(w, CELL_MONEY);
  static const double want[] = {1999, 7, 12345678500.5, -123.9, 1200, 9007199254740991, 100.5};
  for (int i = 0; i < 7; i++) assert_true(w->num[i] == want[i]);
  assert_false(w->valid[7]);
}

static void money_of_other_currencies(void **state) {
  struct world *w = *state;
  given(w, "CREATE TABLE t (c); INSERT INTO t VALUES (1234), (1.5)");
  assert_true(scan_one(
      w, (struct scan_column){.column = "c", .kind = CELL_MONEY, .currency = "JPY"}, false));
  assert_true(w->num[0] == 1234 && w->num[1] == 1.5);
  assert_true(scan_one(
      w, (struct scan_column){.column = "c", .kind = CELL_MONEY, .currency = "KWD"}, false));
  assert_true(w->num[0] == 1234000 && w->num[1] == 1500);
}

static void percents_are_ratios(void **state) {
  struct world *w = *state;
  given(w, "CREATE TABLE t (c); INSERT INTO t VALUES (60), ('105')");
  read_c(w, CELL_PERCENT);
  assert_true(w->num[0] == 0.6 && w->num[1] == 1.05);
}

static void dates(void **state) {
  struct world *w = *state;
  given(
      w,
      "CREATE TABLE t (c, d); INSERT INTO t VALUES ('2026-03-01', '31/12/2026'), ('2026-03-01', "
      "''),"
      " (' 2026-03-02 ', NULL), ('2026-03-01T23:30:00Z', '01/01/2026'), ('', NULL), (NULL, NULL), "
      "(CAST(zeroblob(10) AS TEXT), NULL)");
  w->scan.tz = "Europe/Paris";
  read_c(w, CELL_DATE);
  day_t first = day_from_civil(2026, 3, 1);
  static const int after[] = {0, 0, 1, 1};
  for (int i = 0; i < 4; i++) assert_true(w->num[i] == first + after[i]);
  assert_false(w->valid[4] || w->valid[6]);
  assert_false(w->valid[5]);
  assert_true(scan_one(
      w, (struct scan_column){.column = "d", .kind = CELL_DATE, .form.format = "DD/MM/YYYY"},
      false));
  assert_true(w->num[0] == day_from_civil(2026, 12, 31));
  assert_true(w->num[3] == day_from_civil(2026, 1, 1));
  assert_false(w->valid[1]);
}

static void whole_numbers_are_dates_only_in_a_format(void **state) {
  struct world *w = *state;
  given(w, "CREATE TABLE t (c); INSERT INTO t VALUES (20260301)");
  assert_true(scan_one(
      w, (struct scan_column){.column = "c", .kind = CELL_DATE, .form.format = "YYYYMMDD"}, false));
  assert_true(w->num[0] == day_from_civil(2026, 3, 1));
  assert_false(scan_c(w, CELL_DATE));
  says(w->message,
       "holds the number 20260301, which is not a date. Add format \"YYYYMMDD\" to the column");
}

static void texts_are_clean(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (c); INSERT INTO t VALUES (' Pro '), ('Cafe' || char(769)), ('Caf' || "
        "char(233)), (''),"
        " (char(160)), (17.0), (NULL), ('Pro')");
  read_c(w, CELL_TEXT);
  static const char *const want[] = {"Pro", "Caf\xC3\xA9", "Caf\xC3\xA9", NULL,
                                     NULL,  "17",          NULL,          "Pro"};
  for (int i = 0; i < KEPT; i++) {
    assert_int_equal(w->valid[i], want[i] != NULL);
    if (want[i]) assert_string_equal(w->txt[i], want[i]);
  }
}

static void equal_texts_have_one_address(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (c); INSERT INTO t VALUES ('Pro'), ('Basic'), ('Pro'), (' Pro'), ('Pro')");
  read_c(w, CELL_KEY);
  for (int i = 2; i < 5; i++) assert_ptr_equal(w->key[i].text, w->key[0].text);
  assert_ptr_not_equal(w->key[1].text, w->key[0].text);
  assert_ptr_equal(dict_add(w->texts, "Pro", 3), w->key[0].text);
}

static void keys_are_canonical(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (c); INSERT INTO t VALUES (17), ('17'), (17.0), (' 17'), ('017'), ('A-1'), "
        "(' '), "
        "('A-1')");
  read_c(w, CELL_KEY);
  for (int i = 0; i < 4; i++) assert_true(w->valid[i] && !w->key[i].text && w->key[i].number == 17);
  assert_string_equal(w->key[4].text->s, "017");
  assert_ptr_equal(w->key[5].text, w->key[7].text);
  assert_true(w->key[5].number == 0);
  assert_false(w->valid[6]);
}

static void flags(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (c); INSERT INTO t VALUES (1), (0.0), ('TRUE'), (' no '), ('t'), ('F'), "
        "(NULL), "
        "('Yes')");
  read_c(w, CELL_FLAG);
  static const bool want[] = {true, false, true, false, true, false, false, true};
  for (int i = 0; i < KEPT; i++) {
    assert_int_equal(w->valid[i], i != 6);
    assert_int_equal(w->yes[i], want[i]);
  }
}

static void currencies(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (id, c); INSERT INTO t VALUES (1, 'EUR'), (2, ' eur'), (3, ''), (4, NULL), "
        "(5, 'USD')");
  assert_false(scan_one(
      w, (struct scan_column){.column = "c", .kind = CELL_CURRENCY, .currency = "EUR"}, true));
  says(w->message, "t, row 5: the column c (attribute) holds \"USD\", but the attribute is in EUR");
  assert_int_equal(w->bad, 0);
}

/* ---- cells that cannot be read -------------------------------------------------------- */

/* Days that were read are remembered: what came before changes no day. */
static void days_in_any_order(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (c); WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE "
        "i < 9999) INSERT INTO t SELECT date('1990-01-01', (i * 7919 % 5000) || ' days') FROM n");
  read_c(w, CELL_DATE);
  assert_int_equal(w->scan.rows, 10000);
  /* each of the 5,000 days twice */
  assert_true(w->sum == 10000.0 * (double)day_from_civil(1990, 1, 1) + 4999.0 * 5000);
  for (int i = 0; i < KEPT; i++)
    assert_true(w->num[i] == day_from_civil(1990, 1, 1) + i * 7919 % 5000);
}

static void mistakes_say_what_to_change(void **state) {
  struct world *w = *state;
  static const struct {
    const char *literal;
    enum cell_kind kind;
    const char *message;
    enum diag_code code;
  } rows[] = {
      {"'12%'", CELL_NUMBER,
       "holds \"12%\", which is not a number. Write 12.5, without the percent sign", V0504},
      {"'1,000'", CELL_MONEY, "which is not a number. Write 1234.50: a point before the decimals",
       V0504},
      {"'12 EUR'", CELL_MONEY,
       "which is not an amount. Write 1234.50: digits and a point, no currency sign", V0504},
      {"'0x10'", CELL_NUMBER, "which is not a number", V0504},
      {"'nan'", CELL_NUMBER, "which is not a number", V0504},
      {"'1e'", CELL_NUMBER, "which is not a number", V0504},
      {"'1e999'", CELL_NUMBER, "holds \"1e999\", which is not a number", V0504},
      {"9e999", CELL_NUMBER, "holds the number inf, which is too large", V0504},
      {"1e300", CELL_MONEY, "which is too large", V0504},
      {"x'00ff'", CELL_NUMBER, "holds binary data, which cannot be read", V0503},
      {"x'00ff'", CELL_TEXT, "holds binary data, which cannot be read", V0503},
      {"x''", CELL_KEY, "holds binary data, which cannot be read", V0503},
      {"9e999", CELL_KEY, "which is no finite number", V0504},
      {"cast(x'436166e9' as text)", CELL_TEXT, "holds \"Caf?\", which is not UTF-8 text", V0504},
      {"cast(x'436166e9' as text)", CELL_KEY, "which is not UTF-8 text", V0504},
      {"'A' || char(0) || 'B'", CELL_KEY, "holds \"A?B\", which is not UTF-8 text", V0504},
      {"'maybe'", CELL_FLAG, "which is neither yes nor no. Write 1 or 0", V0504},
      {"2", CELL_FLAG, "holds the number 2, which is neither", V0504},
      {"45000.5", CELL_DATE, "which is not a date. Add format \"excel\" to the column", V0503},
      {"'31/12/2026'", CELL_DATE,
       "holds \"31/12/2026\", which is not a date. Write dates as 2026-12-31, or add format "
       "\"DD/MM/YYYY\" "
       "to the "
       "attribute",
       V0504},
      {"'03.04.2026'", CELL_DATE, "format \"DD.MM.YYYY\" or format \"MM.DD.YYYY\"", V0504},
      {"'2026-02-30'", CELL_DATE, "which is not a date. Write dates as 2026-12-31", V0504},
      {"'soon'", CELL_DATE, "which is not a date. Write dates as 2026-12-31", V0504},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    unlink("data.db");
    given(w, arena_printf(
                 w->a, "CREATE TABLE t (id, c); INSERT INTO t VALUES ('A-16', NULL), ('A-17', %s)",
                 rows[i].literal));
    if (scan_one(w, (struct scan_column){.column = "c", .kind = rows[i].kind, .currency = "EUR"},
                 true))
      fail_msg("%s was read", rows[i].literal);
    says(w->message, "t, row A-17: the column c (attribute) ");
    says(w->message, rows[i].message);
    assert_int_equal(w->code, rows[i].code);
    assert_int_equal(w->bad, 0);
    dataset_close(w->e);
    w->e = NULL;
  }
}

static void rows_without_a_name_are_numbered(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (id, c); INSERT INTO t VALUES (NULL, 1), (NULL, 'x' || char(27) || '[2J')");
  assert_false(scan_c(w, CELL_NUMBER));
  says(w->message, "t, row number 2: the column c (attribute) holds \"x?[2J\"");
  assert_false(scan_one(w, (struct scan_column){.column = "c", .kind = CELL_NUMBER}, true));
  says(w->message, "t, row number 2:");
}

static void long_values_are_cut(void **state) {
  struct world *w = *state;
  given(
      w,
      "CREATE TABLE t (c); INSERT INTO t VALUES (replace(hex(zeroblob(50000)), '00', char(233)))");
  assert_false(scan_c(w, CELL_NUMBER));
  says(w->message, "\xC3\xA9…\", which is not a number");
  assert_true(strlen(w->message) < 300);
}

/* ---- rows ----------------------------------------------------------------------------- */

static void batches_have_1024_rows(void **state) {
  struct world *w = *state;
  static const struct {
    int rows, batches, last;
  } cases[] = {{0, 0, 0},       {1, 1, 1},    {1023, 1, 1023},
               {1024, 1, 1024}, {1025, 2, 1}, {3000, 3, 952}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    unlink("data.db");
    given(w,
          arena_printf(
              w->a,
              "CREATE TABLE t (c); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
              " INSERT INTO t SELECT i FROM n LIMIT %d",
              cases[i].rows));
    read_c(w, CELL_NUMBER);
    assert_int_equal(w->batches, cases[i].batches);
    assert_int_equal(w->last_batch, cases[i].last);
    assert_int_equal(w->scan.rows, cases[i].rows);
    assert_true(w->sum == cases[i].rows * (cases[i].rows + 1) / 2.0);
    long rows;
    assert_true(count_rows(w, "T", &rows));
    assert_int_equal(rows, cases[i].rows);
    w->scan.n_columns = 0;
    assert_true(scan(w, "t"));
    assert_int_equal(w->scan.rows, cases[i].rows);
    dataset_close(w->e);
    w->e = NULL;
  }
}

static void a_mistake_in_the_last_row_is_found(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (c); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " INSERT INTO t SELECT i FROM n LIMIT 2048; INSERT INTO t VALUES ('x')");
  assert_false(scan_c(w, CELL_NUMBER));
  says(w->message, "t, row number 2049: ");
  assert_int_equal(w->batches, 2);
}

static void the_caller_can_stop(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (c); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " INSERT INTO t SELECT i FROM n LIMIT 5000");
  w->stop_after = 2;
  assert_false(scan_c(w, CELL_NUMBER));
  assert_null(w->message);
  assert_int_equal(w->bad, -1);
  assert_int_equal(w->scan.rows, 2048);
  w->stop_after = 5;
  assert_false(scan_c(w, CELL_NUMBER));
  assert_int_equal(w->scan.rows, 5000);
}

static void wide_tables(void **state) {
  struct world *w = *state;
  char statements[8192], *s = statements;
  s += sprintf(s, "CREATE TABLE t (c0");
  for (int i = 1; i < 150; i++) s += sprintf(s, ", c%d", i);
  s += sprintf(s, "); INSERT INTO t (c0, c149) VALUES (1, 2), (3, 'x')");
  given(w, statements);
  for (int i = 0; i < 150; i++) {
    char *name = arena_printf(w->a, "c%d", i);
    w->columns[i] = (struct scan_column){.column = name, .kind = CELL_NUMBER, .what = name};
  }
  w->scan.key_column = 0;
  for (w->scan.n_columns = 99; w->scan.n_columns <= 149; w->scan.n_columns++) {
    assert_true(scan(w, "t"));
    assert_int_equal(w->taken, 2);
    assert_true(w->num[0] == 1 && w->num[1] == 3);
  }
  assert_false(scan(w, "t"));
  says(w->message, "t, row 3: the column c149 (c149) holds \"x\"");
  assert_int_equal(w->bad, 149);
}

static bool take_texts(void *ctx, const struct batch *b) {
  struct world *w = ctx;
  for (size_t i = 0; i < b->n; i++, w->taken++) {
    char want[32];
    snprintf(want, sizeof want, "ticket %ld", w->taken + 1);
    assert_true(bit_get(b->columns[0].valid, i));
    assert_string_equal(b->columns[0].txt[i]->s, want);
  }
  if ((long)dict_bytes(w->texts) > w->last_batch) w->last_batch = (long)dict_bytes(w->texts);
  return true;
}

static void texts_that_nobody_keeps_take_bounded_memory(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE VIEW t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT "
        "700000)"
        " SELECT 'ticket ' || i AS c FROM n");
  w->columns[0] = (struct scan_column){.column = "c", .kind = CELL_TEXT, .what = "subject"};
  w->scan = (struct scan){.table = "t", .columns = w->columns, .n_columns = 1, .key_column = -1};
  w->scan.texts = w->texts;
  w->scan.take = take_texts;
  w->scan.ctx = w;
  assert_true(scan_dataset(w, &w->scan));
  assert_int_equal(w->taken, 700000);
  assert_in_range(w->last_batch, 8 << 20, 40 << 20);
  assert_true(dict_bytes(w->texts) < (16 << 20));
  w->taken = 0;
  w->scan.keep_texts = true;
  assert_true(scan_dataset(w, &w->scan));
  assert_true(dict_bytes(w->texts) > (24 << 20));
}

static bool take_inner(void *ctx, const struct batch *b) {
  struct world *w = ctx;
  w->sum += b->columns[0].num[0];
  return true;
}

static bool take_outer(void *ctx, const struct batch *b) {
  struct world *w = ctx;
  struct diags problems = {.arena = w->a};
  struct scan inner = {
      .table = "inner", .columns = w->columns + 1, .n_columns = 1, .key_column = -1};
  inner.take = take_inner;
  inner.ctx = w;
  w->taken += (long)b->n;
  return dataset_scan(w->e, &inner, &problems);
}

static void a_scan_inside_a_scan(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (c); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " INSERT INTO t SELECT i FROM n LIMIT 2000; CREATE TABLE \"inner\" (x); INSERT INTO "
        "\"inner\" VALUES "
        "(7)");
  w->columns[0] = (struct scan_column){.column = "c", .kind = CELL_NUMBER, .what = "c"};
  w->columns[1] = (struct scan_column){.column = "x", .kind = CELL_NUMBER, .what = "x"};
  w->scan = (struct scan){.table = "t", .columns = w->columns, .n_columns = 1, .key_column = -1};
  w->scan.take = take_outer;
  w->scan.ctx = w;
  assert_true(scan_dataset(w, &w->scan));
  assert_int_equal(w->taken, 2000);
  assert_true(w->sum == 14);
}

static void rows_come_in_the_order_of_the_table(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (c, d); INSERT INTO t VALUES (3, 1), (1, 2), (2, 3); CREATE INDEX i ON t "
        "(c)");
  read_c(w, CELL_NUMBER);
  assert_true(w->num[0] == 3 && w->num[1] == 1 && w->num[2] == 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST_ALL(numbers),
      TEST_ALL(money_keeps_its_digits),
      TEST_ALL(money_of_other_currencies),
      TEST_ALL(percents_are_ratios),
      TEST_ALL(dates),
      TEST_ALL(whole_numbers_are_dates_only_in_a_format),
      TEST_ALL(texts_are_clean),
      TEST_ALL(equal_texts_have_one_address),
      TEST_ALL(keys_are_canonical),
      TEST_ALL(flags),
      TEST_ALL(currencies),
      TEST_ALL(days_in_any_order),
      TEST_ALL(mistakes_say_what_to_change),
      TEST_ALL(rows_without_a_name_are_numbered),
      TEST_ALL(long_values_are_cut),
      TEST_ALL(batches_have_1024_rows),
      TEST_ALL(a_mistake_in_the_last_row_is_found),
      TEST_ALL(the_caller_can_stop),
      TEST_ALL(wide_tables),
      TEST_ALL(texts_that_nobody_keeps_take_bounded_memory),
      TEST_ALL(a_scan_inside_a_scan),
      TEST_ALL(rows_come_in_the_order_of_the_table),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
