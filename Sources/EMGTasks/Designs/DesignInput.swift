public import EMGSignal

/// What a design is laid out over.
public struct DesignInput: Sendable {
    /// The usable recordings, in order.
    public let tasks: [RecordingIdentity]
    /// Ids that are there but not usable.
    package let unusable: Set<String>
    /// Which training tasks are set aside for validation; none when `nil`.
    public let validation: ValidationChoice?
    /// What random choices are drawn from.
    public let seed: UInt64
    /// The design's name, for errors.
    package let subject: String

    /// A collection of tasks that are tested on or else trained on.
    ///
    /// - Parameters:
    ///   - name: The collection's name.
    ///   - tasks: Its tasks; all when `nil`.
    ///   - isTest: Whether one is tested on.
    /// - Returns: The collection, with validation tasks drawn from those to train on.
    /// - Throws: ``TaskError`` when nothing would be left to train or to test on.
    public func fold(
        _ name: String, of tasks: [RecordingIdentity]? = nil,
        isTest: (RecordingIdentity) -> Bool
    ) throws(TaskError) -> DesignFold {
        let tasks = tasks ?? self.tasks
        let test = tasks.filter(isTest)
        let others = tasks.filter { !isTest($0) }
        guard !test.isEmpty, !others.isEmpty else {
            throw TaskError(
                .emptySplit(test.isEmpty ? "test" : "train"), subject: name,
                hint: "see which recordings are there, and \"design\"")
        }
        let (train, validation) = try divide(others, fold: name)
        return DesignFold(
            name: name, train: train, validation: validation, test: test.map(\.id))
    }

    /// Divides training tasks into those that train and those that validate.
    func divide(
        _ tasks: [RecordingIdentity], fold: String
    ) throws(TaskError) -> (train: [String], validation: [String]) {
        try validation?.divide(tasks, seed: seed, fold: fold) ?? (tasks.map(\.id), [])
    }

    /// The patients whose names fit one of some patterns; everyone when there are none.
    ///
    /// - Parameter patterns: Patterns.
    /// - Returns: Names in natural order.
    /// - Throws: ``TaskError`` for a pattern that fits nobody.
    public func patients(fitting patterns: [String]) throws(TaskError) -> [String] {
        let known = Set(tasks.map(\.patient)).sorted(by: NaturalOrder.precedes)
        guard !patterns.isEmpty else { return known }
        for pattern in patterns
        where !known.contains(where: { NamePattern.matches($0, pattern: pattern) }) {
            throw TaskError(
                .unknownPatient(pattern, known: known), subject: subject,
                hint: "correct \"design\" or see why the patient's recordings were refused")
        }
        return known.filter { name in
            patterns.contains { NamePattern.matches(name, pattern: $0) }
        }
    }

    /// Makes sure that a design does not have more collections than anyone means.
    func checkRoom(for folds: [DesignFold]) throws(TaskError) {
        guard folds.count < CollectionDesign.foldLimit else {
            throw TaskError(
                .mismatch(
                    what: "collections of the design",
                    expected: "at most \(CollectionDesign.foldLimit)", found: "more"),
                subject: subject, hint: "ask for fewer sizes or repetitions")
        }
    }

    /// Makes sure that the manifests of collections that list every task each fit on a disk.
    ///
    /// - Parameters:
    ///   - collections: How many collections there are to be.
    ///   - hint: What to do about it.
    /// - Throws: ``TaskError`` when there are more than ``CollectionDesign/listingLimit`` in all.
    func checkRoom(forListing collections: Int, hint: String) throws(TaskError) {
        let (listed, isBeyond) = collections.multipliedReportingOverflow(by: tasks.count)
        guard !isBeyond, listed <= CollectionDesign.listingLimit else {
            throw TaskError(
                .mismatch(
                    what: "tasks that the design's manifests list",
                    expected: "at most \(CollectionDesign.listingLimit) in all",
                    found: "\(collections) manifests of \(tasks.count) tasks each"),
                subject: subject, hint: hint)
        }
    }
}

extension Sequence {
    /// `map` that keeps the type of what is thrown.
    func mapThrowing<Result>(
        _ transform: (Element) throws(TaskError) -> Result
    ) throws(TaskError) -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try transform(element)) }
        return results
    }
}
