internal import EMGSignal

/// How the time of a recording is divided into what a model may adapt on (support) and what it
/// is judged on (query).
///
/// Time is cut before windows are made, with a guard between the two parts, so that no sample can
/// be in both.
public enum SplitRule: Sendable, Hashable {
    /// Support is the first complete cycles of cues, from the start of the recording to the start
    /// of the next cycle; query is everything after the guard.
    ///
    /// The cycle is given as class names in order: the reference laboratory's is relax, open,
    /// relax, close, relax (deltas +1 −1 +2 −2 +1), which ends at the fifth label change. A cycle
    /// that ends with the cue it begins with shares that run with the next one.
    case firstCycles(cues: [String], count: Int)
    /// Support is the first seconds of the recording, above 0; query is the rest. Labels are not
    /// looked at.
    case seconds(Double)
    /// Support is the first part of the recording, above 0 and below 1; query is the rest.
    case fraction(Double)
    /// Support lasts until every class of the recording was shown that often, at least once, each
    /// time as a whole run of its label; query is the rest.
    case repetitions(Int)
    /// Support is that many windows of each class of the recording, at least 1: the first ones
    /// that share no sample. Query is what follows the last of them.
    case shots(Int)
    /// The recording is cut into blocks of equal length; those with the given numbers, from 0,
    /// are support, the others query, with the guard on both sides of each border.
    case blocks(count: Int, support: [Int])

    /// Support is the first complete cycle of cues.
    public static func firstCycle(cues: [String]) -> SplitRule {
        .firstCycles(cues: cues, count: 1)
    }

    /// The cycle of the reference laboratory.
    public static let relaxOpenRelaxCloseRelax = SplitRule.firstCycle(cues: standardCues)

    private static let standardCues = ["relax", "open", "relax", "close", "relax"]

    /// The cycle of the reference laboratory under the names that its classes get; cues that
    /// become one class are one.
    static func standard(of classes: ClassMap, count: Int = 1) -> SplitRule {
        var cues: [String] = []
        for cue in standardCues.map(classes.name(of:)) where cue != cues.last { cues.append(cue) }
        return .firstCycles(cues: cues.count > 1 ? cues : standardCues, count: count)
    }

    /// The value of `split.rule` in a configuration and a manifest.
    public var name: String {
        switch self {
        case .firstCycles: "first_cycle"
        case .seconds: "seconds"
        case .fraction: "fraction"
        case .repetitions: "repetitions"
        case .shots: "shots"
        case .blocks: "blocks"
        }
    }

    /// The rule's parameters, by name, as a manifest tells them.
    var parameters: [String: ProcessingStep.Value] {
        switch self {
        case .firstCycles(let cues, let count):
            let list = ProcessingStep.Value.list(cues.map { .text($0) })
            return count == 1 ? ["cues": list] : ["cues": list, "cycles": .integer(count)]
        case .seconds(let seconds): return ["seconds": .number(seconds)]
        case .fraction(let fraction): return ["fraction": .number(fraction)]
        case .repetitions(let count): return ["repetitions": .integer(count)]
        case .shots(let count): return ["shots": .integer(count)]
        case .blocks(let count, let support):
            return [
                "blocks": .integer(count),
                "support_blocks": .list(support.sorted().map { .integer($0) }),
            ]
        }
    }

    /// Whether the rule looks at labels.
    var needsLabels: Bool {
        switch self {
        case .firstCycles, .repetitions, .shots: true
        case .seconds, .fraction, .blocks: false
        }
    }
}
