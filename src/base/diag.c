/* Diagnostics. In: records from every stage. Out: text that says where, what, and what to change.
 */
#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/text.h"

static const struct diag_kind kinds[] = {
#define DIAG(code, level, title, doc) {#code, LEVEL_##level, title, doc},
#include "base/diag.def"
#undef DIAG
};

const struct diag_kind *diag_kind(enum diag_code c) { return &kinds[c]; }

const struct diag_kind *diag_kind_find(const char *code) {
  for (int i = 0; i < DIAG_COUNT; i++)
    if (strcasecmp(kinds[i].code, code) == 0) return &kinds[i];
  return NULL;
}

const char *diag_level_name(enum diag_level l) {
  return l == LEVEL_ERROR ? "error" : l == LEVEL_WARNING ? "warning" : "info";
}

static bool told_already(const struct diags *d, const struct diag_kind *kind, struct span at) {
  if (!at.src) return false;
  for (size_t i = d->list.n; i-- > 0 && d->list.n - i < 64;) {
    const struct diag *x = d->list.v[i];
    if (x->span.src == at.src && x->span.at < at.end && at.at < x->span.end &&
        (x->kind == kind || x->kind->level <= kind->level))
      return true;
    if (x->span.src == at.src && x->span.at == at.at && x->span.end == at.end && x->kind == kind)
      return true;
  }
  return false;
}

struct diag *diag_add_kind(struct diags *d, const struct diag_kind *kind, struct span at,
                           const char *fmt, va_list ap) {
  struct diag *x = NEW(d->arena, struct diag);
  x->kind = kind;
  x->span = at;
  x->message = arena_vprintf(d->arena, fmt, ap);
  if (kind->level == LEVEL_ERROR) d->errors++;
  if (kind->level == LEVEL_WARNING) d->warnings++;
  VEC_PUSH(d->arena, &d->list, x);
  return x;
}

struct diag *diag_add(struct diags *d, enum diag_code code, struct span at, const char *fmt, ...) {
  if (told_already(d, &kinds[code], at)) return NULL;
  va_list ap;
  va_start(ap, fmt);
  struct diag *x = diag_add_kind(d, &kinds[code], at, fmt, ap);
  va_end(ap);
  return x;
}

struct diag *diag_add_finding(struct diags *d, enum diag_code code, struct span at, const char *fmt,
                              ...) {
  va_list ap;
  va_start(ap, fmt);
  struct diag *x = diag_add_kind(d, &kinds[code], at, fmt, ap);
  va_end(ap);
  return x;
}

void diags_drop_inside(struct diags *d, enum diag_code code, struct span at) {
  size_t kept = 0;
  for (size_t i = 0; i < d->list.n; i++) {
    const struct diag *x = d->list.v[i];
    bool error = x->kind->level == LEVEL_ERROR && x->span.src == at.src;
    bool meant = error && (code == DIAG_COUNT || x->kind == &kinds[code]);
    bool inside = meant && x->span.at >= at.at && x->span.end <= at.end;
    if (inside)
      d->errors--;
    else
      d->list.v[kept++] = d->list.v[i];
  }
  d->list.n = kept;
}

bool diag_fail(struct diags *d, enum diag_code code, const char *fmt, ...) {
  CHECK(kinds[code].level == LEVEL_ERROR);
  va_list ap;
  va_start(ap, fmt);
  diag_add_kind(d, &kinds[code], NO_SPAN, fmt, ap);
  va_end(ap);
  return false;
}

const struct diag *diags_error(const struct diags *d) {
  for (size_t i = d->list.n; i-- > 0;)
    if (d->list.v[i]->kind->level == LEVEL_ERROR) return d->list.v[i];
  UNREACHABLE("a function failed and added no error");
}

const char *diags_failure(const struct diags *d) { return diags_error(d)->message; }

bool diag_pass(struct diags *to, const struct diag *x) {
  CHECK(x->kind->level == LEVEL_ERROR && !x->notes.n);
  struct diag *copy = NEW(to->arena, struct diag);
  *copy = *x;
  copy->message = arena_strdup(to->arena, x->message);
  if (x->help) copy->help = arena_strdup(to->arena, x->help);
  to->errors++;
  VEC_PUSH(to->arena, &to->list, copy);
  return false;
}

void diag_help(struct diags *d, struct diag *x, const char *fmt, ...) {
  if (!x) return;
  va_list ap;
  va_start(ap, fmt);
  x->help = arena_vprintf(d->arena, fmt, ap);
  va_end(ap);
}

void diag_note(struct diags *d, struct diag *x, struct span at, const char *fmt, ...) {
  if (!x) return;
  va_list ap;
  va_start(ap, fmt);
  struct diag_note n = {at, arena_vprintf(d->arena, fmt, ap)};
  va_end(ap);
  VEC_PUSH(d->arena, &x->notes, n);
}

