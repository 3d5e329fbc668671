/// The two widths of the European Data Format.
public enum EDFFormat: String, Sendable, Hashable, CaseIterable {
    /// EDF+, 16 bits a sample.
    case edf
    /// BDF+, 24 bits a sample.
    case bdf

    /// The bytes of a sample.
    var sampleBytes: Int { self == .edf ? 2 : 3 }

    /// What a sample can be.
    var numbers: ClosedRange<Int> {
        let half = 1 << (8 * sampleBytes - 1)
        return -half...half - 1
    }

    /// The name in messages and headers.
    var title: String { rawValue.uppercased() }
}
