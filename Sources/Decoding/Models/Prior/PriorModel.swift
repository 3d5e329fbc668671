package import MetaLearning

/// A Gaussian prior over people's class means, learned on training people, with what is known of the
/// person: nothing, or what their support says in closed form.
package struct PriorModel: DecoderModel {
    /// How windows become features.
    package let features: BandFeatures
    /// What is known of people.
    package let prior: HierarchicalPrior
    /// What is known of the person; `nil` for somebody new.
    package let person: AdaptedPerson?
    /// What logarithms of probabilities are divided by.
    package var temperature: Double
    /// How the decoder goes on learning without labels; `nil` for not at all.
    package var updates: SoftUpdates?

    /// Class means have so many numbers at most: their covariance has the square of it.
    private static let largestSize = 2_048
    /// A ring has so many electrodes at most: each turn of it needs memory of its own.
    private static let largestRing = 64

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - features: How windows become features.
    ///   - prior: What is known of people.
    ///   - person: What is known of the person; `nil` for somebody new.
    ///   - temperature: What logarithms of probabilities are divided by.
    ///   - updates: How the decoder goes on learning without labels.
    package init(
        features: BandFeatures, prior: HierarchicalPrior, person: AdaptedPerson? = nil,
        temperature: Double = 1, updates: SoftUpdates? = nil
    ) {
        precondition(features.width == prior.width, "the features of the prior")
        self.features = features
        self.prior = prior
        self.person = person
        self.temperature = temperature
        self.updates = updates
    }

    /// Refuses windows of which no prior is learned.
    ///
    /// - Parameters:
    ///   - form: The windows.
    ///   - features: Their features.
    ///   - place: What they are of, for messages.
    /// - Throws: `MetaLearningError` that names what is too large or too small.
    static func check(
        _ form: WindowForm, _ features: BandFeatures, at place: String
    ) throws(MetaLearningError) {
        let isRing = features.settings.isRing
        let faults: [(Bool, expected: String, found: String)] = [
            (form.windowLength < 2, "windows of at least 2 samples", "\(form.windowLength)"),
            (
                isRing && !(2...largestRing).contains(form.channelCount),
                "a ring of 2 to \(largestRing) channels", "\(form.channelCount)"
            ),
            (
                form.classCount > largestSize || features.width > largestSize
                    || form.classCount * features.width > largestSize,
                "at most \(largestSize) numbers for all classes together",
                "\(form.classCount) classes of \(features.width) features"
            ),
        ]
        if let fault = faults.first(where: \.0) {
            throw MetaLearningError(
                .outOfRange(expected: fault.expected, found: fault.found), at: place,
                hint: "a prior is learned for few channels and classes")
        }
    }

    /// Its kind with its settings.
    package var kind: any DecoderModelKind {
        var kind = PriorKind()
        kind.features = features.settings
        kind.prior = prior.settings
        kind.temperature = temperature
        kind.updates = updates
        return kind
    }

    /// Classes that it distinguishes.
    package var classCount: Int { prior.classCount }
    /// Amplitudes are those of the signal itself.
    package var sight: WindowSight { .conditioned }

    /// What decides about the person's windows.
    package var classifier: PersonClassifier {
        var classifier =
            person.map { prior.classifier(of: $0.state) } ?? prior.adapted(to: [])
        classifier.temperature = temperature
        return classifier
    }

    /// The classifier for one window after the other.
    package func makeScorer() -> any WindowScorer { PriorScorer(self) }

    /// Stores the prior and what is known of the person.
    package func store(in file: inout Safetensors) {
        PriorTensors.store(prior, person, in: &file)
    }
}

extension PriorModel: AdaptableModel {
    /// It infers what was not shown.
    package var adaptsToSomeClasses: Bool { true }
    /// As the prior and what is known of the person have it.
    package var expectedAccuracy: Double? { classifier.expectedAccuracy() }

    /// The prior after the support. What an earlier support said of the person counts as an earlier
    /// session, before which nothing is known.
    package func adapted(
        to support: WindowSet, by adaptation: SupportAdaptation?, id: String
    ) -> any DecoderModel {
        adapted(to: support.channelRepetitions().map(features.repetition))
    }

    /// The prior after what a person has shown.
    ///
    /// - Parameter support: The repetitions, of some classes or all.
    /// - Returns: The model of the person.
    package func adapted(to support: [Repetition]) -> PriorModel {
        let earlier = person?.shown.map { shown in
            (0..<classCount).map { label in
                Repetition(
                    label: label,
                    rows: Array(shown[label * prior.width..<(label + 1) * prior.width]),
                    width: prior.width)
            }
        }
        let state = prior.adapted(to: support, knowing: earlier.map(prior.knowledge)).state
        return PriorModel(
            features: features, prior: prior,
            person: AdaptedPerson(
                state: state,
                shown: ClassSummary.pattern(support, classCount: classCount) ?? person?.shown),
            temperature: temperature, updates: updates)
    }
}
