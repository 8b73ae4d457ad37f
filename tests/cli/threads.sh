#!/bin/sh
# With any number of processors a run says the same. The dataset is long enough for several to read it.
set -eu
vigie init company --quiet > init.log
cd company
for n in 1 2 7; do
  vigie run rules --db data.db --as-of 2026-03-01 --state "$n.db" --threads $n --format json > "$n.json" 2> "$n.err"
  vigie kpi rules --db data.db --as-of 2026-03-01 --threads $n --format json > "$n.kpi" 2>> "$n.err"
done
for n in 2 7; do
  cmp 1.json $n.json
  cmp 1.kpi $n.kpi
  cmp 1.err $n.err
done
! vigie run rules --db data.db --threads many 2> wrong.err
grep -q -- '--threads takes a whole number, 0 or more, not "many"' wrong.err
