/* In: exports that were imported. Out: the texts of a first policy. */
#include "import/draft.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/text.h"
#include "base/unit.h"
#include "syntax/words.h"

/* ---- words of the data ---------------------------------------------------------------- */

/* What a value of a stage or status means: the beginnings of its words, without accents. */
enum meaning { MEANS_OVER, MEANS_URGENT, MEANS_TRIAL };
static const struct {
  enum meaning means;
  const char *word;
} words[] = {
    {MEANS_OVER, "won"},      {MEANS_OVER, "lost"},          {MEANS_OVER, "closed"},
    {MEANS_OVER, "gagn"},     {MEANS_OVER, "perd"},          {MEANS_OVER, "ferm"},
    {MEANS_OVER, "sign"},     {MEANS_OVER, "abandon"},       {MEANS_OVER, "paid"},
    {MEANS_OVER, "paye"},     {MEANS_OVER, "regle"},         {MEANS_OVER, "void"},
    {MEANS_OVER, "refunded"}, {MEANS_OVER, "uncollectible"}, {MEANS_OVER, "solved"},
    {MEANS_OVER, "resolved"}, {MEANS_OVER, "completed"},     {MEANS_OVER, "done"},
    {MEANS_OVER, "cancel"},   {MEANS_OVER, "deleted"},       {MEANS_OVER, "termin"},
    {MEANS_OVER, "resolu"},   {MEANS_OVER, "disqualified"},  {MEANS_URGENT, "urgent"},
    {MEANS_URGENT, "high"},   {MEANS_URGENT, "critical"},    {MEANS_URGENT, "haut"},
    {MEANS_URGENT, "elev"},   {MEANS_URGENT, "p1"},          {MEANS_URGENT, "blocker"},
    {MEANS_TRIAL, "trial"},   {MEANS_TRIAL, "in_trial"},     {MEANS_TRIAL, "essai"},
};

static bool value_means(const char *value, enum meaning m, struct arena *a) {
  const char *folded = text_folded(a, value);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    const char *at = words[i].means == m ? strstr(folded, words[i].word) : NULL;
    if (at && (at == folded || !isalnum((unsigned char)at[-1]))) return true;
  }
  return false;
}

/* ---- the parts ------------------------------------------------------------------------ */

enum { VALUES_LISTED = 12, ATTRIBUTES_MAX = 600 };

struct part { /* an entity */
  const struct export *e;
  const struct stored *stored;
  const char *name;
  const char *attributes[ATTRIBUTES_MAX]; /* names that rules can use */
  size_t n;
  const char *money[ATTRIBUTES_MAX];
  size_t n_money;
  const char *urgent, *first_urgent; /* "High", "Urgent" as `one of` lists them */
  const char *is_open;               /* the formula of open, or unpaid; NULL: nothing says so */
  const char *open, *closed;         /* how a test gives a row that is: stage "Demo" */
};

struct drafting {
  const struct imported *x;
  struct arena *a;
  FILE *out;
  struct part *parts;
  size_t n;
  const char *currency;
  bool currency_guessed, currencies_many;
  const char *lead;
};

/* Words with a meaning in rules, some of them only at some places: columns that nobody knows are
 * not called so; and names that the draft itself makes. */
static const char *const taken[] = {
#define RESERVED(word, token, ends, begins, infix) word,
#define KEYWORD(word, place, next, token, words) word,
#include "syntax/keyword.def"
#undef RESERVED
#undef KEYWORD
    "gone", "open", "unpaid", "paying", "monthly", "active"};

static bool is_taken(const struct drafting *d, const char *name) {
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
    if (strcmp(taken[i], name) == 0) return true;
  for (const char *const *w = clause_words(); *w; w++)
    if (strcmp(*w, name) == 0) return true;
  for (size_t i = 0; i < d->n; i++)
    if (strcmp(d->parts[i].name, name) == 0) return true;
  return false;
}

/* The name of a column in rules. */
static const char *attribute_name(const struct drafting *d, const struct column *c) {
  return !c->field && is_taken(d, c->name) ? arena_printf(d->a, "%s_column", c->name) : c->name;
}

static bool has(const struct part *p, const char *name) {
  for (size_t i = 0; i < p->n; i++)
    if (strcmp(p->attributes[i], name) == 0) return true;
  return false;
}

static void add(struct part *p, const char *name) {
  if (p->n < ATTRIBUTES_MAX) p->attributes[p->n++] = name;
}

static struct part *part_of(struct drafting *d, enum thing_id thing) {
  for (size_t i = 0; i < d->n; i++)
    if (d->parts[i].e->thing == thing) return &d->parts[i];
  return NULL;
}

