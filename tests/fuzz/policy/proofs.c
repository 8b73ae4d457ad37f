/* What is proved of an edit, on rows. In: two versions of a policy, a dataset. Out: nothing, or
 * the end of the process where a row is an exception to "the same" or "only more", or a test does
 * not tell the versions apart.
 *
 * drive_proofs makes policies of its own, over one table with everything that a proof reasons
 * about: small ranges, so that edges are met, and holes. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "diff/proof.h"
#include "drive.h"
#include "judge/judge.h"
#include "oracle.h"

enum { ROWS_SECONDS = 120 }; /* for a million of them */

/* ---- the rows on which a rule acts ---------------------------------------------------- */

struct rows {
  size_t n;
  const uint64_t *acts, *unjudged; /* by row; NULL: the rule has none */
};

static size_t words_of(size_t n) { return n / 64 + 1; }

/* Of the rule on the row: true, or unknown where it is to fire then. */
static struct rows rows_of(struct arena *a, const struct verdicts *v, const struct rule *r) {
  for (size_t i = 0; i < v->n_rules; i++) {
    if (strcmp(v->rules[i].rule, r->name) != 0) continue;
    struct row_truth t = verdicts_truth(v, i);
    uint64_t *acts = NEW_N(a, uint64_t, words_of(t.n_rows));
    uint64_t *unjudged = NEW_N(a, uint64_t, words_of(t.n_rows));
    for (size_t w = 0; w < (t.n_rows + 63) / 64; w++) {
      uint64_t unknown = t.present[w] & ~t.yes[w] & ~t.no[w];
      acts[w] = (t.yes[w] & t.present[w]) | (r->unknown == UNKNOWN_FIRE ? unknown : 0);
      unjudged[w] = r->unknown == UNKNOWN_FIRE ? 0 : unknown;
    }
    return (struct rows){t.n_rows, acts, unjudged};
  }
  broken("rule %s was not judged", r->name);
}

/* A row that is in x and not in y; -1: none. */
static long only_in(struct rows x, const uint64_t *in, const uint64_t *not_in) {
  for (size_t w = 0; w < (x.n + 63) / 64; w++)
    if (in[w] & ~not_in[w]) return (long)(w * 64) + __builtin_ctzll(in[w] & ~not_in[w]);
  return -1;
}

static void hold_against_rows(const struct rule_proof *p, struct rows old, struct rows now) {
  if (old.n != now.n) broken("%s has %zu rows, and %zu", p->now->name, old.n, now.n);
  long more = only_in(now, now.acts, old.acts), fewer = only_in(old, old.acts, now.acts);
  bool same = p->answer == PROOF_SAME;
  if ((same || p->answer == PROOF_MORE) && fewer >= 0)
    broken("proved %s of %s: row %ld is acted on by the old version alone",
           same ? "the same" : "only more", p->now->name, fewer);
  if ((same || p->answer == PROOF_FEWER) && more >= 0)
    broken("proved %s of %s: row %ld is acted on by the new version alone",
           same ? "the same" : "only fewer", p->now->name, more);
  if (!same) return;
  more = only_in(now, now.unjudged, old.unjudged);
  fewer = only_in(old, old.unjudged, now.unjudged);
  if (more >= 0 || fewer >= 0)
    broken("proved the same of %s: row %ld cannot be judged by one version alone", p->now->name,
           more >= 0 ? more : fewer);
}

/* ---- tests ---------------------------------------------------------------------------- */

/* Passes on the old version, and fails on the new one. */
static void check_test(struct drive *d, const char *old, const char *now,
                       const struct rule_proof *p) {
  struct arena *a = d->g->arena;
  const char *path = arena_printf(a, "%s.other.vigie", d->rules);
  char *argv[] = {"vigie", "test", (char *)path, "--run", (char *)"", NULL};
  const char *name = strchr(p->test, '"');
  argv[4] = arena_strndup(a, name + 1, strcspn(name + 1, "\"\\"));
  write_file(path, arena_printf(a, "%s\n%s", read_file(a, old), p->test));
  run_line(d, 5, argv, "0", TEXT);
  write_file(path, arena_printf(a, "%s\n%s", read_file(a, now), p->test));
  run_line(d, 5, argv, "1", TEXT);
}

