/* Sending: what each answer of a receiver means, what is never connected to, what is never said.
 * The receivers are servers on this machine (loopback.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "deliver/excerpt.h"
#include "deliver/private_address.h"
#include "deliver/transport.h"
#include "loopback.h"

#define OK "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

static struct arena *arena;
static struct diags problems;
static struct transport *transport;

static int setup_with(const char *timeout_ms) {
  setenv("VIGIE_DELIVER_TIMEOUT_MS", timeout_ms, 1);
  arena = arena_new();
  problems = (struct diags){.arena = arena};
  transport = transport_open(&problems);
  return transport ? 0 : -1;
}

static int setup(void **state) {
  (void)state;
  return setup_with("20000");
}

/* For receivers that hang. */
static int setup_impatient(void **state) {
  (void)state;
  return setup_with("120");
}

static int teardown(void **state) {
  (void)state;
  transport_close(transport);
  arena_free(arena);
  return 0;
}

static void hang_up_on(struct loopback *l) {
  transport_close(transport);
  loopback_stop(l);
  transport = transport_open(&problems);
  assert_non_null(transport);
}

static struct parcel parcel_to(const char *url) {
  return (struct parcel){.url = url,
                         .place = "CS_WEBHOOK",
                         .method = "POST",
                         .content_type = "application/json",
                         .key = "k-17",
                         .bytes = "{\"text\":\"hello\"}",
                         .n = 16,
                         .from = "vigie@example.test",
                         .to = "ana@example.test",
                         .allow_private = true};
}

static const char *address(const char *scheme, const struct loopback *l) {
  return arena_printf(arena, "%s://127.0.0.1:%d/services/T024BE7LD/xyzzySecret?token=plugh1234",
                      scheme, l->port);
}

/* Sends one message to a server that answers so. */
static struct receipt after(struct loopback *l) {
  loopback_start(l);
  struct parcel p = parcel_to(address("http", l));
  struct receipt r = transport_send(transport, &p, arena);
  hang_up_on(l);
  return r;
}

static struct receipt answered(const char *answer) {
  struct loopback l = {.answer = answer, .end = CLOSE};
  return after(&l);
}

static struct receipt refused_at(const char *url, bool allow_private) {
  struct parcel p = parcel_to(url);
  p.allow_private = allow_private;
  return transport_send(transport, &p, arena);
}

/* ---- HTTP --------------------------------------------------------------------------------- */

static void what_goes_out_is_what_was_given(void **state) {
  (void)state;
  static const char *const HEADERS[] = {"X-Vigie-Signature: t=1,v1=ab"};
  struct loopback l = {.answer = OK};
  loopback_start(&l);
  struct parcel p = parcel_to(address("http", &l));
  p.headers = HEADERS;
  p.n_headers = 1;
  struct receipt r = transport_send(transport, &p, arena);
  assert_int_equal(r.outcome, OUTCOME_ACKNOWLEDGED);
  assert_false(r.place_is_down);
  assert_string_equal(r.why, "127.0.0.1 took it");
  assert_ptr_equal(strstr(l.seen, "POST /services/T024BE7LD/xyzzySecret?token=plugh1234 HTTP/1.1"),
                   l.seen);
  assert_non_null(strstr(l.seen, "\r\nContent-Type: application/json\r\n"));
  assert_non_null(strstr(l.seen, "\r\nIdempotency-Key: k-17\r\n"));
  assert_non_null(strstr(l.seen, "\r\nX-Vigie-Signature: t=1,v1=ab\r\n"));
  assert_non_null(strstr(l.seen, "\r\n\r\n{\"text\":\"hello\"}"));
  p.method = "PUT";
  assert_int_equal(transport_send(transport, &p, arena).outcome, OUTCOME_ACKNOWLEDGED);
  assert_ptr_equal(strstr(l.seen, "PUT /services"), l.seen);
  assert_int_equal(l.requests, 2);
  assert_int_equal(l.connections, 1); /* kept open */
  hang_up_on(&l);
}