static const struct column *role(const struct export *e, enum field_role r) {
  int at = export_role(e, r);
  return at == NO_COLUMN || e->columns[at].is == IS_EMPTY ? NULL : &e->columns[at];
}

/* A text as rules write it. */
static const char *quoted(const char *text, struct arena *a) {
  char *out = arena_alloc(a, strlen(text) * 2 + 3), *w = out;
  *w++ = '"';
  for (const char *c = text; *c; c++) {
    if (*c == '"' || *c == '\\') *w++ = '\\';
    *w++ = *c;
  }
  *w = '"';
  return out;
}

/* "A", "B": those of the column's values that mean so, all of them where m is < 0; "" for none. */
static const char *values(const struct column *c, int m, struct arena *a) {
  const char *text = "";
  for (size_t i = 0; i < c->tally.n_kept; i++) {
    const char *v = c->tally.kept[i];
    if (m >= 0 && !value_means(v, (enum meaning)m, a)) continue;
    text = arena_printf(a, "%s%s%s", text, *text ? ", " : "", quoted(v, a));
  }
  return text;
}

static bool few_values(const struct column *c) {
  for (size_t i = 0; i < c->tally.n_kept; i++)
    if (strpbrk(c->tally.kept[i], "\r\n\t")) return false;
  return !c->tally.many_values && c->tally.n_kept > 1 && c->tally.n_kept <= VALUES_LISTED &&
         c->tally.n >= c->tally.n_kept * 2;
}

/* ---- the calendar --------------------------------------------------------------------- */

static const char *code_of(const char *text) {
  size_t n = text ? strlen(text) : 0;
  const char *code = n ? currency_from_code(text, n) : NULL;
  return code || !n ? code : currency_from_symbol(text, n);
}

static void find_currency(struct drafting *d) {
  for (size_t i = 0; i < d->n; i++)
    for (size_t k = 0; k < d->parts[i].e->n; k++) {
      const struct column *c = &d->parts[i].e->columns[k];
      bool column = c->field && c->field->role == ROLE_CURRENCY;
      const char *text = column && c->tally.n_kept ? c->tally.kept[0] : c->tally.currency;
      const char *code = code_of(text);
      d->currencies_many |= (column && c->tally.n_kept > 1) || c->tally.currencies_differ ||
                            (code && d->currency && strcmp(code, d->currency) != 0);
      if (code && !d->currency) d->currency = code;
    }
  d->currency_guessed = !d->currency;
  if (!d->currency) d->currency = "EUR";
}

static void write_calendar(struct drafting *d) {
  fprintf(d->out, "calendar\n");
  if (d->currency_guessed) fprintf(d->out, "  # Guessed: no column says which.\n");
  if (d->currencies_many)
    fprintf(d->out, "  # There are others, too: they stand side by side, and are never added.\n");
  fprintf(d->out, "  currency %s\n\n", d->currency);
}

/* ---- attributes ----------------------------------------------------------------------- */

/* A date that records what happened: it is not there before its day. */
static bool records(const struct column *c) {
  static const enum field_role roles[] = {ROLE_CLOSED, ROLE_WON_ON, ROLE_QUALIFIED, ROLE_ACCEPTED,
                                          ROLE_CANCELLED};
  for (size_t i = 0; c->field && i < sizeof roles / sizeof *roles; i++)
    if (c->field->role == roles[i]) return true;
  return false;
}

static bool whole_numbers(const struct column *c) {
  for (size_t i = 0; i < c->tally.n_kept; i++)
    if (strpbrk(c->tally.kept[i], ".,")) return false;
  return true;
}

static const char *type_of(const struct column *c) {
  enum field_kind kind = c->field ? c->field->kind : FIELD_ANY;
  enum field_role r = c->field ? c->field->role : ROLES;
  if (c->is == IS_DAY) return "date";
  if (c->is == IS_FLAG) return "flag";
  if (c->is == IS_TEXT) return c->person ? "person" : "text";
  if (kind == FIELD_MONEY || (c->tally.currency && kind == FIELD_ANY)) return "money";
  if (c->tally.percents || r == ROLE_ODDS) return "percent";
  if (r == ROLE_HEALTH) return "score";
  return r == ROLE_QUANTITY && whole_numbers(c) ? "count" : "number";
}

/* Is this money in another currency than the calendar's, or in several? */
static bool foreign(const struct drafting *d, const struct column *c) {
  const char *code = code_of(c->tally.currency);
  return c->tally.currencies_differ || (code && strcmp(code, d->currency) != 0);
}

