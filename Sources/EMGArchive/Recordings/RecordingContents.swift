import Digests
import EMGSignal
import HDF5

/// What a recording's file holds, in plain values: moved in and out of the file under the
/// library's lock, and interpreted outside it.
struct RecordingContents: Sendable {
    var patient: String
    var session: String
    var condition: String
    var run: String
    var samplingRate: Double
    var effectiveRate: Double
    var unit: String
    var software: String
    var sourceName: String
    var sourceSHA256: String
    var history: String
    var channelNames: [String]
    var channelUnits: [String]
    var scale: [Double]
    var offset: [Double]
    /// `[samples, channels]`.
    var shape: [Int]
    /// Empty when only the header was read.
    var samples: [Float]
    var classNames: [String]?
    /// As many as samples, empty when only the header was read.
    var labels: [UInt8]
    var hasTimeStamps: Bool
    /// As many as samples, empty when only the header was read or there are none.
    var timeStamps: [Double]
    /// Rows of start, stop, channel (-1 for all), kind.
    var quality: [Int64]
    /// The digest in the file; `nil` when another program left it out.
    var contentSHA256: String?

    /// SHA-256 over every other value, each preceded by its length: bytes that no checksum of
    /// HDF5 covers (attributes, above all) cannot change unnoticed.
    func digest() -> String {
        var hash = SHA256()
        for text in [patient, session, condition, run] { hash.update(text) }
        hash.update([samplingRate, effectiveRate])
        for text in [unit, software, sourceName, sourceSHA256, history] { hash.update(text) }
        hash.update(channelNames)
        hash.update(channelUnits)
        hash.update(scale)
        hash.update(offset)
        hash.update(samples)
        hash.update(classNames ?? [])
        hash.update(labels)
        hash.update(timeStamps)
        hash.update(quality)
        return hash.finish()
    }

    /// Compares the digest with the one in the file.
    func verify(file: String) throws(ArchiveError) {
        guard let contentSHA256 else { return }
        let found = digest()
        guard found == contentSHA256 else {
            throw ArchiveError(
                .hashMismatch(expected: contentSHA256, found: found),
                at: Place(file: file, object: "/@content_sha256"),
                hint: "the file is damaged: convert its source again; "
                    + "if it was edited on purpose, remove the attribute content_sha256")
        }
    }
}

extension SHA256 {
    /// Adds a list of numbers: its size in bytes as 64 bits, then the numbers, little-endian.
    fileprivate mutating func update<Number: BitwiseCopyable>(_ numbers: [Number]) {
        let bytes = UInt64(numbers.count * MemoryLayout<Number>.stride)
        unsafe update([bytes].span.bytes)
        unsafe update(numbers.span.bytes)
    }

    /// Adds a text: its size in UTF-8 bytes as 64 bits, then the bytes.
    fileprivate mutating func update(_ text: String) {
        update(Array(text.utf8))
    }

    /// Adds a list of texts: how many as 64 bits, then each.
    fileprivate mutating func update(_ texts: [String]) {
        unsafe update([UInt64(texts.count)].span.bytes)
        for text in texts { update(text) }
    }
}
