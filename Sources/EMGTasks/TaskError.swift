public import Documents
public import EMGSignal
public import ErrorReports
private import PrintableText

/// Why a recording cannot become a task, or tasks a collection.
public struct TaskError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    public enum Kind: Sendable, Hashable {
        /// The split rule needs labels and the recording has none.
        case unlabeled
        /// The cue sequence is not the one that the split rule asks for.
        case unexpectedCue(run: Int, expected: String, found: String, sample: Int)
        /// The recording ends before the cue sequence is complete.
        case incompleteCycle(expectedRuns: Int, foundRuns: Int)
        /// There is less of something than the split rule needs.
        case tooFew(what: String, expected: Int, found: Int)
        /// A part has no window.
        case noWindows(part: String, windowLength: Int, samples: Int)
        /// Every window of a part touches samples that the quality policy excludes.
        case nothingUsable(part: String, windows: Int, leftOut: [QualityInterval.Kind: Int])
        /// Channels that the quality policy excludes from the first to the last sample.
        case badChannels([String], kinds: [String])
        /// No window of a part has targets that are all known.
        case noTargets(part: String)
        /// A recording differs from the others in something that must be the same.
        case mismatch(what: String, expected: String, found: String)
        /// A class in the configuration that no recording has.
        case unknownClass(String, key: String, known: [String])
        /// Two tasks of different splits with the same signal.
        case sharedSignal(
            task: String, split: String, other: String, otherSplit: String, how: String)
        /// The same signal in the support and in the query of one recording.
        case repeatedSignal(support: Int, query: Int, places: Int)
        /// No segment of any recording is as long as a window.
        case noWindowAnywhere(windowLength: Int, longest: Int)
        /// A patient of a split who has no usable recording.
        case unknownPatient(String, known: [String])
        /// A name or pattern that fits no usable recording.
        case unknownTask(String)
        /// A task that would be in two splits.
        case inTwoSplits(task: String, one: String, other: String)
        /// A split that must not be empty.
        case emptySplit(String)
        /// A decision of an edit file that does not fit its recording.
        case mismatchedEdit(DocumentError)
        /// No recording could be used.
        case nothingToBuild
    }

    /// The kind of the fault, with what was expected and found.
    public let kind: Kind
    /// The recording or collection concerned.
    public let subject: String
    /// What to do.
    public let hint: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - subject: The recording or collection concerned.
    ///   - hint: What to do.
    public init(_ kind: Kind, subject: String, hint: String) {
        self.kind = kind
        self.subject = subject
        self.hint = hint
    }

    /// `subject: what`, and the hint on a line of its own.
    public var description: String {
        "\(subject.printable(limit: 400)): \(what)\n  hint: \(hint)"
    }

    private var what: String {
        switch kind {
        case .unlabeled: "there are no labels"
        case .unexpectedCue(let run, let expected, let found, let sample):
            "run \(run) of the labels, at sample \(sample), is \"\(found.printable())\", "
                + "expected \"\(expected.printable())\""
        case .incompleteCycle(let expected, let found):
            "the labels have \(found, of: "run"), expected at least \(expected) (a whole "
                + "cycle and the start of the next)"
        case .tooFew(let what, let expected, let found):
            "\(found) \(what.printable()), expected at least \(expected)"
        case .noWindows(let part, let length, let samples):
            "the \(part) has \(samples, of: "usable sample"), fewer than one window of \(length)"
        case .nothingUsable(let part, let windows, let leftOut):
            "no window of the \(part) is left: "
                + "\(windows, of: "window touches", plural: "windows touch") samples that are "
                + "excluded (\(leftOut.text))"
        case .badChannels(let names, let kinds):
            (names.count == 1 ? "channel " : "channels ")
                + names.joined(separator: ", ").printable(limit: 200)
                + (names.count == 1 ? " is " : " are ") + kinds.joined(separator: ", ")
                + " throughout: no window is left"
        case .noTargets(let part): "no window of the \(part) has targets that are all known"
        case .mismatch(let what, let expected, let found):
            "\(what): expected \(expected.printable(limit: 200)), found "
                + found.printable(limit: 200)
        case .unknownClass(let name, let key, let known):
            "\"\(key)\" names the class \"\(name.printable())\", which no recording has; "
                + (known.isEmpty
                    ? "the recordings have no labels"
                    : "the classes found are "
                        + known.prefix(40).joined(separator: ", ").printable(limit: 600))
        case .sharedSignal(let task, let split, let other, let otherSplit, let how):
            "\(task.printable(limit: 400)) (\(split)) and \(other.printable(limit: 400)) "
                + "(\(otherSplit)) hold the same signal: \(how)"
        case .repeatedSignal(let support, let query, let places):
            "the signal of the support at sample \(support) is that of the query at sample "
                + "\(query), and so at \(places, of: "place")"
        case .noWindowAnywhere(let length, let longest):
            "no recording has a window of \(length, of: "sample"): the longest segment that may be "
                + "windowed has \(longest)"
        case .unknownPatient(let patient, let known):
            "patient \"\(patient.printable())\" has no usable recording; patients: "
                + known.prefix(20).joined(separator: ", ").printable(limit: 400)
        case .unknownTask(let pattern): "no recording fits \"\(pattern.printable(limit: 300))\""
        case .inTwoSplits(let task, let one, let other):
            "\(task.printable(limit: 400)) is in both \(one) and \(other)"
        case .emptySplit(let split): "no task is left for the \(split) split"
        case .mismatchedEdit(let error): "\(error)"
        case .nothingToBuild: "no recording can be used"
        }
    }
}
