#!/usr/bin/env bash
# From the sources to khulasa.pot, from khulasa-ar.po to .mo (PHP) and .json (scripts). Needs gettext.
set -euo pipefail
cd "$(dirname "$0")/khulasa"
common=(--from-code=UTF-8 --add-comments=translators: --package-name=Khulasa --no-location --sort-output -o languages/khulasa.pot)
keywords=(--keyword --keyword=__ --keyword=_e --keyword=_n:1,2 --keyword=esc_html_e --keyword=esc_html__ --keyword=esc_attr_e)
xgettext -L PHP "${keywords[@]}" "${common[@]}" khulasa.php includes/*.php
xgettext -L JavaScript "${keywords[@]}" --join-existing "${common[@]}" assets/*.js
sed -i '/^"POT-Creation-Date:/d' languages/khulasa.pot
if [ -f languages/khulasa-ar.po ]; then
  msgmerge --quiet --update --backup=none --no-fuzzy-matching languages/khulasa-ar.po languages/khulasa.pot
  msgfmt --check -o languages/khulasa-ar.mo languages/khulasa-ar.po
  python3 ../make-json.py
fi
