/// The two widths of one format: EDF stores samples in 16 bits, BDF in 24.
public enum EDFFormat: String, Sendable, Hashable, CaseIterable {
    /// European Data Format, EDF+: 16 bits a sample.
    case edf
    /// BioSemi Data Format, BDF+: 24 bits a sample.
    case bdf

    /// The name on the command line, in histories and at the end of files' names.
    public var name: String { rawValue }

    /// The name in messages and headers.
    package var title: String { rawValue.uppercased() }

    /// The bytes of one sample.
    package var sampleBytes: Int { self == .edf ? 2 : 3 }

    /// What a sample can be.
    package var numbers: ClosedRange<Int> {
        let half = 1 << (8 * sampleBytes - 1)
        return -half...half - 1
    }

    /// The one that a file might be instead.
    package var other: EDFFormat { self == .edf ? .bdf : .edf }

    /// What the version field of a header holds.
    package var version: [UInt8] {
        self == .bdf
            ? [0xFF] + Self.mark
            : [UInt8(ascii: "0")] + [UInt8](repeating: 0x20, count: EDFField.version.width - 1)
    }

    /// What stands behind the first byte of a BDF file.
    package static let mark = Array("BIOSEMI".utf8)

    /// What the reserved field begins with where samples have no gaps, and where they may have.
    package var continuous: String { "\(title)+C" }
    /// See ``continuous``.
    package var discontinuous: String { "\(title)+D" }

    /// The label of the signal that holds annotations.
    package var annotationsLabel: String { "\(title) Annotations" }
}
