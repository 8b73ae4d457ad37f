#!/bin/bash
# Prints docs/kpis.md. In: the comments and formulas of stdlib/*.vigie. Out: a page to start with, the pairs of definitions
# that published sources disagree about, and every KPI with formula, unit, when it misleads, variants, source, example.
#
#   docs/make-kpis.sh > docs/kpis.md        tests/kpi/docs.sh fails when that is due
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C.UTF-8
themes="revenue retention pipeline acquisition engagement satisfaction handoff ratio"

awk '
  # what is said about the next formula: the sentence, then "Formula: …" and so on, each over several lines
  function take(line) {
    if (match(line, /^(Formula|Unit|Misleads when|Variants|Source|Example): /)) {
      part = substr(line, 1, RLENGTH - 2)
      said[part] = substr(line, RLENGTH + 1)
    } else if (part == "") sentence = sentence (sentence == "" ? "" : " ") line
    else {
      sub(/^ +/, "", line)
      said[part] = said[part] (part == "Example" ? "\n    " : " ") line
    }
  }
  function forget() { sentence = part = ""; split("", said) }
  function cell(text) { gsub(/\|/, "\\|", text); return text }
  # a whole library is read before anything is printed
  FNR == 1 { theme = FILENAME; sub(/.*\//, "", theme); sub(/\.vigie$/, "", theme); order[++themes] = theme; forget(); opening = 1 }
  opening && /^# / {
    line = substr($0, 3)
    if (about[theme] == "") { sub(/^[^:]*: /, "", line); about[theme] = line } else if (!closed[theme]) notes[theme] = notes[theme] line "\n"
    next
  }
  opening && /^#$/ { if (about[theme] != "") notes[theme] = notes[theme] "\n"; next }
  opening { opening = 0 }
  /^# ---- / { section = substr($0, 8); sub(/ -+$/, "", section); forget(); next }
  /^# / { take(substr($0, 3)); next }
  /^define / {
    name = $2; sub(/\(.*/, "", name)
    n++; names[n] = name; where[n] = theme; group[n] = section; at[name] = n
    says[n] = sentence; head[n] = $0
    for (p in said) parts[n, p] = said[p]
    body = $0; inside = 1; next
  }
  inside && /^ / { body = body "\n" $0; bodies[n] = body; next }
  /^$/ { inside = 0; forget(); section = section; next }
  function link(name) {
    if (!(name in at)) { print "docs/make-kpis.sh: no formula is called " name > "/dev/stderr"; bad = 1; return name }
    return "[`" name "`](#" name ")"
  }
  function pair(what, a, b, advice) {
    printf "| %s | %s: %s | %s: %s | %s |\n", what, link(a), cell(parts[at[a], "Formula"]), link(b), cell(parts[at[b], "Formula"]), advice
  }
  END {
    print "# KPIs: one written definition each\n"
    print "Every number below is a sentence of the standard library, written in the language that your own rules are written in:"
    print "`vigie kpi` computes it, on any day, by any segment, and rules and targets stand on it. What you bring is what only"
    print "you know: which rows are your customers, what each of them pays, which deals count as won.\n"
    print "```\nuse std.retention\n\nkpi mrr of account = sum of amount over subscription where active and not trial\n  means \"Monthly recurring revenue of the subscriptions active that day\"\n  owner Finance\n\nkpi nrr by plan = net_revenue_retention(account, mrr, 12mo)\n  means \"What the customers of 12 months ago pay today, as a share of what they paid then\"\n  in percent\n  owner Finance\n  green >= 105%\n  red < 100%\n```\n"
    print "```\nvigie kpi rules --db data.db --only nrr --from 2025-01 --to 2025-12 --every month\n```\n"
    print "## Before you sign a number\n"
    print "- **A KPI is a function of a day.** `12mo ago` looks at the same customers on that day, not at a stored report."
    print "- **Unknown is not 0.** A customer whose amount is missing is left out, and the value says so: `397 of 400 rows`."
    print "- **A share counts a customer on both sides or on neither.** One whose amount is unknown today has not left, and is"
    print "  in neither sum. One who pays 0 has left. In the bridge from last month to this one, `not_known_recurring_revenue` holds"
    print "  what is not known, so that it closes to the cent."
    print "- **A customer known in part stays in**, with what is known: where the price of one of its forty subscriptions is"
    print "  missing, the other 39 count, on both sides, and the value says `399 of 400 rows`. To leave it out would drop a large"
    print "  customer for one small line."
    print "- **Nothing is not unknown.** A history says nothing before its first record and after its end. If that means that the"
    print "  customer paid nothing, say so, `kpi mrr of account = fee else 0 EUR`: otherwise who joined and who left is in no share."
    print "- **What was deleted was never there.** A customer whose rows the billing system deletes after it left is in no"
    print "  cohort, and retention looks better every night. Keep the rows, or a table of monthly amounts that nobody deletes."
    print "- **Months join on the 1st and on their last days.** Measure a series of movements there, or let the amount be that of"
    print "  the month (`sum of amount over payment in this month`), which is the same on all its days."
    print "- **A total is computed, not added.** A ratio by plan and the ratio of the company come from the same sentence; the"
    print "  second is never the mean of the first."
    print "- **Dividing by nothing gives unknown**, not 0 and not 100%.\n"
    print "## Where published definitions differ\n"
    print "Both exist, under names that say which is which. Choose one, write it down, and compare only with those who chose the same.\n"
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
    print "\n## All of them\n"
    for (t = 1; t <= themes; t++) {
      theme = order[t]
      printf "**[`std.%s`](#std%s)**: %s\n\n| KPI | says |\n|---|---|\n", theme, theme, about[theme]
      for (i = 1; i <= n; i++) if (where[i] == theme) printf "| %s | %s |\n", link(names[i]), cell(says[i])
      print ""
    }
    for (t = 1; t <= themes; t++) {
      theme = order[t]; last = ""
      printf "## std.%s\n\n`use std.%s`: %s\n", theme, theme, about[theme]
      if (notes[theme] != "") { gsub(/^\n+|\n+$/, "", notes[theme]); printf "\n%s\n", notes[theme] }
      for (i = 1; i <= n; i++) {
        if (where[i] != theme) continue
        if (group[i] != last && group[i] != "") printf "\n*%s*\n", group[i]
        last = group[i]
        printf "\n### %s\n\n%s\n\n| | |\n|---|---|\n", names[i], says[i]
        m = split("Formula Unit Misleads_when Variants Source", lines, " ")
        for (k = 1; k <= m; k++) { part = lines[k]; sub("_", " ", part); printf "| %s | %s |\n", tolower(part), cell(parts[i, part]) }
        printf "\n```\n%s\n```\n\nIn the library:\n\n```\n%s\n```\n", parts[i, "Example"], bodies[i]
      }
      print ""
    }
    exit bad
  }' $(for t in $themes; do echo "stdlib/$t.vigie"; done)
