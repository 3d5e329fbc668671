import Foundation
import HDF5
import SeededRandom
import TestSupport
import Testing

/// Datasets that are compressed outside libhdf5, read by libhdf5 as the oracle.
@Suite("Writing chunks")
struct ChunkWritingTests {
    /// Values that compress well, hardly, or not at all.
    private static func values<Value: Element & FixedWidthInteger>(
        _ count: Int, _ random: inout SeededGenerator, _ type: Value.Type
    ) -> [Value] {
        let style = random.integer(below: 3)
        return (0..<count).map { index in
            switch style {
            case 0: Value(truncatingIfNeeded: random.next())
            case 1: Value(truncatingIfNeeded: index / 50)
            default: Value(truncatingIfNeeded: random.next() & 0x1F)
            }
        }
    }

    private static func check<Value: Element & FixedWidthInteger>(
        _ type: Value.Type, seed: Int
    ) throws {
        var random = SeededGenerator(seed: UInt64(seed), stream: "writing")
        let rank = 1 + random.integer(below: 3)
        let shape = (0..<rank).map { _ in 1 + random.integer(below: rank == 1 ? 9_000 : 30) }
        let layout =
            seed % 7 == 6
            ? DatasetLayout.contiguous
            : .compressed(
                chunk: shape.map { 1 + random.integer(below: $0) },
                level: 1 + random.integer(below: 9))
        let values = values(shape.reduce(1, *), &random, type)
        let folder = try TemporaryFolder()
        func write(_ name: String, threads: Int, portion: Int) throws -> URL {
            let url = folder.url.appending(path: name)
            let file = try OpenFile.creating(url)
            var writer = try file.createDataset(
                "x", of: type, shape: shape, layout: layout, threads: threads)
            for start in stride(from: 0, to: values.count, by: portion) {
                try writer.append(Array(values[start..<min(start + portion, values.count)]))
            }
            try writer.finish()
            try file.close()
            return url
        }
        let one = try write("one.h5", threads: 1, portion: values.count)
        let many = try write(
            "many.h5", threads: 3, portion: 1 + random.integer(below: values.count))
        #expect(try Data(contentsOf: one) == Data(contentsOf: many))
        let there = try File.reading(one) { (file) throws(HDF5Error) in
            try file.withDataset("x") { (dataset) throws(HDF5Error) in try dataset.read(as: type) }
        }
        #expect(there == values)
        #expect(try OpenFile.reading(one).dataset("x").read(as: type, threads: 2) == values)
        #expect(HDF5Surgery.openIdentifierCount(below: folder.url) == 0)
    }

    @Test(
        "libhdf5 reads what was written, and the bytes are the same for any threads and portions",
        arguments: 0..<56)
    func anyDataset(seed: Int) throws {
        switch seed % 8 {
        case 0: try Self.check(Int8.self, seed: seed)
        case 1: try Self.check(UInt8.self, seed: seed)
        case 2: try Self.check(Int16.self, seed: seed)
        case 3: try Self.check(UInt16.self, seed: seed)
        case 4: try Self.check(Int32.self, seed: seed)
        case 5: try Self.check(UInt32.self, seed: seed)
        case 6: try Self.check(Int64.self, seed: seed)
        default: try Self.check(UInt64.self, seed: seed)
        }
    }

    @Test("datasets longer than a batch come back, with all bits of every float")
    func longDatasets() throws {
        var random = SeededGenerator(seed: 5, stream: "long")
        let values = (0..<3_000_001).map { _ in
            Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
        }
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let file = try OpenFile.creating(url)
        try file.createDataset(
            "x", values: values, shape: [values.count],
            layout: .compressed(chunk: [65_536], level: 1), threads: 2)
        try file.close()
        let dataset = try OpenFile.reading(url).dataset("x")
        let read = try dataset.read(as: Float.self, threads: 2)
        #expect(read.map(\.bitPattern) == values.map(\.bitPattern))
        var blocks: [Float] = []
        try dataset.forEachBlock(of: Float.self, threads: 2) { (row, block) throws(HDF5Error) in
            #expect(row == blocks.count)
            blocks += block
        }
        #expect(blocks.map(\.bitPattern) == values.map(\.bitPattern))
        let window = RowWindow(dataset, of: Float.self, threads: 1)
        for _ in 0..<40 {
            let start = random.integer(below: values.count)
            let count = random.integer(below: min(200_000, values.count - start) + 1)
            var rows: [Float] = [1]
            try window.append(start..<start + count, to: &rows)
            #expect(
                rows.dropFirst().map(\.bitPattern)
                    == values[start..<start + count].map(\.bitPattern))
        }
    }

    @Test("an empty dataset is made, and groups and attributes between the rows")
    func stepsBetween() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let file = try OpenFile.creating(url)
        try file.step { (file) throws(HDF5Error) in try file.createGroup("/g") }
        let none = try file.createDataset(
            "/g/none", of: Double.self, shape: [0, 3], layout: .compressed(chunk: [1, 3], level: 1))
        try none.finish()
        var rows = try file.createDataset(
            "/g/rows", of: Int16.self, shape: [5, 2], layout: .compressed(chunk: [2, 2], level: 1))
        try rows.append([1, 2, 3])
        // The library is free between the steps.
        try File.creating(folder.url.appending(path: "b.h5")) { (file) throws(HDF5Error) in
            try file.setNumber(1.5, "n", of: "/")
        }
        try file.step { (file) throws(HDF5Error) in try file.setText("later", "t", of: "/g/rows") }
        try rows.append([4, 5, 6, 7, 8, 9, 10])
        try rows.finish()
        try file.close()
        let read = try OpenFile.reading(url)
        #expect(try read.dataset("/g/none").read(as: Double.self).isEmpty)
        #expect(try read.dataset("/g/none").description.shape == [0, 3])
        #expect(try read.dataset("/g/rows").read(as: Int64.self) == Array(1...10))
        #expect(
            try read.step { (file) throws(HDF5Error) in try file.text("t", of: "/g/rows") }
                == "later")
    }

    @Test(
        "h5py reads what was written and writes what is read",
        .enabled(if: Python.has(module: "h5py"), "needs a python3 that has h5py"))
    func otherTools() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let file = try OpenFile.creating(url)
        try file.createDataset(
            "x", values: (0..<70_001).map { Float($0 % 311) * 0.195 }, shape: [70_001],
            layout: .compressed(chunk: [4_096], level: 3), threads: 2)
        try file.close()
        let program = """
            import h5py, numpy as np, sys
            f = h5py.File(sys.argv[1], "r+")
            x = f["x"]
            assert x.shuffle and x.fletcher32 and x.compression_opts == 3 and x.chunks == (4096,)
            expected = (np.arange(70001) % 311).astype("f4") * np.float32(0.195)
            assert (x[:] == expected).all()
            x[5000:6000] = 7
            f.create_dataset("y", data=np.arange(999 * 3).reshape(999, 3).astype(">i2"),
                chunks=(100, 2), compression="gzip", shuffle=True, fletcher32=True)
            """
        let result = try Python.run(program, arguments: [url.path(percentEncoded: false)])
        #expect(result.status == 0, Comment(rawValue: result.output))
        let read = try OpenFile.reading(url)
        let x = try read.dataset("x").read(as: Float.self)
        #expect(
            x == (0..<70_001).map { (5_000..<6_000).contains($0) ? 7 : Float($0 % 311) * 0.195 })
        #expect(try read.dataset("y").description.isDecodedHere)
        #expect(try read.dataset("y").read(as: Float.self) == (0..<2_997).map { Float($0) })
    }
}
