#!/bin/bash
# People are shown the largest rows of the last day. Those of a series are the same ones as of that day alone, and their
# course is that of all rows (CSV): unknown where the row is, or is not there yet. Data that is random, with gaps.
set -euo pipefail
cat > make.py << 'END_MAKE'
import random, sqlite3, datetime
r = random.Random(7)
db = sqlite3.connect('data.db')
day = lambda n: str(datetime.date(2025, 1, 1) + datetime.timedelta(n))
db.executescript('create table accounts (id, since, score); create table usage (account, day, events); '
                 'create table scores (account, day, score)')
for i in range(60):
    db.execute('insert into accounts values (?, ?, ?)', (f'a{i:02}', r.choice(['2024-01-01', day(r.randrange(60)), None]), i))
    for _ in range(r.randrange(12)):
        db.execute('insert into usage values (?, ?, ?)', (f'a{i:02}', r.choice([day(r.randrange(60)), None]), r.choice([None, 1, 2, 5])))
    for _ in range(r.randrange(5)):
        db.execute('insert into scores values (?, ?, ?)', (f'a{i:02}', day(r.randrange(60)), r.choice([None, 10, 20.5, 30])))
db.commit()
END_MAKE
cat > policy.vigie << 'END_POLICY'
language 1
entity account from "accounts"
  key "id"
  exists from "since"
  score score history "scores" by "account" at "day" value "score" fresh 20d
entity usage from "usage"
  belongs to account by "account"
  at "day"
  events count "events"
kpi events_10d of account = sum of events over usage in last 10d
kpi mean_events of account = avg of events over usage
kpi latest_score of account = score
kpi scored of account = if score > 15 then "high" else "low"
END_POLICY
cat > compare.py << 'END_COMPARE'
import csv, sys
rows, last, course = list(csv.DictReader(open('series.csv'))), '2025-03-01', {}
for x in rows:
    course.setdefault(x['by'], {})[x['day']] = x['value']
days = sorted({x['day'] for x in rows})
lines = lambda name: [x.split() for x in open(name) if x.startswith('a')and x[1:3].isdigit()]
series, alone = lines('series.txt'), lines('alone.txt')
assert [x[:2] for x in series] == [x[:2] for x in alone] and len(series) == 20, (series, alone)
for x in series:
    spark = next((c for c in x if len(c) == len(days) and set(c) <= set('▁▂▃▄▅▆▇█·')), None)
    known = [course[x[0]].get(d, '') != '' for d in days]
    assert spark and [c != '·' for c in spark] == known, (x, known)
assert open('series.txt').read().splitlines()[-1] == open('alone.txt').read().splitlines()[-1]
END_COMPARE
python3 make.py
for kpi in events_10d mean_events latest_score scored; do
  vigie kpi policy.vigie --db data.db --only $kpi --as-of 2025-03-01 --quiet > alone.txt
  vigie kpi policy.vigie --db data.db --only $kpi --from 2025-01-20 --to 2025-03-01 --every day --quiet > series.txt
  vigie kpi policy.vigie --db data.db --only $kpi --from 2025-01-20 --to 2025-03-01 --every day --quiet --format csv > series.csv
  python3 compare.py
  grep -q 'largest 20 of\|first 20 of' series.txt
done
