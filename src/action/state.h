/* The state database: the action items that are open, those that were, and who changed what.
 *
 * It is a file, or a database of PostgreSQL that a team shares (postgres/address.h).
 *
 * A struct state is one open transaction. Writing begins with the lock taken, so two runs at once
 * work one after the other; nothing is kept until state_commit. A run that is killed leaves the
 * state as it was before.
 *
 * Every function that returns bool says false when it failed, after adding one error V06xx to
 * problems: a sentence or two that say what to do. All texts read live in the arena of
 * state_open. */
#ifndef VIGIE_STATE_H
#define VIGIE_STATE_H

#include "action/decide.h"
#include "action/move.h"
#include "action/published.h"
#include "base/diag.h"

struct state;

enum state_mode { STATE_WRITE, STATE_READ, STATE_TRY };

/* STATE_WRITE makes the database when there is none. STATE_READ changes and makes nothing; when
 * there is no database yet (or an empty file), it returns true with *out NULL. STATE_TRY is
 * STATE_READ, but that the outbox can be written: beside the database, until it is closed. Waits
 * for another run for 10 seconds, or for VIGIE_LOCK_TIMEOUT_MS. */
bool state_open(const char *path, enum state_mode mode, struct arena *a, struct state **out,
                struct diags *problems);

/* Keeps what was written, and closes. The state is gone afterwards, whatever the outcome. */
bool state_commit(struct state *s, struct diags *problems);

/* Keeps what was written, and holds nobody up until state_again begins the next transaction: for
 * many small ones, since closing copies all that was written to its place. */
bool state_pause(struct state *s, struct diags *problems);
bool state_again(struct state *s, struct diags *problems);

/* Closes; what was not committed is as if it never was. NULL is fine. */
void state_close(struct state *s);

/* Is there a state, as far as can be seen? */
bool state_is_there(const char *path, struct arena *a);

/* For a state in PostgreSQL: *held, one delivery at a time has it, until *out is closed. */
bool state_hold_delivery(const char *address, struct arena *a, struct state **out, bool *held,
                         struct diags *problems);

/* The day of the newest run by its as-of day; DAY_NONE when there was none. */
bool state_newest_day(struct state *s, day_t *out, struct diags *problems);
/* The same of the runs that were no replays: people were told of them. */
bool state_newest_told_day(struct state *s, day_t *out, struct diags *problems);

/* The highest number that an item has or had; 0: there was none. */
bool state_last_number(struct state *s, int64_t *out, struct diags *problems);

/* The policy of the newest run: its day, the digest of its rules, and its files as a JSON array of
 * {path, text} (NULL: an older Vigie did not keep them). day DAY_NONE: there was no run. */
struct last_policy {
  day_t day;
  const char *digest, *files;
};
bool state_last_policy(struct state *s, struct last_policy *out, struct diags *problems);
/* The same of the newest run of the day, or of days before it. */
bool state_policy_on(struct state *s, day_t day, struct last_policy *out, struct diags *problems);
/* Keeps the files of a policy, once. */
bool state_save_policy(struct state *s, const char *digest, const char *files,
                       struct diags *problems);

/* How many items the last runs opened, by their median: the newest OPENINGS_RUNS of them. -1: there
 * have been too few to say. */
enum { OPENINGS_RUNS = 20, OPENINGS_LEAST = 5 };
bool state_usual_openings(struct state *s, long *out, struct diags *problems);

/* The living items of which a run would change nothing, and the numbers of all other living ones:
 * tells them by the marks of the hits, and leaves their hits out. */
bool state_standing_items(struct state *s, const struct verdicts *v, struct items_standing *out,
                          struct diags *problems);

/* Items in an array that has room for more. */
struct items_before {
  struct item *v;
  size_t n, room;
};
/* What decide() takes: the living items with their reasons, the closed ones whose episode may still
 * last, and of the rows on which the rules act those that may open again. So a state with a million
 * closed items costs a run nothing. */
bool state_newest_items(struct state *s, const struct verdicts *v,
                        /* not these; NULL: there are none */
                        const struct items_standing *but, struct items_before *out,
                        struct diags *problems);

/* What people have done since the newest run: the word of the audit, and to how many items. In the
 * order in which each was done first. */
struct move_count {
  const char *word; /* "done" */
  long n;
};
bool state_moves(struct state *s, const struct move_count **out, size_t *n, struct diags *problems);

/* What a person asks for; a NULL or DAY_NONE asks for nothing. */
struct item_filter {
  const char *owner; /* "none": nobody's */
  const char *team, *rule;
  const char *state;   /* "open", ...; NULL for all */
  const char *account; /* what the name or the key of its row or its customer contains */
  day_t late_on;       /* late on this day */
  day_t due_by;        /* to be done by this day at the latest */
  enum item_hold hold; /* held back by this first; HOLD_NONE: whatever holds it */
  bool reasons;        /* read why each opened, and its steps */
  bool steps;          /* read the steps of each */
  bool escalated;      /* a team above has been told of it */
  bool all_steps;      /* state_steps: of everybody, where neither a person nor a team is named */
};
/* What the newest run knew of the company, so that whoever has no rules at hand can tell what day
 * it is there, when an item that starts is due, and whose list is full. */
