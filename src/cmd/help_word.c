/* What a word of a rule file or of a screen means. In: the comments of the standard library
 * (formula_doc.h), the tables of functions, clauses, words and units, the glossary. Out: text. */
#include "cmd/help_word.h"

#include <string.h>

#include "base/check.h"
#include "base/embedded.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/unit.h"
#include "cmd/formula_doc.h"
#include "fn/fn.h"
#include "cmd/rule_lines.h"
#include "syntax/parse_file.h"

/* ---- the tables ------------------------------------------------------------------------ */

static const struct word {
  const char *word, *doc, *example, *heading;
} words[] = {
#define WORD(word, doc, example, heading) {word, doc, example, heading},
#include "cmd/word.def"
#undef WORD
};
static const size_t n_words = sizeof words / sizeof *words;

/* Where docs/language.md speaks of a header and of what stands under it. */
static const struct {
  enum clause_kind head;
  const char *heading;
} chapters[] = {{C_LANGUAGE, "define-and-use"},
                {C_USE, "define-and-use"},
                {C_UNREADABLE, "values-that-cannot-be-read"},
                {C_PROJECT, "the-project"},
                {C_PAGE, "the-page"},
                {C_CALENDAR, "calendar"},
                {C_ENTITY, "entities"},
                {C_SEGMENT, "segments"},
                {C_THRESHOLD, "thresholds"},
                {C_KPI, "kpis"},
                {C_DEFINE, "define-and-use"},
                {C_TEAM, "teams"},
                {C_PLAYBOOK, "playbooks"},
                {C_RULE, "rules-and-sentences"},
                {C_SENTENCE, "rules-and-sentences"},
                {C_TARGET, "targets"},
                {C_TEST, "tests"}};
static const size_t n_chapters = sizeof chapters / sizeof *chapters;

/* ---- what is said ---------------------------------------------------------------------- */

struct helping {
  FILE *out;
  struct arena *a;
  const char *word;
  bool also; /* something was said before: an empty line stands between */
  bool said;
};

static void begin(struct helping *h) {
  if (h->also) fputc('\n', h->out);
  h->also = h->said = true;
}

static void say(struct helping *h, const char *line) {
  text_print_from(h->out, 0, 0, line, strlen(line));
}

/* Each line of it, indented. */
static void show(struct helping *h, const char *text) {
  for (const char *at = text; *at;) {
    size_t n = strcspn(at, "\n");
    fputs("  ", h->out);
    text_print_safe(h->out, at, n);
    fputc('\n', h->out);
    at += n + (at[n] == '\n');
  }
}

static void say_page(struct helping *h, const char *page, const char *heading) {
  fprintf(h->out, "\nPage: docs/%s#%s\n", page, heading);
}

/* A name with what it is, of a list. */
static void say_entry(struct helping *h, int width, const char *name, const char *text) {
  fprintf(h->out, "  %-*s  ", width, name);
  text_print_from(h->out, width + 4, width + 4, text, strlen(text));
}

/* "  value    money, what a deal is worth" */
static void say_arguments(struct helping *h, const struct formula_doc *f) {
  int width = 0;
  for (size_t i = 0; i < f->arguments.n; i++) {
    int n = text_width(f->arguments.v[i].name, strlen(f->arguments.v[i].name));
    if (n > width) width = n;
  }
  for (size_t i = 0; i < f->arguments.n; i++) {
    const struct formula_argument *arg = &f->arguments.v[i];
    say_entry(h, width, arg->name, arg->text ? arg->text : "");
  }
}

static void help_formula(struct helping *h, const struct formula_doc *f) {
  begin(h);
  fprintf(h->out, "%s(%s), a formula of std.%s\n\n", f->name, f->takes, f->theme);
  say(h, f->says);
  fputs("\nIt takes:\n", h->out);
  say_arguments(h, f);
  fputc('\n', h->out);
  for (size_t i = 0; i < FORMULA_PARTS - 1; i++) { /* the example has lines of its own */
    const char *text = formula_part(f, formula_parts[i]);
    if (text) text_print_line(h->out, "%s: %s", formula_parts[i], text);
  }
  fprintf(h->out, "\nExample:\n  use std.%s\n", f->theme);
  const char *example = formula_part(f, "Example");
  if (example) show(h, example);
  fputs("\nIn the library:\n", h->out);
  show(h, f->definition);
  say_page(h, arena_printf(h->a, "kpis/%s.md", f->theme), f->name);
}

