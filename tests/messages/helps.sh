#!/bin/bash
# Follows the help of every golden message to the letter, all of a file at once (helps.jq), and looks at what comes out: the
# message is gone, the line can be read, and it does not say the opposite. helps.said says of some what must come out.
cd "$ROOT/tests/messages" || exit 2
export LC_ALL=C.UTF-8
out=$TEST_TMP/after
mkdir "$out" && cp -r parts "$out"
jq -nrR -f helps.jq -- *.vigie *.expected >"$TEST_TMP/applied" || exit 1
# Hundreds of files: each is one process, which may not go on for ever.
(
  cd "$out" && ulimit -t 10 || exit 1
  while IFS=$'\t' read -r mark file text; do
    [ "$mark" = = ] || continue
    text=${text//$'\x01'/$'\n'}
    printf '%s' "${text//$'\x02'/$'\t'}" >"$file"
    vigie check "$file" 2>&1 </dev/null
  done
) <"$TEST_TMP/applied" | grep -aE '^[^/: ]+\.vigie:[0-9]+:[0-9]+: ' >"$TEST_TMP/messages"

# NAME:LINE, code, message of what is still said.
sed -E 's/^([^:]*:[0-9]+):[0-9]+: [a-z]+\[(V[0-9]+)\]: /\1\t\2\t/' "$TEST_TMP/messages" >"$TEST_TMP/still"
awk -F'\t' '
  function denials(s,   n) { # how often a text says no; two of them cancel out
    s = tolower(s)
    gsub(/ /, "  ", s) # words side by side
    gsub(/[a-z]![a-z]|[{]!|"<>"|else  unknown/, "", s) # a column of a sheet, a merge field, what is filled, no value
    gsub(/(not?|no)  (more|less)  than|not  been  (updated|touched)/, "", s)
    gsub(/unknown  or  (empty|blank|null|missing)/, "unknown", s) # both are one
    n = gsub(/distinct  from/, "", s)
    n += gsub(/(^|[^a-z_])(not|no|never|n\/a|pas|without|unknown|null|none|empty|blank|missing|isblank|isnull|absent|unless|sauf|except|excluding|hors)([^a-z_]|$)/, " ", s)
    n += gsub(/[)]  =  0/, "", s) # none of them
    n += gsub(/(^| )changed( |$)/, " ", s) # no longer what it was
    return n + gsub(/!=|<>|""|n\x27t/, "", s) + gsub(/!/, "", s)
  }
  FNR == NR { if ($0 !~ /^#/ && NF) known[$1 FS $2] = 1; next }
  FILENAME ~ /still$/ { still[$1 FS $2 FS $3] = 1; if ($2 ~ /^V01[01]/ && $2 != "V0120") broken[$1] = $3; next }
  $1 == "=" { next }
  { n++ }
  {
    said = ""
    if (($1 FS $2 FS $3) in still) said = said $1 ": still there: " $3 "\n"
    if ($1 in broken) said = said $1 ": cannot be read: " broken[$1] "\n"
    if ((denials($4) + denials($5)) % 2 && $5 != "") said = said $1 ": the opposite?\n"
    if (($1 FS $2) in known) {
      used[$1 FS $2] = used[$1 FS $2] said
      next
    }
    if (said == "") next
    print said "    " $4 "  =>  " $5
    bad++
  }
  END {
    for (k in known) if (used[k] == "") { print k ": no such help, or it can be followed: take it out of helps.known"; bad++ }
    if (n < 350) { print "only " n " helps were found"; bad++ }
    exit bad > 0
  }
' helps.known "$TEST_TMP/still" "$TEST_TMP/applied"
status=$?

# What must come out: NAME, and a line of it.
while IFS=$'\t' read -r file line; do
  case $file in '#'* | '') continue ;; esac
  grep -qxF -- "$line" "$out/$file" || { echo "$file: this line does not come out: $line"; status=1; }
done <helps.said
exit $status
