private import Autodiff
private import Foundation
internal import MetaLearning

/// What training people's classes look like, by which labels of somebody new are looked at: a linear
/// discriminant on each channel's log amplitude beside the person's own mean of it.
///
/// It needs no label of the person, and does not depend on what the model decides before it adapts:
/// the parameters that a meta-trained network adapts from may decide for the wrong classes
/// throughout.
package struct ClassReference: Sendable, Hashable {
    /// `[classes × channels]`.
    let weights: [Double]
    /// One a class.
    let offsets: [Double]

    init(weights: [Double], offsets: [Double]) {
        self.weights = weights
        self.offsets = offsets
    }

    /// Learns from people.
    ///
    /// - Parameters:
    ///   - people: The amplitudes of each person's windows, `[windows × channels]`, and their classes;
    ///     at least one window.
    ///   - channels: How many channels there are.
    ///   - classCount: How many classes there are.
    package init(
        of people: [(amplitudes: [Double], labels: [UInt8])], channels: Int, classCount: Int
    ) {
        let map = LinearDiscriminant(
            rows: people.flatMap { Self.features($0.amplitudes, channels: channels) },
            labels: people.flatMap(\.labels)
        ).affineMap(classCount: classCount)
        self.init(weights: map.weights, offsets: map.offsets)
    }

    /// The probabilities of the classes for the windows of one person.
    ///
    /// - Parameter amplitudes: All windows that are known of the person, `[windows × channels]`.
    /// - Returns: `[windows][classes]`.
    func probabilities(_ amplitudes: [Double]) -> [[Double]] {
        let channels = weights.count / offsets.count
        let rows = Self.features(amplitudes, channels: channels)
        return stride(from: 0, to: rows.count, by: channels).map { first in
            offsets.indices.map { label in
                var score = offsets[label]
                for channel in 0..<channels {
                    score += weights[label * channels + channel] * rows[first + channel]
                }
                return score
            }.softmax
        }
    }

    /// Log amplitudes less the person's mean of each channel.
    private static func features(_ amplitudes: [Double], channels: Int) -> [Double] {
        let level = amplitudes.reduce(0, +) / Double(max(1, amplitudes.count))
        let rows = LogAmplitude(scale: level > 0 ? level : 1)(amplitudes)
        let count = Double(max(1, rows.count / channels))
        var means = [Double](repeating: 0, count: channels)
        for (place, value) in rows.enumerated() { means[place % channels] += value / count }
        return rows.enumerated().map { $1 - means[$0 % channels] }
    }
}

extension ClassReference {
    private static let weightsName = "reference.weights"
    private static let offsetsName = "reference.offsets"

    /// Takes the reference out of a bundle's tensors.
    ///
    /// - Parameters:
    ///   - file: The tensors; without the reference's afterwards.
    ///   - form: The bundle's windows.
    ///   - name: The bundle's name, for messages.
    /// - Returns: The reference; `nil` when there is none.
    /// - Throws: `MetaLearningError` for tensors of another shape or not finite.
    static func take(
        out file: inout Safetensors, for form: WindowForm, at name: String
    ) throws(MetaLearningError) -> ClassReference? {
        let names = [weightsName, offsetsName]
        guard file.entries.contains(where: { names.contains($0.name) }) else { return nil }
        let weights = try file.numbers(
            weightsName, shape: [form.classCount, form.channelCount], in: name)
        let offsets = try file.numbers(offsetsName, shape: [form.classCount], in: name)
        for tensor in names { file.remove(tensor) }
        return ClassReference(weights: weights, offsets: offsets)
    }

    /// Stores the reference.
    func store(in file: inout Safetensors) {
        let classes = offsets.count
        file.set(
            Self.weightsName,
            to: Tensor(shape: [classes, weights.count / classes], elements: weights))
        file.set(Self.offsetsName, to: Tensor(shape: [classes], elements: offsets))
    }
}
