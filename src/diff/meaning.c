/* In: two rule sets. Out: which declarations, and which parts of them, say something else. */
#include "diff/meaning.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "lint/condition.h"
#include "sema/policy_diff.h"
#include "sema/threshold_line.h"

/* A part of a declaration: what is compared, and what is shown. */
struct part {
  const char
      *name; /* "when"; of what may stand several times, with the text that tells them apart */
  const char *text; /* as written */
  const char *key;  /* equal for two texts that mean the same */
};

struct decl {
  const char *what, *name;
  const struct ast_item *item;
  const struct rule *rule; /* of a rule or a sentence */
  const struct kpi *kpi;
  const struct segment *segment;
  const struct threshold *threshold; /* of these kinds; NULL else */
  VEC(struct part) parts;
};

struct side {
  const struct ruleset *rs;
  VEC(struct decl) decls;
  struct map by_name; /* "what name" -> index + 1 */
};

struct comparing {
  struct side old, now;
  day_t as_of;
  struct map new_rules, new_kpis; /* the name before -> the name now */
  struct map rules_on; /* "threshold usage_alarm" -> the rules that stand on it: "a, b" */
  struct arena *a;
  meanings out;
};

/* ---- the parts of a declaration --------------------------------------------------------- */

static void add_part(struct comparing *c, struct decl *d, const char *name, const char *text,
                     const struct term *t) {
  struct part p = {name, text, t ? term_key(c->a, t) : text};
  VEC_PUSH(c->a, &d->parts, p);
}

/* What it says behind its word, up to an arrow. */
static struct span after_word(const struct clause *c) {
  struct span s = c->span;
  const char *word = clause_word(c->kind);
  size_t n = strlen(word);
  if (s.end - s.at >= n && strncmp(s.src->text + s.at, word, n) == 0) s.at += (uint32_t)n;
  if (c->actions && c->expr) s.end = c->expr->span.end;
  return s;
}

static const char *words_after(struct comparing *c, const struct clause *cl) {
  const char *text = policy_words(after_word(cl), c->a);
  while (*text == ' ') text++;
  return text;
}

/* -> assign CS, due 7d, do "…": each said apart, wherever it stands. */
static void add_actions(struct comparing *c, struct decl *d, const struct actions *x) {
  const struct rule *r = d->rule;
  if (!x) return;
  if (x->assign) add_part(c, d, "assign", x->assign, NULL);
  if (x->due) {
    struct span s = x->due->span;
    if (x->due_anchor) s = span_join(s, x->due_anchor->span);
    add_part(c, d, "due", policy_words(s, c->a), NULL);
  }
  if (x->playbook) add_part(c, d, "do, the playbook", x->playbook, NULL);
  if (x->text) add_part(c, d, "do", policy_words(x->text->span, c->a), NULL);
  if (x->priority) add_part(c, d, "priority", policy_words(x->priority->span, c->a), NULL);
  if (x->worth) add_part(c, d, "worth", policy_words(x->worth->span, c->a), r ? r->worth : NULL);
}

static const struct term *term_of(const struct decl *d, enum clause_kind kind) {
  if (!d->rule) return NULL;
  switch ((int)kind) {
    case C_WHEN: return d->rule->when;
    case C_CLEAR: return d->rule->clear;
    case C_SETTLED: return d->rule->settled;
    case C_ONCE: return d->rule->once;
    case C_WORTH: return d->rule->worth;
    default: return NULL;
  }
}

/* Clauses of which a declaration has several are told apart by what they are about. */
static const char *part_name(struct comparing *c, const struct clause *cl, const char *text) {
  const char *word = clause_word(cl->kind);
  switch ((int)cl->kind) {
    case C_ATTR:
    case C_INTERVAL: return cl->name;
    case C_BELONGS: return arena_printf(c->a, "belongs to %s", cl->name);
    case C_MUTES:
    case C_ESCALATE:
    case C_WAS: return arena_printf(c->a, "%s %s", word, text);
    default: return word;
  }
}

