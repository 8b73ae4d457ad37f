/* Rule files that are on no disk: a policy and what it uses are loaded from memory, and nothing
 * of a rule set stays behind when it is freed. */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "sema/ruleset.h"
#include "syntax/loader.h"

#define ENTITY                         \
  "language 1\n"                       \
  "entity account from \"accounts\"\n" \
  "  key \"id\"\n"                     \
  "  health score \"health\"\n"

static const char policy[] =
    "use shared.data\n"
    "use std.retention\n"
    "rule low_health for account\n"
    "  when health < 50\n"
    "  -> assign CS, due 7d\n"
    "team CS\n"
    "  assigns \"cs@acme.example\"\n";

struct loaded {
  struct arena *arena;
  struct ruleset *rs; /* NULL: refused */
  struct diags problems;
};

static struct loaded load(struct memory_files *files, const char *path) {
  struct loaded l = {.arena = arena_new()};
  l.problems.arena = l.arena;
  struct loader from = memory_loader(files);
  struct load_request request = {.paths = &path, .n_paths = 1, .from = &from};
  if (!ruleset_load(&request, l.arena, &l.rs, &l.problems)) l.rs = NULL;
  return l;
}

#define FILE_OF(path, text) \
  { path, text, sizeof(text) - 1 }

static void a_policy_uses_a_file_of_memory(void **state) {
  (void)state;
  const struct memory_file files[] = {FILE_OF("rules/policy.vigie", policy),
                                      FILE_OF("rules/shared/data.vigie", ENTITY)};
  struct loaded l = load(&(struct memory_files){files, 2, NULL, NULL}, "./rules//policy.vigie");
  assert_non_null(l.rs);
  assert_int_equal(l.rs->diags.errors, 0);
  assert_int_equal(l.rs->sources.n, 3);
  assert_string_equal(l.rs->sources.v[1]->path, "stdlib/retention.vigie");
  assert_int_equal(l.rs->rules.n, 1);
  assert_string_equal(l.rs->rules.v[0]->entity->name, "account");
  arena_free(l.arena);
}

static void a_folder_of_memory_is_its_rule_files(void **state) {
  (void)state;
  const struct memory_file files[] = {
      FILE_OF("b/two.vigie", "threshold two = 2\n"), FILE_OF("b/one.vigie", "threshold one = 1\n"),
      FILE_OF("b/notes.txt", "not rules"), FILE_OF("bc/three.vigie", "threshold three = 3\n")};
  struct loaded l = load(&(struct memory_files){files, 4, NULL, NULL}, "b");
  assert_non_null(l.rs);
  assert_int_equal(l.rs->sources.n, 2);
  assert_string_equal(l.rs->sources.v[0]->path, "b/one.vigie");
  arena_free(l.arena);
}

static void what_is_not_in_memory_is_not_read(void **state) {
  (void)state;
  const struct memory_file files[] = {FILE_OF("policy.vigie", policy)};
  struct memory_files alone = {files, 1, NULL, NULL};
  struct loaded l = load(&alone, "other.vigie");
  assert_null(l.rs);
  assert_string_equal(diags_failure(&l.problems),
                      "there is no file or folder other.vigie in memory");
  arena_free(l.arena);
  l = load(&alone, "policy.vigie");
  assert_non_null(l.rs);
  assert_true(l.rs->diags.errors > 0);
  assert_non_null(
      strstr(l.rs->diags.list.v[0]->message, "cannot read shared/data.vigie: No such file"));
  arena_free(l.arena);
}

static void write_file(const char *path, const char *text) {
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  assert_int_equal(fclose(f), 0);
}

static void a_buffer_lies_over_the_disk(void **state) {
  (void)state;
  char folder[] = "/tmp/loader_testXXXXXX";
  assert_non_null(mkdtemp(folder));
  assert_int_equal(chdir(folder), 0);
  assert_int_equal(mkdir("rules", 0700), 0);
  assert_int_equal(mkdir("rules/shared", 0700), 0);
  write_file("rules/shared/data.vigie", ENTITY);
  write_file("rules/policy.vigie", "this is the version before\n");
  char path[64];
  snprintf(path, sizeof path, "%s/rules/policy.vigie", folder);
  const struct memory_file buffer[] = {{path, policy, sizeof policy - 1},
                                       FILE_OF("rules/fresh.vigie", "threshold fresh = 1\n")};
  struct loaded l = load(&(struct memory_files){buffer, 2, &disk_loader, NULL}, "rules");
  assert_non_null(l.rs);
  assert_int_equal(l.rs->diags.errors, 0);
  assert_int_equal(l.rs->rules.n, 1);
  assert_int_equal(l.rs->thresholds.n, 1);
  arena_free(l.arena);
  unlink("rules/shared/data.vigie"), unlink("rules/policy.vigie");
  rmdir("rules/shared"), rmdir("rules");
  assert_int_equal(chdir("/"), 0);
  rmdir(folder);
}

static void two_hundred_rule_sets_leave_nothing_behind(void **state) {
  (void)state;
  char text[400];
  size_t before = 0;
  for (int i = 0; i < 220; i++) {
    int n = snprintf(text, sizeof text, ENTITY "threshold of_load_%d = %d\n", i, i);
    const struct memory_file files[] = {FILE_OF("policy.vigie", policy),
                                        {"shared/data.vigie", text, (size_t)n}};
    struct loaded l = load(&(struct memory_files){files, 2, NULL, NULL}, "policy.vigie");
    assert_non_null(l.rs);
    assert_int_equal(l.rs->diags.errors, 0);
    arena_free(l.arena);
    if (i == 19) before = mallinfo2().uordblks;
  }
  assert_true(mallinfo2().uordblks <= before);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_policy_uses_a_file_of_memory),
      cmocka_unit_test(a_folder_of_memory_is_its_rule_files),
      cmocka_unit_test(what_is_not_in_memory_is_not_read),
      cmocka_unit_test(a_buffer_lies_over_the_disk),
      cmocka_unit_test(two_hundred_rule_sets_leave_nothing_behind),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