static void each_answer_has_its_outcome(void **state) {
  (void)state;
  static const struct {
    int status;
    enum outcome outcome;
    bool place;
    const char *why;
  } CASES[] = {
      {201, OUTCOME_ACKNOWLEDGED, false, "127.0.0.1 took it"},
      {400, OUTCOME_REFUSED, false, "127.0.0.1 does not understand the message (400)"},
      {401, OUTCOME_REFUSED, true,
       "127.0.0.1 does not accept the user, password or key in CS_WEBHOOK (401): put a valid one "
       "into it"},
      {403, OUTCOME_REFUSED, true,
       "127.0.0.1 does not let CS_WEBHOOK in (403): the permission was taken back, or does not go "
       "so far; make a new address there and put it into CS_WEBHOOK"},
      {404, OUTCOME_REFUSED, true,
       "the address in CS_WEBHOOK does not exist at 127.0.0.1 (404): make a new one there and put "
       "it into CS_WEBHOOK"},
      {408, OUTCOME_LATER, true, "127.0.0.1 waited too long for the message (408)"},
      {409, OUTCOME_REFUSED, true,
       "127.0.0.1 has nothing at the address in CS_WEBHOOK that takes the message (409): is it the "
       "whole address of the calendar?"},
      {410, OUTCOME_REFUSED, true,
       "the address in CS_WEBHOOK does not exist any more at 127.0.0.1 (410): make a new one "
       "there and put it into CS_WEBHOOK"},
      {418, OUTCOME_REFUSED, false, "127.0.0.1 refuses the message (418)"},
      {413, OUTCOME_REFUSED, false, "the message is too long for 127.0.0.1 (413)"},
      {425, OUTCOME_LATER, false, "127.0.0.1 does not take it yet (425)"},
      {429, OUTCOME_LATER, true, "127.0.0.1 takes no more messages for now (429)"},
      {500, OUTCOME_LATER, false, "127.0.0.1 failed over the message (500)"},
      {503, OUTCOME_LATER, true, "127.0.0.1 does not work for now (503)"},
      {600, OUTCOME_LATER, false, "127.0.0.1 gave an answer that means nothing here (600)"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct receipt r = answered(
        arena_printf(arena, "HTTP/1.1 %d So\r\nContent-Length: 0\r\n\r\n", CASES[i].status));
    assert_string_equal(r.why, CASES[i].why);
    assert_int_equal(r.outcome, CASES[i].outcome);
    assert_int_equal(r.place_is_down, CASES[i].place);
    assert_int_equal(r.after_s, 0);
  }
}

static void every_row_can_be_said(void **state) {
  (void)state;
  static const struct {
    enum answer_kind kind;
    long last;
  } PARTS[] = {{ANSWER_FAULT, FAULT_NONE - 1},
               {ANSWER_HTTP, 999},
               {ANSWER_SMTP, 599},
               {ANSWER_CERTIFICATE, 200},
               {ANSWER_FAILURE, 200}};
  struct answer_words words = {"CS_WEBHOOK", "hooks.test", "ana@example.test", "other.test", 7, 9};
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
    for (long code = 0; code <= PARTS[i].last; code++) {
      const char *said =
          answer_sentence(arena, answer_meaning(PARTS[i].kind, code)->sentence, &words);
      assert_null(strpbrk(said, "{}%\r\n"));
      assert_null(strstr(said, "(null)"));
      assert_non_null(strstr(said, " "));
    }
  }
}

static struct receipt busy_until(const char *when) {
  return answered(arena_printf(
      arena, "HTTP/1.1 429 Busy\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n", when));
}

static void retry_after_is_read_in_both_forms(void **state) {
  (void)state;
  assert_int_equal(busy_until("120").after_s, 120);
  assert_int_equal(busy_until("0").after_s, 0);
  assert_int_equal(busy_until("-5").after_s, 0);
  assert_int_equal(busy_until("soon").after_s, 0);
  assert_int_equal(busy_until("999999999999").after_s, RETRY_AFTER_MAX_S);
  time_t later = time(NULL) + 300;
  struct tm day;
  char date[64];
  gmtime_r(&later, &day);
  strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &day);
  assert_in_range(busy_until(date).after_s, 290, 300);
  assert_int_equal(busy_until("Wed, 21 Oct 2015 07:28:00 GMT").after_s, 0);
}

