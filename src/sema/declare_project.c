/* The project blocks. In: their clauses. Out: how loud the checks of lint are, in the rule set.
 * Which checks there are, lint itself knows. */
#include <string.h>
#include <strings.h>

#include "sema/sema.h"

static const char *const words[] = {[LINT_OFF] = "off",
                                    [LINT_AS_INFO] = "info",
                                    [LINT_AS_WARNING] = "warning",
                                    [LINT_AS_ERROR] = "error"};
enum { LOUDNESSES = sizeof words / sizeof *words };

static bool read_loudness(struct ruleset *rs, const struct clause *c, enum lint_loudness *out) {
  for (int i = 0; i < LOUDNESSES; i++)
    if (strcmp(words[i], c->of) == 0) {
      *out = (enum lint_loudness)i;
      return true;
    }
  struct diag *d =
      diag_add(&rs->diags, V0421, c->of_span, "`%s` is not how loud a check can be", c->of);
  diag_help(&rs->diags, d, "write: lint %s off; or info, warning or error in place of off",
            c->name);
  return false;
}

static bool same_file(const struct lint_setting *x, const struct lint_setting *y) {
  return x->file && y->file ? strcmp(x->file, y->file) == 0 : x->file == y->file;
}

static void declare_lint(struct ruleset *rs, const struct clause *c) {
  struct lint_setting s = {.check = c->name,
                           .file = c->column,
                           .because = c->text,
                           .span = c->span,
                           .check_span = c->name_span};
  if (!read_loudness(rs, c, &s.loudness)) return;
  for (size_t i = 0; i < rs->lint_settings.n; i++) {
    const struct lint_setting *first = &rs->lint_settings.v[i];
    if (strcasecmp(first->check, s.check) != 0 || !same_file(first, &s)) continue;
    struct diag *d =
        diag_add(&rs->diags, V0117, s.span, "how loud %s is, is said twice%s%s%s", s.check,
                 s.file ? " for \"" : "", s.file ? s.file : "", s.file ? "\"" : "");
    diag_note(&rs->diags, d, first->span, "the first time is here");
    diag_help(&rs->diags, d, "keep one of them");
    return;
  }
  VEC_PUSH(rs->arena, &rs->lint_settings, s);
}

void declare_project(struct ruleset *rs, const struct ast_item *it) {
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->kind == C_LINT) declare_lint(rs, it->body.v[i]);
}
