internal import Decoding
internal import EMGSignal
internal import Foundation

/// What is going on, under the lock of a ``LiveSession``.
struct LiveState: Sendable {
    /// What the source says of its stream; `nil` before there is one.
    var stream: RecordedStream?
    /// Which of its channels are decoded.
    var selection: ChannelSelection?
    /// What the source is called.
    var source = ""
    /// Samples that the decoder has had, lost ones included as far as it counts them.
    var decoderPosition = 0
    /// Samples of the stream, lost ones included.
    var position = 0
    var lostSamples = 0
    var gaps = 0
    var disconnects = 0
    /// Why nothing is decoded any more.
    var fault: String?
    var trace: SignalTrace?
    var recent: RecentSamples?
    /// At which sample electrodes are looked at next.
    var qualityDue = 0
    var isLooking = false
    var quality: ElectrodeQuality?
    var decisions: DecisionTrace
    var policy: AdaptationPolicy
    /// The session that goes on, or the last one.
    var recorded: RecordedSession?
    var tape: CalibrationTape?
    /// The recording of the last session that was over.
    var ended: SessionRecorder?
    /// Whether the program ends: nothing is waited for any more.
    var isEnding = false
    /// What became of the last recording.
    var conversion = ConversionState.none
    var target: TargetControl
    var user: SimulatedUser?
    /// Where the log of the target task goes; `nil` before the first.
    var log: URL?
    /// Why the log could not be written; `nil` when it was.
    var logFault: String?

    /// What becomes of a recording behind its session.
    enum ConversionState: Sendable, Hashable {
        /// There is none yet.
        case none
        /// It is being converted.
        case converting
        /// It lies in the archive.
        case converted(path: String)
        /// It could not be converted; the raw stream is there.
        case failed(reason: String)
    }

    /// Hands something that came to a session that is not over.
    mutating func record(
        _ session: (inout RecordedSession) -> [SessionEvent],
        tape: (inout CalibrationTape) -> Void
    ) -> [SessionEvent] {
        guard var recorded, !recorded.session.isOver else { return [] }
        self.recorded = nil
        defer { self.recorded = recorded }
        if var own = self.tape {
            self.tape = nil
            tape(&own)
            self.tape = own
        }
        return session(&recorded)
    }

    /// The same without samples: whoever keeps a copy of those has them copied when more come.
    var withoutSamples: LiveState {
        var state = self
        (state.tape, state.trace, state.recent) = (nil, nil, nil)
        return state
    }

    init(_ settings: LiveSettings) {
        decisions = DecisionTrace(
            classes: settings.bundle.classNames,
            nominalRate: 1 / settings.bundle.decisionSeconds)
        policy = settings.policy
        target = TargetControl(classes: settings.bundle.classNames)
    }
}
