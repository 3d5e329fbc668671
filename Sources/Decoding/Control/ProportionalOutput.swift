public import Documents
private import Statistics

/// How fast a class is put out: from the amplitude of its windows.
///
/// The velocity is 0 at the class's low amplitude, 1 at its high one and straight between them.
public struct ProportionalOutput: Described, Hashable {
    /// Which percentile of a class's amplitudes is its low one, from 0 to 100.
    public var lowPercentile = 10.0
    /// Which percentile of a class's amplitudes is its high one, from 0 to 100.
    public var highPercentile = 90.0
    /// Velocities up to this are 0; those above begin at 0 and still reach 1. From 0 to 0.99.
    public var deadBand = 0.0
    /// The amplitudes of each class, by its name: a class without has the velocity 1.
    public var ranges: [String: AmplitudeRange] = [:]

    /// Output without calibrated amplitudes.
    public init() {}

    /// The members.
    public static let fields = Fields<Self>([
        Field(
            "low_percentile", \.lowPercentile, .number(in: 0...100),
            "Which percentile of the amplitudes of a class in the calibration has velocity 0."),
        Field(
            "high_percentile", \.highPercentile, .number(in: 0...100),
            "Which percentile of the amplitudes of a class in the calibration has velocity 1."),
        Field(
            "dead_band", \.deadBand, .number(in: 0...0.99),
            "Velocities up to this are 0; those above begin at 0 and still reach 1."),
        Field(
            "ranges", \.ranges, .map(of: .object()),
            "The amplitudes of each class by its name, in the channels' unit; written by a "
                + "calibration. A class without has velocity 1."),
    ])

    /// Refuses percentiles that are the wrong way round.
    public func check(_ object: DocumentObject) throws(DocumentError) {
        guard lowPercentile >= highPercentile else { return }
        let key = object.optional("high_percentile") == nil ? "low_percentile" : "high_percentile"
        guard let cursor = object.optional(key) else { return }
        throw cursor.error(expected: "low_percentile below high_percentile")
    }

    /// The same with the amplitudes of a calibration.
    ///
    /// - Parameters:
    ///   - amplitudes: The amplitude of each window: the mean absolute value of its conditioned
    ///     samples over time and channels.
    ///   - labels: The class of each window, as many.
    ///   - classes: The names of the classes.
    /// - Returns: Output with a range for each class that has windows, and those of other classes as
    ///   they were.
    package func calibrated(
        amplitudes: [Double], labels: [Int], classes: [String]
    ) -> ProportionalOutput {
        precondition(amplitudes.count == labels.count, "each window has an amplitude and a label")
        var result = self
        for (label, name) in classes.enumerated() {
            let own = zip(amplitudes, labels).filter { $0.1 == label }.map(\.0).sorted()
            guard let low = own.percentile(lowPercentile),
                let high = own.percentile(highPercentile)
            else { continue }
            result.ranges[name] = AmplitudeRange(low: low, high: high)
        }
        return result
    }

    /// The velocity of a class.
    ///
    /// - Parameters:
    ///   - amplitude: The window's amplitude.
    ///   - range: The class's amplitudes.
    /// - Returns: From 0 to 1; 0 for an amplitude that is not a number.
    func velocity(of amplitude: Double, in range: AmplitudeRange) -> Double {
        // Where all amplitudes of the calibration are the same, they are what full speed is.
        guard range.high > range.low else { return amplitude >= range.high ? 1 : 0 }
        let share = (amplitude - range.low) / (range.high - range.low)
        return share > deadBand ? (min(1, share) - deadBand) / (1 - deadBand) : 0
    }
}

/// The amplitudes of a class between rest and full speed.
public struct AmplitudeRange: Described, Hashable {
    /// The amplitude of velocity 0, in the channels' unit.
    public var low: Double
    /// The amplitude of velocity 1, in the channels' unit.
    public var high: Double

    /// Creates a range.
    ///
    /// - Parameters:
    ///   - low: The amplitude of velocity 0, at least 0.
    ///   - high: The amplitude of velocity 1, at least the low one.
    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// A range whose ends are still to be set.
    public init() { self.init(low: 0, high: 0) }

    /// The members.
    public static let fields = Fields<Self>([
        Field(
            "low", \.low, .number(in: 0...1e300), "The amplitude of velocity 0.",
            isRequired: true),
        Field(
            "high", \.high, .number(in: 0...1e300), "The amplitude of velocity 1.",
            isRequired: true),
    ])

    /// Refuses a range that ends before it begins.
    public func check(_ object: DocumentObject) throws(DocumentError) {
        guard high < low else { return }
        throw try object.required("high").error(expected: "at least \"low\", \(low)")
    }
}
