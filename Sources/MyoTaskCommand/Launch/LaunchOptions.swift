import ArgumentParser
import Documents
import Foundation
import Launching

/// Where the work of a command is done: by itself, by processes of this machine, or by jobs of a
/// cluster.
struct LaunchOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Do the work in shards: as jobs of Slurm, or as processes of this machine. See "
                + "docs/cluster/on-a-cluster.md.", valueName: "local|slurm"))
    var launcher: LauncherName?

    @Option(
        help: ArgumentHelp(
            "What jobs ask of the cluster, a YAML file (schemas/cluster.schema.json).",
            valueName: "file"),
        completion: .file())
    var cluster: String?

    @Option(
        help: ArgumentHelp(
            "Into how many shards the work is divided; a sweep has one for each point when left "
                + "out.", valueName: "n"))
    var shards: Int?

    @Option(
        help: ArgumentHelp("How many shards may run at once.", valueName: "n"))
    var maxRunning: Int?

    @Flag(help: "Stay and show how far the jobs are; Ctrl-C leaves them running.")
    var follow = false

    /// The options that are the launcher's own, which shards do not get.
    static let ownOptions = ["--launcher", "--cluster", "--shards", "--max-running", "--shard"]
    /// Flags that shards do not get.
    static let ownFlags = ["--follow", "--dry-run", "--json"]

    func validate() throws {
        for (name, value) in [("--shards", shards), ("--max-running", maxRunning)] {
            guard (1...1_000_000).contains(value ?? 1) else {
                throw ValidationError("\(name) must be from 1 to 1000000")
            }
        }
        guard launcher == nil else { return }
        let given: KeyValuePairs<String, Bool> = [
            "--cluster": cluster != nil, "--shards": shards != nil,
            "--max-running": maxRunning != nil, "--follow": follow,
        ]
        if let name = given.first(where: \.value)?.key {
            throw ValidationError("\(name) needs --launcher local or --launcher slurm")
        }
    }

    /// Refuses options that the launcher sets for each shard.
    ///
    /// - Parameter statesShard: Whether `--shard` names a part.
    /// - Throws: `ValidationError`.
    func exclude(shard statesShard: Bool) throws {
        if launcher != nil, statesShard {
            throw ValidationError(
                "--launcher and --shard exclude each other: it sets --shard itself")
        }
    }

    /// Refuses `--dry-run` where there are no scripts to print.
    func require(_ isDryRun: Bool) throws {
        if isDryRun, launcher == nil {
            throw ValidationError("--dry-run needs --launcher local or --launcher slurm")
        }
    }

    /// The settings of the cluster, with what the command line says in place of the file's.
    func settings() throws -> ClusterSettings {
        var settings = ClusterSettings()
        if let cluster {
            settings = try ClusterSettings(CommandContext.current.document(at: cluster).cursor)
        }
        settings.shards = shards ?? settings.shards
        settings.maxRunning = maxRunning ?? settings.maxRunning
        return settings
    }
}

extension LauncherName: ExpressibleByArgument {}
