/* Promises, checked.
 *
 * CHECK(cond) holds in every build: a broken promise ends the process with one line on standard
 * error, because a plausible number that is wrong is worse than none. Use it wherever a comment
 * says never, always, at most, by now or distinct, and before an index that could be -1.
 * DEBUG_CHECK is for loops over rows: only `make check` evaluates it.
 * UNREACHABLE("why") stands where control never comes: the default of a switch over an enum. */
#ifndef VIGIE_CHECK_H
#define VIGIE_CHECK_H

_Noreturn void check_failed(const char *file, int line, const char *what);

#define CHECK(cond) \
  (__builtin_expect(!!(cond), 1) ? (void)0 : check_failed(__FILE__, __LINE__, #cond))
#define UNREACHABLE(why) check_failed(__FILE__, __LINE__, "unreachable: " why)

#ifdef VIGIE_DEBUG_CHECKS
#define DEBUG_CHECK(cond) CHECK(cond)
#else
#define DEBUG_CHECK(cond) ((void)sizeof(!(cond)))
#endif

#endif
