// What a draw makes of a task's signal, labels and support.
extension TaskDraw {
    /// The signal with its channels as they were drawn.
    ///
    /// - Parameters:
    ///   - samples: Row-major `[samples × channels]`.
    ///   - channelCount: Channels of a sample, at least 1.
    ///   - columnCount: Electrodes round the limb: the channels of a ring, or the columns of a
    ///     grid whose channels lie row by row. `channelCount` is a multiple of it.
    /// - Returns: As many samples.
    package func varied(_ samples: [Float], channelCount: Int, columnCount: Int) -> [Float] {
        precondition(
            channelCount >= 1 && columnCount >= 1 && channelCount.isMultiple(of: columnCount)
                && samples.count.isMultiple(of: channelCount),
            "\(samples.count) numbers of \(channelCount) channels in rows of \(columnCount)")
        guard changesChannels else { return samples }
        let sources = (0..<channelCount).map { source(of: $0, columnCount: columnCount) }
        var result = [Float](repeating: 0, count: samples.count)
        for start in stride(from: 0, to: samples.count, by: channelCount) {
            for channel in 0..<channelCount {
                let source = sources[channel]
                guard source.gain != 0 else { continue }
                // A whole turn copies: a number that is none stays in its own channel.
                var value = samples[start + source.near]
                if source.share > 0 {
                    value = (1 - source.share) * value + source.share * samples[start + source.far]
                }
                result[start + channel] = source.gain == 1 ? value : source.gain * value
            }
        }
        return result
    }

    /// A number of each channel where channels are turned and exchanged, and nothing else: what
    /// belongs to an electrode goes with it.
    ///
    /// - Parameters:
    ///   - numbers: One a channel.
    ///   - columnCount: Electrodes round the limb.
    /// - Returns: As many numbers.
    package func moved(_ numbers: [Double], columnCount: Int) -> [Double] {
        numbers.indices.map { channel in
            let source = source(of: channel, columnCount: columnCount)
            let share = Double(source.share)
            return share == 0
                ? numbers[source.near]
                : (1 - share) * numbers[source.near] + share * numbers[source.far]
        }
    }

    /// Whether channels are only turned by whole places and exchanged, so that each has the signal
    /// of one electrode as it is.
    package var isRearrangement: Bool {
        turn == turn.rounded() && gains.isEmpty && silent.isEmpty
    }

    /// What a channel is made of.
    private struct Source {
        /// The electrode behind it and the next one.
        let near, far: Int
        /// The share of the next one, from 0 to below 1.
        let share: Float
        let gain: Float
    }

    private func source(of channel: Int, columnCount: Int) -> Source {
        let gain = silent.contains(channel) ? 0 : gains.isEmpty ? 1 : Float(gains[channel])
        let (row, column) = (order.isEmpty ? channel : order[channel])
            .quotientAndRemainder(dividingBy: columnCount)
        // Whole circumferences are taken off first, so that places stay small whole numbers.
        let wrapped = turn - Double(columnCount) * (turn / Double(columnCount)).rounded(.down)
        let whole = Int(wrapped.rounded(.down))
        return Source(
            near: row * columnCount + (column + whole) % columnCount,
            far: row * columnCount + (column + whole + 1) % columnCount,
            share: Float(wrapped - Double(whole)), gain: gain)
    }

    /// Labels as they were drawn.
    ///
    /// - Parameter labels: Classes from 0, each below the number of classes that was drawn for.
    /// - Returns: As many labels.
    package func relabeled(_ labels: [UInt8]) -> [UInt8] {
        self.labels.isEmpty ? labels : labels.map { UInt8(self.labels[Int($0)]) }
    }

    /// The classes that relabeled windows have in truth: the inverse of ``relabeled(_:)``.
    ///
    /// - Parameter labels: Labels as they were drawn.
    /// - Returns: As many classes.
    package func trueClasses(_ labels: [UInt8]) -> [UInt8] {
        guard !self.labels.isEmpty else { return labels }
        var inverse = [UInt8](repeating: 0, count: self.labels.count)
        for (own, given) in self.labels.enumerated() { inverse[given] = UInt8(own) }
        return labels.map { inverse[Int($0)] }
    }

    /// The places of the support's windows that a model sees.
    ///
    /// - Parameter labels: The class of each window of the support, before ``relabeled(_:)``.
    /// - Returns: Places in order; all of them when the support is not limited.
    package func supportPlaces(of labels: [UInt8]) -> [Int] {
        let places = support.isEmpty ? Array(labels.indices) : support
        guard !missing.isEmpty else { return places }
        let missing = Set(missing)
        return places.filter { !missing.contains(Int(labels[$0])) }
    }
}
