/* KPIs that do not ask what their name says. In: sums, counts and averages, and the values and
 * flags that their rows may have. Out: won_deals over rows of which "Won" is one, all counted. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "lint/check.h"
#include "lint/selection.h"

enum { WORD_LEAST = 3 };

struct naming {
  struct lint *l;
  const struct kpi *kpi;
  const struct attr *attr; /* that is looked for */
  const char *value;       /* of it, that is meant; NULL: it is a flag */
  bool asked;
  const struct term *table; /* the last threshold that was met */
  struct map seen;          /* what was looked behind */
};

/* ---- words ----------------------------------------------------------------------------- */

/* Of "Closed Won" the last word tells it from the others. */
static const char *telling_word(const char *value) {
  const char *space = strrchr(value, ' ');
  return space ? space + 1 : value;
}

/* Words that a name may well use in another sense: new is what was made last month. */
static const char *const other_senses[] = {
    "new",      "open",    "active",   "closed", "current", "paid",  "due",      "late",
    "high",     "low",     "total",    "all",    "free",    "first", "other",    "test",
    "daily",    "monthly", "yearly",   "annual", "company", "team",  "group",    "business",
    "standard", "pro",     "core",     "plus",   "user",    "users", "customer", "account",
    "product",  "service", "services", "sales",  "net",     "gross", "revenue",  "usage",
    "growth",   "scale",   NULL};

static bool has_word(const char *name, const char *word) {
  const char *const words[] = {word, NULL};
  return strlen(word) >= WORD_LEAST && !lint_has_word(word, other_senses) &&
         lint_has_word(name, words);
}

enum { STEM_LEAST = 5, WORD_MOST = 40 };

/* duplicates -> duplicate, signées -> signé */
static size_t stem(const char *word, size_t n) {
  if (n > STEM_LEAST && word[n - 1] == 's') n--;
  if (n > STEM_LEAST && word[n - 1] == 'e') n--;
  return n;
}

static bool is_letter(char c) { return isalnum((unsigned char)c) || (unsigned char)c >= 0x80; }

/* Does the text hold the word, in the singular or the plural? */
static bool text_has(struct lint *l, const char *text, const char *word) {
  const char *low = text_lower(l->a, text), *wanted = text_lower(l->a, word);
  size_t n = strlen(wanted), most = stem(wanted, n);
  if (n < STEM_LEAST || n > WORD_MOST || lint_has_word(word, other_senses)) return false;
  for (const char *p = low; *p;) {
    size_t len = 0;
    while (is_letter(p[len])) len++;
    if (len && stem(p, len) == most && memcmp(p, wanted, most) == 0) return true;
    p += len ? len : 1;
  }
  return false;
}

/* ---- is it asked for ------------------------------------------------------------------ */

static void look(void *ctx, const struct term *t);

/* Behind names too: a segment, a flag that is computed, another KPI; each once. */
static void look_behind(struct naming *x, const struct term *t) {
  const struct term *core = t->kind == T_SEGMENT                    ? t->segment->term
                            : t->kind == T_KPI || t->kind == T_ATTR ? term_core(t)
                                                                    : t;
  if (!core || core == t || x->asked) return;
  const char *key = arena_printf(x->l->a, "%p", (const void *)core);
  if (!map_put(&x->seen, x->l->a, key, x)) term_walk(core, look, x);
}

/* The odds of each stage: the stage is looked up there, and chooses no row. */
static bool is_looked_up(const struct naming *x, const struct term *t) {
  for (size_t i = 0; x->table && i < x->table->list.n; i++) {
    const struct term *path = x->table->list.v[i];
    while (path->kind == T_PARENT) path = path->a;
    if (path == t) return true;
  }
  return false;
}

/* The day cancelled_on asks for "cancelled" as well as the status does. */
static bool is_asked(struct naming *x, const struct term *t) {
  if (t->kind != T_ATTR) return false;
  if (t->attr == x->attr) return !is_looked_up(x, t);
  const char *word = x->value ? telling_word(x->value) : NULL;
  return word && (has_word(t->attr->name, word) || text_has(x->l, t->attr->name, word));
}

static void look(void *ctx, const struct term *t) {
  struct naming *x = ctx;
  if (t->kind == T_THRESHOLD) x->table = t;
  x->asked |= is_asked(x, t);
  if (t->kind == T_AGG && t->agg->segment) term_walk(t->agg->segment->term, look, x);
  look_behind(x, t);
}

