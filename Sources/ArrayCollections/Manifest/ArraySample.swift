internal import Documents

/// What one sample of a collection is: its axes and the type of its numbers as they are stored.
public struct ArraySample: Sendable, Hashable {
    /// What the axes of a sample mean.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `[rows, columns]` or `[rows, columns, channels]`.
        case image
        /// `[time, channels]`.
        case signal
        /// `[numbers]`.
        case vector
    }

    /// The type of the numbers as they are stored.
    package enum Number: String, Sendable, Hashable, CaseIterable {
        /// Whole numbers from 0 to 255.
        case uint8
        /// IEEE 754, single precision.
        case float32

        /// Bytes of a number.
        var bytes: Int { self == .uint8 ? 1 : 4 }
    }

    /// What the axes mean.
    public internal(set) var kind: Kind
    /// The extent of each axis.
    public internal(set) var shape: [Int]
    /// The type of the numbers as they are stored.
    package internal(set) var type: Number

    /// Numbers of a sample.
    public var width: Int { shape.reduce(1, *) }

    /// Channels of a sample as a window: those of images and signals; all numbers of a vector.
    package var channelCount: Int {
        switch kind {
        case .image: shape.count > 2 ? shape[2] : 1
        case .signal: shape[1]
        case .vector: shape[0]
        }
    }

    /// Samples of it as a window: pixels of an image, 1 of a vector.
    package var windowLength: Int { width / channelCount }

    /// Rows and columns of an image.
    package var imageExtent: (rows: Int, columns: Int)? {
        kind == .image ? (shape[0], shape[1]) : nil
    }

    /// How many numbers are scaled by coefficients of their own: channels, or all of a vector.
    var coefficientCount: Int { channelCount }

    /// The shape in words: `28 × 28`.
    package var text: String { shape.map(String.init).joined(separator: " × ") }

    static let format = FieldFormat<Self>.object(
        [
            Field(
                "kind", \.kind, .choice,
                "What a sample is: an `image` of `[rows, columns]` or `[rows, columns, channels]`, "
                    + "a `signal` of `[time, channels]`, a `vector` of `[numbers]`.",
                isRequired: true),
            Field(
                "shape", \.shape, .list(of: .integer(in: 1...1 << 30), count: 1...3),
                "The extent of each axis of a sample, as in the dataset `samples`.",
                isRequired: true),
            Field(
                "type", \.type, .choice, "The type of the numbers as they are stored.",
                isRequired: true),
        ], into: Self(kind: .vector, shape: [1], type: .float32))
}
