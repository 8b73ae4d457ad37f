/* Transport: one message to one place, over HTTP or as mail, once. What it is about, when it goes
 * and what is kept of it is the caller's.
 *
 * The address is a secret, since it lets whoever has it write there. It comes from an environment
 * variable, and messages call it by the variable's name; of what it holds they say the host at
 * most. Encryption is checked always; redirects are not followed; proxies, cookies and files of
 * passwords of the machine are not used. */
#ifndef VIGIE_TRANSPORT_H
#define VIGIE_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "deliver/answer.h"

struct arena;
struct diags;
struct transport;

/* Everything is lent until transport_send returns. */
struct parcel {
  const char *url;            /* blanks and line ends around it do not count */
  const char *place;          /* "CS_WEBHOOK": what messages call it; its connection is kept open */
  const char *method;         /* "POST", "PUT"; NULL: mail */
  const char *content_type;   /* NULL: none; not of mail */
  const char *key;            /* goes as Idempotency-Key; NULL: none. In mail the bytes hold it */
  const char *const *headers; /* "Name: value"; their values are secrets too */
  size_t n_headers;
  const char *bytes; /* the body; of mail the whole of it with headers, lines end with CR LF */
  size_t n;
  const char *from; /* of mail: addresses without < and > */
  const char *to;
  bool allow_private; /* addresses of one's own network, and to those without encryption too */
};

struct receipt {
  enum outcome outcome;
  int after_s;        /* so long the place wants no message; 0: it did not say */
  bool place_is_down; /* others to the same place would fare the same: not now */
  const char *why;    /* one sentence for people, without full stop, in the arena; no secret */
};

/* NULL with one error when this machine lacks the library for it. */
struct transport *transport_open(struct diags *problems);
void transport_close(struct transport *t); /* NULL is fine */

/* Sends it and waits for the answer, DELIVER_TIMEOUT_MS at most. */
struct receipt transport_send(struct transport *t, const struct parcel *p, struct arena *a);

#endif
