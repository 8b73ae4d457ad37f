#!/bin/bash
# Escape sequences in keys, labels and groups reach no terminal: not by what explain, kpi, run, plan and items print, nor
# by the keys that a message shows.
escape=$(printf '\033')
silent() {
  "$@" >out 2>&1
  grep -q "$escape" out && { echo "an escape sequence is printed by: $*" | tr -d "$escape"; cat -v out; exit 1; }
  grep -q "$says" out && return 0
  echo "the data is not shown by: $*" | tr -d "$escape"
  cat -v out
  exit 1
}
cat >rules.vigie <<'RULES'
language 1
entity account from "accounts"
  key "id"
  label "name"
  plan text "plan"
  health number "health"
kpi typical by plan = median of health over account
team CS
  assigns account.plan
rule low for account
  when health < 25
  -> assign CS
  do "Call {label} {key}"
RULES
sqlite3 data.db "create table accounts (id, name, plan, health);
insert into accounts values (char(27) || '[2Jid', char(27) || '[2Jname', char(27) || '[2Jplan', 10)"
data='--db data.db --as-of 2026-03-01'
says='?\[2Jid' silent vigie explain low rules.vigie $data --key none
says='?\[2Jname' silent vigie explain low rules.vigie $data --key "$escape[2Jid"
says='?\[2Jplan' silent vigie explain typical rules.vigie $data --key none
says='?\[2Jplan' silent vigie explain typical rules.vigie $data --key "$escape[2Jplan"
says='?\[2Jplan' silent vigie kpi rules.vigie $data
says='?\[2Jname' silent vigie plan rules.vigie $data --state actions.db
says='?\[2Jname' silent vigie run rules.vigie $data --state actions.db
says='?\[2Jname' silent vigie items --state actions.db
exit 0
