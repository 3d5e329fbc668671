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
        }
    }

    /// Whether the stage expects a signal that swings around zero, and makes nonsense of one that
    /// is an envelope already.
    var expectsSwing: Bool {
        switch self {
        case .bandPass, .highPass, .rectify, .envelope: true
        case .lowPass, .bandStop, .notch: false
        }
    }
}
