/// The library's stages, for pipelines that are made in code:
///
///     ConditioningPipeline(stages: [
///         PipelineStages.bandPass(low: 20, high: 450), PipelineStages.notch(mains: 50),
///         PipelineStages.envelope(),
///     ])
///
/// A pipeline document names the same stages by their keys.
public enum PipelineStages {
    /// A Butterworth low-pass.
    ///
    /// - Parameters:
    ///   - cutoff: The -3 dB cut-off of one pass, in hertz.
    ///   - order: From 1 to 64.
    /// - Returns: The stage.
    public static func lowPass(
        cutoff: Double, order: Int = Butterworth.usualOrder
    ) -> any PipelineStage {
        .lowPass(cutoff: cutoff, order: order)
    }

    /// A Butterworth high-pass.
    ///
    /// - Parameters:
    ///   - cutoff: The -3 dB cut-off of one pass, in hertz.
    ///   - order: From 1 to 64.
    /// - Returns: The stage.
    public static func highPass(
        cutoff: Double, order: Int = Butterworth.usualOrder
    ) -> any PipelineStage {
        .highPass(cutoff: cutoff, order: order)
    }

    /// A Butterworth band-pass.
    ///
    /// - Parameters:
    ///   - low: The lower -3 dB cut-off of one pass, in hertz.
    ///   - high: The upper one; `nil` for 450 Hz, lowered below Nyquist with a warning where that
    ///     is needed.
    ///   - order: From 1 to 64.
    /// - Returns: The stage.
    public static func bandPass(
        low: Double = 20, high: Double? = nil, order: Int = Butterworth.usualOrder
    ) -> any PipelineStage {
        .bandPass(low: low, high: high, order: order)
    }

    /// A Butterworth band-stop.
    ///
    /// - Parameters:
    ///   - low: The lower -3 dB cut-off of one pass, in hertz.
    ///   - high: The upper one.
    ///   - order: From 1 to 64.
    /// - Returns: The stage.
    public static func bandStop(
        low: Double, high: Double, order: Int = Butterworth.usualOrder
    ) -> any PipelineStage {
        .bandStop(low: low, high: high, order: order)
    }

    /// Notches at the mains frequency and its multiples.
    ///
    /// - Parameters:
    ///   - mains: The mains frequency in hertz.
    ///   - quality: The center over the width between -3 dB points, the same at every multiple.
    ///   - harmonics: How many multiples, the mains frequency being the first.
    /// - Returns: The stage.
    public static func notch(
        mains: Double, quality: Double = 30, harmonics: Int = 1
    ) -> any PipelineStage {
        .notch(mains: mains, width: .quality(quality), harmonics: harmonics)
    }

    /// Notches of one width at the mains frequency and its multiples.
    ///
    /// - Parameters:
    ///   - mains: The mains frequency in hertz.
    ///   - bandwidth: The width between -3 dB points in hertz.
    ///   - harmonics: How many multiples, the mains frequency being the first.
    /// - Returns: The stage.
    public static func notch(
        mains: Double, bandwidth: Double, harmonics: Int = 1
    ) -> any PipelineStage {
        .notch(mains: mains, width: .bandwidth(bandwidth), harmonics: harmonics)
    }

    /// Narrow notches at 0 Hz and every multiple of a frequency.
    ///
    /// - Parameters:
    ///   - fundamental: The frequency in hertz, of which the sampling rate is a multiple.
    ///   - quality: The frequency over the width between -3 dB points.
    /// - Returns: The stage.
    public static func comb(fundamental: Double, quality: Double = 30) -> any PipelineStage {
        .comb(fundamental: fundamental, quality: quality)
    }

    /// Mains hum and its multiples taken out by spectrum interpolation.
    ///
    /// - Parameters:
    ///   - mains: The mains frequency in hertz.
    ///   - width: What is replaced around each line, in hertz.
    ///   - harmonics: How many multiples, the mains frequency being the first.
    /// - Returns: The stage.
    public static func spectrumInterpolation(
        mains: Double, width: Double = 2, harmonics: Int = 1
    ) -> any PipelineStage {
        .spectrumInterpolation(mains: mains, width: width, harmonics: harmonics)
    }

    /// A windowed sinc that passes a band (`scipy.signal.firwin`).
    ///
    /// - Parameters:
    ///   - low: The lower half-amplitude cut-off in hertz; `nil` for a low-pass.
    ///   - high: The upper one; `nil` for a high-pass.
    ///   - length: How many weights; odd, from 3.
    ///   - window: What the sinc is multiplied with.
    /// - Returns: The stage.
    public static func fir(
        low: Double? = nil, high: Double? = nil, length: Int, window: FIRWindow = .hamming
    ) -> any PipelineStage {
        .fir(low: low, high: high, length: length, window: window)
    }

