/* In: a line of a digest. Out: the texts of a task. */
#include "deliver/task_text.h"

#include <string.h>

#include "deliver/clip.h"

enum { PART_MAX = 2000, LINK_MAX = 2000, STEP_MAX = 200 };

const char *task_subject(const struct digest_line *l, struct arena *a) {
  return clip(l->task, SUBJECT_MAX, a);
}

/* Several states may send tasks to one program: the number alone would be that of another item. */
static const char *key_of(const struct digest_line *l, const char *mark, struct arena *a) {
  return arena_printf(a, "[vigie %lld-%s]", (long long)l->item->id, mark);
}

const char *task_subject_keyed(const struct digest_line *l, const char *mark, struct arena *a) {
  const char *key = key_of(l, mark, a);
  return arena_printf(a, "%s %s", clip(l->task, SUBJECT_MAX - strlen(key) - 1, a), key);
}

bool task_link(const char *text) {
  return text && strlen(text) <= LINK_MAX && !strpbrk(text, " \t\r\n") &&
         (strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0);
}

/* "1 [x] Read the tickets": what is done of it, and what is not. */
static const char *steps_text(const struct digest_line *l, struct arena *a) {
  const char *text = "";
  for (size_t k = 0; !l->step && k < l->item->n_steps; k++) {
    const struct item_step *s = &l->item->steps[k];
    text = arena_printf(a, "%s\n%zu [%s] %s", text, k + 1, step_open(s) ? " " : "x",
                        clip(s->text, STEP_MAX, a));
  }
  return text;
}

const char *task_description(const struct digest_line *l, const char *mark, struct arena *a) {
  const char *text = clip(l->about, PART_MAX, a);
  if (*l->money) text = arena_printf(a, "%s, %s", text, l->money);
  if (*l->why) text = arena_printf(a, "%s\nWhy: %s", text, clip(l->why, PART_MAX, a));
  text = arena_printf(a, "%s%s", text, steps_text(l, a));
  if (task_link(l->item->link)) text = arena_printf(a, "%s\n%s", text, l->item->link);
  return arena_printf(a, "%s\n%s", text, key_of(l, mark, a));
}

const char *task_file_word(const char *text, struct arena *a) {
  char *out = arena_strdup(a, text);
  for (char *p = out; *p; p++)
    if ((unsigned char)*p <= ' ' || strchr("/\\:*?\"<>|'`$;&", *p) || (p == out && *p == '.'))
      *p = '-';
  return out;
}
