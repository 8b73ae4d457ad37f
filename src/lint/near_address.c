/* Addresses that are one letter off. In: the addresses of teams and owners, and the people of the
 * data. Out: one that differs from another by a single slip of the hand, and that nobody else has.
 */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "lint/data.h"

enum { DOMAIN_LEAST = 6, PART_LEAST = 4, CHANGED_LEAST = 6 };

struct address {
  const char *text, *domain; /* in lower case; domain: behind the @ */
  struct span at;
  bool in_data;
};

struct addresses {
  struct lint *l;
  VEC(struct address *) list; /* each once, those of the files first */
  struct map seen;
};

static void note(struct addresses *x, const char *written, struct span at, bool in_data) {
  const char *text = written ? text_lower(x->l->a, written) : "", *sign = strchr(text, '@');
  struct address *known = sign ? map_get(&x->seen, text) : NULL;
  if (known) known->in_data |= in_data;
  if (!sign || known) return;
  struct address *one = NEW(x->l->a, struct address);
  *one = (struct address){text, sign + 1, at, in_data};
  map_put(&x->seen, x->l->a, text, one);
  VEC_PUSH(x->l->a, &x->list, one);
}

static void note_texts(struct addresses *x, const struct expr *e) {
  if (!e) return;
  if (e->kind == E_STRING) note(x, e->name, e->span, false);
  if (e->kind == E_ELSE) note_texts(x, e->a);
  if (e->kind == E_ELSE || e->kind == E_IF) note_texts(x, e->b);
  if (e->kind == E_IF) note_texts(x, e->c);
}

static void note_files(struct addresses *x) {
  const struct ruleset *rs = x->l->rs;
  for (size_t i = 0; i < rs->teams.n; i++) {
    const struct team *t = rs->teams.v[i];
    note_texts(x, t->assigns);
    note_texts(x, t->otherwise);
    for (size_t k = 0; k < t->turn.n; k++) note(x, t->turn.v[k], t->span, false);
  }
  for (size_t i = 0; i < rs->kpis.n; i++)
    note(x, rs->kpis.v[i]->owner, rs->kpis.v[i]->owner_span, false);
  for (size_t i = 0; i < rs->rules.n; i++)
    note(x, rs->rules.v[i]->responsible, rs->rules.v[i]->responsible_span, false);
  for (size_t i = 0; i < rs->targets.n; i++)
    note(x, rs->targets.v[i]->owner, rs->targets.v[i]->owner_span, false);
  for (size_t i = 0; i < rs->thresholds.n; i++)
    note(x, rs->thresholds.v[i]->owner, rs->thresholds.v[i]->span, false);
}

/* Only columns of which every value was kept: else an address that is there might look as if not.
 */
static void note_data(struct addresses *x) {
  for (size_t i = 0; x->l->data && i < x->l->data->columns.n; i++) {
    const struct column_facts *f = x->l->data->columns.v[i];
    if (!f->attr || f->attr->type.unit != U_PERSON || f->too_many) continue;
    for (size_t k = 0; k < f->texts.n; k++) note(x, f->texts.v[k], f->span, true);
  }
}

/* ---- one slip of the hand ------------------------------------------------------------- */

/* How two texts differ: a letter too many or too few, two swapped, or another one; where. */
struct slip {
  enum { NO_SLIP, LEFT_OUT, SWAPPED, CHANGED } kind;
  size_t at;
};

static struct slip slip_between(const char *x, size_t nx, const char *y, size_t ny) {
  struct slip s = {.kind = NO_SLIP};
  while (s.at < nx && s.at < ny && x[s.at] == y[s.at]) s.at++;
  const char *p = x + s.at, *q = y + s.at;
  size_t np = nx - s.at, nq = ny - s.at;
  if (np == nq && np > 1 && p[0] == q[1] && p[1] == q[0] && memcmp(p + 2, q + 2, np - 2) == 0)
    s.kind = SWAPPED;
  else if (np == nq && np && memcmp(p + 1, q + 1, np - 1) == 0)
    s.kind = CHANGED;
  else if (np == nq + 1 && memcmp(p + 1, q, nq) == 0)
    s.kind = LEFT_OUT;
  else if (nq == np + 1 && memcmp(q + 1, p, np) == 0)
    s.kind = LEFT_OUT;
  return s;
}

/* Letters of the part around the place: martin of ana.martin. */
static size_t part_at(const char *text, size_t n, size_t at) {
  size_t from = at, to = at;
  while (from > 0 && isalpha((unsigned char)text[from - 1])) from--;
  while (to < n && isalpha((unsigned char)text[to])) to++;
  return to - from;
}

/* Of people and mailboxes: cs1 and cs2, lead-us and lead-uk are two. */
static bool is_slip_of_name(const struct address *x, const struct address *y) {
  size_t nx = (size_t)(x->domain - 1 - x->text), ny = (size_t)(y->domain - 1 - y->text);
  struct slip s = slip_between(x->text, nx, y->text, ny);
  if (s.kind == NO_SLIP || isdigit((unsigned char)x->text[s.at]) ||
      isdigit((unsigned char)y->text[s.at]))
    return false;
  size_t part = part_at(x->text, nx, s.at);
  return part >= (s.kind == CHANGED ? CHANGED_LEAST : PART_LEAST);
}

static bool is_slip_of_domain(const char *x, const char *y) {
  size_t nx = strlen(x), ny = strlen(y);
  return nx >= DOMAIN_LEAST && slip_between(x, nx, y, ny).kind != NO_SLIP;
}

/* ---- which of the two ----------------------------------------------------------------- */

static void tell(struct lint *l, const struct address *odd, const struct address *near) {
  bool same = strcmp(odd->domain, near->domain) == 0;
  struct diag *d =
      lint_tell(l, odd->at, "%s%s is one letter off from %s%s", same ? "" : "the domain of ",
                odd->text, same ? "" : "that of ", near->text);
  lint_note(l, d, near->at, near->in_data ? "that one stands in the data" : "that one stands here");
  lint_help(l, d, "write the right one; if both are right, say so: # lint-allow V1132: two people");
}

static size_t with_domain(const struct addresses *x, const char *domain) {
  size_t n = 0;
  for (size_t i = 0; i < x->list.n; i++) n += strcmp(x->list.v[i]->domain, domain) == 0;
  return n;
}

/* A domain that nobody else has, beside one that others have. */
static bool tell_domain(struct addresses *x, const struct address *odd) {
  if (with_domain(x, odd->domain) > 1) return false;
  for (size_t i = 0; i < x->list.n; i++) {
    const struct address *near = x->list.v[i];
    if (!is_slip_of_domain(odd->domain, near->domain) || with_domain(x, near->domain) < 2) continue;
    tell(x->l, odd, near);
    return true;
  }
  return false;
}

static void tell_name(struct addresses *x, size_t odd) {
  const struct address *one = x->list.v[odd];
  for (size_t i = 0; i < x->list.n; i++) {
    const struct address *near = x->list.v[i];
    bool told = !near->in_data && i >= odd; /* of two in the files the later one is told */
    if (told || strcmp(near->domain, one->domain) != 0 || !is_slip_of_name(one, near)) continue;
    tell(x->l, one, near);
    return;
  }
}

void lint_near_address(struct lint *l) {
  struct addresses x = {.l = l};
  note_files(&x);
  note_data(&x);
  for (size_t i = 0; i < x.list.n; i++)
    if (!x.list.v[i]->in_data && !tell_domain(&x, x.list.v[i])) tell_name(&x, i);
}
