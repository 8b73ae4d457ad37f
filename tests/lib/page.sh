# A page of the manual. In: a page with blocks between ``` lines. Everything it shows is done, the page is written anew
# with what really happens, and must come out the same. tests/README.md lists the kinds of blocks.
. tests/lib/compare.sh
page=$ROOT/$1
actual=$TEST_TMP/actual
rules=$TEST_TMP/rules
here=$TEST_TMP/here
failed=0
shopt -s extglob
mkdir -p "$rules/parts" "$TEST_TMP/here"
mapfile -t lines <"$page"

fail() { # LINE OF THE PAGE, WHAT
  echo "$1:$2: $3"
  failed=1
}

# The preamble without what the block declares itself: a header and the lines under it go together.
preamble_without() { # BLOCK
  awk '
    function name(line, w) { split(line, w, /[ (]+/); return w[1] " " w[2] }
    FNR == NR { if (/^[a-z]/) own[name($0)]; next }
    /^(calendar|entity|segment|threshold|kpi|team)/ { out = name($0) in own }
    !out' "$1" "$ROOT/tests/docs/parts/preamble.vigie"
}

check_block() { # WAY: "" or whole. Leaves what check says in $output, its exit status in $status.
  cp "$TEST_TMP/block" "$rules/rules.vigie"
  preamble_without "$TEST_TMP/block" >"$rules/parts/preamble.vigie"
  cd "$rules" || exit 2
  run_command "vigie check rules.vigie $([ "$1" = whole ] || echo parts)"
  cd "$ROOT" || exit 2
}

# A rule file that must be valid and in the one style.
vigie_block() { # LINE, WAY
  if [ "$2" != fmt ]; then
    check_block "$2"
    grep -v '^[0-9]* files*: ' "$output" >"$TEST_TMP/said"
    if [ "$status" != 0 ] || [ -s "$TEST_TMP/said" ]; then
      fail "$1" block "check says:"
      cat "$TEST_TMP/said"
    fi
  fi
  vigie fmt --diff - <"$TEST_TMP/block" >"$TEST_TMP/said" 2>&1 && return
  fail "$1" block "fmt would change it:"
  cat "$TEST_TMP/said"
}

# Edits of files of the starter project: after "--- FILE", lines with - become those with +; where only lines with + stand,
# they come at the end of the file, which may be new.
diff_block() { # LINE
  awk -v said="$TEST_TMP/said" '
    function apply(  text, line, at) {
      if (file == "") return
      while ((getline line <file) > 0) text = text line "\n"
      close(file)
      at = index(text, old)
      if (old == "") at = length(text) + 1
      if (!at) { print "the lines with - are not in " file; exit 1 }
      printf "%s%s%s", substr(text, 1, at - 1), new, substr(text, at + length(old)) >file
      close(file)
    }
    /^--- / { apply(); file = $2; old = new = ""; next }
    /^-/ { old = old substr($0, 2) "\n"; next }
    /^\+/ { new = new substr($0, 2) "\n"; next }
    { old = old substr($0, 2) "\n"; new = new substr($0, 2) "\n" }
    END { apply() }' "$TEST_TMP/block" >"$TEST_TMP/said" || { fail "$1" diff "$(cat "$TEST_TMP/said")"; }
}

# Does the output match what the page shows, where a line "…" stands for any number of lines?
matches() { # EXPECTED ACTUAL
  awk '
    FNR == NR { want[++n] = $0; next }
    { have[++m] = $0 }
    END {
      j = 1
      for (i = 1; i <= n; i++) {
        if (want[i] == "…") { gap = 1; continue }
        if (gap) while (j <= m && have[j] != want[i]) j++
        if (j > m || have[j] != want[i]) exit 1
        j++
        gap = 0
      }
      exit !(gap || j > m)
    }' "$1" "$2"
}

# One command; what the page shows of it is in the file want.
console_command() { # LINE
  # In the order of a terminal: notes first.
  bash -c "${1#\$ }" >"$output" 2>&1 </dev/null
  status=$?
  [ $status = 0 ] || echo "[exit $status]" >>"$output"
  if matches "$TEST_TMP/want" "$output"; then cat "$TEST_TMP/want"; else cat "$output"; fi >>"$actual"
}

# Commands and what they print, in a folder that lasts as long as the page.
console_block() {
  local i=0 n line shown
  mapfile -t shown <"$TEST_TMP/block"
  n=${#shown[@]}
  cd "$here" || exit 2
  while ((i < n)); do
    line=${shown[i]}
    i=$((i + 1))
    printf '%s\n' "$line" >>"$actual"
    : >"$TEST_TMP/want"
    while ((i < n)) && [ "${shown[i]:0:2}" != '$ ' ]; do
      printf '%s\n' "${shown[i]}" >>"$TEST_TMP/want"
      i=$((i + 1))
    done
    case $line in
      '$ cd '*) cd "${line#\$ cd }" || exit 2 ;;
      # A year of days takes minutes with the sanitizers; without them it has been lived through.
      *' --every day'*) if [ "${SANITIZED-}" ]; then cat "$TEST_TMP/want" >>"$actual"; else console_command "$line"; fi ;;
      *) console_command "$line" ;;
    esac
  done
  here=$PWD
  cd "$ROOT" || exit 2
}

