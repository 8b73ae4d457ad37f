/* Findings. In: a place and words, from a check. Out: a finding of the check that runs, with its
 * help, notes and corrections; and the words that checks share for rules and places. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lint/check.h"

bool from_library(struct span at) { return at.src && strncmp(at.src->path, "stdlib/", 7) == 0; }

static int by_place(const void *x, const void *y) {
  const struct span *a = x, *b = y;
  if (a->src != b->src) return (uintptr_t)a->src < (uintptr_t)b->src ? -1 : 1;
  return a->at < b->at ? -1 : a->at > b->at;
}

static void sort_warnings(struct lint *l) {
  struct told *x = &l->told;
  for (size_t i = 0; i < l->rs->diags.list.n; i++)
    if (l->rs->diags.list.v[i]->span.src) VEC_PUSH(l->a, &x->warned, l->rs->diags.list.v[i]->span);
  if (x->warned.n) qsort(x->warned.v, x->warned.n, sizeof *x->warned.v, by_place);
  for (size_t i = 1; i < x->warned.n; i++) {
    const struct span *before = &x->warned.v[i - 1];
    struct span *s = &x->warned.v[i];
    if (before->src == s->src && before->end > s->end) s->end = before->end;
  }
  x->sorted = true;
}

/* What check has warned of at the same place is not found a second time: does what it pointed at
 * hold this place? */
static bool warned_of(struct lint *l, struct span at) {
  const struct told *x = &l->told;
  if (!x->sorted) sort_warnings(l);
  size_t low = 0, high = x->warned.n; /* the last that begins here or before */
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (by_place(&x->warned.v[mid], &at) <= 0)
      low = mid + 1;
    else
      high = mid;
  }
  const struct span *last = low ? &x->warned.v[low - 1] : NULL;
  return last && last->src == at.src && at.end <= last->end;
}

struct told_here {
  const struct diag *d;
  const struct told_here *next;
};

static void keep_place(struct lint *l, const struct diag *d) {
  if (!d->span.src) return;
  struct told_here *here = NEW(l->a, struct told_here);
  const char *place = d->span.src->text + d->span.at;
  *here = (struct told_here){d, pointer_map_get(&l->told.findings, place)};
  pointer_map_put(&l->told.findings, l->a, place, here);
}

bool lint_told(struct lint *l, const char *code, struct span at) {
  while (l->told.n < l->findings.list.n) keep_place(l, l->findings.list.v[l->told.n++]);
  const struct told_here *here =
      at.src ? pointer_map_get(&l->told.findings, at.src->text + at.at) : NULL;
  while (here && strcmp(here->d->kind->code, code) != 0) here = here->next;
  return here != NULL;
}

struct diag *lint_tell(struct lint *l, struct span at, const char *fmt, ...) {
  if (from_library(at) || (at.src && warned_of(l, at))) return NULL;
  va_list ap;
  va_start(ap, fmt);
  struct diag *d = diag_add_kind(&l->findings, &l->now->kind, at, fmt, ap);
  va_end(ap);
  return d;
}

void lint_fix(struct lint *l, const struct diag *d, struct span at, const char *text) {
  struct lint_fix f = {d, at, text};
  if (d) VEC_PUSH(l->a, &l->fixes, f);
}

const char *lint_quote(struct lint *l, struct span at) {
  const char *t = span_text(l->a, at);
  size_t n = strlen(t);
  if (n <= 70) return t;
  for (n = 67; n && ((unsigned char)t[n] & 0xC0) == 0x80;) n--;
  return arena_printf(l->a, "%.*s…", (int)n, t);
}

struct span rule_span(const struct rule *r) {
  if (r->named) return r->name_span;
  return r->when_expr ? r->when_expr->span : r->span;
}

const struct team *team_called(const struct lint *l, const char *name) {
  return name ? map_get(&l->rs->team_names, name) : NULL;
}

const struct team *level_team_of_its_own(const struct lint *l, const struct rule *r, size_t level) {
  const struct team *to = team_called(l, r->levels.v[level].to);
  return to && r->team && to != team_called(l, r->team->escalates_to) ? to : NULL;
}

const char *rule_title(struct lint *l, const struct rule *r) {
  if (r->named) return arena_printf(l->a, "the rule `%s`", r->name);
  return arena_printf(l->a, "the sentence `%s`", lint_quote(l, rule_span(r)));
}
