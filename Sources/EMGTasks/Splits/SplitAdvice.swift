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
        let recordings = labeled.compactMap { outline in
            outline.labels.flatMap { track in
                outline.header.classNames.map {
                    LearnedLabels(track: track, classCount: $0.count)
                }
            }
        }
        // Rules that look at labels come first.
        let kinds = Registry<any SplitRule>.standard.entries.map(\.standard)
        let rules = [true, false].flatMap { needsLabels in
            kinds.filter { $0.needsLabels == needsLabels }.flatMap {
                $0.proposals(for: recordings) as [any SplitRule]
            }
        }
        let fitting = rules.map { rule in
            (rule: rule, count: labeled.count { Self.fits(rule, $0, plan) })
        }.filter { $0.count > 0 }
        let lines = fitting.sorted { $0.count > $1.count }.map { rule, count in
            "\n    split: {\(Self.members(of: rule))}"
                + "  # fits \(count) of \(labeled.count) recordings"
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
        _ rule: any SplitRule, _ outline: MappedOutline, _ plan: SplitPlan
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

    /// A name as it may stand in a list of YAML.
    private static func scalar(_ name: String) -> String {
        let isPlain =
            name.utf8.first.map { Character(UnicodeScalar($0)).isLetter } == true
            && name.utf8.allSatisfy {
                let character = Character(UnicodeScalar($0))
                return character.isASCII
                    && (character.isLetter || character.isNumber || "_-".contains(character))
            }
        let words: Set<String> = ["yes", "no", "true", "false", "on", "off", "null", "y", "n"]
        return isPlain && !words.contains(name.lowercased()) || Int(name) != nil
            ? name : DocumentValue.quoted(name)
    }

    /// A rule as members of `split`; what is so by default is not said.
    private static func members(of rule: any SplitRule) -> String {
        let told = rule.parameters
        let members = rule.members.filter { told[$0.key] != nil }.map { member in
            "\(member.key): \(flow(member.value))"
        }
        return (["rule: \(rule.name)"] + members).joined(separator: ", ")
    }

    private static func flow(_ value: DocumentValue) -> String {
        switch value.content {
        case .string(let name): scalar(name)
        case .array(let values): "[\(values.map(flow).joined(separator: ", "))]"
        default: value.canonicalJSON
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
