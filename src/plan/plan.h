/* The plan: what rule sets need from a dataset on given days, as a graph of columns.
 *
 * Every (expression, day) becomes a node, shared by all who ask for the same; every table is then
 * scanned once, however many nodes read it. Days are constants here: a shift is the same
 * expression with another day. Rule sets share what means the same in them: a table with its key
 * and the life of its rows is one domain, a column read in one way is one node. The plan knows no
 * database. It lives in the arena given, and borrows the rule sets. */
#ifndef VIGIE_PLAN_H
#define VIGIE_PLAN_H

#include "fn/fn.h"
#include "data/column_kind.h"
#include "sema/dims.h"
#include "sema/ruleset.h"

enum node_op {
#define NODE(id, name, payload, doc) id,
#include "plan/node.def"
#undef NODE
  NODE_OPS
};

/* A cell of a table that the plan reads. */
struct cell {
  const char *column;
  const char *what; /* the attribute's name */
  struct type type;
  struct cell_form form;
  bool percent;
  const char *currency_column;
};

/* belongs to: from the rows of one domain to those of another. */
struct plan_edge {
  int index;               /* in the plan */
  int child, parent;       /* domains; -1: nobody follows it */
  const struct edge *edge; /* as the first rule set declares it */
};

struct plan_agg {
  enum agg_fn fn;
  double percentile;
  int source;  /* the domain whose rows are put together */
  int visible; /* node in source: does the row exist on the day; -1: always */
  int period;  /* node in source: is its day in the period; -1: whatever its day */
  int where;   /* node in source: does it belong, as far as segment and `where` say; -1: all do */
  int *values; /* nodes in source */
  int n_values;
  int day_of_row; /* LATEST: node in source */
  /* from source to the entity of the target domain; 0 edges for a group or the company */
  const struct plan_edge **path;
  int n_path;
  /* Of a tree: from source, which is the target domain too, to itself; NULL: none. A row goes to
   * all that are above it, and to itself when `here`. */
  const struct plan_edge *up;
  bool here;
  int grouping; /* of a group domain: which values of source name the group; else -1 */
  /* company node: the first day of source in the whole dataset; -1: not dated */
  int first_day;
  day_t day;
  day_t until; /* the last day that counts: day, or the end of a period before it */
};

struct node {
  enum node_op op;
  enum column_kind col;
  int domain;
  int a, b, c; /* operands: nodes, -1 for none */
  int *list;   /* PICK, FN: more of them */
  int n_list;
  union { /* which of them: the payload of the operation, in node.def */
    double k;
    const char *text;
    struct cell cell;
    struct {
      const struct attr *attr;
      day_t day;
      int home; /* ASOF: the domain of the rows that have the attribute */
    };
    struct plan_agg *agg;
    int dim;
    const struct plan_edge *edge;
    int grouping; /* GROUP: of the rows */
    struct {
      enum op sub;
      enum move move; /* RELMOVE */
      double scale;
    };
    struct {
      double lo, hi;
    };
    struct {
      struct duration dur;
      const struct calendar *calendar; /* in which dur is counted: one of the plan's */
      int sign;                        /* +1 or -1 */
      enum period_unit of;             /* PERIOD */
    };
    struct {
      enum agg_fn fold;
      double percentile;
      enum period_unit each; /* what the days are the last of */
    };
    struct {
      const struct fn *fn;
      double unit; /* minor units in one of those that people read: rounding is of these */
    };
  };
  struct type type; /* for printing; of a number, part of its identity */
  /* ---- not part of its identity ------------------------------------------------------- */
  struct span span; /* where it is written: for messages */
  bool keep;        /* held for all rows: another domain reads it, or many days do */
};

enum domain_kind { DOM_COMPANY, DOM_ENTITY, DOM_GROUPS };

struct domain {
  enum domain_kind kind;
  struct ruleset *rs;    /* the first that asked for it */
  struct entity *entity; /* of rs */
  const char *tz;        /* in which its dates are read */
  bool materialised;     /* its rows are held; otherwise they only stream by */
  const dim_list *dims;  /* GROUPS */
  day_t dims_day;
};

/* The dimension values of the rows of a source domain, for one group domain. Two rule sets may
 * name them alike and read them elsewhere: then they are two. */
struct grouping {
  int source, groups; /* domains */
  int *dims;          /* nodes in source, one a dimension */
};

/* A KPI whose value on a day is read, not computed, in the rows where `given` is true: a test
 * gives it. */
struct given_kpi {
  const struct kpi *kpi;
  day_t day;
  struct cell value, given; /* columns of the KPI's entity */
};

/* A group that a test names by giving its value: it is there, though no row falls into it. */
struct given_group {
  int domain;               /* of the groups */
  int node;                 /* its value, where it is given */
  const char *const *names; /* a text for each dimension of the domain; "unknown": not known */
};

/* The value of a KPI of the company, or of the group that is called so, on a day of a test. */
struct given_total {
  const struct kpi *kpi;
  const char *const *group; /* a value for each dimension of the KPI; NULL: of the company */
  day_t day;
  struct value value;
};

/* What the plan keeps of a rule set. */
struct plan_rules {
  struct ruleset *rs;
  const struct calendar *calendar; /* one for all rule sets that count alike */
  VEC(const struct edge *) edges;  /* all of the rule set */
  VEC(struct plan_edge *) same;    /* and what they are in the plan */
};

