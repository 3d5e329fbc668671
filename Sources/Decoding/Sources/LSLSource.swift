private import EMGSignal

/// A stream of the Lab Streaming Layer.
///
/// The stamps of its samples, corrected by what liblsl finds of the sender's clock, say how long
/// samples were on their way, and where some are missing: a sender that is stopped and goes on
/// leaves a hole in time that no packet tells of.
@safe final class LSLSource: SampleSource {
    let name: String
    private(set) var stream: StreamDescription?
    private(set) var problem: String?

    /// A hole in time is at least so long and so many samples: stamps are uneven.
    private static let shortestGap = (seconds: 0.1, samples: 5.0)
    /// Data of at most so many seconds waits in liblsl.
    private static let bufferSeconds: Int32 = 10
    private static let lost: Int32 = -2
    private static let textFormat: Int32 = 3
    /// The clocks are compared anew so often, in nanoseconds.
    private static let correctionInterval: UInt64 = 5_000_000_000

    private let library: LSLLibrary
    private let streamName: String
    private var resolver: LSLLibrary.Handle?
    private var inlet: LSLLibrary.Handle?
    private var sample: [Float] = []
    private var correction = 0.0
    private var hasCorrection = false
    private var correctionDue: UInt64 = 0
    private var lastStamp: Double?
    /// The stamp of a sample that was pulled and stands behind a gap.
    private var pending: Double?

    /// - Parameters:
    ///   - name: The stream's name.
    ///   - library: liblsl.
    init(_ name: String, _ library: LSLLibrary) {
        self.name = "lsl:\(name)"
        streamName = name
        self.library = library
    }

    deinit { close() }

    func read(
        into block: inout SampleBlock, until deadline: UInt64
    ) throws(DecodingError) -> SourceEvent {
        guard let inlet = unsafe inlet else {
            return try connect(until: deadline) ? .described : .nothing
        }
        let now = MonotonicClock.now
        let patience = deadline > now ? Double(deadline - now) / 1e9 : 0
        let pulled: Double? = if let pending { pending } else { unsafe pull(inlet, patience) }
        guard let stamp = pulled else { return lose() }
        guard stamp > 0 else { return .nothing }
        if let missing = missing(before: stamp) {
            // Nothing is pulled before this one is delivered.
            pending = stamp
            lastStamp = nil
            return .fault(.gap(missing: missing))
        }
        pending = nil
        block.begin(channelCount: sample.count)
        block.append(sample.span)
        lastStamp = stamp
        // What else is there already.
        while block.room > 0, let next = unsafe pull(inlet, 0), next > 0 {
            if missing(before: next) != nil {
                pending = next
                break
            }
            block.append(sample.span)
            lastStamp = next
        }
        block.packetCount = 1
        block.arrival = MonotonicClock.now
        unsafe setTransit(of: &block, inlet)
        return .samples
    }

    func close() {
        if let inlet = unsafe inlet { unsafe library.destroyInlet(inlet) }
        if let resolver = unsafe resolver { unsafe library.destroyResolver(resolver) }
        unsafe inlet = nil
        unsafe resolver = nil
    }

    /// Looks for the stream and opens it.
    ///
    /// - Returns: Whether it is open.
    private func connect(until deadline: UInt64) throws(DecodingError) -> Bool {
        if unsafe resolver == nil {
            // A stream that has gone is forgotten after a second.
            unsafe resolver = library.createResolver("name", streamName, 1)
            problem = "no stream of that name is there"
        }
        guard let resolver = unsafe resolver else {
            throw DecodingError(.unsupported("liblsl cannot look for streams"), at: name)
        }
        var found: LSLLibrary.Handle?
        while true {
            if unsafe library.resolverResults(resolver, &found, 1) > 0 { break }
            guard MonotonicClock.now < deadline else { return false }
            MonotonicClock.sleep(until: min(deadline, MonotonicClock.now + 10_000_000))
        }
        guard let info = unsafe found else { return false }
        defer { unsafe library.destroyInfo(info) }
        let description = try unsafe describe(info)
        guard let inlet = unsafe library.createInlet(info, Self.bufferSeconds, 0, 0) else {
            problem = "the stream cannot be opened"
            return false
        }
        var fault: Int32 = 0
        guard let full = unsafe library.fullInfo(inlet, 2, &fault), fault == 0 else {
            problem = "the stream does not answer"
            unsafe library.destroyInlet(inlet)
            return false
        }
        stream = unsafe LSLChannels(full, library).named(description)
        unsafe library.destroyInfo(full)
        sample = Array(repeating: 0, count: description.channelCount)
        unsafe self.inlet = inlet
        unsafe library.destroyResolver(resolver)
        unsafe self.resolver = nil
        (problem, lastStamp, pending, correctionDue) = (nil, nil, nil, 0)
        hasCorrection = false
        unsafe correct(inlet, patience: 1)
        return true
    }

    private func describe(_ info: LSLLibrary.Handle) throws(DecodingError) -> StreamDescription {
        let count = Int(unsafe library.channelCount(info))
        guard (1...SampleBlock.mostChannels).contains(count) else {
            throw DecodingError(
                .outOfRange(
                    expected: "1 to \(SampleBlock.mostChannels) channels", found: "\(count)"),
                at: name)
        }
        guard unsafe library.channelFormat(info) != Self.textFormat else {
            throw DecodingError(
                .otherInput(property: "samples", expected: "numbers", found: "text"), at: name)
        }
        let hertz = unsafe library.nominalRate(info)
        return StreamDescription(
            channelCount: count,
            samplingRate: hertz > 0 ? try SamplingRate.of(hertz, at: name) : nil)
    }

    /// Waits for a sample.
    ///
    /// - Returns: Its stamp; 0 when none came in time, `nil` when the stream is gone.
    private func pull(_ inlet: LSLLibrary.Handle, _ patience: Double) -> Double? {
        var fault: Int32 = 0
        let count = Int32(sample.count)
        let stamp = unsafe sample.withUnsafeMutableBufferPointer { sample -> Double in
            guard let first = sample.baseAddress else { return 0 }
            return unsafe library.pullSample(inlet, first, count, patience, &fault)
        }
        return fault == Self.lost ? nil : stamp
    }

    private func missing(before stamp: Double) -> Int? {
        guard let lastStamp, let rate = stream?.samplingRate else { return nil }
        let hole = stamp - lastStamp - 1 / rate.hertz
        guard hole > Self.shortestGap.seconds, hole * rate.hertz > Self.shortestGap.samples,
            hole < 1e6
        else { return nil }
        return rate.samples(inSeconds: hole)
    }

    private func lose() -> SourceEvent {
        close()
        problem = "the stream has gone"
        return .fault(.disconnected)
    }

    private func correct(_ inlet: LSLLibrary.Handle, patience: Double) {
        var fault: Int32 = 0
        let found = unsafe library.timeCorrection(inlet, patience, &fault)
        if fault == 0 {
            correction = found
            hasCorrection = true
        }
        correctionDue = MonotonicClock.now + Self.correctionInterval
    }

    private func setTransit(of block: inout SampleBlock, _ inlet: LSLLibrary.Handle) {
        if MonotonicClock.now >= correctionDue { unsafe correct(inlet, patience: 0) }
        guard hasCorrection, let lastStamp else { return }
        let seconds = library.localClock() - (lastStamp + correction)
        block.transit = MonotonicClock.nanoseconds(seconds)
    }
}
