# Runs tests of one kind one after the other, each in a shell of its own. In: their KIND, their paths; the folder
# TEST_TMP, which is empty for each of them; DONE and LOGS. Out: a line "STATUS KIND PATH" a test in the file DONE, what
# it printed in the folder LOGS; a line "SECONDS SECONDS PATH", user and system, in a file spent.* of RESULTS.
kind=$1
shift

# Starting rm and mkdir would cost more than many a test: what a command printed may stay, the next one overwrites it.
empty_folder() {
  local left
  shopt -s nullglob dotglob
  for left in "$TEST_TMP"/*; do
    case ${left##*/} in output | output.err) continue ;; esac
    chmod -R u+w "$left" && rm -rf "$left"
  done
  shopt -u nullglob dotglob
}

TIMEFORMAT='%U %S'
for path in "$@"; do
  empty_folder
  { time { (. "tests/lib/$kind.sh" "$path") >"$LOGS/${path//\//+}" 2>&1; }; } 2>"$RESULTS/time.$$"
  echo "$? $kind $path" >>"$DONE"
  read -r user sys <"$RESULTS/time.$$"
  echo "$user $sys $path" >>"$RESULTS/spent.$$"
done
