public import Documents

/// Where movements begin and end in EMG: a double threshold, of amplitude and of duration.
///
/// The rule is that of Hodges and Bui (Electroencephalogr. Clin. Neurophysiol. 101, 1996, 511–519),
/// amplitude above the mean at rest by so many standard deviations for so long, on the moving
/// average of the rectified signal. It needs no model of the signal and so works on armbands'
/// envelopes too, at 100 Hz, with held samples; the statistical double threshold of Bonato,
/// D'Alessio and Knaflitz (IEEE Trans. Biomed. Eng. 45, 1998, 287–299) needs white Gaussian noise,
/// which an envelope is not. What is added to it:
///
/// * Channels count together, each in standard deviations of its own rest.
/// * Rest is found: the quietest quarter of the recording.
/// * The amplitude must also pass a share of the way from rest to movement, so that a rest that wanders
///   is no movement, and must get farther than that for a while, or the movement does not count.
///
/// With ``Method/teagerKaiser`` the Teager–Kaiser energy takes the place of the rectified signal (Li,
/// Zhou and Aruin, Ann. Biomed. Eng. 35, 2007, 1532–1538; Solnik et al., Eur. J. Appl. Physiol. 110,
/// 2010, 489–498), its root after smoothing, so that shares of amplitude mean the same.
///
/// ```swift
/// let found = try OnsetDetection().movements(in: recording)
/// for range in found.movements { print(range.start, range.end) }
/// ```
public struct OnsetDetection: Described, Hashable {
    /// What is smoothed and held against the thresholds.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// The rectified signal.
        case amplitude
        /// The Teager–Kaiser energy; of raw signals only.
        case teagerKaiser = "teager_kaiser"
    }

    /// What a recording holds.
    public enum Signal: String, Sendable, Hashable, CaseIterable {
        /// A rectified signal or an envelope when it is never negative, a raw one otherwise.
        case automatic
        /// A signal around zero, or around the offset of a converter.
        case raw
        /// A rectified signal or an envelope.
        case rectified
    }

    /// What is held against the thresholds.
    public var method = Method.amplitude
    /// What the recordings hold.
    public var signal = Signal.automatic
    /// The lower cut-off of the band-pass that raw signals go through first, in hertz.
    public var lowHertz = 20.0
    /// The upper cut-off in hertz; lowered below half the rate.
    public var highHertz = 450.0
    /// The length of the moving average in seconds.
    public var smoothingSeconds = 0.1
    /// By how many standard deviations a movement is above rest.
    public var deviations = 3.0
    /// Which share of the way from rest to the amplitude of movements a movement begins and ends at.
    public var thresholdShare = 0.12
    /// Which share of that way a movement must pass.
    public var movementShare = 0.3
    /// For how long in all it must pass it, in seconds.
    public var movementSeconds = 0.1
    /// Pauses shorter than this, in seconds, are part of a movement.
    public var pauseSeconds = 0.2
    /// Which share of the recording is taken for rest: the quietest half seconds.
    public var restShare = 0.25
    /// How much later, or earlier when negative, begins and ends are set, in seconds: what a device
    /// delays, or a person who labels by hand.
    public var shiftSeconds = 0.0

    /// The usual settings.
    public init() {}

    /// The settings as documents have them.
    public static let fields: Fields<Self> = [
        Field(
            "method", \.method, .choice,
            "What is held against the thresholds: the rectified signal, or the Teager-Kaiser energy "
                + "of a raw one."),
        Field(
            "signal", \.signal, .choice,
            "What the recordings hold: raw signals go through the band-pass, rectified ones do not; "
                + "automatic takes those for rectified that are never negative."),
        Field(
            "low_hz", \.lowHertz, .positive("a frequency above 0 Hz"),
            "The lower cut-off of the band-pass that raw signals go through first."),
        Field(
            "high_hz", \.highHertz, .positive("a frequency above 0 Hz"),
            "The upper cut-off; lowered below half the rate."),
        Field(
            "smoothing_s", \.smoothingSeconds, .number(in: 0.001...10),
            "The length of the moving average in seconds."),
        Field(
            "threshold_sd", \.deviations, .number(in: 0...1_000),
            "By how many standard deviations a movement is above rest."),
        Field(
            "threshold_share", \.thresholdShare, .number(in: 0...1),
            "Where a movement begins and ends at the least: a share of the way from rest to the "
                + "amplitude of movements."),
        Field(
            "movement_share", \.movementShare, .number(in: 0...1),
            "Which share of that way a movement must pass to count."),
        Field(
            "movement_s", \.movementSeconds, .number(in: 0...60),
            "For how long in all it must pass it, in seconds."),
        Field(
            "pause_s", \.pauseSeconds, .number(in: 0...60),
            "Pauses shorter than this, in seconds, are part of a movement."),
        Field(
            "rest_share", \.restShare, .number(in: 0.01...0.99),
            "Which share of the recording is taken for rest: the quietest half seconds."),
        Field(
            "shift_s", \.shiftSeconds, .number(in: -10...10),
            "How much later begins and ends are set, in seconds; earlier when negative. What a "
                + "device delays, or a person who labels by hand."),
    ]
}

extension OnsetDetection {
    /// The words for where labels come from that were made of movements: the method and what is set
    /// otherwise than usual.
    package var origin: String {
        let usual = OnsetDetection().members
        let own = members.filter { member in
            !usual.contains { $0.key == member.key && $0.value.content == member.value.content }
        }
        guard !own.isEmpty else { return "onset detection" }
        return "onset detection " + DocumentValue.object(own).json()
    }

    private var members: [DocumentValue.Member] { Self.fields.members(of: self) }
}
