/// The power of a window by frequency, as LibEMG has it: zeros up to the next power of two, no
/// window function, the bins from 0 up to but not including Nyquist.
public struct WindowPower: Sendable {
    /// The squared magnitude of each bin over the squared window length.
    public let bins: [Double]
    /// From one bin to the next, in hertz; the first is at 0 Hz.
    public let resolution: Double
    /// The mean of the bins.
    public let mean: Double
    /// The mean frequency, in hertz.
    public let meanFrequency: Double
    /// The frequency of the bin in which half of the power is reached, in hertz.
    public let medianFrequency: Double
}