/* ---- two versions --------------------------------------------------------------------- */

static struct dataset *open_for(struct arena *a, struct ruleset *rs, const char *db) {
  struct dataset *dataset;
  struct diags problems = {.arena = a};
  if (!dataset_open(db, a, &dataset, &problems) || !load_holidays(rs, dataset, &problems) ||
      !load_fiscal_periods(rs, dataset, &problems))
    broken("%s cannot be opened", db);
  return dataset;
}

/* false: the data is refused. */
static bool hold_all(struct arena *a, struct dataset *dataset, struct ruleset *const rs[2],
                     day_t day, const rule_proofs *proofs) {
  struct diags problems = {.arena = a};
  struct judge_entry entries[2];
  struct rows *old = NEW_N(a, struct rows, proofs->n + 1);
  struct verdicts *v;
  for (int k = 0; k < 2; k++)
    entries[k] = (struct judge_entry){.rs = rs[k], .day = day, .want = WANT_TRUTH};
  struct judgement *j = judge_begin(&(struct judge_request){.dataset = dataset,
                                                            .entries = entries,
                                                            .n_entries = 2,
                                                            .plan = plan_new(rs[0], a),
                                                            .arena = a});
  bool good = judge_next(j, &v, &problems);
  for (size_t i = 0; good && i < proofs->n; i++)
    if (proofs->v[i].answer != PROOF_OPEN) old[i] = rows_of(a, v, proofs->v[i].old);
  good = good && judge_next(j, &v, &problems);
  for (size_t i = 0; good && i < proofs->n; i++)
    if (proofs->v[i].answer != PROOF_OPEN)
      hold_against_rows(&proofs->v[i], old[i], rows_of(a, v, proofs->v[i].now));
  judge_end(j);
  return good;
}

void check_proofs(struct drive *d, const char *old, const char *now, const char *day) {
  struct arena *a = arena_new();
  struct load_request of_old = {.paths = &old, .n_paths = 1},
                      of_now = {.paths = &now, .n_paths = 1};
  struct ruleset *rs[2] = {policy_load(a, old), policy_load(a, now)};
  day_t on;
  if (!day_parse(day, strlen(day), &on)) broken("%s is no day", day);
  step(d->p, "proofs");
  rule_proofs proofs = prove_rules(
      &(struct proof_request){.old = rs[0], .now = rs[1], .day = on, .read = {&of_old, &of_now}},
      a);
  for (size_t i = 0; i < proofs.n; i++) {
    d->p->answers[proofs.v[i].answer]++;
    if (proofs.v[i].test) check_test(d, old, now, &proofs.v[i]);
  }
  long_step(d->p, "proofs on rows", ROWS_SECONDS);
  struct dataset *dataset = open_for(a, rs[0], d->db);
  dataset_close(open_for(a, rs[1], d->db));
  hold_all(a, dataset, rs, on, &proofs);
  dataset_close(dataset);
  arena_free(a);
}

/* ---- policies over one table ---------------------------------------------------------- */

/* Names that are words of the language, or hold quotes and blanks; values with quotes. */
static const char head[] =
    "language 1\n"
    "unreadable values at most 100%\n"
    "calendar\n"
    "  currency EUR\n"
    "entity region from \"regions\"\n"
    "  key \"id\"\n"
    "  target text \"tier\" one of \"Gold\", \"Silver\"\n"
    "  size count \"size\"\n"
    "entity account from \"accounts\"\n"
    "  key \"id\"\n"
    "  belongs to region by \"region\"\n"
    "  plan text \"plan\" one of \"Basic\", \"Pro\", \"say \\\"x\\\"\"\n"
    "  note text \"note\"\n"
    "  day count \"seats\"\n"
    "  owner count \"users\"\n"
    "  health score \"health\"\n"
    "  margin number \"margin\"\n"
    "  part percent \"part\"\n"
    "  vip flag \"vip\"\n"
    "  renewal date \"renewal\"\n"
    "  born date \"born\"\n"
    "  fee money \"fee\"\n"
    "  paid money \"paid\" currency \"code\"\n"
    "  usage number history \"usage\" by \"id\" at \"day\" value \"n\"\n"
    "kpi rest of account = day - owner\n"
    "team CS\n"
    "  assigns \"ana@x.example\"\n";

