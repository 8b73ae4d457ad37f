/* A server on this machine that misbehaves as a test says: one thread, one connection at a time.
 *
 *   struct loopback s = {.answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"};
 *   loopback_start(&s);  … 127.0.0.1 at s.port …  loopback_stop(&s);  look at s.seen */
#ifndef VIGIE_LOOPBACK_H
#define VIGIE_LOOPBACK_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

/* What is done when the answer is out. */
enum loopback_end { KEEP_OPEN, CLOSE, HANG, ENDLESS };

struct loopback {
  const char *answer; /* NULL: a mail server */
  enum loopback_end end;
  const char *verb; /* of a mail server: what it answers otherwise to "RCPT", "HELLO", "BODY" */
  const char *reply;
  int port, listener;
  pthread_t thread;
  int connections, requests;
  char seen[8192]; /* the newest request, or all commands of a mail client */
  size_t n_seen;
};

static inline void loopback_say(int s, const char *text) {
  (void)!send(s, text, strlen(text), MSG_NOSIGNAL);
}

static inline void loopback_wait(int s) {
  char c;
  while (recv(s, &c, 1, 0) > 0) continue;
}

static inline bool loopback_more(struct loopback *l, int s) {
  if (l->n_seen + 1 >= sizeof l->seen) return false;
  ssize_t n = recv(s, l->seen + l->n_seen, sizeof l->seen - 1 - l->n_seen, 0);
  if (n <= 0) return false;
  l->n_seen += (size_t)n;
  l->seen[l->n_seen] = '\0';
  return true;
}

/* A whole request, its body included. */
static inline bool loopback_request(struct loopback *l, int s) {
  l->n_seen = 0;
  while (loopback_more(l, s)) {
    const char *body = strstr(l->seen, "\r\n\r\n");
    const char *length = strstr(l->seen, "Content-Length: ");
    size_t n = length ? strtoul(length + strlen("Content-Length: "), NULL, 10) : 0;
    if (body && strlen(body + 4) >= n) return true;
  }
  return false;
}

static inline void loopback_web(struct loopback *l, int s) {
  while (loopback_request(l, s)) {
    l->requests++;
    loopback_say(s, l->answer);
    if (l->end == CLOSE) return;
    if (l->end == HANG) loopback_wait(s);
    while (l->end == ENDLESS && send(s, "and on and on ", 14, MSG_NOSIGNAL) > 0) continue;
  }
}

static inline void loopback_reply(struct loopback *l, int s, const char *verb, const char *usual) {
  loopback_say(s, l->verb && strcmp(l->verb, verb) == 0 ? l->reply : usual);
}

/* Lines until "." are the mail. */
static inline void loopback_mail(struct loopback *l, int s) {
  FILE *in = fdopen(dup(s), "r");
  char line[1024];
  bool body = false;
  loopback_reply(l, s, "HELLO", "220 ready\r\n");
  while (in && fgets(line, sizeof line, in)) {
    size_t n = strlen(line);
    if (l->n_seen + n < sizeof l->seen) memcpy(l->seen + l->n_seen, line, n + 1), l->n_seen += n;
    if (body && strcmp(line, ".\r\n") != 0) continue;
    if (body)
      body = false, l->requests++, loopback_reply(l, s, "BODY", "250 taken\r\n");
    else if (strncasecmp(line, "EHLO", 4) == 0)
      loopback_reply(l, s, "EHLO", "250-here\r\n250 AUTH PLAIN\r\n");
    else if (strncasecmp(line, "AUTH", 4) == 0)
      loopback_reply(l, s, "AUTH", "235 welcome\r\n");
    else if (strncasecmp(line, "MAIL", 4) == 0)
      loopback_reply(l, s, "MAIL", "250 ok\r\n");
    else if (strncasecmp(line, "RCPT", 4) == 0)
      loopback_reply(l, s, "RCPT", "250 ok\r\n");
    else if (strncasecmp(line, "DATA", 4) == 0)
      body = true, loopback_reply(l, s, "DATA", "354 go on\r\n");
    else if (strncasecmp(line, "QUIT", 4) == 0)
      loopback_reply(l, s, "QUIT", "221 bye\r\n");
    else
      loopback_say(s, "502 no\r\n");
    if (l->end == CLOSE && l->verb && body && strcmp(l->verb, "DATA") == 0) break;
  }
  if (in) fclose(in);
}

static inline void *loopback_run(void *p) {
  struct loopback *l = p;
  int s;
  while ((s = accept(l->listener, NULL, NULL)) >= 0) {
    l->connections++;
    if (l->answer)
      loopback_web(l, s);
    else
      loopback_mail(l, s);
    close(s);
  }
  return NULL;
}

static inline void loopback_start(struct loopback *l) {
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t n = sizeof here;
  l->listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(l->listener, (struct sockaddr *)&here, n) || listen(l->listener, 8) ||
      getsockname(l->listener, (struct sockaddr *)&here, &n) ||
      pthread_create(&l->thread, NULL, loopback_run, l))
    abort();
  l->port = ntohs(here.sin_port);
}

/* Whoever talks to it has to hang up first. */
static inline void loopback_stop(struct loopback *l) {
  shutdown(l->listener, SHUT_RDWR);
  pthread_join(l->thread, NULL);
  close(l->listener);
}

#endif
