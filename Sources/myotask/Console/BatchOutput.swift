import EMGBatch

/// How a batch shows on the terminal: problems as they happen, a summary at the end.
struct BatchOutput: Sendable {
    /// What was done to an item, for example `converted`.
    let verb: String

    /// Shows an item that is done.
    func show(_ item: BatchItem) {
        for warning in item.warnings { Console.warning(warning) }
        if case .refused(let reason) = item.outcome { Console.problem("refused: \(reason)") }
    }

    /// Shows what came of the whole and says how the program ends.
    func finish(_ report: BatchReport, at place: String) throws {
        for warning in report.warnings { Console.warning(warning) }
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
