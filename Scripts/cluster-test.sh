#!/usr/bin/env bash
# Runs the commands of docs/cluster/on-a-cluster.md on a one-node Slurm that it starts and stops:
# shards that are killed and done again, a sweep with its collecting job, watching, canceling.
#
#   Scripts/cluster-test.sh [MYOTASK]     # .build/release/myotask when left out
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
myotask=${1:-.build/release/myotask}
page=docs/cluster/on-a-cluster.md

PATH=$PATH:/usr/sbin:/sbin
if ! command -v slurmctld >/dev/null || ! command -v sbatch >/dev/null || ! command -v munged >/dev/null; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "cluster-test needs Slurm and munge: apt-get install --no-install-recommends slurm-wlm munge" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends slurm-wlm munge >/dev/null
fi

# Paths with blanks, quotes and signs of the shell and of Slurm are part of the test.
scratch=$(mktemp -d "${TMPDIR:-/tmp}/myotask-cluster.XXXXXX")
mkdir -p "$scratch/bin" "$scratch/it's 100% \$here"
ln -s "$(realpath "$myotask")" "$scratch/bin/myotask"
cd "$scratch/it's 100% \$here"
ln -s "$repository/Scripts" Scripts
PATH=$scratch/bin:$PATH

passed=0
failed=0
check() { # check WHAT COMMAND...
    local what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        printf 'ok    %s\n' "$what"
    else
        failed=$((failed + 1))
        printf 'FAILED %s\n' "$what"
    fi
}

