import MetaLearning

/// The features that a method sees of windows, on the scale of training people.
struct WindowRepresentation: Sendable {
    /// Which features.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The logarithm of the mean absolute value of each channel.
        case logAmplitude = "log_amplitude"
        /// Hudgins' features of each channel.
        case timeDomain = "time_domain"
        /// The features of the prior.
        case band
    }

    let kind: Kind
    private let amplitude: LogAmplitude
    private let band: BandFeatures
    private let scale: FeatureScale

    /// Finds the scale of training people.
    ///
    /// - Parameters:
    ///   - kind: Which features.
    ///   - people: Training people.
    init(_ kind: Kind, of people: TrainingPeople) {
        self.kind = kind
        let amplitude = LogAmplitude.fit(
            people.people.compactMap { $0.occasions.first?.amplitudes },
            channels: people.channels)
        let band = BandFeatures(of: people)
        (self.amplitude, self.band) = (amplitude, band)
        scale = FeatureScale(people) { Self.rows(kind, of: $0, amplitude, band) }
    }

    private static func rows(
        _ kind: Kind, of windows: PersonWindows, _ amplitude: LogAmplitude, _ band: BandFeatures
    ) -> [Double] {
        switch kind {
        case .logAmplitude: amplitude(windows.amplitudes)
        case .timeDomain: windows.timeDomain
        case .band: band.rows(windows)
        }
    }

    /// Features of a window.
    var width: Int { scale.deviations.count }

    /// The features of windows, `[windows × columns]`.
    func callAsFunction(_ windows: PersonWindows) -> [Double] {
        scale(Self.rows(kind, of: windows, amplitude, band))
    }
}
