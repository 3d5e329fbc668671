internal import Decoding
internal import Documents

/// What was decided lately, and how often.
struct DecisionTrace: Sendable {
    /// For so many seconds the rate is kept.
    private static let secondsKept = 120

    private let classes: [String]
    private let nominalRate: Double
    private var probabilities: [Double]
    private var last: DecisionRecord?
    /// The cause of the last output without a decision; `nil` behind a decision.
    private(set) var cause: DecisionRecord.Cause?
    private var total = 0
    private var begin: UInt64?
    /// Decisions of each whole second since the beginning, the newest last.
    private var counts: [Int] = []
    private var countedSeconds = 0
    private var openCount = 0

    /// Creates a trace without a decision.
    ///
    /// - Parameters:
    ///   - classes: The names of the classes.
    ///   - nominalRate: Decisions a second as the bundle makes them.
    init(classes: [String], nominalRate: Double) {
        self.classes = classes
        self.nominalRate = nominalRate
        probabilities = Array(repeating: 0, count: classes.count)
    }

    /// Takes what was put out.
    mutating func take(_ record: DecisionRecord, _ probabilities: Span<Double>) {
        cause = record.cause
        guard record.decision != nil else { return }
        last = record
        for label in probabilities.indices { self.probabilities[label] = probabilities[label] }
        total += 1
        let begin = begin ?? record.decided
        self.begin = begin
        settle(upTo: Int((record.decided - begin) / 1_000_000_000))
        openCount += 1
    }

    private mutating func settle(upTo second: Int) {
        while countedSeconds < second {
            counts.append(openCount)
            openCount = 0
            countedSeconds += 1
            if counts.count > Self.secondsKept { counts.removeFirst() }
        }
    }

    /// For the page.
    var document: DocumentValue {
        let recent = counts.suffix(2)
        let label = last?.output.label
        return .object(known: [
            "classes": .strings(classes),
            "probabilities": .array(probabilities.map { .number($0) }),
            "class": label.map { .string(classes[$0]) },
            "velocity": .number(cause == nil ? last?.output.velocity ?? 0 : 0),
            "state": .string(
                cause?.name ?? last?.output.state.rawValue ?? DecisionRecord.Cause.waiting.name),
            "count": .integer(total),
            "index": last?.decision.map { .integer($0.index) },
            "nominal_rate": .number(nominalRate),
            "rate": recent.isEmpty
                ? nil : .number(Double(recent.reduce(0, +)) / Double(recent.count)),
            "lowest_rate": counts.dropFirst().min().map { .integer($0) },
        ])
    }
}
