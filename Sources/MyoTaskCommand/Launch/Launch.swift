import ArgumentParser
import Files
import Foundation
import Launching

/// A command whose work is handed to other processes.
struct Launch {
    /// What a command does, as stages.
    enum Work {
        /// Once.
        case once
        /// In shards; `points` is how many there are when the user does not say, and what the
        /// shards leave is put together by the words of `collect`.
        case sharded(points: Int?, collect: [String]?, data: [String]? = nil)
    }

    /// Where it is done.
    let options: LaunchOptions
    /// The command's name.
    let commandName: String
    /// What it makes.
    let output: URL
    /// Whether that is a file, or a folder that must not be there yet: jobs are recorded beside it.
    var isRecordedBeside = false
    /// Whether to print the scripts and do nothing.
    let isDryRun: Bool
    /// Whether results are JSON.
    let isJSON: Bool
    /// The command line; `--threads` is added to it.
    var words = CommandWords.own
    /// Words that go on with what was begun, used when the output is there; `nil` when the command
    /// itself does so.
    var resumption: [String]?

    /// Hands the work over and shows what becomes of it.
    ///
    /// - Parameter work: What the command does.
    /// - Throws: `ExitStatus` when it is not done in the end, `LaunchError` when it cannot be handed
    ///   over.
    func go(_ work: Work) throws {
        guard let launcher = options.launcher else { return }
        let settings = try options.settings()
        let stages = try stages(of: work, settings)
        let maxRunning =
            settings.maxRunning ?? (launcher == .local ? Self.cores(for: stages) : nil)
        let folder = JobFolder.new(for: output, isFile: isRecordedBeside)
        if launcher == .slurm { try SlurmLauncher.check(folder) }
        let scripts = stages.map { stage in
            BatchScript(
                stage: stage, settings: settings, commandName: commandName,
                folder: FileManager.default.currentDirectoryPath,
                eventFolder: Self.path(of: folder.eventFolder), maxRunning: maxRunning,
                launcher: launcher)
        }
        if isDryRun { return show(scripts, in: folder, launcher, maxRunning) }
        if launcher == .slurm, !Slurm.isInstalled { throw LaunchError.noSlurm("sbatch") }
        try refuseTwice()
        try folder.make(
            JobRecord(
                commandName: commandName, output: Folder.path(of: output), launcher: launcher,
                maxRunning: maxRunning, stages: stages), scripts)
        try JobHandling(folder: folder, isJSON: isJSON)
            .start(.all(of: stages), launcher, maxRunning: maxRunning, follows: options.follow)
    }

    // MARK: Stages

    private func stages(of work: Work, _ settings: ClusterSettings) throws -> [JobStage] {
        let program = try settings.program ?? Self.thisProgram()
        var words = words
        words.remove(options: LaunchOptions.ownOptions, flags: LaunchOptions.ownFlags)
        if !words.has("--threads") { words.add(["--threads", String(threads(settings))]) }
        let command = [program] + words.words
        switch work {
        case .once:
            var stage = JobStage(commandName, command, ranks: settings.ranks)
            if let resumption {
                stage.resumption = [program] + resumption
                stage.resumesAt = Folder.path(of: output)
            }
            return [stage]
        case .sharded(let points, let collect, let data):
            guard let count = settings.shards ?? points.map({ min($0, 1_000) }) else {
                throw ValidationError(
                    "--shards is needed: into how many shards the work is divided")
            }
            var stages: [JobStage] = []
            if let data { stages.append(JobStage("data", command + data)) }
            var shards = JobStage(
                "shards", command, shardCount: count, start: data == nil ? .atOnce : .afterSuccess)
            shards.dividesInputs = points == nil
            stages.append(shards)
            if let collect {
                stages.append(JobStage("collect", [program] + collect, start: .afterEnd))
            }
            return stages
        }
    }

    /// How many threads a shard gets when the command line does not say.
    private func threads(_ settings: ClusterSettings) -> Int {
        // Without a word of cpus, Slurm gives a core.
        guard settings.cpus == nil, options.launcher == .local else { return settings.cpus ?? 1 }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return max(1, cores / (settings.maxRunning ?? cores))
    }

    private static func cores(for stages: [JobStage]) -> Int {
        let most = stages.map(\.shardCount).max() ?? 1
        return min(most, ProcessInfo.processInfo.activeProcessorCount)
    }

    private static func thisProgram() throws -> String {
        guard let program = Bundle.main.executableURL else {
            throw ValidationError(
                "where this program lies is not known: give its path as program in --cluster")
        }
        return path(of: program)
    }

    static func path(of url: URL) -> String {
        Folder.path(of: url.absoluteURL.standardizedFileURL)
    }

    // MARK: What is refused and shown

    /// Refuses to do the same work twice at once.
    private func refuseTwice() throws {
        guard let last = try? JobFolder.find(output) else { return }
        let live = try JobStatus(of: last, isFinal: false).liveCount
        guard live == 0 else {
            let name = CommandContext.current.name
            let place = ShellText.quoted(output.relativePath)
            throw LaunchError(
                .busy(shards: live), at: output.relativePath,
                hint: "watch them by: \(name) jobs follow \(place); end them by: \(name) jobs "
                    + "cancel \(place)")
        }
    }

    private func show(
        _ scripts: [BatchScript], in folder: JobFolder, _ launcher: LauncherName, _ maxRunning: Int?
    ) {
        for script in scripts {
            let stage = script.stage
            Console.line("# \(folder.script(of: stage).path(percentEncoded: false))")
            Console.line(script.text)
        }
        Console.line("# Commands:")
        var before: [String] = []
        for script in scripts {
            let work = StageWork(stage: script.stage, shards: Array(script.stage.shards))
            switch launcher {
            case .slurm:
                let words = SlurmLauncher.arguments(
                    work, in: folder, after: before, maxRunning: maxRunning)
                // What the job's number will be is not known yet: the shell puts it in.
                let line = (["sbatch"] + words).map { word in
                    word.hasPrefix("--dependency=") ? "\"\(word)\"" : ShellText.quoted(word)
                }.joined(separator: " ")
                Console.line("\(script.stage.name)=$(\(line))")
                before = ["$\(script.stage.name)"]
            case .local:
                let path = ShellText.quoted(
                    folder.script(of: script.stage).path(percentEncoded: false))
                let shards = SlurmTasks.list(work.shards)
                Console.line("bash \(path) SHARD local-1   # shards \(shards)")
            }
        }
    }
}
