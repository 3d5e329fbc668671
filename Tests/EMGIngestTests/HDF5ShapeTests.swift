import EMGIngest
import Foundation
import TestSupport
import Testing

@Suite("Shapes of HDF5 datasets that nobody recorded")
struct HDF5ShapeTests {
    @Test(
        "extents near the largest number are refused, not computed with",
        arguments: [1 << 59, 1 << 61, (1 << 62) + 3, .max] as [Int], [false, true])
    func extents(extent: Int, isFirst: Bool) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p_c.h5")
        HDF5Surgery.apply([.dataset("/emg", .zeros(shape: [500, 8]))], to: url)
        func little(_ number: Int) -> Data {
            Data((0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
        }
        var data = try Data(contentsOf: url)
        let place = try #require(data.range(of: little(500) + little(8)))
        let start = place.lowerBound + (isFirst ? 0 : 8)
        data.replaceSubrange(start..<start + 8, with: little(extent))
        try data.write(to: url)
        #expect(throws: IngestError.self) {
            try HDF5Reader().open(url, options: ReadOptions(samplingRateHertz: 1_000))
        }
    }
}
