#!/bin/bash
# A public CRM export (8,800 deals): win rates by product and by manager, won value, sales cycle, against plain SQL. The
# misspelt product stays a group of its own: nothing is repaired in silence.
set -euo pipefail
data=$ROOT/../shared/datasets/maven_crm_sales
if [ ! -d "$data" ]; then
  echo "no ../shared/datasets/maven_crm_sales beside this repository"
  exit 77
fi
sqlite3 data.db ".mode csv" ".import $data/sales_pipeline.csv pipeline" ".import $data/sales_teams.csv teams"
cat > rules.vigie << 'END'
language 1
use std.pipeline

calendar
  currency USD

entity agent from "teams"
  key "sales_agent"
  manager text "manager"

entity deal from "pipeline"
  key "opportunity_id"
  belongs to agent by "sales_agent"
  sold_by text "sales_agent"
  product text "product"
  stage text "deal_stage" one of "Won", "Lost", "Engaging", "Prospecting"
  engaged date "engage_date"
  closed date "close_date"
  value money "close_value"
  won flag = stage is "Won"
  decided flag = stage one of "Won", "Lost"

kpi rate = win_rate(deal, won, decided)
kpi rate_by_product by product = win_rate(deal, won, decided)
kpi rate_by_manager by agent.manager = win_rate(deal, won, decided)
kpi rate_by_value = win_rate_by_value(deal, value, won, decided)
kpi won_value by agent.manager = sum of value over deal where won
kpi deals by product, agent.manager = count of deal
kpi agents_with_deals = count distinct of sold_by over deal
kpi cycle = sales_cycle(deal, engaged, closed, won)
kpi cycle_median by product = sales_cycle_median(deal, engaged, closed, won)
kpi total = won_value else 0 USD
END
vigie kpi rules.vigie --db data.db --as-of 2017-12-31 --format json --quiet > out.json
jq -r '.kpis[] | [.kpi, (.by // {} | .product // "-"), (.by // {} | .manager // "-"), (.value * 1e6 | round)] | join("|")' out.json |
  LC_ALL=C sort > got

sqlite3 data.db > rows << 'SQL'
.mode list
CREATE TEMP VIEW d AS SELECT p.*, t.manager, deal_stage = 'Won' AS won, deal_stage IN ('Won', 'Lost') AS decided,
  CAST(close_value AS INTEGER) AS value, julianday(close_date) - julianday(engage_date) AS days
  FROM pipeline p JOIN teams t USING (sales_agent);
SELECT 'rate', '-', '-', CAST(round(1e6 * sum(won) / sum(decided)) AS INTEGER) FROM d;
SELECT 'rate_by_product', product, '-', CAST(round(1e6 * sum(won) / sum(decided)) AS INTEGER) FROM d GROUP BY product;
SELECT 'rate_by_manager', '-', manager, CAST(round(1e6 * sum(won) / sum(decided)) AS INTEGER) FROM d GROUP BY manager;
SELECT 'rate_by_value', '-', '-', CAST(round(1e6 * sum(won * value) / sum(decided * value)) AS INTEGER) FROM d;
SELECT 'won_value', '-', manager, 1000000 * sum(won * value) FROM d GROUP BY manager;
SELECT 'deals', product, manager, 1000000 * count(*) FROM d GROUP BY product, manager;
SELECT 'agents_with_deals', '-', '-', 1000000 * count(DISTINCT sales_agent) FROM d;
SELECT 'cycle', '-', '-', CAST(round(1e6 * avg(days)) AS INTEGER) FROM d WHERE won;
SELECT 'cycle_median', product, '-', CAST(round(1e6 * avg(days)) AS INTEGER) FROM (
  SELECT product, days, row_number() OVER (PARTITION BY product ORDER BY days) AS i, count(*) OVER (PARTITION BY product) AS n
  FROM d WHERE won) WHERE i IN ((n + 1) / 2, n / 2 + 1) GROUP BY product;
SELECT 'total', '-', '-', 1000000 * sum(won * value) FROM d;
SQL
LC_ALL=C sort rows > want
diff want got
# what the dataset's readers published
jq -e '[.kpis[] | {(.kpi): .value}] | add | (.rate * 10000 | round) == 6315 and .total == 10005534
       and (.cycle * 100 | round) == 5178 and .agents_with_deals == 30' out.json > facts
grep -q '^rate_by_product|GTXPro|' got
