/// What becomes of decisions: they are stamped, counted and given to the sinks.
struct StreamOutput {
    /// A neutral output is repeated so often as long as nothing changes, in nanoseconds: one may
    /// have been lost on its way.
    private static let repetition: UInt64 = 1_000_000_000

    var counters = StreamCounters()
    private(set) var latency: LatencyHistogram
    private let sinks: [any DecisionSink]
    private let zeros: [Double]
    /// A decision that takes longer is later than the next one is due.
    private let period: UInt64
    private var isNeutral = false
    private var neutralDue: UInt64 = 0

    /// - Parameters:
    ///   - sinks: Where decisions go.
    ///   - classCount: Classes.
    ///   - period: From one decision to the next, in nanoseconds.
    init(_ sinks: [any DecisionSink], classCount: Int, period: UInt64) {
        self.sinks = sinks
        self.period = period
        latency = LatencyHistogram(deadline: period)
        zeros = Array(repeating: 0, count: classCount)
    }

    /// Outputs that each sink did not get rid of.
    var dropped: [(name: String, count: Int)] { sinks.map { ($0.name, $0.droppedCount) } }

    /// Puts out a decision.
    mutating func put(_ decision: Decision, _ probabilities: Span<Double>, arrival: UInt64) {
        let now = MonotonicClock.now
        let record = DecisionRecord(decision: decision, cause: nil, arrival: arrival, decided: now)
        for sink in sinks { sink.put(record, probabilities) }
        let duration = now - min(arrival, now)
        latency.record(nanoseconds: duration)
        counters.decisions += 1
        if duration > period { counters.missedDeadlines += 1 }
        if decision.output.state == .fault { counters.faultDecisions += 1 }
        isNeutral = false
    }

    /// Puts out that there is no decision, unless that was said just now.
    mutating func putNeutral(
        _ cause: DecisionRecord.Cause, arrival: UInt64
    ) throws(DecodingError) {
        let now = MonotonicClock.now
        guard !isNeutral || now >= neutralDue else { return }
        put(neutral: cause, arrival: arrival, now)
        try flush()
    }

    /// Lets the sinks get rid of what was put.
    func flush() throws(DecodingError) {
        for sink in sinks { try sink.flush() }
    }

    /// Puts out that there will be no more decisions, and lets go of the sinks: each is told, also
    /// when another one fails.
    ///
    /// - Returns: The first fault of a sink.
    mutating func finish(
        _ cause: DecisionRecord.Cause, arrival: UInt64
    ) -> DecodingError? {
        put(neutral: cause, arrival: arrival, MonotonicClock.now)
        var first: DecodingError?
        for sink in sinks {
            do throws(DecodingError) {
                try sink.flush()
            } catch {
                first = first ?? error
            }
            sink.close()
        }
        return first
    }

    private mutating func put(
        neutral cause: DecisionRecord.Cause, arrival: UInt64, _ now: UInt64
    ) {
        let record = DecisionRecord(decision: nil, cause: cause, arrival: arrival, decided: now)
        for sink in sinks { sink.put(record, zeros.span) }
        counters.neutralOutputs += 1
        isNeutral = true
        neutralDue = now + Self.repetition
    }
}
