/* The version of the program, as `vigie --version` says it. */
#ifndef VIGIE_VERSION_H
#define VIGIE_VERSION_H

#define VIGIE_VERSION "0.1.0"

#endif
