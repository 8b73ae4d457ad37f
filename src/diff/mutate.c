/* In: rules and their tests. Out: the changes that the tests do not notice. */
#include "diff/mutate.h"

#include <ctype.h>
#include <string.h>

#include "base/check.h"
#include "diff/proof.h"
#include "sema/policy_diff.h"
#include "sema/threshold_line.h"
#include "test/suite.h"

enum { TENTH = 10, COST_MOST = 7 };

/* One change of one file. */
struct edit {
  struct span span;
  const char *text;        /* in its place */
  const struct rule *rule; /* NULL: of none */
  bool clause;             /* a clause that is left out */
  bool target;             /* it is of a target */
  day_t day;               /* on which it counts: a line of a threshold has its days */
};

struct mutating {
  const struct mutate_request *q;
  struct arena *a;
  struct mutations *out;
  VEC(struct edit) edits;
  const struct rule *rule; /* whose tree is walked */
  bool target;             /* the tree of a target is */
  day_t day;               /* on which what is walked counts */
  struct arena *passing;   /* of the change that is being tried */
  const char *changed;     /* the text of its file, and the path */
  const char *path;
};

/* ---- the changes ----------------------------------------------------------------------------- */

static void add_edit(struct mutating *m, struct span s, const char *text, bool clause) {
  struct edit e = {s, text, m->rule, clause, m->target, m->day};
  if (s.src && strncmp(s.src->path, "stdlib/", 7) != 0) VEC_PUSH(m->a, &m->edits, e);
}

static const char *text_at(const struct mutating *m, struct span s) {
  return arena_strndup(m->a, s.src->text + s.at, s.end - s.at);
}

/* Where the operator of a comparison stands, between its sides. */
static bool operator_at(const struct expr *e, struct span *out) {
  *out = (struct span){e->span.src, e->a->span.end, e->b->span.at};
  const char *t = out->src->text;
  while (out->at < out->end && !strchr("<>=!", t[out->at])) out->at++;
  uint32_t end = out->at;
  while (end < out->end && strchr("<>=!", t[end])) end++;
  bool found = end > out->at;
  out->end = end;
  return found;
}

static void edit_comparison(struct mutating *m, const struct expr *e) {
  static const char *const others[][2] = {
      [OP_LT] = {"<=", ">"}, [OP_LE] = {"<", ">="}, [OP_GT] = {">=", "<"}, [OP_GE] = {">", "<="}};
  struct span s;
  if (e->op < OP_LT || e->op > OP_GE || !operator_at(e, &s)) return;
  add_edit(m, s, others[e->op][0], false);
  add_edit(m, s, others[e->op][1], false);
}

/* A number is changed by a tenth, both ways; a small whole one by one. */
static void edit_number(struct mutating *m, const struct expr *e) {
  struct span s = e->span;
  uint32_t end = s.at;
  if (e->num == 0) return;
  while (end < s.end && (isdigit((unsigned char)s.src->text[end]) || s.src->text[end] == '.'))
    end++;
  if (end == s.at) return;
  double written = 0;
  struct span digits = {s.src, s.at, end};
  sscanf(text_at(m, digits), "%lf", &written);
  double by = written / TENTH;
  if (by < 1 && written == (double)(long)written) by = 1;
  add_edit(m, digits, arena_printf(m->a, "%.6g", written + by), false);
  add_edit(m, digits, arena_printf(m->a, "%.6g", written - by), false);
}

/* A length of time by one. */
static void edit_duration(struct mutating *m, const struct expr *e) {
  struct span s = e->span;
  uint32_t end = s.at;
  while (end < s.end && isdigit((unsigned char)s.src->text[end])) end++;
  struct span digits = {s.src, s.at, end};
  if (end == s.at) return;
  add_edit(m, digits, arena_printf(m->a, "%d", e->dur.n + 1), false);
  if (e->dur.n > 1) add_edit(m, digits, arena_printf(m->a, "%d", e->dur.n - 1), false);
}

static void walk(struct mutating *m, const struct expr *e) {
  if (!e) return;
  switch ((int)e->kind) {
    case E_AND:
    case E_OR:
      add_edit(m, e->span, text_at(m, e->a->span), false);
      add_edit(m, e->span, text_at(m, e->b->span), false);
      break;
    case E_NOT: add_edit(m, e->span, text_at(m, e->a->span), false); break;
    case E_CMP: edit_comparison(m, e); break;
    case E_NUMBER:
    case E_PERCENT:
    case E_MONEY: edit_number(m, e); break;
    case E_DURATION: edit_duration(m, e); break;
    default: break;
  }
  for (size_t i = 0; i < expr_kid_count(e); i++) walk(m, expr_kid(e, i));
}

static bool may_be_left_out(enum clause_kind k) {
  return k == C_DO || k == C_PRIORITY || k == C_WORTH || k == C_ONCE || k == C_CLEAR ||
         k == C_ESCALATE || k == C_MUTES || k == C_REMIND || k == C_ATMOST || k == C_SETTLED ||
         k == C_REOPEN || k == C_IFROW || k == C_IFUNKNOWN;
}

