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

# A table of walks of a folder: find's, and the first of origins that have just started, in turn.
walks() { # FOLDER ROUNDS ORIGIN COMMAND... -- ...
  local who
  mkdir "$work/walks"
  native_access dev.aquifer.benchmarks.OriginWalk "$2" "$1" "$work/walks" "${@:3}" | rows >"$work/walks.tsv"
  echo '| | seconds, median | slowest | median / find | most memory, MiB |'
  echo '|---|--:|--:|--:|--:|'
  echo "| find | $(walk_median find) | $(walk_most find 2) | | |"
  cut -f 1 "$work/walks.tsv" | awk '$0 != "find" && !seen[$0]++' | while read -r who; do
    echo "| $who | $(walk_median "$who") | $(walk_most "$who" 2) | $(ratio "$(walk_median "$who")" "$(walk_median find)") | $(walk_most "$who" 3) |"
  done
}
walk_median() { awk -F '\t' -v who="$1" '$1 == who' "$work/walks.tsv" | median 2; }
walk_most() { awk -F '\t' -v who="$1" -v column="$2" '$1 == who { print $column }' "$work/walks.tsv" | sort -g | tail -1; }
