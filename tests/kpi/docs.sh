#!/bin/bash
# docs/kpis is what docs/make-kpis.sh writes.
"$ROOT/docs/make-kpis.sh" "$TEST_TMP/kpis" && diff -ru "$ROOT/docs/kpis" "$TEST_TMP/kpis" && exit 0
echo "docs/kpis is not up to date: docs/make-kpis.sh"
exit 1
