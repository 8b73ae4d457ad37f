#!/bin/bash
# Every code of the table is raised somewhere: a page that explains what nobody says is worth nothing.
cd "$ROOT" || exit 2
missing=$(grep -o '^DIAG(V[0-9]*' src/base/diag.def | cut -c6- | while read -r code; do
  grep -rqw --include=*.c --include=*.h --include=*.def --exclude=diag.def "$code" src || echo "$code"
done)
[ -z "$missing" ] && exit 0
echo "documented in src/base/diag.def and raised by nobody: $missing"
exit 1
