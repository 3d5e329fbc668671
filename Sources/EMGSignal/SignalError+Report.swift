public import ErrorReports

extension SignalError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .implausibleSamplingRate: "implausible_sampling_rate"
        case .unusableName: "unusable_name"
        case .lengthMismatch: "length_mismatch"
        case .labelOutOfRange: "label_out_of_range"
        }
    }

    /// What the value is of.
    public var place: ErrorPlace {
        switch kind {
        case .implausibleSamplingRate: ErrorPlace(object: "sampling rate")
        case .unusableName(let part, _): ErrorPlace(object: part)
        case .lengthMismatch(let what, _, _): ErrorPlace(object: what)
        case .labelOutOfRange(_, _, let sample): ErrorPlace(object: "sample \(sample)")
        }
    }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .lengthMismatch(_, let expected, _): "\(expected) samples"
        case .labelOutOfRange(_, let classes, _): "0..<\(classes)"
        case .implausibleSamplingRate, .unusableName: nil
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .implausibleSamplingRate(let found): "\(found) Hz"
        case .unusableName(_, let found): found
        case .lengthMismatch(_, _, let found): "\(found) samples"
        case .labelOutOfRange(let found, _, _): "\(found)"
        }
    }
}
