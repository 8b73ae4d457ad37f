/* Rows of the leaf pages of a table. In: the pages of an SQLite file. Out: raw cells.
 *
 * What is read here is the documented file format (sqlite.org/fileformat2.html), and of it only
 * what every ordinary table is made of: interior pages that lead to leaf pages, and on them cells
 * with whole records. Whatever is not exactly so is "odd", a damaged page as well as a long text
 * that is kept elsewhere: then SQLite reads the table, and says what there is to say. So nothing
 * here reports anything. */
#include "data/sqlite/leaf.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "data/sqlite/pages.h"

/* ---- numbers of the format ------------------------------------------------------------ */

enum {
  HEADER = 100,
  AT_RESERVED = 20,
  AT_CHANGES = 24,
  AT_PAGES = 28,
  AT_ENCODING = 56,
  AT_PAGES_VALID_FOR = 92,
  VERSION_JOURNAL = 1,
  UTF_8 = 1,
  USABLE_MIN = 480,
  INTERIOR = 5,
  LEAF = 13,
  LEAF_HEAD = 8,
  INTERIOR_HEAD = 12,
  RECORD_HEAD_MAX = 98307, /* nor a longer list of columns */
  PAYLOAD_MAX = INT32_MAX,
  PENDING_BYTE = 0x40000000 /* the page with this byte is never a table's */
};

enum { RUN_BYTES = 32 << 10, PAST_END = 32, CELLS_MAX = 4 << 20 };

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

/* Of nine bytes at most, that are there in any case. */
static inline const uint8_t *skip_varint(const uint8_t *p) {
  uint64_t bytes;
  memcpy(&bytes, p, sizeof bytes);
  uint64_t ends = ~le64toh(bytes) & 0x8080808080808080;
  return p + (ends ? __builtin_ctzll(ends) / 8 + 1 : 9);
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
  uint32_t page = file_page_size(head);
  uint32_t version = head[AT_READ_VERSION];
  bool whole = version == VERSION_JOURNAL || (version == WAL_VERSION && ds->still);
  if (!whole || page < 512 || page & (page - 1) || be32(head + AT_ENCODING) != UTF_8 ||
      page - head[AT_RESERVED] < USABLE_MIN || !counts_its_pages(head, size, page))
    return false;
  ds->pages = (struct page_file){
      .file = f, .page = page, .usable = page - head[AT_RESERVED], .n = be32(head + AT_PAGES)};
  return true;
}

/* ---- what is asked of a table --------------------------------------------------------- */

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
static void add_field(struct leaf_table *t, sqlite3_stmt *st, uint32_t column, bool is_rowid) {
  const char *name = (const char *)sqlite3_column_text(st, 0);
  const char *type = (const char *)sqlite3_column_text(st, 1);
  size_t first = t->scan->n_columns;
  for (size_t i = 0; name && i < t->scan->n_columns; i++) {
    if (sqlite3_stricmp(name, t->scan->columns[i]) != 0) continue;
    if (first < t->scan->n_columns) {
      t->twins[t->n_twins++] = (struct leaf_twin){first, i};
      continue;
    }
    first = i;
    if (is_rowid) {
      t->has_rowid = true;
      t->rowid = i;
    } else {
      t->fields[t->n_fields++] = (struct leaf_field){
          column, (uint32_t)i, type && is_real_type(type), sqlite3_column_int(st, 3)};
    }
  }
}

/* The bytes of a head up to the type of the last field, and its length before them. */
static void plan_told_by(struct leaf_table *t) {
  size_t n = t->n_fields ? t->fields[t->n_fields - 1].column + 2 : 1;
  if (n > sizeof t->told_by) n = sizeof t->told_by;
  memset(t->told_by, 0xFF, n);
  t->n_head_words = n / sizeof *t->told_by + 1; /* a few types may have more than one byte */
  if (t->n_head_words > LEAF_HEAD_WORDS) t->n_head_words = LEAF_HEAD_WORDS;
}

