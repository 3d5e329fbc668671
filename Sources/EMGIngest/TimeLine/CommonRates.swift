/// The rates that recorders have.
enum CommonRates {
    /// The common rate, or else the whole number of hertz, that a measured one may be by its own
    /// standard error: so that recordings of one device have one rate.
    ///
    /// Only a rate that is known far better than to a hertz is compared with whole numbers, as
    /// any other has one nearby.
    ///
    /// - Parameters:
    ///   - measured: The measured rate in hertz.
    ///   - standardError: The standard error of that.
    /// - Returns: The rate in hertz; `nil` when it is none of them.
    static func nearest(to measured: Double, standardError: Double) -> Double? {
        func distance(_ hertz: Double) -> Double { (hertz - measured).magnitude }
        if let nearest = hertz.min(by: { distance($0) < distance($1) }),
            distance(nearest) <= min(3 * standardError, 0.005 * nearest)
        {
            return nearest
        }
        let whole = measured.rounded()
        return standardError <= 0.02 && distance(whole) <= 2 * standardError
            ? whole : nil
    }

    /// Rates in hertz that EMG hardware runs at, among them the fractions of Delsys Trigno
    /// (1925.926 Hz is 2000 · 26/27).
    private static let hertz: [Double] = [
        10, 20, 25, 50, 100, 125, 4_000.0 / 27, 150, 160, 200, 250, 256, 300, 10_000.0 / 27, 400,
        500, 512, 600, 750, 800, 1_000, 1_024, 10_000.0 / 9, 1_200, 1_250, 34_000.0 / 27, 1_500,
        1_600, 1_920, 52_000.0 / 27, 2_000, 2_048, 58_000.0 / 27, 2_400, 2_500, 3_000, 3_200,
        4_000, 4_096, 5_000, 8_000, 8_192, 10_000, 10_240, 16_000, 20_000, 30_000,
    ]
}
