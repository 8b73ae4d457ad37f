#!/bin/bash
# The files that colour rules in editors are made of the tables of words, and of the newest.
"$ROOT/grammar/editors/make-colours" "$TEST_TMP/made" || exit 1
status=0
for file in vscode/syntaxes/vigie.tmLanguage.json vigie.vim vigie.xml; do
  cmp -s "$ROOT/grammar/editors/$file" "$TEST_TMP/made/$file" && continue
  echo "grammar/editors/$file is older than the tables of words: grammar/editors/make-colours writes it"
  diff "$ROOT/grammar/editors/$file" "$TEST_TMP/made/$file" | head -n 5
  status=1
done
xmllint --noout "$TEST_TMP/made/vigie.xml" || status=1
exit $status
