/* In: a threshold, a value, a day, a reason. Out: one more line in its file; or the file as it was,
 * and why. */
#include "cmd/tune_write.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/text.h"
#include "cmd/problems.h"
#include "cmd/rules.h"
#include "format/add_clause.h"
#include "format/replace_file.h"
#include "sema/threshold_line.h"
#include "syntax/rule_files.h"

struct writing {
  const struct args *args;
  struct ruleset *rs;
  const struct tuning *t;
  const char *value;
  day_t day;
  struct arena *a;
  struct diags problems;
  /* ---- found ---- */
  const struct clause *after; /* the line goes behind it */
  const char *line, *text;    /* the new line; the new text of the file */
};

/* ---- what is refused ------------------------------------------------------------------------- */

static bool has_reason(struct writing *w) {
  const char *because = w->args->because;
  if (!because || !*because)
    return diag_fail(&w->problems, V0704,
                     "say why: --because \"Q1 review: half of them were wrong\"");
  if (strpbrk(because, "\r\n"))
    return diag_fail(&w->problems, V0704,
                     "--because takes one line: the reason stands in the file");
  return true;
}

/* A day that has not passed, without a line of its own. */
static bool day_is_free(struct writing *w) {
  const struct threshold *t = w->t->threshold;
  day_t today = day_today(w->rs->tz);
  char day[16];
  w->day = w->args->effective == DAY_NONE ? today + 1 : w->args->effective;
  day_text(w->day, day);
  if (w->day < today)
    return diag_fail(&w->problems, V0704,
                     "%s has passed, and what was in force then stays: give today or a later day, "
                     "--effective %s",
                     day, day_text(today + 1, (char[16]){0}));
  for (size_t i = 0; i < t->lines.n; i++)
    if (same_scope(&t->lines.v[i], &w->t->scope) && t->lines.v[i].from == w->day)
      return diag_fail(&w->problems, V0704,
                       "%s%s has a line from %s already: change that one, or give another day with "
                       "--effective",
                       t->name, w->t->scope_text, day);
  return true;
}

/* Would the line change anything on its day? */
static bool is_news(struct writing *w, const struct tune_value *v) {
  const struct threshold_line *l = threshold_line_on(w->t->threshold, &w->t->scope, w->day);
  char day[16];
  if (!l || !same_tune_value(w->t, v, &(struct tune_value){"", l->value.num, l->dur, false}))
    return true;
  return diag_fail(&w->problems, V0704, "%s%s is %s on %s as it is: nothing is written",
                   w->t->threshold->name, w->t->scope_text, v->text, day_text(w->day, day));
}

/* ---- the place ------------------------------------------------------------------------------- */

static const struct ast_item *item_of(const struct writing *w) {
  for (size_t i = 0; i < w->rs->thresholds.n; i++)
    if (w->rs->thresholds.v[i] == w->t->threshold) return w->rs->threshold_items.v[i];
  return NULL;
}

static const struct clause *clause_at(const struct ast_item *it, uint32_t at) {
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->span.at == at) return it->body.v[i];
  return it->head;
}

/* Behind the line of the same scope that it follows; the first dated one behind all lines. */
static const struct clause *place_of_line(const struct writing *w) {
  const struct ast_item *it = item_of(w);
  CHECK(it); /* every threshold of the rule set has a tree */
  const struct threshold *t = w->t->threshold;
  const struct threshold_line *before = threshold_line_on(t, &w->t->scope, w->day);
  bool dated = false;
  for (size_t i = 0; i < t->lines.n; i++)
    dated |= same_scope(&t->lines.v[i], &w->t->scope) && t->lines.v[i].from > DAY_MIN;
  if (before && (dated || !is_base_line(&w->t->scope))) return clause_at(it, before->span.at);
  const struct clause *last = it->head;
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->kind == C_FOR || it->body.v[i]->kind == C_FROM) last = it->body.v[i];
  return dated ? it->head : last;
}

/* Texts know \" and \\. */
static const char *as_text(const char *s, struct arena *a) {
  char *out = arena_alloc(a, strlen(s) * 2 + 1), *o = out;
  for (; *s; s++) {
    if (*s == '"' || *s == '\\') *o++ = '\\';
    *o++ = *s;
  }
  *o = 0;
  return out;
}

