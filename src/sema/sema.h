/* What the files of sema/ share. Only they include this; others see ruleset.h.
 *
 * Functions that make terms return NULL after a mistake that has been reported; NULL operands stay
 * silent. */
#ifndef VIGIE_SEMA_H
#define VIGIE_SEMA_H

#include "sema/dims.h"
#include "sema/ruleset.h"

/* Where an expression stands: whose row its bare names speak of. */
struct scope {
  struct ruleset *rs;
  struct entity *ent;             /* NULL: the company, or a group */
  const struct scope *outer;      /* around an aggregate; NULL at the top */
  bool operand;                   /* directly after `sum of`: an inner name hides an outer one */
  const dim_list *dims;           /* of a grouped KPI or rule; NULL */
  bool is_kpi;                    /* of a KPI: the KPIs it names are split with it */
  bool is_target;                 /* of a target: a name may be of the row that names its group */
  const struct own_currency *own; /* its rows have the currency of their group; NULL */
  int depth;                      /* of defines being expanded */
  /* the other side is a text: an unknown name may lack its quotes */
  bool beside_text;
  bool of_item; /* of `settled when`: `opened` is the day on which the item opened */
};

/* ---- declarations (declare*.c): from items to the rule set ---------------------------- */
void declare_all(struct ruleset *rs);
/* declare_entity.c */
void unknown_option(struct ruleset *rs, const struct option *o, const char *known);
/* declare_form.c: options that say how the cells of a column are written */
const char *text_option(struct ruleset *rs, const struct option *o); /* NULL: reported */
bool form_option(struct ruleset *rs, const struct option *o, struct cell_form *form); /* is it? */
/* What is wrong is reported, and taken out of the form. */
void check_day_form(struct ruleset *rs, struct span at, struct cell_form *form);
void check_value_form(struct ruleset *rs, struct span at, struct attr *attr);
/* Is it `unreadable is unknown`? */
bool lenient_option(const struct option *o, struct cell_form *form);
/* A clause whose column has no other option: the key, a parent. */
void lenient_options(struct ruleset *rs, const struct clause *c, struct cell_form *form);
void declare_unreadable(struct ruleset *rs, const struct clause *c);
/* What is said of every column goes to each. */
void resolve_unreadable(struct ruleset *rs);
/* Is it `one of`? Then the list is the attribute's, or that was reported. */
bool list_option(struct ruleset *rs, const struct option *o, struct attr *at);
/* declare_renamed.c: is option *at `renamed`? Then it and the `to` behind it are the attribute's,
 * or what is wrong was reported; *at is the last of them. Then, of a line that is read, the end. */
bool renamed_option(struct ruleset *rs, const struct clause *c, size_t *at_option, struct attr *at);
void check_renames(struct ruleset *rs, struct attr *at);
bool history_form_option(struct ruleset *rs, const struct option *o, struct attr *at);

/* declare_duration.c: is it `in months`? Then it is the attribute's, or that was reported. */
bool duration_option(struct ruleset *rs, const struct option *o, struct attr *at);
/* Of an attribute whose options are read: the unit of its cells; when nothing says it, that is
 * asked. */
void duration_unit(struct ruleset *rs, const struct clause *c, struct attr *at);

void declare_project(struct ruleset *rs, const struct ast_item *it);
void declare_page(struct ruleset *rs, const struct ast_item *it);
void declare_calendar(struct ruleset *rs, const struct ast_item *it);
void declare_entity(struct ruleset *rs, const struct ast_item *it);
void declare_threshold(struct ruleset *rs, const struct ast_item *it);
void declare_segment(struct ruleset *rs, const struct ast_item *it);
void declare_kpi(struct ruleset *rs, const struct ast_item *it);
void declare_define(struct ruleset *rs, const struct ast_item *it);
/* own_check.c: `define NAME` without a formula; then, once all names are known, the conditions of
 * their lines, into rs->own_world. */
void declare_own_check(struct ruleset *rs, const struct ast_item *it);
void resolve_own_checks(struct ruleset *rs);
void declare_team(struct ruleset *rs, const struct ast_item *it);
void declare_playbook(struct ruleset *rs, const struct ast_item *it);
void declare_rule(struct ruleset *rs, const struct ast_item *it);
void declare_target(struct ruleset *rs, const struct ast_item *it);
void declare_test(struct ruleset *rs, const struct ast_item *it);
/* Second pass, when all names are known: first what is fixed, whatever names it (of which entity
 * a KPI or a segment is, what belongs to what, the values of thresholds), then every expression. */
