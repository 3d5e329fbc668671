import SeededRandom

/// One part of a benchmark: people that are learned from, and others that are decided about.
struct BenchmarkFold: Sendable {
    let training: TrainingPeople
    /// The new people with their problems, by setting.
    let test: [(name: String, problems: [[AdaptationProblem]])]
}

extension BenchmarkProtocol {
    /// Whether something is drawn, so that each seed gives other problems.
    var hasDraws: Bool { turnsBand || ways != nil || (newClasses > 0 && heldOut.isEmpty) }

    /// How many parts there are.
    func foldCount(of people: BenchmarkPeople) -> Int {
        folds == 0 ? people.people.count : min(folds, people.people.count)
    }

    /// A part of the benchmark.
    ///
    /// - Parameters:
    ///   - fold: The number of the part.
    ///   - people: Everybody.
    ///   - seed: Where draws come from; a draw depends on the seed and the person's name alone.
    /// - Returns: The part.
    func fold(_ fold: Int, of people: BenchmarkPeople, seed: UInt64) -> BenchmarkFold {
        let parts = foldCount(of: people)
        let everybody = people.people
        let all = Array(people.classNames.indices)
        let new = newClasses(of: people.classNames, fold: fold, seed: seed)
        let known = all.filter { !new.contains($0) }
        func turn(_ person: BenchmarkPeople.Person) -> Int {
            guard turnsBand else { return 0 }
            var generator = SeededGenerator(seed: seed, stream: "turn \(person.name)")
            return generator.integer(below: people.channels)
        }
        let draw = ways.map { WayDraw(ways: $0, known: known, new: new) }
        /// A person's problems at a setting.
        func problems(
            _ person: BenchmarkPeople.Person, _ index: Int, classes: [Int], isNew: Bool
        ) -> [AdaptationProblem] {
            guard let draw else {
                return self.problems(
                    of: person, setting: index, classes: classes, turn: turn(person),
                    hasNewClasses: isNew)
            }
            return (0..<self.problems).flatMap { place in
                var generator = SeededGenerator(
                    seed: seed, stream: "ways \(place) of \(person.name)")
                let ways =
                    isNew
                    ? draw.asked(using: &generator) : draw.known(using: &generator)
                return self.problems(
                    of: person, setting: index, classes: ways, turn: turn(person),
                    hasNewClasses: true)
            }
        }
        let learned = everybody.indices.filter { $0 % parts != fold }.map { everybody[$0] }
        let numbers = Dictionary(
            uniqueKeysWithValues: known.enumerated().map { ($0.element, $0.offset) })
        let training = TrainingPeople(
            people: learned.map { person in
                TrainingPeople.Person(
                    name: person.name,
                    occasions: [person.earlier, person.support + person.query].map { holds in
                        holds.reduce(into: PersonWindows(channels: people.channels)) {
                            $0.append($1.relabeled(numbers))
                        }
                    }.filter { $0.count > 0 },
                    rehearsals: supports.indices.map { index in
                        problems(person, index, classes: known, isNew: false)
                    })
            }, classCount: known.count, channels: people.channels, isRing: isRing,
            supports: supports, isForNewClasses: isForNewClasses, ways: ways)
        return BenchmarkFold(
            training: training,
            test: everybody.indices.filter { $0 % parts == fold }.map { index in
                let person = everybody[index]
                return (
                    person.name,
                    supports.indices.map { setting in
                        problems(
                            person, setting, classes: new.isEmpty ? all : new,
                            isNew: ways != nil || !new.isEmpty)
                    }
                )
            })
    }
    /// The numbers of the classes that nobody in training shows: the same for everybody of a fold, or
    /// training would have shown some.
    private func newClasses(of names: [String], fold: Int, seed: UInt64) -> [Int] {
        guard heldOut.isEmpty else { return names.indices.filter { heldOut.contains(names[$0]) } }
        guard newClasses > 0 else { return [] }
        var generator = SeededGenerator(seed: seed, stream: "new classes \(fold)")
        return generator.shuffled(Array(names.indices)).prefix(newClasses).sorted()
    }
}
