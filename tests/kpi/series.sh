#!/bin/bash
# A series is read in one pass over each table, whatever the number of days: each of its steps has the values that the
# same day has alone, and costs next to nothing more.
set -euo pipefail
vigie init demo --quiet
sqlite3 -bail demo/data.db "PRAGMA synchronous = OFF; DELETE FROM feature_usage WHERE usage_date < '2025-08-01'"
cat > more.vigie << 'END'
language 1
kpi s_events = sum of events over usage in last 7d
kpi s_all_events = sum of events over usage
kpi s_events_by_plan by account.plan = sum of events over usage in last 30d
kpi s_mean by account.region, account.plan = avg of events over usage in this month
kpi s_export = count of usage in last 14d where feature is "export" or events > 20
kpi s_share = share of usage in last 30d where events > 20
kpi s_running = count of subscription where active
kpi s_running_share by account.plan = share of subscription where active and not trial
kpi s_tickets = count of ticket where active and urgency is not "Low"
kpi s_csat = avg of csat over ticket in last 90d where csat > 2
kpi s_opened of account = count of ticket in last 45d
kpi s_amounts of account = sum of amount over subscription where active
kpi s_unpaid = sum of amount over invoice where paid is unknown or paid > payable
kpi s_fiscal = sum of amount over invoice in this fiscal year
kpi s_best = max of events over usage in last 7d
kpi s_features = count distinct of feature over usage in last 7d
kpi s_health = avg of health over account
kpi s_decided = share of deal where closed in last 60d and won
kpi s_new_mrr by plan = new_recurring_revenue(account, mrr, first_paid, 1mo)
kpi s_drop = count of account where (s_amounts drop > 5%)
END
cp more.vigie demo/rules/
values() { jq -Sc '.kpis[] | .value |= (if type == "number" then (. * 1e6 | round) else . end)' | LC_ALL=C sort; }
vigie kpi demo/rules --db demo/data.db --only s_ --from 2025-11-20 --to 2026-03-01 --every day --format json --quiet | values > series
test "$(grep -c '"kpi":"s_events"' series)" = 102
for day in 2025-11-20 2025-11-30 2025-12-31 2026-01-01 2026-02-14 2026-03-01; do
  vigie kpi demo/rules --db demo/data.db --only s_ --as-of $day --format json --quiet | values > alone
  grep "\"day\":\"$day\"" series > step
  diff alone step
  test "$(cut -d'"' -f2- alone | grep -o '"kpi":"[a-z_]*"' | sort -u | wc -l)" -ge 20
done
