/* A disk that stops: a layer over SQLite's own files that fails at the n-th write or sync, and at
 * each one after it, as a disk does that is full or gone, or a machine whose power is cut. */
#ifndef VIGIE_FAULT_VFS_H
#define VIGIE_FAULT_VFS_H

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static long fault_at, fault_writes; /* fails from write fault_at on; 0: never */
static sqlite3_vfs *fault_under;

struct fault_file {
  sqlite3_file base;
  sqlite3_io_methods methods; /* those below, with ours over them */
  sqlite3_file *real;
};

static int fault_write(void) {
  fault_writes++;
  return fault_at && fault_writes >= fault_at;
}

#define BELOW(f) ((struct fault_file *)(f))->real

static int ff_close(sqlite3_file *f) {
  int rc = BELOW(f)->pMethods ? BELOW(f)->pMethods->xClose(BELOW(f)) : SQLITE_OK;
  free(BELOW(f));
  return rc;
}
static int ff_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) {
  return BELOW(f)->pMethods->xRead(BELOW(f), to, n, at);
}
static int ff_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
  return fault_write() ? SQLITE_IOERR_WRITE : BELOW(f)->pMethods->xWrite(BELOW(f), from, n, at);
}
static int ff_truncate(sqlite3_file *f, sqlite3_int64 n) {
  return fault_write() ? SQLITE_IOERR_TRUNCATE : BELOW(f)->pMethods->xTruncate(BELOW(f), n);
}
static int ff_sync(sqlite3_file *f, int flags) {
  return fault_write() ? SQLITE_IOERR_FSYNC : BELOW(f)->pMethods->xSync(BELOW(f), flags);
}
static int ff_size(sqlite3_file *f, sqlite3_int64 *n) {
  return BELOW(f)->pMethods->xFileSize(BELOW(f), n);
}
static int ff_lock(sqlite3_file *f, int l) { return BELOW(f)->pMethods->xLock(BELOW(f), l); }
static int ff_unlock(sqlite3_file *f, int l) { return BELOW(f)->pMethods->xUnlock(BELOW(f), l); }
static int ff_reserved(sqlite3_file *f, int *out) {
  return BELOW(f)->pMethods->xCheckReservedLock(BELOW(f), out);
}
static int ff_control(sqlite3_file *f, int op, void *arg) {
  return BELOW(f)->pMethods->xFileControl(BELOW(f), op, arg);
}
static int ff_sector(sqlite3_file *f) { return BELOW(f)->pMethods->xSectorSize(BELOW(f)); }
static int ff_traits(sqlite3_file *f) {
  return BELOW(f)->pMethods->xDeviceCharacteristics(BELOW(f));
}
static int ff_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
  return BELOW(f)->pMethods->xShmMap(BELOW(f), page, size, extend, out);
}
static int ff_shm_lock(sqlite3_file *f, int at, int n, int flags) {
  return BELOW(f)->pMethods->xShmLock(BELOW(f), at, n, flags);
}
static void ff_shm_barrier(sqlite3_file *f) { BELOW(f)->pMethods->xShmBarrier(BELOW(f)); }
static int ff_shm_unmap(sqlite3_file *f, int remove) {
  return BELOW(f)->pMethods->xShmUnmap(BELOW(f), remove);
}

static int fault_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out) {
  struct fault_file *file = (struct fault_file *)f;
  (void)vfs;
  file->real = calloc(1, (size_t)fault_under->szOsFile);
  int rc = fault_under->xOpen(fault_under, name, file->real, flags, out);
  file->methods = (sqlite3_io_methods){
      2,           ff_close,       ff_read,      ff_write,   ff_truncate, ff_sync,   ff_size,
      ff_lock,     ff_unlock,      ff_reserved,  ff_control, ff_sector,   ff_traits, ff_shm_map,
      ff_shm_lock, ff_shm_barrier, ff_shm_unmap, NULL,       NULL};
  file->base.pMethods = rc == SQLITE_OK ? &file->methods : NULL;
  if (rc != SQLITE_OK) free(file->real);
  return rc;
}

/* From now on SQLite's files go through the layer. */
static void fault_install(void) {
  static sqlite3_vfs layer;
  fault_under = sqlite3_vfs_find(NULL);
  layer = *fault_under;
  layer.zName = "fault";
  layer.szOsFile = sizeof(struct fault_file);
  layer.xOpen = fault_open;
  layer.pNext = NULL;
  sqlite3_vfs_register(&layer, 1);
}

#endif