/* False: the table is not plain. */
bool leaf_table_describe(struct leaf_table *t, struct sqlite_dataset *ds,
                         const struct raw_scan *scan) {
  *t = (struct leaf_table){.in = &ds->pages, .scan = scan};
  t->fields = xcalloc(scan->n_columns + 1, sizeof *t->fields);
  t->twins = xcalloc(scan->n_columns + 1, sizeof *t->twins);
  t->largest = ds->pages.usable - 35;
  const char *table = scan->table->name;
  sqlite3_stmt *of = ask(ds, SQL_TABLE, table), *fields = ask(ds, SQL_FIELDS, table);
  bool plain = of && sqlite3_step(of) == SQLITE_ROW && !sqlite3_column_int(of, 3);
  if (plain) t->root = (uint32_t)sqlite3_column_int64(of, 0);
  bool keyed = plain && !sqlite3_column_int(of, 1) && sqlite3_column_int(of, 2) == 1;
  for (uint32_t i = 0; plain && fields && sqlite3_step(fields) == SQLITE_ROW; i++) {
    const char *type = (const char *)sqlite3_column_text(fields, 1);
    bool is_rowid =
        keyed && sqlite3_column_int(fields, 2) && type && sqlite3_stricmp(type, "INTEGER") == 0;
    add_field(t, fields, i, is_rowid);
  }
  sqlite3_finalize(of);
  sqlite3_finalize(fields);
  plan_told_by(t);
  return plain && t->n_fields + t->n_twins + t->has_rowid == scan->n_columns;
}

void leaf_table_free(struct leaf_table *t) {
  free(t->fields);
  free(t->twins);
}

/* ---- the shape of a record ------------------------------------------------------------ */

enum { SHAPES_SHIFT = 58, SHAPES = 64 };

/* What the types below 12 mean. Numbers have their most significant byte first: the eight bytes
 * from there, shifted down; 0 and 1 have a type each, and no bytes. */
static const struct leaf_value types[] = {
    {.stored = STORED_NULL},
    {.stored = STORED_INT, .shift = 56, .keep = -1},
    {.stored = STORED_INT, .shift = 48, .keep = -1},
    {.stored = STORED_INT, .shift = 40, .keep = -1},
    {.stored = STORED_INT, .shift = 32, .keep = -1},
    {.stored = STORED_INT, .shift = 16, .keep = -1},
    {.stored = STORED_INT, .shift = 0, .keep = -1},
    {.stored = STORED_REAL},
    {.stored = STORED_INT},
    {.stored = STORED_INT, .one = 1},
};

/* False: a type that no file has. */
static bool value_of_type(const struct leaf_field *f, uint64_t type, uint64_t at,
                          struct leaf_value *v) {
  if (type >= 12) {
    *v = (struct leaf_value){.stored = type & 1 ? STORED_TEXT : STORED_BLOB,
                             .n = (uint32_t)((type - 12) / 2)};
  } else if (type < sizeof types / sizeof *types) {
    *v = types[type];
    v->is_real = f->real;
  } else {
    return false;
  }
  v->at = (uint32_t)at;
  return true;
}

/* The bytes that were read tell the shape, if they are not too many. */
static void remember_head(const struct leaf_table *t, struct leaf_shape *s, const uint8_t *record,
                          const uint8_t *next) {
  size_t n = (size_t)(next - record);
  s->known = n <= t->n_head_words * sizeof *s->head;
  if (!s->known) return;
  memset(s->head, 0, sizeof s->head);
  memset(s->mask, 0, sizeof s->mask);
  memcpy(s->head, record, n);
  memset(s->mask, 0xFF, n);
}

/* The head of a record: its length and a type for each column, of which `local` bytes lie on the
 * page. Whatever lies before a value has to be as long as the record says. False: odd. */
static bool read_shape(const struct leaf_table *t, const uint8_t *record, uint64_t payload,
                       uint64_t local, struct leaf_shape *s) {
  uint64_t head, type = 0, at, size = 0;
  const uint8_t *next = varint(record, &head), *end = record + head;
  s->known = false;
  if (head > local || head > RECORD_HEAD_MAX) return false;
  s->local = s->payload = at = head;
  uint32_t column = 0;
  for (size_t i = 0; i < t->n_fields; i++) {
    const struct leaf_field *f = &t->fields[i];
    bool there = false;
    while (next < end && !there) {
      next = varint(next, &type);
      at += size;
      size = size_of_type(type);
      there = column++ == f->column;
    }
    s->payload = at + size;
    if (next > end || s->payload > payload || (!there && f->defaulted)) return false;
    s->value[i] = (struct leaf_value){.stored = STORED_NULL};
    if (there && !value_of_type(f, type, at, &s->value[i])) return false;
    if (there) s->local = at + size;
  }
  s->spare = t->n_fields > 0 && next == end ? 0 : PAYLOAD_MAX;
  remember_head(t, s, record, next);
  return true;
}