/* In its formula, or in what it is split by. */
static bool asks(struct naming *x, const struct attr *at, const char *value) {
  x->attr = at;
  x->value = value;
  x->asked = false;
  x->seen = (struct map){0};
  term_walk(x->kpi->term, look, x);
  for (size_t i = 0; !x->asked && i < x->kpi->dims.n; i++) {
    const char *const names[] = {at->name, NULL};
    x->asked = lint_has_word(span_text(x->l->a, x->kpi->dims.v[i].path->span), names);
  }
  return x->asked;
}

/* ---- what its `means` says ------------------------------------------------------------ */

/* The one value of the attribute that the text says; NULL: none, or several. */
static const char *value_meant(struct lint *l, const struct attr *at, const char *text) {
  const char *found = NULL;
  for (size_t i = 0; i < at->one_of.n; i++) {
    const char *value = at->one_of.v[i]->name;
    if (!value || !text_has(l, text, telling_word(value))) continue;
    if (found) return NULL;
    found = value;
  }
  return found;
}

/* Likewise, where another value is asked for: words that have other senses count, too. */
static const char *value_meant_exactly(struct lint *l, const struct attr *at, const char *text) {
  const char *found = NULL;
  for (size_t i = 0; i < at->one_of.n; i++) {
    const char *value = at->one_of.v[i]->name;
    const char *const words[] = {value ? telling_word(value) : "", NULL};
    if (!value || strlen(words[0]) < WORD_LEAST) continue;
    if (!lint_has_word(text, words) && !text_has(l, text, words[0])) continue;
    if (found) return NULL;
    found = value;
  }
  return found;
}

struct other_day { /* known from its day, as the one that is meant */
  const struct attr *meant, *found;
};

static void finds_other_day(void *ctx, const struct term *t) {
  struct other_day *x = ctx;
  bool day = t->kind == T_ATTR && t->type.unit == U_DATE && t->attr->known_from;
  if (day && t->attr != x->meant && t->attr->entity == x->meant->entity) x->found = t->attr;
}

/* "Leads that marketing qualified", by the day on which they were accepted. */
static bool day_meant(struct lint *l, const struct kpi *k, const struct agg *g,
                      const struct attr *at) {
  bool day = at->type.unit == U_DATE && at->known_from && strlen(at->name) >= STEM_LEAST;
  if (!day || !g->where || !text_has(l, k->means, at->name)) return false;
  struct other_day x = {.meant = at};
  term_walk(g->where, finds_other_day, &x);
  return x.found && !text_has(l, k->means, x.found->name);
}

/* Of under_warranty the last word. */
static bool flag_meant(struct lint *l, const struct attr *at, const char *text) {
  const char *part = strrchr(at->name, '_');
  bool flag = at->type.unit == U_FLAG && at->kind != ATTR_ACTIVE;
  return flag && text_has(l, text, part ? part + 1 : at->name);
}

/* The value of the attribute that the name says; NULL: none. */
static const char *value_said(const struct attr *at, const char *name) {
  for (size_t i = 0; i < at->one_of.n; i++)
    if (at->one_of.v[i]->name && has_word(name, telling_word(at->one_of.v[i]->name)))
      return at->one_of.v[i]->name;
  return NULL;
}

/* A flag is asked for by what it is made of, too. */
static void look_for_parts(void *ctx, const struct term *t) {
  struct naming *x = ctx;
  const struct attr *flag = x->attr;
  bool found = x->asked || (t->kind == T_ATTR && t->attr != flag && asks(x, t->attr, NULL));
  x->attr = flag;
  x->asked = found;
}

static bool asks_flag(struct naming *x, const struct attr *flag) {
  if (asks(x, flag, NULL)) return true;
  x->attr = flag;
  if (flag->kind == ATTR_COMPUTED) term_walk(flag->term, look_for_parts, x);
  return x->asked;
}

/* Does one of the texts that the condition lists for the attribute have the word? 0: it lists none
 * of it; -1: it lists others. */
