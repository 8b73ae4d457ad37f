"""A state in PostgreSQL: the answers of a state in a file, and what only a state that is shared can do: two at once, a
client that is killed, users who may not."""
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest

import servers

VIGIE = os.path.abspath(os.environ["VIGIE"])
LOCK = "1447642949"  # the first number of the advisory locks: src/action/state_remote.c
MOMENT = re.compile(r"20\d\d-\d\d-\d\dT[\d:]{8}Z")
MARK = re.compile(r"((?:vigie |item-)\d+(?:-step-\d+)?-)[0-9a-f]{8}")  # of the first run's moment (state_mark)
RULES = """language 1
calendar
  currency EUR
entity account from "accounts"
  key "id"
  label "name"
  health score "health"
  csm person "csm"
  arr money "arr"
team CS
  assigns account.csm
rule risk for account
  when health < 50
  -> assign CS, due 2d, do "Call {label}: health {health}", worth arr
"""


def run(folder, words, **env):
    """What vigie prints, with its exit status."""
    env = {**os.environ, "COLUMNS": "100", "TZ": "UTC", "VIGIE_USER": "lea@acme.example", **env}
    done = subprocess.run([VIGIE, *words], cwd=folder, env=env, capture_output=True, timeout=120)
    return f"$ {' '.join(words)}\n{done.stdout.decode()}{done.stderr.decode()}[exit {done.returncode}]\n"


def replace(path, pairs):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    for old, new in pairs:
        if old not in text:
            raise RuntimeError(f"{path} has no {old}")
        text = text.replace(old, new)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


class Wire:
    """A way to a server that is cut when a client keeps what it did: before the server hears of it, or after."""

    def __init__(self, port, server_hears, again):
        self.port, self.server_hears, self.again = port, server_hears, again
        self.ear = socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self.ear.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                client, _ = self.ear.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.port))
            cut = threading.Event()
            threading.Thread(target=self.carry, args=(client, server, cut, True), daemon=True).start()
            threading.Thread(target=self.carry, args=(server, client, cut, False), daemon=True).start()

    def carry(self, source, to, cut, from_client):
        with contextlib.suppress(OSError):
            while (data := source.recv(65536)) and not cut.is_set():
                if from_client and b"COMMIT\0" in data:
                    cut.set()
                    if not self.again:
                        self.close()
                    if not self.server_hears:
                        break
                to.sendall(data)
        for s in (source, to):
            with contextlib.suppress(OSError):
                s.shutdown(socket.SHUT_RDWR)
        source.close()

    def close(self):
        with contextlib.suppress(OSError):
            self.ear.shutdown(socket.SHUT_RDWR)
        self.ear.close()


