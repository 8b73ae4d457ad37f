#!/bin/bash
# A CRM export of 8,800 opportunities: keys, owners, due days and unknown rows are those of queries that do not use Vigie.
set -euo pipefail
. "$ROOT/tests/real/load.sh"
need maven_crm_sales
csv data.db deals "$datasets/maven_crm_sales/sales_pipeline.csv"
csv data.db accounts "$datasets/maven_crm_sales/accounts.csv"
csv data.db products "$datasets/maven_crm_sales/products.csv"
csv data.db agents "$datasets/maven_crm_sales/sales_teams.csv"

vigie check "$ROOT/tests/real/maven" --db data.db
vigie run "$ROOT/tests/real/maven" --db data.db --as-of 2017-12-31 --format json >out.json 2>notes
answers out.json >got

# What is known of the data: if this fails, it is other data.
test "$(sqlite3 -separator ' ' data.db 'select deal_stage, count(*) from deals group by 1' | tr '\n' ' ')" = \
  'Engaging 1589 Lost 2473 Prospecting 500 Won 4238 '

# Sunday 2017-12-31: five business days later is Friday the 5th, two Tuesday the 2nd, ten the 12th.
cat >oracle.sql <<'SQL'
create temp view d as select *, nullif(account, '') acc, nullif(engage_date, '') eng, nullif(close_date, '') closed from deals;
create temp view a as select s.sales_agent, s.manager,
    count(*) filter (where deal_stage = 'Engaging') engaging,
    count(*) filter (where deal_stage = 'Won') won, count(*) filter (where deal_stage = 'Lost') lost,
    total(iif(deal_stage = 'Won', close_value, 0)) value, count(opportunity_id) deals
  from agents s left join deals using (sales_agent) group by 1, 2;
select 'stalled|' || opportunity_id || '|' || sales_agent || '|2018-01-05' from d
  where deal_stage = 'Engaging' and julianday('2017-12-31') - julianday(eng) > 90;
select 'stalled_and_large|' || opportunity_id || '|' || sales_agent || '|2018-01-02' from d join products using (product)
  where deal_stage = 'Engaging' and julianday('2017-12-31') - julianday(eng) > 90 and cast(sales_price as int) >= 5000;
select 'stalled_and_large|unknown|' || count(*) from d where product not in (select product from products)
  and deal_stage = 'Engaging' and julianday('2017-12-31') - julianday(eng) > 90;
select 'no_account|' || opportunity_id || '|revops@maven.example|2017-12-31' from d
  where deal_stage in ('Engaging', 'Prospecting') and acc is null;
select 'product_misspelt|' || opportunity_id || '|revops@maven.example|2018-01-12' from d where product = 'GTXPro';
select 'not_engaged|' || opportunity_id || '|' || sales_agent || '|2018-01-07' from d where deal_stage = 'Prospecting';
select 'flooded|' || sales_agent || '|' || manager || '|2018-01-07' from a where engaging > 60;
select 'never_sold|' || sales_agent || '|' || manager || '|2017-12-31' from a where won = 0;
select 'loses|' || sales_agent || '|' || manager || '|2017-12-31' from a where won * 100 < 60 * (won + lost);
select 'loses|unknown|' || count(*) from a where won + lost = 0;
select 'large_value|' || sales_agent || '|' || manager || '|-' from a where value > (select sum(value) from a) / 10;
SQL
sqlite3 data.db <oracle.sql | grep -v 'unknown|0$' | LC_ALL=C sort >want
diff want got

# The facts that were published.
rows() { grep -c "^$1|" want; }
test "$(rows stalled)" = 1479
test "$(rows no_account)" = 1425
test "$(rows not_engaged)" = 500
test "$(rows product_misspelt)" = 1480
test "$(rows never_sold)" = 5
jq -e '[.items[] | select(.rule == "large_value") | .worth] | add > 1000000' out.json >ok

# 8,800 rows and one day later nothing but the days has moved.
vigie run "$ROOT/tests/real/maven" --db data.db --as-of 2017-12-31 --format json 2>notes | jq -e '.changes.opened == 0 and .changes.resolved == 0' >ok
