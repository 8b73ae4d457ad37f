/* Findings by what they are about. In: findings. Out: identities that stay when lines move. */
#include "lint/identity.h"

#include <string.h>

static struct span item_span(const struct ast_item *it) {
  struct span s = it->head->span;
  for (size_t i = 0; i < it->body.n; i++) s = span_join(s, it->body.v[i]->span);
  return s;
}

/* The last item that begins there or before; items stand in the order of the file. */
static const struct ast_item *item_before(const struct ast *ast, size_t at) {
  size_t from = 0, to = ast->items.n;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    if (ast->items.v[middle]->head->span.at <= at)
      from = middle + 1;
    else
      to = middle;
  }
  return from ? ast->items.v[from - 1] : NULL;
}

static const struct ast_item *item_at(const struct ruleset *rs, struct span at) {
  for (size_t i = 0; i < rs->asts.n; i++) {
    const struct ast *ast = rs->asts.v[i];
    const struct ast_item *it = ast->src == at.src ? item_before(ast, at.at) : NULL;
    if (it && at.at <= item_span(it).end) return it;
  }
  return NULL;
}

/* Runs of blanks and line ends become one blank. */
static const char *one_line(struct arena *a, const char *text) {
  char *out = arena_alloc(a, strlen(text) + 1), *w = out;
  for (const char *p = text; *p; p++) {
    bool blank = strchr(" \t\r\n", *p) != NULL;
    if (!blank)
      *w++ = *p;
    else if (w > out && w[-1] != ' ')
      *w++ = ' ';
  }
  while (w > out && w[-1] == ' ') w--;
  *w = 0;
  return out;
}

struct identity identity_of(struct arena *a, const struct ruleset *rs, const struct diag *d) {
  struct identity x = {.code = d->kind->code, .in = "", .at = d->message};
  if (!d->span.src) return x;
  const struct ast_item *it = item_at(rs, d->span);
  const char *name = it ? it->head->name : NULL;
  if (it) x.in = name ? arena_printf(a, "%s %s", clause_word(it->head->kind), name) : "";
  x.at = one_line(a, span_text(a, d->span));
  return x;
}

const char *identity_key(struct arena *a, const struct identity *x) {
  return arena_printf(a, "%s\n%s\n%s", x->code, x->in, x->at);
}

void tally_add(struct tally *t, const char *key, long n) {
  long *count = map_get(&t->counts, key);
  if (!count) {
    count = NEW(t->a, long);
    map_put(&t->counts, t->a, key, count);
  }
  *count += n;
}

bool tally_take(struct tally *t, const char *key) {
  long *count = map_get(&t->counts, key);
  if (!count || !*count) return false;
  --*count;
  return true;
}
