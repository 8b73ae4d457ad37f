#!/bin/bash
# Every row of prose.def and opening.def is tried: a line is made of its words and of values that fit, check must say the help
# of the row, and what the help says must be readable in its place. A new row is tried without being listed anywhere; those that
# are not heard by themselves stand in rows.known, with the reason.
cd "$ROOT/tests/messages" || exit 2
export LC_ALL=C.UTF-8
out=$TEST_TMP/rows
mkdir "$out" && cp -r parts "$out"

# ROW, a tab, the words, a tab, the header ("-" for prose), a tab, what to write.
sed -nE 's/^PROSE\("(([^"\\]|\\.)*)", *"(([^"\\]|\\.)*)"\)$/\1\t-\t\3/p' "$ROOT/src/syntax/prose.def" >"$out/rows"
sed -nE 's/^OPENING\(([A-Z]+), *"(([^"\\]|\\.)*)", *"(([^"\\]|\\.)*)"\)$/\2\t\1\t\4/p' "$ROOT/src/syntax/opening.def" >>"$out/rows"
sed -i 's/\\"/"/g' "$out/rows"

# Candidates: ROW, a tab, the first line of the file, the line of the slip, the help, the line as it is then; and the file.
awk -F'\t' -v file="$out/slips.vigie" '
  function fill(text, sign, value) { gsub("\\$" sign, value, text); return text }
  function with(text) { # every sign but that of what stands before the words
    text = fill(text, "D", D); text = fill(text, "1", ONE); text = fill(text, "N", "30"); text = fill(text, "Q", "\"Call\"")
    text = fill(text, "T", "\"Basic\", \"Pro\""); text = fill(text, "J", "\"a|b\""); text = fill(text, "P", "\"Eur\"")
    text = fill(text, "A", "\"^Eur\""); text = fill(text, "Z", "\"Eur$\""); text = fill(text, "K", K)
    text = fill(text, "S", S); text = fill(text, "W", W)
    text = fill(text, "O", ""); text = fill(text, "E", R == "" ? "" : " " R); return fill(text, "R", R)
  }
  function line(text) { print text >file; return ++at }
  function prose(   said, right) {
    right = ""
    if (write ~ /\$[RS]/) right = " " R
    if (write ~ /\$S/) right = right " and " S
    if (write ~ /\$T/) right = R == "x" ? " \"Basic\", \"Pro\"" : " (\"Basic\", \"Pro\")"
    if (write ~ /\$J/) right = " \"a\", \"b\""
    if (write ~ /\$[PAZ]/) right = " \"Eur\""
    if (write ~ /\$K/) right = " " K
    D = "30 days"; said = with(words); D = "30d"
    L1 = write ~ /\$[LV]/ ? L " " : write ~ /\$K/ ? "health < " ++n " " : words ~ /^is / ? "account " : ""
    if (write ~ /^days/) right = " > 30"
    slip = line(L1 said right " -> assign CS, due 7d")
    help = fill(fill(with(write), "L", L), "V", L)
    print row, slip, help, (write ~ /\$K/ ? L1 : "") help " -> assign CS, due 7d"
  }
  function block(   said, i) {
    W = "health < 40 and seats > " ++n
    said = with(words) (write ~ /\$[RE]/ && R != "" ? " " R : write ~ /^leave/ && words !~ /\$/ ? " \"x\"" : "")
    help = with(write); now = help; sub(/; .*$/, "", now)
    if (now ~ /^leave it out/) now = ""
    sub(/, in place of.*/, "", now)
    top = ""
    if (head == "RULE") {
      line("rule r" n " for account")
      if (write !~ /^when/) line("  when " W)
      if (write ~ /^(when|and)/) slip = line("  " said)
      if (write !~ /^->/) line("  -> assign CS, due 7d")
      if (write !~ /^(when|and)/) slip = line("  " said)
    }
    else if (head == "TOP") { slip = line(said) }
    else {
      line(head == "TEAM" ? "team T" n : head == "PLAYBOOK" ? "playbook p" n : head == "TEST" ? "test \"" n "\"" : \
           head == "THRESHOLD" ? "threshold t" n " = 10" : head == "KPI" ? "kpi k" n " = sum of mrr over account" : \
           head == "TARGET" ? "target company_arr >= " n " by end of FY2030" : head == "CALENDAR" ? "calendar" : head == "PROJECT" ? "project" : "entity e" n " from \"x\"")
      slip = line("  " said)
    }
    print row, slip, help, (head == "TOP" ? "" : "  ") now
  }
  # Values that fit what is written: "L R" of prose, R of the clause that a row makes.
  function values() {
    if (write ~ /^\$[LV].*([$]D|overdue|before|after|month|week|quarter|year$|today)/ && write !~ /drop|rise|V/) return "renewal 2026-05-01"
    if (write ~ /\$O|drop|rise/) return "usage_30d 30%"
    if (write ~ /\$T/) return "plan x|plan ("
    if (write ~ /\$[PAZJ]/) return "phase x"
    if (write ~ /known$/) return write ~ /\$R/ ? "x csm" : "csm x"
    if (write ~ /(is|!=|=|is not) \$R$/) return "plan \"Pro\"|health 40"
    return "health 40|renewal 2026-05-01"
  }
  function clauses(   first) {
    first = write; sub(/ .*/, "", first)
    if (head == "PROJECT") return "\"x\""
    if (write !~ /\$[RE]/) return " "
    if (first ~ /^(clear|settled|when|and|leave)$/) return "health > 60"
    if (first == "priority") return "high"
    if (first ~ /^(worth|assigns)$/) return "arr|\"ann@acme.example\""
    if (first == "do" || first == "means" || first == "step") return "\"x\"| "
    if (first ~ /^(on|from|reviewed)$/) return "2026-03-01|2026-10-01 = 8"
    if (first ~ /^(owner|escalate)$/) return "Finance|Finance after 5d"
    if (first ~ /^(green|amber|red)$/) return ">= 5"
    if (first == "weeks") return "monday"
    if (first == "currency") return "EUR"
    if (first ~ /^(key|label|belongs|active|exists)$/) return "\"x\""
    if (first == "expect") return "nothing"
    if (first == "given") return "account \"Acme\""
    if (first == "target") return "company_arr >= 5 by end of FY2030"
    if (first == "kpi") return "count of ticket|account = 3"
    if (first == "rule" || first == "segment") return "account|account where seats > 3|for account"
    if (first == "for") return "enterprise = 15"
    return "5d|health > 60|Finance|3 rows"
  }
  function tries(   i, k) {
    D = "30d"; S = 60; K = "plan is \"Basic\""; W = ""
    if (head == "-") {
      k = split(values(), c, "|")
      for (i = 1; i <= k; i++) { split(c[i], p, " "); L = p[1]; R = p[2]; ONE = write ~ /days/ ? "renewal" : "enterprise"; prose() }
    } else {
      k = split(clauses(), c, "|")
      for (i = 1; i <= k; i++) { R = c[i] == " " ? "" : c[i]; ONE = head == "ENTITY" ? "account" : head == "TOP" ? "NEW" n : "Finance"; block() }
    }
  }
  BEGIN { OFS = "\t"; line("use \"parts/world.vigie\"") }
  { row = FNR; words = $1; head = $2; write = $3; sub(/^!/, "", write); tries() }
