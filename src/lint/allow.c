/* Suppressions. In: comments and findings. Out: the findings that nobody allowed, and those about
 * the comments. */
#include "lint/allow.h"

#include <string.h>
#include <strings.h>

#include "syntax/token.h"

static const char marker[] = "lint-allow";

static const char *skip_blanks(const char *p, const char *end) {
  while (p < end && (*p == ' ' || *p == '\t' || *p == '#')) p++;
  return p;
}

static size_t word_length(const char *p, const char *end) {
  size_t n = 0;
  while (p + n < end && !strchr(" \t,:", p[n])) n++;
  return n;
}

/* "V1008, V1012 until 2026-12-31: reason" */
static void read_allow(struct lint *l, struct allow *w, const char *p, const char *end) {
  VEC(const char *) codes = {0};
  w->until = DAY_NONE;
  for (p = skip_blanks(p, end); p < end && *p != ':'; p = skip_blanks(p, end)) {
    size_t n = word_length(p, end);
    if (n == 5 && strncmp(p, "until", 5) == 0) {
      p = skip_blanks(p + n, end);
      n = word_length(p, end);
      if (!day_parse(p, n, &w->until)) w->until = DAY_MIN; /* no day: it allows nothing */
    } else if (n) {
      VEC_PUSH(l->a, &codes, arena_strndup(l->a, p, n));
    }
    p += n ? n : 1;
  }
  if (p < end) p = skip_blanks(p + 1, end);
  while (end > p && strchr(" \t\r\n", end[-1])) end--;
  if (p < end) w->reason = arena_strndup(l->a, p, (size_t)(end - p));
  VEC_PUSH(l->a, &codes, NULL);
  w->codes = codes.v;
}

/* A comment at the end of a line speaks of that line, one that stands alone of the next line that
 * holds code. */
static int line_of(struct lint *l, const struct tokens *t, size_t i) {
  int line, col;
  bool alone = true;
  for (size_t k = i; k-- > 0 && t->list.v[k].kind != TRIVIA_LINE_END;)
    alone &= t->list.v[k].kind == TRIVIA_SPACE;
  size_t k = i;
  if (alone)
    while (k < t->list.n && t->list.v[k].kind < 0) k++;
  source_place(t->src, l->a, k < t->list.n ? t->list.v[k].at : t->src->size, &line, &col);
  return line;
}

static void read_source(struct lint *l, struct source *src, struct lint_result *r) {
  if (from_library((struct span){src, 0, 0}) ||
      !memmem(src->text, src->size, marker, sizeof marker - 1))
    return;
  const struct tokens *t = lex_source(l->a, l->a, src);
  for (size_t i = 0; i < t->list.n; i++) {
    const struct token *k = &t->list.v[i];
    const char *end = src->text + k->end, *p = skip_blanks(src->text + k->at, end);
    if (k->kind != TRIVIA_COMMENT || strncmp(p, marker, sizeof marker - 1) != 0) continue;
    struct allow *w = NEW(l->a, struct allow);
    w->span = token_span(t, k);
    w->line = line_of(l, t, i);
    read_allow(l, w, p + sizeof marker - 1, end);
    VEC_PUSH(l->a, &r->allows, w);
  }
}

void allows_read(struct lint *l, struct lint_result *r) {
  for (size_t i = 0; i < l->rs->sources.n; i++) read_source(l, l->rs->sources.v[i], r);
}

static bool lists(const struct allow *w, const struct lint_check *c, const char *code) {
  for (size_t i = 0; w->codes[i]; i++)
    if (strcasecmp(w->codes[i], code) == 0 || (c && strcmp(w->codes[i], c->name) == 0)) return true;
  return false;
}

static bool speaks_of(struct lint *l, const struct allow *w, struct span at) {
  int line, col;
  if (w->span.src != at.src) return false;
  source_place(at.src, l->a, at.at, &line, &col);
  return w->line == line;
}

bool allow_names_check(struct lint *l, const struct lint_result *r, struct span at) {
  for (size_t i = 0; i < r->allows.n; i++)
    if (speaks_of(l, r->allows.v[i], at) && lists(r->allows.v[i], l->now, l->now->kind.code))
      return true;
  return false;
}

