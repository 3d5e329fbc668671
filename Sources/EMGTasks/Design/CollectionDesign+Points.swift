public import EMGSignal
private import SeededRandom

extension CollectionDesign {
    /// Lays the design out over recordings.
    ///
    /// - Parameters:
    ///   - tasks: The usable recordings.
    ///   - unusable: Ids that are there but not usable; a list may name them.
    ///   - seed: What random choices are drawn from.
    ///   - subject: The design's name, for errors.
    /// - Returns: The collections, in a stable order with stable names.
    /// - Throws: ``TaskError`` when a task would be in two lists, a name fits nothing, or a list is
    ///   left empty.
    public func points(
        of tasks: [RecordingIdentity], unusable: Set<String> = [], seed: UInt64, subject: String
    ) throws(TaskError) -> [DesignPoint] {
        let tasks = tasks.sorted()
        switch rule {
        case .leaveOnePatientOut(let patterns):
            return try patients(of: tasks, fitting: patterns, subject).mapThrowing {
                (patient) throws(TaskError) in
                try point("test-\(patient)", tasks, seed) { $0.patient == patient }
            }
        case .crossSession(let count, let byPatient):
            return try crossSession(tasks, count, byPatient, seed)
        case .crossCondition(let patterns):
            return try crossCondition(tasks, patterns, seed, subject)
        case .patientSubsets(let sizes, let test):
            return try subsets(tasks, sizes, test, seed, subject)
        case .randomSessions(let sizes, let repetitions, let test):
            return try randomSessions(tasks, sizes, repetitions, test, seed, subject)
        case .lists(let listings):
            return try listings.mapThrowing { (listing) throws(TaskError) in
                try point(listing, tasks, unusable, seed)
            }
        }
    }

    // MARK: - Rules

    private func crossSession(
        _ tasks: [RecordingIdentity], _ count: Int, _ byPatient: Bool, _ seed: UInt64
    ) throws(TaskError) -> [DesignPoint] {
        var early: [String: Set<String>] = [:]
        for (patient, theirs) in Dictionary(grouping: tasks, by: \.patient) {
            let sessions = Set(theirs.map(\.session)).sorted(by: NaturalOrder.precedes)
            early[patient] = Set(sessions.prefix(count))
        }
        func isLate(_ task: RecordingIdentity) -> Bool {
            early[task.patient]?.contains(task.session) == false
        }
        guard byPatient else {
            return [try point("cross-session", tasks, seed, isTest: isLate)]
        }
        // Who has no later session can train nobody's collection but their own, and test none.
        return try Set(tasks.filter(isLate).map(\.patient)).sorted(by: NaturalOrder.precedes)
            .mapThrowing { (patient) throws(TaskError) in
                try point(
                    "cross-session-\(patient)", tasks.filter { $0.patient == patient }, seed,
                    isTest: isLate)
            }
    }

    private func crossCondition(
        _ tasks: [RecordingIdentity], _ patterns: [String], _ seed: UInt64, _ subject: String
    ) throws(TaskError) -> [DesignPoint] {
        guard patterns.isEmpty else {
            for pattern in patterns where !tasks.contains(where: { fits($0.condition, pattern) }) {
                throw TaskError(
                    .unknownTask(pattern), subject: subject,
                    hint: "no usable recording has this condition")
            }
            return [
                try point("cross-condition", tasks, seed) { task in
                    patterns.contains { fits(task.condition, $0) }
                }
            ]
        }
        return try Set(tasks.map(\.condition)).sorted(by: NaturalOrder.precedes)
            .mapThrowing { (condition) throws(TaskError) in
                try point("test-\(condition)", tasks, seed) { $0.condition == condition }
            }
    }

    private func subsets(
        _ tasks: [RecordingIdentity], _ sizes: [Int], _ test: [String], _ seed: UInt64,
        _ subject: String
    ) throws(TaskError) -> [DesignPoint] {
        let tested = Set(try patients(of: tasks, fitting: test, subject))
        let others = Set(tasks.map(\.patient)).subtracting(tested)
            .sorted(by: NaturalOrder.precedes)
        var points: [DesignPoint] = []
        for size in sizes {
            guard size <= others.count else {
                throw TaskError(
                    .tooFew(
                        what: "patients to train on", expected: size, found: others.count),
                    subject: subject, hint: "ask for smaller subsets in \"design.sizes\"")
            }
            var chosen = Array(0..<size)
            repeat {
                guard points.count < Self.pointLimit else { throw tooMany(subject) }
                let names = chosen.map { others[$0] }
                let training = Set(names)
                let members = tasks.filter {
                    tested.contains($0.patient) || training.contains($0.patient)
                }
                var name = "train-\(size)-" + names.joined(separator: "+")
                if name.utf8.count > 100 { name = "train-\(size)-number\(points.count + 1)" }
                points.append(
                    try point(name, members, seed) { tested.contains($0.patient) })
            } while Self.advance(&chosen, below: others.count)
        }
        return points
    }

