# shellcheck shell=bash
# What e2e/image, e2e/native and e2e/programs/build have in common: they build from a copy of the sources, so that a build
# in this checkout goes on undisturbed, and keep what comes of it in the user's cache folder under the hash of all that goes
# into it.
# $top is this checkout.

say() { echo "$(basename "$0"): $*" >&2; }
die() {
  say "$*"
  exit 1
}

sources() { # PATH...: all that a build takes from this checkout, one path per line
  cd "$top" || return
  if git rev-parse --git-dir >/dev/null 2>&1; then
    git ls-files --cached --others --exclude-standard -- pom.xml '*/pom.xml' "$@"
  else
    find pom.xml ./*/pom.xml "$@" -type f -not -path '*/target/*' | sed 's#^\./##'
  fi | grep -v '/src/test/' | LC_ALL=C sort | while read -r path; do [[ ! -f $path ]] || echo "$path"; done
}

copy_sources() { # PATH...
  mkdir -p "$work/source"
  sources "$@" | tar -C "$top" --create --files-from=- | tar -C "$work/source" --extract
}

maven() { JAVA_HOME=$jdk mvn -B -ntp -q -f "$work/source/pom.xml" -Dspotless.check.skip -Djacoco.skip -Dmaven.test.skip "$@" >&2; }

# What a build takes from this machine: the runtime and the C library.
machine() {
  grep -E '^(IMPLEMENTOR|JAVA_RUNTIME_VERSION|JAVA_VERSION|OS_ARCH)=' "$jdk/release"
  getconf GNU_LIBC_VERSION
}

# What makes a native program, where there is one.
compiler() {
  [[ -z ${GRAALVM_HOME:-} ]] || { cat "$GRAALVM_HOME/release" && echo "${NATIVE_IMAGE_OPTIONS:-}"; }
}

# The C library of this machine, as far as these programs need it, and the names that it looks up.
libraries() { # ROOT (the programs on standard input)
  local library
  mkdir -p "$1/etc"
  while read -r library; do
    cp --dereference --parents "$library" "$1" # where the loader looks for it
  done < <(xargs ldd | grep -oE '/[^ ]*/(lib|ld-)[^ )]+' | grep -v "^$1" | sort -u)
  echo 'aquifer:x:65532:65532::/:/none' >"$1/etc/passwd"
  echo 'hosts: files dns' >"$1/etc/nsswitch.conf"
}

# An archive of one layer, as docker save writes them.
archive_of() { # ROOT NAME ENTRYPOINT ARCHIVE
  local image=$work/image layer architecture
  mkdir -p "$image" "$1/tmp"
  tar -C "$1" --create --file "$image/layer.tar" --sort=name --mtime=@1 --owner=0 --group=0 --numeric-owner .
  layer=$(sha256sum "$image/layer.tar" | cut -d' ' -f1)
  case $(uname -m) in x86_64) architecture=amd64 ;; aarch64) architecture=arm64 ;; *) die "no image for $(uname -m)" ;; esac
  cat >"$image/config.json" <<TEXT
{"architecture": "$architecture", "os": "linux", "created": "1970-01-01T00:00:00Z",
 "config": {"Entrypoint": [$3], "User": "65532:65532"},
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$layer"]}}
TEXT
  echo "[{\"Config\": \"config.json\", \"RepoTags\": [\"$2\"], \"Layers\": [\"layer.tar\"]}]" >"$image/manifest.json"
  tar -C "$image" --create --file "$4" --sort=name --mtime=@1 --owner=0 --group=0 --numeric-owner .
}

hashes() { # PATH...
  sources "$@" | (cd "$top" && xargs sha256sum)
}

key() { # (what goes into it on standard input)
  sha256sum | cut -c1-12
}

# Prints the path of FILE; BUILDER FILE makes it if it is not there, or is not what was put there.
kept() { # KIND KEY FILE BUILDER
  local cache
  cache=$(cache_folder "$1" "$2")
  (
    flock 9
    if ! (cd "$cache" && sha256sum --status --check "$3.sha256" 2>/dev/null); then
      say "building $3; that takes some minutes"
      work=$(mktemp -d)
      trap 'rm -rf "$work"' EXIT
      "$4" "$cache/$3.part"
      mv "$cache/$3.part" "$cache/$3"
      (cd "$cache" && sha256sum "$3" >"$3.sha256")
    fi
  ) 9>"$cache/.lock" >&2
  echo "$cache/$3"
}

jdk=$("$top/e2e/lib/jdk") || exit 1
