import EMGArchive
import EMGSignal
import Foundation
import HDF5
import SeededRandom
import TestSupport
import Testing

@Suite("Recordings row by row")
struct RecordingRowsTests {
    /// Rows that are made when they are asked for, so that no memory holds all of them.
    struct MadeRows: RecordingRows {
        struct Failure: Error, CustomStringConvertible {
            let description = "the source broke off"
        }
        var sampleCount: Int
        var channelCount: Int
        var failsAt = Int.max
        var broken: [Int: Float] = [:]
        var hasLabels = true
        var missing = 0

        func read(_ range: SampleRange, into block: inout RowBlock) throws(Failure) {
            guard range.end <= failsAt else { throw Failure() }
            block.removeAll()
            for row in range.indices {
                for channel in 0..<channelCount {
                    let noise = UInt32(truncatingIfNeeded: row &* 31 &+ channel) &* 2_654_435_761
                    block.samples.append(broken[row] ?? Float(noise >> 22))
                }
                if hasLabels { block.labels.append(UInt8(row / 1_000 % 3)) }
                block.timeStamps.append(Double(row) / 2_000)
            }
            block.timeStamps.removeLast(missing)
        }
    }

    private static func header(
        _ rows: MadeRows, quality: [QualityInterval] = []
    ) throws -> RecordingHeader {
        let recording = try SyntheticRecording.make(samples: 0, channels: rows.channelCount)
        var header = RecordingFile.header(of: recording)
        header.sampleCount = rows.sampleCount
        header.quality = quality
        return header
    }

    @Test(
        "a recording written from memory, from rows and by any threads is the same bytes",
        arguments: [(0, 1), (1, 3), (70_000, 3), (140_000, 16)])
    func sameBytes(samples: Int, channels: Int) throws {
        let folder = try TemporaryFolder()
        let rows = MadeRows(sampleCount: samples, channelCount: channels)
        let header = try Self.header(rows)
        var block = RowBlock()
        try rows.read(SampleRange(start: 0, end: samples), into: &block)
        var description = RecordingDescription(
            identity: header.identity, channels: header.channels,
            samplingRate: header.samplingRate,
            source: header.source)
        description.effectiveRate = header.effectiveRate
        description.quality = header.quality
        description.history = header.history
        let recording = try Recording(
            description,
            samples: SampleMatrix(values: block.samples, channelCount: channels),
            labels: LabelTrack(classNames: try #require(header.classNames), values: block.labels),
            timeStamps: block.timeStamps)
        let memory = folder.url.appending(path: "memory.h5")
        try RecordingFile.write(recording, to: memory)
        let bytes = try Data(contentsOf: memory)
        for threads in [1, 5] {
            let streamed = folder.url.appending(path: "\(threads).h5")
            try RecordingFile.write(header, rows: rows, to: streamed, threads: threads)
            #expect(try Data(contentsOf: streamed) == bytes)
        }
        #expect(try RecordingFile.read(memory) == recording)
        let again = try RecordingRowsFile(memory)
        #expect(again.header == RecordingFile.header(of: recording))
        let copy = folder.url.appending(path: "copy.h5")
        try RecordingFile.write(again.header, rows: again, to: copy)
        #expect(try Data(contentsOf: copy) == bytes)
        #expect(HDF5Surgery.openIdentifierCount(below: copy) == 0)
    }

    @Test("ranges of a file's rows are those of the recording, with a digest that holds")
    func ranges() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        var recording = try SyntheticRecording.make(samples: 50_000, channels: 5)
        for labeled in [true, false] {
            if !labeled { (recording.labels, recording.timeStamps) = (nil, nil) }
            try RecordingFile.write(recording, to: url)
            let rows = try RecordingRowsFile(url, threads: 2)
            try rows.verify()
            var random = SeededGenerator(seed: 3, stream: "ranges")
            var (found, expected) = (RowBlock(), RowBlock())
            for _ in 0..<60 {
                let start = random.integer(below: 50_001)
                let length = random.integer(below: [10, 3_000, 50_001][random.integer(below: 3)])
                let range = SampleRange(start: start, end: min(50_000, start + length))
                try rows.read(range, into: &found)
                recording.read(range, into: &expected)
                #expect(found == expected)
            }
        }
    }

