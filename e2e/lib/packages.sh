# shellcheck shell=bash
# What our programs take from Debian beside what they build. say and die are the caller's.

# One at a time: tests run side by side, and what apt-get finds locked it does not wait for.
locked_apt_get() { # OPTION...
  (flock 9 && DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@") 9>/run/lock/aquifer-packages
}

update_packages() { locked_apt_get update; }

install_packages() {
  update_packages || say "apt-get update failed; what it knew before has to do"
  locked_apt_get install --no-install-recommends "$@"
}

# Installs, on Debian as root, the packages whose commands are not there; elsewhere says which they are.
need_packages() { # COMMAND=PACKAGE, or PACKAGE for one that is known to be missing
  local each missing=()
  for each in "$@"; do
    [[ $each == *=* ]] && type -P "${each%=*}" >/dev/null || missing+=("${each#*=}")
  done
  ((${#missing[@]})) || return 0
  if ((EUID)) || ! type -P apt-get >/dev/null; then
    die "some packages are missing; install them: ${missing[*]}"
  fi
  say "installing ${missing[*]}"
  install_packages "${missing[@]}" >&2 || die "they were not installed; what apt-get printed above says why"
}
