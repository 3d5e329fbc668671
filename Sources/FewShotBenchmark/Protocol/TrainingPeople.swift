/// The people that methods learn from, and the protocol's problems rehearsed on them: what a method
/// chooses, it chooses by these.
package struct TrainingPeople: Sendable {
    /// A training person.
    package struct Person: Sendable {
        /// Who.
        package let name: String
        /// The windows of each occasion on which the band was put on; classes are numbered from 0.
        package let occasions: [PersonWindows]
        /// The problems that the person would give, by setting.
        let rehearsals: [[AdaptationProblem]]
    }

    /// The people.
    package let people: [Person]
    /// How many classes they have shown.
    package let classCount: Int
    /// Channels of a window.
    package let channels: Int
    /// Whether channels are a ring.
    package let isRing: Bool
    /// What may be shown of a new person.
    package let supports: [SupportSetting]

    /// Whether new people show other classes than these have shown.
    package let isForNewClasses: Bool
    /// How many classes a problem has that are numbered anew; `nil` when classes are everybody's.
    package let ways: Int?

    /// How many settings of supports there are.
    package var settingCount: Int { supports.count }

    /// By how many channels a band may lie turned.
    package var turns: Range<Int> { 0..<(isRing ? channels : 1) }

    /// Splits people for choices: each part is left out once.
    ///
    /// - Parameter count: In how many parts, at least 2.
    /// - Returns: Those that stay, and those left out.
    func folds(_ count: Int) -> [(others: TrainingPeople, leftOut: [Person])] {
        let parts = min(count, people.count)
        return (0..<parts).map { part in
            (
                TrainingPeople(
                    people: people.indices.filter { $0 % parts != part }.map { people[$0] },
                    classCount: classCount, channels: channels, isRing: isRing,
                    supports: supports, isForNewClasses: isForNewClasses, ways: ways),
                people.indices.filter { $0 % parts == part }.map { people[$0] }
            )
        }
    }
}
