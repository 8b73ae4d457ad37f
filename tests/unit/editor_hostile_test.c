/* Hostile clients of the language server: half messages, wrong lengths, cancelled requests, edits
 * of files that were never saved. Whatever comes, what goes out are whole messages; and where the
 * messages that came were whole, each request is answered once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <pthread.h>
#include <unistd.h>

#include "base/text_buffer.h"
#include "editor/editor.h"
#include "editor/frames.h"
#include "starter/rng.h"

enum { SESSIONS = 60, MESSAGES = 40, FILES = 3, SESSION_MAX = 60000 /* a pipe holds it */ };

static const char POLICY[] =
    "language 1\ncalendar\n  currency EUR\nentity account from \"accounts\"\n  key \"id\"\n"
    "  arr money \"arr\"\nthreshold floor = 8 EUR\nteam CS\n  assigns \"cs@acme.example\"\n"
    "rule too_low for account\n  when arr < floor\n  -> assign CS, due 7d\n";

/* ---- what a session says ---------------------------------------------------------------- */

struct session {
  struct rng r;
  struct text_buffer out;
  int asked; /* ids 1 to asked have been given out */
};

static int pick(struct session *s, int low, int high) { return rng_int(&s->r, low, high); }

static void say_json(struct session *s, json_t *m) {
  char *text = json_dumps(m, JSON_COMPACT);
  assert_non_null(text);
  text_add(&s->out, arena_printf(s->out.a, "Content-Length: %zu\r\n\r\n%s", strlen(text), text));
  free(text);
  json_decref(m);
}

static const char *any_uri(struct session *s) {
  static const char *const uris[] = {"file:///nowhere/a.vigie", "file:///nowhere/rules/b.vigie",
                                     "untitled:Untitled-1", "file:///nowhere/never.vigie", ""};
  return uris[pick(s, 0, 9) ? pick(s, 0, FILES - 1) : pick(s, 0, 4)];
}

static int any_number(struct session *s) {
  static const int odd[] = {-1, 1 << 30, 99, 0};
  return pick(s, 0, 9) ? pick(s, 0, 14) : RNG_PICK(&s->r, odd);
}

static json_t *any_place(struct session *s) {
  if (!pick(s, 0, 19)) return json_pack("{s:s}", "line", "three");
  return json_pack("{s:i, s:i}", "line", any_number(s), "character", any_number(s));
}

static json_t *any_range(struct session *s) {
  return json_pack("{s:o, s:o}", "start", any_place(s), "end", any_place(s));
}

static const char *any_text(struct session *s) {
  static const char *const texts[] = {"",
                                      "\n",
                                      "\r\n",
                                      "𝄞",
                                      "floor",
                                      "\"",
                                      "rule ",
                                      "  when ",
                                      "\r",
                                      "(",
                                      "from 2026-",
                                      "é",
                                      "\t",
                                      "arr < > ",
                                      "{arr}",
                                      "#",
                                      "use std.retention\n"};
  return RNG_PICK(&s->r, texts);
}

static json_t *any_params(struct session *s) {
  json_t *p = json_pack("{s:{s:s}, s:o, s:o}", "textDocument", "uri", any_uri(s), "position",
                        any_place(s), "range", any_range(s));
  json_object_set_new(p, "newName", json_string(any_text(s)));
  json_object_set_new(p, "query", json_string(any_text(s)));
  json_object_set_new(p, "command", json_string(pick(s, 0, 1) ? "vigie.run_test" : "x"));
  json_object_set_new(p, "arguments", json_pack("[s, s]", any_uri(s), any_text(s)));
  return pick(s, 0, 29) ? p : (json_decref(p), json_integer(7));
}

static void tell(struct session *s, const char *method, json_t *params) {
  say_json(s, json_pack("{s:s, s:s, s:o}", "jsonrpc", "2.0", "method", method, "params", params));
}

static void open_file(struct session *s, const char *uri) {
  tell(s, "textDocument/didOpen",
       json_pack("{s:{s:s, s:s, s:i, s:s}}", "textDocument", "uri", uri, "languageId", "vigie",
                 "version", 1, "text", pick(s, 0, 4) ? POLICY : any_text(s)));
}

static void edit_file(struct session *s) {
  json_t *edits = json_array();
  for (int n = pick(s, 0, 3); n > 0; n--) {
    json_t *e = json_pack("{s:s}", "text", pick(s, 0, 9) ? any_text(s) : POLICY);
    if (pick(s, 0, 9)) json_object_set_new(e, "range", any_range(s));
    json_array_append_new(edits, e);
  }
  tell(s, "textDocument/didChange",
       json_pack("{s:{s:s, s:i}, s:o}", "textDocument", "uri", any_uri(s), "version", any_number(s),
                 "contentChanges", edits));
}

static const char *const methods[] = {
#define METHOD(name, function, kind, capability, value) name,
#include "editor/method.def"
#undef METHOD
    "no/such"};

/* Any but those that end it or begin it. */
static void ask(struct session *s) {
  const char *m = RNG_PICK(&s->r, methods);
  if (strcmp(m, "shutdown") == 0 || strcmp(m, "exit") == 0 || strncmp(m, "init", 4) == 0) return;
  say_json(s, json_pack("{s:i, s:s, s:o}", "id", ++s->asked, "method", m, "params", any_params(s)));
}

static void say_something(struct session *s) {
  int what = pick(s, 0, 19);
  if (what < 6)
    edit_file(s);
  else if (what < 7)
    open_file(s, any_uri(s));
  else if (what < 8)
    tell(s, "textDocument/didClose", any_params(s));
  else if (what < 10)
    tell(s, "$/cancelRequest", json_pack("{s:i}", "id", pick(s, 0, s->asked + 1)));
  else if (what < 11)
    say_json(s, json_pack("{s:s, s:n}", "id", "vigie-1", "result"));
  else
    ask(s);
}

