/* The rule set: every declaration resolved, every expression a typed term.
 *
 * Made once by ruleset_load (load.c) from files; afterwards only the days of the holidays are
 * read into its calendar, from a dataset. All of it lives in the arena of the rule set.
 * Expressions are terms: an expression is a function of a row (of entity `ent`, of a group, or of
 * the company) and a day; nothing else carries time. */
#ifndef VIGIE_RULESET_H
#define VIGIE_RULESET_H

#include "base/cell_form.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/pointer_map.h"
#include "base/unit.h"
#include "sema/tell.h"
#include "syntax/ast.h"

enum term_kind {
#define TERM(id, name, operands, payload, doc) id,
#include "sema/term.def"
#undef TERM
  TERM_KINDS
};

enum { DATE_AHEAD = 2 }; /* op of a T_DATE_DAYS: as `within` looks ahead from the day, day_ahead */

struct term;
struct entity;
struct kpi;
struct test_step;
typedef VEC(struct term *) term_list;

/* How far a name has got that stands for a term: the term is made when something first names it
 * (resolve.c). */
struct resolution {
  bool done;  /* its term is there, or what is wrong with it was reported */
  int height; /* the longest way down from its term, through other names */
  int past;   /* has it another value on another day: 1, -1 for no, 0 for not asked yet */
  int coded;  /* does it read money beside which a currency stands: likewise */
};

/* ---- entities ------------------------------------------------------------------------- */

enum attr_kind {
  ATTR_COLUMN,
  ATTR_HISTORY,
  ATTR_COMPUTED,
  ATTR_ACTIVE /* the flag of an interval */
};

struct history {
  const char *table, *by, *at, *value;
  const char *until;         /* the column where a record ends; NULL: with the next one */
  bool through;              /* `until` names the last day with the record, not the first without */
  struct cell_form day_form; /* of the columns `at` and `until` */
  int fresh;                 /* days; -1: never stale */
  struct span span;
};

struct own_currency; /* sema/own_currency.h */
struct own_check;    /* sema/own_check.h */

struct value_rename { /* renamed "Pro" to "Premium" */
  const char *from, *to;
  const char *newest; /* what it is called in the end, where `to` has been renamed too */
  struct span span;
};

struct attr {
  const char *name;
  struct entity *entity;
  struct span span;
  enum attr_kind kind;
  struct type type;
  const char *column;
  struct cell_form form; /* of the column, or of a history's values */
  const char *currency_column;
  bool percent_column; /* holds 0..100 */
  /* COLUMN: a date column of the same row; before that day the value is not yet. NULL: the value of
   * today stands for every day. */
  const struct attr *known_from;
  const struct expr *known_from_name;
  struct history history;
  expr_list one_of; /* the texts it may hold; empty: any */
  VEC(struct value_rename) renames;
  struct expr *expr; /* COMPUTED */
  struct term *term; /* COMPUTED */
  struct resolution made;
  const struct own_currency *own; /* of a copy: the currency its money is in; NULL */
};

struct edge { /* belongs to */
  struct entity *child, *parent;
  const char *name; /* by which it is followed: of the parent, or what it is to the child */
  bool is_role;     /* belongs to ENTITY as NAME: followed by that name alone */
  const char *column;
  struct cell_form form;
  struct span span;
};

/* The days between which a row exists: at; active from … until; exists from … until. Columns, or
 * NULL. */
struct life {
  const char *from, *until;
  struct cell_form from_form, until_form;
  bool through; /* `until` names the last day with the row, not the first without */
  int fresh;    /* of events, days: no row for longer, and the table is not filled; -1: not said */
  int complete_after; /* of events, days: the rows of the last of them are not all there; 0 */
  bool absence;       /* asked by `unless` of a team: without days nobody is away */
  bool ends;          /* rules do not run over rows that have ended (exists … until) */
};

struct template_part { /* of a `do` text, or of a `link` */
  const char *text;    /* literal; NULL for a term */
  struct term *term;
};
typedef VEC(struct template_part) template_parts;

struct entity {
  const char *name, *table, *key, *label;
  struct span span, name_span, table_span, key_span, label_span, life_span;
  struct life life;
  struct span link_at;        /* of the text of `link`; without source: none */
  template_parts link;        /* the web page of a row; empty: none */
  struct cell_form key_form;  /* lenient: rows without a key are left out */
  bool event;                 /* has `at` */
  bool may_be_empty;          /* its table, and those of its histories */
  VEC(struct attr *) attrs;   /* entity_add_attr adds to them */
  struct pointer_map by_name; /* interned name -> struct attr */
  VEC(struct edge *) edges;
  int index;   /* in ruleset.entities */
  bool broken; /* a line of it could not be read: be silent about what is missing */
};

