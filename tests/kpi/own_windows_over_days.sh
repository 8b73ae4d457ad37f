#!/bin/bash
# Windows whose bounds are each row's own (from its renewal, over the length of its contract) and histories: every step of
# a series has the values that the same day has alone. Random data with gaps: unknown days, lengths, rows without a row
# that they belong to, lengths of half a day, records of one time that differ.
set -euo pipefail
cat > make.py << 'END_MAKE'
import random, sqlite3, datetime
r = random.Random(11)
db = sqlite3.connect('data.db')
day = lambda n: str(datetime.date(2025, 1, 1) + datetime.timedelta(n))
some = lambda x: r.choice([x] * 30 + [None])
db.executescript('create table accounts (id, plan, renewal, ended, length, half); create table usage (account, day, events, paid, weight); '
                 'create table scores (account, day, score, plan)')
for i in range(40):
    db.execute('insert into accounts values (?, ?, ?, ?, ?, ?)', (f'a{i:02}', r.choice(['Basic', 'Pro', None]),
               r.choice([None, day(r.randrange(120))]), r.choice([None, day(r.randrange(120))]), r.choice([None, 0, 7, 30, 45]), r.choice([None, 3.5, 10.5])))
    for _ in range(r.randrange(40)):
        db.execute('insert into usage values (?, ?, ?, ?, ?)', (r.choice([f'a{i:02}'] * 30 + [None, 'gone']), some(day(r.randrange(120))),
                   some(r.choice([1, 2, 5])), some(r.choice([0.1, 2.25, 7])), some(r.random())))
    for _ in range(r.randrange(12)):
        d = day(r.randrange(120))
        for _ in range(r.choice([1, 1, 1, 2])):
            db.execute('insert into scores values (?, ?, ?, ?)', (f'a{i:02}', d, r.choice([None, 10, 20.5, 30]), r.choice([None, 'Basic', 'Pro'])))
db.commit()
END_MAKE
cat > policy.vigie << 'END_POLICY'
language 1
calendar
  currency EUR
entity account from "accounts"
  key "id"
  plan text "plan"
  renewal date "renewal"
  ended date "ended"
  length duration "length" in days
  half duration "half" in days
  score score history "scores" by "account" at "day" value "score"
  fresh_score score history "scores" by "account" at "day" value "score" fresh 9d
  plan_then text history "scores" by "account" at "day" value "plan"
entity usage from "usage"
  belongs to account by "account"
  at "day"
  day date "day"
  events count "events"
  paid money "paid"
  weight number "weight"
kpi since_renewal of account = sum of events over usage where day >= account.renewal
kpi in_contract of account = sum of events over usage where day >= today - account.length
kpi in_contract_strictly of account = count of usage where today - account.length < day
kpi in_half of account = sum of events over usage where day > today - account.half
kpi to_come of account = sum of events over usage where day + account.length >= today
kpi long_over of account = avg of events over usage where day + account.half < today
kpi renewing of account = sum of events over usage in last 30d where account.renewal within 14d
kpi ending of account = count of usage where account.ended in last 20d
kpi not_ended of account = sum of events over usage where account.ended > today or account.ended is unknown
kpi paid_since of account = sum of paid over usage where day >= today - account.length
kpi weighed of account = sum of weight over usage where day >= today - account.length
kpi ahead = sum of events over usage where account.renewal - account.length >= today
kpi share_in = share of usage where day >= today - account.length
kpi in_by_plan by account.plan = sum of events over usage where day >= today - account.length and events > 1
kpi in_means = avg of in_contract over account
kpi paid_by_plan by account.plan = avg of paid over usage where day >= today - account.half
kpi renewals = count of account where renewal within 14d
kpi scores = avg of score over account
kpi fresh_scores of account = fresh_score
kpi rises = count of account where (score rise over 30d) > 0
kpi pro = count of account where plan_then is "Pro"
kpi usual of account = avg of score each day in last 10d
END_POLICY
python3 make.py
values() { jq -Sc '.kpis[] | .value |= (if type == "number" then (. * 1e6 | round) else . end)' | LC_ALL=C sort; }
vigie kpi policy.vigie --db data.db --from 2025-02-20 --to 2025-03-20 --every day --format json --quiet | values > series
for day in 2025-02-20 2025-02-28 2025-03-09 2025-03-20; do
  vigie kpi policy.vigie --db data.db --as-of $day --format json --quiet | values > alone
  grep "\"day\":\"$day\"" series > step
  diff alone step
  test "$(grep -o '"kpi":"[a-z_]*"' alone | sort -u | wc -l)" = 22
done
