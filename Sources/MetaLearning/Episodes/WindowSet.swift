public import Autodiff
import PrintableText
private import Windowing

/// Windows of one signal with a class or targets each, as views: a window is a start, not a copy.
///
/// Windows of length 200 at a stride of 1 cost one copy of the signal instead of two hundred;
/// batches are gathered straight from it.
public struct WindowSet: Sendable, Hashable {
    /// The order of a gathered window's elements.
    public enum Layout: Sendable, Hashable {
        /// `[window, time × channel]`: element `t * channelCount + c`, as the signal lies.
        case timeMajor
        /// `[window, channel × time]`: element `c * windowLength + t`.
        case channelMajor
    }

    /// The signal, row-major `[samples × channels]`, shared between the sets of a task.
    public let signal: [Float]
    /// Channels of a sample, at least 1.
    public let channelCount: Int
    /// Samples of a window, at least 1.
    public let windowLength: Int
    /// The first sample of each window.
    public let starts: [Int]
    /// The class of each window; all 0 where there are no classes.
    public let labels: [UInt8]
    /// The class of each window in place of ``labels`` where there may be more than 256; empty
    /// elsewhere.
    package var manyLabels: [UInt16] = []
    /// What a regression should put out, row-major `[windows × targetCount]`; empty for classes.
    public let targets: [Float]
    /// What the signal was normalized with; `nil` when that is not known.
    public package(set) var scaling: ChannelScaling?

    /// Creates a set of windows.
    ///
    /// - Parameters:
    ///   - signal: Row-major `[samples × channels]`.
    ///   - channelCount: Channels of a sample, at least 1.
    ///   - windowLength: Samples of a window, at least 1.
    ///   - starts: The first sample of each window; each window lies inside the signal.
    ///   - labels: The class of each window, one for each start.
    ///   - targets: What a regression should put out, as many numbers for each window; none for
    ///     classes.
    /// - Throws: ``MetaLearningError`` when a window does not lie inside the signal or the counts
    ///   do not match.
    public init(
        signal: [Float], channelCount: Int, windowLength: Int, starts: [Int], labels: [UInt8],
        targets: [Float] = []
    ) throws(MetaLearningError) {
        guard channelCount >= 1, windowLength >= 1 else {
            throw MetaLearningError(
                .outOfRange(
                    expected: "at least one channel and one sample a window",
                    found: "\(channelCount) and \(windowLength)"),
                at: "windows")
        }
        guard signal.count.isMultiple(of: channelCount) else {
            throw MetaLearningError(
                .outOfRange(
                    expected: "whole samples of \(channelCount, of: "channel")",
                    found: "\(signal.count, of: "number")"),
                at: "signal")
        }
        guard labels.count == starts.count else {
            throw MetaLearningError(
                .sizeMismatch(expected: starts.count, found: labels.count), at: "window labels")
        }
        guard targets.isEmpty || !starts.isEmpty && targets.count.isMultiple(of: starts.count)
        else {
            throw MetaLearningError(
                .outOfRange(
                    expected: "as many targets for each of \(starts.count, of: "window")",
                    found: "\(targets.count, of: "number")"),
                at: "window targets")
        }
        let last = signal.count / channelCount - windowLength
        if let index = starts.firstIndex(where: { $0 < 0 || $0 > last }) {
            throw MetaLearningError(
                .outOfRange(expected: "a start from 0 to \(last)", found: "\(starts[index])"),
                at: "window \(index)")
        }
        self.signal = signal
        self.channelCount = channelCount
        self.windowLength = windowLength
        self.starts = starts
        self.labels = labels
        self.targets = targets
    }

    /// How many windows there are.
    public var count: Int { starts.count }

    /// Targets of a window; 0 for classes.
    public var targetCount: Int { starts.isEmpty ? 0 : targets.count / starts.count }

    /// Numbers in a window: channels × samples.
    public var windowWidth: Int { channelCount * windowLength }

    /// Copies windows into a buffer of rows.
    ///
    /// - Parameters:
    ///   - windows: Which, by their places in the set, each within `0..<count`.
    ///   - layout: The order of a row's elements.
    ///   - rows: The buffer, overwritten from `start` on.
    ///   - start: Where the first row goes.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func gather<Scalar: TensorScalar>(
        _ windows: ArraySlice<Int>, as layout: Layout, into rows: inout [Scalar],
        at start: Int = 0
    ) {
        precondition(
            start >= 0 && rows.count - start >= windows.count * windowWidth,
            "expected room for \(windows.count * windowWidth) numbers, got \(rows.count - start)")
        let gather = WindowGather(
            channelCount: channelCount, windowLength: windowLength,
            order: layout == .timeMajor ? .timeMajor : .channelMajor)
        let source = signal.span
        var target = rows.mutableSpan
        var next = start
        for window in windows {
            var row = target._mutatingExtracting(next..<next + windowWidth)
            gather.copy(starts[window], of: source, into: &row)
            next += windowWidth
        }
    }
}
