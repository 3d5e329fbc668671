public import ErrorReports

extension FilterError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .cutoffNotBelowNyquist: "cutoff_not_below_nyquist"
        case .cutoffsOutOfOrder: "cutoffs_out_of_order"
        case .unusableParameter: "unusable_parameter"
        case .unstableDesign: "unstable_design"
        case .signalTooShort: "signal_too_short"
        case .alreadyEnvelope: "already_envelope"
        case .rateMismatch: "rate_mismatch"
        case .notCausal: "not_causal"
        case .contradiction: "contradiction"
        case .needsWholeSignal: "needs_whole_signal"
        case .stateMismatch: "state_mismatch"
        }
    }

    /// The stage or the recording.
    public var place: ErrorPlace { ErrorPlace(object: location) }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .cutoffNotBelowNyquist(_, let nyquist, _, _): "below \(nyquist.plain) Hz"
        case .unusableParameter(_, let expected, _): expected
        case .signalTooShort(let least, _): "more than \(least) samples"
        case .rateMismatch(let expected, _): "\(expected.plain) Hz"
        case .stateMismatch(let expected, _): "\(expected) numbers"
        case .cutoffsOutOfOrder, .unstableDesign, .alreadyEnvelope, .notCausal, .contradiction,
            .needsWholeSignal:
            nil
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .cutoffNotBelowNyquist(let cutoff, _, _, _): "\(cutoff.plain) Hz"
        case .unusableParameter(_, _, let found): found.plain
        case .signalTooShort(_, let found): "\(found) samples"
        case .rateMismatch(_, let found): "\(found.plain) Hz"
        case .stateMismatch(_, let found): "\(found) numbers"
        case .cutoffsOutOfOrder, .unstableDesign, .alreadyEnvelope, .notCausal, .contradiction,
            .needsWholeSignal:
            nil
        }
    }
}
