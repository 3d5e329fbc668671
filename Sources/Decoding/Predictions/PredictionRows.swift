internal import EMGArchive

/// Rows of predictions, block by block: those of windows as they are decided, or a row for each
/// sample with what was decided last.
struct PredictionRows: ~Copyable {
    /// The decision of each row; for rows of samples its sample is the row's.
    private(set) var decisions: [Decision] = []
    /// `[rows × classes]`.
    private(set) var probabilities: [Double] = []

    private var source: RecordingDecisions
    private let classCount: Int
    private let kind: PredictionHead.Rows
    /// For rows of samples, the next one to be written, and what was decided last.
    private var nextSample = 0
    private var last = Decision(
        index: 0, sample: 0, likeliestClass: nil,
        output: ControlOutput(label: nil, velocity: 0, state: .fault))
    private var lastProbabilities: [Double]

    init(_ head: PredictionHead, _ source: consuming RecordingDecisions) {
        self.source = source
        classCount = head.classes.count
        kind = head.rows
        lastProbabilities = Array(repeating: 0, count: classCount)
    }

    /// How many rows the block has.
    var count: Int { decisions.count }

    /// Makes the rows of the next block.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: ``PredictionFault`` for a recording that cannot be read.
    mutating func next() throws(PredictionFault) -> Bool {
        decisions.removeAll(keepingCapacity: true)
        probabilities.removeAll(keepingCapacity: true)
        do throws(ArchiveError) {
            guard try source.next() else { return false }
        } catch {
            throw .archive(error)
        }
        let block = source.block
        guard kind == .sample else {
            decisions = block.decisions
            probabilities = block.probabilities
            return true
        }
        for (place, decision) in block.decisions.enumerated() {
            holdLast(to: decision.sample)
            last = decision
            lastProbabilities = Array(
                block.probabilities[place * classCount..<(place + 1) * classCount])
        }
        holdLast(to: source.sampleCount)
        return true
    }

    /// Appends rows of what was decided last.
    private mutating func holdLast(to end: Int) {
        while nextSample < end {
            last.sample = nextSample
            decisions.append(last)
            probabilities += lastProbabilities
            nextSample += 1
        }
    }
}
