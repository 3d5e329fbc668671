#!/bin/sh
# Sets up the peers in a virtual environment of their own, then measures everything in one run.
set -eu
cd "$(dirname "$0")"
myotask=$(cd .. && pwd)/$1
if [ ! -x .venv/bin/python ]; then
    command -v python3 >/dev/null || { echo "the peers need python3 with venv" >&2; exit 1; }
    python3 -m venv .venv
fi
# torch comes with CUDA libraries that are not used here; there is no smaller wheel of that version.
.venv/bin/pip install --quiet --requirement requirements.txt
# LibEMG asks for drivers of devices and games; its features need none of them.
.venv/bin/pip install --quiet --no-deps libemg==2.0.3
exec .venv/bin/python "${2:-bench.py}" "$myotask"
