/* In: a parcel. Out: whether the place took it, and what to tell people if not. */
#include "deliver/transport.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/version.h"
#include "deliver/excerpt.h"
#include "deliver/libcurl.h"
#include "deliver/private_address.h"
#include "deliver/web_address.h"

/* How a connection is protected. INSIDE: as the receiver wants, but only to private addresses. */
enum protection { ENCRYPTED, INSIDE };

/* Connections are kept open, and what was allowed when one was opened must be allowed to whoever
 * takes it again: so there is one for each of these. */
struct line {
  const char *place;
  bool allow_private;
  enum protection protection;
  CURL *handle;
};

struct transport {
  struct arena *arena;
  struct libcurl curl;
  bool is_openssl; /* its numbers say what is wrong with a certificate */
  long timeout_ms;
  VEC(struct line) lines;
};

/* One try: what goes out, and what was seen. */
struct exchange {
  struct transport *t;
  const struct parcel *parcel;
  struct arena *arena;
  struct web_address address;
  enum protection protection;
  CURL *handle;
  size_t sent;                  /* bytes of the mail that have gone out */
  int opened;                   /* connections that were allowed */
  bool was_private, was_public; /* an address that was not allowed was one of these */
  char answer[ANSWER_KEPT_BYTES];
  size_t n_answer;
  size_t n_headers, n_body; /* bytes of the answer */
};

/* ---- what libcurl asks while it sends --------------------------------------------------- */

static curl_socket_t open_allowed(void *p, curlsocktype purpose, struct curl_sockaddr *to) {
  (void)purpose;
  struct exchange *x = p;
  bool is_private = address_is_private(&to->addr);
  if (is_private && !x->parcel->allow_private) {
    x->was_private = true;
    return CURL_SOCKET_BAD;
  }
  if (!is_private && x->protection == INSIDE) {
    x->was_public = true;
    return CURL_SOCKET_BAD;
  }
  x->opened++;
  return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t read_mail(char *to, size_t size, size_t n, void *p) {
  struct exchange *x = p;
  size_t left = x->parcel->n - x->sent, take = size * n < left ? size * n : left;
  memcpy(to, x->parcel->bytes + x->sent, take);
  x->sent += take;
  return take;
}

/* A connection that was kept may have died meanwhile: then the mail begins anew on another. */
static int seek_mail(void *p, curl_off_t offset, int origin) {
  struct exchange *x = p;
  if (origin != SEEK_SET || offset < 0 || (size_t)offset > x->parcel->n) return CURL_SEEKFUNC_FAIL;
  x->sent = (size_t)offset;
  return CURL_SEEKFUNC_OK;
}

static void keep_answer(struct exchange *x, const char *bytes, size_t n) {
  size_t room = sizeof x->answer - x->n_answer, take = n < room ? n : room;
  memcpy(x->answer + x->n_answer, bytes, take);
  x->n_answer += take;
}

/* An answer that goes on and on is left: its status was read long before. */
static size_t take_body(char *bytes, size_t size, size_t n, void *p) {
  struct exchange *x = p;
  keep_answer(x, bytes, size * n);
  x->n_body += size * n;
  return x->n_body > ANSWER_MAX_BYTES ? 0 : size * n;
}

/* Of HTTP the headers, of which only counts how long they are; of mail the replies, "550 5.1.1 no
 * such user", of which the last that is a no is kept. */
static size_t take_header(char *line, size_t size, size_t n, void *p) {
  struct exchange *x = p;
  x->n_headers += size * n;
  if (!x->parcel->method && size * n > 4 && (*line == '4' || *line == '5')) {
    x->n_answer = 0;
    keep_answer(x, line + 4, size * n - 4);
  }
  return x->n_headers > ANSWER_MAX_BYTES ? 0 : size * n;
}

/* ---- a connection ------------------------------------------------------------------------ */

static CURL *line_to(struct exchange *x) {
  struct transport *t = x->t;
  const struct parcel *p = x->parcel;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct line *l = &t->lines.v[i];
    if (same_text(l->place, p->place) && l->allow_private == p->allow_private &&
        l->protection == x->protection)
      return l->handle;
  }
  struct line l = {arena_strdup(t->arena, p->place), p->allow_private, x->protection,
                   t->curl.easy_init()};
  if (l.handle) VEC_PUSH(t->arena, &t->lines, l);
  return l.handle;
}

