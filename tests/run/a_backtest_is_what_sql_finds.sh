#!/bin/bash
# MUST 19 to 31 of the review: onsets, right, wrong, too early, caught, days of warning, the missed customers, money, base rate,
# flapping, what is no longer asked, weeks over capacity are those of SQL that does not use Vigie, of daily and weekly runs.
# tests/real/churn.sh does the same on a public dataset.
set -euo pipefail
unset VIGIE_TODAY
. "$ROOT/tests/real/churn/compare.sh"
sqlite3 data.db < "$ROOT/tests/real/churn/generate.sql"
compare data.db 2024-02-01 2024-12-31 1 2024-12-31 60 1
# every kind of answer occurs
jq -e '[.rules[] | .right, .too_early] | all(. != null) and (add > 10)' out.json > true.txt
jq -e '[.rules[] | .after_the_fact, .not_asked, .back_again, .carried_in] | length == 12 and add > 10' out.json > true.txt
jq -e '.together | .caught > 5 and (.missed | length) > 2 and .not_asked > 0' out.json > true.txt
# what lives at the end of the span is right only where its window says so: what comes later is not known
compare data.db 2024-03-06 2024-08-31 7 2024-12-31 30 14
