import Foundation
import TestSupport

/// A folder with the sample data in which commands run one after another.
struct Workspace: ~Copyable {
    /// The folder; its name is always the same, because readers take names from it.
    var url: URL { folder.url.appending(path: "workspace", directoryHint: .isDirectory) }
    private let folder: TemporaryFolder

    /// The variables that could change what is printed.
    private static let environment = [
        "COLUMNS": "80", "LC_ALL": "C", "LANG": "C", "TZ": "UTC", "NO_COLOR": "1",
        "USER": "tester", "LOGNAME": "tester",
    ]

    /// Makes the folder, with a copy of `sample-data`.
    init() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "workspace", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: SharedMaterial.packageFolder.appending(path: "sample-data"),
            to: place.appending(path: "sample-data"))
        self.folder = folder
    }

    /// Writes a text into the folder.
    func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
    }

    /// Writes bytes into the folder.
    func write(_ bytes: Data, to path: String) throws {
        let place = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: place)
    }

    /// The text of a file in the folder.
    func text(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: path)), as: UTF8.self)
    }

    /// Runs a command in the folder or in one below it and tells all it said.
    ///
    /// - Parameters:
    ///   - arguments: What stands behind `myotask`.
    ///   - path: The folder to run in.
    ///   - fractions: What is kept of numbers with a fraction.
    /// - Returns: The command, both outputs and the status.
    /// - Throws: When it cannot be started.
    func transcript(
        _ arguments: [String], in path: String = "",
        fractions: OutputNormalizer.Fractions = .exact
    ) throws -> String {
        let run = try Self.run(arguments, in: path.isEmpty ? url : url.appending(path: path))
        let shown = arguments.map { $0.contains(where: " {}[]\"".contains) ? "'\($0)'" : $0 }
        let text =
            "$ myotask \(shown.joined(separator: " "))\n"
            + Self.section("stdout", run.output) + Self.section("stderr", run.problems)
            + "[exit \(run.status)]\n\n"
        return OutputNormalizer(folder: url).normalized(text, fractions: fractions)
    }

    /// Runs a command in a folder of a workspace and tells only what it complains about.
    ///
    /// - Parameters:
    ///   - arguments: What stands behind `myotask`.
    ///   - folder: The workspace's folder.
    ///   - path: The folder below it to run in.
    /// - Returns: Standard error and the status.
    /// - Throws: When it cannot be started.
    static func complaint(
        of arguments: [String], in folder: URL, below path: String
    ) throws -> String {
        let run = try run(arguments, in: folder.appending(path: path))
        return OutputNormalizer(folder: folder).normalized(
            run.problems.replacing("\(path)/", with: "") + "[exit \(run.status)]\n\n")
    }

    private static func run(_ arguments: [String], in folder: URL) throws -> CommandRun {
        try CommandRun(arguments, in: folder, environment: environment)
    }

    private static func section(_ name: String, _ text: String) -> String {
        guard !text.isEmpty else { return "" }
        return "[\(name)]\n\(text)\(text.hasSuffix("\n") ? "" : "\n[no newline]\n")"
    }
}