struct segment {
  const char *name;
  struct entity *entity;
  struct span span;
  struct expr *expr;
  struct term *term;
  struct span of_span;    /* the name after `of` */
  struct segment *inside; /* segment of another segment: more particular, outranks it */
  const char *of;
  bool of_found;     /* entity and inside are set, or that was reported */
  const char *means; /* NULL: not said */
  struct resolution made;
  const struct own_currency *own; /* as of an attribute */
};

/* ---- thresholds ----------------------------------------------------------------------- */

struct threshold_line {
  struct segment *segment; /* NULL: the base */
  name_list entries;       /* a table's: one for each path of it; those left out may be any */
  uint64_t scope;          /* scope_hash of both: thresholds have hundreds of lines; 0: not known */
  day_t from;              /* DAY_MIN: from the beginning */
  struct value value;      /* of the threshold's type */
  struct duration dur;     /* a threshold that is a duration */
  const char *because;
  struct span span;
};

struct threshold {
  const char *name;
  struct span span;
  struct type type;
  /* every line is a bare number: takes the unit of what it stands against */
  bool bare;
  bool points; /* written in points */
  bool is_duration;
  expr_list by;       /* a table: the paths looked up at the place of use */
  bool entries_known; /* its entries were held against the values that are listed */
  VEC(struct threshold_line) lines;
  enum period_unit review;
  bool has_review;
  day_t reviewed; /* DAY_NONE */
  const char *means, *owner;
};

/* ---- KPIs ----------------------------------------------------------------------------- */

struct band { /* green >= a [and < b] */
  bool set;
  enum op op, op2;
  struct term *a, *b; /* b NULL: one bound */
  struct span span;
};

struct kpi {
  const char *name;
  struct span span;
  struct entity *entity; /* NULL: of the company */
  const char *of;
  dim_list dims; /* by …; empty without */
  struct expr *expr;
  struct term *term;
  struct resolution made;
  const struct own_currency *own; /* as of an attribute */
  const dim_list *split;          /* of a copy: what the KPI that names it is split by; NULL */
  bool percent, strategic, published, leading, lagging;
  /* How long late data may still change what was said of a day; n 0: FINAL_DAYS. */
  struct duration final;
  name_list was; /* the names that it had before */
  int needs;     /* rows, below which its value is unknown; 0: any number will do */
  int better;    /* +1 higher, -1 lower, 0 not said */
  struct band green, amber, red;
  const char *means, *owner, *decides, *doc;
  struct span owner_span;
};

struct define {
  const char *name;
  struct span span;
  param_list params;
  struct expr *expr;
  const char *doc;
  int visiting;
};

/* ---- people and rules ----------------------------------------------------------------- */

/* Whether the people of a team are there: terms over the rows of an entity; NULL: not said. */
struct team_people {
  struct entity *entity; /* NULL: nothing is said of it, or what is said was reported */
  struct term *address;  /* what finds the row of a person */
  struct term *away, *left, *stand_in;
};

struct said_tell {
  struct tell is;
  struct span span;
};

struct team {
  const char *name;
  struct span span;
  struct expr *assigns;
  struct expr *otherwise;                /* of a team that takes turns: the `else` */
  struct expr *away, *left, *covered_by; /* NULL: not said */
  struct team_people people;
  name_list turn; /* the addresses of `assigns in turn`; empty: it assigns otherwise */
  int capacity;   /* 0: not said */
  VEC(struct said_tell) tells;
  const char *escalates_to;
  struct span escalates_span;
  bool warned; /* of having nobody */
  bool broken; /* a line under it could not be read */
};

/* How long: as written, or what a threshold of durations says on the day that is asked
 * (length_on). Nothing of both: it was not said. */
struct length {
  struct duration dur;
  struct term *of; /* T_THRESHOLD, one length for all rows; NULL: as written */
};

enum due_kind { DUE_NONE, DUE_AFTER_OPENING, DUE_ANCHOR, DUE_DATE };

struct due {
  enum due_kind kind;
  struct length dur; /* AFTER_OPENING, ANCHOR */
  int side;          /* ANCHOR: -1 before, +1 after */
  struct term *term; /* ANCHOR: the date; DATE: the day itself */
};

enum unknown_policy { UNKNOWN_REPORT, UNKNOWN_FIRE, UNKNOWN_IGNORE };