# The block of the page behind the mark of a step.
block() {
    awk -v mark="<!-- step $1 -->" '
        $0 == mark { found = 1; next }
        found && /^```/ { if (inside) exit; inside = 1; next }
        inside { print }' "$repository/$page"
}
# step NAME: runs the commands of a step as they stand; its output goes to NAME.txt.
step() {
    local begin=$SECONDS status=0
    block "$1" >"$1.sh"
    [ -s "$1.sh" ] || { echo "the page has no step $1" >&2; exit 1; }
    bash -euo pipefail "$1.sh" >"$1.txt" 2>&1 || status=$?
    printf '%-12s status %s, %s s\n' "$1" "$status" "$((SECONDS - begin))"
    return $status
}
# Marks what has to fail.
fails() { ! "$@"; }
says() { grep -qF -- "$2" "$1"; }
# count OUTPUT STAGE COLUMN: a number of the table of jobs status: 3 pending, 4 running, 5 done,
# 6 refused, 7 failed, 8 canceled.
count() {
    { myotask jobs status "$1" 2>/dev/null || true; } | awk -v stage="$2" -v column="$3" '$1 == stage { print $column }'
}
is() { [ "$1" = "$2" ] || { echo "  expected $2, found $1" && false; }; }
same() { cmp -- "$1" "$2"; }
# The files of an archive with their hashes, without what is recorded about shards and jobs.
hashes() {
    (cd "$1" && find . -name '*.h5' -print0 | sort -z | xargs -0 sha256sum)
}
# wait_for SECONDS COMMAND...
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.01
    done
}

# Kills a shard while it works: its command alone, or its script as well, which then tells nothing.
kill_shard() { # kill_shard NUMBER command|all
    local number events line script watcher command
    number=$(printf %03d "$1")
    wait_for 240 compgen -G "archive/.jobs/*/events/shards-$number.jsonl" >/dev/null || return 1
    events=$(compgen -G "archive/.jobs/*/events/shards-$number.jsonl")
    wait_for 10 test -s "$events" || return 1
    read -r line <"$events"
    script=${line##*\"process\": }
    script=${script%%[!0-9]*}
    wait_for 60 test -s "$HOME/stopped-$1" || return 1
    read -r watcher command <"$HOME/stopped-$1"
    [ "$(awk '{ print $3 }' "/proc/$command/stat")" = T ] || return 1
    [ -z "$(compgen -G "archive/.shards/convert-*/*$(printf %02d "$1")-of-16.json")" ] || return 1
    if [ "$2" = all ]; then kill -KILL "$script" "$watcher"; fi
    kill -KILL "$command"
    printf 'killed shard %s: process %s%s\n' "$1" "$command" "$([ "$2" = all ] && echo " and its script $script")"
}

export HOME=$scratch
export SLURM_CONF=$HOME/one-node-slurm/slurm.conf
finish() {
    bash "$repository/Scripts/one-node-slurm.sh" stop --folder "$HOME/one-node-slurm" >/dev/null || true
    if [ "$failed" = 0 ] && [ "$passed" -gt 0 ]; then rm -rf "$scratch"; else echo "what was made is in $scratch"; fi
}
trap finish EXIT
# Ended from outside, it cleans up as well.
trap 'exit 130' INT TERM

# The settings: those of the page and of the README.
block cluster.yaml >cluster.yaml
awk '/^```yaml/ { inside = 1; number++; next } /^```/ { inside = 0 } inside { print > ("readme-" number ".yaml") }' \
    "$repository/README.md"
mv readme-2.yaml collection.yaml
# A small model: it is the launcher that is tried.
cat >training.yaml <<'END'
model: {name: dnn, hidden: [16]}
inner: {learning_rate: 1.0e-3, epochs: 1}
meta_epochs: 2
baselines: {pretrained: {epochs: 1}}
END

# Shards 3 and 7 stand still, once, while they write a recording: a conversion is too short to be met in the
# middle otherwise. The name of what is half written has the number of its process.
mkdir "$scratch/bin/watched"
cat >"$scratch/bin/watched/myotask" <<END
#!/usr/bin/env bash
shard=\$(sed -n 's|.*--shard \([37]\)/16.*|\1|p' <<<"\$*")
[ -n "\$shard" ] && [ ! -e "$HOME/stopped-\$shard" ] || exec "$scratch/bin/myotask" "\$@"
"$scratch/bin/myotask" "\$@" &
until compgen -G "archive/*/*/.*.\$!-*.partial" >/dev/null || ! kill -0 \$! 2>/dev/null; do :; done
kill -STOP \$!
echo "\$\$ \$!" >"$HOME/stopped-\$shard"
wait \$!
END
chmod +x "$scratch/bin/watched/myotask"
printf 'program: "%s"\n' "$scratch/bin/watched/myotask" >>cluster.yaml

step start || { cat start.txt; exit 1; }
cat start.txt
step lab || { cat lab.txt; exit 1; }

echo "── An array of 16 conversions"
check "a dry run prints the scripts" step dry-run
check "with the array in it" says dry-run.txt '#SBATCH --array=1-16%3'
check "and makes nothing" fails test -e archive
begin=$SECONDS
check "the array is submitted" step convert || true
kill_shard 3 command >killed-3.txt &
killer=$!
check "shard 7 is killed with its script in the middle" kill_shard 7 all
check "shard 3 is killed in the middle" wait "$killer"
cat killed-3.txt
check "following ends with status 1, as two shards failed" fails step follow
tail -n 12 follow.txt
check "14 shards are done" is "$(count archive shards 5)" 14
check "2 shards failed" is "$(count archive shards 7)" 2
check "the collecting job says that something is missing" is "$(count archive collect 6)" 1
check "the log of the killed command is kept" says follow.txt "it was ended by signal 9"
check "the killed script is told apart" says follow.txt "it ended without a word"
check "both are done again, and no other" step requeue
cat requeue.txt
check "as an array of two" says requeue.txt "2 shards"
check "all 16 shards are done" is "$(count archive shards 5)" 16
check "the collecting job, too" is "$(count archive collect 5)" 1
printf 'array of 16 with two killed and done again: %s s\n' "$((SECONDS - begin))"
sed -i '/^program:/d' cluster.yaml
check "one process converts the same" step whole
hashes archive >archive.sha256
hashes whole >whole.sha256
check "there are 48 recordings" is "$(wc -l <archive.sha256)" 48
check "the archives have the same bytes" same archive.sha256 whole.sha256
printf '48 recordings, SHA-256 of their list of hashes: %s\n' "$(sha256sum <archive.sha256 | cut -d' ' -f1)"

echo "── A sweep of 12 with its collecting job"
check "a collection is built" step study
check "the sweep is done" step sweep
tail -n 5 sweep.txt
check "12 shards are done" is "$(count sweep shards 5)" 12
check "processes of this machine do the same" step local-sweep
check "the tables are the same" same sweep/sweep.csv local/sweep.csv
check "the table has 12 runs" is "$(grep -c ',finished,' sweep/sweep.csv)" 12

echo "── Watching, canceling and going on"
rm -rf sweep
sed -i 's/^max_running: 3/max_running: 1/' cluster.yaml
block sweep | sed 's/ --follow//' >background.sh
check "the sweep is submitted" bash -euo pipefail background.sh
check "a second time it is refused" fails bash -euo pipefail background.sh
myotask jobs follow sweep --interval 1 >interrupted.txt 2>&1 &
watcher=$!
check "it is watched" wait_for 30 grep -q pending interrupted.txt
kill -INT "$watcher"
status=0
wait "$watcher" || status=$?
check "Ctrl-C ends the watching with status 130" is "$status" 130
check "and says that the jobs go on" says interrupted.txt "the jobs go on"
check "as they do" test -n "$(squeue --noheader)"
check "they are canceled" step cancel
cat cancel.txt
gone() { [ -z "$(squeue --noheader)" ]; }
check "nothing runs any more" wait_for 60 gone
check "what was canceled is told" test "$(count sweep shards 8)" -gt 0
sed -i 's/^max_running: 1/max_running: 3/' cluster.yaml
check "it goes on where it was" myotask jobs requeue sweep --follow
check "and ends with the same table" same sweep/sweep.csv local/sweep.csv

squeue --states=all --noheader --format=%T | sort | uniq -c | awk '{ printf "%s jobs %s; ", $1, $2 } END { print "all that Slurm ran" }'
printf '%s s in all\n' "$SECONDS"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
