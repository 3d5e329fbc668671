import Documents
import EMGFilters
import EMGSignal
import Testing

@Suite("A recording's quality and filters")
struct RecordingQualityTests {
    private func interval(
        _ range: Range<Int>, _ kind: QualityInterval.Kind, channel: Int? = nil
    ) -> QualityInterval {
        QualityInterval(range: SampleRange(range), channel: channel, kind: kind)
    }

    private func edges(_ recording: Recording, channel: Int? = nil) -> [Range<Int>] {
        recording.quality.filter { $0.kind == .filterEdge && $0.channel == channel }
            .map(\.range.indices)
    }

    /// What a chain's output depends on beyond a place: where two signals that differ there only
    /// differ afterwards by more than the level that edges are counted to.
    private func reach(_ chain: ConditioningChain, changedAt place: Range<Int>) -> Set<Int> {
        let count = 6_000
        var one = Recordings.doubles(count)
        let before = chain.apply(to: one, channelCount: 1)
        for index in place { one[index] += 1 }
        let after = chain.apply(to: one, channelCount: 1)
        let peak = zip(before, after).map { abs($0 - $1) }.max() ?? 0
        return Set(
            (0..<count).filter { abs(before[$0] - after[$0]) > 1e-2 * peak && !place.contains($0) })
    }

    @Test(
        "edges of segments are recorded, at both ends in zero phase, at the start of causal ones",
        arguments: [ConditioningPipeline.Phase.zero, .causal])
    func ends(phase: ConditioningPipeline.Phase) throws {
        let recording = try Recordings.noise(
            samples: 6_000, quality: [interval(2_000..<2_001, .gap)])
        let chain = try ConditioningPipeline(
            phase: phase, stages: [.bandPass(low: 20, high: 450)]
        ).design(for: recording)
        let edge = chain.edgeTransient
        #expect((1..<900).contains(edge))
        let found = try chain.apply(to: recording)
        let isZero = phase == .zero
        let expected =
            isZero
            ? [0..<edge, 2_000 - edge..<2_000 + edge, 6_000 - edge..<6_000]
            : [0..<edge, 2_000..<2_000 + edge]
        #expect(edges(found) == expected)
        #expect(edges(found, channel: 0).isEmpty)
    }

