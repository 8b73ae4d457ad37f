/* Keys and labels. In: what a person typed. Out: the row, or a message with the nearest key or
 * label, or with the rows that it may mean. */
#include "explain/key.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/vec.h"
#include "eval/row_key.h"

struct key_search {
  struct evaluation *ev;
  int domain, label;
  const char *text, *what;
  struct arena *a;
  struct diags *problems;
};

/* ---- labels --------------------------------------------------------------------------- */

/* How well a label is met: the better ones leave the others out. */
enum label_match { NO_MATCH, A_PART, BUT_FOR_ACCENTS, THE_LABEL };

struct label_search {
  const struct key_search *x;
  const char *folded;
  enum label_match best;
  struct row_matches met;
};

static enum label_match match_of(const struct label_search *l, const char *label) {
  if (strcmp(label, l->x->text) == 0) return THE_LABEL;
  const char *folded = text_folded(l->x->a, label);
  if (strcmp(folded, l->folded) == 0) return BUT_FOR_ACCENTS;
  return strstr(folded, l->folded) ? A_PART : NO_MATCH;
}

static void take_match(void *ctx, size_t row, const struct value *values) {
  struct label_search *l = ctx;
  const struct key_search *x = l->x;
  if (!values[0].known || !values[0].text) return;
  enum label_match m = match_of(l, values[0].text);
  if (!m || m < l->best) return;
  if (m > l->best) l->met = (struct row_matches){.first = -1, .forms = ""};
  l->best = m;
  if (!l->met.n++) l->met.first = (int32_t)row;
  if (l->met.n <= KEYS_LISTED)
    l->met.forms =
        arena_printf(x->a, "%s%s%s (%s)", l->met.forms, l->met.n > 1 ? ", " : "",
                     evaluation_row_name(x->ev, x->domain, (int32_t)row, x->a), values[0].text);
}

/* Reads the labels of the first n rows. */
static bool each_label(const struct key_search *x, size_t n,
                       void (*take)(void *ctx, size_t i, const struct value *values), void *ctx) {
  int32_t *rows = xmalloc((n + 1) * sizeof *rows);
  for (size_t i = 0; i < n; i++) rows[i] = (int32_t)i;
  bool ok = evaluation_values(x->ev, x->domain, rows, n, &x->label, 1, take, ctx, x->problems);
  free(rows);
  return ok;
}

static bool find_label(const struct key_search *x, struct row_matches *out) {
  struct label_search l = {
      .x = x, .folded = text_folded(x->a, x->text), .met = {.first = -1, .forms = ""}};
  *out = l.met;
  if (x->label < 0 || !*l.folded) return true;
  if (!each_label(x, evaluation_rows(x->ev, x->domain), take_match, &l)) return false;
  *out = l.met;
  return true;
}

/* ---- nothing is called that ----------------------------------------------------------- */

struct names {
  const struct key_search *x;
  VEC(const char *) list;
};

/* A label is offered whole, and each of its words: a part of a label names a row, too. */
static void take_names(void *ctx, size_t row, const struct value *values) {
  struct names *n = ctx;
  struct arena *a = n->x->a;
  (void)row;
  if (!values[0].known || !values[0].text) return;
  VEC_PUSH(a, &n->list, arena_strdup(a, values[0].text));
  for (const char *p = values[0].text + strspn(values[0].text, " "); *p;) {
    size_t length = strcspn(p, " ");
    VEC_PUSH(a, &n->list, arena_strndup(a, p, length));
    p += length;
    p += strspn(p, " ");
  }
}

static bool no_such_key(const struct key_search *x) {
  const struct domain *d = &evaluation_plan(x->ev)->domains.v[x->domain];
  struct names names = {.x = x};
  size_t n = evaluation_rows(x->ev, x->domain), some = n < KEYS_COMPARED ? n : KEYS_COMPARED;
  if (d->kind == DOM_ENTITY && !d->entity->key)
    return diag_fail(x->problems, V0704,
                     "%s has no key: add a line `key \"column\"` under entity %s", x->what,
                     x->what);
  for (size_t i = 0; i < some; i++)
    VEC_PUSH(x->a, &names.list, evaluation_row_name(x->ev, x->domain, (int32_t)i, x->a));
  if (x->label >= 0 && !each_label(x, some, take_names, &names)) return false;
  const char *near = suggest(x->text, names.list.v, names.list.n);
  const char *with = x->label >= 0 ? "key or label" : "key";
  if (near)
    return diag_fail(x->problems, V0703,
                     "there is no %s with the %s \"%s\": did you mean --key \"%s\"?", x->what, with,
                     x->text, near);
  if (!n)
    return diag_fail(x->problems, V0703,
                     "there is no %s with the %s \"%s\": the data hold none at all", x->what, with,
                     x->text);
  return diag_fail(x->problems, V0703, "there is no %s with the %s \"%s\": keys look like \"%s\"",
                   x->what, with, x->text, names.list.v[0]);
}

/* ---- the row -------------------------------------------------------------------------- */

static bool several(const struct key_search *x, const struct row_matches *m) {
  const char *more = "";
  if (m->n > KEYS_LISTED) more = arena_printf(x->a, " and %zu more", m->n - KEYS_LISTED);
  return diag_fail(x->problems, V0703, "--key \"%s\" may mean %zu %s: %s%s; write the key of one",
                   x->text, m->n, plural_name(x->a, x->what), m->forms, more);
}

static int32_t row_with_key(const struct key_search *x) {
  if (!evaluation_dims(x->ev, x->domain))
    return x->domain == 0 ? 0 : evaluation_find(x->ev, x->domain, x->text);
  for (size_t i = 0; i < evaluation_rows(x->ev, x->domain); i++)
    if (same_text(evaluation_row_key(x->ev, x->domain, (int32_t)i, x->a), x->text))
      return (int32_t)i;
  return -1;
}

static bool find(struct key_search *x, bool whole, struct row_matches *m) {
  if (whole) {
    m->first = row_with_key(x);
    m->n = m->first >= 0;
    if (!x->text) x->text = "unknown";
    return m->n || no_such_key(x);
  }
  *m = evaluation_rows_called(x->ev, x->domain, x->text, x->a);
  if (m->n == 1) return true;
  if (m->n)
    return diag_fail(x->problems, V0703,
                     "--key \"%s\" may mean %zu of the groups: write %s in full", x->text, m->n,
                     m->forms);
  if (!find_label(x, m)) return false;
  return m->n == 1 || (m->n ? several(x, m) : no_such_key(x));
}

bool key_find(struct evaluation *ev, int domain, int label, const struct row_asked *asked,
              const char *what, struct arena *a, int32_t *row, const char **found,
              struct diags *problems) {
  struct key_search x = {ev, domain, label, asked->text, what, a, problems};
  struct row_matches m;
  if (!find(&x, asked->whole, &m)) return false;
  *row = m.first;
  *found = evaluation_row_name(ev, domain, m.first, a);
  return true;
}
