#!/bin/bash
# The starter, day by day, with people's moves: twice, once with commands killed at any moment and begun again. The states and
# the audits must be the same, and a second run of a day must change nothing (MUST 8, MUST 9). DAYS, SEED and START from the
# environment make it longer and different.
set -eu
DAYS=${DAYS:-${SANITIZED:+9}} DAYS=${DAYS:-14} SEED=${SEED:-1} START=${START:-2026-03-01}
export VIGIE_TODAY=2027-12-31
vigie init demo --quiet
cd demo
# two rules more, so that levels, muting and reminders have something to do
cat >>rules/rules.vigie <<'R'

rule big_and_weak for account
  when health < 60 and arr > 20k EUR
  -> assign CS, due 1d
  mutes weak
  escalate 1bd after due to VP_CS

rule weak for account
  when health < 65
  -> assign CS, due 2d
R
vigie check rules >/dev/null

mapfile -t days < <(for ((d = 0; d < DAYS + 9; d++)); do echo "$START + $d days"; done | date -u -f - +%F)
# Rows that are too old to change an item are left out: reading them is most of what a run costs.
sqlite3 -bail data.db "PRAGMA synchronous = OFF; DELETE FROM feature_usage WHERE usage_date < date('$START', '-210 days')"

# A command that may be killed, then is given again: what it left is as before, or as after.
disturbed() { # SEED COMMAND…
  local seed=$1 pid
  shift
  if ((seed % 3 == 0)); then
    "$@" >/dev/null 2>&1 &
    pid=$!
    sleep "0.0$((seed % 90 + 10))"
    kill -9 $pid 2>/dev/null || true
    wait $pid 2>/dev/null || true
  fi
  "$@" >/dev/null 2>&1 || true
}

live() { # STATE DISTURBED?
  local state=$1 d n move
  RANDOM=$SEED
  for ((d = 0; d < DAYS; d++)); do
    local today run=(vigie run rules --db data.db --state "$state" --quiet --as-of "${days[d]}")
    today=${days[d]}
    if [ "$2" = yes ]; then disturbed $((SEED * 7 + d)) "${run[@]}"; else "${run[@]}" >/dev/null 2>&1; fi
    for ((n = 0; n < 4; n++)); do
      local number=$((RANDOM % 90 + 1)) kind=$((RANDOM % 7))
      case $kind in
        0) move=(ack) ;;
        1) move=(done --outcome useful) ;;
        2) move=(snooze --until "${days[d + 3]}" --note "later") ;;
        3) move=(assign --to "person$((number % 3))@x.example") ;;
        4) move=(dismiss --outcome known) ;;
        5) move=(reopen) ;;
        6) move=(due --to "${days[d + 9]}") ;;
      esac
      move=(vigie items "${move[0]}" "$number" "${move[@]:1}" --state "$state" --by ana@x.example --as-of "$today")
      if [ "$2" = yes ]; then disturbed $((d + n * 5)) "${move[@]}"; else "${move[@]}" >/dev/null 2>&1 || true; fi
    done
  done
}

what() { # STATE: all of it but moments, runs and revisions
  sqlite3 "$1" "select id, rule, key, state, owner, due, started, closed, closed_by, outcome, snoozed_until, muted_by, waits_for,
    acknowledged, escalated, armed, seq from item order by id"
  sqlite3 "$1" "select item_id, person, change, field, old, new, day, why from audit order by id"
}

live calm.db no
live rough.db yes
[ "$(sqlite3 rough.db 'pragma integrity_check')" = ok ]
what calm.db >calm
what rough.db >rough
diff calm rough | head -20 && cmp calm rough
[ "$(wc -l <calm)" -gt 300 ]
vigie run rules --db data.db --state calm.db --quiet --as-of "${days[DAYS - 1]}" >/dev/null 2>&1
vigie run rules --db data.db --state calm.db --quiet --as-of "${days[DAYS - 1]}" >/dev/null 2>&1
[ "$(sqlite3 calm.db "select count(*) from audit where run_id = (select max(id) from run)")" = 0 ]
