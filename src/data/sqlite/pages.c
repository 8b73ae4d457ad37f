/* Rows straight from the leaf pages of a table. In: the pages of an SQLite file. Out: raw cells,
 * many rows at a time.
 *
 * What is read here is the documented file format (sqlite.org/fileformat2.html), and of it only
 * what every ordinary table is made of: interior pages that lead to leaf pages, and on them cells
 * with whole records. Whatever is not exactly so is "odd", a damaged page as well as a long text
 * that is kept elsewhere: then SQLite reads the table, and says what there is to say. So nothing
 * here reports anything. */
#include "data/sqlite/pages.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/limits.h"

/* ---- numbers of the format ------------------------------------------------------------ */

enum {
  HEADER = 100,
  AT_READ_VERSION = 19,
  AT_RESERVED = 20,
  AT_CHANGES = 24,
  AT_PAGES = 28,
  AT_ENCODING = 56,
  AT_PAGES_VALID_FOR = 92,
  VERSION_JOURNAL = 1,
  VERSION_WAL = 2,
  UTF_8 = 1,
  USABLE_MIN = 480,
  INTERIOR = 5,
  LEAF = 13,
  LEAF_HEAD = 8,
  INTERIOR_HEAD = 12,
  DEPTH_MAX = 20,          /* SQLite follows no deeper tree */
  RECORD_HEAD_MAX = 98307, /* nor a longer list of columns */
  PAYLOAD_MAX = INT32_MAX,
  PENDING_BYTE = 0x40000000 /* the page with this byte is never a table's */
};

enum { WINDOW = 128 << 10, PAST_END = 32, BLOCK_CELLS = 1024 };

static uint32_t be16(const uint8_t *p) { return (uint32_t)p[0] << 8 | p[1]; }
static uint32_t be32(const uint8_t *p) { return be16(p) << 16 | be16(p + 2); }

/* Seven bits a byte, the ninth has eight. Reads nine bytes at most. */
static const uint8_t *long_varint(const uint8_t *p, uint64_t *v) {
  uint64_t x = *p & 0x7F;
  for (int i = 1; *p++ & 0x80; i++) {
    if (i == 8) {
      *v = x << 8 | *p;
      return p + 1;
    }
    x = x << 7 | (*p & 0x7F);
  }
  *v = x;
  return p;
}

/* Nearly all have one byte. */
static inline const uint8_t *varint(const uint8_t *p, uint64_t *v) {
  *v = *p;
  return *v < 0x80 ? p + 1 : long_varint(p, v);
}

/* Bytes of a value; types below 12 have fixed ones. */
static inline uint64_t size_of_type(uint64_t type) {
  static const uint8_t sizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
  if (type < sizeof sizes) return sizes[type];
  return (type < UINT32_MAX ? type - 12 : UINT32_MAX) / 2; /* so that no sum of sizes wraps */
}

/* ---- the file ------------------------------------------------------------------------- */

static bool read_at(sqlite3_file *f, void *to, size_t n, int64_t at) {
  return f->pMethods->xRead(f, to, (int)n, at) == SQLITE_OK;
}

/* The count of pages in the header is only good when whoever changed the file last wrote it. */
static bool counts_its_pages(const uint8_t *head, int64_t size, uint32_t page) {
  return be32(head + AT_CHANGES) == be32(head + AT_PAGES_VALID_FOR) &&
         (int64_t)be32(head + AT_PAGES) * page == size;
}

bool pages_open(struct sqlite_dataset *ds) {
  sqlite3_file *f = NULL;
  uint8_t head[HEADER];
  sqlite3_int64 size = 0;
  if (sqlite3_file_control(ds->db, "main", SQLITE_FCNTL_FILE_POINTER, &f) != SQLITE_OK || !f ||
      !f->pMethods || f->pMethods->xFileSize(f, &size) != SQLITE_OK ||
      !read_at(f, head, sizeof head, 0))
    return false;
  uint32_t page = be16(head + 16) == 1 ? 65536 : be16(head + 16);
  uint32_t version = head[AT_READ_VERSION];
  bool whole = version == VERSION_JOURNAL || (version == VERSION_WAL && ds->still);
  if (!whole || page < 512 || page & (page - 1) || be32(head + AT_ENCODING) != UTF_8 ||
      page - head[AT_RESERVED] < USABLE_MIN || !counts_its_pages(head, size, page))
    return false;
  ds->pages = (struct page_file){
      .file = f, .page = page, .usable = page - head[AT_RESERVED], .n = be32(head + AT_PAGES)};
  return true;
}

/* ---- what is asked of a table --------------------------------------------------------- */

struct field {
  uint32_t column; /* as they are stored in a record */
  uint32_t cell;   /* of a row that is handed over */
  bool real;       /* whole numbers are stored short, and mean reals */
  bool defaulted;  /* rows from before the column was added have a value */
};

