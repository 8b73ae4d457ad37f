/* vigie fmt. In: rule files. Out: the same rules in the one style: on standard output, in place,
 * or as what would change. */
#include <stdio.h>
#include <string.h>

#include "cmd/args.h"
#include "cmd/problems.h"
#include "format/format.h"
#include "format/line_diff.h"
#include "format/replace_file.h"
#include "syntax/rule_files.h"
#include "base/text.h"

struct formatting {
  const struct args *args;
  struct arena *arena; /* of one file */
  int status;          /* the worst so far */
  size_t files, changed;
};

static void worse(struct formatting *f, int status) {
  if (status > f->status) f->status = status;
}

/* Says what is wrong with a file that was not formatted. */
static void refuse_file(struct formatting *f, const struct source *src, struct diags *diags,
                        bool unsafe) {
  diags_print(diags, stderr, f->args->color_err);
  text_print_line(stderr,
                  unsafe ? "vigie fmt: %s is left as it is: formatting would change what it means"
                         : "vigie fmt: %s is left as it is: correct it first",
                  src->path);
  worse(f, EXIT_RULES);
}

static void write_back(struct formatting *f, const char *path, const struct formatted *to) {
  struct diags problems = {.arena = f->arena};
  if (!replace_file(path, to->text, to->size, f->arena, &problems))
    worse(f, print_problems(f->args, "vigie fmt", &problems));
  else if (!f->args->quiet)
    printf("formatted %s\n", path);
}

static void format_one(struct formatting *f, const char *path) {
  const struct args *args = f->args;
  struct diags problems = {.arena = f->arena};
  struct source *src = rule_file_read(f->arena, path, &problems);
  if (!src) {
    worse(f, print_problems(args, "vigie fmt", &problems));
    return;
  }
  struct diags diags = {.arena = f->arena};
  struct formatted to = format_source(f->arena, src, &diags);
  f->files++;
  if (to.outcome != FORMAT_OK) {
    refuse_file(f, src, &diags, to.outcome == FORMAT_UNSAFE);
    return;
  }
  bool changed = to.size != src->size || memcmp(to.text, src->text, to.size) != 0;
  f->changed += changed;
  if (args->write) {
    if (changed) write_back(f, path, &to);
  } else if (args->check || args->diff) {
    if (changed) worse(f, EXIT_FINDINGS);
    if (changed && args->check) printf("%s\n", src->path);
    if (changed && args->diff) line_diff_print(src, to.text, args->color_out, f->arena, stdout);
  } else {
    fwrite(to.text, 1, to.size, stdout);
  }
}

static bool is_stdin(const struct args *args) {
  return args->n_paths == 1 && strcmp(args->paths[0], "-") == 0;
}

/* The files to format; false after a message. */
static bool find_files(const struct args *args, struct arena *a, path_list *files) {
  struct diags problems = {.arena = a};
  if (args->write && (args->check || args->diff)) {
    diag_fail(&problems, V0704,
              "--write changes the files, --check and --diff only look: leave one out");
  } else if (is_stdin(args)) {
    if (args->write)
      diag_fail(&problems, V0704, "--write needs files to change: name them, or leave --write out");
    VEC_PUSH(a, files, "-");
  } else if (rule_files(args->paths, args->n_paths, a, files, &problems)) {
    if (files->n > 1 && !args->write && !args->check && !args->diff)
      diag_fail(
          &problems, V0704,
          "there are %zu files: add --write to change them in place, --diff or --check to look",
          files->n);
  }
  return print_problems(args, "vigie fmt", &problems) == EXIT_CLEAN;
}

/* One line that sums up what was found or done. */
static void sum_up(const struct formatting *f) {
  const struct args *args = f->args;
  if (args->quiet || f->status > EXIT_FINDINGS) return;
  if ((args->write || args->check || args->diff) && !f->changed)
    printf("%zu %s, nothing to change\n", f->files, plural(f->files, "file", "files"));
  else if (args->check || args->diff)
    fprintf(stderr, "%zu %s would change: vigie fmt --write does it\n", f->changed,
            plural(f->changed, "file", "files"));
}

int cmd_fmt(const struct args *args) {
  struct arena *a = arena_new();
  path_list files = {0};
  struct formatting f = {.args = args, .status = EXIT_CLEAN};
  bool found = find_files(args, a, &files);
  if (!found) f.status = EXIT_USAGE;
  for (size_t i = 0; found && i < files.n; i++) {
    f.arena = arena_new();
    format_one(&f, files.v[i]);
    arena_free(f.arena);
  }
  sum_up(&f);
  arena_free(a);
  return f.status;
}
