/* The project blocks. In: their clauses. Out: how loud the checks of lint are, in the rule set.
 * Which checks there are, lint itself knows. Where the data, the state and the language are read
 * is the command line (cmd/project.c), before there is a rule set: here they are only checked. */
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

/* ---- what the command line leaves out ------------------------------------------------- */

static bool good_language(struct ruleset *rs, const struct clause *c) {
  if (strcmp(c->name, "output") != 0) {
    struct diag *d = diag_add(&rs->diags, V0421, c->name_span,
                              "`language of %s`: only that of the output is said here", c->name);
    diag_help(&rs->diags, d, "write: language of output %s", c->of);
    return false;
  }
  if (strcmp(c->of, "en") == 0 || strcmp(c->of, "fr") == 0) return true;
  struct diag *d = diag_add(&rs->diags, V0421, c->of_span, "Vigie does not write `%s`", c->of);
  diag_help(&rs->diags, d, "write: language of output en; or fr");
  return false;
}

static bool good_file(struct ruleset *rs, const struct clause *c) {
  if (*c->text) return true;
  struct diag *d =
      diag_add(&rs->diags, V0421, c->span, "this `%s` names no file", clause_word(c->kind));
  diag_help(&rs->diags, d, "write: %s \"../%s.db\"", clause_word(c->kind),
            c->kind == C_DATA ? "data" : "actions");
  return false;
}

/* One for all files: two datasets would be two projects. */
static void declare_default(struct ruleset *rs, const struct clause *c) {
  if (!(c->kind == C_OUTPUT ? good_language(rs, c) : good_file(rs, c))) return;
  for (size_t i = 0; i < rs->project_lines.n; i++) {
    const struct clause *first = rs->project_lines.v[i];
    if (first->kind != c->kind) continue;
    struct diag *d = diag_add(&rs->diags, V0117, c->span, "the `%s` of the project is said twice",
                              clause_word(c->kind));
    diag_note(&rs->diags, d, first->span, "the first time is here");
    diag_help(&rs->diags, d, "keep one of them");
    return;
  }
  VEC_PUSH(rs->arena, &rs->project_lines, c);
}

void declare_project(struct ruleset *rs, const struct ast_item *it) {
  for (size_t i = 0; i < it->body.n; i++) {
    const struct clause *c = it->body.v[i];
    if (c->kind == C_LINT) declare_lint(rs, c);
    if (c->kind == C_DATA || c->kind == C_STATE || c->kind == C_OUTPUT) declare_default(rs, c);
  }
}
