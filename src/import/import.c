/* In: files. Out: their rows in a dataset, in one transaction. */
#include "import/import.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Names of people and of customers are looked up while the others are written, and what others
 * belong to stands before them. */
static size_t turn_of(const struct export *e) {
  static const enum thing_id first[] = {THING_person, THING_account, THING_subscription, THING_deal,
                                        THING_invoice};
  size_t i = 0;
  while (i < sizeof first / sizeof *first && first[i] != e->thing) i++;
  return i;
}

static void order(struct export *list, size_t n) {
  for (size_t i = 1; i < n; i++)
    for (size_t k = i; k > 0 && turn_of(&list[k]) < turn_of(&list[k - 1]); k--) {
      struct export e = list[k];
      list[k] = list[k - 1];
      list[k - 1] = e;
    }
}

static bool all_maps_used(const struct export_said *said, struct diags *problems) {
  bool ok = true;
  for (size_t i = 0; i < said->n_maps; i++)
    if (!said->maps[i].used)
      ok = diag_fail(problems, V0704, "--map: no file has a column %s", said->maps[i].header);
  return ok;
}

/* ---- two lists of customers ----------------------------------------------------------- */

static bool has_scores(const struct export *e) {
  int at = export_role(e, ROLE_HEALTH);
  return at != NO_COLUMN && e->columns[at].tally.n > 0;
}

/* Does the list say how well the customers of a fuller one are? */
static bool is_of_scores(const struct export *e, const struct export *fuller) {
  return e != fuller && e->thing == THING_account && fuller->thing == THING_account &&
         strcmp(e->table, fuller->table) == 0 && has_scores(e) &&
         (!has_scores(fuller) || e->n < fuller->n);
}

/* A list of customers with a score, beside another list of customers, is the health of these. */
static bool see_scores(const struct import_request *r, struct arena *a, struct imported *out,
                       struct diags *problems) {
  for (size_t i = 0; i < out->n; i++) {
    struct export *e = &out->exports[i];
    bool scores = false;
    for (size_t k = 0; k < out->n && !r->files[i].table; k++)
      scores |= is_of_scores(e, &out->exports[k]) && !is_of_scores(&out->exports[k], e);
    const struct export_file as_health = {e->path, thing_of(THING_health)->table};
    if (scores && !export_look(&as_health, r->said, a, e, problems)) return false;
  }
  return true;
}

static bool tables_differ(const struct imported *x, struct diags *problems) {
  for (size_t i = 0; i < x->n; i++)
    for (size_t k = 0; k < i; k++)
      if (strcmp(x->exports[i].table, x->exports[k].table) == 0)
        return diag_fail(problems, V0709,
                         "%s and %s are both %s: say what one of them is with a name, such as "
                         "health=%s; where both are parts of one list, leave the second out, and "
                         "import it afterwards with --part",
                         x->exports[k].path, x->exports[i].path, x->exports[i].table,
                         x->exports[i].path);
  return true;
}

static bool look_at_all(const struct import_request *r, struct arena *a, struct imported *out,
                        struct diags *problems) {
  bool ok = true;
  out->n = r->n;
  out->exports = NEW_N(a, struct export, r->n + 1);
  out->stored = NEW_N(a, struct stored, r->n + 1);
  for (size_t i = 0; i < r->said->n_maps; i++) r->said->maps[i].used = false;
  for (size_t i = 0; i < r->n; i++)
    ok &= export_look(&r->files[i], r->said, a, &out->exports[i], problems);
  return ok && see_scores(r, a, out, problems) && all_maps_used(r->said, problems);
}

/* ---- tables that are there ------------------------------------------------------------ */

static bool is_most(size_t n, size_t of) { return n * 3 >= of * 2; }

/* Most of its headers are those of a table, and it is known as none: one of them may be renamed. */
static bool ask_what_it_is(const struct export *e, const struct store_like *l,
                           struct diags *problems) {
  enum { SEVERAL = 3 };
  if (l->same < SEVERAL || !is_most(l->same, l->headers)) return true;
  return diag_fail(
      problems, V0709,
      "%s: %zu of its %zu headers are those of %s, and %s is not: where that is "
      "another name for one of them, say of which column, --map \"%s=column\", and "
      "that the file is %s=%s; where it is another kind of export, give it its own name, "
      "%s=%s",
      e->path, l->same, l->headers, l->table, l->other, l->other, l->table, e->path, e->table,
      e->path);
}

/* Customers with scores, where those that are there have none: it is their health. */
static bool adds_scores(struct store *s, const struct export *e, const struct store_like *l,
                        bool *adds, struct diags *problems) {
  bool customers, scores;
  bool theirs = l->table && strcmp(l->table, e->table) == 0 && is_most(l->same, l->headers);
  *adds = e->thing == THING_account && has_scores(e) && !theirs;
  if (!*adds) return true;
  if (!store_has_column(s, e->table, "account_name", &customers, problems) ||
      !store_has_column(s, e->table, "health", &scores, problems))
    return false;
  *adds = customers && !scores;
  return true;
}

/* What has the headers of a table is of this table, whatever else it may look like. */
static bool recognise(const struct import_request *r, struct store *s, struct export *e,
                      struct arena *a, struct diags *problems) {
  struct store_like l;
  bool there;
  if (e->given) return true;
  if (!store_find_like(s, e, &l, problems) || !store_has_table(s, e->table, &there, problems))
    return false;
  bool adds;
  const struct export_file as_health = {e->path, thing_of(THING_health)->table};
  if (!adds_scores(s, e, &l, &adds, problems)) return false;
  if (adds) return export_look(&as_health, r->said, a, e, problems);
  if (strcmp(l.table ? l.table : e->table, e->table) == 0 || !is_most(l.same, l.its)) return true;
  const struct export_file named = {e->path, l.table};
  if (l.same == l.headers) return export_look(&named, r->said, a, e, problems);
  return there || ask_what_it_is(e, &l, problems);
}

static bool recognise_all(const struct import_request *r, struct store *s, struct arena *a,
                          struct imported *out, struct diags *problems) {
  for (size_t i = 0; i < out->n; i++)
    if (!recognise(r, s, &out->exports[i], a, problems)) return false;
  order(out->exports, out->n);
  return tables_differ(out, problems);
}

static bool decide_all(const struct import_request *r, struct store *s, struct arena *a,
                       struct imported *out, struct diags *problems) {
  bool ok = true;
  for (size_t i = 0; i < out->n; i++)
    ok &= store_recall(s, &out->exports[i], problems) &&
          export_decide(&out->exports[i], r->said, a, problems);
  return ok;
}

static bool write_all(const struct import_request *r, struct store *s, struct imported *out,
                      struct diags *problems) {
  bool ok = true;
  for (size_t i = 0; i < out->n && ok; i++)
    ok = store_export(s, &out->exports[i], r->day, r->holds, &out->stored[i], problems);
  ok = ok && store_join(s, out->stored, out->n, problems);
  for (size_t i = 0; i < out->n && ok; i++) ok = store_stages(s, &out->exports[i], problems);
  return ok && (r->dry || store_commit(s, problems));
}

bool import_run(const struct import_request *r, struct arena *a, struct imported *out,
                struct diags *problems) {
  if (!look_at_all(r, a, out, problems)) return false;
  bool there = access(r->into, F_OK) == 0;
  struct store *s = store_open(r->into, a, problems);
  bool ok = s && recognise_all(r, s, a, out, problems) && decide_all(r, s, a, out, problems) &&
            write_all(r, s, out, problems);
  store_close(s);
  if (!there && (!ok || r->dry)) unlink(r->into);
  return ok;
}
