import Foundation
import HDF5
import SeededRandom
import TestSupport
import Testing

/// Datasets that libhdf5 wrote, read chunk by chunk outside it and, as the oracle, by itself.
@Suite("Reading chunks")
struct ChunkReadingTests {
    private static func whole<Value: Element>(
        _ url: URL, as type: Value.Type
    ) throws -> [Value] {
        try File.reading(url) { (file) throws(HDF5Error) in
            try file.withDataset("x") { (dataset) throws(HDF5Error) in
                try dataset.read(as: type)
            }
        }
    }

    private static func filters(_ random: inout SeededGenerator) -> [ForeignDataset.Filter] {
        var filters: [ForeignDataset.Filter] = []
        if random.integer(below: 2) == 0 { filters.append(.shuffle) }
        if random.integer(below: 3) > 0 { filters.append(.deflate(1 + random.integer(below: 9))) }
        if random.integer(below: 2) == 0 || filters.isEmpty { filters.append(.fletcher32) }
        for index in filters.indices.reversed() {
            filters.swapAt(index, random.integer(below: index + 1))
        }
        return filters
    }

    @Test(
        "blocks of datasets of any type, shape and filters are what libhdf5 reads",
        arguments: 0..<60)
    func anyDataset(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed), stream: "datasets")
        let rank = 1 + random.integer(below: 3)
        let shape = (0..<rank).map { _ in 1 + random.integer(below: rank == 1 ? 3_000 : 24) }
        var foreign = ForeignDataset(
            shape: shape, chunk: shape.map { 1 + random.integer(below: $0) })
        foreign.filters = Self.filters(&random)
        let numbers = ForeignDataset.Number.allCases
        foreign.number = numbers[random.integer(below: numbers.count)]
        foreign.isBigEndian = random.integer(below: 2) == 0
        foreign.isOld = random.integer(below: 2) == 0
        let values = (0..<shape.reduce(1, *)).map { Double($0 % 120) }
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        foreign.write(values, to: url)

        let dataset = try OpenFile.reading(url).dataset("x")
        #expect(dataset.description.isDecodedHere)
        let threads = 1 + random.integer(below: 3)
        switch foreign.number {
        case .int64: #expect(try dataset.read(as: Int64.self) == values.map { Int64($0) })
        case .uint64:
            #expect(
                try dataset.read(as: UInt64.self, threads: threads) == values.map { UInt64($0) })
        default:
            #expect(try dataset.read(as: Double.self, threads: threads) == values)
            #expect(try Self.whole(url, as: Double.self) == values)
        }
        if ![.float64, .int32, .uint32, .int64, .uint64].contains(foreign.number) {
            #expect(try dataset.read(as: Float.self, threads: threads) == values.map { Float($0) })
        }
        guard foreign.number != .int64, foreign.number != .uint64 else { return }
        for _ in 0..<8 {
            let start = shape.map { random.integer(below: $0) }
            let count = zip(shape, start).map { random.integer(below: $0 - $1 + 1) }
            let expected = try File.reading(url) { (file) throws(HDF5Error) in
                try file.withDataset("x") { (dataset) throws(HDF5Error) in
                    try dataset.read(as: Double.self, start: start, count: count)
                }
            }
            #expect(
                try dataset.read(as: Double.self, start: start, count: count, threads: threads)
                    == expected)
        }
    }

    @Test("numbers at the ends of their types are exact, also turned round and widened")
    func extremes() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        for (number, ends) in [
            (ForeignDataset.Number.int8, [-128.0, 127]), (.int16, [-32_768, 32_767]),
            (.int32, [-2_147_483_648, 2_147_483_647]), (.uint8, [0, 255]),
            (.uint16, [0, 65_535]), (.uint32, [0, 4_294_967_295]),
            (.float32, [-3.402_823_466_385_288_6e38, 0x1p-149]),
        ] {
            for isBigEndian in [false, true] {
                var foreign = ForeignDataset(shape: [2], chunk: [2])
                foreign.filters = [.shuffle, .deflate(1)]
                foreign.number = number
                foreign.isBigEndian = isBigEndian
                foreign.write(ends, to: url)
                #expect(try OpenFile.reading(url).dataset("x").read(as: Double.self) == ends)
            }
        }
    }

    @Test("other filters, and chunks at the ends without any, are left to libhdf5")
    func leftToTheLibrary() throws {
        let folder = try TemporaryFolder()
        let (one, other) = (folder.url.appending(path: "a.h5"), folder.url.appending(path: "b.h5"))
        let values = (0..<77).map { Double($0) }
        var foreign = ForeignDataset(shape: [11, 7], chunk: [4, 7])
        foreign.number = .int32
        foreign.filters = [.scaleOffset]
        foreign.write(values, to: one)
        var dataset = try OpenFile.reading(one).dataset("x")
        #expect(!dataset.description.isDecodedHere)
        #expect(try dataset.read(as: Double.self) == values)
        foreign.filters = [.shuffle, .deflate(6)]
        foreign.leavesPartialChunks = true
        foreign.write(values, to: other)
        dataset = try OpenFile.reading(other).dataset("x")
        #expect(!dataset.description.isDecodedHere)
        #expect(try dataset.readRows(as: Double.self, 3..<11) == Array(values[21...]))
    }

    @Test("each chunk says which of its filters were left out", arguments: UInt32(0)..<8)
    func filterMasks(mask: UInt32) throws {
        let folder = try TemporaryFolder()
        let (whole, part) = (
            folder.url.appending(path: "a.h5"), folder.url.appending(path: "b.h5")
        )
        let filters: [ForeignDataset.Filter] = [.shuffle, .deflate(4), .fletcher32]
        var foreign = ForeignDataset(shape: [90], chunk: [40])
        foreign.filters = filters
        foreign.write((0..<90).map { _ in -1 }, to: whole)
        let values = (0..<90).map { Double($0 / 3) }
        // libhdf5 itself does the filters that are left.
        foreign.filters = filters.enumerated().filter { mask & 1 << UInt32($0.offset) == 0 }
            .map(\.element)
        foreign.write(values, to: part)
        let stored = ForeignDataset.storedChunk(at: [40], in: part).bytes
        ForeignDataset.storeChunk(stored, mask: mask, at: [40], in: whole)
        let expected = values.enumerated().map { (40..<80).contains($0.offset) ? $0.element : -1 }
        #expect(try Self.whole(whole, as: Double.self) == expected)
        #expect(try OpenFile.reading(whole).dataset("x").read(as: Double.self) == expected)
    }

    @Test("the checksum that old libraries stored the other way round is taken, another is not")
    func oldChecksums() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        var foreign = ForeignDataset(shape: [333], chunk: [333])
        foreign.number = .uint8
        foreign.filters = [.fletcher32]
        let values = (0..<333).map { Double($0 * 7 % 256) }
        foreign.write(values, to: url)
        let good = ForeignDataset.storedChunk(at: [0], in: url).bytes
        let sum = good.suffix(4).map { $0 }
        let swapped = good.dropLast(4) + [sum[1], sum[0], sum[3], sum[2]]
        ForeignDataset.storeChunk(Array(swapped), at: [0], in: url)
        #expect(try Self.whole(url, as: Double.self) == values)
        #expect(try OpenFile.reading(url).dataset("x").read(as: Double.self) == values)
        ForeignDataset.storeChunk(Array(good.dropLast(4) + sum.reversed()), at: [0], in: url)
        #expect(throws: HDF5Error.self) { try Self.whole(url, as: Double.self) }
        let error = #expect(throws: HDF5Error.self) {
            try OpenFile.reading(url).dataset("x").read(as: Double.self)
        }
        guard case .damaged(let reason) = error?.kind else {
            Issue.record("expected damage, got \(String(describing: error))")
            return
        }
        #expect(reason.hasPrefix("the chunk at (0): its Fletcher-32 checksum is 0x"))
        #expect(error?.location.object == "x")
    }

    @Test("a chunk that gives other than its bytes is damaged", arguments: [1, 39, 41, 4_000])
    func wrongSizes(rows: Int) throws {
        let folder = try TemporaryFolder()
        let (whole, other) = (
            folder.url.appending(path: "a.h5"), folder.url.appending(path: "b.h5")
        )
        var foreign = ForeignDataset(shape: [80], chunk: [40])
        foreign.filters = [.shuffle, .deflate(6)]
        foreign.write((0..<80).map { Double($0) }, to: whole)
        var wrong = ForeignDataset(shape: [rows], chunk: [rows])
        wrong.filters = foreign.filters
        wrong.write([Double](repeating: 0, count: rows), to: other)
        ForeignDataset.storeChunk(
            ForeignDataset.storedChunk(at: [0], in: other).bytes, at: [40], in: whole)
        let dataset = try OpenFile.reading(whole).dataset("x")
        #expect(try dataset.readRows(as: Float.self, 0..<40) == (0..<40).map { Float($0) })
        let error = #expect(throws: HDF5Error.self) { try dataset.read(as: Float.self) }
        #expect(
            error?.kind
                == .damaged(
                    reason: "the chunk at (40): it gives "
                        + (rows < 40 ? "fewer" : "more") + " than 160 bytes"))
    }

    @Test("a chunk of random bytes is damage, whatever they are", arguments: 0..<4)
    func randomChunks(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed), stream: "chunks")
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        var foreign = ForeignDataset(shape: [300, 4], chunk: [100, 4])
        foreign.filters =
            [
                [.shuffle, .deflate(6), .fletcher32], [.deflate(6)],
                [.fletcher32, .deflate(1), .shuffle],
                [.fletcher32],
            ][seed]
        let values = (0..<1_200).map { Double($0 % 17) }
        foreign.write(values, to: url)
        let good = ForeignDataset.storedChunk(at: [100, 0], in: url).bytes
        for _ in 0..<150 {
            var bytes = good
            switch random.integer(below: 3) {
            case 0:
                bytes = (0..<1 + random.integer(below: 1_700)).map { _ in
                    UInt8(truncatingIfNeeded: random.next())
                }
            case 1: bytes = Array(good.prefix(1 + random.integer(below: good.count)))
            default:
                bytes[random.integer(below: bytes.count)] ^= 1 << UInt8(random.integer(below: 8))
            }
            ForeignDataset.storeChunk(
                bytes, mask: UInt32(random.integer(below: 8)), at: [100, 0], in: url)
            let here: [Float]?
            do throws(HDF5Error) {
                here = try OpenFile.reading(url).dataset("x").read(as: Float.self, threads: 2)
            } catch {
                guard case .damaged = error.kind else { throw error }
                here = nil
            }
            // What is read here is what libhdf5 reads, byte for byte; it may refuse less, as it
            // does not compare the size of a chunk with what its stream gives.
            guard let here else { continue }
            let there = try Self.whole(url, as: Float.self)
            #expect(here.map(\.bitPattern) == there.map(\.bitPattern))
        }
        #expect(HDF5Surgery.openIdentifierCount(below: folder.url) == 0)
    }
}
