#!/bin/bash
# A public dataset with known outcomes: 500 accounts, 25,000 rows of usage, 600 times that one left. Everything that a backtest
# says is what oracle.sql finds. It takes a minute: BACKTEST_FULL=1 runs it.
set -euo pipefail
. "$ROOT/tests/real/load.sh"
if [ "${BACKTEST_FULL:-}" = '' ]; then
  echo "BACKTEST_FULL=1 runs a year of days on the dataset ravenstack"
  exit 77
fi
need ravenstack
. "$ROOT/tests/real/churn/compare.sh"
for table in accounts subscriptions feature_usage support_tickets churn_events; do
  csv data.db "$table" "$datasets/ravenstack/ravenstack_$table.csv"
done
sqlite3 data.db 'alter table feature_usage rename to usage; alter table support_tickets rename to tickets;
  alter table churn_events rename to churn'
for span in '2024-01-01 2024-12-31 1' '2024-01-01 2024-12-31 7' '2024-01-01 2024-08-31 1' '2024-01-01 2024-08-31 7'; do
  # shellcheck disable=SC2086
  compare data.db $span 2024-12-31 60 1
  # shellcheck disable=SC2086
  compare data.db $span 2024-12-31 30 14
done
