import Foundation
import HDF5
import TestSupport
import Testing

/// Files whose structures contradict themselves in places where libhdf5 would read on.
@Suite("Structures that libhdf5 trusts")
struct StructureTests {
    /// A change of bytes: the bytes to look for, and others for some of them.
    struct Change: Sendable {
        let pattern: [UInt8]
        let offset: Int
        let bytes: [UInt8]
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let operations: [HDF5Surgery.Operation]
        let changes: [Change]
        /// What the message must have of what is wrong.
        let says: String
    }

    private static func little(_ values: Int..., width: Int = 4) -> [UInt8] {
        values.flatMap { value in (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    }

    private static let chunks: [HDF5Surgery.Operation] = [
        .dataset("/x", .firstChunkOnly(shape: [500, 8], chunkRows: 500))
    ]

    private static let faults: [Fault] = [
        Fault(
            testDescription: "a chunk wider than what is stored of it",
            operations: chunks,
            changes: [Change(pattern: little(500, 8, 4), offset: 4, bytes: little(9))],
            says: "declares a chunk of 18000 bytes, which 16000 stored bytes cannot be"),
        Fault(
            testDescription: "a chunk narrower than what is stored of it",
            operations: chunks,
            changes: [Change(pattern: little(500, 8, 4), offset: 0, bytes: little(250))],
            says: "declares a chunk of 8000 bytes, which 16000 stored bytes cannot be"),
        Fault(
            testDescription: "an index that says another size than the chunk's",
            operations: chunks,
            changes: [Change(pattern: little(16_000, 0), offset: 0, bytes: little(15_999))],
            says: "declares a chunk of 16000 bytes, which 15999 stored bytes cannot be"),
        Fault(
            testDescription: "a value in a chunk of another size than its type",
            operations: chunks,
            changes: [Change(pattern: little(500, 8, 4), offset: 8, bytes: little(2))],
            says: "the layout in its header contradicts itself"),
        Fault(
            testDescription: "a chunk of another number of dimensions",
            operations: chunks,
            // Version 3, class 2 for chunks, and the dimensions with that within a value.
            changes: [Change(pattern: [3, 2, 3], offset: 2, bytes: [2])],
            says: "the layout in its header contradicts itself"),
        Fault(
            testDescription: "values in the header that are more than the header",
            operations: [.dataset("/x", .compact(shape: [20, 2]))],
            changes: [
                Change(pattern: [3, 0] + little(160, width: 2), offset: 2, bytes: [0xFF, 0x7F])
            ],
            says: "the layout in its header contradicts itself"),
        Fault(
            testDescription: "a virtual dataset whose heap has an object of 2 GiB",
            operations: [.dataset("/x", .virtual(shape: [10, 2], file: "other.h5", object: "/x"))],
            changes: [
                Change(
                    pattern: Array("GCOL".utf8), offset: 24, bytes: little(1 << 31, width: 8))
            ],
            says: "it is a virtual dataset"),
        Fault(
            testDescription: "a virtual dataset whose heap has an object of hardly less than 2^64",
            operations: [.dataset("/x", .virtual(shape: [10, 2], file: "other.h5", object: "/x"))],
            changes: [
                Change(pattern: Array("GCOL".utf8), offset: 24, bytes: little(-16, width: 8))
            ],
            says: "it is a virtual dataset"),
        Fault(
            testDescription: "a node of names that lies outside the file",
            operations: [.dataset("/x", .zeros(shape: [4]))],
            changes: [
                Change(pattern: Array("TREE".utf8), offset: 32, bytes: little(1 << 40, width: 8))
            ],
            says: "the names in the group do not hold together"),
        Fault(
            testDescription: "more names in a node than it has",
            operations: [.dataset("/x", .zeros(shape: [4]))],
            changes: [Change(pattern: Array("SNOD".utf8), offset: 6, bytes: [0xFF, 0xFF])],
            says: "the names in the group do not hold together"),
        Fault(
            testDescription: "a name behind the end of the heap of names",
            operations: [.dataset("/x", .zeros(shape: [4]))],
            changes: [
                Change(pattern: Array("SNOD".utf8), offset: 8, bytes: little(1 << 20, width: 8))
            ],
            says: "the names in the group do not hold together"),
        Fault(
            testDescription: "a record with a member that reaches beyond it",
            operations: [.dataset("/x", .compound)],
            // The name of the second member, padded, and where it begins.
            changes: [
                Change(pattern: Array("value\0\0\0".utf8) + little(8), offset: 8, bytes: little(9))
            ],
            says: "the type in its header contradicts itself"),
        Fault(
            testDescription: "a text that is longer than its attribute",
            operations: [
                .dataset("/x", .zeros(shape: [4])),
                .fixedText(Array("abcdefgh".utf8), "unit", of: "/x", padding: .nullTerminated),
            ],
            // Version 1 and class 3 for a text, and its length.
            changes: [
                Change(pattern: [0x13, 0, 0, 0] + little(8), offset: 4, bytes: little(4_096))
            ],
            says: "the attribute in its header contradicts itself"),
        Fault(
            testDescription: "a header of 4 GiB",
            operations: [.dataset("/x", .zeros(shape: [4]))],
            // Version 1, a reserved byte, a number of messages, one reference, and the size.
            changes: [
                Change(pattern: [1, 0, 6, 0, 1, 0, 0, 0], offset: 8, bytes: little(-1))
            ],
            says: "an object's header does not hold together"),
        Fault(
            testDescription: "a header that goes on for hardly less than 2^63 bytes",
            operations: [.dataset("/x", .zeros(shape: [4]))]
                + (0..<8).map { .number(1, "attribute\($0)", of: "/x") },
            // Kind and size of the message, and behind an address the length.
            changes: [
                Change(
                    pattern: [0x10, 0, 0x10, 0, 0, 0, 0, 0], offset: 16,
                    bytes: little(Int.max - 1, width: 8))
            ],
            says: "an object's header does not hold together"),
        Fault(
            testDescription: "a root group outside the file",
            operations: [.dataset("/x", .zeros(shape: [4]))],
            changes: [
                Change(
                    pattern: [0x89, 0x48, 0x44, 0x46], offset: 64, bytes: little(1 << 40, width: 8))
            ],
            says: "points beyond the end of the file"),
    ]

    /// The bytes of a file with changes.
    private static func changed(_ data: Data, _ changes: [Change]) throws -> Data {
        var data = data
        for change in changes {
            let place = try #require(data.range(of: Data(change.pattern)), "no such bytes")
            let start = place.lowerBound + change.offset
            data.replaceSubrange(start..<start + change.bytes.count, with: change.bytes)
        }
        return data
    }

    @Test("a structure that contradicts itself is refused before it is used", arguments: faults)
    func refused(fault: Fault) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        HDF5Surgery.apply(fault.operations, to: url)
        try Self.changed(Data(contentsOf: url), fault.changes).write(to: url)
        let error = #expect(throws: HDF5Error.self) {
            let file = try OpenFile.reading(url)
            _ = try file.links(in: "/", limit: 10)
            _ = try file.dataset("/x").read(as: Float.self)
        }
        #expect(error?.description.contains(fault.says) == true, "\(error?.description ?? "")")
        #expect(HDF5Surgery.openIdentifierCount(below: folder.url) == 0)
    }

