import EMGIngest
import EMGSignal
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Rows of a recording while it is taken in")
struct RowStoreTests {
    private func block(rows: Int, seed: UInt64) -> RowBlock {
        var random = SeededGenerator(seed: seed, stream: "rows")
        var block = RowBlock()
        for row in 0..<rows {
            for _ in 0..<3 { block.samples.append(Float(random.next() % 1_000)) }
            block.labels.append(UInt8(row / 7 % 4))
            block.timeStamps.append(Double(row) / 200)
        }
        return block
    }

    @Test(
        "what is appended is read, from memory and from disk alike",
        arguments: [1, 1_000, 1 << 20], [1, 13, 500])
    func readBack(budget: Int, step: Int) throws {
        let folder = try TemporaryFolder()
        let all = block(rows: 500, seed: 4)
        let store = RowStore(
            channelCount: 3, with: [.labels, .timeStamps], budget: budget,
            folder: folder.url)
        for start in stride(from: 0, to: 500, by: step) {
            let end = min(start + step, 500)
            var piece = RowBlock()
            piece.samples = Array(all.samples[start * 3..<end * 3])
            piece.labels = Array(all.labels[start..<end])
            piece.timeStamps = Array(all.timeStamps[start..<end])
            try store.append(piece)
        }
        try store.seal()
        store.setLabelMap([3, 2, 1, 0])
        #expect(store.sampleCount == 500)
        var read = RowBlock()
        for range in [0..<500, 0..<1, 17..<200, 499..<500, 250..<250] {
            try store.read(SampleRange(range), into: &read)
            #expect(read.samples == Array(all.samples[range.lowerBound * 3..<range.upperBound * 3]))
            #expect(read.labels == all.labels[range].map { 3 - $0 })
            #expect(read.timeStamps == Array(all.timeStamps[range]))
        }
        let track = try LabelTrack(
            classNames: ["a", "b", "c", "d"], values: all.labels.map { 3 - $0 })
        #expect(store.labelRuns == track.runs)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path())
        #expect(left.isEmpty, "a spool has no name")
    }

    @Test("a folder that cannot be written is one clear error")
    func noFolder() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "file")
        try Data("x".utf8).write(to: file)
        let store = RowStore(
            channelCount: 3, with: [.labels, .timeStamps], budget: 1, folder: file)
        let error = #expect(throws: IngestError.self) {
            try store.append(block(rows: 10, seed: 1))
        }
        #expect(error?.hint.isEmpty == false)
        #expect(error?.description.contains(file.path(percentEncoded: false)) == true)
    }
}
