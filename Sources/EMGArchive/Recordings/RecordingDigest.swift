import Digests
import HDF5

/// SHA-256 over everything in a recording's file, each part preceded by its length: bytes that no
/// checksum of HDF5 covers (attributes, above all) cannot change unnoticed.
///
/// The samples arrive in pieces and first, then all labels, then all time stamps, then the target
/// tracks one after the other.
struct RecordingDigest: ~Copyable {
    private let contents: RecordingContents
    private var hash = SHA256()

    /// Starts with the header and the length of the samples.
    init(_ contents: RecordingContents) {
        self.contents = contents
        for text in [
            contents.patient, contents.session, contents.condition, contents.run,
        ] { update(text) }
        update([contents.samplingRate, contents.effectiveRate])
        for text in [
            contents.unit, contents.software, contents.sourceName, contents.sourceSHA256,
            contents.history,
        ] { update(text) }
        update(contents.channelNames)
        update(contents.channelUnits)
        update(contents.scale)
        update(contents.offset)
        updateLength(contents.shape.reduce(1, *), of: Float.self)
    }

    /// Adds samples.
    mutating func add(samples: [Float]) {
        unsafe hash.update(samples.span.bytes)
    }

    /// All samples have been added; labels follow, if there are any.
    mutating func startLabels() {
        update(contents.classNames ?? [])
        updateLength(contents.classNames == nil ? 0 : contents.shape[0], of: UInt8.self)
    }

    /// Adds labels.
    mutating func add(labels: [UInt8]) {
        unsafe hash.update(labels.span.bytes)
    }

    /// All labels have been added; time stamps follow, if there are any.
    mutating func startTimeStamps() {
        updateLength(contents.hasTimeStamps ? contents.shape[0] : 0, of: Double.self)
    }

    /// Adds time stamps.
    mutating func add(timeStamps: [Double]) {
        unsafe hash.update(timeStamps.span.bytes)
    }

    /// All that comes before has been added; the values of a target track follow.
    mutating func startTarget(_ target: RecordingContents.Target) {
        update(target.name)
        update(target.unit)
        update(target.dimensions)
        updateLength(contents.shape[0] * target.dimensions.count, of: Float.self)
    }

    /// Adds values of a target track.
    mutating func add(target values: [Float]) {
        unsafe hash.update(values.span.bytes)
    }

    /// Everything has been added.
    ///
    /// - Returns: 64 lower-case hexadecimal digits.
    consuming func finish() -> String {
        update(contents.quality)
        return hash.finish()
    }

    /// Adds a list of numbers: its size in bytes as 64 bits, then the numbers, little-endian.
    private mutating func update<Number: BitwiseCopyable>(_ numbers: [Number]) {
        updateLength(numbers.count, of: Number.self)
        unsafe hash.update(numbers.span.bytes)
    }

    private mutating func updateLength<Number: BitwiseCopyable>(
        _ count: Int, of type: Number.Type
    ) {
        let bytes = UInt64(count * MemoryLayout<Number>.stride)
        unsafe hash.update([bytes].span.bytes)
    }

    /// Adds a text: its size in UTF-8 bytes as 64 bits, then the bytes.
    private mutating func update(_ text: String) {
        update(Array(text.utf8))
    }

    /// Adds a list of texts: how many as 64 bits, then each.
    private mutating func update(_ texts: [String]) {
        unsafe hash.update([UInt64(texts.count)].span.bytes)
        for text in texts { update(text) }
    }
}
