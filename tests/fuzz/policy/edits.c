/* Random edits of a random policy. In: a policy that is right, its data. Out: nothing, or the end
 * of the process where what `diff` says the edit would do is not what two runs do. */
#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "action/compare.h"
#include "action/state.h"
#include "drive.h"
#include "oracle.h"

enum { TRIES = 12, WORDS_MAX = 24 };

typedef VEC(const char *) line_list;

struct edit {
  struct gen *g;
  line_list lines; /* of the new version */
  /* a rule under a new name, which says so; NULL: none */
  const char *old_name, *new_name;
};

static bool begins(const char *line, const char *with) {
  return strncmp(line, with, strlen(with)) == 0;
}

/* ---- lines ---------------------------------------------------------------------------- */

static void set_line(struct edit *e, size_t at, const char *text) { e->lines.v[at] = text; }

static void insert_line(struct edit *e, size_t at, const char *text) {
  VEC_PUSH(e->g->arena, &e->lines, text);
  memmove(e->lines.v + at + 1, e->lines.v + at, (e->lines.n - 1 - at) * sizeof *e->lines.v);
  e->lines.v[at] = text;
}

static void remove_lines(struct edit *e, size_t at, size_t n) {
  memmove(e->lines.v + at, e->lines.v + at + n, (e->lines.n - at - n) * sizeof *e->lines.v);
  e->lines.n -= n;
}

/* The line behind the last one of the declaration that begins here. */
static size_t end_of(const struct edit *e, size_t head) {
  size_t end = head + 1;
  while (end < e->lines.n && e->lines.v[end][0] == ' ') end++;
  return end;
}

/* A random line that one of the words "a|b" begins; false: there is none. */
static bool random_line(struct edit *e, const char *words, size_t *at) {
  size_t seen = 0;
  char *list = arena_strdup(e->g->arena, words), *rest;
  for (char *w = strtok_r(list, "|", &rest); w; w = strtok_r(NULL, "|", &rest))
    for (size_t i = 0; i < e->lines.n; i++)
      if (begins(e->lines.v[i], w) && !rng_int(&e->g->rng, 0, (int)seen++)) *at = i;
  return seen > 0;
}

static const char *with(struct edit *e, const char *line, size_t from, size_t to,
                        const char *middle) {
  return arena_printf(e->g->arena, "%.*s%s%s", (int)from, line, middle, line + to);
}

/* ---- edits: false, there is nothing of the kind --------------------------------------- */

/* A number: of a threshold, a comparison, a window, a due day. */
static bool edit_number(struct edit *e) {
  size_t at, from = 0, seen = 0;
  if (!random_line(e, "  when |  when |threshold |  for |segment |  -> |kpi |  clear |  at most",
                   &at))
    return false;
  const char *line = e->lines.v[at];
  bool quoted = false;
  for (size_t i = 1; line[i]; i++) {
    quoted ^= line[i] == '"';
    if (!quoted && isdigit((unsigned char)line[i]) && strchr(" (-><=,", line[i - 1]) &&
        !rng_int(&e->g->rng, 0, (int)seen++))
      from = i;
  }
  if (!seen) return false;
  long n = atol(line + from), step = rng_int(&e->g->rng, 1, 3);
  const long becomes[] = {n + step, n > step ? n - step : n + 7, n * 2 + 1, n / 2};
  set_line(e, at,
           with(e, line, from, from + strspn(line + from, "0123456789"),
                arena_printf(e->g->arena, "%ld", becomes[rng_int(&e->g->rng, 0, 3)])));
  return true;
}

/* One of these words by another, wherever it stands in a condition. */
static bool swap_word(struct edit *e, const char *words, const char *lines) {
  size_t at, from = 0, n = 0, seen = 0;
  if (!random_line(e, lines, &at)) return false;
  const char *line = e->lines.v[at];
  for (size_t i = 0; line[i]; i++) {
    char *list = arena_strdup(e->g->arena, words), *rest;
    for (char *w = strtok_r(list, "|", &rest); w; w = strtok_r(NULL, "|", &rest))
      if (begins(line + i, w) && !rng_int(&e->g->rng, 0, (int)seen++)) from = i, n = strlen(w);
  }
  if (!seen) return false;
  set_line(e, at, with(e, line, from, from + n, choice(e->g, words)));
  return true;
}

static bool edit_sign(struct edit *e) {
  return swap_word(e, " < | <= | > | >= | = | != ", "  when |segment |  clear ");
}

