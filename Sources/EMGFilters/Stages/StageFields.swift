internal import Documents

// What the fields of several stages have in common.

extension FieldFormat<Double> {
    /// A frequency in hertz.
    static var frequency: FieldFormat { .positive("a frequency above 0 Hz") }
}

extension Field {
    /// The order of a Butterworth filter.
    static func order(_ path: any WritableKeyPath<Root, Int> & Sendable) -> Field {
        Field(
            "order", path, .integer(in: 1...Butterworth.highestOrder),
            "The order of one pass; a filter with two cut-offs has twice as many poles.")
    }

    /// The mains frequency, which must be stated.
    static func mains(_ path: any WritableKeyPath<Root, Double> & Sendable) -> Field {
        Field(
            "mains_hz", path, .frequency, "The mains frequency, 50 or 60; there is no default.",
            isRequired: true)
    }

    /// How many multiples of the mains frequency are taken out.
    static func harmonics(_ path: any WritableKeyPath<Root, Int> & Sendable) -> Field {
        Field(
            "harmonics", path, .integer(in: 1...10_000),
            "How many multiples, the mains frequency being the first. Those that reach half the "
                + "effective rate are left out with a warning.")
    }
}

extension DocumentObject {
    /// Refuses an upper cut-off that is not above the lower one.
    func checkCutoffs(low: Double, high: Double?) throws(DocumentError) {
        guard let high, let cursor = optional("high_hz"), high <= low else { return }
        throw cursor.error(expected: "a frequency above low_hz, \(low.plain)")
    }

    /// Refuses members that mean nothing beside what another one says.
    func refuse(_ keys: [String]) throws(DocumentError) {
        for key in keys {
            guard let cursor = optional(key) else { continue }
            throw cursor.error(
                expected: "members of this rule", found: key, hint: "leave \(key) out")
        }
    }
}
