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


if __name__ == "__main__":
    unittest.main()
