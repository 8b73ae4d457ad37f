#!/bin/bash
# A split KPI over 700 days: each day looks at its own groups, not at those of all the others, which took a minute.
set -euo pipefail
cat >rules.vigie <<'END'
entity account from "accounts"
  key "id"
  plan text "plan"
entity sale from "sales"
  belongs to account by "account"
  at "day"
  n number "n"
kpi sold by plan = sum of n over sale
kpi buyers by plan = count of account where plan is known
kpi sold_lately by plan = sum of n over sale in last 30d
END
sqlite3 data.db "create table accounts (id, plan); insert into accounts values ('A', 'Pro'), ('B', 'Basic');
  create table sales (account, day, n); insert into sales values ('A', '2024-02-01', 5), ('B', '2024-02-01', 7);"
timeout 40 vigie kpi rules.vigie --db data.db --from 2024-03-01 --to 2026-01-29 --every day --format csv >out.csv
days=$(grep -c '^"sold",.*,"Pro",5,' out.csv || true)
[ "$days" = 700 ] || { echo "$days days"; head -5 out.csv; exit 1; }
