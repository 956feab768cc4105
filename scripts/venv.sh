#!/usr/bin/env bash
# Makes .venv and installs one lock file in it, checked by its hashes; does nothing when that was
# done already. Usage: scripts/venv.sh requirements.txt; or scripts/venv.sh --tool uv, to put one
# tool of the developer's into it as well.
set -euo pipefail
cd "$(dirname "$0")/.."

find_python() {
    local name
    for name in ${PYTHON:-} python3.11 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Python 3.11 or later is needed: install it, or name it with PYTHON=/path/to/python." >&2
    exit 1
}

find_pip() {
    if "$1" -m pip --version > /dev/null 2>&1; then
        pip=("$1" -m pip --python .venv/bin/python)
        return
    fi
    "$1" -m ensurepip --version > /dev/null 2>&1 || {
        echo "pip is needed: install Debian's python3-pip, or python3-venv, and start again." >&2
        exit 1
    }
    .venv/bin/python -m ensurepip > /dev/null
    pip=(.venv/bin/python -m pip)
}

if [ "$1" = --tool ]; then
    find_pip "$(find_python)"
    exec "${pip[@]}" install --quiet --quiet --disable-pip-version-check "$2"
fi

lock="$1"
stamp=".venv/.installed-${lock%.txt}"
wanted="$(cksum < "$lock") $(cksum < scripts/venv.sh)"
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2> /dev/null)" = "$wanted" ]; then
    exit 0
fi
# The developer's lock holds all of the other one, at the same versions.
if [ "$lock" = requirements.txt ] && [ -x .venv/bin/python ] &&
    [ "$(cat .venv/.installed-requirements-dev 2> /dev/null)" = \
        "$(cksum < requirements-dev.txt) $(cksum < scripts/venv.sh)" ]; then
    exit 0
fi

python="$(find_python)"
if ! .venv/bin/python -c 'import sys' 2> /dev/null; then
    echo "Making .venv with $("$python" --version)"
    rm -rf .venv
    # Without ensurepip (Debian leaves it out), pip of the system fills the environment from outside.
    "$python" -m venv --without-pip .venv
fi
echo "Installing $lock"
find_pip "$python"
"${pip[@]}" install --quiet --quiet --disable-pip-version-check --require-hashes -r "$lock"
echo "$wanted" > "$stamp"
