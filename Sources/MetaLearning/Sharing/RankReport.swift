internal import Distribution
package import Documents

/// What a rank's time went into during a meta-epoch.
public struct RankReport: Sendable, Hashable {
    /// The rank, from 0.
    public let rank: Int
    /// The machine it ran on.
    public let host: String
    /// Tasks that it worked on, those for validation counted.
    public let tasks: Int
    /// Seconds of work on its own tasks.
    public let computeSeconds: Double
    /// Seconds of waiting for ranks that were still at work.
    public let idleSeconds: Double
    /// Seconds of moving gradients and scores between ranks.
    public let exchangeSeconds: Double
    /// Bytes sent to other ranks.
    public let bytesSent: Int

    /// Takes a rank's times.
    init(rank: Int, host: String, _ times: RankTimes) {
        self.rank = rank
        self.host = host
        tasks = times.tasks
        computeSeconds = times.compute
        idleSeconds = times.idle
        exchangeSeconds = times.exchange
        bytesSent = times.bytesSent
    }

    /// The report as it stands in `metrics.jsonl`.
    package var document: DocumentValue {
        .object([
            "rank": .integer(rank), "host": .string(host), "tasks": .integer(tasks),
            "compute_seconds": .number(computeSeconds), "idle_seconds": .number(idleSeconds),
            "exchange_seconds": .number(exchangeSeconds), "bytes_sent": .integer(bytesSent),
        ])
    }

    /// Reads what ``document`` is.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object()
        rank = try object.required("rank").integer(in: 0...Int.max)
        host = try object.required("host").string()
        tasks = try object.required("tasks").integer(in: 0...Int.max)
        computeSeconds = try object.required("compute_seconds").number()
        idleSeconds = try object.required("idle_seconds").number()
        exchangeSeconds = try object.required("exchange_seconds").number()
        bytesSent = try object.required("bytes_sent").integer(in: 0...Int.max)
    }
}

extension RankGroup {
    /// What the ranks did since they were asked last; empty for a process by itself.
    ///
    /// - Parameter parameters: What all ranks must have bit by bit alike.
    /// - Returns: A report of each rank.
    /// - Throws: `DistributionError` when a rank has failed, or the parameters differ.
    func reports(agreeingOn parameters: [Float]) throws(DistributionError) -> [RankReport] {
        guard !isAlone else { return [] }
        var message = MessageWriter()
        takeTimes().write(to: &message)
        message.put(Self.mark(of: parameters))
        var reports: [RankReport] = []
        var marks: [Int] = []
        for (rank, bytes) in try gather(message.bytes).enumerated() {
            var reader = MessageReader(bytes)
            reports.append(RankReport(rank: rank, host: hosts[rank], try RankTimes(&reader)))
            marks.append(try reader.integer())
        }
        guard let odd = marks.firstIndex(where: { $0 != marks[0] }) else { return reports }
        throw DistributionError(
            .outOfStep(
                expected: "the same parameters on all ranks",
                found: "others on rank \(odd) than on rank 0"),
            hint: "run the same build on processors that compute the same numbers")
    }

    /// A number that is another for other parameters (FNV-1a over their bits).
    private static func mark(of parameters: [Float]) -> Int {
        var mark: UInt64 = 0xcbf2_9ce4_8422_2325
        for value in parameters {
            mark = (mark ^ UInt64(value.bitPattern)) &* 0x100_0000_01b3
        }
        return Int(truncatingIfNeeded: mark)
    }
}
