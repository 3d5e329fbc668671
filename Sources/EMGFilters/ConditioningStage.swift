/// One step of a ``ConditioningPipeline`` as its user states it: corners in hertz, orders as the
/// field's tools count them (of one pass).
public enum ConditioningStage: Sendable, Hashable {
    /// A Butterworth band-pass. A `high` of `nil` is ``defaultHighCorner``, lowered below Nyquist
    /// with a warning where that is needed; a stated corner is never changed.
    case bandPass(low: Double = 20, high: Double? = nil, order: Int = 4)
    /// A Butterworth high-pass.
    case highPass(cutoff: Double, order: Int = 4)
    /// A Butterworth low-pass.
    case lowPass(cutoff: Double, order: Int = 4)
    /// A Butterworth band-stop.
    case bandStop(low: Double, high: Double, order: Int = 4)
    /// Notches at the frequency of the network and its multiples, up to `harmonics` times it;
    /// 1 is the network's frequency alone. Multiples that reach Nyquist are left out with a
    /// warning.
    case notch(mains: Double, width: NotchWidth = .quality(30), harmonics: Int = 1)
    /// Full-wave rectification: the magnitude of each sample.
    case rectify
    /// The linear envelope: rectification, then a Butterworth low-pass.
    case envelope(cutoff: Double = 6, order: Int = 4)

    /// A comb: narrow notches at 0 Hz and every multiple of a frequency that the sampling rate is a
    /// multiple of.
    case comb(fundamental: Double, quality: Double = 30)
    /// A finite filter.
    case finite(FiniteFilter)
    /// The hum of the network and its multiples taken out by spectrum interpolation, `width` hertz
    /// around each.
    case spectrumInterpolation(mains: Double, width: Double = 2, harmonics: Int = 1)
    /// The mean or the line of least squares taken off.
    case detrend(Detrend)
    /// Samples beyond a range moved to its ends.
    case clip(low: Double, high: Double)
    /// A moving root of the mean square over a window in seconds.
    case movingRMS(seconds: Double)
    /// A moving average of the rectified signal (ARV) over a window in seconds.
    case movingARV(seconds: Double)
    /// The magnitude of the analytic signal.
    case hilbert
    /// The Teager–Kaiser energy.
    case teagerKaiser
    /// Amplitudes made comparable.
    case normalize(AmplitudeNormalization)
    /// Another sampling rate.
    case resample(ResampleTarget)

    /// What a finite filter is designed from.
    public enum FiniteFilter: Sendable, Hashable {
        /// A windowed sinc of a length in samples, with half-amplitude corners.
        case windowedSinc(FilterShape, length: Int, window: FIRWindow = .hamming)
        /// The automatic rules of MNE's `filter_data`, with pass-band edges.
        case mne(low: Double?, high: Double?, window: FIRWindow = .hamming)
        /// The automatic rules of MNE's `notch_filter`, at multiples of a frequency.
        case mneNotch(mains: Double, harmonics: Int = 1)
    }

    /// What rate to resample to.
    public enum ResampleTarget: Sendable, Hashable {
        /// A rate in hertz.
        case rate(Double)
        /// A ratio.
        case ratio(up: Int, down: Int)
    }

    /// How wide a notch is.
    public enum NotchWidth: Sendable, Hashable {
        /// The same center-to-width ratio at every multiple: higher notches are wider.
        case quality(Double)
        /// The same width between -3 dB points, in hertz, at every multiple.
        case bandwidth(Double)
    }

    /// The upper corner of a band-pass that does not state one, in hertz.
    public static let defaultHighCorner = 450.0

    /// The key of the stage in documents.
    public var key: String {
        switch self {
        case .bandPass: "band_pass"
        case .highPass: "high_pass"
        case .lowPass: "low_pass"
        case .bandStop: "band_stop"
        case .notch: "notch"
        case .rectify: "rectify"
        case .envelope: "envelope"
        case .comb: "comb"
        case .finite: "fir"
        case .spectrumInterpolation: "spectrum_interpolation"
        case .detrend: "detrend"
        case .clip: "clip"
        case .movingRMS: "moving_rms"
        case .movingARV: "moving_arv"
        case .hilbert: "hilbert"
        case .teagerKaiser: "teager_kaiser"
        case .normalize: "normalize"
        case .resample: "resample"
        }
    }

    /// Whether the stage expects a signal that swings around zero, and makes nonsense of one that
    /// is an envelope already.
    var expectsSwing: Bool {
        switch self {
        case .bandPass, .highPass, .rectify, .envelope, .hilbert, .teagerKaiser, .movingRMS,
            .movingARV:
            true
        case .finite(let filter):
            switch filter {
            case .windowedSinc(.highPass, _, _), .windowedSinc(.bandPass, _, _): true
            case .mne(let low, _, _): low != nil
            case .windowedSinc, .mneNotch: false
            }
        case .lowPass, .bandStop, .notch, .comb, .spectrumInterpolation, .detrend, .clip,
            .normalize, .resample:
            false
        }
    }
}
