#!/bin/bash
# What make tarball makes: a program that needs no library of the machine, and says so where a command wants one, with time zones,
# pages and the licence. A program that does need them is refused.
set -euo pipefail
mkdir -p root/bin root/share/doc/vigie
cp -L "$(command -v vigie)" root/bin/vigie
if [ "$("$ROOT/.ci/tarball" root . 2>&1 || echo "exit $?")" != 'make tarball: the program would need libraries of the machine that it runs on
exit 1' ]; then exit 1; fi

if [ "${SANITIZED-}" ]; then echo "a program with sanitizers is not linked statically"; exit 77; fi
# Of the objects one alone differs; libraries as the Makefile names them.
objects=$(dirname "$(readlink -f "$(command -v vigie)")")/obj
gcc -std=gnu11 -D_GNU_SOURCE -I"$ROOT/src" -DVIGIE_STATIC -c "$ROOT/src/base/shared_library.c" -o shared_library.o
sed -E 's|^src/(.*)\.c$|\1.o|' < <(cd "$ROOT" && find src -name '*.c' ! -path 'src/test/*') | grep -vx base/shared_library.o | sed "s|^|$objects/|" > linked
# shellcheck disable=SC2046  # a word each
gcc -static -pthread -s -Wl,--no-warnings shared_library.o @linked "$objects"/gen/*.o $(sed -n 's/^LINKED_IN = //p' "$ROOT/Makefile") -lm -o root/bin/vigie
touch root/share/doc/vigie/installed
LEVEL=1 "$ROOT/.ci/tarball" root . 2> said
tar -xzf vigie-*.tar.gz
cd vigie-*/
cmp share/zoneinfo/Europe/Paris /usr/share/zoneinfo/Europe/Paris
grep -q 'The above copyright notice' share/doc/vigie/copyright
[ ! -e share/doc/vigie/installed ]
[ "$(bin/vigie --version)" = "$(vigie --version)" ]
printf 'PK\003\004' > deals.xlsx
status=0
bin/vigie import deals.xlsx --into data.db 2> said || status=$?
[ $status = 2 ]
grep -q 'reading a workbook (XLSX) needs the library libzip.so.5, which this vigie, made for any Linux, cannot load' said
