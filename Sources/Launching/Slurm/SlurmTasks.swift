/// What of a job a line of `squeue` or `sacct` is about: `123`, `123_4` or `123_[5-8,11%4]`.
package struct SlurmTasks: Sendable, Hashable {
    /// The number of the job or array.
    package let job: String
    /// The numbers of the array's tasks; `nil` for a job that is no array.
    package let indices: [Int]?

    /// Larger ranges are no array of Slurm's.
    private static let mostIndices = 4_000_001

    /// Reads an id; `nil` when it is none, or that of a step, as `123.batch`.
    ///
    /// - Parameter text: The id.
    package init?(_ text: some StringProtocol) {
        guard !text.contains(".") else { return nil }
        let halves = text.split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = halves.first, !first.isEmpty,
            first.allSatisfy({ $0.isASCII && $0.isNumber })
        else { return nil }
        job = String(first)
        guard halves.count == 2 else {
            indices = nil
            return
        }
        guard let list = Self.indices(of: halves[1]) else { return nil }
        indices = list
    }

    private static func indices(of text: some StringProtocol) -> [Int]? {
        guard text.hasPrefix("[") else { return Int(text).map { [$0] } }
        var list: [Int] = []
        for piece in text.dropFirst().prefix(while: { $0 != "%" && $0 != "]" }).split(
            separator: ",")
        {
            let step = piece.split(separator: ":")
            let ends = step[0].split(separator: "-")
            guard let begin = Int(ends[0]), let end = Int(ends.last ?? ""), begin <= end,
                end - begin < mostIndices, ends.count <= 2,
                let stride = step.count == 2 ? Int(step[1]) : 1, stride > 0
            else { return nil }
            list += Array(Swift.stride(from: begin, through: end, by: stride))
        }
        return list.isEmpty ? nil : list
    }

    /// Numbers as `sbatch --array` takes them: `1-4,7`.
    ///
    /// - Parameter numbers: The numbers, at least one.
    /// - Returns: The list.
    package static func list(_ numbers: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for number in Set(numbers).sorted() {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges.map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
        }
        .joined(separator: ",")
    }
}
