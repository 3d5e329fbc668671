import EMGLabeling
import EMGSignal
import Foundation
import Testing

@Suite("Which recording a table of events is about")
struct LabelTableMatchTests {
    private static func recordings() throws -> [(identity: RecordingIdentity, source: String)] {
        func one(
            _ patient: String, _ session: String, _ condition: String, run: String = "",
            _ source: String
        ) throws -> (identity: RecordingIdentity, source: String) {
            (
                try RecordingIdentity(
                    patient: patient, session: session, condition: condition, run: run), source
            )
        }
        return [
            try one("p1", "day1", "111", "p1_111.csv"), try one("p1", "day2", "111", "p1_111.csv"),
            try one("p2", "day1", "111", "p2_111.csv"),
            try one("p2", "day1", "grip", run: "2", "sub-p2_task-grip_run-2_emg.edf"),
        ]
    }

    @Test(
        "a table is found by its name, and by its folders where several have that name",
        arguments: [
            ("events/p2_111.tsv", LabelTableMatch.recording(2)),
            ("events/p2_111_events.csv", .recording(2)), ("p2_day1_111-labels.csv", .recording(2)),
            ("day2/p1_111_events.tsv", .recording(1)), ("p1_day1_111.csv", .recording(0)),
            ("p1_111.csv", .several([0, 1])), ("ses-day2/p1_111.csv", .recording(1)),
            ("sub-p2_task-grip_run-2_events.tsv", .recording(3)), ("grip-2.csv", .recording(3)),
            ("p2/day1/111.csv", .recording(2)), ("111.csv", .several([0, 1, 2])),
            ("p3_111.csv", .none),
        ])
    func find(path: String, expected: LabelTableMatch) throws {
        #expect(
            LabelTableMatch.find(
                URL(filePath: "/lab/" + path), among: try Self.recordings()) == expected)
    }
}
