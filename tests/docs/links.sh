#!/bin/bash
# Every link of every page leads to a page that is there, and to a heading of it; every page that the program or a comment
# names is there, and is linked to from another.
cd "$ROOT" || exit 2
mapfile -t pages < <(git ls-files -co --exclude-standard '*.md' 2>/dev/null || find . -name '*.md' -printf '%P\n')

{
  awk '
    # those that a source file or the Makefile names: FILE:LINE:PAGE
    FILENAME !~ /\.md$/ { split($0, part, ":"); named[part[3]]; print "file\t" part[1] ":" part[2] "\t" part[3]; next }
    # the folder of a path, and the path without "a/../"
    function folder(path) { return sub(/[^\/]*$/, "", path) ? path : "" }
    function plain(path) {
      while (sub(/(^|\/)\.\//, "/", path)) sub(/^\//, "", path)
      while (match(path, /[^\/]+\/\.\.(\/|$)/)) path = substr(path, 1, RSTART - 1) substr(path, RSTART + RLENGTH)
      sub(/\/$/, "", path)
      return path
    }
    FNR == 1 { block = 0; pages[FILENAME] }
    /^```/ { block = !block; next }
    block { next }
    /^#+ / {
      # as GitHub names a heading: small letters, no punctuation, - for a space, a number where it comes again
      name = $0; sub(/^#+ /, "", name); gsub(/\]\([^)]*\)/, "", name)
      name = tolower(name); gsub(/[][!-,.\/:-@\\^`{|}~…“”’–—→·«»]/, "", name); gsub(/ /, "-", name)
      n = times[FILENAME, name]++
      headings[FILENAME "#" name (n ? "-" n : "")]
    }
    {
      gsub(/`[^`]*`/, "")
      while (match($0, /\]\([^) ]+\)/)) {
        to = substr($0, RSTART + 2, RLENGTH - 3)
        $0 = substr($0, RSTART + RLENGTH)
        if (to !~ /^[a-z]+:/) { n_links++; from[n_links] = FILENAME; line[n_links] = FNR; link[n_links] = to }
      }
    }
    END {
      for (i = 1; i <= n_links; i++) {
        path = link[i]; name = ""
        if (match(path, /#/)) { name = substr(path, RSTART); path = substr(path, 1, RSTART - 1) }
        path = path == "" ? from[i] : plain(folder(from[i]) path)
        if (path in pages && path != from[i]) linked[path]
        if (name == "") print "file\t" from[i] ":" line[i] "\t" path
        else if (!(path in pages)) print from[i] ":" line[i] ": there is no page " path
        else if (!((path name) in headings)) print from[i] ":" line[i] ": " path " has no heading " name
      }
      for (page in pages) if (page ~ /^docs\// && !(page in linked) && !(page in named)) print page ": no page links to it"
    }' <(grep -rnoE '\b(docs|grammar|rules)/[a-z/_-]+\.md' src stdlib rules grammar Makefile .ci tests) "${pages[@]}"
} | awk -F '\t' '$1 != "file" { print; next } { print $3 "\t" $2 }' | sort -u | while IFS=$'\t' read -r path where; do
  if [ -z "$where" ]; then echo "$path"; elif [ ! -e "$path" ]; then echo "$where: there is no $path"; fi
done >"$TEST_TMP/said"
cat "$TEST_TMP/said"
[ ${#pages[@]} -gt 20 ] && [ ! -s "$TEST_TMP/said" ]
