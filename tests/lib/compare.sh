# For the kinds that can be blessed. Starting a process costs more than what is tested here, so what can be done by the
# shell itself is: see read_text.

# read_text FILE: leaves what it holds in $text; false when it cannot, since a shell variable holds no NUL byte.
read_text() { ! IFS= read -r -d '' text <"$1"; }

# Do the two files hold the same?
same() {
  local expected
  read_text "$1" && expected=$text && read_text "$2" && [ "$expected" = "$text" ] || cmp -s "$1" "$2"
}

# compare EXPECTED ACTUAL: a diff, or with BLESS the new expectation.
compare() {
  if [ -e "$1" ] && same "$1" "$2"; then return 0; fi
  if [ -n "$BLESS" ]; then
    cp "$2" "$1"
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
  (eval "$1") >"$output" 2>"$output.err" </dev/null
  status=$?
  local text
  # A last line without its end must not swallow what follows.
  if read_text "$output"; then
    [ -z "$text" ] || [ "${text: -1}" = $'\n' ] || echo >>"$output"
  else
    [ -z "$(tail -c 1 "$output")" ] || echo >>"$output"
  fi
  if read_text "$output.err"; then printf %s "$text" >>"$output"; else cat "$output.err" >>"$output"; fi
}
