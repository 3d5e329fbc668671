import Documents
import Experiments
import Testing

struct SweepShardTests {
    @Test("the parts of a sweep have each point once", arguments: [1, 2, 3, 7])
    func coverOnce(count: Int) throws {
        let parts = try (1...count).map { try SweepShard("\($0)/\(count)") }
        for point in 0..<20 {
            #expect(parts.count { $0.contains(point) } == 1)
        }
    }

    @Test(
        "what is not a part of a whole is refused",
        arguments: ["", "1", "0/3", "4/3", "1/0", "a/3", "1/3/4", "1/-3", " 1/3"])
    func refused(text: String) {
        #expect(throws: DocumentError.self) { try SweepShard(text) }
    }
}
