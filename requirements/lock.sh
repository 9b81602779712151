#!/bin/sh
# Pin every package, with hashes and without a download address: sh requirements/lock.sh [--upgrade]
# torch and what only its CUDA build needs stay out: a hash would keep pip and uv from taking a CPU wheel.
set -eu
cd "$(dirname "$0")/.."
uv=.venv/bin/uv

lock() { # lock OUTPUT [uv options]
    output=$1
    shift
    "$uv" pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-annotate --no-header --quiet "$@" --output-file "$output"
}

gpu_only=$("$uv" pip compile pyproject.toml --universal --python-version 3.11 --no-header --no-annotate --quiet |
    sed -nE 's/^((nvidia|cuda)-[a-z0-9-]+|torch|triton)==.*/--no-emit-package \1/p')
# shellcheck disable=SC2086
lock requirements/app.txt $gpu_only "$@"
# shellcheck disable=SC2086
lock requirements/test.txt $gpu_only --group test --constraint requirements/app.txt
echo uv==0.13.8 | "$uv" pip compile - --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet \
    --output-file requirements/uv.txt
