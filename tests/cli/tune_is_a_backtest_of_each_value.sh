#!/bin/sh
# MUST 32 of the review: the figures of a value are those of a backtest of the files with the value
# written into them by hand, for everybody and for a segment.
set -eu
unset VIGIE_TODAY
vigie init company --quiet > company.log
cd company
span='--db data.db --from 2025-09-01 --to 2026-02-28 --as-of 2026-03-01 --outcome mrr=0 --within 90d --format json'
# THRESHOLD RULE VALUE, then the files as in written/: the two say the same.
compare() {
  vigie backtest written $span 2> log | jq -c --arg rule "$2" '
    [(.rules[] | select(.rule == $rule) | .opened, .carried_in, .right, .wrong, .caught, .lead_days, .money),
     .together.opened, .together.caught, .together.money, ([.owners[].weeks_over] | add)]' > by_hand
  jq -c --arg value "$3" --arg rule "$2" '.values[] | select(.value == $value) |
    [(.rules[] | select(.rule == $rule) | .opened, .carried_in, .right, .wrong, .caught, .lead_days, .money),
     .opened_by_any, .caught_by_any, .money, .weeks_over]' tuned > by_tune
  diff by_hand by_tune
  test -s by_hand
}
# write SED: the files with a change
write() {
  rm -rf written
  cp -r rules written
  sed -i "$1" written/revenue.vigie
  ! diff -q rules/revenue.vigie written/revenue.vigie > log
}
vigie tune usage_alarm rules $span --values 30%,55% > tuned
write 's/^threshold usage_alarm = 40%/threshold usage_alarm = 30%/'
compare usage_alarm usage_collapse 30%
write 's/^threshold usage_alarm = 40%/threshold usage_alarm = 55%/'
compare usage_alarm usage_collapse 55%
# The line for everybody is held, the one of the segment stays; and the reverse.
vigie tune health_alarm rules $span --values 6 > tuned
write 's/^threshold health_alarm = 12/threshold health_alarm = 6/; /from 2026-01-01 = 10 because/d'
compare health_alarm renewal_at_risk 6
vigie tune health_alarm rules --for self_serve $span --values 4 > tuned
write 's/^  for self_serve = 15/  for self_serve = 4/'
compare health_alarm renewal_at_risk 4
test "$(jq '[.values[].opened] | unique | length' tuned)" -gt 1