struct proof_policy {
  const char *when, *segment, *limit, *segment_limit, *wait, *clauses;
  const char *by, *entry; /* a table: what it goes by, a value of it */
  bool renamed;           /* the KPI `double` has another name, here and in the condition */
};

static const char *number_text(struct gen *g, int from, int to) {
  return arena_printf(g->arena, "%d", rng_int(&g->rng, from, to));
}

static const char *atom(struct gen *g) {
#define SAY(...) arena_printf(g->arena, __VA_ARGS__)
#define OP choice(g, "<|<=|>|>=|=|!=")
#define N(from, to) number_text(g, from, to)
  switch (rng_int(&g->rng, 0, 23)) {
    case 22: return SAY("owner %s tab", choice(g, "<|<=|>|>="));
    case 23: return choice(g, "plan is known|day is known|plan is unknown");
    case 0: return SAY("day %s %s", OP, N(0, 6));
    case 1: return SAY("owner %s %s", OP, N(0, 6));
    case 2: return SAY("health %s lim", choice(g, "<|<=|>|>="));
    case 3:
      return SAY("plan %s %s", choice(g, "is|is not"),
                 choice(g, "\"Basic\"|\"Pro\"|\"say \\\"x\\\"\""));
    case 4: return choice(g, "vip|not vip|in segment seg|not in segment seg");
    case 5: return SAY("renewal within %sd", N(1, 5));
    case 6: return SAY("renewal older than %s", choice(g, "1d|2d|1w|span"));
    case 7: return choice(g, "renewal overdue|renewal is known|health is unknown|note is unknown");
    case 8: return SAY("plan one of %s, \"Pro\"", choice(g, "\"Basic\"|\"say \\\"x\\\"\""));
    case 9: return SAY("day %s owner", choice(g, "<|>|>=|="));
    case 10:
      return SAY("note %s %s", choice(g, "is|is not"), choice(g, "\"a\"|\"A\"|\"it's\"|\"a, b\""));
    case 11: return SAY("margin %s %s.5", choice(g, "<|<=|>|>="), N(-2, 3));
    case 12: return SAY("part %s %s%%", choice(g, "<|<=|>|>="), N(0, 4));
    case 13: return SAY("fee %s %s EUR", choice(g, "<|<=|>|>=|="), N(0, 4));
    case 14: return SAY("fee %s 2.50 EUR", choice(g, "<|<=|>|>="));
    case 15: return SAY("region.target %s \"Gold\"", choice(g, "is|is not"));
    case 16: return SAY("region.size %s %s", OP, N(0, 4));
    case 17: return SAY("(usage > %s) for %s", N(0, 5), choice(g, "2d|3d|1w|span"));
    case 18: return SAY("double %s %s", choice(g, "<|<=|>|>="), N(0, 12));
    case 19: return SAY("rest %s %s", choice(g, "<|<=|>|>="), N(-3, 3));
    case 20: return SAY("born %s 2026-02-2%s", choice(g, "before|after"), N(3, 8));
    default: return SAY("(day else %s) %s %s", N(0, 3), choice(g, "<|<=|>|>="), N(0, 6));
  }
}

static const char *condition(struct gen *g, int depth) {
  if (depth >= 2 || rng_chance(&g->rng, 350)) return atom(g);
  const char *left = condition(g, depth + 1), *word = choice(g, "and|or");
  const char *form = rng_chance(&g->rng, 800) ? "(%s %s %s)" : "not (%s %s %s)";
  const char *right = condition(g, depth + 1);
  return form[0] == '(' ? SAY("(%s %s %s)", left, word, right)
                        : SAY("not (%s %s %s)", left, word, right);
}

