package import EMGSignal
import PrintableText

/// What applying a design means: the numbers a methods section must state.
package struct DesignReport: Sendable, Hashable, CustomStringConvertible {
    /// What is let through, with the cut-offs as stated.
    package let shape: FilterShape
    /// The design order: poles for each cut-off.
    package let order: Int
    /// How many times the signal passes: once causally, twice for zero phase.
    package let passes: Int
    /// The slope after all passes, as the order of one causal filter.
    package let effectiveOrder: Int
    /// The poles of all passes together.
    package let poleCount: Int
    /// The cut-offs as stated, in hertz; for a notch, its center.
    package let statedCutoffs: [Double]
    /// Where the response after all passes is at -3 dB, in hertz; for a notch, both edges.
    package let halfPowerCutoffs: [Double]
    /// How many samples after a disturbance, such as an edge, at most 1/1000 of it is left: what
    /// is nearer to an edge is not to be trusted. See ``FilterDesign/settling(level:passes:)``.
    package let settling: Int
    /// The delay in the middle of the pass band in samples: 0 for zero phase, and `nil` for
    /// filters with two pass bands.
    package let groupDelay: Double?
    /// The rate the samples are counted at.
    package let samplingRate: SamplingRate

    /// The level that ``settling`` is stated for.
    package static let settlingLevel = 1e-3

    /// The numbers in a sentence.
    package var description: String {
        let order =
            passes == 1
            ? "order \(order)"
            : "order \(order), \(passes, of: "pass", plural: "passes") (effective order "
                + "\(effectiveOrder))"
        let cutoffs = halfPowerCutoffs.map(\.plain).joined(separator: " and ")
        let seconds = samplingRate.seconds(ofSamples: settling)
        var text = "\(shape.name): \(order), -3 dB at \(cutoffs) Hz, "
        text += "settles in \(settling, of: "sample") (\(seconds.plain) s)"
        if let groupDelay, groupDelay != 0 { text += ", delay \(groupDelay.plain) samples" }
        return text
    }
}

extension FilterDesign {
    /// What applying the design means.
    ///
    /// - Parameter passes: 1 for causal use, 2 for zero phase.
    /// - Returns: The numbers.
    package func report(passes: Int) -> DesignReport {
        precondition((1...2).contains(passes), "a filter passes once or twice, got \(passes)")
        let cutoffs = shape.statedCutoffs
        let middle: Double? =
            switch shape {
            case .lowPass: 0
            case .highPass: samplingRate.nyquist
            case .bandPass(let low, let high): (low * high).squareRoot()
            case .bandStop, .notch, .comb, .other: nil
            }
        return DesignReport(
            shape: shape, order: order, passes: passes, effectiveOrder: order * passes,
            poleCount: poles.count * passes, statedCutoffs: cutoffs,
            halfPowerCutoffs: halfPowerCutoffs(passes: passes),
            settling: settling(level: DesignReport.settlingLevel, passes: passes),
            groupDelay: passes == 2 ? 0 : middle.map(groupDelay(atHertz:)),
            samplingRate: samplingRate)
    }

    /// How many samples after a disturbance at most `level` of it is left.
    ///
    /// It is the smallest count beyond which the magnitudes of the impulse response sum to at
    /// most `level` times their whole sum; for two passes, the response is that of both and
    /// reaches as far back as forward.
    ///
    /// - Parameters:
    ///   - level: Above 0 and below 1.
    ///   - passes: 1 for causal use, 2 for zero phase.
    /// - Returns: A count of samples.
    package func settling(level: Double, passes: Int) -> Int {
        precondition((1...2).contains(passes), "a filter passes once or twice, got \(passes)")
        return ImpulseReach(sections, decayRate: decayRate, isZeroPhase: passes == 2)
            .samples(toLevel: level)
    }
}