/* A step is told apart by its text; what it says of the day and the team is compared. */
static void add_step(struct comparing *c, struct decl *d, const struct clause *cl) {
  struct span behind = {cl->span.src, cl->name_span.end, cl->span.end};
  const char *text = policy_words(behind, c->a);
  text += strspn(text, ", ");
  add_part(c, d, arena_printf(c->a, "step \"%s\"", cl->text), *text ? text : "no day", NULL);
}

static bool is_apart(enum clause_kind k) { /* compared elsewhere, or no meaning of its own */
  return k == C_WAS || k == C_FOR || k == C_FROM;
}

static void add_clause(struct comparing *c, struct decl *d, const struct clause *cl) {
  if (cl->actions) add_actions(c, d, cl->actions);
  if (cl->kind == C_ACTIONS) return;
  const char *text = words_after(c, cl);
  if (d->threshold && is_apart(cl->kind)) return;
  if (cl->kind == C_WAS) return;
  if (cl->kind == C_STEP) {
    add_step(c, d, cl);
    return;
  }
  add_part(c, d, part_name(c, cl, text), text, term_of(d, cl->kind));
}

/* What the header says behind the name. */
static void add_head(struct comparing *c, struct decl *d) {
  const struct clause *h = d->item->head;
  struct span s = h->span;
  if (d->threshold) return;
  if (h->kind == C_SENTENCE) {
    CHECK(d->rule); /* a sentence is a rule */
    if (h->expr) add_part(c, d, "when", policy_words(h->expr->span, c->a), d->rule->when);
    add_actions(c, d, h->actions);
    return;
  }
  const struct term *t = d->kpi ? d->kpi->term : d->segment ? d->segment->term : NULL;
  if (h->expr && t) {
    struct span front = {s.src, s.at, h->expr->span.at};
    add_part(c, d, "its header", policy_words(front, c->a), NULL);
    add_part(c, d, d->kpi ? "formula" : "where", policy_words(h->expr->span, c->a), t);
    return;
  }
  if (h->name && h->name_span.src) s.at = h->name_span.end;
  const char *text = policy_words(s, c->a);
  while (*text == ' ') text++;
  if (*text) add_part(c, d, "its header", text, NULL);
}

/* ---- the declarations of a version ------------------------------------------------------ */

static const struct rule *rule_of(const struct ruleset *rs, const struct ast_item *it) {
  for (size_t i = 0; i < rs->rule_items.n; i++)
    if (rs->rule_items.v[i] == it) return rs->rules.v[i];
  return NULL;
}

static void find_typed(const struct ruleset *rs, struct decl *d) {
  const char *name = d->item->head->name;
  d->rule = rule_of(rs, d->item);
  for (size_t i = 0; i < rs->target_items.n; i++)
    if (rs->target_items.v[i] == d->item) d->name = rs->targets.v[i]->name;
  if (d->rule) d->name = d->rule->name;
  if (d->item->head->kind == C_KPI) d->kpi = map_get(&rs->kpi_names, name);
  if (d->item->head->kind == C_SEGMENT) d->segment = map_get(&rs->segment_names, name);
  if (d->item->head->kind == C_THRESHOLD) d->threshold = map_get(&rs->threshold_names, name);
}

/* What only lint reads says nothing of what a run does. */
static bool says_something(const struct clause *head) {
  enum clause_kind k = head->kind;
  if (k == C_DEFINE && !head->expr) return false; /* a check of the company */
  return k != C_LANGUAGE && k != C_USE && k != C_PROJECT && k != C_PAGE && k != C_TEST &&
         k != C_BROKEN;
}

