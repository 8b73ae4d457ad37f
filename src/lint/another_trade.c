/* Rules that went to the wrong team. In: what a rule is about, and who does it, both by their
 * names. Out: an invoice that Support is to collect, where there is a team Finance. */
#include <string.h>
#include <strings.h>

#include "lint/check.h"

enum trade { FINANCE, SUPPORT, SALES, MARKETING, TRADES };

/* Words of teams, and of entities that are their business; whom their business is none of. Teams of
 * customers, of operations and above are nobody's opposite. */
static const struct {
  const char *const teams[16], *const things[20];
  bool never[TRADES];
} trades[] = {
    [FINANCE] = {{"finance", "finances", "billing", "accounting", "accounts", "compta",
                  "comptabilité", "comptabilite", "facturation", "recouvrement", "treasury",
                  "collections", "ar", "buchhaltung"},
                 {"invoice", "bill", "facture", "payment", "paiement", "dunning", "credit_note",
                  "receivable", "avoir", "rechnung", "échéancier", "impayé", "zahlung"},
                 {[SUPPORT] = true, [MARKETING] = true}},
    [SUPPORT] = {{"support", "helpdesk", "help_desk", "service_desk", "assistance", "hotline",
                  "technique", "technical", "tech", "engineering", "product", "produit"},
                 {"ticket", "case", "incident", "bug", "complaint", "réclamation", "reclamation",
                  "demande"},
                 {[FINANCE] = true, [MARKETING] = true}},
    [SALES] = {{"sales", "ventes", "vente", "commercial", "commerciaux", "sellers", "ae", "aes",
                "account_executives", "vertrieb"},
               {"deal", "opportunity", "affaire", "opportunité", "opportunite", "quote", "devis",
                "offer", "angebot"},
               {[SUPPORT] = true}},
    [MARKETING] = {{"marketing", "sdr", "sdrs", "bdr", "bdrs", "demand_gen"},
                   {"lead", "campaign", "campagne", "mql", "prospect", "visitor"},
                   {[FINANCE] = true, [SUPPORT] = true}}};

struct business { /* what a rule is about */
  struct lint *l;
  bool of[TRADES];
  bool other; /* something besides that is nobody's */
};

static int trade_of_team(const char *name) {
  for (int i = 0; i < TRADES; i++)
    if (name && lint_has_word(name, trades[i].teams)) return i;
  return -1;
}

static int trade_of_thing(const char *name) {
  for (int i = 0; i < TRADES; i++)
    if (lint_has_word(name, trades[i].things)) return i;
  return -1;
}

/* A KPI is the business of who answers for it. */
static void take_kpi(void *ctx, const struct term *t) {
  struct business *x = ctx;
  if (t->kind != T_KPI) return;
  int trade = trade_of_team(t->kpi->owner);
  if (trade >= 0)
    x->of[trade] = true;
  else
    x->other = true;
}

/* Its rows are; where they are customers, or there are none, its KPIs are. */
static struct business business_of(struct lint *l, const struct rule *r) {
  struct business x = {.l = l};
  int trade = r->entity ? trade_of_thing(r->entity->name) : -1;
  if (trade >= 0)
    x.of[trade] = true;
  else
    term_walk(r->when, take_kpi, &x);
  return x;
}

/* The only trade that it is of; -1: several, or none. */
static int only_trade(const struct business *x) {
  int found = -1;
  for (int i = 0; i < TRADES; i++) {
    if (x->of[i] && found >= 0) return -1;
    if (x->of[i]) found = i;
  }
  return x->other ? -1 : found;
}

/* A ticket about an invoice may be Finance's. */
static void take_text(void *ctx, const struct term *t) {
  struct business *x = ctx;
  const char *texts[] = {t->kind == T_CONST ? t->value.text : NULL,
                         t->kind == T_ATTR ? t->attr->name : NULL};
  for (int i = 0; i < 2; i++) {
    if (!texts[i]) continue;
    for (int k = 0; k < TRADES; k++)
      if (lint_has_word(texts[i], trades[k].teams) || lint_has_word(texts[i], trades[k].things))
        x->of[k] = true;
  }
}

static bool speaks_of(struct lint *l, const struct rule *r, int trade) {
  struct business x = {.l = l};
  term_walk(r->when, take_text, &x);
  const char *texts[] = {r->name, r->action_text};
  for (int i = 0; i < 2; i++)
    x.of[trade] |= texts[i] && (lint_has_word(texts[i], trades[trade].teams) ||
                                lint_has_word(texts[i], trades[trade].things));
  return x.of[trade];
}

static const struct team *team_of(const struct lint *l, int trade) {
  for (size_t i = 0; i < l->rs->teams.n; i++)
    if (trade_of_team(l->rs->teams.v[i]->name) == trade) return l->rs->teams.v[i];
  return NULL;
}

/* ---- the person who is called so ------------------------------------------------------- */

static const struct entity *entity_called(const struct lint *l, const char *name) {
  for (size_t i = 0; i < l->rs->entities.n; i++)
    if (strcmp(l->rs->entities.v[i]->name, name) == 0) return l->rs->entities.v[i];
  return NULL;
}

/* csm of team CS */
static bool begins_with(const struct attr *at, const char *team) {
  size_t n = strlen(team);
  return at->type.unit == U_PERSON && n >= 2 && strlen(at->name) <= n + 1 &&
         strncasecmp(at->name, team, n) == 0;
}

/* team CS assigns customer.ae, of customers that have a csm */
static void check_person(struct lint *l, const struct team *t) {
  const struct expr *e = t->assigns;
  while (e && e->kind == E_ELSE) e = e->a;
  if (!e || e->kind != E_PATH || e->path.n != 2) return;
  const struct entity *of = entity_called(l, e->path.v[0]);
  const struct attr *own = NULL, *given = NULL;
  for (size_t i = 0; of && i < of->attrs.n; i++) {
    if (strcmp(of->attrs.v[i]->name, e->path.v[1]) == 0) given = of->attrs.v[i];
    if (!own && begins_with(of->attrs.v[i], t->name)) own = of->attrs.v[i];
  }
  if (!own || !given || own == given || begins_with(given, t->name)) return;
  if (trade_of_team(given->name) < 0) return; /* who stands in for them may be called anything */
  struct diag *d = lint_tell(l, e->span, "team %s takes its people from `%s`, and %s has a `%s`",
                             t->name, given->name, of->name, own->name);
  lint_note(l, d, own->span, "declared here");
  lint_help(l, d, "write: assigns %s.%s", of->name, own->name);
}

void lint_another_trade(struct lint *l) {
  for (size_t i = 0; i < l->rs->teams.n; i++) check_person(l, l->rs->teams.v[i]);
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    int mine = r->team ? trade_of_team(r->team->name) : -1;
    if (mine < 0) continue;
    struct business x = business_of(l, r);
    int about = only_trade(&x);
    const struct team *better = about >= 0 && about != mine ? team_of(l, about) : NULL;
    if (!better || !trades[about].never[mine] || speaks_of(l, r, mine)) continue;
    struct diag *d =
        lint_tell(l, rule_span(r), "%s is the business of team %s, and goes to team %s",
                  rule_title(l, r), better->name, r->team->name);
    lint_help(l, d, "write: assign %s; or say in its name or text what team %s does in it",
              better->name, r->team->name);
  }
}
