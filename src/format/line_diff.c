/* In: a file and its formatted text. Out: a unified diff, as patch reads it.
 *
 * Formatting adds and removes only blank lines and changes the others in place, so two cursors
 * that step over blank lines find the shortest diff; no search is needed. */
#include "format/line_diff.h"

#include <string.h>

#include "base/check.h"
#include "base/vec.h"

enum { CONTEXT = 3 };

struct edit {
  char sign; /* ' ' in both, '-' only before, '+' only after */
  const char *text;
  size_t n;        /* bytes, without the LF */
  bool unfinished; /* the last line of a text that does not end in LF */
};

typedef VEC(struct edit) edit_list;

static struct edit line_at(const char *p, const char *end, char sign) {
  const char *lf = memchr(p, '\n', (size_t)(end - p));
  return (struct edit){sign, p, (size_t)((lf ? lf : end) - p), !lf};
}

static const char *behind(const struct edit *e) { return e->text + e->n + !e->unfinished; }

static bool is_blank(const struct edit *e) {
  for (size_t i = 0; i < e->n; i++)
    if (!strchr(" \t\r\v\f", e->text[i])) return false;
  return true;
}

static bool same(const struct edit *x, const struct edit *y) {
  CHECK(x->text && y->text);
  return x->n == y->n && x->unfinished == y->unfinished && memcmp(x->text, y->text, x->n) == 0;
}

static edit_list compare(const struct source *before, const char *after, struct arena *a) {
  edit_list edits = {0};
  const char *p = before->text, *p_end = p + before->size, *q = after, *q_end = q + strlen(after);
  while (p < p_end || q < q_end) {
    bool take_p = p < p_end, take_q = q < q_end;
    struct edit old = {0}, new = {0};
    if (take_p) old = line_at(p, p_end, '-');
    if (take_q) new = line_at(q, q_end, '+');
    if (take_p && take_q && same(&old, &new)) {
      old.sign = ' ';
      take_q = false;
      q = behind(&new);
    } else if (take_p && take_q && is_blank(&old) != is_blank(&new)) {
      take_p = is_blank(&old);
      take_q = !take_p;
    }
    if (take_p) {
      VEC_PUSH(a, &edits, old);
      p = behind(&old);
    }
    if (take_q) {
      VEC_PUSH(a, &edits, new);
      q = behind(&new);
    }
  }
  return edits;
}

static void print_edit(const struct edit *e, bool color, FILE *out) {
  const char *hue = !color || e->sign == ' ' ? "" : e->sign == '-' ? "\033[31m" : "\033[32m";
  fprintf(out, "%s%c%.*s%s\n", hue, e->sign, (int)e->n, e->text, *hue ? "\033[0m" : "");
  if (e->unfinished) fputs("\\ No newline at end of file\n", out);
}

/* Edits first .. end; in each run of changes what goes stands before what comes. */
static void print_hunk(const edit_list *edits, size_t first, size_t end, bool color, FILE *out) {
  size_t i = first;
  while (i < end) {
    if (edits->v[i].sign == ' ') {
      print_edit(&edits->v[i++], color, out);
      continue;
    }
    size_t stop = i;
    while (stop < end && edits->v[stop].sign != ' ') stop++;
    for (const char *sign = "-+"; *sign; sign++)
      for (size_t j = i; j < stop; j++)
        if (edits->v[j].sign == *sign) print_edit(&edits->v[j], color, out);
    i = stop;
  }
}

/* How many lines of edits first .. end stand in the text that lacks the lines with this sign. */
static size_t lines_without(const edit_list *edits, size_t first, size_t end, char sign) {
  size_t n = 0;
  for (size_t i = first; i < end; i++) n += edits->v[i].sign != sign;
  return n;
}

/* The end of the hunk whose first change is edit i: CONTEXT lines behind its last change. */
static size_t hunk_end(const edit_list *edits, size_t i) {
  size_t last = i;
  for (; i < edits->n && i - last <= 2 * CONTEXT; i++)
    if (edits->v[i].sign != ' ') last = i;
  return last + 1 + CONTEXT < edits->n ? last + 1 + CONTEXT : edits->n;
}

/* The place of a range of lines in a hunk's header; an empty one is named by the line before it. */
static void print_range(FILE *out, char side, size_t line, size_t n) {
  fprintf(out, " %c%zu,%zu", side, n ? line : line - 1, n);
}

void line_diff_print(const struct source *before, const char *after, bool color, struct arena *a,
                     FILE *out) {
  edit_list edits = compare(before, after, a);
  size_t old_line = 1, new_line = 1, done = 0;
  for (size_t i = 0; i < edits.n; i++) {
    if (edits.v[i].sign == ' ') continue;
    if (!done) fprintf(out, "--- %s\n+++ %s (formatted)\n", before->path, before->path);
    size_t first = i > done + CONTEXT ? i - CONTEXT : done, end = hunk_end(&edits, i);
    old_line += first - done;
    new_line += first - done;
    size_t n_old = lines_without(&edits, first, end, '+'),
           n_new = lines_without(&edits, first, end, '-');
    fputs("@@", out);
    print_range(out, '-', old_line, n_old);
    print_range(out, '+', new_line, n_new);
    fputs(" @@\n", out);
    print_hunk(&edits, first, end, color, out);
    old_line += n_old;
    new_line += n_new;
    done = end;
    i = end - 1;
  }
}
