/* Characters that look like others, or like nothing. In: the bytes of the files. Out: names and
 * texts that are not what they seem. */
#include <stdlib.h>
#include <utf8proc.h>

#include "lint/check.h"
#include "syntax/token.h"
#include "parse.h"

enum script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_GREEK, SCRIPT_CYRILLIC };

static enum script script_of(utf8proc_int32_t c) {
  if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0x24F))
    return SCRIPT_LATIN;
  if (c >= 0x370 && c <= 0x3FF) return SCRIPT_GREEK;
  if (c >= 0x400 && c <= 0x52F) return SCRIPT_CYRILLIC;
  return SCRIPT_NONE;
}

static bool invisible(utf8proc_int32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xAD || c == 0xFEFF || c == 0xA0 || c == 0x202F;
}

static bool has_bytes_above(const struct source *src, uint32_t at, uint32_t end) {
  for (uint32_t i = at; i < end; i++)
    if ((unsigned char)src->text[i] >= 0x80) return true;
  return false;
}

static void check_word(struct lint *l, struct span at) {
  utf8proc_int32_t c;
  unsigned seen = 0;
  for (uint32_t i = at.at; i < at.end;) {
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)at.src->text + i, at.end - i, &c);
    if (n <= 0) return;
    seen |= 1U << script_of(c);
    i += (uint32_t)n;
  }
  seen &= ~1U;
  if (!(seen & (seen - 1))) return;
  struct diag *d =
      lint_tell(l, at, "`%s` mixes letters of two alphabets that look alike", lint_quote(l, at));
  lint_help(l, d, "type the name again with one keyboard");
}

static void check_text(struct lint *l, struct span at) {
  utf8proc_int32_t c;
  for (uint32_t i = at.at; i < at.end;) {
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)at.src->text + i, at.end - i, &c);
    if (n <= 0) return;
    if (invisible(c)) {
      struct span here = {at.src, i, i + (uint32_t)n};
      struct diag *d = lint_tell(
          l, here, "this text holds a character that cannot be seen (U+%04X)", (unsigned)c);
      lint_help(l, d,
                "delete it, or type the text again: it is compared with the data sign by sign");
      return;
    }
    i += (uint32_t)n;
  }
}

typedef void (*token_check)(struct lint *l, struct span at);

static void each_token(struct lint *l, int kind, token_check check) {
  for (size_t i = 0; i < l->rs->sources.n; i++) {
    struct source *src = l->rs->sources.v[i];
    if (from_library((struct span){src, 0, 0}) || !has_bytes_above(src, 0, src->size)) continue;
    const struct tokens *t = lex_source(l->a, l->a, src);
    for (size_t k = 0; k < t->list.n; k++) {
      struct span at = token_span(t, &t->list.v[k]);
      if (t->list.v[k].kind == kind && has_bytes_above(src, at.at, at.end)) check(l, at);
    }
  }
}

void lint_mixed_alphabets(struct lint *l) { each_token(l, TOK_NAME, check_word); }

void lint_invisible_character(struct lint *l) { each_token(l, TOK_STRING, check_text); }
