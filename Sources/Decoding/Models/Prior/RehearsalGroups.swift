/// Who plays new people together when a prior is tried on the people that it is learned from.
///
/// A prior for each of ten thousand people, each of all others, would never be done, and no more is
/// known of a prior by the ten-thousandth person than by the thousandth.
package enum RehearsalGroups {
    /// So many people are left out one by one; more in ``mostGroups`` groups.
    package static let mostSingle = 100
    /// Into how many groups more people are divided.
    package static let mostGroups = 20
    /// How many people play at most.
    package static let mostPeople = 1_000

    /// Divides people.
    ///
    /// - Parameter isComplete: Of each person, whether a prior can be learned from them.
    /// - Returns: The places of those who play, each in one group; those from whom something is
    ///   learned come first and are spread over all groups, as many of the beginning as of the end.
    package static func groups(of isComplete: [Bool]) -> [[Int]] {
        let places = isComplete.indices
        guard isComplete.count > mostSingle else { return places.map { [$0] } }
        let complete = places.filter { isComplete[$0] }
        let players =
            spread(complete, to: mostPeople)
            + spread(
                places.filter { !isComplete[$0] }, to: max(0, mostPeople - complete.count))
        var groups = [[Int]](repeating: [], count: mostGroups)
        for (number, place) in players.enumerated() { groups[number % mostGroups].append(place) }
        return groups.map { $0.sorted() }
    }

    /// At most so many of some places, evenly over all of them.
    private static func spread(_ places: [Int], to count: Int) -> [Int] {
        guard places.count > count else { return places }
        return (0..<count).map { places[$0 * places.count / count] }
    }
}
