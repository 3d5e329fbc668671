internal import EMGSignal
internal import SeededRandom

/// How validation tasks are drawn from the training tasks of a design; test tasks are never among
/// them.
public struct ValidationChoice: Sendable, Hashable {
    /// How many are drawn.
    public enum Amount: Sendable, Hashable {
        /// That many tasks.
        case tasks(Int)
        /// That part of the training tasks, above 0 and below 1; at least one task.
        case fraction(Double)
        /// Everything of that many patients.
        case patients(Int)
    }

    /// What the drawn tasks are spread over evenly.
    public enum Stratum: String, Sendable, Hashable, CaseIterable {
        /// As many of each patient as the patient has tasks, in proportion.
        case patient
        /// The same for sessions.
        case session
        /// The same for conditions.
        case condition
        /// Drawn without regard to any of them.
        case none
    }

    /// How many are drawn.
    public var amount: Amount
    /// What they are spread over; not regarded for whole patients.
    public var stratum: Stratum

    /// Creates a choice.
    public init(_ amount: Amount, stratum: Stratum = .patient) {
        self.amount = amount
        self.stratum = stratum
    }

    /// Divides training tasks into those that train and those that validate.
    ///
    /// - Throws: ``TaskError`` when nothing would be left to train on.
    func divide(
        _ tasks: [RecordingIdentity], seed: UInt64, fold: String
    ) throws(TaskError) -> (train: [String], validation: [String]) {
        let chosen: Set<RecordingIdentity>
        switch amount {
        case .patients(let count):
            let patients = Set(tasks.map(\.patient)).sorted(by: NaturalOrder.precedes)
            try check(count, below: patients.count, "patients", fold)
            var generator = SeededGenerator(seed: seed, stream: "validation.patients.\(fold)")
            let drawn = Set(generator.shuffled(patients).prefix(count))
            chosen = Set(tasks.filter { drawn.contains($0.patient) })
        case .tasks(let count):
            try check(count, below: tasks.count, "tasks", fold)
            chosen = draw(count, of: tasks, seed: seed, fold: fold)
        case .fraction(let fraction):
            let count = max(1, Int((Double(tasks.count) * fraction).rounded()))
            try check(count, below: tasks.count, "tasks", fold)
            chosen = draw(count, of: tasks, seed: seed, fold: fold)
        }
        return (
            tasks.filter { !chosen.contains($0) }.map(\.id),
            tasks.filter { chosen.contains($0) }.map(\.id)
        )
    }

    private func check(
        _ count: Int, below available: Int, _ what: String, _ fold: String
    ) throws(TaskError) {
        guard count < available || count == 0 else {
            throw TaskError(
                .tooFew(
                    what: "training \(what) to take \(count) for validation from",
                    expected: count + 1, found: available), subject: fold,
                hint: "ask for less in \"validation\": test tasks are never used for it")
        }
    }

    /// Draws from each stratum in proportion to its size; what does not divide goes to the
    /// largest remainders, the earlier of equal ones first.
    private func draw(
        _ count: Int, of tasks: [RecordingIdentity], seed: UInt64, fold: String
    ) -> Set<RecordingIdentity> {
        guard count > 0 else { return [] }
        let strata = Dictionary(grouping: tasks, by: key).sorted {
            NaturalOrder.precedes($0.key, $1.key)
        }
        var shares = strata.map { $0.value.count * count / tasks.count }
        let byRemainder = strata.indices.sorted { one, other in
            let left = strata[one].value.count * count % tasks.count
            let right = strata[other].value.count * count % tasks.count
            return left != right ? left > right : one < other
        }
        for index in byRemainder.prefix(count - shares.reduce(0, +)) { shares[index] += 1 }
        var chosen: Set<RecordingIdentity> = []
        for (stratum, share) in zip(strata, shares) {
            var generator = SeededGenerator(
                seed: seed, stream: "validation.\(fold).\(stratum.key)")
            chosen.formUnion(generator.shuffled(stratum.value.sorted()).prefix(share))
        }
        return chosen
    }

    private func key(_ identity: RecordingIdentity) -> String {
        switch stratum {
        case .patient: identity.patient
        case .session: "\(identity.patient)/\(identity.session)"
        case .condition: identity.condition
        case .none: ""
        }
    }
}