static int lists_word(const struct term *t, const struct attr *at, const char *word) {
  if (!t) return 0;
  if (t->kind == T_AND) {
    int found = lists_word(t->a, at, word);
    return found ? found : lists_word(t->b, at, word);
  }
  const char *const words[] = {word, NULL};
  bool one = t->kind == T_CMP && t->op == OP_EQ && t->a->kind == T_ATTR && t->a->attr == at &&
             t->b->kind == T_CONST && t->b->value.text;
  if (one) return lint_has_word(t->b->value.text, words) ? 1 : -1;
  if (t->kind != T_ONEOF || t->a->kind != T_ATTR || t->a->attr != at) return 0;
  for (size_t i = 0; i < t->list.n; i++)
    if (t->list.v[i]->kind != T_CONST || lint_has_word(t->list.v[i]->value.text, words)) return 1;
  return -1;
}

/* urgent_tickets where urgency one of "Low", "Normal" */
static void check_listed(void *ctx, const struct term *t) {
  struct naming *x = ctx;
  struct lint *l = x->l;
  if (t->kind != T_AGG || !t->agg->where || !t->src || from_library(t->src->span)) return;
  for (size_t i = 0; i < t->agg->entity->attrs.n; i++) {
    const struct attr *at = t->agg->entity->attrs.v[i];
    const char *value = at->one_of.n ? value_said(at, x->kpi->name) : NULL;
    if (!value || lists_word(t->agg->where, at, telling_word(value)) >= 0) continue;
    const char *asked = selection_value(t->agg->where, at);
    const char *const said[] = {asked ? telling_word(asked) : "", NULL};
    if (asked && (x->kpi->term != t || lint_has_word(x->kpi->name, said))) continue;
    if (asked && x->kpi->means && lint_has_word(x->kpi->means, said)) continue;
    if (lint_told(l, l->now->kind.code, t->src->span)) return;
    struct diag *d =
        lint_tell(l, t->src->span, "`%s` is named after \"%s\" of `%s`, and takes others alone",
                  x->kpi->name, value, at->name);
    lint_help(l, d, "name \"%s\" among the texts; or give it another name", value);
    return;
  }
}

static void finds_past(void *ctx, const struct term *t) {
  bool *found = ctx;
  *found |= t->kind == T_AGO || t->kind == T_MOVE || t->kind == T_MOVE_CMP;
}

/* churned_mrr where (mrr 1mo ago) > 0 and mrr = 0: it asks who left by what they pay. */
static bool asks_the_past(const struct term *where) {
  bool found = false;
  term_walk(where, finds_past, &found);
  return found;
}

static void check_agg(void *ctx, const struct term *t) {
  struct naming *x = ctx;
  struct lint *l = x->l;
  const struct kpi *k = x->kpi;
  if (t->kind != T_AGG || t->agg->segment || !t->src) return;
  const struct entity *e = t->agg->entity;
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *at = e->attrs.v[i];
    const char *value = at->one_of.n ? value_said(at, k->name) : NULL;
    bool flag = at->type.unit == U_FLAG && at->kind != ATTR_ACTIVE && has_word(k->name, at->name);
    if (flag && asks_the_past(t->agg->where)) flag = false;
    if ((!value || asks(x, at, value)) && (!flag || asks_flag(x, at))) continue;
    struct diag *d =
        value ? lint_tell(l, t->src->span,
                          "`%s` counts rows of %s whatever their `%s`, and \"%s\" is one of them",
                          k->name, e->name, at->name, value)
              : lint_tell(l, t->src->span, "`%s` counts rows of %s whether `%s` or not", k->name,
                          e->name, at->name);
    lint_note(l, d, at->span, "declared here");
    if (value)
      lint_help(l, d, "add to its `where`: %s is \"%s\"; or give it another name", at->name, value);
    else
      lint_help(l, d, "add to its `where`: %s; or give it another name", at->name);
    return;
  }
}

/* "Tickets that are open, duplicates left out", and it does not ask which are duplicates. */
static void check_meant(void *ctx, const struct term *t) {
  struct naming *x = ctx;
  struct lint *l = x->l;
  const struct kpi *k = x->kpi;
  if (t->kind != T_AGG || t->agg->segment || !t->src || !k->expr) return;
  struct span place = from_library(t->src->span) ? k->expr->span : t->src->span;
  if (lint_told(l, l->now->kind.code, place)) return;
  for (size_t i = 0; i < t->agg->entity->attrs.n; i++) {
    const struct attr *at = t->agg->entity->attrs.v[i];
    const char *value = at->one_of.n ? value_meant(l, at, k->means) : NULL;
    bool flag = (flag_meant(l, at, k->means) && !asks_the_past(t->agg->where)) ||
                day_meant(l, k, t->agg, at);
    if ((!value || asks(x, at, value)) && (!flag || asks_flag(x, at))) continue;
    const char *what = value ? arena_printf(l->a, "\"%s\", a `%s`", value, at->name)
                             : arena_printf(l->a, "`%s`", at->name);
    struct diag *d = lint_tell(
        l, place, "the `means` of `%s` speaks of %s, and its formula does not ask", k->name, what);
    lint_note(l, d, at->span, "declared here");
    lint_help(l, d, "add to its `where` what is meant, or correct the words");
    return;
  }
}

