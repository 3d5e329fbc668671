extension FittsSettings {
    /// Opposite movements, that of smaller coordinates first: words of their classes' names.
    private static let opposites = [
        ("close", "open"), ("fist", "open"), ("flexion", "extension"), ("ulnar", "radial"),
        ("pronation", "supination"),
    ]

    /// Settings to begin with for the classes of a decoder: opposite movements move in opposite
    /// directions, open and close left and right.
    ///
    /// - Parameters:
    ///   - classes: The names of the classes.
    ///   - neutral: The class that means "do nothing"; `nil` when there is none.
    /// - Returns: A task of one dimension, then one of two; without those that the classes are too
    ///   few for.
    package static func proposals(classes: [String], neutral: String?) -> [FittsSettings] {
        var rest = classes.filter { $0 != neutral }
        var ordered: [String] = []
        for (low, high) in opposites {
            guard let low = rest.first(where: { $0.lowercased().contains(low) }),
                let high = rest.first(where: { $0.lowercased().contains(high) }), low != high
            else { continue }
            ordered += [low, high]
            rest.removeAll { $0 == low || $0 == high }
        }
        ordered += rest
        guard ordered.count >= 2 else { return [] }
        var line = FittsSettings()
        (line.left, line.right) = (ordered[0], ordered[1])
        guard ordered.count >= 4 else { return [line] }
        var plane = line
        (plane.down, plane.up) = (ordered[2], ordered[3])
        plane.trials = 32
        return [line, plane]
    }
}
