import Distribution
import SeededRandom
import Testing

struct TaskDivisionTests {
    @Test(
        "Every task is worked on by one rank, whatever the costs",
        arguments: [1, 2, 3, 4, 7, 32], [0, 1, 2, 5, 40, 129])
    func everyTaskOnce(ranks: Int, tasks: Int) {
        var generator = SeededGenerator(seed: 7, stream: "costs of \(ranks), \(tasks)")
        let costs = (0..<tasks).map { _ in Int.random(in: 0...1_000, using: &generator) }
        let division = TaskDivision(costs: costs, ranks: ranks)
        #expect(division.places.count == ranks)
        #expect(division.places.joined().sorted() == Array(0..<tasks))
        for own in division.places { #expect(own == own.sorted()) }
        let worked = division.ranks
        for (rank, own) in division.places.enumerated() {
            for place in own { #expect(worked[place] == rank) }
        }
    }

    @Test(
        "No rank has more to do than 4/3 of the best division needs", arguments: [2, 3, 4, 8, 16])
    func balanced(ranks: Int) {
        for seed in 0..<20 {
            var generator = SeededGenerator(seed: UInt64(seed), stream: "uneven costs")
            let costs = (0..<60).map { _ in Int.random(in: 1...1_000, using: &generator) }
            let division = TaskDivision(costs: costs, ranks: ranks)
            let loads = division.places.map { $0.reduce(0) { $0 + costs[$1] } }
            // No division does better than an equal one, or than the largest task.
            let bound = max(
                (costs.reduce(0, +) + ranks - 1) / ranks, costs.max() ?? 0)
            #expect(3 * (loads.max() ?? 0) <= 4 * bound)
        }
    }

    @Test("Equal tasks go to their homes, and the ranks have equally many")
    func homes() {
        let division = TaskDivision(
            costs: Array(repeating: 5, count: 8), homes: [7, 6, 5, 4, 3, 2, 1, 0], ranks: 4)
        #expect(division.places == [[3, 7], [2, 6], [1, 5], [0, 4]])
        let shuffled = TaskDivision(
            costs: Array(repeating: 5, count: 8), homes: [0, 4, 1, 5, 2, 6, 3, 7], ranks: 4)
        #expect(shuffled.places == [[0, 1], [2, 3], [4, 5], [6, 7]])
        let crowded = TaskDivision(costs: [1, 1, 1, 1], homes: [0, 0, 0, 0], ranks: 4)
        #expect(crowded.places.map(\.count) == [1, 1, 1, 1])
        #expect(crowded.places[0] == [0])
    }

    @Test("Tasks that are said to cost nothing are shared, too")
    func free() {
        let division = TaskDivision(costs: [0, 0, 0, 0], homes: [0, 0, 0, 0], ranks: 2)
        #expect(division.places.map(\.count) == [2, 2])
    }
}
