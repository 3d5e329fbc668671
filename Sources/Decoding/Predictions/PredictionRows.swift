internal import EMGArchive

/// Rows of predictions, block by block: those of windows as they are decided, or a row for each
/// sample with what was decided last.
struct PredictionRows: ~Copyable {
    /// The last sample of the window, or the sample.
    private(set) var samples: [Int] = []
    /// The likeliest classes; −1 where there is none.
    private(set) var likeliest: [Int] = []
    /// The classes that are put out; −1 where there is none.
    private(set) var outputs: [Int] = []
    private(set) var states: [ControlOutput.State] = []
    private(set) var velocities: [Double] = []
    /// `[rows × classes]`.
    private(set) var probabilities: [Double] = []

    private var decisions: RecordingDecisions
    private let classCount: Int
    private let kind: PredictionHead.Rows
    /// For rows of samples, the next one to be written, and what was decided last.
    private var nextSample = 0
    private var last: Decision
    private var lastProbabilities: [Double]

    init(_ head: PredictionHead, _ decisions: consuming RecordingDecisions) {
        self.decisions = decisions
        classCount = head.classes.count
        kind = head.rows
        last = Decision(
            index: 0, sample: 0, likeliestClass: nil,
            output: ControlOutput(label: nil, velocity: 0, state: .fault))
        lastProbabilities = Array(repeating: 0, count: classCount)
    }

    /// How many rows the block has.
    var count: Int { samples.count }

    /// Makes the rows of the next block.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: ``PredictionFault`` for a recording that cannot be read.
    mutating func next() throws(PredictionFault) -> Bool {
        samples.removeAll(keepingCapacity: true)
        likeliest.removeAll(keepingCapacity: true)
        outputs.removeAll(keepingCapacity: true)
        states.removeAll(keepingCapacity: true)
        velocities.removeAll(keepingCapacity: true)
        probabilities.removeAll(keepingCapacity: true)
        do throws(ArchiveError) {
            guard try decisions.next() else { return false }
        } catch {
            throw .archive(error)
        }
        let block = decisions.block
        for (place, decision) in block.decisions.enumerated() {
            let numbers = block.probabilities[place * classCount..<(place + 1) * classCount]
            if kind == .sample {
                holdLast(to: decision.sample)
                last = decision
                lastProbabilities = Array(numbers)
            } else {
                append(decision.sample, decision, numbers)
            }
        }
        if kind == .sample { holdLast(to: decisions.sampleCount) }
        return true
    }

    /// Appends rows of what was decided last.
    private mutating func holdLast(to end: Int) {
        while nextSample < end {
            append(nextSample, last, lastProbabilities[...])
            nextSample += 1
        }
    }

    private mutating func append(
        _ sample: Int, _ decision: Decision, _ numbers: ArraySlice<Double>
    ) {
        samples.append(sample)
        likeliest.append(decision.likeliestClass ?? -1)
        outputs.append(decision.output.label ?? -1)
        states.append(decision.output.state)
        velocities.append(decision.output.velocity)
        probabilities += numbers
    }
}
