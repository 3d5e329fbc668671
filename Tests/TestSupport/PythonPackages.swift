import Foundation

/// A Python interpreter with packages: that of `MYOTASK_PYTHON` or the path when it has them, else
/// one of a virtual environment that is made once in the build folder.
public struct PythonPackages: Sendable {
    private let interpreter: URL?

    /// Looks for an interpreter, and makes one when there is none and the network may be used.
    ///
    /// - Parameters:
    ///   - packages: What `pip` is to install.
    ///   - folder: The name of the virtual environment's folder.
    ///   - check: A program that only runs where the packages are.
    public init(_ packages: [String], in folder: String, check: String) {
        let environment = ProcessInfo.processInfo.environment
        let folder = SharedMaterial.packageFolder.appending(path: ".build").appending(path: folder)
        let python = folder.appending(path: "bin/python")
        let base = Self.which("python3")
        let own = environment["MYOTASK_PYTHON"].map { URL(filePath: $0) }
        let candidates = [base, own, python].compactMap(\.self)
        if let found = candidates.first(where: { Self.runs($0, ["-c", check]) }) {
            interpreter = found
            return
        }
        guard let base, environment["MYOTASK_OFFLINE"] == nil,
            Self.runs(base, ["-m", "venv", folder.path()]),
            Self.runs(
                python,
                ["-m", "pip", "install", "-q", "--timeout", "20", "--retries", "1"] + packages),
            Self.runs(python, ["-c", check])
        else {
            interpreter = nil
            return
        }
        interpreter = python
    }

    /// Whether there is one.
    public var isPresent: Bool { interpreter != nil }

    /// Runs a program.
    ///
    /// - Parameters:
    ///   - program: Its text.
    ///   - arguments: `sys.argv[1:]`.
    /// - Returns: What it printed to standard output.
    /// - Throws: When there is no interpreter.
    public func run(_ program: String, arguments: [String]) throws -> String {
        guard let interpreter else { throw CocoaError(.fileNoSuchFile) }
        let process = Process()
        process.executableURL = interpreter
        process.arguments = ["-W", "ignore", "-c", program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }

    private static func which(_ name: String) -> URL? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { URL(filePath: String($0)).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path()) }
    }

    private static func runs(_ program: URL, _ arguments: [String]) -> Bool {
        guard FileManager.default.isExecutableFile(atPath: program.path()) else { return false }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
