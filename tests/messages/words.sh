#!/bin/bash
# Every row of function.def, habit.def and translate.def is tried in a line that it fits: a function must be told with what to
# write, which must be readable for some of the arguments tried; a habit must not end as "two names side by side"; a French word must be said in
# English in the whole line. What is not heard stands in words.known.
cd "$ROOT/tests/messages" || exit 2
export LC_ALL=C.UTF-8
out=$TEST_TMP/words
mkdir "$out" && cp -r parts "$out"

# KIND, a tab, the word, a tab, how many arguments or the English word.
{
  sed -nE 's/^FUNCTION\("([^"]*)", *(-?[0-9]+), .*/function\t\1\t\2/p' "$ROOT/src/sema/function.def"
  sed -nE 's/^(HABIT|FIRST)\("([^"]*)", .*/habit\t\2\t-/p' "$ROOT/src/syntax/habit.def"
  sed -nE 's/^TRANSLATE[A-Z_]*\("([^"]*)", *"([^"]*)"\)$/french\t\1\t\2/p' "$ROOT/src/syntax/translate.def"
} | sort -u >"$out/rows"

# Candidates: ROW, a tab, the line of the slip.
awk -F'\t' -v out="$out" '
  # functions stand apart: a line that cannot be read might have declared their names
  function line(text,   file) { file = $1 == "function" ? "calls" : "words"; at++; n_of[file]++
    print text >(out "/" file ".vigie"); print NR "\t" file n_of[file] + 1 }
  function calls(n,   i, k, c, list) {
    list = n == 0 ? "" : n == 1 ? "health|renewal|csm|plan|arr|health < 40|account|account.plan|account.health|amount" : \
      n == 2 ? "health, 10|arr, 2|renewal, 3|renewal, today|plan, \"Pro\"|health < 40, mrr > 0|csm, \"x\"|plan, region|\"month\", renewal|arr, seats|account, health < 40|\"Eur\", region" : \
      n == 3 ? "health < 40, 1, 2|plan, \"Pro\", mrr|\"day\", renewal, today|\"day\", 3, renewal|2026, 3, 1|account, plan is \"Pro\", mrr|plan, \"Pro\", 2|\"Pro\", plan, 1|region, \"a\", \"b\"|renewal, today, \"D\"|mrr, plan, \"Pro\"" : \
      "plan, \"Pro\", health, \"<40\"|health < 40, 1, mrr > 3, 2|mrr, plan, \"Pro\", region, \"EU\""
    k = split(list, c, "|")
    if (!k) { k = 1; c[1] = "" }
    for (i = 1; i <= k; i++) line("kpi k" at " of account = " ($2 ~ /\./ ? toupper($2) : $2) "(" c[i] ")")
  }
  BEGIN { print "use \"parts/world.vigie\"" >(out "/calls.vigie"); print "use \"parts/world.vigie\"" >(out "/words.vigie") }
  $1 == "function" { if ($3 >= 0) calls($3 + 0); else for (n = 1; n <= 5; n++) calls(n) }
  $1 == "habit" { line("health " $2 " " at " -> assign CS, due 7d"); line($2 " 3") }
  $1 == "french" { line("kpi k" at " of account = mrr " $2 " health depuis arr pour x"); line($2 " churn_" at " pour account") }
' "$out/rows" >"$out/tried"

cp words.known "$out/known"
cd "$out" || exit 2
for file in calls words; do vigie check $file.vigie 2>&1 </dev/null; done |
  awk '/^(calls|words)\.vigie:/ { split($0, p, ":"); sub(/\.vigie$/, "", p[1]); at = p[1] p[2]; sub(/^[^ ]* /, ""); say[at] = say[at] $0 }
    /^  help: / && !(at in help) { sub(/^  help: /, ""); help[at] = $0 } END { for (i in say) print i "\t" say[i] "\t" help[i] }' >said
# What a function is told to be, in its place: the lines that cannot be read.
awk -F'\t' '
  FILENAME == "said" { if ($3 ~ /^write: /) { h = $3; sub(/^write: /, "", h); sub(/; .*/, "", h); help[$1] = h }; next }
  /^kpi k[0-9]+ of account = / && (("calls" FNR) in help) { print "kpi k" FNR " of account = " help["calls" FNR]; next }
  FNR == 1 { print; next }
  { print "" }
' said calls.vigie >after.vigie
vigie check after.vigie 2>&1 </dev/null | sed -nE 's/^after\.vigie:([0-9]+):[0-9]+: error\[V01(0[0-9]|1[0-9])\]: .*/calls\1/p' >unreadable

awk -F'\t' '
  FILENAME == "unreadable" { bad[$1] = 1; next }
  FILENAME == "said" { say[$1] = $2; help[$1] = $3; next }
  FILENAME == "rows" { kind[FNR] = $1; word[FNR] = $2; english[FNR] = $3; rows = FNR; next }
  FILENAME == "tried" {
    ok = 0; h = help[$2]
    if (kind[$1] == "function") ok = h != "" && h !~ /^functions are/ && !($2 in bad)
    if (kind[$1] == "habit") ok = say[$2] != "" && say[$2] !~ /side by side/
    if (kind[$1] == "french") ok = say[$2] ~ /English/ && (english[$1] == "" || index(h, english[$1]))
    if (ok) heard[$1] = 1
    next
  }
  FILENAME == "known" { if ($0 !~ /^#/) known[$1 FS $2] = 1; next }
  END {
    for (i = 1; i <= rows; i++) {
      key = kind[i] FS word[i]
      if (!(i in heard) && !(key in known)) { print key ": is not heard"; wrong++ }
      if (!(i in heard)) used[key] = 1
    }
    for (key in known) if (!(key in used)) { print key ": take it out of words.known"; wrong++ }
    if (rows < 250) { print "only " rows " rows were found"; wrong++ }
    exit wrong > 0
  }
' unreadable said rows tried known
