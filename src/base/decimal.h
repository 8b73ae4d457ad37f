/* Numbers as people write them in decimals: 0.29 EUR is 29 cents, though 0.29 * 100 is not 29 in
 * doubles. */
#ifndef VIGIE_DECIMAL_H
#define VIGIE_DECIMAL_H

/* x times 10^digits, as the decimal of at most 15 digits that x stands for: (0.29, 2) is 29,
 * (33.4, -2) is 0.334. Never fails; infinities and NaN come back as they are. */
double decimal_shift(double x, int digits);

/* An amount of major units in minor ones: (0.29, 100) is 29. minor is a power of ten. */
double decimal_minor(double major, double minor);
/* Minor units in major ones: (10012.9, 100) is 100.129, which a division alone misses by a hair. */
double decimal_major(double x, double minor);

#endif
