#!/usr/bin/env bash
# Makes sure of the system libraries that pip cannot bring: WeasyPrint's text layout, and, for the
# tests, a browser and poppler. Installs them where this user may; else names the command to run.
set -euo pipefail

needed=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
[ "${1:-run}" = "test" ] && needed+=(chromium poppler-utils)

command -v dpkg-query >/dev/null || {
  echo "This is not Debian or Ubuntu: install Pango and HarfBuzz (and Chromium for the tests) yourself." >&2
  exit 0
}
missing=()
for package in "${needed[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo"; else
  echo "Pythia needs system packages. Run this once, then the same make command again:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y ${missing[*]}" >&2
  exit 1
fi
echo "Installing ${missing[*]}"
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