/* A second cell with the same value: of a column that is asked for twice. */
struct twin {
  size_t from, to;
};

struct page_reader {
  const struct page_file *in;
  const struct raw_scan *scan;
  uint32_t root;
  struct field *fields; /* by column, each once */
  size_t n_fields, n_twins;
  struct twin *twins;
  size_t rowid;     /* the cell of the column that is the rowid; n_columns: none */
  uint32_t largest; /* payload that a leaf keeps whole */
  struct raw_cell *cells;
  size_t n, cap; /* rows */
  uint8_t *window;
  uint32_t window_first, window_n, window_max; /* pages */
  uint32_t *children[DEPTH_MAX];               /* by depth; NULL: never that deep */
  long rows;                                   /* handed over */
  bool stopped;
};

/* The rules of SQLite for what a declared type means, as far as reals. */
static bool is_real_type(const char *type) {
  static const char *const other[] = {"%INT%", "%CHAR%", "%CLOB%", "%TEXT%", "%BLOB%"};
  static const char *const real[] = {"%REAL%", "%FLOA%", "%DOUB%"};
  for (size_t i = 0; i < sizeof other / sizeof *other; i++)
    if (sqlite3_strlike(other[i], type, 0) == 0) return false;
  for (size_t i = 0; i < sizeof real / sizeof *real; i++)
    if (sqlite3_strlike(real[i], type, 0) == 0) return true;
  return false;
}

/* A key of its own index is one that is not the rowid. */
#define SQL_TABLE                                                                             \
  "SELECT s.rootpage, EXISTS (SELECT 1 FROM pragma_index_list(?1) WHERE origin = 'pk'),"      \
  " (SELECT count(*) FROM pragma_table_xinfo(?1) WHERE pk > 0),"                              \
  " EXISTS (SELECT 1 FROM pragma_table_xinfo(?1) WHERE hidden <> 0)"                          \
  " FROM pragma_table_list(?1) AS t JOIN sqlite_schema AS s ON s.name = t.name AND s.type = " \
  "'table' WHERE t.schema = 'main' AND t.type = 'table' AND NOT t.wr"
#define SQL_FIELDS \
  "SELECT name, type, pk, dflt_value IS NOT NULL FROM pragma_table_xinfo(?1) ORDER BY cid"

static sqlite3_stmt *ask(struct sqlite_dataset *ds, const char *sql, const char *table) {
  sqlite3_stmt *st = NULL;
  if (sqlite3_prepare_v2(ds->db, sql, -1, &st, NULL) == SQLITE_OK)
    sqlite3_bind_text(st, 1, table, -1, SQLITE_STATIC);
  return st;
}

/* Adds the cells that ask for the stored column that st stands on. */
static void add_field(struct page_reader *r, sqlite3_stmt *st, uint32_t column, bool is_rowid) {
  const char *name = (const char *)sqlite3_column_text(st, 0);
  const char *type = (const char *)sqlite3_column_text(st, 1);
  size_t first = r->scan->n_columns;
  for (size_t i = 0; name && i < r->scan->n_columns; i++) {
    if (sqlite3_stricmp(name, r->scan->columns[i]) != 0) continue;
    if (first < r->scan->n_columns) {
      r->twins[r->n_twins++] = (struct twin){first, i};
      continue;
    }
    first = i;
    if (is_rowid)
      r->rowid = i;
    else
      r->fields[r->n_fields++] = (struct field){column, (uint32_t)i, type && is_real_type(type),
                                                sqlite3_column_int(st, 3)};
  }
}

/* False: the table is not plain. */
static bool describe(struct page_reader *r, struct sqlite_dataset *ds) {
  const char *table = r->scan->table->name;
  sqlite3_stmt *of = ask(ds, SQL_TABLE, table), *fields = ask(ds, SQL_FIELDS, table);
  bool plain = of && sqlite3_step(of) == SQLITE_ROW && !sqlite3_column_int(of, 3);
  if (plain) r->root = (uint32_t)sqlite3_column_int64(of, 0);
  bool keyed = plain && !sqlite3_column_int(of, 1) && sqlite3_column_int(of, 2) == 1;
  for (uint32_t i = 0; plain && fields && sqlite3_step(fields) == SQLITE_ROW; i++) {
    const char *type = (const char *)sqlite3_column_text(fields, 1);
    bool is_rowid =
        keyed && sqlite3_column_int(fields, 2) && type && sqlite3_stricmp(type, "INTEGER") == 0;
    add_field(r, fields, i, is_rowid);
  }
  sqlite3_finalize(of);
  sqlite3_finalize(fields);
  return plain && r->n_fields + r->n_twins + (r->rowid < r->scan->n_columns) == r->scan->n_columns;
}

