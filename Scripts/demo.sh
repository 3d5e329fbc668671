#!/bin/sh
# The whole way on sample-data/: two laboratories, two experiments, each from one file.
set -eu
myotask=$1
samples=sample-data
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
run run $samples/experiments/roam.yaml --output $out/roam

say "A bipolar laboratory: raw EMG with mains hum, band-passed, notched and rectified first"
run run $samples/experiments/bipolar.yaml --output $out/bipolar

say "The same command again: nothing is left to do"
run run $samples/experiments/bipolar.yaml --output $out/bipolar --dry-run

say "A band that everybody puts on turned: all methods after one window of each class"
run synth --style bipolar --patients 16 --conditions 1 --seed 5 --output $out/lab
run benchmark turned_k $out/lab --set 'supports=[{windows: 1}]' --set 'seeds=[1]' \
    --methods prior,lda,nearest_mean,knn,others,unadapted,pretrained,maml,posterior \
    --output $out/turned

say "What was made"
for archive in roam/archive bipolar/archive bipolar/conditioned; do
    printf '%s: %s recordings\n' "$out/$archive" "$(find "$out/$archive" -name '*.h5' | wc -l)"
done
find $out -type f ! -path '*/archive/*' ! -path '*/conditioned/*' | sort
for name in roam bipolar; do
    for table in "$out/$name"/runs/*/results.md; do
        say "Accuracy on people never seen, after adapting to their first cycle: $table"
        sed -n '3,/mean/p' "$table"
    done
done
