/* Decimals. In: a double and a power of ten. Out: the double next to the shifted decimal. */
#include "base/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double decimal_shift(double x, int digits) {
  if (!isfinite(x)) return x;
  /* one rounding: already the nearest */
  if (digits < 0 && x == trunc(x)) return x / pow(10, -digits);
  char text[48];
  snprintf(text, sizeof text, "%.14e", x);
  char *exponent = strchr(text, 'e');
  int power = atoi(exponent + 1) + digits;
  snprintf(exponent, sizeof text - (size_t)(exponent - text), "e%d", power);
  return strtod(text, NULL);
}

double decimal_minor(double major, double minor) {
  return decimal_shift(major, (int)lround(log10(minor)));
}

double decimal_major(double x, double minor) {
  double plain = x / minor;
  char text[40];
  if (!isfinite(plain)) return plain;
  snprintf(text, sizeof text, "%.14g", plain);
  double decimal = strtod(text, NULL);
  return fabs(decimal - plain) <= fabs(plain) * 4e-16 ? decimal : plain;
}