static void read_side(struct comparing *c, struct side *s) {
  for (size_t i = 0; i < s->rs->asts.n; i++) {
    const struct ast *ast = s->rs->asts.v[i];
    if (strncmp(ast->src->path, "stdlib/", 7) == 0) continue;
    for (size_t k = 0; k < ast->items.n; k++) {
      const struct ast_item *it = ast->items.v[k];
      if (!says_something(it->head)) continue;
      struct decl d = {.what = it->head->kind == C_SENTENCE ? "rule" : clause_word(it->head->kind),
                       .name = it->head->name ? it->head->name : "",
                       .item = it};
      find_typed(s->rs, &d);
      add_head(c, &d);
      for (size_t m = 0; m < it->body.n; m++) add_clause(c, &d, it->body.v[m]);
      VEC_PUSH(c->a, &s->decls, d);
      map_put(&s->by_name, c->a, arena_printf(c->a, "%s %s", d.what, d.name),
              (void *)(uintptr_t)s->decls.n);
    }
  }
}

static const struct decl *decl_named(const struct comparing *c, const struct side *s,
                                     const char *what, const char *name) {
  uintptr_t at = (uintptr_t)map_get(&s->by_name, arena_printf(c->a, "%s %s", what, name));
  return at ? &s->decls.v[at - 1] : NULL;
}

/* ---- what differs ----------------------------------------------------------------------- */

static void add_rule_on(struct comparing *c, const char *name, const struct rule *r) {
  const char *list = map_get(&c->rules_on, name);
  list = list ? arena_printf(c->a, "%s, %s", list, r->name) : r->name;
  map_put(&c->rules_on, c->a, name, (void *)(uintptr_t)list);
}

/* What the rules of the new version stand on. */
static void find_rules_on(struct comparing *c) {
  for (size_t i = 0; i < c->now.rs->rules.n; i++) {
    const struct rule *r = c->now.rs->rules.v[i];
    name_list below = policy_below(r, c->a);
    if (r->playbook) add_rule_on(c, arena_printf(c->a, "playbook %s", r->playbook->name), r);
    for (size_t k = 0; k < below.n; k++) add_rule_on(c, below.v[k], r);
  }
}

static const char *rules_on(struct comparing *c, const struct decl *d) {
  return d->rule ? NULL : map_get(&c->rules_on, arena_printf(c->a, "%s %s", d->what, d->name));
}

static struct meaning *say(struct comparing *c, enum meaning_kind kind, const struct decl *d,
                           const char *part, const char *old, const char *now) {
  struct meaning m = {.kind = kind,
                      .what = d->what,
                      .name = d->name,
                      .part = part,
                      .old = old,
                      .now = now,
                      .from = DAY_NONE,
                      .rules = rules_on(c, d)};
  VEC_PUSH(c->a, &c->out, m);
  return &c->out.v[c->out.n - 1];
}

static const struct part *part_named(const struct decl *d, const char *name) {
  for (size_t i = 0; i < d->parts.n; i++)
    if (strcmp(d->parts.v[i].name, name) == 0) return &d->parts.v[i];
  return NULL;
}

/* A number of days that the old formula looked over, that the new one does not, and that the words
 * for people still say; NULL: none. */
static const char *stale_words(struct comparing *c, const struct decl *d, const char *old,
                               const char *now) {
  const struct part *means = part_named(d, "means");
  for (const char *p = old; means && *p; p++) {
    size_t n = strspn(p, "0123456789");
    if (!n) continue;
    const char *number = arena_strndup(c->a, p, n);
    if (strchr("dwmqy", p[n]) && p[n] && !strstr(now, number) && strstr(means->text, number))
      return arena_printf(c->a, "its description still says \"%s\"", number);
    p += n - 1;
  }
  return NULL;
}

/* ---- what has another name now ---- */