/* Has a row money that cannot be added to that of another one? */
static bool several_currencies(const struct drafting *d, const struct export *e) {
  const struct column *c = role(e, ROLE_CURRENCY);
  bool several =
      c && (c->tally.n_kept > 1 || (c->tally.n_kept && code_of(c->tally.kept[0]) &&
                                    strcmp(code_of(c->tally.kept[0]), d->currency) != 0));
  for (size_t i = 0; i < e->n; i++)
    several |= e->columns[i].is == IS_NUMBER && foreign(d, &e->columns[i]);
  return several;
}

/* The column with the currency of this money, where there are several; NULL. */
static const struct column *currency_of(const struct drafting *d, const struct part *p,
                                        const struct column *c) {
  for (size_t i = 0; i < p->e->n && foreign(d, c); i++)
    if (p->e->columns[i].of_currency && p->e->columns[i].at == c->at) return &p->e->columns[i];
  return several_currencies(d, p->e) ? role(p->e, ROLE_CURRENCY) : NULL;
}

/* Its past is kept since the first export, and a rule may ask for it. */
static bool keeps_past(const struct drafting *d, const struct export *e, const struct column *c) {
  static const enum field_role roles[] = {ROLE_STAGE, ROLE_STATUS,    ROLE_AMOUNT, ROLE_HEALTH,
                                          ROLE_PLAN,  ROLE_RECURRING, ROLE_YEARLY, ROLE_ODDS};
  if (e->key == NO_COLUMN || e->key_second != NO_COLUMN || e->thing == THING_subscription)
    return false;
  if (c->is == IS_NUMBER && several_currencies(d, e)) return false;
  for (size_t i = 0; c->field && i < sizeof roles / sizeof *roles; i++)
    if (c->field->role == roles[i]) return true;
  return false;
}

/* Free texts are of no use to a rule. */
static bool is_wanted(const struct column *c) {
  if (c->is == IS_EMPTY) return false;
  if (c->field || c->of_currency) return c->field != NULL;
  return c->is != IS_TEXT || c->person || few_values(c);
}

/* The CRM's own record of its stages reaches further back than ours. */
static bool recorded(struct drafting *d, const struct part *p, const struct column *c) {
  return p->e->thing == THING_deal && c->field && c->field->role == ROLE_STAGE &&
         role(p->e, ROLE_CREATED) && part_of(d, THING_change);
}

/* Money in several currencies is read by KPIs that stand them side by side; without one, the run
 * would stop at the first that is not the calendar's. */
static bool has_side_by_side(const struct part *p) {
  bool kind =
      p->e->thing == THING_deal || (p->e->thing == THING_invoice && role(p->e, ROLE_PAYABLE));
  return kind && p->is_open && role(p->e, ROLE_AMOUNT);
}

static const char *money_or_number(struct drafting *d, const struct part *p,
                                   const struct column *c) {
  const char *type = type_of(c);
  bool amount = c->field && c->field->role == ROLE_AMOUNT;
  if (strcmp(type, "money") != 0 || !several_currencies(d, p->e)) return type;
  if (amount && has_side_by_side(p)) return type;
  fprintf(d->out, "  # %s is in several currencies, or in another one: a plain number here.\n",
          c->name);
  return "number";
}

static void write_attribute(struct drafting *d, struct part *p, const struct column *c) {
  const char *type = money_or_number(d, p, c);
  const char *name = attribute_name(d, c);
  bool past = keeps_past(d, p->e, c);
  add(p, name);
  if (strcmp(type, "money") == 0) {
    p->money[p->n_money++] = name;
    if (!d->currency_guessed && !c->tally.currency && !role(p->e, ROLE_CURRENCY))
      fprintf(d->out, "  # Guessed: %s is in %s; nothing in the file says so.\n", name,
              d->currency);
  }
  if (c->field && c->field->role == ROLE_HEALTH && strcmp(type, "percent") == 0)
    add(p, "health_percent");
  fprintf(d->out, "  %s %s ", name, type);
  if (recorded(d, p, c))
    fprintf(d->out, "history \"" STORE_STAGE_CHANGES "\" by \"key\" at \"day\" value \"value\"");
  else if (past)
    fprintf(d->out, "history \"%s\" by \"key\" at \"day\" value \"value\"",
            store_history_view(p->e->table, c->name, d->a));
  else
    fprintf(d->out, "\"%s\"", c->name);
  if (c->is == IS_TEXT && !c->person && !past && few_values(c)) {
    const char *list = values(c, -1, d->a);
    if (*list) fprintf(d->out, " one of %s", list);
  }
  if (records(c) && c->is == IS_DAY) fprintf(d->out, " known from %s", name);
  const struct column *currency = strcmp(type, "money") == 0 && !past ? currency_of(d, p, c) : NULL;
  if (currency) fprintf(d->out, " currency \"%s\"", currency->name);
  if (c->misfits) fprintf(d->out, " unreadable is unknown");
  fprintf(d->out, "\n");
}

