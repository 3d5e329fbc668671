package import Decoding
internal import Dispatch
internal import EMGArchive
internal import EMGSignal
internal import Synchronization

extension LiveSession: StreamObserver {
    /// Electrodes are looked at over so many seconds, and again after so many.
    private static let qualitySeconds = 2.0
    private static let qualityPeriod = 1.0

    /// The stream is there, for the first time or again.
    package func connect(
        _ stream: StreamDescription, from source: String
    ) throws(DecodingError) {
        let bundle = settings.bundle
        let selection = try ChannelSelection(
            stream, for: bundle, mapping: settings.stream.mapping,
            chosen: settings.stream.channels, at: source)
        let recorded = RecordedStream(
            stream, rate: bundle.samplingRate, unit: bundle.channels.first?.unit ?? "count")
        let isOther: Bool = state.withLock { state in
            guard state.stream != recorded else { return false }
            guard state.stream == nil else { return true }
            state.source = source
            state.stream = recorded
            state.selection = selection
            let rate = recorded.samplingRate
            state.trace = SignalTrace(
                channelCount: recorded.channels.count, hertz: rate.hertz)
            state.recent = RecentSamples(
                channelCount: recorded.channels.count,
                rows: rate.samples(inSeconds: Self.qualitySeconds))
            return false
        }
        guard isOther else { return }
        throw DecodingError(
            .unsupported("the stream that came again has other channels or another rate"),
            at: source, hint: "begin anew with the stream as it is now")
    }

    /// Samples came.
    package func take(_ block: SampleBlock) {
        let rows = block.values.span.extracting(0..<block.valueCount)
        let (events, samples) = state.withLock { state in
            state.trace?.take(rows)
            state.recent?.take(rows)
            state.position += block.rowCount
            state.decoderPosition += block.rowCount
            let events = state.record {
                $0.take(rows)
            } tape: {
                $0.take(rows)
            }
            follow(&state)
            return (events, dueSamples(&state))
        }
        handle(events)
        if let samples { look(at: samples) }
    }

    /// Samples are missing.
    package func lose(_ samples: Int) {
        let events: [SessionEvent] = state.withLock { state in
            state.gaps += 1
            state.lostSamples += samples
            state.position += samples
            let seconds = settings.bundle.samplingRate.seconds(ofSamples: samples)
            if seconds <= DecodingLoop.mostMissingSeconds { state.decoderPosition += samples }
            state.trace?.lose(samples)
            state.recent?.interrupt()
            return state.record {
                $0.lose(samples)
            } tape: {
                $0.lose(samples)
            }
        }
        handle(events)
    }

    /// The connection was lost.
    package func disconnect() {
        let events: [SessionEvent] = state.withLock { state in
            state.disconnects += 1
            state.recent?.interrupt()
            return state.record {
                $0.disconnect()
            } tape: {
                $0.lose(1)
            }
        }
        handle(events)
    }

    // MARK: What follows from it

    /// Has a synthetic person do what is asked for.
    private func follow(_ state: inout LiveState) {
        guard let intention, state.user == nil, let session = state.recorded?.session,
            !session.isOver
        else { return }
        let prompt = session.prompt
        let neutral = state.target.neutral ?? "relax"
        intention.className =
            prompt.phase == .hold ? prompt.movement?.className ?? neutral : neutral
    }

    /// Does what follows from events of the session.
    func handle(_ events: [SessionEvent]) {
        for event in events {
            switch event.kind {
            case .repetitionFinished(let segment):
                requestAdaptation("\(segment.className) \(segment.repetition)")
            case .sessionFinished, .sessionStopped: finishRecording()
            case .repetitionWithdrawn(let segment):
                adaptation.withdraw("\(segment.className) \(segment.repetition)")
            case .prompted, .cycleFinished: break
            }
        }
    }

    /// Asks for an adaptation to what was recorded so far, if one is wanted.
    ///
    /// - Parameters:
    ///   - trigger: Behind which repetition.
    ///   - isByHand: Whether somebody wants it, whatever the policy is.
    ///   - isForced: Whether it is taken also if it is not better.
    func requestAdaptation(_ trigger: String, isByHand: Bool = false, isForced: Bool = false) {
        let request: LiveAdaptation.Request? = state.withLock { state in
            guard isByHand || state.policy == .repetition, let tape = state.tape,
                let segments = state.recorded?.segments
            else { return nil }
            return LiveAdaptation.Request(
                tape: tape, segments: segments, trigger: trigger, isForced: isForced)
        }
        if let request { adaptation.request(request) }
    }

    /// The newest samples, when it is time to look at electrodes.
    private func dueSamples(_ state: inout LiveState) -> SampleMatrix? {
        guard state.position >= state.qualityDue, !state.isLooking, let stream = state.stream,
            let samples = state.recent?.whole
        else { return nil }
        state.qualityDue =
            state.position + stream.samplingRate.samples(inSeconds: Self.qualityPeriod)
        state.isLooking = true
        return samples
    }

    private func look(at samples: SampleMatrix) {
        guard let stream = state.withLock({ $0.stream }) else { return }
        queue.async {
            let quality = ElectrodeQuality(
                samples, channels: stream.channels, rate: stream.samplingRate)
            self.state.withLock { state in
                state.quality = quality
                state.isLooking = false
            }
        }
    }
}
