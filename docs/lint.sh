#!/bin/bash
# Writes docs/lint: a page a check of lint, and their list. In: the table src/lint/lint.def and the examples in tests/lint,
# which are run. Needs vigie on the path, or in VIGIE.
#
#   docs/lint.sh [FOLDER]        tests/lint/docs.sh fails when that is due
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C.UTF-8 VIGIE_TODAY=2026-03-01 NO_COLOR=1
vigie=$(command -v "${VIGIE:-vigie}") || vigie=build/vigie
vigie=$(realpath "$vigie")
out=${1:-docs/lint}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp tests/lint/parts/data.vigie "$scratch"
sqlite3 -bail "$scratch/unchanged" <tests/lint/parts/data.sql
rm -rf "$out" && mkdir -p "$out"
out=$(realpath "$out")
shopt -s extglob

# There are more than a hundred pages: what bash can do itself starts no process.
indented() { # FILE
  local line
  while IFS= read -r line; do printf '    %s\n' "$line"; done <"$1"
}

# The example without its first line, which says how the test runs it; into $example, and that line into $cmd.
read_example() { # FILE
  local line
  cmd= example=
  while IFS= read -r line; do
    case $line in
      '# cmd: lint'*) [ "$example" ] || cmd=${line#'# cmd: lint'} ;;
      '# cmd: '*) ;;
      *) example+=$line$'\n' ;;
    esac
  done <"$1"
}

print_example() {
  local line
  while IFS= read -r line; do printf '    %s\n' "$line"; done <<<"${example%$'\n'}"
}

# What lint says of this code: its messages, up to the next one.
messages() { # CODE
  local line on=
  while IFS= read -r line; do
    if [[ $line =~ ^[^\ ].*:\ (error|warning|info)\[V ]]; then
      case $line in *"[$1]: "*) on=yes ;; *) on= ;; esac
    elif [[ $line =~ ^[0-9]+\ errors?,\  ]]; then
      on=
    fi
    [ -z "$on" ] || printf '    %s\n' "$line"
  done
}

run_bad() {
  cmd=${cmd/ --quiet/}
  printf '%s' "$example" >"$scratch/rules.vigie"
  (cd "$scratch" && exec "$vigie" lint ${cmd/*([.\/])\/parts\/data.vigie/data.vigie} rules.vigie 2>/dev/null)
}

page() { # CODE NAME LEVEL GROUP TITLE DOC WHY
  local folder=tests/lint/$2
  echo "# $1 $2: $5"
  echo
  echo "Level: ${3,,}. $6"
  echo
  echo "**Why it hurts.** $7"
  if [ -d "$folder/parts" ]; then
    folder=$folder/parts
    cp "$scratch/unchanged" "$scratch/DATA"
    [ ! -e "$folder/bad.sql" ] || sqlite3 -bail "$scratch/DATA" <"$folder/bad.sql"
  fi
  printf '\n## Found here\n\n'
  read_example "$folder/bad.vigie"
  print_example
  if [ -e "$folder/bad.sql" ]; then
    printf '\non a dataset in which\n\n'
    indented "$folder/bad.sql"
  fi
  printf '\nWhat `vigie lint` says:\n\n'
  run_bad | messages "$1"
  printf '\n## Not found here\n\n'
  read_example "$folder/good.vigie"
  print_example
  if [ -e "$folder/good.sql" ]; then
    printf '\non a dataset in which\n\n'
    indented "$folder/good.sql"
  elif [ -e "$folder/bad.sql" ]; then
    printf '\non the dataset without that change.\n'
  fi
  printf '\n## To allow it\n\nOn the line before, or at the end of the line:\n\n'
  echo "    # lint-allow $1 until 2026-12-31: the reason"
  printf '\n<!-- Made by docs/lint.sh from src/lint/lint.def and %s: change those. -->\n' "$folder"
}

group_title() {
  case $1 in
    MEANING) echo "Meaning" ;;
    ACTION) echo "Framework for action" ;;
    WRITING) echo "Writing" ;;
    DATA) echo "Against the data" ;;
    *) echo "Suppressions" ;;
  esac
}

rows() {
  sed -nE 's/^LINT(_PLAIN)?\((V[0-9]+), ([a-z_]+), ([A-Z]+), ([A-Z]+), "([^"]*)", "([^"]*)", "([^"]*)"\)$/\2\t\3\t\4\t\5\t\6\t\7\t\8/p' src/lint/lint.def
}

{
  cat <<'END'
# What `vigie lint` looks for

`vigie lint RULES…` says everything that `vigie check` says, and then what a careful colleague would say of rules that are
valid. With `--db DATA` it also holds them against the data. `vigie help V1001` shows a check in the terminal.

- **Levels.** An error is certainly wrong, a warning nearly always is, info is worth a thought. The exit status is 1 when
  there is something at or above `--fail-on` (`error`, unless `warning` or `info` is asked for), 3 when the files are not
  valid.
- **Exceptions.** A comment allows a finding where it stands, with a reason and, if wanted, a last day:
  `# lint-allow V1119 until 2026-12-31: the day is agreed with each customer`. It stands on the line before or at the end of the
  line. `vigie lint --suppressions` lists them all; one that is not needed any more is a finding itself.
- **Checks that are not wanted.** `lint V1015 off because "…"` under [project](../language.md#the-project) in a rule file turns a
  check off, up or down, everywhere or in one file.
- **Checks of your own.** What your company wants of its rules stands in the rules: `define urgent_is_quick`, and under it
  `reject rule where priority is high and due > 7d because "…"`. [The language](../language.md#checks-of-your-own) says of what it can
  speak. Its name stands wherever a code can.
- **Only what changed.** `--since main` (git) or `--changed-from FOLDER` shows the findings that the older version has not: also
  those that the change made in a line that nobody touched, such as a threshold that nothing uses any more.
- **An old policy.** `vigie lint rules --accept` writes what is found today into `rules/lint-accepted.json`, one finding a line,
  which git keeps. From then on only others are shown; lines may move. Lint says how many are accepted and which of them
  are found no more; `--accept` again takes these out, `--all` shows everything.
- **Examples.** The examples of the pages are about the tables that `tests/lint/parts/data.vigie` describes.
- **Elsewhere.** `--format json|sarif|github|checkstyle|junit`. The last four name files from the root of the git repository, wherever
  lint is called; SARIF carries what a comment allows or the team has accepted, marked as suppressed. Ready files for CI are in [docs/ci](../ci).
END
  last=
  while IFS=$'\t' read -r code name level group title _ _; do
    [ "$group" = "$last" ] || printf '\n## %s\n\n| code | level | finds |\n|---|---|---|\n' "$(group_title "$group")"
    last=$group
    echo "| [$code]($code.md) | ${level,,} | $title (\`$name\`) |"
  done < <(rows)
  printf '\n<!-- Made by docs/lint.sh from src/lint/lint.def: change that. -->\n'
} >"$out/README.md"

while IFS=$'\t' read -r code name level group title doc why; do
  page "$code" "$name" "$level" "$group" "$title" "$doc" "$why" >"$out/$code.md"
done < <(rows)
