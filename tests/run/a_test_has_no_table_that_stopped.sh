#!/bin/bash
# The rows of a test are an excerpt: the newest of them says nothing of the table, whatever `fresh` and `complete after`.
set -e
cat > rules.vigie <<'R'
language 1

entity account from "a"
  key "id"

entity usage from "u"
  belongs to account by "a"
  at "day" fresh 7d complete after 2d
  n count "n"

kpi usage_30d of account = sum of n over usage in last 30d

team CS
  assigns "cs@acme.example"

rule collapse for account
  when usage_30d drop > 50%
  -> assign CS, due 5d

test "a fall is a fall"
  on 2026-02-25
  given account "A"
  given usage "1" account "A", at 2026-01-01, n 100
  given usage "2" account "A", at 2026-02-01, n 10
  expect collapse
R
vigie test rules.vigie
vigie test rules.vigie | grep -q '1 test passed'
