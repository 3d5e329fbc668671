public import Foundation

/// One run of the real command in a process of its own.
public struct CommandRun: Sendable {
    /// How it ended: the exit status, or 128 + the signal that killed it.
    public let status: Int32
    /// What it wrote to standard output.
    public let output: String
    /// What it wrote to standard error.
    public let problems: String

    /// Runs `myotask` and waits for its end.
    ///
    /// Output goes to files, not pipes, so that a talkative command cannot block on a full pipe.
    ///
    /// - Parameters:
    ///   - arguments: What stands behind the command's name.
    ///   - folder: Where it runs.
    ///   - environment: Variables that are set besides those of the tests.
    ///   - umask: The permissions that new files do not get, in octal digits.
    ///   - killedAfter: Kill it with SIGKILL after that time, if it still runs.
    /// - Throws: When the command cannot be started.
    public init(
        _ arguments: [String], in folder: URL = SharedMaterial.packageFolder,
        environment: [String: String] = [:], umask: String? = nil, killedAfter: Duration? = nil
    ) throws {
        let files = try TemporaryFolder()
        let places = (files.url.appending(path: "out"), files.url.appending(path: "err"))
        for place in [places.0, places.1] { try Data().write(to: place) }
        let process = Process()
        let command = try Self.executable()
        if let umask {
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments =
                ["-c", "umask \(umask); exec \"$@\"", "sh", command.path()] + arguments
        } else {
            process.executableURL = command
            process.arguments = arguments
        }
        if !environment.isEmpty {
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        }
        process.currentDirectoryURL = folder
        process.standardOutput = try FileHandle(forWritingTo: places.0)
        process.standardError = try FileHandle(forWritingTo: places.1)
        try process.run()
        if let killedAfter {
            let deadline = ContinuousClock.now + killedAfter
            while process.isRunning, ContinuousClock.now < deadline { usleep(200) }
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }
        process.waitUntilExit()
        status =
            process.terminationReason == .uncaughtSignal
            ? 128 + process.terminationStatus : process.terminationStatus
        output = String(decoding: try Data(contentsOf: places.0), as: UTF8.self)
        problems = String(decoding: try Data(contentsOf: places.1), as: UTF8.self)
    }

    /// The command beside the running tests.
    ///
    /// - Throws: When it was not built.
    /// - Returns: The program.
    public static func executable() throws -> URL {
        let besideTests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent()
        let build = SharedMaterial.packageFolder.appending(path: ".build")
        let places = [
            besideTests, build.appending(path: "release"), build.appending(path: "debug"),
        ]
        for place in places.map({ $0.appending(path: "myotask") })
        where FileManager.default.isExecutableFile(atPath: place.path()) {
            return place
        }
        throw CocoaError(.fileNoSuchFile)
    }
}
