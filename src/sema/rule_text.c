/* Texts with values in them. In: the text after `do` or `link`. Out: its parts: literal text, and
 * {expressions} as typed terms. */
#include <string.h>

#include "base/text.h"
#include "sema/plausible.h"
#include "syntax/parse_file.h"

/* {{ health }} of other tools. */
static void tell_two_braces(const struct scope *sc, struct span at, uint32_t i) {
  const char *text = at.src->text;
  uint32_t from = i + 2, end;
  while (from < at.end && text[from] == ' ') from++;
  for (end = from; end < at.end && text[end] != '}'; end++) {
  }
  bool closed = end + 1 < at.end && text[end + 1] == '}';
  struct span name = {at.src, from, end};
  while (name.end > from && text[name.end - 1] == ' ') name.end--;
  struct span all = {at.src, i, closed ? end + 2 : i + 2};
  HELP_WITH(sc, TELL(sc, V0405, all, "one brace is enough"), "write: {%s}",
            closed && name.end > from ? span_text(sc->rs->arena, name) : "label");
}

/* {!Account.Name} of Salesforce, {mrr | round} of a template; false: it is none of them. */
static bool tell_foreign_value(const struct scope *sc, struct span at) {
  struct arena *a = sc->rs->arena;
  const char *text = arena_strndup(a, at.src->text + at.at + 1, at.end - at.at - 2);
  size_t filter = strcspn(text, "|");
  const char *name = arena_strndup(a, text, filter), *dot = strrchr(text, '.');
  bool field = *text == '!', filtered = text[filter] && text[filter + 1] != '|';
  if (!field && (!filtered || strchr(text, '"'))) return false;
  if (field) name = text_lower(a, dot ? dot + 1 : text + 1);
  size_t n = strlen(name);
  if (field && n > 3 && strcmp(name + n - 3, "__c") == 0) n -= 3;
  while (n && name[n - 1] == ' ') n--;
  HELP_WITH(sc,
            TELL(sc, V0405, at,
                 field ? "a value stands in braces by its name alone"
                       : "a value is shown as it is, without a filter behind it"),
            "write: {%.*s}", (int)n, name);
  return true;
}

void read_template(const struct scope *sc, template_parts *parts, struct span at) {
  struct ruleset *rs = sc->rs;
  const char *text = at.src->text;
  char *buf = arena_alloc(rs->arena, at.end - at.at + 1), *w = buf;
#define FLUSH                                                                          \
  if (w > buf) {                                                                       \
    struct template_part p = {arena_strndup(rs->arena, buf, (size_t)(w - buf)), NULL}; \
    VEC_PUSH(rs->arena, parts, p);                                                     \
    w = buf;                                                                           \
  }
  for (uint32_t i = at.at + 1; i + 1 < at.end; i++) {
    if (text[i] == '\\' && (text[i + 1] == '"' || text[i + 1] == '\\')) {
      *w++ = text[++i];
      continue;
    }
    if (text[i] != '{') {
      *w++ = text[i];
      continue;
    }
    if (text[i + 1] == '{') {
      tell_two_braces(sc, at, i);
      return;
    }
    uint32_t end = i + 1;
    while (end + 1 < at.end && text[end] != '}') end++;
    if (end + 1 >= at.end) {
      HELP_WITH(sc,
                TELL(sc, V0405, ((struct span){at.src, i, at.end - 1}), "this `{` is never closed"),
                "write the missing `}`: {health}");
      return;
    }
    FLUSH
    if (tell_foreign_value(sc, (struct span){at.src, i, end + 1})) return;
    struct expr *e = parse_expression(rs->arena, at.src, i + 1, end, &rs->diags);
    if (end == i + 1)
      HELP_WITH(
          sc,
          TELL(sc, V0405, ((struct span){at.src, i, end + 1}), "nothing stands between { and }"),
          "write a name, such as {label}");
    struct term *t = e ? type_expr(sc, e) : NULL;
    struct template_part p = {NULL, t};
    if (t) VEC_PUSH(rs->arena, parts, p);
    i = end;
  }
  FLUSH
  check_braces(sc, at);
#undef FLUSH
}
