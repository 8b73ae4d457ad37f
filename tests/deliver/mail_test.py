"""Mail servers that encrypt, want a password, or say no; and what the digest is that arrives."""

import time
import unittest
import urllib.parse

import servers
from delivery import Delivery


class Mail(Delivery):
    def setUp(self):
        super().setUp()
        self.refusal = None
        self.password = self.secret() + "@/ %"  # whatever a password may hold
        self.secrets.append(urllib.parse.quote(self.password, safe=""))

    def refuse(self, verb, address):
        return self.refusal[1] if self.refusal and self.refusal[0] == verb else None

    def server(self, **how):
        return servers.Mail(self.refuse, user="vigie", password=self.password, **how)

    def connect(self, mail, host="localhost"):
        self.env["VIGIE_SMTP"] = mail.url(host).replace(self.password, urllib.parse.quote(self.password, safe=""))

    def mail_world(self, owners, items=None):
        self.world(['tell mail from "vigie@company.example"'], owners, items)

    def test_mail_goes_encrypted_and_signed_in(self):
        good = self.authority.certificate("mail")
        for how in [{"tls": good}, {"starttls": good}]:
            with self.subTest(how=list(how)), self.server(**how) as mail:
                self.again()
                self.mail_world(1)
                self.connect(mail)
                self.deliver()
                [(sender, to, message)] = mail.got
                self.assertEqual((sender, to), ("vigie@company.example", ["person0@example.test"]))
                self.assertEqual(message["To"], "<person0@example.test>")
                self.deliver()
                self.assertEqual(len(mail.got), 1)

    def test_the_digest_can_be_read(self):
        with self.server(tls=self.authority.certificate("mail")) as mail:
            self.mail_world(1, items=30)
            self.connect(mail)
            self.deliver()
            [(_, _, message)] = mail.got
            plain, html = message.get_payload()
            self.assertEqual((plain.get_content_type(), html.get_content_type()), ("text/plain", "text/html"))
            text = plain.get_payload(decode=True).decode()
            self.assertLess(text.index("Account 29"), text.index("Account 28"))  # by money at stake
            self.assertIn("Account 29", html.get_payload(decode=True).decode())
            self.assertIn("30 items to do", message["Subject"])

    def test_without_encryption_mail_stays_inside(self):
        with servers.Mail(self.refuse) as mail:
            self.mail_world(1)
            self.connect(mail)
            self.assertIn("is in your own network or on this machine", self.vigie("deliver", status=1))
            self.assertEqual(mail.got, [])
            self.deliver()
            self.assertEqual(len(mail.got), 1)

    def test_a_wrong_certificate_or_password_is_said(self):
        with self.server(tls=self.authority.stranger()) as mail:
            self.mail_world(1)
            self.connect(mail)
            self.assertIn("comes from nobody whom this machine trusts", self.deliver(status=1))
        with self.server(tls=self.authority.certificate("mail")) as mail:
            self.connect(mail)
            good = self.env["VIGIE_SMTP"]
            self.env["VIGIE_SMTP"] = good.replace("vigie:", "somebody:")
            said = self.deliver(status=1, now="2026-03-02 10:30")
            self.assertIn("localhost does not accept the user and password in VIGIE_SMTP (535)", said)
            self.assertEqual(mail.got, [])
            self.env["VIGIE_SMTP"] = good
            self.deliver(now="2026-03-02 10:31")
            self.assertEqual(len(mail.got), 1)

    def test_a_mailbox_that_takes_none_now_gets_it_later(self):
        for verb in ["RCPT", "DATA"]:
            with self.subTest(verb), self.server(tls=self.authority.certificate("mail")) as mail:
                self.again()
                self.mail_world(1)
                self.connect(mail)
                self.refusal = (verb, "450 4.2.0 greylisted")
                self.assertIn("localhost does not take mail for person0@example.test for now (450); it says "
                              '"4.2.0 greylisted"', self.deliver(status=1))
                self.refusal = None
                self.deliver(now="2026-03-02 10:30")
                self.assertEqual(len(mail.got), 1)

    def test_one_that_hangs_hangs_up_or_closes_gets_it_later_once(self):
        for no, why in [(servers.Mail.HANG, "localhost did not answer within 1 s"),
                        (servers.Mail.HANG_UP, "localhost gave half an answer"),
                        ("421 4.3.2 closing", "localhost takes no mail for now (421)"),
                        ("552 5.2.2 full", "the mailbox of person0@example.test is full")]:
            self.again()
            with self.subTest(why), self.server(tls=self.authority.certificate("mail")) as mail:
                self.env["VIGIE_DELIVER_TIMEOUT_MS"] = "500"
                self.mail_world(1)
                self.assertIn("VIGIE_SMTP is not set here", self.deliver(status=1))
                self.connect(mail)
                self.refusal = ("DATA", no)
                self.assertIn(why, self.deliver(status=1, now="2026-03-02 09:01"))
                self.vigie("deliver", "--failed", "--format", "json", status=1 if no.startswith("552") else 0)
                self.refusal = None
                self.deliver("--retry", now="2026-03-02 12:00")
                self.deliver(now="2026-02-28 12:00")  # the clock has gone back
                self.assertEqual(len(mail.got), 1)
                self.assertEqual(len({s.key for s in mail.tried}), 1)

    def test_a_kill_before_the_answer_sends_the_same_mail_again(self):
        with self.server(tls=self.authority.certificate("mail")) as mail:
            self.mail_world(1)
            self.connect(mail)
            self.refusal = ("DATA", servers.Mail.HANG)
            first = self.start("deliver", "--allow-private")
            while not mail.tried:
                time.sleep(0.01)
            first.kill()
            self.finish(first)
            self.refusal = None
            self.deliver(now="2026-03-02 12:00")
            self.assertEqual(len(mail.got), 1)
            self.assertEqual(len({s.bytes for s in mail.tried}), 1)

    def test_an_address_that_does_not_exist_waits_for_a_person(self):
        with self.server(tls=self.authority.certificate("mail")) as mail:
            self.mail_world(2)
            self.connect(mail)
            self.refuse = lambda verb, address: "550 5.1.1 nobody of that name" if "person0" in address else None
            mail.refuse = self.refuse
            said = self.deliver(status=1)
            self.assertIn("localhost does not take mail for person0@example.test (550)", said)
            self.assertEqual([to for _, to, _ in mail.got], [["person1@example.test"]])
            self.assertIn("person0@example.test", self.vigie("deliver", "--failed", status=1))
            mail.refuse = lambda verb, address: None
            self.deliver("--retry")
            self.assertEqual(len(mail.got), 2)
            self.assertNotEqual(mail.got[0][2]["Message-ID"], mail.got[1][2]["Message-ID"])

    def test_a_flood_of_items_is_a_message_a_person(self):
        with self.server(tls=self.authority.certificate("mail")) as mail:
            self.mail_world(6, items=1479)
            self.connect(mail)
            self.deliver()
            self.assertEqual(sorted(to[0] for _, to, _ in mail.got),
                             [f"person{i}@example.test" for i in range(6)])
            for _, _, message in mail.got:
                self.assertLess(len(message.as_bytes()), 100_000)
            self.deliver(now="2026-03-02 18:00")
            self.assertEqual(len(mail.got), 6)


if __name__ == "__main__":
    unittest.main()
