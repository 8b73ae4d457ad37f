/* Only what a change has caused. In: findings of a version, and of an older one. Out: those that
 * the older one has not. */
#include "lint/changed.h"

#include "lint/identity.h"

void lint_keep_new(struct lint_result *r, const struct ruleset *rs, const struct lint_result *older,
                   const struct ruleset *older_rs) {
  struct arena *a = r->findings.arena;
  struct tally before = {.a = a};
  struct diags all = r->findings;
  for (size_t i = 0; i < older->findings.list.n; i++) {
    struct identity x = identity_of(a, older_rs, older->findings.list.v[i]);
    tally_add(&before, identity_key(a, &x), 1);
  }
  r->findings = (struct diags){.arena = a};
  for (size_t i = 0; i < all.list.n; i++) {
    struct identity x = identity_of(a, rs, all.list.v[i]);
    if (!tally_take(&before, identity_key(a, &x))) lint_keep(r, all.list.v[i]);
  }
}
