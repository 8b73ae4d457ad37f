/* In: the name of a library. Out: the addresses of its functions, or which package is missing. */
#include "base/shared_library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/check.h"
#include "base/diag.h"

static const struct shared_library LIBRARIES[] = {
#define LIBRARY(id, needed_for, package, ...) {needed_for, package, {__VA_ARGS__}},
#include "base/shared_library.def"
#undef LIBRARY
};

const struct shared_library *shared_library(enum shared_library_id id) {
  CHECK((size_t)id < sizeof LIBRARIES / sizeof *LIBRARIES);
  return &LIBRARIES[id];
}

#ifdef VIGIE_STATIC
/* The program of make tarball, which runs on any Linux, can load nothing; nor can SQLite in it. */
void *dlopen(const char *file, int mode) {
  (void)file, (void)mode;
  return NULL;
}
void *dlsym(void *restrict loaded, const char *restrict name) {
  (void)loaded, (void)name;
  return NULL;
}
int dlclose(void *loaded) {
  (void)loaded;
  return 0;
}
char *dlerror(void) { return NULL; }

static bool report_missing(const struct shared_library *library, struct diags *problems) {
  return diag_fail(problems, V0706,
                   "%s needs the library %s, which this vigie, made for any Linux, cannot load: "
                   "install Vigie as a Debian package, or build it on this machine with make",
                   library->needed_for, library->files[0]);
}
#else
static bool report_missing(const struct shared_library *library, struct diags *problems) {
  return diag_fail(problems, V0706,
                   "%s needs the library %s, which this machine does not have: install the "
                   "package %s (apt-get install %s)",
                   library->needed_for, library->files[0], library->package, library->package);
}
#endif

/* The first that is there. It is never unloaded: libraries leave threads and handlers behind. */
static void *load_first(const struct shared_library *library, const char **file) {
  for (int i = 0; library->files[i]; i++) {
    void *loaded = dlopen(library->files[i], RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    *file = library->files[i];
    if (loaded) return loaded;
  }
  return NULL;
}

bool shared_library_load(const struct shared_library *library, const char *const *names, size_t n,
                         void *functions, struct diags *problems) {
  const char *file = NULL;
  void *loaded = load_first(library, &file);
  if (!loaded) return report_missing(library, problems);
  for (size_t i = 0; i < n; i++)
    if (!dlsym(loaded, names[i]))
      return diag_fail(problems, V0706,
                       "%s needs a newer %s than this machine has: there is no %s in it; install "
                       "a newer package %s",
                       library->needed_for, file, names[i], library->package);
  for (size_t i = 0; i < n; i++) {
    void *address = dlsym(loaded, names[i]);
    memcpy((char *)functions + i * sizeof address, &address, sizeof address);
  }
  return true;
}
