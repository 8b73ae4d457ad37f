#!/bin/bash
# Every check of lint has a bad example that it finds, and a good one in which nothing is found that is more than a remark.
# Examples of checks against the data lie in NAME/parts: they run on parts/data.sql, changed by bad.sql or good.sql.
cd "$ROOT/tests/lint" || exit 2
failed=0
fail() { echo "$*"; failed=1; }

# lint_example NAME KIND: what lint finds, as JSON.
lint_example() {
  local folder=$1 data=$TEST_TMP/$1-$2.db cmd
  [ -d "$1/parts" ] && folder=$1/parts
  cmd=$(head -n 1 "$folder/$2.vigie" | sed -n 's/^# cmd: lint//p')
  if [ -d "$1/parts" ]; then
    cat parts/data.sql "$folder/$2.sql" 2>/dev/null | sqlite3 -bail "$data" || return
  fi
  cmd=${cmd/--quiet/}
  (cd "$folder" && vigie lint ${cmd/DATA/$data} --format json "$2.vigie" 2>&1)
}

while read -r code name; do
  for kind in bad good; do
    file=$name/$kind
    found=$(lint_example "$name" $kind)
    codes=$(jq -r '.findings[].code' <<<"$found" 2>/dev/null) || { fail "$file: $found"; continue; }
    [ -n "$found" ] || fail "$file: there is no such example"
    case $kind in
      bad) grep -qx "$code" <<<"$codes" || fail "$file: $code is not found, but: $codes" ;;
      good)
        if grep -qx "$code" <<<"$codes"; then fail "$file: $code is found"; fi
        loud=$(jq -r '.findings[] | select(.level != "info") | "\(.code) \(.message)"' <<<"$found")
        [ -z "$loud" ] || fail "$file: a good example, and: $loud"
        ;;
    esac
  done
done < <(sed -nE 's/^LINT(_PLAIN)?\((V[0-9]+), ([a-z_]+),.*/\2 \3/p' "$ROOT/src/lint/lint.def")
exit $failed
