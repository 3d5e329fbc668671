import EMGBatch
import Foundation
import Synchronization

/// How a batch shows: how far it is on a terminal while it runs, problems and a summary at the
/// end, in the order of the inputs whatever the number of threads.
final class BatchOutput: Sendable {
    private let verb: String
    private let counts = Mutex((done: 0, refused: 0))

    /// - Parameter verb: What is done to an item, for example `converted`.
    init(verb: String) {
        self.verb = verb
    }

    /// Counts an item that is done.
    func count(_ item: BatchItem, of total: Int) {
        let state = counts.withLock { counts in
            counts.done += 1
            if case .refused = item.outcome { counts.refused += 1 }
            return counts
        }
        Console.progress(
            "\(state.done) of \(total) \(verb)"
                + (state.refused > 0 ? ", \(state.refused) refused" : ""))
    }

    /// Shows what came of the whole and says how the program ends.
    func finish(_ report: BatchReport, at place: String) throws {
        Console.endProgress()
        for warning in report.warnings { Console.warning(warning) }
        for item in report.items {
            for warning in item.warnings { Console.warning(warning) }
        }
        for item in report.items {
            if case .refused(let reason) = item.outcome { Console.problem("refused: \(reason)") }
        }
        let upToDate = report.items.count { $0.outcome == .upToDate }
        let written = report.items.count { $0.outcome == .written }
        var parts = ["\(written) \(verb)"]
        if upToDate > 0 { parts.append("\(upToDate) already up to date") }
        if report.refusedCount > 0 { parts.append("\(report.refusedCount) refused") }
        Console.line("\(place): \(parts.joined(separator: ", "))")
        if report.items.isEmpty {
            Console.problem("refused: no recording was found\n  hint: check the paths")
        }
        if report.refusedCount > 0 || report.items.isEmpty { throw ExitStatus.refused }
    }
}