    @Test(
        "the same files are read when nothing in them is changed",
        arguments: [
            chunks, [.dataset("/x", .packed(shape: [64, 4], chunkRows: 64))],
            [.dataset("/x", .compact(shape: [20, 2]))],
            [.dataset("/x", .foreignNumbers(count: 100))],
        ] as [[HDF5Surgery.Operation]])
    func whole(operations: [HDF5Surgery.Operation]) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        HDF5Surgery.apply(operations, to: url)
        let values = try OpenFile.reading(url).dataset("/x").read(as: Double.self)
        #expect(!values.isEmpty && values.allSatisfy { $0 == 0 })
    }

    @Test("a stream of libhdf5's own that gives less than the chunk is refused")
    func shortStream() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        HDF5Surgery.apply([.dataset("/x", .foreignNumbers(count: 100))], to: url)
        // The layout says that chunks have 100 values of two bytes.
        try Self.changed(
            Data(contentsOf: url),
            [Change(pattern: Self.little(100, 2), offset: 0, bytes: Self.little(1_000))]
        ).write(to: url)
        let error = #expect(throws: HDF5Error.self) {
            try OpenFile.reading(url).dataset("/x").read(as: Double.self)
        }
        #expect(
            error?.kind
                == .damaged(reason: "the chunk at (0): it gives fewer than 2000 bytes"),
            "\(error?.description ?? "")")
    }

    @Test(
        "packed bits that need more than the chunk has, or than a value, are refused",
        arguments: [2, 8, 16, 17, 255])
    func packedBits(bits: Int) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        HDF5Surgery.apply([.dataset("/x", .packed(shape: [64, 4], chunkRows: 64))], to: url)
        var data = try Data(contentsOf: url)
        // The node of chunks: signature, kind 1, level, entries, two siblings; then the key (size,
        // filters left out, three offsets) and the address of the chunk, which begins with the
        // number of bits of a value.
        let node = try #require(data.range(of: Data(Array("TREE".utf8) + [1, 0]))).lowerBound
        let key = node + 24
        let size = data[key..<key + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
        let address = data[key + 32..<key + 40].reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(size < 64 && address + size <= data.count)
        #expect(Array(data[address..<address + 4]) == [1, 0, 0, 0])
        data.replaceSubrange(address..<address + 4, with: Self.little(bits))
        try data.write(to: url)
        let error = #expect(throws: HDF5Error.self) {
            try OpenFile.reading(url).dataset("/x").read(as: Float.self)
        }
        #expect(
            error?.kind
                == .damaged(reason: "the chunk at (0, 0): it gives fewer than 512 bytes"),
            "\(error?.description ?? "")")
    }
}
