/* Microsoft Teams: what a workflow with a webhook posts, a message that holds one adaptive card.
 * Its limit: 28 KB a message.
 *
 * Markdown is read in a TextBlock, not in the runs of a RichTextBlock: so texts of the data stand
 * in runs, and whatever signs are in them are shown as they are. */
#include "action/value_json.h"
#include "base/check.h"
#include "deliver/clip.h"
#include "deliver/writer.h"

/* A little less than 28 KB, however they are counted. FIELD: characters of one text. */
enum { MESSAGE_BYTES_MAX = 27500, FIELD_MAX = 300, FIELD_MIN = 12 };

struct card {
  const struct digest *d;
  struct arena *a;
  size_t max; /* characters of a text */
  json_t *body;
};

/* {{DATE(…)}} is the one sign that a run has of its own. */
static json_t *run(const struct card *c, const char *text, size_t max) {
  char *shown = arena_strdup(c->a, clip(text, max, c->a));
  for (char *p = shown; (p = strstr(p, "{{"));) p[1] = '(';
  json_t *o = json_object();
  set_member(o, "type", json_string("TextRun"));
  set_member(o, "text", text_json(shown));
  return o;
}

static json_t *block_of(json_t *of) {
  json_t *o = json_object(), *inlines = json_array();
  json_array_append_new(inlines, of);
  set_member(o, "type", json_string("RichTextBlock"));
  set_member(o, "inlines", inlines);
  return o;
}

static json_t *bold(json_t *of) {
  set_member(of, "weight", json_string("Bolder"));
  return of;
}

static json_t *quiet(json_t *of) {
  set_member(of, "isSubtle", json_true());
  return of;
}

static bool is_web(const char *link) {
  return link && strlen(link) <= FIELD_MAX && !strpbrk(link, " \r\n") &&
         (strncmp(link, "https://", 8) == 0 || strncmp(link, "http://", 7) == 0);
}

/* What it is about; touched, it opens. */
static json_t *about(const struct card *c, const struct digest_line *l) {
  json_t *o = bold(run(c, l->about, c->max));
  if (is_web(l->item->link)) {
    json_t *opens = json_object();
    set_member(opens, "type", json_string("Action.OpenUrl"));
    set_member(opens, "url", text_json(l->item->link));
    set_member(o, "selectAction", opens);
  }
  return o;
}

static void in_full(struct card *c, const struct digest_line *l) {
  json_t *o = json_object(), *items = json_array(), *first = block_of(about(c, l));
  if (*l->money)
    json_array_append_new(json_object_get(first, "inlines"),
                          run(c, arena_printf(c->a, "  %s", l->money), c->max));
  json_array_append_new(items, first);
  json_array_append_new(items, block_of(run(c, l->task, c->max)));
  const char *when =
      arena_printf(c->a, "%s, %s, %s", clip(l->news, c->max, c->a), l->due, l->number);
  json_array_append_new(items, block_of(quiet(run(c, when, c->max * 2))));
  if (*l->why)
    json_array_append_new(
        items, block_of(quiet(run(c, arena_printf(c->a, "Why: %s", l->why), c->max * 2))));
  const char *step = digest_step(l, c->a);
  if (step) json_array_append_new(items, block_of(quiet(run(c, step, c->max))));
  set_member(o, "type", json_string("Container"));
  set_member(o, "separator", json_true());
  set_member(o, "items", items);
  json_array_append_new(c->body, o);
}

/* A line each; over: of what there is no longer to do. */
static void in_short(struct card *c, const char *head, const struct digest_line *lines, size_t n,
                     bool over) {
  if (!n) return;
  json_array_append_new(c->body, block_of(bold(run(c, head, c->max))));
  size_t max = c->max < 60 ? c->max : 60;
  for (size_t i = 0; i < n && i < DIGEST_SHORT; i++) {
    const struct digest_line *l = &lines[i];
    const char *text = arena_printf(
        c->a, "• %s: %s, %s%s%s, %s", clip(l->about, max, c->a), clip(l->task, max, c->a),
        over ? clip(l->news, max, c->a) : l->due, *l->money ? ", " : "", l->money, l->number);
    json_array_append_new(c->body, block_of(run(c, text, c->max * 2)));
  }
  if (n > DIGEST_SHORT)
    json_array_append_new(
        c->body, block_of(run(c, arena_printf(c->a, "and %zu more", n - DIGEST_SHORT), c->max)));
}

/* How to answer: it is not cut, for half a command helps nobody. */
static void add_replies(struct card *c) {
  enum { COMMAND_MAX = 200 };
  size_t n;
  const struct reply *r = digest_replies(c->d, c->a, &n);
  if (!n) return;
  const char *head = arena_printf(
      c->a, "To answer, here for %s (a reply here is not read):", c->d->lines[0].number);
  json_array_append_new(c->body, block_of(quiet(run(c, head, COMMAND_MAX))));
  for (size_t i = 0; i < n; i++) {
    json_t *line = block_of(quiet(run(c, arena_printf(c->a, "%s: ", r[i].when), COMMAND_MAX)));
    json_t *command = run(c, r[i].command, COMMAND_MAX);
    set_member(command, "fontType", json_string("Monospace"));
    json_array_append_new(json_object_get(line, "inlines"), command);
    json_array_append_new(c->body, line);
  }
}

static void fill_body(struct card *c) {
  const struct digest *d = c->d;
  json_t *head = bold(run(c, arena_printf(c->a, "%s: %s", d->to, d->title), c->max));
  set_member(head, "size", json_string("Large"));
  json_array_append_new(c->body, block_of(head));
  size_t full = d->n_lines < DIGEST_FULL ? d->n_lines : DIGEST_FULL;
  for (size_t i = 0; i < full; i++) in_full(c, &d->lines[i]);
  in_short(c, "And", d->lines + full, d->n_lines - full, false);
  in_short(c, "No longer to do", d->over, d->n_over, true);
  if (d->to_do)
    json_array_append_new(
        c->body,
        block_of(quiet(
            run(c, arena_printf(c->a, "The whole list: %ld to do, %ld late.", d->to_do, d->late),
                c->max * 2))));
  add_replies(c);
}

static const char *message_of(const struct writing *w, size_t max) {
  struct card c = {.d = w->d, .a = w->a, .max = max, .body = json_array()};
  json_t *card = json_object(), *attached = json_object(), *all = json_array(), *o = json_object();
  fill_body(&c);
  set_member(card, "type", json_string("AdaptiveCard"));
  set_member(card, "$schema", json_string("http://adaptivecards.io/schemas/adaptive-card.json"));
  set_member(card, "version", json_string("1.4"));
  set_member(card, "body", c.body);
  set_member(attached, "contentType", json_string("application/vnd.microsoft.card.adaptive"));
  set_member(attached, "content", card);
  json_array_append_new(all, attached);
  set_member(o, "type", json_string("message"));
  set_member(o, "attachments", all);
  return json_text(o, w->a);
}

/* Where the message would be too long, its texts are cut shorter. */
bool write_teams(const struct writing *w, struct message *out, struct diags *problems) {
  (void)problems;
  size_t max = FIELD_MAX;
  do {
    out->bytes = message_of(w, max);
    out->n = strlen(out->bytes);
    max /= 2;
  } while (out->n > MESSAGE_BYTES_MAX && max >= FIELD_MIN);
  CHECK(out->n <= MESSAGE_BYTES_MAX);
  out->content_type = "application/json";
  return true;
}
