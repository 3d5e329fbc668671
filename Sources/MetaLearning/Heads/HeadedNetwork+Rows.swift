internal import Autodiff
private import Foundation

extension HeadedNetwork {
    /// Gathers what a head's computation works on.
    ///
    /// - Parameters:
    ///   - support: The support.
    ///   - samples: Where query rows come from.
    ///   - batch: Which.
    /// - Returns: The support's rows in each turn, then the query's.
    func rows<Scalar: TensorScalar>(
        _ support: LabeledSamples<Scalar>, _ samples: LabeledSamples<Scalar>,
        _ batch: ArraySlice<Int>
    ) -> [Scalar] {
        var plain = [Scalar](repeating: 0, count: (support.count + batch.count) * inputWidth)
        support.gather(Array(0..<support.count)[...], into: &plain)
        samples.gather(batch, into: &plain, at: support.count * inputWidth)
        return turned(
            plain, [0..<support.count, support.count..<support.count + batch.count])
    }

    /// Rows in each turn, turn after turn.
    ///
    /// - Parameters:
    ///   - plain: Rows as they lie.
    ///   - parts: Which of them are turned after one another.
    /// - Returns: The rows of the parts.
    func turned<Scalar: TensorScalar>(_ plain: [Scalar], _ parts: [Range<Int>]) -> [Scalar] {
        guard head.turns.count > 1 else { return plain }
        let sources = (0..<head.turns.count).map(inputPlaces)
        var result: [Scalar] = []
        result.reserveCapacity(sources.count * plain.count)
        for part in parts {
            for places in sources {
                for row in part {
                    for place in places { result.append(plain[row * inputWidth + place]) }
                }
            }
        }
        return result
    }

    /// The mean absolute value of each channel of each row.
    func amplitudes<Scalar: TensorScalar>(_ rows: [Scalar]) -> [Scalar] {
        let samples = inputWidth / channelCount
        let (byChannel, bySample) = layout == .channelMajor ? (samples, 1) : (1, channelCount)
        var result: [Scalar] = []
        result.reserveCapacity(rows.count / samples)
        for start in stride(from: 0, to: rows.count, by: inputWidth) {
            for channel in 0..<channelCount {
                var sum = 0.0
                for sample in 0..<samples {
                    sum += abs(Double(rows[start + channel * byChannel + sample * bySample]))
                }
                result.append(Scalar(sum / Double(samples)))
            }
        }
        return result
    }

    /// For each number of an input row that is turned, the place that it is taken from.
    private func inputPlaces(turn: Int) -> [Int] {
        let samples = inputWidth / channelCount
        let channels = sources(turn: turn)
        return (0..<inputWidth).map { place in
            layout == .channelMajor
                ? channels[place / samples] * samples + place % samples
                : place / channelCount * channelCount + channels[place % channelCount]
        }
    }

    /// The channel that each channel of a turned row is taken from.
    func sources(turn: Int) -> [Int] {
        (0..<channelCount).map { ($0 + channelCount - turn) % channelCount }
    }

    // MARK: What training starts from

    /// Parameters whose head starts from training tasks.
    ///
    /// - Parameters:
    ///   - values: The parameters.
    ///   - tasks: The training tasks.
    /// - Returns: The parameters: the network's as they were, the head's as the tasks' rows say.
    /// - Throws: ``MetaLearningError`` when the tasks do not do.
    package func started(
        _ values: [Float], on tasks: [TaskSamples<Float>]
    ) throws(MetaLearningError) -> [Float] {
        let people = tasks.map { task in
            let joined = LabeledSamples(joining: [task.support, task.query])
            var rows = [Float](repeating: 0, count: joined.count * inputWidth)
            joined.gather(Array(0..<joined.count)[...], into: &rows)
            return (rows: rows, labels: (0..<joined.count).map { UInt8(joined.label(of: $0)) })
        }
        var own: [Double]
        switch source {
        case .none: own = head.parameters.flatMap(\.start)
        case .input:
            own = try head.start(
                from: people.map {
                    ClassRows($0.rows.map(Double.init), labels: $0.labels, width: inputWidth)
                })
        case .logAmplitude:
            let amplitudes = people.map { self.amplitudes($0.rows).map(Double.init) }
            let logarithm = LogAmplitude.fit(amplitudes, channels: channelCount)
            own = try head.start(
                from: zip(amplitudes, people).map {
                    ClassRows(logarithm($0), labels: $1.labels, width: channelCount)
                })
            own.append(log(logarithm.scale))
        }
        return Array(values.prefix(base.parameters.count)) + own.map { Float($0) }
    }
}