/* Whose money a rule puts at stake: a value of the name, of rows of the entity. */
struct measure {
  const char *entity; /* "account"; "company"; of groups what they are split by */
  const char *name;   /* "arr", or the formula */
  term_list key;      /* which row: texts; empty: the row that the rule judges */
};

/* A row to which that of a rule leads by `belongs to`: the last is whose customer it is. */
struct way_stop {
  struct entity *entity;
  struct term *key, *label; /* texts, seen from the rule's row; label NULL: it has none */
};

/* The row of another entity that the rows of a rule lead to. */
struct lead {
  struct entity *to;
  struct term *key; /* seen from the rule's rows */
};

/* One level of an escalation. */
struct rule_level {
  struct length after; /* an item's due day */
  /* the team named, else the one a step further up than the level before; NULL: nobody is above, or
   * after a mistake */
  const char *to;
  struct span span;
};
typedef VEC(struct rule_level) rule_levels;

/* What has to be done, in the order in which it is written. */
struct playbook_step {
  const char *text; /* with {values} of the row of whoever does it */
  struct span text_span, span;
  const char *team; /* NULL: the owner of the item does it */
  struct span team_span;
  const struct expr *due_expr; /* NULL: none was written */
  bool has_due;
  struct length due; /* counts from the start of the item */
};

struct playbook {
  const char *name;
  struct span span;
  const char *means; /* NULL: not said */
  VEC(struct playbook_step) steps;
  bool broken; /* a line of it could not be read */
};

/* A step as the rows of a rule see it. */
struct rule_step {
  const struct playbook_step *of;
  template_parts text;
  const struct team *team; /* another than that of the rule; NULL: the owner of the item */
  struct term *owner;      /* of this team; NULL: nobody is said */
};

struct rule {
  const char *name;
  bool named; /* false: a sentence, named after its words */
  struct span span, name_span;
  struct entity *entity; /* NULL: of the company, or grouped */
  dim_list dims;         /* for each …; empty without */
  struct expr *when_expr;
  struct term *when, *clear, *settled, *once, *worth;
  struct measure measure;       /* of worth */
  VEC(struct way_stop) account; /* from its own row on; empty: a rule of groups or the company */
  template_parts link;          /* the web page of the row, or of the next above that has one */
  struct term *owner;           /* the team's `assigns` seen from the rule's rows; NULL without */
  term_list next_owners;        /* who has the item where that person is not there, in this order */
  struct team *team;
  struct due due;
  bool due_by_once;      /* the due day is written against what `once per` names */
  template_parts action; /* empty: no `do` */
  const char *action_text;
  const struct playbook *playbook; /* `do NAME`; NULL */
  VEC(struct rule_step) steps;     /* of the playbook */
  const char *priority;
  enum unknown_policy unknown;
  int at_most;            /* items to do at a time; 0: not said */
  rule_levels levels;     /* in the order in which they come; empty: does not escalate */
  struct length reopens;  /* how long what a person has closed stays closed; none: its episode */
  bool row_gone_resolves; /* `if row gone resolve` */
  struct length reminds;  /* how often the owner is told again; none: never */
  const char *means;
  const char *responsible; /* `owner`: a team or a person who answers for the rule; NULL: nobody */
  struct span responsible_span;
  name_list was;               /* the names that it had before */
  VEC(struct rule *) mutes;    /* weaker rules, those that they mute included */
  VEC(struct rule *) muted_by; /* the reverse */
  VEC(struct lead) leads;      /* to the entities of these rules */
  bool broken;                 /* something in it was wrong */
};

struct target {
  const char *name; /* target_company_arr */
  struct span span;
  struct expr *expr;
  dim_list dims;        /* for each …: judged group by group; empty without */
  struct kpi *kpi;      /* NULL after an error */
  struct term *measure; /* the left side: a KPI, or its movement */
  struct term *goal;    /* the right side */
  enum op op;
  struct term *by; /* the day */
  const char *owner, *check, *means;
  struct span owner_span;
  struct team *team;       /* the owner, when it is a team */
  struct term *owner_term; /* the person; NULL: nobody is said */
};

struct test {
  const char *name;
  struct span span;
  struct ast_item *item;
  /* the fiscal periods that the test gives in place of the calendar's table, checked; NULL: none */
  const struct calendar *calendar;
  VEC(struct test_step *) steps; /* one for each `on`, in written order: sema/test_case.h */
};

/* `lint V1015 off in "billing.vigie" because "…"`, under `project`. */
enum lint_loudness { LINT_OFF, LINT_AS_INFO, LINT_AS_WARNING, LINT_AS_ERROR };
struct lint_setting {
  const char *check; /* as written: a code or a name, known or not */
  enum lint_loudness loudness;
  const char *file;    /* the end of a path; NULL: all files */
  const char *because; /* NULL: not said */
  struct span span, check_span;
};

