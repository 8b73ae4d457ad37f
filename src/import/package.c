/* In: a zip archive. Out: the XML of its parts, element by element. libzip and expat do the work;
 * here stand the limits: what unpacks to far too much, entities, depth, tags without an end. */
#include "import/package.h"

#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/diag.h"
#include "base/limits.h"

#define SAVE_ANEW "download it again, or open it in Excel and save it as XLSX or CSV"

/* ---- the archive --------------------------------------------------------------------------- */

bool package_open(struct package *p, struct reading *r) {
  int error;
  *p = (struct package){.r = r};
  if (!libzip_load(&p->zip, r->problems) || !libexpat_load(&p->xml, r->problems)) return false;
  p->file = p->zip.open(r->path, ZIP_RDONLY, &error);
  return p->file || diag_fail(r->problems, V0707,
                              "%s is a workbook or an archive that is damaged or was "
                              "cut off: " SAVE_ANEW,
                              r->path);
}

void package_close(struct package *p) {
  if (p->file) p->zip.discard(p->file);
}

static zip_int64_t index_of(const struct package *p, const char *part) {
  zip_int64_t exact = p->zip.name_locate(p->file, part, 0);
  return exact >= 0 ? exact : p->zip.name_locate(p->file, part, ZIP_FL_NOCASE);
}

bool package_has(const struct package *p, const char *part) { return index_of(p, part) >= 0; }

static bool damaged(const struct package *p, const char *part) {
  return diag_fail(p->r->problems, V0707,
                   "%s is damaged, or has a password (%s in it cannot be read): " SAVE_ANEW,
                   p->r->path, part);
}

static zip_file_t *open_part(const struct package *p, const char *part) {
  zip_int64_t index = index_of(p, part);
  zip_file_t *f = index >= 0 ? p->zip.fopen_index(p->file, (zip_uint64_t)index, 0) : NULL;
  if (!f) damaged(p, part);
  return f;
}

/* ---- names ---------------------------------------------------------------------------------- */

const char *package_path(struct arena *a, const char *from, const char *target) {
  const char *slash = strrchr(from, '/');
  int folder = *target == '/' || !slash ? 0 : (int)(slash + 1 - from);
  char *path = arena_printf(a, "%.*s%s", folder, from, target + (*target == '/'));
  char *to = path;
  for (const char *at = path; *at;) {
    size_t n = strcspn(at, "/"), whole = n + (at[n] == '/');
    if (n == 2 && memcmp(at, "..", 2) == 0) {
      if (to > path) to--;
      while (to > path && to[-1] != '/') to--;
    } else if (!(n == 1 && *at == '.')) {
      memmove(to, at, whole);
      to += whole;
    }
    at += whole;
  }
  *to = 0;
  return path;
}

static const char *local_name(const char *name) {
  const char *colon = strrchr(name, ':');
  return colon ? colon + 1 : name;
}

const char *part_attribute(const char *const *attributes, const char *name) {
  for (; *attributes; attributes += 2)
    if (strcmp(local_name(attributes[0]), name) == 0) return attributes[1];
  return NULL;
}

bool part_flag(const char *const *attributes, const char *name) {
  const char *value = part_attribute(attributes, name);
  return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

/* ---- the XML of a part ---------------------------------------------------------------------- */

struct xml_pass {
  struct package *p;
  const struct part_handler *h;
  XML_Parser parser;
  int depth;
  bool enough;  /* the handler wants no more */
  bool hostile; /* what no workbook has */
  long long fed;
};

static void stop_xml(struct xml_pass *x) { x->p->xml.StopParser(x->parser, XML_FALSE); }

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes) {
  struct xml_pass *x = user;
  if (x->enough || x->hostile) return;
  x->hostile = ++x->depth > XML_MAX_DEPTH;
  if (!x->hostile && x->h->start)
    x->enough = !x->h->start(x->h->ctx, local_name(name), (const char *const *)attributes);
  if (x->hostile || x->enough) stop_xml(x);
}

