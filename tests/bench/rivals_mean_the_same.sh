#!/bin/bash
# The rules of the bench mean the same to each program that tests/bench/rivals asks, also where a rule just holds: 60
# accounts, among them some without a score of this month, of the month before, and without usage.
here=$ROOT/tests/bench/rivals.d
sed 's/i < 200000/i < 60/' "$ROOT/tests/bench/dataset.sql" | sqlite3 data.db >/dev/null
sqlite3 data.db >/dev/null <<'END_OF_SQL'
update accounts set renewal_date = date('2026-02-26', account_id || ' days');
update health_daily set score = 90 - account_id where day > '2026-02-01';
update health_daily set score = 90 where day < '2026-02-01';
update feature_usage set usage_count = 100 where usage_date <= '2026-02-22';
update feature_usage set usage_count = 100 - account_id where usage_date > '2026-02-22';
delete from health_daily where account_id = 20 and day > '2026-02-01'; -- 45 days old: it counts
delete from health_daily where account_id = 21 and day > '2026-01-01'; -- 76 days old: it does not
update health_daily set day = '2026-01-14' where account_id = 22 and day = '2026-01-15';
delete from health_daily where account_id = 22 and day > '2026-02-01'; -- 46 days old: it does not
delete from health_daily where account_id = 23 and day < '2026-02-01'; -- no past
delete from feature_usage where account_id = 24;
delete from feature_usage where account_id = 25 and usage_date > '2026-02-22';  -- a drop of 100 %
delete from feature_usage where account_id = 26 and usage_date <= '2026-02-22'; -- from nothing to something
END_OF_SQL
printf '%s\n' 'soon 3 0 0' 'month 30 0 0' 'points 90 29 10' 'share 90 0 2250' 'at_the_share 90 0 2900' \
  'at_the_points 90 30 0' 'all 90 15 1550' 'none 90 95 10' | tr ' ' '\t' >rules

"$here/write" vigie <rules >rules.vigie || exit 1
vigie run rules.vigie --db data.db --as-of 2026-03-01 --quiet >said 2>&1 || [ $? = 1 ] || { cat said; exit 1; }
vigie items --all --as-of 2026-03-01 --format json | jq -r '.items[] | .rule + "|" + .key' | LC_ALL=C sort >vigie
# A rule that just does not hold is not one of them, and those with too little data are never.
[ "$(grep -c '^share' vigie)" = 35 ] && [ "$(wc -l <vigie)" -gt 150 ] && ! grep -qE '^(none|.*[|]2[1-3]$)' vigie || { cut -d '|' -f 1 vigie | uniq -c; exit 1; }

agrees() { # FORM
  "$here/write" "$1" <rules | sqlite3 data.db | LC_ALL=C sort >"$1.found"
  diff vigie "$1.found" >"$1.diff" || { echo "$1 differs from vigie:"; head -n 20 "$1.diff"; exit 1; }
}
agrees sqlite
agrees tuned
sqlite3 data.db ".read $here/indexes.sql"
agrees indexed
