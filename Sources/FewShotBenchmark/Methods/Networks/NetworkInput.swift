import MetaLearning

/// Windows as a network sees them: logarithms of amplitude, centered and scaled by training people.
struct NetworkInput: Sendable {
    private let amplitude: LogAmplitude
    private let mean: Double
    private let deviation: Double

    /// Finds center and scale: one for all channels, so that the pattern over channels stays.
    ///
    /// - Parameter people: Training people.
    init(_ people: TrainingPeople) {
        amplitude = LogAmplitude.fit(
            people.people.compactMap { $0.occasions.first?.amplitudes }, channels: people.channels)
        let values = people.people.flatMap(\.occasions).flatMap { [amplitude] occasion in
            amplitude(occasion.amplitudes)
        }
        let count = Double(max(1, values.count))
        let center = values.reduce(0, +) / count
        mean = center
        let variance = values.reduce(0) { $0 + ($1 - center) * ($1 - center) } / count
        deviation = variance > 0 ? variance.squareRoot() : 1
    }

    /// A row for each window.
    func rows(_ windows: PersonWindows) -> [[Float]] {
        let values = amplitude(windows.amplitudes)
        let width = windows.channels
        return (0..<windows.count).map { window in
            values[window * width..<(window + 1) * width].map { Float(($0 - mean) / deviation) }
        }
    }

    /// Windows with their classes.
    func part(_ windows: PersonWindows) -> ArrayTask.Part {
        ArrayTask.Part(rows(windows), .classes(windows.labels.map { UInt8($0) }))
    }
}