static void a_receiver_that_hangs_or_hangs_up_is_tried_again(void **state) {
  (void)state;
  struct loopback silent = {.answer = "", .end = HANG};
  struct receipt r = after(&silent);
  assert_string_equal(r.why, "127.0.0.1 did not answer within 1 s");
  assert_int_equal(r.outcome, OUTCOME_LATER);
  assert_true(r.place_is_down);
  struct loopback slow = {.answer = "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhal",
                          .end = HANG};
  assert_int_equal(after(&slow).outcome, OUTCOME_LATER);
  r = answered("");
  assert_string_equal(r.why, "127.0.0.1 closed the connection without an answer");
  assert_int_equal(r.outcome, OUTCOME_LATER);
  assert_false(r.place_is_down);
  r = answered("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf");
  assert_string_equal(r.why,
                      "127.0.0.1 gave half an answer: whether it took the message is not known, so "
                      "it goes again with the same key");
  assert_int_equal(r.outcome, OUTCOME_LATER);
  assert_int_equal(answered("HTTP/1.1 200").outcome, OUTCOME_LATER);
  assert_string_equal(answered("220 a mail server\r\n").why, r.why);
}

static void nobody_there_is_tried_again(void **state) {
  (void)state;
  struct loopback l = {.answer = OK};
  loopback_start(&l);
  loopback_stop(&l);
  struct receipt r = refused_at(address("http", &l), true);
  assert_string_equal(r.why, "127.0.0.1 takes no connection");
  assert_int_equal(r.outcome, OUTCOME_LATER);
  assert_true(r.place_is_down);
  r = refused_at("https://no-such-host.invalid/services/secret", true);
  assert_int_equal(r.outcome, OUTCOME_LATER);
  assert_true(r.place_is_down);
}

static void an_answer_without_end_is_left(void **state) {
  (void)state;
  struct loopback yes = {.answer = "HTTP/1.1 200 OK\r\n\r\n", .end = ENDLESS};
  assert_int_equal(after(&yes).outcome, OUTCOME_ACKNOWLEDGED);
  struct loopback no = {.answer = "HTTP/1.1 400 No\r\n\r\n", .end = ENDLESS};
  struct receipt r = after(&no);
  assert_int_equal(r.outcome, OUTCOME_REFUSED);
  assert_non_null(strstr(r.why, "; it says \"and on and on and on"));
  assert_in_range(strlen(r.why), EXCERPT_MAX, EXCERPT_MAX + 60);
  struct loopback headers = {.answer = "HTTP/1.1 200 OK\r\nX-Long: ", .end = ENDLESS};
  assert_int_equal(after(&headers).outcome, OUTCOME_LATER);
}

static void a_redirect_is_not_followed(void **state) {
  (void)state;
  struct loopback l = {.answer =
                           "HTTP/1.1 302 Found\r\nLocation: https://user:pw@evil.test/take?s=1\r\n"
                           "Content-Length: 0\r\n\r\n"};
  struct receipt r = after(&l);
  assert_string_equal(r.why,
                      "127.0.0.1 sends CS_WEBHOOK on to evil.test, which is not followed (302): if "
                      "that is right, put the new address, at evil.test, into CS_WEBHOOK");
  assert_int_equal(r.outcome, OUTCOME_REFUSED);
  assert_int_equal(l.requests, 1);
  r = answered("HTTP/1.1 301 Moved\r\nLocation: /elsewhere/secret\r\nContent-Length: 0\r\n\r\n");
  assert_string_equal(r.why,
                      "127.0.0.1 sends CS_WEBHOOK on to another address, which is not followed "
                      "(301): ask there for the new one, and put it into CS_WEBHOOK");
  r = answered("HTTP/1.1 301 Moved\r\nLocation: https://127.0.0.1/x\r\nContent-Length: 0\r\n\r\n");
  assert_string_equal(r.why,
                      "127.0.0.1 sends CS_WEBHOOK on to an encrypted address (301): write https:// "
                      "in place of http:// in CS_WEBHOOK");
  assert_int_equal(answered("HTTP/1.1 304 Same\r\n\r\n").outcome, OUTCOME_REFUSED);
}

/* ---- where nothing is sent to --------------------------------------------------------------- */

