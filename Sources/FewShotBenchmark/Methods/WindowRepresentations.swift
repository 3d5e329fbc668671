/// All kinds of features on the scale of the same people.
struct WindowRepresentations: Sendable {
    private let all: [WindowRepresentation.Kind: WindowRepresentation]

    init(of people: TrainingPeople) {
        all = Dictionary(
            uniqueKeysWithValues: WindowRepresentation.Kind.allCases.map {
                ($0, WindowRepresentation($0, of: people))
            })
    }

    subscript(kind: WindowRepresentation.Kind) -> WindowRepresentation {
        guard let features = all[kind] else { preconditionFailure("every kind is there") }
        return features
    }
}
