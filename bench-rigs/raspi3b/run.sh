#!/bin/sh
# A Raspberry Pi 3 without hardware: boots Debian's arm64 kernel on QEMU's raspi3b, installs the arm64 package of the agent
# there, with its own Java, and holds what it does against what QEMU shows from outside and against the host's own answers:
#   - a pin is high during inferences (the chip's registers, read by QEMU's monitor)
#   - the TMP105's temperature, set by the monitor, comes back in the board's status
#   - the demo's model, flashed over the serial line, fires the host's spikes, each of them
#   - the watchdog runs while the agent does, stops with it, and bites when it is killed
#   - what is resident after the test samples, what is installed, and a start with and without the cache of classes
# Takes some minutes and downloads 250 MB once; no part of the tests.
#
#   bench-rigs/raspi3b/run.sh
#
# All lands in target/raspi3b: packages are verified by Debian's keys and unpacked there, nothing of this system changes.
# What was done is not done again. Needs what build/package.sh needs for arm64, and an x86-64 processor.
set -eu
home=$(cd "$(dirname "$0")/../.." && pwd -P)
here=$home/bench-rigs/raspi3b
folder=$home/target/raspi3b
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
temperature=42500 # millidegrees; a whole number of the sensor's steps

fail() {
    say "$*"
    say "the board's console is in $folder/console.log"
    exit 1
}

# options ARCHITECTURE: apt of its own for one architecture, in $folder/ARCHITECTURE.
options() {
    place=$folder/$1
    mkdir -p "$place/lists/partial" "$place/cache/archives/partial" "$place/state"
    [ -f "$place/status" ] || : >"$place/status"
    echo "deb [arch=$1 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" \
        >"$place/sources.list"
    echo "-o APT::Architecture=$1 -o APT::Architectures=$1 -o Dir::Etc::SourceList=$place/sources.list
        -o Dir::Etc::SourceParts=/dev/null -o Dir::State=$place/state -o Dir::State::Lists=$place/lists
        -o Dir::State::Status=$place/status -o Dir::Cache=$place/cache -o APT::Sandbox::User=root
        -o APT::Install-Recommends=false"
}

# once NAME COMMAND…: does it unless it was done before.
once() {
    step=$folder/$1.done
    shift
    [ -f "$step" ] || { "$@" && : >"$step"; }
}

# The emulator itself, with all that it loads, apart from this system's.
fetch_emulator() {
    say "fetching QEMU"
    apt=$(options amd64)
    # shellcheck disable=SC2086
    apt-get $apt -qq update
    # shellcheck disable=SC2086
    apt-get $apt -y -qq --download-only install qemu-system-arm device-tree-compiler \
        busybox-static >/dev/null
    unpack "$folder/amd64" "$folder/emulator"
}

# The board's side: a kernel, the libraries that the package depends on, and a shell.
fetch_board() {
    say "fetching a kernel for arm64"
    apt=$(options arm64)
    # shellcheck disable=SC2086
    apt-get $apt -qq update
    # shellcheck disable=SC2086
    image=$(apt-cache $apt depends linux-image-arm64 | sed -n 's/.*Depends: //p' | head -n 1)
    # shellcheck disable=SC2086
    (cd "$folder/arm64/cache/archives" && apt-get $apt -qq download "$image" libc6 libgcc-s1 libstdc++6 zlib1g \
        busybox-static)
    unpack "$folder/arm64" "$folder/board"
}

unpack() {
    mkdir -p "$2"
    for package in "$1"/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$2"
    done
}

# The root of the board, as the archive that the kernel unpacks into memory.
make_root() {
    root=$folder/root
    rm -rf "$root"
    mkdir -p "$root/bin" "$root/dev" "$root/proc" "$root/sys" "$root/tmp" "$root/root" "$root/lib/modules" \
        "$root/usr/lib" "$root/spikelet"
    cp "$here/init" "$root/init"
    cp "$folder/board/usr/bin/busybox" "$root/bin/busybox"
    ln -s busybox "$root/bin/sh"
    chmod 755 "$root/init" "$root/bin/busybox"
    for module in i2c-bcm2835 i2c-dev lm75 softdog; do
        find "$folder/board/usr/lib/modules" -name "$module.ko.xz" -exec xz -dc {} \; >"$root/lib/modules/$module.ko"
    done
    cp -a "$folder/board/usr/lib/aarch64-linux-gnu" "$root/usr/lib/"
    cp -a "$folder/board/usr/lib/ld-linux-aarch64.so.1" "$root/lib/" 2>/dev/null ||
        cp -aL "$folder/board/usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1" "$root/lib/"
    ln -s ../usr/lib/aarch64-linux-gnu "$root/lib/aarch64-linux-gnu"
    dpkg-deb -x "$home"/target/package/spikelet-device_*_arm64.deb "$root"
    cp "$folder/key.pub.pem" "$root/spikelet/"
    (cd "$root" && find . | "$folder/emulator/usr/bin/busybox" cpio -o -H newc 2>/dev/null | gzip -1) >"$folder/root.gz"
}

spikelet() {
    "$home/spikelet" "$@"
}

monitor() {
    "$java_home/bin/java" -XX:TieredStopAtLevel=1 "$here/Monitor.java" "$@"
}

