# shellcheck shell=bash
# The node agent's program, as the benchmarks of a node start it: $native, where there is a GraalVM, and on_jvm.

((EUID == 0)) || die "a node's programs give files away and mount: run this as root"
target=$AQUIFER/sidecar/target
on_jvm=("$JAVA" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --class-path
  "$(echo "$target"/aquifer-node-*[0-9].jar):$target/libs/*" dev.aquifer.node.Main)
[[ -z ${GRAALVM_HOME:-} ]] || native=$("$AQUIFER/e2e/native")
agent=("${on_jvm[@]}")
[[ -z ${native:-} ]] || agent=("$native")

on_disk() { # a node's cache is on a disk, where /tmp need not be
  rm -rf "$work"
  work=$(mktemp -d -p /var/tmp)
}

native_access() { "$JAVA" --enable-native-access=ALL-UNNAMED "$@" 2>>"$work/log" || die "$(grep --max-count=1 --after-context=3 Exception "$work/log" || tail -5 "$work/log")"; }
