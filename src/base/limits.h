/* Every limit of the program: its name, its value and why it is there.
 *
 * A limit is checked where the value comes in, and going past it is an error that the user can
 * read. What the front end refuses needs no second limit behind it; what has no natural limit is
 * a VEC. */
#ifndef VIGIE_LIMITS_H
#define VIGIE_LIMITS_H

enum {
  SOURCE_MAX = 8 << 20, /* bytes of a rule file: a larger one is something else */
  /* Files that lead to each other by `use`: a longer chain is made by a machine. */
  USE_MAX_DEPTH = 100,
  /* Walkers recurse: a tree is no deeper than its clause has tokens, and expressions that lead
   * into each other through KPIs, segments and defines are refused past this depth (sema). */
  EXPR_MAX_DEPTH = 2500,
  /* Of the copies that one use of a formula makes: those that double never end. */
  EXPANSION_MAX_PARTS = 100000,
  RULESET_MAX_TERMS = 3000000, /* of all files: a gigabyte of memory */

  CLAUSE_MAX_TOKENS = 4000, /* of one clause: a formula that long is a table in disguise */
  PAREN_MAX = 100,          /* parentheses inside each other */
  NUMBER_MAX_BYTES = 40,    /* of a number: a double keeps 17 digits of them */
  BRACKET_LOOK_BACK = 2000, /* tokens searched for the [ that a ] closes: one message for both */
  SENTENCE_LOOK_BACK = 8,   /* tokens before a slip that may belong to a sentence of speech */
  NAME_MAX_BYTES = 200,     /* a name: what a column of a report can show */
  /* One regular expression on one text: a pattern that backtracks is quadratic, and on a text of
   * 2 MB that is half a minute for each row. */
  PATTERN_MAX_SECONDS = 2,  /* VIGIE_PATTERN_SECONDS in the environment wins */
  FINAL_DAYS = 7,           /* a KPI without `final after`: late data arrives within the week */
  NEEDS_MAX_ROWS = 1000000, /* of `needs N rows`: more is a slip of the finger */
  /* Items of `capacity N` and `at most N open`: more is a slip of the finger. */
  ITEMS_MAX = 1000000,
  DURATION_MAX = 1000000, /* of `60d`, and of a cell with a duration: years enough for any date */
  EACH_MAX_DAYS = 403,    /* of `avg of E each day in last 13mo`: likewise */
  EACH_SPARE_DAYS = 4, /* a window of relative length may hold a day more than it was judged by */
  FOR_MAX_DAYS = 403,  /* of `C for 13mo`: each day is a column of its own */

  /* Entities above each other by `belongs to`, on the way from an item to its customer. */
  ACCOUNT_MAX_STEPS = 16,

  /* Rows above each other by `belongs to ENTITY as NAME`: companies that own companies have a
   * dozen, and each level is a pass over the rows. */
  TREE_MAX_DEPTH = 200,

  /* A time zone: the longest name of the IANA has 32 bytes, the largest file 4,000. */
  ZONE_NAME_MAX_BYTES = 64,
  ZONE_FILE_MAX_BYTES = 64 << 10,

  /* Columns of the days that are judged together: the days of a request are taken in windows of
   * as many as fit. What is not kept over the windows (RANGE_EVENTS_MAX) is scanned for in each,
   * so more is faster. */
  WINDOW_BYTES = 512 << 20,

  /* Rows of events that are kept at once for all days of a request, 16 bytes each (and as many
   * while they are sorted). Of more the windows scan the table, each for its own days. */
  RANGE_EVENTS_MAX = 32 << 20,

  /* Records of a history that are kept at once for all days of a request, 20 bytes each (and as
   * many while they are sorted). Of more the windows read the table, each for its own days. */
  HISTORY_KEPT_MAX = 24 << 20,

  RULE_GONE_MAX_DAYS = 30, /* so long a rule may be missing from the files before its items close */

  STEPS_MAX = 50,     /* of a playbook: nobody checks off more for one customer */
  STAND_INS_MAX = 16, /* one stands in for the other so many times; behind it stands a circle */

  LEVELS_MAX = 20, /* of one rule's escalation: no company has so many floors */

  /* Of a snooze: what is put off longer is dismissed in all but name. */
  SNOOZE_MAX_DAYS = 180,
  SNOOZE_WORSE_DAYS = 90, /* until it gets worse: by then somebody looks again */

  RUN_OLD_DAYS =
      7, /* without a run: then a list of today says so, for people run daily or weekly */

  KEYS_LISTED = 8,       /* rows that a label may mean: what one message can show */
  KEYS_COMPARED = 20000, /* rows looked at for did-you-mean */

  WORDS_OFFERED = 2000, /* numbers of items that a shell offers: nobody reads more */

  /* Of one split: a million take half a gigabyte, and nobody reads so many. */
  GROUPS_MAX = 1000000,

  /* A view may be a recursion without an end: so long, and so many rows, are waited for. */
  GROUPED_SUMS_MAX = 24, /* asked of a server at once: of more, streaming the rows is faster */
  VIEW_MAX_SECONDS = 60, /* VIGIE_VIEW_SECONDS in the environment wins */
  VIEW_MAX_ROWS = 50000000,

  CSV_MAX_BYTES = 256 << 20, /* of a task export: a larger one is another table */
  CSV_LOOK_BYTES = 64 << 10, /* looked at to find what stands between cells: a hundred rows */

