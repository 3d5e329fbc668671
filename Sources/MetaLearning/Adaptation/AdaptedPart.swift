/// Which of a model's parameters adapt to a task.
public enum AdaptedPart: Sendable, Hashable {
    /// All of them.
    case all
    /// Those of so many layers at the model's end, at least one.
    case lastLayers(Int)
    /// Tensors whose names end in one of these, as `.bias`.
    case tensors(endingIn: [String])

    /// The places of what adapts in the flat vector.
    ///
    /// - Parameter layout: The model's parameters.
    /// - Returns: Ranges in their order; one `nil` stands for all of the vector.
    func ranges(of layout: ParameterLayout) -> [Range<Int>?] {
        switch self {
        case .all: [nil]
        case .lastLayers(let count): [layout.lastLayers(count)]
        case .tensors(let endings):
            layout.entries.filter { entry in endings.contains { entry.name.hasSuffix($0) } }
                .map(\.range)
        }
    }
}
