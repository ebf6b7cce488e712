# shellcheck shell=bash
# What our programs take from Debian beside what they build. say and die are the caller's.

# One at a time: tests run side by side, and what apt-get finds locked it does not wait for.
install_packages() {
  local lock=/run/lock/aquifer-packages options=(-qq -o DPkg::Lock::Timeout=300)
  (
    flock 9
    apt-get "${options[@]}" update
    DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" install --no-install-recommends "$@"
  ) 9>"$lock"
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