static bool in_name(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* The text of a part of the old version, with the names that its rules and KPIs have now. */
static const char *with_new_names(const struct comparing *c, const struct part *p,
                                  const char *text) {
  const struct map *names = strncmp(p->name, "mutes ", 6) == 0 ? &c->new_rules : &c->new_kpis;
  const char *out = "", *at = text;
  while (*at) {
    size_t n = 0;
    while (in_name(at[n])) n++;
    const char *name = arena_strndup(c->a, at, n ? n : 1), *now = n ? map_get(names, name) : NULL;
    out = arena_printf(c->a, "%s%s", out, now ? now : name);
    at += n ? n : 1;
  }
  return out;
}

static bool any_renamed(const struct comparing *c) { return c->new_rules.n || c->new_kpis.n; }

static const struct part *part_before(const struct comparing *c, const struct decl *old,
                                      const char *name) {
  for (size_t i = 0; any_renamed(c) && i < old->parts.n; i++)
    if (strcmp(with_new_names(c, &old->parts.v[i], old->parts.v[i].name), name) == 0)
      return &old->parts.v[i];
  return part_named(old, name);
}

static bool reads_alike(const struct comparing *c, const struct part *old, const struct part *now) {
  if (strcmp(now->key, old->key) == 0 || strcmp(now->text, old->text) == 0) return true;
  return any_renamed(c) && (strcmp(now->key, with_new_names(c, old, old->key)) == 0 ||
                            strcmp(now->text, with_new_names(c, old, old->text)) == 0);
}

static bool is_left_out(const struct comparing *c, const struct part *old, const struct decl *now) {
  return !part_named(now, any_renamed(c) ? with_new_names(c, old, old->name) : old->name);
}

static void compare_parts(struct comparing *c, const struct decl *old, const struct decl *now) {
  for (size_t i = 0; i < now->parts.n; i++) {
    const struct part *p = &now->parts.v[i], *q = part_before(c, old, p->name);
    if (q && reads_alike(c, q, p)) continue;
    struct meaning *m = say(c, MEANING_CHANGED, now, p->name, q ? q->text : NULL, p->text);
    if (q) m->note = stale_words(c, now, q->text, p->text);
  }
  for (size_t i = 0; i < old->parts.n; i++)
    if (is_left_out(c, &old->parts.v[i], now))
      say(c, MEANING_CHANGED, now, old->parts.v[i].name, old->parts.v[i].text, NULL);
}

static const struct threshold_line *line_like(const struct threshold *t,
                                              const struct threshold_line *l) {
  for (size_t i = 0; i < t->lines.n; i++)
    if (t->lines.v[i].from == l->from && same_written_scope(&t->lines.v[i], l))
      return &t->lines.v[i];
  return NULL;
}

static void say_line(struct comparing *c, const struct decl *d, const struct threshold_line *l,
                     const char *old, const char *now) {
  const char *scope = threshold_line_scope(l, c->a);
  struct meaning *m = say(c, MEANING_CHANGED, d, *scope ? scope + 1 : "value", old, now);
  m->from = l->from;
  m->because = now ? l->because : NULL;
  m->rewrites_past = l->from <= c->as_of;
}

static void compare_threshold(struct comparing *c, const struct decl *old, const struct decl *now) {
  const struct threshold *x = old->threshold, *y = now->threshold;
  for (size_t i = 0; i < y->lines.n; i++) {
    const struct threshold_line *l = &y->lines.v[i], *before = line_like(x, l);
    const char *is = threshold_line_value(y, l, c->a);
    const char *was = before ? threshold_line_value(x, before, c->a) : NULL;
    if (was && strcmp(was, is) == 0) continue;
    if (!was) { /* a new line: what was in force on its day */
      const struct threshold_line *in_force = NULL;
      for (size_t k = 0; k < x->lines.n; k++)
        if (same_written_scope(&x->lines.v[k], l))
          in_force = threshold_line_on(x, &x->lines.v[k], l->from);
      was = in_force ? threshold_line_value(x, in_force, c->a) : NULL;
    }
    say_line(c, now, l, was, is);
  }
  for (size_t i = 0; i < x->lines.n; i++)
    if (!line_like(y, &x->lines.v[i]))
      say_line(c, now, &x->lines.v[i], threshold_line_value(x, &x->lines.v[i], c->a), NULL);
}

/* The names it had before; NULL: of this kind nothing is renamed. */
static const name_list *was_of(const struct decl *d) {
  return d->rule ? &d->rule->was : d->kpi ? &d->kpi->was : NULL;
}

static const struct decl *before_of(const struct comparing *c, const struct decl *now) {
  const struct decl *d = decl_named(c, &c->old, now->what, now->name);
  const name_list *was = was_of(now);
  for (size_t i = 0; !d && was && i < was->n; i++)
    d = decl_named(c, &c->old, now->kpi ? "kpi" : "rule", was->v[i]);
  return d;
}

/* Before the parts are compared: they may name what has another name now. */
static void find_renamed(struct comparing *c) {
  for (size_t i = 0; i < c->now.decls.n; i++) {
    const struct decl *d = &c->now.decls.v[i], *before = was_of(d) ? before_of(c, d) : NULL;
    if (before && strcmp(before->name, d->name) != 0)
      map_put(d->kpi ? &c->new_kpis : &c->new_rules, c->a, before->name, (void *)d->name);
  }
}

/* ---- added, removed, renamed ------------------------------------------------------------ */

static bool same_body(const struct decl *x, const struct decl *y) {
  if (strcmp(x->what, y->what) != 0 || x->parts.n != y->parts.n || x->threshold || y->threshold)
    return false;
  for (size_t i = 0; i < x->parts.n; i++) {
    const struct part *q = part_named(y, x->parts.v[i].name);
    if (!q || strcmp(q->key, x->parts.v[i].key) != 0) return false;
  }
  return x->parts.n > 0;
}

/* The same body under another name: its items close, and open again. */
static const struct decl *moved_from(const struct comparing *c, const struct decl *now) {
  for (size_t i = 0; i < c->old.decls.n; i++) {
    const struct decl *d = &c->old.decls.v[i];
    if (!decl_named(c, &c->now, d->what, d->name) && same_body(d, now)) return d;
  }
  return NULL;
}

static void say_added(struct comparing *c, const struct decl *now) {
  const struct decl *from = moved_from(c, now);
  struct meaning *m = say(c, MEANING_ADDED, now, NULL, from ? from->name : NULL, NULL);
  if (from && now->rule && now->item->head->kind == C_RULE)
    m->note = arena_printf(c->a,
                           "it says what %s said: its items would close and open again. Write "
                           "under it: was %s",
                           from->name, from->name);
  else if (from && now->rule)
    m->note = arena_printf(c->a, "it says what %s said: its items would close and open again",
                           from->name);
}

static bool is_kept(const struct comparing *c, const struct decl *old) {
  if (decl_named(c, &c->now, old->what, old->name)) return true;
  return map_get(old->kpi ? &c->new_kpis : &c->new_rules, old->name) && was_of(old);
}

static int rank_of(const struct meaning *m) {
  return m->kind == MEANING_RENAMED ? 0 : m->rewrites_past ? 1 : 2;
}

/* Stable: what has the same rank stays in the order of the files. */
static void sort_meanings(struct comparing *c) {
  meanings sorted = {0};
  for (int rank = 0; rank < 3; rank++)
    for (size_t i = 0; i < c->out.n; i++)
      if (rank_of(&c->out.v[i]) == rank) VEC_PUSH(c->a, &sorted, c->out.v[i]);
  c->out = sorted;
}

meanings meaning_of(const struct ruleset *old, const struct ruleset *now, day_t as_of,
                    struct arena *a) {
  struct comparing c = {.old = {.rs = old}, .now = {.rs = now}, .as_of = as_of, .a = a};
  read_side(&c, &c.old);
  read_side(&c, &c.now);
  find_rules_on(&c);
  find_renamed(&c);
  for (size_t i = 0; i < c.now.decls.n; i++) {
    const struct decl *d = &c.now.decls.v[i], *before = before_of(&c, d);
    if (!before) {
      say_added(&c, d);
      continue;
    }
    if (strcmp(before->name, d->name) != 0)
      say(&c, MEANING_RENAMED, d, NULL, before->name, d->name);
    if (d->threshold && before->threshold) compare_threshold(&c, before, d);
    compare_parts(&c, before, d);
  }
  for (size_t i = 0; i < c.old.decls.n; i++)
    if (!is_kept(&c, &c.old.decls.v[i]))
      say(&c, MEANING_REMOVED, &c.old.decls.v[i], NULL, NULL, NULL);
  sort_meanings(&c);
  return c.out;
}
