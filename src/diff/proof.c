/* In: a rule in two versions. Out: whether it acts on the same rows, more, fewer, or other ones. */
#include "diff/proof.h"

#include <string.h>

#include "base/check.h"
#include "diff/alike.h"
#include "diff/spelled.h"
#include "lint/condition.h"
#include "sema/policy_diff.h"

struct proving {
  const struct proof_request *q;
  struct arena *a;
  struct versions v;
  struct subjects subjects; /* of both versions: a name means one thing, or nothing is proved */
  bool other_calendar;      /* days, amounts or cells are read in another way */
};

/* ---- which rows are in which ----------------------------------------------------------------- */

/* What is known of the rows on which the two versions of a rule act. */
struct inclusion {
  bool more;  /* the new one acts wherever the old one does */
  bool fewer; /* the reverse */
  bool same;  /* and what one of them cannot judge, the other cannot either */
};

/* Where a version is true, and where it is false: unknown is neither. */
struct sides {
  const struct term *terms[2];
  const struct condition *yes, *no;
};

static struct sides sides_of(struct proving *p, const struct rule *r, bool old) {
  struct sides s = {0};
  for (int no = 0; no < 2; no++) {
    s.terms[no] = spelled_out(r->when, no, p->q->day, p->a);
    if (old) s.terms[no] = as_now(&p->v, s.terms[no]);
  }
  s.yes = condition_of(&p->subjects, s.terms[0]);
  s.no = condition_of(&p->subjects, s.terms[1]);
  return s;
}

/* A rule that fires where it cannot judge acts wherever its condition is not false. */
static struct inclusion compare_rows(struct proving *p, const struct rule_proof *r,
                                     const struct sides *old, const struct sides *now) {
  struct subjects *s = &p->subjects;
  bool fires = r->old->unknown == UNKNOWN_FIRE, fires_now = r->now->unknown == UNKNOWN_FIRE;
  bool yes_stays = condition_implies(s, old->yes, now->yes);
  bool no_was = condition_implies(s, now->no, old->no);
  bool yes_was = condition_implies(s, now->yes, old->yes);
  bool no_stays = condition_implies(s, old->no, now->no);
  struct inclusion x = {0};
  if (!fires) x.more = yes_stays || (fires_now && no_was);
  if (fires) x.more = fires_now && no_was;
  if (!fires_now) x.fewer = yes_was || (fires && no_stays);
  if (fires_now) x.fewer = fires && no_stays;
  x.same =
      r->old->unknown == r->now->unknown && x.more && x.fewer && (fires || (no_was && no_stays));
  return x;
}

/* ---- one rule -------------------------------------------------------------------------------- */

static struct rule_proof open_proof(struct rule_proof r, const char *why) {
  r.answer = PROOF_OPEN;
  r.why = why;
  return r;
}

/* What both versions say of it differs in nothing that decides which rows it acts on. */
static bool says_the_same(struct proving *p, const struct rule *old, const struct rule *now) {
  return same_term(&p->v, old->when, now->when) && old->unknown == now->unknown &&
         !changed_below(&p->v, old->when, now->when);
}

static struct rule_proof with_witness(struct proving *p, struct rule_proof r,
                                      struct inclusion rows) {
  bool now_acts = false;
  const char *why = NULL;
  r.test = find_witness(p->q, r.old, r.now, p->a, &now_acts, &why);
  if (!r.test) return open_proof(r, why ? why : "no row was found that shows a difference");
  if (rows.more == now_acts && rows.fewer == !now_acts)
    r.answer = now_acts ? PROOF_MORE : PROOF_FEWER;
  else
    r.answer = PROOF_DIFFERS;
  return r;
}

static bool begins_with(const char *text, const char *word) {
  return strncmp(text, word, strlen(word)) == 0;
}

static const char *stands_on(struct proving *p, const char *name) {
  return arena_printf(p->a, "it stands on %s, which %s", name, change_word(&p->v, name));
}

