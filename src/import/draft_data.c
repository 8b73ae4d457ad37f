/* In: exports that were imported. Out: what their tables mean, as rules declare it. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/unit.h"
#include "import/draft_parts.h"
#include "syntax/words.h"

/* ---- words of the data ---------------------------------------------------------------- */

/* What a value of a stage or status means: the beginnings of its words, without accents. */
static const struct {
  enum value_meaning means;
  const char *word;
} words[] = {
    {MEANS_OVER, "won"},
    {MEANS_OVER, "lost"},
    {MEANS_OVER, "closed"},
    {MEANS_OVER, "gagn"},
    {MEANS_OVER, "perd"},
    {MEANS_OVER, "ferm"},
    {MEANS_OVER, "sign"},
    {MEANS_OVER, "abandon"},
    {MEANS_OVER, "paid"},
    {MEANS_OVER, "paye"},
    {MEANS_OVER, "regle"},
    {MEANS_OVER, "void"},
    {MEANS_OVER, "refunded"},
    {MEANS_OVER, "uncollectible"},
    {MEANS_OVER, "solved"},
    {MEANS_OVER, "resolved"},
    {MEANS_OVER, "completed"},
    {MEANS_OVER, "done"},
    {MEANS_OVER, "cancel"},
    {MEANS_OVER, "deleted"},
    {MEANS_OVER, "termin"},
    {MEANS_OVER, "resolu"},
    {MEANS_OVER, "disqualified"},
    {MEANS_URGENT, "urgent"},
    {MEANS_URGENT, "high"},
    {MEANS_URGENT, "critical"},
    {MEANS_URGENT, "haut"},
    {MEANS_URGENT, "elev"},
    {MEANS_URGENT, "p1"},
    {MEANS_URGENT, "blocker"},
    {MEANS_TRIAL, "trial"},
    {MEANS_TRIAL, "in_trial"},
    {MEANS_TRIAL, "essai"},
    {MEANS_LATE, "past_due"},
    {MEANS_LATE, "past due"},
    {MEANS_LATE, "unpaid"},
    {MEANS_LATE, "overdue"},
    {MEANS_LATE, "dunning"},
    {MEANS_LATE, "impay"},
    {MEANS_LATE, "retard"},
    {MEANS_FAILED, "fail"},
    {MEANS_FAILED, "declin"},
    {MEANS_FAILED, "reject"},
    {MEANS_FAILED, "refus"},
    {MEANS_FAILED, "echou"},
    {MEANS_FAILED, "echec"},
    {MEANS_FRESH, "new"},
    {MEANS_FRESH, "nouveau"},
    {MEANS_FRESH, "nouvelle"},
    {MEANS_FRESH, "mql"},
    {MEANS_FRESH, "marketing qualified"},
    {MEANS_FRESH, "marketingqualified"},
};

static bool value_means(const char *value, enum value_meaning m, struct arena *a) {
  const char *folded = text_folded(a, value);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    const char *at = words[i].means == m ? strstr(folded, words[i].word) : NULL;
    if (at && (at == folded || !isalnum((unsigned char)at[-1]))) return true;
  }
  return false;
}

const struct value_asked values_asked[VALUES_ASKED] = {
    {"urgent", THING_ticket, ROLE_PRIORITY, MEANS_URGENT},
    {"late", THING_subscription, ROLE_STATUS, MEANS_LATE},
    {"failed", THING_payment, ROLE_STATUS, MEANS_FAILED},
    {"fresh", THING_contact, ROLE_STATUS, MEANS_FRESH},
};

/* ---- the parts ------------------------------------------------------------------------ */

enum { VALUES_LISTED = 12 };

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

