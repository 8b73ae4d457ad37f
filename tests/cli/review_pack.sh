#!/bin/sh
# MUST 39 to 44 of the review: the pack has its quarter, its proposals with figure, command and owner,
# at most 100 lines, and --done writes the day and nothing else.
set -eu
unset VIGIE_TODAY
vigie init company --quiet > company.log
cd company
# one rule asks too often, one never
sed -i 's/(usage_30d drop > usage_alarm) for 7d/usage_30d drop > usage_alarm/; s/drop over 90d > slip_alarm/drop over 90d > 3/' rules/revenue.vigie
for d in 1 2 3 4 5 6; do
  vigie run rules --db data.db --as-of 2026-03-0$d --quiet > run.log 2>&1
done
vigie items done 12 13 --outcome useful --by camille.roy@acme.example --as-of 2026-03-06 --yes > done.log 2>&1
pack() { vigie review rules --db data.db --as-of 2026-03-06 --quiet --every week "$@" 2> pack.log; }

# 39: the last quarter that has ended; a running one says so; one that has not begun is refused.
pack > pack.md
head -1 pack.md | grep -qx '# Quarterly review, 2025-Q4'
pack --quarter 2026-Q1 > pack.md
head -1 pack.md | grep -qx '# Quarterly review, 2026-Q1 so far (to 2026-03-06, 25 days left)'
test "$(wc -l < pack.md)" -le 100
pack --quarter FY2026-Q4 > pack.md
head -1 pack.md | grep -q 'FY2026-Q4'
if pack --quarter 2026-Q2 > none.txt; then exit 1; fi
grep -q '2026-Q2 has not begun' pack.log
if pack --quarter spring > none.txt; then exit 1; fi
grep -q 'takes a quarter, such as 2026-Q1' pack.log

# 41: every proposal has its figure, its command and its owner. 43: what people said and what the
# backtest says stand apart.
pack --quarter 2026-Q1 --outcome "mrr = 0" --format json > pack.json
jq -e '.rules | length > 3 and all(.why != null and .command != null and .owner != null and .evidence != null)' pack.json > true.txt
jq -e '.actions | .done == 2 and .useful == 2 and .false_alarm == 0' pack.json > true.txt
jq -e '.thresholds[] | select(.threshold == "health_alarm") | .onsets > 30 and .caught > 15' pack.json > true.txt
test "$(jq -r '.rules[] | select(.verdict == "retire") | .rule' pack.json | sort | tr '\n' ' ')" = 'health_slips '
jq -e '.rules[] | select(.rule == "usage_collapse") | .verdict == "tune"' pack.json > true.txt
# what is decided first: KPIs that are red or behind, with who answers for them; then the rules
jq -e '.agenda | length > 5 and all(.who != null and .figure != null and .command != null)' pack.json > true.txt
jq -e '.agenda[] | select(.what == "nrr Basic: Which plan gets CS capacity") | .who == "CS" and (.figure | startswith("92.5%; red"))' pack.json > true.txt
jq -e '.agenda[] | select(.what | startswith("new_mrr")) | .figure | contains("rise over 1y -26.3%, to be 30% by 2026-03-31: behind")' pack.json > true.txt
test "$(jq -r '.agenda[-1].what' pack.json)" = 'retire health_slips'
# each command can be run as it stands
jq -r '.agenda[].command' pack.json | sed 's/^vigie [bp].*/& --quiet/' > commands.sh
grep -q '^vigie kpi rules --db data.db --as-of 2026-03-06 --only new_mrr$' commands.sh
grep -q '^vigie tune usage_alarm rules --db data.db --as-of 2026-03-06 --from 2025-03-07 --to 2026-02-28 --outcome .mrr = 0.' commands.sh
sed '/^vigie tune/d' commands.sh | sh -e > commands.txt 2> commands.log
# money of the late items of a rule is that of all of them
test "$(jq -r '.rules[] | select(.rule == "support_fire") | .why' pack.json)" = '6 of 6 are late, 166,515.60 EUR arr'
test "$(sqlite3 actions.db "select printf('%.2f', sum(worth) / 100.0) from item where rule = 'support_fire'")" = 166515.60
# the figures of the actions are those of SQL, and of vigie items
test "$(jq .actions.opened pack.json)" = "$(sqlite3 actions.db "select count(*) from item where opened between '2026-01-01' and '2026-03-06'")"
test "$(jq .actions.late pack.json)" = "$(vigie items --as-of 2026-03-06 --format json | jq .late)"

# 40: at most 100 lines, however much there is; --full leaves nothing out.
cp -r rules many
for i in $(seq 40); do
  printf 'threshold many_%d = %d%%\n  review every quarter\n\nrule many_rule_%d for account\n  when usage_30d drop > many_%d and health < %d\n  -> assign CS, due 5bd\n\n' $i $((40 + i)) $i $i $i
done | sed '1i language 1\n' > many/many.vigie
vigie fmt --write many > fmt.log
vigie review many --db data.db --every week --as-of 2026-03-06 --quarter 2026-Q1 --quiet > many.md 2> many.log
test "$(wc -l < many.md)" -le 100
grep -q 'more thresholds: --full' many.md
vigie review many --db data.db --every week --as-of 2026-03-06 --quarter 2026-Q1 --quiet --full > many.md 2> many.log
test "$(grep -c '^| many_[0-9]* |' many.md)" = 40

# 44: --done asks; it writes the day where there is a `review` clause, and nothing else.
cp -r rules before
if vigie review rules --done --as-of 2026-03-06 > done.txt 2>&1 < /dev/null; then exit 1; fi
grep -q 'without a terminal, --done needs --yes' done.txt
diff -r before rules
vigie review rules --done --as-of 2026-03-06 --yes --quiet
diff -r before rules > changes.txt || true
grep '^[<>]' changes.txt > lines.txt
printf '<   reviewed 2026-01-08\n>   reviewed 2026-03-06\n' | diff - lines.txt
vigie review many --done --as-of 2026-03-06 --yes --quiet
test "$(grep -c '^  reviewed 2026-03-06$' many/many.vigie)" = 40
vigie check many --quiet
vigie fmt --check many

# 44: a review of an earlier day takes no later one back.
cp -r rules before_again
sed -i '0,/^  reviewed/s/^  reviewed 2026-03-06/  reviewed 2026-01-20/' many/many.vigie
vigie review rules --done --as-of 2026-02-01 --yes > done.txt
printf '%s\n' 'threshold health_alarm: was reviewed on 2026-03-06, which stays' \
  'Nothing was written: all were reviewed on 2026-02-01 or later.' | diff - done.txt
diff -r before_again rules
vigie review many --done --as-of 2026-02-01 --yes --quiet
test "$(grep -c '^  reviewed 2026-03-06$' many/many.vigie)" = 39
test "$(grep -c '^  reviewed 2026-02-01$' many/many.vigie)" = 1
