import Decoding
import EMGLive
import EMGSignal
import EMGSynth

/// A synthetic person whose samples come as fast as they are taken, with whatever a test has happen to
/// the stream; it waits while somebody has something to finish.
final class FedSource: SampleSource {
    enum Happening {
        /// Samples are missing.
        case gap(Int)
        /// The connection is lost, and made again.
        case disconnection
        /// Nothing comes until the decoder says so.
        case stall(until: () -> Bool)
        /// Somebody does something.
        case action(() -> Void)
    }

    let name = "fed"
    private(set) var stream: StreamDescription?
    let problem: String? = nil
    private let description: StreamDescription
    private let intention: SyntheticIntention
    private let count: Int
    private let chunk = 10
    private var person: LivePerson
    private var happenings: [(sample: Int, what: Happening)]
    private let isWaiting: () -> Bool
    private var next = 0
    private var isLost = false

    /// - Parameters:
    ///   - patient: Who.
    ///   - seconds: How long the stream is.
    ///   - intention: What the person is told.
    ///   - happenings: What happens at which second.
    ///   - isWaiting: Whether the stream is to wait.
    /// - Throws: When the person cannot be simulated.
    init(
        _ patient: Int, seconds: Double, intention: SyntheticIntention,
        happenings: [(seconds: Double, what: Happening)],
        isWaiting: @escaping () -> Bool = { false }
    ) throws {
        person = try LivePerson(plan: LivePeople.plan, patient: patient)
        count = Int(seconds * LivePeople.hertz)
        self.intention = intention
        self.happenings = happenings.map { (Int($0.seconds * LivePeople.hertz), $0.what) }
        self.isWaiting = isWaiting
        description = StreamDescription(
            channelCount: LivePeople.channels.count, names: LivePeople.channels.map(\.name),
            units: LivePeople.channels.map(\.unit),
            samplingRate: try SamplingRate(hertz: LivePeople.hertz))
    }

    func read(
        into block: inout SampleBlock, until deadline: UInt64
    ) throws(DecodingError) -> SourceEvent {
        guard stream != nil, !isLost else {
            (stream, isLost) = (description, false)
            return .described
        }
        while let first = happenings.first, next >= first.sample {
            switch first.what {
            case .action(let action):
                happenings.removeFirst()
                action()
            case .gap(let missing):
                happenings.removeFirst()
                next += missing
                return .fault(.gap(missing: missing))
            case .disconnection:
                happenings.removeFirst()
                isLost = true
                return .fault(.disconnected)
            case .stall(let isOver):
                guard isOver() else { return waited(until: deadline) }
                happenings.removeFirst()
            }
        }
        guard !isWaiting() else { return waited(until: deadline) }
        guard next < count else { return .ended }
        person.intention = intention.className
        block.begin(channelCount: description.channelCount)
        for _ in 0..<chunk {
            for value in person.next() { block.append(Float(value)) }
        }
        next += chunk
        block.packetCount = 1
        block.arrival = MonotonicClock.now
        return .samples
    }

    private func waited(until deadline: UInt64) -> SourceEvent {
        MonotonicClock.sleep(until: min(deadline, MonotonicClock.now + 1_000_000))
        return .nothing
    }

    func close() {}
}
