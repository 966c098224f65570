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
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
packages="libc6 libgcc-s1 libstdc++6 zlib1g openjdk-25-jre-headless"

say() {
    echo "aarch64: $*" >&2
}

command -v qemu-aarch64-static >/dev/null || {
    say "needs qemu-aarch64-static: install qemu-user-static"
    exit 2
}

# APT of its own, so that nothing of this system changes; packages are verified by Debian's keys as always.
fetch() {
    mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial" "$root"
    : >"$folder/status"
    echo "deb [arch=arm64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" \
        >"$folder/sources.list"
    options="-o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::Etc::SourceList=$folder/sources.list
        -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists=$folder/lists -o Dir::State::Status=$folder/status
        -o Dir::Cache=$folder/cache -o APT::Sandbox::User=root"
    # shellcheck disable=SC2086
    apt-get $options -qq update
    # shellcheck disable=SC2086
    (cd "$folder/cache/archives" && apt-get $options -qq download $packages)
    for package in "$folder"/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$root"
    done
    ln -sfn usr/lib "$root/lib" # where the loader is looked for
    # Debian's Java links its settings to /etc; here they lie below the root.
    find "$root/usr/lib/jvm" -type l -lname '/*' | while read -r link; do
        ln -sfn "$root$(readlink "$link")" "$link"
    done
}

[ -x "$root/usr/lib/jvm/java-25-openjdk-arm64/bin/java" ] || fetch
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