/* ---- a row ---------------------------------------------------------------------------- */

/* What the types below 12 mean. Numbers have their most significant byte first: the eight bytes
 * from there, shifted down; 0 and 1 have a type each, and no bytes. */
static const struct {
  enum stored stored;
  uint8_t shift, keep, one;
} types[] = {
    {STORED_NULL, 0, 0, 0}, {STORED_INT, 56, 1, 0}, {STORED_INT, 48, 1, 0}, {STORED_INT, 40, 1, 0},
    {STORED_INT, 32, 1, 0}, {STORED_INT, 16, 1, 0}, {STORED_INT, 0, 1, 0},  {STORED_REAL, 0, 1, 0},
    {STORED_INT, 0, 0, 0},  {STORED_INT, 0, 0, 1},
};

/* False: a type that no file has. May look at eight bytes, whatever the type. */
static inline bool put_cell(struct raw_cell *c, const struct field *f, uint64_t type,
                            const uint8_t *p) {
  if (type >= 12) {
    c->stored = type & 1 ? STORED_TEXT : STORED_BLOB;
    c->s = (const char *)p;
    c->n = (size_t)(type - 12) / 2;
    return true;
  }
  if (type >= sizeof types / sizeof *types) return false;
  uint64_t bytes;
  memcpy(&bytes, p, sizeof bytes);
  bytes = be64toh(bytes);
  c->stored = types[type].stored;
  c->i = ((int64_t)bytes >> types[type].shift & -(int64_t)types[type].keep) | types[type].one;
  if (c->stored == STORED_REAL) {
    double real;
    memcpy(&real, &bytes, sizeof real);
    *c = raw_real(real);
  } else if (f->real && c->stored == STORED_INT) {
    *c = raw_real((double)c->i);
  }
  return true;
}

/* A record: the length of its head, a type for each column, and the values, of which `local` bytes
 * lie on this page. False: odd. */
static inline bool read_record(const struct page_reader *r, const uint8_t *record, uint64_t payload,
                               uint64_t local, struct raw_cell *row) {
  uint64_t head, type = 0, at, size = 0;
  const uint8_t *next = varint(record, &head), *end = record + head;
  if (head > local || head > RECORD_HEAD_MAX) return false;
  at = head;
  uint32_t column = 0;
  for (const struct field *f = r->fields; f < r->fields + r->n_fields; f++) {
    bool there = false;
    while (next < end && !there) {
      next = varint(next, &type);
      at += size;
      size = size_of_type(type);
      there = column++ == f->column;
    }
    /* whatever lies before a value has to be as long as the record says */
    if (next > end || at + size > payload || (next == end && at + size != payload)) return false;
    if (!there) {
      if (f->defaulted) return false;
      row[f->cell].stored = STORED_NULL;
    } else if (at + size > local || !put_cell(&row[f->cell], f, type, record + at)) {
      return false;
    }
  }
  return true;
}

/* A cell of a leaf: the length of the record, the rowid, the record. */
static inline bool read_row(struct page_reader *r, const uint8_t *cell, const uint8_t *page_end) {
  uint64_t payload, rowid;
  const uint8_t *record = varint(varint(cell, &payload), &rowid);
  uint64_t local = payload;
  if (payload > PAYLOAD_MAX) return false;
  if (payload > r->largest) {
    uint32_t least = (r->in->usable - 12) * 32 / 255 - 23;
    local = least + (payload - least) % (r->in->usable - 4);
    if (local > r->largest) local = least;
  }
  if (record > page_end || local > (uint64_t)(page_end - record)) return false;
  struct raw_cell *row = r->cells + r->n * r->scan->n_columns;
  if (!read_record(r, record, payload, local, row)) return false;
  if (r->rowid < r->scan->n_columns) {
    row[r->rowid].stored = STORED_INT;
    row[r->rowid].i = (int64_t)rowid;
  }
  for (size_t i = 0; i < r->n_twins; i++) row[r->twins[i].to] = row[r->twins[i].from];
  r->n++;
  return true;
}

/* ---- pages ---------------------------------------------------------------------------- */

/* Texts are borrowed from the window: before it moves, what is there is handed over. */
static bool hand_over(struct page_reader *r) {
  if (r->n == 0) return true;
  r->rows += (long)r->n;
  r->stopped = !r->scan->take(r->scan->ctx, r->cells, r->n);
  r->n = 0;
  return !r->stopped;
}

/* Where the i-th cell of a page is; NULL: not on it. */
static inline const uint8_t *cell_at(const struct page_reader *r, const uint8_t *page,
                                     uint32_t head, uint32_t n, uint32_t i) {
  uint32_t at = be16(page + head + 2 * i);
  return at >= head + 2 * n && at + 4 <= r->in->usable ? page + at : NULL;
}

