"""A folder with rules, data and a state, and `vigie deliver` in it.

A test is a class of unittest that inherits from Delivery. VIGIE is the program. Whatever the program prints is kept, so
that at the end no secret may be found in it, nor in any file of the folder.
"""

import os
import random
import shutil
import sqlite3
import string
import subprocess
import tempfile
import unittest

from servers import Authority

PROGRAM = os.path.abspath(os.environ.get("VIGIE", "build/vigie"))

RULES = """language 1

entity account from "accounts"
  key "id"
  label "name"
  arr money "arr" currency "EUR"
  health score "health"
  csm person "csm"

team CS
  assigns account.csm
{tells}
rule low_health for account
  when health < 50
  -> assign CS, due 7d
  worth arr
"""


class Delivery(unittest.TestCase):
    authority = None

    @classmethod
    def setUpClass(cls):
        cls.certificates = tempfile.mkdtemp()
        cls.authority = Authority(cls.certificates)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.certificates)

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.random = random.Random(os.environ.get("SEED", "17"))
        self.secrets, self.printed = [], []
        self.env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "300", "NO_COLOR": "1",
                    "SSL_CERT_FILE": self.authority.file, "VIGIE_DELIVER_TIMEOUT_MS": "4000"}

    def tearDown(self):
        try:
            self.no_secret_is_left()
        finally:
            shutil.rmtree(self.folder)

    def again(self):
        """Another folder, for the next of several cases."""
        self.tearDown()
        self.setUp()

    # ---- what there is -------------------------------------------------------------------

    def secret(self, length=24):
        """Letters that stand nowhere else."""
        word = "".join(self.random.choices(string.ascii_letters + string.digits, k=length))
        self.secrets.append(word)
        return word

    def world(self, tells, owners, items=None):
        """So many owners, one item each, or so many items among them."""
        with open(self.path("rules.vigie"), "w", encoding="utf-8") as rules:
            rules.write(RULES.format(tells="".join(f"  {tell}\n" for tell in tells)))
        db = sqlite3.connect(self.path("data.db"))
        db.execute("create table accounts (id, name, arr, health, csm)")
        db.executemany("insert into accounts values (?, ?, ?, 40, ?)",
                       [(f"A{i}", f"Account {i}", 1000 + i, f"person{i % owners}@example.test")
                        for i in range(items or owners)])
        db.commit()
        db.close()
        self.vigie("run", "rules.vigie", "--db", "data.db", "--as-of", "2026-03-02", "--quiet")

    def path(self, name):
        return os.path.join(self.folder, name)

    # ---- what is done --------------------------------------------------------------------

    def start(self, *words, now="2026-03-02 09:00", env=None):
        return subprocess.Popen([PROGRAM, *words], cwd=self.folder, env={**self.env, "VIGIE_NOW": now, **(env or {})},
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def finish(self, process):
        text = process.communicate()[0]
        self.printed.append(text)
        return text

    def vigie(self, *words, status=0, **how):
        process = self.start(*words, **how)
        text = self.finish(process)
        self.assertEqual(process.returncode, status, text)
        return text

    def deliver(self, *words, **how):
        return self.vigie("deliver", "--allow-private", *words, **how)

    # ---- what must never be --------------------------------------------------------------

    def no_secret_is_left(self):
        places = [(f"what was printed: {text}", text.encode()) for text in self.printed]
        for folder, _, names in os.walk(self.folder):
            for name in names:
                with open(os.path.join(folder, name), "rb") as f:
                    places.append((name, f.read()))
        for secret in self.secrets:
            for place, text in places:
                self.assertNotIn(secret.encode(), text, f"a secret stands in {place}")
