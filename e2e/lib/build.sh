# shellcheck shell=bash
# What e2e/image and e2e/native have in common: they build with Maven from a copy of the sources, so that a build in this
# checkout goes on undisturbed, and keep what comes of it in the user's cache folder under the hash of all that goes into it.
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
