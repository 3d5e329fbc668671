import Foundation
import HDF5
import SeededRandom
import TestSupport
import Testing

/// Bytes of every kind, compressed at the lowest level and inflated by libhdf5's own zlib.
@Suite("Compression")
struct CompressionTests {
    enum Kind: CaseIterable, Sendable {
        /// The counts of the bytes are Fibonacci numbers: the longest code words there are.
        case fibonacci
        case uniform
        /// Half of all bytes are 0, a quarter 1 and so on.
        case geometric
        case constant
        case twoValues
        /// Each byte over and over, for up to 700 times.
        case runs
        /// Noise with segments of silence.
        case pauses
        /// The same 500 bytes of noise again and again.
        case periodic
        /// Noise that gets louder.
        case crescendo

        func bytes(_ count: Int) -> [UInt8] {
            var random = SeededGenerator(seed: 1, stream: "\(self)")
            var fibonacci = [1, 1]
            while fibonacci.count < 25 { fibonacci.append(fibonacci.suffix(2).reduce(0, +)) }
            let whole = fibonacci.reduce(0, +)
            var (left, byte) = (0, UInt8(0))
            return (0..<count).map { index in
                switch self {
                case .fibonacci:
                    var position = random.integer(below: whole)
                    return UInt8(
                        fibonacci.firstIndex { count in
                            position -= count
                            return position < 0
                        } ?? 0)
                case .uniform: return UInt8(truncatingIfNeeded: random.next())
                case .geometric: return UInt8(random.next().trailingZeroBitCount)
                case .constant: return 200
                case .twoValues: return random.integer(below: 9) == 0 ? 255 : 0
                case .runs:
                    if left == 0 {
                        left = 1 + random.integer(below: 700)
                        byte = UInt8(truncatingIfNeeded: random.next())
                    }
                    left -= 1
                    return byte
                case .pauses:
                    return index / 300 % 3 == 0 ? 7 : UInt8(truncatingIfNeeded: random.next() & 15)
                case .periodic: return UInt8(truncatingIfNeeded: index % 500 * 7_919 >> 3)
                case .crescendo:
                    return UInt8(random.integer(below: 1 + index * 255 / count))
                }
            }
        }
    }

    @Test(
        "libhdf5 inflates what was compressed", arguments: Kind.allCases,
        [1, 100, 8_191, 65_535, 65_536, 65_537, 131_072, 200_003])
    func inflates(kind: Kind, count: Int) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let bytes = kind.bytes(count)
        // As numbers of one, four and eight bytes: one, four and eight parts in a chunk.
        let words = bytes.map { UInt32($0) | UInt32(255 - $0) << 16 }
        let longs = bytes.map { UInt64($0) &* 0x0100_0300_0700_0501 }
        let file = try OpenFile.creating(url)
        let layout = DatasetLayout.compressed(chunk: [count], level: 1)
        try file.createDataset("bytes", values: bytes, shape: [count], layout: layout)
        try file.createDataset("words", values: words, shape: [count], layout: layout)
        try file.createDataset("longs", values: longs, shape: [count], layout: layout)
        try file.close()
        try File.reading(url) { (file) throws(HDF5Error) in
            try file.withDataset("bytes") { (dataset) throws(HDF5Error) in
                #expect(try dataset.read(as: UInt8.self) == bytes)
            }
            try file.withDataset("words") { (dataset) throws(HDF5Error) in
                #expect(try dataset.read(as: UInt32.self) == words)
            }
            try file.withDataset("longs") { (dataset) throws(HDF5Error) in
                #expect(try dataset.read(as: UInt64.self) == longs)
            }
        }
        let open = try OpenFile.reading(url)
        #expect(try open.dataset("bytes").read(as: UInt8.self) == bytes)
        #expect(try open.dataset("words").read(as: UInt32.self) == words)
        #expect(try open.dataset("longs").read(as: UInt64.self) == longs)
        #expect(try open.dataset("longs").description.storedBytes < 8 * count + 100)
    }

    @Test("noise takes little more than its entropy, repetitions and runs far less")
    func sizes() throws {
        let count = 1 << 18
        func size(_ kind: Kind) throws -> Int {
            let folder = try TemporaryFolder()
            let url = folder.url.appending(path: "a.h5")
            let file = try OpenFile.creating(url)
            try file.createDataset(
                "x", values: kind.bytes(count), shape: [count],
                layout: .compressed(chunk: [count], level: 1))
            try file.close()
            return try OpenFile.reading(url).dataset("x").description.storedBytes
        }
        // Two bits a byte: 1/2 · 1 + 1/4 · 2 + 1/8 · 3 + …; at the lowest level libdeflate spends
        // some on repetitions that are accidents.
        #expect(try size(.geometric) < count / 4 * 3 / 2)
        #expect(try size(.uniform) <= count + 4)
        #expect(try size(.constant) < 1_200)
        #expect(try size(.runs) < count / 60)
        #expect(try size(.periodic) < count / 30)
        #expect(try size(.twoValues) < count / 7)
    }
}