/* Lengths of an item's life: leaving the clause out is tried, and no test of one day sees a
 * day more or less. */
static bool is_length_of_life(enum clause_kind k) {
  return k == C_ESCALATE || k == C_REMIND || k == C_REOPEN;
}

static void edit_actions(struct mutating *m, const struct actions *x) {
  const struct ruleset *rs = m->q->rs;
  if (!x) return;
  for (size_t i = 0; x->assign && i < rs->teams.n; i++) {
    if (strcmp(rs->teams.v[i]->name, x->assign) == 0) continue;
    add_edit(m, x->assign_span, rs->teams.v[i]->name, false);
    break; /* one other team is enough */
  }
  if (x->due) walk(m, x->due);
}

/* A day on which the line counts: that of the tests; else its first, or for one without the last
 * before the next of its scope. */
static day_t day_of_line(const struct mutating *m, const struct threshold *t,
                         const struct threshold_line *l) {
  day_t next = DAY_NONE;
  if (threshold_line_on(t, l, m->q->day) == l) return m->q->day;
  if (l->from != DAY_MIN) return l->from;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *x = &t->lines.v[i];
    if (x != l && same_scope(x, l) && (next == DAY_NONE || x->from < next)) next = x->from;
  }
  return next == DAY_NONE ? m->q->day : next - 1;
}

static day_t day_of_clause(const struct mutating *m, const struct ast_item *it,
                           const struct clause *c) {
  const struct threshold *t =
      it->head->kind == C_THRESHOLD ? map_get(&m->q->rs->threshold_names, it->head->name) : NULL;
  for (size_t i = 0; t && c->expr && i < t->lines.n; i++) {
    struct span s = t->lines.v[i].span, e = c->expr->span;
    if (s.src == c->span.src && s.at <= e.at && e.end <= s.end)
      return day_of_line(m, t, &t->lines.v[i]);
  }
  return m->q->day;
}

/* Is there a test that says how the target stands? Of one that no test names, none is missing:
 * tests of targets are the author's choice. */
static bool is_expected(const struct ruleset *rs, const struct target *t) {
  for (size_t i = 0; i < rs->tests.n; i++)
    for (size_t s = 0; s < rs->tests.v[i]->steps.n; s++)
      for (size_t k = 0; k < rs->tests.v[i]->steps.v[s]->expects.n; k++)
        if (rs->tests.v[i]->steps.v[s]->expects.v[k].target == t) return true;
  return false;
}

static void edit_targets(struct mutating *m) {
  const struct ruleset *rs = m->q->rs;
  m->rule = NULL;
  m->day = m->q->day;
  m->target = true;
  for (size_t i = 0; i < rs->targets.n; i++)
    if (is_expected(rs, rs->targets.v[i])) walk(m, rs->targets.v[i]->expr);
  m->target = false;
}

static void edit_item(struct mutating *m, const struct ast_item *it) {
  const struct clause *h = it->head;
  if (h->kind != C_RULE && h->kind != C_SENTENCE && h->kind != C_THRESHOLD && h->kind != C_SEGMENT)
    return;
  m->day = day_of_clause(m, it, h);
  walk(m, h->expr);
  edit_actions(m, h->actions);
  for (size_t i = 0; i < it->body.n; i++) {
    const struct clause *c = it->body.v[i];
    if (c->kind == C_MEANS || c->kind == C_OWNER) continue;
    m->day = day_of_clause(m, it, c);
    if (!is_length_of_life(c->kind)) walk(m, c->expr);
    edit_actions(m, c->actions);
    if (may_be_left_out(c->kind)) add_edit(m, c->span, "", true);
  }
}

static void find_edits(struct mutating *m) {
  const struct ruleset *rs = m->q->rs;
  for (size_t i = 0; i < rs->asts.n; i++)
    for (size_t k = 0; k < rs->asts.v[i]->items.n; k++) {
      const struct ast_item *it = rs->asts.v[i]->items.v[k];
      m->rule = NULL;
      for (size_t r = 0; r < rs->rule_items.n; r++)
        if (rs->rule_items.v[r] == it) m->rule = rs->rules.v[r];
      edit_item(m, it);
    }
  edit_targets(m);
}

/* ---- a change tried -------------------------------------------------------------------------- */

/* The rules with what was changed. The files and the loader are the caller's to keep. */
static struct load_request changed_request(struct mutating *m, struct memory_file *file,
                                           struct memory_files *memory, struct loader *loader) {
  *file = (struct memory_file){m->path, m->changed, strlen(m->changed)};
  *memory = (struct memory_files){.files = file, .n = 1, .under = &disk_loader};
  *loader = memory_loader(memory);
  return (struct load_request){.paths = m->q->paths, .n_paths = m->q->n_paths, .from = loader};
}

static struct ruleset *load_changed(struct mutating *m, struct arena *a) {
  struct memory_file file;
  struct memory_files memory;
  struct loader loader;
  struct load_request r = changed_request(m, &file, &memory, &loader);
  struct ruleset *rs = NULL;
  struct diags quiet = {.arena = a};
  return ruleset_load(&r, a, &rs, &quiet) && !rs->diags.errors ? rs : NULL;
}

