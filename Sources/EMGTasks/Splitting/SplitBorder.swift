internal import EMGSignal

/// Where the support of a recording lies before anything is cut out of it.
struct SplitBorder {
    let labels: LabelTrack?
    /// The labels of the classes to be learned.
    let learned: Set<UInt8>
    let sampleCount: Int
    let subject: String

    /// The ranges of the support, in order and apart from each other.
    ///
    /// - Throws: ``TaskError`` when the recording is not as the rule needs it.
    func support(
        of rule: SplitRule, rate: SamplingRate
    ) throws(TaskError) -> [SampleRange] {
        switch rule {
        case .firstCycles(let cues, let count):
            return [SampleRange(start: 0, end: try endOfCycles(cues, count: count))]
        case .seconds(let seconds):
            return [SampleRange(start: 0, end: min(sampleCount, rate.samples(inSeconds: seconds)))]
        case .fraction(let fraction):
            let end = Int((Double(sampleCount) * fraction).rounded())
            return [SampleRange(start: 0, end: min(sampleCount, end))]
        case .repetitions(let count):
            return [SampleRange(start: 0, end: try endOfRepetitions(count))]
        case .shots:
            return []
        case .blocks(let count, let support):
            guard sampleCount >= count else {
                throw TaskError(
                    .tooFew(what: "samples for the blocks", expected: count, found: sampleCount),
                    subject: subject, hint: "ask for fewer blocks")
            }
            return Set(support).sorted().map { block in
                SampleRange(
                    start: sampleCount * block / count, end: sampleCount * (block + 1) / count)
            }.joined()
        }
    }

    private func endOfCycles(_ cycle: [String], count: Int) throws(TaskError) -> Int {
        guard let labels else { return 0 }
        // A cycle that ends as it begins shares that run with the next one.
        let isShared = cycle.count > 1 && cycle.first == cycle.last
        var cues = cycle
        for _ in 1..<count { cues += isShared ? Array(cycle.dropFirst()) : cycle }
        let runs = cueRuns(of: labels, for: cues)
        for (index, cue) in cues.enumerated() {
            guard index < runs.count else { break }
            let found = labels.classNames[Int(runs[index].label)]
            guard found == cue else {
                throw TaskError(
                    .unexpectedCue(
                        run: index + 1, expected: cue, found: found,
                        sample: runs[index].range.start),
                    subject: subject,
                    hint: "the \(count == 1 ? "first cycle" : "first \(count) cycles") must be "
                        + "\(cues.joined(separator: "–")), the labels begin "
                        + "\(Self.beginning(of: runs, labels)); name their cues in "
                        + "\"split.cues\", choose another \"split.rule\", or leave the recording "
                        + "out with \"include\"")
            }
        }
        guard runs.count > cues.count else {
            throw TaskError(
                .incompleteCycle(expectedRuns: cues.count + 1, foundRuns: runs.count),
                subject: subject,
                hint: "no query is left behind the "
                    + (count == 1 ? "first cycle" : "first \(count) cycles")
                    + "; ask for fewer \"split.cycles\" or a shorter \"split.cues\", choose "
                    + "another \"split.rule\", or leave the recording out with \"include\"")
        }
        return runs[cues.count - 1].range.end
    }

    /// The runs that cues are looked for among: those that nobody labeled are passed over unless
    /// the cues name them.
    private func cueRuns(of labels: LabelTrack, for cues: [String]) -> [LabelTrack.Run] {
        guard let unlabeled = labels.unlabeled, !learned.contains(unlabeled),
            !cues.contains(LabelTrack.unlabeledName)
        else { return labels.runs }
        return labels.runs.filter { $0.label != unlabeled }
    }

    private static func beginning(of runs: [LabelTrack.Run], _ labels: LabelTrack) -> String {
        let names = runs.prefix(8).map { labels.classNames[Int($0.label)] }
        return names.joined(separator: "–") + (runs.count > 8 ? "–…" : "")
    }

    private func endOfRepetitions(_ count: Int) throws(TaskError) -> Int {
        guard let labels else { return 0 }
        let runs = labels.runs
        let classes = learned
        var seen: [UInt8: Int] = [:]
        var complete = 0
        for (index, run) in runs.enumerated() {
            seen[run.label, default: 0] += 1
            if seen[run.label] == count, classes.contains(run.label) { complete += 1 }
            if complete == classes.count,
                runs[(index + 1)...].contains(where: { classes.contains($0.label) })
            {
                return run.range.end
            }
        }
        let rarest = classes.sorted().min { seen[$0, default: 0] < seen[$1, default: 0] }
        let name = rarest.map { labels.classNames[Int($0)] } ?? "any class"
        throw TaskError(
            .tooFew(
                what: "repetitions of \"\(name)\" with something behind them", expected: count + 1,
                found: rarest.map { seen[$0, default: 0] } ?? 0),
            subject: subject, hint: "ask for fewer repetitions or leave the recording out")
    }
}
