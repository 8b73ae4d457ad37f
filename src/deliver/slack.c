/* Slack, and what takes its messages: one message of blocks. Its limits: 50 blocks, 3,000
 * characters in a section, 150 in a header. */
#include "action/value_json.h"
#include "base/check.h"
#include "base/text.h"
#include "deliver/clip.h"
#include "deliver/writer.h"

enum { BLOCKS_MAX = 50, SECTION_MAX = 3000, HEADER_MAX = 150, FIELD_MAX = 300 };

/* &, < and > are signs of its own. */
static const char *escaped(const char *text, struct arena *a) {
  const char *out = "";
  for (const char *p = text; *p;) {
    size_t plain = strcspn(p, "&<>");
    out = arena_printf(a, "%s%.*s", out, (int)plain, p);
    p += plain;
    if (!*p) break;
    out = arena_printf(a, "%s%s", out, *p == '&' ? "&amp;" : *p == '<' ? "&lt;" : "&gt;");
    p++;
  }
  return out;
}

/* What is longer than max once it is escaped is cut. */
static const char *said(const char *text, size_t max, struct arena *a) {
  enum { SIGN_MAX = 5 /* "&amp;" */ };
  size_t room = max, n;
  const char *out = escaped(clip(text, room, a), a);
  for (; (n = text_length(out)) > max; out = escaped(clip(text, room, a), a))
    room -= (n - max + SIGN_MAX - 1) / SIGN_MAX;
  return out;
}

static json_t *block(const char *type, const char *text_type, const char *text) {
  json_t *t = json_object(), *b = json_object();
  set_member(t, "type", json_string(text_type));
  set_member(t, "text", text_json(text));
  set_member(b, "type", json_string(type));
  if (strcmp(type, "context") == 0) {
    json_t *elements = json_array();
    json_array_append_new(elements, t);
    set_member(b, "elements", elements);
  } else {
    set_member(b, "text", t);
  }
  return b;
}

static const char *about(const struct digest_line *l, struct arena *a) {
  const char *text = said(l->about, FIELD_MAX, a), *link = l->item->link;
  return link && strlen(link) <= DIGEST_LINK_MAX && !strpbrk(link, "|<>")
             ? arena_printf(a, "<%s|%s>", link, text)
             : text;
}

static const char *in_full(const struct digest_line *l, struct arena *a) {
  const char *step = digest_step(l, a), *why = said(l->why, FIELD_MAX * 2, a);
  return arena_printf(a, "*%s*%s%s: %s\n%s, %s, %s%s%s%s%s", about(l, a), *l->money ? "  " : "",
                      l->money, said(l->task, FIELD_MAX, a), said(l->news, FIELD_MAX, a), l->due,
                      l->number, *why ? "\nWhy: " : "", why, step ? "\n" : "",
                      step ? said(step, FIELD_MAX, a) : "");
}

static const char *in_short(const struct digest_line *l, bool over, struct arena *a) {
  return arena_printf(a, "• %s: %s, %s%s%s, %s", said(l->about, 60, a), said(l->task, 60, a),
                      over ? said(l->news, 60, a) : l->due, *l->money ? ", " : "", l->money,
                      l->number);
}

/* Lines in as many sections as they need. */
static void add_short(json_t *blocks, const char *head, const struct digest_line *lines, size_t n,
                      bool over, struct arena *a) {
  const char *text = arena_printf(a, "*%s*", head);
  for (size_t i = 0; i < n && i < DIGEST_SHORT; i++) {
    const char *line = in_short(&lines[i], over, a);
    if (strlen(text) + strlen(line) + 1 > SECTION_MAX - 100) {
      json_array_append_new(blocks, block("section", "mrkdwn", text));
      text = line;
    } else {
      text = arena_printf(a, "%s\n%s", text, line);
    }
  }
  if (n > DIGEST_SHORT) text = arena_printf(a, "%s\nand %zu more", text, n - DIGEST_SHORT);
  json_array_append_new(blocks, block("section", "mrkdwn", text));
}

/* A line each, where a command can be copied from. */
static void add_replies(json_t *blocks, const struct digest *d, struct arena *a) {
  size_t n;
  const struct reply *r = digest_replies(d, a, &n);
  if (!n) return;
  const char *text =
      arena_printf(a, "To answer, here for %s (a reply here is not read):", d->lines[0].number);
  for (size_t i = 0; i < n; i++)
    text = arena_printf(a, "%s\n%s: `%s`", text, r[i].when, r[i].command);
  json_array_append_new(blocks, block("context", "mrkdwn", text));
}

bool write_slack(const struct writing *w, struct message *out, struct diags *problems) {
  (void)problems;
  const struct digest *d = w->d;
  const char *head = arena_printf(w->a, "%s: %s", d->to, d->title);
  json_t *blocks = json_array(), *o = json_object();
  json_array_append_new(blocks, block("header", "plain_text", said(head, HEADER_MAX, w->a)));
  size_t full = d->n_lines < DIGEST_FULL ? d->n_lines : DIGEST_FULL;
  for (size_t i = 0; i < full; i++)
    json_array_append_new(blocks, block("section", "mrkdwn", in_full(&d->lines[i], w->a)));
  if (full < d->n_lines) add_short(blocks, "And", d->lines + full, d->n_lines - full, false, w->a);
  if (d->n_over) add_short(blocks, "No longer to do", d->over, d->n_over, true, w->a);
  if (d->to_do)
    json_array_append_new(blocks, block("context", "mrkdwn",
                                        arena_printf(w->a, "The whole list: %ld to do, %ld late.",
                                                     d->to_do, d->late)));
  add_replies(blocks, d, w->a);
  CHECK(json_array_size(blocks) <= BLOCKS_MAX);
  set_member(o, "text", text_json(said(head, SECTION_MAX, w->a)));
  set_member(o, "blocks", blocks);
  out->bytes = json_text(o, w->a);
  out->n = strlen(out->bytes);
  out->content_type = "application/json";
  return true;
}