for ((i = 0; i < ${#lines[@]}; i++)); do
  line=${lines[i]}
  printf '%s\n' "$line" >>"$actual"
  case $line in
    '<!-- made: '*)
      "$ROOT/tests/docs/parts/table" "$(awk '{ print $3 }' <<<"$line")" >>"$actual"
      while ((i + 1 < ${#lines[@]})) && [ "${lines[i + 1]}" != '<!-- end -->' ]; do i=$((i + 1)); done
      ;;
    '```'*)
      start=$((i + 1))
      kind=${line#'```'}
      : >"$TEST_TMP/block"
      while ((++i < ${#lines[@]})) && [ "${lines[i]}" != '```' ]; do printf '%s\n' "${lines[i]}" >>"$TEST_TMP/block"; done
      case $kind in
        vigie | 'vigie '*) cat "$TEST_TMP/block" >>"$actual"; vigie_block $start "${kind##vigie*( )}" ;;
        vigie-error*)
          cat "$TEST_TMP/block" >>"$actual"
          check_block "${kind#vigie-error }"
          ;;
        text)
          sed -i -E '/^[0-9]+ files?: /d' "$output"
          cat "$output" >>"$actual"
          ;;
        console) console_block ;;
        diff) cat "$TEST_TMP/block" >>"$actual"; cd "$here" && diff_block $start; cd "$ROOT" || exit 2 ;;
        picture)
          cat "$TEST_TMP/block" >>"$actual"
          for folder in $(grep -oE '[a-z]+/' "$TEST_TMP/block" | sort -u); do
            [ -d "$ROOT/src/$folder" ] || [ -d "$ROOT/$folder" ] || fail $start picture "there is no folder $folder"
          done
          ;;
        sh) # how to get it, and git: what nobody tests here
          cat "$TEST_TMP/block" >>"$actual"
          grep -vE '^(git|cd|make|sudo|apt-get|#|$)' "$TEST_TMP/block" && fail $start sh "only installing and git stand in sh blocks"
          ;;
        *) cat "$TEST_TMP/block" >>"$actual"; fail $start block "a block is vigie, vigie-error and text, console, diff, picture or sh; this one is not tested" ;;
      esac
      echo '```' >>"$actual"
      ;;
  esac
done

# What the page links to is there.
grep -oE '\]\([^)#:]+[)#]' "$page" | sed 's/^](//; s/[)#]$//' | sort -u | while read -r link; do
  [ -e "$(dirname "$page")/$link" ] || echo "a link leads nowhere: $link"
done >"$TEST_TMP/said"
[ -s "$TEST_TMP/said" ] && cat "$TEST_TMP/said" && failed=1
compare "$page" "$actual" || failed=1
exit $failed
