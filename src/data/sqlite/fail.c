/* What SQLite could not do, for a person. In: a connection whose last call failed. Out: an error
 * that says what to change. */
#include "data/sqlite/sqlite.h"

#define LOCKED                                                                                  \
  "%1$s is locked: another program is writing to it%2$s. Wait until that has ended, or read a " \
  "copy of the file"
#define HALF_WRITTEN                                                                     \
  "%1$s was left in the middle of a change by another program, or its folder cannot be " \
  "written: open it once with the program that writes it, or read a copy"

#define CHANGED \
  "%s was changed by another program while it was read: run again, or read a copy of the file"

/* %1: the file. %2: " (while reading accounts)", or nothing. %3: what SQLite says. */
static const struct {
  int code; /* without its extension */
  enum diag_code diag;
  const char *text;
} failures[] = {
    {SQLITE_BUSY, V0508, LOCKED},
    {SQLITE_LOCKED, V0508, LOCKED},
    {SQLITE_CANTOPEN, V0508, HALF_WRITTEN},
    {SQLITE_READONLY, V0508, HALF_WRITTEN},
    {SQLITE_NOTADB, V0508,
     "%1$s is not an SQLite database. Choose another file with --db; CSV files and spreadsheets "
     "must be imported into one first"},
    {SQLITE_CORRUPT, V0509,
     "%1$s is damaged%2$s: %3$s. Export the data again, put back a copy from your backups, or try "
     "the command .recover of the program sqlite3"},
    {SQLITE_IOERR, V0509,
     "the disk failed while %1$s was read%2$s: %3$s. Check the disk, then try again"},
};

bool sqlite_unchanged(struct sqlite_dataset *ds, struct diags *problems) {
  return !file_has_changed(&ds->watch) || diag_fail(problems, V0509, CHANGED, ds->base.name);
}

bool sqlite_fail(struct sqlite_dataset *ds, const char *what, struct diags *problems) {
  const char *reason = ds->db ? sqlite3_errmsg(ds->db) : "out of memory", *name = ds->base.name;
  int code = ds->db ? sqlite3_errcode(ds->db) & 0xFF : SQLITE_NOMEM;
  if (file_has_changed(&ds->watch)) return diag_fail(problems, V0509, CHANGED, name);
  const char *of = what ? arena_printf(problems->arena, " (while reading %s)", what) : "";
  for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
    if (failures[i].code == code)
      return diag_fail(problems, failures[i].diag, failures[i].text, name, of, reason);
  return what ? diag_fail(problems, V0509, "%s cannot be read from %s: %s", what, name, reason)
              : diag_fail(problems, V0508, "%s cannot be read: %s", name, reason);
}
