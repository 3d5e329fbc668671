public import Documents

extension Registry<any SplitRule> {
    /// The library's split rules.
    package static var standard: Registry {
        Registry([
            Entry(FirstCycle.self) { $0 }, Entry(FirstSeconds.self) { $0 },
            Entry(FirstFraction.self) { $0 }, Entry(FirstRepetitions.self) { $0 },
            Entry(FirstShots.self) { $0 }, Entry(SupportBlocks.self) { $0 },
            Entry(WholeRecording.self) { $0 },
        ])
    }
}

extension Kinds {
    /// Adds a split rule of a package outside.
    ///
    /// - Parameter type: The rule; its key is not one of the library's or of those added before.
    public mutating func add<Rule: SplitRule>(splitRule type: Rule.Type) {
        add(Registry<any SplitRule>.Entry(type) { $0 })
    }
}
