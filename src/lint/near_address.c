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

typedef VEC(struct address *) address_list;

struct addresses {
  struct lint *l;
  address_list list; /* each once */
  struct map seen;
  struct map domains;  /* domain -> address_list */
  address_list shared; /* the first address of each domain that more than one has */
  struct map variants; /* an address, also without one of its letters -> address_list */
};

static address_list *list_at(struct addresses *x, struct map *m, const char *key) {
  address_list *list = map_get(m, key);
  if (!list) map_put(m, x->l->a, key, list = NEW(x->l->a, address_list));
  return list;
}

static void note_domain(struct addresses *x, struct address *one) {
  address_list *list = list_at(x, &x->domains, one->domain);
  VEC_PUSH(x->l->a, list, one);
  if (list->n == 2) VEC_PUSH(x->l->a, &x->shared, list->v[0]);
}

static void note(struct addresses *x, const char *written, struct span at, bool in_data) {
  const char *text = written ? text_lower(x->l->a, written) : "", *sign = strchr(text, '@');
  struct address *known = sign ? map_get(&x->seen, text) : NULL;
  if (known) known->in_data |= in_data;
  if (!sign || known) return;
  struct address *one = NEW(x->l->a, struct address);
  *one = (struct address){text, sign + 1, at, in_data};
  map_put(&x->seen, x->l->a, text, one);
  VEC_PUSH(x->l->a, &x->list, one);
  note_domain(x, one);
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

/* A domain that nobody else has, beside one that others have. */
static bool tell_domain(struct addresses *x, const struct address *odd) {
  const address_list *own = map_get(&x->domains, odd->domain);
  for (size_t i = 0; own->n == 1 && i < x->shared.n; i++) {
    if (!is_slip_of_domain(odd->domain, x->shared.v[i]->domain)) continue;
    tell(x->l, odd, x->shared.v[i]);
    return true;
  }
  return false;
}

/* Two names that are one slip apart are equal without a letter of the one, of the other or of both.
 * Without a digit nobody is looked for: those are two. */
static const char *without(struct addresses *x, const struct address *one, size_t at) {
  return arena_printf(x->l->a, "%.*s%s", (int)at, one->text, one->text + at + 1);
}

static const struct address *found_near(const address_list *list, const struct address *one) {
  for (size_t i = 0; i < list->n; i++)
    if (is_slip_of_name(one, list->v[i])) return list->v[i];
  return NULL;
}

/* Those of the data come first; of two in the files the later one is told. */
static void tell_name(struct addresses *x, struct address *one, bool look) {
  size_t n = (size_t)(one->domain - 1 - one->text);
  const struct address *near = NULL;
  for (size_t at = 0; at <= n; at++) {
    if (at < n && isdigit((unsigned char)one->text[at])) continue;
    const char *key = at < n ? without(x, one, at) : one->text;
    address_list *list = list_at(x, &x->variants, key);
    if (look && !near) near = found_near(list, one);
    VEC_PUSH(x->l->a, list, one);
  }
  if (near) tell(x->l, one, near);
}

void lint_near_address(struct lint *l) {
  struct addresses x = {.l = l};
  note_files(&x);
  note_data(&x);
  for (size_t i = 0; i < x.list.n; i++)
    if (x.list.v[i]->in_data) tell_name(&x, x.list.v[i], false);
  for (size_t i = 0; i < x.list.n; i++)
    if (!x.list.v[i]->in_data) tell_name(&x, x.list.v[i], !tell_domain(&x, x.list.v[i]));
}
