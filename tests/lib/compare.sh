# For the kinds that can be blessed. compare EXPECTED ACTUAL: a diff, or with BLESS the new expectation.
compare() {
  if [ -n "$BLESS" ]; then
    cmp -s "$1" "$2" || cp "$2" "$1"
  elif [ ! -e "$1" ]; then
    echo "there is no ${1#"$ROOT/"} yet: make bless ONLY=$(basename "$1" .expected) writes it"
    return 1
  else
    diff -u --label expected --label actual "$1" "$2"
  fi
}

# run_command LINE: runs it, leaves what it prints in $output (standard output first, then standard error, so that the
# order does not depend on buffers) and its exit status in $status.
output=$TEST_TMP/output
run_command() {
  bash -c "$1" >"$output" 2>"$output.err" </dev/null
  status=$?
  # A last line without its end must not swallow what follows.
  [ -s "$output" ] && [ -n "$(tail -c 1 "$output")" ] && echo >>"$output"
  cat "$output.err" >>"$output"
}
