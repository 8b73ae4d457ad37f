#!/bin/bash
# However many names there are, the nearest to a slip is found: among attributes, formulas, KPIs, rules, listed
# texts, teams and tables.
many() { for ((i = 1; i <= ${2:-2500}; i++)); do printf "$1" $i; done; } # a line with %d, N times

{
  echo 'language 1'
  echo 'entity account from "accounts"'
  echo '  key "id"'
  many '  attr_%d number "a"\n'
  echo '  zebra_stripes number "z"'
  printf '  plan text "plan" one of "none"'
  many ', "plan %d"' 80
  echo ', "Enterprise"'
  many 'define formula_%d(x) = x + 1\n'
  echo 'define yearly_revenue(x) = x * 12'
  many 'team T%d\n  assigns "cs@acme.example"\n' 300
  echo 'team Renewals'
  echo '  assigns "cs@acme.example"'
  many 'kpi kpi_%d = count of account\n' 1100
  echo 'kpi quota_of_year = sum of zebra_stripes over account'
  many 'rule rule_%d for account\n  when attr_1 > 3\n  -> assign T1, due 7d\n' 1100
  echo 'rule x_ray for account'
  echo '  when zebra_stripe > 3 and plan is "Enterprize" and yearly_revenu(attr_1) > 3'
  echo '  -> assign T1, due 7d'
  echo 'rule groups for each zebra_strips'
  echo '  when kpi_1 > 3'
  echo '  -> assign Renewal, due 7d'
  echo 'test "t"'
  echo '  on 2026-03-01'
  echo '  given account "A" attr_1 3'
  echo '  expect no x_rays'
  echo '  expect quota_of_yeer = 3'
} >rules.vigie
vigie check rules.vigie >out 2>&1
status=0
for name in '`zebra_stripes`' '"Enterprise"' '`yearly_revenue`' '`x_ray`' '`quota_of_year`'; do
  grep -q "did you mean $name" out || { echo "nothing said of $name"; status=1; }
done
[ $status = 0 ] || grep -A5 error out | head -60
cat >small.vigie <<'END'
language 1
entity account from "zebra"
  key "id"
  n number "n"
kpi a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_one = count of account
kpi a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_two = count of account where n > 1
END
{ many 'create table t%d (id);\n' 600; echo 'create table zebras (id, n);'; } | sqlite3 data.db
vigie check small.vigie --db data.db >out 2>&1
grep -q 'did you mean "zebras"' out || { echo 'nothing said of the last table'; cat out; status=1; }
vigie lint small.vigie >out 2>&1
grep -q 'same_name' out && { echo 'names that differ in their 17th word are one'; cat out; status=1; }
exit $status
