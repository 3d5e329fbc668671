private import EMGArchive
private import EMGFilters
private import MetaLearning

/// A running decoder: fed with samples as they come, it gives decisions.
///
/// However a stream is cut into pieces, the decisions are the same to the last bit. After the first
/// window nothing asks for memory, unless the decoder learns from a window that it has decided about.
public struct Decoder: ~Copyable {
    /// Channels of the samples.
    public let channelCount: Int
    /// Samples of a window.
    public let windowLength: Int
    /// Samples from one decision to the next.
    public let stride: Int

    private var conditioner: SampleConditioner
    private let scaling: ChannelScaling?
    /// What sees whole windows; `nil` when ``streamed`` is there.
    private var scorer: (any WindowScorer)?
    /// What sees windows while they arrive.
    private var streamed: (any StreamedScorer)?
    /// Whether the last decision was about a window that nothing was learned from yet.
    private var isLearningDue = false
    /// The newest samples, a window's worth and room for as many again before they are moved.
    private var history: [Float]
    private var historyCount = 0
    /// Good samples since the last fault.
    private var goodCount = 0
    private var sampleCount = 0
    private var decisionCount = 0
    private var probabilities: [Double]
    private var control: ControlLayer
    /// The mean absolute value over channels of each sample in `history` before it is normalized;
    /// empty when the control layer does not need it.
    private var levels: [Double]
    private let bundle: DecoderBundle
    /// What takes its place as soon as it has seen a whole window; `nil` when nothing is to.
    private var successor: Successor?

    /// Creates a decoder at rest.
    ///
    /// - Parameter bundle: What it decodes by.
    /// - Throws: ``DecodingError`` for a conditioning that cannot run on samples as they come, and for
    ///   a control layer that names a class which there is none of.
    public init(_ bundle: DecoderBundle) throws(DecodingError) {
        try self.init(
            bundle, streamed: bundle.model.makeStreamedScorer(stride: bundle.input.window.stride))
    }

    /// Creates a decoder at rest.
    ///
    /// - Parameters:
    ///   - bundle: What it decodes by.
    ///   - streamed: What the bundle's model scores windows with while they arrive, at rest; `nil`
    ///     when it has to see whole ones.
    /// - Throws: As above.
    init(_ bundle: DecoderBundle, streamed: (any StreamedScorer)?) throws(DecodingError) {
        let conditioning: ConditioningStream?
        do throws(FilterError) {
            conditioning = try bundle.makeConditioning()
        } catch {
            throw DecodingError(
                .notCausal(stage: error.description), at: "conditioning",
                hint: "filter with phase: causal")
        }
        let window = bundle.input.window
        let control = try bundle.makeControl()
        channelCount = bundle.channelCount
        windowLength = window.length
        stride = window.stride
        conditioner = SampleConditioner(conditioning, channelCount: bundle.channelCount)
        scaling = bundle.model.sight == .normalized ? bundle.normalization.scaling : nil
        self.streamed = streamed
        scorer = streamed == nil ? bundle.model.makeScorer() : nil
        history = Array(repeating: 0, count: 2 * windowLength * channelCount)
        probabilities = Array(repeating: 0, count: bundle.model.classCount)
        self.control = control
        self.bundle = bundle
        levels = Array(repeating: 0, count: control.needsAmplitude ? 2 * windowLength : 0)
    }

    /// Begins anew behind a break in the stream: what follows does not continue what was before.
    ///
    /// Until there is a whole window of samples again, decisions are faults. Samples are counted on.
    public mutating func interrupt() {
        goodCount = 0
        conditioner.reset()
        streamed?.interrupt()
        successor?.decoder.interrupt()
    }

    /// Goes on by another bundle, without a break: decisions are this one's until the other has seen a
    /// whole window, and from the next one on what the other would have decided had it been fed from
    /// the beginning.
    ///
    /// What the control layer remembers is kept when both bundles have the same one. Of several
    /// bundles the last counts.
    ///
    /// - Parameter bundle: The bundle, of the same channels, rate, windows, classes and conditioning.
    /// - Throws: ``DecodingError`` for a bundle of another kind of samples.
    public mutating func replace(by bundle: DecoderBundle) throws(DecodingError) {
        guard bundle.decodesSameSamples(as: self.bundle) else {
            throw DecodingError(
                .unsupported(
                    "a running decoder goes on by a bundle of the same channels, rate, windows, "
                        + "classes and conditioning"), at: "replace",
                hint: "stop the decoder, and begin with the other bundle")
        }
        let successor = Successor(try Decoder(bundle))
        successor.decoder.conditioner = conditioner
        successor.decoder.sampleCount = sampleCount
        successor.decoder.decisionCount = decisionCount
        self.successor = successor
    }

    /// Whether a bundle was given that did not take over yet.
    package var isBeingReplaced: Bool { successor != nil }

    /// Whether it can learn from windows whose class a program tells it.
    public var learns: Bool { scorer?.learns ?? false }

    /// Learns that the window of the last decision is of a class.
    ///
    /// Later decisions follow from it. Without it a decoder that goes on learning by itself learns from
    /// the window by how probable its classes are; in either case before the next window is decided
    /// about, and once.
    ///
    /// - Parameter label: The number of the class.
    /// - Throws: ``DecodingError`` for a decoder that cannot learn, a class that there is none of, and
    ///   when there is no window: none was decided about, the last decision was a fault, or its
    ///   window was learned from already.
    public mutating func learn(_ label: Int) throws(DecodingError) {
        guard learns else {
            throw DecodingError(
                .unsupported("a decoder of this kind does not learn while it decides"),
                at: "learn", hint: "adapt its bundle to a recording")
        }
        guard probabilities.indices.contains(label) else {
            throw DecodingError(
                .outOfRange(
                    expected: "a class from 0 to \(probabilities.count - 1)", found: "\(label)"),
                at: "learn")
        }
        guard isLearningDue else {
            throw DecodingError(
                .unsupported("there is no window of a last decision to learn from"), at: "learn",
                hint: "tell the class of a window once, after its decision")
        }
        isLearningDue = false
        scorer?.learn(label)
    }

