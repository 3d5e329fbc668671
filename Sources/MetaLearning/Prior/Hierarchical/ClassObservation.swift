/// What windows say of the mean of a class.
struct ClassObservation: Sendable {
    /// The class.
    let label: Int
    /// The mean of the windows' features.
    let mean: [Double]
    /// How many independent windows they are, above 0.
    let share: Double
}