struct settings {
  const char *tz, *currency; /* NULL: not said */
  const char *filled;        /* histories with records, one a line (filled.h); NULL: not known */
  const char *decided;       /* by which policy and Vigie items were decided (decided_by) */
  struct calendar calendar;  /* its holidays; nothing of fiscal years */
  const struct team_facts *teams;
  size_t n_teams;
  const struct playbook_facts *playbooks;
  size_t n_playbooks;
};
/* The text that a run of these verdicts keeps as `decided`; in the arena. */
const char *decided_by(const struct verdicts *v, struct arena *a);
/* A state without a run, or of an older Vigie, knows nothing. */
bool state_settings(struct state *s, struct settings *out, struct diags *problems);

/* What the newest run that judged a rule knew of it. */
struct rule_facts {
  const char *clear, *settled; /* `clear when`, `settled when`, as written; NULL without */
  const struct level *levels;  /* of its escalation, in their order */
  size_t n_levels;
  day_t judged; /* the day of that run; DAY_NONE: an older Vigie did not say */
};
/* Of a rule that no run has judged, or that an older Vigie did, nothing is known: all is empty. */
bool state_rule(struct state *s, const char *name, struct rule_facts *out, struct diags *problems);

/* In the order of items_sort; with their reasons where the filter asks for them. */
bool state_list(struct state *s, const struct item_filter *f, const struct item ***out, size_t *n,
                struct diags *problems);

/* A step of an item: number at + 1. */
struct step_of {
  const struct item *item;
  size_t at;
};
/* The open steps that the person or the team of the filter does in items of others that are to do,
 * in the order in which they are due. Where what is late is asked for, all that are late, those of
 * the owners of items too. None for a filter that asks for none of this. */
bool state_steps(struct state *s, const struct item_filter *f, struct step_of **out, size_t *n,
                 struct diags *problems);

/* For whoever counts a million of them: calls take for each item that is asked for, in no order. Of
 * the item the number and these fields are read (names of item.def, no VALUE), and what the filter
 * asks of; it is lent until take returns, its texts are the state's arena's. */
bool state_each(struct state *s, const struct item_filter *f, const char *const *fields, size_t n,
                void (*take)(void *ctx, const struct item *i), void *ctx, struct diags *problems);

/* Adds the run, its items, and one audit row for each change. `unknown` counts the rows not
 * judged. */
bool state_save(struct state *s, const struct verdicts *v, const struct decision *d, long unknown,
                bool replay, struct diags *problems);

/* Keeps what the run knew of the company in place of what the run before did. */
bool state_save_settings(struct state *s, const struct verdicts *v, const char *filled,
                         struct diags *problems);

/* Of that only what it knew of the rules that it judged. */
bool state_save_rules(struct state *s, const struct verdicts *v, struct diags *problems);

/* Adds what the run that was saved tells people to the outbox. */
bool state_save_events(struct state *s, const struct verdicts *v, const struct decision *d,
                       struct diags *problems);

/* The items with these numbers, in the order given, with their reasons; a number that none has gets
 * an item whose id is 0. */
bool state_numbered(struct state *s, const int64_t *numbers, size_t n, struct item **out,
                    struct diags *problems);

/* The number of the living item of the same rule and row; 0: there is none. */
bool state_living(struct state *s, const struct item *i, int64_t *out, struct diags *problems);

/* Everybody who has or had an item or a step, is on the list of a team or leads it, in the order of
 * their names. */
bool state_owners(struct state *s, const char *const **out, size_t *n, struct diags *problems);
/* Everybody who has moved an item. */
bool state_movers(struct state *s, const char *const **out, size_t *n, struct diags *problems);
/* One of all these, or a team, in whatever letters: as the state writes it; NULL: nobody. */
bool state_person(struct state *s, const char *name, const char **out, struct diags *problems);
/* The names of the customers that items are or were about, in their order. */
bool state_accounts(struct state *s, const char *const **out, size_t *n, struct diags *problems);

/* Words that a shell may offer: at most WORDS_OFFERED of them, each with what it is. */
enum state_words {
  WORDS_OPEN, /* the numbers of living items */
  WORDS_CLOSED,
  WORDS_PEOPLE,
  WORDS_TEAMS,
  WORDS_RULES,
  STATE_WORDS
};
struct state_word {
  const char *word, *about;
};
bool state_words(struct state *s, enum state_words of, const struct state_word **out, size_t *n,
                 struct diags *problems);

/* Writes the items that a person has changed, and one audit row for each change; changes[].item is
 * an index into items. */
bool state_save_moves(struct state *s, const struct mover *by, day_t day, struct item *items,
                      size_t n_items, const struct change *changes, size_t n_changes,
                      struct diags *problems);

/* Keeps what the run says of the KPIs on the day, in place of what an earlier run of that day said
 * of them; of other KPIs, and of other days, nothing changes. */
bool state_publish(struct state *s, day_t day, const struct published_kpi *kpis, size_t n,
                   struct diags *problems);

/* What was said of the days, both included, in the order of day, KPI and group. */
bool state_published(struct state *s, day_t from, day_t to, struct published **out, size_t *n,
                     struct diags *problems);

/* One line of an item's audit. */
struct event {
  day_t day;          /* of the run or the move; DAY_NONE: an older Vigie did not say */
  const char *at;     /* the moment, UTC */
  const char *person; /* NULL: the run */
  const char *change, *field, *old, *now, *why;
};
/* In the order in which they happened. */
bool state_history(struct state *s, int64_t item, struct event **out, size_t *n,
                   struct diags *problems);

#endif