static void add(struct drafting *d, struct part *p, const char *name) {
  VEC_PUSH(d->a, &p->attributes, name);
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
    if (m >= 0 && !value_means(v, (enum value_meaning)m, a)) continue;
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

/* "Date d'échéance", "Nom du client": words that no English header has. */
static bool is_french(struct drafting *d, const char *header) {
  static const char *const words[] = {" de ", " du ",   " d'",     " des ",  " en ",
                                      "nom ", "date d", "montant", "statut", "propriétaire"};
  static const char *const letters[] = {"é", "è", "ê", "à", "ç", "û", "î", "É", "È", "À"};
  const char *folded = text_folded(d->a, header);
  for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
    if (strstr(header, letters[i])) return true;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strstr(folded, text_folded(d->a, words[i]))) return true;
  return false;
}

/* Most of the files have a French header, and one in three of all headers is. */
static bool reads_french(struct drafting *d) {
  size_t files = 0, headers = 0, all = 0;
  for (size_t i = 0; i < d->x->n; i++) {
    const struct export *e = &d->x->exports[i];
    size_t here = 0;
    for (size_t k = 0; k < e->n; k++) here += is_french(d, e->columns[k].header);
    files += here > 0;
    headers += here;
    all += e->n;
  }
  return files * 2 > d->x->n && headers * 3 >= all;
}

