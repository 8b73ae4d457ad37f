# A run, or several with one state. In: sections "--- data" (SQL for data.db), "--- rules", "--- day DAY" (runs the
# rules), and what must come of it: "--- items [COLUMN…]", "--- unknown", "--- changes", "--- message", "--- exit N",
# "--- check" (shell; every line must succeed). The file is written anew section by section with what really happens,
# and must come out the same.
. tests/lib/compare.sh
script=$ROOT/$1
actual=$TEST_TMP/actual
mkdir "$TEST_TMP/folder"
mapfile -t lines <"$script"
cd "$TEST_TMP/folder" || exit 2
status=0 expects_status=

items() { # COLUMN…
  jq -r '.items[] | [.[$ARGS.positional[]]] | map(if . == null then "-" else tostring end) | join(" | ")' \
    ../out.json --args "$@" | sort
}
unknown() {
  jq -r '.unknown[] | "\(.rule) | \(.count) | \(.because | map("\(.name) \(.rows)") | join(", "))"' ../out.json | sort
}
changes() { jq -r '.changes | to_entries[] | select(.value != 0) | "\(.key) \(.value)"' ../out.json; }

# A run that fails is a failed test, unless the script says that it should.
status_was_expected() {
  if [ $status != 0 ] && [ -z "$expects_status" ]; then
    echo "vigie run --as-of $day ended with $status:"
    cat ../err
    exit 1
  fi
  expects_status=
}

# $body: a file with the lines of the section. Prints what the section should have been.
section() { # KIND ARGUMENT…
  case $1 in
    items) items "${@:2}" ;;
    unknown) unknown ;;
    changes) changes ;;
    message) cat ../err ;;
    *) cat "$body" ;;
  esac
}

act() { # KIND ARGUMENT…
  case $1 in
    data) sqlite3 -bail data.db <"$body" || exit 1 ;;
    rules) cp "$body" rules.vigie ;;
    day)
      status_was_expected
      day=$2
      VIGIE_TODAY=$day vigie run rules.vigie --db data.db --as-of "$day" --format json >../out.json 2>../err
      status=$?
      ;;
    exit) expects_status=yes ;;
    check)
      if ! bash -eux "$body" >../check 2>&1; then
        echo "a line of --- check failed, the last of these:"
        cat ../check
        exit 1
      fi
      ;;
    items | unknown | changes | message) ;;
    *)
      echo "no section is called --- $1"
      exit 1
      ;;
  esac
}

body=$TEST_TMP/body
i=0
while ((i < ${#lines[@]})) && [[ ${lines[i]} != '--- '* ]]; do printf '%s\n' "${lines[i++]}" >>"$actual"; done
while ((i < ${#lines[@]})); do
  header=${lines[i++]}
  : >"$body"
  blank=0
  while ((i < ${#lines[@]})) && [[ ${lines[i]} != '--- '* ]]; do
    printf '%s\n' "${lines[i]}" >>"$body"
    if [ -z "${lines[i++]}" ]; then blank=$((blank + 1)); else blank=0; fi
  done
  # Blank lines at the end belong to the layout.
  if ((blank)); then head -n "-$blank" "$body" >"$body.cut" && mv "$body.cut" "$body"; fi
  read -r -a words <<<"${header#--- }"
  act "${words[@]}"
  case ${words[0]} in
    exit) header="--- exit $status" ;;
    items) ((${#words[@]} > 1)) || words+=(rule key owner due) ;;
  esac
  {
    printf '%s\n' "$header"
    section "${words[@]}"
    for ((b = 0; b < blank; b++)); do echo; done
  } >>"$actual"
done
status_was_expected
compare "$script" "$actual"
