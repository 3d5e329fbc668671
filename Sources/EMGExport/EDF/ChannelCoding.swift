internal import EMGFormats
internal import EMGSignal

/// How the samples of one channel become numbers in a file, and what its header says of them.
struct ChannelCoding: Sendable, Hashable {
    /// The dimension in the header.
    var dimension: String
    /// The texts of the physical range.
    var physical: (minimum: String, maximum: String)
    /// The digital range.
    var digital: ClosedRange<Int>
    /// `number = (sample - offset) / scale`, rounded.
    var scale: Double
    /// See ``scale``.
    var offset: Double
    /// What is lost; `nil` when the numbers are those of the source.
    var loss: String?
    /// Whether samples are rounded.
    var isRounded = false

    /// The number of a sample; what is not finite becomes the number nearest to zero.
    func number(of sample: Float) -> Int {
        let value = sample.isFinite ? Double(sample) : 0
        let number = ((value - offset) / scale).rounded()
        return Int(min(max(number, Double(digital.lowerBound)), Double(digital.upperBound)))
    }

    static func == (left: Self, right: Self) -> Bool {
        left.dimension == right.dimension && left.physical == right.physical
            && left.digital == right.digital && left.scale == right.scale
            && left.offset == right.offset
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(dimension)
        hasher.combine(digital)
        hasher.combine(scale)
    }
}

extension ChannelCoding {
    /// A header's line through a range that misses the true one by more than this part is worth
    /// another unit, and a word.
    private static let tolerableError = 1e-6

    /// Chooses the coding of a channel.
    ///
    /// - Parameters:
    ///   - survey: What the channel holds.
    ///   - channel: Its name and unit.
    ///   - scale: The way back to the numbers of the source.
    ///   - offset: The way back to the numbers of the source.
    ///   - format: The width.
    /// - Returns: The coding; `nil` when eight characters cannot hold the range in any unit.
    static func choose(
        _ survey: SignalSurvey.ChannelSurvey, channel: Channel, scale: Double, offset: Double,
        format: EDFFormat
    ) -> ChannelCoding? {
        if survey.isExact, let numbers = survey.numbers,
            format.numbers.contains(numbers.lowerBound),
            format.numbers.contains(numbers.upperBound),
            let coding = exact(
                numbers, unit: channel.unit, scale: scale, offset: offset, format: format)
        {
            return coding
        }
        return quantized(survey, unit: channel.unit, format: format)
    }

    // MARK: - The numbers of the source

    private static func exact(
        _ numbers: ClosedRange<Int>, unit: String, scale: Double, offset: Double,
        format: EDFFormat
    ) -> ChannelCoding? {
        var best: (coding: ChannelCoding, error: Double)?
        for (name, factor) in units(from: unit) {
            let ends = exactEnds(
                numbers, factor: factor, scale: scale, offset: offset, format: format)
            for digital in digitalRanges(format) + ends where digital.contains(numbers) {
                guard
                    let (coding, error) = exact(
                        digital, dimension: name, factor: factor, scale: scale, offset: offset)
                else { continue }
                if error < best?.error ?? .infinity { best = (coding, error) }
                if error == 0 { break }
            }
            if let best, best.error <= tolerableError { break }
        }
        guard let (found, error) = best else { return nil }
        var coding = found
        // Beyond a thousandth the samples themselves keep more than the header's line does.
        guard error < 1e-3 else { return nil }
        // The line of the header misses the true one most at an end of the numbers.
        let read = coding.readLine(per: coding.dimension, from: unit)
        let ends = [Double(numbers.lowerBound), Double(numbers.upperBound)]
        let exact: [Double] = ends.map { scale * $0 + offset }
        let written: [Double] = ends.map { read.scale * $0 + read.offset }
        let largest = zip(exact, written).map { abs($0 - $1) }.max() ?? 0
        let greatest = exact.map(abs).max() ?? 0
        if largest > 1e-9 * greatest {
            coding.loss =
                "its numbers are those of the source, but the header's eight characters do not "
                + "hold its scale: the largest error is \(text(largest)) \(unit)"
        }
        if coding.dimension != unit {
            coding.loss =
                (coding.loss.map { $0 + ", " } ?? "")
                + "written in \(coding.dimension), as the header has eight characters"
        }
        return coding
    }

    /// What a reader makes of the header, in the recording's own unit.
    private func readLine(
        per dimension: String, from unit: String
    ) -> (scale: Double, offset: Double) {
        let factor = Self.units(from: unit).first { $0.name == dimension }?.factor ?? 1
        let (low, high) = (
            HeaderNumber.value(physical.minimum) / factor,
            HeaderNumber.value(physical.maximum) / factor
        )
        let scale = (high - low) / Double(digital.upperBound - digital.lowerBound)
        return (scale, low - scale * Double(digital.lowerBound))
    }

