/* In: the command line of a backtest. Out: a rule set, an outcome, a span; or one message. */
#include "cmd/backtest_line.h"

#include <string.h>

#include "cmd/kpi_days.h"
#include "cmd/problems.h"
#include "cmd/rules.h"
#include "syntax/loader.h"

static const char *who_asks(const struct args *args, struct arena *a) {
  return arena_printf(a, "vigie %s", args->command);
}

/* ---- the rules, with the outcome beside them ------------------------------------------------- */

/* "mrr = 0 in next 90d" is short for --outcome "mrr = 0" --within 90d. True: it was; *n is the
 * length of the condition. */
static bool ends_in_window(const char *text, size_t *n, struct duration *within) {
  const char *at = NULL;
  for (const char *p = text; (p = strstr(p, " in next ")) != NULL; p++) at = p;
  if (!at) return false;
  const char *word = at + strlen(" in next ");
  *n = (size_t)(at - text);
  return duration_parse(word, strlen(word), within);
}

struct ruleset *read_backtest_files(const struct args *args, const struct load_request *files,
                                    struct condition *c, struct arena *a, int *status) {
  size_t n = args->outcome_of ? strlen(args->outcome_of) : 0;
  if (!args->outcome_of) return rules_read_from(args, files, a, status);
  if (ends_in_window(args->outcome_of, &n, &c->within) && args->within) {
    *status = refuse_option(args, who_asks(args, a),
                            "the outcome says its window, and --within says another: leave one of "
                            "them out");
    return NULL;
  }
  c->text = arena_strndup(a, args->outcome_of, n);
  const char *text = outcome_source(c->text, a);
  struct memory_file *file = NEW(a, struct memory_file);
  *file = (struct memory_file){OUTCOME_SOURCE, text, strlen(text)};
  struct memory_files *memory = NEW(a, struct memory_files);
  *memory = (struct memory_files){
      .files = file, .n = 1, .under = files->from ? files->from : &disk_loader};
  struct loader *loader = NEW(a, struct loader);
  *loader = memory_loader(memory);
  const char **paths = NEW_N(a, const char *, files->n_paths + 1);
  memcpy(paths, files->paths, files->n_paths * sizeof *paths);
  paths[files->n_paths] = OUTCOME_SOURCE;
  struct load_request request = {.paths = paths, .n_paths = files->n_paths + 1, .from = loader};
  struct ruleset *rs = rules_read_from(args, &request, a, status);
  struct diags problems = {.arena = a};
  if (!rs || (c->rule = outcome_take(rs, &problems))) return rs;
  *status = print_problems(args, who_asks(args, a), &problems);
  return NULL;
}

struct ruleset *read_backtest_rules(const struct args *args, struct condition *c, struct arena *a,
                                    int *status) {
  struct load_request files = {.paths = args->paths, .n_paths = args->n_paths};
  return read_backtest_files(args, &files, c, a, status);
}

/* ---- the span -------------------------------------------------------------------------------- */

/* A duration that was typed; what *out holds where it was not. */
static bool read_duration(const char *option, const char *text, struct duration *out,
                          struct diags *problems) {
  if (!text || (duration_parse(text, strlen(text), out) && out->n > 0)) return true;
  return diag_fail(problems, V0704,
                   "%s takes a length of time, such as 90d, 12w or 3mo, not \"%s\"", option, text);
}

bool read_backtest_span(const struct args *args, const struct ruleset *rs, struct condition *c,
                        struct backtest_request *q, struct diags *problems) {
  struct dayrange from, to;
  if (!args->span_from || !args->span_to)
    return diag_fail(problems, V0704,
                     "a backtest needs a span: add --from 2025-03-01 --to 2026-02-28");
  if (!days_of_bound(&rs->calendar, args->span_from, &from, problems) ||
      !days_of_bound(&rs->calendar, args->span_to, &to, problems))
    return false;
  q->from = from.first;
  q->to = to.last;
  q->every = (struct duration){1, strcmp(args->span_step, "week") == 0 ? DUR_WEEK : DUR_DAY};
  q->notice = (struct duration){1, DUR_DAY};
  if (q->from > q->to)
    return diag_fail(problems, V0704, "the span is empty: --from %s comes after --to %s",
                     args->span_from, args->span_to);
  if (!c->text && (args->within || args->notice))
    return diag_fail(problems, V0704, "%s says something of an outcome: add --outcome \"mrr = 0\"",
                     args->within ? "--within" : "--notice");
  return read_duration("--within", args->within, &c->within, problems) &&
         read_duration("--notice", args->notice, &q->notice, problems) &&
         read_duration("--handled", args->handled, &q->handled, problems);
}

/* ---- hindsight ---- */

int refuse_hindsight(const struct args *args, const struct backtest *b, struct arena *a) {
  const char *list = "";
  if (!b->hindsight)
    return refuse_option(args, who_asks(args, a),
                         "--strict-past: nothing is known before a history begins: %s. Begin the "
                         "span later, or leave --strict-past out",
                         late_histories_text(&b->late, a));
  for (size_t i = 0; i < b->hindsight->n; i++)
    list = arena_printf(a, "%s%s%s", list, i ? ", " : "", b->hindsight->v[i]);
  return refuse_option(args, who_asks(args, a),
                       "--strict-past: the rules read columns that have only today's value: %s. "
                       "Give these a `history`, or leave --strict-past out",
                       list);
}
