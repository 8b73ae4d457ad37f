#!/bin/bash
# The rules of the house that a machine can read (docs/contributing.md). Each finding is a line; none is wanted.
cd "$ROOT/src" || exit 2
shopt -s globstar

# Rooms from the ground up: a file includes from its own room and from those before it.
rooms="base postgres data syntax fn format sema plan eval judge action deliver backtest starter import lint explain test diff review report editor cmd"
# These stand beside each other: none of them includes from another.
beside=" format starter lint explain test "

findings() {
  for room in */; do
    [[ " $rooms " = *" ${room%/} "* ]] || echo "src/$room: the order of the rooms does not name it"
  done

  grep -nE '^#include "[a-z]+/' ./**/*.[chly] ./**/*.def ../grammar/vigie.[ly] | sed 's/^\.\///; s/^\.\.\/grammar/syntax/' |
    awk -F '[:/"]' -v rooms="$rooms" -v beside="$beside" '
    BEGIN { n = split(rooms, order, " "); for (i = 1; i <= n; i++) rank[order[i]] = i }
    $1 == "main.c" || $1 == $5 { next }
    rank[$5] > rank[$1] { print "src/" $0 ": " $1 " stands below " $5 }
    index(beside, " " $1 " ") && index(beside, " " $5 " ") { print "src/" $0 ": " $1 " stands beside " $5 }'

  # Who is asked prints: the rest hands back texts and diagnostics. Want of memory and broken promises end the process.
  grep -nE '\<(printf|vprintf|puts|putchar|perror|exit|_exit|abort)\(|\<(stdout|stderr)\>' ./**/*.[chly] |
    grep -vE '^\./(cmd/|main\.c|base/check\.[ch]|base/arena\.c)|^\./editor/jobs\.c:[0-9]+: *_exit\(0\)|^[^:]*:[0-9]+: \* ' | sed 's/$/   (only cmd prints or ends the process: CHECK)/'

  # SQLite is behind three doors.
  grep -n '<sqlite3\.h>\|"data/sqlite\.h"' ./**/*.[ch] | grep -vE '^\./(data/sqlite|action/(state_file|state_lock|store/database)|starter/|import/store)' |
    sed 's/$/   (SQLite is behind data, action, import and starter)/'

  # PostgreSQL is behind one.
  grep -n 'libpq-fe\.h>' ./**/*.[ch] | grep -v '^\./postgres/' | sed 's/$/   (PostgreSQL is behind postgres)/'

  awk 'FNR == 1 && !/^\/\*/ { print "src/" FILENAME ": a file opens with a comment: what comes in, what goes out" }' ./**/*.[ch]
  grep -n '? "" : "s"' ./**/*.[ch] | sed 's/$/   (plural(n, "row", "rows"): a word is not glued)/'
  grep -nE '^.{101}' ./**/*.[ch] | sed 's/:.*/: longer than 100 columns/' | sort -u
  grep -nE '\<(TODO|FIXME|XXX)\>' ./**/*.[chly] ./**/*.def | sed 's/$/   (what is left to do stands outside of the code)/'
}

findings >"$TEST_TMP/findings"
[ ! -s "$TEST_TMP/findings" ] && exit 0
cat "$TEST_TMP/findings"
exit 1
