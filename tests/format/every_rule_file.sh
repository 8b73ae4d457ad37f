#!/bin/bash
# Every rule file of the repository: formatted twice is formatted once, the tree stays, every comment is there in its
# order, and the same file with Windows line ends comes out the same.
comments() { grep -oP '^(?:[^"#]|"(?:[^"\\]|\\.)*")*\K#.*' "$1" | sed 's/[[:space:]]*$//'; }
fails() { echo "$file: $1"; exit 1; }
seen=0
while read -r file; do
  tr -d '\r' <"$file" >in.vigie
  vigie fmt - <in.vigie >once.vigie 2>message
  status=$?
  if [ $status = 3 ]; then
    [ ! -s once.vigie ] || fails "has mistakes, and something was printed"
    grep -q 'left as it is: correct it first' message || fails "$(cat message)"
    continue
  fi
  [ $status = 0 ] || fails "exit $status: $(cat message)"
  seen=$((seen + 1))
  vigie fmt - <once.vigie 2>&1 | diff -u once.vigie - || fails "formatted twice is not formatted once"
  sed 's/$/\r/' in.vigie | vigie fmt - 2>&1 | diff -u once.vigie - || fails "Windows line ends change the result"
  diff -u <(vigie check --dump ast in.vigie 2>/dev/null) <(vigie check --dump ast once.vigie 2>/dev/null) ||
    fails "the tree changed"
  diff -u <(comments in.vigie) <(comments once.vigie) || fails "comments were lost or changed"
done < <(find "$ROOT"/rules "$ROOT"/stdlib "$ROOT"/tests -name '*.vigie' -size -1000k)
[ $seen -gt 5 ] || { echo "only $seen files were formatted"; exit 1; }