    private func randomSessions(
        _ tasks: [RecordingIdentity], _ sizes: [Int], _ repetitions: Int, _ test: [TaskPattern],
        _ seed: UInt64, _ subject: String
    ) throws(TaskError) -> [DesignPoint] {
        for pattern in test where !tasks.contains(where: { pattern.fits($0.id) }) {
            throw TaskError(
                .unknownTask(pattern.text), subject: subject,
                hint: "no usable recording has such an id")
        }
        func isTest(_ task: RecordingIdentity) -> Bool { test.contains { $0.fits(task.id) } }
        let sessions = Set(tasks.filter { !isTest($0) }.map { "\($0.patient)/\($0.session)" })
            .sorted(by: NaturalOrder.precedes)
        var points: [DesignPoint] = []
        for size in sizes {
            guard size <= sessions.count else {
                throw TaskError(
                    .tooFew(
                        what: "sessions to train on", expected: size, found: sessions.count),
                    subject: subject, hint: "ask for fewer sessions in \"design.sizes\"")
            }
            for repetition in 1...repetitions {
                guard points.count < Self.pointLimit else { throw tooMany(subject) }
                let name = "sessions-\(size)-repetition-\(repetition)"
                var generator = SeededGenerator(seed: seed, stream: "design.\(name)")
                let drawn = Set(generator.shuffled(sessions).prefix(size))
                let members = tasks.filter {
                    isTest($0) || drawn.contains("\($0.patient)/\($0.session)")
                }
                points.append(try point(name, members, seed, isTest: isTest))
            }
        }
        return points
    }

    // MARK: - Points

    /// A collection of tasks that are tested on or else trained on.
    private func point(
        _ name: String, _ tasks: [RecordingIdentity], _ seed: UInt64,
        isTest: (RecordingIdentity) -> Bool
    ) throws(TaskError) -> DesignPoint {
        let test = tasks.filter(isTest)
        let others = tasks.filter { !isTest($0) }
        guard !test.isEmpty, !others.isEmpty else {
            throw TaskError(
                .emptySplit(test.isEmpty ? "test" : "train"), subject: name,
                hint: "see which recordings are there, and \"design\"")
        }
        let (train, validation) =
            try validation?.divide(others, seed: seed, point: name) ?? (others.map(\.id), [])
        return DesignPoint(
            name: name, train: train, validation: validation, test: test.map(\.id))
    }

    private func point(
        _ listing: Listing, _ tasks: [RecordingIdentity], _ unusable: Set<String>, _ seed: UInt64
    ) throws(TaskError) -> DesignPoint {
        var places: [String: String] = [:]
        func members(
            _ patterns: [TaskPattern], _ list: String
        ) throws(TaskError) -> [RecordingIdentity] {
            for pattern in patterns {
                guard
                    tasks.contains(where: { pattern.fits($0.id) })
                        || unusable.contains(where: { pattern.fits($0) })
                else {
                    throw TaskError(
                        .unknownTask(pattern.text), subject: listing.name,
                        hint: "the \(list) list names a recording that the archive does not have")
                }
            }
            let found = tasks.filter { task in patterns.contains { $0.fits(task.id) } }
            for task in found {
                if let other = places.updateValue(list, forKey: task.id) {
                    throw TaskError(
                        .inTwoSplits(task: task.id, one: other, other: list),
                        subject: listing.name,
                        hint: other == "test" && list == "validation"
                            ? "a model chosen on its test tasks is not tested: "
                                + "choose validation tasks among the training tasks"
                            : "what is tested on is neither trained nor validated on; "
                                + "\"train: remaining\" takes what is left")
                }
            }
            return found
        }
        let test = try members(listing.test, "test")
        let validation = try listing.validation.map { (patterns) throws(TaskError) in
            try members(patterns, "validation")
        }
        let rest =
            try listing.train.map { (patterns) throws(TaskError) in
                try members(patterns, "train")
            } ?? tasks.filter { places[$0.id] == nil }
        guard !rest.isEmpty || listing.train?.isEmpty == true else {
            throw TaskError(
                .emptySplit("train"), subject: listing.name,
                hint: "every recording it names was refused or left out")
        }
        guard !(rest.isEmpty && test.isEmpty && validation?.isEmpty != false) else {
            throw TaskError(
                .emptySplit("train, validation or test"), subject: listing.name,
                hint: "name some tasks")
        }
        if let validation {
            return DesignPoint(
                name: listing.name, train: rest.map(\.id), validation: validation.map(\.id),
                test: test.map(\.id))
        }
        let (train, drawn) =
            try self.validation?.divide(rest, seed: seed, point: listing.name)
            ?? (rest.map(\.id), [])
        return DesignPoint(
            name: listing.name, train: train, validation: drawn, test: test.map(\.id))
    }

    // MARK: - Parts

    private func patients(
        of tasks: [RecordingIdentity], fitting patterns: [String], _ subject: String
    ) throws(TaskError) -> [String] {
        let known = Set(tasks.map(\.patient)).sorted(by: NaturalOrder.precedes)
        guard !patterns.isEmpty else { return known }
        for pattern in patterns where !known.contains(where: { fits($0, pattern) }) {
            throw TaskError(
                .unknownPatient(pattern, known: known), subject: subject,
                hint: "correct \"design\" or see why the patient's recordings were refused")
        }
        return known.filter { name in patterns.contains { fits(name, $0) } }
    }

    private func fits(_ name: String, _ pattern: String) -> Bool {
        NamePattern.matches(name, pattern: pattern)
    }

    private func tooMany(_ subject: String) -> TaskError {
        TaskError(
            .mismatch(
                what: "collections of the design", expected: "at most \(Self.pointLimit)",
                found: "more"), subject: subject, hint: "ask for fewer sizes or repetitions")
    }

    /// The next combination in lexicographic order; `false` after the last.
    private static func advance(_ chosen: inout [Int], below count: Int) -> Bool {
        let size = chosen.count
        guard let place = chosen.indices.last(where: { chosen[$0] < count - size + $0 }) else {
            return false
        }
        let first = chosen[place] + 1
        for index in place..<size { chosen[index] = first + index - place }
        return true
    }
}

extension Sequence {
    /// `map` that keeps the type of what is thrown.
    fileprivate func mapThrowing<Result>(
        _ transform: (Element) throws(TaskError) -> Result
    ) throws(TaskError) -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try transform(element)) }
        return results
    }
}
