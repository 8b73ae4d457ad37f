/* Words that say the other direction. In: rules. Out: "usage fell" under a rise, an alarm under a
 * movement that its KPI calls good, a value above what is called its floor. */
#include <string.h>
#include <strings.h>

#include "lint/check.h"

static const char *const fell[] = {
    "fell",      "fall",    "falls",    "fallen",    "falling",   "dropped",  "slipped", "slips",
    "declined",  "shrank",  "collapse", "collapsed", "baisse",    "chute",    "recule",  "tombe",
    "diminue",   "perdu",   "effondre", "decreases", "decreased", "baissent", "tombent", "chutent",
    "diminuent", "shrinks", "plunges",  "declines",  "recul",     NULL};
/* In a name; in a text, to drop a line is something else. */
static const char *const fell_names[] = {"drop", "drops", "decline", "decrease", "loss", NULL};
static const char *const rose[] = {
    "surge",      "pile",        "piles",     "pile_up",   "swells", "surges", "climbs",
    "climbed",    "rose",        "rise",      "rises",     "risen",  "grew",   "grows",
    "jumped",     "increased",   "increases", "rising",    "hausse", "monte",  "montent",
    "augmentent", "progressent", "augmente",  "progresse", NULL};
static const char *const alarms[] = {
    "risk",    "save",      "alarm",     "collapse", "quiet",      "stalled", "churn",
    "worse",   "worst",     "fire",      "leaving",  "losing",     "slow",    "slips",
    "low",     "fell",      "complaint", "danger",   "negative",   "risque",  "alerte",
    "négatif", "negatif",   "too much",  "too many", "too little", "too few", "too high",
    "too low", "too_low",   "too_high",  "too_many", "too_much",   "too_few", "expensive",
    "dear",    "overspend", "overrun",   "exceeds",  "trop",       "dépasse", "depasse",
    NULL};
static const char *const good_news[] = {
    "grow",  "growth", "expand",    "expansion",    "upsell", "propose", "offer",
    "thank", "ready",  "reference", "congratulate", "praise", "upgrade", NULL};
static const char *const floors[] = {"floor", "minimum", "min", "least", NULL};
static const char *const ceilings[] = {"ceiling", "maximum", "max", "cap", "most", NULL};

struct said {
  struct lint *l;
  const struct rule *rule;
  const struct term *down, *up;  /* the first movement of each direction */
  const struct term *good, *bad; /* the first movement that its KPI calls so */
  const struct term *little;     /* a movement that is to be small, way: which */
  int way;
};

static bool says(const struct rule *r, const char *const *words) {
  return (r->name && lint_has_word(r->name, words)) ||
         (r->action_text && lint_has_word(r->action_text, words));
}

bool raises_alarm(const struct rule *r) { return says(r, alarms) && !says(r, good_news); }

static bool is_above(int op) { return op == OP_GT || op == OP_GE; }
static bool is_below(int op) { return op == OP_LT || op == OP_LE; }

static void take_move(struct said *x, const struct term *t, const struct term *of, int move) {
  if (is_below(t->op) && !x->little) x->little = t, x->way = move;
  if (!is_above(t->op) || move == MOVE_CHANGE) return;
  bool up = move == MOVE_RISE;
  if (up && !x->up) x->up = t;
  if (!up && !x->down) x->down = t;
  if (of->kind != T_KPI || !of->kpi->better) return;
  bool good = up == (of->kpi->better > 0);
  if (good && !x->good) x->good = t;
  if (!good && !x->bad) x->bad = t;
}

static void gather(struct said *x, const struct term *t) {
  if (!t) return;
  if (t->kind == T_AND || t->kind == T_OR || t->kind == T_FOR) {
    gather(x, t->a);
    if (t->kind != T_FOR) gather(x, t->b);
  }
  if (t->kind == T_MOVE_CMP) take_move(x, t, t->a, (int)t->move);
  if (t->kind == T_CMP && t->a->kind == T_MOVE) take_move(x, t, t->a->a, t->a->op);
}

