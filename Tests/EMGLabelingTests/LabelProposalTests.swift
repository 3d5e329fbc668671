import EMGIngest
import EMGLabeling
import EMGSignal
import EMGTasks
import Foundation
import Testing

@Suite("Labels that are proposed")
struct LabelProposalTests {
    private static func header(
        samples: Int = 1_000, classes: [String]? = nil, gap: Int? = nil
    ) throws -> RecordingHeader {
        var description = RecordingDescription(
            identity: try RecordingIdentity(patient: "p1", session: "day1", condition: "a"),
            channels: [Channel(name: "emg0", unit: "count")],
            samplingRate: try SamplingRate(hertz: 100),
            source: SourceFile(name: "a.csv", sha256: String(repeating: "0", count: 64)))
        if let gap {
            description.quality = [
                QualityInterval(
                    range: SampleRange(start: gap, end: gap), channel: nil, kind: .gap)
            ]
        }
        return RecordingHeader(
            description, sampleCount: samples, classNames: classes, hasTimeStamps: gap != nil)
    }

    private static func proposal(
        _ text: String, for header: RecordingHeader, times: [Double]? = nil,
        replaces: Bool = false
    ) throws -> LabelProposal {
        let table = try LabelTable(Array(text.utf8), file: "events.csv")
        return try LabelProposal.labels(
            of: table, for: header, timeStamps: times, replaces: replaces
        ).proposal
    }

    private static func text(_ intervals: [LabeledRange]) -> [String] {
        intervals.map { "\($0.className) \($0.range.start)–\($0.range.end)" }
    }

    @Test("events become intervals; what begins with BAD is left out; gaps stay as they are")
    func events() throws {
        let proposal = try Self.proposal(
            "onset,duration,label\n1,2,open\n2,3,close\n6,1,BAD_cable\n9,5,open\n",
            for: Self.header())
        #expect(
            Self.text(proposal.intervals)
                == ["open 100–200", "close 200–500", "open 900–1000"])
        #expect(proposal.excluded == [SampleRange(start: 600, end: 700)])
        #expect(proposal.origin == "events.csv" && proposal.actions.count == 2)
        #expect(proposal.counts.map(\.count) == [1, 2])
    }

    @Test("cues without durations last until the next")
    func cues() throws {
        let proposal = try Self.proposal("time,label\n0,rest\n4,open\n", for: Self.header())
        #expect(Self.text(proposal.intervals) == ["rest 0–400", "open 400–1000"])
    }

    @Test("a table that replaces labels takes them away first, where there are some")
    func replaces() throws {
        let text = "onset,duration,label\n1,2,open\n"
        #expect(
            Self.text(
                try Self.proposal(text, for: Self.header(classes: ["a"]), replaces: true).intervals)
                == ["unlabeled 0–1000", "open 100–300"])
        #expect(
            try Self.proposal(text, for: Self.header(), replaces: true).intervals.count == 1)
    }

    @Test("behind a gap the time stamps say which sample is meant")
    func gaps() throws {
        // Two seconds are missing behind sample 400: sample 500 was recorded at 7 s.
        let times = (0..<1_000).map { 30 + Double($0) / 100 + ($0 < 400 ? 0 : 2) }
        let proposal = try Self.proposal(
            "onset,duration,label\n3,0.5,a\n5,1,b\n7,1,c\n11,9,d\n",
            for: Self.header(gap: 400), times: times)
        #expect(
            Self.text(proposal.intervals) == ["a 300–350", "c 500–600", "d 900–1000"],
            "b lies in the gap")
        #expect(
            Self.text(
                try Self.proposal(
                    "sample,duration_ms,label\n500,1000,c\n", for: Self.header(gap: 400),
                    times: times
                ).intervals) == ["c 500–600"], "a number of a sample is no time")
    }

    @Test("movements get the class that is given, or that of the cue they follow")
    func classes() throws {
        let values =
            [UInt8](repeating: 0, count: 100) + [UInt8](repeating: 1, count: 100)
            + [UInt8](repeating: 0, count: 100) + [UInt8](repeating: 2, count: 100)
        let track = try LabelTrack(classNames: ["relax", "open", "close"], values: values)
        let rate = try SamplingRate(hertz: 100)
        let movements = [
            SampleRange(start: 20, end: 60), SampleRange(start: 130, end: 215),
            SampleRange(start: 290, end: 390),
        ]
        func labels(
            _ choice: MovementLabels, _ track: LabelTrack?
        ) -> (intervals: [LabeledRange], unclassed: Int) {
            choice.intervals(of: movements, over: track, sampleCount: 400, rate: rate)
        }
        // The third begins 0.1 s before its cue, the first follows none.
        let cued = labels(MovementLabels(.cues), track)
        #expect(
            Self.text(cued.intervals) == ["relax 0–400", "open 130–215", "close 290–390"])
        #expect(cued.unclassed == 1)
        let given = labels(MovementLabels(.given("grip")), nil)
        #expect(Self.text(given.intervals) == ["grip 20–60", "grip 130–215", "grip 290–390"])
        #expect(given.unclassed == 0)
        let rested = labels(MovementLabels(.given("grip"), rest: "rest"), nil)
        #expect(Self.text(rested.intervals).first == "rest 0–400")
        #expect(labels(MovementLabels(.cues), nil).intervals.isEmpty)
    }
}
