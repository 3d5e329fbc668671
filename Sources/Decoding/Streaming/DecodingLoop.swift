private import EMGArchive
private import EMGSignal

/// Decodes a stream until it ends or somebody stops it: samples in, decisions out, on one thread and
/// without a lock.
///
/// Whatever happens to the stream, within the duration of a window after the last sample the output
/// is neutral; and the last output is a neutral one, however the decoder ends.
package struct DecodingLoop: ~Copyable {
    /// How long is waited at most before it is looked whether somebody wants to stop, in
    /// nanoseconds.
    private static let attention: UInt64 = 50_000_000
    /// Samples that are missing have their turn as samples without a value, so that decisions stay
    /// where they would have been; of so many seconds at most.
    package static let mostMissingSeconds = 10.0

    private let bundle: DecoderBundle
    private let source: any SampleSource
    private let settings: StreamSettings
    private let window: UInt64
    private var decoder: Decoder
    private var output: StreamOutput
    private var selection: ChannelSelection?
    private var selected: [Float] = []
    private let missing: [Float]
    private var block = SampleBlock()
    private var transit = LatencyHistogram()
    private var drift = ClockDrift()
    private let beginning = MonotonicClock.now
    private var firstArrival: UInt64?
    private var lastArrival: UInt64 = 0
    private var neutralDue: UInt64
    private var isQuiet = false
    private var isLost = false
    private var computing: UInt64 = 0
    private let control: DecodingControl
    /// Whether the stream comes conditioned.
    private var isConditioned = false

    /// Creates a loop.
    ///
    /// - Parameters:
    ///   - bundle: What it decodes by.
    ///   - source: Where samples come from.
    ///   - sinks: Where decisions go.
    ///   - settings: How the stream becomes the bundle's input, and how long it lasts.
    ///   - control: What is said from other threads meanwhile.
    /// - Throws: ``DecodingError`` for a bundle that cannot run on samples as they come.
    package init(
        _ bundle: DecoderBundle, from source: any SampleSource, to sinks: [any DecisionSink],
        _ settings: StreamSettings = StreamSettings(),
        control: DecodingControl = DecodingControl()
    ) throws(DecodingError) {
        self.bundle = bundle
        self.control = control
        self.source = source
        self.settings = settings
        decoder = try Decoder(bundle)
        let (rate, form) = (bundle.input.samplingRate, bundle.input.window)
        window = MonotonicClock.nanoseconds(rate.seconds(ofSamples: form.length))
        output = StreamOutput(
            sinks, classCount: bundle.model.classCount,
            period: MonotonicClock.nanoseconds(rate.seconds(ofSamples: form.stride)))
        missing = Array(repeating: .nan, count: 64 * bundle.channelCount)
        neutralDue = beginning + window
    }

    /// Decodes.
    ///
    /// - Parameter isStopped: Asked again and again whether to stop.
    /// - Returns: What happened.
    /// - Throws: ``DecodingError`` for a stream of another kind than the bundle was made for, a
    ///   source that was never there, or a sink that takes no more.
    package mutating func run(
        isStopped: () -> Bool = { false }
    ) throws(DecodingError) -> StreamSummary {
        let cause: DecisionRecord.Cause
        do throws(DecodingError) {
            cause = try decode(isStopped)
        } catch {
            // What is wrong with a sink then is no news.
            _ = output.finish(.failed, arrival: lastArrival)
            source.close()
            throw error
        }
        let fault = output.finish(cause, arrival: lastArrival)
        source.close()
        if let fault { throw fault }
        return summary()
    }

    private mutating func decode(
        _ isStopped: () -> Bool
    ) throws(DecodingError) -> DecisionRecord.Cause {
        let end = settings.seconds.map { beginning + MonotonicClock.nanoseconds($0) } ?? .max
        while !isStopped() {
            let now = MonotonicClock.now
            guard now < end else { break }
            let event = try source.read(
                into: &block, until: min(neutralDue, now + Self.attention, end))
            switch event {
            case .described: try connect()
            case .samples: try takeBlock()
            case .nothing: try waitOn()
            case .fault(let fault): try take(fault)
            case .ended: return .ended
            }
        }
        return .stopped
    }

    // MARK: What comes

    private mutating func connect() throws(DecodingError) {
        guard let stream = source.stream else { return }
        let isFirst = selection == nil
        selection = try ChannelSelection(
            stream, for: bundle, mapping: settings.mapping, chosen: settings.channels,
            at: source.name)
        guard !isFirst else { return try begin(stream) }
        if isLost { output.counters.reconnects += 1 }
        isLost = false
        decoder.interrupt()
        drift = ClockDrift()
    }

    /// Prepares for a stream that was not there before.
    private mutating func begin(_ stream: StreamDescription) throws(DecodingError) {
        selected.reserveCapacity(SampleBlock.capacity)
        guard let history = stream.history, try bundle.isConditioned(history, at: source.name)
        else { return }
        isConditioned = true
        decoder = try Decoder(bundle.withoutConditioning)
    }

    private mutating func takeBlock() throws(DecodingError) {
        guard let selection else { return }
        lastArrival = block.arrival
        if firstArrival == nil { firstArrival = block.arrival }
        output.counters.packets += block.packetCount
        output.counters.samples += block.rowCount
        if let duration = block.transit { transit.record(nanoseconds: duration) }
        let start = MonotonicClock.now
        if let next = control.takeReplacement() {
            try decoder.replace(by: isConditioned ? next.withoutConditioning : next)
        }
        if selection.isWhole {
            feed(block.values, block.valueCount)
        } else {
            select(selection)
            feed(selected, selected.count)
        }
        try output.flush()
        // Nobody waits for it now.
        decoder.finishLearning()
        let now = MonotonicClock.now
        computing += now - start
        neutralDue = now + window
        isQuiet = false
        drift.add(
            samples: output.counters.samples + output.counters.lostSamples, arrival: lastArrival,
            rate: bundle.input.samplingRate.hertz)
    }

    private mutating func select(_ selection: ChannelSelection) {
        selected.removeAll(keepingCapacity: true)
        for row in 0..<block.rowCount {
            let first = row * block.channelCount
            for source in selection.sources { selected.append(block.values[first + source]) }
        }
    }

    private mutating func feed(_ rows: [Float], _ count: Int) {
        var first = 0
        while first < count {
            var isFinite = true
            for channel in 0..<decoder.channelCount {
                isFinite = isFinite && rows[first + channel].isFinite
            }
            if !isFinite { output.counters.nonFiniteSamples += 1 }
            first += decoder.channelCount
        }
        put(rows, count, arrival: lastArrival)
    }

    private mutating func put(_ rows: [Float], _ count: Int, arrival: UInt64) {
        let control = control
        Self.put(rows, count, to: &decoder, &output, arrival, labels: { control.label(of: $0) })
    }

    private static func put(
        _ rows: [Float], _ count: Int, to decoder: inout Decoder, _ output: inout StreamOutput,
        _ arrival: UInt64, labels: (Decision) -> Int?
    ) {
        decoder.feed(rows.span.extracting(0..<count), labels: labels) {
            output.put($0, $1, arrival: arrival)
        }
    }

    // MARK: What does not come

    private mutating func waitOn() throws(DecodingError) {
        let now = MonotonicClock.now
        if selection == nil, let problem = source.problem,
            now - beginning >= MonotonicClock.nanoseconds(settings.patienceSeconds)
        {
            throw DecodingError(
                .unreachable(reason: "there is no stream: \(problem)"), at: source.name,
                hint: "start the device or the program that sends; --wait has more patience")
        }
        guard now >= neutralDue else { return }
        if !isQuiet, !isLost, selection != nil { output.counters.stalls += 1 }
        isQuiet = true
        let cause: DecisionRecord.Cause =
            selection == nil ? .waiting : source.problem == nil ? .stalled : .disconnected
        try output.putNeutral(cause, arrival: lastArrival)
        neutralDue = now + window
    }

    private mutating func take(_ fault: SourceFault) throws(DecodingError) {
        switch fault {
        case .gap(let count):
            output.counters.gaps += 1
            try skip(count)
        case .malformed(let count):
            output.counters.corruptPackets += 1
            try skip(count)
            guard count == 0 else { return }
            try output.putNeutral(.corrupt, arrival: lastArrival)
        case .disconnected:
            isLost = true
            output.counters.disconnects += 1
            decoder.interrupt()
            try output.putNeutral(.disconnected, arrival: lastArrival)
        }
    }

    /// Has samples that did not come take their turn, as far as there are not too many.
    private mutating func skip(_ count: Int) throws(DecodingError) {
        output.counters.lostSamples += count
        decoder.interrupt()
        guard bundle.samplingRate.seconds(ofSamples: count) <= Self.mostMissingSeconds else {
            return
        }
        var rest = count * decoder.channelCount
        while rest > 0 {
            let part = min(rest, missing.count)
            put(missing, part, arrival: MonotonicClock.now)
            rest -= part
        }
        try output.flush()
    }

    private func summary() -> StreamSummary {
        let end = MonotonicClock.now
        return StreamSummary(
            source: source.name, counters: output.counters, latency: output.latency,
            transit: transit, driftPartsPerMillion: drift.partsPerMillion,
            signalSeconds: bundle.input.samplingRate.seconds(ofSamples: output.counters.samples),
            wallSeconds: Double(end - (firstArrival ?? end)) / 1e9,
            computingSeconds: Double(computing) / 1e9, dropped: output.dropped)
    }
}
