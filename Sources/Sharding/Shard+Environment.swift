private import PrintableText

extension Shard {
    /// The part that a cluster gave to this process, and by which variable it said so.
    package struct Assignment: Sendable, Hashable {
        /// The part.
        package let shard: Shard
        /// The variable that tells the processes apart, for example `SLURM_ARRAY_TASK_ID`.
        package let variable: String
    }

    /// How many parts there are, where the cluster itself does not say so.
    package static let countVariable = "MYOTASK_SHARD_COUNT"

    /// The part of this process in an array of Slurm or an indexed job of Kubernetes.
    ///
    /// Slurm's arrays may begin anywhere and have any step. Kubernetes counts from 0
    /// (`JOB_COMPLETION_INDEX`) and does not say how many there are: the job's own manifest does,
    /// by `JOB_COMPLETIONS` or ``countVariable``. A variable that is empty counts as not set.
    ///
    /// - Parameter variables: The environment.
    /// - Returns: The part; `nil` outside of an array.
    /// - Throws: ``ShardError`` that names the variables when they say half of it, or nonsense.
    package static func ofEnvironment(
        _ variables: [String: String]
    ) throws(ShardError) -> Assignment? {
        let variables = ClusterVariables(variables)
        let slurm = try variables.slurm()
        let kubernetes = try variables.kubernetes()
        if let slurm, let kubernetes, slurm.shard != kubernetes.shard {
            throw variables.fault(
                "\(slurm.variable) says \(slurm.shard), \(kubernetes.variable) says "
                    + "\(kubernetes.shard)",
                [slurm.variable, kubernetes.variable])
        }
        return slurm ?? kubernetes
    }
}

/// What clusters tell the processes of a job.
private struct ClusterVariables {
    private static let slurmIndex = "SLURM_ARRAY_TASK_ID"
    private static let slurmFirst = "SLURM_ARRAY_TASK_MIN"
    private static let slurmLast = "SLURM_ARRAY_TASK_MAX"
    private static let slurmStep = "SLURM_ARRAY_TASK_STEP"
    private static let slurmCount = "SLURM_ARRAY_TASK_COUNT"
    private static let completionIndex = "JOB_COMPLETION_INDEX"
    private static let completions = "JOB_COMPLETIONS"

    private let values: [String: String]

    init(_ values: [String: String]) {
        self.values = values.filter { !$0.value.isEmpty }
    }

    /// The part of a Slurm array; `nil` outside of one.
    func slurm() throws(ShardError) -> Shard.Assignment? {
        let names = [Self.slurmFirst, Self.slurmLast, Self.slurmStep, Self.slurmCount]
        guard let index = try number(Self.slurmIndex) else {
            guard let half = names.first(where: { values[$0] != nil }) else { return nil }
            throw fault("\(half) is set, \(Self.slurmIndex) is not", [half, Self.slurmIndex])
        }
        let step = try number(Self.slurmStep) ?? 1
        guard let first = try number(Self.slurmFirst) else {
            throw fault(
                "\(Self.slurmIndex) is set, \(Self.slurmFirst) is not",
                [Self.slurmIndex, Self.slurmFirst])
        }
        let last = try number(Self.slurmLast)
        guard step >= 1, first <= index, index <= last ?? index, last ?? first >= first else {
            throw irregular(index, first, last, step)
        }
        let spanned = last.map { ($0 - first) / step + 1 }
        guard let count = try number(Self.slurmCount) ?? spanned else {
            throw fault(
                "\(Self.slurmIndex) is set, neither \(Self.slurmCount) nor \(Self.slurmLast) is",
                [Self.slurmIndex, Self.slurmCount, Self.slurmLast])
        }
        guard spanned ?? count == count, (index - first).isMultiple(of: step),
            let shard = Shard((index - first) / step + 1, of: count)
        else { throw irregular(index, first, last, step) }
        try checkOwnCount(count, Self.slurmCount)
        return Shard.Assignment(shard: shard, variable: Self.slurmIndex)
    }

    /// The part of an indexed job; `nil` outside of one.
    func kubernetes() throws(ShardError) -> Shard.Assignment? {
        guard let index = try number(Self.completionIndex) else {
            // Where Slurm says which part it is, the count is compared with its own.
            let isSlurm = values[Self.slurmIndex] != nil
            if values[Shard.countVariable] != nil, !isSlurm {
                throw fault(
                    "\(Shard.countVariable) is set, nothing says which part this process does",
                    [Shard.countVariable, Self.completionIndex, Self.slurmIndex])
            }
            return nil
        }
        let (stated, own) = (try number(Self.completions), try number(Shard.countVariable))
        if let stated { try checkOwnCount(stated, Self.completions) }
        guard let count = stated ?? own else {
            throw fault(
                "\(Self.completionIndex) is set, neither \(Self.completions) nor "
                    + "\(Shard.countVariable) says how many there are",
                [Self.completionIndex, Self.completions, Shard.countVariable])
        }
        guard let shard = Shard(index + 1, of: count) else {
            throw fault(
                "\(Self.completionIndex) is \(index), of \(count) it is 0 to \(count - 1)",
                [Self.completionIndex, Self.completions, Shard.countVariable])
        }
        return Shard.Assignment(shard: shard, variable: Self.completionIndex)
    }

    /// Makes sure that the count which the user set is the cluster's.
    private func checkOwnCount(_ count: Int, _ name: String) throws(ShardError) {
        guard let own = try number(Shard.countVariable), own != count else { return }
        throw fault(
            "\(Shard.countVariable) is \(own), the cluster has \(count) (\(name))",
            [Shard.countVariable, name])
    }

    private func irregular(_ index: Int, _ first: Int, _ last: Int?, _ step: Int) -> ShardError {
        let names = [
            Self.slurmIndex, Self.slurmFirst, Self.slurmLast, Self.slurmStep, Self.slurmCount,
        ].filter { values[$0] != nil }
        let told = names.map { "\($0)=\(values[$0, default: ""])" }.joined(separator: " ")
        return fault("the array's indices are no range with a step: \(told)", names)
    }

    private func number(_ name: String) throws(ShardError) -> Int? {
        guard let text = values[name] else { return nil }
        guard let number = Int(text), (0...Int(UInt32.max)).contains(number) else {
            throw ShardError(
                expected: "a whole number", found: "\"\(text.printable(limit: 100))\"", at: name,
                hint: Self.hint)
        }
        return number
    }

    private static let hint = "say which part it is (--shard i/n), or --shard none for everything"

    func fault(_ text: String, _ names: [String]) -> ShardError {
        ShardError(text, at: names.joined(separator: ", "), hint: Self.hint)
    }
}
