public import Documents

extension Registry<any DesignRule> {
    /// The library's designs.
    package static var standard: Registry {
        Registry([
            Entry(LeaveOnePatientOut.self) { $0 }, Entry(CrossSession.self) { $0 },
            Entry(CrossCondition.self) { $0 }, Entry(PatientSubsets.self) { $0 },
            Entry(RandomSessions.self) { $0 }, Entry(ListedTasks.self) { $0 },
        ])
    }
}

extension Kinds {
    /// Adds a design of a package outside.
    ///
    /// - Parameter type: The design; its key is not one of the library's or of those added before.
    public mutating func add<Rule: DesignRule>(design type: Rule.Type) {
        add(Registry<any DesignRule>.Entry(type) { $0 })
    }
}
