import MyoTask

/// Myopulse percentage rate: the share of samples whose magnitude exceeds a threshold.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
struct MyopulseRate: ScalarFeature {
    /// What a magnitude must exceed, in the signal's unit.
    var threshold = 0.0

    static let key = "myop"
    static let fullName = "myopulse percentage rate"
    static let documentation = "Share of samples whose magnitude exceeds the threshold."
    static let unit = FeatureUnit.none
    static let fields: Fields<Self> = [
        Field("threshold", \.threshold, .number(in: 0...1e9), "In the signal's unit.")
    ]
    static let mainField: String? = "threshold"

    func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        var count = 0
        for index in window.indices where abs(window[index]) > threshold { count += 1 }
        return Double(count) / Double(window.count)
    }
}
