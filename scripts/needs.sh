#!/usr/bin/env bash
# Sees that a program which pip cannot bring is there:
# scripts/needs.sh chromium|chromium-headless-shell|postgresql|wrk
# Installs it where that is possible (root and apt), else says in one line what is missing.
set -euo pipefail

package="$1"

is_there() {
    case "$package" in
        chromium) command -v chromium > /dev/null || command -v chromium-browser > /dev/null ;;
        postgresql) ls /usr/lib/postgresql/*/bin/postgres > /dev/null 2>&1 ||
            command -v postgres > /dev/null || [ -n "${DATABASE_URL:-}" ] ;;
        chromium-headless-shell | wrk) command -v "$package" > /dev/null ;;
        *) echo "scripts/needs.sh knows no $package" >&2; exit 2 ;;
    esac
}

if is_there; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    echo "Installing Debian's package $package"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends "$package"; } \
        > /dev/null || true
    if is_there; then
        exit 0
    fi
fi
echo "MISSING: $package is not installed, so what needs it is left out." >&2
exit 1
