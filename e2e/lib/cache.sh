# shellcheck shell=bash
# The user's folder of what takes long to build: a folder KIND-KEY for each build. What was not taken for many days goes,
# but never from under a program that runs.

# Prints the folder of a build, which it makes if it is not there, and keeps it for the days of its kind.
cache_folder() { # KIND KEY
  local root=${XDG_CACHE_HOME:-$HOME/.cache}/aquifer
  mkdir -p "$root"
  (
    exec 7>"$root/.lock" # whoever takes a folder has marked it before another looks for what to remove
    flock 7
    mkdir -p "$root/$1-$2"
    touch "$root/$1-$2/.used"
    remove_unused "$root" image 3
    remove_unused "$root" ground 14
    remove_unused "$root" native 14
    remove_unused "$root" programs 14
    remove_unused "$root" machine 14
  )
  echo "$root/$1-$2"
}

remove_unused() { # ROOT KIND DAYS
  local folder used
  for folder in "$1/$2"-*; do
    used=$folder/.used
    [[ -e $used ]] || used=$folder
    [[ $(find "$used" -maxdepth 0 -mtime "+$3" 2>/dev/null) ]] || continue
    [[ $(find /proc/[0-9]*/exe -maxdepth 0 -lname "$folder/*" 2>/dev/null) ]] || rm -rf "$folder"
  done
}