static void XMLCALL on_end(void *user, const XML_Char *name) {
  struct xml_pass *x = user;
  if (x->enough || x->hostile) return;
  x->depth--;
  if (x->h->end) x->enough = !x->h->end(x->h->ctx, local_name(name));
  if (x->enough) stop_xml(x);
}

static void XMLCALL on_text(void *user, const XML_Char *text, int n) {
  struct xml_pass *x = user;
  if (x->enough || x->hostile || !x->h->text) return;
  x->enough = !x->h->text(x->h->ctx, text, (size_t)n);
  if (x->enough) stop_xml(x);
}

/* Only a document type can declare entities, which grow: no workbook has one. */
static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal) {
  struct xml_pass *x = user;
  (void)name, (void)system, (void)public, (void)internal;
  x->hostile = true;
  stop_xml(x);
}

/* False: no more is read, for whatever reason. */
static bool feed_xml(struct xml_pass *x, const char *bytes, int n) {
  bool ok = x->p->xml.Parse(x->parser, bytes, n, n == 0) == XML_STATUS_OK;
  x->fed += n;
  if (ok && n > 0) {
    XML_Index at = x->p->xml.GetCurrentByteIndex(x->parser);
    x->hostile |= x->fed - (at < 0 ? 0 : at) > XML_TOKEN_MAX_BYTES + SHEET_BLOCK_BYTES;
  }
  return ok && !x->hostile;
}

/* False with one error: the part, or all that was read of the archive, unpacks to too much. */
static bool has_measure(struct package *p, const char *part, long long read, long max_mb,
                        size_t n) {
  p->unpacked += (long long)n;
  bool too_large = read >> 20 >= max_mb;
  if (!too_large && p->unpacked >> 20 < WORKBOOK_MAX_MB) return true;
  return diag_fail(p->r->problems, V0707,
                   "%s: %s in it unpacks to more than %ld MB, which no table does", p->r->path,
                   too_large ? part : "all", too_large ? max_mb : (long)WORKBOOK_MAX_MB);
}

static bool pass_over(struct xml_pass *x, zip_file_t *f, const char *part, long max_mb) {
  char block[SHEET_BLOCK_BYTES];
  zip_int64_t n;
  do {
    n = x->p->zip.fread(f, block, sizeof block);
    bool goes_on = n >= 0 && feed_xml(x, block, (int)n);
    if (x->enough) return true;
    if (!goes_on) return damaged(x->p, part);
    if (!has_measure(x->p, part, x->fed, max_mb, (size_t)n)) return false;
  } while (n > 0);
  return true;
}

bool package_read(struct package *p, const char *part, long max_mb, const struct part_handler *h) {
  zip_file_t *f = open_part(p, part);
  if (!f) return false;
  struct xml_pass x = {.p = p, .h = h, .parser = p->xml.ParserCreate(NULL)};
  CHECK(x.parser);
  p->xml.SetUserData(x.parser, &x);
  p->xml.SetElementHandler(x.parser, on_start, on_end);
  p->xml.SetCharacterDataHandler(x.parser, on_text);
  p->xml.SetStartDoctypeDeclHandler(x.parser, on_doctype);
  bool ok = pass_over(&x, f, part, max_mb);
  p->xml.ParserFree(x.parser);
  p->zip.fclose(f);
  return ok;
}

bool package_find(struct package *p, const char *part, const char *word, bool *found) {
  char block[SHEET_BLOCK_BYTES];
  size_t kept = 0, n_word = strlen(word);
  long long read = 0;
  zip_int64_t n = 0;
  bool small = true;
  zip_file_t *f = open_part(p, part);
  if (!f) return false;
  *found = false;
  while (small && !*found && (n = p->zip.fread(f, block + kept, sizeof block - kept)) > 0) {
    size_t have = kept + (size_t)n;
    *found = memmem(block, have, word, n_word) != NULL;
    kept = have < n_word ? have : n_word - 1;
    memmove(block, block + have - kept, kept);
    read += n;
    small = has_measure(p, part, read, WORKBOOK_PART_MAX_MB, (size_t)n);
  }
  p->zip.fclose(f);
  return small && (n >= 0 || damaged(p, part));
}