    /// A windowed sinc that takes a band out.
    ///
    /// - Parameters:
    ///   - low: The lower half-amplitude cut-off in hertz.
    ///   - high: The upper one.
    ///   - length: How many weights; odd, from 3.
    ///   - window: What the sinc is multiplied with.
    /// - Returns: The stage.
    public static func firBandStop(
        low: Double, high: Double, length: Int, window: FIRWindow = .hamming
    ) -> any PipelineStage {
        .fir(low: low, high: high, stops: true, length: length, window: window)
    }

    /// The filter of MNE's `filter_data`.
    ///
    /// - Parameters:
    ///   - low: The lower pass-band edge in hertz; `nil` for a low-pass.
    ///   - high: The upper one; `nil` for a high-pass.
    ///   - window: Hamming, Hann or Blackman.
    /// - Returns: The stage.
    public static func mneFilter(
        low: Double?, high: Double?, window: FIRWindow = .hamming
    ) -> any PipelineStage {
        .mneFilter(low: low, high: high, window: window)
    }

    /// The filter of MNE's `notch_filter`.
    ///
    /// - Parameters:
    ///   - mains: The mains frequency in hertz.
    ///   - harmonics: How many multiples, the mains frequency being the first.
    /// - Returns: The stage.
    public static func mneNotch(mains: Double, harmonics: Int = 1) -> any PipelineStage {
        .mneNotch(mains: mains, harmonics: harmonics)
    }

    /// The mean taken off each segment.
    public static var meanRemoval: any PipelineStage { .detrend(.constant) }

    /// The line of least squares taken off each segment.
    public static var trendRemoval: any PipelineStage { .detrend(.linear) }

    /// The magnitude of each sample: full-wave rectification.
    public static var rectify: any PipelineStage { .rectify }

    /// The linear envelope: rectification, then a Butterworth low-pass.
    ///
    /// - Parameters:
    ///   - cutoff: The -3 dB cut-off of one pass of the low-pass, in hertz.
    ///   - order: From 1 to 64.
    /// - Returns: The stage.
    public static func envelope(
        cutoff: Double = 6, order: Int = Butterworth.usualOrder
    ) -> any PipelineStage {
        .envelope(cutoff: cutoff, order: order)
    }

    /// The magnitude of the analytic signal.
    public static var hilbert: any PipelineStage { .hilbert }

    /// The Teager–Kaiser energy.
    public static var teagerKaiser: any PipelineStage { .teagerKaiser }

    /// A moving average of the rectified signal (ARV).
    ///
    /// - Parameter seconds: The length of the window.
    /// - Returns: The stage.
    public static func movingARV(seconds: Double) -> any PipelineStage {
        .movingARV(seconds: seconds)
    }

    /// A moving root of the mean square.
    ///
    /// - Parameter seconds: The length of the window.
    /// - Returns: The stage.
    public static func movingRMS(seconds: Double) -> any PipelineStage {
        .movingRMS(seconds: seconds)
    }

    /// Samples beyond a range moved to its ends.
    ///
    /// - Parameters:
    ///   - low: The lower end, in the signal's unit.
    ///   - high: The upper end.
    /// - Returns: The stage.
    public static func clip(low: Double, high: Double) -> any PipelineStage {
        .clip(low: low, high: high)
    }

    /// Another sampling rate.
    ///
    /// - Parameter hertz: The rate.
    /// - Returns: The stage.
    public static func resample(toHertz hertz: Double) -> any PipelineStage {
        .resample(.rate(hertz))
    }

    /// Less the mean, over the standard deviation.
    public static var zScore: any PipelineStage { .normalize(.zScore) }

    /// From 0 to 1.
    public static var minMax: any PipelineStage { .normalize(.minMax) }

    /// Over a percentile of the magnitudes.
    ///
    /// - Parameter percent: Which, above 0 and at most 100.
    /// - Returns: The stage.
    public static func normalize(toPercentile percent: Double) -> any PipelineStage {
        .normalize(.percentile(percent))
    }

    /// Over the amplitudes of a maximal voluntary contraction.
    ///
    /// - Parameter amplitudes: One a channel, or one for all, in the signal's unit.
    /// - Returns: The stage.
    public static func normalize(toMVC amplitudes: [Double]) -> any PipelineStage {
        .normalize(.mvc(values: amplitudes))
    }
}
