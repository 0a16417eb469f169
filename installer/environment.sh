# Shared by run, test and .ci/run; sourced, never started. Expects $root, the top of the checkout.
#
#   need_system   Python with venv and the libraries Qt loads: installed as root, else the apt line is printed
#   need_environment [--dev]   .venv from the hashed lock, then fonts and translations
#
# Nothing here depends on HOME, and no file is written outside the checkout (pip's cache apart).

python_in_venv="$root/.venv/bin/python"

# Library → Debian package. Checked by library, so other distributions with the same library pass.
libraries_offscreen="libglib-2.0.so.0=libglib2.0-0 libEGL.so.1=libegl1 libGL.so.1=libgl1
  libdbus-1.so.3=libdbus-1-3 libfontconfig.so.1=libfontconfig1 libxkbcommon.so.0=libxkbcommon0"
libraries_x11="libxkbcommon-x11.so.0=libxkbcommon-x11-0 libxcb-cursor.so.0=libxcb-cursor0
  libxcb-icccm.so.4=libxcb-icccm4 libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-shape.so.0=libxcb-shape0"
libraries_wayland="libwayland-client.so.0=libwayland-client0 libwayland-cursor.so.0=libwayland-cursor0
  libwayland-egl.so.1=libwayland-egl1"
libraries_sound="libasound.so.2=libasound2"

has_display() { [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; }

# A Python that can make the environment: 3.11 or 3.12, with venv. Prints its path.
find_python() {
  local candidate path
  for candidate in python3.11 python3.12 python3; do
    path=$(command -v "$candidate") || continue
    if "$path" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' 2>/dev/null
    then
      printf '%s\n' "$path"
      return 0
    fi
  done
  return 1
}

# Debian packages that are missing, one line.
missing_packages() {
  local known wanted pair missing=""
  wanted="$libraries_offscreen"
  if [ -n "${DISPLAY:-}" ]; then wanted="$wanted $libraries_x11"; fi
  if [ -n "${WAYLAND_DISPLAY:-}" ]; then wanted="$wanted $libraries_wayland"; fi
  if has_display; then wanted="$wanted $libraries_sound"; fi
  known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || known=""
  for pair in $wanted; do
    case "$known" in *"${pair%%=*} "*) ;; *) missing="$missing ${pair#*=}" ;; esac
  done
  if [ ! -x "$python_in_venv" ] && ! find_python >/dev/null; then missing="python3 python3-venv$missing"; fi
  printf '%s\n' "${missing# }"
}

need_system() {
  local missing
  missing=$(missing_packages)
  if [ -z "$missing" ]; then return 0; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing what the system lacks: $missing" >&2
    apt_install $missing >&2 || { echo "apt-get failed; see above" >&2; return 1; }
    missing=$(missing_packages)
    if [ -z "$missing" ]; then return 0; fi
    echo "Still missing after installing: $missing (Python 3.11 or 3.12 is needed)" >&2
    return 1
  fi
  echo "This machine lacks: $missing" >&2
  echo "Install it as root, then start this again:" >&2
  echo "    apt-get install -y --no-install-recommends $missing" >&2
  return 1
}

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -q --no-install-recommends "$@" ||
    { apt-get update -q && apt-get install -y -q --no-install-recommends "$@"; }
}

need_environment() {
  local python
  if ! { [ -x "$python_in_venv" ] && "$python_in_venv" "$root/installer/environment.py" --check "$@" 2>/dev/null; }
  then
    python=$(find_python) || { echo "No Python 3.11 or 3.12 with venv was found." >&2; return 1; }
    "$python" "$root/installer/environment.py" "$@" || return 1
  fi
  "$python_in_venv" "$root/installer/prepare.py"
}