static bool edit_logic(struct edit *e) {
  return swap_word(e, ") and (|) or (", "  when |segment ");
}

static int entity_of(const struct edit *e, const char *head) {
  const char *name = strstr(head, " for ");
  for (size_t i = 0; name && i < e->g->entities.n; i++)
    if (strcmp(e->g->entities.v[i].name, name + 5) == 0) return (int)i;
  return -1;
}

/* Rows that are left out, or asked for as well. */
static bool edit_exemption(struct edit *e) {
  size_t head;
  if (!random_line(e, "rule ", &head) || entity_of(e, e->lines.v[head]) < 0) return false;
  struct scope sc = {.entity = entity_of(e, e->lines.v[head]),
                     .inner = -1,
                     .group = -1,
                     .depth = 2,
                     .unit = "num",
                     .other = 0};
  text_buf b = {0};
  e->g->steps = 0;
  if (!write_symbol(e->g, &sc, "cond", &b)) return false;
  for (size_t i = head + 1; i < end_of(e, head); i++)
    if (begins(e->lines.v[i], "  when ")) {
      set_line(e, i,
               arena_printf(e->g->arena, "  when (%s) %s (%s)", e->lines.v[i] + 7,
                            choice(e->g, "and|and not|or"), text_of(e->g, &b)));
      return true;
    }
  return false;
}

static bool edit_team(struct edit *e) {
  size_t at, team;
  if (!random_line(e, "  -> assign ", &at) || !random_line(e, "team ", &team)) return false;
  const char *line = e->lines.v[at];
  size_t from = strlen("  -> assign ");
  set_line(e, at, with(e, line, from, from + strcspn(line + from, ", "), e->lines.v[team] + 5));
  return true;
}

static bool edit_due(struct edit *e) {
  size_t at;
  if (!random_line(e, "  -> assign ", &at)) return false;
  const char *line = e->lines.v[at], *due = strstr(line, ", due ");
  size_t n = due ? (size_t)(due - line) : strlen(line);
  size_t end = due ? n + 6 + strcspn(due + 6, ",") : n;
  set_line(e, at, with(e, line, n, end, choice(e->g, ", due 3d|, due 2bd|, due 1mo|")));
  return true;
}

static bool edit_priority(struct edit *e) {
  size_t head;
  if (!random_line(e, "rule ", &head)) return false;
  for (size_t i = head + 1; i < end_of(e, head); i++)
    if (begins(e->lines.v[i], "  priority ")) {
      remove_lines(e, i, 1);
      return true;
    }
  insert_line(e, end_of(e, head), choice(e->g, "  priority high|  priority low"));
  return true;
}

static bool edit_unknown(struct edit *e) {
  size_t head;
  if (!random_line(e, "rule ", &head)) return false;
  insert_line(e, end_of(e, head), choice(e->g, "  if unknown fire|  if unknown ignore"));
  return true;
}

/* A clause of a rule or a team, or a line of a threshold, left out. */
static bool edit_clause(struct edit *e) {
  size_t head;
  if (!random_line(e, "rule |rule |threshold |team ", &head)) return false;
  size_t end = end_of(e, head);
  if (end <= head + 1) return false;
  size_t at = head + 1 + (size_t)rng_int(&e->g->rng, 0, (int)(end - head - 2));
  if (begins(e->lines.v[at], "  when ") || begins(e->lines.v[at], "  -> ")) return false;
  remove_lines(e, at, 1);
  return true;
}

static bool edit_capacity(struct edit *e) {
  size_t head;
  if (!random_line(e, "team ", &head)) return false;
  insert_line(e, end_of(e, head), choice(e->g, "  capacity 1|  capacity 3"));
  return true;
}

static bool edit_add(struct edit *e) {
  text_buf b = {0};
  struct scope sc = {.entity = 0, .inner = -1, .group = -1, .depth = 3, .unit = "num"};
  sc.name = arena_printf(e->g->arena, "added%d", e->g->serial++);
  e->g->steps = 0;
  if (!write_symbol(e->g, &sc, "row_rule", &b)) return false;
  char *text = arena_strdup(e->g->arena, text_of(e->g, &b)), *rest;
  for (char *l = strtok_r(text, "\n", &rest); l; l = strtok_r(NULL, "\n", &rest))
    VEC_PUSH(e->g->arena, &e->lines, (const char *)l);
  return true;
}

static bool edit_remove(struct edit *e) {
  size_t head;
  if (!random_line(e, "rule ", &head)) return false;
  remove_lines(e, head, end_of(e, head) - head);
  return true;
}

