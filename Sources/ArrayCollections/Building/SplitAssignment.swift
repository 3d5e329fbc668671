internal import MetaLearning
private import PrintableText
private import SeededRandom

/// Gives each class or task its split.
struct SplitAssignment {
    /// A class or task before it has one.
    struct Candidate {
        let name: String
        let group: String
        /// The value of the split's column, or the source; empty without either.
        let value: String
    }

    private let settings: ArraySplit
    private let candidates: [Candidate]
    private let noun: String
    private var splits: [EpisodeSplit]

    /// Divides classes or tasks.
    ///
    /// - Parameters:
    ///   - candidates: In the manifest's order.
    ///   - settings: How.
    ///   - noun: What they are: `class` or `task`.
    /// - Returns: The split of each.
    /// - Throws: ``ArrayError`` for a name that there is not, or one that is for two things.
    static func splits(
        of candidates: [Candidate], by settings: ArraySplit, noun: String
    ) throws(ArrayError) -> [EpisodeSplit] {
        var assignment = SplitAssignment(
            settings: settings, candidates: candidates, noun: noun,
            splits: candidates.map { _ in .train })
        try assignment.assign()
        guard assignment.splits.contains(.train) else {
            throw ArrayError(
                .tooFew(
                    "\(noun == "class" ? "classes" : "tasks") for training", expected: 1, found: 0),
                at: "split", hint: "take fewer for validation and test")
        }
        return assignment.splits
    }

    private mutating func assign() throws(ArrayError) {
        let basis = settings.effectiveBasis
        if basis == .group, let lone = candidates.first(where: \.group.isEmpty) {
            throw ArrayError(
                .missing("group of \(noun) \(lone.name)", known: []), at: "split.by",
                hint: "name the groups with --groups, or divide by class")
        }
        let keys = candidates.map { candidate in
            switch basis {
            case .member: candidate.name
            case .group: candidate.group
            case .column, .source: candidate.value
            }
        }
        let isByValue = basis == .column || basis == .source
        let isSilent = settings.train == nil && settings.validation == nil && settings.test == nil
        let namesSomething = [settings.train, settings.validation, settings.test].contains {
            if case .names = $0 { true } else { false }
        }
        if isByValue, !namesSomething {
            for (index, key) in keys.enumerated() {
                splits[index] = try Self.meaning(of: key, settings)
            }
        } else {
            try assignNames(keys)
        }
        let standard: (ArraySplit.Part?, ArraySplit.Part?) =
            isSilent && !isByValue ? (.share(0.1), .share(0.2)) : (nil, nil)
        // Test before validation, so that another validation leaves the test as it is.
        for (split, part) in [
            (EpisodeSplit.test, settings.test ?? standard.1),
            (.validation, settings.validation ?? standard.0),
        ] {
            guard case .share(let share) = part else { continue }
            // Values are few: what is drawn of a split is classes then.
            try draw(share, for: split, keys: isByValue ? candidates.map(\.name) : keys)
        }
    }

    /// The splits of names.
    private mutating func assignNames(_ keys: [String]) throws(ArrayError) {
        var named: [String: EpisodeSplit] = [:]
        for (split, part) in [
            (EpisodeSplit.train, settings.train), (.validation, settings.validation),
            (.test, settings.test),
        ] {
            guard case .names(let names) = part else { continue }
            for name in names {
                guard keys.contains(name) else {
                    throw ArrayError(
                        .missing(
                            "\(Self.words(settings.effectiveBasis, noun)) \"\(name)\"",
                            known: keys.onceEach),
                        at: "split.\(split.rawValue)", hint: "names are those of the sources")
                }
                if let other = named[name], other != split {
                    throw ArrayError(
                        .inTwoSplits(name, one: other.rawValue, other: split.rawValue), at: "split",
                        hint: "name it for one of them")
                }
                named[name] = split
            }
        }
        var hasTrainNames = false
        if case .names = settings.train { hasTrainNames = true }
        for (index, key) in keys.enumerated() {
            if let split = named[key] {
                splits[index] = split
            } else if hasTrainNames {
                throw ArrayError(
                    .missing(
                        "split of \(Self.words(settings.effectiveBasis, noun)) \"\(key)\"",
                        known: []),
                    at: "split.train",
                    hint:
                        "name it for train, validation or test, or leave train out: training is the rest"
                )
            }
        }
    }

    /// Draws a share of what is still for training.
    private mutating func draw(
        _ share: Double, for split: EpisodeSplit, keys: [String]
    ) throws(ArrayError) {
        let all = keys.onceEach
        let left = zip(keys, splits).filter { $1 == .train }.map(\.0).onceEach
        let wanted = share < 1 ? Int((share * Double(all.count)).rounded()) : Int(share)
        guard wanted < left.count || wanted == 0 else {
            throw ArrayError(
                .tooFew(
                    "\(noun == "class" ? "classes or groups" : "tasks or groups") to divide",
                    expected: wanted + 1, found: left.count),
                at: "split.\(split.rawValue)",
                hint: "take fewer, so that some are left for training")
        }
        var generator = SeededGenerator(
            seed: settings.seed, stream: "\(split.rawValue) split of arrays")
        let chosen = Set(generator.shuffled(left).prefix(wanted))
        for (index, key) in keys.enumerated() where splits[index] == .train && chosen.contains(key)
        {
            splits[index] = split
        }
    }

    /// What the usual words of columns and files mean.
    private static func meaning(
        of value: String, _ settings: ArraySplit
    ) throws(ArrayError) -> EpisodeSplit {
        let words: [(EpisodeSplit, Set<String>)] = [
            (
                .train,
                ["train", "training", "background", "images_background", "base", "1", "true"]
            ),
            (.validation, ["validation", "val", "valid", "dev"]),
            (
                .test,
                [
                    "test", "testing", "evaluation", "images_evaluation", "eval", "novel", "0",
                    "false",
                ]
            ),
        ]
        let word = value.lowercased()
        guard let split = words.first(where: { $0.1.contains(word) })?.0 else {
            throw ArrayError(
                .invalid(expected: "a word that says a split, as train or test", found: value),
                at: settings.column.map { "split.column \($0)" } ?? "split.by",
                hint:
                    "say which values are for what with split.train, split.validation and split.test"
            )
        }
        return split
    }

    private static func words(_ basis: ArraySplit.Basis, _ noun: String) -> String {
        switch basis {
        case .member: noun
        case .group: "group"
        case .column: "value"
        case .source: "source"
        }
    }
}
