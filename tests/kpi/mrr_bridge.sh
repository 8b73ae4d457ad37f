#!/bin/bash
# 36 months of recurring revenue from raw customer-months (customer, month, mrr): the bridge to the cent, NRR, GRR, ARPU and
# churn of each month are those of queries written without Vigie, whatever a day of the data stands for.
set -euo pipefail

# Raw months with new customers, growth, shrinking, pauses and losses; amounts are whole cents, never below 0.
sqlite3 data.db << 'SQL'
CREATE TABLE mrr (customer TEXT, month TEXT, mrr REAL, PRIMARY KEY (customer, month));
INSERT INTO mrr
  WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 300),
                 m(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM m WHERE k < 35)
  SELECT printf('C%03d', i), date('2022-01-01', k || ' months'),
         (2900 + (i * 7717) % 90000 + max(-2500, ((k + i) / 4) * ((i * 17) % 900) * ((i * 13) % 7 - 2) / 2)) / 100.0
  FROM c, m
  WHERE k >= (i * 7919) % 48 - 12 AND k < (i * 7919) % 48 - 12 + (i * 104729) % 61 + 1
    AND NOT (i % 5 = 3 AND (k + i) % 11 IN (5, 6)) AND NOT (i % 5 = 4 AND k - i % 9 BETWEEN 12 AND 15);
CREATE TABLE customers AS SELECT DISTINCT customer FROM mrr;

-- The same facts as other systems keep them: dated by the last day of the month, as a daily history with zeros after
-- the last payment, as subscriptions that run from day to day, as a month without a day.
CREATE TABLE month_ends AS SELECT customer, date(month, '+1 month', '-1 day') AS day, mrr FROM mrr;
CREATE TABLE history AS
  SELECT c.customer, m.month AS day, ifnull((SELECT mrr FROM mrr x WHERE x.customer = c.customer AND x.month = m.month), 0) AS mrr
  FROM customers c, (SELECT DISTINCT month FROM mrr) m;
CREATE TABLE runs AS SELECT customer, month AS start, date(month, '+1 month') AS stop, date(month, '+1 month', '-1 day') AS last,
                            mrr FROM mrr;

CREATE TEMP TABLE both AS
  SELECT m.month, c.customer,
         ifnull((SELECT CAST(round(mrr * 100) AS INTEGER) FROM mrr x WHERE x.customer = c.customer AND x.month = m.month), 0) AS now,
         ifnull((SELECT CAST(round(mrr * 100) AS INTEGER) FROM mrr x
                 WHERE x.customer = c.customer AND x.month = date(m.month, '-1 month')), 0) AS then_,
         (SELECT min(month) FROM mrr x WHERE x.customer = c.customer) AS first
  FROM customers c, (SELECT DISTINCT month FROM mrr) m;
CREATE TEMP TABLE bridge AS
  SELECT month, sum(then_) AS start_mrr, sum(iif(then_ = 0 AND first = month, now, 0)) AS new_mrr,
         sum(iif(then_ = 0 AND first < month, now, 0)) AS reactivated_mrr,
         sum(iif(then_ > 0 AND now > then_, now - then_, 0)) AS expansion_mrr,
         sum(iif(now > 0 AND now < then_, then_ - now, 0)) AS contraction_mrr,
         sum(iif(now = 0, then_, 0)) AS churned_mrr, sum(now) AS end_mrr,
         1.0 * sum(iif(then_ > 0, now, 0)) / nullif(sum(then_), 0) AS nrr,
         1.0 * sum(iif(then_ > 0, min(now, then_), 0)) / nullif(sum(then_), 0) AS grr,
         sum(now) / 100.0 / nullif(sum(now > 0), 0) AS arpu,
         1.0 * sum(then_ > 0 AND now = 0) / nullif(sum(then_ > 0), 0) AS churn,
         1.0 * sum(iif(now = 0, then_, 0)) / nullif(sum(then_), 0) AS revenue_churn
  FROM both GROUP BY month;
.mode list
.once want
SELECT substr(month, 1, 7), start_mrr / 100.0, new_mrr / 100.0, reactivated_mrr / 100.0, expansion_mrr / 100.0,
       contraction_mrr / 100.0, churned_mrr / 100.0, end_mrr / 100.0, nrr, grr, arpu, churn, revenue_churn
  FROM bridge ORDER BY month;
-- The movements that the test is about are all there, and explain the end of every month.
.once wrong
SELECT * FROM bridge WHERE start_mrr + new_mrr + reactivated_mrr + expansion_mrr - contraction_mrr - churned_mrr <> end_mrr;
.once full
SELECT count(*) FROM bridge WHERE min(new_mrr, reactivated_mrr, expansion_mrr, contraction_mrr, churned_mrr) > 0;
SQL
test ! -s wrong
test "$(cat full)" -ge 18

top='language 1
use std.revenue
use std.retention
calendar
  currency EUR