    /// Learns from the window of the last decision if that is still to be done, now instead of before
    /// the next one is decided about: for programs that have time between decisions. Decisions do not
    /// depend on it.
    public mutating func finishLearning() {
        guard isLearningDue else { return }
        isLearningDue = false
        scorer?.learn(nil)
    }

    /// Feeds samples.
    ///
    /// - Parameters:
    ///   - samples: Row-major `[samples × channels]`, in the channels' units; any number of whole
    ///     samples. A sample that is not finite is a fault: what follows is decoded from rest.
    ///   - body: Called with each decision and the probabilities of the classes, which are all 0
    ///     when there was no whole window of good samples.
    public mutating func feed(
        _ samples: Span<Float>, _ body: (Decision, Span<Double>) -> Void
    ) {
        feed(samples, labels: { _ in nil }, body)
    }

    /// Feeds samples, and learns from windows whose class is known.
    ///
    /// - Parameters:
    ///   - samples: As above.
    ///   - labels: Called behind `body` with each decision that can be learned from: the class of its
    ///     window, `nil` when nobody knows it.
    ///   - body: As above.
    package mutating func feed(
        _ samples: Span<Float>, labels: (Decision) -> Int?,
        _ body: (Decision, Span<Double>) -> Void
    ) {
        precondition(
            samples.count.isMultiple(of: channelCount),
            "\(samples.count) values are not whole samples of \(channelCount) channels")
        var place = 0
        while place < samples.count {
            let sample = samples.extracting(place..<place + channelCount)
            take(sample)
            successor?.decoder.take(sample)
            place += channelCount
            sampleCount += 1
            successor?.decoder.sampleCount = sampleCount
            if sampleCount >= windowLength, (sampleCount - windowLength).isMultiple(of: stride) {
                replaceIfDue()
                decide(labels, body)
            }
        }
    }

    /// Lets the successor take over when it has seen a whole window.
    private mutating func replaceIfDue() {
        guard let successor, successor.decoder.goodCount >= windowLength else { return }
        if successor.decoder.bundle.control == bundle.control {
            successor.decoder.control = control
        }
        successor.decoder.decisionCount = decisionCount
        self.successor = nil
        swap(&self, &successor.decoder)
    }

    private mutating func take(_ sample: Span<Float>) {
        guard conditioner.take(sample) else { return interrupt() }
        makeRoom()
        if !levels.isEmpty { levels[historyCount] = conditioner.level }
        let first = historyCount * channelCount
        for channel in 0..<channelCount {
            var value = Float(conditioner.row[channel])
            if let scaling {
                value = Float((Double(value) - scaling.offset[channel]) / scaling.scale[channel])
            }
            history[first + channel] = value
        }
        if streamed != nil {
            let samples = history
            streamed?.take(
                samples.span.extracting(first..<first + channelCount),
                beginsWindow: sampleCount.isMultiple(of: stride))
        }
        historyCount += 1
        goodCount += 1
    }

    /// Moves the newest window's worth to the beginning when there is no room.
    private mutating func makeRoom() {
        guard historyCount == 2 * windowLength else { return }
        let half = windowLength * channelCount
        for index in 0..<half { history[index] = history[half + index] }
        if !levels.isEmpty {
            for index in 0..<windowLength { levels[index] = levels[windowLength + index] }
        }
        historyCount = windowLength
    }

    private mutating func score() {
        var taken: [Double] = []
        swap(&taken, &probabilities)
        var span = taken.mutableSpan
        if streamed != nil {
            streamed?.score(into: &span)
        } else {
            let first = (historyCount - windowLength) * channelCount
            let (window, end) = (history, historyCount * channelCount)
            scorer?.score(window.span.extracting(first..<end), into: &span)
        }
        swap(&taken, &probabilities)
    }

    /// The mean of the window's levels, added up from its first sample to its last.
    private var amplitude: Double {
        guard !levels.isEmpty else { return 0 }
        var sum = 0.0
        for index in historyCount - windowLength..<historyCount { sum += levels[index] }
        return sum / Double(windowLength)
    }

    private mutating func decide(
        _ labels: (Decision) -> Int?, _ body: (Decision, Span<Double>) -> Void
    ) {
        finishLearning()
        var likeliest: Int?
        if goodCount >= windowLength {
            score()
            likeliest = probabilities.span.likeliest
            isLearningDue = likeliest != nil && learns
        }
        let output: ControlOutput
        if likeliest == nil {
            for label in probabilities.indices { probabilities[label] = 0 }
            output = control.fault()
        } else {
            let (probabilities, amplitude) = (probabilities, amplitude)
            output = control.decide(probabilities.span, amplitude: amplitude)
        }
        let decision = Decision(
            index: decisionCount, sample: sampleCount - 1, likeliestClass: likeliest,
            output: output)
        body(decision, probabilities.span)
        decisionCount += 1
        guard isLearningDue, let label = labels(decision), probabilities.indices.contains(label)
        else { return }
        isLearningDue = false
        scorer?.learn(label)
    }
}

/// A decoder that waits for a whole window.
private final class Successor {
    var decoder: Decoder

    init(_ decoder: consuming Decoder) { self.decoder = decoder }
}
