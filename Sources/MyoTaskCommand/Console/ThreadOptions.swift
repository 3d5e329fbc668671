import ArgumentParser
import Foundation

/// How many threads a command uses.
struct ThreadOptions: ParsableArguments {
    @Option(help: "Threads to use; the result does not depend on it.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard (1...1_024).contains(threads) else {
            throw ValidationError("--threads must be from 1 to 1024, got \(threads)")
        }
    }
}
