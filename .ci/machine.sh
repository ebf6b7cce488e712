# shellcheck shell=bash
# What .ci/run and .ci/drills have in common. As it is sourced it makes a bare machine one that can build and test: it installs
# what is missing (on Debian, as root), puts Maven on JDK 25 so that every gate of the build is on, and builds aquifer-node as a
# native program where it can. The working directory is then the top of the checkout.
#
# e2e/ground/build installs what the cluster itself needs. Go must be there.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null
export CI=true
# shellcheck source=/dev/null
source e2e/lib/packages.sh

say() { echo "ci: $*" >&2; }

die() {
  say "$*"
  exit 1
}

((EUID == 0)) || die "run it as root: nodes, mounts and the cache are tested for real, and would all be left out"

# Without a GraalVM of the machine's own, a kit beside the checkout can make one; it is kept, for it never changes.
find_graalvm() {
  local kit=../shared/native-image-kit/assemble.sh home
  [[ -z ${GRAALVM_HOME:-} && -x $kit ]] || return 0
  home=${XDG_CACHE_HOME:-$HOME/.cache}/aquifer/graalvm-$(cat "$kit" "$JAVA_HOME/release" | sha256sum | cut -c1-12)
  if [[ ! -x $home/bin/native-image ]]; then
    rm -rf "$home.part"
    mkdir -p "$(dirname "$home")"
    JDK=$JAVA_HOME "$kit" "$home.part" >&2 && mv "$home.part" "$home" || return 0
  fi
  export GRAALVM_HOME=$home NATIVE_IMAGE_OPTIONS=-Dnfi.relaxedSharedArenas=true
}

# Runs Maven, and keeps what it prints for the totals at the end.
logged() { # COMMAND...
  "$@" 2>&1 | sed -u 's/\x1b\[[0-9;]*m//g' | tee -a "$log"
}

# The totals of each module stand far apart in the log: here they are together.
totals() {
  echo
  grep -E 'Building Aquifer |Tests run: [0-9, A-Za-z:]*$|Run [0-9]: |BUILD (SUCCESS|FAILURE)' "$log" || true
}

log=$(mktemp -t aquifer-ci.XXXXXX)
trap 'rm -f "$log"' EXIT

more=()
# a native program takes both from the system
[[ -e /usr/include/zlib.h ]] || more+=(zlib1g-dev)
compgen -G '/usr/lib/*/libcrypto.a' >/dev/null || more+=(libssl-dev)
e2e/lib/jdk >/dev/null 2>&1 || more+=(openjdk-25-jdk-headless) # where Debian has none, unpack one under /usr/lib/jvm
need_packages mvn=maven git=git openssl=openssl curl=curl gcc=gcc ar=binutils unzip=unzip xz=xz-utils zsh=zsh fish=fish \
  qemu-system-x86_64=qemu-system-x86 cpio=cpio busybox=busybox-static modprobe=kmod mkfs.ext4=e2fsprogs nft=nftables \
  ip=iproute2 faketime=faketime "${more[@]}"
command -v go >/dev/null || die "Go is needed to build the tests' Kubernetes; install it (e2e/ground/build says which)"
JAVA_HOME=$(e2e/lib/jdk) || exit 1
export JAVA_HOME
say "JDK $JAVA_HOME, $(go version), $(nproc) cores"

find_graalvm
if [[ -n ${GRAALVM_HOME:-} ]]; then
  begun=$SECONDS
  program=$(e2e/native) || die "aquifer-node was not built as a native program; what was printed above says why"
  say "aquifer-node is native: $(du --apparent-size -m "$program" | cut -f1) MB, $((SECONDS - begun)) s"
else
  say "GRAALVM_HOME is not set: aquifer-node is tested on the JVM"
fi
