/// Where a share lies when it was found in so many cases.
///
/// Wilson's interval ("Probable inference, the law of succession, and statistical inference", J. Am.
/// Stat. Assoc. 22, 1927), which stays between 0 and 1 and has a width for shares of 0 and 1, too.
package enum WilsonInterval {
    /// The deviations of the standard normal distribution that hold 95 % of it between them.
    package static let deviationsOf95 = 1.959963984540054

    /// The interval of a share.
    ///
    /// - Parameters:
    ///   - share: From 0 to 1.
    ///   - count: Of how many independent cases, above 0.
    ///   - z: How many standard deviations it reaches on either side.
    /// - Returns: Its bounds, from 0 to 1.
    package static func bounds(
        ofShare share: Double, count: Double, deviations z: Double = deviationsOf95
    ) -> ClosedRange<Double> {
        precondition(count > 0, "a share of \(count) cases")
        let middle = (share + z * z / (2 * count)) / (1 + z * z / count)
        let half =
            z / (1 + z * z / count)
            * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
        return max(0, middle - half)...min(1, middle + half)
    }
}
