internal import MetaLearning

extension DiscriminantKind {
    /// Other people's discriminant, turned to a new person, as benchmarks call it.
    private static let others = "others"

    /// The names of discriminants, as benchmarks call them.
    package static let methods = DiscriminantRule.allCases.map(\.rawValue) + [others]

    /// The discriminant of a name.
    ///
    /// - Parameter method: One of ``methods``: a rule, which is fitted anew to a person, or `others`,
    ///   the discriminant of training people, which is turned to them; `nil` for other names.
    package init?(method: String) {
        self.init()
        if method == Self.others {
            turns = .ring
        } else if let rule = DiscriminantRule(rawValue: method) {
            self.rule = rule
        } else {
            return nil
        }
    }

    /// What it is, in cards.
    package var title: String {
        let name =
            switch rule {
            case .lda: "linear discriminant"
            case .nearestMean: "nearest class mean"
            case .ridge: "ridge regression"
            }
        let seen =
            switch features {
            case .logAmplitude: "log amplitudes"
            case .timeDomain: "time-domain features"
            }
        return "\(name) on \(seen)" + (turns == .ring ? ", turned to a person" : "")
    }
}
