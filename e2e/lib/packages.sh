# shellcheck shell=bash
# What our programs take from Debian beside what they build. say and die are the caller's.

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
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends "${missing[@]}"; } >&2 ||
    die "they were not installed; what apt-get printed above says why"
}
