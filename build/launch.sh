# What the launchers share: finding a Java, and building when there is something new to build.
# shellcheck shell=sh
# Expects $home, the root of the repository.

JAVA_NEEDED=25
JVM_FOLDERS="/usr/lib/jvm/* /opt/java/* $HOME/.sdkman/candidates/java/* $HOME/.jdks/*"
HOST_MODULES="fixed-point model-format hal device-runtime host-tools bench-rigs"
DEVICE_MODULES="fixed-point model-format hal device-runtime"

say() {
    echo "$(basename "$0"): $*" >&2
}

# is_new_enough JAVA_HOME: reads the release file, which starts no JVM.
is_new_enough() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${version:-0}" -ge "$JAVA_NEEDED" ]
}

# Sets $java to a Java of at least $JAVA_NEEDED, or ends with one sentence.
find_java() {
    on_path=$(command -v java) && on_path=$(readlink -f "$on_path" 2>/dev/null)
    from_mac=$([ -x /usr/libexec/java_home ] && /usr/libexec/java_home -v "$JAVA_NEEDED+" 2>/dev/null)
    # The folders are meant to be split and their patterns to be expanded.
    # shellcheck disable=SC2086
    for candidate in "${JAVA_HOME:-}" "${on_path%/bin/java}" "$from_mac" $JVM_FOLDERS; do
        if is_new_enough "$candidate"; then
            java_home=$candidate
            java=$candidate/bin/java
            return
        fi
    done
    say "needs Java $JAVA_NEEDED or newer: install it (Debian: openjdk-$JAVA_NEEDED-jdk) or set JAVA_HOME to one."
    exit 1
}

# build_if_stale MODULE: builds MODULE and what it needs unless its last build is newer than every source.
build_if_stale() {
    module=$1
    stamp=$home/target/launch/$module.stamp
    case $module in
        device-runtime) needed=$DEVICE_MODULES ;;
        *) needed=$HOST_MODULES ;;
    esac
    is_stale || return 0
    mkdir -p "$home/target/launch" || exit 1
    lock
    if is_stale; then
        build
    fi
    unlock
}

is_stale() {
    [ -f "$stamp" ] && [ -d "$home/$module/target/dist/lib" ] || return 0
    newer=$(
        cd "$home" || exit
        find pom.xml -newer "$stamp"
        for source in $needed; do
            # Folders count too: a file that was deleted leaves its folder newer.
            find "$source/pom.xml" "$source/src/main" -newer "$stamp" | head -n 1
        done
    )
    [ -n "$newer" ]
}

build() {
    if ! command -v mvn >/dev/null; then
        say "has to be built once, which needs Maven 3.8 or newer: install it (Debian: maven)."
        unlock
        exit 1
    fi
    if [ -f "$stamp" ]; then
        echo "building Spikelet (sources changed)…" >&2
    else
        echo "building Spikelet (first use)…" >&2
    fi
    log=$home/target/launch/build.log
    : >"$stamp.new" # dated before the build, so that what changes meanwhile is built next time
    if ! (cd "$home" && env "JAVA${JAVA_NEEDED}_HOME=$java_home" \
        mvn -q -B -Dmaven.test.skip=true -Dformat.skip=true -pl "$module" -am package) >"$log" 2>&1; then
        cat "$log" >&2
        say "could not be built; the lines above say why, and 'mvn package' in $home tries again."
        unlock
        exit 1
    fi
    if [ "$module" = bench-rigs ]; then
        cp -p "$stamp.new" "$home/target/launch/device-runtime.stamp" # built on the way
    fi
    mv "$stamp.new" "$stamp"
}

# use_cache NAME: sets $cache to the JVM's cache of the classes that "$main rehearse" needs under $flags and $classpath,
# made once a build; empty where this JVM makes none.
use_cache() {
    version=$(sed -n 's/^JAVA_RUNTIME_VERSION="\([^"]*\)".*/\1/p' "$java_home/release")
    cache=$home/target/launch/$1-$version.aot
    if ! is_fresh "$cache" && [ -w "$home/target/launch" ]; then
        lock
        is_fresh "$cache" || make_cache
        unlock
    fi
    is_fresh "$cache" && [ -s "$cache" ] || cache=
}

is_fresh() {
    [ -f "$1" ] && [ "$1" -nt "$stamp" ]
}

# A cache that could not be made is an empty file, so that it is tried once.
make_cache() {
    # shellcheck disable=SC2086
    "$java" $flags "-XX:AOTCacheOutput=$cache.new" -cp "$classpath" "$main" rehearse >/dev/null 2>&1 || :
    [ -f "$cache.new" ] || : >"$cache.new"
    mv "$cache.new" "$cache"
}

lock() {
    if command -v flock >/dev/null; then
        exec 9>"$home/target/launch/lock"
        flock 9
        return
    fi
    until mkdir "$home/target/launch/lock.d" 2>/dev/null; do
        holder=$(cat "$home/target/launch/lock.d/pid" 2>/dev/null)
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
            rm -rf "$home/target/launch/lock.d"
        else
            sleep 1
        fi
    done
    echo $$ >"$home/target/launch/lock.d/pid"
    trap unlock EXIT
    trap 'exit 130' INT TERM
}

unlock() {
    if command -v flock >/dev/null; then
        exec 9>&-
    else
        rm -rf "$home/target/launch/lock.d"
        trap - EXIT INT TERM
    fi
}
