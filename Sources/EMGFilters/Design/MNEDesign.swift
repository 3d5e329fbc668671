package import EMGSignal
private import Foundation

/// The automatic rules of MNE-Python's `filter_data` and `notch_filter` (`mne/filter.py`, method
/// `fir`, design `firwin`), by name: a transition of a quarter of the cut-off, at least 2 Hz, and a
/// length that follows from it, for each edge of a band its own.
package enum MNEDesign {
    /// The filter of `filter_data(x, sfreq, low, high)`.
    ///
    /// - Parameters:
    ///   - low: The lower pass-band edge in hertz; `nil` for a low-pass.
    ///   - high: The upper one; `nil` for a high-pass.
    ///   - window: Hamming, Hann or Blackman.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design; its cut-offs are stated as pass-band edges.
    /// - Throws: ``FilterError`` for cut-offs that cannot be, or a window without a rule.
    package static func filter(
        low: Double?, high: Double?, window: FIRWindow = .hamming, samplingRate: SamplingRate
    ) throws(FilterError) -> FIRDesign {
        let nyquist = samplingRate.nyquist
        var edges: [(frequency: Double, gain: Double)] = []
        var transitions: [Double] = []
        if let low {
            try CutoffLimits(samplingRate).check(low)
            let width = min(max(0.25 * low, 2), low)
            transitions.append(width)
            edges += [(0, 0), (low - width, 0), (low, 1)]
        } else {
            edges.append((0, 1))
        }
        let shape: FilterShape
        if let high {
            if let low {
                try CutoffLimits(samplingRate).check(low: low, high: high)
            } else {
                try CutoffLimits(samplingRate).check(high)
            }
            let width = min(max(0.25 * high, 2), nyquist - high)
            transitions.append(width)
            edges += [(high, 1), (high + width, 0), (nyquist, 0)]
            shape = low.map { .bandPass(low: $0, high: high) } ?? .lowPass(cutoff: high)
        } else if let low {
            edges.append((nyquist, 1))
            shape = .highPass(cutoff: low)
        } else {
            throw FilterError(
                .unusableParameter(
                    name: "the number of cut-offs", expected: "1 or 2", found: 0),
                hint: "state the lower cut-off, the upper one or both")
        }
        return try design(
            shape, edges: edges, narrowest: transitions.min() ?? 1, window: window,
            samplingRate: samplingRate)
    }

    /// The filter of `notch_filter(x, sfreq, centers)`: all in one.
    ///
    /// - Parameters:
    ///   - centers: The frequencies taken out, in hertz, ascending.
    ///   - widths: The width of each stop band; `nil` for a 200th of its center.
    ///   - transition: The width of both transitions of a notch together, in hertz.
    ///   - window: Hamming, Hann or Blackman.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design.
    /// - Throws: ``FilterError`` for frequencies that cannot be.
    package static func notch(
        centers: [Double], widths: [Double]? = nil, transition: Double = 1,
        window: FIRWindow = .hamming, samplingRate: SamplingRate
    ) throws(FilterError) -> FIRDesign {
        guard let first = centers.first, transition > 0, transition.isFinite else {
            throw FilterError(
                .unusableParameter(
                    name: "the transition of a notch", expected: "above 0 Hz, at a center",
                    found: transition),
                hint: "state at least one frequency to take out")
        }
        let half = transition / 2
        var edges: [(frequency: Double, gain: Double)] = [(0, 1)]
        for (index, center) in centers.enumerated() {
            let width = widths.map { $0[index] } ?? center / 200
            let low = center - width / 2 - half
            let high = center + width / 2 + half
            try CutoffLimits(samplingRate).check(low: low, high: high)
            if let last = edges.last, last.frequency >= low {
                throw FilterError(
                    .cutoffsOutOfOrder(low: last.frequency, high: low),
                    hint: "the stop bands of two centers overlap: fewer or narrower ones")
            }
            edges += [(low, 1), (low + half, 0), (high - half, 0), (high, 1)]
        }
        edges.append((samplingRate.nyquist, 1))
        return try design(
            .notch(center: first, bandwidth: (widths?.first ?? first / 200) + transition),
            edges: edges, narrowest: half, window: window, samplingRate: samplingRate)
    }

    /// MNE's `_firwin_design`: a low-pass for each transition, as long as that one needs, added
    /// and subtracted from the highest down.
    private static func design(
        _ shape: FilterShape, edges: [(frequency: Double, gain: Double)], narrowest: Double,
        window: FIRWindow, samplingRate: SamplingRate
    ) throws(FilterError) -> FIRDesign {
        guard let factor = window.lengthFactor else {
            throw FilterError(
                .unusableParameter(
                    name: "the window of an automatic design",
                    expected: "hamming, hann or blackman", found: 0),
                hint: "state the length for a Kaiser window")
        }
        let nyquist = samplingRate.nyquist
        let seconds = factor / narrowest
        let wanted = max(1, (seconds * samplingRate.hertz).rounded(.up))
        guard wanted.isFinite, wanted < Double(FIRDesign.longest) else {
            throw FilterError(
                .unusableParameter(
                    name: "the length of an FIR filter", expected: "below \(FIRDesign.longest)",
                    found: wanted),
                hint: "widen the transition, or use an IIR filter")
        }
        var length = Int(wanted)
        if length.isMultiple(of: 2) { length += 1 }
        var parts: [(length: Int, cutoff: Double, sign: Double)] = []
        var cutoffs: [Double] = []
        var last = edges[edges.count - 1]
        for edge in edges.dropLast().reversed() {
            defer { last = edge }
            guard edge.gain != last.gain else { continue }
            let transition = (last.frequency - edge.frequency) / nyquist / 2
            var partLength = Int((factor / transition).rounded(.toNearestOrEven))
            if partLength.isMultiple(of: 2) { partLength += 1 }
            length = max(length, partLength)
            let cutoff = (last.frequency + edge.frequency) / 2
            parts.append((partLength, cutoff, edge.gain == 0 ? -1 : 1))
            cutoffs.append(cutoff)
        }
        var taps = [Double](repeating: 0, count: length)
        if edges[edges.count - 1].gain == 1 { taps[length / 2] = 1 }
        for part in parts {
            let low = FIRDesign.firwin(
                bands: [(0, part.cutoff / nyquist)], length: part.length, window: window)
            let offset = (length - part.length) / 2
            for index in low.indices { taps[offset + index] += part.sign * low[index] }
        }
        return FIRDesign(
            shape: shape, window: window, samplingRate: samplingRate, taps: taps,
            cutoffs: cutoffs.reversed())
    }
}
