import Decoding
import EMGArchive
import EMGFilters
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite struct RecordingDecoderTests {
    static let pipelines: [SampleDecoder] = [
        SampleDecoder("nothing"),
        SampleDecoder("envelope", stages: SampleDecoder.envelope),
        SampleDecoder("moving RMS", stages: SampleDecoder.amplitude),
        SampleDecoder(
            "FIR and clip", stages: [.fir(high: 60, length: 151), .clip(low: -1, high: 1)]),
        SampleDecoder("energy and ARV", stages: [.teagerKaiser, .movingARV(seconds: 0.1)]),
        SampleDecoder(
            "stated amplitudes",
            stages: [.rectify, .normalize(.mvc(values: [3, 0.7, 1.1], source: "stated"))]),
    ]

    /// A recording with a break in it, which is no sample of its own.
    private static func recording(_ sample: SampleDecoder) throws -> Recording {
        var description = RecordingDescription(
            identity: try RecordingIdentity(patient: "p1", session: "s1", condition: "c"),
            channels: (0..<3).map { Channel(name: "emg\($0)", unit: "mV") },
            samplingRate: try SamplingRate(hertz: sample.rate),
            source: SourceFile(name: "p1.csv", sha256: String(repeating: "c", count: 64)))
        description.quality = [
            QualityInterval(range: SampleRange(start: 215, end: 216), channel: nil, kind: .gap)
        ]
        return try Recording(
            description,
            samples: SampleMatrix(values: sample.samples(400), channelCount: 3))
    }

    private static func decisions(
        _ recording: Recording, by bundle: DecoderBundle
    ) throws -> ([Decision], [Double]) {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "r.h5")
        try RecordingFile.write(recording, to: url)
        var source = try RecordingDecoder(bundle).decisions(
            of: RecordingRowsFile(url), at: "r.h5")
        var (decisions, probabilities): ([Decision], [Double]) = ([], [])
        while try source.next() {
            decisions += source.block.decisions
            probabilities += source.block.probabilities
        }
        return (decisions, probabilities)
    }

    @Test(arguments: pipelines)
    func `a recording as it was converted and as it was conditioned give the same decisions`(
        sample: SampleDecoder
    ) throws {
        let bundle = try sample.bundle
        let raw = try Self.recording(sample)
        let conditioned = try bundle.pipeline.design(for: raw).apply(to: raw)
        let (one, other) = (
            try Self.decisions(raw, by: bundle), try Self.decisions(conditioned, by: bundle)
        )
        #expect(one.0 == other.0)
        #expect(one.1 == other.1)
        #expect(one.0.count == 37)
        // The break is a fault until a window is whole again, in both.
        let faults = one.0.filter { $0.output.state == .fault }.map(\.sample)
        #expect(faults == [219, 229, 239, 249])
    }

    @Test func `a recording that was conditioned otherwise is refused`() throws {
        let sample = SampleDecoder("envelope", stages: SampleDecoder.envelope)
        let raw = try Self.recording(sample)
        let other = try ConditioningPipeline(phase: .causal, stages: [.highPass(cutoff: 30)])
            .design(for: raw).apply(to: raw)
        let error = #expect(throws: DecodingError.self) {
            _ = try Self.decisions(other, by: sample.bundle)
        }
        #expect("\(String(describing: error))".contains("filter.high-pass"))
    }

    @Test func `the pipeline of a history is the one that was stated`() throws {
        for sample in Self.pipelines where !sample.stages.isEmpty {
            let raw = try Self.recording(sample)
            let stated = ConditioningPipeline(phase: .causal, stages: sample.stages)
            let history = try stated.design(for: raw).apply(to: raw).history
            let found = try ConditioningPipeline.recorded(in: history.conditioning)
            #expect(found.phase == .causal)
            #expect(found.stages.map { AnyHashable($0) } == sample.stages.map { AnyHashable($0) })
        }
    }
}
