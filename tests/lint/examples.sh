#!/bin/bash
# Every check of lint has a bad example that it finds, and a good one in which nothing is found that is more than a remark.
cd "$ROOT/tests/lint" || exit 2
failed=0
fail() { echo "$*"; failed=1; }
while read -r code name; do
  for kind in bad good; do
    file=$name/$kind.vigie
    [ -e "$file" ] || { fail "$file: there is no such example"; continue; }
    cmd=$(head -n 1 "$file" | sed -n 's/^# cmd: lint//p')
    found=$(cd "$name" && vigie lint ${cmd/--quiet/} --format json $kind.vigie 2>&1)
    codes=$(jq -r '.findings[].code' <<<"$found" 2>/dev/null) || { fail "$file: $found"; continue; }
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