/* "Claims paid", and above the line stands what is "Denied". */
static void check_other_value(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  if (t->kind != T_ARITH || t->op != OP_DIV) return; /* of a rate its means is precise */
  t = t->a;
  if (t->kind != T_AGG || !t->src || !t->agg->where || from_library(t->src->span)) return;
  for (size_t i = 0; i < t->agg->entity->attrs.n; i++) {
    const struct attr *at = t->agg->entity->attrs.v[i];
    const char *asked = at->one_of.n ? selection_value(t->agg->where, at) : NULL;
    const char *meant = asked ? value_meant_exactly(l, at, k->means) : NULL;
    if (!meant || strcmp(meant, asked) == 0 || lint_told(l, l->now->kind.code, t->src->span))
      continue;
    struct diag *d = lint_tell(l, t->src->span,
                               "the `means` of `%s` says \"%s\", and its formula takes what is "
                               "\"%s\"",
                               k->name, meant, asked);
    lint_help(l, d, "write: %s is \"%s\"; or correct the words", at->name, meant);
    return;
  }
}

/* ---- left out, by its words ----------------------------------------------------------- */

static const char *const left_out[] = {"not",    "without", "left out", "excluded", "excluding",
                                       "except", "no",      "exclus",   "exclues",  "hors",
                                       "sans",   "exclue",  "exclu",    "ohne",     NULL};

static bool takes_only(const struct term *where, const struct attr *flag) {
  if (!where) return false;
  if (where->kind == T_AND) return takes_only(where->a, flag) || takes_only(where->b, flag);
  return where->kind == T_ATTR && where->attr == flag;
}

/* "Service that warranty does not pay", where under_warranty */
static void check_left_out(void *ctx, const struct term *t) {
  struct naming *x = ctx;
  struct lint *l = x->l;
  if (t->kind != T_AGG || !t->src || !lint_has_word(x->kpi->means, left_out)) return;
  for (size_t i = 0; i < t->agg->entity->attrs.n; i++) {
    const struct attr *at = t->agg->entity->attrs.v[i];
    if (!takes_only(t->agg->where, at) || !flag_meant(l, at, x->kpi->means)) continue;
    struct diag *d =
        lint_tell(l, t->src->span,
                  "the `means` of `%s` says that something is left out, and its formula takes "
                  "those alone that are `%s`",
                  x->kpi->name, at->name);
    lint_help(l, d, "write: not %s; or correct the words", at->name);
    return;
  }
}

/* ---- not paid, by its words ------------------------------------------------------------- */

static const char *const came[] = {"paid",    "settled",   "collected", "received",   "delivered",
                                   "payé",    "payée",     "payées",    "réglé",      "réglée",
                                   "réglées", "encaissé",  "encaissée", "encaissées", "bezahlt",
                                   "done",    "completed", "reglee",    "payee",      NULL};

/* "What is billed and not paid yet": does it say that of what the attribute is called? */
static bool denied_in_words(struct lint *l, const char *means, const struct attr *at) {
  static const char *const before[] = {"not", "not yet", "non", "pas", "pas encore", "nicht", NULL};
  for (size_t i = 0; came[i]; i++) {
    const char *const word[] = {came[i], NULL};
    if (!lint_has_word(at->name, word)) continue;
    const char *const un[] = {arena_printf(l->a, "un%s", came[i]), NULL};
    if (lint_has_word(means, un)) return true;
    for (size_t k = 0; before[k]; k++) {
      const char *const said[] = {arena_printf(l->a, "%s %s", before[k], came[i]), NULL};
      if (lint_has_word(means, said)) return true;
    }
  }
  return false;
}

