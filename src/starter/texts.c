/* The texts. In: a file name. Out: what the build embedded under it. */
#include "starter/texts.h"

#include <string.h>

#include "base/embedded.h"

#define FOLDER "rules/starter/"

const char *starter_text(const char *name) {
  for (size_t i = 0; i < n_embedded_files; i++) {
    const char *path = embedded_files[i].path;
    if (strncmp(path, FOLDER, strlen(FOLDER)) == 0 && strcmp(path + strlen(FOLDER), name) == 0) {
      return embedded_files[i].text;
    }
  }
  return "";
}
