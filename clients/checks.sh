# Sourced by the parts of clients/run: what held and what did not, counted.
failures=0

ok() {
  echo "ok: $1"
}

failed() {
  echo "FAILED: $1"
  failures=$((failures + 1))
}

# WHAT OUTPUT PATTERN…: the output has a line for each extended regular expression.
shows() {
  local what="$1" output="$2" pattern
  shift 2
  for pattern in "$@"; do
    if ! grep -Eq -- "$pattern" <<<"$output"; then
      failed "$what: no line like '$pattern' in: $output"
      return
    fi
  done
  ok "$what"
}

# WHAT EXPECTED FOUND: they are equal.
equal() {
  if [ "$2" = "$3" ]; then ok "$1"; else failed "$1: expected '$2', found '$3'"; fi
}
