/* Words of conditions about rule files. In: a condition as it was written. Out: the same as the
 * language types it, or what is wrong with a word of it. */
#include "sema/own_words.h"

#include <string.h>

#include "base/check.h"
#include "base/intern.h"
#include "base/suggest.h"

/* Whose properties the names are: the innermost aggregate first. */
struct seen {
  enum own_subject subject;
  const struct seen *outer;
};

struct own_words {
  struct ruleset *rs;
  bool failed;
};

/* ---- properties ----------------------------------------------------------------------- */

static const struct own_property *property_of(enum own_subject s, const char *name) {
  for (size_t i = 0; i < n_own_properties; i++)
    if (own_properties[i].of == s && strcmp(own_properties[i].name, name) == 0)
      return &own_properties[i];
  return NULL;
}

static const struct own_property *property_seen(const struct seen *at, const char *name) {
  const struct own_property *p = NULL;
  for (; at && !p; at = at->outer) p = property_of(at->subject, name);
  return p;
}

static bool subject_called(const char *word, enum own_subject *out) {
  for (int i = 0; i < OWN_SUBJECTS; i++)
    if (strcmp(own_subject_word((enum own_subject)i), word) == 0) {
      *out = (enum own_subject)i;
      return true;
    }
  return false;
}

/* "KPI", where another kind of declaration has a property of the name; NULL. */
static const char *whose(const char *name) {
  for (size_t i = 0; i < n_own_properties; i++)
    if (strcmp(own_properties[i].name, name) == 0) return own_subject_title(own_properties[i].of);
  return NULL;
}

static void tell_no_property(struct own_words *x, enum own_subject s, const char *name,
                             struct span at) {
  struct arena *a = x->rs->arena;
  name_list names = {0};
  const char *list = "";
  x->failed = true;
  for (size_t i = 0; i < n_own_properties; i++) {
    if (own_properties[i].of != s) continue;
    list = arena_printf(a, "%s%s%s", list, names.n ? ", " : "", own_properties[i].name);
    VEC_PUSH(a, &names, own_properties[i].name);
  }
  const char *near = suggest(name, names.v, names.n), *other = whose(name);
  struct diag *d = diag_add(&x->rs->diags, V0201, at, "nothing of a %s is called `%s`",
                            own_subject_title(s), name);
  if (other)
    diag_help(&x->rs->diags, d, "it is of a %s; of a %s there are: %s", other, own_subject_title(s),
              list);
  else if (near)
    diag_help(&x->rs->diags, d, "did you mean `%s`? Of a %s there are: %s", near,
              own_subject_title(s), list);
  else
    diag_help(&x->rs->diags, d, "of a %s there are: %s", own_subject_title(s), list);
}

static void tell_leads_nowhere(struct own_words *x, const struct own_property *p,
                               const struct expr *e) {
  x->failed = true;
  diag_help(&x->rs->diags,
            diag_add(&x->rs->diags, V0201, e->span, "`%s` of a %s leads to nothing further",
                     p->name, own_subject_title(p->of)),
            "ask it alone: %s", p->name);
}

/* What the path ends with; NULL: reported. */
static const struct own_property *end_of_path(struct own_words *x, const struct seen *at,
                                              const struct expr *e) {
  const struct own_property *p = property_seen(at, e->path.v[0]);
  enum own_subject s = at->subject;
  for (size_t i = 1; p && i < e->path.n; i++) {
    bool leads = p->type == OWN_NAME && subject_called(p->values, &s);
    if (!leads) {
      tell_leads_nowhere(x, p, e);
      return NULL;
    }
    p = property_of(s, e->path.v[i]);
    if (p) continue;
    tell_no_property(x, s, e->path.v[i], e->span);
    return NULL;
  }
  if (!p) tell_no_property(x, s, e->path.v[0], e->span);
  return p;
}

/* ---- values --------------------------------------------------------------------------- */

/* high|normal|low */
static void list_words(struct arena *a, const char *values, name_list *out) {
  for (const char *p = values; *p;) {
    size_t n = strcspn(p, "|");
    VEC_PUSH(a, out, arena_strndup(a, p, n));
    p += n + (p[n] == '|');
  }
}