struct plan {
  struct arena *arena;
  struct ruleset *rs;    /* whose terms are being planned: plan_use */
  struct plan_rules *of; /* what is kept of it */
  VEC(struct plan_rules *) rules;
  bool days; /* it is of many days, or of many rule sets: what a day needs of others is kept */
  VEC(const struct calendar *) calendars;
  VEC(struct plan_edge *) edges;
  VEC(struct given_kpi) given_kpis;     /* set before the first plan_term */
  VEC(struct given_total) given_totals; /* likewise */
  VEC(struct given_group) given_groups; /* the groups that these name, in the plan */
  /* The dataset is an excerpt, a test's: no day is before its first, and a row of which a segment
   * cannot be told gets the base of a threshold, unless something of it was said to be unknown.
   * That is in this flag column of every entity; NULL: a whole dataset. */
  const char *excerpt;
  VEC(struct node) nodes;
  VEC(struct domain) domains; /* 0 is the company */
  VEC(struct grouping) groupings;
  struct {
    int *slots;
    size_t cap;
  } cons; /* structural hash of nodes */
  struct {
    struct lowered *slots;
    size_t cap, n;
  } lowered; /* the nodes of terms: lowered.c */
  /* The first fiscal period asked for that the calendar's table does not hold, as a sentence: it
   * ends a run. NULL: none. */
  const char *outside;
  /* The day on which the one item opened that is asked about; DAY_NONE: one that opens on the day.
   * Who asks about many leaves `opened` out of the plan (judge/opened.h). */
  day_t opened;
  int in_kpi; /* inside a KPI that is split: the KPIs it uses are split too */
};

struct plan *plan_new(struct ruleset *rs, struct arena *a);
/* From now on terms, entities and edges are those of rs. */
void plan_use(struct plan *p, struct ruleset *rs);
/* The domain of an entity of the rule set in use. */
int plan_entity_domain(struct plan *p, struct entity *ent, bool materialised);
/* The entity of the rule set in use whose rows a domain has; NULL: of none. */
struct entity *plan_entity(const struct plan *p, int domain);
/* An edge of the rule set in use, whose parent is materialised. */
const struct plan_edge *plan_edge(struct plan *p, const struct edge *e);
/* Do two attributes say the same of the same records? Not what they are called. */
bool same_history(const struct attr *a, const struct attr *b);
int plan_group_domain(struct plan *p, const dim_list *dims, day_t day);

/* The node of a term on a day over a domain. For a group domain, dims are taken on group_day. */
int plan_term(struct plan *p, const struct term *t, int domain, day_t day);
/* The same of a number, unknown of a row that did not exist yet: one of the days of a T_EACH. */
int plan_past_day(struct plan *p, const struct term *t, int domain, day_t day);
/* The node of a KPI's value there: of its term, unknown where it `needs` more rows than its
 * aggregates put together. */
int plan_kpi(struct plan *p, const struct kpi *k, int domain, day_t day);
/* The node that tells whether a row of the domain exists on the day; -1: always. */
int plan_exists(struct plan *p, int domain, day_t day);
/* The node of the label of an entity's rows; -1: none. */
int plan_label(struct plan *p, int domain);
/* index into groupings, made when new */
int plan_grouping(struct plan *p, int source, int groups);
/* Of a KPI that is split, on the rows of an entity: the domain of its groups that day, the node of
 * its value there, and the node of each row's group (N_GROUP). */
struct own_group {
  int groups, value, group;
};
struct own_group plan_own_group(struct plan *p, const struct kpi *k, int domain, day_t day);

/* The lines of a threshold that could apply on the day, in the order in which they win, each with
 * the node that tells for which rows (-1: for those that no other line takes). t: the T_THRESHOLD
 * term. */
struct line_choice {
  const struct threshold_line *line;
  int condition, rank;
};
typedef VEC(struct line_choice) line_choices;
line_choices plan_threshold_lines(struct plan *p, const struct term *t, int domain, day_t day);

/* Sets set[i] of each node i that goes into the node, itself included; set has one for each node of
 * the plan. */
void plan_reach(const struct plan *p, int node, bool *set);

void plan_dump(const struct plan *p, FILE *out);

/* ---- for the files of plan/ ----------------------------------------------------------- */
/* The node of a term that was lowered before there and then, in or out of a split KPI as now; -1:
 * it was not. Terms that do not last as long as the rule set are never remembered. */
int lowered_node(const struct plan *p, const struct term *t, int domain, day_t day);
void lowered_add(struct plan *p, const struct term *t, int domain, day_t day, int node);
struct node node_make(enum node_op op, enum column_kind col, int domain);
int node_add(struct plan *p, struct node n); /* the same node for the same fields */
/* Is the list's member i a node, not a rank of a pick? */
bool node_lists_node(const struct node *n, int i);
int node_bool(struct plan *p, int domain, bool yes);
int node_and(struct plan *p, int a, int b); /* -1 is "true" on either side */
int node_range(struct plan *p, int a, double lo, double hi);
/* The days of a period on a day. False: there is none, which the plan keeps (outside); what asks
 * for it is unknown. */
bool plan_period(struct plan *p, const struct period *of, day_t day, struct dayrange *out);
int node_unknown(struct plan *p, int domain, enum column_kind col);
/* the company's value, on every row of the domain */
int node_scalar(struct plan *p, int company_node, int domain);
enum column_kind column_kind_of(const struct type *t);
/* The days from which and until which rows of an entity exist; whether they do on the day (-1:
 * always). */
int plan_life_day(struct plan *p, int domain, bool until);
int plan_alive(struct plan *p, int domain, day_t day, bool with_end);
int plan_aggregate(struct plan *p, const struct term *t, int domain, day_t day);
/* How many rows each of the groups of a grouping has, whatever the day. */
int plan_group_sizes(struct plan *p, int grouping);
int plan_threshold(struct plan *p, const struct term *t, int domain, day_t day);

#endif
