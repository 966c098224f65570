# What build/aarch64.sh and build/package.sh share: Debian trixie's arm64 packages, unpacked below a folder of their own.
# shellcheck shell=sh

# fetch_arm64 FOLDER PACKAGE…: into FOLDER/root. APT of its own, so that nothing of this system changes; packages are
# verified by Debian's keys as always.
fetch_arm64() {
    arm64=$1
    shift
    mkdir -p "$arm64/lists/partial" "$arm64/cache/archives/partial" "$arm64/root"
    : >"$arm64/status"
    echo "deb [arch=arm64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
        "${DEBIAN_MIRROR:-http://deb.debian.org/debian} trixie main" >"$arm64/sources.list"
    options="-o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::Etc::SourceList=$arm64/sources.list
        -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists=$arm64/lists -o Dir::State::Status=$arm64/status
        -o Dir::Cache=$arm64/cache -o APT::Sandbox::User=root"
    # shellcheck disable=SC2086
    apt-get $options -qq update
    # shellcheck disable=SC2086
    (cd "$arm64/cache/archives" && apt-get $options -qq download "$@")
    for package in "$arm64"/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$arm64/root"
    done
    ln -sfn usr/lib "$arm64/root/lib" # where the loader is looked for
    # Debian's Java links its settings to /etc; here they lie below the root.
    find "$arm64/root/usr/lib/jvm" -type l -lname '/*' | while read -r link; do
        ln -sfn "$arm64/root$(readlink "$link")" "$link"
    done
}