static bool edit_name(struct edit *e) {
  size_t head;
  if (e->old_name || !random_line(e, "rule ", &head)) return false;
  const char *line = e->lines.v[head];
  size_t n = strcspn(line + 5, " ");
  const char *old = arena_strndup(e->g->arena, line + 5, n);
  const char *now = arena_printf(e->g->arena, "renamed%d", e->g->serial++);
  set_line(e, head, with(e, line, 5, 5 + n, now));
  if (rng_chance(&e->g->rng, 300)) return true; /* closes, and opens again */
  insert_line(e, end_of(e, head), arena_printf(e->g->arena, "  was %s", old));
  e->old_name = old;
  e->new_name = now;
  return true;
}

/* Nothing that counts: a declaration at another place, a remark. */
static bool edit_order(struct edit *e) {
  size_t head;
  if (!random_line(e, "rule |threshold |team |kpi ", &head)) return false;
  size_t n = end_of(e, head) - head;
  line_list moved = {0};
  for (size_t i = 0; i < n; i++) VEC_PUSH(e->g->arena, &moved, e->lines.v[head + i]);
  remove_lines(e, head, n);
  VEC_PUSH(e->g->arena, &e->lines, "# moved");
  for (size_t i = 0; i < n; i++) VEC_PUSH(e->g->arena, &e->lines, moved.v[i]);
  return true;
}

static const struct {
  bool (*make)(struct edit *e);
  int weight;
} edits[] = {{edit_number, 8}, {edit_sign, 5},     {edit_logic, 2},    {edit_exemption, 5},
             {edit_team, 3},   {edit_due, 3},      {edit_priority, 2}, {edit_unknown, 1},
             {edit_clause, 4}, {edit_capacity, 2}, {edit_add, 2},      {edit_remove, 2},
             {edit_name, 3},   {edit_order, 1}};
enum { N_EDITS = sizeof edits / sizeof *edits };

static const char *edited_text(struct edit *e) {
  text_buf b = {0};
  for (size_t i = 0; i < e->lines.n; i++) put(e->g, &b, e->lines.v[i]), put(e->g, &b, "\n");
  return text_of(e->g, &b);
}

static struct edit edit_policy(struct gen *g) {
  struct edit e = {.g = g};
  int weights[N_EDITS];
  for (int i = 0; i < N_EDITS; i++) weights[i] = edits[i].weight;
  for (size_t i = 0; i < g->lines.n; i++)
    if (!g->lines.v[i].off) VEC_PUSH(g->arena, &e.lines, g->lines.v[i].text);
  for (int n = rng_int(&g->rng, 1, 3); n > 0; n--)
    edits[rng_weighted(&g->rng, weights, N_EDITS)].make(&e);
  return e;
}

/* A new version that is right, in the file; false: none was found. */
static bool write_edited(struct gen *g, const char *path, struct edit *out) {
  const char *old = policy_text(g);
  for (int i = 0; i < TRIES; i++) {
    *out = edit_policy(g);
    const char *text = edited_text(out);
    if (strcmp(text, old) == 0) continue;
    write_file(path, text);
    struct arena *a = arena_new();
    bool good = !policy_load(a, path)->diags.errors;
    arena_free(a);
    if (good) return true;
  }
  return false;
}

/* ---- two runs ------------------------------------------------------------------------- */

static bool command(struct drive *d, const char *statuses, enum output output, const char *words) {
  char *argv[WORDS_MAX] = {"vigie"}, *list = arena_strdup(d->g->arena, words), *rest;
  int argc = 1;
  for (char *w = strtok_r(list, " ", &rest); w && argc < WORDS_MAX - 1;
       w = strtok_r(NULL, " ", &rest))
    argv[argc++] = w;
  return run_line(d, argc, argv, statuses, output);
}

static void copy_file(const char *from, const char *to) {
  char line[600];
  snprintf(line, sizeof line, "cp '%s' '%s'", from, to);
  if (system(line) != 0) broken("%s cannot be copied", from);
}

struct items {
  struct state *of; /* whose texts they are */
  const struct item **v;
  size_t n;
};

static struct items living_items(struct arena *a, const char *state) {
  struct state *s = NULL;
  struct diags problems = {.arena = a};
  struct item_filter all = {.late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE};
  const struct item **list;
  size_t n, have = 0;
  if (!state_open(state, STATE_READ, a, &s, &problems) || !s ||
      !state_list(s, &all, &list, &n, &problems))
    broken("the state cannot be read: %s", diags_failure(&problems));
  for (size_t i = 0; i < n; i++)
    if (item_living(list[i])) list[have++] = list[i];
  return (struct items){s, list, have};
}

