#!/bin/bash
# Attributes, segments, thresholds and KPIs that name each other: every command reads them, in
# whatever order they are written, and gives the same answers.
fail=0
sqlite3 data.db "create table accounts (id, last, n);
  insert into accounts values ('A', '2026-01-01', 20), ('B', '2026-02-25', 3), ('C', '2025-01-01', 12);
  create table calls (account, at, minutes);
  insert into calls values ('A', '2026-02-01', 5), ('C', '2026-02-02', 7);"

entity='entity account from "accounts"
  key "id"
  last date "last"
  n number "n"
  lim number = limit_x
  cut number = by_tier
  quiet flag = last older than quiet_days
  inside flag = in segment busy
  peer number = base_kpi + 1
  spoken number = sum of long_minutes over call
  tier text = if n > 10 then "big" else "small"
entity call from "calls"
  belongs to account by "account"
  at "at"
  minutes number "minutes"
  long_minutes number = if minutes > talk then minutes else 0
  of_busy flag = account.inside'
thresholds='threshold limit_x = 10
  for busy = 5
threshold quiet_days = 30d
threshold talk = 6
threshold by_tier by tier
  for "big" = 3
  for "small" = 1'
segments='segment calm of busy where not quiet
segment busy of account where n > by_tier and base_n > few
threshold few = 0'
kpis='kpi base_kpi of account = n + limit_x
kpi base_n = count of account where n > 0
kpi calm_ones = count of calm where lim > 3 and cut > 0
kpi busy_calls = count of call where of_busy'
rest='team CS
  assigns "cs@acme.example"
rule look for account
  when lim > 2 and inside and peer > 1
  -> assign CS, due 7d
test "quiet"
  on 2026-03-01
  given account "A" n 20, last 2026-01-01
  expect look
test "tier"
  on 2026-03-01
  given account "A" n 2, last 2026-01-01
  expect base_kpi for "A" = 7'

run() { # PART ...: every command on the parts in this order
  printf 'language 1\n' >rules.vigie
  printf '%s\n' "$@" >>rules.vigie
  vigie check rules.vigie || return 1
  vigie lint rules.vigie >lint.out || return 1
  vigie fmt rules.vigie >fmt.out || return 1
  vigie describe rules.vigie | grep -F 'The' >describe.out || return 1
  vigie test rules.vigie || return 1
  vigie kpi rules.vigie --db data.db --as-of 2026-03-01 --quiet --format csv | sort || return 1
  vigie explain look rules.vigie --db data.db --as-of 2026-03-01 --key A | grep -F 'lim > 2' || return 1
  vigie run rules.vigie --db data.db --as-of 2026-03-01 --dump plan >plan.out || return 1
  vigie run rules.vigie --db data.db --as-of 2026-03-01 --quiet --format json >run.json || return 1
  grep -o '"key": *"[^"]*"' run.json | sort
  rm -f actions.db
}

run "$entity" "$thresholds" "$segments" "$kpis" "$rest" >first || { echo "the first order fails"; cat first; exit 1; }
run "$rest" "$kpis" "$segments" "$thresholds" "$entity" >second || { echo "the reverse fails"; cat second; exit 1; }
diff first second || { echo "the order of the lines changes an answer"; fail=1; }
grep -q 'calm_ones",2026-03-01,,1,' first || { echo "calm_ones is not 1"; cat first; fail=1; }
exit $fail