# await TEXT SECONDS: until the console shows TEXT after what it showed at the last call.
await() {
    left=$(($2 * 2))
    until tail -n +"$((seen + 1))" "$folder/console.log" | grep -a -q "$1"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || fail "the board did not say \"$1\" in $2 s"
        kill -0 "$emulator" 2>/dev/null || fail "QEMU ended: $(cat "$folder/qemu.log")"
        sleep 0.5
    done
    seen=$((seen + $(tail -n +"$((seen + 1))" "$folder/console.log" | grep -a -n -m 1 "$1" | cut -d: -f1)))
}

boot() {
    rm -f "$folder/console.log" "$folder/qemu.log" "$folder/monitor" "$folder/console"
    libraries=$folder/emulator/usr/lib/x86_64-linux-gnu
    image=$(ls "$folder"/board/boot/vmlinuz-*)
    tree=$folder/board.dtb
    cp "$folder"/board/usr/lib/linux-image-*/broadcom/bcm2837-rpi-3-b.dtb "$tree"
    # Else the better UART belongs to Bluetooth and hears nothing that is typed at the console.
    "$libraries/ld-linux-x86-64.so.2" --library-path "$libraries" "$folder/emulator/usr/bin/fdtput" \
        -r "$tree" /soc/serial@7e201000/bluetooth
    "$libraries/ld-linux-x86-64.so.2" --library-path "$libraries" "$folder/emulator/usr/bin/qemu-system-aarch64" \
        -L "$folder/emulator/usr/share/qemu" -M raspi3b -display none -monitor none \
        -kernel "$image" -dtb "$tree" -initrd "$folder/root.gz" \
        -append "console=ttyAMA0,115200 rdinit=/init quiet panic=-1" \
        -chardev socket,id=console,path="$folder/console",server=on,wait=off,logfile="$folder/console.log" \
        -serial chardev:console \
        -chardev pty,id=line -serial chardev:line -qmp unix:"$folder/monitor",server=on,wait=off \
        -device tmp105,id=sensor,address=0x48,bus=i2c-bus.1 >"$folder/qemu.log" 2>&1 &
    emulator=$!
    touch "$folder/console.log"
    trap 'kill $emulator 2>/dev/null || :' EXIT INT TERM
    seen=0
}

# shellcheck source=build/launch.sh
. "$home/build/launch.sh"
find_java || exit 1 # within "||", so that the launchers' way of trying is no failure here

say() {
    echo "raspi3b: $*" >&2
}

mkdir -p "$folder"
once emulator fetch_emulator
once board fetch_board
spikelet bench --help >/dev/null # builds what is stale
[ -f "$folder/key.pem" ] || spikelet keygen "$folder/key"
spikelet quantise "$home/bench-rigs/zoo/models/digits-conv.nir" --data "$home/bench-rigs/zoo/data/digits.h5" --steps 4 \
    --learning-rate 0.0078125 --logit-gain 0.5 --key "$folder/key.pem" -o "$folder/digits.img" >/dev/null
"$home/build/package.sh" arm64
make_root
began=$(date +%s)
say "booting"
boot
await "rig: cache made" 240
await "rig: doctor ended" 180
await "ready name=raspi3b" 120
line=serial:$(sed -n 's/.*redirected to \([^ ]*\) .*/\1/p' "$folder/qemu.log" | head -n 1)
say "the agent serves on $line after $(($(date +%s) - began)) s; flashing"
spikelet flash "$folder/digits.img" --to "$line" >"$folder/flash.txt" || fail "flashing failed"

monitor "$folder/monitor" temperature $temperature
spikelet device status --to "$line" | tee "$folder/status.txt"
grep -q "42.5 °C, LM75" "$folder/status.txt" || fail "the board does not feel 42.5 degrees"

say "the test samples"
rm -f "$folder/inferred"
monitor "$folder/monitor" pin 17 "$folder/inferred" >"$folder/pin.txt" &
watcher=$!
spikelet infer --to "$line" --data "$home/bench-rigs/zoo/data/digits.h5" \
    --against "$folder/digits.img" >"$folder/infer.txt" || fail "board and host differ: $(cat "$folder/infer.txt")"
cat "$folder/infer.txt"
touch "$folder/inferred"
wait $watcher || fail "the pin did not show the inferences: $(cat "$folder/pin.txt")"
cat "$folder/pin.txt"

say "memory and size"
monitor "$folder/console" say figures
await "rig: installed" 60

say "the watchdog"
monitor "$folder/console" say watchdog
await "rig: watchdog active" 20
monitor "$folder/console" say stop
await "rig: agent ended with 0" 60
await "rig: watchdog inactive" 20
say "starts"
monitor "$folder/console" say starts
await "rig: ready with the cache" 300
monitor "$folder/console" say start
await "ready name=raspi3b" 120
monitor "$folder/console" say kill
await "rig: watchdog active" 20
await "softdog: Initiating system reboot" 60
grep -a "^rig:" "$folder/console.log"
awk '/^rig: resident/ && $3 * 1024 > 64000000 { print "resident beyond 64 MB"; bad = 1 }
    /^rig: installed/ && $3 * 1024 > 60000000 { print "installed beyond 60 MB"; bad = 1 }
    /^rig: (resident|installed) [0-9]+ kB/ { figures++ }
    END { exit bad || figures != 2 }' "$folder/console.log" || fail "the agent takes too much, or did not tell"
say "all is well after $(($(date +%s) - began)) s"