/* due overdue: what was done of it, V1056 looks for. */
static bool asks_what_passed(const struct term *t) {
  if (t && t->kind == T_AND) return asks_what_passed(t->a) || asks_what_passed(t->b);
  return t && selection_day_passed(t);
}

/* Has it values that say that a row is over? */
static bool has_state_words(const struct attr *at) {
  static const char *const states[] = {"state", "status", "stage", "statut", "etat", "étape", NULL};
  return at->type.unit == U_TEXT && lint_has_word(at->name, states);
}

/* "Calls that are open", of rows with a day on which they were closed. */
static bool open_in_words(const struct kpi *k, const struct attr *at) {
  static const char *const still[] = {
      "are open",      "is open",      "still open",    "that are not closed",
      "open that day", "sont ouverts", "sont ouvertes", NULL};
  static const char *const over[] = {"closed", "resolved", "solved", "done", "ended", NULL};
  return at->type.unit == U_DATE && lint_has_word(at->name, over) && lint_has_word(k->means, still);
}

static bool asks_state(struct naming *x, const struct entity *e) {
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *at = e->attrs.v[i];
    bool state = at->kind == ATTR_ACTIVE || at->known_from || at->kind == ATTR_COMPUTED ||
                 has_state_words(at);
    if (state && asks_flag(x, at)) return true;
  }
  return false;
}

static void tell_denied(struct naming *x, const struct term *t, const struct attr *at, bool takes) {
  struct lint *l = x->l;
  struct diag *d =
      lint_tell(l, t->src->span,
                takes ? "the `means` of `%s` says not `%s`, and its formula takes those"
                      : "the `means` of `%s` says not `%s`, and its formula does not ask",
                x->kpi->name, at->name);
  lint_note(l, d, at->span, "declared here");
  lint_help(
      l, d,
      at->type.unit == U_FLAG ? "add to its `where`: not %s" : "add to its `where`: %s is unknown",
      at->name);
}

static void check_denied(void *ctx, const struct term *t) {
  struct naming *x = ctx;
  struct lint *l = x->l;
  if (t->kind != T_AGG || t->agg->segment || t->agg->has_period || !t->src) return;
  if (from_library(t->src->span) || lint_told(l, l->now->kind.code, t->src->span)) return;
  bool passed = asks_what_passed(t->agg->where);
  for (size_t i = 0; i < t->agg->entity->attrs.n; i++) {
    const struct attr *at = t->agg->entity->attrs.v[i];
    bool tells = at->type.unit == U_FLAG || (at->type.unit == U_DATE && at->known_from);
    if (!tells) continue;
    bool denied = lint_has_word(at->name, came) && denied_in_words(l, x->kpi->means, at);
    bool takes = denied && x->kpi->term == t && selection_way(t->agg->where, at) > 0;
    bool open = !denied && !passed && x->kpi->term == t && open_in_words(x->kpi, at) &&
                !asks_state(x, t->agg->entity);
    if (!takes && !open && (!denied || passed || asks_flag(x, at))) continue;
    tell_denied(x, t, at, takes);
    return;
  }
}

/* ---- won, or something else -------------------------------------------------------------- */

/* won_quarter where won or closed in this quarter: those that are not won are in it, too. */
static void check_either(struct lint *l, const struct kpi *k) {
  const struct term *w = k->term->kind == T_AGG ? k->term->agg->where : NULL;
  if (!w || w->kind != T_OR || !w->src || from_library(w->src->span)) return;
  const struct term *flag = w->a->kind == T_ATTR ? w->a : w->b->kind == T_ATTR ? w->b : NULL;
  if (!flag || flag->type.unit != U_FLAG || !flag->src) return;
  const char *const own[] = {flag->attr->name, NULL};
  const struct term *other = flag == w->a ? w->b : w->a;
  if (!lint_has_word(k->name, own) || (other->kind == T_ATTR && other->type.unit == U_FLAG)) return;
  struct diag *d = lint_tell(l, w->src->span,
                             "`%s` is named after `%s`, and by the `or` takes those that "
                             "are not, too",
                             k->name, flag->attr->name);
  lint_help(l, d, "write `and` in place of `or`; or give it another name");
}

/* ---- billed, by the day it was paid ---------------------------------------------------- */

static const char *const made[] = {"billed",   "invoiced", "issued", "sent", "facturé",
                                   "facturée", "facture",  "booked", NULL};

