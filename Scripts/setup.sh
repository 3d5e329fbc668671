#!/bin/sh
# Installs the system libraries that MyoTask builds on, when they are not there yet.
set -eu

packages="libfftw3-dev libhdf5-dev libdeflate-dev zlib1g-dev libarchive-dev libexpat1-dev libopenblas-dev libssl-dev libcairo2-dev fonts-dejavu-core pkg-config"

if ! command -v swift >/dev/null 2>&1; then
    echo "MyoTask needs Swift 6.3 or later: see https://www.swift.org/install" >&2
    exit 1
fi

# Everything is there when pkg-config knows all of them.
if command -v pkg-config >/dev/null 2>&1 && pkg-config --exists fftw3 hdf5 libdeflate zlib libarchive expat openblas libcrypto cairo; then
    exit 0
fi

if [ "$(uname)" = Darwin ]; then
    if command -v brew >/dev/null 2>&1; then
        exec brew install fftw hdf5 libdeflate zlib libarchive expat openblas openssl@3 cairo pkgconf
    fi
    echo "Please install Homebrew (https://brew.sh), then run: brew install fftw hdf5 libdeflate zlib libarchive expat openblas openssl@3 cairo pkgconf" >&2
    exit 1
fi

if ! command -v apt-get >/dev/null 2>&1; then
    echo "MyoTask needs the development files of FFTW 3, HDF5, libdeflate, zlib, libarchive, expat, OpenBLAS, OpenSSL and cairo, and pkg-config."
    echo "Texts in PNG and PDF figures need a font, such as DejaVu Sans." >&2
    echo "Install them with your system's package manager, then run this again." >&2
    exit 1
fi

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1; then
    as_root="sudo"
else
    echo "MyoTask needs some system packages. Please run as root: apt-get install $packages" >&2
    exit 1
fi

echo "Installing $packages"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086 # the list is meant to be split into words
$as_root apt-get install -y -qq --no-install-recommends $packages >/dev/null
