public import Documents

/// Which label a window gets from the labels of its samples.
///
/// A rule of a package outside is one type that conforms; documents name it, as
/// `window: {label_rule: quorum}` or with settings as `{label_rule: {quorum: {share: 0.8}}}`, when
/// it is added to the `Kinds` that they are read with.
public protocol LabelRule: DescribedKind, Hashable {
    /// The label of a window.
    ///
    /// - Parameter labels: The labels of its samples, at least one.
    /// - Returns: Its label; `nil` for a window that is left out.
    func label(of labels: ArraySlice<UInt8>) -> UInt8?

    /// Labels windows that slide along a recording, in order: by default each by itself. A rule
    /// that can take over from one window what the next one shares does so here.
    ///
    /// - Parameters:
    ///   - starts: The first sample of each window, ascending.
    ///   - length: Samples in a window, at least 1.
    ///   - labels: The label of every sample of the recording.
    ///   - windows: Where windows with a label are appended.
    func append(
        _ starts: StrideThrough<Int>, length: Int, labels: [UInt8],
        to windows: inout LabeledWindows)
}

extension LabelRule {
    /// The value of `label_rule` in a configuration and a manifest.
    public var name: String { Self.key }

    /// Asks for each window.
    public func append(
        _ starts: StrideThrough<Int>, length: Int, labels: [UInt8],
        to windows: inout LabeledWindows
    ) {
        for start in starts {
            guard let label = label(of: labels[start..<start + length]) else { continue }
            windows.starts.append(start)
            windows.labels.append(label)
        }
    }
}

extension Registry<any LabelRule> {
    /// The library's label rules.
    package static var standard: Registry {
        Registry([
            Entry(LastLabel.self) { $0 }, Entry(CenterLabel.self) { $0 },
            Entry(MajorityLabel.self) { $0 }, Entry(PureLabel.self) { $0 },
        ])
    }
}

extension FieldFormat<any LabelRule> {
    /// The name of a rule, or an object with that name and the rule's settings.
    package static var labelRule: FieldFormat {
        .named(.standard, noun: "label rule", described: { $0 })
    }
}

extension Kinds {
    /// Adds a label rule of a package outside.
    ///
    /// - Parameter type: The rule; its key is not one of the library's or of those added before.
    public mutating func add<Rule: LabelRule>(labelRule type: Rule.Type) {
        add(Registry<any LabelRule>.Entry(type) { $0 })
    }
}
