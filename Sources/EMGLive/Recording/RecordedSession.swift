import EMGSignal

/// A guided session and its recording, fed with the same samples: the one place where labels,
/// offsets of reaction and rows meet.
package struct RecordedSession: Sendable {
    /// How much of a block is taken at a time, in seconds, so that prompts meet the signal.
    private static let sliceSeconds = 0.05

    /// The session.
    package private(set) var session: GuidedSession
    /// The recording.
    package let recorder: SessionRecorder
    /// The holds that were carried out, with the offsets of reaction.
    package private(set) var segments: [SessionSegment] = []
    private var meter: ReactionMeter
    private let slice: Int

    /// Begins with the next sample of the stream.
    ///
    /// - Parameters:
    ///   - settings: What is asked for.
    ///   - recorder: A recording that has no sample yet.
    package init(_ settings: SessionProtocol, into recorder: SessionRecorder) {
        let rate = recorder.stream.samplingRate
        session = GuidedSession(settings, at: rate)
        self.recorder = recorder
        meter = ReactionMeter(rate: rate, channelCount: recorder.stream.channels.count)
        slice = max(1, rate.samples(inSeconds: Self.sliceSeconds)) * recorder.stream.channels.count
    }

    /// Takes rows as they came.
    ///
    /// - Parameter rows: Whole rows of all channels, row-major.
    /// - Returns: What happened in the session, in order.
    package mutating func take(_ rows: Span<Float>) -> [SessionEvent] {
        recorder.append(rows)
        var events: [SessionEvent] = []
        var first = 0
        while first < rows.count {
            let part = rows.extracting(first..<min(rows.count, first + slice))
            meter.take(part)
            events += settle(session.advance(samples: part.count / recorder.stream.channels.count))
            first += part.count
        }
        return events
    }

    /// Says that the stream lost samples: their time passes all the same.
    ///
    /// - Parameter samples: How many, at least 0.
    /// - Returns: What happened in the session, in order.
    package mutating func lose(_ samples: Int) -> [SessionEvent] {
        recorder.lose(samples)
        meter.lose(samples)
        return settle(session.advance(samples: samples))
    }

    /// Says that the stream was disconnected. A session that goes on is paused: nobody knows for how
    /// long.
    ///
    /// - Returns: What happened in the session, in order.
    package mutating func disconnect() -> [SessionEvent] {
        session.pause()
        recorder.disconnect()
        meter.lose(1)
        return settle(session.advance(samples: 1))
    }

    /// Does what somebody wants of the session.
    ///
    /// - Parameter action: What.
    /// - Returns: What happened, in order.
    package mutating func perform(_ action: SessionAction) -> [SessionEvent] {
        settle(session.perform(action))
    }

    /// Adds the offsets of reaction to what happened, and hands labels to the recording.
    private mutating func settle(_ events: [SessionEvent]) -> [SessionEvent] {
        var isChanged = false
        let settled = events.map { event in
            switch event.kind {
            case .prompted(_, let holdSamples):
                meter.prompt(at: event.sample, holdSamples: holdSamples)
                return event
            case .repetitionFinished(var segment):
                segment.reactionSeconds = meter.offset(ofPrompt: segment.prompt)
                segments.append(segment)
                isChanged = true
                return SessionEvent(kind: .repetitionFinished(segment), sample: event.sample)
            case .repetitionWithdrawn:
                isChanged = true
                return SessionEvent(
                    kind: .repetitionWithdrawn(segments.removeLast()), sample: event.sample)
            case .cycleFinished, .sessionFinished, .sessionStopped: return event
            }
        }
        if isChanged { recorder.label(segments) }
        return settled
    }
}