/* ---- lines of an entity --------------------------------------------------------------- */

static bool is_full(const struct part *p, const struct column *c) {
  return c && c->is == IS_DAY && !c->misfits && c->tally.n == p->stored->rows;
}

static void write_life(struct drafting *d, struct part *p) {
  const struct export *e = p->e;
  const struct column *at = role(e, ROLE_AT), *from = role(e, ROLE_CREATED);
  const struct column *started = role(e, ROLE_STARTED), *ended = role(e, ROLE_CLOSED);
  if (!ended) ended = role(e, ROLE_CANCELLED);
  if (at) {
    fprintf(d->out, "  at \"%s\"\n", at->name);
  } else if (e->thing == THING_subscription && is_full(p, started) && ended) {
    fprintf(d->out, "  active from \"%s\" until \"%s\"\n", started->name, ended->name);
    add(p, "active");
  } else {
    fprintf(d->out, "  exists from \"%s\" until \"gone_on\"\n",
            is_full(p, from) ? from->name : "imported_on");
    add(p, "gone");
  }
}

static const struct {
  enum field_role role;
  enum thing_id thing;
} parents[] = {{ROLE_ACCOUNT, THING_account},
               {ROLE_SUBSCRIPTION, THING_subscription},
               {ROLE_INVOICE, THING_invoice},
               {ROLE_DEAL, THING_deal}};
enum { PARENTS = sizeof parents / sizeof *parents };

/* Whose key stands in the column; NULL: nobody's. */
static struct part *parent_in(struct drafting *d, const struct part *p, const struct column *c) {
  for (size_t i = 0; i < PARENTS; i++) {
    struct part *parent = part_of(d, parents[i].thing);
    if (!parent || parent == p || parent->e->key == NO_COLUMN) continue;
    if (c->field ? c->field->role == parents[i].role
                 : strcmp(c->name, parent->e->columns[parent->e->key].name) == 0)
      return parent;
  }
  return NULL;
}

static void write_parents(struct drafting *d, struct part *p) {
  struct part *account = part_of(d, THING_account);
  for (size_t i = 0; i < p->e->n; i++) {
    const struct column *c = &p->e->columns[i];
    struct part *parent = (int)i == p->e->key ? NULL : parent_in(d, p, c);
    if (!parent) continue;
    fprintf(d->out, "  belongs to %s by \"%s\"\n", parent->name, c->name);
    add(p, parent->name);
    if (parent == account || has(parent, "account")) add(p, "of_account");
  }
  bool named = export_role(p->e, ROLE_ACCOUNT_NAME) != NO_COLUMN &&
               export_role(p->e, ROLE_ACCOUNT) == NO_COLUMN;
  if (!named || !account || account == p || export_role(account->e, ROLE_LABEL) == NO_COLUMN)
    return;
  fprintf(d->out, "  belongs to account by \"account_id\"\n");
  add(p, "account");
  add(p, "of_account");
}

/* The first value that means so, or that does not. */
static const char *a_value(const struct column *c, enum meaning m, bool means, struct arena *a) {
  for (size_t i = 0; i < c->tally.n_kept; i++)
    if (value_means(c->tally.kept[i], m, a) == means) return quoted(c->tally.kept[i], a);
  return "\"Open\"";
}

/* Which of its values say that the row is over. */
static const char *open_by_values(struct drafting *d, struct part *p, const struct column *c) {
  const char *over =
      c && c->is == IS_TEXT && !c->tally.many_values ? values(c, MEANS_OVER, d->a) : "";
  if (!*over) return NULL;
  p->open = arena_printf(d->a, "%s %s", c->name, a_value(c, MEANS_OVER, false, d->a));
  p->closed = arena_printf(d->a, "%s %s", c->name, a_value(c, MEANS_OVER, true, d->a));
  return arena_printf(d->a, "not (%s one of %s)", c->name, over);
}

static const char *open_by_flag(struct drafting *d, struct part *p, const struct column *c) {
  if (!c || c->is != IS_FLAG) return NULL;
  p->open = arena_printf(d->a, "%s false", c->name);
  p->closed = arena_printf(d->a, "%s true", c->name);
  return arena_printf(d->a, "not %s", c->name);
}

static const char *open_by_day(struct drafting *d, struct part *p, const struct column *c) {
  if (!c || c->is != IS_DAY) return NULL;
  p->open = arena_printf(d->a, "%s unknown", c->name);
  p->closed = arena_printf(d->a, "%s 2026-02-25", c->name);
  return arena_printf(d->a, "%s is unknown", c->name);
}

