private import CSections
private import FFTW

/// Transforms windows of a length.
final class WindowSpectrum {
    private let plan: RealFFTPlan
    private var workspace: RealFFTPlan.Workspace
    /// The power of each bin.
    private var bins: [Double]

    init(_ window: Int) {
        var length = 1
        while length < window { length *= 2 }
        plan = .shared(length: length)
        workspace = plan.makeWorkspace()
        bins = Array(repeating: 0, count: length / 2)
    }

    func power(_ values: Span<Double>, rate: Double) -> WindowPower {
        let (count, length) = (values.count, plan.length)
        workspace.withSignal { signal in
            for index in 0..<count { signal[index] = values[index] }
            for index in count..<max(count, length) { signal[index] = 0 }
        }
        plan.forward(&workspace)
        let half = length / 2
        let resolution = rate / Double(length)
        var (total, weighted) = (0.0, 0.0)
        workspace.withSpectrum { spectrum in
            precondition(2 * half <= spectrum.count && half == bins.count)
            unsafe spectrum.withUnsafeMutableBufferPointer { spectrum in
                unsafe bins.withUnsafeMutableBufferPointer { bins in
                    guard let spectrum = spectrum.baseAddress, let bins = bins.baseAddress else {
                        return
                    }
                    unsafe power_sums(
                        spectrum, half, 1 / (Double(count) * Double(count)), bins, &total,
                        &weighted)
                }
            }
        }
        var (sum, median) = (0.0, 0)
        for bin in 0..<half {
            sum += bins[bin]
            median = bin
            if sum >= total / 2 { break }
        }
        return WindowPower(
            bins: bins, resolution: resolution, mean: total / Double(half),
            meanFrequency: weighted / total * resolution,
            medianFrequency: Double(median) * resolution)
    }
}
