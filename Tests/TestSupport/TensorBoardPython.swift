import Foundation

/// A Python interpreter with `tensorboard`: that of `MYOTASK_PYTHON` or the path when it has the
/// package, else one of a virtual environment that is made once in the build folder.
public enum TensorBoardPython {
    private static let interpreter: URL? = {
        let test = ["-c", "import tensorboard.backend.event_processing.event_accumulator"]
        let environment = ProcessInfo.processInfo.environment
        let build = SharedMaterial.packageFolder.appending(path: ".build")
        let folder = build.appending(path: "tensorboard")
        let python = folder.appending(path: "bin/python")
        var candidates = [python]
        if let path = environment["MYOTASK_PYTHON"] {
            candidates.insert(URL(filePath: path), at: 0)
        }
        if let path = which("python3") { candidates.insert(path, at: 0) }
        for candidate in candidates where runs(candidate, test) { return candidate }
        guard let base = which("python3"), environment["MYOTASK_OFFLINE"] == nil,
            runs(base, ["-m", "venv", folder.path()]),
            runs(
                python,
                [
                    "-m", "pip", "install", "-q", "--timeout", "20", "--retries", "1",
                    "tensorboard",
                    "numpy<2",
                ]),
            runs(python, test)
        else { return nil }
        return python
    }()

    /// Whether there is one.
    public static var isPresent: Bool { interpreter != nil }

    /// Runs a program.
    ///
    /// - Parameters:
    ///   - program: Its text.
    ///   - arguments: `sys.argv[1:]`.
    /// - Returns: What it printed to standard output.
    /// - Throws: When there is no interpreter.
    public static func run(_ program: String, arguments: [String]) throws -> String {
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
