#!/usr/bin/env bash
# A Slurm of one node on this machine, for trying and testing: munged, slurmctld and slurmd started
# by hand, without systemd, cgroups or a database. Everything lies below one folder, which can be
# removed after stop; nothing else of the system is changed.
#
#   Scripts/one-node-slurm.sh start  [--folder DIR] [--cpus N] [--port N]
#   Scripts/one-node-slurm.sh status [--folder DIR]
#   Scripts/one-node-slurm.sh stop   [--folder DIR]
#   Scripts/one-node-slurm.sh env    [--folder DIR]   # the line that Slurm's commands need
set -euo pipefail

usage() {
    sed -n 's/^#   //p' "$0" >&2
    exit 2
}
fail() {
    printf 'one-node-slurm: %s\n' "$*" >&2
    exit 1
}

[ $# -ge 1 ] || usage
action=$1
shift
folder=${TMPDIR:-/tmp}/one-node-slurm-$(id -un)
cpus=$(nproc)
port=""
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || usage
    case $1 in
        --folder) folder=$2 ;;
        --cpus) cpus=$2 ;;
        --port) port=$2 ;;
        *) usage ;;
    esac
    shift 2
done
case $cpus$port in *[!0-9]*) usage ;; esac
case $folder in
    /*) ;;
    *) folder=$PWD/$folder ;;
esac
# slurm.conf has no quotes, and a socket's path has room for 107 bytes.
case $folder in *[!A-Za-z0-9/._+-]*) fail "the folder's path may have letters, digits and /._+- only: $folder" ;; esac
[ ${#folder} -le 80 ] || fail "the folder's path is longer than 80 characters, too long for a socket: $folder"

# Debian has the servers in sbin, which is not on everybody's path.
PATH=$PATH:/usr/sbin:/sbin
export SLURM_CONF=$folder/slurm.conf

# is_running NAME: whether the process of NAME's file lives and is what it was.
is_running() {
    local pid
    pid=$(cat "$folder/run/$1.pid" 2>/dev/null) || return 1
    [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$1" ]
}

# wait_until SECONDS COMMAND...: whether the command succeeds within the time.
wait_until() {
    local tries=$(($1 * 10))
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.1
    done
}

is_idle() { sinfo --noheader --format=%T | grep -Eq '^(idle|mixed|allocated)'; }

log_tail() { tail -n 5 "$folder/log/$1.log" >&2 2>/dev/null || true; }

# Two ports, the first that are free when none is given.
find_port() {
    [ -z "$port" ] || return 0
    port=6817
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || (exec 3<>"/dev/tcp/127.0.0.1/$((port + 1))") 2>/dev/null; do
        port=$((port + 2))
    done
}

write_configuration() {
    local user node memory
    user=$(id -un)
    node=$(hostname -s)
    # Some room is left for everything else.
    memory=$(awk '/^MemTotal:/ { print int($2 / 1024 * 0.9) }' /proc/meminfo)
    cat >"$folder/slurm.conf" <<END
ClusterName=one-node
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$folder/run/munge.socket
CryptoType=crypto/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/slurmd.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.log
# No cgroups: processes are found by their parents, and tied to no core.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
# Cores are counted as --cpus says, also when the machine has fewer.
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
# No database: what is over is told for some minutes by squeue, and in a file for good.
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$folder/log/jobs.log
MinJobAge=600
DefMemPerCPU=512
MpiDefault=none
ReturnToService=2
KillWait=5
SchedulerParameters=sched_interval=2,bf_interval=2
NodeName=$node NodeAddr=127.0.0.1 CPUs=$cpus RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=$node Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
END
    echo "# No plugin of this node asks for cgroups." >"$folder/cgroup.conf"
}

start() {
    local command missing=""
    for command in munged slurmctld slurmd sbatch squeue sinfo; do
        command -v "$command" >/dev/null || missing="$missing $command"
    done
    [ -z "$missing" ] || fail "not found:$missing
  hint: on Debian and Ubuntu install them by: apt-get install --no-install-recommends slurm-wlm munge"
    if is_running slurmctld; then fail "it runs already in $folder
  hint: stop it first: $0 stop --folder $folder"; fi

    # Munge trusts a key only where nobody else may write.
    (umask 022 && mkdir -p "$folder"/run "$folder"/state "$folder"/spool "$folder"/log)
    chmod 755 "$folder" "$folder"/run
    mkdir -p -m 700 "$folder/munge"
    if [ ! -s "$folder/munge/key" ]; then
        (umask 077 && head -c 128 /dev/urandom >"$folder/munge/key")
    fi
    find_port
    write_configuration

    # Folders above, such as /tmp, may be writable by others: --force makes that a warning.
    munged --force --key-file="$folder/munge/key" --socket="$folder/run/munge.socket" \
        --pid-file="$folder/run/munged.pid" --log-file="$folder/log/munged.log" \
        --seed-file="$folder/munge/seed" 2>"$folder/log/munged.err" \
        || { cat "$folder/log/munged.err" >&2; log_tail munged; fail "munged does not start"; }
    wait_until 10 test -S "$folder/run/munge.socket" || { log_tail munged; fail "munged has no socket after 10 s"; }
    slurmctld -c || { log_tail slurmctld; fail "slurmctld does not start"; }
    slurmd || { log_tail slurmd; fail "slurmd does not start"; }
    if ! wait_until 30 is_idle; then
        sinfo --Node --long >&2 || true
        log_tail slurmctld
        log_tail slurmd
        stop
        fail "the node is not ready after 30 s"
    fi
    printf 'Slurm %s runs on %s with %s CPUs: %s\n' "$(slurmctld -V | cut -d' ' -f2)" "$(hostname -s)" "$cpus" "$folder"
    printf 'In each shell that uses it:\n  export SLURM_CONF=%s\n' "$SLURM_CONF"
}

# Ends only the processes whose numbers are in the folder.
stop() {
    local name pid
    if is_running slurmctld; then scancel --user="$(id -un)" >/dev/null 2>&1 || true; fi
    for name in slurmd slurmctld munged; do
        is_running "$name" || continue
        pid=$(cat "$folder/run/$name.pid")
        kill "$pid"
        if ! wait_until 20 sh -c "! kill -0 $pid"; then kill -KILL "$pid" || true; fi
        rm -f "$folder/run/$name.pid"
    done
}

case $action in
    start) start ;;
    stop)
        stop
        printf 'stopped; what it wrote is in %s\n' "$folder"
        ;;
    status)
        running=0
        for name in munged slurmctld slurmd; do
            if is_running "$name"; then
                printf '%s runs as process %s\n' "$name" "$(cat "$folder/run/$name.pid")"
                running=$((running + 1))
            else
                printf '%s does not run\n' "$name"
            fi
        done
        [ "$running" = 3 ] || exit 1
        sinfo
        squeue
        ;;
    env) printf 'export SLURM_CONF=%s\n' "$SLURM_CONF" ;;
    *) usage ;;
esac
