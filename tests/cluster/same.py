"""The same data and rules asked in SQLite, in one PostgreSQL and through a coordinator with nodes: all that is printed must
be the same bytes."""
import os
import random
import re
import sqlite3
import subprocess
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

import servers

VIGIE = os.path.abspath(os.environ["VIGIE"])
COMMANDS = [["check"], ["plan"], ["run"], ["items", "--all"], ["kpi"], ["lint"]]
ADDRESS = re.compile(r"postgresql://[^ \"]*|[^ \"]*data\.db")
REMARK = re.compile(r"^note: DATA keeps rows on several servers.*\n", re.M)


def key_of(t):
    """What rows are spread by: a column that other tables have too, as a customer's key; else the first."""
    for name in ("account_id", "account", "id"):
        if name in t.columns:
            return name
    return t.columns[0]


def vigie(folder, command, rules, address, day, state):
    words = [VIGIE, *command, rules]
    if command[0] not in ("items",):
        words += ["--db", address]
    if command[0] != "check":
        words += ["--as-of", day]
    if command[0] in ("plan", "run", "items"):
        words += ["--state", state]
    env = {**os.environ, "VIGIE_TODAY": day, "COLUMNS": "100", "TZ": "UTC"}
    done = subprocess.run(words + ["--format", "json"], cwd=folder, env=env, capture_output=True, timeout=120)
    errors = REMARK.sub("", ADDRESS.sub("DATA", done.stderr.decode(errors="replace")))
    output = REMARK.sub("", ADDRESS.sub("DATA", done.stdout.decode(errors="replace")))
    return f"exit {done.returncode}\n{output}{errors.replace(state, 'STATE')}".replace(state, "STATE")


class Same(unittest.TestCase):
    maxDiff = 2000
    schemas = 0

    def store(self, data):
        """Rewrites the file as a database that PostgreSQL can hold too, rows in an order of their own."""
        os.unlink(data)
        db = sqlite3.connect(data)
        for t in self.tables:
            t.tidy()
            random.Random(len(t.rows)).shuffle(t.rows)
            db.execute(f"CREATE TABLE {servers.quoted(t.name)} ({', '.join(servers.quoted(c) for c in t.columns)})")
            db.executemany(f"INSERT INTO {servers.quoted(t.name)} VALUES ({', '.join('?' * len(t.columns))})", t.rows)
        db.commit()
        db.close()

    def same(self, rules, data, day, commands=COMMANDS, tidy=False):
        """Asks everywhere. The data are made such that PostgreSQL can hold them, unless they are already (tidy)."""
        self.tables = servers.tables_of(data)
        if not tidy:
            self.store(data)
        Same.schemas += 1
        cluster, schema = servers.cluster(), f"same{Same.schemas}"
        places = {"SQLite": data, "one": servers.load_one(cluster.coordinator, schema, self.tables),
                  "nodes": cluster.load(schema + "n", self.tables, key_of)}
        with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(len(places)) as pool:
            def ask(name):
                state = os.path.join(home, name + ".state")
                return [vigie(os.path.dirname(rules), c, rules, places[name], day, state) for c in commands]
            said = dict(zip(places, pool.map(ask, places)))
        for name in ("one", "nodes"):
            for command, want, got in zip(commands, said["SQLite"], said[name]):
                self.assertEqual(want, got, f"vigie {command[0]} on {name} ({schema}): {rules}")
