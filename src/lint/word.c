/* Words of names. In: a name and words. Out: is one of them a word of it? */
#include <ctype.h>
#include <string.h>

#include "lint/check.h"

bool lint_has_word(const char *name, const char *const *words) {
  for (size_t i = 0; words[i]; i++) {
    size_t n = strlen(words[i]);
    for (const char *p = strcasestr(name, words[i]); p; p = strcasestr(p + 1, words[i]))
      if ((p == name || !isalnum((unsigned char)p[-1])) && !isalnum((unsigned char)p[n]))
        return true;
  }
  return false;
}
