"""What ends a run in the middle, or before it began: one message, a status of errors, a state that is as it was."""
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
import unittest

import servers

VIGIE = os.path.abspath(os.environ["VIGIE"])
RULES = """language 1
entity account from "accounts"
  key "id"
entity event from "events"
  key "id"
  belongs to account by "account"
  amount number "amount"
team CS
  assigns "cs@acme.example"
rule much for account
  when (sum of amount over event) >= 0
  -> assign CS
"""
TABLES = """CREATE SCHEMA {s}; SET search_path = {s};
CREATE TABLE accounts (id text); INSERT INTO accounts VALUES ('A'), ('B');
CREATE TABLE stored (id int, account text, amount numeric);
INSERT INTO stored SELECT i, CASE i % 2 WHEN 0 THEN 'A' ELSE 'B' END, i FROM generate_series(1, 20000) i;
CREATE FUNCTION wait() RETURNS numeric LANGUAGE sql VOLATILE AS 'SELECT 0::numeric FROM pg_sleep(0.001)';
CREATE VIEW events AS SELECT id, account, amount + {s}.wait() AS amount FROM stored;
"""


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


class Faults(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="vigie-faults-")
        self.addCleanup(shutil.rmtree, self.home)
        self.rules, self.state = os.path.join(self.home, "rules.vigie"), os.path.join(self.home, "actions.db")
        with open(self.rules, "w", encoding="utf-8") as f:
            f.write(RULES)

    def start(self, address, **env):
        words = [VIGIE, "run", self.rules, "--db", address, "--as-of", "2026-03-01", "--state", self.state, "--quiet"]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **env})
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def finish(self, process):
        out, errors = process.communicate(timeout=60)
        return process.returncode, out, errors

    def one_message(self, process, *parts):
        status, out, errors = self.finish(process)
        self.assertEqual(status, 2, errors)
        self.assertEqual(out, "")
        self.assertEqual(len(errors.strip().splitlines()), 1, errors)
        for part in parts:
            self.assertIn(part, errors)
        return errors

    def slow_events(self, schema, server):
        """Events that a server takes some 20 s to hand over."""
        server.sql(TABLES.format(s=schema), "data")

    def first_run(self, server, schema):
        """A run that ends well, over few events; the state that it leaves."""
        server.sql(f"CREATE SCHEMA {schema}; SET search_path = {schema}; CREATE TABLE accounts (id text);"
                   "INSERT INTO accounts VALUES ('A'); CREATE TABLE events (id int, account text, amount numeric);"
                   "INSERT INTO events VALUES (1, 'A', 5)", "data")
        status, _, errors = self.finish(self.start(server.address(schema)))
        self.assertEqual((status, errors), (0, ""))
        return digest(self.state)

    def until_reading(self, server):
        for _ in range(400):
            if server.sql("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND (query LIKE 'FETCH%' "
                          "OR query LIKE 'COPY%')").strip() != "0":
                return
            time.sleep(0.025)
        self.fail("nobody reads")

    def test_a_node_that_dies_in_the_middle(self):
        cluster = servers.cluster()
        node = cluster.nodes[1]
        before = self.first_run(cluster.coordinator, "killed0")
        self.slow_events("killed", node)
        cluster.coordinator.sql("CREATE SCHEMA killed; SET search_path = killed; CREATE TABLE accounts (id text);"
                                "INSERT INTO accounts VALUES ('A'), ('B');"
                                "CREATE FOREIGN TABLE events (id int, account text, amount numeric) SERVER node1 "
                                "OPTIONS (schema_name 'killed', fetch_size '100')", "data")
        run = self.start(cluster.coordinator.address("killed"))
        self.until_reading(node)
        node.stop()
        self.addCleanup(node.start)
        self.one_message(run, "while reading events", "un again when")
        self.assertEqual(digest(self.state), before)

    def test_the_server_itself_dies(self):
        cluster = servers.cluster()
        server = cluster.nodes[0]
        before = self.first_run(server, "alone0")
        self.slow_events("alone", server)
        run = self.start(server.address("alone"))
        self.until_reading(server)
        server.stop()
        self.addCleanup(server.start)
        self.one_message(run, "the connection to postgresql://vigie@127.0.0.1", "was lost (while reading events)")
        self.assertEqual(digest(self.state), before)

    def test_nobody_is_let_in(self):
        server = servers.cluster().coordinator
        host = f"127.0.0.1:{server.port}"
        self.one_message(self.start(f"postgresql://vigie@{host}/nowhere"), 'database "nowhere" does not exist')
        self.one_message(self.start(f"postgresql://nobody@{host}/data"), 'role "nobody" does not exist')
        self.one_message(self.start("service=ours"), 'definition of service "ours" not found')
        errors = self.one_message(self.start(f"postgresql://vigie:SESAME@{host}/data"), "holds a password")
        self.assertNotIn("SESAME", errors)

    def test_a_right_that_is_missing(self):
        server = servers.cluster().coordinator
        server.sql("CREATE SCHEMA closed; SET search_path = closed; CREATE TABLE accounts (id text);"
                   "CREATE TABLE events (id int, account text, amount numeric); CREATE ROLE ana LOGIN;"
                   "GRANT USAGE ON SCHEMA closed TO ana; GRANT SELECT ON accounts TO ana", "data")
        self.one_message(self.start(server.address("closed").replace("vigie@", "ana@")),
                         "(while reading events): permission denied for table events. Ask for the right: GRANT SELECT")

    def test_a_service_names_the_database(self):
        server = servers.cluster().coordinator
        self.first_run(server, "served")
        services = os.path.join(self.home, "services")
        with open(services, "w", encoding="utf-8") as f:
            f.write(f"[crm]\nhost=127.0.0.1\nport={server.port}\nuser=vigie\ndbname=data\noptions=-csearch_path=served\n")
        status, _, errors = self.finish(self.start("service=crm", PGSERVICEFILE=services))
        self.assertEqual((status, errors), (0, ""))

    # ---- a server that will not add up -------------------------------------------------------------------------

    def refusing(self, schema, state):
        """Events that a server hands over, but does not add up: it says `state` then, or sleeps where there is none."""
        does = f"RAISE EXCEPTION 'not today' USING ERRCODE = '{state}'" if state else "PERFORM pg_sleep(5)"
        server = servers.cluster().coordinator
        server.sql(TABLES.format(s=schema) + f"""
            CREATE FUNCTION balks(n numeric) RETURNS numeric LANGUAGE plpgsql AS $$
            BEGIN IF current_query() LIKE '%GROUP BY%' THEN {does}; END IF; RETURN n; END $$;
            CREATE OR REPLACE VIEW events AS SELECT id, account, {schema}.balks(amount) AS amount FROM stored WHERE id < 100""", "data")
        return server.address(schema)

    def profile(self, address):
        words = [VIGIE, "run", self.rules, "--db", address, "--as-of", "2026-03-01", "--state", self.state, "--profile"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def test_what_the_server_refuses_to_add_up_is_streamed_and_the_profile_says_why(self):
        for state, says in (("42501", "does not let its user do this (while reading events): not today"),
                            ("22003", "not today"), ("53200", "is short of memory"), ("53100", "the disk of"),
                            ("", "canceling statement due to statement timeout")):
            with self.subTest(state=state):
                address = self.refusing("balks" + state, state)
                said = self.profile(address + ("" if state else "%20-cstatement_timeout%3D300"))
                self.assertRegex(said, r"events +99 rows .* as a stream\n    not added up by the server: .*" + re.escape(says))

    def test_a_node_that_is_lost_while_it_adds_up_ends_the_run(self):
        for state in ("08006", "HV00N", "57P01"):
            with self.subTest(state=state):
                before = self.first_run(servers.cluster().coordinator, "lost0" + state.lower())
                self.one_message(self.start(self.refusing("lost" + state.lower(), state)), "(while reading events): not today")
                self.assertEqual(digest(self.state), before)
                os.unlink(self.state)

    def test_the_profile_says_which_column_has_to_be_read(self):
        server = servers.cluster().coordinator
        server.sql("CREATE SCHEMA typed; SET search_path = typed; CREATE TABLE accounts (id text); INSERT INTO accounts VALUES ('A');"
                   "CREATE TABLE events (id int, account text, amount text); INSERT INTO events VALUES (1, 'A', '5')", "data")
        self.assertIn('not added up by the server: the type of the column "amount" does not say', self.profile(server.address("typed")))


if __name__ == "__main__":
    unittest.main()
