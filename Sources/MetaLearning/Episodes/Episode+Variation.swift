package import TaskDraws

extension Episode {
    /// The task as it was drawn.
    ///
    /// - Parameters:
    ///   - draw: What was drawn for it.
    ///   - columnCount: Electrodes round the limb: the channels of a ring, or the columns of a
    ///     grid.
    /// - Returns: The task, which keeps the draw.
    /// - Throws: ``MetaLearningError`` when the draw leaves no window in the support.
    package func varied(
        by draw: TaskDraw, columnCount: Int
    ) throws(MetaLearningError) -> Episode {
        guard !draw.isIdentity else { return self }
        let own = support.varied(by: draw, columnCount: columnCount)
        let other =
            query.signal == support.signal && query.scaling == support.scaling
            ? own : query.varied(by: draw, columnCount: columnCount)
        var episode = try Episode(
            id: id,
            support: support.with(
                own, places: draw.supportPlaces(of: support.labels),
                labels: draw.relabeled(support.labels)),
            query: query.with(
                other, places: Array(query.labels.indices), labels: draw.relabeled(query.labels)))
        episode.draw = draw
        episode.earlier = earlier
        episode.classes = classes
        return episode
    }
}

extension WindowSet {
    /// A signal with what it was normalized with.
    typealias ScaledSignal = (values: [Float], scaling: ChannelScaling?)

    /// The signal with its channels as they were drawn.
    ///
    /// It is the recorded signal that is varied, where it is known, and normalized again by what
    /// belongs to each electrode.
    fileprivate func varied(by draw: TaskDraw, columnCount: Int) -> ScaledSignal {
        guard draw.changesChannels else { return (signal, scaling) }
        func drawn(_ values: [Float]) -> [Float] {
            draw.varied(values, channelCount: channelCount, columnCount: columnCount)
        }
        guard let scaling else { return (drawn(signal), nil) }
        let moved = ChannelScaling(
            offset: draw.moved(scaling.offset, columnCount: columnCount),
            scale: draw.moved(scaling.scale, columnCount: columnCount))
        return draw.isRearrangement
            ? (drawn(signal), moved) : (moved.normalized(drawn(scaling.raw(signal))), moved)
    }

    /// Some of the windows, with another signal and other labels.
    ///
    /// - Parameters:
    ///   - signal: A signal of as many samples.
    ///   - places: Which windows are kept.
    ///   - labels: The label of each window of this set.
    /// - Returns: The windows that are kept.
    /// - Throws: ``MetaLearningError`` when the signal is of another size.
    fileprivate func with(
        _ signal: ScaledSignal, places: [Int], labels: [UInt8]
    ) throws(MetaLearningError) -> WindowSet {
        let width = targetCount
        var windows = try WindowSet(
            signal: signal.values, channelCount: channelCount, windowLength: windowLength,
            starts: places.map { starts[$0] }, labels: places.map { labels[$0] },
            targets: width == 0
                ? [] : places.flatMap { targets[$0 * width..<($0 + 1) * width] })
        windows.scaling = signal.scaling
        return windows
    }

    /// Other windows of the same signal, without targets.
    ///
    /// - Parameters:
    ///   - starts: The first sample of each.
    ///   - labels: As many labels.
    /// - Returns: The windows.
    /// - Throws: ``MetaLearningError`` when one does not lie inside the signal.
    package func windows(
        at starts: [Int], labels: [UInt8]
    ) throws(MetaLearningError) -> WindowSet {
        var windows = try WindowSet(
            signal: signal, channelCount: channelCount, windowLength: windowLength,
            starts: starts, labels: labels)
        windows.scaling = scaling
        return windows
    }

    /// Some of the windows.
    ///
    /// - Parameter places: Which windows are kept.
    /// - Returns: Those windows, in the places' order.
    /// - Throws: ``MetaLearningError`` never, as a part of windows that fit fits.
    func selecting(_ places: [Int]) throws(MetaLearningError) -> WindowSet {
        try with((signal, scaling), places: places, labels: labels)
    }
}
