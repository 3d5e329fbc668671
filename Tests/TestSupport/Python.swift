import Foundation

/// A Python interpreter, when there is one: an independent reader of what is written.
public enum Python {
    /// `MYOTASK_PYTHON` when set, `python3` on the path otherwise.
    private static var command: [String] {
        if let path = ProcessInfo.processInfo.environment["MYOTASK_PYTHON"] { return [path] }
        return ["/usr/bin/env", "python3"]
    }

    /// Whether it can import a module, such as `h5py`.
    public static func has(module: String) -> Bool {
        guard let result = try? run("import \(module)", arguments: []) else { return false }
        return result.status == 0
    }

    /// Runs a program.
    ///
    /// - Parameters:
    ///   - program: Its text.
    ///   - arguments: `sys.argv[1:]`.
    /// - Returns: The exit status and all that it printed.
    /// - Throws: When there is no interpreter.
    public static func run(
        _ program: String, arguments: [String]
    ) throws -> (status: Int32, output: String) {
        try Shell.run(command + ["-W", "ignore", "-c", program] + arguments)
    }
}
