#!/bin/bash
# The lines of docs/run-daily, run in a shell as they are written, but for the places: a good morning says nothing; a table that is
# empty or gone, and rules that are not valid, end in one alert that says what is wrong. Then nobody is told, and no item closes.
set -eu
files=$ROOT/docs/run-daily
mkdir -p srv/rules bin sbin
export PATH=$PWD/bin:$PWD/sbin:$PATH VIGIE_ALERT=revops@company.example
here=$PWD

cat >srv/rules/a.vigie <<'END'
language 1
project
  data "../data.db"
  state "../actions.db"
entity account from "accounts"
  key "id"
entity deal from "deals"
  key "id"
  belongs to account by "account"
team CS
  assigns "cs@x.example"
rule has_deal for account
  when (count of deal) > 0
  -> assign CS, due 7d
END
fill() {
  rm -f srv/data.db
  sqlite3 srv/data.db "create table accounts (id); insert into accounts values ('A'); create table deals (id, account); insert into deals values (1, 'A')"
}

# What stands for the machine around it: mail goes to a file, the journal is what the unit has printed.
printf '#!/bin/sh\ncat >>"%s/alerts"\n' "$here" >sbin/sendmail
printf '#!/bin/sh\ncat "%s/printed"\n' "$here" >bin/journalctl
printf '#!/bin/sh\ncat >"%s/posted"\n' "$here" >bin/curl
printf '#!/bin/sh\necho "$1" >>"%s/called"\nexec "%s" "$@"\n' "$here" "$(command -v vigie)" >bin/vigie
chmod +x bin/* sbin/*

# ExecStart= of a unit, one line after the other, until one fails.
lines() { sed -n 's/^ExecStart=//p' "$files/$1" | sed -e "s|/usr/local/lib/vigie/alert|$files/alert|" -e "s|%i|$2|"; }
unit() {
  status=0
  lines vigie.service '' >todo
  (cd srv && while read -r line; do eval "$line" || exit; done <../todo) >printed 2>&1 || status=$?
  if [ $status != 0 ] && grep -q '^OnFailure=vigie-alert@%n.service$' "$files/vigie.service"; then
    eval "$(lines vigie-alert@.service vigie.service)"
  fi
}
# A line of cron, as cron hands it to sh, with the path that stands above; what it prints is mailed. The second one stands in a comment.
# A default `make install` is in /usr/local/bin, sendmail in /usr/sbin: bin and sbin here.
cron() { # NUMBER
  local line path
  path=$(sed -n 's/^PATH=//p' "$files/crontab" | sed -e "s|/usr/local/bin|$here/bin|" -e "s|/usr/sbin|$here/sbin|")
  line=$(grep -E '^#?[0-9* ]+-5  ' "$files/crontab" | sed -n "$1p" | sed -E 's/^#?([^ ]+ ){5} ?//' |
    sed -e 's/\\%/%/g' -e "s|/srv/vigie|$here/srv|g" -e "s|/usr/local/lib/vigie/alert|$files/alert|g")
  PATH=${path:-/usr/bin:/bin} sh -c "$line" >printed 2>&1 || true
  if [ -s printed ]; then cat printed >>alerts; fi
}
wrong() { echo "$@"; cat printed alerts 2>/dev/null; exit 1; }
items() { sqlite3 srv/actions.db "select group_concat(state || row_gone) from item"; }

for morning in unit "cron 1" "cron 2"; do
  fill
  rm -f srv/actions.db alerts called
  $morning
  if [ -e alerts ] || [ -s printed ]; then wrong "$morning: a good morning says something"; fi
  [ "$(items)" = open0 ] || wrong "$morning: items $(items)"
  [ "$(tail -n 1 called)" = deliver ] || wrong "$morning: nobody is told"
  for fault in "delete from deals" "drop table deals" "delete from accounts"; do
    fill
    rm -f alerts called
    sqlite3 srv/data.db "$fault"
    $morning
    grep -q "\"${fault##* }\"" alerts || wrong "$morning, $fault: the alert does not name the table"
    [ "$(items)" = open0 ] || wrong "$morning, $fault: items $(items)"
    [ "$(cat called)" = run ] || wrong "$morning, $fault: people are told"
  done
  fill
  rm -f alerts
  cp srv/rules/a.vigie good && echo 'rule' >>srv/rules/a.vigie
  $morning
  grep -q 'error\[V' alerts || wrong "$morning: the alert does not say what is wrong with the rules"
  cp good srv/rules/a.vigie
done
grep -q '^Subject: Vigie on .*: vigie.service has failed$' <(fill; sqlite3 srv/data.db "drop table deals"; rm alerts; unit; cat alerts) || wrong "no subject"

# To a channel: JSON, whatever the text holds.
printf 'says "no"\n\\ and é\n' | VIGIE_ALERT=https://hooks.example/x "$files/alert" "the run"
jq -e '.text | endswith("says \"no\"\n\\ and é")' posted >/dev/null || wrong "the channel has no JSON"

# systemd forbids programs that take a group of their own, as sendmail's do, under any of these.
if grep -E '^(DynamicUser|NoNewPrivileges|RestrictSUIDSGID)=' "$files/vigie-alert@.service"; then wrong "sendmail could not send"; fi
