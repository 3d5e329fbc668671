/// What can be chosen of a discriminant.
struct DecoderCandidate: Sendable {
    let features: WindowRepresentation.Kind
    let shrinkage: Double

    static let all = WindowRepresentation.Kind.allCases.flatMap { kind in
        [0.02, 0.2, 0.6].map { DecoderCandidate(features: kind, shrinkage: $0) }
    }
}

extension [DecoderCandidate] {
    /// What was chosen for each setting.
    var choices: [MethodChoice] {
        [
            MethodChoice("features", map(\.features.rawValue)),
            MethodChoice("shrinkage", map { "\($0.shrinkage)" }),
        ]
    }
}
