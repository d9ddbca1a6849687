#!/usr/bin/env bash
# Starts a scheduler and two executors on loopback, makes the tables of one study in this process and on them, and compares.
#
#   examples/cluster/demo.sh DISTRETTO FOLDER
set -euo pipefail
distretto=$(realpath "$1")
mkdir -p "$2"
cd "$2"

"$distretto" world --zones 300 --seed 7 --no-register --register --trips=1000000 --invoices=200000 --out world -q
cat > here.toml <<'STUDY'
[zones]
path = "world/zones.csv"
[borders]
path = "world/borders.geojson.gz"
key = "code"
[sources.register]
path = "world/register"
[sources.trips]
path = "world/trips"
[sources.invoices]
path = "world/invoices"
# Every commuter once, from home to work, as seen in the trips.
[flows.trips]
source = "trips"
count = "persons"
weekdays = ["mon", "tue", "wed", "thu", "fri"]
columns = { person = "person", to = "to_zone", time = "time", weight = "weight" }
# Jobs of the units that were open on a day; their points are put into zones.
[jobs.register]
source = "register"
on = "2011-10-09"
columns = { lon = "lon", lat = "lat", activity = "activity", employees = "employees", from = "from", to = "to" }
[transactions]
source = "invoices"
columns = { seller = "seller", buyer = "buyer", amount = "amount", date = "date" }
[transactions.firms]
source = "register"
columns = { firm = "firm", unit = "unit", zone = "zone", activity = "activity", employees = "employees" }
# Made firms have no secrets.
[disclosure]
suppress = false
STUDY

port=${PORT:-50550}
{ cat here.toml; printf '[engine]\naddress = "ballista://127.0.0.1:%s"\nshared = "."\n' "$port"; } > there.toml
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true' EXIT
start() { "$distretto" engine "$@" >> cluster.log 2>&1 & pids+=($!); }
wait_for() { for _ in $(seq 100); do (: < "/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.2; done; echo "nothing listens at port $1; see $2/cluster.log" >&2; exit 1; }
start scheduler --listen "127.0.0.1:$port"
wait_for "$port" "$PWD"
for executor in 1 2; do
  start executor --scheduler "127.0.0.1:$port" --port $((port + 10 * executor)) --threads 1 --memory "2 GB"
  wait_for $((port + 10 * executor)) "$PWD"
done
sleep 1

echo "in this process:"
time "$distretto" tables here.toml --out here
echo "on the cluster:"
time "$distretto" tables there.toml --out there
for table in here/*/; do
  diff -rq "$table" "there/$(basename "$table")"
done
echo "the same, byte for byte: $(cd here && ls -d */ | tr -d / | tr '\n' ' ')"
