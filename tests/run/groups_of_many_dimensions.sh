#!/bin/sh
# A split may have any number of dimensions: 17 and 40 give the groups that SQL gives.
set -eu
for n in 1 16 17 40; do
  columns=$(seq -s, -f 'c%g' "$n")
  # 200 rows: values of i % (k + 2), so that every further dimension divides the groups again
  awk -v n="$n" 'BEGIN {
    printf "create table items (id integer"; for (k = 1; k <= n; k++) printf ", c%d %s", k, k % 2 ? "text" : "real"
    print ");"
    for (i = 1; i <= 200; i++) {
      printf "insert into items values (%d", i
      for (k = 1; k <= n; k++) { v = i % (k + 2); if (v == 1) printf ", null"; else printf k % 2 ? ", '\''v%d'\''" : ", %d", v }
      print ");"
    }
  }' > data.sql
  rm -f data.db; sqlite3 data.db < data.sql
  { echo 'language 1'; echo 'entity item from "items"'; echo '  key "id"'
    for k in $(seq "$n"); do echo "  c$k $([ $((k % 2)) = 1 ] && echo text || echo number) \"c$k\""; done
    echo; echo "kpi rows_of by $(echo "$columns" | sed 's/,/, /g') = count of item"; } > rules.vigie
  vigie kpi rules.vigie --db data.db --as-of 2026-01-01 --format json |
    jq -r '.kpis[] | [(.by | to_entries[] | .value // "-"), .value] | join("|")' | sort > came
  select=$(for k in $(seq "$n"); do
    if [ $((k % 2)) = 1 ]; then printf "ifnull(c%d, '-'), " "$k"; else printf "ifnull(cast(c%d as int), '-'), " "$k"; fi
  done)
  sqlite3 data.db "select $select count(*) from items group by $columns" | sort > want
  diff want came || { echo "$n dimensions"; exit 1; }
done
