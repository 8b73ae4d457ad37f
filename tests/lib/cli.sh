# A transcript. In: "$ command" lines, each followed by what it prints and "[exit N]" when that is not 0; before them
# files and databases to make. All of it happens in one empty folder. The transcript is written anew line by line with
# what really happens, and must come out the same.
. tests/lib/compare.sh
transcript=$ROOT/$1
actual=$TEST_TMP/actual
mkdir "$TEST_TMP/folder"
mapfile -t lines <"$transcript"
cd "$TEST_TMP/folder" || exit 2

# Lines from $i to ">>>" go to the transcript and, without that end, to the file $1.
take_block() {
  : >"$1"
  for ((i++; i < ${#lines[@]}; i++)); do
    printf '%s\n' "${lines[i]}" >>"$actual"
    [ "${lines[i]}" = '>>>' ] && return
    printf '%s\n' "${lines[i]}" >>"$1"
  done
  echo "line ${#lines[@]}: a block that begins with <<< ends with >>>"
  exit 1
}

# Moves $i over the output that the transcript expects; blank lines at its end belong to the layout.
skip_output() {
  blank=0
  while ((i + 1 < ${#lines[@]})); do
    case ${lines[i + 1]} in '$ '* | '# '* | 'file '*' <<<' | 'sql '*' <<<') return ;; esac
    i=$((i + 1))
    if [ -z "${lines[i]}" ]; then blank=$((blank + 1)); else blank=0; fi
  done
}

for ((i = 0; i < ${#lines[@]}; i++)); do
  line=${lines[i]}
  printf '%s\n' "$line" >>"$actual"
  read -r head name _ <<<"$line"
  case $line in
    'file '*' <<<')
      mkdir -p "$(dirname "$name")"
      take_block "$name"
      ;;
    'sql '*' <<<')
      take_block "$TEST_TMP/sql"
      sqlite3 -bail "$name" <"$TEST_TMP/sql" || exit 1
      ;;
    '$ '*)
      run_command "${line#\$ }"
      skip_output
      # Blank lines at the end of an output cannot be told from the layout's.
      sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' "$output" >>"$actual"
      if [ $status != 0 ]; then echo "[exit $status]" >>"$actual"; fi
      for ((b = 0; b < blank; b++)); do echo >>"$actual"; done
      ;;
  esac
done
compare "$transcript" "$actual"
