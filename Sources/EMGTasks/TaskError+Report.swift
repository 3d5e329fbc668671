internal import Documents
public import ErrorReports

extension TaskError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .unlabeled: "unlabeled"
        case .unexpectedCue: "unexpected_cue"
        case .incompleteCycle: "incomplete_cycle"
        case .tooFew: "too_few"
        case .noWindows: "no_windows"
        case .nothingUsable: "nothing_usable"
        case .badChannels: "bad_channels"
        case .noTargets: "no_targets"
        case .mismatch: "mismatch"
        case .unknownClass: "unknown_class"
        case .sharedSignal: "shared_signal"
        case .repeatedSignal: "repeated_signal"
        case .noWindowAnywhere: "no_window_anywhere"
        case .unknownPatient: "unknown_patient"
        case .unknownTask: "unknown_task"
        case .inTwoSplits: "in_two_splits"
        case .emptySplit: "empty_split"
        case .mismatchedEdit: "mismatched_edit"
        case .nothingToBuild: "nothing_to_build"
        }
    }

    /// The recording or collection.
    public var place: ErrorPlace {
        if case .mismatchedEdit(let error) = kind { return error.place }
        return ErrorPlace(object: subject)
    }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .unexpectedCue(_, let expected, _, _), .mismatch(_, let expected, _): expected
        case .incompleteCycle(let expected, _): "at least \(expected) runs"
        case .tooFew(let what, let expected, _): "at least \(expected) \(what)"
        case .noWindows(_, let length, _): "at least \(length) samples"
        case .noWindowAnywhere(let length, _): "at least \(length) samples"
        case .unknownClass(_, _, let known), .unknownPatient(_, let known):
            known.joined(separator: ", ")
        case .mismatchedEdit(let error): error.expected
        case .unlabeled, .nothingUsable, .badChannels, .noTargets, .sharedSignal,
            .repeatedSignal, .unknownTask, .inTwoSplits, .emptySplit, .nothingToBuild:
            nil
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .unexpectedCue(_, _, let found, _), .mismatch(_, _, let found): found
        case .incompleteCycle(_, let found): "\(found) runs"
        case .tooFew(let what, _, let found): "\(found) \(what)"
        case .noWindows(_, _, let samples): "\(samples) samples"
        case .noWindowAnywhere(_, let longest): "\(longest) samples"
        case .unknownClass(let name, _, _), .unknownPatient(let name, _), .unknownTask(let name):
            name
        case .mismatchedEdit(let error): error.found
        case .unlabeled, .nothingUsable, .badChannels, .noTargets, .sharedSignal,
            .repeatedSignal, .inTwoSplits, .emptySplit, .nothingToBuild:
            nil
        }
    }
}
