#!/bin/bash
# Writes docs/kpis: a page a file of the standard library. In: the comments and formulas of stdlib/*.vigie. Out: every KPI
# with formula, unit, what it decides, what is unknown, when it misleads, variants, source, what it takes, an example, and its
# definition in the library.
#
#   docs/make-kpis.sh [FOLDER]       tests/kpi/docs.sh fails when that is due
#   docs/make-kpis.sh --list         prints the tables of docs/kpis.md: a line a KPI,
#   docs/make-kpis.sh --pairs        and the definitions that published sources disagree about
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C.UTF-8
files=
for theme in revenue retention pipeline acquisition engagement satisfaction handoff ratio; do files+=" stdlib/$theme.vigie"; done
print=pages
case ${1-} in --*) print=${1#--} ;; esac
if [ $print = pages ]; then
  out=${1:-docs/kpis}
  rm -rf "$out" && mkdir -p "$out" || exit 2
fi

# shellcheck disable=SC2086
awk -v print_what=$print -v out="${out-}" '
  # what is said about the next formula: the sentence, then "Formula: …" and so on, each over several lines
  function take(line) {
    if (match(line, /^(Formula|Unit|Argument [a-z_]+|Unknown|Decides|Misleads when|Variants|Source|Example): /)) {
      part = substr(line, 1, RLENGTH - 2)
      said[part] = substr(line, RLENGTH + 1)
    } else if (part == "") sentence = sentence (sentence == "" ? "" : " ") line
    else if (part == "Example") said[part] = said[part] "\n" substr(line, 3)
    else { sub(/^ +/, "", line); said[part] = said[part] " " line }
  }
  function forget() { sentence = part = ""; split("", said) }
  function cell(text) { gsub(/\|/, "\\|", text); return text }
  # a whole library is read before anything is printed
  FNR == 1 {
    theme = FILENAME; sub(/.*\//, "", theme); sub(/\.vigie$/, "", theme)
    order[++themes] = theme; section = ""; forget(); opening = 1; argument = ""
  }
  opening && /^# Argument / {
    argument = $3; sub(/:$/, "", argument)
    common[theme, argument] = substr($0, index($0, ": ") + 2)
    next
  }
  opening && argument != "" && /^#   / { sub(/^# +/, ""); common[theme, argument] = common[theme, argument] " " $0; next }
  opening && /^# / {
    line = substr($0, 3)
    if (about[theme] == "") { sub(/^[^:]*: /, "", line); about[theme] = line } else notes[theme] = notes[theme] line "\n"
    next
  }
  opening && /^#$/ { if (about[theme] != "") notes[theme] = notes[theme] "\n"; next }
  opening { opening = 0 }
  /^# ---- / { section = substr($0, 8); sub(/ -+$/, "", section); forget(); next }
  /^# / { take(substr($0, 3)); next }
  /^define / {
    name = $2; sub(/\(.*/, "", name)
    n++; takes[n] = $0; sub(/^[^(]*\(/, "", takes[n]); names[n] = name; where[n] = theme; group[n] = section; at[name] = n
    says[n] = sentence
    for (p in said) parts[n, p] = said[p]
    body = $0; inside = 1; next
  }
  inside && /^ / { body = body "\n" $0; bodies[n] = body; if (body !~ /\)\n/) takes[n] = takes[n] $0; next }
  /^$/ { inside = 0; forget(); next }

  function link(name) {
    if (!(name in at)) { print "docs/make-kpis.sh: no formula is called " name > "/dev/stderr"; bad = 1; return name }
    return "[`" name "`](kpis/" where[at[name]] ".md#" name ")"
  }
  function pair(what, a, b, advice) {
    printf "| %s | %s: %s | %s: %s | %s |\n", what, link(a), cell(parts[at[a], "Formula"]), link(b), cell(parts[at[b], "Formula"]), advice
  }
  function print_pairs() {
    print "| | one | the other | which |\n|---|---|---|---|"
    pair("Contraction: with cancellations?", "contraction_recurring_revenue", "contraction_with_churn_recurring_revenue", "Beside churn, the first; subtracting the second and churn counts churn twice.")
    pair("New: with customers who came back?", "new_recurring_revenue", "new_or_returning_recurring_revenue", "The first when you know the day of the first payment.")
    pair("NRR: with reactivation?", "net_revenue_retention", "net_revenue_retention_with_reactivation", "The first is the cohort form that investors expect.")
    pair("Revenue churn: with downgrades?", "cancelled_revenue_churn", "gross_revenue_churn", "The second is the complement of GRR.")
    pair("Churn: customers or money?", "logo_churn", "gross_revenue_churn", "Both: they part when small and large customers behave differently.")
    pair("Quick ratio: with reactivation?", "quick_ratio", "quick_ratio_with_reactivation", "Benchmarks mostly leave reactivation out.")
    pair("Lifetime value: with margin?", "lifetime_value_with_margin", "lifetime_value_without_margin", "Only the first may be set against acquisition cost.")
    pair("Win rate: of which deals?", "win_rate", "win_rate_of_all_deals", "The second falls whenever the pipeline grows.")
    pair("Win rate: count or value?", "win_rate", "win_rate_by_value", "When they part, you win the small ones.")
    pair("MQL to SQL: the same leads?", "mql_to_sql", "mql_to_sql_of_period", "The first follows the leads; the second may exceed 100%.")
    pair("Adoption: of users or of logins?", "feature_adoption_of_active_users", "feature_adoption_of_logins", "The first is a share of people.")
    pair("Stickiness: the average day or today?", "stickiness", "stickiness_today", "The second jumps at weekends.")
    pair("Renewal rate: by logo or by value?", "renewal_rate_by_logo", "renewal_rate_by_value", "By value, price rises are left out; with them it is `renewal_rate_by_value_with_uplift`.")
    pair("Health: one part missing?", "health_score", "health_score_of_known", "The first is unknown, the second takes the parts there are.")
  }
  function print_list(  t, i) {
    for (t = 1; t <= themes; t++) {
      printf "%s**[`std.%s`](kpis/%s.md)**: %s\n\n| KPI | says |\n|---|---|\n", t == 1 ? "" : "\n", order[t], order[t], about[order[t]]
      for (i = 1; i <= n; i++) if (where[i] == order[t]) printf "| %s | %s |\n", link(names[i]), cell(says[i])
    }
  }
  # "deals entity, value)": the names
  function print_arguments(i, page,  m, k, list, name, text) {
    sub(/\).*/, "", takes[i])
    m = split(takes[i], list, / *, */)
    print "\n| it takes | which must be |\n|---|---|" >page
    for (k = 1; k <= m; k++) {
      name = list[k]; gsub(/^ +| .*/, "", name)
      text = (i, "Argument " name) in parts ? parts[i, "Argument " name] : common[where[i], name]
      if (text == "") { print "docs/make-kpis.sh: " names[i] ": nothing is said of " name > "/dev/stderr"; bad = 1 }
      printf "| `%s` | %s |\n", name, cell(text) >page
    }
  }
  function print_formula(i, page,  k, m, part, lines) {
    printf "\n### %s\n\n%s\n\n| | |\n|---|---|\n", names[i], says[i] >page
    m = split("Formula Unit Decides Unknown Misleads_when Variants Source", lines, " ")
    for (k = 1; k <= m; k++) { part = lines[k]; sub("_", " ", part); printf "| %s | %s |\n", tolower(part), cell(parts[i, part]) >page }
    print_arguments(i, page)
    printf "\n```\n%s\n```\n\nIn the library:\n\n```\n%s\n```\n", parts[i, "Example"], bodies[i] >page
  }
  function print_page(theme, page,  i, last, line, begun) {
    printf "# std.%s: %s\n\n`use std.%s` in a rule file, then the formulas below. [All KPIs](../kpis.md).\n", theme, about[theme], theme >page
    if (notes[theme] != "") { gsub(/^\n+|\n+$/, "", notes[theme]); printf "\n%s\n", notes[theme] >page }
    for (i = 1; i <= n; i++) if (where[i] == theme) {
      printf "%s[%s](#%s)", begun ? " ·\n" : "\n", names[i], names[i] >page
      begun = 1
    }
    print "" >page
    for (i = 1; i <= n; i++) {
      if (where[i] != theme) continue
      if (group[i] != last) printf "\n## %s\n", toupper(substr(group[i], 1, 1)) substr(group[i], 2) >page
      last = group[i]
      print_formula(i, page)
    }
    printf "\n<!-- Made by docs/make-kpis.sh from stdlib/%s.vigie: change that. -->\n", theme >page
    close(page)
  }
  END {
    if (print_what == "list") print_list()
    else if (print_what == "pairs") print_pairs()
    else for (t = 1; t <= themes; t++) print_page(order[t], out "/" order[t] ".md")
    exit bad
  }' $files
