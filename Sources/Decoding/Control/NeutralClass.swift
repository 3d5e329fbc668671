/// The class that means "do nothing".
package enum NeutralClass {
    /// What such classes are called, in the order in which they are looked for; in any case of
    /// letters, with spaces or hyphens for underscores.
    package static let names = ["rest", "relax", "neutral", "no_motion"]

    /// The number of the class that is called so; `nil` when there is none.
    ///
    /// - Parameter classes: The names of the classes.
    /// - Returns: The number of the one called by the first of ``names`` that there is.
    package static func usual(among classes: [String]) -> Int? {
        let plain = classes.map { name in
            String(name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
        }
        for name in names {
            if let place = plain.firstIndex(of: name) { return place }
        }
        return nil
    }
}