static void help_theme(struct helping *h, const struct formula_docs *docs,
                       const struct formula_theme *t) {
  int width = 0;
  begin(h);
  say(h, arena_printf(h->a, "std.%s: %s", t->name, t->about));
  fprintf(h->out, "\nWrite use std.%s in a rule file, then:\n", t->name);
  for (size_t i = 0; i < docs->formulas.n; i++)
    if (strcmp(docs->formulas.v[i].theme, t->name) == 0 &&
        (int)strlen(docs->formulas.v[i].name) > width)
      width = (int)strlen(docs->formulas.v[i].name);
  for (size_t i = 0; i < docs->formulas.n; i++)
    if (strcmp(docs->formulas.v[i].theme, t->name) == 0)
      say_entry(h, width, docs->formulas.v[i].name, docs->formulas.v[i].says);
  fprintf(h->out, "\nPage: docs/kpis/%s.md\n", t->name);
}

static void help_function(struct helping *h, const struct fn *f) {
  begin(h);
  say(h,
      arena_printf(h->a, "%s, a function: %s. Unknown when an argument is.", f->signature, f->doc));
  say_page(h, "language.md", "expressions");
}

/* Several words, which a command line brings with _ between them. */
static bool word_is(struct arena *a, const struct word *w, const char *word) {
  char *joined = arena_strdup(a, w->word);
  for (char *p = joined; *p; p++)
    if (*p == ' ') *p = '_';
  return strcmp(joined, word) == 0;
}

static void help_in_line(struct helping *h, const struct word *w) {
  begin(h);
  say(h, arena_printf(h->a, "%s, a word of the language: %s", w->word, w->doc));
  fputs("\nExample:\n", h->out);
  show(h, w->example);
  say_page(h, "language.md", w->heading);
}

/* " under kpi, rule": the headers under which it may stand. */
static const char *under(struct helping *h, const struct rule_line *l) {
  const char *list = "";
  for (int k = 0; k < CLAUSE_KINDS; k++)
    if (clause_is_head(k) && !clause_is_head(l->kind) && clause_fits(l->kind, k))
      list = arena_printf(h->a, "%s%s%s", list, *list ? ", " : " under ", rule_lines[k].word);
  return list;
}

static const char *chapter_of(const struct rule_line *l) {
  for (size_t i = 0; i < n_chapters; i++)
    if (l->kind == chapters[i].head || clause_fits(l->kind, chapters[i].head))
      return chapters[i].heading;
  UNREACHABLE("a line is a header that has a chapter, or stands under one");
}

static void help_line(struct helping *h, const struct rule_line *l) {
  begin(h);
  say(h, arena_printf(h->a, "%s, a line of rule files%s: %s", l->word, under(h, l), l->doc));
  if (l->example) {
    fputs("\nExample:\n", h->out);
    show(h, l->example);
  }
  say_page(h, "language.md", chapter_of(l));
}

static void help_unit(struct helping *h, enum unit u) {
  begin(h);
  say(h, arena_printf(h->a, "%s, a unit: %s", unit_name(u), unit_doc(u)));
  say_page(h, "language.md", "units");
}

/* ---- every one of them ----------------------------------------------------------------- */

/* A term of docs/glossary.md: "### CS, CSM", an empty line, and what it is, " → [page](link)". */
struct term {
  const char *names, *text, *link;
};

static const char *glossary(void) {
  for (size_t i = 0; i < n_embedded_files; i++)
    if (strcmp(embedded_files[i].path, "docs/glossary.md") == 0) return embedded_files[i].text;
  UNREACHABLE("the Makefile puts the glossary into the program");
}

/* The next term from *at on, which moves behind it; false: there is none. */
static bool next_term(struct arena *a, const char **at, struct term *out) {
  const char *head = strstr(*at, "\n### ");
  if (!head) return false;
  head += strlen("\n### ");
  size_t names = strcspn(head, "\n");
  const char *text = head + names + 2, *arrow = strstr(text, " → ");
  const char *link = arrow ? strchr(arrow, '(') : NULL;
  CHECK(link); /* tests/docs/glossary.sh */
  out->names = arena_strndup(a, head, names);
  out->text = arena_strndup(a, text, (size_t)(arrow - text));
  out->link = arena_strndup(a, link + 1, strcspn(link + 1, ")"));
  *at = link;
  return true;
}

/* Is it one of "CS, CSM"? */
static bool term_is(struct arena *a, const struct term *t, const char *word) {
  const char *all = arena_printf(a, ", %s, ", text_folded(a, t->names));
  return strstr(all, arena_printf(a, ", %s, ", text_folded(a, word))) != NULL;
}

