internal import Documents
internal import EMGSignal
private import PrintableText

/// Which split rules fit recordings that the chosen one does not fit, as lines of a configuration.
///
/// A rule fits a recording when both support and query have windows of every class.
struct SplitAdvice {
    /// The classes found, and the lines to choose from; empty when no recording has labels.
    let text: String

    /// More recordings than this are not tried.
    private static let mostTried = 50
    /// Longer cycles are no protocol that a person would write down.
    private static let longestCycle = 16

    /// Looks at recordings that a split rule refused.
    ///
    /// - Parameters:
    ///   - outlines: The recordings.
    ///   - plan: How they were to be divided.
    init(for outlines: [MappedOutline], plan: SplitPlan) {
        let labeled = outlines.filter { $0.labels != nil }.prefix(Self.mostTried)
        var classes: [String] = []
        for name in labeled.flatMap({ $0.header.classNames ?? [] }) where !classes.contains(name) {
            classes.append(name)
        }
        guard !classes.isEmpty else {
            text = ""
            return
        }
        var rules: [SplitRule] = []
        if let cues = labeled.lazy.compactMap(Self.cycle).first {
            rules.append(.firstCycle(cues: cues))
            // Its last cue may be the first one of the next cycle.
            if cues.count > 2, cues.first == cues.last {
                rules.append(.firstCycle(cues: Array(cues.dropLast())))
            }
        }
        rules += [.repetitions(1), .shots(5), .fraction(0.5)]
        let fitting = rules.map { rule in
            (rule: rule, count: labeled.count { Self.fits(rule, $0, plan) })
        }.filter { $0.count > 0 }
        let lines = fitting.sorted { $0.count > $1.count }.map { rule, count in
            "\n    split: {\(Self.members(of: rule))}"
                + "  # fits \(count) of \(labeled.count, of: "recording")"
        }
        text =
            "the classes found are \(classes.joined(separator: ", ").printable(limit: 600)); "
            + (lines.isEmpty
                ? "no split rule gives every class a window on both sides: shorten the window, "
                    + "or see docs/tasks/splits.md"
                : "\"split.rule\" and \"split.cues\" must fit them, for example"
                    + lines.joined())
    }

    /// The runs until every class was seen, and back to the first one.
    private static func cycle(of outline: MappedOutline) -> [String]? {
        guard let labels = outline.labels, let count = outline.header.classNames?.count else {
            return nil
        }
        var cues: [String] = []
        var seen: Set<UInt8> = []
        for run in labels.runs where run.label != labels.unlabeled {
            let name = labels.classNames[Int(run.label)]
            if seen.count == count {
                if name == cues.first { cues.append(name) }
                break
            }
            guard cues.last != name, cues.count < longestCycle else { return nil }
            cues.append(name)
            if Int(run.label) < count { seen.insert(run.label) }
        }
        return seen.count == count && cues.count > 1 ? cues : nil
    }

    private static func fits(
        _ rule: SplitRule, _ outline: MappedOutline, _ plan: SplitPlan
    ) -> Bool {
        var plan = plan
        plan.rule = rule
        let count = outline.header.classNames?.count ?? 0
        do throws(TaskError) {
            let parts = try plan.parts(of: outline)
            return [parts.supportWindows, parts.queryWindows].allSatisfy {
                $0.counts(classes: count).allSatisfy { $0 > 0 }
            }
        } catch {
            return false
        }
    }

    /// Names as a list of YAML; those that a number names stand as it.
    private static func list(_ names: [String]) -> String {
        DocumentValue.array(
            names.map { name in
                guard let number = Int(name), String(number) == name else { return .string(name) }
                return .integer(number)
            }
        ).yamlLine
    }

    private static func members(of rule: SplitRule) -> String {
        switch rule {
        case .firstCycles(let cues, _):
            "rule: first_cycle, cues: \(list(cues))"
        case .repetitions(let count): "rule: repetitions, repetitions: \(count)"
        case .shots(let count): "rule: shots, shots: \(count)"
        case .fraction(let share): "rule: fraction, fraction: \(share)"
        case .seconds(let seconds): "rule: seconds, seconds: \(seconds)"
        case .blocks(let count, let support):
            "rule: blocks, blocks: \(count), support_blocks: \(support)"
        }
    }
}

extension TaskError {
    /// Whether the labels are not as the split rule needs them.
    var isOfSplit: Bool {
        switch kind {
        case .unexpectedCue, .incompleteCycle, .tooFew, .noWindows: true
        default: false
        }
    }
}
