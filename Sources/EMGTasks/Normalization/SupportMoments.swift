import EMGSignal

/// Sums over the support in two passes: the mean first, then squares about it, so that a large
/// baseline costs no digits.
struct SupportMoments {
    var count = 0
    var sums: [Double]
    var squares: [Double]
    var least: [Float]
    var greatest: [Float]

    init(channels: Int) {
        sums = Array(repeating: 0, count: channels)
        squares = Array(repeating: 0, count: channels)
        least = Array(repeating: .infinity, count: channels)
        greatest = Array(repeating: -.infinity, count: channels)
    }

    var means: [Double] { sums.map { $0 / Double(count) } }

    var deviations: [Double] {
        zip(squares, zip(least, greatest)).map { square, ends in
            ends.0 == ends.1 ? 0 : (square / Double(count)).squareRoot()
        }
    }

    mutating func addSums(of samples: SampleMatrix, in range: SampleRange) {
        count += range.count
        for sample in range.indices {
            for channel in sums.indices {
                let value = samples[sample, channel]
                sums[channel] += Double(value)
                least[channel] = min(least[channel], value)
                greatest[channel] = max(greatest[channel], value)
            }
        }
    }

    mutating func addSquares(of samples: SampleMatrix, in range: SampleRange) {
        let means = self.means
        for sample in range.indices {
            for channel in squares.indices {
                let distance = Double(samples[sample, channel]) - means[channel]
                squares[channel] += distance * distance
            }
        }
    }
}
