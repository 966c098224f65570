#!/bin/sh
# Makes a Debian package of the agent with a Java of its own, trimmed to what it needs (jlink).
#
#   build/package.sh [amd64|arm64]        # this machine's own unless said
#
# The package lies in target/package, and beside it what it installs, unpacked (target/package/ARCHITECTURE/root). The Java of
# this machine's architecture is the one that builds; the other one is Debian trixie's, downloaded once (150 MB) and verified by
# Debian's keys. Needs dpkg-deb, strip (binutils) and zip; for arm64 on another processor binutils-aarch64-linux-gnu.
set -u # and -e below: what launch.sh asks may say no
home=$(cd "$(dirname "$0")/.." && pwd -P)
here=$home/build/package
modules=java.base,java.logging,jdk.unsupported,jdk.incubator.vector

# shellcheck source=build/launch.sh
. "$home/build/launch.sh"
# shellcheck source=build/arm64.sh
. "$home/build/arm64.sh"

own=$(dpkg --print-architecture)
architecture=${1:-$own}
case $architecture in
    amd64) natives=x86_64 strip=strip ;;
    arm64) natives=armv8_64 strip=aarch64-linux-gnu-strip ;;
    *)
        say "makes packages for amd64 and arm64, not for $architecture."
        exit 2
        ;;
esac
[ "$architecture" != "$own" ] || strip="strip"
for tool in dpkg-deb "$strip" zip unzip; do
    command -v "$tool" >/dev/null || {
        say "needs $tool; the head of this script names the packages."
        exit 2
    }
done

find_java
build_if_stale device-runtime
set -e
dist=$home/device-runtime/target/dist
version=$(basename "$dist"/lib/device-runtime-*.jar .jar)
version=${version#device-runtime-}
work=$home/target/package/$architecture
root=$work/root
lib=$root/usr/lib/spikelet
rm -rf "$root"
mkdir -p "$lib/lib" "$lib/native" "$lib/cache" "$root/usr/bin" "$root/DEBIAN" "$root/etc/default" \
    "$root/usr/lib/systemd/system" "$root/usr/lib/sysusers.d" "$root/usr/share/doc/spikelet-device"

# The Java. Its debugging symbols and its library of sines and exponentials, which no kernel calls, stay behind.
if [ "$architecture" = "$own" ]; then
    from=
else
    java_there=$home/target/package/java-$architecture
    [ -d "$java_there/root/usr/lib/jvm" ] || fetch_arm64 "$java_there" openjdk-25-jdk-headless openjdk-25-jre-headless
    from="--module-path $(echo "$java_there"/root/usr/lib/jvm/java-25-openjdk-*/jmods)"
fi
# shellcheck disable=SC2086
"$java_home/bin/jlink" $from --add-modules $modules --strip-java-debug-attributes --no-header-files --no-man-pages \
    --compress zip-9 --output "$lib/runtime"
find "$lib/runtime" -name '*.debuginfo' -delete
find "$lib/runtime" -name '*.so' -exec chmod u+w {} + -exec "$strip" --strip-unneeded {} +
rm -f "$lib/runtime/lib/libjsvml.so" "$lib/runtime/lib/libsleef.so"

# Its jars. The reader of CBOR names databind in its descriptor alone, and only a Raspberry Pi's pins need Pi4J.
for jar in "$dist"/lib/*.jar; do
    case $(basename "$jar") in
        jackson-databind-* | jackson-annotations-*) ;;
        *) cp -p "$jar" "$lib/lib/" ;;
    esac
done
# native JAR PATTERN: what a jar would unpack at run time is unpacked here, and the other systems' libraries are left out.
native() {
    unzip -qoj "$1" "$2" -d "$lib/native"
    zip -qd "$1" '*.so' '*.dll' '*.dylib' '*.jnilib' '*.a' >/dev/null
}
native "$lib"/lib/jSerialComm-*.jar "Linux/$natives/libjSerialComm.so"
if [ "$architecture" = arm64 ]; then
    mkdir "$lib/pi4j"
    cp -p "$dist"/pi4j/*.jar "$lib/pi4j/"
    native "$lib"/pi4j/jna-*.jar 'com/sun/jna/linux-aarch64/libjnidispatch.so'
    native "$lib"/pi4j/pi4j-library-gpiod-*.jar 'lib/aarch64/pi4j-gpiod/*.so'
    native "$lib"/pi4j/pi4j-library-linuxfs-*.jar 'lib/aarch64/pi4j-linuxfs/*.so'
fi
chmod -R u=rwX,go=rX "$lib"

install -m 755 "$here/spikelet-device" "$root/usr/bin/spikelet-device"
install -m 644 "$here/spikelet-device.service" "$root/usr/lib/systemd/system/spikelet-device.service"
install -m 644 "$here/sysusers.conf" "$root/usr/lib/sysusers.d/spikelet-device.conf"
install -m 644 "$here/spikelet-device.default" "$root/etc/default/spikelet-device"
cat "$home/NOTICE" "$home/LICENSE" >"$root/usr/share/doc/spikelet-device/copyright"
gzip -9nc "$home/CHANGELOG.md" >"$root/usr/share/doc/spikelet-device/changelog.gz"
echo /etc/default/spikelet-device >"$root/DEBIAN/conffiles"
for script in postinst prerm postrm; do
    install -m 755 "$here/$script" "$root/DEBIAN/$script"
done
# Its dependencies are what its libraries load: each is in the package, or in one of Debian's that is known here.
elves=$(find "$lib" -type f \( -name '*.so' -o -name java \))
# shellcheck disable=SC2086
own_names=$(readelf -d $elves | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')
# shellcheck disable=SC2086
glibc=$(readelf -V $elves | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -uV | tail -n 1)
depends="libc6 (>= $glibc)"
# shellcheck disable=SC2086
for library in $(readelf -d $elves | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | sort -u); do
    case $library in
        libc.so.6 | libm.so.6 | libdl.so.2 | librt.so.1 | libpthread.so.0 | ld-linux-*) ;;
        libgcc_s.so.1) depends="$depends, libgcc-s1" ;;
        libstdc++.so.6) depends="$depends, libstdc++6" ;;
        libz.so.1) depends="$depends, zlib1g" ;;
        *)
            echo "$own_names" | grep -qFx "$library" || [ -n "$(find "$lib" -name "$library")" ] || {
                say "knows no package of Debian's that holds $library, which the agent loads."
                exit 1
            }
            ;;
    esac
done
cat >"$root/DEBIAN/control" <<CONTROL
Package: spikelet-device
Version: $version
Architecture: $architecture
Maintainer: Spikelet's developers <spikelet@localhost>
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: $depends
Section: science
Priority: optional
Description: Spiking neural networks on this board
 A small fixed-point runtime that infers and learns on the board, takes signed models over a serial line or MQTT, and tells
 what it costs. It brings its own trimmed Java.
CONTROL
deb=$home/target/package/spikelet-device_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$deb" >/dev/null
echo "$deb: $(du -k "$deb" | cut -f1) KiB, installs $(du -sk --exclude=DEBIAN "$root" | cut -f1) KiB; Java of" \
    "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$lib/runtime/release")"