/* So that `vigie run` alone is enough in the folder that `init` writes. */
static void write_project(struct drafting *d) {
  fprintf(d->out,
          "# Why `vigie run` alone is enough in this project: each path is seen from this file.\n"
          "project\n  data \"../data.db\"\n  state \"../actions.db\"\n");
  if (reads_french(d)) fprintf(d->out, "  language of output fr\n");
  fprintf(d->out, "\n");
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

/* Where it is empty it has not happened. A cell that nobody can read says neither. */
static bool happens_on(const struct column *c) {
  return records(c) && c->is == IS_DAY && !c->misfits;
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
  if (c->tally.percents) return "percent";
  if (r == ROLE_ODDS) return c->tally.largest > 1 ? "percent" : "share";
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
  const struct column *c = part_column(e, ROLE_CURRENCY);
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
  return several_currencies(d, p->e) ? part_column(p->e, ROLE_CURRENCY) : NULL;
}

/* Its past is kept since the first export, and a rule may ask for it. */
static bool keeps_past(const struct drafting *d, const struct export *e, const struct column *c) {
  static const enum field_role roles[] = {ROLE_STAGE, ROLE_STATUS,    ROLE_AMOUNT, ROLE_HEALTH,
                                          ROLE_PLAN,  ROLE_RECURRING, ROLE_YEARLY, ROLE_ODDS};
  /* what a subscription comes to in a month is made of all of these */
  static const enum field_role paid[] = {ROLE_QUANTITY, ROLE_INTERVAL, ROLE_TRIAL};
  if (c < e->columns || c >= e->columns + e->n) return false; /* it is of another table */
  if (e->key == NO_COLUMN || e->key_second != NO_COLUMN) return false;
  if (c->is == IS_NUMBER && several_currencies(d, e)) return false;
  for (size_t i = 0; c->field && i < sizeof roles / sizeof *roles; i++)
    if (c->field->role == roles[i]) return true;
  for (size_t i = 0; c->field && e->thing == THING_subscription && i < sizeof paid / sizeof *paid;
       i++)
    if (c->field->role == paid[i]) return true;
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
         part_column(p->e, ROLE_CREATED) && draft_part(d, THING_change);
}

/* Money in several currencies is read by KPIs that stand them side by side; without one, the run
 * would stop at the first that is not the calendar's. */
static bool has_side_by_side(const struct part *p) {
  bool kind = p->e->thing == THING_deal ||
              (p->e->thing == THING_invoice && part_column(p->e, ROLE_PAYABLE));
  return kind && p->is_open && part_column(p->e, ROLE_AMOUNT);
}

/* A guess about money is said where it is written down, and by `init`. */
static void guess(struct drafting *d, const struct part *p, const char *what) {
  fprintf(d->out, "  # Guessed: %s.\n", what);
  draft_note(d, "Guessed of %s: %s.", p->e->table, what);
}

static const char *money_or_number(struct drafting *d, const struct part *p,
                                   const struct column *c) {
  const char *type = type_of(c);
  bool amount = c->field && c->field->role == ROLE_AMOUNT;
  if (strcmp(type, "money") != 0 || !several_currencies(d, p->e)) return type;
  if (amount && has_side_by_side(p)) return type;
  fprintf(d->out, "  # %s is in several currencies, or in another one: a plain number here.\n",
          c->name);
  draft_note(d, "%s of %s is in several currencies, or in another one: a plain number in rules.",
             c->name, p->e->table);
  return "number";
}

/* A day that nobody can read, or a health of "green" and "red", is a text: no rule of ours counts
 * on it. */
static bool is_as_known(const struct column *c) {
  static const enum column_is is[] = {
      [FIELD_TEXT] = IS_TEXT,     [FIELD_PERSON] = IS_TEXT,  [FIELD_DAY] = IS_DAY,
      [FIELD_NUMBER] = IS_NUMBER, [FIELD_MONEY] = IS_NUMBER, [FIELD_FLAG] = IS_FLAG};
  return !c->field || c->field->kind == FIELD_ANY || is[c->field->kind] == c->is;
}

/* `health drop` looks 30 days back. */
static void note_past_of_health(struct drafting *d, struct part *p, const char *from) {
  enum { LOOKS_BACK = 30 };
  char now[16], then[16];
  day_t begins = d->day;
  if (from && !day_parse(from, strnlen(from, 10), &begins)) begins = d->day;
  if (begins + LOOKS_BACK <= d->day) return;
  p->health_waits = arena_printf(
      d->a, "Of health nothing before %s is known: its fall in 30 days can be judged from %s on,",
      day_text(begins, now), day_text(begins + LOOKS_BACK, then));
}

/* To 100, to 10 or to 1: the numbers say it. */
static void note_health(struct drafting *d, struct part *p, const struct column *c,
                        const char *from) {
  if (c->is != IS_NUMBER) return;
  note_past_of_health(d, p, from);
  add(d, p, "health_past");
  p->health_percent = c->tally.percents > 0;
  p->health_scale = c->tally.largest > 10 || p->health_percent ? 100
                    : c->tally.largest > 1                     ? 10
                                                               : 1;
}

static void write_health_waits(struct drafting *d, const struct part *p) {
  if (p->health_waits && p->e->thing == THING_account)
    fprintf(d->out, "  # %s\n  # with the exports of that day.\n", p->health_waits);
}

/* Of what a subscription came to before its first export, nothing is known but that. */
static void write_paid_before(struct drafting *d, const struct part *p, const struct column *c) {
  char day[16];
  enum field_role r = c->field ? c->field->role : ROLES;
  bool paid = r == ROLE_AMOUNT || r == ROLE_RECURRING;
  if (!paid || p->e->thing != THING_subscription || !part_has(p, "active")) return;
  if (keeps_past(d, p->e, c)) {
    fprintf(d->out, "  # Kept from %s on; of the days before, nothing but that is known.\n",
            day_text(d->day, day));
  } else {
    fprintf(d->out,
            "  # That of the newest export, on every day before, too: its past is not "
            "kept.\n");
  }
}

static void write_attribute(struct drafting *d, struct part *p, const struct column *c) {
  const char *type = money_or_number(d, p, c);
  const char *name = attribute_name(d, c);
  bool past = keeps_past(d, p->e, c), happens = happens_on(c);
  bool is_subscription = p->e->thing == THING_subscription;
  if (is_as_known(c)) add(d, p, name);
  if (strcmp(type, "money") == 0) {
    VEC_PUSH(d->a, &p->money, name);
    if (!d->currency_guessed && !c->tally.currency && !part_column(p->e, ROLE_CURRENCY))
      guess(d, p,
            arena_printf(d->a, "%s is in %s; nothing in the file says so", name, d->currency));
  }
  if (c->field && c->field->role == ROLE_HEALTH) note_health(d, p, c, NULL);
  if (c->field && c->field->role == ROLE_HEALTH) write_health_waits(d, p);
  write_paid_before(d, p, c);
  fprintf(d->out, "  %s %s ", name, type);
  if (recorded(d, p, c))
    fprintf(d->out, "history \"" STORE_STAGE_CHANGES "\" by \"key\" at \"day\" value \"value\"");
  else if (past)
    fprintf(d->out, "history \"%s\" by \"key\" at \"day\" value \"value\"",
            store_history_view(p->e->table, c->name, d->a));
  else
    fprintf(d->out, "\"%s\"", c->name);
  /* A stage that nobody has seen may mean that a deal is over: it is unknown until it is listed. */
  /* what import takes in and says must not stop the run: "TBD" among days, a new status */
  bool lenient = (c->is == IS_DAY && !happens) || c->is == IS_NUMBER;
  bool listed = c == p->open_by || ((!past || is_subscription) && few_values(c));
  if (c->is == IS_TEXT && !c->person && listed) {
    const char *list = values(c, -1, d->a);
    if (*list) fprintf(d->out, " one of %s", list), lenient = true;
  }
  if (happens) fprintf(d->out, " known from %s", name);
  const struct column *currency = strcmp(type, "money") == 0 && !past ? currency_of(d, p, c) : NULL;
  if (currency) fprintf(d->out, " currency \"%s\"", currency->name);
  if (lenient) fprintf(d->out, " unreadable is unknown");
  fprintf(d->out, "\n");
}

/* ---- lines of an entity --------------------------------------------------------------- */

static bool is_full(const struct part *p, const struct column *c) {
  return c && c->is == IS_DAY && !c->misfits && c->tally.n == p->stored->rows;
}

/* A list of those that run alone has no day on which one ended: it has ended when it is gone. */
static const char *until_of(const struct export *e) {
  const struct column *ended = part_column(e, ROLE_CLOSED);
  if (!ended) ended = part_column(e, ROLE_CANCELLED);
  return ended ? ended->name : "gone_on";
}

static void write_life(struct drafting *d, struct part *p) {
  const struct export *e = p->e;
  const struct column *at = part_column(e, ROLE_AT), *from = part_column(e, ROLE_CREATED);
  const struct column *started = part_column(e, ROLE_STARTED);
  if (at) {
    fprintf(d->out, "  at \"%s\"\n", at->name);
  } else if (e->thing == THING_subscription && is_full(p, started)) {
    fprintf(d->out, "  active from \"%s\" until \"%s\"\n", started->name, until_of(e));
    add(d, p, "active");
    add(d, p, "gone");
  } else {
    fprintf(d->out, "  exists from \"%s\" until \"gone_on\"\n",
            is_full(p, from) ? from->name : "imported_on");
    add(d, p, "gone");
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
    struct part *parent = draft_part(d, parents[i].thing);
    if (!parent || parent == p || parent->e->key == NO_COLUMN) continue;
    if (c->field ? c->field->role == parents[i].role
                 : strcmp(c->name, parent->e->columns[parent->e->key].name) == 0)
      return parent;
  }
  return NULL;
}

/* A list of scores may be known by the ids of the customers. */
static bool leads_to_account(const struct column *c) {
  return c->field && c->field->role == ROLE_ACCOUNT;
}

static void write_parents(struct drafting *d, struct part *p) {
  struct part *account = draft_part(d, THING_account);
  for (size_t i = 0; i < p->e->n; i++) {
    const struct column *c = &p->e->columns[i];
    struct part *parent = (int)i == p->e->key && !leads_to_account(c) ? NULL : parent_in(d, p, c);
    if (!parent) continue;
    bool linked = parent == account && p->stored->account_by;
    fprintf(d->out, "  belongs to %s by \"%s\"\n", parent->name,
            linked ? p->stored->account_by : c->name);
    add(d, p, parent->name);
    if (parent == account || part_has(parent, "account")) add(d, p, "of_account");
  }
  bool named = export_role(p->e, ROLE_ACCOUNT_NAME) != NO_COLUMN &&
               export_role(p->e, ROLE_ACCOUNT) == NO_COLUMN;
  if (!named || !account || account == p || export_role(account->e, ROLE_LABEL) == NO_COLUMN)
    return;
  fprintf(d->out, "  belongs to account by \"account_id\"\n");
  add(d, p, "account");
  add(d, p, "of_account");
}

/* The first value that means so, or that does not. */
static const char *a_value(const struct column *c, enum value_meaning m, bool means,
                           struct arena *a) {
  for (size_t i = 0; i < c->tally.n_kept; i++)
    if (value_means(c->tally.kept[i], m, a) == means) return quoted(c->tally.kept[i], a);
  return "\"Open\"";
}

/* Which of its values say that the row is over. */
static const char *open_by_values(struct drafting *d, struct part *p, const struct column *c) {
  const char *over =
      c && c->is == IS_TEXT && !c->tally.many_values ? values(c, MEANS_OVER, d->a) : "";
  if (!*over) return NULL;
  p->open_by = c;
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
  if (!c || !happens_on(c)) return NULL;
  p->open = arena_printf(d->a, "%s unknown", c->name);
  p->closed = arena_printf(d->a, "%s 2026-02-25", c->name);
  return arena_printf(d->a, "%s is unknown", c->name);
}

static const char *open_name(const struct part *p) {
  return p->e->thing == THING_invoice ? "unpaid" : "open";
}

/* Nothing in the export says that a deal is over: it may well be a list of those that are open. */
static const char *open_while_here(struct part *p) {
  p->open = "gone unknown";
  p->closed = "gone 2026-02-25";
  p->open_guessed = true;
  return "gone is unknown";
}

/* A row is open while nothing says that it is over. */
static void find_open(struct drafting *d, struct part *p) {
  const struct export *e = p->e;
  bool ends = e->thing == THING_deal || e->thing == THING_invoice || e->thing == THING_ticket ||
              e->thing == THING_task;
  if (!ends) return;
  p->is_open = open_by_flag(d, p, part_column(e, ROLE_IS_CLOSED));
  if (!p->is_open) p->is_open = open_by_day(d, p, part_column(e, ROLE_CLOSED));
  if (!p->is_open) p->is_open = open_by_values(d, p, part_column(e, ROLE_STAGE));
  if (!p->is_open) p->is_open = open_by_values(d, p, part_column(e, ROLE_STATUS));
  if (!p->is_open && e->thing == THING_deal && e->key != NO_COLUMN && !part_column(e, ROLE_AT))
    p->is_open = open_while_here(p);
  if (p->is_open) add(d, p, open_name(p));
}

static void write_open(struct drafting *d, const struct part *p) {
  if (!p->is_open) return;
  if (p->open_guessed)
    guess(d, p, "nothing says which are over, so all that are in the export count");
  fprintf(d->out, "  %s flag = %s%s\n", open_name(p), p->is_open,
          p->open_guessed ? "" : " and gone is unknown");
}

/* The values of a column that rules ask for, where there are some. */
static void find_values(struct drafting *d, struct part *p) {
  for (size_t i = 0; i < VALUES_ASKED; i++) {
    const struct value_asked *asked = &values_asked[i];
    const struct column *c = p->e->thing == asked->thing ? part_column(p->e, asked->role) : NULL;
    const char *list = c && !c->tally.many_values ? values(c, (int)asked->means, d->a) : "";
    if (!*list) continue;
    const char *end = strstr(list, "\", ");
    p->values[i] = list;
    p->first_value[i] = end ? arena_strndup(d->a, list, (size_t)(end - list) + 1) : list;
    add(d, p, asked->name);
  }
}

/* A trial pays nothing, whatever its price. */
static void write_paying(struct drafting *d, struct part *p) {
  const struct column *flag = part_column(p->e, ROLE_TRIAL),
                      *status = part_column(p->e, ROLE_STATUS);
  const char *says = "active and gone is unknown";
  if (!part_has(p, "active")) return;
  if (flag && flag->is == IS_FLAG) says = arena_printf(d->a, "%s and not %s", says, flag->name);
  const char *trials =
      status && !status->tally.many_values ? values(status, MEANS_TRIAL, d->a) : "";
  if (*trials) says = arena_printf(d->a, "%s and not (%s one of %s)", says, status->name, trials);
  fprintf(d->out, "  paying flag = %s\n", says);
  add(d, p, "paying");
}

/* The intervals that are a month and those that are a year long, as `one of` lists them; false: one
 * is neither. */
static bool intervals_of(const struct column *c, struct arena *a, const char **months,
                         const char **years) {
  *months = *years = "";
  for (size_t i = 0; i < c->tally.n_kept; i++) {
    const char *v = c->tally.kept[i];
    bool year = strncasecmp(v, "year", 4) == 0 || strncasecmp(v, "ann", 3) == 0;
    const char **list = year ? years : months;
    if (!year && strncasecmp(v, "month", 5) != 0 && strncasecmp(v, "mens", 4) != 0) return false;
    *list = arena_printf(a, "%s%s%s", *list, **list ? ", " : "", quoted(v, a));
  }
  return c->tally.n_kept > 0;
}

static const char *monthly_of_amount(struct drafting *d, const struct part *p) {
  const struct column *amount = part_column(p->e, ROLE_AMOUNT),
                      *each = part_column(p->e, ROLE_INTERVAL);
  const struct column *seats = part_column(p->e, ROLE_QUANTITY);
  if (!amount || amount->is != IS_NUMBER || !each) return NULL;
  const char *months, *years, *whole = amount->name;
  if (!intervals_of(each, d->a, &months, &years)) return NULL;
  if (seats && seats->is == IS_NUMBER) {
    guess(d, p, arena_printf(d->a, "%s is the price of one, of %s", amount->name, seats->name));
    whole = arena_printf(d->a, "%s * %s", whole, seats->name);
  }
  /* an interval that is new next week is neither: what it comes to in a month nobody knows */
  const char *says = "unknown";
  if (*months)
    says = arena_printf(d->a, "if %s one of %s then %s else %s", each->name, months, whole, says);
  if (*years)
    says =
        arena_printf(d->a, "if %s one of %s then %s / 12 else %s", each->name, years, whole, says);
  return says;
}

/* Where its past is not kept, that is so for good. */
static void note_paid_before(struct drafting *d, const struct part *p) {
  char day[16];
  if (!part_has(p, "paying")) return;
  if (p->e->key != NO_COLUMN && p->e->key_second == NO_COLUMN)
    draft_note(d,
               "Before %s each subscription is taken to have paid what it pays in these exports: "
               "numbers of the past show who came and who left, and who pays more or less from "
               "the next exports on.",
               day_text(d->day, day));
  else
    draft_note(d,
               "Each subscription is taken to have paid all the time what it pays in the newest "
               "exports, for nothing but two columns together names one: numbers show who came "
               "and who left, not who pays more or less.");
}

/* What a subscription comes to in a month; not there where nothing says how long it is paid for. */
static void write_monthly(struct drafting *d, struct part *p) {
  const struct column *mrr = part_column(p->e, ROLE_RECURRING);
  if (p->e->thing != THING_subscription || !part_has(p, "one_currency")) return;
  bool known = mrr && mrr->is == IS_NUMBER;
  const char *says = known ? mrr->name : monthly_of_amount(d, p);
  if (!says) return;
  fprintf(d->out, "  monthly money = %s\n", says);
  add(d, p, "monthly");
  VEC_PUSH(d->a, &p->money, "monthly");
  note_paid_before(d, p);
}

/* Health on days of its own is the past of a customer's health. */
static void write_health(struct drafting *d, struct part *p) {
  struct part *list = draft_part(d, THING_health);
  const struct column *day = list ? part_column(list->e, ROLE_AT) : NULL;
  const struct column *health = list ? part_column(list->e, ROLE_HEALTH) : NULL;
  if (p->e->thing != THING_account || !health || health->is != IS_NUMBER ||
      !list->stored->account_by || part_column(p->e, ROLE_HEALTH))
    return;
  note_health(d, p, health, list->stored->health_from);
  write_health_waits(d, p);
  if (day)
    fprintf(d->out, "  health %s history \"%s\" by \"%s\" at \"%s\" value \"%s\"", type_of(health),
            list->e->table, list->stored->account_by, day->name, health->name);
  else
    fprintf(d->out, "  health %s history \"%s\" by \"key\" at \"day\" value \"value\"",
            type_of(health), store_health_view(list->e->table, d->a));
  fprintf(d->out, " unreadable is unknown\n");
  add(d, p, "health");
}

static const char *file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

/* Their renewal may stand in the list of scores alone. */
static void write_lent(struct drafting *d, struct part *p) {
  struct part *list = draft_part(d, THING_health);
  if (p->e->thing != THING_account || !list || !list->stored->n_lent) return;
  fprintf(d->out, "  # From %s, for the export of customers does not say it:\n",
          file_name(list->e->path));
  for (size_t i = 0; i < list->stored->n_lent; i++) write_attribute(d, p, list->stored->lent[i]);
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

static void write_entity(struct drafting *d, struct part *p) {
  const struct export *e = p->e;
  const char *key = store_key_name(e);
  const struct column *label = part_column(e, ROLE_LABEL);
  if (!label && e->thing == THING_subscription) label = part_column(e, ROLE_ACCOUNT_NAME);
  if (!label) label = part_column(e, ROLE_EMAIL);
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
  write_lent(d, p);
  if (!several_currencies(d, e)) add(d, p, "one_currency");
  if (part_has(p, "gone")) fprintf(d->out, "  gone date \"gone_on\" known from gone\n");
  write_health(d, p);
  write_open(d, p);
  find_values(d, p);
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
  return e->key != NO_COLUMN || part_column(e, ROLE_AT) != NULL;
}

static void find_parts(struct drafting *d) {
  d->parts = NEW_N(d->a, struct part, d->x->n + 1);
  for (size_t i = 0; i < d->x->n; i++)
    if (is_entity(&d->x->exports[i]))
      d->parts[d->n++] = (struct part){.e = &d->x->exports[i],
                                       .stored = &d->x->stored[i],
                                       .name = entity_name(&d->x->exports[i], d->a)};
}

static void note_currency(struct drafting *d) {
  bool money = false;
  for (size_t i = 0; i < d->n; i++) money |= d->parts[i].money.n > 0;
  if (money && d->currency_guessed)
    draft_note(d, "Guessed: money is in %s, for no column says which.", d->currency);
}

/* ---- the text ------------------------------------------------------------------------- */

const char *draft_data(struct drafting *d, const char *day) {
  struct draft_text t;
  find_parts(d);
  find_currency(d);
  draft_begin(d, &t);
  fprintf(
      d->out,
      "# What the tables of data.db mean, as the exports of %s have them. A quoted word is a name\n"
      "# in the data, a bare word is ours. Look at the lines that say guessed.\n"
      "language 1\n\n",
      day);
  write_project(d);
  write_calendar(d);
  for (size_t i = 0; i < d->n; i++) write_entity(d, &d->parts[i]);
  note_currency(d);
  return draft_end(d, &t);
}
