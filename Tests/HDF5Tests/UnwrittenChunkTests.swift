import Foundation
import HDF5
import TestSupport
import Testing

@Suite("Chunks that were never written")
struct UnwrittenChunkTests {
    @Test("they are an error, or fill values that are reported", arguments: [true, false])
    func policies(isFiltered: Bool) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        var foreign = ForeignDataset(shape: [400, 8], chunk: [50, 8])
        foreign.filters = isFiltered ? [.shuffle, .deflate(1)] : []
        foreign.fill = -2.5
        let values = (0..<3_200).map { Double($0) }
        foreign.write(values, to: url, rows: 150)
        let file = try OpenFile.reading(url)
        let error = #expect(throws: HDF5Error.self) { try file.dataset("x") }
        #expect(error?.kind == .storage(.unwritten(expected: 8, found: 3)))
        let dataset = try file.dataset("x", unwritten: .filled)
        #expect(dataset.description.unwritten?.count == 5)
        #expect(dataset.description.unwritten?.total == 8)
        #expect(dataset.description.unwritten?.rows == [150..<400])
        #expect(
            try dataset.read(as: Double.self)
                == values.prefix(1_200) + [Double](repeating: -2.5, count: 2_000))
        #expect(
            try dataset.readRows(as: Float.self, 149..<151).suffix(8)
                == [Float](repeating: -2.5, count: 8)[...])
    }

    @Test("more of them than a file can account for are refused all the same")
    func implausible() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        for (shape, rows) in [([1 << 32, 8], 512), ([1 << 26, 1], 1)] {
            HDF5Surgery.apply([.dataset("/x", .unwritten(shape: shape, chunkRows: rows))], to: url)
            let error = #expect(throws: HDF5Error.self) {
                try OpenFile.reading(url).dataset("/x", unwritten: .filled)
            }
            guard case .storage(.unwritten) = error?.kind else {
                Issue.record("expected unwritten chunks, got \(String(describing: error))")
                return
            }
            HDF5Surgery.apply([.remove("/x")], to: url)
        }
        // Few chunks, but large ones.
        HDF5Surgery.apply(
            [.dataset("/x", .unwritten(shape: [1 << 30], chunkRows: 1 << 20))], to: url)
        let error = #expect(throws: HDF5Error.self) {
            try OpenFile.reading(url).dataset("/x", unwritten: .filled)
        }
        guard case .storage(.implausibleSize) = error?.kind else {
            Issue.record("expected an implausible size, got \(String(describing: error))")
            return
        }
    }

    @Test(
        "a recorder's file that was cut short is read with a warning",
        .enabled(
            if: SharedMaterial.isPresent("golden/bad/h5/78_unwritten_chunks.h5"),
            "needs damaged files beside the checkout"))
    func cutShort() throws {
        let file = try OpenFile.reading(
            SharedMaterial.url("golden/bad/h5/78_unwritten_chunks.h5"))
        let dataset = try file.dataset("emg", unwritten: .filled)
        #expect(dataset.description.unwritten?.rows == [1_500..<4_000])
        let values = try dataset.read(as: Float.self)
        #expect(values.count == 32_000)
        #expect(values[12_000...].allSatisfy { $0 == 0 })
        #expect(!values[..<12_000].allSatisfy { $0 == 0 })
    }
}
