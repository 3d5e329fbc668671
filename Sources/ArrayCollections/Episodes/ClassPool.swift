internal import MetaLearning
private import PrintableText
internal import SeededRandom

/// The classes of a split, of which those of an episode are drawn.
struct ClassPool: Sendable {
    /// The classes.
    let classes: [ArrayEpisodes.Class]
    /// The first sample of each class when all samples are counted through, and the number of all.
    let sampleStarts: [Int]
    /// The classes of each group that has enough, by their places; empty when any may go together.
    private let groups: [(name: String, places: [Int])]

    init(
        _ classes: [ArrayEpisodes.Class], of manifest: ArrayManifest, split: EpisodeSplit,
        ways: Int,
        _ settings: TrainingConfiguration.FewShot
    ) throws(ArrayError) {
        self.classes = classes
        var starts = [0]
        for own in classes {
            starts.append(starts[starts.count - 1] + manifest.classes[own.member].count)
        }
        sampleStarts = starts
        guard classes.count >= ways else {
            throw ArrayError(
                .tooFew("classes for \(split.rawValue)", expected: ways, found: classes.count),
                at: "few_shot.ways",
                hint: "ask for fewer ways, or divide the collection's classes otherwise")
        }
        let needed = settings.neededWindows(in: split)
        for own in classes where manifest.classes[own.member].count < needed {
            throw ArrayError(
                .tooFew(
                    "samples of class \(manifest.classes[own.member].name)", expected: needed,
                    found: manifest.classes[own.member].count), at: "few_shot",
                hint: "an episode takes \(settings.shots(in: split)) shots and "
                    + "\(settings.queries(in: split).map(String.init) ?? "at least 1") queries of each class: ask "
                    + "for fewer, or leave the class out of the collection")
        }
        guard settings.within == .group else {
            groups = []
            return
        }
        var places: [String: [Int]] = [:]
        var names: [String] = []
        for (place, own) in classes.enumerated() {
            let name = manifest.classes[own.member].group
            if places[name] == nil { names.append(name) }
            places[name, default: []].append(place)
        }
        groups = names.compactMap { name in
            let own = places[name] ?? []
            return !name.isEmpty && own.count >= ways ? (name, own) : nil
        }
        guard !groups.isEmpty else {
            throw ArrayError(
                .tooFew(
                    "groups of \(ways, of: "class", plural: "classes") for \(split.rawValue)",
                    expected: 1, found: 0), at: "few_shot.within",
                hint: manifest.groups.isEmpty
                    ? "the collection has no groups: leave within out"
                    : "ask for fewer ways, or set within: all")
        }
    }

    /// The group of an episode: each comes in turn.
    func group(of episode: Int) -> String { groups[episode % groups.count].name }

    /// Draws the classes of an episode, in random order.
    func draw(
        _ ways: Int, episode: Int, using generator: inout SeededGenerator
    ) -> [ArrayEpisodes.Class] {
        guard !groups.isEmpty else {
            return generator.sample(ways, of: classes.count).map { classes[$0] }
        }
        let places = groups[episode % groups.count].places
        return generator.sample(ways, of: places.count).map { classes[places[$0]] }
    }
}

extension SeededGenerator {
    /// Some of the numbers from 0 on, none twice, in random order: the first steps of Fisher and
    /// Yates, with the numbers that were moved alone in memory.
    ///
    /// - Parameters:
    ///   - count: How many, at most `total`.
    ///   - total: From how many.
    /// - Returns: The numbers.
    mutating func sample(_ count: Int, of total: Int) -> [Int] {
        precondition(count <= total, "\(count) of \(total)")
        var moved: [Int: Int] = [:]
        return (0..<count).map { place in
            let other = place + integer(below: total - place)
            let drawn = moved[other] ?? other
            moved[other] = moved[place] ?? place
            return drawn
        }
    }
}
