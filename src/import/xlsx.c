/* In: a workbook (XLSX). Out: the rows of one of its sheets: the one that was named, or the first
 * that has rows and is not hidden. */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "import/workbook.h"

struct tab {
  const char *name, *id; /* id: of the relation to its part */
  const char *part;      /* NULL: it is no sheet of cells, but a chart */
  bool hidden;
};

/* The parts of a workbook, as it names them. */
struct contents {
  struct workbook *w;
  struct arena *a;
  const char *from; /* the part whose relations are read */
  const char *main; /* xl/workbook.xml, mostly */
  const char *texts, *styles;
  VEC(struct tab) tabs;
  bool too_many;
};

static bool is_archive(const struct package *p) {
  static const struct {
    const char *part, *is, *help;
  } KINDS[] = {
#define ARCHIVE(part, is, help) {part, is, help},
#include "import/archive.def"
#undef ARCHIVE
  };
  for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
    if (package_has(p, KINDS[i].part))
      return !diag_fail(p->r->problems, V0707, "%s %s: %s", p->r->path, KINDS[i].is, KINDS[i].help);
  if (package_has(p, "[Content_Types].xml") && package_has(p, "_rels/.rels")) return false;
  return !diag_fail(p->r->problems, V0707,
                    "%s is a packed archive (zip), no workbook: unpack it first", p->r->path);
}

/* ---- which part is what --------------------------------------------------------------------- */

/* ".../relationships/worksheet", whoever publishes it. */
static bool is_type(const char *type, const char *what) {
  const char *last = type ? strrchr(type, '/') : NULL;
  return last && strcmp(last + 1, what) == 0;
}

static void name_part_of_tabs(struct contents *x, const char *id, const char *part) {
  for (size_t i = 0; id && i < x->tabs.n; i++)
    if (strcmp(x->tabs.v[i].id, id) == 0) x->tabs.v[i].part = part;
}

static bool start_relation(void *ctx, const char *name, const char *const *attributes) {
  struct contents *x = ctx;
  const char *target = part_attribute(attributes, "Target");
  const char *type = part_attribute(attributes, "Type");
  if (strcmp(name, "Relationship") != 0 || !target) return true;
  const char *part = package_path(x->a, x->from, target);
  if (is_type(type, "officeDocument")) x->main = part;
  if (is_type(type, "sharedStrings")) x->texts = part;
  if (is_type(type, "styles")) x->styles = part;
  if (is_type(type, "worksheet")) name_part_of_tabs(x, part_attribute(attributes, "Id"), part);
  return true;
}

static bool read_relations(struct contents *x, const char *from) {
  const char *slash = strrchr(from, '/');
  int folder = slash ? (int)(slash + 1 - from) : 0;
  const char *part = arena_printf(x->a, "%.*s_rels/%s.rels", folder, from, from + folder);
  struct part_handler h = {x, start_relation, NULL, NULL};
  x->from = from;
  return package_read(&x->w->package, part, WORKBOOK_SMALL_PART_MAX_MB, &h);
}

static bool start_contents(void *ctx, const char *name, const char *const *attributes) {
  struct contents *x = ctx;
  const char *title = part_attribute(attributes, "name"), *id = part_attribute(attributes, "id");
  const char *state = part_attribute(attributes, "state");
  if (strcmp(name, "workbookPr") == 0) x->w->from_1904 = part_flag(attributes, "date1904");
  if (strcmp(name, "sheet") != 0 || !title || !id) return true;
  struct tab tab = {.name = arena_strdup(x->a, title),
                    .id = arena_strdup(x->a, id),
                    .hidden = state && strcmp(state, "visible") != 0};
  VEC_PUSH(x->a, &x->tabs, tab);
  x->too_many = x->tabs.n > WORKBOOK_MAX_SHEETS;
  return !x->too_many;
}

static bool read_contents(struct contents *x) {
  struct package *p = &x->w->package;
  struct part_handler h = {x, start_contents, NULL, NULL};
  x->main = "xl/workbook.xml";
  if (!read_relations(x, "") || !package_read(p, x->main, WORKBOOK_SMALL_PART_MAX_MB, &h) ||
      !read_relations(x, x->main))
    return false;
  return !x->too_many ||
         diag_fail(p->r->problems, V0707,
                   "%s has more than %d sheets: export the one that you need as CSV", p->r->path,
                   WORKBOOK_MAX_SHEETS);
}

/* ---- which sheet ---------------------------------------------------------------------------- */

static bool no_such_sheet(const struct contents *x, const char *wanted) {
  const char *list = "";
  for (size_t i = 0; i < x->tabs.n; i++)
    list = arena_printf(x->a, "%s%s\"%s\"", list, *list ? ", " : "", x->tabs.v[i].name);
  return diag_fail(x->w->package.r->problems, V0703, "%s has no sheet \"%s\"; it has %s",
                   x->w->package.r->path, wanted, *list ? list : "none");
}

static bool take_named(struct contents *x, const char *wanted) {
  const struct tab *found = NULL;
  for (size_t i = x->tabs.n; i > 0; i--)
    if (x->tabs.v[i - 1].part && strcasecmp(x->tabs.v[i - 1].name, wanted) == 0)
      found = &x->tabs.v[i - 1];
  if (!found) return no_such_sheet(x, wanted);
  x->w->package.r->facts->sheet = found->name;
  x->w->sheet = found->part;
  return true;
}

/* The first of those that have rows; a hidden one where no other has. */
static bool choose(struct contents *x) {
  struct reading *r = x->w->package.r;
  const struct tab *found = NULL;
  for (size_t i = 0; i < x->tabs.n; i++) {
    const struct tab *tab = &x->tabs.v[i];
    bool has = false;
    if (tab->part && !sheet_has_rows(&x->w->package, tab->part, &has)) return false;
    if (!has) continue;
    if (found && (tab->hidden || !found->hidden)) {
      r->facts->others += !tab->hidden;
      continue;
    }
    found = tab;
  }
  if (!found) return diag_fail(r->problems, V0707, "%s is empty: no sheet has a row", r->path);
  r->facts->sheet = found->name;
  x->w->sheet = found->part;
  return true;
}

/* ---- the workbook --------------------------------------------------------------------------- */

static bool read_workbook(struct contents *x) {
  struct workbook *w = x->w;
  struct package *p = &w->package;
  const char *wanted = p->r->choice->sheet;
  if (is_archive(p) || !read_contents(x)) return false;
  if (!(wanted ? take_named(x, wanted) : choose(x))) return false;
  bool has_texts = x->texts && package_has(p, x->texts),
       has_styles = x->styles && package_has(p, x->styles);
  return (!has_texts || shared_texts_read(p, x->texts, &w->texts)) &&
         (!has_styles || styles_read(p, x->styles, &w->styles)) &&
         merged_read(p, w->sheet, &w->merged) && workbook_rows(w);
}

bool xlsx_looks(const struct reading *r) {
  struct text_part head = text_file_bytes(r->text);
  return head.n >= 4 &&
         (memcmp(head.text, "PK\3\4", 4) == 0 || memcmp(head.text, "PK\5\6", 4) == 0);
}

bool xlsx_reads(struct reading *r) {
  struct workbook w = {0};
  struct contents x = {.w = &w, .a = r->a};
  bool ok = package_open(&w.package, r) && read_workbook(&x);
  package_close(&w.package);
  shared_texts_free(&w.texts);
  return ok;
}
