package import Documents
package import EMGSignal

/// Support is the first complete cycles of cues, from the start of the recording to the start of
/// the next cycle; query is everything after the guard.
///
/// The cycle is given as class names in order: the reference laboratory's is relax, open, relax,
/// close, relax (deltas +1 −1 +2 −2 +1), which ends at the fifth label change. A cycle that ends
/// with the cue it begins with shares that run with the next one.
package struct FirstCycle: SplitRule {
    /// The class names of one cycle in order; those of the reference laboratory, under the names
    /// that its classes get, when `nil`.
    package var cues: [String]?
    /// How many cycles are support, at least 1.
    package var cycles: Int

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - cues: The class names of one cycle in order, at least two; the reference laboratory's
    ///     when `nil`.
    ///   - cycles: How many cycles are support, at least 1.
    package init(cues: [String]?, cycles: Int = 1) {
        self.cues = cues
        self.cycles = cycles
    }

    /// The first cycle of the reference laboratory.
    package init() {
        self.init(cues: nil)
    }

    /// The cycle of the reference laboratory.
    package static let referenceCues = ["relax", "open", "relax", "close", "relax"]

    /// The name in documents.
    package static let key = "first_cycle"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "Support is the first cycles of cues, from the start of the recording to the start of the "
        + "next cycle."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            optional: "cues", \.cues, cueNames,
            "The class names of one cycle in order, as the collection has them; \(referenceCues) "
                + "when left out, under the names that `classes.rename` and `classes.merge` give "
                + "them. Samples that nobody labeled are passed over unless `unlabeled` is among "
                + "them.", absence: .leftOut),
        Field(
            "cycles", \.cycles, .integer(in: 1...10_000),
            "How many cycles are support; one that ends as it begins shares that run with the next."
        ),
    ]

    private static var cueNames: FieldFormat<[String]> {
        let names = FieldFormat<[String]>.list(of: .name)
        let name = FieldFormat<String>.name
        return FieldFormat(
            schema: { .list(of: name.schema($0), count: 2 ... .max, isUnique: false) },
            read: { list throws(DocumentError) in
                let cues = try names.read(list)
                guard cues.count >= 2 else {
                    throw list.error(expected: "at least two class names")
                }
                for (index, pair) in zip(cues, cues.dropFirst()).enumerated()
                where pair.0 == pair.1 {
                    throw try list.array()[index + 1].error(
                        expected: "a cue other than the one before it")
                }
                return cues
            },
            write: names.write)
    }

    /// It looks for cues.
    package var needsLabels: Bool { true }

    /// The cues that are looked for; one cycle is not reported.
    package var parameters: [String: ProcessingStep.Value] {
        let list = ProcessingStep.Value.list((cues ?? Self.referenceCues).map { .text($0) })
        return cycles == 1 ? ["cues": list] : ["cues": list, "cycles": .integer(cycles)]
    }

    /// With the reference laboratory's cues under the names that their classes get; cues that
    /// become one class are one.
    package func following(_ classes: ClassMap) -> FirstCycle {
        guard cues == nil else { return self }
        var names: [String] = []
        for cue in Self.referenceCues.map(classes.name(of:)) where cue != names.last {
            names.append(cue)
        }
        return FirstCycle(cues: names.count > 1 ? names : Self.referenceCues, cycles: cycles)
    }

    /// The cues, unless they are the reference laboratory's, which stand for whatever nobody said.
    package func namedClasses(in classes: ClassMap) -> [String] {
        guard let cues, cues != FirstCycle().following(classes).cues else { return [] }
        return cues
    }

    /// The runs until every class was seen, and back to the first one, of the first recording that
    /// has such a cycle.
    package func proposals(for recordings: [LearnedLabels]) -> [FirstCycle] {
        guard let cues = recordings.lazy.compactMap(\.cycle).first else { return [] }
        // Its last cue may be the first one of the next cycle.
        let isClosed = cues.count > 2 && cues.first == cues.last
        return [FirstCycle(cues: cues)]
            + (isClosed ? [FirstCycle(cues: Array(cues.dropLast()))] : [])
    }

    // MARK: - Division

    /// From the start to the end of the cycles.
    package func support(of recording: SplitInput) throws(TaskError) -> [SampleRange] {
        [SampleRange(start: 0, end: try end(in: recording))]
    }

    private func end(in recording: SplitInput) throws(TaskError) -> Int {
        guard let labels = recording.labels else { return 0 }
        let cycle = cues ?? Self.referenceCues
        // A cycle that ends as it begins shares that run with the next one.
        let isShared = cycle.count > 1 && cycle.first == cycle.last
        var cues = cycle
        for _ in 1..<cycles { cues += isShared ? Array(cycle.dropFirst()) : cycle }
        let runs = Self.runs(of: labels, in: recording, for: cues)
        let beginning = cycles == 1 ? "first cycle" : "first \(cycles) cycles"
        for (index, cue) in cues.enumerated() {
            guard index < runs.count else { break }
            let found = labels.classNames[Int(runs[index].label)]
            guard found == cue else {
                throw TaskError(
                    .unexpectedCue(
                        run: index + 1, expected: cue, found: found,
                        sample: runs[index].range.start),
                    subject: recording.subject,
                    hint: "the \(beginning) must be "
                        + "\(cues.joined(separator: "–")), the labels begin "
                        + "\(Self.beginning(of: runs, labels)); name their cues in "
                        + "\"split.cues\", choose another \"split.rule\", or leave the recording "
                        + "out with \"include\"")
            }
        }
        guard runs.count > cues.count else {
            throw TaskError(
                .incompleteCycle(expectedRuns: cues.count + 1, foundRuns: runs.count),
                subject: recording.subject,
                hint: "no query is left behind the \(beginning)"
                    + "; ask for fewer \"split.cycles\" or a shorter \"split.cues\", choose "
                    + "another \"split.rule\", or leave the recording out with \"include\"")
        }
        return runs[cues.count - 1].range.end
    }

    /// The runs that cues are looked for among: those that nobody labeled are passed over unless
    /// the cues name them.
    private static func runs(
        of labels: LabelTrack, in recording: SplitInput, for cues: [String]
    ) -> [LabelTrack.Run] {
        guard let unlabeled = labels.unlabeled, !recording.learned.contains(unlabeled),
            !cues.contains(LabelTrack.unlabeledName)
        else { return labels.runs }
        return labels.runs.filter { $0.label != unlabeled }
    }

    private static func beginning(of runs: [LabelTrack.Run], _ labels: LabelTrack) -> String {
        let names = runs.prefix(8).map { labels.classNames[Int($0.label)] }
        return names.joined(separator: "–") + (runs.count > 8 ? "–…" : "")
    }
}

extension SplitRule where Self == FirstCycle {
    /// Support is the first complete cycles of cues.
    package static func firstCycle(cues: [String], cycles: Int = 1) -> FirstCycle {
        FirstCycle(cues: cues, cycles: cycles)
    }
}

extension LearnedLabels {
    /// Longer cycles are no protocol that a person would write down.
    private static let longestCycle = 16

    /// The runs until every class was seen, and back to the first one.
    fileprivate var cycle: [String]? {
        var cues: [String] = []
        var seen: Set<UInt8> = []
        for run in track.runs where run.label != track.unlabeled {
            let name = track.classNames[Int(run.label)]
            if seen.count == classCount {
                if name == cues.first { cues.append(name) }
                break
            }
            guard cues.last != name, cues.count < Self.longestCycle else { return nil }
            cues.append(name)
            if Int(run.label) < classCount { seen.insert(run.label) }
        }
        return seen.count == classCount && cues.count > 1 ? cues : nil
    }
}
