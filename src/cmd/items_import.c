/* vigie items import. In: a task export, the state. Out: the items whose tasks are done, closed as
 * `items done` closes them, by whom and when the export says; and what is not taken, and why. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "action/outbox.h"
#include "base/check.h"
#include "base/map.h"
#include "base/text.h"
#include "cmd/items_import.h"
#include "cmd/problems.h"
#include "deliver/person_ids.h"

#define BY_EXPORT "import"

static void leave(struct importing *x, size_t row, const char *why) {
  VEC_PUSH(x->a, &x->left, ((struct task_left){row, why}));
}

/* ---- who ------------------------------------------------------------------------------ */

/* Who has this number in a file of ids that a line `tell` names; NULL: nobody. */
static const char *person_with_id(struct importing *x, const char *id) {
  struct diags none = {.arena = x->a}; /* without the file it is a name like others */
  for (size_t t = 0; salesforce_id(id) && t < x->settings.n_teams; t++) {
    const struct team_facts *team = &x->settings.teams[t];
    for (size_t k = 0; k < team->n_tells; k++) {
      const char *path = team->tells[k].ids;
      const struct person_ids *ids = path ? person_ids_read(&x->ids, path, x->a, &none) : NULL;
      const char *person = ids ? person_of_id(ids, id) : NULL;
      if (person) return person;
    }
  }
  return NULL;
}

/* "Ana Moreau" is ana.moreau@…, where only one is. */
static bool find_name(struct importing *x, struct state *s, const char *who, struct whom *out) {
  if (!person_find(who, s, x->a, out, &x->problems)) return false;
  if (out->kind != WHOM_NEW || !strchr(who, ' ')) return true;
  char *dotted = arena_strdup(x->a, text_folded(x->a, who));
  for (char *c = dotted; *c; c++)
    if (*c == ' ') *c = '.';
  return person_find(dotted, s, x->a, out, &x->problems);
}

/* The one who types the command; asked for once. */
static bool line_mover(struct importing *x, struct state *s, struct mover *out) {
  struct whom found;
  if (!x->mover.person && (!mover_of(x->args, x->a, &x->mover, &x->problems) ||
                           !mover_find(&x->mover, s, x->a, &found, &x->problems)))
    return false;
  *out = x->mover;
  return true;
}

/* An address counts as it is; another name counts where it is somebody's; else --by. */
static bool find_mover(struct importing *x, struct state *s, struct map *known, const char *who,
                       struct mover *out) {
  struct whom found;
  if (!who) return line_mover(x, s, out);
  struct mover *before = map_get(known, who);
  if (before) {
    *out = *before;
    return true;
  }
  const char *id = who, *person = person_with_id(x, who);
  if (person) who = person;
  if (!find_name(x, s, who, &found)) return false;
  bool counts = found.kind == WHOM_KNOWN || strchr(who, '@');
  if (counts)
    *out = (struct mover){found.kind == WHOM_KNOWN ? found.name : who, BY_EXPORT};
  else if (!line_mover(x, s, out))
    return false;
  else
    VEC_PUSH(x->a, &x->unknown, who);
  struct mover *kept = NEW(x->a, struct mover);
  *kept = *out;
  map_put(known, x->a, id, kept);
  return true;
}

/* ---- which items ---------------------------------------------------------------------- */

/* The newest day on which a person opened it again: what was done by then says nothing of it.
 * DAY_NONE: nobody did. */
static bool last_reopened(struct importing *x, struct state *s, int64_t number, day_t *out) {
  struct event *history;
  size_t n;
  *out = DAY_NONE;
  if (!state_history(s, number, &history, &n, &x->problems)) return false;
  for (size_t i = 0; i < n; i++)
    if (strcmp(history[i].change, change_name(CHANGE_COME_BACK)) == 0) *out = history[i].day;
  return true;
}

/* Why the task closes nothing; NULL: it may. */
static const char *why_not(const struct importing *x, const struct task_done *t, day_t reopened) {
  char a[16];
  if (t->day != DAY_NONE && t->day > x->today)
    return arena_printf(x->a, "says that #%lld is done on %s, which has not come",
                        (long long)t->number, day_text(t->day, a));
  if (reopened == DAY_NONE || (t->day != DAY_NONE && t->day > reopened)) return NULL;
  return arena_printf(x->a,
                      "is older than #%lld, which was reopened on %s; if it is done again: vigie "
                      "items done %lld",
                      (long long)t->number, day_text(reopened, a), (long long)t->number);
}

static bool take(struct importing *x, struct state *s, struct map *people, struct item *i,
                 const struct task_done *t) {
  day_t reopened;
  if (!i->id) {
    leave(x, t->row, "holds the key of an item that is not here: is it of another state?");
    return true;
  }
  if (!item_living(i)) {
    x->closed_before++;
    return true;
  }
  if (!last_reopened(x, s, i->id, &reopened)) return false;
  const char *why = why_not(x, t, reopened);
  if (why) {
    leave(x, t->row, why);
    return true;
  }
  struct imported one = {.item = *i, .day = t->day == DAY_NONE ? x->today : t->day, .rev = i->rev};
  if (!find_mover(x, s, people, t->who, &one.by)) return false;
  const struct item_move m = {.kind = MOVE_done,
                              .by = one.by,
                              .day = one.day,
                              .until = DAY_NONE,
                              .if_rev = -1,
                              .calendar = &x->settings.calendar};
  change_list none = {0};
  struct item tried = one.item;
  struct moved answer = move_item(&m, &tried, 0, &none, x->a);
  one.say = answer.why;
  if (answer.answer == MOVED)
    VEC_PUSH(x->a, &x->closed, one);
  else
    leave(x, t->row,
          arena_printf(x->a, "closes nothing, for #%lld %s", (long long)t->number, answer.why));
  return true;
}

