package import Documents
private import Foundation
package import MetaLearning

/// A training on one collection at every combination of some settings' values.
package struct TrainingSweep: Sendable {
    /// The points in order.
    package let list: SweepList
    /// The settings of each point.
    package let configurations: [TrainingConfiguration]

    /// Lays the points out and reads the settings of each.
    ///
    /// - Parameters:
    ///   - axes: What varies.
    ///   - document: The settings that all points have in common.
    ///   - collection: What is trained on; its manifest is read.
    /// - Returns: The sweep.
    /// - Throws: `DocumentError` for an unknown setting or an impossible value,
    ///   ``ExperimentError`` when two points are the same.
    package static func plan(
        _ axes: [SweepAxis], over document: Document, on collection: LearningCollection
    ) throws -> TrainingSweep {
        let digest = try TrainingSession.digest(of: collection)
        let keys = axes.map(\.path.description)
        var points: [SweepPoint] = []
        var configurations: [TrainingConfiguration] = []
        for place in try SweepAxis.combinations(of: axes) {
            let overrides = zip(axes, place).map { $0.override($1) }
            let configuration = try TrainingConfiguration(document.applying(overrides).cursor)
            points.append(
                SweepPoint(
                    identity: "\(configuration.identity)\n\(digest)", keys: keys,
                    values: zip(axes, place).map { $0.values[$1].briefText }))
            configurations.append(configuration)
        }
        return TrainingSweep(
            list: try SweepList(keys: keys, points: points), configurations: configurations)
    }
}

extension DocumentValue {
    /// The value as it is written on a command line.
    package var briefText: String {
        if case .string(let text) = content { text } else { json(.canonical) }
    }
}
