/* The dataset. In: a path. Out: an SQLite file with the tables of the story, and the facts that
 * the README states. */
#include "starter/dataset.h"

#include <sqlite3.h>
#include <stdio.h>

#include "base/arena.h"
#include "starter/people.h"
#include "starter/tables.h"
#include "starter/texts.h"

#define PAYING                                                                                  \
  "EXISTS (SELECT 1 FROM subscriptions s WHERE s.account_id = a.account_id AND NOT s.is_trial " \
  "AND s.start_date <= '2026-03-01' AND (s.end_date IS NULL OR s.end_date > '2026-03-01'))"

static const struct defect {
  const char *what, *count;
} defects[] = {
#define DEFECT(what, count) {what, count},
#include "starter/defect.def"
#undef DEFECT
};

static void write_tables(struct sink *s, const struct world *w) {
  write_people(s);
  write_accounts(s, w);
  write_subscriptions(s, w);
  write_billing(s, w);
  write_usage(s, w);
  write_health(s, w);
  write_support(s, w);
  write_deals(s, w);
  write_leads(s, w);
  write_holidays(s);
}

/* "12 deals have no owner", a line for each row that the query gives: its columns are a number
 * and a text. */
static const char *list(struct sink *s, struct arena *a, const char *so_far, const char *query,
                        const char *what) {
  sqlite3_stmt *rows = NULL;
  if (s->failed) return so_far;
  if (sqlite3_prepare_v2(s->db, query, -1, &rows, NULL) == SQLITE_OK &&
      sqlite3_step(rows) == SQLITE_ROW) {
    so_far =
        arena_printf(a, "%s- %lld %s\n", so_far, (long long)sqlite3_column_int64(rows, 0), what);
  } else {
    s->failed = true;
    snprintf(s->error, sizeof s->error, "%s", sqlite3_errmsg(s->db));
  }
  sqlite3_finalize(rows);
  return so_far;
}

static const char *list_tables(struct sink *s, struct arena *a) {
  static const struct {
    const char *name, *holds;
  } tables[] = {
      {"accounts", "who the customers are"},
      {"people", "CSMs, account executives, SDRs and their managers"},
      {"contacts", "who to talk to at a customer"},
      {"subscriptions", "what customers pay a month, from the first day to the first day without"},
      {"contracts", "what larger customers have signed"},
      {"invoices", "what larger customers owe, and when they paid"},
      {"feature_usage", "how often a feature was used on a day"},
      {"health_daily", "the health score of an account, recorded each Monday"},
      {"tickets", "support requests, with the rating the customer gave"},
      {"nps_answers", "answers to the quarterly survey, 0 to 10"},
      {"deals", "what is being sold"},
      {"deal_stages", "the day a deal entered a stage"},
      {"quotes", "offers sent, with their discount"},
      {"leads", "people who showed interest, and what it cost to reach them"},
      {"marketing_spend", "what each channel cost a month"},
      {"holidays", "public holidays in France, 2024 to 2027"},
  };
  const char *text = "";
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    const char *query = arena_printf(a, "SELECT count(*) FROM \"%s\"", tables[i].name);
    const char *what = arena_printf(a, "rows in `%s`: %s", tables[i].name, tables[i].holds);
    text = list(s, a, text, query, what);
  }
  return text;
}

static struct dataset_facts facts_of(struct sink *s, struct arena *a) {
  struct dataset_facts facts = {.tables = list_tables(s, a), .defects = ""};
  for (size_t i = 0; i < sizeof defects / sizeof *defects; i++) {
    facts.defects = list(s, a, facts.defects, defects[i].count, defects[i].what);
  }
  return facts;
}

bool dataset_write(const char *path, struct arena *a, struct dataset_facts *facts,
                   struct diags *problems) {
  struct sink s = {0};
  int rc = sqlite3_open_v2(path, &s.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  if (rc != SQLITE_OK) {
    s.failed = true;
    snprintf(s.error, sizeof s.error, "%s", sqlite3_errmsg(s.db));
  }
  /* a file that is thrown away when anything fails needs no journal */
  sink_exec(&s, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
  sink_exec(&s, starter_text("schema.sql"));
  struct world w = world_make(a);
  write_tables(&s, &w);
  sink_exec(&s, "COMMIT");
  *facts = facts_of(&s, a);
  sqlite3_close(s.db);
  if (s.failed)
    diag_fail(problems, V0702,
              "the dataset could not be written (%s): it needs about 20 MB of free disk", s.error);
  return !s.failed;
}
