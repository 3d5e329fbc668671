import Foundation

/// Programs of the system that tests run.
public enum Shell {
    /// Whether a small file system can be mounted: it takes root, and a kernel that lets one.
    public static let canMount: Bool = {
        let result = try? run("unshare -m sh -c 'mount -t tmpfs -o size=64k none /mnt'")
        return result?.status == 0
    }()

    /// Runs a line of the shell.
    ///
    /// - Parameter line: What `sh -c` is given.
    /// - Returns: The exit status and all that was printed.
    /// - Throws: When there is no shell.
    public static func run(_ line: String) throws -> (status: Int32, output: String) {
        try run(["/bin/sh", "-c", line])
    }

    /// Runs a program.
    ///
    /// - Parameter words: Its path and its arguments, at least the path.
    /// - Returns: The exit status and all that it printed.
    /// - Throws: When it cannot be started.
    public static func run(_ words: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