entity customer from "customers"
  key "customer"'
kpis='kpi start_mrr = sum of (mrr 1mo ago) over customer
kpi new_mrr = new_recurring_revenue(customer, mrr, first_paid, 1mo)
kpi reactivated_mrr = reactivated_recurring_revenue(customer, mrr, first_paid, 1mo)
kpi expansion_mrr = expansion_recurring_revenue(customer, mrr, 1mo)
kpi contraction_mrr = contraction_recurring_revenue(customer, mrr, 1mo)
kpi churned_mrr = churned_recurring_revenue(customer, mrr, 1mo)
kpi end_mrr = sum of mrr over customer
kpi nrr = net_revenue_retention(customer, mrr, 1mo)
kpi grr = gross_revenue_retention(customer, mrr, 1mo)
kpi arpu = average_revenue_per_account(customer, mrr)
kpi churn = logo_churn(customer, mrr, 1mo)
kpi revenue_churn = cancelled_revenue_churn(customer, mrr, 1mo)
kpi gap = recurring_revenue_bridge_gap(customer, mrr, first_paid, 1mo)'

bad=0
# The rows of `want` from a series; the first day of the series stands for 2022-01.
series() { # NAME FROM TO <the lines that say what mrr and first_paid are
  printf '%s\n' "$top" > "$1.vigie"
  cat >> "$1.vigie"
  printf '%s\n' "$kpis" >> "$1.vigie"
  vigie kpi "$1.vigie" --db data.db --from "$2" --to "$3" --every month --format json --quiet > "$1.json"
  jq -r --rawfile want want '
    ["start_mrr", "new_mrr", "reactivated_mrr", "expansion_mrr", "contraction_mrr", "churned_mrr", "end_mrr",
     "nrr", "grr", "arpu", "churn", "revenue_churn"] as $names
    | ($want | rtrimstr("\n") | split("\n") | map(split("|"))) as $rows
    | (reduce (.kpis[] | select(has("by") | not)) as $v ({}; .[$v.kpi] += [$v.value])) as $got
    | ($rows | to_entries[] | .key as $i | .value as $row
       | $names | to_entries[] | .key as $k | .value as $name
       | (if $row[$k + 1] == "" then null else $row[$k + 1] | tonumber end) as $w | $got[$name][$i] as $g
       | (if $k < 7 then 0.0001 else 1e-12 * ([1, ($w // 0)] | max) end) as $slack
       | if $w == null and $g == null or $w != null and $g != null and (($g - $w) | fabs) <= $slack then empty
         else "\($row[0]) \($name) is \($g), must be \($w)" end),
      ($got.gap | to_entries[] | select(.value == null or (.value | fabs) > 0.0001) | "month \(.key): gap \(.value)"),
      (if ($rows | length) == 36 and ($got.nrr | length) == 36 then empty else "not 36 months" end)' "$1.json" > "$1.bad"
  [ ! -s "$1.bad" ] || { echo "$1:"; head -n 8 "$1.bad"; bad=1; }
}

# A first of the month in the data stands for its month: any day of that month gives the same figures.
for from in 2022-01-01 2022-01-15 2022-01-31 2022-01; do
  series "firsts_of_months_seen_from_$from" $from 2024-12-31 << 'END'
entity payment from "mrr"
  belongs to customer by "customer"
  at "month"
  paid date "month"
  amount money "mrr"
kpi mrr of customer = (sum of amount over payment in this month) else 0
kpi first_paid of customer = min of paid over payment
END
done

# A month's last day is not seen before it comes, so the month is looked at from the first day of the next one.
series ends_of_months 2022-02-01 2025-01-01 << 'END'
entity payment from "month_ends"
  belongs to customer by "customer"
  at "day"
  paid date "day"
  amount money "mrr"
kpi mrr of customer = (sum of amount over payment in previous month) else 0
kpi first_paid of customer = min of paid over payment
END

# A history holds its last value until the next record, so months without revenue are records of 0.
series history 2022-01-01 2024-12-01 << 'END'
  recorded money history "history" by "customer" at "day" value "mrr" fresh 31d
entity payment from "mrr"
  belongs to customer by "customer"
  at "month"
  paid date "month"
kpi mrr of customer = recorded else 0
kpi first_paid of customer = min of paid over payment
END

# `until` is the first day without it, `through` the last day with it.
series until 2022-01-01 2024-12-01 << 'END'
entity run from "runs"
  belongs to customer by "customer"
  active from "start" until "stop"
  started date "start"
  amount money "mrr"
kpi mrr of customer = (sum of amount over run where active) else 0
kpi first_paid of customer = min of started over run
END
series through 2022-01-01 2024-12-01 << 'END'
entity run from "runs"
  belongs to customer by "customer"
  active from "start" through "last"
  started date "start"
  amount money "mrr"
kpi mrr of customer = (sum of amount over run where active) else 0
kpi first_paid of customer = min of started over run
END
test $bad -eq 0
