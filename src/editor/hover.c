/* In: a place. Out: what the name there means, in the words of `vigie explain`, `vigie describe`
 * or `vigie help`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text_buffer.h"
#include "editor/naming.h"
#include "editor/counted.h"
#include "explain/declaration.h"
#include "explain/describe.h"
#include "syntax/token.h"

struct hovering {
  struct text_buffer t;
  const struct ruleset *rs;
  struct speaker s;
  const json_t *figures; /* of its policy */
};

static void add_text(struct hovering *h, const char *before, const char *text, const char *after) {
  if (!text || !*text) return;
  text_add(&h->t, before);
  text_add(&h->t, text);
  text_add(&h->t, after);
}

static void add_code(struct hovering *h, const char *text) {
  add_text(h, "\n\n```vigie\n", text, "\n```");
}

static const char *written_as(struct hovering *h, const struct expr *e) {
  return e ? span_text(h->s.a, e->span) : NULL;
}

static const char *kind_and_name(struct hovering *h, enum symbol_kind kind, const char *name) {
  return arena_printf(h->s.a, "%s `%s`", symbol_words[kind].word, name);
}

/* What was worked out of the name in the background; NULL: nothing. */
static const json_t *figure(const struct hovering *h, const char *kind, const char *name) {
  return json_object_get(json_object_get(h->figures, kind), name);
}

/* ---- a kind each ------------------------------------------------------------------------ */

static void say_entity(struct hovering *h, const void *of) {
  const struct entity *e = of;
  add_text(h, ": the table `", e->table, "`");
  add_text(h, ", a row is named by `", e->key, "`");
  add_text(h, ", people call it by `", e->label, "`");
}

static void say_attribute(struct hovering *h, const void *of) {
  const struct attr *at = of;
  add_text(h, " of ", at->entity->name, ": ");
  text_add(&h->t, type_text(&at->type, h->s.a));
  if (at->kind == ATTR_COLUMN)
    text_add(&h->t,
             arena_printf(h->s.a, ", the column `%s` of `%s`", at->column, at->entity->table));
  if (at->kind == ATTR_HISTORY)
    text_add(&h->t, arena_printf(h->s.a, ", day by day: the column `%s` of `%s`", at->history.value,
                                 at->history.table));
  if (at->kind == ATTR_COMPUTED) add_code(h, written_as(h, at->expr));
}

static void say_segment(struct hovering *h, const void *of) {
  const struct segment *g = of;
  add_text(h, ": ", g->means, "");
  add_code(h, written_as(h, g->expr));
  if (g->term && g->entity) {
    add_text(h, "\n\nIn words: ", say_rows(&h->s, g->entity, true), " where ");
    text_add(&h->t, say_term(&h->s, g->term));
    text_add(&h->t, ".");
  }
}

/* The lines of its text: what is said of a terminal's screen stays as it is. */
static void say_threshold(struct hovering *h, const void *of) {
  const struct threshold *t = of;
  char *text = NULL;
  size_t n;
  FILE *out = open_memstream(&text, &n);
  if (!out) return;
  threshold_explain_text(out, of, h->s.day, h->s.a);
  fclose(out);
  add_text(h, "\n\n```\n", arena_strndup(h->s.a, text, n), "```");
  free(text);
  const json_t *tried = json_object_get(figure(h, "thresholds", t->name), "titles");
  for (size_t i = 0; i < json_array_size(tried); i++)
    add_text(h, i ? "\n- " : "\n\n- ", json_string_value(json_array_get(tried, i)), "");
}

static void say_kpi(struct hovering *h, const void *of) {
  const struct kpi *k = of;
  add_text(h, " of each ", k->entity ? k->entity->name : NULL, "");
  add_text(h, ": ", k->means, "");
  add_code(h, written_as(h, k->expr));
  if (k->term) add_text(h, "\n\nIn words: ", say_term(&h->s, k->term), ".");
  add_text(h, "\n\nOwner: ", k->owner, ".");
  add_text(h, "\n\nDecides: ", k->decides, ".");
  add_text(h, "\n\n", json_string_value(figure(h, "kpis", k->name)), "");
}

static void say_define(struct hovering *h, const void *of) {
  const struct define *d = of;
  text_add(&h->t, "(");
  for (size_t i = 0; i < d->params.n; i++) add_text(h, i ? ", " : "", d->params.v[i].name, "");
  text_add(&h->t, ")");
  add_code(h, written_as(h, d->expr));
  add_text(h, "\n\n", d->doc, "");
}

static void say_team(struct hovering *h, const void *of) {
  const struct team *t = of;
  add_text(h, ": assigns `", written_as(h, t->assigns), "`");
  for (size_t i = 0; i < t->turn.n; i++) add_text(h, i ? ", " : ": in turn ", t->turn.v[i], "");
  if (t->capacity) text_add(&h->t, arena_printf(h->s.a, ", capacity %d", t->capacity));
  add_text(h, ", escalates to ", t->escalates_to, "");
}

