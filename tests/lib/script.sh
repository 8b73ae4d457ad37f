# A shell script, run in an empty folder. It exits 0 (passed), 77 (skipped, the last line says why) or otherwise.
script=$ROOT/$1
cd "$TEST_TMP" || exit 2
exec "$script"
