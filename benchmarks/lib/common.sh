# shellcheck shell=bash
# What the load benchmarks have in common, with the environment that benchmarks/run gives. All talk goes over loopback.

export LC_ALL=C
here=$AQUIFER/benchmarks
work=$(mktemp -d)
started=()
declare -A port=([empty]=28441 [aquifer]=28442 [patch]=28443)

say() { echo "$*" >&2; }
die() {
  say "$*"
  exit 1
}

# As in the image, but for the start-up cache.
mapfile -t jvm < <(grep -v AOT "$AQUIFER/webhook/src/main/jib/app/jvm.options")

program() { # CLASS ARGUMENT...
  "$JAVA" "dev.aquifer.benchmarks.$1" "${@:2}"
}

rows() { sed -n 's/^ROW\t//p'; } # of what a load program prints beside its logs

tree() { # FOLDER FILES BYTES: so many files, each of so many bytes or empty, in directories of 200
  python3 - "$@" <<'END'
import os, sys
top, count, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for directory in range((count + 199) // 200):
    path = f"{top}/{directory % 100}/{directory}"
    os.makedirs(path)
    for number in range(min(200, count - directory * 200)):
        name = f"{path}/file-{number:05}.nc"
        if size == 0:
            os.mknod(name, 0o644)
        else:
            with open(name, "wb") as file:
                file.write(os.urandom(size))
END
}

stop_all() {
  local pid
  for pid in "${started[@]}"; do
    kill "$pid" 2>/dev/null || true
  done
  wait
  rm -rf "$work"
}

await() { # SECONDS COMMAND...
  local try
  for ((try = 0; try < $1 * 10; try++)); do
    ! "${@:2}" >/dev/null 2>&1 || return 0
    sleep 0.1
  done
  die "did not happen within $1 s: ${*:2}"
}

serve() { # NAME [ANSWER]; its authority is $work/NAME.crt
  "$JAVA" "${jvm[@]}" dev.aquifer.benchmarks.LoadedServer "${port[$1]}" "$work/$1.crt" "${@:2}" >"$work/$1.log" 2>&1 &
  started+=($!)
  await 60 test -s "$work/$1.crt"
}

# Both servers side by side, of which only one has work at a time. The empty one answers as many bytes as ours.
serve_both() {
  program Requests "$work"
  serve aquifer
  curl --silent --show-error --fail --cacert "$work/aquifer.crt" --header 'Content-Type: application/json' \
    --data-binary "@$work/review.json" "https://127.0.0.1:${port[aquifer]}/mutate" --output "$work/patch.json"
  grep -q '"patch":' "$work/patch.json" || die "the pod is to get its volume, found: $(<"$work/patch.json")"
  sed 's/"patchType":"JSONPatch","patch":/"auditAnnotations":{},"xxxxxxx":/' "$work/patch.json" >"$work/empty.json"
  serve empty "$work/empty.json"
}

median() { # COLUMN, of rows on stdin
  cut -f "$1" | sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
