internal import EMGSignal
internal import FFTW
private import Foundation

/// Mains hum taken out by spectrum interpolation (D. T. Mewett, H. Nazeran, K. J. Reynolds, EMBC
/// 2001; D. T. Mewett, K. J. Reynolds, H. Nazeran, Med. Biol. Eng. Comput. 42 (2004) 524–531): the
/// magnitudes of the bins around each line are replaced by what the bins beside them give, their
/// phases stay. Where a notch takes away signal and rings, this leaves a level spectrum, and the
/// mains may drift by half the width.
///
/// Each segment is one transform, taken for one period of a signal that repeats. Its mean is kept
/// out of it.
struct LineInterpolation: Sendable, Hashable {
    /// The lines in hertz.
    let frequencies: [Double]
    /// The width of what is replaced around each, in hertz.
    let width: Double
    /// The sampling rate in hertz.
    let rate: Double

    func apply(_ samples: inout MutableSpan<Double>) {
        let count = samples.count
        guard count > 3 else { return }
        let plan = RealFFTPlan.shared(length: count)
        var workspace = plan.makeWorkspace()
        var mean = 0.0
        for index in 0..<count { mean += samples[index] }
        mean /= Double(count)
        workspace.withSignal { signal in
            for index in 0..<count { signal[index] = samples[index] - mean }
        }
        plan.forward(&workspace)
        let resolution = rate / Double(count)
        workspace.withSpectrum { spectrum in
            for frequency in frequencies {
                Self.interpolate(
                    &spectrum, binCount: plan.binCount, center: frequency / resolution,
                    halfWidth: width / 2 / resolution)
            }
        }
        plan.inverse(&workspace)
        workspace.withSignal { signal in
            for index in 0..<count { samples[index] = signal[index] / Double(count) + mean }
        }
    }

    private static func interpolate(
        _ spectrum: inout MutableSpan<Double>, binCount: Int, center: Double, halfWidth: Double
    ) {
        let first = max(1, Int((center - halfWidth).rounded(.up)))
        let last = min(binCount - 1, Int((center + halfWidth).rounded(.down)))
        guard first <= last else { return }
        func magnitude(_ bin: Int) -> Double {
            hypot(spectrum[2 * bin], spectrum[2 * bin + 1])
        }
        // The mean of as many bins on each side as are replaced, at most: one alone is too rough.
        func level(_ bins: ClosedRange<Int>) -> Double {
            let inside = bins.clamped(to: 1...max(1, binCount - 1))
            return inside.reduce(0) { $0 + magnitude($1) } / Double(inside.count)
        }
        let side = max(1, last - first + 1)
        let below = first > 1 ? level(max(1, first - side)...first - 1) : nil
        let above = last + 1 < binCount ? level(last + 1...min(binCount - 1, last + side)) : nil
        guard let low = below ?? above, let high = above ?? below else { return }
        for bin in first...last {
            let share = Double(bin - first + 1) / Double(last - first + 2)
            let target = low + (high - low) * share
            let found = magnitude(bin)
            guard found > 0 else { continue }
            spectrum[2 * bin] *= target / found
            spectrum[2 * bin + 1] *= target / found
        }
    }
}

extension LineInterpolation: SegmentOperation {
    var summary: String {
        "spectrum interpolated over \(width.plain) Hz around "
            + frequencies.map(\.plain).joined(separator: ", ") + " Hz"
    }

    func work(sampleCount: Int) -> OperationWork { .wholeTransforms(sampleCount: sampleCount) }

    func apply(toSegment segment: inout MutableSpan<Double>, fitRanges: [SampleRange]) {
        apply(&segment)
    }
}
