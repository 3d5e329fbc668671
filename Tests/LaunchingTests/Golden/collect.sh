#!/usr/bin/env bash
# Written by myotask. Without Slurm, a shard is done by: bash collect.sh SHARD JOB-NAME
#SBATCH --job-name=myotask-convert-collect
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --account=emg
#SBATCH --partition=short,long
#SBATCH --qos=normal
#SBATCH --time=10
#SBATCH --mem=500M
#SBATCH --constraint=[avx2|avx512]
#SBATCH --mail-type=END
#SBATCH --exclude=node[1-3]
set -euo pipefail

# Started in an array, this is no part of it.
unset "${!SLURM_ARRAY_@}"
shard=1
job=${2:-${SLURM_JOB_ID:?}}
events=/home/me/study/archive/.jobs/1/events
tell() {
    printf '{"event": "%s", "job": "%s", "time": %s, "host": "%s", "process": %s%s}\n' \
        "$1" "$job" "$(date +%s)" "$HOSTNAME" "$$" "${2:+, \"status\": $2}" \
        >>"$events/collect.jsonl"
}
trap 'tell end "$?"' EXIT
# Who ends the job asks the command below as well, which saves what it has; then its status is told.
trap : TERM
tell start

set +u
source /etc/profile.d/modules.sh
module load gcc
set -u

cd -- /home/me/study
/opt/myotask collect sweep