static int order(const void *pa, const void *pb) {
  const struct diag *a = *(struct diag *const *)pa, *b = *(struct diag *const *)pb;
  int fa = a->span.src ? a->span.src->order : 1 << 30,
      fb = b->span.src ? b->span.src->order : 1 << 30;
  if (fa != fb) return fa < fb ? -1 : 1;
  if (a->span.at != b->span.at) return a->span.at < b->span.at ? -1 : 1;
  int code = strcmp(a->kind->code, b->kind->code);
  return code ? code : strcmp(a->message, b->message);
}

void diags_sort(struct diags *d) {
  if (d->list.n) qsort(d->list.v, d->list.n, sizeof *d->list.v, order);
}

enum { SHOWN = 100 }; /* columns of a source line that are shown */

/* The line, and under it carets for the part of the span on that line. */
static void print_excerpt(struct arena *a, FILE *out, struct span sp, const char *color,
                          const char *reset) {
  int line, col;
  source_place(sp.src, a, sp.at, &line, &col);
  uint32_t len;
  const char *text = source_line(sp.src, a, line, &len);
  uint32_t at = (uint32_t)(sp.src->text + sp.at - text);
  uint32_t end = (uint32_t)(sp.end - sp.at) + at;
  if (at > len) at = len;
  if (end > len) end = len;
  uint32_t from = 0;
  if (text_width(text, at) > SHOWN - 20) /* a long line: show the part around the place */
    for (from = at; from > 0 && text_width(text + from, at - from) < SHOWN / 2;) from--;
  while (from > 0 && ((unsigned char)text[from] & 0xC0) == 0x80) from--;
  uint32_t to = from + (uint32_t)text_within(text + from, len - from, SHOWN);
  if (end > to) end = to;
  fprintf(out, "  %s", from ? "…" : "");
  text_print_safe(out, text + from, to - from);
  fprintf(out, "%s\n  ", to < len ? "…" : "");
  int pad = text_width(text + from, at - from) + (from ? 1 : 0);
  int carets = end > at ? text_width(text + at, end - at) : 1;
  if (carets < 1) carets = 1;
  fprintf(out, "%*s%s", pad, "", color);
  for (int i = 0; i < carets; i++) fputc('^', out);
  fprintf(out, "%s\n", reset);
}

/* Returns how many cells it took. */
static int print_place(struct arena *a, FILE *out, struct span sp) {
  if (!sp.src) return 0;
  int line, col;
  size_t n = strlen(sp.src->path);
  source_place(sp.src, a, sp.at, &line, &col);
  text_print_safe(out, sp.src->path, n);
  return text_width(sp.src->path, n) + fprintf(out, ":%d:%d: ", line, col);
}

/* Under the first line of a sentence, and under those of a note or a help. */
enum { BELOW = 2, BELOW_NOTE = 4 };

void diag_print(struct diags *d, const struct diag *x, FILE *out, bool color) {
  const struct diag_kind *k = x->kind;
  const char *reset = color ? "\033[0m" : "", *bold = color ? "\033[1m" : "";
  static const char *const hues[] = {"\033[1;31m", "\033[1;33m", "\033[1;36m"};
  const char *hue = color ? hues[k->level] : "";
  fputs(bold, out);
  int at = print_place(d->arena, out, x->span);
  fprintf(out, "%s%s%s[%s]%s: ", reset, hue, diag_level_name(k->level), k->code, reset);
  at += (int)(strlen(diag_level_name(k->level)) + strlen(k->code) + strlen("[]: "));
  text_print_from(out, at, BELOW, x->message, strlen(x->message));
  if (x->span.src) print_excerpt(d->arena, out, x->span, hue, reset);
  for (size_t i = 0; i < x->notes.n; i++) {
    fputs("  ", out);
    at = (int)strlen("  note: ") + print_place(d->arena, out, x->notes.v[i].span);
    fputs("note: ", out);
    text_print_from(out, at, BELOW_NOTE, x->notes.v[i].text, strlen(x->notes.v[i].text));
    if (x->notes.v[i].span.src)
      print_excerpt(d->arena, out, x->notes.v[i].span, color ? "\033[1;34m" : "", reset);
  }
  if (x->help) {
    fprintf(out, "  %shelp:%s ", bold, reset);
    text_print_from(out, (int)strlen("  help: "), BELOW_NOTE, x->help, strlen(x->help));
  }
}

void diags_print(struct diags *d, FILE *out, bool color) {
  diags_sort(d);
  for (size_t i = 0; i < d->list.n; i++) diag_print(d, d->list.v[i], out, color);
}
