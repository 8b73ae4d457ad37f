"""Runs docs/ci as written: the steps of the YAML files, one after the other, in a plain shell on a git repository of its own.

What a host does is done by small programs in front of the path: `gh` and `curl` keep the comments in a file, `make` installs the
vigie that is tested, and of what is uploaded a copy is kept. A step's `if` and its ${{ }} are worked out here, as far as these
files use them; whatever else they use fails the test.
"""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

ROOT = Path(os.environ.get("ROOT") or Path(__file__).resolve().parents[2])
CI = ROOT / "docs" / "ci"
VIGIE = shutil.which("vigie") or str(ROOT / "build" / "vigie")

DATA = """language 1

calendar
  currency EUR

entity account from "accounts"
  key "id"
  label "name"
  health score "health"
  arr money "arr" currency "currency"
"""
POLICY = """language 1

team CS
  assigns "cs@acme.example"

rule at_risk for account
  when health < 40
  -> assign CS, due 7d
  do "Call {label}"
  worth arr

test "poor health"
  on 2026-03-01
  given account "A" health 30, arr 10 EUR
  expect at_risk
"""

GH = r"""#!/usr/bin/env -S python3 -IS
# gh api: keeps comments in $HOST/comments.json, and says what it was asked in $HOST/asked.
import json, os, subprocess, sys
host, args = os.environ["HOST"], sys.argv[1:]
with open(host + "/asked", "a") as f: f.write(" ".join(args) + "\n")
if os.path.exists(host + "/refuses"): sys.exit("gh: Resource not accessible by integration (HTTP 403)")
assert args.pop(0) == "api" and os.environ.get("GH_TOKEN") == "t0ken"
path = host + "/comments.json"
comments = json.load(open(path)) if os.path.exists(path) else []
method = args[args.index("-X") + 1] if "-X" in args else "GET"
where = next(a for a in args if a.startswith("repos/acme/rules/issues/"))
if method == "GET":
    assert where.endswith("/7/comments?per_page=100")
    sys.exit(subprocess.run(["jq", "-r", args[args.index("--jq") + 1]], input=json.dumps(comments), text=True).returncode)
body = open(args[args.index("-F") + 1].removeprefix("body=@")).read()
assert len(body) <= 65536
if method == "PATCH":
    next(c for c in comments if str(c["id"]) == where.split("/")[-1])["body"] = body
else:
    assert method == "POST" and where.endswith("/7/comments")
    comments.append({"id": 100 + len(comments), "body": body})
json.dump(comments, open(path, "w"))
"""

CURL = r"""#!/usr/bin/env -S python3 -IS
# curl, for the notes of a merge request, a hundred a page.
import json, os, re, sys
host, args = os.environ["HOST"], sys.argv[1:]
with open(host + "/asked", "a") as f: f.write(" ".join(args) + "\n")
assert "t0ken" not in " ".join(args) and "t0ken" in sys.stdin.read()
if os.path.exists(host + "/refuses"): sys.exit(22)
path = host + "/comments.json"
comments = json.load(open(path)) if os.path.exists(path) else []
method = args[args.index("--request") + 1] if "--request" in args else "GET"
url = args[-1]
assert url.startswith("https://git.example/api/v4/projects/3/merge_requests/7/notes"), url
if method == "GET":
    page = int(re.search(r"[?&]page=(\d+)", url)[1])
    print(json.dumps(comments[(page - 1) * 100:page * 100]))
    sys.exit()
body = open(args[args.index("--data-urlencode") + 1].removeprefix("body@")).read()
if method == "PUT":
    next(c for c in comments if str(c["id"]) == url.split("/")[-1])["body"] = body
else:
    assert method == "POST"
    comments.append({"id": 100 + len(comments), "body": body})
json.dump(comments, open(path, "w"))
"""

MAKE = r"""#!/bin/sh
# make -C SOURCE deps; make -C SOURCE -s install PREFIX=PLACE
echo "make $*" >>"$HOST/asked"
for word; do case $word in PREFIX=*) mkdir -p "${word#*=}/bin" && ln -sf "$REAL_VIGIE" "${word#*=}/bin/vigie" ;; esac; done
"""