/* The day that the condition asks to lie in a period. */
static const struct term *day_in_period(const struct term *t) {
  if (!t) return NULL;
  if (t->kind == T_AND) {
    const struct term *found = day_in_period(t->a);
    return found ? found : day_in_period(t->b);
  }
  return t->kind == T_RANGE && t->a->kind == T_ATTR && t->src ? t : NULL;
}

/* The words that the KPI begins with: billed of billed_90d. */
static bool is_made(struct lint *l, const struct kpi *k) {
  const char *first = arena_strndup(l->a, k->name, strcspn(k->name, "_"));
  return lint_has_word(first, made) && !lint_has_word(k->name, came) &&
         !(k->means && lint_has_word(k->means, came));
}

static void check_made(void *ctx, const struct term *t) {
  struct naming *x = ctx;
  struct lint *l = x->l;
  const struct term *day = t->kind == T_AGG ? day_in_period(t->agg->where) : NULL;
  if (!day || from_library(day->src->span) || !lint_has_word(day->a->attr->name, came)) return;
  for (size_t i = 0; i < t->agg->entity->attrs.n; i++) {
    const struct attr *at = t->agg->entity->attrs.v[i];
    if (at->type.unit != U_DATE || at == day->a->attr || lint_has_word(at->name, came)) continue;
    if (at->known_from) continue;
    struct diag *d = lint_tell(l, day->src->span,
                               "by its name `%s` is of what was billed, and takes what was `%s`",
                               x->kpi->name, day->a->attr->name);
    lint_help(l, d, "write: %s in …; or give it another name", at->name);
    return;
  }
}

/* ---- the rate of what is won, of what is lost ----------------------------------------- */

static const char *const of_success[] = {"win",     "hit",        "success", "acceptance", "gain",
                                         "renewal", "conversion", "close",   "signing",    NULL};
static const char *const bad_values[] = {"lost",    "rejected",  "declined", "refused",   "perdu",
                                         "perdue",  "verloren",  "failed",   "abgelehnt", "refusé",
                                         "refusée", "cancelled", "churned",  NULL};

/* Does the condition ask for such a value alone? */
static const char *bad_asked(const struct term *t) {
  if (!t) return NULL;
  if (t->kind == T_AND) {
    const char *found = bad_asked(t->a);
    return found ? found : bad_asked(t->b);
  }
  bool day = t->kind == T_KNOWN && t->a->kind == T_ATTR && t->a->type.unit == U_DATE;
  if (day) return lint_has_word(t->a->attr->name, bad_values) ? t->a->attr->name : NULL;
  bool text = t->kind == T_CMP && t->op == OP_EQ && t->b->kind == T_CONST && t->b->value.known &&
              unit_class(t->b->type.unit) == CLASS_TXT;
  return text && lint_has_word(t->b->value.text, bad_values) ? t->b->value.text : NULL;
}

static void check_success(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  if (t->kind != T_ARITH || t->op != OP_DIV || !lint_has_word(k->name, of_success)) return;
  const struct term *top = term_core(t->a);
  const char *bad = top->kind == T_AGG ? bad_asked(top->agg->where) : NULL;
  if (!bad || !top->src) return;
  struct diag *d = lint_tell(l, top->src->span,
                             "by its name, `%s` is a part of what went well, and "
                             "above the line stands what is \"%s\"",
                             k->name, bad);
  lint_help(l, d, "name the value of what went well, or give the KPI another name");
}

void lint_name_not_asked(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    struct naming x = {.l = l, .kpi = l->rs->kpis.v[i]};
    if (x.kpi->term) term_walk(x.kpi->term, check_agg, &x);
    if (x.kpi->term && x.kpi->means) term_walk(x.kpi->term, check_meant, &x);
    if (x.kpi->term && x.kpi->means) term_walk(x.kpi->term, check_left_out, &x);
    if (x.kpi->term && x.kpi->means) term_walk(x.kpi->term, check_denied, &x);
    if (x.kpi->term && is_made(l, x.kpi)) term_walk(x.kpi->term, check_made, &x);
    if (x.kpi->term) term_walk(x.kpi->term, check_listed, &x);
    if (x.kpi->term) check_either(l, x.kpi);
    if (x.kpi->term) check_success(l, x.kpi);
    if (x.kpi->term && x.kpi->means) check_other_value(l, x.kpi);
  }
}
