/* In: shares of a width. Out: bars and levels in one cell of a table, on a scale of all
 * its rows. */
#include "report/svg.h"

enum { WIDTH = 200, HEIGHT = 20, BAR_TOP = 4, BAR = 12 };

static double across(double share) { return (share < 0 ? 0 : share > 1 ? 1 : share) * WIDTH; }

void svg_bar(struct html *h, const struct svg_span *spans, size_t n, double tick, double one) {
  html_put(h, "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
           WIDTH, HEIGHT);
  if (one >= 0) html_put(h, "<path class=\"one\" d=\"M%.1f 0V%d\"/>", across(one), HEIGHT);
  for (size_t i = 0; i < n; i++) {
    double a = across(spans[i].from), b = across(spans[i].to);
    if (b < a) a = across(spans[i].to), b = across(spans[i].from);
    html_put(h, "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
             spans[i].class, a, BAR_TOP, b - a < 0.8 ? 0.8 : b - a, BAR);
  }
  if (tick >= 0) html_put(h, "<path class=\"tick\" d=\"M%.1f 2V%d\"/>", across(tick), HEIGHT - 2);
  html_put(h, "</svg>");
}
