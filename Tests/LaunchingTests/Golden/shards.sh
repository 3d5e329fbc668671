#!/usr/bin/env bash
# Written by myotask. Without Slurm, a shard is done by: bash shards.sh SHARD JOB-NAME
#SBATCH --job-name=myotask-convert-shards
#SBATCH --array=1-16%4
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --account=emg
#SBATCH --partition=short,long
#SBATCH --qos=normal
#SBATCH --time=02:00:00
#SBATCH --mem=4G
#SBATCH --cpus-per-task=2
#SBATCH --constraint=[avx2|avx512]
#SBATCH --mail-type=END
#SBATCH --exclude=node[1-3]
set -euo pipefail

shard=${1:-${SLURM_ARRAY_TASK_ID:?}}
job=${2:-${SLURM_ARRAY_JOB_ID:?}}
events='/data/100% "sure"/.jobs/1/events'
tell() {
    printf '{"event": "%s", "job": "%s", "time": %s, "host": "%s", "process": %s%s}\n' \
        "$1" "$job" "$(date +%s)" "$HOSTNAME" "$$" "${2:+, \"status\": $2}" \
        >>"$events/shards-$(printf '%03d' "$shard").jsonl"
}
trap 'tell end "$?"' EXIT
# Who ends the job asks the command below as well, which saves what it has; then its status is told.
trap : TERM
tell start

set +u
source /etc/profile.d/modules.sh
module load gcc
set -u

cd -- '/data/it'\''s $here'
'/opt/my task/myotask' convert 'O'\''Brien'\''s lab' '$HOME/`id`' --output 'a "b"' --shard "$shard/16"
