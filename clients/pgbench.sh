#!/usr/bin/env bash
# pgbench's three protocols and three scripts at 1, 8 and 32 clients; then the balances must agree. Run by clients/run.
# PGBENCH_CLIENTS: other numbers of clients; PGBENCH_TRANSACTIONS: so many of each instead of a time.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/checks.sh"
scale=10
seconds=3
if [ -n "${QUICK:-}" ]; then
  scale=1
  seconds=1
fi
length=(-T "$seconds")
if [ -n "${PGBENCH_TRANSACTIONS:-}" ]; then length=(-t "$PGBENCH_TRANSACTIONS"); fi

value() {
  psql -X -A -t -c "$1" 2>&1
}

output="$(pgbench -i -q -s "$scale" 2>&1)"
shows "pgbench -i -s $scale" "$output" '^done in '
equal "accounts" "${scale}00000" "$(value 'SELECT count(*) FROM pgbench_accounts')"
for mode in simple extended prepared; do
  for script in tpcb-like simple-update select-only; do
    for clients in ${PGBENCH_CLIENTS:-1 8 32}; do
      output="$(pgbench -n -M "$mode" -b "$script" -c "$clients" -j 2 "${length[@]}" 2>&1)"
      code=$?
      what="pgbench -M $mode -b $script -c $clients"
      if [ $code != 0 ] || grep -Eq 'ERROR|aborted in command' <<<"$output"; then
        failed "$what: $(grep -E 'ERROR|error|abort' <<<"$output" | head -2)"
      else
        shows "$what: $(sed -n 's/^tps = \([0-9]*\).*/\1/p' <<<"$output") tps" "$output" \
          'number of failed transactions: 0 ' 'number of transactions actually processed: [1-9]'
      fi
    done
  done
done
# simple-update leaves branches and tellers alone: each of its rows of history adds to accounts only.
equal 'branches and tellers agree' "$(value 'SELECT sum(bbalance) FROM pgbench_branches')" "$(value 'SELECT sum(tbalance) FROM pgbench_tellers')"
equal 'accounts and history agree' "$(value 'SELECT sum(abalance) FROM pgbench_accounts')" "$(value 'SELECT sum(delta) FROM pgbench_history')"
exit $((failures > 0))
