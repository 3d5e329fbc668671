import FewShotBenchmark
import SeededRandom
import Testing

@Suite("Classes of an episode")
struct WayDrawTests {
    @Test(
        "new classes come first, known ones fill up, none comes twice, and their order is drawn",
        arguments: [(5, 2), (2, 3), (3, 3), (4, 0)])
    func asked(ways: Int, newCount: Int) {
        let new = Array(0..<newCount)
        let draw = WayDraw(ways: ways, known: Array(newCount..<newCount + 6), new: new)
        var generator = SeededGenerator(seed: 1)
        var firsts: Set<Int> = []
        for _ in 0..<60 {
            let classes = draw.asked(using: &generator)
            #expect(classes.count == ways && Set(classes).count == ways)
            #expect(classes.filter { new.contains($0) }.count == min(ways, newCount))
            firsts.insert(classes[0])
            #expect(draw.known(using: &generator).allSatisfy { !new.contains($0) })
        }
        #expect(firsts.count > 1)
    }
}