#define ADD_NAMES(list) \
  for (size_t i = 0; i < (list).n; i++) VEC_PUSH(rs->arena, out, (list).v[i]->name)

static void list_names(struct ruleset *rs, const char *of, name_list *out) {
  if (strcmp(of, "entity") == 0) ADD_NAMES(rs->entities);
  if (strcmp(of, "segment") == 0) ADD_NAMES(rs->segments);
  if (strcmp(of, "team") == 0) ADD_NAMES(rs->teams);
  if (strcmp(of, "playbook") == 0) ADD_NAMES(rs->playbooks);
  if (strcmp(of, "kpi") == 0) ADD_NAMES(rs->kpis);
}

/* high, normal or low */
static const char *one_of_text(struct arena *a, const name_list *names) {
  const char *out = "";
  for (size_t i = 0; i < names->n; i++)
    out = arena_printf(a, "%s%s%s", out, !i ? "" : i + 1 < names->n ? ", " : " or ", names->v[i]);
  return out;
}

static void check_value(struct own_words *x, const struct own_property *p, const char *text,
                        struct span at) {
  struct ruleset *rs = x->rs;
  name_list names = {0};
  if (p->type != OWN_WORD && p->type != OWN_NAME) return;
  if (p->type == OWN_WORD)
    list_words(rs->arena, p->values, &names);
  else
    list_names(rs, p->values, &names);
  for (size_t i = 0; i < names.n; i++)
    if (strcmp(names.v[i], text) == 0) return;
  x->failed = true;
  if (map_get(&rs->poisoned, text)) return; /* its line could not be read */
  const char *near = suggest(text, names.v, names.n);
  struct diag *d;
  if (p->type == OWN_WORD) {
    d = diag_add(&rs->diags, V0310, at, "`%s` is never `%s`", p->name, text);
    diag_help(&rs->diags, d, "it is %s", one_of_text(rs->arena, &names));
    return;
  }
  d = diag_add(&rs->diags, V0201, at, "there is no %s called `%s`", p->values, text);
  if (near)
    diag_help(&rs->diags, d, "did you mean `%s`?", near);
  else
    diag_help(&rs->diags, d,
              "nothing would ever be rejected: write the name of a %s of these rules", p->values);
}

static bool is_text(const struct own_property *p) {
  return p && (p->type == OWN_TEXT || p->type == OWN_WORD || p->type == OWN_NAME);
}

static void tell_flag(struct own_words *x, const struct own_property *p, const struct expr *e) {
  x->failed = true;
  diag_help(&x->rs->diags,
            diag_add(&x->rs->diags, V0422, e->span, "`%s` is a yes or no, and `%s` is neither",
                     p->name, e->path.v[0]),
            "say `%s`, or `not %s`", p->name, p->name);
}

/* The right side of `priority is high`. */
static struct expr *as_text(struct own_words *x, const struct seen *at,
                            const struct own_property *p, struct expr *e) {
  bool word = e->kind == E_PATH && e->path.n == 1 && !property_seen(at, e->path.v[0]);
  if (word && p->type == OWN_FLAG) tell_flag(x, p, e);
  if (!is_text(p)) return e;
  if (word) {
    const char *text = e->path.v[0];
    e = expr_new(x->rs->arena, E_STRING, e->span);
    e->name = text;
  }
  if (e->kind == E_STRING) check_value(x, p, e->name, e->span);
  return e;
}

/* ---- the tree ------------------------------------------------------------------------- */

static struct expr *copy(struct own_words *x, const struct seen *at, const struct expr *e);

static bool compares(const struct expr *e) { return e->kind == E_IS || e->kind == E_CMP; }

/* Of what an aggregate counts the rows; false: it is nothing of rule files, which is reported. */
static bool rows_of(struct own_words *x, const struct expr *e, enum own_subject *out) {
  if (subject_called(e->name, out)) return true;
  x->failed = true;
  diag_help(&x->rs->diags,
            diag_add(&x->rs->diags, V0422, e->name_span.src ? e->name_span : e->span,
                     "`%s` is nothing of the rule files that a check can count", e->name),
            "count one of: rule, kpi, segment, threshold, team, target");
  return false;
}

