import EMGSignal
import Experiments
import Foundation
import TestSupport
import Testing

/// Pages about recordings, whatever recordings are like.
@Suite struct RecordingReportTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var channelCount = 3
        var hertz = 200.0
        var count = 1_200
        var hasLabels = true
        var values: @Sendable (Int) -> Float = { Float(($0 * 7_919) % 200) - 100 }
        /// Figures by the beginnings of their names.
        var figures = ["signal", "spectrum", "spectrogram", "averages", "onsets"]
    }

    static let cases = [
        Case(testDescription: "a plain one"),
        Case(testDescription: "a grid", channelCount: 40),
        Case(
            testDescription: "without labels", hasLabels: false,
            figures: ["signal", "spectrum", "spectrogram"]),
        Case(
            testDescription: "shorter than two seconds", count: 150,
            figures: ["signal", "spectrum", "averages", "onsets"]),
        Case(testDescription: "one sample", count: 1, figures: ["signal", "averages"]),
        Case(testDescription: "silence", values: { _ in 0 }),
        Case(
            testDescription: "nothing finite", values: { _ in .nan },
            figures: [
                "signal", "spectrogram", "averages", "onsets",
            ]),
        Case(testDescription: "a very high rate", hertz: 10_000, count: 40_000),
    ]

    @Test(arguments: cases)
    func `a page has the figures that the recording has something for`(sample: Case) throws {
        var report = RecordingReport("samples & <others>")
        report.add(try Self.recording(sample), file: "p1/day1/131.h5")
        let html = report.html
        for name in ["signal", "spectrum", "spectrogram", "averages", "onsets"] {
            #expect(
                html.contains("<figure id=\"\(name)-1\">") == sample.figures.contains(name),
                "\(name)")
        }
        #expect(html.contains("samples &amp; &lt;others&gt;"))
        #expect(html.contains("p1/day1/131"))
        #expect(!html.contains("nan"))
    }

    @Test func `many recordings are all in the table, and the first ones are drawn`() throws {
        var report = RecordingReport("an archive")
        let recording = try Self.recording(Case(testDescription: "", channelCount: 1, count: 300))
        for _ in 0..<RecordingReport.mostDrawn + 2 { report.add(recording, file: "131.h5") }
        let html = report.html
        #expect(html.contains("The first 12 of 14 recordings are drawn"))
        #expect(html.contains("<figure id=\"signal-12\">"))
        #expect(!html.contains("<figure id=\"signal-13\">"))
        #expect(html.components(separatedBy: "<th scope=\"row\">p1/day1/131</th>").count == 15)
    }

    /// A rise from 10 to 90 Hz: where it is strongest is known for each time.
    @Test func `what rises in frequency rises in the page's spectrogram`() throws {
        var sample = Case(testDescription: "", channelCount: 1, count: 2_000)
        sample.values = { place in
            let time = Double(place) / 200
            return Float(sin(2 * .pi * (10 * time + 4 * time * time)))
        }
        let recording = try Self.recording(sample)
        var report = RecordingReport("a rise")
        report.add(recording, file: "131.h5")
        // Numbers behind the spectrum: nearly even between both ends, little beyond.
        let html = report.html
        let rows = html.components(separatedBy: "<tr><th scope=\"row\">").dropFirst().compactMap {
            row -> (hertz: Double, level: Double)? in
            let cells = row.components(separatedBy: "</t").prefix(2).map {
                $0.components(separatedBy: ">").last ?? ""
            }
            guard cells.count == 2, let hertz = Double(cells[0]), let level = Double(cells[1])
            else { return nil }
            return (hertz, level)
        }
        let inside = rows.filter { (15...85).contains($0.hertz) }.map(\.level)
        let outside = rows.filter { $0.hertz > 95 }.map(\.level)
        #expect(inside.count > 50 && !outside.isEmpty)
        #expect((inside.min() ?? 0) > (outside.max() ?? 0) + 3)
    }

    private static func recording(_ sample: Case) throws -> Recording {
        let channels = (0..<sample.channelCount).map { Channel(name: "emg\($0)", unit: "mV") }
        var description = try RecordingDescription(
            identity: RecordingIdentity(patient: "p1", session: "day1", condition: "131"),
            channels: channels, samplingRate: SamplingRate(hertz: sample.hertz),
            source: SourceFile(name: "p1.csv", sha256: String(repeating: "b", count: 64)))
        if sample.count > 100 {
            description.quality = [
                QualityInterval(
                    range: SampleRange(start: 20, end: 40), channel: 0, kind: .saturation)
            ]
        }
        let labels =
            sample.hasLabels
            ? try LabelTrack(
                classNames: ["relax", "open"],
                values: (0..<sample.count).map { UInt8($0 / 60 % 2) }) : nil
        return try Recording(
            description,
            samples: SampleMatrix(
                values: (0..<sample.count * sample.channelCount).map(sample.values),
                channelCount: sample.channelCount), labels: labels)
    }
}