static void tell_words(const struct said *x, const struct term *t, const char *asks,
                       const char *says, const char *write) {
  struct lint *l = x->l;
  struct diag *d = lint_tell(l, t->src->span, "%s acts on a %s, and its words speak of a %s",
                             rule_title(l, x->rule), asks, says);
  lint_help(l, d, "write `%s` in place of `%s`, or correct the words", write, asks);
}

/* ready_to_grow: usage rise < 40% */
static void check_little(const struct said *x, bool up, bool down) {
  struct lint *l = x->l;
  if (!x->little || x->up || x->down || !(x->way == MOVE_RISE ? up : x->way == MOVE_DROP && down))
    return;
  const char *way = x->way == MOVE_RISE ? "rise" : "drop";
  struct diag *d = lint_tell(l, x->little->src->span,
                             "%s speaks of a %s, and acts where there is little of it or none",
                             rule_title(l, x->rule), way);
  lint_help(l, d, "turn the sign around: %s > …", way);
}

/* last_activity older than 60d: beside it, in last 1y leaves out who left long ago. */
static bool asks_to_be_old(struct lint *l, const struct term *t, const struct term *day) {
  if (t->kind == T_AND) return asks_to_be_old(l, t->a, day) || asks_to_be_old(l, t->b, day);
  bool old = t->kind == T_OLDER || t->kind == T_OVERDUE;
  bool before = t->kind == T_CMP && (t->op == OP_LT || t->op == OP_LE);
  return (old || before) && strcmp(term_key(l->a, t->a), term_key(l->a, day)) == 0;
}

/* "{label} is quiet since {last_activity}", of last_activity in last 21d */
static void check_quiet(struct lint *l, const struct rule *r, const struct term *t) {
  static const char *const quiet[] = {
      "quiet", "stalled",       "silent",      "silence",    "dormant",        "asleep",
      "idle",  "nothing since", "silencieuse", "silencieux", "sans nouvelles", NULL};
  static const char *const doings[] = {"activity", "touch",     "contact", "login", "seen",
                                       "visit",    "contacted", "used",    "call",  NULL};
  if (t->kind == T_AND) {
    check_quiet(l, r, t->a);
    check_quiet(l, r, t->b);
    return;
  }
  bool recent = t->kind == T_RANGE && t->period.kind == PERIOD_LAST && t->src;
  const struct term *day = recent ? t->a : NULL;
  const char *name = !day                  ? NULL
                     : day->kind == T_ATTR ? day->attr->name
                     : day->kind == T_KPI  ? day->kpi->name
                                           : NULL;
  if (!name || !lint_has_word(name, doings) || !says(r, quiet)) return;
  if (asks_to_be_old(l, r->when, day)) return;
  struct diag *d = lint_tell(l, t->src->span, "%s speaks of silence, and takes a `%s` of late",
                             rule_title(l, r), name);
  lint_help(l, d, "write: %s older than …", name);
}

/* ---- a value beside its floor --------------------------------------------------------- */

/* Does the rule act when this moves that way: rating drop > 5? */
static bool moves(struct lint *l, const struct term *t, const struct term *what, int way) {
  if (t->kind == T_AND) return moves(l, t->a, what, way) || moves(l, t->b, what, way);
  bool apart = t->kind == T_CMP && t->a->kind == T_MOVE;
  if ((!apart && t->kind != T_MOVE_CMP) || !is_above(t->op)) return false;
  const struct term *of = apart ? t->a->a : t->a;
  int move = apart ? t->a->op : (int)t->move;
  return move == way && strcmp(term_key(l->a, of), term_key(l->a, what)) == 0;
}

static bool share_a_word(struct lint *l, const char *name, const char *other);
static const char *subject_name(const struct term *t);

/* margin_gone, of the margin */
static bool named_after(struct lint *l, const struct rule *r, const struct term *what) {
  const char *name = subject_name(what);
  return r->named && name && share_a_word(l, name, r->name) && !says(r, good_news);
}

/* all: the whole condition, of which t may be a part. A bound beside other conditions only says of
 * whom the rule is, unless the same value also falls. */
