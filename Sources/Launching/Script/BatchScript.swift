/// The script of a stage: directives for `sbatch`, and commands that run one shard wherever it is
/// started.
///
/// `bash SCRIPT SHARD JOB` does a shard without Slurm. Its first and last act is to tell the record
/// of the job, so that nothing but files is needed to know what came of it.
package struct BatchScript: Sendable, Hashable {
    /// What is done.
    package let stage: JobStage
    /// How it is done on the cluster.
    package let settings: ClusterSettings
    /// The command that was given, for the job's name.
    package let commandName: String
    /// Where the command runs: relative paths begin there.
    package let folder: String
    /// The folder of the job's events.
    package let eventFolder: String
    /// How many shards may run at once; `nil` for as many as there is room for.
    package let maxRunning: Int?
    /// What starts ranks.
    package let launcher: LauncherName

    /// Creates the script of a stage.
    ///
    /// - Parameters:
    ///   - stage: What is done.
    ///   - settings: How it is done on the cluster.
    ///   - commandName: The command that was given.
    ///   - folder: Where the command runs.
    ///   - eventFolder: The folder of the job's events.
    ///   - maxRunning: How many shards may run at once; `nil` for as many as there is room for.
    ///   - launcher: What starts ranks.
    package init(
        stage: JobStage, settings: ClusterSettings, commandName: String, folder: String,
        eventFolder: String, maxRunning: Int?, launcher: LauncherName
    ) {
        self.stage = stage
        self.settings = settings
        self.commandName = commandName
        self.folder = folder
        self.eventFolder = eventFolder
        self.maxRunning = maxRunning
        self.launcher = launcher
    }

    /// The script.
    package var text: String {
        """
        #!/usr/bin/env bash
        # Written by myotask. Without Slurm, a shard is done by: bash \(stage.name).sh SHARD JOB-NAME
        \(directives.map { "#SBATCH \($0)" }.joined(separator: "\n"))
        set -euo pipefail

        \(numbers)
        events=\(ShellText.quoted(eventFolder))
        tell() {
            printf '{"event": "%s", "job": "%s", "time": %s, "host": "%s", "process": %s%s}\\n' \\
                "$1" "$job" "$(date +%s)" "$HOSTNAME" "$$" "${2:+, \\"status\\": $2}" \\
                >>"$events/\(eventFile)"
        }
        trap 'tell end "$?"' EXIT
        # Who ends the job asks the command below as well, which saves what it has; then its status is told.
        trap : TERM
        tell start
        \(prologue)
        cd -- \(ShellText.quoted(folder))
        \(command)

        """
    }

    private var numbers: String {
        guard stage.isSharded else {
            return """
                # Started in an array, this is no part of it.
                unset "${!SLURM_ARRAY_@}"
                shard=1
                job=${2:-${SLURM_JOB_ID:?}}
                """
        }
        return """
            shard=${1:-${SLURM_ARRAY_TASK_ID:?}}
            job=${2:-${SLURM_ARRAY_JOB_ID:?}}
            """
    }

    private var eventFile: String {
        guard stage.isSharded else { return "\(stage.name).jsonl" }
        return "\(stage.name)-$(printf '%0\(stage.digits)d' \"$shard\").jsonl"
    }

    private var directives: [String] {
        var lines = ["--job-name=myotask-\(commandName)-\(stage.name)"]
        if stage.isSharded {
            lines.append(
                "--array=1-\(stage.shardCount)" + (maxRunning.map { "%\($0)" } ?? ""))
        }
        // A node that fails, or a job of more importance, costs time and no result.
        lines += ["--requeue", "--open-mode=append"]
        if stage.ranks > 1 { lines.append("--ntasks=\(stage.ranks)") }
        return lines + settings.directives(isCollecting: stage.name == "collect")
    }

    private var prologue: String {
        guard !settings.prologue.isEmpty else { return "" }
        // Scripts of module systems use variables that are not set.
        let lines = settings.prologue.flatMap { $0.split(separator: "\n").map(String.init) }
        return (["", "set +u"] + lines + ["set -u", ""]).joined(separator: "\n")
    }

    private var command: String {
        var words = stage.command.map(ShellText.quoted)
        if stage.isSharded {
            // What stands behind -- are no options.
            let place = stage.command.firstIndex(of: "--") ?? words.endIndex
            words.insert("--shard \"$shard/\(stage.shardCount)\"", at: place)
        }
        let line = starter + words.joined(separator: " ")
        guard !stage.resumption.isEmpty else { return line }
        return """
            if [ -e \(ShellText.quoted(stage.resumesAt)) ]; then
                \(starter)\(ShellText.line(stage.resumption))
            else
                \(line)
            fi
            """
    }

    /// What starts ranks.
    private var starter: String {
        guard stage.ranks > 1 else { return "" }
        switch (launcher, settings.rankStarter) {
        case (.slurm, .srun): return "srun --mpi=\(settings.mpi) "
        case (.slurm, .mpirun), (.local, _): return "mpirun -n \(stage.ranks) "
        }
    }
}

/// Where shards run.
package enum LauncherName: String, Sendable, Hashable, CaseIterable {
    /// As processes on this machine.
    case local
    /// As jobs of the cluster that this machine belongs to.
    case slurm
}
