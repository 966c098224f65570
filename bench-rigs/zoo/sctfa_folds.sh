#!/bin/sh
# Accuracy in float and in integers of the networks of sctfa.py, on the folds that they were not trained on, as recorded and
# with 20 % more events; and of the gated ones with the gate's factor a constant.
#
#     sctfa_folds.sh [FOLDER of sctfa.py, default work/sctfa] [FOLDS, default 5]
set -eu
zoo=$(cd "$(dirname "$0")" && pwd -P)
spikelet=${SPIKELET:-$zoo/../../spikelet}
folder=${1:-$zoo/work/sctfa}
folds=${2:-5}
images=$(mktemp -d)
trap 'rm -rf "$images"' EXIT
number() { printf '%s\n' "$1" | sed -n "s/.*\"$2\" : \([0-9]*\).*/\1/p" | head -n 1; }
for kind in gated plain halved; do
    for split in test noisy; do
        float=0
        integer=0
        samples=0
        for fold in $(seq "$folds"); do
            image=$images/$kind-$fold.img
            [ -f "$image" ] || $spikelet quantise "$folder/$kind-$fold.json" --data "$folder/fold-$fold.h5" --split train \
                --steps 6 --encoder frames --weights int8 -o "$image" >/dev/null
            answer=$($spikelet evaluate "$image" --data "$folder/fold-$fold.h5" --split "$split" --json)
            integer=$((integer + $(number "$answer" correct)))
            samples=$((samples + $(number "$answer" samples)))
            answer=$($spikelet evaluate "$folder/$kind-$fold.json" --data "$folder/fold-$fold.h5" --split "$split" \
                --steps 6 --encoder frames --json)
            float=$((float + $(number "$answer" correct)))
        done
        echo "$kind $split: $float float, $integer integer, of $samples"
    done
done