static void private_addresses_are_refused_by_whatever_name(void **state) {
  (void)state;
  static const char *const HOSTS[] = {"localhost",      "127.0.0.1",          "127.9.9.9",
                                      "0.0.0.0",        "2130706433",         "0x7f.1",
                                      "10.0.0.1",       "172.31.255.1",       "192.168.1.1",
                                      "100.64.0.1",     "169.254.169.254",    "[::1]",
                                      "[::]",           "[::ffff:127.0.0.1]", "[fd00::1]",
                                      "[fe80::1]",      "[::ffff:a00:1]",     "[64:ff9b::7f00:1]",
                                      "[2002:7f00:1::]"};
  struct loopback l = {.answer = OK};
  loopback_start(&l);
  for (size_t i = 0; i < sizeof HOSTS / sizeof *HOSTS; i++) {
    struct receipt r =
        refused_at(arena_printf(arena, "https://%s:%d/secret1", HOSTS[i], l.port), false);
    assert_int_equal(r.outcome, OUTCOME_REFUSED);
    assert_non_null(strstr(r.why,
                           ", to which CS_WEBHOOK leads, is in your own network or on this "
                           "machine, where messages go with --allow-private only"));
  }
  assert_int_equal(l.connections, 0);
  hang_up_on(&l);
}

static bool is_private(const char *text) {
  struct sockaddr_in v4 = {.sin_family = AF_INET};
  struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
  if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
    return address_is_private((struct sockaddr *)&v4);
  assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
  return address_is_private((struct sockaddr *)&v6);
}

