import Dispatch
import EMGSignal
import Synchronization

/// A recording that somebody looks at: its samples, and its pyramid while it is being filled.
final class OpenSignal: Sendable {
    let rows: SignalRows
    private let state: Mutex<State>

    private struct State: Sendable {
        var pyramid: Pyramid
        var failure: String?
        var isCancelled = false
    }

    private init(_ rows: SignalRows) {
        self.rows = rows
        state = Mutex(
            State(
                pyramid: Pyramid(
                    sampleCount: rows.sampleCount, channelCount: rows.channelCount)))
    }

    /// Opens a signal and begins to fill its pyramid in the background.
    static func open(_ rows: SignalRows) -> OpenSignal {
        let signal = OpenSignal(rows)
        let queue = DispatchQueue(label: "myotask.review.pyramid", qos: .utility)
        queue.async { [weak signal] in
            let blocks = Pyramid.order(blockCount: signal?.blockCount ?? 0)
            for block in blocks {
                guard let signal, signal.fill(block) else { return }
            }
        }
        return signal
    }

    /// About how many bytes the pyramid takes.
    var bytes: Int {
        Pyramid.bucketSamples.reduce(0) { $0 + rows.sampleCount / $1 * rows.channelCount * 8 }
    }

    private var blockCount: Int { state.withLock { $0.pyramid.blockCount } }

    /// Stops filling: nobody looks any more.
    func cancel() {
        state.withLock { $0.isCancelled = true }
    }

    private func fill(_ index: Int) -> Bool {
        guard !state.withLock({ $0.isCancelled }) else { return false }
        let range = state.withLock { $0.pyramid.samples(ofBlock: index) }
        do {
            let block = Pyramid.Block(
                index, samples: try rows.samples(range), channelCount: rows.channelCount)
            state.withLock { $0.pyramid.fill(block) }
            return true
        } catch {
            state.withLock { $0.failure = "\(error)" }
            return false
        }
    }

    /// What a segment looks like.
    struct Picture: Sendable {
        /// Whether there are two values a column, the least and the greatest, or the samples.
        let isExtremes: Bool
        /// The number of the first sample.
        let start: Double
        /// How many samples a column stands for.
        let span: Double
        /// How many columns there are.
        let columns: Int
        /// The part of the recording that is known, 0 to 1.
        let completeness: Double
        /// `[channels × columns × 2]`, or `[channels × columns]` for samples.
        let values: [Float]
    }

    /// Draws a segment.
    ///
    /// - Parameters:
    ///   - range: Within the recording, not empty.
    ///   - columns: How many columns there is room for, at least 1.
    /// - Returns: The picture, as far as the signal is known.
    /// - Throws: What makes the samples unreadable.
    func picture(of range: SampleRange, columns: Int) throws -> Picture {
        let span = Double(range.count) / Double(columns)
        if Pyramid.level(forSpan: span) != nil {
            let (values, completeness, failure) = state.withLock {
                (
                    $0.pyramid.columns(from: Double(range.start), span: span, count: columns),
                    $0.pyramid.completeness, $0.failure
                )
            }
            if let failure { throw SignalFailure(description: failure) }
            return Picture(
                isExtremes: true, start: Double(range.start), span: span, columns: columns,
                completeness: completeness, values: values)
        }
        let samples = try rows.samples(range.indices)
        let width = rows.channelCount
        guard span > 2 else {
            var values = [Float](repeating: 0, count: samples.count)
            for row in 0..<range.count {
                for channel in 0..<width {
                    values[channel * range.count + row] = samples[row * width + channel]
                }
            }
            return Picture(
                isExtremes: false, start: Double(range.start), span: 1, columns: range.count,
                completeness: 1, values: values)
        }
        return Picture(
            isExtremes: true, start: Double(range.start), span: span, columns: columns,
            completeness: 1,
            values: Extremes.ofColumns(
                samples.span, channelCount: width, first: range.start,
                from: Double(range.start), span: span, count: columns))
    }
}