' "$out/rows" >"$out/tried"

cp rows.known "$out/known"
cd "$out" || exit 2
vigie check slips.vigie 2>&1 </dev/null |
  awk '/^slips\.vigie:/ { split($0, p, ":"); at = p[2] } /^  help: / && !(at in said) { said[at] = 1; sub(/^  help: (write: )?/, ""); print at "\t" $0 }' >said

# The slips that were told with the help of their row, each with the line that it becomes.
awk -F'\t' 'FNR == NR { help[$1] = $2; next } help[$2] == $3 || help[$2] == $3 " -> assign CS, due 7d"' said tried >told
awk -F'\t' 'FNR == NR { now[$2] = $4; next } { print FNR in now ? now[FNR] : $0 }' told slips.vigie >after.vigie
vigie check after.vigie 2>&1 </dev/null | sed -nE 's/^after\.vigie:([0-9]+):[0-9]+: error\[V01(0[0-9]|1[0-68-9])\]: .*/\1/p' >unreadable
awk -F'\t' '
  FILENAME == "unreadable" { bad[$1] = 1; next }
  FILENAME == "told" { told[$1] = 1; if (!($2 in bad)) fits[$1] = 1; next }
  FILENAME == "known" { if ($0 !~ /^#/) known[$2 FS $1] = 1; next }
  # one key may have several rows, as with a value and without
  { n++; key = $2 FS $1; keys[key] = 1; what = FNR in fits ? "" : FNR in told ? "its help cannot be read" : "its help is not said"
    if (what != "" && !(key in lacks)) lacks[key] = what }
  END {
    for (key in keys) {
      if (!(key in lacks) && (key in known)) { print key ": take it out of rows.known"; wrong++ }
      if ((key in lacks) && !(key in known)) { print key ": " lacks[key]; wrong++ }
    }
    for (key in known) if (!(key in keys)) { print key ": rows.known has a row that no table has"; wrong++ }
    if (n < 700) { print "only " n " rows were found"; wrong++ }
    exit wrong > 0
  }
' unreadable told known rows
