# shellcheck shell=bash
# What every part uses: messages, the cluster's state folder, its settings and its lock.
#
# Whatever a cluster takes from the machine is written into its settings before it is taken, so that `down` finds it
# however `up` ended.

say() { echo "cluster $name: $*" >&2; }

die() {
  say "$*"
  exit 1
}

# One folder per user, on a disk (images are large), short (unix sockets) and the same in every session.
clusters=/var/tmp/aquifer-$EUID

open_state() { # NAME
  [[ $1 =~ ^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$ ]] ||
    die "a name is 1 to 40 of a-z, 0-9 and '-', with no '-' at the ends; found '$1'"
  state=$clusters/$1
  (umask 077 && mkdir -p "$clusters")
  [[ -O $clusters && ! -L $clusters ]] || die "$clusters belongs to someone else; remove it or ask its owner to"
}

# Keeps `up` and `down` of one name apart until this process, and those it starts, close descriptor 9.
lock_cluster() {
  local file=$state.lock
  until [[ $file -ef /proc/self/fd/9 ]]; do # else whoever had the lock removed the file with the cluster
    exec 9>"$file"
    flock --nonblock 9 || { say "waiting for another up or down of this name" && flock 9; }
  done
}

# Runs a command while no other cluster of this user chooses ports or addresses.
while_alone() {
  (
    exec 8>"$clusters/.lock"
    flock 8
    "$@"
  )
}

record() { # KEY VALUE
  printf '%s=%q\n' "$1" "$2" >>"$state/settings"
}

# Sets the variables that were recorded.
recall() {
  # shellcheck source=/dev/null
  [[ ! -f $state/settings ]] || source "$state/settings"
}

eventually() { # SECONDS COMMAND...
  local end=$((SECONDS + $1))
  until "${@:2}"; do
    ((SECONDS < end)) || return 1
    sleep 0.05
  done
}