static void the_open_internet_is_not_private(void **state) {
  (void)state;
  static const char *const OUTSIDE[] = {
      "8.8.8.8",    "9.255.255.255",   "11.0.0.0",     "100.63.0.1",     "100.128.0.0",
      "172.15.0.1", "172.32.0.0",      "192.167.0.1",  "169.253.0.1",    "126.0.0.1",
      "128.0.0.1",  "223.255.255.255", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::808:808"};
  for (size_t i = 0; i < sizeof OUTSIDE / sizeof *OUTSIDE; i++)
    assert_false(is_private(OUTSIDE[i]));
  static const char *const INSIDE[] = {"224.0.0.1", "255.255.255.255", "198.19.255.255",
                                       "fdff::",    "febf::1",         "ff02::1",
                                       "2001::1",   "2001:db8::1",     "::10.0.0.1"};
  for (size_t i = 0; i < sizeof INSIDE / sizeof *INSIDE; i++) assert_true(is_private(INSIDE[i]));
  struct sockaddr local = {.sa_family = AF_UNIX};
  assert_true(address_is_private(&local));
}

static void what_is_no_address_of_a_receiver_is_refused(void **state) {
  (void)state;
  static const struct {
    const char *url, *why;
  } CASES[] = {
      {"",
       "CS_WEBHOOK holds no address: it begins with https://, or smtps:// for mail, and has no "
       "blanks in it"},
      {"xoxb-17-secret",
       "CS_WEBHOOK holds no address: it begins with https://, or smtps:// for "
       "mail, and has no blanks in it"},
      {"hooks.slack.com/services/secret",
       "CS_WEBHOOK holds no address: it begins with https://, or smtps:// for mail, and has no "
       "blanks in it"},
      {"https://a b/secret",
       "CS_WEBHOOK holds no address: it begins with https://, or smtps:// "
       "for mail, and has no blanks in it"},
      {"file:///etc/passwd",
       "CS_WEBHOOK holds an address of a kind that Vigie does not send to: "
       "it begins with https://, or smtps:// for mail"},
      {"gopher://127.0.0.1/secret",
       "CS_WEBHOOK holds an address of a kind that Vigie does not send to: it begins with "
       "https://, or smtps:// for mail"},
      {"smtps://u:p@mail.test",
       "CS_WEBHOOK holds the address of a mail server (mail.test); here it begins with https://"},
      {"http://hooks.example.com/secret",
       "CS_WEBHOOK holds an address without encryption (hooks.example.com): write https:// in "
       "place of http://, or give --allow-private where it is in your own network"},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct receipt r = refused_at(CASES[i].url, false);
    assert_string_equal(r.why, CASES[i].why);
    assert_int_equal(r.outcome, OUTCOME_REFUSED);
    assert_true(r.place_is_down);
  }
}

/* 192.88.99.1 is outside, and nobody answers there: it must not be asked. */
static void without_encryption_nothing_leaves_the_network(void **state) {
  (void)state;
  struct receipt r = refused_at("http://192.88.99.1/secret", true);
  assert_string_equal(r.why,
                      "CS_WEBHOOK holds an address without encryption, and 192.88.99.1 is not in "
                      "your own network: write https:// in place of http://");
  assert_int_equal(r.outcome, OUTCOME_REFUSED);
}

static void blanks_around_an_address_do_not_count(void **state) {
  (void)state;
  struct loopback l = {.answer = OK};
  loopback_start(&l);
  struct receipt r = refused_at(arena_printf(arena, "  %s\r\n", address("http", &l)), true);
  assert_int_equal(r.outcome, OUTCOME_ACKNOWLEDGED);
  hang_up_on(&l);
}

static void a_line_end_makes_no_second_header(void **state) {
  (void)state;
  static const char *const HEADERS[] = {"X-Token: a\r\nX-Other: b"};
  struct parcel p = parcel_to("https://hooks.example.com/secret");
  p.headers = HEADERS;
  p.n_headers = 1;
  assert_int_equal(transport_send(transport, &p, arena).outcome, OUTCOME_REFUSED);
}

static void proxies_of_the_environment_are_not_used(void **state) {
  (void)state;
  struct loopback l = {.answer = OK}, proxy = {.answer = OK};
  loopback_start(&l);
  loopback_start(&proxy);
  setenv("http_proxy", arena_printf(arena, "http://127.0.0.1:%d", proxy.port), 1);
  setenv("ALL_PROXY", arena_printf(arena, "http://127.0.0.1:%d", proxy.port), 1);
  assert_int_equal(refused_at(address("http", &l), true).outcome, OUTCOME_ACKNOWLEDGED);
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  hang_up_on(&l);
  loopback_stop(&proxy);
  assert_int_equal(proxy.connections, 0);
}

/* ---- what is said --------------------------------------------------------------------------- */

static void what_the_receiver_says_helps(void **state) {
  (void)state;
  struct receipt r =
      answered("HTTP/1.1 400 No\r\nContent-Length: 15\r\n\r\ninvalid_\"bl\"\r\n\x1b");
  assert_string_equal(
      r.why, "127.0.0.1 does not understand the message (400); it says \"invalid_'bl' ?\"");
  r = answered("HTTP/1.1 404 No\r\nContent-Length: 10\r\n\r\nno_service");
  assert_non_null(strstr(r.why, "; it says \"no_service\""));
  r = answered("HTTP/1.1 403 No\r\n\r\n<html><h1>Forbidden</h1>");
  assert_null(strstr(r.why, "it says"));
}

static void what_the_receiver_repeats_is_not_shown(void **state) {
  (void)state;
  static const char *const ECHOES[] = {"cannot POST /services/T024BE7LD/xyzzySecret",
                                       "no hook X-Y-Z-Z-Y here",
                                       "T024 is unknown",
                                       "token PLUGH is wrong",
                                       "Authorization: Basic b3BlbjpzZXNhbWU=",
                                       "user open",
                                       "sesame",
                                       "s e s a m e",
                                       "Bearer hidden-header"};
  static const char *const HEADERS[] = {"X-Token: hidden-header"};
  for (size_t i = 0; i < sizeof ECHOES / sizeof *ECHOES; i++) {
    struct loopback l = {.answer = arena_printf(arena, "HTTP/1.1 400 No\r\n\r\n%s", ECHOES[i]),
                         .end = CLOSE};
    loopback_start(&l);
    struct parcel p = parcel_to(arena_printf(
        arena, "http://open:sesame@127.0.0.1:%d/services/T024BE7LD/xyzzySecret?token=plugh1234",
        l.port));
    p.headers = HEADERS;
    p.n_headers = 1;
    struct receipt r = transport_send(transport, &p, arena);
    assert_string_equal(r.why, "127.0.0.1 does not understand the message (400)");
    assert_non_null(strstr(l.seen, "Authorization: Basic b3BlbjpzZXNhbWU="));
    hang_up_on(&l);
  }
}

/* ---- mail ------------------------------------------------------------------------------------ */

static struct receipt mailed(struct loopback *l, const char *sign_in) {
  loopback_start(l);
  struct parcel p = parcel_to(arena_printf(arena, "smtp://%s127.0.0.1:%d", sign_in, l->port));
  p.place = "MAIL_SERVER";
  p.method = NULL;
  p.bytes = "Subject: five\r\nMessage-ID: <k-17@vigie>\r\n\r\nyours\r\n.dot\r\n";
  p.n = strlen(p.bytes);
  struct receipt r = transport_send(transport, &p, arena);
  if (r.outcome == OUTCOME_ACKNOWLEDGED) r = transport_send(transport, &p, arena);
  hang_up_on(l);
  return r;
}

static void mail_goes_out_as_it_was_given(void **state) {
  (void)state;
  struct loopback l = {0};
  struct receipt r = mailed(&l, "");
  assert_string_equal(r.why, "127.0.0.1 took it");
  assert_int_equal(r.outcome, OUTCOME_ACKNOWLEDGED);
  assert_int_equal(l.requests, 2);
  assert_int_equal(l.connections, 1);
  assert_non_null(strstr(l.seen, "MAIL FROM:<vigie@example.test>"));
  assert_non_null(strstr(l.seen, "RCPT TO:<ana@example.test>"));
  assert_non_null(strstr(l.seen, "Message-ID: <k-17@vigie>\r\n\r\nyours\r\n..dot\r\n"));
}

static void each_reply_of_a_mail_server_has_its_outcome(void **state) {
  (void)state;
  static const struct {
    const char *verb, *reply;
    enum outcome outcome;
    bool place;
    const char *why;
  } CASES[] = {
      {"RCPT", "450 4.2.0 greylisted\r\n", OUTCOME_LATER, false,
       "127.0.0.1 does not take mail for ana@example.test for now (450); it says \"4.2.0 "
       "greylisted\""},
      {"RCPT", "550-5.1.1 nobody\r\n550 5.1.1 of that name\r\n", OUTCOME_REFUSED, false,
       "127.0.0.1 does not take mail for ana@example.test (550): the address is wrong, or the "
       "sender may not write to it; it says \"5.1.1 of that name\""},
      {"BODY", "552 too big\r\n", OUTCOME_REFUSED, false,
       "the mailbox of ana@example.test is full, or the mail too long for 127.0.0.1 (552); it "
       "says \"too big\""},
      {"BODY", "451 later\r\n", OUTCOME_LATER, false,
       "127.0.0.1 does not take mail for ana@example.test for now (451); it says \"later\""},
      {"HELLO", "421 go away\r\n", OUTCOME_LATER, true,
       "127.0.0.1 takes no mail for now (421); it says \"go away\""},
      {"HELLO", "554 go away\r\n", OUTCOME_REFUSED, false,
       "127.0.0.1 refuses the mail for ana@example.test (554); it says \"go away\""},
      {"MAIL", "530 who are you\r\n", OUTCOME_REFUSED, true,
       "127.0.0.1 wants a user and a password (530): write smtps://USER:PASSWORD@127.0.0.1 into "
       "MAIL_SERVER; it says \"who are you\""},
  };
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
    struct loopback l = {.verb = CASES[i].verb, .reply = CASES[i].reply};
    struct receipt r = mailed(&l, "");
    assert_string_equal(r.why, CASES[i].why);
    assert_int_equal(r.outcome, CASES[i].outcome);
    assert_int_equal(r.place_is_down, CASES[i].place);
  }
}

