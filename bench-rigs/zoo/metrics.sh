#!/bin/sh
# The metrics and modelled energies of the zoo's models, as docs/measurements/metrics.txt records them: quantises each as its
# card says, calibrating on fewer samples, and counts.
#
#     metrics.sh FASHION-MNIST nmnist_train1k.zip [SAMPLES, default 20]
#
# SPIKELET names another launcher than the repository's own.
set -eu
zoo=$(cd "$(dirname "$0")" && pwd -P)
spikelet=${SPIKELET:-$zoo/../../spikelet}
fashion=$1
nmnist=$2
samples=${3:-20}
images=$(mktemp -d)
trap 'rm -rf "$images"' EXIT

# count NAME DATA [option of a data set ...] -- [option of quantise ...]
count() {
    name=$1
    data=$2
    shift 2
    fold=
    while [ "$1" != -- ]; do
        fold="$fold $1"
        shift
    done
    shift
    # shellcheck disable=SC2086 # a fold is two words
    $spikelet quantise "$zoo/models/$name.nir" --data "$data" $fold --limit 200 "$@" -o "$images/$name.img" \
        >/dev/null 2>&1
    for sata in corrected compat; do
        modes=neurobench,45nm,sata
        [ $sata = corrected ] || modes=sata
        # shellcheck disable=SC2086
        $spikelet bench energy "$images/$name.img" --data "$data" $fold --samples "$samples" --mode $modes --sata $sata \
            2>/dev/null | sed '/^How each layer is counted$/,/^$/d; /^Models$/,/^$/d'
        echo
    done
}

echo "# bench-rigs/zoo/metrics.sh FASHION-MNIST nmnist_train1k.zip $samples"
echo "# Counts are the same on every machine; energies are modelled from them, none is measured."
echo
count digits-conv "$zoo/data/digits.h5" -- --steps 4
count fashion-onestep "$fashion" -- --split train:0-200 --steps 1
count fashion-binary "$fashion" -- --steps 1
count fashion-sew "$fashion" -- --split train:0-200 --steps 4 --profile subtract
count fashion-chip "$fashion" -- --steps 8 --weights int4 --profile custom:if=unit
count fashion-steps-1 "$fashion" -- --steps 1
count fashion-steps-2 "$fashion" -- --steps 2
count fashion-steps-4 "$fashion" -- --steps 4
count nmnist-frames "$nmnist" --fold 1/5 -- --steps 6 --encoder event-frames --count-maximum 15