static const char *open_name(const struct part *p) {
  return p->e->thing == THING_invoice ? "unpaid" : "open";
}

/* A row is open while nothing says that it is over. */
static void find_open(struct drafting *d, struct part *p) {
  const struct export *e = p->e;
  bool ends = e->thing == THING_deal || e->thing == THING_invoice || e->thing == THING_ticket ||
              e->thing == THING_task;
  if (!ends) return;
  p->is_open = open_by_flag(d, p, role(e, ROLE_IS_CLOSED));
  if (!p->is_open) p->is_open = open_by_day(d, p, role(e, ROLE_CLOSED));
  if (!p->is_open) p->is_open = open_by_values(d, p, role(e, ROLE_STAGE));
  if (!p->is_open) p->is_open = open_by_values(d, p, role(e, ROLE_STATUS));
  if (p->is_open) add(p, open_name(p));
}

static void find_urgent(struct drafting *d, struct part *p) {
  const struct column *c = role(p->e, ROLE_PRIORITY);
  if (!c || c->tally.many_values) return;
  p->urgent = values(c, MEANS_URGENT, d->a);
  if (!*p->urgent) return;
  const char *end = strstr(p->urgent, "\", ");
  p->first_urgent = end ? arena_strndup(d->a, p->urgent, (size_t)(end - p->urgent) + 1) : p->urgent;
  add(p, "urgent");
}

/* A trial pays nothing, whatever its price. */
static void write_paying(struct drafting *d, struct part *p) {
  const struct column *flag = role(p->e, ROLE_TRIAL), *status = role(p->e, ROLE_STATUS);
  const char *says = "active";
  if (!has(p, "active")) return;
  if (flag && flag->is == IS_FLAG) says = arena_printf(d->a, "%s and not %s", says, flag->name);
  const char *trials =
      status && !status->tally.many_values ? values(status, MEANS_TRIAL, d->a) : "";
  if (*trials) says = arena_printf(d->a, "%s and not (%s one of %s)", says, status->name, trials);
  fprintf(d->out, "  paying flag = %s\n", says);
  add(p, "paying");
}

/* The intervals that are a year long; NULL: one is neither a month nor a year. */
static const char *years_of(const struct column *c, struct arena *a) {
  const char *years = "";
  for (size_t i = 0; i < c->tally.n_kept; i++) {
    const char *v = c->tally.kept[i];
    bool year = strncasecmp(v, "year", 4) == 0 || strncasecmp(v, "ann", 3) == 0;
    if (!year && strncasecmp(v, "month", 5) != 0 && strncasecmp(v, "mens", 4) != 0) return NULL;
    if (year) years = arena_printf(a, "%s%s\"%s\"", years, *years ? ", " : "", v);
  }
  return years;
}

static const char *monthly_of_amount(struct drafting *d, const struct part *p) {
  const struct column *amount = role(p->e, ROLE_AMOUNT), *each = role(p->e, ROLE_INTERVAL);
  const struct column *seats = role(p->e, ROLE_QUANTITY);
  if (!amount || amount->is != IS_NUMBER || !each) return NULL;
  const char *years = years_of(each, d->a), *whole = amount->name;
  if (!years) return NULL;
  if (seats && seats->is == IS_NUMBER) {
    fprintf(d->out, "  # Guessed: %s is the price of one, of %s.\n", amount->name, seats->name);
    whole = arena_printf(d->a, "%s * %s", whole, seats->name);
  }
  return *years ? arena_printf(d->a, "if %s one of %s then %s / 12 else %s", each->name, years,
                               whole, whole)
                : whole;
}

/* What a subscription comes to in a month; not there where nothing says how long it is paid for. */
static void write_monthly(struct drafting *d, struct part *p) {
  const struct column *mrr = role(p->e, ROLE_RECURRING);
  if (p->e->thing != THING_subscription || !has(p, "one_currency")) return;
  bool known = mrr && mrr->is == IS_NUMBER;
  const char *says = known ? mrr->name : monthly_of_amount(d, p);
  if (!says) return;
  fprintf(d->out, "  monthly money = %s\n", says);
  add(p, "monthly");
  p->money[p->n_money++] = "monthly";
}

