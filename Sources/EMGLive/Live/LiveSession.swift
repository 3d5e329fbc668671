package import Decoding
internal import Dispatch
internal import Synchronization

/// All that goes on behind a live page: what comes from the electrodes, what is decided, the session
/// that is recorded, the adaptation beside it, and what the decoder controls.
///
/// Samples and decisions come on the thread that decodes; the page asks and acts from others. What is
/// between them is short and under one lock.
package final class LiveSession: Sendable {
    let settings: LiveSettings
    let control: DecodingControl
    let adaptation: LiveAdaptation
    /// Whether the decoder can learn from one window.
    let learnsFromWindows: Bool
    /// What the synthetic person is told; `nil` when somebody real is measured.
    let intention: SyntheticIntention?
    let state: Mutex<LiveState>
    /// For what takes its time: looking at electrodes, writing logs.
    let queue = DispatchQueue(label: "myotask.live", qos: .utility)
    /// For recordings on their way into the archive, which may wait for room on a disk.
    let archiving = DispatchQueue(label: "myotask.live.archive", qos: .utility)

    /// Creates a session in which nothing has come yet.
    ///
    /// - Parameters:
    ///   - settings: What it is about.
    ///   - intention: What a synthetic person is told; `nil` when somebody real is measured.
    package init(_ settings: LiveSettings, intention: SyntheticIntention? = nil) {
        self.settings = settings
        self.intention = intention
        learnsFromWindows = settings.bundle.model.makeScorer().learns
        let owner = Owner()
        control = DecodingControl { decision in owner.session?.label(of: decision) }
        adaptation = LiveAdaptation(
            of: settings.bundle, control: control, kinds: settings.kinds)
        state = Mutex(LiveState(settings))
        owner.session = self
        setPolicy(settings.policy)
    }

    /// Decodes until the stream ends or somebody stops it.
    ///
    /// - Parameters:
    ///   - source: Where samples come from.
    ///   - sinks: Where decisions go beside the page.
    ///   - isStopped: Asked again and again whether to stop.
    /// - Returns: What happened.
    /// - Throws: ``DecodingError`` as ``DecodingLoop`` does.
    package func run(
        from source: any SampleSource, to sinks: [any DecisionSink] = [],
        isStopped: () -> Bool
    ) throws(DecodingError) -> StreamSummary {
        do throws(DecodingError) {
            var loop = try DecodingLoop(
                settings.bundle, from: ObservedSource(source, observer: self),
                to: sinks + [LiveSink(self)], settings.stream, control: control)
            let summary = try loop.run(isStopped: isStopped)
            close()
            return summary
        } catch {
            state.withLock { $0.fault = error.description }
            close()
            throw error
        }
    }

    /// Ends a recording that goes on.
    private func close() {
        perform(.stop)
        state.withLock { $0.isEnding = true }
    }

    /// Waits until recordings that have ended are in the archive.
    package func waitForConversion() { archiving.sync {} }

    /// What the closure of labels asks, without keeping the session alive.
    private final class Owner: Sendable {
        private let weak = Mutex(Weak())

        private struct Weak: Sendable {
            weak var session: LiveSession?
        }

        var session: LiveSession? {
            get { weak.withLock { $0.session } }
            set { weak.withLock { $0.session = newValue } }
        }
    }
}
