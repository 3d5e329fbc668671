import Foundation
import Synchronization

/// Where the program writes: results to standard output, everything else to standard error.
enum Console {
    private static let lock = Mutex(())

    /// A line of the result.
    static func line(_ text: String = "") {
        write(text + "\n", to: .standardOutput)
    }

    /// A line about something that went wrong.
    static func problem(_ text: String) {
        write(text + "\n", to: .standardError)
    }

    /// A line about something the user should know although it went well.
    static func warning(_ text: String) {
        problem("warning: \(text)")
    }

    /// A line about how far the work is.
    static func note(_ text: String) {
        problem(text)
    }

    /// Shows how far the work is, in one line that the next one replaces; on a terminal only.
    static func progress(_ text: String) {
        guard isTerminal else { return }
        write("\r\u{1B}[K\(text)", to: .standardError)
    }

    /// Clears the line of ``progress(_:)``.
    static func endProgress() {
        guard isTerminal else { return }
        write("\r\u{1B}[K", to: .standardError)
    }

    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Whether results are printed on a terminal.
    static let showsOutput = isatty(STDOUT_FILENO) == 1

    private static func write(_ text: String, to handle: FileHandle) {
        lock.withLock { _ in
            // A reader that closed its end has seen enough.
            try? handle.write(contentsOf: Data(text.utf8))
        }
    }
}