static bool make_line(struct writing *w) {
  struct arena *a = w->a;
  char day[16];
  w->after = place_of_line(w);
  struct source *src = w->after->span.src;
  const char *scope = w->t->scope_text; /* " for enterprise" */
  const char *clause = arena_printf(a, "%s from %s = %s because \"%s\"", *scope ? scope + 1 : "",
                                    day_text(w->day, day), w->value, as_text(w->args->because, a));
  w->text = text_with_clause(src, w->after->span, clause, a, &w->line);
  return w->text || diag_fail(&w->problems, V0704, "the line cannot be written: %s", clause);
}

/* The file is still what was read. */
static bool is_untouched(struct writing *w) {
  const struct source *src = w->after->span.src;
  struct diags unheard = {.arena = w->a};
  const struct source *now = rule_file_read(w->a, src->path, &unheard);
  if (!now)
    return diag_fail(&w->problems, V0702, "%s cannot be written: %s is not a file on this disk",
                     w->t->threshold->name, src->path);
  return (now->size == src->size && memcmp(now->text, src->text, src->size) == 0) ||
         diag_fail(&w->problems, V0702, "%s was changed meanwhile: nothing was written", src->path);
}

/* ---- asking, writing, looking again ---------------------------------------------------------- */

static void show_line(const struct writing *w, FILE *f) {
  struct source *src = w->after->span.src;
  int line, col;
  uint32_t n;
  source_place(src, w->a, w->after->span.at, &line, &col);
  const char *text = source_line(src, w->a, line, &n);
  text_print_line(f, "%s:%d", src->path, line);
  text_print_line(f, "  %.*s", (int)n, text);
  text_print_line(f, "+ %s", w->line);
}

static bool agreed_to_write(struct writing *w, bool *go) {
  FILE *f = w->args->format == FORMAT_JSON ? stderr : stdout;
  bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
  *go = true;
  if (!w->args->quiet || terminal) show_line(w, f);
  if (w->args->yes) return true;
  if (!terminal)
    return diag_fail(&w->problems, V0612,
                     "nothing was written: without a terminal, --write needs --yes");
  fputs("Write it? [y/N] ", f);
  fflush(f);
  int c = getchar();
  *go = c == 'y' || c == 'Y';
  if (!*go) fputs("Nothing was written.\n", f);
  return true;
}

/* EXIT_CLEAN: the files are as valid as before. */
static int look_again(struct writing *w) {
  int status = EXIT_CLEAN;
  if (rules_read(w->args, w->a, &status)) return EXIT_CLEAN;
  const struct source *src = w->after->span.src;
  if (!replace_file(src->path, src->text, src->size, w->a, &w->problems))
    return print_problems(w->args, "vigie tune", &w->problems);
  diag_fail(&w->problems, V0702, "%s is as it was: with the line, the rules would not be valid",
            src->path);
  print_problems(w->args, "vigie tune", &w->problems);
  return status;
}

int tune_write(const struct args *args, struct ruleset *rs, const struct tuning *t,
               const char *value, struct arena *a) {
  struct writing w = {
      .args = args, .rs = rs, .t = t, .value = value, .a = a, .problems = {.arena = a}};
  struct tune_value v;
  bool go;
  if (!has_reason(&w) || !tune_value_read(t, "--write", value, a, &v, &w.problems) ||
      !day_is_free(&w) || !is_news(&w, &v) || !make_line(&w) || !is_untouched(&w) ||
      !agreed_to_write(&w, &go))
    return print_problems(args, "vigie tune", &w.problems);
  if (!go) return EXIT_CLEAN;
  if (!is_untouched(&w) ||
      !replace_file(w.after->span.src->path, w.text, strlen(w.text), a, &w.problems))
    return print_problems(args, "vigie tune", &w.problems);
  int status = look_again(&w);
  if (status == EXIT_CLEAN && !args->quiet)
    text_print_line(args->format == FORMAT_JSON ? stderr : stdout, "Written to %s.",
                    w.after->span.src->path);
  return status;
}
