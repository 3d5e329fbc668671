package import Documents

extension TrainingConfiguration.Outer {
    /// How the learning rate falls.
    package struct Schedule: Described {
        /// Which schedule.
        package var kind: any LearningRateSchedule = StepSchedule()

        /// Settings of other schedules than the one that is used, as they are written.
        var otherSettings: [DocumentValue.Member] = []

        /// The default schedule.
        package init() {}

        private static let kinds = KindProperty<Self, any LearningRateSchedule>(
            \.kind, others: \.otherSettings, of: .standard, described: { $0 })

        /// The members of a document.
        package static let fields: Fields<Self> = [
            Field(kind: "kind", kinds, "Which schedule, PyTorch's."), Field(settingsOf: kinds),
        ]
    }
}
