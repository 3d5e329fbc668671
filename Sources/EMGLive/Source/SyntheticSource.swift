package import Decoding
package import EMGArchive
private import EMGSignal
private import EMGSynth

/// A synthetic person with electrodes on, measured in real time.
///
/// The device is made to fit a decoder: its channels, unit and rate. Samples that nobody took in time,
/// as when the machine slept, are lost, as they are with a device.
package final class SyntheticSource: SampleSource {
    /// A source whose samples were not taken for so long has lost them.
    private static let patienceSeconds = 1.0
    private static let chunkSeconds = 0.005
    /// How long the muscles take to follow an intention, about.
    static let typicalReactionSeconds = 0.25

    package let name: String
    package private(set) var stream: StreamDescription?
    package let problem: String? = nil

    private let description: StreamDescription
    private let rate: SamplingRate
    private let scale: Float
    private let chunk: Int
    private let intention: SyntheticIntention
    private var person: LivePerson
    private var begin: UInt64?
    private var next = 0

    /// Creates a person who sits still.
    ///
    /// - Parameters:
    ///   - seed: Which person.
    ///   - input: What the decoder was made for.
    ///   - intention: What the person is told to do.
    /// - Throws: ``DecodingError`` for a device that cannot be simulated.
    package init(
        seed: UInt64, for input: InputDescription, obeying intention: SyntheticIntention
    ) throws(DecodingError) {
        name = "synthetic:\(seed)"
        rate = input.samplingRate
        let unit = input.channels.first?.unit ?? "count"
        let scales: [String: (style: LaboratoryPlan.Style, scale: Float)] = [
            "uV": (.bipolar, 1), "mV": (.bipolar, 1e-3), "V": (.bipolar, 1e-6),
        ]
        // What a converter counts is told by its rate: slow are envelopes, fast is raw EMG.
        let ofCounts: LaboratoryPlan.Style =
            rate.hertz < 150 ? .roam : rate.hertz < 500 ? .myo : .bipolar
        let (style, scale) = scales[unit] ?? (ofCounts, 1)
        self.scale = scale
        var plan = LaboratoryPlan(style: style, seed: seed, samplingRateHertz: rate.hertz)
        plan.channelCount = input.channels.count
        plan.patients = 999
        do throws(SynthError) {
            person = try LivePerson(plan: plan, patient: Int(seed % 999))
        } catch {
            throw DecodingError(
                .unsupported("there is no synthetic person for this decoder: \(error)"), at: name,
                hint: "take the samples from elsewhere: --from")
        }
        description = StreamDescription(
            channelCount: input.channels.count, names: input.channels.map(\.name),
            units: input.channels.map(\.unit), samplingRate: rate)
        chunk = max(1, rate.samples(inSeconds: Self.chunkSeconds))
        self.intention = intention
    }

    package func read(
        into block: inout SampleBlock, until deadline: UInt64
    ) throws(DecodingError) -> SourceEvent {
        guard stream != nil else {
            stream = description
            return .described
        }
        let begin = begin ?? MonotonicClock.now
        self.begin = begin
        let due = begin + MonotonicClock.nanoseconds(rate.seconds(ofSamples: next + chunk))
        MonotonicClock.sleep(until: min(due, deadline))
        if due > deadline { return .nothing }
        let elapsed = Double(MonotonicClock.now - begin) / 1e9
        let ready = max(next + chunk, rate.samples(inSeconds: elapsed))
        let patience = rate.samples(inSeconds: Self.patienceSeconds)
        if ready - next > patience {
            let missing = ready - next - chunk
            next += missing
            return .fault(.gap(missing: missing))
        }
        let count = min(ready - next, SampleBlock.capacity / description.channelCount)
        person.intention = intention.className
        block.begin(channelCount: description.channelCount)
        for _ in 0..<count {
            for value in person.next() { block.append(Float(value) * scale) }
        }
        block.packetCount = 1
        block.arrival = MonotonicClock.now
        next += count
        return .samples
    }

    package func close() {}
}
