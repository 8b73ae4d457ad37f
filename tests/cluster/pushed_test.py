"""Sums that the server works out: those of SQLite, over random rows with holes, and worked out there indeed; what must not be
worked out there is streamed."""
import contextlib
import os
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

import servers
from same import VIGIE, Same

RULES = """language 1
calendar
  currency EUR
entity account from "accounts"
  key "id"
entity event from "events"
  belongs to account by "account"
  {life}
  day date "day"
  until date "until"
  amount money "amount"
  n number "n"
  kind text "kind"
  ok flag "ok"
team CS
  assigns "cs@acme.example"
"""
LIVES = ['at "day"', 'exists from "day" until "until"', 'exists from "day" through "until"']
# Over all rows, and over those of a month; NULL is unknown, and, or, not are Kleene's.
CONDITIONS = ["", "", "ok", "not ok", "n > 3", "n >= 0 and not ok", 'kind = "new"', 'kind != "new" or n < 2', "amount > 50 EUR",
              "until is unknown", "until > 2026-02-10 or ok", "amount is known and n is unknown", "n * 2 + 1 > 9",
              'not (kind = "old" and ok)', "day > 2026-01-20 and amount < 900 EUR"]
FUNCTIONS = ["count of event", "sum of amount over event", "avg of n over event", "min of amount over event",
             "max of n over event", "sum of n over event", "share of event", "avg of amount over event"]
KPIS = 16  # more are streamed: GROUPED_SUMS_MAX
WINDOWS = ["", " in last 30d", " in 2026-01"]
COLUMNS = {"id": "integer", "account": "text", "day": "date", "until": "date", "amount": "numeric", "n": "integer",
           "kind": "text", "ok": "boolean"}


def rows(rng, n, decimals):
    def maybe(value, share=0.15):
        return None if rng.random() < share else value

    def day():
        return f"2026-0{rng.randint(1, 2)}-{rng.randint(1, 28):02d}"
    for i in range(n):
        amount = maybe(rng.randint(-20000, 100000) / 100)
        if decimals and i == n // 2:
            amount = 12.345
        yield (i, maybe(rng.choice(["A", "B", "C", "D", "nobody"]), 0.05), maybe(day(), 0.05), maybe(day(), 0.5), amount,
               maybe(rng.randint(-5, 9)), maybe(rng.choice(["new", "old", "", "côté", "A'b"])), maybe(rng.randint(0, 1)))


def expression(rng):
    function, window, condition = rng.choice(FUNCTIONS), rng.choice(WINDOWS), rng.choice(CONDITIONS)
    if function.startswith("share") and not condition:
        condition = "ok"
    return function + window + (f" where {condition}" if condition else "")


def policy(rng):
    rules = [RULES.format(life=rng.choice(LIVES))]
    for k in range(KPIS):
        rules.append(f"kpi k{k} of account = {expression(rng)}\n")
    rules.append("rule r for account\n  when true\n  -> assign CS\n  do \"" + " ".join("{k%d};" % k for k in range(KPIS)) + "\"\n")
    return "".join(rules)


