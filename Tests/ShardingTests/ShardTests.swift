import Sharding
import Testing

@Suite("Shards")
struct ShardTests {
    @Test(
        "the parts of a list have each item once when every n-th is one's", arguments: [1, 2, 3, 7])
    func coverOnce(count: Int) throws {
        let parts = try (1...count).map { try Shard("\($0)/\(count)") }
        #expect(parts == Shard.all(of: count))
        for item in 0..<20 { #expect(parts.count { $0.contains(item) } == 1) }
        #expect(parts.count { $0.isFirst } == 1)
    }

    @Test(
        "what is not a part of a whole is refused",
        arguments: [
            "", "1", "0/3", "4/3", "1/0", "a/3", "1/3/4", "1/-3", " 1/3", "+1/3", "1/1000001",
            "1/99999999999999999999", "1/", "/3", "auto",
        ])
    func refused(text: String) {
        let error = #expect(throws: ShardError.self) { try Shard(text) }
        #expect(error?.description.contains("--shard: expected i/n") == true)
        #expect(error?.found == "\"\(text)\"")
    }

    @Test(
        "names of files sort in the order of the parts",
        arguments: [
            (3, 16, "03-of-16"), (1, 1, "1-of-1"), (10, 10, "10-of-10"), (7, 1000, "0007-of-1000"),
        ])
    func fileNames(index: Int, count: Int, name: String) throws {
        let shard = try #require(Shard(index, of: count))
        #expect(shard.fileName == name)
        #expect(Shard(fileName: name) == shard)
        let all = Shard.all(of: count).map(\.fileName)
        #expect(all.sorted() == all)
    }

    @Test(
        "other names are of no part",
        arguments: [
            "", "3-of-16", "003-of-16", "03-of-16.json", "17-of-16", "03-16", "a-of-b", "03-of-16-",
        ])
    func otherNames(name: String) {
        #expect(Shard(fileName: name) == nil)
    }
}
