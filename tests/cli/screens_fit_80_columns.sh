#!/bin/bash
# On a terminal of 80 columns no line of run, plan, items, backtest and tune is longer, and no word is cut: the words are those of a
# wider terminal, where nothing has to be wrapped. A week of the starter, with people who have too much to do.
set -eu
export LC_ALL=C.UTF-8 VIGIE_USER=elise.dandrea@acme.example
vigie init demo --quiet
sed -i "/^  state /d" demo/rules/data.vigie # each folder keeps its own
cd demo
sed -i -e 's/capacity 15/capacity 5/' -e 's/^renewal overdue and/rule unsigned for account when &/' rules/revenue.vigie
sed -i -e 's/^rule unsigned for account when \(.*\) -> \(.*\)$/rule unsigned for account\n  when \1\n  -> \2\n  worth arr\n  escalate 1bd after due/' \
  -e 's/^  do "{urgent_tickets}/  mutes deal_stalled\n&/' rules/revenue.vigie
vigie check rules --quiet

# Days before these change no screen that is looked at, and reading them is most of what a command costs.
sqlite3 -bail data.db "PRAGMA synchronous = OFF; DELETE FROM feature_usage WHERE usage_date < '2025-08-01';
  DELETE FROM health_daily WHERE day < '2025-08-01'"

# The words of one are those of the other, each as often.
same_words() { # FILE FILE
  awk '
    { for (i = 1; i <= NF; i++) n[$i] += FNR == NR ? 1 : -1 }
    END { for (w in n) if (n[w]) { print (n[w] > 0 ? "narrow: " : "wide: ") w; bad = 1 }; exit bad }' "$1" "$2"
}

fits() {
  test -s narrow
  if grep -E '^.{81,}' narrow; then echo "$1: longer than 80"; exit 1; fi
  same_words narrow wide || { echo "$1: words differ"; exit 1; }
}

# Two widths that show days alike.
look() {
  COLUMNS=80 "$@" >narrow 2>/dev/null
  COLUMNS=99 "$@" >wide 2>/dev/null
  fits "$*"
}

mkdir copy
days="01 02 03 04 05 06 07"
if [ "${SANITIZED-}" ]; then days="01 04 07"; fi
for day in $days; do
  look vigie plan rules --db data.db --as-of 2026-03-$day
  look vigie plan rules --db data.db --as-of 2026-03-$day --all
  # a run changes the state: the wide one has its own
  (cd copy && COLUMNS=99 vigie run ../rules --db ../data.db --as-of 2026-03-$day --ahead) >wide 2>/dev/null
  COLUMNS=80 vigie run rules --db data.db --as-of 2026-03-$day --ahead >narrow 2>/dev/null
  fits "run of $day"
  for list in "" --mine --all "--by account" "--by owner" --late; do
    look vigie items $list --as-of 2026-03-$day
  done
done

mrr="mrr = 0"
look vigie backtest rules --db data.db --from 2025-12-01 --to 2026-02-28 --outcome "$mrr" --within 90d
grep -q 'days of' narrow
look vigie tune usage_alarm rules --db data.db --from 2025-12-01 --to 2026-02-28 --outcome "$mrr" --within 90d --values 30%,40%
