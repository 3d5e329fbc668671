import MetaLearning

extension FeatureScale {
    /// Finds the scale of training people.
    ///
    /// - Parameters:
    ///   - people: Training people.
    ///   - rows: The features of windows, `[windows × columns]`.
    init(_ people: TrainingPeople, rows: (PersonWindows) -> [Double]) {
        self.init(
            of: people.people.flatMap(\.occasions).filter { $0.count > 0 }.map {
                (rows($0), $0.labels)
            }, classCount: people.classCount)
    }
}
