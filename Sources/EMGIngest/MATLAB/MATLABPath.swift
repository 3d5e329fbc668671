/// The way to a variable: fields behind dots, elements in brackets, as in `trials(2).emg` and
/// `Data{1}`.
struct MATLABPath: Sendable, Hashable {
    /// One step of the way.
    struct Step: Sendable, Hashable {
        let name: String
        /// Which struct of an array, counted from 1; `nil` when none is named.
        var element: Int?
        /// Which cell of an array, counted from 1; `nil` when none is named.
        var cell: Int?
    }

    let steps: [Step]

    init(_ text: String) {
        steps = text.split(separator: ".").map { part in
            for (open, close) in [("(", ")"), ("{", "}")] {
                guard part.hasSuffix(close), let place = part.lastIndex(of: Character(open)),
                    let number = Int(part[part.index(after: place)...].dropLast()), number > 0
                else { continue }
                let name = String(part[..<place])
                return open == "("
                    ? Step(name: name, element: number) : Step(name: name, cell: number)
            }
            return Step(name: String(part))
        }
    }
}
