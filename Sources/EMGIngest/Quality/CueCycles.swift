package import EMGSignal
import PrintableText

/// How far the labels of a recording follow the protocol of the field: relax, open, relax,
/// close, relax, and again, each cycle sharing its last relax with the next one's first.
package struct CueCycles: Sendable, Hashable, Codable {
    /// What is wrong with a sequence of labels.
    package enum Problem: String, Sendable, Hashable, Codable, CaseIterable {
        /// Every sample has the same class.
        case oneClassOnly = "one-class-only"
        /// The first sample is not of class relax.
        case doesNotStartWithRelax = "does-not-start-with-relax"
        /// There is no complete cycle from the start.
        case noCompleteCycle = "no-complete-cycle"
        /// Behind the last complete cycle there is more.
        case incompleteTail = "incomplete-tail"
    }

    /// How many complete cycles there are from the start.
    package let completeCycles: Int
    /// The first sample behind the last complete cycle; the number of samples when nothing is
    /// left over.
    package let tailStart: Int
    /// What is wrong, in the order of ``Problem``.
    package let problems: [Problem]

    /// The classes of the protocol.
    static let classNames = ["relax", "open", "close"]

    /// Looks at labels of classes 0 relax, 1 open and 2 close.
    package init(_ labels: LabelTrack) {
        self.init(runs: labels.runs)
    }

    /// Looks at the runs of such labels, which together are the whole recording.
    init(runs: [LabelTrack.Run]) {
        let cycle: [UInt8] = [1, 0, 2, 0]
        var cycles = 0
        var used = 0
        if runs.first?.label == 0 {
            used = 1
            while runs.dropFirst(used).prefix(4).map(\.label) == cycle {
                cycles += 1
                used += 4
            }
        }
        completeCycles = cycles
        let count = runs.last?.range.end ?? 0
        tailStart = cycles == 0 ? 0 : used < runs.count ? runs[used].range.start : count
        var problems: [Problem] = []
        if Set(runs.map(\.label)).count < 2 { problems.append(.oneClassOnly) }
        if let first = runs.first, first.label != 0 { problems.append(.doesNotStartWithRelax) }
        if cycles == 0 { problems.append(.noCompleteCycle) }
        if cycles > 0, tailStart < count { problems.append(.incompleteTail) }
        self.problems = problems
    }

    /// The problem in words, as far as this recording goes.
    func message(for problem: Problem, in runs: [LabelTrack.Run]) -> String {
        switch problem {
        case .oneClassOnly:
            let name = runs.first.map { Self.classNames[Int($0.label)] } ?? "none"
            return "the labels have one class only: \(name)"
        case .doesNotStartWithRelax:
            return "the labels do not start with relax"
        case .noCompleteCycle:
            let lacksLastRelaxOnly = runs.map(\.label) == [0, 1, 0, 2]
            return "there is no complete relax-open-relax-close-relax cycle"
                + (lacksLastRelaxOnly ? ": the last relax is missing" : "")
        case .incompleteTail:
            return "\(completeCycles, of: "complete cycle"), then a tail of "
                + "\((runs.last?.range.end ?? 0) - tailStart, of: "sample") of an incomplete one"
        }
    }
}