static void help_term(struct helping *h) {
  struct term t;
  char *word = arena_strdup(h->a, h->word);
  for (char *p = word; *p; p++)
    if (*p == '_') *p = ' ';
  for (const char *at = glossary(); next_term(h->a, &at, &t);)
    if (term_is(h->a, &t, word)) {
      begin(h);
      say(h, arena_printf(h->a, "%s, a term: %s", t.names, t.text));
      fprintf(h->out, "\nPage: docs/%s\n", t.link);
    }
}

static const char *theme_word(struct arena *a, const struct formula_theme *t) {
  return arena_printf(a, "std.%s", t->name);
}

static void help_library(struct helping *h) {
  struct formula_docs *docs = formula_docs(h->a);
  for (size_t i = 0; i < docs->formulas.n; i++)
    if (strcmp(docs->formulas.v[i].name, h->word) == 0) help_formula(h, &docs->formulas.v[i]);
  for (size_t i = 0; i < docs->themes.n; i++)
    if (strcmp(theme_word(h->a, &docs->themes.v[i]), h->word) == 0)
      help_theme(h, docs, &docs->themes.v[i]);
}

bool help_word(FILE *out, struct arena *a, const char *word, bool also) {
  struct helping h = {.out = out, .a = a, .word = word, .also = also};
  help_library(&h);
  for (size_t i = 0; i < n_fns; i++)
    if (strcmp(fns[i].name, word) == 0) help_function(&h, &fns[i]);
  for (size_t i = 0; i < n_words; i++)
    if (word_is(a, &words[i], word)) help_in_line(&h, &words[i]);
  for (int k = 0; k < C_BROKEN; k++)
    if (strcmp(rule_lines[k].word, word) == 0) help_line(&h, &rule_lines[k]);
  for (int u = 0; u < UNIT_COUNT; u++)
    if (strcmp(unit_name((enum unit)u), word) == 0) help_unit(&h, (enum unit)u);
  help_term(&h);
  return h.said;
}

void help_words(struct arena *a, word_seen *seen, void *context) {
  struct formula_docs *docs = formula_docs(a);
  for (size_t i = 0; i < docs->formulas.n; i++)
    seen(context, docs->formulas.v[i].name, docs->formulas.v[i].says);
  for (size_t i = 0; i < docs->themes.n; i++)
    seen(context, theme_word(a, &docs->themes.v[i]), docs->themes.v[i].about);
  for (size_t i = 0; i < n_fns; i++) seen(context, fns[i].name, fns[i].doc);
  for (size_t i = 0; i < n_words; i++) seen(context, words[i].word, words[i].doc);
  for (int k = 0; k < C_BROKEN; k++) seen(context, rule_lines[k].word, rule_lines[k].doc);
  for (int u = 0; u < UNIT_COUNT; u++)
    seen(context, unit_name((enum unit)u), unit_doc((enum unit)u));
  struct term t;
  for (const char *at = glossary(); next_term(a, &at, &t);)
    for (const char *name = t.names; *name; name += strspn(name, ", ")) {
      size_t n = strcspn(name, ",");
      seen(context, arena_strndup(a, name, n), t.text);
      name += n;
    }
}

struct near_words {
  struct arena *a;
  VEC(const char *) names;
};

static void add_near(void *context, const char *word, const char *about) {
  struct near_words *near = context;
  (void)about;
  VEC_PUSH(near->a, &near->names, word);
}

const char *help_word_near(struct arena *a, const char *word) {
  struct near_words near = {.a = a};
  help_words(a, add_near, &near);
  return suggest(word, near.names.v, near.names.n);
}

/* Of the words that hold another one: "open_pipeline, weighted_pipeline". */
struct like_words {
  struct arena *a;
  const char *part, *list;
  size_t n;
};

enum { LIKE_SHOWN = 8 };

static void add_like(void *context, const char *word, const char *about) {
  struct like_words *like = context;
  (void)about;
  if (!strstr(text_folded(like->a, word), like->part)) return;
  if (like->n++ < LIKE_SHOWN)
    like->list = arena_printf(like->a, "%s%s%s", like->list, like->n > 1 ? ", " : "", word);
}

const char *help_words_like(struct arena *a, const char *part) {
  enum { LEAST = 3 };
  struct like_words like = {.a = a, .part = text_folded(a, part), .list = ""};
  if (strlen(part) < LEAST) return NULL;
  help_words(a, add_like, &like);
  if (!like.n) return NULL;
  return like.n > LIKE_SHOWN ? arena_printf(a, "%s, …", like.list) : like.list;
}
