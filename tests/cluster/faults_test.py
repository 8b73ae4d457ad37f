"""What ends a run in the middle, or before it began: one message, a status of errors, a state that is as it was."""
import hashlib
import os
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


if __name__ == "__main__":
    unittest.main()
