package import Documents
private import Foundation
private import MetaLearning

/// A learned prior over people's class means with constants that nobody tuned: what every other
/// method has to beat.
package struct PlainPriorMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "plain_prior"
    /// What it is.
    package static let documentation =
        "A Gaussian prior over people's class means in logarithms of amplitude, with the likeliest turn "
        + "of the band, learned on training people and adapted in closed form."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// Learns the prior.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        let amplitude = LogAmplitude.fit(
            people.people.compactMap { $0.occasions.first?.amplitudes },
            channels: people.channels)
        func rows(_ windows: PersonWindows) -> ClassRows {
            ClassRows(
                amplitude(windows.amplitudes), labels: windows.labels.map { UInt8($0) },
                width: people.channels)
        }
        let prior = try LearnedPrior.fit(
            people.people.map { $0.occasions.map(rows) }, classCount: people.classCount,
            turns: people.isRing ? .ring(channels: people.channels) : .none,
            settings: LearnedPrior.Settings())
        return Learned(prior: prior, amplitude: amplitude)
    }

    private struct Learned: LearnedMethod {
        let prior: LearnedPrior
        let amplitude: LogAmplitude

        func adapted(to person: NewPerson) -> (any PersonDecoder)? {
            guard !person.hasNewClasses else { return nil }
            let support = ClassRows(
                amplitude(person.support.amplitudes),
                labels: person.support.labels.map { UInt8($0) }, width: prior.width)
            return Decoder(classifier: prior.adapted(to: support), amplitude: amplitude)
        }
    }

    private struct Decoder: PersonDecoder {
        let classifier: AdaptedClassifier
        let amplitude: LogAmplitude

        func probabilities(of windows: PersonWindows) -> [[Double]] {
            let rows = amplitude(windows.amplitudes)
            let width = windows.channels
            return (0..<windows.count).map {
                classifier.probabilities(of: Array(rows[$0 * width..<($0 + 1) * width]))
            }
        }
    }
}
