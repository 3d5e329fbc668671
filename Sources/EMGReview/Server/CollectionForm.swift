package import Documents
package import EMGTasks

/// What the page's form for collections is made from: choices, ranges and defaults are those of
/// the configuration's fields.
package struct CollectionForm {
    /// The JSON Schema of configurations, where forms begin with rules of splitting, and where the
    /// page begins when nothing is configured.
    package let document: DocumentValue

    /// - Parameters:
    ///   - configuration: The configuration that the page was started with.
    ///   - take: Which recordings it takes; `nil` where it does not say.
    ///   - classNames: The classes of the archive's recordings.
    package init(
        configuration: DocumentValue?, take: EditSelection.Take? = nil, classNames: Set<String>
    ) {
        let rules = SplitSettings.registry.entries.map { rule in
            DocumentValue.Member(
                key: rule.name, value: .object(SplitSettings(kind: rule.standard).members))
        }
        document = .object([
            "schema": CollectionConfiguration.schemaDocument().document,
            "rules": .object(rules),
            "configuration": configuration ?? Self.start(classNames),
            "take": take.map { .string($0.rawValue) } ?? .null,
        ])
    }

    /// Windows as they are usual in the field; the usual rule where its cues are, else a part of
    /// the time. All else has its default.
    private static func start(_ classNames: Set<String>) -> DocumentValue {
        let isCued = classNames.isSuperset(of: FirstCycle.referenceCues)
        let rule: any SplitRule = isCued ? FirstCycle() : FirstFraction(fraction: 0.3)
        return .object([
            "window": .object(["length_ms": .integer(200), "stride_ms": .integer(50)]),
            "split": SplitSettings(kind: rule).document,
        ])
    }
}

extension SplitSettings {
    fileprivate var members: [DocumentValue.Member] {
        if case .object(let members) = document.content { members } else { [] }
    }
}