/* ---- what they do, as lines ----------------------------------------------------------- */

struct comparison {
  struct arena *a;
  const struct edit *e;
  line_list opened, closed, changed, queues;
};

static const char *name_of(const struct comparison *c, const char *rule) {
  return c->e->old_name && strcmp(rule, c->e->old_name) == 0 ? c->e->new_name : rule;
}

static const char *identity(const struct comparison *c, const struct item *i, bool old) {
  return arena_printf(c->a, "%s/%s/%s", old ? name_of(c, i->rule) : i->rule, i->entity,
                      i->key ? i->key : "");
}

static const struct item *find(const struct comparison *c, struct items in, bool old,
                               const char *id) {
  for (size_t i = 0; i < in.n; i++)
    if (strcmp(identity(c, in.v[i], old), id) == 0) return in.v[i];
  return NULL;
}

static void add_changed(struct comparison *c, const char *id, const char *field, const char *was,
                        const char *is) {
  if (text_cmp(was, is) == 0) return;
  VEC_PUSH(c->a, &c->changed,
           (const char *)arena_printf(c->a, "%s %s: %s -> %s", id, field, was ? was : "none",
                                      is ? is : "none"));
}

static const char *due_text(struct arena *a, day_t d) {
  char buf[16];
  return d == DAY_NONE ? NULL : arena_strdup(a, day_text(d, buf));
}

static const char *worth_text(struct arena *a, const struct value *v) {
  char buf[96];
  return v->known ? arena_strdup(a, value_text(v, buf, sizeof buf)) : NULL;
}

static void compare_items(struct comparison *c, struct items old, struct items now) {
  for (size_t i = 0; i < now.n; i++) {
    const struct item *y = now.v[i], *x;
    const char *id = identity(c, y, false);
    if (!(x = find(c, old, true, id))) {
      VEC_PUSH(c->a, &c->opened, id);
      continue;
    }
    add_changed(c, id, "owner", x->owner, y->owner);
    add_changed(c, id, "due", due_text(c->a, x->due), due_text(c->a, y->due));
    add_changed(c, id, "priority", x->priority, y->priority);
    add_changed(c, id, "worth", worth_text(c->a, &x->worth), worth_text(c->a, &y->worth));
    add_changed(c, id, "state", item_word(x), item_word(y));
    add_changed(c, id, "rule", item_counts(x) ? NULL : "gone", item_counts(y) ? NULL : "gone");
  }
  for (size_t i = 0; i < old.n; i++) {
    const char *id = identity(c, old.v[i], true);
    if (!find(c, now, false, id)) VEC_PUSH(c->a, &c->closed, id);
  }
}

static long to_do_of(struct items in, const struct item *like) {
  long n = 0;
  for (size_t i = 0; i < in.n; i++)
    n += item_to_do(in.v[i]) && item_counts(in.v[i]) &&
         text_cmp(in.v[i]->owner, like->owner) == 0 && text_cmp(in.v[i]->team, like->team) == 0;
  return n;
}

static void add_queues(struct comparison *c, struct items of, struct items old, struct items now) {
  for (size_t i = 0; i < of.n; i++) {
    const struct item *x = of.v[i];
    long before = to_do_of(old, x), after = to_do_of(now, x);
    const char *line = arena_printf(c->a, "%s of %s: %ld -> %ld", x->owner ? x->owner : "none",
                                    x->team ? x->team : "none", before, after);
    bool known = before == after;
    for (size_t k = 0; k < c->queues.n; k++) known |= strcmp(c->queues.v[k], line) == 0;
    if (!known) VEC_PUSH(c->a, &c->queues, line);
  }
}

/* ---- what diff says, as the same lines ------------------------------------------------ */

static const char *text_at(const json_t *o, const char *name) {
  return json_string_value(json_object_get(o, name));
}

static const char *json_id(struct arena *a, const json_t *o) {
  const char *key = text_at(o, "key");
  return arena_printf(a, "%s/%s/%s", text_at(o, "rule"), text_at(o, "entity"), key ? key : "");
}

