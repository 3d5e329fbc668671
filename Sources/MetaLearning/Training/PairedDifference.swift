/// The mean of paired differences with its 95 % interval by Student's t.
package struct PairedDifference: Sendable, Hashable {
    /// The mean difference.
    package let mean: Double
    /// Half the interval's width; infinite for a single pair.
    package let halfWidth: Double

    /// Compares two methods on the same tasks.
    ///
    /// - Parameters:
    ///   - first: The values of one.
    ///   - second: The values of the other, taken away from those of the first; as many, at least
    ///     one.
    package init(_ first: [Double], less second: [Double]) {
        precondition(first.count == second.count && !first.isEmpty, "needs pairs")
        let differences = zip(first, second).map { $0 - $1 }
        let count = Double(differences.count)
        let mean = differences.reduce(0, +) / count
        self.mean = mean
        guard differences.count > 1 else {
            halfWidth = .infinity
            return
        }
        let variance =
            differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        halfWidth =
            Self.quantile(degrees: differences.count - 1) * (variance / count).squareRoot()
    }

    /// The 97.5 % quantile of Student's t: tabulated up to 12 degrees of freedom, then by the
    /// expansion of Cornish and Fisher, right to 10⁻⁴.
    private static func quantile(degrees: Int) -> Double {
        let table = [
            12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624,
            2.306_004, 2.262_157, 2.228_139, 2.200_985, 2.178_813,
        ]
        if degrees <= table.count { return table[degrees - 1] }
        let (z, n) = (1.959_963_985, Double(degrees))
        let (z3, z5) = (z * z * z, z * z * z * z * z)
        return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
            + (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n)
    }
}
