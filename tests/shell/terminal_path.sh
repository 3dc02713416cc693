#!/usr/bin/env bash
# The path from label to ward in a terminal, with kill -9 on client and server in the middle.
#
# The test that runs it has set up the region and says by environment where things are:
#   SERVER SCAN            programs
#   DATA PORT              data directory of the server and the port to serve it on
#   CLIENT                 data directory of the client
#   CODE LOGIN PASSWORD    enrolment code and person
#   ORDER BIN WARD OTHER_WARD
#   LABEL_A UNITS_A LABEL_B UNITS_B LABEL_SERIAL LABEL_WRONG
set -euo pipefail

url="http://127.0.0.1:$PORT"
scan() { "$SCAN" --data "$CLIENT" "$@"; }
field() { scan --json status | grep -o "\"$1\":[0-9]*" | head -n 1 | cut -d: -f2; }
say() { printf '== %s\n' "$*"; }

server=
start_server() {
    # What the server before it said is no word of this one.
    rm -f "$CLIENT.server.out"
    "$SERVER" serve --data "$DATA" --listen "127.0.0.1:$PORT" >"$CLIENT.server.out" 2>"$CLIENT.server.err" &
    server=$!
    for _ in $(seq 1 200); do
        grep -qs 'listening on' "$CLIENT.server.out" && return
        kill -0 "$server" 2>/dev/null || break
        sleep 0.05
    done
    echo "the server did not start:" && cat "$CLIENT.server.err"
    exit 1
}
stop_server() {
    if [ -n "$server" ]; then
        kill -9 "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=
    fi
}
trap stop_server EXIT

# Runs a client command, kills it at a random moment, and goes on until all its records are booked. A command that
# was killed is repeated only when it had booked nothing: that is what a person sees in `status`, too.
booked() { # number of records afterwards, then the command
    local wanted=$1 tries=0
    shift
    while [ "$(field records)" -lt "$wanted" ]; do
        tries=$((tries + 1))
        [ "$tries" -le 60 ] || { echo "not booked after $tries tries: $*"; exit 1; }
        scan "$@" >/dev/null 2>&1 &
        local client=$!
        if [ "$tries" -le 20 ]; then
            sleep "0.0$((RANDOM % 9))"
            kill -9 "$client" 2>/dev/null || true
        fi
        wait "$client" 2>/dev/null || true
    done
    [ "$(field records)" -eq "$wanted" ] || { echo "doubled: $(field records) records, $wanted wanted: $*"; exit 1; }
}

say "enrol and sign in"
start_server
scan enrol --server "$url" --code "$CODE" --name "Terminal 3"
printf '%s\n' "$PASSWORD" | scan sign-in --login "$LOGIN"
scan sync

say "the server dies; the client goes on alone, killed again and again"
stop_server
booked 3 receive --supplier "Provbolaget AB" --place "$BIN" "$LABEL_A *$UNITS_A" "$LABEL_B *$UNITS_B" "$LABEL_SERIAL"

say "a wrong item stops with exit code 2"
code=0
scan pick --order "$ORDER" "$LABEL_WRONG" || code=$?
[ "$code" -eq 2 ] || { echo "exit code $code instead of 2"; exit 1; }
[ "$(field records)" -eq 3 ]

booked 6 pick --order "$ORDER" "$LABEL_A *$UNITS_A" "$LABEL_B *$UNITS_B" "$LABEL_SERIAL"

say "the wrong ward stops"
code=0
scan deliver --order "$ORDER" --ward "$OTHER_WARD" || code=$?
[ "$code" -eq 2 ] || { echo "exit code $code instead of 2"; exit 1; }
booked 9 deliver --order "$ORDER" --ward "$WARD"

say "the server comes back; client and server are killed while they sync"
for round in 1 2 3 4 5 6; do
    start_server
    scan sync >/dev/null 2>&1 &
    client=$!
    sleep "0.0$((RANDOM % 9))"
    if [ $((round % 2)) -eq 0 ]; then
        kill -9 "$client" 2>/dev/null || true
        wait "$client" 2>/dev/null || true
        stop_server
    else
        stop_server
        wait "$client" 2>/dev/null || true
    fi
done

say "the ward confirms, and everything is sent"
booked 12 confirm --order "$ORDER" --all
start_server
scan sync
[ "$(field unsent)" -eq 0 ] || { echo "$(field unsent) records unsent"; exit 1; }
scan sync # once more: nothing is sent twice
scan status

say "the export verifies"
"$SERVER" export-log --data "$DATA" --out "$CLIENT.log.jsonl"
"$SERVER" verify-log "$CLIENT.log.jsonl"
stop_server
say done