static bool read_leaf(struct page_reader *r, const uint8_t *page) {
  uint32_t n = be16(page + 3);
  if (LEAF_HEAD + 2 * n > r->in->usable) return false;
  for (uint32_t i = 0; i < n; i++) {
    if (r->n == r->cap && !hand_over(r)) return false;
    const uint8_t *cell = cell_at(r, page, LEAF_HEAD, n, i);
    if (!cell || !read_row(r, cell, page + r->in->usable)) return false;
  }
  return true;
}

/* How many of the pages follow each other in the file, so that one read gets them. */
static uint32_t run_of(const struct page_reader *r, const uint32_t *pages, size_t n) {
  uint32_t k = 1;
  while (k < n && k < r->window_max && pages[k] == pages[0] + k) k++;
  return k;
}

/* The first of n pages that will be asked for one after the other; NULL: not in the file. */
static const uint8_t *page_of(struct page_reader *r, const uint32_t *pages, size_t n) {
  uint32_t no = pages[0], size = r->in->page;
  if (no - r->window_first >= r->window_n) {
    if (!hand_over(r)) return NULL;
    uint32_t run = run_of(r, pages, n);
    if (no == 0 || no > r->in->n || run > r->in->n - no + 1 || no - 1 == PENDING_BYTE / size)
      return NULL;
    r->window_n = 0;
    if (!read_at(r->in->file, r->window, (size_t)run * size, (int64_t)(no - 1) * size)) return NULL;
    r->window_first = no;
    r->window_n = run;
  }
  return r->window + (size_t)(no - r->window_first) * size;
}

/* The pages that an interior page leads to; 0: odd. */
static size_t children_of(struct page_reader *r, const uint8_t *page, int depth) {
  uint32_t n = be16(page + 3);
  if (n == 0 || INTERIOR_HEAD + 2 * n > r->in->usable) return 0;
  if (!r->children[depth]) r->children[depth] = xmalloc(r->in->page * sizeof(uint32_t));
  uint32_t *to = r->children[depth];
  for (uint32_t i = 0; i < n; i++) {
    const uint8_t *cell = cell_at(r, page, INTERIOR_HEAD, n, i);
    if (!cell) return 0;
    to[i] = be32(cell);
  }
  to[n] = be32(page + 8);
  return n + 1;
}

/* Reads the tables below n pages. False: odd, or stopped. */
static bool read_pages(struct page_reader *r, const uint32_t *pages, size_t n, int depth) {
  for (size_t i = 0; i < n; i++) {
    const uint8_t *page = page_of(r, pages + i, n - i);
    if (!page) return false;
    if (page[0] == LEAF) {
      /* only a table without rows has a leaf without any */
      if ((depth > 0 && be16(page + 3) == 0) || !read_leaf(r, page)) return false;
    } else if (page[0] == INTERIOR && depth + 1 < DEPTH_MAX) {
      size_t below = children_of(r, page, depth);
      if (!below || !read_pages(r, r->children[depth], below, depth + 1)) return false;
    } else {
      return false;
    }
  }
  return true;
}

/* ---- a scan --------------------------------------------------------------------------- */

static void make_room(struct page_reader *r) {
  uint32_t page = r->in->page;
  r->window_max = page < WINDOW ? WINDOW / page : 1;
  /* a record that is damaged may say that it goes on behind the page */
  r->window = xcalloc((size_t)r->window_max * page + PAST_END, 1);
  r->cap = r->scan->n_columns < BLOCK_CELLS ? BLOCK_CELLS / (r->scan->n_columns + 1) : 1;
  r->cells = xcalloc(r->cap * (r->scan->n_columns + 1), sizeof *r->cells);
  r->largest = r->in->usable - 35;
}

enum pages_end pages_scan(struct sqlite_dataset *ds, const struct raw_scan *scan, long *rows) {
  struct page_reader r = {.in = &ds->pages, .scan = scan, .rowid = scan->n_columns};
  *rows = 0;
  if (!ds->pages.file || scan->table->is_view) return PAGES_ODD;
  r.fields = xcalloc(scan->n_columns + 1, sizeof *r.fields);
  r.twins = xcalloc(scan->n_columns + 1, sizeof *r.twins);
  bool good = describe(&r, ds);
  if (good) {
    make_room(&r);
    good = read_pages(&r, &r.root, 1, 0);
    good = hand_over(&r) && good;
  }
  *rows = r.rows;
  for (int i = 0; i < DEPTH_MAX; i++) free(r.children[i]);
  free(r.cells);
  free(r.window);
  free(r.fields);
  free(r.twins);
  return good ? PAGES_DONE : r.stopped ? PAGES_STOPPED : PAGES_ODD;
}
