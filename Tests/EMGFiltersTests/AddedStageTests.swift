import Documents
import EMGFilters
import EMGSignal
import Foundation
import Testing

/// A stage as a package outside writes it: one of every element that it can make, with public
/// names only.
private struct Companding: PipelineStage {
    var cutoff = 30.0

    static let key = "companding"
    static let documentation = "Cube roots, smoothed; their differences."
    static let fields: Fields<Self> = [
        Field(
            "cutoff_hz", \.cutoff, .positive("a frequency above 0 Hz"), "Of the smoothing, in Hz.",
            isRequired: true)
    ]

    func design(for input: StageInput) throws(FilterError) -> StageDesign {
        try input.limits.check(cutoff)
        let pole = Self.pole(cutoff: cutoff, rate: input.samplingRate.hertz)
        let sections = try SecondOrderSections([
            SecondOrderSections.Section(b0: 1 - pole, b1: 0, b2: 0, a1: -pole, a2: 0)
        ])
        return StageDesign(
            [
                .sample(.function(summary: "cube root of each sample") { cbrt($0) }),
                .iir(
                    try FilterDesign(
                        sections, name: "leaky integrator", cutoffs: [cutoff],
                        samplingRate: input.samplingRate)),
                .fir(
                    try FIRDesign(
                        taps: [0.25, 0.5, 0.25], name: "binomial", samplingRate: input.samplingRate)
                ),
                .channel(Difference()),
            ], parameters: ["pole": .number(pole)])
    }

    static func pole(cutoff: Double, rate: Double) -> Double { exp(-2 * Double.pi * cutoff / rate) }
}

/// Each sample less the one before; nothing came before the first.
private struct Difference: SegmentOperation {
    let summary = "differences of neighbors"
    let edgeTransient = 1

    func apply(toSegment segment: inout MutableSpan<Double>, fitRanges: [SampleRange]) {
        var last = 0.0
        for index in segment.indices {
            let sample = segment[index]
            segment[index] = sample - last
            last = sample
        }
    }

    func makeStream(channels: Range<Int>) -> (any ChannelStream)? {
        DifferenceStream(state: Array(repeating: 0, count: channels.count))
    }
}

private struct DifferenceStream: ChannelStream {
    /// The last sample of each channel.
    private(set) var state: [Double]

    mutating func restore(_ state: [Double]) -> Bool {
        guard state.count == self.state.count else { return false }
        self.state = state
        return true
    }

    mutating func reset() {
        for channel in state.indices { state[channel] = 0 }
    }

    mutating func process(_ samples: inout MutableSpan<Double>) {
        for index in samples.indices {
            let sample = samples[index]
            samples[index] = sample - state[index % state.count]
            state[index % state.count] = sample
        }
    }
}

@Suite("A stage of a package outside")
struct AddedStageTests {
    private static var kinds: Kinds {
        var kinds = Kinds()
        kinds.add(stage: Companding.self)
        return kinds
    }

    private func read(_ yaml: String) throws(DocumentError) -> ConditioningPipeline {
        var document = try Document(yaml: yaml.utf8, name: "p.yaml")
        document.kinds = Self.kinds
        return try ConditioningPipeline(document.cursor)
    }

    private func chain(_ yaml: String) throws -> ConditioningChain {
        try read(yaml).resolve(samplingRate: SamplingRate(hertz: 1_000))
    }

    private static let causal = "phase: causal\nstages: [companding: {cutoff_hz: 30}]"

    /// The stage by its definition, causal, or without delay over a signal with silence around.
    private func expected(_ input: [Double], isCausal: Bool) -> [Double] {
        let pole = Companding.pole(cutoff: 30, rate: 1_000)
        func smoothed(_ samples: [Double]) -> [Double] {
            var last = 0.0
            return samples.map {
                last = pole * last + (1 - pole) * $0
                return last
            }
        }
        var samples = smoothed(input.map { cbrt($0) })
        if !isCausal { samples = smoothed(samples.reversed()).reversed() }
        let reach = isCausal ? 0 : 1
        func sample(_ index: Int) -> Double { samples.indices.contains(index) ? samples[index] : 0 }
        let weighted = samples.indices.map { index in
            let center = index + reach
            return 0.25 * sample(center) + 0.5 * sample(center - 1) + 0.25 * sample(center - 2)
        }
        return zip(weighted, [0] + weighted).map { $0 - $1 }
    }

