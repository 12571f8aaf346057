#!/bin/sh
# Checks export.toml against that of the last release tag, under the law of today.
#
#   EXPORT_TOML  the file (default: export.toml)
#   EXEAT        the program (default: exeat)
#   ON           the day whose law applies (default: today, by universal time)
set -eu
file=${EXPORT_TOML:-export.toml}
exeat=${EXEAT:-exeat}
on=${ON:-$(date -u +%Y-%m-%d)}

old=$(mktemp)
trap 'rm -f "$old"' EXIT
tag=$(git describe --tags --abbrev=0 HEAD^ 2>/dev/null || true)
if [ -n "$tag" ] && git show "$tag:./$file" >"$old" 2>/dev/null; then
  # The comparison reads TOML by its name.
  mv "$old" "$old.toml"
  old=$old.toml
  echo "compared with $tag, law of $on"
  "$exeat" classify --ci "$file" --against "$old" --on "$on"
else
  echo "no earlier release with $file: compared with what it records, law of $on"
  "$exeat" classify --ci "$file" --on "$on"
fi
