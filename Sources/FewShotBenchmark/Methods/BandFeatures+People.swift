import MetaLearning

extension BandFeatures {
    /// Finds the scale of training people: the median over people of the amplitude that nine of ten
    /// of their windows stay below.
    ///
    /// - Parameters:
    ///   - people: Training people.
    ///   - hasGaps: Whether neighboring channels are compared; those of a ring when `nil`.
    init(of people: TrainingPeople, hasGaps: Bool? = nil) {
        let amplitude = LogAmplitude.fit(
            people.people.compactMap { $0.occasions.first?.amplitudes }, channels: people.channels)
        self.init(
            Settings(scale: amplitude.scale, isRing: people.isRing), channels: people.channels,
            hasGaps: hasGaps)
    }

    /// The features of windows, `[windows × width]`.
    func rows(_ windows: PersonWindows) -> [Double] { rows(windows.channelWindows) }

    /// The holds of windows with their features.
    func repetitions(_ windows: PersonWindows) -> [Repetition] {
        let rows = rows(windows)
        return windows.windowsOfHolds.map { range in
            Repetition(
                label: windows.labels[range.lowerBound],
                rows: Array(rows[range.lowerBound * width..<range.upperBound * width]), width: width
            )
        }
    }
}