/* Health on days of its own is the past of a customer's health. */
static void write_health(struct drafting *d, struct part *p) {
  struct part *list = part_of(d, THING_health);
  const struct column *day = list ? role(list->e, ROLE_AT) : NULL;
  if (p->e->thing != THING_account || !day || has(p, "health") || !role(list->e, ROLE_HEALTH))
    return;
  fprintf(d->out, "  health score history \"%s\" by \"account_id\" at \"%s\" value \"%s\"\n",
          list->e->table, day->name, role(list->e, ROLE_HEALTH)->name);
  add(p, "health");
  add(p, "health_past");
}

static void write_left_out(struct drafting *d, const struct part *p) {
  bool any = false;
  for (size_t i = 0; i < p->e->n; i++) {
    const struct column *c = &p->e->columns[i];
    if ((int)i == p->e->key || c->of_currency || is_wanted(c) || parent_in(d, p, c)) continue;
    fprintf(d->out, "%s%s", any ? ", " : "  # Texts that no rule needs, or empty: ", c->name);
    any = true;
  }
  if (any) fprintf(d->out, "\n");
}

static const char *file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static void write_entity(struct drafting *d, struct part *p) {
  const struct export *e = p->e;
  const char *key = store_key_name(e);
  const struct column *label = role(e, ROLE_LABEL);
  if (!label) label = role(e, ROLE_EMAIL);
  fprintf(d->out, "# %zu %s of %s%s%s.", p->stored->rows,
          plural((long)p->stored->rows, "row", "rows"), file_name(e->path),
          e->vendor ? ", from " : "", e->vendor ? e->vendor : "");
  if (e->key_why) fprintf(d->out, " The key is guessed: %s.", e->key_why);
  fprintf(d->out, "\nentity %s from \"%s\"\n", p->name, e->table);
  if (key) fprintf(d->out, "  key \"%s\"\n", key);
  if (key) fprintf(d->out, "  label \"%s\"\n", label ? label->name : e->columns[e->key].name);
  find_open(d, p);
  write_parents(d, p);
  write_life(d, p);
  for (size_t i = 0; i < e->n; i++)
    if ((int)i != e->key && is_wanted(&e->columns[i]) && !parent_in(d, p, &e->columns[i]))
      write_attribute(d, p, &e->columns[i]);
  if (!several_currencies(d, e)) add(p, "one_currency");
  if (has(p, "gone")) fprintf(d->out, "  gone date \"gone_on\" known from gone\n");
  write_health(d, p);
  if (p->is_open) fprintf(d->out, "  %s flag = %s and gone is unknown\n", open_name(p), p->is_open);
  find_urgent(d, p);
  write_paying(d, p);
  write_monthly(d, p);
  write_left_out(d, p);
  fprintf(d->out, "\n");
}

/* ---- which tables become entities ----------------------------------------------------- */

static const char *entity_name(const struct export *e, struct arena *a) {
  if (e->thing != THING_UNKNOWN && strcmp(e->table, thing_of(e->thing)->table) == 0)
    return thing_of(e->thing)->entity;
  size_t n = strlen(e->table);
  bool many = n > 3 && e->table[n - 1] == 's' && e->table[n - 2] != 's';
  return many ? arena_strndup(a, e->table, n - 1) : arena_printf(a, "%s_row", e->table);
}

/* A table without a key and without a day can be neither judged nor summed over time. */
static bool is_entity(const struct export *e) {
  return e->key != NO_COLUMN || role(e, ROLE_AT) != NULL;
}

static void find_parts(struct drafting *d) {
  d->parts = NEW_N(d->a, struct part, d->x->n + 1);
  for (size_t i = 0; i < d->x->n; i++)
    if (is_entity(&d->x->exports[i]))
      d->parts[d->n++] = (struct part){.e = &d->x->exports[i],
                                       .stored = &d->x->stored[i],
                                       .name = entity_name(&d->x->exports[i], d->a)};
}

/* ---- offers --------------------------------------------------------------------------- */

struct offer {
  const char *entity, *needs, *team, *kpi, *rule, *test;
};
static const struct offer offers[] = {
#define OFFER(entity, needs, team, kpi, rule, test) {entity, needs, team, kpi, rule, test},
#include "import/offer.def"
#undef OFFER
};
enum { OFFERS = sizeof offers / sizeof *offers };

static struct part *part_for(struct drafting *d, const struct offer *o) {
  for (size_t i = 0; i < d->n; i++) {
    struct part *p = &d->parts[i];
    if (strcmp(p->name, o->entity) != 0) continue;
    const char *at = o->needs;
    bool all = true;
    while (*at && all) {
      size_t n = strcspn(at, " ");
      all = has(p, arena_strndup(d->a, at, n));
      at += n + (at[n] == ' ');
    }
    return all ? p : NULL;
  }
  return NULL;
}