# Of git only the clone of Vigie itself is played; the rest is git's.
GIT = r"""#!/bin/sh
case "$1 $*" in "clone "*"https://git.example/acme/vigie.git"*)
  echo "git $*" >>"$HOST/asked"
  for place; do :; done
  if [ -e "$place" ]; then echo "fatal: destination path '$place' already exists" >&2; exit 128; fi
  mkdir -p "$place/docs" && cp -r "$CI_FILES" "$place/docs/ci"
  exit ;;
esac
exec /usr/bin/git "$@"
"""


def expression(text, facts):
    """The value of what stands between ${{ and }}."""
    text = re.sub(r"!(?!=)", " not ", text.strip()).replace("&&", " and ").replace("||", " or ")
    names = {"cancelled": lambda: False, "format": lambda f, *a: f.format(*a), "hashFiles": facts["hashFiles"]}
    def name(m):
        word = m[0]
        if word[0] in "'\"" or word in ("not", "and", "or") or word in names:
            return word
        return repr(facts["values"][word])
    return eval(re.sub(r"'[^']*'|[A-Za-z_][\w.-]*", name, text), {}, names)


def filled(text, facts):
    whole = re.fullmatch(r"\$\{\{(.*)\}\}", str(text).strip())
    if whole:
        return expression(whole[1], facts)
    return re.sub(r"\$\{\{(.*?)\}\}", lambda m: str(expression(m[1], facts)), str(text))


FIRST = []  # a repository with one commit, made once


