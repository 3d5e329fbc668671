#!/bin/sh
# The whole way on sample-data/: two laboratories, two collections, two trained models.
set -eu
myotask=$1
samples=sample-data
settings=$samples/experiments
out=demo

say() { printf '\n── %s\n' "$*"; }
run() {
    printf '$ myotask %s\n' "$*"
    "$myotask" "$@"
}

rm -rf "$out"
mkdir -p "$out"

say "An armband laboratory: envelopes as the device gives them"
run inspect $samples/roam/*/p1_*.csv
run convert $samples/roam --output $out/roam
run build $out/roam --config $settings/collection.yaml --output $out/collections/roam
run train $out/collections/roam.json --config $settings/training.yaml --output $out/runs/roam

say "A bipolar laboratory: raw EMG with mains hum, band-passed, notched and rectified first"
run convert $samples/bipolar --output $out/bipolar
run filter $out/bipolar --pipeline $settings/pipeline.yaml --output $out/conditioned
run build $out/conditioned --config $settings/envelope-collection.yaml --output $out/collections/bipolar
run train $out/collections/bipolar.json --config $settings/training.yaml --output $out/runs/bipolar

say "What was made"
for archive in roam bipolar conditioned; do
    printf '%s: %s recordings\n' "$out/$archive" "$(find $out/$archive -name '*.h5' | wc -l)"
done
find $out/collections $out/runs -type f | sort
for name in roam bipolar; do
    say "Accuracy on people never seen, after adapting to their first cycle: $out/runs/$name/results.md"
    sed -n '3,/mean/p' "$out/runs/$name/results.md"
done