/* What rules bring together has one currency. */
static const char *worth_line(const struct part *p, const char *money, struct arena *a) {
  if (!has(p, "one_currency")) return "";
  for (size_t i = 0; i < p->n_money; i++)
    if (strcmp(p->money[i], money) == 0) return arena_printf(a, "  worth %s\n", money);
  return "";
}

/* How a row of a test leads to an account: by itself, or through a subscription. */
static const char *leading(const struct part *p, const char *account, bool parent,
                           struct arena *a) {
  bool direct = has(p, "account");
  if (parent)
    return direct ? ""
                  : arena_printf(a, "  given subscription \"S %s\" account \"%s\"\n", account,
                                 account);
  return direct ? arena_printf(a, "account \"%s\"", account)
                : arena_printf(a, "subscription \"S %s\"", account);
}

/* What stands for a mark; NULL: it is not one of ours, and stays. */
static const char *meant_by(const struct part *p, const char *mark, struct arena *a) {
  if (strcmp(mark, "open") == 0) return p->open;
  if (strcmp(mark, "closed") == 0) return p->closed;
  if (strcmp(mark, "%") == 0) return has(p, "health_percent") ? "%" : "";
  if (strcmp(mark, "pp") == 0) return has(p, "health_percent") ? "pp" : "";
  if (strcmp(mark, "by") == 0) return has(p, "one_currency") ? "" : " by currency";
  if (strcmp(mark, "owner") == 0) return has(p, "owner") ? ", owner \"ana@company.example\"" : "";
  if (strcmp(mark, "urgent") == 0) return p->urgent;
  if (strcmp(mark, "first urgent") == 0) return p->first_urgent;
  if (strncmp(mark, "parent ", 7) == 0) return leading(p, mark + 7, true, a);
  if (strncmp(mark, "link ", 5) == 0) return leading(p, mark + 5, false, a);
  if (strncmp(mark, "worth ", 6) == 0) return worth_line(p, mark + 6, a);
  return NULL;
}

static const char *filled_in(struct drafting *d, const struct part *p, const char *text) {
  const char *out = "";
  for (const char *open; (open = strchr(text, '{'));) {
    const char *close = strchr(open, '}');
    CHECK(close);
    const char *mark = arena_strndup(d->a, open + 1, (size_t)(close - open - 1));
    const char *with = meant_by(p, mark, d->a);
    if (!with) with = arena_printf(d->a, "{%s}", mark);
    out = arena_printf(d->a, "%s%.*s%s", out, (int)(open - text), text, with);
    text = close + 1;
  }
  return arena_printf(d->a, "%s%s", out, text);
}

/* ---- teams ---------------------------------------------------------------------------- */

/* Are those who stand there addresses? Names of people who are not known assign nobody. */
static bool owners_are_addresses(const struct part *p) {
  const struct column *c = role(p->e, ROLE_OWNER);
  size_t unknown = 0;
  if (!c) return false;
  for (size_t i = 0; i < p->stored->n_misses; i++)
    if (strcmp(p->stored->misses[i].column, c->name) == 0) unknown += p->stored->misses[i].rows;
  return c->tally.addresses == c->tally.n || unknown * 10 < c->tally.n;
}

static const struct {
  const char *team;
  enum thing_id thing;
} owned[] = {{"Sales", THING_deal}, {"CS", THING_account}, {"SDR", THING_contact}};

static void write_team(struct drafting *d, const char *team) {
  fprintf(d->out, "team %s\n  assigns ", team);
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
    struct part *p = part_of(d, owned[i].thing);
    if (strcmp(owned[i].team, team) == 0 && p && has(p, "owner") && owners_are_addresses(p))
      fprintf(d->out, "%s.owner else ", p->name);
  }
  fprintf(d->out, "\"%s\"\n\n", d->lead);
}

/* Is the team of an offer that fits, or the owner of its KPI? */
static bool team_needed(struct drafting *d, const char *team) {
  const char *owner = arena_printf(d->a, "owner %s\n", team);
  for (size_t i = 0; i < OFFERS; i++)
    if ((strcmp(offers[i].team, team) == 0 || strstr(offers[i].kpi, owner)) &&
        part_for(d, &offers[i]))
      return true;
  return false;
}

static void write_teams(struct drafting *d) {
  static const char *const teams[] = {"Sales", "CS", "CS_lead", "SDR", "Support", "Finance"};
  fprintf(d->out, "# ---- people: who gets what nobody is named for ----\n\n");
  for (size_t t = 0; t < sizeof teams / sizeof *teams; t++)
    if (team_needed(d, teams[t])) write_team(d, teams[t]);
}

/* ---- the texts ------------------------------------------------------------------------ */

