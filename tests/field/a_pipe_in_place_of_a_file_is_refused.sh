#!/bin/bash
# A pipe has no end while nobody writes to it: named where a file belongs, it is refused, and nothing waits.
mkfifo pipe.vigie pipe.db
printf 'language 1\nentity a from "a"\n  key "id"\nkpi n = count of a\n' >rules.vigie
printf 'language 1\nuse "pipe.vigie"\n' >uses.vigie
sqlite3 data.db 'create table a (id); insert into a values (1)'
refused() {
  local says=$1
  shift
  timeout 10 "$@" >out 2>&1 </dev/null
  local status=$?
  [ $status -eq 124 ] && { echo "waits: $*"; exit 1; }
  [ $status -ge 2 ] && grep -q "$says" out && return 0
  echo "is not refused with \"$says\": $* ($status)"
  cat out
  exit 1
}
refused 'cannot read pipe.vigie: it is not a file' vigie check uses.vigie
for command in check fmt lint test; do
  refused 'pipe.vigie cannot be read: it is not a file' vigie $command pipe.vigie
done
refused 'pipe.db is a pipe, not a file' vigie check rules.vigie --db pipe.db
refused 'pipe.db is a pipe, not a file' vigie kpi rules.vigie --db pipe.db
refused 'pipe.db is a pipe, not a file' vigie run rules.vigie --db pipe.db
refused 'pipe.db is a pipe, not a file' vigie run rules.vigie --db data.db --state pipe.db
refused 'pipe.db is a pipe, not a file' vigie items --state pipe.db
exit 0
