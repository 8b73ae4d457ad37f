/* The version of the program, as `vigie --version` says it, and its day, as the pages of the manual
 * and packages say it. Both change together, with CHANGELOG.md. */
#ifndef VIGIE_VERSION_H
#define VIGIE_VERSION_H

#define VIGIE_VERSION "0.1.0"
#define VIGIE_VERSION_DAY "2026-11-27"

#endif