static bool look(struct importing *x, struct state *s) {
  const struct task_export *e = &x->export;
  int64_t *numbers = NEW_N(x->a, int64_t, e->n_done + 1);
  struct item *items;
  struct map people = {0};
  for (size_t i = 0; i < e->n_done; i++) numbers[i] = e->done[i].number;
  if (!e->n_done) return true;
  if (!state_numbered(s, numbers, e->n_done, &items, &x->problems)) return false;
  for (size_t i = 0; i < e->n_done; i++)
    if (!take(x, s, &people, &items[i], &e->done[i])) return false;
  return true;
}

static bool no_keys(struct importing *x) {
  if (x->export.n_other)
    return diag_fail(
        &x->problems, V0707,
        "%s: the keys in it are of other states, not of %s: say with --state which one "
        "sent the tasks",
        x->path, x->args->state);
  return diag_fail(&x->problems, V0707,
                   "%s: no row holds the key of an item, such as [vigie 12-3f9a1c2e]: export the "
                   "subject or the text of the tasks, too",
                   x->path);
}

static bool read_export(struct importing *x, struct state *s) {
  struct csv_file file;
  struct task_reading how = {.path = x->path, .map = x->args->map};
  day_t newest;
  if (!state_settings(s, &x->settings, &x->problems) ||
      !state_newest_day(s, &newest, &x->problems) || !state_mark(s, &how.mark, &x->problems) ||
      !csv_file_read(x->path, x->a, &file, &x->problems))
    return false;
  how.tz = x->settings.tz;
  if (!task_export_read(&file, &how, x->a, &x->export, &x->problems)) return false;
  x->today = x->args->as_of != DAY_NONE ? x->args->as_of : day_today(x->settings.tz);
  if (newest > x->today && x->args->as_of == DAY_NONE) x->today = newest;
  for (size_t i = 0; i < x->export.n_left; i++) VEC_PUSH(x->a, &x->left, x->export.left[i]);
  return x->export.n_keys || no_keys(x);
}

/* ---- the move ------------------------------------------------------------------------- */

/* The same item as it was shown, or it stays as it is. */
static bool close_one(struct importing *x, struct state *s, struct imported *one,
                      const struct item *now) {
  change_list changes = {0};
  const struct item_move m = {.kind = MOVE_done,
                              .by = one->by,
                              .day = one->day,
                              .until = DAY_NONE,
                              .if_rev = one->rev,
                              .calendar = &x->settings.calendar};
  one->item = *now;
  struct moved answer = move_item(&m, &one->item, 0, &changes, x->a);
  if (answer.answer != MOVED)
    return diag_fail(&x->problems, V0612,
                     "#%lld %s: nothing was changed, for somebody was faster; import again",
                     (long long)now->id, answer.why);
  return state_save_moves(s, &one->by, one->day, &one->item, 1, changes.v, changes.n, &x->problems);
}

/* One transaction. */
static bool close_all(struct importing *x) {
  struct state *s;
  struct item *items;
  int64_t *numbers = NEW_N(x->a, int64_t, x->closed.n);
  for (size_t i = 0; i < x->closed.n; i++) numbers[i] = x->closed.v[i].item.id;
  if (!open_items(x->args, STATE_WRITE, x->a, &s, &x->problems)) return false;
  bool ok = state_numbered(s, numbers, x->closed.n, &items, &x->problems);
  for (size_t i = 0; ok && i < x->closed.n; i++) ok = close_one(x, s, &x->closed.v[i], &items[i]);
  if (ok) return state_commit(s, &x->problems);
  state_close(s);
  return false;
}

/* Shown first, as what a filter means is; *go: shall it be done? */
static bool agreed(struct importing *x, bool *go) {
  bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
  *go = true;
  if (x->args->yes) return true;
  if (x->args->format != FORMAT_JSON) import_say_preview(x, !terminal);
  if (!terminal) {
    import_say_left(x);
    return diag_fail(&x->problems, V0612,
                     "nothing was changed: without a terminal, an import needs --yes");
  }
  fputs("Go on? [y/N] ", stdout);
  fflush(stdout);
  int c = getchar();
  *go = c == 'y' || c == 'Y';
  if (!*go) puts("Nothing was changed.");
  return true;
}

static int import(struct importing *x) {
  struct state *s;
  bool go = false;
  if (!open_items(x->args, STATE_READ, x->a, &s, &x->problems)) return EXIT_USAGE;
  bool ok = read_export(x, s) && look(x, s);
  state_close(s);
  if (!ok || (x->closed.n && !agreed(x, &go)) || (go && !close_all(x))) return EXIT_USAGE;
  if (x->closed.n && !go) return EXIT_CLEAN;
  import_say_left(x);
  if (x->args->format == FORMAT_JSON)
    import_say_json(x);
  else if (!x->args->quiet)
    import_say_text(x);
  return x->left.n ? EXIT_FINDINGS : EXIT_CLEAN;
}

int cmd_items_import(const struct args *args) {
  struct arena *a = arena_new();
  struct importing x = {.args = args, .path = args->paths[0], .a = a, .problems = {.arena = a}};
  int status = import(&x);
  fflush(stdout); /* what is wrong is said below it */
  if (x.problems.list.n && !(args->format == FORMAT_JSON && status != EXIT_USAGE))
    print_problems(args, "vigie items import", &x.problems);
  arena_free(a);
  return status;
}
