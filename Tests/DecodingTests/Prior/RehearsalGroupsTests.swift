import Decoding
import Testing

@Suite("Who plays new people together")
struct RehearsalGroupsTests {
    @Test("up to a thousand people each play once, beside others that a prior can be learned from")
    func everyone() {
        for count in [3, 99, 100, 101, 250, 1_000, 2_000] {
            for period in [1, 2, 20, 40] {
                let isComplete = (0..<count).map { $0.isMultiple(of: period) }
                let groups = RehearsalGroups.groups(of: isComplete)
                let players = groups.flatMap(\.self)
                #expect(Set(players).count == players.count)
                #expect(players.count == min(count, 1_000))
                #expect(players.allSatisfy { (0..<count).contains($0) })
                guard isComplete.count(where: \.self) > 2 else { continue }
                for group in groups {
                    let left = Set(players).subtracting(group)
                    #expect(left.count { isComplete[$0] } >= 2, "\(count), \(period)")
                }
            }
        }
    }

    @Test(
        "a hundred people are left out one by one, and a million take no more work than a thousand")
    func work() {
        let groups = [10, 100, 101, 1_000, 1_000_000].map {
            RehearsalGroups.groups(of: [Bool](repeating: true, count: $0))
        }
        #expect(groups.map(\.count) == [10, 100, 20, 20, 20])
        #expect(groups.map { $0.reduce(0) { $0 + $1.count } } == [10, 100, 101, 1_000, 1_000])
        #expect(groups[4].flatMap(\.self).max() == 999_000)
    }
}
