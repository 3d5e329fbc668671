#!/usr/bin/env bash
# Trains on 1, 2, 3 and 4 ranks of MPI, on two hosts, with killed ranks, signals and a full disk, and
# holds every result against that of one process. As root it also makes the hosts (network
# namespaces) and the small disk; without, those checks are skipped with a word.
set -uo pipefail
with_mpi=${1:?"usage: mpi-test.sh MYOTASK_WITH_MPI [MYOTASK_WITHOUT]"}
without_mpi=${2:-}
with_mpi=$(realpath "$with_mpi")
[ -z "$without_mpi" ] || without_mpi=$(realpath "$without_mpi")
command -v mpirun >/dev/null || { echo "mpirun is needed (Debian: openmpi-bin)" >&2; exit 1; }

# Open MPI refuses root without these; the checks run in containers.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OPENBLAS_NUM_THREADS=1
work=$(mktemp -d)
passed=0
failed=0
host_a=mt-a$$ host_b=mt-b$$
clean() {
    ip netns del "$host_a" 2>/dev/null
    ip netns del "$host_b" 2>/dev/null
    mountpoint -q "$work/small" && umount "$work/small"
    rm -rf "$work"
}
trap clean EXIT

check() { # check TEXT COMMAND...
    local text=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        printf 'ok      %s\n' "$text"
    else
        failed=$((failed + 1))
        printf 'FAILED  %s\n' "$text"
    fi
}
skip() { printf 'skipped %s\n' "$*"; }
# The SHA-256 of everything that numbers stand in.
digest() {
    (cd "$1" && find checkpoints results.csv results.md fine-tuning.csv predictions.csv \
        task-metrics.csv -type f | sort | xargs sha256sum) | sha256sum | cut -c 1-64
}
same() { [ "$(digest "$1")" = "$(digest "$2")" ]; }
quietly() { "$@" >last.log 2>&1 || { tail -5 last.log; return 1; }; }
ranks() { # ranks N ARGUMENTS...
    local count=$1
    shift
    mpirun --oversubscribe -n "$count" "$with_mpi" "$@"
}

printf '── A laboratory, and what one process makes of it\n'
cd "$work"
"$with_mpi" synth --style bipolar --patients 7 --conditions 2 --seed 5 --output lab >/dev/null
"$with_mpi" convert lab --output archive >/dev/null 2>&1
cat >study.yaml <<'YAML'
window: {length_ms: 150, stride_ms: 100}
split: {rule: first_cycle}
splits: {validation: 1, test: 2}
YAML
"$with_mpi" build archive --config study.yaml --output study >/dev/null || exit 1
settings=(
    model.name=cnn meta_epochs=4 tasks_per_step=5 inner.epochs=1 inner.batch_size=16
    outer.clip_norm=1 "studies.convergence=[1, 4]" "studies.support=[0.5]"
    baselines.pretrained.epochs=2 seed=3
)
train() { # train FOLDER COMMAND...: what trains into the folder
    local folder=$1
    shift
    "$@" train study.json "${settings[@]}" --output "$folder" >"$folder.log" 2>&1
}
train one "$with_mpi" || { cat one.log; exit 1; }

printf '── The same bytes for any number of ranks\n'
for count in 1 2 3 4; do
    check "$count ranks finish" train "ranks-$count" ranks "$count"
    check "$count ranks: checkpoints and tables of one process" same one "ranks-$count"
done
check "2 ranks with 2 threads each: the same" bash -c '
    mpirun --oversubscribe -n 2 "$0" train study.json "$@" --threads 2 --output threads >threads.log 2>&1
    ' "$with_mpi" "${settings[@]}"
check "2 ranks with 2 threads each: the bytes of one process" same one threads
check "a table is printed once" [ "$(grep -c '^ranks-3: configuration' ranks-3.log)" = 1 ]
check "metrics.jsonl has what each rank's time went into" \
    [ "$(grep -c '"rank":2' ranks-3/metrics.jsonl)" = 4 ]