class State(unittest.TestCase):
    maxDiff = 4000
    databases = 0

    def setUp(self):
        self.server = servers.cluster().coordinator
        self.home = tempfile.mkdtemp(prefix="vigie-state-")
        self.addCleanup(shutil.rmtree, self.home)
        self.database, self.address = self.new_database()

    def new_database(self):
        State.databases += 1
        name = f"state_{State.databases}"
        self.server.sql(f"CREATE DATABASE {name}")
        return name, self.at(name)

    def at(self, database, user="vigie"):
        return f"postgresql://{user}@127.0.0.1:{self.server.port}/{database}"

    def sql(self, text):
        return self.server.sql(text, self.database).strip()

    def project(self, rows):
        """A folder with a rule of its own and so many accounts that it opens items for."""
        with open(os.path.join(self.home, "r.vigie"), "w", encoding="utf-8") as f:
            f.write(RULES)
        db = sqlite3.connect(os.path.join(self.home, "data.db"))
        db.execute("CREATE TABLE accounts (id TEXT, name, health, csm, arr)")
        db.executemany("INSERT INTO accounts VALUES (?, ?, ?, ?, ?)",
                       [(f"A{i}", f"Account {i}", 20 + i % 20, f"p{i % 9}@x.example", 100 + i) for i in range(rows)])
        db.commit()
        db.close()

    def vigie(self, *words, state=None, **env):
        return run(self.home, [*words, "--state", state or self.address], **env)

    def run_day(self, day, state=None, **env):
        return self.vigie("run", "r.vigie", "--db", "data.db", "--as-of", day, "--format", "json", state=state, **env)

    def items(self, day, state=None):
        said = self.vigie("items", "--as-of", day, "--format", "json", "--status", "all", state=state)
        return said.replace(state or self.address, "STATE")

    def rows(self):
        """All that the state holds."""
        return self.sql("SELECT " + " || ".join(
            f"coalesce((SELECT md5(string_agg(x::text, '' ORDER BY x::text)) FROM vigie.{t} x), '-')"
            for t in ("run", "item", "because", "step", "audit", "outbox", "telling", "message", "setting", "rule")))

    def stopped_run(self, day, rows=1500):
        """A run that has the lock and is halted there."""
        words = [VIGIE, "run", "r.vigie", "--db", "data.db", "--as-of", day, "--state", self.address]
        process = subprocess.Popen(words, cwd=self.home, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        psql = subprocess.Popen([servers.BIN + "/psql", self.address, "-XqAt"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                text=True, bufsize=1)
        self.addCleanup(psql.communicate)
        while process.poll() is None:
            psql.stdin.write(f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = {LOCK} AND granted;\n")
            psql.stdin.flush()
            if psql.stdout.readline().strip() != "0":
                process.send_signal(signal.SIGSTOP)
                return process
        self.fail(f"the run ended too soon: {process.communicate()}")

    # ---- the same answers --------------------------------------------------------------------------------------

    def scenario(self, folder, state):
        said = []

        def do(*words, **env):
            said.append(run(folder, [*words, "--state", state], **env))

        def move(day, *words, by="lea@acme.example"):
            do("items", *words, "--as-of", day, "--format", "json", VIGIE_USER=by)

        def run_on(day):
            do("run", "rules", "--db", "data.db", "--as-of", day, "--format", "json")

        for day in ("2026-02-20", "2026-02-23", "2026-02-24"):
            run_on(day)
        do("items", "--as-of", "2026-02-24", "--format", "json")
        move("2026-02-24", "done", "1", "--outcome", "useful", by="ana@acme.example")
        move("2026-02-24", "snooze", "2", "--until", "2026-03-02", "--note", "waits for \"legal\"; it's ünsure \\ 100 %",
             by="Lea@Acme.example")
        move("2026-02-24", "assign", "3", "--to", "Max@acme.example", "--yes")
        move("2026-02-24", "ack", "4", "5")
        move("2026-02-24", "dismiss", "6", "--note", "two\nlines", "--outcome", "false-alarm")
        move("2026-02-24", "due", "7", "--to", "2026-03-20")
        move("2026-02-24", "note", "8", "Élodie is away")
        move("2026-02-24", "done", "999")
        do("deliver", "--dry-run", "--format", "json", VIGIE_NOW="2026-02-24 09:00")
        os.mkdir(os.path.join(folder, "out"))
        for day in ("2026-02-24", "2026-03-01", "2026-03-02", "2026-03-09"):
            do("plan", "rules", "--db", "data.db", "--as-of", day, "--format", "json")
            run_on(day)
            do("deliver", "--out", "out", "--format", "json", VIGIE_NOW=f"{day} 10:00")
        move("2026-03-09", "reopen", "1")
        run_on("2026-03-01")
        run_on("2026-03-09")
        do("deliver", "--out", "out", "--format", "json", VIGIE_NOW="2026-03-09 11:00")
        for ask in ((), ("--status", "all"), ("--late",), ("--owner", "MAX@ACME.EXAMPLE"), ("--team", "CS"), ("--escalated",),
                    ("--account", "sys"), ("--due", "next-week"), ("--owner", "none"), ("--owner", "who@x.example")):
            do("items", *ask, "--as-of", "2026-03-10", "--format", "json")
        do("items", "--status", "all", "--as-of", "2026-03-10", "--format", "csv")
        do("items", "show", *"12345678", "--as-of", "2026-03-10", "--format", "json")
        do("items", "stats", "--as-of", "2026-03-10", "--format", "json")
        do("kpi", "rules", "--db", "data.db", "--published", "--format", "json")
        do("report", "rules", "--db", "data.db", "--as-of", "2026-03-09", "--format", "json")
        do("explain", "#2", "rules", "--db", "data.db", "--as-of", "2026-03-09")
        do("diff", "rules", "rules", "--db", "data.db", "--as-of", "2026-03-09", "--format", "json")
        do("deliver", "--failed", "--format", "json")
        for name in ("revenue.vigie", "tests.vigie"):
            replace(os.path.join(folder, "rules", name), [("renewal_at_risk", "renewal_endangered")])
        replace(os.path.join(folder, "rules/revenue.vigie"),
                [("rule renewal_endangered for account\n", "rule renewal_endangered for account\n  was renewal_at_risk\n")])
        run_on("2026-03-16")
        do("items", "--as-of", "2026-03-16", "--format", "json", "--status", "all")
        for name in sorted(os.listdir(os.path.join(folder, "out"))):
            with open(os.path.join(folder, "out", name), encoding="utf-8", newline="") as f:
                said.append(f"== {name}\n{f.read()}")
        return MARK.sub(r"\1MARK", MOMENT.sub("MOMENT", "".join(said)).replace(state, "STATE"))

    def test_commands_say_what_they_say_of_a_file(self):
        first = os.path.join(self.home, "file")
        subprocess.run([VIGIE, "init", first, "--quiet"], check=True)
        replace(os.path.join(first, "rules/revenue.vigie"), [
            ("  capacity 15\n", "  capacity 40\n  tell calendar\n  tell tasks hubspot\n"),
            ("  assigns \"vp-cs@acme.example\"\n", "  assigns \"vp-cs@acme.example\"\n  tell calendar\n"),
            ("  assigns \"billing@acme.example\"\n", "  assigns \"billing@acme.example\"\n  tell tasks hubspot\n")])
        second = os.path.join(self.home, "shared")
        shutil.copytree(first, second)
        want = self.scenario(first, "shared.db")
        self.assertGreater(want.count("\n"), 50000)
        self.assertNotIn("[exit 3]", want, re.findall("error.*", want)[:3])
        have = self.scenario(second, self.address)
        if have != want:
            pairs = [(w, h) for w, h in zip(want.split("\n"), have.split("\n")) if w != h]
            self.fail(f"{len(pairs)} lines differ, such as (file, PostgreSQL): {pairs[:5]}")

    # ---- more than one client ----------------------------------------------------------------------------------

    def test_a_run_waits_and_then_says_who_has_the_state(self):
        self.project(1500)
        other = self.stopped_run("2026-03-01")
        said = self.run_day("2026-03-01", VIGIE_LOCK_TIMEOUT_MS="100")
        self.assertRegex(said, r"another run \(vigie on \S+, since 20\d\d-\d\d-\d\d [\d:]{8} UTC\) is writing to postgresql://")
        self.assertIn("[exit 2]", said)
        self.assertIn("no state", self.vigie("items"))  # whoever reads waits for nobody
        waiting = subprocess.Popen([VIGIE, "run", "r.vigie", "--db", "data.db", "--as-of", "2026-03-02", "--state", self.address],
                                   cwd=self.home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        other.send_signal(signal.SIGCONT)
        self.assertEqual(other.wait(60), 0)
        self.assertEqual(waiting.wait(60), 0, waiting.stderr.read())
        waiting.stderr.close()
        self.assertEqual(self.sql("SELECT count(*), count(DISTINCT key), max(id) FROM vigie.item"), "1500|1500|1500")
        self.assertEqual(self.sql("SELECT string_agg(as_of, ' ' ORDER BY id) FROM vigie.run"), "2026-03-01 2026-03-02")

    def test_a_client_that_is_killed_leaves_the_state_as_before(self):
        self.project(1500)
        self.run_day("2026-03-01", state="file.db")
        for day in ("2026-03-01", "2026-03-09"):
            for rest in (0, 0.03, 0.1, 0.2):
                before = self.rows() if day != "2026-03-01" else None
                process = self.stopped_run(day)
                process.send_signal(signal.SIGCONT)
                time.sleep(rest)
                process.kill()
                process.wait()
                if process.returncode == 0:
                    break
                while self.sql(f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = {LOCK}") != "0":
                    time.sleep(0.01)
                if before:
                    self.assertEqual(self.rows(), before)
                else:
                    self.assertIn("no state", self.items("2026-03-01"))
            self.run_day(day, state="file.db")
            self.run_day(day)
            self.assertEqual(self.items(day), self.items(day, state="file.db"))

    def test_a_server_that_is_gone_is_one_message(self):
        self.project(1500)
        other = self.stopped_run("2026-03-01")
        self.sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        other.send_signal(signal.SIGCONT)
        _, said = other.communicate(timeout=60)
        self.assertEqual(other.returncode, 2)
        self.assertEqual(said.count(b"\n"), 1, said)
        self.assertIn(b"the state is as it was before", said)
        self.assertIn("no state", self.vigie("items"))
        self.assertIn("[exit 0]", self.run_day("2026-03-01"))

    def test_a_connection_that_is_lost_while_the_state_is_kept(self):
        """Kept or not is found out by looking; where nobody can look, that is said, and how to."""
        self.project(20)
        for server_hears, again, says, items in (
                (True, True, "at the end of the run, yet its items are in", 20),
                (False, True, "the state is as it was before: look whether the server runs", 0),
                (True, False, "cannot be read back: whether its items are in it is not known. Look whether the server runs, "
                              "then look with `vigie items`", 20)):
            with self.subTest(says):
                self.database, self.address = self.new_database()
                wire = Wire(self.server.port, server_hears, again)
                self.addCleanup(wire.close)
                said = self.run_day("2026-03-01", state=f"postgresql://vigie@{wire.place}/{self.database}")
                self.assertIn("[exit 2]", said)
                self.assertIn(says, said)
                self.assertEqual(said.count("\nvigie: "), 1, said)
                there = self.sql("SELECT to_regclass('vigie.item') IS NOT NULL") == "t"
                self.assertEqual(int(self.sql("SELECT count(*) FROM vigie.item")) if there else 0, items)
                self.assertIn("[exit 0]", self.run_day("2026-03-01"))  # what the message says to do
                self.assertEqual(self.sql("SELECT count(*) FROM vigie.item"), "20")

    def test_a_change_whose_connection_is_lost_while_it_is_kept(self):
        self.project(3)
        self.run_day("2026-03-01")
        for server_hears, says in ((True, "at the end of the change by lea@acme.example, yet it is in"), (False, "as it was before")):
            with self.subTest(says):
                wire = Wire(self.server.port, server_hears, True)
                self.addCleanup(wire.close)
                state = f"postgresql://vigie@{wire.place}/{self.database}"
                said = self.vigie("items", "note", "1", "one" if server_hears else "two", "--as-of", "2026-03-01", state=state)
                self.assertIn("[exit 2]", said)
                self.assertIn(says, said)
        self.assertEqual(self.sql("SELECT count(*) FROM vigie.audit WHERE person IS NOT NULL"), "1")

    def test_one_delivery_at_a_time(self):
        self.project(3)
        self.run_day("2026-03-01")
        psql = subprocess.Popen([servers.BIN + "/psql", self.address, "-XqAt"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        psql.stdin.write(f"SELECT pg_advisory_lock({LOCK}, 2); SELECT 'held';\n")
        psql.stdin.flush()
        while psql.stdout.readline().strip() != "held":
            pass
        self.assertIn("another vigie deliver is sending from postgresql://", self.vigie("deliver"))
        psql.communicate()
        self.assertIn("[exit 0]", self.vigie("deliver"))

    # ---- what may be in the way --------------------------------------------------------------------------------

    def test_who_may_what(self):
        self.project(3)
        self.server.sql("CREATE ROLE nobody_yet LOGIN; CREATE ROLE reader LOGIN")
        nobody, reader = self.at(self.database, "nobody_yet"), self.at(self.database, "reader")
        said = self.run_day("2026-03-01", state=nobody)
        self.assertIn("the items cannot be kept in postgresql://", said)
        self.assertIn('CREATE SCHEMA vigie AUTHORIZATION "nobody_yet"', said)
        self.assertIn("[exit 2]", said)
        self.run_day("2026-03-01")
        self.sql("GRANT USAGE ON SCHEMA vigie TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA vigie TO reader")
        self.assertEqual(self.items("2026-03-02", state=reader), self.items("2026-03-02"))
        self.assertIn("[exit 0]", self.vigie("deliver", "--dry-run", state=reader))
        before = self.rows()
        said = self.vigie("items", "done", "1", "--as-of", "2026-03-02", state=reader)
        self.assertIn("the items cannot be kept in", said)
        self.assertEqual(self.rows(), before)
        said = self.vigie("items", state=self.at(self.database, "nobody_yet"))
        self.assertIn("[exit 2]", said)
        self.server.sql("REASSIGN OWNED BY reader TO vigie; DROP OWNED BY reader", self.database)

    def test_a_schema_of_something_else_is_left_alone(self):
        self.project(3)
        self.sql("CREATE SCHEMA vigie; CREATE TABLE vigie.item (id int)")
        self.assertIn("tables of something else", self.run_day("2026-03-01"))
        self.assertEqual(self.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'vigie'"), "1")

    def test_an_older_state_is_brought_up_to_date(self):
        self.project(9)
        self.run_day("2026-03-01")
        self.vigie("items", "done", "2", "--as-of", "2026-03-01")
        want = self.items("2026-03-01")
        version = int(self.sql("SELECT version FROM vigie.version"))
        self.sql("ALTER TABLE vigie.item DROP newly_asked; DROP INDEX vigie.audit_item; UPDATE vigie.version SET version = version - 1")
        self.assertIn("written by an older Vigie", self.items("2026-03-01"))
        self.run_day("2026-03-01")
        self.assertEqual(self.items("2026-03-01"), want)
        self.assertEqual(self.sql("SELECT version FROM vigie.version"), str(version))
        self.assertEqual(self.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'vigie' AND tablename LIKE 'old%'"), "0")
        self.assertEqual(self.sql("SELECT count(*) FROM pg_indexes WHERE indexname = 'audit_item'"), "1")
        self.vigie("items", "done", "3", "--as-of", "2026-03-01")
        self.assertEqual(self.sql("SELECT count(*) = max(id) FROM vigie.audit"), "t")
        self.sql("UPDATE vigie.version SET version = version + 1")
        self.assertIn("written by a newer Vigie", self.run_day("2026-03-02"))


if __name__ == "__main__":
    unittest.main()