static uint64_t word_at(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, sizeof word);
  return word;
}

static inline bool has_head(const struct leaf_table *t, const struct leaf_shape *s,
                            const uint8_t *record) {
  uint64_t other = 0;
  for (size_t w = 0; w < t->n_head_words; w++)
    other |= (word_at(record + w * sizeof other) ^ s->head[w]) & s->mask[w];
  return s->known && !other;
}

/* Where the shape of the record is kept, if it is. */
static inline struct leaf_shape *place_of_shape(const struct leaf_table *t,
                                                const struct leaf_block *b, const uint8_t *record) {
  uint64_t hash = 0;
  for (size_t w = 0; w < t->n_head_words; w++)
    hash = (hash ^ (word_at(record + w * sizeof hash) & t->told_by[w])) * 0x9E3779B97F4A7C15;
  return &b->shapes[hash >> SHAPES_SHIFT];
}

static struct leaf_shape *shapes_new(const struct leaf_table *t) {
  struct leaf_shape *shapes = xcalloc(SHAPES, sizeof *shapes);
  struct leaf_value *values = xcalloc(SHAPES * (t->n_fields + 1), sizeof *values);
  for (size_t i = 0; i < SHAPES; i++) shapes[i].value = values + i * (t->n_fields + 1);
  return shapes;
}

/* ---- rows of one shape ---------------------------------------------------------------- */

enum { ROWS_MOST = 128 };

/* Rows that follow each other: what their shape says is looked at once for all of them. */
struct alike {
  struct leaf_shape *shape; /* NULL: there are none yet */
  const uint8_t *record[ROWS_MOST];
  size_t n;
  struct raw_cell *row; /* the first one's */
};

#define EACH_RECORD for (size_t i = 0; i < rows->n; i++, c += stride)

static void put_numbers(struct leaf_value v, const struct alike *rows, struct raw_cell *c,
                        size_t stride) {
  EACH_RECORD {
    int64_t bytes = (int64_t)be64toh(word_at(rows->record[i] + v.at));
    c->stored = STORED_INT;
    c->i = (bytes >> v.shift & v.keep) | v.one;
    if (v.is_real) *c = raw_real((double)c->i);
  }
}

static void put_reals(struct leaf_value v, const struct alike *rows, struct raw_cell *c,
                      size_t stride) {
  EACH_RECORD {
    uint64_t bytes = be64toh(word_at(rows->record[i] + v.at));
    double real;
    memcpy(&real, &bytes, sizeof real);
    *c = raw_real(real);
  }
}

static void put_bytes(struct leaf_value v, const struct alike *rows, struct raw_cell *c,
                      size_t stride) {
  EACH_RECORD {
    c->stored = v.stored;
    c->s = (const char *)rows->record[i] + v.at;
    c->n = v.n;
  }
}

static void put_nulls(const struct alike *rows, struct raw_cell *c, size_t stride) {
  EACH_RECORD c->stored = STORED_NULL;
}

static void put_twins(const struct leaf_table *t, const struct alike *rows) {
  struct raw_cell *row = rows->row;
  for (size_t i = 0; i < rows->n; i++, row += t->scan->n_columns)
    for (size_t k = 0; k < t->n_twins; k++) row[t->twins[k].to] = row[t->twins[k].from];
}

/* The rows so far become rows of the block. */
static void put_rows(const struct leaf_table *t, struct leaf_block *b, struct alike *rows) {
  size_t stride = t->scan->n_columns;
  for (size_t i = 0; rows->n && i < t->n_fields; i++) {
    struct leaf_value v = rows->shape->value[i];
    struct raw_cell *c = rows->row + t->fields[i].cell;
    switch (v.stored) {
      case STORED_NULL: put_nulls(rows, c, stride); break;
      case STORED_INT: put_numbers(v, rows, c, stride); break;
      case STORED_REAL: put_reals(v, rows, c, stride); break;
      case STORED_TEXT:
      case STORED_BLOB: put_bytes(v, rows, c, stride); break;
    }
  }
  if (t->n_twins) put_twins(t, rows);
  b->n += rows->n;
  rows->row += rows->n * stride;
  rows->n = 0;
}