static void check_floor(struct lint *l, const struct rule *r, const struct term *t,
                        const struct term *all) {
  while (t && t->kind == T_FOR) t = t->a;
  if (t && t->kind == T_AND) {
    check_floor(l, r, t->a, all);
    check_floor(l, r, t->b, all);
    return;
  }
  if (!t || t->kind != T_CMP || t->b->kind != T_THRESHOLD) return;
  const char *name = t->b->threshold->name;
  bool over = is_above(t->op) && lint_has_word(name, floors),
       under = is_below(t->op) && lint_has_word(name, ceilings);
  bool other = all->kind == T_AND && !moves(l, all, t->a, over ? MOVE_DROP : MOVE_RISE);
  if (other && !named_after(l, r, t->a)) return;
  if ((!over && !under) || lint_told(l, "V1017", t->src->span)) return; /* from `better` */
  struct diag *d =
      lint_tell(l, t->src->span, "%s acts where all is well: %s `%s`, by its name a %s",
                rule_title(l, r), over ? "above" : "below", name, over ? "floor" : "ceiling");
  lint_help(l, d, "turn the sign around: %s %s %s", lint_quote(l, t->a->src->span),
            over ? "<" : ">", name);
}

/* ---- a rule that is called after what it asks ----------------------------------------- */

static const char *const low_names[] = {"low",   "below",     "poor",   "weak",    "thin",
                                        "short", "under",     "bas",    "basse",   "faible",
                                        "lost",  "under_use", "unused", "too_few", NULL};
static const char *const high_names[] = {"high",     "above", "heavy",   "exceeds", "exceeded",
                                         "too_many", "over",  "overage", "overuse", "excess",
                                         "eleve",    "élevé", "haut",    "haute",   NULL};

enum { SHARED_LEAST = 4, ALONE_LEAST = 3 };

/* Is one of the words of the name a word of the other: margin of project_margin and margin_low? */
static bool share_a_word(struct lint *l, const char *name, const char *other) {
  for (const char *p = name; *p;) {
    size_t n = strcspn(p, "_");
    const char *const word[] = {arena_strndup(l->a, p, n), NULL};
    bool whole = n == strlen(name) && n >= ALONE_LEAST; /* dso of dso_high */
    if ((n >= SHARED_LEAST || whole) && lint_has_word(other, word)) return true;
    p += n + (p[n] == '_');
  }
  return false;
}

static const char *subject_name(const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_AGO) t = t->a;
  return t->kind == T_KPI ? t->kpi->name : t->kind == T_ATTR ? t->attr->name : NULL;
}

/* margin_low: project_margin > margin_floor */
static void check_named(struct lint *l, const struct rule *r, const struct term *t) {
  while (t->kind == T_FOR) t = t->a;
  if (t->kind == T_AND) {
    check_named(l, r, t->a);
    check_named(l, r, t->b);
    return;
  }
  bool bound = t->kind == T_CMP && (t->b->kind == T_CONST || t->b->kind == T_THRESHOLD);
  const char *what = bound ? subject_name(t->a) : NULL;
  bool low = lint_has_word(r->name, low_names), high = lint_has_word(r->name, high_names);
  if (!what || low == high || t->a->type.unit == U_DATE || !share_a_word(l, what, r->name)) return;
  if (lint_has_word(what, low_names) || lint_has_word(what, high_names)) return;
  if (!(low && is_above(t->op)) && !(high && is_below(t->op))) return;
  if (lint_told(l, "V1017", t->src->span) || lint_told(l, l->now->kind.code, t->src->span)) return;
  struct diag *d = lint_tell(l, t->src->span, "%s acts where `%s` is %s", rule_title(l, r), what,
                             low ? "high" : "low");
  lint_help(l, d, "turn the sign around: %s %s …", what, low ? "<" : ">");
}

/* ---- a day that is told as past, and lies ahead --------------------------------------- */

static bool ends_with_word(const char *text, const char *const *words) {
  size_t n = strlen(text);
  while (n > 0 && text[n - 1] == ' ') n--;
  for (; *words; words++) {
    size_t k = strlen(*words);
    if (n >= k && strncasecmp(text + n - k, *words, k) == 0 && (n == k || text[n - k - 1] == ' '))
      return true;
  }
  return false;
}

