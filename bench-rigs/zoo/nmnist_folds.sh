#!/bin/sh
# Accuracy of five-fold cross-validation in integers: quantises each network of nmnist.py --folds 5 and lets it classify the
# fold that it was not trained on.
#
#     nmnist_folds.sh nmnist_train1k.zip [FOLDER of fold-1.nir to fold-5.nir, default work/nmnist]
set -eu
zoo=$(cd "$(dirname "$0")" && pwd -P)
spikelet=$zoo/../../spikelet
data=$1
folder=${2:-$zoo/work/nmnist}
images=$(mktemp -d)
trap 'rm -rf "$images"' EXIT
right=0
samples=0
# Calibration only measures what quantising cost, so 50 recordings of the other folds are enough.
for fold in 1 2 3 4 5; do
    "$spikelet" quantise "$folder/fold-$fold.nir" --data "$data" --fold "$fold/5" --limit 50 --steps 6 \
        --encoder event-frames --count-maximum 15 --weights int8 -o "$images/$fold.img" >/dev/null
    answer=$("$spikelet" evaluate "$images/$fold.img" --data "$data" --fold "$fold/5" --json)
    mine=$(printf '%s\n' "$answer" | sed -n 's/.*"correct" : \([0-9]*\).*/\1/p')
    all=$(printf '%s\n' "$answer" | sed -n 's/.*"samples" : \([0-9]*\).*/\1/p')
    echo "fold $fold: $mine of $all right"
    right=$((right + mine))
    samples=$((samples + all))
done
echo "all folds: $right of $samples right"