class Pushed(Same):
    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="vigie-pushed-")
        self.addCleanup(shutil.rmtree, self.home)

    def world(self, seed, decimals=False, text=None, n=None):
        """A policy of random sums, and its data in SQLite; text: instead of a kind of event."""
        rng = random.Random(seed)
        rules, data = os.path.join(self.home, f"{seed}.vigie"), os.path.join(self.home, f"{seed}.db")
        with open(rules, "w", encoding="utf-8") as f:
            f.write(policy(rng))
        db = sqlite3.connect(data)
        db.execute("CREATE TABLE accounts (id)")
        db.executemany("INSERT INTO accounts VALUES (?)", [("A",), ("B",), ("C",), ("none",)])
        db.execute(f"CREATE TABLE events ({', '.join(COLUMNS)})")
        events = list(rows(rng, n or rng.randint(30, 300), decimals))
        if text is not None:
            events[5] = events[5][:6] + (text, 1)
        db.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", events)
        db.commit()
        db.close()
        return rules, data

    def tables(self, data):
        tables = servers.tables_of(data)
        for t in tables:
            t.types = [COLUMNS[c] if t.name == "events" else "text" for c in t.columns]
            t.rows = [tuple(bool(v) if c == "ok" and v is not None else v for c, v in zip(t.columns, r)) for r in t.rows]
        return tables

    def ask(self, rules, data, pushed):
        """The same everywhere; pushed: whether the server is to work it out."""
        Same.schemas += 1
        cluster, schema = servers.cluster(), f"pushed{Same.schemas}"
        tables = self.tables(data)
        one = servers.load_one(cluster.coordinator, schema, tables)
        nodes = cluster.load(schema + "n", tables, lambda t: "account" if t.name == "events" else "id")
        want = self.said(rules, data)
        for address in (one, nodes):
            self.assertEqual(want, self.said(rules, address), rules)
            ways = self.run_it(rules, address, "--profile").stderr
            self.assertEqual(bool(re.search(r"s  added up by the server$", ways, re.M)), pushed, ways)
        return one, nodes

    def run_it(self, rules, address, *more):
        state = os.path.join(self.home, "state")
        if os.path.exists(state):
            os.unlink(state)
        words = [VIGIE, "run", rules, "--db", address, "--as-of", "2026-03-01", "--state", state, *more]
        return subprocess.run(words, capture_output=True, text=True, timeout=120)

    def said(self, rules, address):
        done = self.run_it(rules, address, "--format", "json", "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        return re.sub(r"postgresql://[^ \"]*|[^ \"]*\.db", "DATA", done.stdout + done.stderr)

    def test_random_sums(self):
        for seed in range(int(os.environ.get("SEED", "1")), int(os.environ.get("SEED", "1")) + int(os.environ.get("SUMS", "8"))):
            with self.subTest(seed=seed):
                rules, data = self.world(seed)
                self.ask(rules, data, True)

    def test_what_the_server_would_take_for_something_else_is_streamed(self):
        for k, text in enumerate([" new", "new\u00a0", "cote\u0301", "\u3000"]):
            with self.subTest(text=text):
                rules, data = self.world(100 + k, text=text)
                with open(rules, "a", encoding="utf-8") as f:
                    f.write("rule last for account\n  when (count of event where kind = \"new\") > 0\n  -> assign CS\n")
                self.ask(rules, data, False)

    def test_what_the_user_has_set_changes_nothing(self):
        rules, data = self.world(60)
        with open(rules, "a", encoding="utf-8") as f:
            f.write('kpi last of account = count of event where kind = "a\\\\b\'c"\n'
                    'rule last for account\n  when last > 0\n  -> assign CS\n  do "{last}"\n')
        with contextlib.closing(sqlite3.connect(data)) as db:
            db.execute("UPDATE events SET account = 'A', day = '2026-02-10', until = NULL, kind = ? WHERE id BETWEEN 5 AND 7", ("a\\b'c",))
            db.commit()
        self.assertIn('"rule": "last"', self.said(rules, data))
        settings = "standard_conforming_strings=off datestyle=German timezone=Asia/Tokyo extra_float_digits=-3".split()
        for address in self.ask(rules, data, True):
            address += "".join(f"%20-c{s.replace('=', '%3D')}" for s in settings)
            self.assertIn("'a\\b''c'", self.run_it(rules, address, "--dump", "sql").stdout)
            self.assertEqual(self.said(rules, data), self.said(rules, address))

    def test_amounts_with_more_digits_than_cents_are_streamed(self):
        rules, data = self.world(50, decimals=True)
        with open(rules, "a", encoding="utf-8") as f:
            f.write("rule last for account\n  when (sum of amount over event) > 0 EUR\n  -> assign CS\n")
        self.ask(rules, data, False)

    def test_nodes_add_up_what_lies_on_them(self):
        rules, data = self.world(1, n=5000)
        _, nodes = self.ask(rules, data, True)
        sql = [line for line in self.run_it(rules, nodes, "--dump", "sql").stdout.splitlines() if "GROUP BY" in line and "count(*)" in line]
        self.assertTrue(sql)
        schema = nodes.rpartition("%3D")[2]
        servers.cluster().coordinator.sql(f"SET search_path = {schema}; ANALYZE events", "data")
        plan = servers.cluster().coordinator.sql(
            f"SET search_path = {schema}; SET enable_partitionwise_aggregate = on; EXPLAIN (COSTS OFF, VERBOSE) {sql[0]}", "data")
        self.assertRegex(plan, r"Relations: Aggregate on")
        self.assertEqual(len(re.findall(r"Remote SQL: SELECT account, count\(\*\)", plan)), 2, plan)


if __name__ == "__main__":
    unittest.main()