static void a_sign_in_that_is_refused_is_not_shown(void **state) {
  (void)state;
  struct loopback l = {.verb = "AUTH", .reply = "535 not AG9wZW4Ac2VzYW1l, open sesame\r\n"};
  struct receipt r = mailed(&l, "open:sesame@");
  assert_string_equal(r.why,
                      "127.0.0.1 does not accept the user and password in MAIL_SERVER (535): put "
                      "valid ones into it");
  assert_int_equal(r.outcome, OUTCOME_REFUSED);
  assert_true(r.place_is_down);
}

static void a_mail_server_that_says_nothing_is_tried_again(void **state) {
  (void)state;
  static const char *const VERBS[] = {"HELLO", "EHLO", "RCPT", "DATA", "BODY"};
  for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++) {
    struct loopback l = {.verb = VERBS[i], .reply = ""};
    struct receipt r = mailed(&l, "");
    assert_string_equal(r.why, "127.0.0.1 did not answer within 1 s");
    assert_int_equal(r.outcome, OUTCOME_LATER);
    assert_true(r.place_is_down);
  }
  struct loopback gone = {.verb = "DATA", .reply = "354 go on\r\n", .end = CLOSE};
  assert_int_equal(mailed(&gone, "").outcome, OUTCOME_LATER);
}

