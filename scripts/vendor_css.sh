#!/bin/sh
# Makes static/vendor/ anew: style sheet, script and fonts of the design system.
#
# Only maintainers need this, and Node.js (20 or newer) with npm. What it makes is kept in the repository, so that
# neither users nor continuous integration need Node.js. Sources and versions: scripts/vendor/.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out="$here/../static/vendor"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$here"/vendor/package.json "$here"/vendor/main.scss "$here"/vendor/govuk.js "$work"/
cd "$work"
npm install --no-audit --no-fund --no-package-lock --ignore-scripts

rm -rf "$out"
mkdir -p "$out/fonts"

npx sass --no-source-map --style=compressed --load-path=node_modules main.scss govuk.css
printf '/*! govuk-frontend, MIT licence: govuk-frontend.LICENCE.txt */\n' | cat - govuk.css > "$out/govuk.css"
npx esbuild govuk.js --bundle --format=esm --target=es2020 --minify --log-level=warning \
    --banner:js='/*! govuk-frontend, MIT licence: govuk-frontend.LICENCE.txt */' --outfile="$out/govuk.js"
cp "$here/vendor/govuk-frontend.LICENCE.txt" "$out/"

fonts=node_modules/@fontsource/source-sans-3
cp "$fonts/LICENSE" "$out/source-sans-3.LICENCE.txt"
cp "$here/vendor/fonts.css" "$out/fonts.css"
for subset in latin latin-ext; do
    for weight in 400 600; do
        cp "$fonts/files/source-sans-3-$subset-$weight-normal.woff2" "$out/fonts/"
    done
done

if grep -q "data:" "$out"/*.css; then
    echo "static/vendor holds a data: address, which the content security policy refuses" >&2
    exit 1
fi
ls -l "$out" "$out/fonts"
