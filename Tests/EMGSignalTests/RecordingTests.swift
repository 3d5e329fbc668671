import EMGSignal
import Testing

@Suite("Recordings")
struct RecordingTests {
    private func recording(
        samples: Int, quality: [QualityInterval] = []
    ) throws -> Recording {
        var description = try RecordingDescription(
            identity: RecordingIdentity(patient: "p1", session: "s", condition: "c"),
            channels: [Channel(name: "emg0", unit: "count")],
            samplingRate: SamplingRate(hertz: 100),
            source: SourceFile(name: "a.csv", sha256: ""))
        description.quality = quality
        return try Recording(
            description,
            samples: SampleMatrix(values: Array(repeating: 0, count: samples), channelCount: 1))
    }

    @Test("a recording without faults is one segment")
    func whole() throws {
        #expect(try recording(samples: 10).segments == [SampleRange(0..<10)])
        #expect(try recording(samples: 0).segments.isEmpty)
    }

    @Test("kinds of problems are known by their names and by those that earlier versions wrote")
    func kindNames() {
        for kind in QualityInterval.Kind.allCases {
            #expect(QualityInterval.Kind.named(kind.name) == kind)
            #expect(QualityAnnotation.kind(of: QualityAnnotation.text(of: kind)) == kind)
        }
        #expect(QualityInterval.Kind.named("relabelled") == .relabeled)  // earlier name
        #expect(QualityAnnotation.kind(of: "quality_relabelled") == .relabeled)  // earlier name
        #expect(QualityInterval.Kind.named("unheard of") == nil)
    }

    @Test("gaps cut and non-finite samples are left out; other faults do neither")
    func segments() throws {
        let quality = [
            QualityInterval(range: SampleRange(4..<4), channel: nil, kind: .gap),
            QualityInterval(range: SampleRange(6..<8), channel: 0, kind: .nonFinite),
            QualityInterval(range: SampleRange(8..<8), channel: nil, kind: .gap),
            QualityInterval(range: SampleRange(0..<10), channel: 0, kind: .flatLine),
        ]
        #expect(
            try recording(samples: 10, quality: quality).segments == [
                SampleRange(0..<4), SampleRange(4..<6), SampleRange(8..<10),
            ])
    }

    @Test("labels of another length are refused")
    func lengths() throws {
        let labels = try LabelTrack(classNames: ["relax"], values: [0, 0])
        let error = #expect(throws: SignalError.self) {
            try Recording(
                RecordingDescription(
                    identity: RecordingIdentity(patient: "p1", session: "s", condition: "c"),
                    channels: [Channel(name: "emg0", unit: "count")],
                    samplingRate: SamplingRate(hertz: 100),
                    source: SourceFile(name: "a.csv", sha256: "")),
                samples: SampleMatrix(values: [1, 2, 3], channelCount: 1),
                labels: labels)
        }
        #expect(error?.kind == .lengthMismatch(what: "labels", expected: 3, found: 2))
    }
}

@Suite("Label tracks")
struct LabelTrackTests {
    @Test("runs together are the whole track")
    func runs() throws {
        let track = try LabelTrack(classNames: ["a", "b"], values: [0, 0, 1, 0, 0, 0])
        #expect(track.runs.map(\.label) == [0, 1, 0])
        #expect(track.runs.map(\.range.indices) == [0..<2, 2..<3, 3..<6])
        #expect(try LabelTrack(classNames: ["a"], values: []).runs.isEmpty)
    }

    @Test("a label without a name is refused with its sample")
    func outOfRange() {
        let error = #expect(throws: SignalError.self) {
            try LabelTrack(classNames: ["a", "b"], values: [0, 1, 2])
        }
        #expect(error?.kind == .labelOutOfRange(found: 2, classes: 2, sample: 2))
    }
}
