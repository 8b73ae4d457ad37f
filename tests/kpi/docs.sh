#!/bin/bash
# docs/kpis.md is made from the standard library.
"$ROOT/docs/make-kpis.sh" | diff -u "$ROOT/docs/kpis.md" - && exit 0
echo "docs/kpis.md is not up to date: docs/make-kpis.sh > docs/kpis.md"
exit 1
