import EMGExport
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Recordings written as ROAM tables")
struct ROAMWriterTests {
    private func write(
        _ recording: Recording, to folder: borrowing TemporaryFolder
    ) throws -> (url: URL, notes: [String]) {
        let url = folder.url.appending(path: "2023_03_28_p7").appending(path: "p7_131.csv")
        return (url, try ROAMWriter().write(recording, to: url))
    }

    @Test("what is written reads back as it was")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        var times: [Double] = []
        for row in 0..<600 {
            let jitter: Double = Double(row % 7) * 1e-5
            times.append(2.03 + Double(row) * 0.01 + jitter)
        }
        var (recording, _, _) = try SampleRecordings.integers(
            rows: 600, channels: 8, hertz: 100, bits: 10,
            labels: SampleRecordings.labels(rows: 600, run: 120), timeStamps: times)
        for row in 0..<600 { recording.samples[row, 3] = Float(row) * 0.1 + 1e-6 }
        let (url, notes) = try write(recording, to: folder)
        #expect(notes.isEmpty)
        let back = try ROAMReader().read(url).recording
        #expect(back.samples == recording.samples)
        #expect(back.timeStamps == times)
        #expect(back.labels == recording.labels)
        #expect(back.identity == recording.identity)
        #expect(back.samplingRate == recording.samplingRate)
        #expect(back.channels == recording.channels)
    }

    @Test("the lines have the columns of the laboratory's tables")
    func lines() throws {
        let folder = try TemporaryFolder()
        var (recording, _, _) = try SampleRecordings.integers(
            rows: 3, channels: 8, hertz: 100, labels: [0, 2, 1],
            timeStamps: [2.03, 2.04, 86_402.05])
        recording.samples = SampleMatrix(
            values: (0..<24).map { Float($0) - 0.5 * Float($0 % 2) }, channelCount: 8)
        recording.history = [
            ProcessingStep(
                operation: "ingest.roam-csv",
                parameters: ["first_current_time": .text("20231231235959990")],
                software: SampleRecordings.software)
        ]
        let (url, _) = try write(recording, to: folder)
        #expect(
            try String(contentsOf: url, encoding: .utf8) == """
                ,gt,time_elapsed,current_time,current_task,emg0,emg1,emg2,emg3,emg4,emg5,emg6,emg7
                0,0,2.03,20231231235959990,None,0,0.5,2,2.5,4,4.5,6,6.5
                1,2,2.04,20240101000000000,None,8,8.5,10,10.5,12,12.5,14,14.5
                2,1,86402.05,20240102000000010,None,16,16.5,18,18.5,20,20.5,22,22.5

                """)
    }

    @Test("other classes, and none, are refused with a reason")
    func classes() throws {
        let folder = try TemporaryFolder()
        let (other, _, _) = try SampleRecordings.integers(
            labels: SampleRecordings.labels(rows: 1_000, run: 100),
            classNames: ["relax", "open", "pinch"])
        let error = #expect(throws: ExportError.self) { try write(other, to: folder) }
        #expect(error?.description.contains("pinch") == true)
        #expect(error?.hint.contains("BDF") == true)
        let (none, _, _) = try SampleRecordings.integers()
        #expect(throws: ExportError.self) { try write(none, to: folder) }
        #expect(
            !FileManager.default.fileExists(
                atPath: folder.url.appending(path: "2023_03_28_p7/p7_131.csv").path()))
    }

    @Test("what a table cannot say is reported")
    func notes() throws {
        let folder = try TemporaryFolder()
        var (recording, _, _) = try SampleRecordings.integers(
            unit: "uV", labels: SampleRecordings.labels(rows: 1_000, run: 100), gaps: [500])
        recording.channels[1] = Channel(name: "biceps", unit: "uV")
        recording.samples[3, 0] = .nan
        let (url, notes) = try write(recording, to: folder)
        #expect(notes.count == 4)
        let back = try ROAMReader().read(url, options: ReadOptions(missing: .markAsMissing))
        #expect(back.recording.samples[3, 0].isNaN)
        #expect(back.recording.timeStamps?[200] == 1)
    }
}
