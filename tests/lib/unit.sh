# A cmocka program. In: tests/unit/NAME_test.c, which make has built as UNITS/NAME_test.
program=$UNITS/$(basename "$1" .c)
cd "$TEST_TMP" || exit 2
exec "$program"
