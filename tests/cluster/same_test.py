"""The starter, the tests of runs and random policies, asked on SQLite, on one PostgreSQL and on a coordinator with nodes."""
import glob
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

from same import VIGIE, Same

RUNS = os.path.join(os.path.dirname(__file__), "..", "run", "*.test")
POLICIES = int(os.environ.get("POLICIES", "12"))
SEED = int(os.environ.get("SEED", "1"))


def sections(path):
    """What a test of runs begins with: its first data, rules and day."""
    found = {}
    with open(path, encoding="utf-8") as f:
        parts = re.split(r"^--- (.*)\n", f.read(), flags=re.M)[1:]
    for head, body in zip(parts[::2], parts[1::2]):
        word, _, rest = head.partition(" ")
        found.setdefault(word, rest if word == "day" else body)
    return found


class TheSame(Same):
    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="vigie-same-")
        self.addCleanup(shutil.rmtree, self.home)

    def test_starter(self):
        place = os.path.join(self.home, "starter")
        subprocess.run([VIGIE, "init", place, "--quiet"], check=True)
        self.same(os.path.join(place, "rules"), os.path.join(place, "data.db"), "2026-03-01", tidy=True)

    def test_runs(self):
        asked = 0
        for path in sorted(glob.glob(RUNS)):
            found = sections(path)
            if not {"data", "rules", "day"} <= set(found):
                continue
            with self.subTest(os.path.basename(path)):
                rules, data = os.path.join(self.home, "rules.vigie"), os.path.join(self.home, "data.db")
                with open(rules, "w", encoding="utf-8") as f:
                    f.write(found["rules"])
                if os.path.exists(data):
                    os.unlink(data)
                db = sqlite3.connect(data)
                db.executescript(found["data"])
                db.close()
                self.same(rules, data, found["day"], [["run"], ["kpi"]])
                asked += 1
        self.assertGreater(asked, 25)

    def test_random_policies(self):
        """Tables with holes and odd texts, and rules over them that nobody wrote (tests/fuzz/policy)."""
        program = os.path.join(os.path.dirname(VIGIE), "policy")
        for seed in range(SEED, SEED + POLICIES):
            with self.subTest(seed=seed):
                place = os.path.join(self.home, str(seed))
                subprocess.run([program, "--seed", str(seed), "--keep", place], check=True, capture_output=True)
                rules = os.path.join(place, "policy.vigie")
                for other in glob.glob(os.path.join(place, "*.vigie")):
                    if other != rules:
                        os.unlink(other)
                self.same(rules, os.path.join(place, "data.db"), "2026-03-01")


if __name__ == "__main__":
    unittest.main()