void resolve_heads(struct ruleset *rs);
void resolve_edges(struct ruleset *rs);
void resolve_known_from(struct ruleset *rs);
void resolve_thresholds(struct ruleset *rs);
void resolve_attributes(struct ruleset *rs);
void resolve_segments(struct ruleset *rs);
void resolve_kpis(struct ruleset *rs);
/* declare_tell.c: a line `tell …` of the team. */
void declare_tell(struct ruleset *rs, struct team *t, const struct clause *c);
void resolve_teams(struct ruleset *rs);
void resolve_playbooks(struct ruleset *rs);
void resolve_rules(struct ruleset *rs);
void resolve_targets(struct ruleset *rs);
void resolve_page(struct ruleset *rs);
void resolve_tests(struct ruleset *rs);
void check_define_cycles(struct ruleset *rs);
/* complete.c: that nothing is missing from a rule set without mistakes */
void check_complete(const struct ruleset *rs);
/* Remembers thing under its name; a second one of that name is reported, and false comes back. */
bool declare_name(struct ruleset *rs, struct map *names, const struct clause *c, const char *what,
                  void *thing);
const struct clause *find_clause(const struct ast_item *it, enum clause_kind k); /* NULL: none */
bool item_has_broken(const struct ast_item *it);

/* Who gets an item of the team, seen from rows of the scope. What they cannot reach falls to the
 * `else` part. */
struct term *owner_term(const struct scope *sc, const struct team *t, struct span at);
/* Do the rows of the scope reach this part of it? */
bool owner_part(const struct scope *sc, const struct expr *e);
/* team_people.c: who of the team is there; and who has its items otherwise, seen from the rows of
 * the scope. */
void resolve_team_people(struct ruleset *rs, struct team *t);
void next_owners(const struct scope *sc, const struct team *t, term_list *out);

/* Sets r->entity from the head (for account) or, without, from the names of its condition. False:
 * reported. */
bool rule_entity(struct ruleset *rs, struct rule *r, const struct clause *head);
/* Does something have the names after `for each`? False: reported. */
bool each_is_there(struct ruleset *rs, const dim_list *dims);
/* group_row.c: on a group, `quota` or `csm.quota` of the row whose key the group is of. *found:
 * there is one, or what is wrong was reported. */
struct term *value_of_groups_row(const struct scope *sc, const struct expr *e, bool *found);
/* The entity whose rows a dimension names by their key: what it is called, or what rows belong to
 * under that name. NULL: none. */
struct entity *entity_of_dim(const struct ruleset *rs, const struct dim *d);
/* opened.c: the condition of `settled when`; NULL: reported. */
struct term *type_settled(const struct scope *sc, const struct expr *e);
/* The name `opened` in it; NULL: reported, for something else of that row has the name, too. */
struct term *opened_term(const struct scope *sc, const struct expr *e);
/* Is it the name of that day? */
bool is_opened(const char *name);
/* What to write where nothing is called so, for the day is not known there. near: a name that is
 * alike; NULL. */
void help_opened(const struct scope *sc, struct diag *d, const char *near);
/* worth.c: sets r->worth and whose money it is; what is wrong is told. */
void resolve_worth(const struct scope *sc, struct rule *r, const struct expr *e);
/* Adds the parts of a quoted text at `at`: literals, and {expressions} of the row of the scope. */
void read_template(const struct scope *sc, template_parts *parts, struct span at);
/* account.c: the web page of each entity; then whose customer the items of a rule are, and
 * theirs. */
void resolve_links(struct ruleset *rs);
void resolve_account(struct ruleset *rs, struct rule *r);

/* A name made of the words of a condition, for a sentence or a target; no other rule has it.
 * Numbers are left out, so that an edited threshold keeps its items. */
const char *name_from_words(struct ruleset *rs, const struct expr *e, const char *prefix,
                            void *thing);

/* ---- expressions ---------------------------------------------------------------------- */
/* typing.c: any expression */
struct term *type_expr(const struct scope *sc, const struct expr *e);
bool too_deep(struct ruleset *rs, struct span at); /* term.c: reports it once; true */
struct term *type_value(const struct scope *sc, const struct expr *e); /* refuses a condition */
struct term *type_condition(const struct scope *sc, const struct expr *e);
/* The operands of e, typed; NULL for one that was reported, or that e has not. typing_ops.c */
struct term *type_arith(const struct scope *sc, const struct expr *e, struct term *a,
                        struct term *b);
struct term *type_compare(const struct scope *sc, const struct expr *e, struct term *a,
                          struct term *b);
struct term *type_compare_terms(const struct scope *sc, const struct expr *e, enum op op,
                                struct term *a, struct term *b);
/* typing_time.c: within, ago, drop … */
/* Does the calendar have such a unit, such a period? name: as written, "fiscal week". False:
 * reported. */
