import EMGArchive
import SeededRandom
import Testing

@Suite("What was used least recently")
struct RecencyOrderTests {
    @Test("it is what a list that is searched through gives")
    func sameAsList() {
        var generator = SeededGenerator(seed: 1, stream: "uses")
        var order = RecencyOrder<Int>()
        var list: [Int] = []
        for _ in 0..<5_000 {
            if generator.integer(below: 4) == 0 {
                #expect(order.removeOldest() == (list.isEmpty ? nil : list.removeFirst()))
            } else {
                let name = generator.integer(below: 60)
                order.use(name)
                list.removeAll { $0 == name }
                list.append(name)
            }
            #expect(order.count == list.count)
        }
    }

    @Test("however often names are used, not more is remembered than there are names")
    func bounded() {
        var order = RecencyOrder<Int>()
        for use in 0..<100_000 {
            order.use(use % 50)
            #expect(order.remembered <= 2 * 50 + 64)
        }
        #expect((0..<50).map { _ in order.removeOldest() } == (0..<50).map { $0 })
        #expect(order.removeOldest() == nil)
    }
}
