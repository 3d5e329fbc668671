internal import EMGSignal
internal import HDF5

/// How the samples of a recording are found by their time.
enum HDF5Clock {
    /// Samples a second, the first at a time.
    case rate(Double, start: Double)
    /// By time stamps.
    case times(TimeStampSearch)

    /// The time of the first sample, in seconds.
    var origin: Double {
        switch self {
        case .rate(_, let start): start
        case .times(let search): search.first
        }
    }

    /// The sample nearest to a time in seconds since the first sample, in any range.
    func sample(at seconds: Double) -> Int {
        switch self {
        case .rate(let hertz, _):
            let sample = (seconds * hertz).rounded()
            return Int(max(-1e15, min(sample, 1e15)))
        case .times(let search): return search.row(at: seconds + search.first)
        }
    }

    /// Why time stamps could not be read; asked for at the end.
    var failure: HDF5Error? {
        if case .times(let search) = self { search.failure } else { nil }
    }
}
