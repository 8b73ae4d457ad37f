/* libcurl, loaded for the first message: curl->easy_perform(…) is curl_easy_perform(…). */
#ifndef VIGIE_LIBCURL_H
#define VIGIE_LIBCURL_H

/* Older libraries know only the older of two options with one meaning. */
#define CURL_DISABLE_DEPRECATION
#include <curl/curl.h>
#include <stdbool.h>

struct diags;

struct libcurl {
#define CURL_FUNCTION(name) typeof(curl_##name) *name;
#include "deliver/libcurl.def"
#undef CURL_FUNCTION
};

/* False with one error when this machine has no libcurl. */
bool libcurl_load(struct libcurl *curl, struct diags *problems);

#endif
