#!/bin/bash
# Prints docs/messages.md. In: the table of diagnostics (src/base/diag.def) and the files of tests/messages, which are
# real mistakes with what is printed about them. Out: one section a diagnostic, with up to three examples, shortest first.
#
#   docs/messages.sh > docs/messages.md        tests/messages/docs.sh fails when that is due
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C.UTF-8

cat <<'END'
# What Vigie says about a rule file

Every message has a place, a sentence, the line with the place marked, and mostly a line that says what to write
instead:

    rules/revenue.vigie:12:16: error[V0103]: `60` of what: days, weeks, months?
      renewal within 60 -> assign CS, due 7d
                     ^^
      help: write 60d for days, 60bd for business days, 60mo for months

A mistake costs one message, and everything else in the file is still checked. Errors end `vigie check` with exit status
3; warnings do not change it. Below are all messages by their number, with mistakes that people have made.

<!-- Made by docs/messages.sh from src/base/diag.def and tests/messages: change those. -->
END

# The examples of a code: up to three expectations that hold it, the shortest first, no two with the same sentence.
examples() {
  grep -l "\[$1\]: " tests/messages/*.expected | while read -r f; do echo "$(wc -c <"$f") $f"; done |
    sort -n -k 1,1 -k 2,2 | while read -r _ f; do
      echo "$f $(grep -m 1 -F "[$1]: " "$f" | tr -d '\000-\037' | sed 's/^.*\[V[0-9]*\]: //; s/`[^`]*`/…/g; s/".*"/…/g; s/[0-9][0-9]*/…/g')"
    done | awk '{ f = $1; $1 = ""; if (!seen[$0]++) print f }' | head -n 3
}

family() {
  case $1 in
    V01*) echo "Spelling and grammar" ;;
    V02*) echo "Names" ;;
    V03*) echo "Units and types" ;;
    V04*) echo "Declarations" ;;
    V05*) echo "The database" ;;
    V06*) echo "The state" ;;
    V07*) echo "Files and the command line" ;;
    *) echo "Other" ;;
  esac
}

last=
while IFS=$'\t' read -r code level title doc; do
  now=$(family "$code")
  [ "$now" = "$last" ] || printf '\n## %s\n' "$now"
  last=$now
  [ "$level" = ERROR ] && level= || level=" (${level,,})"
  printf '\n### %s: %s%s\n\n%s\n' "$code" "$title" "$level" "$doc"
  for f in $(examples "$code"); do
    # The message of this code, up to the next message or the end; the path is nobody's.
    echo
    awk -v code="[$code]: " '
      /^[^ ].*: (error|warning|info)\[V/ { on = index($0, code) }
      /^exit [0-9]+$|^[0-9]+ files?: / { on = 0 }
      on { sub(/^[a-z_0-9]+\.vigie:/, "rules.vigie:"); print "    " $0 }' "$f" | tr -d '\000-\010\013-\037'
  done
done < <(sed -n 's/^DIAG(\(V[0-9]*\), *\([A-Z]*\), "\(\([^"\\]\|\\.\)*\)", "\(\([^"\\]\|\\.\)*\)")$/\1\t\2\t\3\t\5/p' src/base/diag.def | sed 's/\\"/"/g')