bool unit_exists(struct ruleset *rs, struct span at, enum period_unit u, const char *name);
bool period_exists(const struct scope *sc, struct span at, const struct period *p);
/* E on D, both typed; NULL operands were reported. */
struct term *type_on(const struct scope *sc, const struct expr *e, struct term *a, struct term *d);
struct term *type_days(const struct scope *sc, const struct expr *e, struct term *a,
                       struct term *b);
/* t is no date: what to write */
void help_date(const struct scope *sc, struct diag *d, const struct term *t);
/* Has a, the first part of e, a value on another day? Else reported. */
bool needs_past(const struct scope *sc, const struct expr *e, const struct term *a,
                const char *word);
int64_t most_days(struct duration d); /* the most days that it may span, holidays aside */
struct term *type_each(const struct scope *sc, const struct expr *e);      /* typing_each.c */
struct term *type_call(const struct scope *sc, const struct expr *e);      /* typing_call.c */
struct term *type_aggregate(const struct scope *sc, const struct expr *e); /* typing_agg.c */
struct term *type_path(const struct scope *sc, const struct expr *e);      /* names.c */
/* names.c: health for Health__c, account for Account__r */
const char *crm_name(struct arena *a, const char *said);
/* fan_out.c. Does the aggregate count a number of another row again for each row? An average of it
 * is only warned of. */
bool fans_out(const struct scope *sc, const struct expr *e, const struct agg *g);
/* expand.c */
struct expr *expand_define(const struct scope *sc, const struct expr *call, struct define *d);

/* ---- names that stand for terms (resolve.c): made on first use; NULL: reported ------ */
struct term *attr_term(struct ruleset *rs, struct attr *at); /* COMPUTED */
/* at: where it is named, for the message when it is being made just now */
struct term *kpi_term(struct ruleset *rs, struct kpi *k, struct span at);
struct term *segment_term(struct ruleset *rs, struct segment *s);
/* the rows it is made of: its own entity, or that of the wider segment */
struct entity *segment_entity(struct ruleset *rs, struct segment *s);
struct term *type_threshold(const struct scope *sc, const struct expr *src, struct threshold *th);
/* False: it leads further down than anything may, which is reported. */
bool not_too_high(struct ruleset *rs, const struct term *t, struct span at, int *height);

struct term *term_new(const struct scope *sc, enum term_kind k, const struct expr *src,
                      struct type type);
struct term *term_const(const struct scope *sc, const struct expr *src, struct type type,
                        double num);
/* What a length has to be, for its messages. */
struct length_bounds {
  int least, most;     /* in days; most 0: whatever it is */
  const char *what;    /* that takes it: "`for`" */
  const char *example; /* "renewal overdue for 14d" */
};
/* A duration, or the name of a threshold of durations that is the same for all rows; else
 * reported, as is one that is out of bounds. */
bool take_length(const struct scope *sc, const struct expr *e, const struct length_bounds *b,
                 struct length *out);
/* Is it written, or a threshold of durations? */
bool is_length(const struct scope *sc, const struct expr *e);
/* Is its value on another day another one? False for plain columns and constants. */
bool has_past(const struct term *t);
/* A plain column: what it holds today stands for every day. Rows of an event or an interval are
 * facts, their columns do not change; what is known from a day is not there before. */
bool reads_today(const struct attr *at);
/* The attribute, when the term is the date of something that happened (`known from`), straight,
 * of a parent or of another day; NULL. */
const struct attr *recorded_day(const struct term *t);

/* ---- names ---------------------------------------------------------------------------- */
struct attr *entity_attr(const struct entity *ent, const char *name);
/* Adds it; the first of a name is the one that is found. */
void entity_add_attr(struct arena *a, struct entity *ent, struct attr *at);
struct kpi *entity_kpi(const struct ruleset *rs, const struct entity *ent, const char *name);
struct entity *set_entity(struct ruleset *rs, const char *name, struct segment **segment);
bool has_name(const struct ruleset *rs, const struct entity *ent, const char *name);
/* the first entity that has an attribute or KPI of the name; NULL */
const struct entity *entity_with(const struct ruleset *rs, const char *name);
/* an attribute or KPI of whatever entity */
bool names_something(const struct ruleset *rs, const char *name);

/* Whether rows of any entity have a value for the path: its last name is an attribute, a KPI, a
 * parent with a key, or the key or label of what stands before it. Looked up, not reported. */
bool leads_to_something(const struct ruleset *rs, const name_list *path);

/* Tells, at the place that needs it, that the entity has no key, and what follows from that. */
void need_key(struct ruleset *rs, const struct entity *ent, struct span at, const char *so);

/* ---- names that nobody declared (unknown_name.c): reported with the nearest that there is --- */
/* account.c: the key of the row of `to`, at the end of the way, as its beginning sees it. */
struct term *key_seen_along(struct ruleset *rs, struct entity *to, struct edge *const *way,
                            size_t n, const struct expr *src);
