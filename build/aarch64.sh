#!/bin/sh
# Proves that an arm64 processor answers bit for bit what this one does: runs `spikelet bench exact` here and, under
# qemu's user-mode emulation, on an arm64 Java 25, and compares the lines. Takes some minutes; no part of the tests.
#
#   apt install qemu-user-static curl        # once; Debian's names
#   build/aarch64.sh [OPTIONS of bench exact]
#
# The Java is Debian trixie's openjdk-25-jre-headless with the libraries that it loads, unpacked into target/aarch64.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
folder=$home/target/aarch64
root=$folder/root
packages="libc6 libgcc-s1 libstdc++6 zlib1g openjdk-25-jre-headless"

say() {
    echo "aarch64: $*" >&2
}

command -v qemu-aarch64-static >/dev/null || {
    say "needs qemu-aarch64-static: install qemu-user-static"
    exit 2
}

# shellcheck source=build/arm64.sh
. "$home/build/arm64.sh"

# shellcheck disable=SC2086
[ -x "$root/usr/lib/jvm/java-25-openjdk-arm64/bin/java" ] ||
    fetch_arm64 "$folder" $packages
java=$root/usr/lib/jvm/java-25-openjdk-arm64/bin/java

"$home/spikelet" bench --help >/dev/null # builds what is stale
"$home/spikelet" bench exact "$@" >"$folder/here.txt"
say "$(uname -m) is done; now aarch64 under $(qemu-aarch64-static --version | head -n 1)"
qemu-aarch64-static -L "$root" "$java" --add-modules jdk.incubator.vector --sun-misc-unsafe-memory-access=allow \
    -cp "$home/bench-rigs/target/dist/lib/*" io.spikelet.host.cli.Spikelet bench exact "$@" >"$folder/there.txt"

if diff "$folder/here.txt" "$folder/there.txt"; then
    cat "$folder/there.txt"
    echo "$(uname -m) and aarch64 agree in every line"
else
    say "the processors differ"
    exit 1
fi