/* ---- a row ---------------------------------------------------------------------------- */

/* How much of a long payload lies on the page. */
static uint64_t local_of(const struct leaf_table *t, uint64_t payload) {
  uint32_t least = (t->in->usable - 12) * 32 / 255 - 23;
  uint64_t local = least + (payload - least) % (t->in->usable - 4);
  return local > t->largest ? least : local;
}

/* The shape of the record becomes that of the rows to come. False: odd. */
static bool find_shape(const struct leaf_table *t, struct leaf_block *b, const uint8_t *record,
                       uint64_t payload, uint64_t local, struct alike *rows) {
  put_rows(t, b, rows);
  rows->shape = place_of_shape(t, b, record);
  return has_head(t, rows->shape, record) || read_shape(t, record, payload, local, rows->shape);
}

/* A cell of a leaf: the length of the record, the rowid, the record. False: odd. */
static inline bool add_row(const struct leaf_table *t, struct leaf_block *b, const uint8_t *cell,
                           const uint8_t *page_end, struct alike *rows) {
  uint64_t payload, rowid = 0;
  const uint8_t *record = varint(cell, &payload);
  record = t->has_rowid ? varint(record, &rowid) : skip_varint(record);
  uint64_t local = payload > t->largest ? local_of(t, payload) : payload;
  if (payload > PAYLOAD_MAX || record > page_end || local > (uint64_t)(page_end - record))
    return false;
  if (rows->n == ROWS_MOST) put_rows(t, b, rows);
  if ((!rows->shape || !has_head(t, rows->shape, record)) &&
      !find_shape(t, b, record, payload, local, rows))
    return false;
  const struct leaf_shape *s = rows->shape;
  if (local < s->local || payload < s->payload || payload - s->payload > s->spare) return false;
  if (t->has_rowid)
    rows->row[rows->n * t->scan->n_columns + t->rowid] =
        (struct raw_cell){.stored = STORED_INT, .i = (int64_t)rowid};
  rows->record[rows->n++] = record;
  return true;
}

/* ---- a run of leaf pages -------------------------------------------------------------- */

/* Where the i-th cell of a page is; NULL: not on it. */
static inline const uint8_t *cell_at(const struct leaf_table *t, const uint8_t *page, uint32_t head,
                                     uint32_t n, uint32_t i) {
  uint32_t at = be16(page + head + 2 * i);
  return at >= head + 2 * n && at + 4 <= t->in->usable ? page + at : NULL;
}

/* False: so many that SQLite should hand them over one by one. */
static bool make_room(struct leaf_block *b, size_t rows, size_t n_columns) {
  if (rows <= b->cap) return true;
  if (rows * (n_columns + 1) > CELLS_MAX) return false;
  b->cap = rows + rows / 2;
  b->cells = xrealloc(b->cells, b->cap * (n_columns + 1) * sizeof *b->cells);
  return true;
}

static bool read_leaf(const struct leaf_table *t, struct leaf_block *b, const uint8_t *page) {
  uint32_t n = be16(page + 3);
  /* only a table without rows has a leaf without any */
  if (page[0] != LEAF || LEAF_HEAD + 2 * n > t->in->usable || (n == 0 && !b->run.is_root))
    return false;
  if (!make_room(b, b->n + n, t->scan->n_columns)) return false;
  struct alike rows = {.row = b->cells + b->n * t->scan->n_columns};
  const uint8_t *end = page + t->in->usable, *cell;
  bool good = true;
  for (uint32_t i = 0; i < n && good; i++) {
    cell = cell_at(t, page, LEAF_HEAD, n, i);
    good = cell && add_row(t, b, cell, end, &rows);
  }
  put_rows(t, b, &rows);
  return good;
}

static uint32_t run_max(const struct page_file *in) {
  return in->page < RUN_BYTES ? RUN_BYTES / in->page : 1;
}

static bool in_file(const struct page_file *in, uint32_t first, uint32_t n) {
  uint32_t pending = PENDING_BYTE / in->page + 1;
  return first > 0 && first <= in->n && n <= in->n - first + 1 &&
         (pending < first || pending >= first + n);
}

