import Foundation
import HDF5
import TestSupport
import Testing

/// Files that another program made, by accident or on purpose.
@Suite("Hostile files")
struct HostileFileTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let operations: [HDF5Surgery.Operation]
        let kind: HDF5Error.Kind
    }

    private static let faults: [Fault] = [
        Fault(
            testDescription: "no dataset, but another",
            operations: [.dataset("/signal", .zeros(shape: [4]))],
            kind: .missing(what: "dataset", found: ["signal"], count: 1)),
        Fault(
            testDescription: "soft links in a circle",
            operations: [.softLink("/x", target: "/b"), .softLink("/b", target: "x")],
            kind: .link(.loop)),
        Fault(
            testDescription: "a soft link to itself",
            operations: [.softLink("/x", target: "/x")], kind: .link(.loop)),
        Fault(
            testDescription: "a dangling soft link",
            operations: [.softLink("/x", target: "/nowhere")],
            kind: .link(.dangling(target: "/nowhere"))),
        Fault(
            testDescription: "a link into another file",
            operations: [.externalLink("/x", file: "other.h5", object: "/x")],
            kind: .link(.external(file: "other.h5"))),
        Fault(
            testDescription: "a soft link to a link into another file",
            operations: [
                .externalLink("/e", file: "other.h5", object: "/"),
                .softLink("/x", target: "/e/x"),
            ],
            kind: .link(.external(file: "other.h5"))),
        Fault(
            testDescription: "a virtual dataset",
            operations: [
                .dataset("/x", .virtual(shape: [10, 2], file: "other.h5", object: "/x"))
            ],
            kind: .storage(.virtual)),
        Fault(
            testDescription: "external raw storage",
            operations: [.dataset("/x", .external(shape: [2, 2], file: "/etc/hostname"))],
            kind: .storage(.external)),
        Fault(
            testDescription: "chunks that were never written",
            operations: [.dataset("/x", .firstChunkOnly(shape: [4_000, 8], chunkRows: 500))],
            kind: .storage(.unwritten(expected: 8, found: 1))),
        Fault(
            testDescription: "2^32 rows, nothing written",
            operations: [.dataset("/x", .unwritten(shape: [1 << 32, 8], chunkRows: 512))],
            kind: .storage(.unwritten(expected: 1 << 23, found: 0))),
        Fault(
            testDescription: "2^32 contiguous rows, nothing written",
            operations: [.dataset("/x", .unwritten(shape: [1 << 32, 8], chunkRows: nil))],
            kind: .storage(.unwritten(expected: 1 << 37, found: 0))),
        Fault(
            testDescription: "deflate twice over",
            operations: [
                .dataset("/x", .deflated(shape: [1 << 21, 8], chunkRows: 1 << 15, times: 2))
            ],
            kind: .storage(.repeatedCompression)),
        Fault(
            testDescription: "a chunk that inflates to more than may be in memory",
            operations: [
                .dataset("/x", .deflated(shape: [1 << 21, 8], chunkRows: 1 << 20, times: 1))
            ],
            kind: .storage(.tooLarge(bytes: 32 << 20, limit: 4 << 20))),
        Fault(
            testDescription: "a filter that libhdf5 does not have",
            operations: [.dataset("/x", .foreignFilter(shape: [100, 2], number: 32_000))],
            kind: .storage(.unknownFilter(id: 32_000, name: "LZF"))),
        Fault(
            testDescription: "a compound",
            operations: [.dataset("/x", .compound)],
            kind: .unexpectedType(expected: "32-bit float", found: "compound of time, value")),
        Fault(
            testDescription: "a null dataspace",
            operations: [.dataset("/x", .nullSpace)],
            kind: .unexpectedShape(expected: "values", found: "an empty (null) dataspace")),
        Fault(
            testDescription: "a group",
            operations: [.dataset("/y", .zeros(shape: [1])), .softLink("/x", target: "/")],
            kind: .unexpectedType(expected: "a dataset", found: "a group or named type")),
        Fault(
            testDescription: "a link below a dataset",
            operations: [.dataset("/y", .zeros(shape: [1])), .softLink("/x", target: "/y/z")],
            kind: .link(.dangling(target: "/y/z"))),
    ]

    @Test("storage that is not what it seems is refused for its own reason", arguments: faults)
    func refused(fault: Fault) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        HDF5Surgery.apply(fault.operations, to: url)
        let error = #expect(throws: HDF5Error.self) {
            try File.reading(url) { (file) throws(HDF5Error) in
                try file.withDataset("/x") { (dataset) throws(HDF5Error) in
                    try dataset.read(as: Float.self)
                }
            }
        }
        #expect(error?.kind == fault.kind)
        #expect(error?.location.object == "/x")
        #expect(HDF5Surgery.openIdentifierCount(below: folder.url) == 0)
    }

    @Test("a soft link inside the file is followed")
    func softLinks() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createGroup("/group/inner")
            try file.createDataset("/group/inner/y", values: [Float(7)], shape: [1])
        }
        HDF5Surgery.apply(
            [.softLink("/group/z", target: "inner/./y"), .softLink("/x", target: "/group/z")],
            to: url)
        let values = try File.reading(url) { (file) throws(HDF5Error) in
            try file.withDataset("/x") { (dataset) throws(HDF5Error) in
                try dataset.read(as: Float.self)
            }
        }
        #expect(values == [7])
    }

    @Test("a message names a few of many links, escaped, and how many more there are")
    func manyLinks() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        HDF5Surgery.apply(
            (0..<3_000).map { .softLink("/\(10_000 + $0)", target: "/nowhere") } + [
                .linkNamed([0x01, 0x1B, 0x5B, 0x33, 0x31, 0x6D, 0xFF], target: "/nowhere")
            ], to: url)
        let error = #expect(throws: HDF5Error.self) {
            try File.reading(url) { (file) throws(HDF5Error) in
                try file.withDataset("/x") { (_) throws(HDF5Error) in }
            }
        }
        let description = try #require(error?.description)
        #expect(description.contains("and 2993 more"))
        #expect(description.contains("\\u{1}\\u{1B}[31m"))
        #expect(!description.contains("\u{1B}"))
        #expect(description.utf8.count < 500)
    }

    @Test("a read that needs more memory than allowed is refused, a part of it is not")
    func memoryLimit() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset(
                "/x", values: [Float](repeating: 1, count: 1_000), shape: [1_000])
        }
        let limits = ReadLimits(bytes: 3_999)
        let error = #expect(throws: HDF5Error.self) {
            try File.reading(url, limits: limits) { (file) throws(HDF5Error) in
                try file.withDataset("/x") { (dataset) throws(HDF5Error) in
                    try dataset.read(as: Float.self)
                }
            }
        }
        #expect(error?.kind == .storage(.tooLarge(bytes: 4_000, limit: 3_999)))
        let part = try File.reading(url, limits: limits) { (file) throws(HDF5Error) in
            try file.withDataset("/x") { (dataset) throws(HDF5Error) in
                try dataset.read(as: Float.self, start: [1], count: [999])
            }
        }
        #expect(part.count == 999)
    }

    @Test("what is not an HDF5 file is said to be none, before the library sees it")
    func notHDF5() throws {
        let folder = try TemporaryFolder()
        let path = folder.url
        func kind(_ url: URL) -> HDF5Error.Kind? {
            #expect(throws: HDF5Error.self) {
                try File.reading(url) { (_) throws(HDF5Error) in }
            }?.kind
        }
        let empty = path.appending(path: "empty.h5")
        try Data().write(to: empty)
        #expect(kind(empty) == .notHDF5)
        let text = path.appending(path: "text.h5")
        try Data(repeating: 0x41, count: 5_000).write(to: text)
        #expect(kind(text) == .notHDF5)
        #expect(kind(path) == .unreadable(reason: "it is a folder"))
        #expect(
            kind(path.appending(path: "none.h5")) == .unreadable(reason: "there is no such file"))
        #expect(kind(URL(filePath: "/dev/null")) == .unreadable(reason: "it is not a file"))
    }

    @Test("a file that is cut off is refused, wherever")
    func truncated() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset(
                "/x", values: (0..<5_000).map { Float($0) }, shape: [5_000],
                layout: .compressed(chunk: [500], level: 1))
        }
        let whole = try Data(contentsOf: url)
        let cut = folder.url.appending(path: "cut.h5")
        for length in stride(from: 8, to: whole.count, by: 97) {
            try whole.prefix(length).write(to: cut)
            let error = #expect(throws: HDF5Error.self) {
                try File.reading(cut) { (file) throws(HDF5Error) in
                    try file.withDataset("/x") { (dataset) throws(HDF5Error) in
                        try dataset.read(as: Float.self)
                    }
                }
            }
            // Below the superblock's size libhdf5 cannot know how long the file should be.
            if length >= 96 { #expect(error?.kind == .truncated) }
        }
    }

    @Test(
        "files of the newest library version are said to be so",
        .enabled(
            if: SharedMaterial.isPresent("golden/formats/libver_latest.h5"),
            "needs files of other tools beside the checkout"))
    func newerVersion() throws {
        let url = SharedMaterial.url("golden/formats/libver_latest.h5")
        let names = try File.reading(url) { (file) throws(HDF5Error) in
            try file.links(in: "/", limit: 10).names
        }
        let kinds = names.compactMap { name -> HDF5Error.Kind? in
            do throws(HDF5Error) {
                try File.reading(url) { (file) throws(HDF5Error) in
                    try file.withDataset(name) { (_) throws(HDF5Error) in }
                }
                return nil
            } catch {
                return error.kind
            }
        }
        #expect(kinds.contains(.newerVersion))
        #expect(HDF5Error(.newerVersion, at: Place(file: "a")).description.contains("newer HDF5"))
    }
}
