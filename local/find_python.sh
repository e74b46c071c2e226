#!/bin/sh
# Prints a Python of the newest supported version (3.13, 3.12, 3.11) that really runs: pyenv leaves shims that do not.
set -u

version_of() {
    "$1" -c 'import ssl, sys, venv; print("%d%02d" % sys.version_info[:2])' 2>/dev/null
}

best=""
best_version=0
for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python \
    "$HOME"/.pyenv/versions/3.1[1-3]*/bin/python3 \
    /usr/local/bin/python3.1[1-3] /opt/homebrew/bin/python3.1[1-3] /usr/bin/python3.1[1-3]; do
    [ -n "$candidate" ] || continue
    path=$(command -v "$candidate" 2>/dev/null) || continue
    version=$(version_of "$path") || continue
    case "$version" in
        311 | 312 | 313) ;;
        *) continue ;;
    esac
    # What the caller chose wins over a newer one.
    if [ "$candidate" = "${PYTHON:-}" ]; then
        echo "$path"
        exit 0
    fi
    if [ "$version" -gt "$best_version" ]; then
        best=$path
        best_version=$version
    fi
done

if [ -z "$best" ]; then
    echo "No working Python 3.11, 3.12 or 3.13 was found. Install one, or name it: PYTHON=/path/to/python3.13 make install" >&2
    exit 1
fi
echo "$best"
