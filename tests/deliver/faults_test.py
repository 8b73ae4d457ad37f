"""Every fault against every channel that goes over a line: it is said why, nothing is lost, what arrives arrives once, and no
secret is in anything that is printed or kept."""

import time
import unittest

import servers
from delivery import Delivery

CHANNELS = {"slack": 'tell slack env "PLACE"', "teams": 'tell teams env "PLACE"',
            "webhook": 'tell webhook env "PLACE" signed "SIGNER"', "calendar": 'tell calendar env "PLACE"'}

# What the receiver does, what is said, and whether it waits for a person.
FAULTS = [(servers.hang, "did not answer within 1 s", False),
          (servers.status(500, b"oops"), "failed over the message (500)", False),
          (servers.status(429, Retry_After="600"), "takes no more messages for now (429)", False),
          (servers.half, "gave half an answer", False),
          (servers.hang_up, "closed the connection without an answer", False),
          (servers.echo, "does not understand the message (400)", True)]


class Faults(Delivery):
    def setUp(self):
        super().setUp()
        self.env["VIGIE_DELIVER_TIMEOUT_MS"] = "300"
        self.behave = servers.ok

    def one(self, channel, web, host="localhost"):
        """One message, to an address with a user, a password, a token and a query, which are secrets all four."""
        self.world([CHANNELS[channel]], 1)
        self.env["SIGNER"] = self.secret()
        user, password, token, query = (self.secret() for _ in range(4))
        self.env["PLACE"] = web.url(f"/services/{token}?sig={query}", host).replace("//", f"//{user}:{password}@")

    def receiver(self, tls=None):
        return servers.Web(lambda request: self.behave, tls)

    def everything_is_printed(self):
        """no_secret_is_left looks at it."""
        for words in [["--failed"], ["--failed", "--format", "json"]]:
            self.finish(self.start("deliver", *words))
        for words in [["deliver", "--dry-run", "--older", "--format", "json"], ["items", "--format", "json"],
                      ["items", "show", "1"], ["deliver", "--test", "--by", "ops@example.test", "--allow-private"]]:
            self.finish(self.start(*words))

    def arrives_once(self, web, *words):
        before = {r.key for r in web.got}
        self.behave = servers.ok
        self.deliver(*words, now="2026-03-02 12:00")
        self.assertEqual(sum(bool(r.acknowledged) for r in web.got), 1)
        self.deliver(now="2026-03-02 14:00")
        self.assertEqual(sum(bool(r.acknowledged) for r in web.got), 1)
        self.assertEqual(len({r.key for r in web.got}), 1)
        self.assertEqual(len({r.body for r in web.got}), 1)
        self.assertTrue(before <= {r.key for r in web.got})

    def test_each_fault_against_each_channel(self):
        for channel in CHANNELS:
            for behave, why, for_a_person in FAULTS:
                with self.subTest(channel=channel, why=why), self.receiver() as web:
                    self.again()
                    self.one(channel, web)
                    self.behave = behave
                    self.assertIn(f"localhost {why}", self.deliver(status=1))
                    again = [] if for_a_person else ["--format", "json"]
                    said = self.deliver(*again, now="2026-03-02 10:30", status=0 if for_a_person else 1)
                    self.assertIn("1 message has failed: vigie deliver --failed" if for_a_person else why, said)
                    self.arrives_once(web, *(["--retry"] if for_a_person else []))
                    self.everything_is_printed()

    def test_a_redirect_and_a_wrong_certificate_are_refused_by_each(self):
        for channel in CHANNELS:
            with self.subTest(channel=channel), self.receiver() as web, servers.Web() as other, \
                    self.receiver(self.authority.stranger()) as strange:
                self.again()
                self.one(channel, web)
                good, self.behave = self.env["PLACE"], servers.status(308, Location=other.url("/" + self.secret()))
                self.assertIn("sends PLACE on to 127.0.0.1, which is not followed (308)", self.deliver(status=1))
                self.env["PLACE"] = good.replace("http:", "https:").replace(str(web.port), str(strange.port))
                self.assertIn("comes from nobody whom this machine trusts", self.deliver(status=1, now="2026-03-02 10:00"))
                self.assertEqual((other.got, strange.got), ([], []))
                self.env["PLACE"] = good
                self.arrives_once(web)
                self.everything_is_printed()

    def test_a_kill_between_sending_and_noting_and_a_clock_that_goes_back(self):
        for channel in CHANNELS:
            with self.subTest(channel=channel), self.receiver() as web:
                self.again()
                self.one(channel, web)
                self.behave = servers.hang
                first = self.start("deliver", "--allow-private", env={"VIGIE_DELIVER_TIMEOUT_MS": "20000"})
                while not web.got:
                    time.sleep(0.01)
                first.kill()
                self.finish(first)
                self.behave = servers.status(500)
                self.deliver(status=1, now="2026-03-02 12:00")
                self.behave = servers.ok
                self.deliver(now="2026-03-01 09:00")
                self.arrives_once(web)

    def test_a_secret_that_is_missing_or_odd(self):
        for channel in CHANNELS:
            with self.subTest(channel=channel), self.receiver() as web:
                self.again()
                self.one(channel, web)
                good = self.env.pop("PLACE")
                self.assertIn("PLACE is not set here", self.deliver(status=1))
                for odd in [self.secret(), "ftp://" + self.secret() + "@localhost/", "http://", good.replace("?", " ?")]:
                    self.env["PLACE"] = odd
                    self.assertIn("PLACE holds ", self.deliver(status=1))
                self.assertEqual(web.got, [])
                self.env["PLACE"] = good + "\n"
                self.arrives_once(web)
                self.everything_is_printed()


if __name__ == "__main__":
    unittest.main()
