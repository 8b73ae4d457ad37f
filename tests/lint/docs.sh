#!/bin/bash
# docs/lint is what docs/lint.sh writes.
"$ROOT/docs/lint.sh" "$TEST_TMP/lint" && diff -ru "$ROOT/docs/lint" "$TEST_TMP/lint" && exit 0
echo "docs/lint is not up to date: make, then VIGIE=build/vigie docs/lint.sh"
exit 1