static const char *changed_text(const struct mutating *m, const struct edit *e) {
  const struct source *src = e->span.src;
  return arena_printf(m->passing, "%.*s%s%s", (int)e->span.at, src->text, e->text,
                      src->text + e->span.end);
}

static const char *what_of(const struct mutating *m, const struct edit *e) {
  const char *old = policy_words(e->span, m->a);
  if (e->clause) return arena_printf(m->a, "without `%s`", old);
  return arena_printf(m->a, "`%s` becomes `%s`", old, e->text);
}

/* The rules of which this one stands on what was changed; the first of them. */
static const struct rule *rule_touched(const struct mutating *m, const struct edit *e,
                                       const struct ruleset *now) {
  if (e->rule) return e->rule;
  for (size_t i = 0; i < m->q->rs->rules.n; i++) {
    const struct rule *r = m->q->rs->rules.v[i], *after = rule_named(now, r->name);
    if (after && policy_difference(m->q->rs, after, e->day, e->day, m->passing)) return r;
  }
  return NULL;
}

/* The tests do not notice: does it change an answer at all, and which test would? */
static void look_closer(struct mutating *m, const struct edit *e, struct ruleset *now,
                        struct mutation *out) {
  struct memory_file file;
  struct memory_files memory;
  struct loader loader;
  struct load_request as_is = {.paths = m->q->paths, .n_paths = m->q->n_paths},
                      changed = changed_request(m, &file, &memory, &loader);
  struct proof_request q = {.old = m->q->rs, .now = now, .day = e->day, .read = {&as_is, &changed}};
  const struct rule *old = rule_touched(m, e, now), *after;
  out->rule = old;
  out->end = e->target ? MUTATION_SURVIVED : MUTATION_UNTESTABLE;
  if (!old || !(after = rule_named(now, old->name))) return;
  /* no two of the missing tests have one name: they are put into the rules together */
  q.test_name = arena_printf(m->passing, "%s: change %zu", old->name, m->out->list.n + 1);
  struct rule_proof p = prove_rule(&q, old, after, m->passing);
  bool acts_alike = p.answer == PROOF_SAME;
  const char *test = acts_alike ? find_item_test(&q, old, after, m->passing) : p.test;
  if (test) out->test = arena_strdup(m->a, test);
  if (out->test || (!acts_alike && p.answer == PROOF_OPEN))
    out->end = MUTATION_SURVIVED;
  else if (acts_alike && !e->clause)
    out->end = MUTATION_SAME;
}

static void try_edit(struct mutating *m, const struct edit *e) {
  struct arena *passing = arena_new();
  struct mutation out = {.rule = e->rule, .span = e->span, .what = what_of(m, e)};
  struct suite suite;
  m->passing = passing;
  m->changed = changed_text(m, e);
  m->path = e->span.src->path;
  struct ruleset *now = load_changed(m, passing);
  if (now) {
    suite_run(now, NULL, false, passing, &suite);
    if (suite.failed)
      out.end = MUTATION_NOTICED;
    else
      look_closer(m, e, now, &out);
    m->out->noticed += out.end == MUTATION_NOTICED;
    m->out->same += out.end == MUTATION_SAME;
    m->out->survived += out.end == MUTATION_SURVIVED;
    m->out->untestable += out.end == MUTATION_UNTESTABLE;
    VEC_PUSH(m->a, &m->out->list, out);
  }
  arena_free(passing);
}

/* What a slip may cost: a rule that says what is at stake before one that does not, then by
 * priority. A policy without data knows no sums. */
static int cost_of(const struct mutation *x) {
  if (!x->rule) return 0;
  const char *p = x->rule->priority;
  int urgent = !p || strcmp(p, "normal") == 0 ? 2 : strcmp(p, "high") == 0 ? 3 : 1;
  return (x->rule->worth ? 4 : 0) + urgent;
}

/* The dearest first; of two that cost alike, as they stand in the files. */
static void sort_by_cost(struct mutations *m, struct arena *a) {
  struct mutation *sorted = NEW_N(a, struct mutation, m->list.n + 1);
  size_t n = 0;
  for (int cost = COST_MOST; cost >= 0; cost--)
    for (size_t i = 0; i < m->list.n; i++)
      if (cost_of(&m->list.v[i]) == cost) sorted[n++] = m->list.v[i];
  CHECK(n == m->list.n);
  if (n) memcpy(m->list.v, sorted, n * sizeof *sorted);
}

void mutate_rules(const struct mutate_request *q, struct arena *a, struct mutations *out) {
  struct mutating m = {.q = q, .a = a, .out = out};
  *out = (struct mutations){0};
  find_edits(&m);
  for (size_t i = 0; i < m.edits.n; i++) {
    if (q->progress) q->progress(NULL, arena_printf(a, "change %zu of %zu", i + 1, m.edits.n));
    try_edit(&m, &m.edits.v[i]);
  }
  sort_by_cost(out, a);
}
