/// An IIR filter as a cascade of sections of second order, the form in which high orders
/// and low cut-offs stay stable:
///
///     y[n] = b₀·x[n] + b₁·x[n-1] + b₂·x[n-2] - a₁·y[n-1] - a₂·y[n-2]
public struct SecondOrderSections: Sendable, Hashable {
    /// One section; a₀ is 1.
    public struct Section: Sendable, Hashable, Codable {
        /// The weight of the sample.
        public let b0: Double
        /// The weight of the sample before.
        public let b1: Double
        /// The weight of the sample before that.
        public let b2: Double
        /// The weight of the last result, to be subtracted.
        public let a1: Double
        /// The weight of the result before, to be subtracted.
        public let a2: Double

        /// Creates a section.
        public init(b0: Double, b1: Double, b2: Double, a1: Double, a2: Double) {
            self.b0 = b0
            self.b1 = b1
            self.b2 = b2
            self.a1 = a1
            self.a2 = a2
        }

        /// What a constant is multiplied by.
        var constantGain: Double { (b0 + b1 + b2) / (1 + a1 + a2) }

        /// Whether both poles, as these very coefficients have them, are inside the unit circle
        /// (the stability triangle).
        var isStable: Bool { abs(a2) < 1 && abs(a1) < 1 + a2 }
    }

    /// The sections in the order in which a sample passes them.
    public let sections: [Section]

    /// Creates a cascade.
    ///
    /// - Parameter sections: In the order in which a sample passes them; every pole inside the
    ///   unit circle.
    /// - Throws: ``FilterError`` when a section is not stable or a coefficient not finite.
    public init(_ sections: [Section]) throws(FilterError) {
        for section in sections {
            let coefficients = [section.b0, section.b1, section.b2, section.a1, section.a2]
            guard coefficients.allSatisfy(\.isFinite), section.isStable else {
                throw FilterError(
                    .unusableParameter(
                        name: "a section's a2", expected: "finite and inside the unit circle",
                        found: section.a2),
                    hint: "a filter with a pole on or outside the unit circle never settles")
            }
        }
        self.sections = sections
    }

    /// Creates a cascade of sections known to be stable.
    init(stable sections: [Section]) {
        self.sections = sections
    }
}
