# psql against a cluster of three: every node serves, and a client with several hosts outlives the one it
# talks to. Run by clients/run, which starts the nodes: PORTS are theirs, and kill_node and restart_node work.
. "$(dirname "${BASH_SOURCE[0]}")/checks.sh"

read -ra ports <<<"$PORTS"

# PORT STATEMENT
at() {
  psql -X -At -q -h 127.0.0.1 -p "$1" -c "$2" 2>&1
}

for i in 0 1 2; do
  equal "node $((i + 1)): CREATE, INSERT, SELECT" "$i" "$(
    at "${ports[$i]}" "CREATE TABLE made_at_$i (id int PRIMARY KEY)" &&
      at "${ports[$i]}" "INSERT INTO made_at_$i VALUES ($i)" &&
      at "${ports[$i]}" "SELECT id FROM made_at_$i"
  )"
done
for i in 0 1 2; do
  equal "node $((i + 1)) sees at once what the others wrote" "0
1
2" "$(at "${ports[$i]}" "SELECT id FROM made_at_0 UNION ALL SELECT id FROM made_at_1 UNION ALL SELECT id FROM made_at_2 ORDER BY 1")"
done

at "${ports[0]}" "CREATE TABLE survivor (id int PRIMARY KEY)"
# Each kill takes the first of the hosts, which is the one that the client talks to.
next=0
for victim in 0 1 2; do
  other=$(((victim + 1) % 3))
  url="postgresql://127.0.0.1:${ports[$victim]},127.0.0.1:${ports[$other]}/?connect_timeout=3"
  longest=0
  for step in $(seq 20); do
    if [ "$step" = 8 ]; then kill_node $((victim + 1)); fi
    next=$((next + 1))
    began=$(date +%s%N)
    for _ in $(seq 100); do
      psql -X -q "$url" -c "INSERT INTO survivor VALUES ($next) ON CONFLICT DO NOTHING" 2>>"$work/psql.log" && break
      sleep 0.1
    done
    took=$((($(date +%s%N) - began) / 1000000))
    if [ $took -gt $longest ]; then longest=$took; fi
  done
  equal "a client of nodes $((victim + 1)) and $((other + 1)) goes on when the first is killed (longest statement $longest ms)" \
    "$next" "$(at "${ports[$other]}" "SELECT count(*) FROM survivor")"
  restart_node $((victim + 1)) || failed "node $((victim + 1)) does not come back"
  equal "node $((victim + 1)) is back with every row" "$next" "$(at "${ports[$victim]}" "SELECT count(*) FROM survivor")"
done
exit $failures
