import EMGArchive
import EMGSignal

/// Marks along a signal by which the same segment is found again in another task, wherever it
/// begins there and however it was normalized.
///
/// A mark is a hash of which way each channel moves over 64 samples, which no scale above 0 and
/// no offset changes, kept where the hash itself says so (one place in 16). Marks that meet are
/// compared by the raw signal that offset and scale give back.
struct SignalFingerprint: Sendable, Hashable {
    /// One segment.
    struct Mark: Sendable, Hashable {
        /// Which way the channels move.
        let hash: UInt64
        /// The first sample.
        let sample: Int
        /// A weighted sum of the raw signal over the segment, and the sum of its magnitudes.
        let sum: Double
        let magnitude: Double

        /// Whether the raw signals agree, as closely as single precision allows.
        func isSame(as other: Mark) -> Bool {
            abs(sum - other.sum) <= 1e-5 * max(magnitude, other.magnitude)
        }
    }

    let id: String
    let split: String
    let marks: [Mark]

    private static let length = 64
    private static let base: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// - Parameters:
    ///   - id: The task.
    ///   - split: Which split it is in.
    ///   - signal: Its normalized signal.
    ///   - normalization: What gives the raw signal back.
    init(
        id: String, split: String, signal: SampleMatrix,
        normalization: CollectionManifest.Coefficients
    ) {
        self.id = id
        self.split = split
        let channels = signal.channelCount
        let count = signal.sampleCount
        guard count > Self.length else {
            marks = []
            return
        }
        var steps = [UInt64](repeating: 0, count: count)
        var moves = [Int](repeating: 0, count: count)
        let values = signal.values
        for sample in 1..<count {
            var code: UInt64 = 1
            for place in sample * channels..<(sample + 1) * channels {
                let (before, value) = (values[place - channels], values[place])
                let direction: UInt64 = value > before ? 2 : value < before ? 1 : 0
                code = code &* 3 &+ direction
                if direction != 0 { moves[sample] += 1 }
            }
            // SplitMix64's finalizer: neighbors in code are far apart in hash.
            code = (code ^ (code >> 30)) &* 0xbf58_476d_1ce4_e5b9
            steps[sample] = code ^ (code >> 27)
        }
        var leaving: UInt64 = 1
        for _ in 0..<Self.length { leaving = leaving &* Self.base }
        var found: [Mark] = []
        var hash: UInt64 = 0
        var moving = 0
        for sample in 1..<count {
            hash = hash &* Self.base &+ steps[sample]
            moving += moves[sample]
            if sample > Self.length {
                hash = hash &- leaving &* steps[sample - Self.length]
                moving -= moves[sample - Self.length]
            }
            // Rest and flat lines look alike everywhere.
            guard sample >= Self.length, (hash >> 40) & 15 == 0, moving >= Self.length / 2
            else { continue }
            found.append(
                Self.mark(hash, at: sample - Self.length + 1, normalization, signal))
        }
        marks = found
    }

    /// A fingerprint of some of the marks.
    private init(id: String, split: String, marks: [Mark]) {
        self.id = id
        self.split = split
        self.marks = marks
    }

    /// The same marks in another split.
    func inSplit(_ split: String) -> SignalFingerprint {
        SignalFingerprint(id: id, split: split, marks: marks)
    }

    /// The marks of segments that lie within ranges, which are in order and apart.
    func marks(in ranges: [SampleRange]) -> SignalFingerprint {
        SignalFingerprint(
            id: id, split: split,
            marks: marks.filter { mark in
                ranges.contains {
                    $0.start <= mark.sample && mark.sample + Self.length <= $0.end
                }
            })
    }

    /// The marks that are there once, at most so many of them: those with the least hashes, so
    /// that recordings of the same signal keep the same ones. What repeats within a recording, as
    /// a test signal does, is no evidence that it is another one's.
    func distinct(atMost count: Int) -> SignalFingerprint {
        let sorted = marks.sorted { ($0.hash, $0.sample) < ($1.hash, $1.sample) }
        let single = sorted.indices.filter { index in
            (index == 0 || sorted[index - 1].hash != sorted[index].hash)
                && (index + 1 == sorted.count || sorted[index + 1].hash != sorted[index].hash)
        }
        return SignalFingerprint(
            id: id, split: split, marks: single.prefix(count).map { sorted[$0] })
    }

    private static func mark(
        _ hash: UInt64, at start: Int, _ normalization: CollectionManifest.Coefficients,
        _ signal: SampleMatrix
    ) -> Mark {
        var (sum, magnitude) = (0.0, 0.0)
        for sample in start..<start + length {
            let weight = Double(1 + (sample - start) % 7)
            for channel in 0..<signal.channelCount {
                let raw =
                    Double(signal[sample, channel]) * normalization.scale[channel]
                    + normalization.offset[channel]
                sum += weight * Double(1 + channel % 5) * raw
                magnitude += weight * Double(1 + channel % 5) * abs(raw)
            }
        }
        return Mark(hash: hash, sample: start, sum: sum, magnitude: magnitude)
    }
}
