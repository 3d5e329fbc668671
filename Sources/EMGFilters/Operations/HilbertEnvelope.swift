internal import EMGSignal
internal import FFTW

/// The magnitude of the analytic signal, as `abs(scipy.signal.hilbert(x))` has it: one transform
/// of a whole segment, which is assumed to be one period of a signal that repeats, so that each end
/// is affected by the other.
struct HilbertEnvelope: Sendable, Hashable {
    func apply(_ samples: inout MutableSpan<Double>) {
        let count = samples.count
        let plan = ComplexFFTPlan<Double>.shared(length: count)
        var workspace = plan.makeWorkspace()
        workspace.withSignal { signal in
            for index in 0..<count { signal[index] = SIMD2(samples[index], 0) }
        }
        plan.forward(&workspace)
        let scale = 1 / Double(count)
        workspace.withSpectrum { spectrum in
            for bin in 0..<count {
                let isAlone = bin == 0 || 2 * bin == count
                spectrum[bin] *= isAlone ? scale : 2 * bin < count ? 2 * scale : 0
            }
        }
        plan.inverse(&workspace)
        workspace.withSignal { signal in
            for index in 0..<count {
                let value = signal[index]
                samples[index] = (value * value).sum().squareRoot()
            }
        }
    }
}

extension HilbertEnvelope: SegmentOperation {
    var summary: String { "magnitude of the analytic signal of each segment, taken as periodic" }

    func work(sampleCount: Int) -> OperationWork { .wholeTransforms(sampleCount: sampleCount) }

    func apply(toSegment segment: inout MutableSpan<Double>, fitRanges: [SampleRange]) {
        apply(&segment)
    }
}