static void make_session(struct session *s, size_t seed) {
  *s = (struct session){.r = rng_stream("hostile editor", seed), .out = {.a = arena_new()}};
  say_json(s, json_pack("{s:i, s:s, s:{s:s}}", "id", ++s->asked, "method", "initialize", "params",
                        "rootUri", "file:///nowhere"));
  for (int i = 0; i < FILES - 1; i++) open_file(s, any_uri(s));
  for (int i = 0; i < MESSAGES; i++) say_something(s);
  say_json(s, json_pack("{s:i, s:s}", "id", ++s->asked, "method", "shutdown"));
  say_json(s, json_pack("{s:s}", "method", "exit"));
  assert_true(strlen(text_of_buffer(&s->out)) < SESSION_MAX);
}

/* ---- a server that hears it ------------------------------------------------------------- */

struct bytes {
  char text[SESSION_MAX];
  size_t n;
  int to;
  struct rng r;
};

/* In pieces, as a stream brings them. */
static void *feed(void *ctx) {
  struct bytes *b = ctx;
  for (size_t at = 0; at < b->n;) {
    size_t n = (size_t)rng_int(&b->r, 1, rng_chance(&b->r, 100) ? 40 : 4000);
    if (n > b->n - at) n = b->n - at;
    assert_int_equal(write(b->to, b->text + at, n), (ssize_t)n);
    at += n;
  }
  close(b->to);
  return NULL;
}

static day_t today(const void *ctx, const struct ruleset *rs) {
  (void)ctx, (void)rs;
  return 20514;
}

static const char *help(struct arena *a, const char *word) {
  (void)a, (void)word;
  return NULL;
}

/* What the server said to the bytes, as one array. */
static json_t *answers_to(struct bytes *b) {
  struct editor_setup setup = {.version = "0", .help = help, .today = today};
  int ends[2];
  pthread_t feeder;
  FILE *said = tmpfile();
  assert_int_equal(pipe(ends), 0);
  b->to = ends[1];
  assert_int_equal(pthread_create(&feeder, NULL, feed, b), 0);
  editor_serve(&setup, ends[0], fileno(said));
  char rest[4096];
  while (read(ends[0], rest, sizeof rest) > 0) continue; /* behind `exit` */
  pthread_join(feeder, NULL);
  close(ends[0]);
  struct frames in = {0};
  struct frame f;
  json_t *all = json_array();
  size_t n;
  rewind(said);
  while ((n = fread(rest, 1, sizeof rest, said)) > 0) {
    frames_add(&in, rest, n);
    while ((f = frames_next(&in)).kind != FRAME_NONE) {
      assert_int_equal(f.kind, FRAME_WHOLE);
      json_t *m = json_loadb(f.body, f.size, JSON_ALLOW_NUL, NULL);
      assert_non_null(m);
      json_array_append_new(all, m);
    }
  }
  assert_int_equal(in.n, in.used);
  frames_free(&in);
  fclose(said);
  return all;
}

static struct bytes *bytes_of(const struct session *s, size_t seed) {
  static struct bytes b;
  const char *text = text_of_buffer((struct text_buffer *)(uintptr_t)&s->out);
  b.n = strlen(text);
  memcpy(b.text, text, b.n);
  b.r = rng_stream("pieces", seed);
  return &b;
}

static void every_request_is_answered_once(void **state) {
  (void)state;
  for (size_t seed = 0; seed < SESSIONS; seed++) {
    struct session s;
    make_session(&s, seed);
    json_t *all = answers_to(bytes_of(&s, seed)), *m;
    int *answers = calloc((size_t)s.asked + 1, sizeof *answers);
    size_t i;
    json_array_foreach(all, i, m) {
      json_int_t id = json_integer_value(json_object_get(m, "id"));
      if (!json_object_get(m, "method") && id >= 1 && id <= s.asked) answers[id]++;
    }
    for (int id = 1; id <= s.asked; id++)
      if (answers[id] != 1)
        fail_msg("session %zu: request %d has %d answers", seed, id, answers[id]);
    free(answers);
    json_decref(all);
    arena_free(s.out.a);
  }
}

/* A piece is lost, said twice, or other bytes. */
static void break_bytes(struct bytes *b) {
  for (int n = rng_int(&b->r, 1, 4); n > 0 && b->n > 200; n--) {
    size_t at = (size_t)rng_int(&b->r, 0, (int)b->n - 101), size = (size_t)rng_int(&b->r, 1, 100);
    int how = rng_int(&b->r, 0, 3);
    if (how == 0) b->n = at;
    if (how == 1) {
      memmove(b->text + at, b->text + at + size, b->n - at - size);
      b->n -= size;
    }
    for (size_t i = at; how == 2 && i < at + size; i++) b->text[i] = (char)rng_int(&b->r, 0, 255);
    if (how == 3 && b->n + size < SESSION_MAX) {
      memmove(b->text + at + size, b->text + at, b->n - at);
      b->n += size;
    }
  }
}

static void broken_streams_do_no_harm(void **state) {
  (void)state;
  for (size_t seed = 0; seed < SESSIONS; seed++) {
    struct session s;
    make_session(&s, seed);
    struct bytes *b = bytes_of(&s, seed);
    break_bytes(b);
    json_decref(answers_to(b));
    arena_free(s.out.a);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_request_is_answered_once),
      cmocka_unit_test(broken_streams_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
