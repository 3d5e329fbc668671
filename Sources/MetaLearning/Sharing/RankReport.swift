internal import Distribution
package import Documents

/// What a rank's time went into during a meta-epoch.
package struct RankReport: Sendable, Hashable {
    /// The rank, from 0.
    package let rank: Int
    /// The machine it ran on.
    package let host: String
    /// Tasks that it worked on, those for validation counted.
    package let tasks: Int
    /// Seconds of work on its own tasks.
    package let computeSeconds: Double
    /// Seconds of waiting for ranks that were still at work.
    package let idleSeconds: Double
    /// Seconds of moving gradients and scores between ranks.
    package let exchangeSeconds: Double
    /// Bytes sent to other ranks.
    package let bytesSent: Int

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