    /// The coding with a digital range, and how far its header is from the true line, in parts
    /// of the range; 0 when a reader gets the very same scale.
    private static func exact(
        _ digital: ClosedRange<Int>, dimension: String, factor: Double, scale: Double,
        offset: Double
    ) -> (ChannelCoding, Double)? {
        let low = (scale * Double(digital.lowerBound) + offset) * factor
        let high = (scale * Double(digital.upperBound) + offset) * factor
        guard let minimum = HeaderNumber.nearest(low), let maximum = HeaderNumber.nearest(high),
            minimum != maximum
        else { return nil }
        let written = (HeaderNumber.value(minimum), HeaderNumber.value(maximum))
        let steps = Double(digital.upperBound - digital.lowerBound)
        let readScale = (written.1 - written.0) / steps
        let readOffset = written.0 - readScale * Double(digital.lowerBound)
        let isSame = factor == 1 && readScale == scale && readOffset == offset
        let error = max(abs(written.0 - low), abs(written.1 - high)) / abs(high - low)
        return (
            ChannelCoding(
                dimension: dimension, physical: (minimum, maximum), digital: digital,
                scale: scale, offset: offset),
            isSame ? 0 : max(error, Double.leastNormalMagnitude)
        )
    }

    /// Ranges of converters, the format's own first, and round ones for round scales.
    private static func digitalRanges(_ format: EDFFormat) -> [ClosedRange<Int>] {
        let limits = format.numbers
        var ranges = [limits, -limits.upperBound...limits.upperBound]
        for bits in stride(from: 8 * format.sampleBytes, through: 8, by: -1) {
            let half = 1 << (bits - 1)
            ranges += [
                -half...half - 1, -(half - 1)...half - 1, 0...half - 1, -half...half, 0...half,
            ]
        }
        for power in [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] {
            for step in [100, 200, 250, 300, 400, 500, 800] {
                ranges.append(-step * power...step * power)
                ranges.append(0...step * power)
            }
        }
        return ranges.filter {
            limits.contains($0.lowerBound) && limits.contains($0.upperBound)
        }
    }

    /// The range near the format's own whose physical ends eight characters hold exactly, if
    /// there is one.
    private static func exactEnds(
        _ numbers: ClosedRange<Int>, factor: Double, scale: Double, offset: Double,
        format: EDFFormat
    ) -> [ClosedRange<Int>] {
        func isExact(_ number: Int) -> Bool {
            let value = (scale * Double(number) + offset) * factor
            guard let text = HeaderNumber.nearest(value) else { return false }
            return abs(HeaderNumber.value(text) - value) <= 4 * value.ulp
        }
        let reach = 512
        let limits = format.numbers
        let lowest = limits.lowerBound...min(numbers.lowerBound, limits.lowerBound + reach)
        let highest = max(numbers.upperBound, limits.upperBound - reach)...limits.upperBound
        guard let low = lowest.first(where: isExact), let high = highest.last(where: isExact)
        else { return [] }
        return [low...high]
    }

    // MARK: - Samples that are no numbers of a converter

    private static func quantized(
        _ survey: SignalSurvey.ChannelSurvey, unit: String, format: EDFFormat
    ) -> ChannelCoding? {
        let samples = survey.samples ?? 0...0
        var low = Double(samples.lowerBound)
        var high = Double(samples.upperBound)
        if low == high {
            let room = max(1, abs(low))
            low -= room
            high += room
        }
        var best: (coding: ChannelCoding, excess: Double)?
        for (name, factor) in units(from: unit) {
            guard let minimum = HeaderNumber.below(low * factor),
                let maximum = HeaderNumber.above(high * factor)
            else { continue }
            let written = (HeaderNumber.value(minimum), HeaderNumber.value(maximum))
            guard written.1 > written.0 else { continue }
            let steps = Double(format.numbers.upperBound - format.numbers.lowerBound)
            let scale = (written.1 - written.0) / steps
            let excess = (written.1 - written.0) / ((high - low) * factor) - 1
            let coding = ChannelCoding(
                dimension: name, physical: (minimum, maximum), digital: format.numbers,
                scale: scale / factor,
                offset: (written.0 - scale * Double(format.numbers.lowerBound)) / factor)
            if excess < best?.excess ?? .infinity { best = (coding, excess) }
            if excess < 0.01 { break }
        }
        guard var coding = best?.coding else { return nil }
        if survey.samples?.lowerBound != survey.samples?.upperBound {
            coding.isRounded = true
            coding.loss =
                "rounded to steps of \(text(coding.scale)) \(unit), the largest error is "
                + "\(text(coding.scale / 2)) \(unit)"
                + (coding.dimension == unit ? "" : ", written in \(coding.dimension)")
        }
        return coding
    }

    /// A unit and those that may stand for it, with the factors into them; microvolts are what
    /// the format's own examples have.
    private static func units(from unit: String) -> [(name: String, factor: Double)] {
        let voltages = [("uV", 1e6), ("mV", 1e3), ("nV", 1e9), ("V", 1.0)]
        guard let own = voltages.first(where: { $0.0 == unit }) else { return [(unit, 1)] }
        return [(unit, 1)]
            + voltages.filter { $0.0 != unit }.map { ($0.0, $0.1 / own.1) }
    }

    /// A number with three significant digits.
    private static func text(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return "\(value)" }
        var power = 1.0
        while abs(value) * power < 100, power < 1e300 { power *= 10 }
        return "\((value * power).rounded() / power)"
    }
}

extension ClosedRange<Int> {
    fileprivate func contains(_ other: ClosedRange<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}
