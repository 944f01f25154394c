#!/usr/bin/env bash
# sysbench's point reads, reads, and reads with writes, without an error. Run by clients/run.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/checks.sh"
rows=10000
seconds=5
if [ -n "${QUICK:-}" ]; then
  rows=1000
  seconds=2
fi
options=(--db-driver=pgsql --pgsql-host="$PGHOST" --pgsql-port="$PGPORT" --pgsql-user="$PGUSER" --pgsql-db="$PGDATABASE"
  --tables=2 --table-size="$rows" --time="$seconds")

output="$(sysbench "${options[@]}" oltp_read_write prepare 2>&1)"
equal 'sysbench prepare' 0 $?
for script in oltp_point_select oltp_read_only oltp_read_write; do
  for threads in 1 8; do
    output="$(sysbench "${options[@]}" --threads="$threads" "$script" run 2>&1)"
    if grep -q FATAL <<<"$output"; then
      failed "sysbench $script: $(grep FATAL <<<"$output" | head -2)"
    else
      # what two writers of one row run into is retried by sysbench, as with PostgreSQL, and counted
      shows "sysbench $script with $threads threads:$(sed -n 's/.*transactions:.*(\(.*\) per sec.*/ \1 per second/p' <<<"$output"),$(sed -n 's/.*ignored errors: *\([0-9]*\).*/ \1 conflicts/p' <<<"$output")" \
        "$output" 'transactions: +[1-9]'
    fi
  done
done
exit $((failures > 0))