/* "due by {day}" says when it was due, and not that it lies ahead. */
static bool says_a_promise(const char *text) {
  static const char *const promises[] = {"due by",          "due before",  "expected by",
                                         "expected before", "promised by", "wanted by",
                                         "promised before", NULL};
  return ends_with_word(text, promises);
}

/* Does the text of the rule say the day right behind one of the words: since {payable}? */
static bool says_day_behind(struct lint *l, const struct rule *r, const struct term *day,
                            const char *const *words) {
  for (size_t i = 1; i < r->action.n; i++) {
    const struct term *shown = r->action.v[i].term;
    const char *before = r->action.v[i - 1].text;
    if (shown && before && ends_with_word(before, words) && !says_a_promise(before) &&
        strcmp(term_key(l->a, shown), term_key(l->a, day)) == 0)
      return true;
  }
  return false;
}

/* "owes {total} since {payable}" of payable within 15d; "before {answer_by}" of one that passed. */
static void check_day(struct lint *l, const struct rule *r, const struct term *t) {
  static const char *const since[] = {"since", "depuis", "depuis le", "seit", NULL};
  static const char *const before[] = {"before",   "until",    "by",  "avant",
                                       "avant le", "jusqu'au", "vor", NULL};
  if (t->kind == T_AND) {
    check_day(l, r, t->a);
    check_day(l, r, t->b);
    return;
  }
  bool ahead = t->kind == T_WITHIN || (t->kind == T_RANGE && t->period.kind == PERIOD_NEXT);
  bool passed = t->kind == T_OLDER || t->kind == T_OVERDUE;
  if ((!ahead && !passed) || !t->a->src) return;
  if (!says_day_behind(l, r, t->a, ahead ? since : before)) return;
  const char *day = lint_quote(l, t->a->src->span);
  struct diag *d = lint_tell(l, t->src->span, "%s asks for a `%s` that %s, and its text says %s",
                             rule_title(l, r), day, ahead ? "lies ahead" : "has passed",
                             ahead ? "since when" : "before it");
  lint_help(l, d,
            ahead ? "write: %s older than …; or correct the text"
                  : "write: %s within …; or correct the text",
            day);
}

/* Whoever has growth in their name is told of good news. */
static const char *const for_growth[] = {"growth", "grow",    "sales",     "expansion",
                                         "upsell", "account", "marketing", NULL};

/* An alarm, or a sentence that says nothing else: to whom is it good news? */
static void check_good(struct lint *l, const struct rule *r, const struct term *good) {
  bool alone = r->when == good && !r->named && !r->action_text && r->team &&
               !lint_has_word(r->team->name, for_growth);
  if (!raises_alarm(r) && !alone) return;
  struct diag *d =
      alone
          ? lint_tell(l, good->src->span, "%s acts on a movement that its KPI calls good",
                      rule_title(l, r))
          : lint_tell(l, good->src->span,
                      "%s raises an alarm on a movement that its KPI calls good", rule_title(l, r));
  lint_help(l, d,
            alone ? "turn the direction around, or say in a `do` what the good news are for"
                  : "turn the direction around, or correct `better` of the KPI");
}

/* Good news only: an offer may also be made to who is about to leave. */
static const char *const of_success[] = {"grow",      "growth",  "expand", "expansion",
                                         "upsell",    "upgrade", "ready",  "congratulate",
                                         "reference", "thank",   "praise", NULL};

static void check_bad(struct lint *l, const struct rule *r, const struct term *bad) {
  if (!says(r, of_success) || says(r, alarms) || says(r, fell)) return;
  struct diag *d = lint_tell(
      l, bad->src->span, "%s speaks of good news, and acts on a movement that its KPI calls bad",
      rule_title(l, r));
  lint_help(l, d, "turn the direction around, or correct `better` of the KPI");
}

/* ---- a score that is on the wrong side ------------------------------------------------- */

static const char *const scores[] = {"health", "fit",      "csat",       "satisfaction", "nps",
                                     "rating", "adoption", "engagement", "condition",    NULL};
