internal import EMGSignal
private import Parallel

extension Resampler {
    /// The rates after the change: the one that was wanted, when one was. What the samples hold
    /// cannot become more by resampling.
    func rates(
        after rates: (declared: SamplingRate, effective: SamplingRate)
    ) throws(FilterError) -> (declared: SamplingRate, effective: SamplingRate) {
        let hertz = target?.hertz ?? exactHertz(from: rates.declared)
        do {
            let declared = try SamplingRate(hertz: hertz)
            return (declared, hertz < rates.effective.hertz ? declared : rates.effective)
        } catch {
            throw FilterError(
                .unusableParameter(
                    name: "the rate after resampling", expected: "a sampling rate", found: hertz),
                hint: "choose another ratio")
        }
    }

    /// Resamples the channels of a signal, each segment by itself. Samples of no segment become
    /// samples that are not numbers.
    func apply<Number: BinaryFloatingPoint & SendableMetatype & Sendable>(
        to samples: [Number], channelCount: Int, edges: EdgePolicy, continuity: Continuity,
        threads: Int
    ) -> [Number] {
        var samples = samples
        let total = count(of: samples.count / channelCount)
        let columns = ChannelColumns.withColumns(of: &samples, channelCount: channelCount) {
            columns in
            let segments = columns.segments(continuity, threads: threads)
            return concurrentMap(count: channelCount, threads: threads) { channel -> [Number] in
                let input = columns.planar(channel..<channel + 1)
                var output = [Number](repeating: .nan, count: total)
                for segment in segments[channel] {
                    let target = (start: count(of: segment.start), end: count(of: segment.end))
                    let results = apply(
                        Array(input[segment.indices]), from: segment.start, edges: edges,
                        count: target.end - target.start)
                    for (index, value) in results.enumerated() {
                        output[target.start + index] = Number(value)
                    }
                }
                return output
            }
        }
        var result = [Number](repeating: 0, count: total * channelCount)
        for (channel, column) in columns.enumerated() {
            for (sample, value) in column.enumerated() {
                result[sample * channelCount + channel] = value
            }
        }
        return result
    }

    /// Resamples a recording with all that belongs to its samples: labels of the sample at the
    /// same time or before, time stamps and targets between their neighbors, quality intervals that cover at
    /// least what they covered.
    func apply(
        to recording: Recording, edges: EdgePolicy, continuity: Continuity, threads: Int
    ) throws(FilterError) -> Recording {
        let count = recording.sampleCount
        let total = self.count(of: count)
        let values = apply(
            to: recording.samples.values, channelCount: recording.samples.channelCount,
            edges: edges, continuity: continuity, threads: threads)
        let labels = recording.labels.map { track in
            (track.classNames, (0..<total).map { track.values[$0 * down / up] })
        }
        let quality = recording.quality.compactMap { interval -> QualityInterval? in
            let range =
                interval.kind == .gap
                ? SampleRange(
                    start: self.count(of: interval.range.start),
                    end: max(
                        self.count(of: interval.range.start), self.count(of: interval.range.end)))
                : self.range(of: interval.range)
            let end = min(range.end, total)
            guard range.start < end || (interval.kind == .gap && range.start < total) else {
                return nil
            }
            return QualityInterval(
                range: SampleRange(start: range.start, end: max(range.start + 1, end)),
                channel: interval.channel, kind: interval.kind)
        }
        do {
            var description = recording.description
            description.quality = quality
            return try Recording(
                description,
                samples: SampleMatrix(
                    values: values, channelCount: recording.samples.channelCount),
                labels: try labels.map { try LabelTrack(classNames: $0, values: $1) },
                timeStamps: recording.timeStamps.map { stamps in
                    (0..<total).map { Self.stamp(stamps, at: $0 * down, over: up) }
                },
                targets: recording.targets.map { target in
                    TargetTrack(
                        target.description, values: between(target.values, count: total))
                })
        } catch {
            throw FilterError(
                .contradiction("the resampled recording does not hold together: \(error)"),
                hint: "this is a fault of the program")
        }
    }

    /// Rows on straight lines between their neighbors; behind the last the last.
    private func between(_ rows: SampleMatrix, count: Int) -> SampleMatrix {
        let width = rows.channelCount
        let values = [Float](capacity: count * width) { output in
            for place in 0..<count {
                let (index, rest) = (place * down).quotientAndRemainder(dividingBy: up)
                let next = min(index + 1, rows.sampleCount - 1)
                for column in 0..<width {
                    let value = rows[index, column]
                    guard rest > 0 else {
                        output.append(value)
                        continue
                    }
                    let share = Double(rest) / Double(up)
                    output.append(
                        Float(Double(value) + Double(rows[next, column] - value) * share))
                }
            }
        }
        return SampleMatrix(values: values, channelCount: width)
    }

    /// The time `place / scale` samples after the first.
    private static func stamp(_ stamps: [Double], at place: Int, over scale: Int) -> Double {
        let (index, rest) = place.quotientAndRemainder(dividingBy: scale)
        guard rest > 0 else { return stamps[index] }
        let share = Double(rest) / Double(scale)
        if index + 1 < stamps.count {
            return stamps[index] + (stamps[index + 1] - stamps[index]) * share
        }
        let step = index > 0 ? stamps[index] - stamps[index - 1] : 0
        return stamps[index] + step * share
    }
}

extension ProcessingStep {
    /// The step with what it was fitted on: one number a channel, by name.
    func fitted(_ fits: [String: [Int: Double]]) -> ProcessingStep {
        guard !fits.isEmpty else { return self }
        var parameters = parameters
        let channels = (fits.values.flatMap(\.keys).max() ?? -1) + 1
        for (name, numbers) in fits {
            // An offset of 0 is not stated.
            parameters[name] = .list((0..<channels).map { .number(numbers[$0] ?? 0) })
        }
        return ProcessingStep(operation: operation, parameters: parameters, software: software)
    }
}
