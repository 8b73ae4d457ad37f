/* In: a file as it stands in the editor. Out: the edit that brings it into the one style. */
#include "format/format.h"

#include <string.h>

#include "editor/server.h"

/* What two texts have in common at the beginning and at the end stays, by whole lines: so the
 * cursor stays where it was. */
static json_t *edits_to(const struct lines *from, const char *to, size_t size) {
  size_t first = 0, last = 0, most = from->size < size ? from->size : size;
  while (first < most && from->text[first] == to[first]) first++;
  if (first == from->size && first == size) return json_array();
  while (first && to[first - 1] != '\n') first--;
  while (last < most - first && from->text[from->size - 1 - last] == to[size - 1 - last]) last++;
  while (last && last < size && to[size - last - 1] != '\n') last--;
  return json_pack("[{s:o, s:s%}]", "range", range_json(from, first, from->size - last), "newText",
                   to + first, size - first - last);
}

static json_t *not_formatted(struct asked *q, const struct formatted *to, struct diags *diags) {
  if (to->outcome == FORMAT_UNSAFE)
    return answer_refused(q, ANSWER_FAILED, "formatting would change what the file means");
  const struct diag *d = diags->errors ? diags_error(diags) : NULL;
  size_t line = d ? lines_line(&q->doc->text, d->span.at) + 1 : 0;
  if (!d) return answer_refused(q, ANSWER_FAILED, "it cannot be formatted");
  return answer_refused(q, ANSWER_FAILED, "formatted when line %zu is right: %s", line, d->message);
}

json_t *answer_formatting(struct asked *q) {
  if (!q->doc) return answer_refused(q, ANSWER_WRONG_PARAMS, "the file is not open");
  struct source *src = source_new(q->a, q->doc->path, q->doc->text.text, q->doc->text.size);
  struct diags diags = {.arena = q->a};
  struct formatted to = format_source(q->a, src, &diags);
  if (to.outcome != FORMAT_OK) return not_formatted(q, &to, &diags);
  return edits_to(&q->doc->text, to.text, to.size);
}
