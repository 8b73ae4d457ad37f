/* Why an item opened. In: the item. Out: the parts of its condition with their values on the day it
 * opened and today, who works on it, and the commands that print all that. */
#include "action/evidence.h"
#include "base/text.h"
#include "report/html.h"

/* "49.7% (22,036 to 11,093)" */
static const char *value_words(struct html *h, const struct because *b) {
  const char *value = say_amount(&h->w, &b->value);
  return b->moved ? say(&h->w, T_EVIDENCE_MOVED, value, b->moved) : value;
}

static void put_head(struct html *h, const struct item *i, bool now) {
  html_put(h, "<tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>", say(&h->w, T_EVIDENCE_PART),
           say(&h->w, T_EVIDENCE_ASKED));
  html_put(h, "<th scope=\"col\" class=\"n\">%s</th>",
           say(&h->w, T_EVIDENCE_OPENED, say_short_day(&h->w, i->opened)));
  day_t on = h->r->ran == DAY_NONE ? h->r->as_of : h->r->ran;
  if (now) html_put(h, "<th scope=\"col\" class=\"n\">%s</th>", say_short_day(&h->w, on));
  html_put(h, "</tr>");
}

static void put_part(struct html *h, const struct because *b, const struct evidence *now) {
  html_put(h, "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"n\">%s</td>", b->expr,
           b->bound ? b->bound : "", value_words(h, b));
  if (now)
    html_put(h, "<td class=\"n\"><b>%s</b></td>",
             now->asked ? value_words(h, &now->now) : say(&h->w, T_EVIDENCE_NOT_ASKED));
  html_put(h, "</tr>\n");
}

static void put_values(struct html *h, const struct item *i) {
  const struct evidence *now = evidence_read(i, h->a);
  if (!i->n_because) {
    html_paragraph(h, "fine", say(&h->w, T_EVIDENCE_NONE));
    return;
  }
  html_put(h, "<div class=\"scroll\"><table><caption>%s</caption><thead>",
           say_title(&h->w, i->rule));
  put_head(h, i, now != NULL);
  html_put(h, "</thead><tbody>\n");
  for (size_t k = 0; k < i->n_because; k++) put_part(h, &i->because[k], now ? &now[k] : NULL);
  html_put(h, "</tbody></table></div>\n");
}

/* Only pages of the web: a `link` is made of data. */
static bool is_web(const char *link) {
  return link && (strncmp(link, "https://", 8) == 0 || strncmp(link, "http://", 7) == 0);
}

static void put_standing(struct html *h, const struct item *i) {
  if (i->n_steps)
    html_paragraph(h, "steps",
                   say(&h->w, T_WORK_STEPS, say_number(&h->w, (long)steps_checked(i)),
                       say_number(&h->w, (long)i->n_steps)));
  if (i->acknowledged != DAY_NONE)
    html_paragraph(h, "ack",
                   say(&h->w, T_WORK_ACKNOWLEDGED, say_person(&h->w, i->acknowledged_by),
                       say_short_day(&h->w, i->acknowledged)));
  if (i->escalated_to)
    html_paragraph(
        h, "up",
        say(&h->w, T_WORK_ESCALATED, i->escalated_to, say_short_day(&h->w, i->escalated_on)));
  if (is_web(i->link))
    html_put(h, "<p><a href=\"%s\" rel=\"noreferrer noopener\">%s</a></p>", i->link,
             say(&h->w, T_WORK_ROW));
}

/* A number is what people type; what no run has kept yet has only its rule and its row. */
static void put_commands(struct html *h, const struct item *i) {
  const char *key = i->key ? arena_printf(h->a, "--key %s", text_shell_word(h->a, i->key)) : "";
  const char *why = html_where(h, arena_printf(h->a, "explain %s", i->rule), key);
  html_put(h, "<p class=\"cmd\">");
  if (i->kept) {
    html_code(h, arena_printf(h->a, "vigie items show %ld", (long)i->id));
    html_put(h, " · ");
  }
  html_code(h, why);
  html_put(h, "</p>\n");
}

void html_evidence(struct html *h, const struct item *i) {
  if (h->evidence_left <= 0) {
    html_paragraph(h, "fine", say(&h->w, T_WORK_NO_EVIDENCE));
    return;
  }
  h->evidence_left--;
  html_put(h, "<div class=\"proof\">");
  put_values(h, i);
  put_standing(h, i);
  put_commands(h, i);
  html_put(h, "</div>");
}
