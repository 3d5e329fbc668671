import ArgumentParser
import Foundation

/// Who decides.
struct ReviewerOption: ParsableArguments {
    @Option(help: "Who decides; your login name when left out.")
    var reviewer: String?

    func validate() throws {
        if let reviewer, reviewer.isEmpty || reviewer.utf8.count > 200 {
            throw ValidationError("--reviewer must have 1 to 200 bytes")
        }
    }

    /// The name.
    var name: String { reviewer ?? ProcessInfo.processInfo.userName }
}
