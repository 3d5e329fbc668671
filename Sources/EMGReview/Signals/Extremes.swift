/// Least and greatest values. What is not a finite number does not count, and where nothing
/// counts, neither is a number.
enum Extremes {
    /// The extremes of rows of samples, `[buckets × channels × 2]`.
    static func ofSamples(
        _ samples: borrowing Span<Float>, channelCount: Int, bucket: Int
    ) -> [Float] {
        let rows = samples.count / channelCount
        let buckets = (rows + bucket - 1) / bucket
        var result = [Float](repeating: .nan, count: buckets * channelCount * 2)
        var least = [Float](repeating: .infinity, count: channelCount)
        var greatest = [Float](repeating: -.infinity, count: channelCount)
        for index in 0..<buckets {
            for channel in 0..<channelCount {
                least[channel] = .infinity
                greatest[channel] = -.infinity
            }
            for row in index * bucket..<min((index + 1) * bucket, rows) {
                let values = samples.extracting(row * channelCount..<(row + 1) * channelCount)
                for channel in 0..<channelCount {
                    let value = values[channel]
                    // Comparisons with what is not a number are false; infinity is left out.
                    if value < least[channel], value > -.infinity { least[channel] = value }
                    if value > greatest[channel], value < .infinity { greatest[channel] = value }
                }
            }
            for channel in 0..<channelCount where least[channel] <= greatest[channel] {
                result[(index * channelCount + channel) * 2] = least[channel]
                result[(index * channelCount + channel) * 2 + 1] = greatest[channel]
            }
        }
        return result
    }

    /// The extremes of extremes, `[buckets × channels × 2]`.
    static func ofPairs(
        _ pairs: borrowing Span<Float>, channelCount: Int, bucket: Int
    ) -> [Float] {
        let width = channelCount * 2
        let rows = pairs.count / width
        let buckets = (rows + bucket - 1) / bucket
        var result = [Float](repeating: .nan, count: buckets * width)
        for index in 0..<buckets {
            for row in index * bucket..<min((index + 1) * bucket, rows) {
                for place in 0..<width {
                    let value = pairs[row * width + place]
                    let known = result[index * width + place]
                    result[index * width + place] =
                        place.isMultiple(of: 2)
                        ? Float.minimum(known, value) : Float.maximum(known, value)
                }
            }
        }
        return result
    }

    /// The extremes of the samples in each of a row of columns, `[channels × columns × 2]`.
    ///
    /// - Parameters:
    ///   - samples: Row-major samples.
    ///   - channelCount: How many channels.
    ///   - first: The number of the first row.
    ///   - start: The sample at which the first column begins.
    ///   - span: How many samples a column has.
    ///   - columns: How many columns.
    /// - Returns: The extremes.
    static func ofColumns(
        _ samples: borrowing Span<Float>, channelCount: Int, first: Int, from start: Double,
        span: Double, count columns: Int
    ) -> [Float] {
        let rows = samples.count / channelCount
        var result = [Float](repeating: .nan, count: channelCount * columns * 2)
        for column in 0..<columns {
            let low = start + Double(column) * span
            let from = min(max(0, Int(low.rounded(.down)) - first), rows)
            let to = min(max(from, Int((low + span).rounded(.up)) - first), rows)
            for row in from..<to {
                for channel in 0..<channelCount {
                    let value = samples[row * channelCount + channel]
                    guard value.isFinite else { continue }
                    let place = (channel * columns + column) * 2
                    result[place] = Float.minimum(result[place], value)
                    result[place + 1] = Float.maximum(result[place + 1], value)
                }
            }
        }
        return result
    }
}