  /* Of a file that is imported. What it holds is streamed: these keep one row from being a file. */
  SHEET_MAX_COLUMNS = 16384, /* as many as a workbook can have */
  /* The longest text of a CRM has 131,072 letters: a cell past this begins with a quote that
   * nothing closes. */
  SHEET_CELL_MAX_BYTES = 1 << 20,
  SHEET_ROW_MAX_BYTES = 64 << 20, /* all cells of a row together */
  SHEET_BLOCK_BYTES = 64 << 10,   /* read at once */
  JSON_OBJECT_MAX_BYTES =
      16 << 20,        /* of one object, which is held: a row, or an answer of an API */
  JSON_MAX_DEPTH = 20, /* objects in each other: the header has a dot for each */
  /* Of a workbook. A megabyte of it may unpack to a gigabyte, which no table does. */
  WORKBOOK_MAX_ROWS = 1048576,            /* as many as Excel has */
  WORKBOOK_PART_MAX_MB = 2048,            /* of a sheet, unpacked; it is streamed */
  WORKBOOK_STRINGS_MAX_BYTES = 512 << 20, /* of all texts that cells share; they are held */
  WORKBOOK_MAX_MB = 6144,                 /* of all parts; a sheet is read up to three times */
  WORKBOOK_SMALL_PART_MAX_MB = 64,        /* of styles and of the list of sheets */
  WORKBOOK_MAX_SHEETS = 1000,             /* people cannot find their way among fifty */
  WORKBOOK_MAX_STYLES = 65536,            /* Excel has 65,490 */
  WORKBOOK_MAX_FORMATS = 5000,            /* Excel takes some 250 of one's own */
  WORKBOOK_MAX_MERGED = 1000000,          /* cells that go over several rows; 32 bytes each */
  XML_MAX_DEPTH = 50,                     /* of what stands inside each other: a sheet has 6 */
  XML_TOKEN_MAX_BYTES = 1 << 20,          /* between < and >: expat holds it */

  /* Of the rows that a rule could not judge: in JSON, of each rule. */
  UNJUDGED_LISTED_MAX = 1000,

  /* Of an export: titles and totals stand in a few lines; of many errors people read the first. */
  HEADER_ROWS_LOOKED = 20,
  FOOTER_ROWS_MAX = 20,
  IMPORT_ERRORS_MAX = 20,
  IMPORT_COLUMNS_MAX = 1990,  /* SQLite takes 2,000 in a table, and some are ours */
  IMPORT_MAX_DAYS_AHEAD = 62, /* of today: a clock or a zone may be wrong, a century may not */

  /* Of sending one message: a receiver that works answers within a second or two. */
  DELIVER_TIMEOUT_MS = 30000,  /* in all; VIGIE_DELIVER_TIMEOUT_MS in the environment wins */
  DELIVER_CONNECT_MS = 10000,  /* until the receiver takes the connection */
  RETRY_AFTER_MAX_S = 86400,   /* a receiver that asks for more is asked again the next day */
  ANSWER_MAX_BYTES = 64 << 10, /* read of an answer, or of its headers: one that goes on has none */
  ANSWER_KEPT_BYTES = 400,     /* of it, to look for words that help */
  EXCERPT_MAX = 80,            /* characters of it in a message: a line */
  SECRET_RUN = 4, /* letters of a secret in a row: an answer that holds them is not shown */

  /* Of the page for the revenue meeting: what a meeting can read, and a mail can carry. What is
   * left out is counted in words. */
  REPORT_OWNERS_MAX = 200,    /* people */
  REPORT_OPEN_MAX = 8,        /* customers of the first person, who is open; else nobody is */
  REPORT_CUSTOMERS_MAX = 60,  /* of one person */
  REPORT_OWN_MAX = 500,       /* of one person on a page of their own */
  REPORT_EVIDENCE_MAX = 1500, /* items with their evidence, 1 kB each */
  REPORT_EVIDENCE_FIRST = 25, /* of one person, where the page is everybody's */
  REPORT_SQUARES_MAX = 16,    /* one an item, beside a name */
  REPORT_LINES_MAX = 3,       /* of one chart: more cannot be told apart */
  REPORT_GROUPS_MAX = 12,     /* columns of the table of a KPI */
  REPORT_BRIDGES_MAX = 8,     /* groups of one bridge */
  REPORT_STEMS_MAX = 400,     /* renewals of a chart */
  REPORT_ROWS_MAX = 300,      /* of a table in a fold */
  REPORT_FIRST_ROWS = 12,     /* of a table that stands open */

  /* Of what an editor sends. A rule file of SOURCE_MAX may take six bytes for each of its own. */
  EDITOR_MESSAGE_MAX_BYTES = 64 << 20,
  EDITOR_HEADER_MAX_BYTES = 4 << 10, /* before the JSON of a message: two short lines */
  EDITOR_READ_BYTES = 64 << 10,      /* at once */
  EDITOR_LINT_PAUSE_MS = 400,        /* nobody types: then lint reads the policy */
  /* After an edit, the nearest ones: each is two or three policies through a quarter. */
  EDITOR_THRESHOLDS_TRIED = 20
};

/* Seconds until a server of PostgreSQL takes the connection; connect_timeout in the address or
 * PGCONNECT_TIMEOUT wins. */
#define POSTGRES_CONNECT_SECONDS "10"

#define SOURCE_TOO_LARGE "it is larger than 8 MB, which no rule file is"

#endif
