#!/bin/bash
# Every check of lint has a bad example that it finds, and a good one in which nothing is found that is more than a remark.
# Examples of checks against the data lie in NAME/parts: they run on parts/data.sql, changed by bad.sql or good.sql.
cd "$ROOT/tests/lint" || exit 2
found=$TEST_TMP/found
mkdir "$found"
sqlite3 -bail "$TEST_TMP/data.db" <parts/data.sql || exit 1

# lint_example NAME KIND DATA: what lint finds, as JSON.
lint_example() {
  local folder=$1 cmd
  [ -d "$1/parts" ] && folder=$1/parts
  IFS= read -r cmd <"$folder/$2.vigie" || return
  case $cmd in '# cmd: lint'*) cmd=${cmd#'# cmd: lint'} ;; *) cmd= ;; esac
  cmd=${cmd/--quiet/}
  (cd "$folder" && exec vigie lint ${cmd/DATA/$3} --format json "$2.vigie" 2>&1)
}

sed -nE 's/^LINT(_PLAIN)?\((V[0-9]+), ([a-z_]+),.*/\2 \3/p' "$ROOT/src/lint/lint.def" >"$TEST_TMP/checks"
while read -r code name; do
  for kind in bad good; do
    data=$TEST_TMP/data.db
    if [ -e "$name/parts/$kind.sql" ]; then
      data=$TEST_TMP/changed.db
      cp "$TEST_TMP/data.db" "$data" && sqlite3 -bail "$data" <"$name/parts/$kind.sql" || exit 1
    fi
    lint_example "$name" $kind "$data" >"$found/$code-$name-$kind" </dev/null
  done
done <"$TEST_TMP/checks"

# What each of them found must hold the code, or not; a file that is no JSON is a message of the program.
cd "$found" || exit 2
jq -rn 'inputs | (input_filename | split("-")) as [$code, $name, $kind] | "\($name)/\($kind)" as $file
  | [.findings[].code] as $codes
  | (if ($kind == "bad") == ($codes | index($code) != null) then empty
     elif $kind == "bad" then "\($file): \($code) is not found, but: \($codes | join(" "))"
     else "\($file): \($code) is found" end),
    (select($kind == "good") | .findings[] | select(.level != "info")
     | "\($file): a good example, and: \(.code) \(.message)")' -- * >"$TEST_TMP/wrong" 2>&1
status=$?
cat "$TEST_TMP/wrong"
# jq stops at the first file that is none of JSON; an empty one it passes over.
find . -empty -printf '%P: there is no such example\n' | tee "$TEST_TMP/empty"
[ $status = 0 ] && [ ! -s "$TEST_TMP/wrong" ] && [ ! -s "$TEST_TMP/empty" ] && [ -s "$TEST_TMP/checks" ]
