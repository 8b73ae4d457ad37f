#!/bin/sh
# MUST 16: without rules at hand, `items` and moves know what day it is where the company is.
set -eu
unset VIGIE_TODAY
cat > rules.vigie <<R
language 1
calendar
  time zone "ZONE"
entity account from "accounts"
  key "id"
  health number "health"
team CS
  assigns "cs@acme.example"
rule low for account
  when health < 10
    -> assign CS, due 1d
R
sqlite3 data.db "create table accounts (id, health); insert into accounts values ('A', 5)"
# 25 hours apart: never the same day
for zone in Pacific/Kiritimati Pacific/Pago_Pago; do
  rm -f actions.db
  sed "s|ZONE|$zone|" rules.vigie > here.vigie
  today=$(TZ=$zone date +%F)
  vigie run here.vigie --db data.db --quiet 2> /dev/null
  rm here.vigie
  test "$(sqlite3 actions.db "select value from setting where name = 'time zone'")" = $zone
  test "$(vigie items --format json | jq -r .as_of)" = "$today"
  vigie items ack 1 --by ana@acme.example --quiet
  test "$(sqlite3 actions.db "select acknowledged from item")" = "$today"
done
