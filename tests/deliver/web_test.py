"""Receivers on the web that misbehave, and what `vigie deliver` says of each."""

import json
import socket
import sqlite3
import time
import unittest

import servers
from delivery import Delivery

LATER = "2026-03-02 10:30"  # after the pause that follows a failed try


class Web(Delivery):
    """One message; the receiver's behaviour is changed from one delivery to the next."""

    def setUp(self):
        super().setUp()
        self.env["ITEMS_SECRET"] = self.secret()
        self.path_to = "/services/" + self.secret()
        self.behave = servers.ok

    def one_message(self, web, host="localhost"):
        self.world(['tell webhook env "ITEMS_URL" signed "ITEMS_SECRET"'], 1)
        self.env["ITEMS_URL"] = web.url(self.path_to, host)

    def receiver(self, tls=None):
        return servers.Web(lambda request: self.behave, tls)

    def fails_then_arrives(self, web, why, **how):
        """It is said why, nothing is lost, and the message goes once the fault is mended."""
        said = self.deliver(status=1, **how)
        self.assertIn(why, said)
        self.behave = servers.ok
        before = len([r for r in web.got if r.acknowledged])
        self.deliver(now=LATER)
        self.assertEqual(len([r for r in web.got if r.acknowledged]), before + 1)
        self.deliver(now="2026-03-02 12:00")
        self.assertEqual(len([r for r in web.got if r.acknowledged]), before + 1)
        self.assertEqual(len({r.key for r in web.got}), 1)

    def test_what_fails_for_now_arrives_later(self):
        for name, behave, why in [
                ("500", servers.status(500), "localhost failed over the message (500)"),
                ("503", servers.status(503), "localhost does not work for now (503)"),
                ("half", servers.half, "localhost gave half an answer"),
                ("hang_up", servers.hang_up, "localhost closed the connection without an answer")]:
            with self.subTest(name), self.receiver() as web:
                self.again()
                self.one_message(web)
                self.behave = behave
                self.fails_then_arrives(web, why)

    def test_one_that_hangs_is_left_after_a_while(self):
        self.env["VIGIE_DELIVER_TIMEOUT_MS"] = "300"
        with self.receiver() as web:
            self.one_message(web)
            self.behave = servers.hang
            self.fails_then_arrives(web, "localhost did not answer within 1 s")

    def test_one_that_wants_a_pause_has_it(self):
        with self.receiver() as web:
            self.one_message(web)
            self.behave = servers.status(429, Retry_After="3600")
            self.assertIn("localhost takes no more messages for now (429)", self.deliver(status=1))
            self.behave = servers.ok
            self.deliver(status=1, now="2026-03-02 09:58")
            self.assertEqual(len(web.got), 1)
            self.deliver(now="2026-03-02 10:01")
            self.assertEqual(len(web.got), 2)

    def test_a_short_pause_is_waited_for(self):
        def once(handler, request):
            self.behave = servers.ok
            servers.status(429, Retry_After="1")(handler, request)

        with self.receiver() as web:
            self.one_message(web)
            self.behave = once
            self.deliver()
            self.assertEqual([bool(r.acknowledged) for r in web.got], [False, True])
            self.assertEqual(len({r.key for r in web.got}), 1)

    def test_an_answer_without_end_is_left(self):
        with self.receiver() as web:
            self.one_message(web)
            self.behave = servers.endless
            self.deliver()
            self.assertEqual(len(web.got), 1)

    def test_what_is_refused_waits_for_a_person(self):
        with self.receiver() as web:
            self.one_message(web)
            self.behave = servers.status(400, b"invalid_blocks")
            why = 'localhost does not understand the message (400); it says "invalid_blocks"'
            self.assertIn(why, self.deliver(status=1))
            self.deliver(now=LATER)
            self.assertEqual(len(web.got), 1)
            self.assertIn(why, self.vigie("deliver", "--failed", status=1))
            self.behave = servers.ok
            self.deliver("--retry", now=LATER)
            self.assertEqual([bool(r.acknowledged) for r in web.got], [False, True])
            self.assertEqual(web.got[0].body, web.got[1].body)
            self.assertEqual(json.loads(web.got[1].body)["to"], "person0@example.test")

    def test_an_address_that_is_gone_is_replaced_and_nothing_is_lost(self):
        with self.receiver() as web:
            self.one_message(web)
            self.behave = servers.status(404, b"no_service")
            self.assertIn("the address in ITEMS_URL does not exist at localhost (404): make a new one there and put it "
                          'into ITEMS_URL; it says "no_service"', self.deliver(status=1))
            self.behave = servers.ok
            self.deliver(now=LATER)
            self.assertEqual(len(web.got), 2)

    def test_what_the_receiver_repeats_is_not_printed_or_kept(self):
        with self.receiver() as web:
            self.one_message(web)
            self.env["ITEMS_URL"] = web.url(self.path_to).replace("//", f"//{self.secret()}:{self.secret()}@")
            self.behave = servers.echo
            self.assertIn("127.0.0.1 does not understand the message (400)\n", self.deliver(status=1))
            self.assertIn("Basic", web.got[0].headers["Authorization"])
            self.secrets.append(web.got[0].headers["Authorization"].split()[1])
            self.vigie("deliver", "--failed", status=1)
            self.vigie("deliver", "--failed", "--format", "json", status=1)

    def test_a_redirect_is_not_followed(self):
        with self.receiver() as web, servers.Web() as other:
            self.one_message(web)
            self.behave = servers.status(307, Location=other.url("/" + self.secret()))
            said = self.deliver(status=1)
            self.assertIn("localhost sends ITEMS_URL on to 127.0.0.1, which is not followed (307)", said)
            self.assertEqual(other.got, [])
            self.behave = servers.ok
            self.deliver(now=LATER)

    def test_addresses_inside_are_refused_unless_allowed(self):
        for host in ["localhost", "127.0.0.1", "0.0.0.0", "2130706433", "[::ffff:127.0.0.1]"]:
            with self.subTest(host), self.receiver(self.authority.certificate("good")) as web:
                self.again()
                self.one_message(web, host)
                said = self.vigie("deliver", status=1)
                self.assertIn("to which ITEMS_URL leads, is in your own network or on this machine", said)
                self.assertEqual(web.got, [])

    def test_a_proxy_leads_no_message_inside_and_is_named_where_nothing_is_reached(self):
        with self.receiver(self.authority.certificate("good")) as web, servers.Web() as proxy:
            self.one_message(web)
            way = proxy.url("").replace("//", f"//vigie:{self.secret()}@")
            for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy"]:
                self.env[name] = way
                self.assertIn("to which ITEMS_URL leads, is in your own network", self.vigie("deliver", status=1))
                good, self.env["ITEMS_URL"] = self.env["ITEMS_URL"], "https://no-such-host.invalid" + self.path_to
                said = self.vigie("deliver", status=1)
                self.assertEqual(f"the proxy in {name} is not used" in said, name != "http_proxy", said)
                self.env["ITEMS_URL"] = good
                del self.env[name]
                db = sqlite3.connect(self.path("actions.db"))
                db.execute("update message set next_at = 0")
                db.commit()
                db.close()
            self.assertEqual((web.got, proxy.got), ([], []))
            self.deliver()
            self.assertEqual((len(web.got), proxy.got), (1, []))

    def test_without_encryption_nothing_goes(self):
        with self.receiver() as web:
            self.one_message(web)
            self.assertIn("ITEMS_URL holds an address without encryption (localhost)", self.vigie("deliver", status=1))
            self.assertEqual(web.got, [])

    def test_a_wrong_certificate_is_refused_and_said_which_way(self):
        for name, tls, why in [
                ("expired", self.authority.certificate("expired", days=-1), "the certificate of localhost has expired"),
                ("other", self.authority.certificate("other", "DNS:elsewhere.test"), "is not for that name"),
                ("stranger", self.authority.stranger(), "comes from nobody whom this machine trusts")]:
            with self.subTest(name), self.receiver(tls) as web:
                self.again()
                self.one_message(web)
                self.assertIn(why, self.deliver(status=1))
                self.assertEqual(web.got, [])

    def test_a_certificate_of_ones_own_authority_is_taken(self):
        with self.receiver(self.authority.certificate("good")) as web:
            self.one_message(web)
            del self.env["SSL_CERT_FILE"]
            self.assertIn("SSL_CERT_FILE", self.deliver(status=1))
            self.assertEqual(web.got, [])
            self.env["SSL_CERT_FILE"] = self.authority.file
            self.deliver(now=LATER)
            self.assertEqual(len(web.got), 1)

    def test_nobody_there_and_a_name_that_is_not_found(self):
        with self.receiver() as web:
            self.one_message(web)
            good = self.env["ITEMS_URL"]
            with socket.socket() as s:
                s.bind(("127.0.0.1", 0))
                self.env["ITEMS_URL"] = f"http://localhost:{s.getsockname()[1]}{self.path_to}"
                self.assertIn("localhost takes no connection", self.deliver(status=1))
            self.env["ITEMS_URL"] = "https://no-such-host.invalid" + self.path_to
            self.assertIn("no no-such-host.invalid is found", self.deliver(status=1, now="2026-03-02 09:40"))
            self.env["ITEMS_URL"] = good
            self.deliver(now=LATER)
            self.assertEqual(len(web.got), 1)

    def test_a_secret_that_is_missing_is_named_and_nothing_is_lost(self):
        with self.receiver() as web:
            self.one_message(web)
            for name in ["ITEMS_URL", "ITEMS_SECRET"]:
                value = self.env.pop(name)
                self.assertEqual(self.deliver(status=1).count(f"{name} is not set here"), 1)
                self.env[name] = value
            self.assertEqual(web.got, [])
            self.deliver()
            self.assertEqual(len(web.got), 1)

    def test_a_clock_that_goes_back_holds_nothing_for_long(self):
        with self.receiver() as web:
            self.one_message(web)
            self.behave = servers.status(500)
            self.deliver(status=1, now="2026-03-02 09:00")
            self.behave = servers.ok
            self.deliver(now="2026-02-27 09:00")
            self.assertEqual(len(web.got), 2)

    def test_two_deliveries_at_once_send_nothing_twice(self):
        with self.receiver() as web:
            self.one_message(web)
            self.behave = servers.hang
            first = self.start("deliver", "--allow-private")
            while not web.got:
                time.sleep(0.01)
            self.assertIn("another vigie deliver is sending", self.deliver(status=2))
            self.assertEqual(len(web.got), 1)
            first.kill()
            self.finish(first)

    def test_a_dry_run_sends_and_keeps_nothing(self):
        with self.receiver() as web:
            self.one_message(web)
            self.assertIn("Account 0", self.vigie("deliver", "--dry-run"))
            self.assertEqual(web.got, [])
            self.deliver()
            self.assertEqual(len(web.got), 1)

    def test_a_library_that_is_missing_is_named(self):
        with self.receiver() as web:
            self.one_message(web)
            for name in ["libcurl.so.4", "libcurl-gnutls.so.4"]:
                with open(self.path(name), "wb"):
                    pass  # an empty file is found first, and is no library
            said = self.deliver(status=2, env={"LD_LIBRARY_PATH": self.folder})
            self.assertIn("vigie deliver: sending messages needs the library libcurl.so.4, which this machine does not "
                          "have: install the package libcurl4", said)
            self.deliver()
            self.assertEqual(len(web.got), 1)


if __name__ == "__main__":
    unittest.main()