/* What an attribute, a segment or a KPI means where money is in the currency of its group. */
struct own_copy {
  const void *of;
  const struct own_currency *own;
  const dim_list *split;
  void *copy;
};

/* ---- the page for the revenue meeting --------------------------------------------------- */

typedef VEC(struct kpi *) kpi_list;

/* bridge of arr over 12mo by plan new from first_paid */
struct page_bridge {
  struct kpi *measure; /* of an entity, money */
  struct duration over;
  struct term *by; /* a value of its rows; NULL: all together */
  const char *by_name;
  struct term *first_paid; /* a day of its rows; NULL: new and returned are one */
};

/* renewals of account on renewal worth arr */
struct page_renewals {
  struct entity *entity;
  struct term *day, *worth; /* worth NULL: not said */
  const char *day_name, *worth_name;
};

/* pipeline of open_deals weighted forecast */
struct page_pipeline {
  struct kpi *open, *weighted; /* weighted NULL: not said; both are split alike */
};

struct page_block {
  const struct ast_item *item; /* NULL: no file has a page */
  const char *title;           /* NULL: not said */
  kpi_list results, leading;   /* where not said: by what the KPIs say of themselves */
  bool has_results, has_leading;
  VEC(struct page_bridge) bridges;
  VEC(struct page_renewals) renewals;
  VEC(struct page_pipeline) pipelines;
};

/* The table that lists the fiscal periods, and its columns. */
struct fiscal_source {
  const char *table, *start, *period, *year;
  const char *end, *quarter; /* NULL: none */
  bool through;              /* `end` is the last day, not the one after it */
  struct cell_form form;     /* of the days */
  struct span span;
};

struct ruleset {
  struct arena *arena;
  struct diags diags;
  VEC(struct source *) sources;
  VEC(struct ast *) asts;
  const char *digest; /* of the sources, hexadecimal */
  struct calendar calendar;
  bool has_calendar;
  const char *currency; /* of bare money; NULL: not said */
  const char *tz;
  const char *holidays_table, *holidays_column;
  struct cell_form holidays_form;
  struct span holidays_span;
  struct fiscal_source fiscal; /* table NULL: the calendar counts its fiscal periods */
  VEC(struct lint_setting) lint_settings;
  VEC(const struct clause *) project_lines; /* data, state, language of output: each once */
  struct page_block page;
  struct cell_form unreadable; /* what `unreadable values at most 1%` says of every column */
  struct span unreadable_span;
  VEC(struct entity *) entities;
  VEC(struct segment *) segments;
  VEC(struct threshold *) thresholds;
  VEC(const struct ast_item *) threshold_items; /* their trees, in the same order */
  VEC(struct kpi *) kpis;
  VEC(const struct ast_item *) kpi_items; /* likewise */
  VEC(struct define *) defines;
  VEC(struct own_check *) own_checks; /* sema/own_check.h */
  struct ruleset *own_world;          /* their conditions, as rules; NULL: there are none */
  VEC(struct team *) teams;
  VEC(struct playbook *) playbooks;
  VEC(struct rule *) rules;
  VEC(const struct ast_item *) rule_items; /* likewise */
  VEC(struct target *) targets;
  VEC(const struct ast_item *) target_items; /* likewise */
  VEC(struct test *) tests;
  struct map entity_names, segment_names, threshold_names, kpi_names, define_names, team_names,
      playbook_names, rule_names, own_names;
  struct map last_numbers; /* of rules whose names are made: words -> the last number tried, int */
  struct map first_places; /* "KPI mrr" -> the clause that declared it first */
  /* names whose declaration could not be read: no second message about them */
  struct map poisoned;
  VEC(struct own_copy) own_copies;
  long n_terms;
  long expanded; /* parts copied for the use of a formula that is being typed: expand.c */
  const struct resolve_ctx *making; /* whose terms are being made, innermost first: resolve.c */
  /* of expressions being typed inside each other, through definitions too */
  int depth;
  bool told_too_deep;
  bool told_no_entity; /* that the data is not described: said once, at the first name */
};

/* ---- terms ---------------------------------------------------------------------------- */