class Host(unittest.TestCase):
    def setUp(self):
        self.top = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.top)
        self.host, self.repo = self.top / "host", self.top / "repo"
        stubs = self.host / "stubs"
        stubs.mkdir(parents=True)
        for name, text in {"gh": GH, "curl": CURL, "make": MAKE, "git": GIT}.items():
            (stubs / name).write_text(text)
            (stubs / name).chmod(0o755)
        self.env = {"PATH": f"{stubs}:/usr/bin:/bin", "HOME": str(self.top), "HOST": str(self.host), "REAL_VIGIE": VIGIE,
                    "CI_FILES": str(CI), "TMPDIR": str(self.host), "LC_ALL": "C.UTF-8", "VIGIE_TODAY": "2026-03-01",
                    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@acme.example", "GIT_COMMITTER_NAME": "A",
                    "GIT_COMMITTER_EMAIL": "a@acme.example"}
        self.env |= {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        if FIRST:
            shutil.copytree(FIRST[0].name, self.repo)
            return
        self.repo.mkdir()
        self.write({"rules/data.vigie": DATA, "rules/policy.vigie": POLICY})
        self.git("init", "-q", "-b", "main", ".")
        self.git("remote", "add", "origin", ".")
        self.commit("first")
        self.git("update-ref", "refs/remotes/origin/main", "HEAD")
        self.git("checkout", "-q", "-b", "change")
        FIRST.append(tempfile.TemporaryDirectory())
        shutil.copytree(self.repo, FIRST[0].name, dirs_exist_ok=True)

    def git(self, *args):
        return subprocess.run(["git", *args], cwd=self.repo, env=self.env, check=True, capture_output=True, text=True).stdout

    def write(self, files):
        for path, text in files.items():
            (self.repo / path).parent.mkdir(exist_ok=True)
            (self.repo / path).write_text(text)

    def commit(self, subject="edit"):
        self.git("add", "-A")
        self.git("commit", "-qm", subject)

    def edit(self, old, new):
        text = (self.repo / "rules/policy.vigie").read_text()
        assert old in text
        self.write({"rules/policy.vigie": text.replace(old, new)})
        self.commit()

    def dataset(self, rows=(("A", "Blue Door", 30, 1200), ("B", "Nord Sud", 90, 500))):
        db = sqlite3.connect(self.repo / "data.db")
        db.execute("create table accounts (id, name, health, arr, currency)")
        db.executemany("insert into accounts values (?, ?, ?, ?, 'EUR')", rows)
        db.commit()
        db.close()

    def comments(self):
        path = self.host / "comments.json"
        return json.loads(path.read_text()) if path.exists() else []

    def asked(self):
        return (self.host / "asked").read_text() if (self.host / "asked").exists() else ""

    def shell(self, script, env, shell=("sh", "-e")):
        path = self.host / "step"
        path.write_text(script)
        return subprocess.run([*shell, str(path)], cwd=self.repo, env=self.env | env, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)

    def valid_sarif(self, path):
        wrong = subprocess.run(["jq", "-r", "-f", str(ROOT / "tests/lib/schemas/sarif.jq"), str(path)], capture_output=True, text=True)
        self.assertEqual(wrong.stdout + wrong.stderr, "")
        return [r["ruleId"] for r in json.loads(path.read_text())["runs"][0]["results"]]

    def valid_junit(self, path):
        schema = ROOT / "tests/lib/schemas/junit.xsd"
        subprocess.run(["xmllint", "--noout", "--schema", str(schema), str(path)], check=True, capture_output=True)

    def posted_plan(self):
        posted = self.comments()
        self.assertEqual(len(posted), 1)
        self.assertTrue(posted[0]["body"].startswith("<!-- vigie: vigie -->\n"))
        return posted[0]["body"]


class GitHub(Host):
    """The workflow, with the action that it uses."""

    def job(self, *others, event="pull_request", **given):
        """Others: what further policies of the same job are given."""
        workflow = yaml.safe_load((CI / "github-actions.yml").read_text())
        self.assertEqual(workflow["permissions"], {})
        (job,) = workflow["jobs"].values()
        self.assertEqual(job["permissions"], {"actions": "read", "contents": "read", "security-events": "write",
                                             "pull-requests": "write"})
        self.failed, self.said, self.kept, self.uploads = [], {}, {}, []
        self.event = event
        for step in job["steps"]:
            if step["uses"].startswith("actions/checkout@"):
                self.assertEqual(step["with"]["fetch-depth"], 0)
            else:
                owner, path = re.fullmatch(r"OWNER/vigie/(docs/ci/action)@(v[\d.]+)", step["uses"]).group(0, 1)
                for policy in (given, *others):
                    self.action(ROOT / path, {k: str(v) for k, v in (step["with"] | policy).items()})
        return self

    def action(self, path, given):
        action = yaml.safe_load((path / "action.yml").read_text())
        self.assertEqual(action["runs"]["using"], "composite")
        self.assertLessEqual(given.keys(), action["inputs"].keys())
        pull = self.event == "pull_request"
        facts = {"hashFiles": lambda *patterns: "x" if any(list(self.repo.glob(p)) for p in patterns) else ""}
        facts["values"] = values = {
            "github.action_path": str(path), "github.token": "t0ken", "github.event_name": self.event,
            "github.base_ref": "main" if pull else "", "github.event.pull_request.number": 7 if pull else "",
            "github.server_url": "https://git.example", "github.action_repository": "acme/vigie.git"}
        for name, i in action["inputs"].items():
            self.assertTrue(i["description"])
            values["inputs." + name] = filled(given.get(name, i["default"]), facts)
        files = {k: str(self.host / k) for k in ("GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
        for f in files.values():
            Path(f).write_text("")
        for step in action["runs"]["steps"]:
            if "if" in step and not filled(step["if"], facts):
                continue
            if "uses" in step:
                self.upload(step, facts)
                continue
            self.assertNotIn("${{", step["run"], "values are pasted into the script")
            env = {k: str(filled(v, facts)) for k, v in step.get("env", {}).items()}
            self.assertEqual(step["shell"], "sh")
            done = self.shell(step["run"], env | files | {"RUNNER_TEMP": str(self.host), "GITHUB_REPOSITORY": "acme/rules"})
            self.said[step["name"]] = done.stdout
            if done.returncode:
                self.failed.append(step["name"])
            if "id" in step:
                values[f"steps.{step['id']}.outcome"] = "failure" if done.returncode else "success"
            for folder in Path(files["GITHUB_PATH"]).read_text().split():
                self.env["PATH"] = folder + ":" + self.env["PATH"]
            Path(files["GITHUB_PATH"]).write_text("")
        self.summary = Path(files["GITHUB_STEP_SUMMARY"]).read_text()

    def upload(self, step, facts):
        name, given = step["uses"].split("@")[0], {k: filled(v, facts) for k, v in step["with"].items()}
        once = (name, given.get("name") or given["category"])
        self.assertNotIn(once, self.uploads, "the host takes each name once in a job")
        self.uploads.append(once)
        if name == "github/codeql-action/upload-sarif":
            self.kept["sarif"] = self.valid_sarif(self.repo / given["sarif_file"])
        else:
            self.assertEqual(name, "actions/upload-artifact")
            self.kept["files"] = [f for f in given["path"].split() if (self.repo / f).exists()]

    def test_a_clean_change_passes_and_its_plan_is_a_comment(self):
        self.dataset()
        self.edit("health < 40", "health < 45")
        self.job()
        self.assertEqual(self.failed, [], self.said)
        self.assertIn("nothing wrong, and every table, column and cell fits", self.said["Check"])
        plan = self.posted_plan()
        for word in ("Blue Door", "1,200 EUR", "at_risk", "cs@acme.example"):
            self.assertIn(word, plan)
        self.assertIn("Blue Door", self.summary)
        self.assertEqual(self.kept["files"], ["vigie.sarif", "vigie-tests.xml", "vigie-plan.md"])
        self.valid_junit(self.repo / "vigie-tests.xml")
        self.assertIn(f"make -C {ROOT} -s -j", self.asked())
        # The next push writes the same comment anew, and others are left alone.
        others = [{"id": 1, "body": "looks good"}] + self.comments()
        (self.host / "comments.json").write_text(json.dumps(others))
        self.edit("health < 45", "health < 20")
        self.job()
        self.assertEqual([c["id"] for c in self.comments()], [1, 100])
        self.assertIn("would change nothing", self.comments()[1]["body"])

    def test_a_fault_of_a_rule_fails_with_what_was_found(self):
        self.edit("when health < 40", "when health < 40 and health > 60")
        self.job()
        self.assertIn("Lint, what this change caused", self.failed)
        self.assertIn("::error file=rules/policy.vigie,line=", self.said["Lint, what this change caused"])
        self.assertIn("V1001", self.kept["sarif"])

    def test_what_lint_says_is_weighed_as_told(self):
        self.edit("  worth arr", "  worth arr\n\nthreshold spare = 3")
        self.assertEqual(self.job().failed, [])
        self.assertEqual(self.job(**{"fail-on": "warning"}).failed, ["Lint, what this change caused"])
        self.assertIn("spare", self.said["Lint, what this change caused"])

    def test_another_style_is_shown(self):
        self.edit("when health < 40", "when  health<40")
        self.assertEqual(self.job().failed, ["Style"])
        self.assertIn("+  when health < 40", self.said["Style"])

    def test_rules_that_are_not_valid_fail_everywhere(self):
        self.edit("health < 40", "helth < 40")
        self.job()
        self.assertIn("Check", self.failed)
        self.assertIn("did you mean", self.said["Check"])

    def test_a_test_that_fails_is_told(self):
        self.edit("health < 40", "health < 20")
        self.assertEqual(self.job().failed, ["Test"])
        self.assertIn("poor health", self.said["Test"])
        self.valid_junit(self.repo / "vigie-tests.xml")

    def test_without_a_dataset_there_is_no_plan(self):
        self.assertEqual(self.job().failed, [], self.said)
        self.assertIn("No plan", self.said["Plan"])
        self.assertEqual(self.comments(), [])

    def test_an_empty_table_fails(self):
        self.dataset(rows=())
        self.assertEqual(self.job().failed, ["Check", "Plan"])
        self.assertIn('the table "accounts" has no rows', self.said["Check"])
        self.assertEqual(self.comments(), [])

    def test_too_many_openings_fail_and_are_shown(self):
        self.dataset()
        self.assertEqual(self.job(**{"fail-if": "opened > 0"}).failed, ["Plan"])
        self.assertIn("Blue Door", self.posted_plan())

    def test_a_fork_may_not_comment_and_passes(self):
        self.dataset()
        (self.host / "refuses").touch()
        self.assertEqual(self.job().failed, [])
        self.assertIn("::warning::", self.said["Plan"])

    def test_a_push_has_no_comment_and_is_scanned(self):
        self.dataset()
        self.assertEqual(self.job(event="push").failed, [])
        self.assertNotIn("gh api", self.asked())
        self.assertEqual(self.comments(), [])
        self.assertNotIn("Lint, what this change caused", self.said)
        self.assertIn("sarif", self.kept)

    def test_two_policies_in_one_job_have_a_name_each(self):
        self.dataset()
        self.write({"north/policy.vigie": DATA + POLICY.split("\n", 1)[1]})
        self.commit()
        self.assertEqual(self.job({"name": "north", "rules": "north"}).failed, [], self.said)
        self.assertEqual([c["body"].splitlines()[0] for c in self.comments()], ["<!-- vigie: vigie -->", "<!-- vigie: north -->"])
        self.assertEqual(self.kept["files"], ["north.sarif", "north-tests.xml", "north-plan.md"])
        self.assertEqual(len(self.uploads), 4)

    def test_nobody_wants_a_comment(self):
        self.dataset()
        self.assertEqual(self.job(comment="false", sarif="false").failed, [])
        self.assertEqual(self.comments(), [])
        self.assertNotIn("sarif", self.kept)

    def test_another_version_is_cloned(self):
        self.assertEqual(self.job(version="v0.2.0").failed, [])
        self.assertIn("--branch v0.2.0 https://git.example/acme/vigie.git", self.asked())

    def test_what_an_earlier_job_has_left_is_no_hindrance(self):
        source = {"SOURCE": "https://git.example/acme/vigie.git", "VERSION": "v0.2.0"}
        for _ in range(2):
            done = self.shell(f"{CI}/install", source)
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_a_plan_too_long_is_cut_at_a_line(self):
        (self.repo / "long.md").write_text("élan 1,200 EUR\n" * 9000)
        done = self.shell(f"{CI}/comment long.md", {"PULL_REQUEST": "7", "GH_TOKEN": "t0ken", "GITHUB_REPOSITORY": "acme/rules"})
        self.assertEqual(done.returncode, 0, done.stdout)
        lines = self.posted_plan().splitlines()
        self.assertEqual(set(lines[1:-4]), {"élan 1,200 EUR"})
        self.assertIn("too long", lines[-1])

    def test_what_folds_is_closed_where_a_plan_is_cut(self):
        folded = "<details><summary>{} more</summary>\n\n" + "one\n" * 9 + "</details>\n\n"
        for folds in (folded.format(1), folded.format(1) + folded.format(2).replace("one\n" * 9, "two\n" * 20000)):
            (self.repo / "long.md").write_text(folds + "three\n" * 20000)
            self.shell(f"{CI}/comment long.md", {"PULL_REQUEST": "7", "GH_TOKEN": "t0ken", "GITHUB_REPOSITORY": "acme/rules"})
            body = self.posted_plan()
            self.assertIn("too long", body.splitlines()[-1])
            self.assertEqual(body.count("<details>"), body.count("</details>"))


class GitLab(Host):
    """The component, with the include that is shown."""

    def job(self, merge=True, **given):
        shown = yaml.safe_load((CI / "gitlab/gitlab-ci.yml").read_text())["include"][0]
        spec, jobs = yaml.safe_load_all((ROOT / shown["file"]).read_text())
        inputs = spec["spec"]["inputs"]
        self.assertLessEqual(shown["inputs"].keys(), inputs.keys())
        self.assertEqual(shown["ref"], shown["inputs"]["version"])
        values = {k: i.get("default") for k, i in inputs.items()} | shown["inputs"] | given
        text = re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda m: str(values[m[1]]).replace("True", "true").replace("False", "false"),
                      json.dumps(jobs))
        (self.name, job), = json.loads(text).items()
        self.assertEqual(job["variables"].pop("GIT_DEPTH"), "0")
        env = {k: v.replace("$CI_SERVER_URL/OWNER", "https://git.example/acme") for k, v in job["variables"].items()}
        env |= {"CI_API_V4_URL": "https://git.example/api/v4", "CI_PROJECT_ID": "3", "VIGIE_TOKEN": "t0ken"}
        if merge:
            env |= {"CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
        done = self.shell("\n".join(job["before_script"] + job["script"]) + "\n", env, ("bash", "-e", "-o", "pipefail"))
        self.said, self.status = done.stdout, done.returncode
        reports = job["artifacts"]["reports"]
        if (self.repo / reports["junit"]).exists():
            self.valid_junit(self.repo / reports["junit"])
        self.quality = json.loads((self.repo / reports["codequality"]).read_text() or "[]")
        return self

    def test_a_clean_change_passes_and_its_plan_is_a_note(self):
        self.dataset()
        self.edit("health < 40", "health < 45")
        self.assertEqual(self.job().status, 0, self.said)
        self.assertIn("Blue Door", self.posted_plan())
        self.assertIn("1,200 EUR", self.posted_plan())
        self.assertIn("--branch v0.1.0 https://git.example/acme/vigie.git", self.asked())
        # The note is found behind a hundred others, too.
        many = [{"id": n, "body": "a remark"} for n in range(150)]
        (self.host / "comments.json").write_text(json.dumps(many + [c | {"id": 900} for c in self.comments()]))
        self.edit("health < 45", "health < 20")
        self.job()
        self.assertEqual(len(self.comments()), 151)
        self.assertIn("would change nothing", self.comments()[-1]["body"])

    def test_a_fault_of_a_rule_fails_with_what_was_found(self):
        self.edit("when health < 40", "when health < 40 and health > 60")
        self.assertEqual(self.job().status, 1)
        self.assertIn("error[V1001]", self.said)
        (found,) = [f for f in self.quality if f["check_name"] == "V1001"]
        self.assertEqual((found["severity"], found["location"]["path"]), ("major", "rules/policy.vigie"))
        self.assertTrue(found["fingerprint"] and found["location"]["lines"]["begin"] > 0)

    def test_findings_are_told_apart_and_known_again(self):
        def prints(*lines):
            findings = [{"code": "V1001", "level": "error", "message": "never", "file": "a.vigie", "line": n, "column": 3} for n in lines]
            done = subprocess.run(["jq", "-f", str(CI / "gitlab/code-quality.jq")], input=json.dumps({"findings": findings}),
                                  capture_output=True, text=True, check=True)
            return {f["location"]["lines"]["begin"]: f["fingerprint"] for f in json.loads(done.stdout)}
        before, moved = prints(9, 4), prints(5, 10, 20)
        self.assertEqual(len(set(moved.values())), 3)
        self.assertEqual([before[4], before[9]], [moved[5], moved[10]])

    def test_a_test_that_fails_is_told(self):
        self.edit("health < 40", "health < 20")
        self.assertEqual(self.job().status, 1)
        self.assertIn("poor health", self.said)

    def test_style_fails(self):
        self.edit("when health < 40", "when  health<40")
        self.assertEqual(self.job().status, 1)
        self.assertIn("+  when health < 40", self.said)

    def test_without_a_dataset_there_is_no_plan(self):
        self.assertEqual(self.job().status, 0, self.said)
        self.assertIn("No plan", self.said)

    def test_an_empty_table_fails(self):
        self.dataset(rows=())
        self.assertEqual(self.job().status, 1)
        self.assertIn('the table "accounts" has no rows', self.said)

    def test_a_token_that_may_not_write_is_said(self):
        self.dataset()
        (self.host / "refuses").touch()
        self.assertEqual(self.job().status, 0)
        self.assertIn("VIGIE_TOKEN needs the scope api", self.said)

    def test_two_policies_have_a_job_and_a_note_each(self):
        self.dataset()
        self.assertEqual(self.job().status, 0, self.said)
        self.assertEqual(self.job(name="north").status, 0, self.said)
        self.assertEqual(self.name, "north")
        self.assertEqual([c["body"].splitlines()[0] for c in self.comments()], ["<!-- vigie: vigie -->", "<!-- vigie: north -->"])

    def test_the_main_branch_has_no_note(self):
        self.dataset()
        self.assertEqual(self.job(merge=False).status, 0, self.said)
        self.assertEqual(self.comments(), [])

    def test_only_what_an_image_lacks_is_installed(self):
        _, jobs = yaml.safe_load_all((CI / "gitlab/templates/vigie.yml").read_text())
        (job,) = jobs.values()
        image = self.host / "image"
        image.mkdir()
        for program in ("git", "curl", "jq", "apt-get"):
            (image / program).write_text('#!/bin/sh\necho "$0 $*" >>"$HOST/asked"\n')
            (image / program).chmod(0o755)
        lacks = {"PATH": str(image)}
        self.assertEqual(self.shell(job["before_script"][0], lacks, ("/bin/bash", "-e")).returncode, 0)
        self.assertIn("ca-certificates make\n", self.asked())
        (self.host / "asked").unlink()
        (image / "vigie").symlink_to(VIGIE)
        self.assertEqual(self.shell(job["before_script"][0], lacks, ("/bin/bash", "-e")).returncode, 0)
        self.assertEqual(self.asked(), "")

    def test_too_many_openings_fail(self):
        self.dataset()
        self.assertEqual(self.job(**{"fail-if": "opened > 0"}).status, 1)
        self.assertIn("Blue Door", self.posted_plan())


class PreCommit(Host):
    """The plain hook, and the one that the framework runs."""

    def setUp(self):
        super().setUp()
        (self.host / "stubs" / "vigie").symlink_to(VIGIE)
        hook = self.repo / ".git/hooks/pre-commit"
        shutil.copy(CI / "pre-commit", hook)

    def refused(self):
        self.git("add", "-A")
        done = subprocess.run(["git", "commit", "-qm", "edit"], cwd=self.repo, env=self.env, capture_output=True, text=True)
        return done.stdout + done.stderr if done.returncode else ""

    def policy(self, old, new):
        self.write({"rules/policy.vigie": POLICY.replace(old, new)})
        return self.refused()

    def test_what_is_committed_is_looked_at(self):
        self.assertEqual(self.policy("health < 40", "health < 45"), "")
        self.assertIn("did you mean", self.policy("health < 40", "helth < 40"))
        self.assertIn("-  when  health < 40", self.policy("when health < 40", "when  health < 40"))
        self.assertIn("V1001", self.policy("health < 40", "health < 40 and health > 60"))
        self.assertIn("poor health", self.policy("health < 40", "health < 20"))

    def test_only_what_is_staged_counts(self):
        self.policy("health < 40", "health < 45")
        self.write({"notes.txt": "nothing of rules"})
        self.git("add", "notes.txt")
        self.write({"rules/policy.vigie": "rule"})
        subprocess.run(["git", "commit", "-qm", "notes"], cwd=self.repo, env=self.env, check=True, capture_output=True)
        self.assertTrue(self.refused())

    def test_the_folder_of_the_rules_is_configured(self):
        self.git("mv", "rules", "policy")
        self.git("config", "vigie.rules", "policy")
        self.assertEqual(self.refused(), "")
        self.write({"policy/policy.vigie": "rule"})
        self.assertTrue(self.refused())

    def test_the_last_rules_may_go(self):
        self.git("rm", "-qr", "rules")
        self.assertEqual(self.refused(), "")

    def test_the_framework_runs_the_same(self):
        (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
        self.assertEqual((hook["language"], hook["pass_filenames"]), ("script", False))
        self.assertTrue(re.search(hook["files"], "rules/policy.vigie"))
        (self.repo / ".git/hooks/pre-commit").unlink()
        self.write({"rules/policy.vigie": POLICY.replace("health < 40", "helth < 40")})
        self.git("add", "-A")
        done = subprocess.run([str(ROOT / hook["entry"])], cwd=self.repo, env=self.env, capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("did you mean", done.stderr)


if __name__ == "__main__":
    unittest.main()