    @Test("it is read from a document")
    func reading() throws {
        var stage = Companding()
        stage.cutoff = 12
        #expect(
            try read("stages: [companding: {cutoff_hz: 12}, rectify]")
                == ConditioningPipeline(stages: [stage, .rectify]))
    }

    @Test(
        "its faults are reported as those of the library's stages are",
        arguments: [
            ("stages: [compandin]", "did you mean \"companding\"?"),
            (
                "stages: [companding: {cutof_hz: 3}]",
                "p.yaml:1:23: $.stages[0].companding: unknown member \"cutof_hz\""
            ),
            ("stages: [companding]", "\"cutoff_hz\" is missing"),
            ("stages: []", "resample, companding"),
        ])
    func faults(yaml: String, text: String) {
        let error = #expect(throws: DocumentError.self) { try read(yaml) }
        #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
    }

    @Test("documents that do not know it do not take it")
    func unknown() throws {
        let document = try Document(yaml: Self.causal.utf8, name: "p.yaml")
        #expect(throws: DocumentError.self) { try ConditioningPipeline(document.cursor) }
    }

    @Test("it is in the schema, with its members")
    func schema() {
        let text = ConditioningPipeline.schemaDocument(with: Self.kinds).document.json(.canonical)
        #expect(text.contains("\"companding\":{"))
        #expect(text.contains("Of the smoothing, in Hz."))
        #expect(
            !ConditioningPipeline.schemaDocument().document.json(.canonical).contains("compand"))
    }

    @Test(
        "forward it gives what it says, and a stream gives the same bits", arguments: [1, 7, 500])
    func forward(size: Int) throws {
        let chain = try chain(Self.causal)
        let input = Recordings.doubles(2_000)
        let whole = chain.apply(to: input, channelCount: 1)
        for (found, wanted) in zip(whole, expected(input, isCausal: true)) {
            #expect(abs(found - wanted) <= 1e-12)
        }
        var stream = try chain.makeStream(channelCount: 1)
        var streamed: [Double] = []
        for start in stride(from: 0, to: input.count, by: size) {
            var chunk = Array(input[start..<min(start + size, input.count)])
            stream.process(&chunk)
            streamed += chunk
        }
        #expect(streamed == whole)
        var other = try chain.makeStream(channelCount: 1)
        try other.restore(stream.state)
        var (first, second) = ([3.0], [3.0])
        stream.process(&first)
        other.process(&second)
        #expect(first == second)
    }

    @Test(
        "without delay it gives what it says",
        arguments: [ConditioningPipeline.Engine.spectral, .recursive])
    func zeroPhase(engine: ConditioningPipeline.Engine) throws {
        var pipeline = try read("edges: none\nstages: [companding: {cutoff_hz: 30}]")
        pipeline.engine = engine
        let chain = try pipeline.resolve(samplingRate: SamplingRate(hertz: 1_000))
        let input = (0..<4_000).map { (1_000..<3_000).contains($0) ? sin(Double($0)) : 0 }
        let found = chain.apply(to: input, channelCount: 1)
        for (found, wanted) in zip(found, expected(input, isCausal: false)) {
            #expect(abs(found - wanted) <= 1e-9)
        }
    }

    @Test("its -3 dB cut-off is measured, and stands in the history with its own numbers")
    func history() throws {
        let recording = try Recordings.noise(samples: 2_000, rate: 1_000)
        let result = try chain("stages: [companding: {cutoff_hz: 30}]").apply(to: recording)
        let step = try #require(result.history.last)
        #expect(step.operation == "filter.companding")
        let pole = Companding.pole(cutoff: 30, rate: 1_000)
        #expect(step.parameters["pole"] == .number(pole))
        // Twice a pass: half the power where one pass leaves 1/√2 of it.
        let gain: Double = 2.0.squareRoot() * (1 - pole) * (1 - pole)
        let cosine: Double = (1 + pole * pole - gain) / (2 * pole)
        guard case .list(let cutoffs)? = step.parameters["half_power_hz"],
            case .number(let cutoff)? = cutoffs.first
        else {
            Issue.record("no cut-offs: \(step.parameters)")
            return
        }
        let wanted: Double = acos(cosine) / (2 * Double.pi) * 1_000
        #expect(abs(cutoff - wanted) <= 1e-9)
        #expect(step.parameters["order"] == .integer(1))
    }

    @Test("how it is computed is reported, and its cut-off is checked against the effective rate")
    func report() throws {
        let chain = try chain("stages: [companding: {cutoff_hz: 30}]")
        #expect(chain.report.contains("cube root of each sample"))
        #expect(chain.report.contains("differences of neighbors"))
        let passes = chain.cost(sampleCount: 10_000, channelCount: 2).passes
        #expect(passes.map(\.stages) == [["companding"], ["companding"], ["companding"]])
        let error = #expect(throws: FilterError.self) {
            try read("stages: [companding: {cutoff_hz: 30}]")
                .resolve(samplingRate: SamplingRate(hertz: 50))
        }
        #expect(error?.location == "stages[0] companding")
    }

    @Test(
        "weights without a delay that could be removed are refused",
        arguments: [[1, 2], [1, 2, 3], [1, .nan, 1], []])
    func weights(taps: [Double]) throws {
        #expect(throws: FilterError.self) {
            try FIRDesign(taps: taps, name: "x", samplingRate: SamplingRate(hertz: 100))
        }
    }

    @Test("a design from sections has the response, poles and delay of the design they came from")
    func sections() throws {
        let rate = try SamplingRate(hertz: 2_000)
        let design = try Butterworth.bandPass(low: 20, high: 450, order: 3, samplingRate: rate)
        let copy = try FilterDesign(design.sections, name: "copy", order: 3, samplingRate: rate)
        for frequency in [1.0, 20, 100, 450, 900] {
            let wanted = design.magnitude(atHertz: frequency)
            #expect(abs(copy.magnitude(atHertz: frequency) - wanted) <= 1e-9 * max(wanted, 1e-3))
            #expect(
                abs(copy.groupDelay(atHertz: frequency) - design.groupDelay(atHertz: frequency))
                    <= 1e-3)
        }
        for (found, wanted) in zip(
            copy.halfPowerCutoffs(passes: 2), design.halfPowerCutoffs(passes: 2))
        {
            #expect(abs(found - wanted) <= 1e-4)
        }
        #expect(copy.poles.count == design.poles.count)
        #expect(copy.settling(level: 1e-3, passes: 2) == design.settling(level: 1e-3, passes: 2))
    }
}
