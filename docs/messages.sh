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

# "CODE FILE" of the examples: up to three expectations that hold a message of the code, the shortest first, no two with
# the same sentence.
examples=$(grep -aHE '\[V[0-9]+\]: ' tests/messages/*.expected | tr -d '\001-\010\013-\037' | awk '
  FNR == NR { size[$2] = $1; next }
  {
    colon = index($0, ":"); file = substr($0, 1, colon - 1); text = substr($0, colon + 1)
    match(text, /\[V[0-9]+\]: /)
    code = substr(text, RSTART + 1, RLENGTH - 4)
    if (seen[code, file]++) next
    sub(/^.*\[V[0-9]*\]: /, "", text); gsub(/`[^`]*`/, "…", text); gsub(/".*"/, "…", text); gsub(/[0-9][0-9]*/, "…", text)
    print code, size[file], file, text
  }' <(wc -c tests/messages/*.expected) - | sort -k 1,1 -k 2,2n -k 3,3 | awk '
  { code = $1; file = $3; $1 = $2 = $3 = ""; if (!seen[code, $0]++ && ++n[code] <= 3) print code, file }')

family() { # CODE: its chapter, in $now
  case $1 in
    V01*) now="Spelling and grammar" ;;
    V02*) now="Names" ;;
    V03*) now="Units and types" ;;
    V04*) now="Declarations" ;;
    V05*) now="The database" ;;
    V06*) now="The state" ;;
    V07*) now="Files and the command line" ;;
    *) now="Other" ;;
  esac
}

declare -A shown
while read -r code f; do shown[$code]+="$f "; done <<<"$examples"

last=
while IFS=$'\t' read -r code level title doc; do
  family "$code"
  [ "$now" = "$last" ] || printf '\n## %s\n' "$now"
  last=$now
  [ "$level" = ERROR ] && level= || level=" (${level,,})"
  printf '\n### %s: %s%s\n\n%s\n' "$code" "$title" "$level" "$doc"
  for f in ${shown[$code]-}; do
    # The message of this code, up to the next message or the end; the path is nobody's.
    echo
    awk -v code="[$code]: " '
      /^[^ ].*: (error|warning|info)\[V/ { on = index($0, code) }
      /^exit [0-9]+$|^[0-9]+ files?: / { on = 0 }
      on { sub(/^[a-z_0-9]+\.vigie:/, "rules.vigie:"); print "    " $0 }' "$f" | tr -d '\000-\010\013-\037'
  done
done < <(sed -n 's/^DIAG(\(V[0-9]*\), *\([A-Z]*\), "\(\([^"\\]\|\\.\)*\)", "\(\([^"\\]\|\\.\)*\)")$/\1\t\2\t\3\t\5/p' src/base/diag.def | sed 's/\\"/"/g')