/* What is left of names after thresholds and segments are spelled out stands for one thing in both
 * versions, or nothing is proved: it is inside a formula, a sum, a stretch of days. */
static struct rule_proof compare_sets(struct proving *p, struct rule_proof r) {
  struct sides old = sides_of(p, r.old, true), now = sides_of(p, r.now, false);
  const char *left = changed_below(&p->v, old.terms[0], now.terms[0]);
  struct inclusion rows = {0};
  if (left && !begins_with(left, "threshold ") && !begins_with(left, "segment "))
    return open_proof(r, stands_on(p, left));
  if (!left) rows = compare_rows(p, &r, &old, &now);
  if (rows.same) {
    r.answer = PROOF_SAME;
    return r;
  }
  if (rows.more && rows.fewer)
    return open_proof(r, r.old->unknown == r.now->unknown
                             ? "it acts on the same rows, but may have not enough data for others"
                             : "it acts on the same rows, but treats those with not enough data in "
                               "another way");
  r = with_witness(p, r, rows);
  if (r.answer == PROOF_OPEN && left)
    r.why = arena_printf(p->a, "%s %s, and stands inside a formula, a sum or many days", left,
                         change_word(&p->v, left));
  return r;
}

/* Are both about the same rows? NULL: yes; else what differs, in words. */
static const char *other_rows(struct proving *p, const struct rule *old, const struct rule *now) {
  const char *changed;
  if (!old->entity != !now->entity) return "it runs over other rows";
  if (!now->entity && same_groups(&p->v, &old->dims, &now->dims, &changed)) return NULL;
  if (!now->entity)
    return changed ? arena_printf(p->a, "it is about groups, and %s %s", changed,
                                  change_word(&p->v, changed))
                   : "it is about other groups";
  if (strcmp(old->entity->name, now->entity->name) != 0) return "it runs over other rows";
  if (same_frame(&p->v, C_ENTITY, now->entity->name)) return NULL;
  return arena_printf(p->a, "entity %s is read in another way", now->entity->name);
}

static struct rule_proof prove(struct proving *p, const struct rule *old, const struct rule *now) {
  struct rule_proof r = {.old = old, .now = now, .answer = PROOF_SAME};
  const char *other = other_rows(p, old, now);
  if (other) return open_proof(r, other);
  if (p->other_calendar) return open_proof(r, "the calendar, or what is unreadable, has changed");
  if (says_the_same(p, old, now)) return r;
  other = now->entity ? NULL : changed_below(&p->v, old->when, now->when);
  if (other && !begins_with(other, "threshold ")) return open_proof(r, stands_on(p, other));
  if (!now->entity) return open_proof(r, "it is about the company or groups: sums over many rows");
  return compare_sets(p, r);
}

static struct proving proving_of(const struct proof_request *q, struct arena *a) {
  struct proving p = {.q = q, .a = a, .subjects = {.a = a, .rs = q->now}};
  p.v = (struct versions){q->old, q->now, q->day, a};
  p.other_calendar = !same_frame(&p.v, C_CALENDAR, NULL) || !same_frame(&p.v, C_UNREADABLE, NULL);
  return p;
}

struct rule_proof prove_rule(const struct proof_request *q, const struct rule *old,
                             const struct rule *now, struct arena *a) {
  struct proving p = proving_of(q, a);
  return prove(&p, old, now);
}

rule_proofs prove_rules(const struct proof_request *q, struct arena *a) {
  struct proving p = proving_of(q, a);
  rule_proofs out = {0};
  for (size_t i = 0; i < q->now->rules.n; i++) {
    const struct rule *now = q->now->rules.v[i], *old = policy_rule(q->old, now);
    if (!old) continue;
    struct rule_proof r = prove(&p, old, now);
    VEC_PUSH(a, &out, r);
  }
  return out;
}