static struct proof_policy random_policy(struct gen *g) {
  return (struct proof_policy){
      .when = condition(g, 0),
      .segment = choice(g, "plan is \"Pro\"|day > 3|vip|region.target is \"Gold\"|note is \"a\""),
      .limit = N(1, 7),
      .segment_limit = N(1, 7),
      .wait = choice(g, "1d|2d|3d|1w"),
      .by = choice(g, "plan|note"),
      .entry = N(1, 7),
      .clauses = choice(g, "||  if unknown fire\n|  if unknown ignore\n")};
}

/* A digit, a sign, a word of the condition by another. */
static const char *swapped(struct gen *g, const char *text, const char *words) {
  size_t seen = 0, from = 0, n = 0;
  for (size_t i = 0; text[i]; i++) {
    char *list = arena_strdup(g->arena, words), *rest;
    for (char *w = strtok_r(list, "|", &rest); w; w = strtok_r(NULL, "|", &rest))
      if (strncmp(text + i, w, strlen(w)) == 0 && !rng_int(&g->rng, 0, (int)seen++))
        from = i, n = strlen(w);
  }
  if (!seen) return text;
  return SAY("%.*s%s%s", (int)from, text, choice(g, words), text + from + n);
}

static struct proof_policy edited(struct gen *g, struct proof_policy p) {
  int what = rng_int(&g->rng, 0, 99);
  if (what < 22)
    p.when = swapped(g, p.when, " 0| 1| 2| 3| 4| 5| 6");
  else if (what < 40)
    p.when = swapped(g, p.when, " < | <= | > | >= ");
  else if (what < 50)
    p.when = swapped(g, p.when, " and | or ");
  else if (what < 55)
    p.when = swapped(g, p.when, "vip|not vip|in segment seg|not in segment seg");
  else if (what < 70)
    p.when = SAY("(%s) %s (%s)", p.when, choice(g, "and|or|and not"), atom(g));
  else if (what < 76)
    p.limit = N(1, 7);
  else if (what < 82)
    p.segment_limit = N(1, 7);
  else if (what < 88)
    p.segment = random_policy(g).segment;
  else if (what < 90)
    p.wait = random_policy(g).wait;
  else if (what < 92)
    p.by = choice(g, "plan|note");
  else if (what < 94)
    p.entry = N(1, 7);
  else
    p.clauses = random_policy(g).clauses;
  p.renamed = rng_chance(&g->rng, 200);
  return p;
}

/* The condition with the KPI `double` under its other name. */
static const char *with_other_name(struct gen *g, const char *when) {
  const char *text = "", *at;
  for (; (at = strstr(when, "double ")); when = at + strlen("double "))
    text = SAY("%s%.*stwice ", text, (int)(at - when), when);
  return SAY("%s%s", text, when);
}

static void write_proof_policy(struct gen *g, const struct proof_policy *p, const char *path) {
  const char *kpi = p->renamed ? "kpi twice of account = day * 2\n  was double\n"
                               : "kpi double of account = day * 2\n";
  const char *table = SAY("threshold tab by %s\n  for \"%s\" = %s\n  for \"%s\" = 3\n", p->by,
                          *p->by == 'p' ? "Pro" : "a", p->entry, *p->by == 'p' ? "Basic" : "A");
  write_file(path,
             SAY("%s%s%ssegment seg of account where %s\nthreshold lim = %s\n  for seg = %s\n"
                 "threshold span = %s\nrule r for account\n  when %s\n  -> assign CS, due 7d\n%s",
                 head, kpi, table, p->segment, p->limit, p->segment_limit, p->wait,
                 p->renamed ? with_other_name(g, p->when) : p->when, p->clauses));
}

/* Cells: number k of a row i is what this gives, always the same. */
static const char table[] =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
    "CREATE TABLE regions (id, tier, size);"
    "INSERT INTO regions VALUES (0, 'Gold', 1), (1, 'Silver', 2), (2, NULL, 3), (3, 'Gold', NULL),"
    " (4, 'Silver', 0);"
    "CREATE TEMP TABLE cells AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n "
    "WHERE i + 1 < %ld) SELECT i,";

static const char *cells_sql(struct gen *g) {
  const char *text = "";
  for (int k = 0; k < 16; k++)
    text = SAY("%s%s(((i + 7) * 48271 + %d) %% 2147483647 * %d %% 2147483629 / 64) AS r%d", text,
               k ? ", " : " ", k * 7919, 16807 + k * 2042, k);
  return text;
}

