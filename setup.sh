#!/bin/sh
# Make .venv: an interpreter, uv, the CPU build of PyTorch, the locked packages, the project itself.
#
#   sh setup.sh          make it, mend it or bring it up to date
#   sh setup.sh check    print "ready" if it is complete, runs, and was made for this folder
#
# PYTHON=/path/to/python3 names the interpreter. Downloads are cached, so an interrupted set-up begins
# the environment again and loses seconds.
set -eu
unset CDPATH PYTHONHOME PYTHONPATH PIP_PREFIX PIP_TARGET PIP_USER
cd "$(dirname "$0")"

ready() {
    [ "$(cat .venv/.ready 2>/dev/null)" = "$(pwd -P)" ] && .venv/bin/python -c '' 2>/dev/null
}

step() {
    printf '[%s/5] %s\n' "$1" "$2"
}

fail() {
    trap - EXIT
    printf '%s\n' "$@" >&2
    exit 1
}

# Set $python to the first interpreter that runs, is recent enough and can make a virtual environment.
find_python() {
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3 python python3.13 python3.12 python3.11; fi
    without_venv=
    for python do
        "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || continue
        "$python" -c 'import ensurepip, venv' 2>/dev/null && return
        without_venv=$python
    done
    [ -z "$without_venv" ] || fail \
        "$without_venv n’a pas le module venv : installez-le (Debian, Ubuntu : sudo apt install python3-venv)." \
        "$without_venv lacks the venv module: install it (Debian, Ubuntu: sudo apt install python3-venv)."
    fail \
        "Il faut Python 3.11, 3.12 ou 3.13 : installez-le, ou nommez-le par PYTHON=/chemin/vers/python3." \
        "Python 3.11, 3.12 or 3.13 is needed: install it, or name it with PYTHON=/path/to/python3."
}

# Print the version that pyproject.toml pins for a package.
pinned() {
    sed -n "s/^ *\"$1==\([^\";]*\)\".*/\1/p" pyproject.toml
}

pip_install() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"
}

uv_install() {
    .venv/bin/uv pip install --python .venv/bin/python "$@"
}

has_torch() {
    .venv/bin/python -c 'import importlib.metadata as m, sys
sys.exit(m.version("torch").partition("+")[0] != sys.argv[1])' "$1" 2>/dev/null
}

# The registry's build for Linux brings gigabytes of CUDA. uv knows where the CPU builds are; where that
# place does not answer (a first look tells, briefly), pip may have a mirror or a folder in its settings.
install_torch() {
    if UV_HTTP_RETRIES=1 UV_HTTP_CONNECT_TIMEOUT=5 UV_HTTP_TIMEOUT=10 \
        .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps \
        --torch-backend=cpu --dry-run "torch==$1" 2>/dev/null
    then
        uv_install $quiet --no-deps --torch-backend=cpu "torch==$1"
    else
        echo "      par pip, selon ses réglages (des Go s’il n’a que CUDA) / by pip, as configured (GBs if it only has CUDA)"
        pip_install "torch==$1"
    fi
}

install_lock() {
    uv_install $quiet --require-hashes --no-deps -r requirements.lock && return
    echo "      par pip, selon ses réglages (plus lent) / by pip, as configured (slower)"
    pip_install --require-hashes --no-deps -r requirements.lock
}

if [ "${1:-}" = check ]; then
    if ready; then echo ready; fi
    exit
fi

trap '[ $? = 0 ] || printf "%s\n" \
    "Mise en place interrompue. Vérifiez le réseau et la place libre (3 Go), puis relancez la même commande." \
    "Set-up stopped. Check the network and the free space (3 GB), then run the same command again." >&2' EXIT
trap 'exit 130' HUP INT TERM
if [ -t 2 ]; then quiet=; else quiet=--quiet; fi  # uv's progress bars are for a terminal

if ready; then
    step 1 "Environnement Python à jour / Python environment, up to date"
else
    find_python
    step 1 "Environnement Python / Python environment: .venv ($("$python" -V 2>&1))"
    "$python" -m venv --clear .venv
fi
rm -f .venv/.ready
pip_install "uv==$(pinned uv)"

torch=$(pinned torch)
if ! has_torch "$torch"; then
    step 2 "PyTorch $torch, version CPU (environ 200 Mo) / CPU build (about 200 MB)"
    install_torch "$torch"
fi

step 3 "Paquets du verrou (jusqu’à 500 Mo, 3 minutes) / locked packages (up to 500 MB, 3 minutes)"
install_lock

step 4 "Passerelle"
uv_install --quiet --no-deps --no-build-isolation --editable .

step 5 "Modèle d’embedding (environ 30 secondes) / embedding model (about 30 seconds)"
.venv/bin/python -m corpus
pwd -P > .venv/.ready
