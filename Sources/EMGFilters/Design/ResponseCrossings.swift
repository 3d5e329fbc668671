/// Where a frequency response crosses a level.
enum ResponseCrossings {
    /// Looks at steps and halves those that it is crossed in.
    ///
    /// - Parameters:
    ///   - level: The level.
    ///   - rate: The sampling rate in hertz.
    ///   - steps: How many steps there are from 0 to Nyquist.
    ///   - magnitude: The response at a frequency in hertz.
    /// - Returns: Frequencies in hertz, ascending.
    static func find(
        level: Double, rate: Double, steps: Int = 1 << 14, magnitude: (Double) -> Double
    ) -> [Double] {
        let nyquist = rate / 2
        var result: [Double] = []
        var last = (frequency: 0.0, isAbove: magnitude(0) >= level)
        for step in 1...steps {
            let frequency = nyquist * Double(step) / Double(steps)
            let isAbove = magnitude(frequency) >= level
            if isAbove != last.isAbove {
                var (low, high) = (last.frequency, frequency)
                for _ in 0..<50 {
                    let middle = (low + high) / 2
                    if (magnitude(middle) >= level) == last.isAbove {
                        low = middle
                    } else {
                        high = middle
                    }
                }
                result.append((low + high) / 2)
            }
            last = (frequency, isAbove)
        }
        return result
    }
}
