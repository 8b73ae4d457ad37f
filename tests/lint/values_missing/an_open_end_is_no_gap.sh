#!/bin/bash
# A row without its last day goes on: the rule about those that end is not short of values. Of another day it is.
cat >rules.vigie <<'V'
language 1

entity contract from "contracts"
  key "id"
  label "id"
  active from "begins" until "ends"
  ends date "ends"
  signed date "signed"

team Sales
  assigns "sales@acme.example"

rule contract_ends for contract
  when ends within 30d
  -> assign Sales, due 5d
  do "Renew {label}"

rule signed_late for contract
  when signed within 30d
  -> assign Sales, due 5d
  do "Call {label}"
V
sqlite3 data.db "create table contracts (id, begins, ends, signed);
with recursive n(i) as (select 1 union all select i + 1 from n where i < 30)
insert into contracts select i, '2025-01-01', case when i % 3 = 0 then '2026-03-10' end, case when i % 3 = 0 then '2026-03-10' end from n;"
vigie lint rules.vigie --db data.db --as-of 2026-03-01 --format json >found.json
[ "$(jq -r '[.findings[] | select(.code == "V1312") | .message | split("`")[1]] | join(" ")' found.json)" = signed_late ] && exit 0
jq -r '.findings[] | "\(.code) \(.message)"' found.json
exit 1
