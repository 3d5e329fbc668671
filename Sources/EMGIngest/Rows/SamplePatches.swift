package import EMGSignal

/// Samples that are read as other values than the source has.
package struct SamplePatches: Sendable, Hashable {
    /// A segment of one channel.
    struct Patch: Sendable, Hashable {
        let channel: Int
        let start: Int
        let values: [Float]

        var end: Int { start + values.count }
    }

    /// The segments, by start.
    private var patches: [Patch] = []
    /// The longest one, in samples.
    private var longest = 0

    init() {}

    /// - Parameter patches: Segments in any order.
    init(_ patches: [Patch]) {
        self.patches = patches.sorted { ($0.start, $0.channel) < ($1.start, $1.channel) }
        longest = patches.map(\.values.count).max() ?? 0
    }

    /// Replaces what lies in a range.
    package func apply(to samples: inout [Float], from range: SampleRange, channelCount: Int) {
        guard longest > 0 else { return }
        var low = 0
        var high = patches.count
        while low < high {
            let middle = (low + high) / 2
            if patches[middle].start + longest <= range.start {
                low = middle + 1
            } else {
                high = middle
            }
        }
        for patch in patches[low...] {
            if patch.start >= range.end { break }
            let first = max(patch.start, range.start)
            let end = min(patch.end, range.end)
            guard first < end else { continue }
            for index in first..<end {
                samples[(index - range.start) * channelCount + patch.channel] =
                    patch.values[index - patch.start]
            }
        }
    }
}
