import SeededRandom
import Testing

@Suite("The seeded generator")
struct SeededGeneratorTests {
    @Test("gives the reference sequence of xoshiro256** from a known state")
    func referenceSequence() throws {
        // First outputs for the state 1, 2, 3, 4, as the authors' C code gives them.
        var generator = try #require(SeededGenerator(stateWords: [1, 2, 3, 4]))
        let expected: [UInt64] = [
            11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    @Test("a seed names one sequence and a stream another")
    func seeds() {
        var one = SeededGenerator(seed: 45)
        var same = SeededGenerator(seed: 45)
        var other = SeededGenerator(seed: 45, stream: "splits")
        let draws = (0..<10).map { _ in one.next() }
        #expect(draws == (0..<10).map { _ in same.next() })
        #expect(draws != (0..<10).map { _ in other.next() })
    }

    @Test("integers below a bound are evenly spread", arguments: [1, 2, 3, 7, 10])
    func integers(bound: Int) {
        var generator = SeededGenerator(seed: 1)
        var counts = [Int](repeating: 0, count: bound)
        let draws = 20_000
        for _ in 0..<draws { counts[generator.integer(below: bound)] += 1 }
        let mean = Double(draws) / Double(bound)
        // Six standard deviations of a binomial count.
        let slack = 6 * (mean * (1 - 1 / Double(bound))).squareRoot()
        #expect(counts.allSatisfy { abs(Double($0) - mean) <= slack })
    }

    @Test("nearly normal numbers have mean 0 and variance 1")
    func moments() {
        var generator = SeededGenerator(seed: 2)
        let draws = (0..<50_000).map { _ in generator.nearlyNormal() }
        let mean = draws.reduce(0, +) / Double(draws.count)
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws.count)
        #expect(abs(mean) < 0.03)
        #expect(abs(variance - 1) < 0.04)
    }

    @Test("shuffling keeps every element and can be resumed from saved words")
    func shuffling() throws {
        var generator = SeededGenerator(seed: 3)
        _ = generator.next()
        var resumed = try #require(SeededGenerator(stateWords: generator.stateWords))
        let shuffled = generator.shuffled(Array(0..<100))
        #expect(shuffled.sorted() == Array(0..<100))
        #expect(shuffled != Array(0..<100))
        #expect(resumed.shuffled(Array(0..<100)) == shuffled)
    }
}
