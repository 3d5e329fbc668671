/// The two widths of one format: EDF stores samples in 16 bits, BDF in 24.
public enum EDFVariant: Sendable, Hashable {
    /// European Data Format, EDF+.
    case edf
    /// BioSemi Data Format, BDF+.
    case bdf

    /// The name on the command line and in histories.
    public var formatName: String {
        switch self {
        case .edf: "edf"
        case .bdf: "bdf"
        }
    }

    /// The name in messages.
    var title: String { formatName.uppercased() }

    /// The bytes of one sample.
    var sampleBytes: Int {
        switch self {
        case .edf: 2
        case .bdf: 3
        }
    }

    /// What a sample can be.
    var numbers: ClosedRange<Int> {
        let half = 1 << (8 * sampleBytes - 1)
        return -half...half - 1
    }

    /// The one that a file might be instead.
    var other: EDFVariant {
        switch self {
        case .edf: .bdf
        case .bdf: .edf
        }
    }
}
