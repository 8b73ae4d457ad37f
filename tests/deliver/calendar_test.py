"""A calendar server that is one: Radicale, behind TLS and a password."""

import os
import unittest
import urllib.parse

import servers
from delivery import Delivery


class Calendar(Delivery):
    def calendar(self):
        self.password = self.secret() + " /@"
        self.secrets.append(urllib.parse.quote(self.password, safe=""))
        folder = self.path("radicale")
        os.makedirs(folder)
        return servers.Calendar(folder, self.authority, password=self.password)

    def no_secret_is_left(self):
        os.remove(self.path("radicale/users"))  # where the server keeps them
        super().no_secret_is_left()

    def test_a_webhook_that_leads_to_a_calendar_is_said_to(self):
        with self.calendar() as calendar:
            self.world(['tell webhook env "ITEMS_URL"'], 1)
            self.env["ITEMS_URL"] = calendar.url()
            self.assertIn("localhost takes no messages at the address in ITEMS_URL (405)", self.deliver(status=1))
            self.env["ITEMS_URL"] = calendar.url().replace("vigie:", "vigie:x")
            self.assertIn("localhost does not accept the user, password or key in ITEMS_URL (401)",
                          self.deliver(status=1))
            self.assertEqual(calendar.files(), {})

    def test_an_item_is_one_task_and_is_completed_when_it_is_closed(self):
        with self.calendar() as calendar:
            self.world(['tell calendar env "CALENDAR_URL"'], 2)
            self.env["CALENDAR_URL"] = calendar.url()
            self.deliver()
            tasks = calendar.files()
            self.assertEqual(len(tasks), 2)
            for text in tasks.values():
                self.assertIn("STATUS:NEEDS-ACTION", text)
                self.assertIn("DUE;VALUE=DATE:20260309", text)
            self.env["VIGIE_TODAY"] = "2026-03-02"
            self.vigie("items", "done", "1", "--by", "person0@example.test")
            self.deliver(now="2026-03-02 12:00")
            after = calendar.files()
            self.assertEqual(set(after), set(tasks))
            closed = [name for name, text in after.items() if "STATUS:COMPLETED" in text]
            self.assertEqual([name.startswith("item-1-") for name in closed], [True])
            self.assertIn("Nothing to send", self.deliver(now="2026-03-02 13:00"))

    def test_each_person_has_a_calendar(self):
        with self.calendar() as calendar:
            self.world(['tell calendar env "CALENDAR_URL"'], 1)
            self.env["CALENDAR_URL"] = calendar.url().replace("/vigie/items", "/{person}/tasks/")
            refused = self.deliver(status=1)
            self.assertNotIn("{person}", refused)
            self.assertEqual(calendar.files(), {})
            # to the calendar of person0: the address stands percent-encoded in the path
            self.env["CALENDAR_URL"] = calendar.url().replace("/items", "/{person}")
            calendar.make("person0@example.test")
            self.deliver("--retry", now="2026-03-02 14:00")
            self.assertEqual(len(calendar.files()), 1)


if __name__ == "__main__":
    unittest.main()