static const char rows_sql[] =
    "CREATE TABLE accounts AS SELECT i AS id,"
    " CASE WHEN r0 % 9 THEN r0 % 7 END AS region,"
    " CASE r1 % 7 WHEN 0 THEN NULL WHEN 1 THEN 'Basic' WHEN 2 THEN 'Basic' WHEN 3 THEN 'say "
    "\"x\"' ELSE 'Pro' END AS plan,"
    " CASE r2 % 8 WHEN 0 THEN NULL WHEN 1 THEN 'a' WHEN 2 THEN 'A' WHEN 3 THEN 'it''s' WHEN 4 THEN "
    "'a, b' WHEN 5 THEN '' ELSE 'é' END AS note,"
    " CASE r3 % 19 WHEN 0 THEN NULL WHEN 1 THEN 'n/a' ELSE r3 % 8 END AS seats,"
    " CASE WHEN r4 % 11 THEN r4 % 8 END AS users,"
    " CASE WHEN r5 % 11 THEN r5 % 9 END AS health,"
    " CASE r6 % 13 WHEN 0 THEN NULL WHEN 1 THEN 'x' ELSE (r6 % 13 - 6) / 2.0 END AS margin,"
    " CASE WHEN r7 % 13 THEN (r7 % 13 - 3) / 2.0 END AS part,"
    " CASE WHEN r8 % 9 THEN r8 % 2 END AS vip,"
    " CASE r9 % 20 WHEN 0 THEN NULL WHEN 1 THEN 'soon' ELSE date('2026-03-01', (r9 % 20 - 10) || "
    "' days') END AS renewal,"
    " CASE WHEN r10 % 11 THEN date('2026-03-01', -(r10 % 11) || ' days') END AS born,"
    " CASE WHEN r11 % 13 THEN (r11 % 13) / 2.0 - 1 END AS fee,"
    " CASE WHEN r12 % 13 THEN r12 % 13 END AS paid,"
    " CASE r13 % 4 WHEN 0 THEN 'USD' WHEN 1 THEN NULL ELSE 'EUR' END AS code FROM cells;"
    "CREATE TABLE usage AS SELECT i AS id, date('2026-02-20', (r14 % 3) || ' days') AS day, r14 % 7"
    " AS n FROM cells WHERE r14 % 5 UNION ALL SELECT i, date('2026-02-24', (r15 % 5) || ' days'),"
    " CASE WHEN r15 % 6 THEN r15 % 7 END FROM cells WHERE r15 % 4; COMMIT;";

static void write_rows(struct gen *g, const char *path, long rows) {
  char *message = NULL;
  sqlite3 *db;
  unlink(path);
  CHECK(sqlite3_open(path, &db) == SQLITE_OK);
  const char *sql = SAY("%s%s FROM n; %s", SAY(table, rows), cells_sql(g), rows_sql);
  if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) broken("%s", message);
  sqlite3_close(db);
}

void drive_proofs(long seed, long rows, long edits, const char *folder, struct progress *p) {
  struct arena *a = arena_new();
  struct gen g = {.arena = a, .seed = seed};
  struct drive d = drive_begin(&g, folder, p);
  write_rows(&g, d.db, rows);
  for (long i = 0; i < edits; i++) {
    struct arena *passing = arena_new();
    g.arena = passing;
    g.rng = rng_stream("proof", (size_t)(seed * 100000 + i));
    p->seed = seed, p->edit = i;
    struct proof_policy old = random_policy(&g), now = edited(&g, old);
    write_proof_policy(&g, &old, d.rules);
    write_proof_policy(&g, &now, d.copy);
    struct ruleset *rs = policy_load(passing, d.rules), *other = policy_load(passing, d.copy);
    if (!rs->diags.errors && !other->diags.errors) {
      p->judged++;
      check_proofs(&d, d.rules, d.copy, "2026-03-01");
    }
    p->policies++;
    g.arena = a;
    arena_free(passing);
  }
  arena_free(a);
}
