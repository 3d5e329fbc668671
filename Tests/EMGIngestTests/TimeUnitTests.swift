import Documents
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

/// Time stamps in one unit that a template gives another.
@Suite("Units of time stamps")
struct TimeUnitTests {
    private static let perSecond = ["s": 1.0, "ms": 1e3, "us": 1e6]

    /// Stamps at a rate, in whole milliseconds whatever the unit.
    private func read(
        _ unit: String, as stated: String, hertz: Int, declared: Double?
    ) throws -> IngestOutcome {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.csv")
        let scale = try #require(Self.perSecond[unit])
        var text = "t,x\n"
        for row in 0..<1_500 {
            text += "\(Double(row * 1_000 / hertz) / 1_000 * scale),\((row * 37) % 91)\n"
        }
        try Data(text.utf8).write(to: url)
        let template = try SourceTemplate(
            "unit: mV\ndelimited:\n  time: {column: t, unit: \(stated)}\n", document: "t.yaml",
            name: "t")
        let reader = try #require(DelimitedReader(template))
        return try reader.read(url, options: ReadOptions(samplingRateHertz: declared))
    }

    @Test(
        "a declared rate that another unit explains is not reported as the rate of the stamps",
        arguments: ["s", "ms", "us"], ["s", "ms", "us"])
    func declared(unit: String, stated: String) throws {
        for hertz in [125, 200, 1_000] {
            let outcome = try read(unit, as: stated, hertz: hertz, declared: Double(hertz))
            #expect(outcome.recording.samplingRate.hertz == Double(hertz))
            let text = RecordingInspection(outcome, file: "a", format: "t").text
            let notes = outcome.warnings.filter { $0.kind == .rateDisagreement }
            let quotient =
                try #require(Self.perSecond[unit]) / #require(Self.perSecond[stated])
            guard quotient != 1 else {
                #expect(notes.isEmpty)
                #expect(
                    text.contains("\(hertz) Hz (declared; by the time stamps \(hertz)"), "\(text)")
                continue
            }
            let words =
                quotient > 1
                ? "unit \(Int(quotient)) times smaller" : "unit \(Int(1 / quotient)) times larger"
            let note = try #require(notes.first)
            #expect(notes.count == 1)
            #expect(note.message.contains(words) && note.message.contains("time: {unit: ms}"))
            #expect(
                text.contains("\(hertz) Hz (declared; the time stamps are in a \(words)"), "\(text)"
            )
        }
    }

    @Test(
        "without a declared rate such stamps are refused, and the unit is named",
        arguments: [("s", "ms"), ("s", "us"), ("ms", "s"), ("us", "ms"), ("us", "s"), ("ms", "us")])
    func undeclared(unit: String, stated: String) throws {
        for hertz in [125, 1_000] {
            let error = try #require(
                #expect(throws: IngestError.self) {
                    try read(unit, as: stated, hertz: hertz, declared: nil)
                })
            #expect(error.kind.name == "unknown-rate")
            #expect(error.hint.contains("another unit") || error.fault.contains("not plausible"))
        }
    }

    @Test("a rate that no unit explains is reported beside that of the stamps")
    func disagreement() throws {
        let outcome = try read("ms", as: "ms", hertz: 200, declared: 250)
        let text = RecordingInspection(outcome, file: "a", format: "t").text
        #expect(text.contains("250 Hz (declared; by the time stamps 200"), "\(text)")
        let note = try #require(outcome.warnings.first { $0.kind == .rateDisagreement })
        #expect(note.message.contains("declared as 250 Hz"))
    }
}
