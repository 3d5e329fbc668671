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

    private static func write(_ text: String, to handle: FileHandle) {
        lock.withLock { _ in
            // A reader that closed its end has seen enough.
            try? handle.write(contentsOf: Data(text.utf8))
        }
    }
}
