#!/bin/sh
# MUST 67: what a filter means is shown in lines that line up in 80 columns, with the way to see what is left out; on a terminal
# it asks, and numbers that a person has typed do not. MUST 68: a reason that holds for many is said once, with their numbers.
set -eu
export LC_ALL=C.UTF-8 VIGIE_TODAY=2026-03-01 VIGIE_USER=ana.moreau@acme.example
vigie init demo --quiet
cd demo
vigie run rules --db data.db --as-of 2026-03-01 --quiet >/dev/null 2>&1

on_a_terminal() { # what to type, the command
  printf '%s\n' "$1" | timeout 20 script -qec "stty cols 80; $2" /dev/null | tr -d '\r\004\b'
}

# a filter: shown, aligned, asked
on_a_terminal n 'vigie items ack --team CS' >shown
grep -q 'Go on? \[y/N\]' shown
grep -q 'Nothing was changed' shown
if grep -E '^.{81,}' shown; then echo "longer than 80"; exit 1; fi
grep -q '^  and 7 more: vigie items --team CS --all$' shown
test "$(grep '^  #' shown | grep -c 'EUR  [a-z.]*$')" -gt 10
test "$(grep '^  #.*EUR  ' shown | sed 's/EUR  .*//; s/./x/g' | sort -u | wc -l)" = 1
test "$(vigie items --team CS --all | grep -c '^ #[0-9]* *\(due\|sleeps\|waits\)')" = 27

# numbers: done at once
on_a_terminal n 'vigie items ack 1 2' >typed
if grep -q 'Go on' typed; then echo "asks for what was typed"; exit 1; fi
grep -q '^#2 .*: acknowledged\.$' typed

# many answers that are alike are one
vigie items ack --team CS --yes >many
test "$(wc -l <many)" -le 3
grep -q '^27 items: each acknowledged\.$' many

# a refusal that holds for several is said once, and names the move before it for all of them
vigie items dismiss 3 4 5 --quiet
if vigie items snooze 3 4 5 6 --until 1w 2>refused; then exit 1; fi
cat >expected <<'T'
vigie: #3, #4, #5: each is closed: dismissed by ana.moreau@acme.example on 2026-03-01. Reopen them first: vigie items reopen 3 4 5
vigie: nothing was changed
T
grep -v '^vigie: #6' refused | diff expected -
if vigie items snooze 7 8 --until 2026-04-20 2>refused; then exit 1; fi
grep -Eq '^vigie: #7 \(due 2026-..-..\), #8 \(due 2026-..-..\): each would sleep past its due day: ' refused

# what is reopened says how it was closed
vigie items reopen --rule deal_stalled </dev/null >again 2>&1 || true
test "$(grep -c 'dismissed 2026-03-01 by' again)" = 3

# somebody was faster: which item, what was done, by whom, when; and nothing moves
first=$(vigie items --team Sales --format json | jq '.items[0].number // .items[0].id')
{
  timeout 20 sh -c "until grep -q 'Go on' typescript 2>/dev/null; do sleep 0.1; done"
  VIGIE_USER=elise.dandrea@acme.example vigie items ack "$first" >/dev/null
  echo y
} | timeout 30 script -qefc "stty cols 200; vigie items snooze --team Sales --until 1w" typescript >/dev/null || true
tr -d '\r\004\b' <typescript >late
grep -q "^vigie: #$first .* has been changed since it was shown: acknowledged by elise.dandrea@acme.example on 2026-03-01" late
test "$(vigie items --team Sales --snoozed --format json | jq '.items | length')" = 0
