package import Documents

/// A method of a benchmark: how it learns from people, and how it adapts to a new one.
///
/// What it chooses (shrinkage, numbers of neighbors, learning rates, when to stop) it chooses on
/// training people alone.
package protocol AdaptationMethod: DescribedKind {
    /// Whether it uses recordings of the new person from before.
    var usesEarlier: Bool { get }
    /// Whether another seed gives another result on the same problems.
    var isSeeded: Bool { get }

    /// Learns.
    ///
    /// - Parameters:
    ///   - people: Who is learned from.
    ///   - seed: Where draws come from.
    /// - Returns: The method, ready for new people.
    /// - Throws: What makes learning impossible.
    func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod
}

extension AdaptationMethod {
    /// It does not.
    package var usesEarlier: Bool { false }
    /// Nothing is drawn.
    package var isSeeded: Bool { false }
}

/// A method that has learned from people.
package protocol LearnedMethod: Sendable {
    /// What it chose on training people, by name.
    var choices: [MethodChoice] { get }

    /// Adapts to a new person.
    ///
    /// - Parameter person: What is known of them.
    /// - Returns: A decoder; `nil` when the method cannot do with what was shown.
    /// - Throws: What makes adaptation impossible.
    func adapted(to person: NewPerson) throws -> (any PersonDecoder)?
}

extension LearnedMethod {
    /// Nothing.
    package var choices: [MethodChoice] { [] }
}

/// Something that a method chose.
package struct MethodChoice: Sendable, Hashable {
    /// What was chosen.
    package let name: String
    /// Its value.
    package let value: String
}

/// What decides about a person's windows.
package protocol PersonDecoder: Sendable {
    /// Steps of gradients that adaptation took.
    var gradientCount: Int { get }
    /// The accuracy that the method expects, from 0 to 1, before it has seen the query; `nil` when it
    /// expects nothing.
    var expectedAccuracy: Double? { get }

    /// The probability of each class for each window.
    ///
    /// - Parameter windows: Windows of the person; their classes are not looked at.
    /// - Returns: `[windows][classes]`, each summing to 1.
    /// - Throws: What makes a decision impossible.
    func probabilities(of windows: PersonWindows) throws -> [[Double]]
}

extension PersonDecoder {
    /// None.
    package var gradientCount: Int { 0 }
    /// Nothing is expected.
    package var expectedAccuracy: Double? { nil }
}

extension MethodChoice {
    /// A choice for each setting of supports; one value when all are equal.
    init(_ name: String, _ values: [String]) {
        self.init(
            name: name,
            value: Set(values).count == 1 ? values[0] : values.joined(separator: ", "))
    }
}