static FILE *begin(struct drafting *d, char **text, size_t *n) {
  d->out = open_memstream(text, n);
  CHECK(d->out);
  return d->out;
}

static const char *end(struct drafting *d, char **text, size_t *n) {
  fclose(d->out);
  while (*n > 1 && (*text)[*n - 1] == '\n' && (*text)[*n - 2] == '\n') (*text)[--*n] = 0;
  const char *kept = arena_strdup(d->a, *text);
  free(*text);
  return kept;
}

static const char *data_text(struct drafting *d, const char *day) {
  char *text;
  size_t n;
  begin(d, &text, &n);
  fprintf(
      d->out,
      "# What the tables of data.db mean, as the exports of %s have them. A quoted word is a name\n"
      "# in the data, a bare word is ours. Look at the lines that say guessed.\n"
      "language 1\n\n",
      day);
  write_calendar(d);
  for (size_t i = 0; i < d->n; i++) write_entity(d, &d->parts[i]);
  return end(d, &text, &n);
}

static const char *policy_text(struct drafting *d, struct drafted *out) {
  char *text;
  size_t n;
  bool nrr = false;
  const char *floor = "";
  for (size_t i = 0; i < OFFERS; i++)
    if (part_for(d, &offers[i])) {
      nrr |= strstr(offers[i].kpi, "net_revenue_retention") != NULL;
      if (strstr(offers[i].rule, "health_floor"))
        floor = filled_in(d, part_for(d, &offers[i]), "threshold health_floor = 50{%}\n\n");
      out->n_kpis += *offers[i].kpi != 0;
      out->n_rules += *offers[i].rule != 0;
    }
  begin(d, &text, &n);
  fprintf(d->out,
          "# What we watch, and who does what when it moves: rules that fit these data, to begin "
          "with.\n"
          "# Change a number, and `vigie plan` says what it does.\nlanguage 1\n");
  if (nrr) fprintf(d->out, "use std.retention\n");
  fprintf(d->out, "\n");
  fputs(floor, d->out);
  for (size_t i = 0; i < OFFERS; i++)
    if (*offers[i].kpi && part_for(d, &offers[i]))
      fprintf(d->out, "%s\n", filled_in(d, part_for(d, &offers[i]), offers[i].kpi));
  if (out->n_rules || out->n_kpis) write_teams(d);
  for (size_t i = 0; i < OFFERS; i++) {
    const struct part *p = part_for(d, &offers[i]);
    if (p && *offers[i].rule) fprintf(d->out, "%s\n", filled_in(d, p, offers[i].rule));
  }
  return end(d, &text, &n);
}

static const char *tests_text(struct drafting *d) {
  char *text;
  size_t n;
  bool any = false;
  begin(d, &text, &n);
  fprintf(d->out,
          "# What must come out of a few rows. `vigie test rules` runs them, without a database.\n"
          "language 1\n\n");
  for (size_t i = 0; i < OFFERS; i++) {
    const struct part *p = part_for(d, &offers[i]);
    if (!p || !*offers[i].test) continue;
    any = true;
    fprintf(d->out, "%s\n", filled_in(d, p, offers[i].test));
  }
  const char *tests = end(d, &text, &n);
  return any ? tests : "";
}

static const char *readme_text(struct drafting *d, const char *day) {
  char *text;
  size_t n;
  begin(d, &text, &n);
  fprintf(d->out,
          "# Our policy\n\n`rules/` says what we watch and who does what when it moves; `data.db` "
          "has our exports.\n\n"
          "```sh\nvigie run rules --db data.db                # judges the data, keeps the items\n"
          "vigie items                                 # what is to do\n"
          "vigie plan rules --db data.db               # what an edit of the rules would "
          "change\n```\n\n"
          "Each week, take the new exports in, then run again. What changed since the last ones is "
          "kept:\n\n"
          "```sh\nvigie import");
  for (size_t i = 0; i < d->x->n; i++)
    fprintf(d->out, " %s", text_shell_word(d->a, d->x->exports[i].path));
  fprintf(d->out,
          " --into data.db\nvigie run rules --db data.db\n```\n\nThe first exports are of %s.\n",
          day);
  return end(d, &text, &n);
}

void draft_make(const struct imported *x, day_t day, const char *lead, struct arena *a,
                struct drafted *out) {
  struct drafting d = {.x = x, .a = a, .lead = lead};
  char text[16];
  day_text(day, text);
  *out = (struct drafted){0};
  find_parts(&d);
  find_currency(&d);
  out->data = data_text(&d, text);
  out->policy = policy_text(&d, out);
  out->tests = tests_text(&d);
  out->readme = readme_text(&d, text);
}