    @Test(
        "samples beside something bad are edges of its channel, as far as it reaches",
        arguments: [ConditioningPipeline.Phase.zero, .causal])
    func besideBad(phase: ConditioningPipeline.Phase) throws {
        let recording = try Recordings.noise(
            samples: 6_000,
            quality: [
                interval(3_000..<3_050, .markedBad, channel: 1),
                interval(3_000..<3_050, .saturation, channel: 0),
            ])
        let chain = try ConditioningPipeline(
            phase: phase, stages: [.bandPass(low: 20, high: 450)]
        ).design(for: recording)
        let edge = chain.edgeTransient
        let found = try chain.apply(to: recording)
        #expect(
            edges(found, channel: 1)
                == (phase == .zero
                    ? [3_000 - edge..<3_000, 3_050..<3_050 + edge] : [3_050..<3_050 + edge]))
        #expect(edges(found, channel: 0).isEmpty)
        let samples = Set(edges(found, channel: 1).joined())
        #expect(reach(chain, changedAt: 3_000..<3_050).isSubset(of: samples))
    }

    @Test("a second conditioning widens the edges of the first, and a change of rate counts anew")
    func again() throws {
        let recording = try Recordings.noise(samples: 6_000)
        let pipeline = ConditioningPipeline(stages: [.bandPass(low: 20, high: 450)])
        let once = try pipeline.design(for: recording).apply(to: recording)
        let chain = try pipeline.design(for: once)
        let twice = try chain.apply(to: once)
        let edge = chain.edgeTransient
        #expect(edges(twice) == [0..<2 * edge, 6_000 - 2 * edge..<6_000])
        let halved = ConditioningPipeline(stages: [
            .bandPass(low: 20, high: 450), .resample(.rate(1_000)),
        ])
        let design = try halved.design(for: recording)
        let found = try design.apply(to: recording)
        let half = (design.edgeTransient + 1) / 2
        #expect(edges(found) == [0..<half, 3_000 - half..<3_000])
    }

    @Test("what changes no neighbor has no edges")
    func none() throws {
        let recording = try Recordings.noise(samples: 600)
        let found = try ConditioningPipeline(stages: [.rectify, .clip(low: -1, high: 50)])
            .design(for: recording).apply(to: recording)
        #expect(found.quality.isEmpty)
    }

    /// Noise whose second channel has an artifact a hundred times as large, marked as bad.
    private func withArtifact(_ range: Range<Int> = 1_000..<1_600) throws -> Recording {
        var recording = try Recordings.noise(samples: 4_000, offset: 3)
        for sample in range { recording.samples[sample, 1] = 10_000 }
        recording.quality = [interval(range, .markedBad, channel: 1)]
        return recording
    }

    @Test(
        "amplitudes are fitted without what is marked bad",
        arguments: [.zScore, .minMax, .percentile(100), .percentile(50)]
            as [any AmplitudeNormalization])
    func normalization(method: any AmplitudeNormalization) throws {
        let recording = try withArtifact()
        let pipeline = ConditioningPipeline(stages: [.normalize(method)])
        let found = try pipeline.design(for: recording).apply(to: recording)
        // The same samples without the artifact, as a recording of their own.
        let rest = (0..<4_000).filter { !(1_000..<1_600).contains($0) }
        var clean = try Recordings.noise(samples: rest.count)
        for (place, sample) in rest.enumerated() {
            for channel in 0..<2 {
                clean.samples[place, channel] = recording.samples[sample, channel]
            }
        }
        let expected = try pipeline.design(for: clean).apply(to: clean)
        for (place, sample) in rest.enumerated() {
            #expect(abs(found.samples[sample, 1] - expected.samples[place, 1]) <= 1e-5)
        }
        #expect(abs(found.samples[1_300, 1]) > 10)
        var careless = pipeline
        careless.quality = QualityPolicy(exclude: [])
        let spoiled = try careless.design(for: recording).apply(to: recording)
        #expect(spoiled.samples.channel(0) == found.samples.channel(0))
        let isMedian = method as? AmplitudePercentile == .percentile(50)
        #expect(isMedian || spoiled.samples[1_300, 1] < found.samples[1_300, 1])
    }

    @Test("means and trends are taken without what is marked bad", arguments: Detrend.Kind.allCases)
    func detrend(kind: Detrend.Kind) throws {
        var recording = try withArtifact(500..<1_900)
        for sample in 0..<4_000 where !(500..<1_900).contains(sample) {
            recording.samples[sample, 1] = 3 + 0.25 * Float(sample)
        }
        let found = try ConditioningPipeline(stages: [.detrend(kind)])
            .design(for: recording).apply(to: recording)
        let rest = (0..<4_000).filter { !(500..<1_900).contains($0) }
        let mean = rest.reduce(0) { $0 + Double(found.samples[$1, 1]) } / Double(rest.count)
        #expect(abs(mean) < 1e-3)
        guard kind == .linear else { return }
        #expect(rest.allSatisfy { abs(found.samples[$0, 1]) < 1e-3 })
    }

    @Test("an MVC is taken without what is marked bad, and refused when nothing is left")
    func mvc() throws {
        let reference = try withArtifact()
        let clean = try Recordings.noise(samples: 4_000, offset: 3)
        let pipeline = ConditioningPipeline(stages: [
            .normalize(.mvcRecording(name: "mvc", percentile: 100))
        ])
        let found = try pipeline.fitted(to: reference, named: "mvc").stages[0] as? Normalize
        let wanted = try pipeline.fitted(to: clean, named: "mvc").stages[0] as? Normalize
        guard let values = (found?.method as? AmplitudeMVC)?.values,
            let expected = (wanted?.method as? AmplitudeMVC)?.values, !values.isEmpty
        else {
            Issue.record("nothing fitted")
            return
        }
        #expect(values[0] == expected[0] && values[1] <= expected[1] && values[1] > 90)
        let bad = try withArtifact(0..<4_000)
        let error = #expect(throws: FilterError.self) {
            try pipeline.fitted(to: bad, named: "mvc")
        }
        let text = error?.description ?? ""
        #expect(
            text.contains("no sample of channel 2 (emg1) is left") && text.contains("marked bad"))
        let line = try #require(text.split(separator: "\"").first { $0.hasPrefix("quality:") })
        let document = try Document(
            yaml: "\(line)\nstages: [{normalize: {method: mvc, recording: mvc, percentile: 100}}]"
                .utf8, name: "p.yaml")
        #expect(throws: Never.self) {
            try ConditioningPipeline(document.cursor).fitted(to: bad, named: "mvc")
        }
    }

    @Test("a pipeline says what its fits leave out")
    func document() throws {
        func pipeline(_ quality: String) throws -> ConditioningPipeline {
            try ConditioningPipeline(
                Document(yaml: "quality: \(quality)\nstages: [rectify]".utf8, name: "p").cursor)
        }
        #expect(
            try pipeline("{exclude: [saturation]}").quality.exclude == [
                .gap, .nonFinite, .saturation,
            ])
        #expect(try pipeline("{}").quality == QualityPolicy())
        for text in ["{warn: []}", "{exclude: [sat]}", "{bad_channels: silence}"] {
            #expect(throws: DocumentError.self) { try pipeline(text) }
        }
    }
}
