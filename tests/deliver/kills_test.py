"""500 messages to a receiver that fails at random, from a program that is killed at random, again and again. A kill comes
so many sendings after its start, not so many seconds: the number of kills is that of a slow machine on a fast one.

Each message arrives; a retry is the same bytes under the same key; and after an answer that the program had the time to
note, nothing is sent again: only the message that was on its way when a kill came may go twice.

To a calendar 60 go, unless TASKS says how many: a server that keeps each in a file is slow.
"""

import collections
import hashlib
import hmac
import os
import time
import unittest

import servers
from delivery import Delivery

MESSAGES = 500
TASKS = int(os.environ.get("TASKS", "60"))
LIVES = 1000  # of the program: many more than it needs
ENOUGH = 12  # kills before a life may end by itself

Sent = collections.namedtuple("Sent", "key life body acknowledged")


class Kills(Delivery):
    """`got()` of a subclass: what its receiver got, in order, and `sent()` the same as Sent. `place(life)`: what the
    environment holds in that life. `between()`: what people do when all is sent; true when that was the last of it."""

    KILLED_WITHIN = 20  # sendings
    A_MOMENT = 0.01  # seconds: about as long as one sending and its note

    def setUp(self):
        super().setUp()
        self.env["VIGIE_DELIVER_TIMEOUT_MS"] = "300"
        self.killed = []  # of each life: did it end by a kill?
        self.messages = MESSAGES

    def between(self):
        return True

    def choose(self, moods):
        return self.random.choices([mood for _, mood in moods], [often for often, _ in moods])[0]

    def live(self, kill):
        """One life of the program. The clock goes on by an hour, so that what waits for another try is due."""
        life = len(self.killed)
        hours = 9 + life
        process = self.start("deliver", "--allow-private", now=f"2026-03-{2 + hours // 24:02} {hours % 24:02}:00",
                             env=self.place(life))
        if kill:
            self.wait_for(process, len(self.got()) + self.random.randrange(self.KILLED_WITHIN))
            process.kill()
        self.finish(process)
        self.killed.append(process.returncode == -9)
        return process.returncode

    def wait_for(self, process, sendings):
        while len(self.got()) < sendings and process.poll() is None:
            time.sleep(0.001)
        time.sleep(self.random.uniform(0, self.A_MOMENT))

    def live_until_all_is_sent(self):
        over = False
        while not over and len(self.killed) < LIVES:
            status = self.live(kill=sum(self.killed) < ENOUGH or self.random.random() < 0.75)
            over = status == 0 and self.between()
        sent = self.sent()
        self.assertEqual(self.live(kill=False), 0)
        self.assertEqual(len(self.sent()), len(sent), "a delivery with nothing to send sends something")
        self.each_arrived(sent)
        self.only_kills_send_twice(sent)
        self.a_retry_is_the_same(sent)
        print(f"\n{self.messages} messages, {len(sent)} sendings, {sum(self.killed)} kills", flush=True)

    def each_arrived(self, sent):
        arrived = {s.key for s in sent if s.acknowledged}
        self.assertEqual(len(arrived), self.messages)
        self.assertEqual({s.key for s in sent}, arrived)
        self.assertGreaterEqual(sum(self.killed), ENOUGH, "too few kills to say anything")
        self.assertGreater(len(sent), self.messages + self.messages // 25, "too few failures to say anything")

    def only_kills_send_twice(self, sent):
        last = {s.life: s for s in sent}
        seen = {}
        for s in sent:
            if s.key in seen:
                before = seen[s.key]
                self.assertTrue(self.killed[before.life], f"{s.key} was sent again after it was acknowledged")
                self.assertIs(last[before.life], before, f"{s.key} was sent again, and was not the last before the kill")
            if s.acknowledged:
                seen[s.key] = s

    def a_retry_is_the_same(self, sent):
        bodies = collections.defaultdict(set)
        for s in sent:
            bodies[s.key].add(s.body)
        self.assertTrue(all(len(b) == 1 for b in bodies.values()))
        self.assertEqual(len(set.union(*bodies.values())), self.messages)


class KillsOverTheWeb(Kills):
    # How often of a hundred. A receiver that hangs, or says 429 or 503, ends a delivery.
    MOODS = [(70, servers.ok), (8, servers.status(500)), (6, servers.half), (6, servers.hang_up), (4, servers.endless),
             (2, servers.status(503)), (2, servers.status(429, Retry_After="1")), (2, servers.hang)]

    def place(self, life):
        return {"ITEMS_URL": self.web.url(f"/{self.token}/{life}")}

    def got(self):
        return self.web.got

    def sent(self):
        return [Sent(r.key, int(r.path.rsplit("/", 1)[1]), r.body, bool(r.acknowledged)) for r in self.got()]

    def test_each_message_arrives_and_none_twice_once_acknowledged(self):
        self.token, signer = self.secret(), self.secret()
        self.env["ITEMS_SECRET"] = signer
        self.world(['tell webhook env "ITEMS_URL" signed "ITEMS_SECRET"'], MESSAGES)
        with servers.Web(lambda request: self.choose(self.MOODS)) as self.web:
            self.live_until_all_is_sent()
            for r in self.web.got:
                stamp, _, mac = r.headers["X-Vigie-Signature"].partition(",v1=")
                signed = stamp.removeprefix("t=").encode() + b"." + r.body
                self.assertEqual(mac, hmac.new(signer.encode(), signed, hashlib.sha256).hexdigest())


class KillsOverMail(Kills):
    MOODS = [(80, None), (5, "450 4.2.0 later"), (5, "451 4.3.0 later"), (6, servers.Mail.HANG_UP),
             (2, servers.Mail.HANG), (2, "421 4.3.2 closing")]

    def place(self, life):
        """What stands behind the host is the name by which the program says hello."""
        return {"VIGIE_SMTP": f"{self.mail.url('127.0.0.1')}/life{life}"}

    def got(self):
        return self.mail.tried

    def sent(self):
        return [Sent(s.key, int(s.program.removeprefix("life")), s.bytes, s.acknowledged) for s in self.got()]

    def test_each_mail_arrives_and_none_twice_once_acknowledged(self):
        self.world(['tell mail from "vigie@company.example"'], MESSAGES)
        refuse = lambda verb, address: self.choose(self.MOODS) if verb == "DATA" else None
        with servers.Mail(refuse) as self.mail:
            self.live_until_all_is_sent()


class KillsOverACalendar(Kills):
    """A calendar server that is one, behind a line that fails: it may have kept what it gives no answer of. Meanwhile people
    close items: what the calendar shows at the end is how they are."""

    KILLED_WITHIN = 4
    MOODS = [(72, "keep"), (6, "keep and hang up"), (4, servers.status(500)), (6, servers.half), (5, servers.hang_up),
             (3, servers.status(503)), (2, servers.status(429, Retry_After="1")), (2, servers.hang)]

    def place(self, life):
        return {"CALENDAR_URL": f"http://vigie:{self.password}@127.0.0.1:{self.web.port}/{life}/vigie/items"}

    def got(self):
        return self.web.got

    def sent(self):
        return [Sent(r.key, int(r.path.split("/")[1]), r.body, bool(r.acknowledged)) for r in self.got()]

    def behave(self, request):
        mood = self.choose(self.MOODS)
        return self.keep(mood) if isinstance(mood, str) else mood

    def keep(self, mood):
        def behave(handler, request):
            path = request.path.split("/", 2)[2]
            status = self.calendar.put("/" + path, request.body, request.headers)
            if mood == "keep":
                handler.answer(status)
                request.acknowledged = time.monotonic() if status < 300 else None
            handler.close_connection = mood != "keep"

        return behave

    def between(self):
        """The tasks are there: every fourth item is closed."""
        if self.messages == TASKS:
            closed = [str(n) for n in range(1, TASKS + 1, 4)]
            self.vigie("items", "done", *closed, "--by", "ops@example.test", "--quiet", env={"VIGIE_TODAY": "2026-03-02"})
            self.messages += len(closed)
            return False
        return self.messages > TASKS

    def shown(self):
        return {name.split("-")[1] for name, text in self.calendar.files().items() if "STATUS:COMPLETED" in text}

    def test_each_task_arrives_and_shows_how_its_item_is(self):
        self.messages = TASKS
        self.password = self.secret()
        folder = self.path("radicale")
        os.makedirs(folder)
        self.world(['tell calendar env "CALENDAR_URL"'], TASKS)
        with servers.Calendar(folder, self.authority, password=self.password) as self.calendar, \
                servers.Web(self.behave) as self.web:
            self.live_until_all_is_sent()
            self.assertEqual(len(self.calendar.files()), TASKS)
            self.assertEqual(self.shown(), {str(n) for n in range(1, TASKS + 1, 4)})
            os.remove(self.path("radicale/users"))  # where the server keeps them


if __name__ == "__main__":
    unittest.main()
