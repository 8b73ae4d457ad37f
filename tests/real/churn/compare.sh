# compare DATABASE FROM TO STEP UNTIL WITHIN NOTICE: a backtest against oracle.sql, line by line.
compare() {
  local every=week
  [ "$4" = 1 ] && every=day
  sqlite3 "$1" "drop table if exists span" "create table span as select '$2' as first, '$3' as last, $4 as step, '$5' as until,
    $6 as within, $7 as notice"
  sqlite3 "$1" <"$ROOT/tests/real/churn/oracle.sql" | LC_ALL=C sort >want.txt
  vigie backtest "$ROOT/tests/real/churn/policy.vigie" --db "$1" --from "$2" --to "$3" --every $every --as-of "$5" \
    --outcome "churns > 0" --within "$6d" --notice "$7d" --format json --quiet >out.json 2>out.log
  jq -r -f "$ROOT/tests/real/churn/answers.jq" out.json | LC_ALL=C sort >got.txt
  diff want.txt got.txt
}