static const char *const in_danger[] = {"cold",          "risk",      "at_risk",    "save",
                                        "rescue",        "unhappy",   "danger",     "risque",
                                        "churn",         "detractor", "disengaged", "unengaged",
                                        "disinterested", "décroché",  NULL};
static const char *const hot[] = {"hot",       "ready",    "grow",     "upsell", "expansion",
                                  "reference", "champion", "promoter", "best",   NULL};

/* What is filled, sold or used of what there is: of these it is no danger to have much. */
static const char *const filled[] = {"fill",       "occupancy", "occupation", "remplissage",
                                     "attendance", "presence",  "présence",   "participation",
                                     "auslastung", "adoption",  NULL};
static const char *const emptied[] = {"empty",    "vide", "vides", "unfilled",   "unused", "unsold",
                                      "deserted", "idle", "leer",  "half_empty", NULL};
static const char *const crowded[] = {"full",     "crowded", "overbooked", "sold_out", "complet",
                                      "complète", "pleine",  "plein",      "voll",     NULL};

static bool named_by(const struct rule *r, const char *const *words) {
  return r->name && lint_has_word(r->name, words);
}

/* 20 < health and health < 40: the other side is asked, too. */
static bool has_other_side(struct lint *l, const struct term *t, const struct term *bound) {
  while (t->kind == T_FOR) t = t->a;
  if (t->kind == T_AND) return has_other_side(l, t->a, bound) || has_other_side(l, t->b, bound);
  bool turned = t->kind == T_CMP && is_above(t->op) != is_above(bound->op) && t->op != OP_EQ;
  return turned && strcmp(term_key(l->a, t->a), term_key(l->a, bound->a)) == 0;
}

/* ready_to_grow of health <= 70, at_risk of health > 70 */
static void check_score(struct lint *l, const struct rule *r, const struct term *t) {
  while (t->kind == T_FOR) t = t->a;
  if (t->kind == T_AND) {
    check_score(l, r, t->a);
    check_score(l, r, t->b);
    return;
  }
  bool bound = t->kind == T_CMP && (t->b->kind == T_CONST || t->b->kind == T_THRESHOLD);
  const char *what = bound ? subject_name(t->a) : NULL;
  if (!what || t->a->type.unit == U_DATE) return;
  bool score = lint_has_word(what, scores), fill = lint_has_word(what, filled);
  bool much = (score && named_by(r, hot)) || (fill && named_by(r, crowded));
  bool little = (score && named_by(r, in_danger)) || (fill && named_by(r, emptied));
  bool good = much && !little, bad = little && !much;
  if (!(good && is_below(t->op)) && !(bad && is_above(t->op))) return;
  if (has_other_side(l, r->when, t)) return;
  if (lint_told(l, "V1017", t->src->span) || lint_told(l, l->now->kind.code, t->src->span)) return;
  struct diag *d = lint_tell(l, t->src->span, "by its name, %s is about those with %s `%s`",
                             rule_title(l, r), good ? "much" : "little", what);
  lint_help(l, d, "turn the sign around: %s %s …", what, good ? ">=" : "<");
}

/* ---- segments that are called large or small ------------------------------------------ */

static const char *const large[] = {
    "enterprise", "large",  "big",   "top",       "vip", "major",       "whale",       "premium",
    "biggest",    "grands", "grand", "strategic", "key", "strategique", "stratégique", NULL};
static const char *const small[] = {"small", "smb", "tiny", "smallest", "petits", "petit", NULL};

/* small_and_up, not_large, mid_market: the name says a bound, not a side. */
static const char *const bounds[] = {"not",  "non",     "below", "under", "above",
                                     "over", "up",      "from",  "less",  "mid",
                                     "sub",  "growing", "to",    "than",  NULL};

static bool asks_for_any(const struct term *t) {
  return t->b->kind == T_CONST && t->b->value.known && t->b->value.num == 0;
}

static const char *const idle[] = {"quiet",  "dormant", "inactive", "silent",   "idle",
                                   "unused", "asleep",  "dormants", "inactifs", NULL};
static const char *const busy[] = {"active", "engaged", "paying", "using",
                                   "actifs", "payants", NULL};

