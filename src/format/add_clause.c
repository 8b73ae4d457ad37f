/* In: a source, a place, a clause. Out: the text with the clause behind that place. */
#include "format/add_clause.h"

#include <string.h>

#include "format/format.h"

/* The clause as fmt writes it, without its line end; NULL: it cannot be read. */
static const char *styled(const char *clause, struct arena *a) {
  const char *text = arena_printf(a, "threshold t = 1\n%s\n", clause);
  struct diags unheard = {.arena = a};
  struct source *src = source_new(a, "clause", text, strlen(text));
  struct formatted f = format_source(a, src, &unheard);
  const char *end = f.outcome == FORMAT_OK ? strchr(f.text, '\n') : NULL;
  return end ? arena_strndup(a, end + 1, strcspn(end + 1, "\n")) : NULL;
}

const char *text_with_clause(struct source *src, struct span after, const char *clause,
                             struct arena *a, const char **line) {
  const char *mine = styled(clause, a), *text = src->text;
  if (!mine) return NULL;
  *line = mine;
  size_t at = after.end;
  while (at < src->size && text[at] != '\n') at++;
  bool ended = at < src->size;
  const char *first = memchr(text, '\n', src->size);
  const char *end = first && first > text && first[-1] == '\r' ? "\r\n" : "\n";
  if (!ended) return arena_printf(a, "%s%s%s%s", text, end, mine, end);
  return arena_printf(a, "%.*s%s%s%s", (int)at + 1, text, mine, end, text + at + 1);
}
