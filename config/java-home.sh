# Sourced by ./distdb and distdb-bench/run: finds a JDK of version 21 or newer.
needed=21

# Major version of the JDK at $1, 0 when there is none.
version_of() {
  local line=""
  if [ -x "$1/bin/java" ]; then
    if [ -r "$1/release" ]; then
      line=$(grep -m 1 '^JAVA_VERSION=' "$1/release" || true)
    fi
    if [ -z "$line" ]; then
      line=$("$1/bin/java" -version 2>&1 | head -n 1)
    fi
    line=$(printf '%s' "$line" | sed -E 's/^[^"]*"(1\.)?([0-9]+).*/\2/')
  fi
  case "$line" in
    '' | *[!0-9]*) echo 0 ;;
    *) echo "$line" ;;
  esac
}

# JAVA_HOME, else the java on the path, else the newest of the usual folders.
find_java() {
  local home version best="" best_version=0
  if [ -n "${JAVA_HOME:-}" ] && [ "$(version_of "$JAVA_HOME")" -ge $needed ]; then
    echo "$JAVA_HOME"
    return
  fi
  if command -v java >/dev/null; then
    home="$(cd "$(dirname "$(readlink -f "$(command -v java)")")/.." && pwd)"
    if [ "$(version_of "$home")" -ge $needed ]; then
      echo "$home"
      return
    fi
  fi
  for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    version=$(version_of "$home")
    if [ "$version" -ge $needed ] && [ "$version" -gt "$best_version" ]; then
      best="$home"
      best_version="$version"
    fi
  done
  echo "$best"
}
