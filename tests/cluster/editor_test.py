"""The language server on a policy whose data are on a server: tables and columns are offered, and what is counted there
stands above a threshold."""
import json
import os
import sqlite3
import subprocess
import tempfile
import unittest

import servers

VIGIE = os.path.abspath(os.environ["VIGIE"])
RULES = """language 1
calendar
  currency EUR
entity account from "accounts"
  key "id"
  label "name"
  arr money "arr"
threshold floor = 8 EUR
team CS
  assigns "cs@acme.example"
rule too_low for account
  when arr < floor
  -> assign CS, due 7d
"""


class Client:
    """An editor, as far as it talks."""

    def __init__(self, folder, address):
        self.process = subprocess.Popen([VIGIE, "lsp", "--db", address], cwd=folder, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, env={**os.environ, "VIGIE_TODAY": "2026-03-01"})
        self.asked = 0

    def tell(self, method, params, **more):
        text = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
        self.process.stdin.flush()

    def hear(self):
        size = 0
        while line := self.process.stdout.readline().strip():
            size = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(size))

    def ask(self, method, params):
        self.asked += 1
        self.tell(method, params, id=self.asked)
        while (answer := self.hear()).get("id") != self.asked:
            pass
        return answer["result"]

    def wait_for(self, method, times):
        while times:
            times -= self.hear().get("method") == method

    def end(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.process.communicate(timeout=20)


class Editor(unittest.TestCase):
    def test_a_server_is_asked_in_the_background(self):
        with tempfile.TemporaryDirectory() as folder:
            data = os.path.join(folder, "data.db")
            with sqlite3.connect(data) as db:
                db.executescript("CREATE TABLE accounts (id, name, arr);"
                                 "INSERT INTO accounts VALUES (1, 'Acme', 5), (2, 'Basalt', 30)")
            db.close()
            address = servers.load_one(servers.cluster().coordinator, "editor", servers.tables_of(data))
            path = os.path.join(folder, "a.vigie")
            with open(path, "w", encoding="utf-8") as f:
                f.write(RULES)
            doc, client = {"uri": "file://" + path}, Client(folder, address)
            client.ask("initialize", {"capabilities": {"workspace": {"codeLens": {"refreshSupport": True}}}})
            client.tell("textDocument/didOpen", {"textDocument": {**doc, "version": 1, "text": RULES}})
            client.wait_for("workspace/codeLens/refresh", 4)
            lenses = client.ask("textDocument/codeLens", {"textDocument": doc})
            self.assertIn("8 EUR: 1 item today", lenses[0]["command"]["title"])
            quote = {"start": {"line": 6, "character": 13}, "end": {"line": 6, "character": 17}}
            client.tell("textDocument/didChange", {"textDocument": {**doc, "version": 2},
                                                   "contentChanges": [{"range": quote, "text": ""}]})
            offered = client.ask("textDocument/completion", {"textDocument": doc, "position": quote["start"]})
            self.assertEqual(["arr", "id", "name"], sorted(x["label"] for x in offered))
            client.end()


if __name__ == "__main__":
    unittest.main()