/* quiet_sites where visits_90d > 0, paying where mrr = 0 */
static void check_idle(struct lint *l, const struct segment *s) {
  const struct term *t = s->term;
  bool zero = t && t->kind == T_CMP && t->src && asks_for_any(t);
  bool counted = zero && (t->a->type.unit == U_COUNT || t->a->type.unit == U_MONEY ||
                          t->a->type.unit == U_NUMBER);
  if (!counted || lint_has_word(s->name, bounds)) return;
  bool none = t->op == OP_EQ || t->op == OP_LE, some = t->op == OP_GT || t->op == OP_NE;
  bool turned = (lint_has_word(s->name, idle) && some) || (lint_has_word(s->name, busy) && none);
  if (!turned || (lint_has_word(s->name, idle) && lint_has_word(s->name, busy))) return;
  struct diag *d = lint_tell(l, t->src->span, "by its name, `%s` is those with %s `%s`", s->name,
                             some ? "no" : "some", lint_quote(l, t->a->src->span));
  lint_help(l, d, "write: %s %s 0; or give the segment another name",
            lint_quote(l, t->a->src->span), some ? "=" : ">");
}

/* red < late_ceiling, green >= late_ceiling of a KPI that is better below it */
static void check_band_name(struct lint *l, const struct band *b) {
  if (!b->set || !b->a || b->a->kind != T_THRESHOLD) return;
  const char *name = b->a->threshold->name;
  bool under = is_below(b->op) && lint_has_word(name, ceilings);
  bool over = is_above(b->op) && lint_has_word(name, floors);
  if ((!under && !over) || lint_told(l, "V1017", b->span)) return;
  struct diag *d = lint_tell(l, b->span, "red is %s `%s`, by its name a %s",
                             under ? "below" : "above", name, under ? "ceiling" : "floor");
  lint_help(l, d, "is it the threshold of another KPI? Or turn the sign around");
}

static void check_segment(struct lint *l, const struct segment *s) {
  const struct term *t = s->term;
  if (!t || t->kind != T_CMP || t->a->kind == T_CONST || !t->a->src) return;
  if (t->a->type.unit != U_MONEY && t->a->type.unit != U_COUNT) return;
  if (lint_has_word(s->name, bounds) || asks_for_any(t)) return;
  bool turned = (lint_has_word(s->name, large) && is_below(t->op)) ||
                (lint_has_word(s->name, small) && is_above(t->op));
  if (!turned) return;
  struct diag *d = lint_tell(l, t->src->span, "by its name, `%s` is %s, and these have %s `%s`",
                             s->name, is_below(t->op) ? "large" : "small",
                             is_below(t->op) ? "little" : "much", lint_quote(l, t->a->src->span));
  lint_help(l, d, "turn the sign around, or give the segment another name");
}

void lint_words_against_sign(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    struct said x = {.l = l, .rule = r};
    gather(&x, r->when);
    check_floor(l, r, r->when, r->when);
    if (r->when) check_day(l, r, r->when);
    if (r->when) check_quiet(l, r, r->when);
    if (r->named) check_named(l, r, r->when);
    if (r->named) check_score(l, r, r->when);
    bool down = says(r, fell) || (r->named && lint_has_word(r->name, fell_names));
    bool speaks_down = down && !says(r, rose), speaks_up = says(r, rose) && !down;
    check_little(&x, speaks_up || (says(r, of_success) && !says(r, alarms)), speaks_down);
    if (x.up && !x.down && speaks_down)
      tell_words(&x, x.up, "rise", "fall", "drop");
    else if (x.down && !x.up && speaks_up)
      tell_words(&x, x.down, "drop", "rise", "rise");
    else if (x.good && !x.bad)
      check_good(l, r, x.good);
    else if (x.bad && !x.good)
      check_bad(l, r, x.bad);
  }
  for (size_t i = 0; i < l->rs->segments.n; i++) {
    check_segment(l, l->rs->segments.v[i]);
    check_idle(l, l->rs->segments.v[i]);
  }
  for (size_t i = 0; i < l->rs->kpis.n; i++) check_band_name(l, &l->rs->kpis.v[i]->red);
  words_of_kpis(l);
  names_turned(l);
}