    @Test("rows that cannot be read or are not as the header says leave no file")
    func faults() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        var rows = MadeRows(sampleCount: 300_000, channelCount: 4, failsAt: 280_000)
        func description(_ header: RecordingHeader) -> String? {
            let error = #expect(throws: (any Error).self) {
                try RecordingFile.write(header, rows: rows, to: url)
            }
            return error.map { "\($0)" }
        }
        #expect(description(try Self.header(rows)) == "the source broke off")
        rows.failsAt = .max
        rows.hasLabels = false
        #expect(description(try Self.header(rows))?.contains("/label: expected") == true)
        rows.hasLabels = true
        rows.missing = 1
        #expect(description(try Self.header(rows))?.contains("/time_s: expected") == true)
        rows.missing = 0
        var header = try Self.header(rows)
        header.sampleCount = 299_999
        #expect(description(header)?.contains("expected 299999 samples, found 300000") == true)
        header = try Self.header(rows)
        header.classNames = ["one", "two"]
        #expect(description(header)?.contains("labels below 2, found 2 at sample 2000") == true)
        rows.broken = [290_000: .nan, 290_001: .infinity]
        #expect(
            description(try Self.header(rows))?.contains(
                "8 values are not finite: sample 290000 channel 0, sample 290000 channel 1")
                == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).isEmpty)
        let quality = [
            QualityInterval(
                range: SampleRange(start: 289_999, end: 290_002), channel: nil, kind: .nonFinite)
        ]
        try RecordingFile.write(try Self.header(rows, quality: quality), rows: rows, to: url)
        let file = try RecordingRowsFile(url)
        var block = RowBlock()
        try file.read(SampleRange(start: 290_000, end: 290_002), into: &block)
        #expect(block.samples[0].isNaN && block.samples[4] == .infinity)
    }

    @Test("damage is found where it is read, and by the digest where no checksum sees it")
    func damage() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try RecordingFile.write(
            try SyntheticRecording.make(samples: 100_000, channels: 4), to: url)
        HDF5Surgery.apply([.number(201, "sampling_rate_hz", of: "/")], to: url)
        let error = #expect(throws: ArchiveError.self) { try RecordingRowsFile(url).verify() }
        guard case .hashMismatch = error?.kind else {
            Issue.record("expected a hash mismatch, got \(String(describing: error))")
            return
        }
        ForeignDataset.storeChunk([1, 2, 3], at: [16_384, 0], of: "emg", in: url)
        let rows = try RecordingRowsFile(url)
        var block = RowBlock()
        let damaged = #expect(throws: ArchiveError.self) {
            try rows.read(SampleRange(start: 20_000, end: 20_001), into: &block)
        }
        #expect(damaged?.location.object == "/emg")
        #expect(damaged?.description.contains("the chunk at (16384, 0)") == true)
    }

    @Test("memory does not grow with the recording")
    func boundedMemory() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let url = folder.url.appending(path: "a.h5")
            // Twice: the first pays for what a process needs once.
            var peaks: [Int] = []
            for samples in [100_000, 3_000_000] {
                let rows = MadeRows(sampleCount: samples, channelCount: 16)
                try RecordingFile.write(
                    try Self.header(rows), rows: rows, to: url, threads: 2)
                let file = try RecordingRowsFile(url, threads: 2)
                try file.verify()
                var sum = 0.0
                try file.forEachBlock(of: 1_000) { (_, block) throws(ArchiveError) in
                    sum += Double(block.samples[0])
                }
                #expect(sum > 0)
                peaks.append(try ResidentMemory.peakBytes())
            }
            // 192 MB of samples and 24 MB of time stamps.
            try #require(peaks[1] - peaks[0] < 24 << 20)
        }
    }
}

/// What the process has in memory.
private enum ResidentMemory {
    /// The most it ever had, in bytes, by the kernel's count.
    static func peakBytes() throws -> Int {
        let status = try String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return 1_024
            * (try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) }))
    }
}