/* The comment that allows it; NULL: none does. */
static const struct allow *allowed_by(struct lint *l, struct lint_result *r, const struct diag *d) {
  if (!d->span.src || !r->allows.n) return NULL;
  const struct lint_check *c = lint_check_find(d->kind->code);
  for (size_t i = 0; i < r->allows.n; i++) {
    struct allow *w = r->allows.v[i];
    if (!speaks_of(l, w, d->span) || !lists(w, c, d->kind->code)) continue;
    w->used++;
    if (w->reason && (w->until == DAY_NONE || l->options->today <= w->until)) return w;
  }
  return NULL;
}

static struct diag *tell_as(struct lint *l, const char *name, struct span at, const char *what) {
  l->now = lint_check_find(name);
  return lint_tell(l, at, "%s", what);
}

void tell_no_check(struct lint *l, struct span at, const char *word) {
  struct diag *d =
      tell_as(l, "allow_unknown_code", at, arena_printf(l->a, "no check is called %s", word));
  const char *near = lint_check_near(&l->own, word);
  if (near)
    lint_help(l, d, "did you mean %s?", near);
  else
    lint_help(l, d,
              "write the code that the finding shows, such as V1001, or its name: never_true");
}

/* Without a dataset, a finding against the data cannot come up. */
static bool could_be_used(const struct lint *l, const struct allow *w) {
  const struct lint_check *c = lint_check_find(w->codes[0]);
  return l->options->db || !c || c->group != LINT_DATA;
}

/* The comment with the blanks before it, and with its line end when it has a line of its own. */
static struct span whole_comment(struct span at) {
  const char *t = at.src->text;
  while (at.at > 0 && (t[at.at - 1] == ' ' || t[at.at - 1] == '\t')) at.at--;
  bool alone = at.at == 0 || t[at.at - 1] == '\n';
  while (alone && at.end < at.src->size && t[at.end - 1] != '\n') at.end++;
  return at;
}

static void judge(struct lint *l, const struct allow *w) {
  char buf[16];
  for (size_t i = 0; w->codes[i]; i++)
    if (!lint_check_among(&l->own, w->codes[i]) && !diag_kind_find(w->codes[i])) {
      tell_no_check(l, w->span, w->codes[i]);
      return;
    }
  if (!w->reason || !w->codes[0]) {
    struct diag *d = tell_as(l, "allow_without_reason", w->span,
                             "this comment allows a finding without saying why");
    lint_help(l, d, "write: # lint-allow %s: the reason", w->codes[0] ? w->codes[0] : "V1001");
  } else if (w->until != DAY_NONE && l->options->today > w->until) {
    const char *what =
        w->until == DAY_MIN
            ? "the day after `until` is not a date"
            : arena_printf(l->a, "what this comment allows ended on %s", day_text(w->until, buf));
    struct diag *d = tell_as(l, "allow_expired", w->span, what);
    lint_help(
        l, d,
        "correct what it was about and remove the comment, or give it a new day: until 2027-03-31");
  } else if (!w->used && could_be_used(l, w)) {
    struct diag *d = tell_as(l, "allow_unused", w->span,
                             arena_printf(l->a, "there is no %s here any more", w->codes[0]));
    lint_help(l, d, "remove the comment");
    lint_fix(l, d, whole_comment(w->span), "");
  }
}

void allows_apply(struct lint *l, struct lint_result *r) {
  struct diags all = l->findings;
  l->findings = (struct diags){.arena = l->a};
  for (size_t i = 0; i < all.list.n; i++) {
    struct diag *d = all.list.v[i];
    const struct allow *by = allowed_by(l, r, d);
    if (by) {
      r->suppressed++;
      VEC_PUSH(l->a, &r->quieted, ((struct quieted){d, by}));
      continue;
    }
    l->findings.errors += d->kind->level == LEVEL_ERROR;
    l->findings.warnings += d->kind->level == LEVEL_WARNING;
    VEC_PUSH(l->a, &l->findings.list, d);
  }
  for (size_t i = 0; i < r->allows.n; i++) judge(l, r->allows.v[i]);
}