struct agg {
  enum agg_fn fn;
  double percentile;
  struct entity *entity;   /* the rows */
  struct segment *segment; /* NULL, or only those in it */
  term_list values;        /* one; several for count distinct; none for count and share */
  struct term *where;      /* NULL */
  bool has_period;
  struct period period;
  bool for_all;
  /* Where the result goes: the row of `to` that a row belongs to through `path` (to NULL: the
   * company or the group). */
  struct entity *to;
  VEC(struct edge *) path;
  /* Of a tree: the rows of the entity below each row of it, by this edge from the entity to
   * itself, in any number of steps. NULL: no tree. */
  struct edge *up;
  bool here;     /* and the row itself */
  bool of_group; /* of a group, the one row whose key names it: said as the value alone */
};

/* avg of E each month in last 6mo: E on the last day of each month that lies in the window, and is
 * not later than the day. */
struct each {
  enum agg_fn fn; /* SUM, AVG, MIN, MAX, MEDIAN, PERCENTILE */
  double percentile;
  enum period_unit unit;
  struct period period;
};

/* One struct for all kinds: what every stage asks of a term whatever it is (its type, its operands)
 * stands first. What a term is of besides is one member of the union, by its kind: term.def. */
struct term {
  enum term_kind kind;
  int op; /* enum op, move, edge */
  struct type type;
  /* a bare number, or made of bare numbers only: takes the unit it stands against */
  bool bare;
  bool points;  /* a share written in points: absolute */
  bool ratio;   /* a plain number made by a division: may be compared with a percent */
  bool for_all; /* KPI: its total, whatever group or row asks */
  bool lasting; /* made by sema: lives as long as the rule set, and does not change */
  const struct expr *src;
  struct entity *ent; /* whose row it is a function of; NULL: company, group or constant */
  struct term *a, *b, *c;
  term_list list;
  struct duration dur; /* AGO, MOVE, MOVE_CMP, FOR: ask term_duration, c may be a threshold */
  union {
    struct value value;
    struct attr *attr;
    struct edge *edge;
    struct kpi *kpi;
    struct threshold *threshold;
    struct segment *segment;
    int dim;
    enum move move;
    struct period period;
    const char *pattern;
    const struct fn *fn;
    struct agg *agg;
    struct each *each;
  };
};

struct loader; /* syntax/loader.h */

/* Does the condition read `opened`, the day on which an item opened? */
bool reads_opened(const struct term *t);

/* The rule of the name, in any file; NULL: there is none. */
struct rule *rule_named(const struct ruleset *rs, const char *name);

/* What the rule judges, as people call so many of them: 1 account, 2 accounts; groups where it is
 * for each of them; the company. In the arena. */
const char *rule_rows(const struct rule *r, long n, struct arena *a);

/* From here on the items of the rule are of that row of the entity to which the rule's rows lead,
 * not of the highest one. False, and nothing is done: they do not lead there in one way. */
bool lead_account_to(struct ruleset *rs, struct rule *r, const char *entity);

/* The KPI of the name, or the one that had it before (`was`); NULL: there is none. */
struct kpi *kpi_called(const struct ruleset *rs, const char *name);
/* Does a run keep what it says? A KPI of the company or of groups that is strategic or published:
 * one of an entity has a value for each row, which nobody publishes. */
bool kpi_is_kept(const struct kpi *k);

struct load_request {
  const char *const *paths; /* files or folders; `use` brings in more */
  size_t n_paths;
  const struct loader *from; /* where they are; NULL: on the disk */
};

/* Reads, parses, resolves and types the files; all of it lives in the arena. False when a path
 * cannot be read: problems say which. Mistakes in the files are diagnostics: look at
 * rs->diags.errors. */
bool ruleset_load(const struct load_request *request, struct arena *a, struct ruleset **out,
                  struct diags *problems);

/* Is a term a day that is the same for all rows? Then *out is that day, seen from `day`. */
bool term_common_day(const struct term *t, day_t day, const struct calendar *c, day_t *out);
/* A KPI whose currencies stand side by side has no value over all of its groups. */
bool kpi_has_total(const struct kpi *k);
/* Does a rule, a KPI or a target of the rule set read the attribute as money of one currency, not
 * side by side with others? What nobody reads is that too. */
bool in_one_currency(const struct ruleset *rs, const struct attr *at);
/* The days of a T_EACH, ascending, seen from `day`. out: room for EACH_MAX_DAYS + EACH_SPARE_DAYS.
 * Returns how many there are. *outside: DAY_NONE, or a day that lies in no fiscal period of the
 * calendar's table; then there are none. */
size_t each_days(const struct each *x, day_t day, const struct calendar *c, day_t *out,
                 day_t *outside);
void ruleset_dump_types(const struct ruleset *rs, FILE *out);
void term_dump(const struct term *t, FILE *out, int indent);
const char *type_text(const struct type *t, struct arena *a);

#endif
