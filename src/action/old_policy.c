/* In: the state, today's rules and data. Out: what the rules of the run before say of today. */
#include "action/old_policy.h"

#include <jansson.h>
#include <string.h>

#include "action/state.h"
#include "action/value_json.h"
#include "judge/dataset_check.h"
#include "judge/judge.h"
#include "sema/policy_diff.h"
#include "syntax/loader.h"

static bool is_library(const struct source *src) { return strncmp(src->path, "stdlib/", 7) == 0; }

const char *policy_files(const struct ruleset *rs, struct arena *a) {
  json_t *list = json_array();
  for (size_t i = 0; i < rs->sources.n; i++) {
    const struct source *src = rs->sources.v[i];
    if (is_library(src)) continue;
    json_t *file = json_object();
    json_object_set_new(file, "path", text_json(src->path));
    json_object_set_new(file, "text", text_json(arena_strndup(a, src->text, src->size)));
    json_array_append_new(list, file);
  }
  return json_text(list, a);
}

/* The policy of the newest run; false: there is none, or it is not kept. */
static bool read_last(const char *path, struct arena *a, struct last_policy *out) {
  struct state *s;
  struct diags quiet = {.arena = a}; /* what is wrong with the state is said when it is used */
  if (!state_open(path, STATE_READ, a, &s, &quiet) || !s) return false;
  bool ok = state_last_policy(s, out, &quiet);
  state_close(s);
  return ok && out->day != DAY_NONE && out->files;
}

struct ruleset *policy_of_files(const char *files, struct arena *a) {
  json_t *list = json_loads(files, 0, NULL), *one;
  size_t i;
  struct memory_file *mine = NEW_N(a, struct memory_file, json_array_size(list) + 1);
  const char **paths = NEW_N(a, const char *, json_array_size(list) + 1);
  json_array_foreach(list, i, one) {
    paths[i] = arena_strdup(a, json_string_value(json_object_get(one, "path")));
    mine[i].path = paths[i];
    mine[i].text = arena_strdup(a, json_string_value(json_object_get(one, "text")));
    mine[i].size = strlen(mine[i].text);
  }
  struct memory_files memory = {.files = mine, .n = json_array_size(list)};
  struct loader loader = memory_loader(&memory);
  struct load_request request = {.paths = paths, .n_paths = memory.n, .from = &loader};
  struct ruleset *rs = NULL;
  struct diags quiet = {.arena = a};
  bool good = memory.n && ruleset_load(&request, a, &rs, &quiet) && !rs->diags.errors;
  json_decref(list);
  return good ? rs : NULL;
}

static const char *const *differences(const struct verdicts *today, const struct ruleset *now,
                                      const struct ruleset *old, day_t then, struct arena *a,
                                      bool *any) {
  const char **out = NEW_N(a, const char *, today->n_rules + 1);
  for (size_t r = 0; r < today->n_rules; r++) {
    const struct rule *rule = rule_named(now, today->rules[r].rule); /* NULL: of a target */
    if (rule) out[r] = policy_difference(old, rule, then, today->as_of, a);
    *any |= out[r] != NULL;
  }
  return out;
}

static bool judge_old(struct ruleset *old, struct dataset *dataset, day_t day, struct arena *a,
                      struct old_policy *out, struct apply_request *apply) {
  struct diags quiet = {.arena = a};
  struct verdicts *v;
  if (dataset_check_names(old, dataset) || !load_holidays(old, dataset, &quiet) ||
      !load_fiscal_periods(old, dataset, &quiet))
    return false;
  struct judge_entry *entry = NEW(a, struct judge_entry);
  *entry = (struct judge_entry){.rs = old, .day = day, .want = WANT_RULES, .arena = a};
  out->judgement = judge_begin(&(struct judge_request){
      .dataset = dataset, .entries = entry, .n_entries = 1, .plan = plan_new(old, a), .arena = a});
  if (!judge_next(out->judgement, &v, &quiet)) return false;
  apply->old = v;
  return true;
}

void old_policy_judge(const char *state_path, struct ruleset *now, struct dataset *dataset,
                      struct apply_request *apply, struct arena *a, struct old_policy *out) {
  const struct verdicts *today = apply->verdicts;
  struct last_policy last;
  bool any = false;
  *out = (struct old_policy){0};
  if (!read_last(state_path, a, &last) || last.day > today->as_of) return;
  if (strcmp(last.digest, now->digest) == 0 && !policy_moved(now, last.day, today->as_of)) return;
  struct ruleset *old = policy_of_files(last.files, a);
  if (old) {
    policy_hold(old, last.day);
    const char *const *differs = differences(today, now, old, last.day, a, &any);
    if (!any) return;
    apply->differs = differs;
    if (judge_old(old, dataset, today->as_of, a, out, apply)) return;
  }
  apply->old = NULL;
  out->note =
      "the rules of the run before cannot be judged on today's data: items that are no "
      "longer asked are resolved, as if the rows had recovered";
}

void old_policy_end(struct old_policy *p) { judge_end(p->judgement); }