static void tell_segment(struct own_words *x, const struct expr *e) {
  x->failed = true;
  diag_help(&x->rs->diags,
            diag_add(&x->rs->diags, V0422, e->span,
                     "a segment holds rows of the data, and checks are about the rule files"),
            "ask of whose rows it is: entity is account");
}

static bool looks_back(const struct expr *e) {
  return e->kind == E_AGO || e->kind == E_MOVE || e->kind == E_FOR || e->kind == E_ON ||
         e->kind == E_EACH;
}

static void tell_no_past(struct own_words *x, const struct expr *e) {
  x->failed = true;
  diag_help(&x->rs->diags,
            diag_add(&x->rs->diags, V0422, e->span,
                     "a check sees the rule files as they are, and not as they were"),
            "say what is rejected today; `vigie lint --since main` shows what a change has caused");
}

static void copy_kids(struct own_words *x, const struct seen *at, struct expr *n) {
  struct arena *a = x->rs->arena;
  expr_list list = n->list;
  if (n->a) n->a = copy(x, at, n->a);
  if (n->b) n->b = copy(x, at, n->b);
  if (n->c) n->c = copy(x, at, n->c);
  n->list = (expr_list){0};
  for (size_t i = 0; i < list.n; i++) VEC_PUSH(a, &n->list, copy(x, at, list.v[i]));
}

/* A comparison of a property with a word. */
static bool copy_comparison(struct own_words *x, const struct seen *at, struct expr *n) {
  bool listed = n->kind == E_ONEOF;
  if ((!compares(n) && !listed) || n->a->kind != E_PATH) return false;
  const struct own_property *p = end_of_path(x, at, n->a);
  for (size_t i = 0; listed && is_text(p) && i < n->list.n; i++)
    if (n->list.v[i]->kind == E_STRING) check_value(x, p, n->list.v[i]->name, n->list.v[i]->span);
  if (listed) return true;
  struct expr *right = p ? as_text(x, at, p, n->b) : n->b;
  n->b = right == n->b && p && !x->failed ? copy(x, at, n->b) : right;
  return true;
}

/* `due is unknown` of a rule without a due day: where a property `has_due` says whether there is
 * any, that is asked, for a due day that stands against a date has no length and is there. NULL: e
 * asks something else. */
static struct expr *asks_whether(struct own_words *x, const struct seen *at, const struct expr *e) {
  struct arena *a = x->rs->arena;
  if (e->kind != E_ISKNOWN || e->a->kind != E_PATH) return NULL;
  const struct own_property *p = property_seen(at, e->a->path.v[0]);
  if (e->a->path.n > 1) p = end_of_path(x, at, e->a);
  const char *has = p ? intern(a, arena_printf(a, "has_%s", p->name)) : NULL;
  if (!has || !property_of(p->of, has)) return NULL;
  struct expr *path = expr_new(a, E_PATH, e->a->span);
  for (size_t i = 0; i + 1 < e->a->path.n; i++) VEC_PUSH(a, &path->path, e->a->path.v[i]);
  VEC_PUSH(a, &path->path, has);
  if (!e->negated) return path;
  struct expr *no = expr_new(a, E_NOT, e->span);
  no->a = path;
  return no;
}

/* Not deeper than the parser lets conditions nest. */
static struct expr *copy(struct own_words *x, const struct seen *at, const struct expr *e) {
  struct expr *n = asks_whether(x, at, e);
  struct seen rows = {.outer = at};
  if (n) return n;
  n = NEW(x->rs->arena, struct expr);
  *n = *e;
  if (e->kind == E_PATH) end_of_path(x, at, e);
  if (e->kind == E_INSEG) tell_segment(x, e);
  if (looks_back(e)) tell_no_past(x, e);
  if (e->kind == E_AGG && !rows_of(x, e, &rows.subject)) return n;
  if (!copy_comparison(x, at, n)) copy_kids(x, e->kind == E_AGG ? &rows : at, n);
  return n;
}

const struct expr *own_words(struct ruleset *rs, enum own_subject s, const struct expr *where) {
  struct own_words x = {.rs = rs};
  struct seen at = {.subject = s};
  struct expr *out = copy(&x, &at, where);
  return x.failed ? NULL : out;
}
