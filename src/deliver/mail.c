/* A mail: one message in two bodies. The person is its only reader: a team's mail goes to whoever
 * leads it. */
#include "deliver/mail.h"

#include <stdlib.h>
#include <time.h>

#include "base/hash.h"
#include "deliver/mime.h"
#include "deliver/writer.h"

/* The address that says from whom it comes, where no rule does. */
static const char sender_variable[] = "VIGIE_MAIL_FROM";

static const char *sender_of(const struct writing *w, struct diags *problems) {
  const char *from = w->tell->sender ? w->tell->sender : getenv(sender_variable);
  if (from && mime_address_ok(from)) return from;
  diag_fail(problems, V0801,
            "mail has no sender: write in the rules tell mail from \"vigie@company.example\", or "
            "set %s",
            sender_variable);
  return NULL;
}

static const char *address_of(const struct writing *w, struct diags *problems) {
  const struct digest *d = w->d;
  const char *to = address_for(w->settings, d->to, d->of_team);
  if (to && mime_address_ok(to)) return to;
  if (d->of_team)
    diag_fail(problems, V0802,
              "team %s has no address for mail: write one under it, such as assigns "
              "\"lead@company.example\"",
              d->to);
  else
    diag_fail(problems, V0802,
              "%s is no address for mail: the column of `assigns` has to hold addresses", d->to);
  return NULL;
}

/* "Mon, 02 Mar 2026 08:00:00 +0000" */
static const char *mail_date(const char *at, struct arena *a) {
  struct tm tm = {0};
  char text[64];
  if (!strptime(at, "%Y-%m-%dT%H:%M:%SZ", &tm)) return "";
  static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  strftime(text, sizeof text, "%Y %H:%M:%S +0000", &tm);
  return arena_printf(a, "Date: %s, %02d %s %s\r\n", days[tm.tm_wday], tm.tm_mday,
                      months[tm.tm_mon], text);
}

bool write_mail(const struct writing *w, struct message *out, struct diags *problems) {
  const char *from = sender_of(w, problems);
  const char *to = from ? address_of(w, problems) : NULL;
  if (!to) return false;
  const char *edge = arena_printf(w->a, "part-%s", out->key);
  out->sender = from;
  out->mail = to;
  out->bytes = arena_printf(
      w->a,
      "%s%s%s%s%sMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"%s\"\r\n"
      "\r\n--%s\r\n%s--%s\r\n%s--%s--\r\n",
      mime_address("From", from, w->a), mime_address("To", to, w->a),
      mime_header("Subject", mail_title(w->d, w->a), w->a), mail_date(w->at, w->a),
      arena_printf(w->a, "Message-ID: <%s@vigie>\r\n", out->key), edge, edge,
      mime_part("text/plain", mail_plain(w->d, w->a), w->a), edge,
      mime_part("text/html", mail_html(w->d, w->a), w->a), edge);
  out->n = strlen(out->bytes);
  out->content_type = NULL;
  return true;
}
