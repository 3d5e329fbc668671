import Foundation
import HDF5
import Parallel
import TestSupport
import Testing

@Suite("Files")
struct FileTests {
    private static let layouts: [DatasetLayout] = [
        .contiguous, .compressed(chunk: [7, 3], level: 1), .compressed(chunk: [100, 3], level: 9),
    ]

    private func roundTrip<Value: Element & Equatable>(
        _ values: [Value], layout: DatasetLayout
    ) throws -> Bool {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset("/x", values: values, shape: [100, 3], layout: layout)
        }
        let read = try File.reading(url) { (file) throws(HDF5Error) in
            try file.withDataset("/x") { (dataset) throws(HDF5Error) in
                try dataset.read(as: Value.self)
            }
        }
        return read == values
    }

    @Test("every number type comes back as it was written", arguments: layouts)
    func numbersComeBack(layout: DatasetLayout) throws {
        #expect(try roundTrip((0..<300).map { Float($0) * 0.1 }, layout: layout))
        #expect(try roundTrip((0..<300).map { Double($0) * -0.1 }, layout: layout))
        #expect(try roundTrip((0..<300).map { Int8(truncatingIfNeeded: $0) }, layout: layout))
        #expect(try roundTrip((0..<300).map { Int16($0) * -100 }, layout: layout))
        #expect(try roundTrip((0..<300).map { Int32($0) * 7_000_000 }, layout: layout))
        #expect(try roundTrip((0..<300).map { Int64.min + $0 }, layout: layout))
        #expect(try roundTrip((0..<300).map { UInt8(truncatingIfNeeded: $0) }, layout: layout))
        #expect(try roundTrip((0..<300).map { UInt16($0) * 200 }, layout: layout))
        #expect(try roundTrip((0..<300).map { UInt32.max - $0 }, layout: layout))
        #expect(try roundTrip((0..<300).map { UInt64.max - $0 }, layout: layout))
    }

    @Test("a block of a dataset is the same part of the whole", arguments: layouts)
    func blocksArePartsOfTheWhole(layout: DatasetLayout) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let values = (0..<300).map { Float($0) }
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset("/x", values: values, shape: [100, 3], layout: layout)
        }
        for (start, count) in [([0, 0], [100, 3]), ([6, 1], [20, 2]), ([99, 2], [1, 1])] {
            let block = try File.reading(url) { (file) throws(HDF5Error) in
                try file.withDataset("/x") { (dataset) throws(HDF5Error) in
                    try dataset.read(as: Float.self, start: start, count: count)
                }
            }
            let expected = (start[0]..<start[0] + count[0]).flatMap { row in
                (start[1]..<start[1] + count[1]).map { values[row * 3 + $0] }
            }
            #expect(block == expected)
        }
    }

    @Test("an empty dataset comes back empty, with its shape")
    func emptyDatasets() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset(
                "/x", values: [Float](), shape: [0, 4],
                layout: .compressed(chunk: [1, 4], level: 1)
            )
        }
        let (shape, values) = try File.reading(url) { (file) throws(HDF5Error) in
            try file.withDataset("/x") { (dataset) throws(HDF5Error) in
                (dataset.description.shape, try dataset.read(as: Float.self))
            }
        }
        #expect(shape == [0, 4])
        #expect(values.isEmpty)
    }

    @Test("two files of the same contents are the same bytes")
    func bytesAreReproducible() throws {
        let folder = try TemporaryFolder()
        func write(_ name: String) throws -> Data {
            let url = folder.url.appending(path: name)
            try File.creating(url) { (file) throws(HDF5Error) in
                try file.createGroup("/a/b é")
                try file.createDataset(
                    "/a/b é/x", values: (0..<5_000).map { Float($0) }, shape: [1_000, 5],
                    layout: .compressed(chunk: [100, 5], level: 1))
                try file.setTexts(["one", "", "drei ☃"], "names", of: "/a/b é/x")
                try file.setText(String(repeating: "long ", count: 20_000), "history", of: "/")
            }
            return try Data(contentsOf: url)
        }
        let first = try write("first.h5")
        // Times in a file have a resolution of one second.
        Thread.sleep(forTimeInterval: 1.1)
        #expect(try write("second.h5") == first)
    }

    @Test("a narrower number is widened, a wider one refused")
    func numbersAreNeverNarrowed() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset("/int16", values: [Int16(-7), 300], shape: [2])
            try file.createDataset("/int64", values: [Int64.max], shape: [1])
            try file.createDataset("/double", values: [0.1], shape: [1])
        }
        func read<Value: Element>(_ name: String, as type: Value.Type) throws -> [Value] {
            try File.reading(url) { (file) throws(HDF5Error) in
                try file.withDataset(name) { (dataset) throws(HDF5Error) in
                    try dataset.read(as: type)
                }
            }
        }
        #expect(try read("/int16", as: Float.self) == [-7, 300])
        #expect(try read("/int16", as: Int64.self) == [-7, 300])
        let refused = #expect(throws: HDF5Error.self) { try read("/int64", as: Double.self) }
        #expect(
            refused?.kind
                == .unexpectedType(expected: "64-bit float", found: "64-bit integer"))
        #expect(throws: HDF5Error.self) { try read("/double", as: Float.self) }
        #expect(throws: HDF5Error.self) { try read("/int16", as: UInt64.self) }
    }

    @Test("64 threads write and read files at once")
    func concurrentUse() throws {
        let folder = try TemporaryFolder()
        let folderURL = folder.url
        let sums = try concurrentMap(count: 64, threads: 8) { index throws(HDF5Error) in
            let url = folderURL.appending(path: "\(index).h5")
            let values = (0..<2_000).map { Int64($0 * index) }
            try File.creating(url) { (file) throws(HDF5Error) in
                try file.createDataset(
                    "/x", values: values, shape: [2_000],
                    layout: .compressed(chunk: [128], level: 1))
            }
            // A failure between the calls of the others must stay its own.
            do throws(HDF5Error) {
                try File.reading(folderURL.appending(path: "none")) { (_) throws(HDF5Error) in }
            } catch {
                guard case .unreadable = error.kind else { throw error }
            }
            return try File.reading(url) { (file) throws(HDF5Error) in
                try file.withDataset("/x") { (dataset) throws(HDF5Error) in
                    try dataset.read(as: Int64.self).reduce(0, +)
                }
            }
        }
        #expect(sums == (0..<64).map { Int64(1_999_000 * $0) })
        #expect(HDF5Surgery.openIdentifierCount(below: folder.url) == 0)
    }

    @Test("a lock that another process holds on a file stops nobody")
    func foreignLocksStopNobody() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset("/x", values: [Int32(7)], shape: [1], layout: .contiguous)
        }
        let descriptor = unsafe open(url.path(percentEncoded: false), O_RDONLY)
        defer { close(descriptor) }
        try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        HDF5Surgery.apply([.softLink("y", target: "/x")], to: url)
        let value = try File.reading(url) { (file) throws(HDF5Error) in
            try file.withDataset("/x") { (dataset) throws(HDF5Error) in
                try dataset.read(as: Int32.self)
            }
        }
        #expect(value == [7])
    }

    @Test("using the library inside its own lock is a programmer's fault and stops at once")
    func nestedUseTraps() async {
        await #expect(processExitsWith: .failure) {
            let url = FileManager.default.temporaryDirectory.appending(path: "myotask-nested.h5")
            try File.creating(url) { (_) throws(HDF5Error) in
                try File.reading(url) { (_) throws(HDF5Error) in }
            }
        }
    }
}