static void closing_waits_for_no_farewell(void **state) {
  (void)state;
  time_t before = time(NULL);
  struct loopback l = {.verb = "QUIT", .reply = ""};
  assert_int_equal(mailed(&l, "").outcome, OUTCOME_ACKNOWLEDGED);
  assert_non_null(strstr(l.seen, "QUIT"));
  assert_in_range(time(NULL) - before, 0, 2);
}

static void mail_without_encryption_stays_inside(void **state) {
  (void)state;
  struct loopback l = {0};
  loopback_start(&l);
  struct parcel p = parcel_to(arena_printf(arena, "smtp://127.0.0.1:%d", l.port));
  p.method = NULL;
  p.allow_private = false;
  struct receipt r = transport_send(transport, &p, arena);
  assert_int_equal(r.outcome, OUTCOME_REFUSED);
  assert_int_equal(l.connections, 0);
  hang_up_on(&l);
  p.url = "https://hooks.example.com/secret";
  assert_string_equal(transport_send(transport, &p, arena).why,
                      "CS_WEBHOOK holds an address of the web (hooks.example.com); mail needs one "
                      "of a mail server, smtps://USER:PASSWORD@HOST");
}

static void an_address_is_no_command(void **state) {
  (void)state;
  static const char *const ODD[] = {"", "a@b.test>\r\nRCPT TO:<c@d.test", "a b@c.test",
                                    "<a@b.test>"};
  for (size_t i = 0; i < sizeof ODD / sizeof *ODD; i++) {
    struct parcel p = parcel_to("smtps://mail.example.com");
    p.method = NULL;
    p.to = ODD[i];
    struct receipt r = transport_send(transport, &p, arena);
    assert_int_equal(r.outcome, OUTCOME_REFUSED);
    assert_non_null(strstr(r.why, "no address that mail can be sent to"));
    assert_null(strpbrk(r.why, "\r\n"));
  }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
#define HANGS(f) cmocka_unit_test_setup_teardown(f, setup_impatient, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {TEST(what_goes_out_is_what_was_given),
                                     TEST(each_answer_has_its_outcome),
                                     TEST(every_row_can_be_said),
                                     TEST(retry_after_is_read_in_both_forms),
                                     HANGS(a_receiver_that_hangs_or_hangs_up_is_tried_again),
                                     TEST(nobody_there_is_tried_again),
                                     TEST(an_answer_without_end_is_left),
                                     TEST(a_redirect_is_not_followed),
                                     TEST(private_addresses_are_refused_by_whatever_name),
                                     TEST(the_open_internet_is_not_private),
                                     TEST(what_is_no_address_of_a_receiver_is_refused),
                                     TEST(without_encryption_nothing_leaves_the_network),
                                     TEST(blanks_around_an_address_do_not_count),
                                     TEST(a_line_end_makes_no_second_header),
                                     TEST(proxies_of_the_environment_are_not_used),
                                     TEST(what_the_receiver_says_helps),
                                     TEST(what_the_receiver_repeats_is_not_shown),
                                     TEST(mail_goes_out_as_it_was_given),
                                     TEST(each_reply_of_a_mail_server_has_its_outcome),
                                     TEST(a_sign_in_that_is_refused_is_not_shown),
                                     HANGS(a_mail_server_that_says_nothing_is_tried_again),
                                     TEST(closing_waits_for_no_farewell),
                                     TEST(mail_without_encryption_stays_inside),
                                     TEST(an_address_is_no_command)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
