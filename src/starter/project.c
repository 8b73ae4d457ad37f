/* A new project in a folder of its own. In: a folder that is not there yet, or empty. Out: the
 * project in it, or nothing at all. */
#include "starter/project.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

enum place { PLACE_FREE, PLACE_EMPTY_FOLDER, PLACE_TAKEN };

/* The entries at the top of a project, in the order in which they are moved to their place. */
static const char *const entries[] = {"rules", "README.md", ".gitignore", "data.db"};
enum { ENTRIES = sizeof entries / sizeof *entries };

static bool refuse(struct diags *problems, const char *doing, const char *path) {
  return diag_fail(problems, V0702, "%s %s: %s", doing, path, strerror(errno));
}

/* What stands where the project is to go. */
static enum place place_of(const char *dir) {
  struct stat st;
  if (lstat(dir, &st) != 0) return PLACE_FREE;
  DIR *folder = opendir(dir);
  if (!folder) return PLACE_TAKEN;
  bool empty = true;
  for (struct dirent *e; (e = readdir(folder));) {
    if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) empty = false;
  }
  closedir(folder);
  return empty ? PLACE_EMPTY_FOLDER : PLACE_TAKEN;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk) {
  (void)st, (void)kind, (void)walk;
  return remove(path);
}

static void remove_all(const char *path) { nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS); }

bool project_text(const char *path, const char *text, struct diags *problems) {
  FILE *f = fopen(path, "w");
  if (!f) return refuse(problems, "cannot write", path);
  bool written = fputs(text, f) >= 0;
  written = fclose(f) == 0 && written;
  return written || refuse(problems, "cannot write", path);
}

/* Moves the whole project to where nothing was. */
static bool move_folder(const char *from, const char *dir, struct diags *problems) {
  /* mkdtemp makes folders for their owner only; this one is an ordinary folder */
  mode_t mask = umask(0);
  umask(mask);
  if (chmod(from, 0777 & ~mask) == 0 && rename(from, dir) == 0) return true;
  return refuse(problems, "cannot create the folder", dir);
}

/* Moves the project entry by entry into a folder that was empty; takes them all back when one
 * fails. */
static bool move_entries(const char *from, const char *dir, struct arena *a,
                         struct diags *problems) {
  for (size_t i = 0; i < ENTRIES; i++) {
    const char *to = arena_printf(a, "%s/%s", dir, entries[i]);
    if (rename(arena_printf(a, "%s/%s", from, entries[i]), to) == 0) continue;
    refuse(problems, "cannot write", to);
    while (i-- > 0) remove_all(arena_printf(a, "%s/%s", dir, entries[i]));
    return false;
  }
  return true;
}

/* The path without the slashes at its end: "demo/" is "demo", "/" stays. */
static char *without_slashes(struct arena *a, const char *dir) {
  size_t n = strlen(dir);
  while (n > 1 && dir[n - 1] == '/') n--;
  return arena_strndup(a, dir, n);
}

bool project_write(const char *given, project_fill *fill, void *ctx, struct arena *a,
                   struct diags *problems) {
  const char *dir = without_slashes(a, given);
  enum place place = place_of(dir);
  if (place == PLACE_TAKEN)
    return diag_fail(problems, V0702,
                     "%s is there already and is not an empty folder: name a new folder", dir);
  /* beside the new folder, or inside the empty one: on the same disk in both cases, so that a
   * move is one step */
  char *work = arena_printf(a, place == PLACE_FREE ? "%s.new-XXXXXX" : "%s/.new-XXXXXX", dir);
  if (!mkdtemp(work))
    return diag_fail(
        problems, V0702,
        "cannot create %s: %s; name a folder inside one that exists and that you may write to", dir,
        strerror(errno));
  bool done =
      fill(work, ctx, a, problems) && (place == PLACE_FREE ? move_folder(work, dir, problems)
                                                           : move_entries(work, dir, a, problems));
  if (!done || place != PLACE_FREE) remove_all(work);
  return done;
}
