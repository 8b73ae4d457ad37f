#!/bin/bash
# docs/messages.md is made from the table of diagnostics and the files of this folder.
"$ROOT/docs/messages.sh" | diff -u "$ROOT/docs/messages.md" - && exit 0
echo "docs/messages.md is not up to date: docs/messages.sh > docs/messages.md"
exit 1