static bool read_pages(const struct page_file *in, uint32_t first, uint32_t n, uint8_t *to) {
  return in_file(in, first, n) &&
         read_at(in->file, to, (size_t)n * in->page, (int64_t)(first - 1) * in->page);
}

void leaf_block_read(const struct leaf_table *t, struct leaf_block *b) {
  const struct page_file *in = t->in;
  /* a record that is damaged may say that it goes on behind the page */
  if (!b->pages) b->pages = xcalloc((size_t)run_max(in) * in->page + PAST_END, 1);
  if (!b->shapes) b->shapes = shapes_new(t);
  b->n = 0;
  b->odd = !read_pages(in, b->run.first, b->run.n, b->pages);
  for (uint32_t i = 0; !b->odd && i < b->run.n; i++)
    b->odd = !read_leaf(t, b, b->pages + (size_t)i * in->page);
}

void leaf_block_free(struct leaf_block *b) {
  if (b->shapes) free(b->shapes[0].value);
  free(b->shapes);
  free(b->pages);
  free(b->cells);
}

/* ---- the tree above ------------------------------------------------------------------- */

/* The pages that the interior page in w->page leads to become those of a level. False: odd. */
static bool take_children(struct leaf_walk *w, int level) {
  const struct page_file *in = w->table->in;
  uint32_t n = be16(w->page + 3);
  if (w->page[0] != INTERIOR || n == 0 || INTERIOR_HEAD + 2 * n > in->usable) return false;
  if (!w->children[level]) w->children[level] = xmalloc(in->page * sizeof(uint32_t));
  for (uint32_t i = 0; i < n; i++) {
    const uint8_t *cell = cell_at(w->table, w->page, INTERIOR_HEAD, n, i);
    if (!cell) return false;
    w->children[level][i] = be32(cell);
  }
  w->children[level][n] = be32(w->page + LEAF_HEAD);
  w->n[level] = n + 1;
  w->at[level] = 0;
  return true;
}

static bool read_page(struct leaf_walk *w, uint32_t no) {
  return read_pages(w->table->in, no, 1, w->page);
}

/* All leaves of a tree are equally deep: the first one tells how deep. */
bool leaf_walk_begin(struct leaf_walk *w, const struct leaf_table *t) {
  *w = (struct leaf_walk){.table = t, .page = xcalloc(t->in->page + PAST_END, 1)};
  uint32_t no = t->root;
  while (read_page(w, no)) {
    if (w->page[0] == LEAF) {
      if (w->n_levels) w->at[w->n_levels - 1] = 0; /* it comes again, as the first of its run */
      return true;
    }
    if (w->n_levels == LEAF_DEPTH_MAX - 1 || !take_children(w, w->n_levels)) break;
    no = w->children[w->n_levels][0];
    w->at[w->n_levels++] = 1;
  }
  w->odd = true;
  return false;
}

/* How many of the pages follow each other in the file, so that one read gets them. */
static uint32_t run_of(const uint32_t *pages, size_t n, uint32_t max) {
  uint32_t k = 1;
  while (k < n && k < max && pages[k] == pages[0] + k) k++;
  return k;
}

bool leaf_walk_next(struct leaf_walk *w, struct leaf_run *run) {
  int leaves = w->n_levels - 1, level = leaves;
  if (w->odd || (leaves < 0 && w->begun)) return false;
  w->begun = true;
  if (leaves < 0) {
    *run = (struct leaf_run){.first = w->table->root, .n = 1, .is_root = true};
    return true;
  }
  while (w->at[level] == w->n[level])
    if (level-- == 0) return false;
  for (; level < leaves; level++) {
    w->odd = !read_page(w, w->children[level][w->at[level]++]) || !take_children(w, level + 1);
    if (w->odd) return false;
  }
  const uint32_t *next = w->children[level] + w->at[level];
  uint32_t n = run_of(next, w->n[level] - w->at[level], run_max(w->table->in));
  *run = (struct leaf_run){.first = *next, .n = n};
  w->at[level] += n;
  return true;
}

bool leaf_walk_is_long(const struct leaf_walk *w) {
  return w->n_levels > 1 || (w->n_levels == 1 && w->n[0] > run_max(w->table->in) * 8);
}

void leaf_walk_free(struct leaf_walk *w) {
  for (int i = 0; i < LEAF_DEPTH_MAX; i++) free(w->children[i]);
  free(w->page);
}