static void say_playbook(struct hovering *h, const void *of) {
  const struct playbook *p = of;
  add_text(h, ": ", p->means, "");
  for (size_t i = 0; i < p->steps.n; i++)
    text_add(&h->t, arena_printf(h->s.a, "%s\n%zu. %s", i ? "" : "\n", i + 1, p->steps.v[i].text));
}

static void say_rule(struct hovering *h, const void *of) {
  const struct rule *r = of;
  add_text(h, ": ", r->means, "");
  add_code(h, written_as(h, r->when_expr));
  if (r->when && !r->broken) add_text(h, "\n\n", describe_rule(&h->s, r), "");
  add_text(h, "\n\n", items_counted_text(h->figures, r->name, h->s.a), ".");
  add_text(h, "\n\n", json_string_value(figure(h, "acting", r->name)), "");
  const json_t *change = figure(h, "changes", r->name);
  add_text(h, "\n\nSince git: ", json_string_value(json_object_get(change, "words")), "");
  add_code(h, json_string_value(json_object_get(change, "test")));
}

typedef void say_symbol(struct hovering *h, const void *of);
static say_symbol *const say_kind[SYMBOL_KINDS] = {
    [SYMBOL_ENTITY] = say_entity,   [SYMBOL_ATTRIBUTE] = say_attribute,
    [SYMBOL_SEGMENT] = say_segment, [SYMBOL_THRESHOLD] = say_threshold,
    [SYMBOL_KPI] = say_kpi,         [SYMBOL_DEFINE] = say_define,
    [SYMBOL_TEAM] = say_team,       [SYMBOL_PLAYBOOK] = say_playbook,
    [SYMBOL_RULE] = say_rule,
};

/* ---- the answer ------------------------------------------------------------------------- */

static json_t *markdown(const char *text, json_t *range) {
  return json_pack("{s:{s:s, s:s}, s:o}", "contents", "kind", "markdown", "value", text, "range",
                   range);
}

/* Of two readings of a policy. */
static bool is_same_symbol(const struct symbol *a, const struct symbol *b) {
  if (a->kind != b->kind || strcmp(a->name, b->name) != 0) return false;
  if (a->kind != SYMBOL_ATTRIBUTE) return true;
  const struct attr *x = a->of, *y = b->of;
  return strcmp(x->entity->name, y->entity->name) == 0;
}

/* A policy with mistakes is not put into words: the last one without is, where it has the name. */
static const struct symbol *sound(const struct asked *q, const struct symbol *s,
                                  const struct analysis **x) {
  const struct analysis *good = q->doc->policy->good;
  *x = good;
  if (good == q->now) return s;
  for (size_t i = 0; good && i < good->symbols->all.n; i++)
    if (is_same_symbol(good->symbols->all.v[i], s)) return good->symbols->all.v[i];
  return NULL;
}

static json_t *hover_symbol(struct asked *q, const struct occurrence *o) {
  const struct analysis *x;
  const struct symbol *s = sound(q, o->of, &x);
  struct hovering h = {.t = {.a = q->a}, .figures = q->doc->policy->figures};
  struct place_list places = {.q = q};
  h.s = (struct speaker){.a = q->a, .tongue = TONGUE_EN};
  text_add(&h.t, kind_and_name(&h, o->of->kind, o->of->name));
  if (s) {
    h.rs = x->rs;
    h.s.day = q->e->setup->today(q->e->setup->ctx, x->rs);
    say_kind[s->kind](&h, s->of);
  }
  return markdown(text_of_buffer(&h.t), place_range(&places, o->at));
}

/* A word of the language, outside of texts and comments. */
static json_t *hover_word(struct asked *q) {
  size_t at;
  if (!asked_at(q, &at)) return NULL;
  struct source *src = source_new(q->a, q->doc->path, q->doc->text.text, q->doc->text.size);
  const struct tokens *all = lex_source(q->a, q->a, src);
  for (size_t i = 0; i < all->list.n; i++) {
    const struct token *k = &all->list.v[i];
    if (k->kind < 0 || at < k->at || at >= k->end || !k->name || src->text[k->at] == '"') continue;
    const char *text =
        q->e->setup->help(q->a, arena_strndup(q->a, src->text + k->at, k->end - k->at));
    if (text)
      return markdown(arena_printf(q->a, "```\n%s```", text),
                      range_json(&q->doc->text, k->at, k->end));
  }
  return NULL;
}

json_t *answer_hover(struct asked *q) {
  const struct occurrence *o = asked_name(q);
  if (q->code) return NULL;
  return o ? hover_symbol(q, o) : hover_word(q);
}