printf '── A rank that is killed\n'
slow=("${settings[@]}" meta_epochs=400)
"$with_mpi" train study.json "${slow[@]}" meta_epochs=6 --output six >six.log 2>&1
six=("${settings[@]}" meta_epochs=6)
killed() { # killed SIGNAL VICTIM: whether everything ends within 10 s of the signal
    rm -rf killed
    mpirun --oversubscribe -n 3 "$with_mpi" train study.json "${six[@]}" inner.epochs=2 \
        --output killed >killed.log 2>&1 &
    local job=$! victim
    for _ in $(seq 600); do
        [ -s killed/metrics.jsonl ] && break
        sleep 0.05
    done
    victim=$([ "$2" = mpirun ] && echo "$job" || pgrep -P "$job" | sed -n "${2}p")
    kill "-$1" "$victim"
    local start=$SECONDS
    for _ in $(seq 200); do
        kill -0 "$job" 2>/dev/null || break
        sleep 0.05
    done
    ! kill -0 "$job" 2>/dev/null || { kill -9 "$job"; return 1; }
    wait "$job"
    status=$?
    seconds=$((SECONDS - start))
    [ "$status" != 0 ] && [ ! -f killed/results.md ]
}
"$with_mpi" train study.json "${six[@]}" inner.epochs=2 --output whole >whole.log 2>&1
for victim in 1 2 3; do
    check "rank $((victim - 1)) killed in the middle: all end within 10 s" killed KILL "$victim"
    printf '        status %s after %s s\n' "$status" "$seconds"
    check "no process is left" [ -z "$(pgrep -f "$with_mpi train" || true)" ]
    check "one process goes on" quietly "$with_mpi" train study.json --resume killed
    check "and ends with the bytes of an undisturbed run" same whole killed
done
check "SIGTERM to mpirun: all end within 10 s" killed TERM mpirun
printf '        status %s after %s s\n' "$status" "$seconds"
check "4 ranks go on" quietly ranks 4 train study.json --resume killed
check "and end with the bytes of an undisturbed run" same whole killed
check "SIGINT to mpirun (Ctrl-C): all end within 10 s" killed INT mpirun
printf '        status %s after %s s\n' "$status" "$seconds"
check "2 ranks go on" quietly ranks 2 train study.json --resume killed
check "and end with the bytes of an undisturbed run" same whole killed

printf '── Refusals are said once\n'
one_error() { [ "$(grep -c '^Error' "$1")" = 1 ]; }
ranks 3 train missing.json --output none >refused.log 2>&1
check "a collection that is not there" one_error refused.log
ranks 3 train study.json --output one >refused.log 2>&1
check "a folder that is there already" one_error refused.log
ranks 3 train study.json model.name=cnm --output none >refused.log 2>&1
check "a setting that does not exist" one_error refused.log
ranks 3 train study.json --sweep seed=1,2 --output none >refused.log 2>&1
check "a sweep, which is divided otherwise" one_error refused.log
if [ -n "$without_mpi" ]; then
    mpirun --oversubscribe -n 2 "$without_mpi" train study.json --output none >refused.log 2>&1
    check "a program that was built without MPI" one_error refused.log
    check "says what to install" grep -q libopenmpi-dev refused.log
fi

if [ "$(id -u)" = 0 ] && mkdir small && mount -t tmpfs -o size=1500k tmpfs small 2>/dev/null; then
    printf '── A full disk\n'
    ranks 3 train study.json "${settings[@]}" --output small/run >full.log 2>&1
    check "ends all ranks" [ $? = 1 ]
    check "with one message that names the disk" one_error full.log
    check "which is about the disk" grep -q 'disk of .*small.* is full' full.log
    mount -o remount,size=100m small
    check "with room there, the run goes on" quietly ranks 2 train study.json --resume small/run
    check "and ends with the bytes of an undisturbed run" same one small/run
else
    skip "a full disk: needs root and a file system in memory"
fi

if [ "$(id -u)" = 0 ] && ip netns add "$host_a" 2>/dev/null && ip netns add "$host_b"; then
    printf '── Two hosts\n'
    ip link add "v$$a" netns "$host_a" type veth peer name "v$$b" netns "$host_b"
    for side in a b; do
        name=host_$side
        ip -n "${!name}" addr add "10.77.0.$([ $side = a ] && echo 1 || echo 2)/24" dev "v$$$side"
        ip -n "${!name}" link set lo up
        ip -n "${!name}" link set "v$$$side" up
    done
    # What would be ssh: the second host has a network and a name of its own.
    cat >agent <<AGENT
#!/bin/sh
shift
exec ip netns exec $host_b unshare --uts sh -c 'hostname host-b; exec "\$@"' sh sh -c "\$*"
AGENT
    chmod +x agent
    two_hosts() {
        ip netns exec "$host_a" unshare --uts sh -c 'hostname host-a; exec "$@"' sh \
            mpirun --mca plm rsh --mca plm_rsh_agent "$work/agent" \
            --mca oob_tcp_if_include 10.77.0.0/24 --mca btl tcp,self \
            --mca btl_tcp_if_include 10.77.0.0/24 \
            --host 10.77.0.1:2,10.77.0.2:2 -n 4 -wdir "$work" "$with_mpi" "$@"
    }
    check "4 ranks on two hosts finish" train hosts two_hosts
    check "with the bytes of one process" same one hosts
    check "and both hosts took part" \
        [ "$(grep -o '"host":"host-[ab]"' hosts/metrics.jsonl | sort -u | wc -l)" = 2 ]
else
    skip "two hosts: needs root and network namespaces"
fi

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