/* mutes.c: once all rules are resolved. */
void resolve_mutes(struct ruleset *rs);
/* Does the team say which person gets its items? Where not, that is warned of, once a team. */
void team_has_people(struct ruleset *rs, struct team *t);
/* declare_playbook.c. find_playbook: NULL: reported. rule_does_playbook: the steps of `do NAME`, as
 * the rows of the scope see them; what to do is the playbook's title where the rule has no text. */
struct playbook *find_playbook(struct ruleset *rs, const char *name, struct span at);
void rule_does_playbook(const struct scope *sc, struct rule *r, const char *name, struct span at);
/* The number of items that `capacity 15` or `at most 20 open` says; 0 after a message. */
int take_count(struct ruleset *rs, const struct clause *c, const char *example);
struct team *find_team(struct ruleset *rs, const char *name, struct span at); /* NULL: reported */
/* otherwise: the help when no name is near; NULL: how to declare it. more: what else to say of
 * segments, or "". */
void tell_no_entity(struct ruleset *rs, const char *name, struct span at, const char *otherwise);
void tell_no_segment(struct ruleset *rs, const char *name, struct span at, const char *more);
/* What one row of the parent can say of an attribute of its many rows of ent. loose_words.c */
void help_rows_of(struct ruleset *rs, struct diag *d, const struct entity *ent,
                  const struct attr *at);
/* The entity that a word names as people say it: tickets, Deal; NULL: none. loose_words.c */
const struct entity *entity_called(const struct ruleset *rs, const char *said);
/* Writes the helps of words that the parser could not place anew. Everything is declared. */
void mend_loose_words(struct ruleset *rs);
/* neither entity nor segment */
void tell_no_set(struct ruleset *rs, const char *name, struct span at);

/* ---- units (units.c) ------------------------------------------------------------------ */
struct type type_of(enum unit u);
bool is_number(const struct term *t);
bool is_condition(const struct term *t);
/* A duration in months, quarters, years or business days: no number of days. */
bool no_day_count(const struct term *t);
/* Of two amounts of money. One whose currency nobody says is read to the hundredth, and goes with
 * any that is, too. */
bool same_currency(const struct term *a, const struct term *b);

/* Money per month and per year: sema/typing_per.c. The word after `per`. False: it is neither
 * month nor year, which is reported. */
bool read_per(struct ruleset *rs, const char *word, struct span at, enum money_per *out);
/* `arr per month`, where a is what `arr` means: as an amount of a month or of a year. NULL when
 * reported, which it also is where a is NULL. */
struct term *type_per(const struct scope *sc, const struct expr *e, struct term *a);
/* What `e per month` reads: with parentheses where it takes them. */
const char *as_per(const struct scope *sc, const struct expr *e, enum money_per per);
/* What the amount x is of once it is multiplied or divided (op) by y. */
enum money_per per_by_hand(enum op op, const struct term *x, const struct term *y);
/* Of two amounts: not one of a month and one of a year. */
bool same_per(const struct term *a, const struct term *b);
void tell_per(const struct scope *sc, struct span at, const struct term *a, const struct term *b,
              const char *verb);
/* Makes both sides speak of one unit: bare numbers take the unit they stand against. False:
 * reported, with both sides. */
bool agree(const struct scope *sc, struct span at, struct term *a, struct term *b,
           const char *verb);
/* A bare number becomes one of the type; false when it cannot (a share wants a percent), which is
 * reported. */
bool adapt(const struct scope *sc, struct term *t, struct type to, const struct term *other);
/* the common type of two that agree */
struct type plain_wins(const struct term *a, const struct term *b);
/* Tells when a text literal is none that the attribute on the other side may hold. */
void check_listed(const struct scope *sc, const struct term *path, const struct term *literal);
/* "a score", "a percent", "money in EUR" */
const char *unit_phrase(const struct scope *sc, const struct term *t);

#define TELL(sc, code, at, ...) diag_add(&(sc)->rs->diags, (code), (at), __VA_ARGS__)
/* Does a rule have the name, written above it? rule_name.c */
bool is_named_rule(const struct ruleset *rs, const char *name);
/* Of a condition that asks for a rule, by the rule's name. */
#define RULE_IN_CONDITION                                                                     \
  "it is a rule, and conditions ask the data: leave it out; where this rule is to be silent " \
  "while that one has an item open, write under rule %s: mutes NAME, the name of this rule"
#define HELP_WITH(sc, d, ...) diag_help(&(sc)->rs->diags, (d), __VA_ARGS__)
/* its source text, shortened */
const char *quoted(const struct scope *sc, const struct expr *e);

#endif