static void read_diff(struct comparison *c, const json_t *doc) {
  size_t i;
  json_t *o;
  json_array_foreach(json_object_get(doc, "opened"), i, o) {
    VEC_PUSH(c->a, &c->opened, json_id(c->a, o));
  }
  json_array_foreach(json_object_get(doc, "closed"), i, o) {
    const char *key = text_at(o, "key");
    VEC_PUSH(c->a, &c->closed,
             (const char *)arena_printf(c->a, "%s/%s/%s", name_of(c, text_at(o, "rule")),
                                        text_at(o, "entity"), key ? key : ""));
  }
  json_array_foreach(json_object_get(doc, "changed"), i, o) {
    add_changed(c, json_id(c->a, o), text_at(o, "field"), text_at(o, "old"), text_at(o, "new"));
  }
  json_array_foreach(json_object_get(doc, "queues"), i, o) {
    const char *owner = text_at(o, "owner"), *team = text_at(o, "team");
    VEC_PUSH(c->a, &c->queues,
             (const char *)arena_printf(
                 c->a, "%s of %s: %lld -> %lld", owner ? owner : "none", team ? team : "none",
                 (long long)json_integer_value(json_object_get(o, "before")),
                 (long long)json_integer_value(json_object_get(o, "after"))));
  }
}

static int by_text(const void *pa, const void *pb) {
  return strcmp(*(const char *const *)pa, *(const char *const *)pb);
}

static void must_equal(const char *what, line_list *said, line_list *done) {
  size_t i = 0;
  if (said->n) qsort(said->v, said->n, sizeof *said->v, by_text);
  if (done->n) qsort(done->v, done->n, sizeof *done->v, by_text);
  while (i < said->n && i < done->n && strcmp(said->v[i], done->v[i]) == 0) i++;
  if (i == said->n && i == done->n) return;
  broken("diff %s: it says %s, two runs do %s", what, i < said->n ? said->v[i] : "nothing more",
         i < done->n ? done->v[i] : "nothing more");
}

static void hold_against_runs(struct drive *d, const struct edit *e, const char *old_state,
                              const char *new_state) {
  struct arena *a = arena_new();
  json_error_t error;
  json_t *doc = json_loads(read_file(a, d->out), 0, &error);
  struct comparison said = {.a = a, .e = e}, done = said;
  struct items old = living_items(a, old_state), now = living_items(a, new_state);
  if (!doc) broken("diff: no JSON");
  read_diff(&said, doc);
  compare_items(&done, old, now);
  add_queues(&done, old, old, now);
  add_queues(&done, now, old, now);
  must_equal("opened", &said.opened, &done.opened);
  must_equal("closed", &said.closed, &done.closed);
  must_equal("changed", &said.changed, &done.changed);
  must_equal("queues", &said.queues, &done.queues);
  json_decref(doc);
  state_close(old.of);
  state_close(now.of);
  arena_free(a);
}

/* ---- one policy ----------------------------------------------------------------------- */

void drive_edits(struct gen *g, const char *folder, struct progress *p) {
  struct arena *a = NULL;
  struct drive d = drive_begin(g, folder, p);
  struct edit e;
  g->misses = 0;
  g->rng = rng_stream("edit", (size_t)g->seed);
  if (!load_repaired(&d, &a)) return;
  arena_free(a);
  if (!write_edited(g, d.copy, &e)) return;
  p->judged++;
  write_dataset(g, d.db);
  const char *old_state = arena_printf(g->arena, "%s/old.db", folder);
  const char *new_state = arena_printf(g->arena, "%s/new.db", folder);
  unlink(d.state), unlink(old_state), unlink(new_state);
#define WORDS(...) arena_printf(g->arena, __VA_ARGS__)
  if (rng_chance(&g->rng, 500) && command(&d, "0D", TEXT,
                                          WORDS("run %s --db %s --ahead --as-of %s --state %s",
                                                d.rules, d.db, d.before, d.state))) {
    copy_file(d.state, old_state);
    copy_file(d.state, new_state);
  }
  if (!command(
          &d, "0D", TEXT,
          WORDS("run %s --db %s --ahead --as-of %s --state %s", d.rules, d.db, d.day, old_state)) ||
      !command(
          &d, "0D", TEXT,
          WORDS("run %s --db %s --ahead --as-of %s --state %s", d.copy, d.db, d.day, new_state)))
    return;
  command(&d, "0", JSON,
          WORDS("diff %s %s --db %s --as-of %s --state %s --format json --quiet", d.rules, d.copy,
                d.db, d.day, d.state));
  hold_against_runs(&d, &e, old_state, new_state);
  check_proofs(&d, d.rules, d.copy, d.day);
}