/* An option that this libcurl does not know would leave a door open. */
#define SET(x, option, value) \
  ((x)->t->curl.easy_setopt((x)->handle, CURLOPT_##option, (value)) == CURLE_OK)

/* Older ones than 7.85 have numbers for them. */
static bool set_schemes(struct exchange *x) {
  return SET(x, PROTOCOLS_STR, "http,https,smtp,smtps") ||
         SET(x, PROTOCOLS,
             (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS | CURLPROTO_SMTP | CURLPROTO_SMTPS));
}

static bool set_safety(struct exchange *x) {
  const char *authorities = getenv("SSL_CERT_FILE");
  bool safe = set_schemes(x) && SET(x, FOLLOWLOCATION, 0L) && SET(x, PROXY, "") &&
              SET(x, NOPROXY, "*") && SET(x, NETRC, (long)CURL_NETRC_IGNORED) &&
              SET(x, SSL_VERIFYPEER, 1L) && SET(x, SSL_VERIFYHOST, 2L) &&
              SET(x, USE_SSL, (long)(x->protection == INSIDE ? CURLUSESSL_TRY : CURLUSESSL_ALL)) &&
              SET(x, OPENSOCKETFUNCTION, open_allowed) && SET(x, OPENSOCKETDATA, x);
  return safe && (!authorities || !*authorities || SET(x, CAINFO, authorities));
}

static bool set_limits(struct exchange *x) {
  long all = x->t->timeout_ms, connect = all < DELIVER_CONNECT_MS ? all : DELIVER_CONNECT_MS;
  return SET(x, TIMEOUT_MS, all) && SET(x, CONNECTTIMEOUT_MS, connect);
}

static bool set_answer(struct exchange *x) {
  return SET(x, WRITEFUNCTION, take_body) && SET(x, WRITEDATA, x) &&
         SET(x, HEADERFUNCTION, take_header) && SET(x, HEADERDATA, x);
}

static struct curl_slist *append(struct exchange *x, struct curl_slist *list, const char *text) {
  struct curl_slist *longer = x->t->curl.slist_append(list, text);
  CHECK(longer);
  return longer;
}

/* "Expect:" without a value: no question beforehand whether the body may come. */
static struct curl_slist *headers_of(struct exchange *x) {
  const struct parcel *p = x->parcel;
  struct curl_slist *list = append(x, NULL, "Expect:");
  if (p->content_type)
    list = append(x, list, arena_printf(x->arena, "Content-Type: %s", p->content_type));
  if (p->key) list = append(x, list, arena_printf(x->arena, "Idempotency-Key: %s", p->key));
  for (size_t i = 0; i < p->n_headers; i++) list = append(x, list, p->headers[i]);
  return list;
}

static bool set_web(struct exchange *x, const struct curl_slist *headers) {
  return SET(x, HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) &&
         SET(x, USERAGENT, "Vigie/" VIGIE_VERSION) && SET(x, HTTPHEADER, headers) &&
         SET(x, POSTFIELDS, x->parcel->bytes) &&
         SET(x, POSTFIELDSIZE_LARGE, (curl_off_t)x->parcel->n) &&
         SET(x, CUSTOMREQUEST, x->parcel->method);
}

static bool set_mail(struct exchange *x, const struct curl_slist *recipients) {
  return SET(x, MAIL_FROM, arena_printf(x->arena, "<%s>", x->parcel->from)) &&
         SET(x, MAIL_RCPT, recipients) && SET(x, UPLOAD, 1L) && SET(x, READFUNCTION, read_mail) &&
         SET(x, READDATA, x) && SET(x, SEEKFUNCTION, seek_mail) && SET(x, SEEKDATA, x);
}

/* ---- what came of it --------------------------------------------------------------------- */

/* Line ends and the like would make two sentences of one. */
static const char *on_one_line(struct arena *a, const char *text) {
  char *copy = text ? arena_strdup(a, text) : NULL;
  for (char *p = copy; p && *p; p++)
    if ((unsigned char)*p < ' ' || *p == 0x7f) *p = '?';
  return copy;
}

static struct receipt receipt_of(struct exchange *x, const struct meaning *m,
                                 struct answer_words words) {
  words.place = x->parcel->place;
  words.host = x->address.host && *x->address.host ? x->address.host : NULL;
  words.to = on_one_line(x->arena, x->parcel->to);
  return (struct receipt){.outcome = m->outcome,
                          .place_is_down = m->of_place,
                          .why = answer_sentence(x->arena, m->sentence, &words)};
}

static struct receipt refusal(struct exchange *x, enum fault fault) {
  return receipt_of(x, answer_meaning(ANSWER_FAULT, fault), (struct answer_words){0});
}

static long info(struct exchange *x, CURLINFO what) {
  long value = 0;
  return x->t->curl.easy_getinfo(x->handle, what, &value) == CURLE_OK ? value : 0;
}

/* What the receiver says of it itself, where it helps. */
static void add_excerpt(struct exchange *x, struct receipt *r) {
  for (size_t i = 0; i < x->parcel->n_headers; i++) {
    const char *value = strchr(x->parcel->headers[i], ':');
    if (value) VEC_PUSH(x->arena, &x->address.secrets, value + 1);
  }
  const char *words =
      excerpt(x->arena, x->answer, x->n_answer, x->address.secrets.v, x->address.secrets.n);
  if (words) r->why = arena_printf(x->arena, "%s; it says \"%s\"", r->why, words);
}

static int retry_after(struct exchange *x) {
  curl_off_t seconds = 0;
  x->t->curl.easy_getinfo(x->handle, CURLINFO_RETRY_AFTER, &seconds);
  if (seconds < 0) return 0;
  return (int)(seconds < RETRY_AFTER_MAX_S ? seconds : RETRY_AFTER_MAX_S);
}

static struct receipt redirected(struct exchange *x, long code) {
  const char *target = NULL;
  struct web_address to = {0};
  enum fault fault = FAULT_REDIRECT;
  x->t->curl.easy_getinfo(x->handle, CURLINFO_REDIRECT_URL, &target);
  if (target && web_address_read(&x->t->curl, x->arena, target, &to) && *to.host) {
    if (!same_text(to.host, x->address.host))
      fault = FAULT_REDIRECT_TO;
    else if (same_text(to.scheme, "https") && same_text(x->address.scheme, "http"))
      fault = FAULT_REDIRECT_TO_TLS;
  }
  return receipt_of(x, answer_meaning(ANSWER_FAULT, fault),
                    (struct answer_words){.code = code, .other = to.host});
}

static struct receipt answered(struct exchange *x, enum answer_kind kind, long code) {
  if (kind == ANSWER_HTTP && code >= 300 && code <= 399) return redirected(x, code);
  struct receipt r = receipt_of(x, answer_meaning(kind, code), (struct answer_words){.code = code});
  if (r.outcome != OUTCOME_ACKNOWLEDGED) add_excerpt(x, &r);
  if (r.outcome == OUTCOME_LATER && kind == ANSWER_HTTP) r.after_s = retry_after(x);
  return r;
}

/* The variable by which this machine names a proxy, whose value may hold a password; NULL. */
static const char *proxy_variable(const struct exchange *x) {
  static const char *const NAMES[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
  for (size_t i = 0; x->parcel->method && i < sizeof NAMES / sizeof *NAMES; i++) {
    const char *value = getenv(NAMES[i]);
    if (value && *value) return NAMES[i];
  }
  return NULL;
}

/* Behind a proxy nobody sees which address a name leads to: it could be one inside. */
static void say_proxy(struct exchange *x, struct receipt *r) {
  const char *name = proxy_variable(x);
  if (name)
    r->why = arena_printf(x->arena,
                          "%s; the proxy in %s is not used, for behind it nobody sees whether an "
                          "address is in your own network: let this machine reach %s without it",
                          r->why, name, x->address.host);
}

static struct receipt failed(struct exchange *x, CURLcode error) {
  if (error == CURLE_PEER_FAILED_VERIFICATION)
    return answered(x, ANSWER_CERTIFICATE,
                    x->t->is_openssl ? info(x, CURLINFO_SSL_VERIFYRESULT) : 0);
  double connected = 0;
  x->t->curl.easy_getinfo(x->handle, CURLINFO_CONNECT_TIME, &connected);
  long waited = x->t->timeout_ms;
  if (connected <= 0 && waited > DELIVER_CONNECT_MS) waited = DELIVER_CONNECT_MS;
  struct receipt r = receipt_of(x, answer_meaning(ANSWER_FAILURE, error),
                                (struct answer_words){.seconds = (waited + 999) / 1000});
  if (connected <= 0) say_proxy(x, &r);
  return r;
}

/* A mail server's no ends the exchange with one of several errors; its code says what it was. */
static struct receipt what_came(struct exchange *x, CURLcode error) {
  long code = info(x, CURLINFO_RESPONSE_CODE);
  bool mail = !x->parcel->method;
  if (error != CURLE_OK && !x->opened && (x->was_private || x->was_public))
    return refusal(x, x->was_private ? FAULT_PRIVATE_ADDRESS : FAULT_PLAIN_TO_OUTSIDE);
  /* After a connection the same error is an answer in another protocol. */
  if (error == CURLE_UNSUPPORTED_PROTOCOL && !x->opened) return refusal(x, FAULT_LIBRARY_LACKS);
  if (error == CURLE_OPERATION_TIMEDOUT) return failed(x, error);
  if (mail && code >= 400 && code <= 599) return answered(x, ANSWER_SMTP, code);
  if (mail && error == CURLE_OK) return answered(x, ANSWER_HTTP, code);
  if (error == CURLE_OK || x->n_body > ANSWER_MAX_BYTES) return answered(x, ANSWER_HTTP, code);
  return failed(x, error);
}

/* ---- sending ----------------------------------------------------------------------------- */

static struct receipt try_once(struct exchange *x, enum protection protection) {
  x->protection = protection;
  x->was_private = x->was_public = false;
  x->sent = 0;
  x->handle = line_to(x);
  if (!x->handle) return failed(x, CURLE_OUT_OF_MEMORY);
  bool mail = !x->parcel->method;
  struct curl_slist *list =
      mail ? append(x, NULL, arena_printf(x->arena, "<%s>", x->parcel->to)) : headers_of(x);
  bool set = set_safety(x) && set_limits(x) && set_answer(x) && SET(x, URL, x->address.text) &&
             (mail ? set_mail(x, list) : set_web(x, list));
  struct receipt r =
      set ? what_came(x, x->t->curl.easy_perform(x->handle)) : refusal(x, FAULT_LIBRARY_LACKS);
  /* The connection stays; what it would ask of this exchange later does not. */
  x->t->curl.easy_reset(x->handle);
  x->t->curl.slist_free_all(list);
  return r;
}

static bool has_line_end(const char *text) { return text && strpbrk(text, "\r\n"); }

/* Blanks, line ends and angle brackets would end the address in the middle of the command. */
static bool is_mail_address(const char *text) {
  if (!text || !*text) return false;
  for (; *text; text++)
    if ((unsigned char)*text <= ' ' || *text == 0x7f || strchr("<>", *text)) return false;
  return true;
}

static bool headers_are_odd(const struct parcel *p) {
  bool odd = has_line_end(p->content_type) || has_line_end(p->key);
  for (size_t i = 0; i < p->n_headers; i++) odd = odd || has_line_end(p->headers[i]);
  return odd;
}

static const struct scheme {
  const char *name;
  bool is_mail, is_encrypted; /* smtp:// is encrypted once the server has said hello */
} SCHEMES[] = {
    {"https", false, true}, {"http", false, false}, {"smtps", true, true}, {"smtp", true, true}};

static const struct scheme *scheme_of(const struct web_address *w) {
  for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++)
    if (same_text(w->scheme, SCHEMES[i].name)) return &SCHEMES[i];
  return NULL;
}

/* What can be seen before anything is sent. */
static enum fault fault_in(struct exchange *x) {
  const struct parcel *p = x->parcel;
  if (!web_address_read(&x->t->curl, x->arena, p->url, &x->address)) return FAULT_NO_ADDRESS;
  const struct scheme *s = scheme_of(&x->address);
  if (!s) return FAULT_OTHER_SCHEME;
  if (!*x->address.host) return FAULT_NO_ADDRESS;
  if (s->is_mail && p->method) return FAULT_WEB_TO_MAIL;
  if (!s->is_mail && !p->method) return FAULT_MAIL_TO_WEB;
  if (!s->is_encrypted && !p->allow_private) return FAULT_NOT_ENCRYPTED;
  if (!p->method && !(is_mail_address(p->from) && is_mail_address(p->to)))
    return FAULT_ODD_RECIPIENT;
  return headers_are_odd(p) ? FAULT_ODD_HEADER : FAULT_NONE;
}

struct receipt transport_send(struct transport *t, const struct parcel *p, struct arena *a) {
  struct exchange x = {.t = t, .parcel = p, .arena = a};
  enum fault fault = fault_in(&x);
  if (fault != FAULT_NONE) return refusal(&x, fault);
  if (same_text(x.address.scheme, "http")) return try_once(&x, INSIDE);
  if (same_text(x.address.scheme, "smtp") && p->allow_private) {
    struct receipt r = try_once(&x, INSIDE);
    /* Not inside: then as to any other mail server. */
    if (x.opened || !x.was_public) return r;
  }
  return try_once(&x, ENCRYPTED);
}

static long timeout_of_environment(void) {
  const char *text = getenv("VIGIE_DELIVER_TIMEOUT_MS");
  char *end;
  long n = text ? strtol(text, &end, 10) : 0;
  return text && *text && !*end && n > 0 && n <= 1000L * 86400 ? n : DELIVER_TIMEOUT_MS;
}

struct transport *transport_open(struct diags *problems) {
  struct arena *arena = arena_new();
  struct transport *t = NEW(arena, struct transport);
  t->arena = arena;
  t->timeout_ms = timeout_of_environment();
  if (!libcurl_load(&t->curl, problems)) {
    arena_free(arena);
    return NULL;
  }
  t->curl.global_init(CURL_GLOBAL_DEFAULT);
  const char *tls = t->curl.version_info(CURLVERSION_NOW)->ssl_version;
  t->is_openssl = tls && strncmp(tls, "OpenSSL", strlen("OpenSSL")) == 0;
  return t;
}

/* To a mail server libcurl says QUIT and waits two minutes for the answer, which nobody needs. */
static void hang_up(struct transport *t, CURL *handle) {
  curl_socket_t s = CURL_SOCKET_BAD;
  t->curl.easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &s);
  if (s != CURL_SOCKET_BAD) shutdown(s, SHUT_RD);
  t->curl.easy_cleanup(handle);
}

void transport_close(struct transport *t) {
  if (!t) return;
  for (size_t i = 0; i < t->lines.n; i++) hang_up(t, t->lines.v[i].handle);
  t->curl.global_cleanup();
  arena_free(t->arena);
}
