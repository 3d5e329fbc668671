/// Which rank works on which tasks of a step.
///
/// The division depends on the tasks' costs alone, which are known from their sizes: never on
/// which rank happens to be ready. The tasks are taken from the most expensive one on, and each
/// goes to the rank that has least to do so far (Graham, Bounds on multiprocessing timing
/// anomalies, 1969: at most 4/3 of the best division). Among tasks of the same cost, those go to their
/// homes that can, so that a task is mostly read by one rank.
package struct TaskDivision: Sendable, Hashable {
    /// The places of each rank's tasks in the step, ascending.
    package let places: [[Int]]

    /// Divides tasks.
    ///
    /// - Parameters:
    ///   - costs: What each task costs, at least 0, in any measure.
    ///   - homes: A number of each task that stays the same from step to step; the rank
    ///     `home % ranks` is its home. The places themselves when left out.
    ///   - ranks: How many ranks there are, at least 1.
    package init(costs: [Int], homes: [Int]? = nil, ranks: Int) {
        precondition(ranks >= 1, "needs a rank, got \(ranks)")
        precondition(costs.allSatisfy { $0 >= 0 }, "costs are at least 0")
        precondition(homes.map { $0.count == costs.count } ?? true, "each task has a home")
        var loads = Array(repeating: 0, count: ranks)
        // How many tasks of each cost a rank gets.
        var slots: [Int: [Int]] = [:]
        let order = costs.indices.sorted { (costs[$1], $0) < (costs[$0], $1) }
        for place in order {
            let rank = loads.indices.min { loads[$0] < loads[$1] } ?? 0
            // A task that is said to cost nothing counts, too, or one rank would get them all.
            loads[rank] += max(1, costs[place])
            slots[costs[place], default: Array(repeating: 0, count: ranks)][rank] += 1
        }
        var places = Array(repeating: [Int](), count: ranks)
        func give(_ place: Int, to rank: Int) {
            slots[costs[place]]?[rank] -= 1
            places[rank].append(place)
        }
        var rest: [Int] = []
        for place in costs.indices {
            let home = abs((homes?[place] ?? place) % ranks)
            if slots[costs[place]]?[home] ?? 0 > 0 {
                give(place, to: home)
            } else {
                rest.append(place)
            }
        }
        for place in rest {
            give(place, to: slots[costs[place]]?.firstIndex { $0 > 0 } ?? 0)
        }
        self.places = places.map { $0.sorted() }
    }

    /// A division that was made otherwise.
    ///
    /// - Parameter places: The places of each rank's tasks, ascending; each place once.
    package init(places: [[Int]]) {
        self.places = places
    }

    /// The rank that each task is worked on by.
    package var ranks: [Int] {
        var ranks = Array(repeating: 0, count: places.reduce(0) { $0 + $1.count })
        for (rank, own) in places.enumerated() {
            for place in own { ranks[place] = rank }
        }
        return ranks
    }
}
