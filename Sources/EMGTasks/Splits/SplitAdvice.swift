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

    /// Looks at recordings that a split rule refused.
    ///
    /// - Parameters:
    ///   - metadata: The recordings.
    ///   - plan: How they were to be divided.
    ///   - kinds: The kinds that packages outside have added.
    init(for metadata: [MappedMetadata], plan: SplitPlan, kinds: Kinds) {
        let labeled = metadata.filter { $0.labels != nil }.prefix(Self.mostTried)
        var classes: [String] = []
        for name in labeled.flatMap({ $0.header.classNames ?? [] }) where !classes.contains(name) {
            classes.append(name)
        }
        guard !classes.isEmpty else {
            text = ""
            return
        }
        let recordings = labeled.compactMap { metadata in
            metadata.labels.flatMap { track in
                metadata.header.classNames.map {
                    LearnedLabels(track: track, classCount: $0.count)
                }
            }
        }
        // Rules that look at labels come first.
        let known = kinds.all(Registry<any SplitRule>.standard).entries.map(\.standard)
        let rules = [true, false].flatMap { needsLabels in
            known.filter { $0.needsLabels == needsLabels }.flatMap {
                $0.proposals(for: recordings) as [any SplitRule]
            }
        }
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

    private static func fits(
        _ rule: any SplitRule, _ metadata: MappedMetadata, _ plan: SplitPlan
    ) -> Bool {
        var plan = plan
        plan.rule = rule
        let count = metadata.header.classNames?.count ?? 0
        do throws(TaskError) {
            let parts = try plan.parts(of: metadata)
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

    /// A rule as members of `split`; what is so by default is not said.
    private static func members(of rule: any SplitRule) -> String {
        let stated = rule.parameters
        let members = rule.members.filter { stated[$0.key] != nil }.map { member in
            "\(member.key): \(flow(member.value))"
        }
        return (["rule: \(rule.name)"] + members).joined(separator: ", ")
    }

    private static func flow(_ value: DocumentValue) -> String {
        guard case .array(let values) = value.content else { return value.yamlLine }
        let names = values.compactMap { element -> String? in
            if case .string(let name) = element.content { name } else { nil }
        }
        return names.count == values.count ? list(names) : value.yamlLine
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
