/// A new person, and what is decided about once a method has adapted.
struct AdaptationProblem: Sendable {
    /// What the method may know.
    let person: NewPerson
    /// What it decides about, with the classes that are true.
    let query: PersonWindows
}

extension BenchmarkProtocol {
    /// The problems that a person gives at a setting, one for each combination of shown classes.
    ///
    /// - Parameters:
    ///   - person: The person.
    ///   - index: The number of the setting.
    ///   - classes: The numbers of the classes that take part, which become 0, 1, ... in this order.
    ///   - turn: By how many channels the band is turned.
    ///   - hasNewClasses: Whether training people have shown other classes.
    /// - Returns: The problems; those without a window of some shown class are left out.
    func problems(
        of person: BenchmarkPeople.Person, setting index: Int, classes: [Int], turn: Int,
        hasNewClasses: Bool
    ) -> [AdaptationProblem] {
        let numbers = Dictionary(
            uniqueKeysWithValues: classes.enumerated().map { ($0.element, $0.offset) })
        func holds(_ parts: [PersonWindows]) -> [PersonWindows] {
            parts.map { $0.relabeled(numbers).turned(by: turn) }.filter { $0.count > 0 }
        }
        let shownHolds = holds(person.support)
        let first = (0..<classes.count).map { label in
            shownHolds.firstIndex { $0.labels[0] == label }
        }
        let channels = person.support.first?.channels ?? 1
        var query = PersonWindows(channels: channels)
        if sessions.query.isEmpty {
            for (place, hold) in shownHolds.enumerated() where !first.contains(place) {
                query.append(hold)
            }
        } else {
            for hold in holds(person.query) { query.append(hold) }
        }
        var earlier = PersonWindows(channels: channels)
        // The band was put on anew since: it lies turned now, not before.
        for hold in person.earlier { earlier.append(hold.relabeled(numbers)) }
        let setting = supports[index]
        return setting.combinations(of: classes.count).compactMap { shown in
            var support = PersonWindows(channels: channels)
            for label in shown {
                guard let place = first[label] else { return nil }
                let hold = shownHolds[place]
                support.append(hold[setting.range(of: hold.count)])
            }
            guard query.count > 0 else { return nil }
            return AdaptationProblem(
                person: NewPerson(
                    support: support, earlier: earlier, shown: shown, classCount: classes.count,
                    hasNewClasses: hasNewClasses, setting: index),
                query: query)
        }
    }
}
