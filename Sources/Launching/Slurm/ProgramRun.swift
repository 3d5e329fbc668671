private import ErrorReports
internal import Foundation
private import PrintableText

/// One run of another program, to its end.
struct ProgramRun: Sendable, Hashable {
    /// The exit status, or 128 and the signal that ended it.
    let status: Int32
    /// What it printed.
    let output: String
    /// What it printed to standard error.
    let problems: String

    /// Runs a program that is found on the path.
    ///
    /// - Parameters:
    ///   - name: The program.
    ///   - arguments: Its arguments.
    /// - Throws: ``LaunchError`` when it is not there or cannot be started.
    init(_ name: String, _ arguments: [String]) throws(LaunchError) {
        guard let program = Self.find(name) else { throw .noSlurm(name) }
        let process = Process()
        let (output, problems) = (Pipe(), Pipe())
        process.executableURL = program
        process.arguments = arguments
        process.environment = Self.environment
        process.standardOutput = output
        process.standardError = problems
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw LaunchError(
                .notStarted(reason: SystemReason.of(error)), at: name,
                hint: "see whether \(name) works on the command line")
        }
        // Both are read at once: whoever waits for the one while the other is full waits forever.
        let errors = PipeText(problems)
        let words = PipeText(output)
        self.problems = errors.text()
        self.output = words.text()
        process.waitUntilExit()
        status =
            process.terminationReason == .uncaughtSignal
            ? 128 + process.terminationStatus : process.terminationStatus
    }

    /// Where a program is.
    static func find(_ name: String) -> URL? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return path.split(separator: ":").lazy
            .map { URL(filePath: String($0), directoryHint: .isDirectory).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false)) }
    }

    /// The environment without what would change the listings that are parsed here.
    private static var environment: [String: String] {
        var variables = ProcessInfo.processInfo.environment.filter { name, _ in
            !name.hasPrefix("SQUEUE_") && !name.hasPrefix("SACCT_")
        }
        // Lists of shards are printed whole.
        variables["SLURM_BITSTR_LEN"] = "0"
        variables["LC_ALL"] = "C"
        return variables
    }
}

/// What comes through a pipe, read on a thread of its own.
private final class PipeText: @unchecked Sendable {
    // Written by the thread alone, read after it has signaled its end.
    private var data = Data()
    private let end = DispatchSemaphore(value: 0)

    init(_ pipe: Pipe) {
        DispatchQueue.global().async { [self] in
            data = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
            end.signal()
        }
    }

    func text() -> String {
        end.wait()
        return ForeignText.decode(data)
    }
}
